#include "sheet/records.h"

#include <string.h>

enum { NAME_MAX_RUNES = 40, MOBILE_DIGITS = 11 };

/* ---- phone ---- */

static bool is_mobile(const char *digits, size_t count)
{
    return count == MOBILE_DIGITS && digits[0] == '1' && digits[1] >= '3' && digits[1] <= '9';
}

/* What a run of digits is, if no mobile number. */
static const char *run_fault(const char *digits, size_t count)
{
    if (count >= 4 && count <= 6)
        return "sheet.phone_short";
    if ((digits[0] == '0' && count >= 10) || count == 7 || count == 8)
        return "sheet.phone_landline";
    return "sheet.phone_digits";
}

/* 1.39E+10 */
static bool is_rounded(str s)
{
    for (size_t i = 1; i + 1 < s.len; i++) {
        char before = s.at[i - 1], after = s.at[i + 1];
        if (s.at[i] == 'e' && before >= '0' && before <= '9' && (after == '+' || (after >= '0' && after <= '9')))
            return true;
    }
    return false;
}

static const char *phone_of_line(arena *a, str cell, str *phone)
{
    *phone = (str){ 0 };
    str s = word_without_brackets(a, word_key(a, cell), NULL);
    if (is_rounded(s))
        return "sheet.phone_rounded";
    char *digits = arena_alloc(a, s.len + 1);
    const char *fault = NULL;
    bool masked = str_find(s, STR("*")) >= 0;
    size_t count = 0;
    for (size_t i = 0; i <= s.len; i++) {
        unsigned char c = i < s.len ? (unsigned char)s.at[i] : '/';
        if (c >= '0' && c <= '9') {
            digits[count++] = (char)c;
            continue;
        }
        /* dashes, also the long ones, and dots stand inside numbers */
        if (c == '-' || c == '.' || c == '+' ||
            (c >= 0x80 && str_find(str_part(s, i, 3), STR("\xe2\x80")) == 0)) {
            i += c >= 0x80 ? 2 : 0;
            continue;
        }
        const char *from = digits;
        size_t len = count;
        if (len > MOBILE_DIGITS && len % MOBILE_DIGITS && !strncmp(from, "0086", 4))
            from += 4, len -= 4;
        else if (len > MOBILE_DIGITS && len % MOBILE_DIGITS && !strncmp(from, "86", 2))
            from += 2, len -= 2;
        if (len > MOBILE_DIGITS && len % MOBILE_DIGITS == 0)
            len = MOBILE_DIGITS; /* two numbers with only a space between them */
        if (is_mobile(from, len)) {
            *phone = str_copy(a, (str){ from, len });
            return NULL;
        }
        if (count && !fault)
            fault = run_fault(from, len);
        count = 0;
    }
    if (masked)
        return "sheet.phone_masked";
    return fault                              ? fault
           : word_has(s, WORD_SAME_AS_SPOUSE) ? "sheet.phone_same"
                                              : "sheet.phone_none";
}

/* Of several lines the first that holds a number; a number broken over two lines is one. */
const char *sheet_phone_read(arena *a, str cell, str *phone)
{
    str rest = cell, line;
    while (str_find(cell, STR("\n")) >= 0 && str_split(&rest, '\n', &line))
        if (!phone_of_line(a, line, phone))
            return NULL;
    return phone_of_line(a, cell, phone);
}

/* ---- name ---- */

static bool is_ascii_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* A full stop between two Chinese signs is the dot of a name, too: its wide form has become a plain one by now. */
static bool is_stop_as_dot(const text *before, str s)
{
    return s.at[0] == '.' && before->len && (unsigned char)before->at[before->len - 1] >= 0x80 && s.len > 1 &&
           (unsigned char)s.at[1] >= 0x80;
}

/* One kind of dot; no space but between Latin letters. */
static str name_plain(arena *a, str s)
{
    if (str_find(s, STR(" ")) < 0 && str_find(s, STR(".")) < 0 && !word_has(s, WORD_DOT))
        return s;
    text t = text_begin(a);
    while (s.len) {
        if (is_stop_as_dot(&t, s)) {
            text_put(&t, word_first(WORD_DOT));
            s = str_from(s, 1);
        } else if (word_cut(&s, WORD_DOT)) {
            text_put(&t, word_first(WORD_DOT));
        } else if (s.at[0] == ' ' && !(t.len && is_ascii_letter(t.at[t.len - 1]) && s.len > 1 &&
                                       is_ascii_letter(s.at[1]))) {
            s = str_from(s, 1);
        } else {
            text_put(&t, str_part(s, 0, 1));
            s = str_from(s, 1);
        }
    }
    return text_done(&t);
}

static bool has_letter(str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (is_ascii_letter(s.at[i]) || (unsigned char)s.at[i] >= 0x80)
            return true;
    }
    return false;
}

static bool name_take(arena *a, const sheet_table *t, const sheet_row *row,
                      sheet_troubles *troubles, str *name, str *cut_off)
{
    int column;
    str cell = word_normal(a, sheet_cell(t, row, SHEET_NAME, &column));
    *name = name_plain(a, word_without_brackets(a, cell, cut_off));
    const char *fault = NULL;
    if (name->len == 0)
        fault = "sheet.name_missing";
    else if (!has_letter(*name))
        fault = "sheet.name_no_letters";
    else if (str_rune_count(*name) > NAME_MAX_RUNES)
        fault = "sheet.name_long";
    if (fault) {
        sheet_tell(a, troubles, t, row, column, SHEET_ERROR, fault,
                   str_part(cell, 0, name->len > 60 ? 0 : cell.len));
        return false;
    }
    if (str_find(*name, STR("?")) >= 0)
        sheet_tell(a, troubles, t, row, column, SHEET_WARNING, "sheet.name_sign", *name);
    return true;
}

/* ---- rows ---- */

str sheet_text(arena *a, const sheet_table *t, const sheet_row *row, sheet_field field)
{
    str cell = sheet_cell(t, row, field, NULL);
    return cell.len ? word_normal(a, cell) : cell;
}

/* What 1.39E+10 becomes when it is saved once more; of a sheet alone: whoever writes his own number knows it. */
static bool is_three_digits(str phone)
{
    return str_ends(phone, STR("00000000"));
}

str sheet_phone_take(arena *a, const sheet_table *t, const sheet_row *row, sheet_troubles *troubles)
{
    int column;
    str phone = { 0 }, cell = sheet_cell(t, row, SHEET_PHONE, &column);
    const char *fault = cell.len ? sheet_phone_read(a, cell, &phone) : NULL;
    if (!fault && is_three_digits(phone)) {
        fault = "sheet.phone_rounded";
        phone = (str){ 0 };
    }
    if (fault)
        sheet_tell(a, troubles, t, row, column, SHEET_WARNING, fault, word_normal(a, cell));
    return phone;
}

void sheet_list_take(arena *a, str cell, sheet_list *out)
{
    sheet_list parts = { 0 };
    word_split(a, cell, &parts);
    for (size_t i = 0; i < parts.count; i++) {
        str rest = parts.at[i], one;
        while (str_split(&rest, ' ', &one)) {
            if (one.len)
                *list_add(a, out) = one;
        }
    }
}

/* One sheet for each branch is named by it; a plain number or "Sheet1" names nothing. */
static str org_of_page(arena *a, const sheet_page *page)
{
    str key = word_key(a, page->name);
    if (word_has(key, WORD_DEFAULT_SHEET) || !has_letter(key))
        return (str){ 0 };
    return word_normal(a, page->name);
}

static bool separator_cut(str *s)
{
    if (s->len == 0 || (s->at[0] != '/' && s->at[0] != '-'))
        return false;
    *s = str_from(*s, 1);
    return true;
}

/* 8-3-501 becomes a day of some year: 2001/8/3, 2001-08-03, 8月3日. */
static bool is_day(str s)
{
    int year = word_number(&s), month = year;
    bool has_year = year >= 1900 && year < 2100 && (word_cut(&s, WORD_YEAR) || separator_cut(&s));
    if (has_year)
        month = word_number(&s);
    if (month < 1 || month > 12 || !(word_cut(&s, WORD_MONTH) || (has_year && separator_cut(&s))))
        return false;
    int day = word_number(&s);
    return day >= 1 && day <= 31 && (word_cut(&s, WORD_DAY) || has_year) && (s.len == 0 || s.at[0] == ' ');
}

static str address_take(arena *a, const sheet_table *t, const sheet_row *row,
                        sheet_troubles *troubles)
{
    int column;
    str address = word_normal(a, sheet_cell(t, row, SHEET_ADDRESS, &column));
    if (word_has(address, WORD_SAME_AS_HOUSEHOLD) ||
        (address.len == 0 && sheet_has(t, SHEET_HOUSEHOLD_ADDRESS)))
        return sheet_text(a, t, row, SHEET_HOUSEHOLD_ADDRESS);
    if (is_day(address))
        sheet_tell(a, troubles, t, row, column, SHEET_WARNING, "sheet.address_is_day", address);
    return address;
}

static str remark_joined(arena *a, str remark, str cut_off)
{
    if (remark.len && cut_off.len)
        return text_format(a, "%.*s; %.*s", STR_ARG(cut_off), STR_ARG(remark));
    return remark.len ? remark : cut_off;
}

static void person_take(arena *a, const sheet_table *t, const sheet_row *row, str issuer, sheet_people *out,
                        sheet_troubles *troubles)
{
    sheet_person p = { .from = { t->page->name, row->number }, .issuer = issuer };
    str cut_off;
    if (!name_take(a, t, row, troubles, &p.name, &cut_off))
        return;
    p.phone = sheet_phone_take(a, t, row, troubles);
    p.org_path =
        sheet_has(t, SHEET_ORG) ? sheet_text(a, t, row, SHEET_ORG) : org_of_page(a, t->page);
    p.work_unit = sheet_text(a, t, row, SHEET_WORK_UNIT);
    p.kind = sheet_text(a, t, row, SHEET_PERSON_KIND);
    p.address = address_take(a, t, row, troubles);
    p.compound = sheet_text(a, t, row, SHEET_COMPOUND);
    p.community = sheet_text(a, t, row, SHEET_COMMUNITY);
    p.subdistrict = sheet_text(a, t, row, SHEET_SUBDISTRICT);
    p.where = sheet_text(a, t, row, SHEET_WHERE);
    p.answer = sheet_text(a, t, row, SHEET_ANSWER);
    p.remark = remark_joined(a, sheet_text(a, t, row, SHEET_REMARK), cut_off);
    sheet_list_take(a, sheet_cell(t, row, SHEET_SKILLS, NULL), &p.skills);
    *list_add(a, &out->list) = p;
}

err *sheet_people_of(arena *a, const sheet_file *f, sheet_people *out, sheet_troubles *troubles)
{
    sheet_tables tables;
    size_t rows = 0;
    *out = (sheet_people){ 0 };
    TRY(sheet_tables_of(a, f, SHEET_PEOPLE, troubles, &tables));
    for (size_t i = 0; i < tables.list.count; i++)
        rows += tables.list.at[i].rows.count;
    list_room(a, &out->list, rows); /* a list that doubles leaves as much behind as it holds: of 20,000 people 12 MB */
    for (size_t i = 0; i < tables.list.count; i++) {
        const sheet_table *t = &tables.list.at[i];
        str issuer = sheet_issuer(a, t, NULL);
        for (size_t r = 0; r < t->rows.count; r++)
            person_take(a, t, &t->rows.at[r], issuer, out, troubles);
    }
    return NULL;
}

/* ---- availability ---- */

static const struct {
    const char *word;
    sheet_level level;
} levels[] = {
#define LEVEL(word, level) { word, level },
#include "sheet/headers.def"
};

/* The level a text speaks of, and the text without those words. */
static bool level_take(arena *a, str s, sheet_level *level, str *rest)
{
    bool found = false;
    *rest = s;
    for (size_t i = 0; i < COUNT(levels); i++) {
        ptrdiff_t at = str_find(*rest, str_of(levels[i].word));
        if (at < 0)
            continue;
        if (!found)
            *level = levels[i].level;
        found = true;
        *rest = text_format(a, "%.*s %.*s", STR_ARG(str_part(*rest, 0, (size_t)at)),
                            STR_ARG(str_from(*rest, (size_t)at + strlen(levels[i].word))));
    }
    *rest = str_trim(*rest);
    return found;
}

/* "周六白天": the days in front of the hours. */
static str days_in_front(arena *a, str hours, const sheet_operation *o, sheet_days *days)
{
    str rest = hours;
    if (!sheet_days_word_cut(&rest))
        return hours;
    sheet_days_read(a, str_part(hours, 0, hours.len - rest.len), o, days);
    return str_trim(rest);
}

typedef struct when {
    sheet_days days;
    sheet_shifts shifts;
    sheet_level level;
} when;

static bool when_take(arena *a, const sheet_table *t, const sheet_row *row,
                      const sheet_operation *o, when *w, sheet_troubles *troubles)
{
    int day_column, column;
    str day_cell = sheet_cell(t, row, SHEET_DAYS, &day_column), hours, ignored;
    const char *fault =
        sheet_days_read(a, day_cell.len ? day_cell : word_first(WORD_ALWAYS), o, &w->days);
    if (fault) {
        sheet_tell(a, troubles, t, row, day_column, fault == sheet_days_none ? SHEET_WARNING : SHEET_ERROR, fault,
                   word_normal(a, day_cell));
        return false;
    }
    str written = word_normal(a, sheet_cell(t, row, SHEET_SHIFTS, &column));
    str from = sheet_text(a, t, row, SHEET_FROM), to = sheet_text(a, t, row, SHEET_TO);
    if (written.len == 0 && from.len && to.len)
        written = text_format(a, "%.*s-%.*s", STR_ARG(from), STR_ARG(to));
    bool in_hours = level_take(a, written, &w->level, &hours);
    sheet_level said;
    if (level_take(a, sheet_text(a, t, row, SHEET_LEVEL), &said, &ignored))
        w->level = said;
    else if (!in_hours)
        w->level = SHEET_CAN;
    hours = days_in_front(a, hours, o, &w->days);
    if (hours.len == 0 || word_has(hours, WORD_ALL_DAY) || word_has(hours, WORD_ROUND_THE_CLOCK)) {
        *list_add(a, &w->shifts) = (sheet_shift){ 0, 1440 };
        return true;
    }
    fault = sheet_shifts_read(a, hours, o, &w->shifts);
    if (w->shifts.count)
        return true;
    sheet_tell(a, troubles, t, row, column, SHEET_ERROR, fault, written);
    return false;
}

static void available_take(arena *a, const sheet_table *t, const sheet_row *row,
                           const sheet_operation *o, sheet_availability *out,
                           sheet_troubles *troubles)
{
    str cut_off;
    when w = { 0 };
    sheet_available one = { .from = { t->page->name, row->number } };
    if (!name_take(a, t, row, troubles, &one.name, &cut_off) ||
        !when_take(a, t, row, o, &w, troubles))
        return;
    one.phone = sheet_phone_take(a, t, row, troubles);
    one.level = w.level;
    for (size_t d = 0; d < w.days.list.count; d++) {
        for (size_t s = 0; s < w.shifts.count; s++) {
            one.day = w.days.list.at[d];
            one.begin_minute = w.shifts.at[s].begin_minute;
            one.end_minute = w.shifts.at[s].end_minute;
            *list_add(a, &out->list) = one;
        }
    }
}

err *sheet_availability_of(arena *a, const sheet_file *f, const sheet_operation *operation,
                           sheet_availability *out, sheet_troubles *troubles)
{
    sheet_tables tables;
    *out = (sheet_availability){ 0 };
    TRY(sheet_tables_of(a, f, SHEET_AVAILABILITY, troubles, &tables));
    for (size_t i = 0; i < tables.list.count; i++) {
        const sheet_table *t = &tables.list.at[i];
        for (size_t r = 0; r < t->rows.count; r++)
            available_take(a, t, &t->rows.at[r], operation, out, troubles);
    }
    return NULL;
}

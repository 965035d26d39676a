/* A roster as people wrote it: cells of names, shifts and days, to who stands where. */
#include "cli/form_roster.h"

#include <string.h>

enum { NAME_PARTS_MAX = 60, SPACED_PARTS_MAX = 4 };

typedef struct reader {
    rostering *r;
    form_read *out;
    sheet_at at;
} reader;

static bool tell(const reader *x, sheet_field field, const char *what, str more)
{
    sheet_tell_at(x->r->f->a, &x->out->troubles, x->at, field, SHEET_ERROR, what, VALUES({ "more", more }));
    return false;
}

static str cell(const reader *x, sheet_field field)
{
    return sheet_text(x->r->f->a, x->at.table, x->at.row, field);
}

/* -- days -------------------------------------------------------------------------------------------------- */
/* A month that is missing is that of the roster, as long as the roster has one such day. */
static bool day_of_month(const rostering *r, int number, civil_day *out)
{
    int found = 0;
    for (civil_day d = r->from; d <= r->to; d++) {
        int year, month, day;
        civil_parts(d, &year, &month, &day);
        if (day != number)
            continue;
        *out = d;
        found++;
    }
    return found == 1;
}

static bool is_number(str s)
{
    int64_t n;
    return str_int(s, 0, INT32_MAX, &n);
}

bool roster_day_read(const rostering *r, str cell, civil_day *out)
{
    arena *a = r->f->a;
    sheet_days days = { 0 };
    const sheet_operation when = { .first_day = r->from, .last_day = r->to };
    str s = word_without_brackets(a, text_normal(a, cell), NULL), rest = s, first, left;
    if (!str_split(&rest, ' ', &first) || !first.len)
        return false;
    if (!sheet_days_read(a, first, &when, &days) && days.list.count == 1 && !is_number(word_key(a, first))) {
        *out = days.list.at[0];
        return true;
    }
    left = first;
    if (str_find(first, STR("/")) >= 0 && str_split(&left, '/', &first)) /* 8日/六, of two header rows */
        return roster_day_read(r, first, out);
    left = word_key(a, first);
    int number = word_number(&left);
    return number > 0 && (!left.len || (word_cut(&left, WORD_DAY) && !left.len)) && day_of_month(r, number, out);
}

/* -- shifts ------------------------------------------------------------------------------------------------ */
static bool shift_read(const reader *x, str s, sheet_shift *out)
{
    const sheet_operation when = { 0 };
    sheet_shifts shifts = { 0 };
    rostering *r = x->r;
    for (size_t n = 0; n < r->needs.count; n++) {
        if (!str_equal(word_key(r->f->a, rows_text(&r->needs, n, "shift")), word_key(r->f->a, s)))
            continue;
        *out = (sheet_shift){ roster_need_minute(r, n, "start_minute"), roster_need_minute(r, n, "end_minute") };
        return true;
    }
    sheet_shifts_read(r->f->a, s, &when, &shifts); /* one that is read with a doubt is looked for all the same */
    if (shifts.count == 1)
        *out = shifts.at[0];
    return shifts.count == 1;
}

static bool is_at(const rostering *r, size_t need, civil_day day, const sheet_shift *s)
{
    return roster_need_day(r, need) == day && roster_need_minute(r, need, "start_minute") == s->begin_minute &&
           roster_need_minute(r, need, "end_minute") == s->end_minute;
}

/* -- names ------------------------------------------------------------------------------------------------- */
static str key_of(const reader *x, str name)
{
    str key = roster_name_key(x->r->f->a, word_without_brackets(x->r->f->a, name, NULL));
    static const char *const marks[] = { "★", "?", "*", "☆" };
    for (size_t i = 0; i < COUNT(marks); i++) {
        if (str_ends(key, str_of(marks[i])))
            key.len -= strlen(marks[i]);
    }
    return key;
}

static bool is_known(const reader *x, str name)
{
    str key = key_of(x, name);
    for (size_t i = 0; i < x->r->men.count; i++) {
        if (str_equal(x->r->men.at[i].key, key))
            return true;
    }
    return false;
}

static str join(const reader *x, const str *parts, size_t count)
{
    text t = text_begin(x->r->f->a);
    for (size_t i = 0; i < count; i++)
        text_put(&t, parts[i]);
    return text_done(&t);
}

/*
 * A space stands between names and inside of them: of all ways to take the parts together the one with the fewest
 * strangers; two single letters that are nobody's name are one stranger, not two.
 */
static void split_spaced(const reader *x, str s, sheet_list *names)
{
    str parts[NAME_PARTS_MAX], part;
    size_t count = 0, taken[NAME_PARTS_MAX + 1] = { 0 };
    int cost[NAME_PARTS_MAX + 1] = { 0 };
    while (count < NAME_PARTS_MAX && str_split(&s, ' ', &part))
        parts[count++] = part;
    for (size_t end = 1; end <= count; end++) {
        cost[end] = INT32_MAX;
        for (size_t n = 1; n <= SPACED_PARTS_MAX && n <= end; n++) {
            str name = join(x, parts + end - n, n);
            int own = is_known(x, name) ? 1 : n == 1 ? 100 : n == 2 && str_rune_count(name) == 2 ? 110 : 1000;
            if (cost[end - n] + own >= cost[end])
                continue;
            cost[end] = cost[end - n] + own;
            taken[end] = n;
        }
    }
    str reversed[NAME_PARTS_MAX];
    size_t found = 0;
    for (size_t end = count; end > 0; end -= taken[end])
        reversed[found++] = join(x, parts + end - taken[end], taken[end]);
    while (found)
        *list_add(x->r->f->a, names) = reversed[--found];
}

static void names_split(const reader *x, sheet_field field, sheet_list *names)
{
    sheet_list segments = { 0 };
    word_split(x->r->f->a, sheet_cell(x->at.table, x->at.row, field, NULL), &segments);
    for (size_t i = 0; i < segments.count; i++) {
        str s = text_normal(x->r->f->a, segments.at[i]);
        if (is_known(x, s))
            *list_add(x->r->f->a, names) = s;
        else if (s.len)
            split_spaced(x, s, names);
    }
}

static bool ends_alike(str a, str b)
{
    enum { DIGITS = 4 };
    return a.len >= DIGITS && b.len >= DIGITS && str_equal(str_from(a, a.len - DIGITS), str_from(b, b.len - DIGITS));
}

/* What stands in brackets or beside the name: a unit, or the end of a telephone. */
static bool fits(const reader *x, const roster_man *m, str more)
{
    str key = word_key(x->r->f->a, more);
    return (m->unit.len && str_equal(word_key(x->r->f->a, m->unit), key)) || ends_alike(m->phone, key);
}

/* More than one of the name: the unit or telephone said beside it decides; else both are named. */
static bool man_find(const reader *x, sheet_field field, str name, str unit, str phone, size_t *man)
{
    str inside = { 0 }, key = key_of(x, name);
    size_t all = 0, fit = 0;
    text both = text_begin(x->r->f->a);
    word_without_brackets(x->r->f->a, name, &inside);
    for (size_t i = 0; i < x->r->men.count; i++) {
        const roster_man *m = &x->r->men.at[i];
        if (!str_equal(m->key, key))
            continue;
        text_put(&both, all++ ? word_first(WORD_LIST) : STR(""));
        text_put(&both, roster_man_text(x->r, i));
        bool good = fits(x, m, inside) || fits(x, m, unit) || fits(x, m, phone);
        if ((!fit && good) || all == 1)
            *man = i;
        fit += good;
    }
    if (all == 1 || fit == 1)
        return true;
    str more = all ? text_done(&both) : text_format(x->r->f->a, "%.*s", STR_ARG(name));
    return tell(x, field, all ? "form.roster_twins" : "form.roster_stranger", more);
}

static void take(const reader *x, size_t need, size_t man, bool lead)
{
    size_t there;
    rostering *r = x->r;
    if (roster_stands_at(&r->said, need, man, &there)) {
        r->said.at[there].lead |= lead; /* whoever leads is often among the others, too */
        return;
    }
    *list_add(r->f->a, &r->said) = (roster_stand){ need, man, lead, false, x->at };
}

/* -- by day ------------------------------------------------------------------------------------------------ */
/* Telephones stand in the order of the names, with or without those of whoever leads. */
static str phone_at(const sheet_list *phones, size_t leads, size_t others, size_t index)
{
    if (phones->count == leads + others)
        return phones->at[index];
    return phones->count == others && index >= leads ? phones->at[index - leads] : (str){ 0 };
}

static void crew_take(const reader *x, size_t need)
{
    sheet_list leads = { 0 }, others = { 0 }, phones = { 0 };
    names_split(x, SHEET_LEAD, &leads);
    names_split(x, SHEET_CREW, &others);
    word_split(x->r->f->a, sheet_cell(x->at.table, x->at.row, SHEET_PHONE, NULL), &phones);
    for (size_t i = 0; i < leads.count + others.count; i++) {
        bool lead = i < leads.count;
        size_t man = 0;
        if (man_find(x, lead ? SHEET_LEAD : SHEET_CREW, lead ? leads.at[i] : others.at[i - leads.count], (str){ 0 },
                     phone_at(&phones, leads.count, others.count, i), &man))
            take(x, need, man, lead);
    }
}

/* Of the day, shift and post; where the post is not said there must be one alone. */
static bool need_find(const reader *x, civil_day day, const sheet_shift *s, str post, sheet_field field, size_t *need)
{
    size_t count = 0;
    const rostering *r = x->r;
    for (size_t n = 0; n < r->needs.count; n++) {
        if (!is_at(r, n, day, s) || (post.len && !str_equal(word_key(r->f->a, rows_text(&r->needs, n, "post")), word_key(r->f->a, post))))
            continue;
        *need = n;
        count++;
    }
    return count == 1 || tell(x, field, count ? "form.roster_which_post" : "form.roster_no_need", civil_day_text(r->f->a, day));
}

/* What a merged cell or a blank under it means is what stands above. */
typedef struct above {
    civil_day day;
    sheet_shift shift;
    bool has_day, has_shift;
} above;

static void row_take(const reader *x, above *up)
{
    str day = cell(x, SHEET_DAYS), shift = cell(x, SHEET_SHIFTS);
    size_t need = 0;
    if (day.len && !roster_day_read(x->r, day, &up->day)) {
        tell(x, SHEET_DAYS, "form.roster_day_unclear", x->r->number);
        return;
    }
    up->has_day |= day.len > 0;
    if (shift.len && !shift_read(x, shift, &up->shift)) {
        tell(x, SHEET_SHIFTS, "form.roster_shift_unclear", (str){ 0 });
        return;
    }
    up->has_shift |= shift.len > 0;
    if (!up->has_day || !up->has_shift) {
        tell(x, up->has_day ? SHEET_SHIFTS : SHEET_DAYS, "form.roster_day_missing", (str){ 0 });
        return;
    }
    if (!need_find(x, up->day, &up->shift, cell(x, SHEET_POST), SHEET_POST, &need))
        return;
    if (x->r->need_said[need]) {
        tell(x, SHEET_POST, "form.roster_row_twice", roster_need_name(x->r, need));
        return;
    }
    x->r->need_said[need] = true;
    crew_take(x, need);
}

/* -- by person: what a mark means -------------------------------------------------------------------------- */
typedef struct legend {
    str mark;
    sheet_shift shift;
} legend;
typedef LIST(legend) legends;

/* 早=8:00-12:00 or 早:8:00-12:00, behind whatever word it begins with. */
static void legend_part(const reader *x, str part, legends *out)
{
    str s = word_key(x->r->f->a, part);
    for (size_t i = 0; i < s.len; i++) {
        sheet_shift shift;
        str mark = str_part(s, 0, i);
        if (s.at[i] != '=' && s.at[i] != ':')
            continue;
        if (mark.len && !(mark.at[0] >= '0' && mark.at[0] <= '9') && shift_read(x, str_from(s, i + 1), &shift)) {
            ptrdiff_t colon = str_find(mark, STR(":"));
            *list_add(x->r->f->a, out) = (legend){ colon >= 0 ? str_from(mark, (size_t)colon + 1) : mark, shift };
            return;
        }
    }
}

static void legends_find(const reader *x, const sheet_table *t, legends *out)
{
    for (size_t i = 0; i < t->page->rows.count; i++) {
        const sheet_row *row = &t->page->rows.at[i];
        for (int c = 0; c < row->cell_count && row->number > t->header_last_row; c++) {
            sheet_list parts = { 0 };
            if (str_find(row->cells[c], STR("=")) < 0 && str_find(word_key(x->r->f->a, row->cells[c]), STR(":")) < 0)
                continue;
            word_split(x->r->f->a, row->cells[c], &parts);
            for (size_t p = 0; p < parts.count; p++)
                legend_part(x, parts.at[p], out);
        }
    }
}

/* The one shift of the team on that day; several: the mark says too little. */
static bool only_shift(const reader *x, civil_day day, sheet_shift *out)
{
    const rostering *r = x->r;
    bool any = false;
    for (size_t n = 0; n < r->needs.count; n++) {
        sheet_shift s = { roster_need_minute(r, n, "start_minute"), roster_need_minute(r, n, "end_minute") };
        if (roster_need_day(r, n) != day)
            continue;
        if (any && (s.begin_minute != out->begin_minute || s.end_minute != out->end_minute))
            return false;
        *out = s;
        any = true;
    }
    return any;
}

/* A shift of that day whose name begins with the mark, or the usual one of that name (早班) if the day has it. */
static bool named_shift(const reader *x, str mark, civil_day day, sheet_shift *out)
{
    const rostering *r = x->r;
    sheet_shift usual = { 0 };
    bool has_usual = shift_read(x, text_format(r->f->a, "%.*s%.*s", STR_ARG(mark), STR_ARG(word_first(WORD_SHIFT_COUNT))), &usual);
    for (size_t n = 0; n < r->needs.count; n++) {
        sheet_shift s = { roster_need_minute(r, n, "start_minute"), roster_need_minute(r, n, "end_minute") };
        if (roster_need_day(r, n) != day || (!str_starts(word_key(r->f->a, rows_text(&r->needs, n, "shift")), mark) &&
                                             !(has_usual && s.begin_minute == usual.begin_minute)))
            continue;
        *out = s;
        return true;
    }
    return false;
}

static bool mark_read(const reader *x, str mark, civil_day day, const legends *legend, sheet_shift *out)
{
    str key = word_key(x->r->f->a, mark), rest = key;
    for (size_t i = 0; i < legend->count; i++) {
        *out = legend->at[i].shift;
        if (str_equal(legend->at[i].mark, key))
            return true;
    }
    if (word_cut(&rest, WORD_STANDS) && !rest.len)
        return only_shift(x, day, out);
    return named_shift(x, key, day, out) || shift_read(x, mark, out);
}

/* -- by person --------------------------------------------------------------------------------------------- */
static bool trouble_at(const reader *x, int column, const char *what, str value)
{
    sheet_tell(x->r->f->a, &x->out->troubles, x->at.table, x->at.row, column, SHEET_ERROR, what, value);
    return false;
}

/* A column of days is none the table knows: its cells are those of the page. */
static str page_cell(const reader *x, int column)
{
    const sheet_page *page = x->at.table->page;
    for (size_t i = 0; i < page->rows.count; i++) {
        const sheet_row *row = &page->rows.at[i];
        if (row->number == x->at.row->number)
            return column < row->cell_count ? row->cells[column] : (str){ 0 };
    }
    return (str){ 0 };
}

/* Where he stands already decides between posts, if the cell does not. */
static bool place_find(const reader *x, size_t man, civil_day day, const sheet_shift *s, str post, int column, size_t *need)
{
    size_t count = 0;
    const rostering *r = x->r;
    for (size_t n = 0; n < r->needs.count; n++) {
        if (!is_at(r, n, day, s) || (post.len && !str_equal(word_key(r->f->a, rows_text(&r->needs, n, "post")), word_key(r->f->a, post))))
            continue;
        *need = n;
        count++;
        if (!post.len && roster_stands_at(&r->have, n, man, NULL))
            return true;
    }
    return count == 1 || trouble_at(x, column, count ? "form.roster_cell_post" : "form.roster_cell_none", roster_man_text(r, man));
}

/* 早, 8-12, 8-12 南门, 休. */
static void piece_take(const reader *x, size_t man, civil_day day, str piece, int column, const legends *legend)
{
    arena *a = x->r->f->a;
    str s = text_normal(a, piece), rest = s, mark, off = word_key(a, s);
    sheet_shift shift = { 0 };
    size_t need = 0, there;
    if (!s.len || sheet_is_none(s) || (word_cut(&off, WORD_OFF) && !off.len) || !str_split(&rest, ' ', &mark))
        return;
    if (!mark_read(x, mark, day, legend, &shift)) {
        rest = (str){ 0 };
        if (!mark_read(x, s, day, legend, &shift)) { /* 8:00 - 12:00 */
            trouble_at(x, column, "form.roster_mark", s);
            return;
        }
    }
    if (!place_find(x, man, day, &shift, rest, column, &need))
        return;
    bool leads = roster_stands_at(&x->r->have, need, man, &there) && x->r->have.at[there].lead;
    take(x, need, man, leads);
}

static void person_take(const reader *x, const civil_day *days, const bool *is_day, const legends *legend)
{
    size_t man = 0;
    str name = cell(x, SHEET_NAME);
    if (!name.len || !man_find(x, SHEET_NAME, name, cell(x, SHEET_ORG), cell(x, SHEET_PHONE), &man))
        return;
    for (int c = 0; c < x->at.table->column_count; c++) {
        sheet_list pieces = { 0 };
        if (!is_day[c])
            continue;
        bool *said = &x->r->cell_said[man * (size_t)(x->r->to - x->r->from + 1) + (size_t)(days[c] - x->r->from)];
        if (*said) {
            trouble_at(x, c, "form.roster_person_twice", roster_man_text(x->r, man));
            return;
        }
        *said = true;
        word_split(x->r->f->a, page_cell(x, c), &pieces);
        for (size_t i = 0; i < pieces.count; i++)
            piece_take(x, man, days[c], pieces.at[i], c, legend);
    }
}

/* The second header row has the weekdays alone. */
static bool is_weekdays(const reader *x, const bool *is_day)
{
    str name = cell(x, SHEET_NAME);
    int column = 0;
    sheet_cell(x->at.table, x->at.row, SHEET_NAME, &column);
    bool header = !name.len || (column >= 0 && str_equal(word_key(x->r->f->a, name), word_key(x->r->f->a, x->at.table->columns[column].label)));
    for (int c = 0; c < x->at.table->column_count && header && x->at.row->number == x->at.table->header_last_row + 1; c++) {
        if (is_day[c] && page_cell(x, c).len)
            return true;
    }
    return header && !name.len;
}

static void by_person(reader *x, const sheet_table *t)
{
    civil_day *days = arena_many(x->r->f->a, civil_day, (size_t)t->column_count + 1);
    bool *is_day = arena_many(x->r->f->a, bool, SHEET_COLUMNS_MAX + 1), any = false;
    legends legend = { 0 };
    legends_find(x, t, &legend);
    for (int c = 0; c < t->column_count; c++) {
        is_day[c] = t->columns[c].field == SHEET_NONE && roster_day_read(x->r, t->columns[c].label, &days[c]);
        any |= is_day[c];
    }
    x->at = (sheet_at){ t, NULL };
    if (!any)
        trouble_at(x, -1, "form.roster_no_days", x->r->number);
    for (size_t i = 0; i < t->rows.count && any; i++) {
        x->at.row = &t->rows.at[i];
        if (!is_weekdays(x, is_day))
            person_take(x, days, is_day, &legend);
    }
}

void roster_read(rostering *r, const sheet_tables *day_tables, const sheet_tables *person_tables, form_read *out)
{
    reader x = { .r = r, .out = out };
    for (size_t i = 0; i < day_tables->list.count; i++) {
        const sheet_table *t = &day_tables->list.at[i];
        above up = { 0 };
        for (size_t k = 0; k < t->rows.count; k++) {
            x.at = (sheet_at){ t, &t->rows.at[k] };
            row_take(&x, &up);
        }
    }
    for (size_t i = 0; i < person_tables->list.count; i++)
        by_person(&x, &person_tables->list.at[i]);
}

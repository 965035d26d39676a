/* Shifts, days and head counts as people write them in one cell. */
#include "sheet/records.h"

#include "base/limits.h"

#include <assert.h>
#include <string.h>

enum {
    DAY_MINUTES = 1440,
    DAY_SHIFT_BEGIN = 480,
    DAY_SHIFT_END = 1200,
    SHIFTS_MAX = 24,
    DAYS_MAX = 1100
};

static const struct {
    const char *word;
    int begin_minute, end_minute;
} shift_words[] = {
#define SHIFT(word, begin, end) { word, begin, end },
#include "sheet/headers.def"
};
static const sheet_shift default_shifts[] = {
    { 480, 720 }, { 720, 960 }, { 960, 1200 }, { 1200, 1440 }, { 0, 480 }
};

static void signs_skip(str *s, const char *signs)
{
    while (s->len && strchr(signs, s->at[0]) && s->at[0])
        *s = str_from(*s, 1);
}

static bool range_sign_cut(str *s)
{
    signs_skip(s, " ");
    bool cut = false;
    while (s->len && (s->at[0] == '-' || word_cut(s, WORD_UNTIL))) {
        signs_skip(s, "-");
        cut = true;
    }
    signs_skip(s, " ");
    return cut;
}

/* ---- shifts ---- */

typedef struct clock_time {
    int minute;
    bool afternoon, morning, next_day;
} clock_time;

/* 8:00, 8点半, 下午2点, 次日8:00, 24. Nothing is cut when it is no time. */
static bool time_cut(str *s, clock_time *out)
{
    str rest = *s;
    *out = (clock_time){ 0 };
    out->next_day = word_cut(&rest, WORD_NEXT_DAY);
    out->afternoon = word_cut(&rest, WORD_AFTERNOON);
    out->morning = !out->afternoon && word_cut(&rest, WORD_MORNING);
    signs_skip(&rest, " ");
    int hour = word_number(&rest), minute = 0;
    if (hour < 0 || hour > 24)
        return false;
    if (rest.len > 2 && (rest.at[0] == ':' || rest.at[0] == '.')) {
        str after = str_from(rest, 1);
        minute = word_number(&after);
        if (rest.len - after.len != 3)
            return false;
        rest = after;
    } else if (word_cut(&rest, WORD_OCLOCK)) {
        if (word_cut(&rest, WORD_HALF))
            minute = 30;
        else if (rest.len && rest.at[0] >= '0' && rest.at[0] <= '9')
            minute = word_number(&rest);
    }
    if (minute < 0 || minute > 59 || (hour == 24 && minute))
        return false;
    if (out->afternoon && hour < 12)
        hour += 12;
    out->minute = hour * 60 + minute;
    *s = rest;
    return true;
}

static bool range_cut(str *s, sheet_shift *out)
{
    str rest = *s;
    clock_time from, to;
    if (!time_cut(&rest, &from) || !range_sign_cut(&rest) || !time_cut(&rest, &to))
        return false;
    bool plain = !to.morning && !to.afternoon && !to.next_day;
    if (from.afternoon && plain && to.minute < 720 && to.minute + 720 > from.minute)
        to.minute += 720; /* 下午2点-6点 */
    if (from.minute >= DAY_MINUTES)
        from.minute -= DAY_MINUTES;
    if (to.minute <= from.minute || (to.next_day && to.minute < DAY_MINUTES))
        to.minute += DAY_MINUTES;
    if (to.minute - from.minute > DAY_MINUTES)
        return false;
    *out = (sheet_shift){ from.minute, to.minute };
    *s = rest;
    return true;
}

static bool shift_word_cut(str *s, sheet_shift *out)
{
    for (size_t i = 0; i < COUNT(shift_words); i++) {
        if (str_starts(*s, str_of(shift_words[i].word))) {
            *out = (sheet_shift){ shift_words[i].begin_minute, shift_words[i].end_minute };
            *s = str_from(*s, str_of(shift_words[i].word).len);
            return true;
        }
    }
    return false;
}

/* The office's own shifts that lie within these minutes. */
static void shifts_default(arena *a, const sheet_operation *o, int begin, int end,
                           sheet_shifts *out)
{
    const sheet_shift *at = o && o->shift_count ? o->shifts : default_shifts;
    size_t count = o && o->shift_count ? o->shift_count : COUNT(default_shifts);
    for (size_t i = 0; i < count && out->count < SHIFTS_MAX; i++) {
        if (at[i].begin_minute >= begin && at[i].end_minute <= end)
            *list_add(a, out) = at[i];
    }
}

/* Three shifts a day: eight hours each, from eight in the morning. */
static void shifts_even(arena *a, int count, sheet_shifts *out)
{
    for (int i = 0; i < count; i++) {
        int begin = (DAY_SHIFT_BEGIN + i * DAY_MINUTES / count) % DAY_MINUTES;
        *list_add(a, out) = (sheet_shift){ begin, begin + DAY_MINUTES / count };
    }
}

const char *sheet_shifts_read(arena *a, str cell, const sheet_operation *o, sheet_shifts *out)
{
    *out = (sheet_shifts){ 0 };
    str s = word_normal(a, cell);
    bool assumed = false;
    while (s.len && out->count < SHIFTS_MAX) {
        sheet_shift one;
        signs_skip(&s, " ,;()/|:.+");
        str before = s;
        if (s.len == 0)
            break;
        if (word_cut(&s, WORD_LIST) || word_cut(&s, WORD_ADDITION))
            continue;
        if (word_cut(&s, WORD_ROUND_THE_CLOCK)) {
            shifts_default(a, o, 0, 2 * DAY_MINUTES, out);
        } else if (word_cut(&s, WORD_ALL_DAY)) {
            shifts_default(a, o, DAY_SHIFT_BEGIN, DAY_SHIFT_END, out);
            assumed = true;
        } else if (range_cut(&s, &one)) {
            *list_add(a, out) = one;
        } else if (shift_word_cut(&s, &one)) {
            signs_skip(&s, " (:");
            bool exact = range_cut(&s, &one); /* 白班(8:00-20:00) */
            assumed |= !exact;
            *list_add(a, out) = one;
        } else {
            int count = word_number(&s);
            if (count < 2 || count > 6 || !word_cut(&s, WORD_SHIFT_COUNT)) {
                s = before;
                break;
            }
            if (out->count == 0 || word_has(cell, WORD_ROUND_THE_CLOCK)) {
                out->count = 0;
                shifts_even(a, count, out);
            }
            if (s.len)
                s = (str){ 0 }; /* 三班倒, 三班制 */
        }
    }
    if (s.len || out->count == 0) {
        out->count = 0;
        return "sheet.shift_unclear";
    }
    return assumed ? "sheet.shift_assumed" : NULL;
}

/* ---- head counts ---- */

const char *sheet_headcount_read(arena *a, str cell, size_t *shift_count, int *min, int *target)
{
    str s = word_key(a, cell);
    int plain[2] = { -1, -1 }, sum = 0;
    bool range = false;
    *shift_count = 0;
    while (s.len) {
        bool sex_before = word_cut(&s, WORD_MAN) || word_cut(&s, WORD_WOMAN);
        str before = s;
        int n = word_number(&s);
        if (n < 0) {
            range |= before.at && range_sign_cut(&s);
            if (s.len == before.len && !sex_before)
                s = str_from(s, 1);
            continue;
        }
        if (s.len > 1 && s.at[0] == '.' && s.at[1] != '0')
            return "sheet.headcount_unclear";
        bool persons = word_cut(&s, WORD_PERSONS);
        if (sex_before || word_cut(&s, WORD_MAN) || word_cut(&s, WORD_WOMAN))
            sum += n;
        else if (!persons && word_cut(&s, WORD_SHIFT_COUNT))
            *shift_count = (size_t)n;
        else if (plain[0] < 0)
            plain[0] = n;
        else if (plain[1] < 0 && range)
            plain[1] = n;
        if (n > 10000)
            return "sheet.headcount_large";
    }
    *min = sum > 0 ? sum : plain[0];
    *target = sum == 0 && plain[1] >= 0 ? plain[1] : *min;
    if (*min < 0 || (*min == 0 && *target == 0))
        return "sheet.headcount_unclear";
    if (*target < *min) {
        int swap = *min;
        *min = *target;
        *target = swap;
    }
    if (*shift_count > 1) { /* a sum over the day's shifts */
        int k = (int)*shift_count;
        *min = (*min + k - 1) / k;
        *target = (*target + k - 1) / k;
    }
    return *target > HEADCOUNT_MAX ? "sheet.headcount_large" : NULL;
}

/* ---- days ---- */

typedef struct partial_day {
    int year, month, day; /* 0: not said */
    bool sure;            /* not just a number */
} partial_day;

static bool sign_cut(str *s, const char *signs, word_id id)
{
    signs_skip(s, " ");
    if (s->len && strchr(signs, s->at[0])) {
        *s = str_from(*s, 1);
        return true;
    }
    return word_cut(s, id);
}

static bool day_cut(str *s, partial_day *out)
{
    str rest = *s;
    *out = (partial_day){ 0 };
    int n = word_number(&rest);
    if (n < 0)
        return false;
    if (n >= 1900 && n < 2100) {
        if (!sign_cut(&rest, "./-", WORD_YEAR))
            return false;
        out->year = n;
        out->month = word_number(&rest);
        if (!sign_cut(&rest, "./-", WORD_MONTH))
            return false;
        out->day = word_number(&rest);
    } else if (word_cut(&rest, WORD_MONTH) ||
               (rest.len > 1 && (rest.at[0] == '.' || rest.at[0] == '/'))) {
        signs_skip(&rest, "./ ");
        out->month = n;
        out->day = word_number(&rest);
    } else {
        out->day = n;
    }
    bool named = word_cut(&rest, WORD_DAY);
    out->sure = out->month > 0 || named;
    if (out->day < 1 || out->day > 31 || (out->month && (out->month < 1 || out->month > 12)))
        return false;
    /* a time of day behind an ISO date, a weekday in brackets */
    clock_time t;
    str time = rest;
    signs_skip(&time, " ");
    if (out->year && time.len < rest.len && time_cut(&time, &t))
        rest = time;
    signs_skip(&rest, " ");
    if (rest.len && rest.at[0] == '(') {
        while (rest.len && rest.at[0] != ')')
            rest = str_from(rest, 1);
        rest = str_from(rest, 1);
    }
    *s = rest;
    return true;
}

/* The year that brings it nearest to the operation. False: there is no such day. */
static bool day_whole(partial_day p, const sheet_operation *o, civil_day *out)
{
    int year, month, day;
    civil_parts(o->first_day, &year, &month, &day);
    if (!p.month)
        p.month = month;
    if (p.year) {
        year = p.year;
    } else if (p.month < month - 6) {
        year++;
    } else if (p.month > month + 6) {
        year--;
    }
    if (!civil_day_is(year, p.month, p.day))
        return false;
    *out = civil_day_of(year, p.month, p.day);
    return true;
}

typedef struct day_marks {
    const sheet_operation *o;
    bool *on;
    int count;
} day_marks;

static void days_mark(day_marks *m, civil_day from, civil_day to, unsigned weekdays)
{
    for (int i = 0; i < m->count; i++) {
        civil_day day = m->o->first_day + i;
        if (day >= from && day <= to && (weekdays >> civil_weekday(day) & 1))
            m->on[i] = true;
    }
}

static bool range_of_days_cut(str *s, day_marks *m)
{
    partial_day from = { 0 }, to;
    civil_day first = m->o->first_day, last = m->o->last_day;
    bool now = word_cut(s, WORD_FROM_NOW);
    if (!now && !day_cut(s, &from))
        return false;
    bool onward = !now && word_cut(s, WORD_ONWARD);
    if (!now)
        last = 0;
    if (range_sign_cut(s) && !word_cut(s, WORD_ALWAYS)) {
        if (!day_cut(s, &to))
            return false;
        if (!now && !from.sure && !to.sure)
            return false;
        if (!to.month)
            to.month = from.month;
        if (!to.year)
            to.year = to.month >= from.month ? from.year : 0;
        if (!day_whole(to, m->o, &last))
            return false;
    } else if (!now) {
        if (!from.sure || !day_whole(from, m->o, &first))
            return false;
        last = onward ? m->o->last_day : first;
    }
    if (!now && !day_whole(from, m->o, &first))
        return false;
    days_mark(m, first, last, 0x7f);
    return last >= first;
}

static bool days_word_cut(str *s, day_marks *m)
{
    static const struct {
        word_id id;
        unsigned weekdays;
    } groups[] = { { WORD_ALWAYS, 0x7f },
                   { WORD_WEEKEND, 0x60 },
                   { WORD_WORKDAY, 0x1f },
                   { WORD_SATURDAY, 0x20 },
                   { WORD_SUNDAY, 0x40 } };
    for (size_t i = 0; i < COUNT(groups); i++) {
        if (word_cut(s, groups[i].id)) {
            days_mark(m, m->o->first_day, m->o->last_day, groups[i].weekdays);
            return true;
        }
    }
    return false;
}

const char *sheet_days_read(arena *a, str cell, const sheet_operation *o, sheet_days *out)
{
    assert(o->last_day >= o->first_day);
    *out = (sheet_days){ 0 };
    day_marks m = { .o = o, .count = o->last_day - o->first_day + 1 };
    if (m.count > DAYS_MAX)
        m.count = DAYS_MAX;
    m.on = arena_many(a, bool, m.count);
    str s = word_normal(a, cell);
    for (;;) {
        signs_skip(&s, " ,;");
        if (s.len == 0)
            break;
        if (word_cut(&s, WORD_LIST))
            continue;
        if (!days_word_cut(&s, &m) && !range_of_days_cut(&s, &m))
            return "sheet.days_unclear";
    }
    for (int i = 0; i < m.count; i++) {
        if (m.on[i])
            *list_add(a, &out->list) = o->first_day + i;
    }
    return out->list.count ? NULL : "sheet.days_outside";
}

/* Days as people write them in one cell: dates, spans, weekdays, kinds of days. */
#include "sheet/hours.h"

#include "sheet/records.h"

#include <assert.h>
#include <string.h>

enum { DAYS_MAX = 1100 };
const char sheet_days_none[] = "sheet.days_none";

typedef struct partial_day {
    int year, month, day; /* 0: not said */
    bool sure;            /* not just a number */
} partial_day;

static bool sign_cut(str *s, const char *signs, word_id id)
{
    hours_signs_skip(s, " ");
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
        hours_signs_skip(&rest, "./ ");
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
    str time = rest;
    hours_signs_skip(&time, " ");
    if (out->year && time.len < rest.len && hours_time_skip(&time))
        rest = time;
    hours_signs_skip(&rest, " ");
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

/* How exactly a cell names a day: what is more exact goes before what is less, over all rows of a sheet. */
enum { RANK_NONE, RANK_ALWAYS, RANK_SPAN, RANK_REST_DAY, RANK_KIND_OF_DAY, RANK_WEEKDAY, RANK_HOLIDAY, RANK_DATE };

typedef struct day_marks {
    const sheet_operation *o;
    unsigned char *rank; /* of each day */
    int count;
    bool dates;      /* some day was named by its date, not only by its kind */
    bool weekday;    /* the last word was a weekday: 周一、三 */
} day_marks;

static void mark(day_marks *m, int index, int rank)
{
    if (m->rank[index] < rank)
        m->rank[index] = (unsigned char)rank;
}

static void days_mark(day_marks *m, civil_day from, civil_day to, int rank)
{
    for (int i = 0; i < m->count; i++) {
        civil_day day = m->o->first_day + i;
        if (day >= from && day <= to)
            mark(m, i, rank);
    }
}

static void weekdays_mark(day_marks *m, unsigned weekdays)
{
    for (int i = 0; i < m->count; i++) {
        if (weekdays >> civil_weekday(m->o->first_day + i) & 1)
            mark(m, i, RANK_WEEKDAY);
    }
}

static bool is_among(const civil_day *days, size_t count, civil_day day)
{
    for (size_t i = 0; i < count; i++) {
        if (days[i] == day)
            return true;
    }
    return false;
}

/* Offices count a weekend day that is worked as a working day, and a day off within the week as none. */
static void kinds_mark(day_marks *m, word_id kind)
{
    for (int i = 0; i < m->count; i++) {
        civil_day day = m->o->first_day + i;
        bool off = is_among(m->o->holidays, m->o->holiday_count, day);
        bool weekend = civil_weekday(day) >= 5 && !is_among(m->o->workdays, m->o->workday_count, day);
        if ((kind == WORD_WORKDAY && !off && !weekend) || (kind == WORD_WEEKEND && weekend))
            mark(m, i, RANK_KIND_OF_DAY);
        else if (off && (kind == WORD_HOLIDAY || kind == WORD_REST_DAY))
            mark(m, i, RANK_HOLIDAY);
        else if (weekend && kind == WORD_REST_DAY)
            mark(m, i, RANK_REST_DAY);
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
    if (hours_range_sign_cut(s) && !word_cut(s, WORD_ALWAYS)) {
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
    m->dates = true;
    days_mark(m, first, last, now || onward ? RANK_ALWAYS : last > first ? RANK_SPAN : RANK_DATE);
    return last >= first;
}

static const struct {
    const char *word;
    int weekday; /* 0 Monday */
} weekdays[] = {
#define WEEKDAY(word, weekday) { word, weekday },
#include "sheet/headers.def"
};

/* 周三, or 三 and 日 alone where a weekday stood before; -1: none. */
static int weekday_cut(str *s, bool bare)
{
    for (size_t i = 0; i < COUNT(weekdays); i++) {
        if (str_starts(*s, str_of(weekdays[i].word))) {
            *s = str_from(*s, str_of(weekdays[i].word).len);
            return weekdays[i].weekday;
        }
    }
    str rest = *s;
    if (!bare)
        return -1;
    int n = word_cut(&rest, WORD_DAY) ? 7 : word_number(&rest);
    str after = rest;
    if (n < 1 || n > 7 || word_cut(&after, WORD_MONTH) || word_cut(&after, WORD_DAY) || (rest.len && strchr("./-", rest.at[0])))
        return -1;
    *s = rest;
    return n - 1;
}

/* 周三, 周一至周五, 周一到五, 周五至周一. */
static bool weekdays_cut(str *s, day_marks *m)
{
    int from = weekday_cut(s, m->weekday), to;
    m->weekday = from >= 0;
    if (from < 0)
        return false;
    str rest = *s;
    if (hours_range_sign_cut(&rest) && (to = weekday_cut(&rest, true)) >= 0)
        *s = rest;
    else
        to = from;
    unsigned marks = 1U << to;
    for (int i = from; i != to; i = (i + 1) % 7)
        marks |= 1U << i;
    weekdays_mark(m, marks);
    return true;
}

static bool days_word_cut(str *s, day_marks *m)
{
    static const word_id kinds[] = { WORD_WEEKEND, WORD_WORKDAY, WORD_HOLIDAY, WORD_REST_DAY };
    if (weekdays_cut(s, m))
        return true;
    if (word_cut(s, WORD_ALWAYS)) {
        days_mark(m, m->o->first_day, m->o->last_day, RANK_ALWAYS);
        return true;
    }
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (word_cut(s, kinds[i])) {
            kinds_mark(m, kinds[i]);
            return true;
        }
    }
    return false;
}

bool sheet_days_word_cut(str *s)
{
    static const sheet_operation none = { .first_day = 0, .last_day = -1 };
    return days_word_cut(s, &(day_marks){ .o = &none });
}

const char *sheet_days_read(arena *a, str cell, const sheet_operation *o, sheet_days *out)
{
    assert(o->last_day >= o->first_day);
    *out = (sheet_days){ 0 };
    day_marks m = { .o = o, .count = o->last_day - o->first_day + 1 };
    if (m.count > DAYS_MAX)
        m.count = DAYS_MAX;
    m.rank = arena_many(a, unsigned char, m.count);
    str s = word_normal(a, cell);
    for (;;) {
        hours_signs_skip(&s, " ,;");
        if (s.len == 0)
            break;
        if (word_cut(&s, WORD_LIST))
            continue;
        if (!days_word_cut(&s, &m) && !range_of_days_cut(&s, &m))
            return "sheet.days_unclear";
    }
    unsigned char *ranks = arena_many(a, unsigned char, m.count);
    for (int i = 0; i < m.count; i++) {
        if (m.rank[i] == RANK_NONE)
            continue;
        ranks[out->list.count] = m.rank[i];
        *list_add(a, &out->list) = o->first_day + i;
    }
    out->ranks = ranks;
    return out->list.count ? NULL : m.dates ? "sheet.days_outside" : sheet_days_none;
}

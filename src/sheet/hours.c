/* Shifts and head counts as people write them in one cell. */
#include "sheet/hours.h"

#include "sheet/records.h"

#include "base/limits.h"

#include <string.h>

enum {
    DAY_MINUTES = 1440,
    DAY_SHIFT_BEGIN = 480,
    DAY_SHIFT_END = 1200,
    SHIFTS_MAX = 24
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

void hours_signs_skip(str *s, const char *signs)
{
    while (s->len && strchr(signs, s->at[0]) && s->at[0])
        *s = str_from(*s, 1);
}

bool hours_range_sign_cut(str *s)
{
    hours_signs_skip(s, " ");
    bool cut = false;
    while (s->len && (s->at[0] == '-' || word_cut(s, WORD_UNTIL))) {
        hours_signs_skip(s, "-");
        cut = true;
    }
    hours_signs_skip(s, " ");
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
    hours_signs_skip(&rest, " ");
    int hour = word_number(&rest), minute = 0;
    bool past_midnight = hour > 24 && hour <= 48 && rest.len && rest.at[0] == ':'; /* 26:00 is 2:00 of the next day */
    if (hour < 0 || (hour > 24 && !past_midnight))
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

bool hours_time_skip(str *s)
{
    clock_time ignored;
    return time_cut(s, &ignored);
}

const char *sheet_time_read(arena *a, str cell, int *minute)
{
    clock_time t;
    str key = word_key(a, cell);
    if (!time_cut(&key, &t) || key.len)
        return "sheet.time_unclear";
    *minute = t.next_day && t.minute < DAY_MINUTES ? t.minute + DAY_MINUTES : t.minute;
    return NULL;
}

/* A span of no time, or of more than a day, is no shift: *fault then says so. */
static bool range_cut(str *s, sheet_shift *out, const char **fault)
{
    str rest = *s;
    clock_time from, to;
    if (!time_cut(&rest, &from) || from.minute > DAY_MINUTES || !hours_range_sign_cut(&rest) || !time_cut(&rest, &to))
        return false;
    bool plain = !to.morning && !to.afternoon && !to.next_day;
    if (from.afternoon && plain && to.minute < 720 && to.minute + 720 > from.minute)
        to.minute += 720; /* 下午2点-6点 */
    if (from.minute == to.minute && !to.next_day) {
        *fault = "sheet.shift_empty"; /* all day, or a slip: nobody can tell */
        return false;
    }
    if (from.minute >= DAY_MINUTES)
        from.minute -= DAY_MINUTES;
    if (to.minute <= from.minute || (to.next_day && to.minute < DAY_MINUTES))
        to.minute += DAY_MINUTES;
    if (to.minute - from.minute > DAY_MINUTES) {
        *fault = "sheet.shift_long";
        return false;
    }
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
    const char *fault = NULL;
    while (s.len && !fault && out->count < SHIFTS_MAX) {
        sheet_shift one;
        hours_signs_skip(&s, " ,;()/|:.+");
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
        } else if (range_cut(&s, &one, &fault)) {
            *list_add(a, out) = one;
        } else if (shift_word_cut(&s, &one)) {
            hours_signs_skip(&s, " (:");
            bool exact = range_cut(&s, &one, &fault); /* 白班(8:00-20:00) */
            assumed |= !exact;
            *list_add(a, out) = one;
        } else if (!fault) {
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
    if (fault || s.len || out->count == 0) {
        out->count = 0;
        return fault ? fault : "sheet.shift_unclear";
    }
    return assumed ? "sheet.shift_assumed" : NULL;
}

/* ---- head counts ---- */

const char *sheet_headcount_read(arena *a, str cell, size_t *shift_count, int *min, int *target)
{
    str s = word_key(a, cell);
    int plain[2] = { -1, -1 }, sum = 0;
    bool range = false, swapped = false;
    *shift_count = 0;
    if (s.len > 1 && s.at[0] == '-' && s.at[1] >= '0' && s.at[1] <= '9')
        return "sheet.headcount_negative";
    while (s.len) {
        bool sex_before = word_cut(&s, WORD_MAN) || word_cut(&s, WORD_WOMAN);
        str before = s;
        int n = word_number(&s);
        if (n < 0) {
            range |= before.at && hours_range_sign_cut(&s);
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
        swapped = true;
        int swap = *min;
        *min = *target;
        *target = swap;
    }
    if (*shift_count > 1) { /* a sum over the day's shifts */
        int k = (int)*shift_count;
        *min = (*min + k - 1) / k;
        *target = (*target + k - 1) / k;
    }
    return *target > HEADCOUNT_MAX ? "sheet.headcount_large" : swapped ? "sheet.headcount_swapped" : NULL;
}

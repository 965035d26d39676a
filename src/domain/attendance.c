#include "domain/attendance.h"

#include "base/text.h"

static const int64_t minute_ms = 60000;

int64_t attendance_claim(int64_t claimed, int64_t now, unsigned *marks)
{
    int64_t first = now - ATTENDANCE_CLAIM_BACK_MINUTES * minute_ms;
    int64_t last = now + ATTENDANCE_CLAIM_AHEAD_MINUTES * minute_ms;
    if (claimed >= first && claimed <= last)
        return claimed;
    *marks |= MARK_CLAIMED_CUT;
    return claimed < first ? first : last;
}

attendance_fit attendance_fits(const attendance_shift *s, int64_t at, civil_day day)
{
    if (at >= s->ends_at)
        return ATTENDANCE_OVER;
    if (day < s->day && s->starts_at - at > ATTENDANCE_ACROSS_MINUTES * minute_ms)
        return ATTENDANCE_TOO_EARLY;
    return ATTENDANCE_FITS;
}

unsigned attendance_punctual(const attendance_shift *s, int64_t at)
{
    if (at < s->starts_at)
        return MARK_EARLY;
    return at > s->starts_at + ATTENDANCE_LATE_MINUTES * minute_ms ? MARK_LATE : 0;
}

int attendance_minute(civil_day starts_on, civil_day day, int minute)
{
    int counted = (int)(day - starts_on) * ATTENDANCE_DAY_MINUTES + minute;
    return counted < 0 ? 0 : counted;
}

static int64_t not_before(int64_t at, int64_t first)
{
    return at < first ? first : at;
}

int64_t attendance_leave(const attendance_shift *s, int64_t came_at, int64_t at, unsigned *marks)
{
    if (!s->ends_at || at <= s->ends_at + ATTENDANCE_STAY_MINUTES * minute_ms)
        return at;
    *marks |= MARK_CLOSED_BY_RULE;
    return not_before(s->ends_at, came_at);
}

int64_t attendance_left_for(const attendance_shift *s, int64_t came_at, int64_t at)
{
    return not_before(s->ends_at && s->ends_at < at ? s->ends_at : at, came_at);
}

bool attendance_forgotten(const attendance_shift *s, int64_t came_at, int64_t now, int64_t *left_at)
{
    *left_at = s->ends_at ? not_before(s->ends_at, came_at) : came_at;
    return s->ends_at ? s->ends_at <= now : came_at + ATTENDANCE_OPEN_MINUTES * minute_ms <= now;
}

int64_t attendance_minutes(int64_t came_at, int64_t left_at)
{
    return left_at > came_at ? (left_at - came_at) / minute_ms : 0;
}

int attendance_paper_minute(int minute, int first, int end_minute)
{
    bool next_day = minute < first && minute < ATTENDANCE_DAY_MINUTES && end_minute > ATTENDANCE_DAY_MINUTES &&
                    minute + ATTENDANCE_DAY_MINUTES <= end_minute + ATTENDANCE_STAY_MINUTES;
    return next_day ? minute + ATTENDANCE_DAY_MINUTES : minute;
}

static const struct {
    attendance_mark mark;
    const char *word;
} words_of_marks[] = {
    { MARK_EARLY, "early" },         { MARK_LATE, "late" },
    { MARK_WRONG_POST, "wrong_post" }, { MARK_FILLED_IN, "filled_in" },
    { MARK_CLAIMED_CUT, "claimed_cut" }, { MARK_CLOSED_BY_RULE, "closed_by_rule" },
};

str attendance_marks_text(arena *a, unsigned marks)
{
    text t = text_begin(a);
    for (size_t i = 0; i < COUNT(words_of_marks); i++) {
        if (!(marks & (unsigned)words_of_marks[i].mark))
            continue;
        text_put_z(&t, t.len ? " " : "");
        text_put_z(&t, words_of_marks[i].word);
    }
    return text_done(&t);
}

unsigned attendance_marks_read(str s)
{
    unsigned marks = 0;
    str word;
    while (str_split(&s, ' ', &word)) {
        for (size_t i = 0; i < COUNT(words_of_marks); i++) {
            if (str_is(word, words_of_marks[i].word))
                marks |= (unsigned)words_of_marks[i].mark;
        }
    }
    return marks;
}

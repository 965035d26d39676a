#include "domain/substitute.h"

static const int64_t minute_ms = 60000;

static bool overlaps(const substitute_shift *a, const substitute_shift *b)
{
    return a->starts_at < b->ends_at && b->starts_at < a->ends_at;
}

/* After a night there is rest; two shifts by day may follow each other at once. */
static bool is_too_close(const substitute_shift *first, const substitute_shift *next, const substitute_limits *l)
{
    return first->night && first->ends_at <= next->starts_at &&
           next->starts_at - first->ends_at < l->rest_night_minutes * minute_ms;
}

static int64_t minutes_of(const substitute_shift *s)
{
    return (s->ends_at - s->starts_at) / minute_ms;
}

/* What the other duties forbid: the first kind of reason, over all of them. */
static substitute_reason reason_of_duties(const substitute *s, const substitute_shift *wanted, const substitute_limits *l)
{
    int64_t minutes = minutes_of(wanted);
    bool close = false;
    for (size_t i = 0; i < s->duty_count; i++) {
        const substitute_shift *own = &s->duties[i];
        if (overlaps(own, wanted))
            return SUBSTITUTE_OVERLAP;
        close = close || is_too_close(own, wanted, l) || is_too_close(wanted, own, l);
        minutes += own->day == wanted->day ? minutes_of(own) : 0;
    }
    if (close)
        return SUBSTITUTE_REST;
    /* one long shift is the planner's word; only a second one is too much */
    return s->duty_count && minutes > minutes_of(wanted) && minutes > l->day_max_minutes ? SUBSTITUTE_HOURS : SUBSTITUTE_FREE;
}

/* The most nights of any 7 days that hold the wanted one, with it. */
static int nights_around(const substitute *s, const substitute_shift *wanted)
{
    int most = 1;
    for (civil_day first = wanted->day - 6; first <= wanted->day; first++) {
        int nights = 1;
        for (size_t i = 0; i < s->duty_count; i++)
            nights += s->duties[i].night && s->duties[i].day >= first && s->duties[i].day <= first + 6;
        most = nights > most ? nights : most;
    }
    return most;
}

substitute_reason substitute_reason_of(const substitute *s, const substitute_shift *wanted, const substitute_limits *l)
{
    if (!s->member)
        return SUBSTITUTE_TEAM;
    if (s->away)
        return SUBSTITUTE_AWAY;
    if (s->cannot)
        return SUBSTITUTE_CANNOT;
    if ((s->no_night && wanted->night) || (s->no_outdoor && wanted->outdoor))
        return SUBSTITUTE_CARE;
    if (s->skill_lacking)
        return SUBSTITUTE_SKILL;
    substitute_reason of_duties = reason_of_duties(s, wanted, l);
    if (of_duties != SUBSTITUTE_FREE)
        return of_duties;
    if (wanted->night && nights_around(s, wanted) > l->nights_max)
        return SUBSTITUTE_NIGHTS;
    return s->paired ? SUBSTITUTE_PAIR : SUBSTITUTE_FREE;
}

const char *substitute_word(substitute_reason r)
{
    static const char *const words[] = { "free", "team", "away", "cannot", "care", "skill",
                                         "overlap", "rest", "hours", "nights", "pair" };
    return words[r];
}

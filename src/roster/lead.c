/*
 * Who leads a need: fit to lead, has answered, and not in a person's first night; the least used one. Where all
 * stand their first night one of them leads all the same: a shift without anybody in charge is worse.
 */
#include "roster/engine.h"

static bool night_before(const roster_problem *p, const roster_duty *duties, size_t count, const roster_duty *d)
{
    if (p->people[d->person].had_night)
        return true;
    for (size_t i = 0; i < count; i++) {
        const roster_need *n = &p->needs[duties[i].need];
        if (duties[i].person == d->person && p->kinds[n->kind].night && n->day < p->needs[d->need].day)
            return true;
    }
    return false;
}

/* 0: may not; 1: in a first night; 2: gladly. */
static int lead_rank(const roster_problem *p, const roster_duty *duties, size_t count, const roster_duty *d)
{
    const roster_person *who = &p->people[d->person];
    bool night = p->kinds[p->needs[d->need].kind].night;
    if (!who->lead_fit || who->unanswered)
        return 0;
    return night && !night_before(p, duties, count, d) ? 1 : 2;
}

static int led_by(const roster_duty *duties, size_t count, int person)
{
    int led = 0;
    for (size_t i = 0; i < count; i++)
        led += duties[i].person == person && duties[i].lead;
    return led;
}

/* duties: by need, then person. */
void lead_choose(const roster_problem *p, roster_duty *duties, size_t count)
{
    size_t last;
    for (size_t i = 0; i < count; i++)
        duties[i].lead = false;
    for (size_t first = 0; first < count; first = last) {
        size_t chosen = SIZE_MAX;
        int least = 0, best = 0;
        for (last = first; last < count && duties[last].need == duties[first].need; last++) {
            int rank = lead_rank(p, duties, count, &duties[last]);
            int led = rank ? led_by(duties, count, duties[last].person) : 0;
            if (rank > best || (rank && rank == best && led < least)) {
                chosen = last;
                least = led;
                best = rank;
            }
        }
        if (chosen != SIZE_MAX)
            duties[chosen].lead = true;
    }
}

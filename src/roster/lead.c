/* Who leads a need: fit to lead, has answered, and not in a person's first night; the least used one. */
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

static bool may_lead(const roster_problem *p, const roster_duty *duties, size_t count, const roster_duty *d)
{
    const roster_person *who = &p->people[d->person];
    bool night = p->kinds[p->needs[d->need].kind].night;
    return who->lead_fit && !who->unanswered && (!night || night_before(p, duties, count, d));
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
        int least = 0;
        for (last = first; last < count && duties[last].need == duties[first].need; last++) {
            if (!may_lead(p, duties, count, &duties[last]))
                continue;
            int led = led_by(duties, count, duties[last].person);
            if (chosen == SIZE_MAX || led < least) {
                chosen = last;
                least = led;
            }
        }
        if (chosen != SIZE_MAX)
            duties[chosen].lead = true;
    }
}

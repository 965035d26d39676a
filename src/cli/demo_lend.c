#include "base/text.h"
#include "cli/demo.h"

/* A team sees that it is short, asks, and is lent members; then both rosters are made again. */
enum { SHIFTS_A_DAY = 2, DUTIES_MAX = 2 * DEMO_DAYS };

/* The most that are missing on one day from Sunday on, as the list of short needs has it. */
static err *shortage(demo *d, const demo_team *t, int64_t *missing)
{
    rows r = { 0 };
    int64_t on_day[DEMO_DAYS + 1] = { 0 };
    *missing = 0;
    TRY(demo_view(d, "need_short", NAMED({ "team", V_INT(t->id) }, { "after", V_INT(demo_at(d, 2, 0, 0)) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        civil_day day = d->friday;
        civil_day_read(rows_text(&r, i, "starts_on"), &day);
        int64_t *n = &on_day[day - d->friday];
        *n += rows_int(&r, i, "headcount_min") - rows_int(&r, i, "headcount_filled");
        *missing = *n > *missing ? *n : *missing;
    }
    return *missing ? NULL : demo_missing(d, "need_short");
}

/* Members with the fewest duties from Sunday on: they are missed least. */
static err *find_lent(demo *d, const demo_team *from, int64_t *people, size_t wanted)
{
    rows r = { 0 };
    size_t duties[DEMO_PEOPLE] = { 0 }, found = 0;
    TRY(demo_view(d, "roster_duty", NAMED({ "team", V_INT(from->id) }, { "from_on", V_TEXT(demo_day(d, 2)) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        const demo_person *p = demo_person_of(d, rows_int(&r, i, "person_id"));
        if (p)
            duties[p - d->people]++;
    }
    for (size_t few = 0; few < DUTIES_MAX && found < wanted; few++)
        for (size_t i = 0; i < from->members.count && found < wanted; i++) {
            const demo_person *p = &d->people[from->members.at[i]];
            if (duties[p - d->people] == few && !p->must)
                people[found++] = p->id;
        }
    return found == wanted ? NULL : demo_missing(d, "reinforcement.add_person");
}

static err *agree(demo *d, const demo_team *from, const demo_team *to, int64_t headcount, int64_t *lending)
{
    demo_as(d, to->leader->id);
    TRY(demo_run_id(d, "reinforcement.propose",
                    NAMED({ "team", V_INT(to->id) }, { "from_team", V_INT(from->id) }, { "to_team", V_INT(to->id) },
                          { "from_on", V_TEXT(demo_day(d, 2)) }, { "to_on", V_TEXT(demo_day(d, DEMO_DAYS)) },
                          { "headcount", V_INT(headcount) }, { "why", demo_say(d, "demo.short") }),
                    lending));
    demo_as(d, from->leader->id);
    return demo_run(d, "reinforcement.agree", NAMED({ "reinforcement", V_INT(*lending) }, { "team", V_INT(from->id) }), NULL);
}

err *demo_lend(demo *d)
{
    const demo_team *from = &d->teams[0], *to = &d->teams[DEMO_SMALL];
    int64_t lending, missing, people[DEMO_PEOPLE];
    d->now = demo_at(d, 1, 20, 0);
    demo_as(d, to->leader->id);
    TRY(shortage(d, to, &missing));
    const size_t headcount = (size_t)(missing + SHIFTS_A_DAY - 1) / SHIFTS_A_DAY;
    TRY(find_lent(d, from, people, headcount));
    TRY(agree(d, from, to, (int64_t)headcount, &lending));
    for (size_t i = 0; i < headcount; i++)
        TRY(demo_run(d, "reinforcement.add_person", NAMED({ "reinforcement", V_INT(lending) }, { "person", V_INT(people[i]) }), NULL));
    d->now = demo_at(d, 1, 20, 20);
    demo_as(d, to->coordinator);
    TRY(demo_run(d, "reinforcement.start", NAMED({ "reinforcement", V_INT(lending) }), NULL));
    d->now = demo_at(d, 1, 20, 40);
    return demo_roster_again(d, (const demo_team *const[]){ from, to }, 2, 2);
}

#include "base/file.h"
#include "base/text.h"
#include "cli/demo.h"
#include "cli/plan.h"

/* The rosters of all teams by the engine of `muster plan`, and the papers of them. */
enum { STEPS = 4000, DAY_NEEDS = 2 * DEMO_DAYS };

plan *demo_plan_new(demo *d)
{
    plan *p = arena_new(d->a, plan);
    *p = (plan){ .a = d->a, .lang = d->lang, .dir = text_format(d->a, "%s/teams", d->dir).at, .app = d->app, .zone = d->zone,
                 .operation = { .first_day = d->friday, .last_day = d->friday + DEMO_DAYS }, .seed = (int64_t)d->seed,
                 .steps = STEPS, .by_leaders = true, .unanswered = map_new(d->a), .compound_index = map_new(d->a) };
    return p;
}

static plan_team team_of(const demo_team *t)
{
    return (plan_team){ .id = t->id, .community_code = t->code, .name = t->name, .leader_id = t->leader->id, .need_count = DAY_NEEDS };
}

/* Drafted and published by each leader, from the answers. */
err *demo_rosters(demo *d)
{
    plan *p = d->plan;
    p->now = d->now;
    p->operation_id = d->operation;
    for (size_t k = 0; k < DEMO_TEAMS; k++)
        *list_add(d->a, &p->teams) = team_of(&d->teams[k]);
    return demo_stopped_at(d, "roster.publish", plan_rosters(p));
}

/* From that day on, what was published before being kept where it can be. */
err *demo_roster_again(demo *d, const demo_team *const *teams, size_t count, int from_day)
{
    plan again = *d->plan;
    again.now = d->now;
    again.operation.first_day = d->friday + from_day;
    again.teams.at = NULL;
    again.teams.count = 0;
    again.teams.room = 0;
    for (size_t i = 0; i < count; i++)
        *list_add(d->a, &again.teams) = team_of(teams[i]);
    return demo_stopped_at(d, "roster.publish", plan_rosters(&again));
}

/* Of some teams: paper takes longer than all the rest, and the others can be had by `muster roster`. */
err *demo_papers(demo *d)
{
    plan some = *d->plan;
    some.teams.count = DEMO_PAPER_TEAMS;
    TRY(file_make_dir(d->a, some.dir));
    return demo_stopped_at(d, "muster worker print", plan_print(&some));
}

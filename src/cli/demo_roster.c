#include "base/file.h"
#include "base/text.h"
#include "cli/demo.h"
#include "cli/plan.h"

/* The rosters of all teams by the engine of `muster plan`, and the papers of them. */
enum { STEPS = 4000, DAY_NEEDS = 2 * DEMO_DAYS, PAPER_TEAMS = 6 };

plan *demo_plan_new(demo *d)
{
    plan *p = arena_new(d->a, plan);
    *p = (plan){ .a = d->a, .lang = d->lang, .dir = text_format(d->a, "%s/teams", d->dir).at, .app = d->app, .zone = d->zone,
                 .operation = { .first_day = d->friday + 1, .last_day = d->friday + DEMO_DAYS }, .seed = (int64_t)d->seed,
                 .steps = STEPS, .by_leaders = true, .unanswered = map_new(d->a), .compound_index = map_new(d->a) };
    return p;
}

/* Drafted and published by each leader, from the answers. */
err *demo_rosters(demo *d)
{
    plan *p = d->plan;
    p->now = d->now;
    p->operation_id = d->operation;
    for (size_t i = 0; i < DEMO_PEOPLE; i++)
        p->people.list.at[i].answer = words_get(d->a, d->lang, d->people[i].can ? "demo.can" : "answer.cannot", NULL);
    for (size_t k = 0; k < DEMO_TEAMS; k++)
        *list_add(d->a, &p->teams) = (plan_team){ .id = d->teams[k].id, .community_code = d->teams[k].code, .name = d->teams[k].name,
                                                  .leader_id = d->teams[k].leader->id, .need_count = DAY_NEEDS };
    return demo_stopped_at(d, "roster.publish", plan_rosters(p));
}

/* Of some teams: paper takes longer than all the rest, and the others can be had by `muster roster`. */
err *demo_papers(demo *d)
{
    plan some = *d->plan;
    some.teams.count = PAPER_TEAMS;
    TRY(file_make_dir(d->a, some.dir));
    return demo_stopped_at(d, "muster worker print", plan_print(&some));
}

#include "base/file.h"
#include "base/text.h"
#include "cli/demo.h"
#include "cli/plan.h"

/* The rosters of all teams by the engine of `muster plan`, and the papers of them. */
enum { STEPS = 4000, DAY_NEEDS = 2 * DEMO_DAYS, PAPER_TEAMS = 6 };

static str said(demo *d, const demo_person *p)
{
    return words_get(d->a, d->lang, p->can ? "demo.can" : "answer.cannot", NULL);
}

static plan *plan_of(demo *d)
{
    plan *p = arena_new(d->a, plan);
    *p = (plan){ .a = d->a, .lang = d->lang, .dir = text_format(d->a, "%s/teams", d->dir).at, .app = d->app, .zone = d->zone,
                 .now = d->now, .operation = { .first_day = d->friday + 1, .last_day = d->friday + DEMO_DAYS },
                 .operation_id = d->operation, .seed = (int64_t)d->seed, .steps = STEPS, .unanswered = map_new(d->a) };
    for (size_t i = 0; i < DEMO_PEOPLE; i++)
        *list_add(d->a, &p->people.list) = (sheet_person){ .name = d->people[i].name, .answer = said(d, &d->people[i]) };
    for (size_t i = 0; i < DEMO_PEOPLE; i++)
        *list_add(d->a, &p->persons) = (plan_person){ .row = &p->people.list.at[i], .id = d->people[i].id };
    for (size_t k = 0; k < DEMO_TEAMS; k++)
        *list_add(d->a, &p->teams) = (plan_team){ .id = d->teams[k].id, .community_code = d->teams[k].code, .name = d->teams[k].name,
                                                  .leader_id = d->teams[k].leader->id, .need_count = DAY_NEEDS };
    return p;
}

err *demo_rosters(demo *d)
{
    d->plan = plan_of(d);
    return plan_rosters(d->plan);
}

/* Of some teams: paper takes longer than all the rest, and the others can be had by `muster roster`. */
err *demo_papers(demo *d)
{
    plan some = *d->plan;
    some.teams.count = PAPER_TEAMS;
    TRY(file_make_dir(d->a, some.dir));
    return plan_print(&some);
}

#include "base/text.h"
#include "cli/demo.h"
#include "cli/plan.h"

/* Addresses go through the engine; what it doubts waits in the queue until somebody who knows the place decides. */

/* The community somebody of this group lives in, as he says when he is rung up; DEMO_TEAMS: in none of ours. */
static err *ask_one(demo *d, str text_key, size_t *home)
{
    rows r = { 0 };
    TRY(demo_view(d, "place_queue_person", NAMED({ "text_key", V_TEXT(text_key) }), &r));
    const demo_person *p = r.count ? demo_person_of(d, rows_int(&r, 0, "id")) : NULL;
    if (!p)
        return demo_missing(d, "place_queue_person");
    *home = p->home;
    return NULL;
}

/* The secretary says that it is theirs; what lies elsewhere is the commander's word. */
static err *decide(demo *d, str text_key)
{
    size_t home = 0;
    TRY(ask_one(d, text_key, &home));
    if (home == DEMO_TEAMS) {
        demo_as(d, d->drafter);
        return demo_run(d, "placement.settle", NAMED({ "text_key", V_TEXT(text_key) }, { "outside", DEMO_T("yes") }), NULL);
    }
    demo_as(d, d->teams[home].secretary);
    return demo_run(d, "placement.settle", NAMED({ "text_key", V_TEXT(text_key) }, { "community_code", V_TEXT(d->teams[home].code) }),
                    NULL);
}

err *demo_place(demo *d)
{
    rows queue = { 0 };
    plan *p = d->plan;
    p->now = d->now = demo_at(d, 0, 10, 0);
    p->actor = d->drafter;
    for (size_t i = 0; i < DEMO_PEOPLE; i++)
        *list_add(d->a, &p->people.list) = (sheet_person){ .name = d->people[i].name, .address = d->people[i].address };
    for (size_t i = 0; i < DEMO_PEOPLE; i++)
        *list_add(d->a, &p->persons) = (plan_person){ .row = &p->people.list.at[i], .id = d->people[i].id };
    TRY(demo_stopped_at(d, "placement.record", plan_match(p)));
    d->now = demo_at(d, 0, 10, 30);
    TRY(demo_view(d, "place_queue", NULL, &queue));
    for (size_t i = 0; i < queue.count; i++)
        TRY(decide(d, rows_text(&queue, i, "text_key")));
    return NULL;
}

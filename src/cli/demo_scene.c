#include "base/text.h"
#include "cli/demo.h"

/* What people said of themselves on Friday evening, and what of it the rosters know. */
enum { NIGHTS = DEMO_DAYS };

static err *set_rule(demo *d, const demo_person *p, const char *rule, int64_t n)
{
    demo_as(d, p->id);
    return demo_run(d, "care_rule.set",
                    NAMED({ "person", V_INT(p->id) }, { "rule", DEMO_T(rule) }, { "value", V_INT(n) },
                          { "from_on", V_TEXT(demo_day(d, 0)) }, { "to_on", V_TEXT(demo_day(d, DEMO_DAYS)) }), NULL);
}

/* The note stays sealed, also for the leader; the rule is what he sees. */
static err *careful(demo *d)
{
    demo_as(d, d->careful->id);
    TRY(demo_run(d, "care.write", NAMED({ "person", V_INT(d->careful->id) }, { "text", demo_say(d, "demo.care") }), NULL));
    return set_rule(d, d->careful, "no_outdoor", 1);
}

/* One of the two is always with the children. */
static err *couple(demo *d)
{
    demo_as(d, d->teams[d->medic->home].leader->id);
    return demo_run(d, "person_pair.set",
                    NAMED({ "operation", V_INT(d->operation) }, { "a", V_INT(d->medic->id) }, { "b", V_INT(d->spouse->id) },
                          { "kind", DEMO_T("not_both") }), NULL);
}

err *demo_scenes(demo *d)
{
    const named scope = { "scope", V_TEXT(text_format(d->a, "operation:%lld", (long long)d->operation)) };
    demo_as(d, d->drafter);
    TRY(demo_run(d, "setting.set", NAMED(scope, { "name", DEMO_T("roster.unanswered") }, { "value", DEMO_T("no") }), NULL));
    TRY(demo_run(d, "setting.set", NAMED(scope, { "name", DEMO_T("contact") }, { "value", demo_say(d, "demo.contact") }), NULL)); /* on certificates */
    TRY(careful(d));
    TRY(couple(d));
    return set_rule(d, d->owl, "nights_agreed", NIGHTS);
}

#include "base/text.h"
#include "cli/demo.h"

/* Gifts through the week, and on its last day certificates and the bulletin. */
enum { LARGEST = 2000, BULLETIN_NUMBER = 7, SIGNED_UP = 3 };

/* Each gives once, between 150 and 450 yuan; one gives two thousand. */
void demo_gifts(demo *d)
{
    for (size_t i = 0; i < DEMO_DONORS; i++) {
        const demo_team *to = &d->teams[demo_luck(d, DEMO_TEAMS)];
        int day = 1 + (int)demo_luck(d, DEMO_DAYS - 1);
        int64_t yuan = i ? 150 + (int64_t)demo_luck(d, 31) * 10 : LARGEST;
        demo_later(d, demo_at(d, day, 9, 30) + (int64_t)demo_luck(d, 420) * DEMO_MINUTE, to->secretary, "donation.record",
                   NAMED({ "operation", V_INT(d->operation) }, { "donor_name", V_TEXT(demo_name(d)) }, { "kind", DEMO_T("money") },
                         { "amount", V_TEXT(text_format(d->a, "%lld", (long long)yuan)) }, { "receiver", V_INT(to->secretary) },
                         { "community_code", V_TEXT(to->code) }, { "received_on", V_TEXT(demo_day(d, day)) }));
    }
}

/* The community certifies what its team has confirmed; who served in two places was certified at home first. */
static err *certify(demo *d, const demo_team *t, map *done)
{
    rows r = { 0 };
    TRY(demo_view(d, "hours_person", NAMED({ "operation", V_INT(d->operation) }, { "team", V_INT(t->id) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        const int64_t person = rows_int(&r, i, "person_id");
        str id = text_format(d->a, "%lld", (long long)person);
        if (!rows_int(&r, i, "confirmed_minutes") || map_get(done, id, NULL))
            continue;
        map_put(done, id, 1);
        demo_later(d, d->now, t->secretary, "certificate.issue",
                   NAMED({ "person", V_INT(person) }, { "operation", V_INT(d->operation) }, { "issuer", V_TEXT(t->name) }));
    }
    return NULL;
}

/* Saturday as Friday was; the first have signed up, the rest is still wanted. */
static err *tomorrow(demo *d, const demo_team *t)
{
    rows r = { 0 };
    demo_as(d, t->leader->id);
    const value team = V_INT(t->id), day = V_TEXT(demo_day(d, DEMO_DAYS + 1));
    TRY(demo_run(d, "need.copy", NAMED({ "team", team }, { "from_on", V_TEXT(demo_day(d, DEMO_DAYS)) }, { "to_on", day }), NULL));
    TRY(demo_view(d, "need", NAMED({ "team", team }, { "from_on", day }, { "to_on", day }), &r));
    for (size_t i = 0; i < SIGNED_UP && r.count; i++) {
        const int64_t person = d->people[t->members.at[t->members.count - 1 - i]].id;
        demo_later(d, d->now, person, "duty.add",
                   NAMED({ "need", V_INT(rows_int(&r, i % r.count, "id")) }, { "person", V_INT(person) }));
    }
    return NULL;
}

err *demo_after(demo *d)
{
    int64_t bulletin;
    map *certified = map_new(d->a);
    d->now = demo_at(d, DEMO_DAYS, 17, 30);
    for (size_t k = 0; k < DEMO_TEAMS; k++)
        TRY(tomorrow(d, &d->teams[k]));
    d->now = demo_at(d, DEMO_DAYS, 17, 40);
    for (size_t k = 0; k < DEMO_TEAMS; k++)
        TRY(certify(d, &d->teams[k], certified));
    TRY(demo_play(d));
    d->now = demo_at(d, DEMO_DAYS, 18, 0);
    demo_as(d, d->drafter);
    TRY(demo_run_id(d, "bulletin.draft",
                    NAMED({ "operation", V_INT(d->operation) }, { "number", V_INT(BULLETIN_NUMBER) }, { "as_of", V_INT(d->now) },
                          { "issuer", demo_say(d, "demo.issuer") }, { "requests", demo_say(d, "demo.requests") }),
                    &bulletin));
    d->now = demo_at(d, DEMO_DAYS, 18, 20);
    demo_as(d, d->releaser);
    TRY(demo_run(d, "bulletin.freeze", NAMED({ "bulletin", V_INT(bulletin) }), NULL));
    d->now = demo_at(d, DEMO_DAYS, 18, 40);
    demo_as(d, d->auditor);
    return demo_run(d, "audit.seal", NAMED({ 0 }), NULL);
}

#include "base/text.h"
#include "cli/demo.h"

/* Gifts through the week, and on its last day certificates and the bulletin. */
enum { LARGEST = 2000, CERTIFICATES = 30, BULLETIN_NUMBER = 7, SIGNED_UP = 3 };

static value say(demo *d, const char *key)
{
    return V_TEXT(words_get(d->a, d->lang, key, NULL));
}

/* Each gives once, between 150 and 450 yuan; one gives two thousand. */
void demo_gifts(demo *d)
{
    for (size_t i = 0; i < DEMO_DONORS; i++) {
        const demo_team *to = &d->teams[demo_luck(d, DEMO_TEAMS)];
        int day = 1 + (int)demo_luck(d, DEMO_DAYS - 1);
        int64_t yuan = i ? 150 + (int64_t)demo_luck(d, 31) * 10 : LARGEST;
        demo_later(d, demo_at(d, day, 9, 30) + (int64_t)demo_luck(d, 420) * DEMO_MINUTE, "donation.record",
                   NAMED({ "operation", V_INT(d->operation) }, { "donor_name", V_TEXT(demo_name(d)) }, { "kind", DEMO_T("money") },
                         { "amount", V_TEXT(text_format(d->a, "%lld", (long long)yuan)) }, { "receiver", V_INT(to->leader->id) },
                         { "community_code", V_TEXT(to->code) }, { "received_on", V_TEXT(demo_day(d, day)) },
                         { "by", V_INT(to->leader->id) }));
    }
}

static err *certify(demo *d)
{
    rows r = { 0 };
    TRY(demo_view(d, "hours_person", NAMED({ "operation", V_INT(d->operation) }), &r));
    for (size_t i = 0, issued = 0; i < r.count && issued < CERTIFICATES; i++) {
        if (!rows_int(&r, i, "confirmed_minutes"))
            continue;
        issued++;
        TRY(demo_run(d, "certificate.issue", NAMED({ "person", V_INT(rows_int(&r, i, "person_id")) },
                                                   { "operation", V_INT(d->operation) }, { "issuer", say(d, "demo.issuer") },
                                                   { "by", V_INT(d->drafter) }), NULL));
    }
    return NULL;
}

/* Saturday as Friday was; the first have signed up, the rest is still wanted. */
static err *tomorrow(demo *d, const demo_team *t)
{
    rows r = { 0 };
    const value team = V_INT(t->id), day = V_TEXT(demo_day(d, DEMO_DAYS + 1));
    TRY(demo_run(d, "need.copy", NAMED({ "team", team }, { "from_on", V_TEXT(demo_day(d, DEMO_DAYS)) }, { "to_on", day }), NULL));
    TRY(demo_view(d, "need", NAMED({ "team", team }, { "from_on", day }, { "to_on", day }), &r));
    for (size_t i = 0; i < SIGNED_UP && r.count; i++)
        TRY(demo_run(d, "duty.add", NAMED({ "need", V_INT(rows_int(&r, i % r.count, "id")) },
                                          { "person", V_INT(d->people[t->members.at[t->members.count - 1 - i]].id) }), NULL));
    return NULL;
}

err *demo_after(demo *d)
{
    int64_t bulletin;
    d->now = demo_at(d, DEMO_DAYS, 17, 30);
    for (size_t k = 0; k < DEMO_TEAMS; k++)
        TRY(tomorrow(d, &d->teams[k]));
    d->now = demo_at(d, DEMO_DAYS, 17, 40);
    TRY(certify(d));
    d->now = demo_at(d, DEMO_DAYS, 18, 0);
    TRY(demo_run_id(d, "bulletin.draft",
                    NAMED({ "operation", V_INT(d->operation) }, { "number", V_INT(BULLETIN_NUMBER) }, { "as_of", V_INT(d->now) },
                          { "issuer", say(d, "demo.issuer") }, { "requests", say(d, "demo.requests") }, { "by", V_INT(d->drafter) }),
                    &bulletin));
    d->now = demo_at(d, DEMO_DAYS, 18, 20);
    return demo_run(d, "bulletin.freeze", NAMED({ "bulletin", V_INT(bulletin) }, { "checked_by", V_INT(d->releaser) }), NULL);
}

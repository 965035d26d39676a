#include "base/text.h"
#include "cli/demo.h"

/* Who may what: everybody in the weekend acts by a grant of his own, the first one made by whoever runs the machine. */

err *demo_import_named(demo *d, size_t count, int64_t *ids)
{
    text t = text_begin(d->a);
    json j = json_begin(&t);
    json_open(&j, '[');
    for (size_t i = 0; i < count; i++) {
        json_open(&j, '{');
        demo_put(&j, "name", demo_name(d));
        demo_put(&j, "phone", demo_phone(d));
        json_close(&j, '}');
    }
    json_close(&j, ']');
    return demo_rows(d, "person.import", text_done(&t), ids);
}

/* Of the commander; played together with the others of its time. */
static void grant_all(demo *d, int64_t person, const char *role)
{
    demo_later(d, d->now, d->actor, "role_grant.add",
               NAMED({ "person", V_INT(person) }, { "role", DEMO_T(role) }, { "scope", DEMO_T("all") }));
}

static void grant_org(demo *d, int64_t person, int64_t org)
{
    demo_later(d, d->now, d->actor, "role_grant.add",
               NAMED({ "person", V_INT(person) }, { "role", DEMO_T("liaison") }, { "scope", DEMO_T("org") }, { "org", V_INT(org) }));
}

static void grant_division(demo *d, int64_t person, const char *role, str code)
{
    demo_later(d, d->now, d->actor, "role_grant.add",
               NAMED({ "person", V_INT(person) }, { "role", DEMO_T(role) }, { "scope", DEMO_T("division") }, { "division", V_TEXT(code) }));
}

err *demo_commanders(demo *d)
{
    int64_t ids[3];
    d->now = demo_at(d, 0, 8, 30);
    demo_as(d, 0);
    TRY(demo_import_named(d, COUNT(ids), ids));
    d->drafter = ids[0];
    d->releaser = ids[1];
    d->auditor = ids[2];
    grant_all(d, d->drafter, "commander");
    demo_as(d, d->drafter);
    grant_all(d, d->releaser, "commander");
    grant_all(d, d->auditor, "auditor");
    return demo_play(d);
}

/* -- branches and agencies ---------------------------------------------------------------------------------------- */
/* The first of a branch is its liaison; that of an agency's last branch looks after the whole agency. */
static err *name_liaisons(demo *d)
{
    rows r = { 0 };
    int64_t liaison[DEMO_AGENCIES][DEMO_BRANCHES] = { { 0 } };
    for (size_t i = 0; i < DEMO_PEOPLE; i++) {
        demo_person *p = &d->people[i];
        int64_t *of = &liaison[p->agency][p->branch];
        if (!*of) {
            *of = p->id;
            p->must = true;
            grant_org(d, p->id, p->org);
        }
        p->liaison = *of;
    }
    TRY(demo_view(d, "org", NULL, &r));
    for (size_t i = 0; i < r.count; i++)
        for (size_t k = 0; k < DEMO_AGENCIES && !rows_int(&r, i, "parent_id"); k++)
            if (str_is(rows_text(&r, i, "name"), demo_agencies[k])) {
                d->officers[k] = liaison[k][DEMO_BRANCHES - 1];
                grant_org(d, d->officers[k], rows_int(&r, i, "id"));
            }
    return NULL;
}

/* -- communities and subdistricts --------------------------------------------------------------------------------- */
/* The first team of the same subdistrict, maybe itself. */
static size_t first_beside(const demo *d, size_t k)
{
    size_t first = 0;
    while (!str_equal(d->teams[first].subdistrict_code, d->teams[k].subdistrict_code))
        first++;
    return first;
}

static err *name_secretaries(demo *d)
{
    int64_t ids[2 * DEMO_TEAMS];
    size_t count = DEMO_TEAMS;
    for (size_t k = 0; k < DEMO_TEAMS; k++)
        count += first_beside(d, k) == k;
    TRY(demo_import_named(d, count, ids));
    for (size_t k = 0; k < DEMO_TEAMS; k++) {
        demo_team *t = &d->teams[k];
        t->secretary = ids[k];
        grant_division(d, t->secretary, "secretary", t->code);
        if (first_beside(d, k) == k) {
            t->coordinator = ids[--count];
            grant_division(d, t->coordinator, "commander", t->subdistrict_code);
        } else {
            t->coordinator = d->teams[first_beside(d, k)].coordinator;
        }
    }
    return NULL;
}

err *demo_roles(demo *d)
{
    d->now = demo_at(d, 0, 9, 40);
    demo_as(d, d->drafter);
    TRY(name_liaisons(d));
    TRY(name_secretaries(d));
    return demo_play(d);
}

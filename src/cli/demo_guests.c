/*
 * Whom a stranger may be in the demo: its commander with a password, the leader of the first team with a duty on
 * Saturday, and a volunteer of that team. Links that open them, printed once everything else is there.
 */
#include "cli/demo.h"
#include "cli/qr.h"
#include "command/login.h"

#include <jansson.h>
#include <stdio.h>

static const char password[] = "muster-demo"; /* everything here is made up, the key too */

static err *link_of(demo *d, int64_t person, const char *port, str *out)
{
    str result = { 0 }, host = qr_own_address(d->a);
    demo_as(d, 0);
    TRY(demo_run(d, "pass.issue", NAMED({ "kind", DEMO_T("person") }, { "person", V_INT(person) }), &result));
    json_t *o = json_loadb(result.at, result.len, 0, NULL);
    *out = text_format(d->a, "http://%.*s:%s/p/%s", STR_ARG(host.len ? host : STR("127.0.0.1")), port,
                       json_string_value(json_object_get(o, "token")));
    json_decref(o);
    return NULL;
}

static err *print_one(demo *d, const char *who, int64_t person, const char *port)
{
    str link = { 0 };
    const demo_person *x = demo_person_of(d, person);
    rows r = { 0 };
    TRY(link_of(d, person, port, &link));
    TRY(demo_view(d, "person", NULL, &r));
    str name = x ? x->name : (str){ 0 }, phone = x ? x->phone : (str){ 0 };
    for (size_t i = 0; !x && i < r.count; i++)
        if (rows_int(&r, i, "id") == person) {
            name = rows_text(&r, i, "name");
            phone = rows_text(&r, i, "phone");
        }
    str last = phone.len > 4 ? str_from(phone, phone.len - 4) : phone;
    str said = words_get(d->a, d->lang, who, VALUES({ "name", name }, { "link", link }, { "digits", last },
                                                    { "password", str_of(password) }));
    printf("%.*s\n", STR_ARG(said));
    return NULL;
}

static err *set_password(demo *d)
{
    str hash = { 0 }, result = { 0 };
    demo_as(d, 0);
    TRY(login_hash(d->app, d->a, str_of(password), &hash));
    return demo_run(d, "login.set", NAMED({ "person", V_INT(d->releaser) }, { "hash", V_TEXT(hash) }), &result);
}

/* Holds an office of this team, or looks after a branch. */
static bool has_office(demo *d, const rows *team, int64_t person)
{
    const demo_person *x = demo_person_of(d, person);
    bool office = x && x->liaison == person;
    for (size_t i = 0; i < team->count; i++)
        office = office || rows_int(team, i, "leader_id") == person || rows_int(team, i, "deputy_id") == person ||
                 rows_int(team, i, "liaison_id") == person;
    return office;
}

err *demo_guests(demo *d, const char *port)
{
    rows duty = { 0 }, team = { 0 };
    int64_t leader = 0, volunteer = 0;
    TRY(demo_view(d, "roster_duty", NAMED({ "from_on", V_TEXT(demo_day(d, 1)) }), &duty));
    TRY(demo_view(d, "team", NULL, &team));
    for (size_t i = 0; i < duty.count && !volunteer; i++)
        if (!has_office(d, &team, rows_int(&duty, i, "person_id"))) {
            volunteer = rows_int(&duty, i, "person_id");
            for (size_t k = 0; k < team.count; k++)
                if (rows_int(&team, k, "id") == rows_int(&duty, i, "team_id"))
                    leader = rows_int(&team, k, "leader_id");
        }
    if (!volunteer || !leader)
        return demo_missing(d, "roster_duty");
    TRY(set_password(d));
    TRY(print_one(d, "demo.guest.volunteer", volunteer, port));
    TRY(print_one(d, "demo.guest.leader", leader, port));
    return print_one(d, "demo.guest.commander", d->releaser, port);
}

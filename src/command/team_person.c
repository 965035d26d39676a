/* Somebody who is on no list joins a team: known from now on, a member, and on a shift if one is named; all of it or nothing. */
#include "command/attendance.h"
#include "command/person_key.h"

enum { MOBILE_DIGITS = 11 };

typedef struct joining {
    int64_t team, operation, person;
    str community, name, phone;
} joining;

/* Numbers that begin with 1 are mobile ones; a landline or one from abroad is as it is. */
static err *check_phone(context *c, str phone)
{
    if (phone.len && phone.at[0] == '1' && phone.len != MOBILE_DIGITS)
        return refuse(c, ERR_INPUT, "team_person.digits", VALUES({ "n", text_format(c->a, "%zu", phone.len) }));
    return NULL;
}

static err *load_person(context *c, joining *j)
{
    rows r = { 0 };
    TRY(query(c, "team_person.load", NAMED({ "id", V_INT(j->person) }), &r));
    if (!r.count)
        return REFUSE_ID(c, ERR_NOT_FOUND, "person.missing", j->person);
    j->name = rows_text(&r, 0, "name");
    return NULL;
}

/* One number may serve a couple: then the other says so. Nothing is told of whose it is, but to the own team. */
static err *check_known(context *c, const joining *j)
{
    rows r = { 0 };
    TRY(query(c, "team_person.of_phone", NAMED({ "phone", V_TEXT(j->phone) }, { "team", V_INT(j->team) }), &r));
    if (!r.count)
        return NULL;
    return rows_int(&r, 0, "member") ? refuse(c, ERR_CONFLICT, "team_person.phone_here", VALUES({ "name", rows_text(&r, 0, "name") }))
                                     : refuse(c, ERR_CONFLICT, "team_person.phone_known", NULL);
}

static err *place(context *c, const joining *j)
{
    int64_t id;
    TRY(next_id(c, &id));
    TRY(query(c, "placement.add",
              NAMED({ "id", V_INT(id) }, { "person", V_INT(j->person) }, { "community", V_TEXT(j->community) }, { "compound", V_NULL },
                    { "state", V_TEXT(STR("placed")) }, { "reasons", V_TEXT(words_get(c->a, c->lang, "team_person.placed", NULL)) },
                    { "text_key", V_TEXT(STR("")) }, { "candidates", V_TEXT(STR("")) }, { "suggested", V_NULL }, { "settled", V_INT(0) },
                    { "by", c->actor_id ? V_INT(c->actor_id) : V_NULL }),
              NULL));
    return query(c, "placement.point", NAMED({ "person", V_INT(j->person) }, { "id", V_INT(id) }), NULL);
}

/* Name and telephone together are somebody who is known already: a retry, or a list that was read in meanwhile. */
static err *find_or_add(context *c, const args *a, joining *j)
{
    rows r = { 0 };
    j->name = arg_text(a, "name");
    j->phone = arg_text(a, "phone");
    if (!j->name.len || !j->phone.len)
        return refuse(c, ERR_INPUT, "team_person.wanted", NULL);
    TRY(check_phone(c, j->phone));
    const named *all = NAMED({ "name", V_TEXT(j->name) }, { "phone", V_TEXT(j->phone) }, { "org", V_NULL },
                             { "address", arg_text_value(a, "address") }, { "work_unit", arg_text_value(a, "work_unit") },
                             { "kind", V_TEXT(STR("")) }, { "remark", V_TEXT(STR("")) },
                             { "name_key", person_name_key(c, V_TEXT(j->name)) }, { "home_key", person_home_key(c, arg_text_value(a, "address")) });
    TRY(query(c, "person.find", all, &r));
    if (r.count) {
        j->person = rows_int(&r, 0, "id");
        return NULL;
    }
    if (!arg_int(a, "another"))
        TRY(check_known(c, j));
    TRY(next_id(c, &j->person));
    TRY(query(c, "person.add",
              NAMED({ "id", V_INT(j->person) }, { "name", V_TEXT(j->name) }, { "phone", V_TEXT(j->phone) }, { "org", V_NULL },
                    { "address", arg_text_value(a, "address") }, { "work_unit", arg_text_value(a, "work_unit") },
                    { "kind", V_TEXT(STR("")) }, { "remark", V_TEXT(STR("")) },
                    { "name_key", person_name_key(c, V_TEXT(j->name)) }, { "home_key", person_home_key(c, arg_text_value(a, "address")) }),
              NULL));
    return arg_int(a, "lives_here") ? place(c, j) : NULL;
}

/* A member already is no mistake if a shift is asked for; of another team nothing is told but that there is one. */
static err *join(context *c, const joining *j, bool shift)
{
    rows home = { 0 }, member = { 0 };
    int64_t id;
    const named *who = NAMED({ "operation", V_INT(j->operation) }, { "person", V_INT(j->person) });
    TRY(query(c, "team_person.member", NAMED({ "team", V_INT(j->team) }, { "person", V_INT(j->person) }), &member));
    if (member.count)
        return shift ? NULL : refuse(c, ERR_CONFLICT, "team_person.member", VALUES({ "name", j->name }));
    TRY(query(c, "join_request.home", who, &home));
    if (home.count)
        return refuse(c, ERR_CONFLICT, "team_person.has_team", VALUES({ "name", j->name }));
    TRY(next_id(c, &id));
    return query(c, "join_request.add_member",
                 NAMED({ "id", V_INT(id) }, { "operation", V_INT(j->operation) }, { "team", V_INT(j->team) },
                       { "person", V_INT(j->person) }, { "now", V_INT(c->now) }),
                 NULL);
}

static err *team_add_person(context *c, const args *a)
{
    rows r = { 0 };
    joining j = { .team = arg_int(a, "team"), .person = arg_int(a, "person") };
    TRY(query(c, "team_person.team", NAMED({ "team", V_INT(j.team) }), &r));
    if (!r.count)
        return REFUSE_ID(c, ERR_NOT_FOUND, "team.missing", j.team);
    j.operation = rows_int(&r, 0, "operation_id");
    j.community = rows_text(&r, 0, "community_code");
    TRY(j.person ? load_person(c, &j) : find_or_add(c, a, &j));
    TRY(join(c, &j, arg_given(a, "need")));
    command_result(c, "id", j.team);
    command_result(c, "person", j.person);
    command_about(c, j.person);
    return arg_given(a, "need") ? duty_take(c, a, j.person, STR("leader"), "duty") : NULL;
}

const command team_person_commands[] = {
    { "team.add_person", "leader:team secretary:division commander:all",
      "team:id person:id? name:name? phone:phone? work_unit:text_private? address:address? lives_here:yes? another:yes? need:id? taken:int?",
      .locks = "team need", .closed = CLOSED_STOPS, .run = team_add_person },
    { 0 },
};

#include "command/command.h"

/* scope: org, division, team or all; the argument of that name says which. */
static err *role_grant_add(context *c, const args *a)
{
    int64_t id;
    str scope = arg_text(a, "scope");
    bool fits = (arg_given(a, "org") == str_is(scope, "org")) &&
                (arg_given(a, "division") == str_is(scope, "division")) &&
                (arg_given(a, "team") == str_is(scope, "team"));
    if (!fits)
        return refuse(c, ERR_INPUT, "role_grant.scope", NULL);
    TRY(next_id(c, &id));
    command_result(c, "id", id);
    command_about(c, arg_int(a, "person"));
    return query(c, "role_grant.add",
                 NAMED({ "id", V_INT(id) }, { "person", arg_value(a, "person") }, { "role", arg_value(a, "role") },
                       { "scope", V_TEXT(scope) }, { "org", arg_value(a, "org") },
                       { "division", arg_value(a, "division") }, { "team", arg_value(a, "team") },
                       { "now", V_INT(c->now) }),
                 NULL);
}

/* From now on; what was done by it stays done. Nobody ends the own command of the city: it could be the last. */
static err *role_grant_end(context *c, const args *a)
{
    rows r = { 0 };
    const named *one = NAMED({ "id", arg_value(a, "role_grant") });
    TRY(query(c, "role_grant.load", one, &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "role_grant.missing", NULL);
    if (rows_int(&r, 0, "person_id") == c->actor_id && str_is(rows_text(&r, 0, "role"), "commander"))
        return refuse(c, ERR_RIGHTS, "role_grant.own", NULL);
    command_result(c, "id", arg_int(a, "role_grant"));
    command_about(c, rows_int(&r, 0, "person_id"));
    if (rows_int(&r, 0, "until_at") && rows_int(&r, 0, "until_at") <= c->now)
        return NULL;
    return query(c, "role_grant.end", NAMED({ "id", arg_value(a, "role_grant") }, { "now", V_INT(c->now) }), NULL);
}

const command role_grant_commands[] = {
    { "role_grant.add", "commander:all", "person:id role:text scope:text org:id? division:code? team:id?",
      .closed = CLOSED_APART, .run = role_grant_add },
    { "role_grant.end", "commander:all", "role_grant:id", .closed = CLOSED_APART, .run = role_grant_end },
    { 0 },
};

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

const command role_grant_commands[] = {
    { "role_grant.add", "commander:all", "person:id role:text scope:text org:id? division:code? team:id?",
      .closed = CLOSED_APART, .run = role_grant_add },
    { 0 },
};

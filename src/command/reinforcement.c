#include "command/command.h"

/*
 * Members lent by one team to another for some days. Both leaders give their word; whoever proposes has given it. The
 * home team keeps as many as its own posts want at one time, or as its setting home_minimum says.
 */

typedef struct lending {
    int64_t id, from_team, to_team, operation;
    value from_by, to_by;
    str from_on, to_on, state, from_name;
    int64_t headcount, people;
} lending;

static str number_text(context *c, int64_t n)
{
    return text_format(c->a, "%lld", (long long)n);
}

static value actor_of(context *c, const args *a)
{
    return arg_given(a, "by") ? arg_value(a, "by") : c->actor_id ? V_INT(c->actor_id) : V_NULL;
}

static err *load(context *c, const args *a, lending *l)
{
    rows r = { 0 };
    l->id = arg_int(a, "reinforcement");
    TRY(query(c, "reinforcement.load", NAMED({ "id", V_INT(l->id) }), &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "reinforcement.missing", VALUES({ "id", number_text(c, l->id) }));
    *l = (lending){ l->id, rows_int(&r, 0, "from_team_id"), rows_int(&r, 0, "to_team_id"), rows_int(&r, 0, "operation_id"),
                    *rows_at(&r, 0, "from_by"), *rows_at(&r, 0, "to_by"), rows_text(&r, 0, "from_on"),
                    rows_text(&r, 0, "to_on"), rows_text(&r, 0, "state"), rows_text(&r, 0, "from_team"),
                    rows_int(&r, 0, "headcount"), rows_int(&r, 0, "people") };
    command_result(c, "id", l->id);
    return NULL;
}

/* The rights were checked for the argument team; it must be one of the two, and here which. */
static err *check_side(context *c, const lending *l, int64_t team)
{
    if (team != l->from_team && team != l->to_team)
        return refuse(c, ERR_INPUT, "reinforcement.not_yours", NULL);
    return NULL;
}

static err *check_span(context *c, const args *a)
{
    if (arg_int(a, "from_team") == arg_int(a, "to_team"))
        return refuse(c, ERR_INPUT, "reinforcement.same_team", NULL);
    if (str_compare(arg_text(a, "from_on"), arg_text(a, "to_on")) > 0)
        return refuse(c, ERR_INPUT, "reinforcement.span", NULL);
    if (arg_int(a, "headcount") < 1)
        return refuse(c, ERR_INPUT, "reinforcement.headcount", NULL);
    return NULL;
}

static err *propose(context *c, const args *a)
{
    rows r = { 0 };
    lending l = { .from_team = arg_int(a, "from_team"), .to_team = arg_int(a, "to_team") };
    int64_t team = arg_int(a, "team");
    TRY(check_span(c, a));
    TRY(check_side(c, &l, team));
    TRY(query(c, "reinforcement.teams", NAMED({ "from_team", V_INT(l.from_team) }, { "to_team", V_INT(l.to_team) }), &r));
    if (!r.count || rows_int(&r, 0, "from_operation") != rows_int(&r, 0, "to_operation"))
        return refuse(c, ERR_NOT_FOUND, "reinforcement.no_teams", NULL);
    TRY(next_id(c, &l.id));
    command_result(c, "id", l.id);
    return query(c, "reinforcement.add",
                 NAMED({ "id", V_INT(l.id) }, { "from_team", V_INT(l.from_team) }, { "to_team", V_INT(l.to_team) },
                       { "from_on", arg_value(a, "from_on") }, { "to_on", arg_value(a, "to_on") },
                       { "headcount", arg_value(a, "headcount") }, { "why", arg_text_value(a, "why") },
                       { "from_by", team == l.from_team ? actor_of(c, a) : V_NULL },
                       { "to_by", team == l.to_team ? actor_of(c, a) : V_NULL }),
                 NULL);
}

static err *agree(context *c, const args *a)
{
    lending l = { 0 };
    value by = actor_of(c, a);
    TRY(load(c, a, &l));
    TRY(check_side(c, &l, arg_int(a, "team")));
    if (!str_is(l.state, "proposed"))
        return refuse(c, ERR_CONFLICT, "reinforcement.decided", NULL);
    if (by.kind == VALUE_NULL)
        return refuse(c, ERR_INPUT, "reinforcement.nobody", NULL);
    value *word = arg_int(a, "team") == l.from_team ? &l.from_by : &l.to_by;
    *word = by;
    bool both = l.from_by.kind != VALUE_NULL && l.to_by.kind != VALUE_NULL;
    command_result_bool(c, "accepted", both);
    return query(c, "reinforcement.agree",
                 NAMED({ "id", V_INT(l.id) }, { "from_by", l.from_by }, { "to_by", l.to_by },
                       { "state", V_TEXT(both ? STR("accepted") : STR("proposed")) }),
                 NULL);
}

static err *set_state(context *c, const lending *l, const char *state)
{
    return query(c, "reinforcement.set_state", NAMED({ "id", V_INT(l->id) }, { "state", V_TEXT(str_of(state)) }), NULL);
}

static err *decline(context *c, const args *a)
{
    lending l = { 0 };
    TRY(load(c, a, &l));
    TRY(check_side(c, &l, arg_int(a, "team")));
    if (!str_is(l.state, "proposed"))
        return refuse(c, ERR_CONFLICT, "reinforcement.decided", NULL);
    return set_state(c, &l, "refused");
}

/* -- who is lent ------------------------------------------------------------------------------------------ */
static err *home_minimum(context *c, const lending *l, int64_t *minimum)
{
    rows set = { 0 }, wanted = { 0 };
    TRY(query(c, "reinforcement.setting",
              NAMED({ "scope", V_TEXT(text_format(c->a, "team:%lld", (long long)l->from_team)) }), &set));
    if (set.count && str_int(rows_text(&set, 0, "value"), 0, INT32_MAX, minimum))
        return NULL;
    TRY(query(c, "reinforcement.home_minimum",
              NAMED({ "team", V_INT(l->from_team) }, { "from_on", V_TEXT(l->from_on) }, { "to_on", V_TEXT(l->to_on) }),
              &wanted));
    *minimum = rows_int(&wanted, 0, "wanted");
    return NULL;
}

static err *keep_enough(context *c, const lending *l)
{
    rows r = { 0 };
    int64_t minimum = 0;
    TRY(home_minimum(c, l, &minimum));
    TRY(query(c, "reinforcement.at_home",
              NAMED({ "team", V_INT(l->from_team) }, { "from_on", V_TEXT(l->from_on) }, { "to_on", V_TEXT(l->to_on) }), &r));
    if (rows_int(&r, 0, "people") <= minimum)
        return refuse(c, ERR_CONFLICT, "reinforcement.home_minimum",
                      VALUES({ "team", l->from_name }, { "people", number_text(c, rows_int(&r, 0, "people")) },
                             { "minimum", number_text(c, minimum) }));
    return NULL;
}

static err *add_person(context *c, const args *a)
{
    lending l = { 0 };
    rows member = { 0 }, there = { 0 };
    const value person = arg_value(a, "person");
    TRY(load(c, a, &l));
    if (!str_is(l.state, "proposed") && !str_is(l.state, "accepted"))
        return refuse(c, ERR_CONFLICT, "reinforcement.decided", NULL);
    TRY(query(c, "reinforcement.member", NAMED({ "team", V_INT(l.from_team) }, { "person", person }), &member));
    if (!member.count)
        return refuse(c, ERR_INPUT, "reinforcement.not_a_member", VALUES({ "team", l.from_name }));
    TRY(query(c, "reinforcement.has_person", NAMED({ "id", V_INT(l.id) }, { "person", person }), &there));
    if (there.count)
        return refuse(c, ERR_CONFLICT, "reinforcement.twice", VALUES({ "name", rows_text(&member, 0, "name") }));
    if (l.people >= l.headcount)
        return refuse(c, ERR_CONFLICT, "reinforcement.full", VALUES({ "headcount", number_text(c, l.headcount) }));
    TRY(query(c, "lock.team", NAMED({ "id", V_INT(l.from_team) }), NULL)); /* two lendings at once must not both fit */
    TRY(keep_enough(c, &l));
    command_about(c, person.n);
    return query(c, "reinforcement.add_person", NAMED({ "id", V_INT(l.id) }, { "person", person }), NULL);
}

/* -- from its first day to its last ------------------------------------------------------------------------ */
static err *start(context *c, const args *a)
{
    lending l = { 0 };
    rows people = { 0 };
    TRY(load(c, a, &l));
    if (!str_is(l.state, "accepted"))
        return refuse(c, ERR_CONFLICT, "reinforcement.not_accepted", NULL);
    TRY(query(c, "reinforcement.people", NAMED({ "id", V_INT(l.id) }), &people));
    if (!people.count)
        return refuse(c, ERR_CONFLICT, "reinforcement.empty", NULL);
    for (size_t i = 0; i < people.count; i++) {
        int64_t id;
        TRY(next_id(c, &id));
        TRY(query(c, "reinforcement.add_member",
                  NAMED({ "id", V_INT(id) }, { "operation", V_INT(l.operation) }, { "team", V_INT(l.to_team) },
                        { "person", *rows_at(&people, i, "person_id") }, { "now", V_INT(c->now) }),
                  NULL));
    }
    command_result_int(c, "people", (int64_t)people.count);
    return set_state(c, &l, "in_force");
}

static err *end(context *c, const args *a)
{
    lending l = { 0 };
    TRY(load(c, a, &l));
    if (!str_is(l.state, "in_force"))
        return refuse(c, ERR_CONFLICT, "reinforcement.not_in_force", NULL);
    TRY(query(c, "reinforcement.end_members", NAMED({ "id", V_INT(l.id) }, { "now", V_INT(c->now) }), NULL));
    return set_state(c, &l, "ended");
}

const command reinforcement_commands[] = {
    { "reinforcement.propose", "commander:all commander:division leader:team secretary:division",
      "team:id from_team:id to_team:id from_on:day to_on:day headcount:int why:text? by:id?", .locks = "team",
      .closed = CLOSED_STOPS, .run = propose },
    { "reinforcement.agree", "commander:all commander:division leader:team secretary:division", "reinforcement:id team:id by:id?",
      .locks = "reinforcement", .closed = CLOSED_STOPS, .run = agree },
    { "reinforcement.decline", "commander:all commander:division leader:team secretary:division", "reinforcement:id team:id by:id?",
      .locks = "reinforcement", .closed = CLOSED_STOPS, .run = decline },
    { "reinforcement.add_person", "commander:all commander:division leader:team", "reinforcement:id person:id",
      .locks = "reinforcement", .closed = CLOSED_STOPS, .run = add_person },
    { "reinforcement.start", "commander:all commander:division", "reinforcement:id", .locks = "reinforcement",
      .closed = CLOSED_STOPS, .run = start },
    { "reinforcement.end", "commander:all commander:division", "reinforcement:id", .locks = "reinforcement",
      .closed = CLOSED_STOPS, .run = end },
    { 0 },
};

#include "command/command.h"

/* Somebody on no list asks to serve with a team; its leader takes them in. */

static str number_text(context *c, int64_t n)
{
    return text_format(c->a, "%lld", (long long)n);
}

static value actor_of(context *c, const args *a)
{
    return arg_given(a, "by") ? arg_value(a, "by") : c->actor_id ? V_INT(c->actor_id) : V_NULL;
}

static err *refuse_second_home(context *c, int64_t operation, int64_t person)
{
    rows r = { 0 };
    TRY(query(c, "join_request.home", NAMED({ "operation", V_INT(operation) }, { "person", V_INT(person) }), &r));
    if (r.count)
        return refuse(c, ERR_CONFLICT, "join_request.has_team", VALUES({ "team", rows_text(&r, 0, "name") }));
    return NULL;
}

static err *join_request_ask(context *c, const args *a)
{
    rows team = { 0 }, open = { 0 };
    int64_t id;
    const value person = arg_value(a, "person");
    TRY(query(c, "join_request.team", NAMED({ "team", arg_value(a, "team") }), &team));
    if (!team.count)
        return refuse(c, ERR_NOT_FOUND, "team.missing", VALUES({ "id", number_text(c, arg_int(a, "team")) }));
    int64_t operation = rows_int(&team, 0, "operation_id");
    TRY(refuse_second_home(c, operation, person.n));
    TRY(query(c, "join_request.open", NAMED({ "team", arg_value(a, "team") }, { "person", person }), &open));
    if (open.count)
        return refuse(c, ERR_CONFLICT, "join_request.asked", NULL);
    TRY(next_id(c, &id));
    command_result(c, "id", id);
    command_about(c, person.n);
    return query(c, "join_request.add",
                 NAMED({ "id", V_INT(id) }, { "operation", V_INT(operation) }, { "team", arg_value(a, "team") },
                       { "person", person }, { "now", V_INT(c->now) }),
                 NULL);
}

static const char *decided(str state)
{
    return str_is(state, "accepted")  ? "join_request.was_accepted"
           : str_is(state, "refused") ? "join_request.was_refused"
                                      : "join_request.was_withdrawn";
}

static err *load_asked(context *c, const args *a, rows *r)
{
    TRY(query(c, "join_request.load", NAMED({ "id", arg_value(a, "join_request") }), r));
    if (!r->count)
        return refuse(c, ERR_NOT_FOUND, "join_request.missing",
                      VALUES({ "id", number_text(c, arg_int(a, "join_request")) }));
    if (!str_is(rows_text(r, 0, "state"), "asked"))
        return refuse(c, ERR_CONFLICT, decided(rows_text(r, 0, "state")),
                      VALUES({ "name", rows_text(r, 0, "name") }, { "team", rows_text(r, 0, "team") }));
    command_result(c, "id", arg_int(a, "join_request"));
    command_about(c, rows_int(r, 0, "person_id"));
    return NULL;
}

static err *decide(context *c, const args *a, const char *state)
{
    return query(c, "join_request.decide",
                 NAMED({ "id", arg_value(a, "join_request") }, { "state", V_TEXT(str_of(state)) }, { "by", actor_of(c, a) },
                       { "now", V_INT(c->now) }),
                 NULL);
}

static err *join_request_accept(context *c, const args *a)
{
    rows r = { 0 };
    int64_t id;
    TRY(load_asked(c, a, &r));
    TRY(refuse_second_home(c, rows_int(&r, 0, "operation_id"), rows_int(&r, 0, "person_id")));
    TRY(next_id(c, &id));
    TRY(query(c, "join_request.add_member",
              NAMED({ "id", V_INT(id) }, { "operation", *rows_at(&r, 0, "operation_id") },
                    { "team", *rows_at(&r, 0, "team_id") }, { "person", *rows_at(&r, 0, "person_id") },
                    { "now", V_INT(c->now) }),
              NULL));
    return decide(c, a, "accepted");
}

static err *join_request_refuse(context *c, const args *a)
{
    rows r = { 0 };
    TRY(load_asked(c, a, &r));
    return decide(c, a, "refused");
}

static err *join_request_withdraw(context *c, const args *a)
{
    rows r = { 0 };
    TRY(load_asked(c, a, &r));
    return decide(c, a, "withdrawn");
}

const command join_request_commands[] = {
    { "join_request.ask", "volunteer:own commander:all", "team:id person:id", .locks = "team",
      .closed = CLOSED_STOPS, .run = join_request_ask },
    { "join_request.accept", "commander:all secretary:division leader:team", "join_request:id by:id?",
      .locks = "join_request", .closed = CLOSED_STOPS, .run = join_request_accept },
    { "join_request.refuse", "commander:all secretary:division leader:team", "join_request:id by:id?",
      .locks = "join_request", .closed = CLOSED_STOPS, .run = join_request_refuse },
    { "join_request.withdraw", "volunteer:own commander:all", "join_request:id by:id?", .locks = "join_request",
      .closed = CLOSED_STOPS, .run = join_request_withdraw },
    { 0 },
};

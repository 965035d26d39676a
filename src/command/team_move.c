/* A member serves in another team from now on. What was done stays where it was done. */
#include "command/attendance.h"

typedef struct moving {
    int64_t person, to, from, operation, membership;
    str name, from_name, to_name;
} moving;

static err *load_home(context *c, moving *m)
{
    rows team = { 0 }, home = { 0 };
    TRY(query(c, "team_move.team", NAMED({ "team", V_INT(m->to) }), &team));
    if (!team.count)
        return REFUSE_ID(c, ERR_NOT_FOUND, "team.missing", m->to);
    m->operation = rows_int(&team, 0, "operation_id");
    m->to_name = rows_text(&team, 0, "name");
    TRY(query(c, "team_move.home", NAMED({ "operation", V_INT(m->operation) }, { "person", V_INT(m->person) }), &home));
    if (!home.count)
        return REFUSE_ID(c, ERR_CONFLICT, "team_move.no_team", m->person);
    m->membership = rows_int(&home, 0, "id");
    m->from = rows_int(&home, 0, "team_id");
    m->name = rows_text(&home, 0, "name");
    m->from_name = rows_text(&home, 0, "team");
    return NULL;
}

/* An office is given up before, and a lending ended: neither is to be lost by the way. */
static err *check_free(context *c, const moving *m)
{
    rows r = { 0 };
    if (m->from == m->to)
        return refuse(c, ERR_CONFLICT, "team_move.same", VALUES({ "name", m->name }, { "team", m->to_name }));
    TRY(query(c, "team_move.office", NAMED({ "team", V_INT(m->from) }, { "person", V_INT(m->person) }), &r));
    if (r.count)
        return refuse(c, ERR_CONFLICT, "team_move.office", VALUES({ "name", m->name }, { "team", m->from_name }));
    TRY(query(c, "team_move.lent", NAMED({ "operation", V_INT(m->operation) }, { "person", V_INT(m->person) }), &r));
    return r.count ? refuse(c, ERR_CONFLICT, "team_move.lent", VALUES({ "name", m->name })) : NULL;
}

/* Duties ahead stay on the old team's roster, where its leader sees them, and are counted in the answer. As joined: forming
   the teams anew by where people live does not move him back. */
static err *team_move_member(context *c, const args *a)
{
    rows left = { 0 };
    int64_t id;
    moving m = { .person = arg_int(a, "person"), .to = arg_int(a, "team") };
    TRY(load_home(c, &m));
    TRY(check_free(c, &m));
    TRY(query(c, "team.move_member", NAMED({ "id", V_INT(m.membership) }, { "now", V_INT(c->now) }), NULL));
    TRY(next_id(c, &id));
    TRY(query(c, "join_request.add_member",
              NAMED({ "id", V_INT(id) }, { "operation", V_INT(m.operation) }, { "team", V_INT(m.to) }, { "person", V_INT(m.person) },
                    { "now", V_INT(c->now) }),
              NULL));
    TRY(query(c, "team_move.answer_asked",
              NAMED({ "team", V_INT(m.to) }, { "person", V_INT(m.person) }, { "by", c->actor_id ? V_INT(c->actor_id) : V_NULL },
                    { "now", V_INT(c->now) }),
              NULL));
    TRY(query(c, "team_move.drop_lines", NAMED({ "team", V_INT(m.from) }, { "person", V_INT(m.person) }), NULL));
    TRY(query(c, "team_move.duties", NAMED({ "team", V_INT(m.from) }, { "person", V_INT(m.person) }, { "now", V_INT(c->now) }), &left));
    command_about(c, m.person);
    command_result(c, "id", m.to);
    command_result(c, "from_team", m.from);
    command_result_int(c, "duties", rows_int(&left, 0, "n"));
    return NULL;
}

const command team_move_commands[] = {
    { "team.move_member", "commander:all commander:division secretary:division", "person:id team:id", .locks = "team person",
      .closed = CLOSED_STOPS, .run = team_move_member },
    { 0 },
};

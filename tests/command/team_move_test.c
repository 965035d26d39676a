/* A member moves to another team: what was done stays, offices and lendings come first, the draft forgets him. On both engines. */
#include "command/duty_world.h"

static err *move(const world *w, int64_t actor, int person, int team, str *result)
{
    return run_at(w, 2, "team.move_member", actor, NAMED({ "person", V_INT(w->person[person]) }, { "team", V_INT(w->team[team]) }), result);
}

static bool is_member(const world *w, int person, int team)
{
    rows r = list(w, "team_member", NAMED({ "team", V_INT(w->team[team]) }), 0);
    for (size_t i = 0; i < r.count; i++)
        if (rows_int(&r, i, "person_id") == w->person[person])
            return true;
    return false;
}

static void a_member_serves_elsewhere_and_what_was_done_stays(const char *url)
{
    world w = world_open(url, NULL);
    int64_t need = need_of(&w, EAST, w.gate, DAY, 0, 2), later = need_of(&w, EAST, w.gate, DAY, 1, 2);
    publish(&w, 1, 1, (const int64_t[][2]){ { need, w.person[1] } });
    must(&w, 1, "roster.draft", NULL,
         NAMED({ "team", V_INT(w.team[EAST]) }, { "from_on", T("2020-02-09") }, { "to_on", T("2020-02-10") },
               { "lines", V_TEXT(text_format(check_arena(), "[{\"need\":%lld,\"person\":%lld},{\"need\":%lld,\"person\":%lld}]", LL(later),
                                             LL(w.person[1]), LL(later), LL(w.person[2]))) }));
    str result = { 0 };
    check_ok(move(&w, 0, 1, WEST, &result));
    assert_int_equal(field(result, "duties", 0), 1);
    assert_int_equal(field(result, "from_team", 0), w.team[EAST]);
    assert_true(is_member(&w, 1, WEST) && !is_member(&w, 1, EAST));
    assert_true(duty_of(&w, need, w.person[1]) > 0); /* on the roster still: its leader decides */
    rows lines = list(&w, "draft_line", NULL, 0);
    assert_int_equal(lines.count, 1);
    assert_int_equal(rows_int(&lines, 0, "person_id"), w.person[2]);
    CASE("forming the teams anew does not move him back");
    must(&w, 3, "team.form", NULL, NAMED({ "operation", V_INT(w.operation) }));
    assert_true(is_member(&w, 1, WEST));
    CASE("and back");
    check_ok(move(&w, 0, 1, EAST, NULL));
    assert_true(is_member(&w, 1, EAST) && !is_member(&w, 1, WEST));
}

static void what_stands_in_the_way_is_said(const char *url)
{
    world w = world_open(url, NULL);
    check_err(move(&w, 0, STRANGER, WEST, NULL), ERR_CONFLICT, "team_move.no_team");
    check_err(move(&w, 0, 1, EAST, NULL), ERR_CONFLICT, "team_move.same");
    check_err(run_at(&w, 2, "team.move_member", 0, NAMED({ "person", V_INT(w.person[1]) }, { "team", V_INT(999999) }), NULL), ERR_NOT_FOUND, "team.missing");
    must(&w, 1, "team.confirm", NULL, NAMED({ "team", V_INT(w.team[EAST]) }, { "leader", V_INT(w.person[1]) }));
    check_err(move(&w, 0, 1, WEST, NULL), ERR_CONFLICT, "team_move.office");
    int64_t lending = must(&w, 1, "reinforcement.propose", "id",
                           NAMED({ "team", V_INT(w.team[EAST]) }, { "from_team", V_INT(w.team[EAST]) }, { "to_team", V_INT(w.team[WEST]) },
                                 { "from_on", T("2020-02-09") }, { "to_on", T("2020-02-10") }, { "headcount", V_INT(1) }, { "by", V_INT(w.person[1]) }));
    must(&w, 1, "reinforcement.add_person", NULL, NAMED({ "reinforcement", V_INT(lending) }, { "person", V_INT(w.person[2]) }));
    check_err(move(&w, 0, 2, WEST, NULL), ERR_CONFLICT, "team_move.lent");
    assert_true(is_member(&w, 1, EAST) && is_member(&w, 2, EAST));
}

static void make(const world *w, int person, const char *role, const char *division)
{
    must(w, -30, "role_grant.add", NULL,
         NAMED({ "person", V_INT(w->person[person]) }, { "role", T(role) }, { "scope", T("division") }, { "division", T(division) }));
}

static void only_who_answers_for_both_teams_moves(const char *url)
{
    world w = world_open(url, NULL);
    grant(&w, w.person[0], "leader", EAST);
    make(&w, 3, "secretary", "320303001001");
    make(&w, 4, "secretary", "320303");
    check_err(move(&w, w.person[0], 1, WEST, NULL), ERR_RIGHTS, "command.rights"); /* a leader gives nobody away */
    check_err(move(&w, w.person[3], 1, WEST, NULL), ERR_RIGHTS, "command.rights"); /* of one of them alone */
    check_err(move(&w, w.person[1], 1, WEST, NULL), ERR_RIGHTS, "command.rights");
    assert_true(is_member(&w, 1, EAST));
    int64_t asked = must(&w, 1, "join_request.ask", "id", NAMED({ "team", V_INT(w.team[EAST]) }, { "person", V_INT(w.person[STRANGER]) }));
    must(&w, 1, "join_request.accept", NULL, NAMED({ "join_request", V_INT(asked) }));
    check_ok(move(&w, w.person[4], STRANGER, WEST, NULL));
    assert_true(is_member(&w, STRANGER, WEST));
}

ON_BOTH(a_member_serves_elsewhere_and_what_was_done_stays)
ON_BOTH(what_stands_in_the_way_is_said)
ON_BOTH(only_who_answers_for_both_teams_moves)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(a_member_serves_elsewhere_and_what_was_done_stays),
        BOTH(what_stands_in_the_way_is_said),
        BOTH(only_who_answers_for_both_teams_moves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

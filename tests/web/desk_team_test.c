/* Teams at the desk: their tree, offices, structure; and what an operator decides on the page of reinforcement. */
#include "web/desk_browser.h"

static const char *team_page(browser *b, int team, const char *more)
{
    return text_format(check_arena(), "/desk/teams/%lld%s", LL(b->w.team[team]), more).at;
}

static str chosen(browser *b, const char *office, int person)
{
    return text_format(check_arena(), "&%s=%lld", office, LL(b->w.person[person]));
}

static void teams_stand_with_size_and_offices(const char *url)
{
    browser b = open_desk(url);
    sign_in(&b, CITY, true);
    response p = get(&b, "/desk/teams");
    assert_int_equal(p.status, 200);
    assert_true(has(&p, "2 teams, 7 people") && has(&p, "small, under 10") && has(&p, team_page(&b, EAST, "\"")) && has(&p, team_page(&b, WEST, "\"")));
    sign_in(&b, EAST_DESK, true);
    p = get(&b, "/desk/teams");
    assert_true(has(&p, team_page(&b, EAST, "\"")) && !has(&p, team_page(&b, WEST, "\"")));
    assert_int_equal(get(&b, team_page(&b, WEST, "")).status, 404);
    p = get(&b, team_page(&b, EAST, ""));
    assert_true(p.status == 200 && !has(&p, "Confirm these")); /* the whole city's alone */
    sign_in(&b, 3, false);
    assert_int_equal(get(&b, "/desk/teams").status, 403);
}

static void offices_are_confirmed_and_open_the_team(const char *url)
{
    browser b = open_desk(url);
    must(&b.w, 1, "team.propose", NULL, ROWS("[{\"team\":%lld,\"office\":\"leader\",\"person\":%lld,\"reason\":\"party member\"}]",
                                             LL(b.w.team[EAST]), LL(b.w.person[3])));
    sign_in(&b, CITY, true);
    response p = get(&b, team_page(&b, EAST, ""));
    assert_true(has(&p, "proposed: P3 (party member)"));
    const char *to = team_page(&b, EAST, "/offices");
    str version = text_format(check_arena(), "&version=%.*s", STR_ARG(hidden(&p, "version")));
    str both = text_format(check_arena(), "%.*s%.*s%.*s", STR_ARG(chosen(&b, "leader", 3)), STR_ARG(chosen(&b, "deputy", 4)), STR_ARG(version));
    str twice = text_format(check_arena(), "%.*s%.*s%.*s", STR_ARG(chosen(&b, "leader", 3)), STR_ARG(chosen(&b, "deputy", 3)), STR_ARG(version));
    assert_int_equal(post(&b, to, form(&p, twice.at)).status, 422);
    assert_int_equal(post(&b, to, form(&p, chosen(&b, "leader", 6).at)).status, 422); /* of the west */
    for (int i = 0; i < 2; i++) /* a tap sent twice */
        assert_int_equal(post(&b, to, form(&p, both.at)).status, 303);
    rows r = list(&b.w, "person_role", NAMED({ "at", V_INT(HOURS(9)) }), 0);
    size_t leaders = 0;
    for (size_t i = 0; i < r.count; i++)
        leaders += str_is(rows_text(&r, i, "role"), "leader") && rows_int(&r, i, "team_id") == b.w.team[EAST] &&
                   (rows_int(&r, i, "person_id") == b.w.person[3] || rows_int(&r, i, "person_id") == b.w.person[4]);
    assert_int_equal(leaders, 2);
    /* Another has saved meanwhile. */
    str old = text_format(check_arena(), "form=%.*s&key=other%.*s", STR_ARG(hidden(&p, "form")), STR_ARG(both));
    response stale = post(&b, to, old);
    assert_int_equal(stale.status, 409);
    p = get(&b, team_page(&b, EAST, ""));
    assert_true(has(&p, "<dd>P3</dd>") && has(&p, "<dd>P4</dd>"));
    sign_in(&b, 3, false);
    assert_int_equal(ask(&b, WEB_GET, text_format(check_arena(), "/l/team/%lld", LL(b.w.team[EAST])), STR("")).status, 200);
}

static void a_structure_is_proposed_sent_back_and_approved(const char *url)
{
    browser b = open_desk(url);
    sign_in(&b, EAST_DESK, true);
    response p = get(&b, team_page(&b, EAST, ""));
    assert_int_equal(post(&b, team_page(&b, EAST, "/propose"), form(&p, "")).status, 303);
    p = get(&b, team_page(&b, EAST, ""));
    assert_true(has(&p, "waits for approval") && has(&p, "Group 1") && has(&p, "class=\"deep-1\""));
    const char *to = team_page(&b, EAST, "/decide");
    const char *id = text_format(check_arena(), "&structure=%.*s", STR_ARG(hidden(&p, "structure"))).at;
    assert_int_equal(post(&b, to, form(&p, text_format(check_arena(), "%s&what=approve", id).at)).status, 422); /* by which letter? */
    str back = text_format(check_arena(), "form=%.*s&key=b1%s&what=back&reference=too+small", STR_ARG(hidden(&p, "form")), id);
    assert_int_equal(post(&b, to, back).status, 303);
    p = get(&b, team_page(&b, EAST, ""));
    assert_true(has(&p, "sent back") && !has(&p, "Number of the approval"));
    assert_int_equal(post(&b, team_page(&b, EAST, "/propose"), form(&p, "")).status, 303);
    p = get(&b, "/desk/lending");
    assert_true(has(&p, "Send back"));
    id = text_format(check_arena(), "%.*s", STR_ARG(hidden(&(response){ .body = get(&b, team_page(&b, EAST, "")).body }, "structure"))).at;
    str approve = text_format(check_arena(), "form=%.*s&key=b2&structure=%s&what=approve&reference=No+7", STR_ARG(hidden(&p, "form")), id);
    assert_int_equal(post(&b, to, approve).status, 303);
    p = get(&b, team_page(&b, EAST, ""));
    assert_true(has(&p, "in force") && has(&p, "No 7"));
    assert_int_equal(post(&b, to, text_format(check_arena(), "form=%.*s&key=b3&structure=%s&what=back", STR_ARG(hidden(&p, "form")), id)).status, 409);
    sign_in(&b, AUDITOR, true);
    p = get(&b, team_page(&b, EAST, ""));
    assert_true(has(&p, "in force") && !has(&p, "Propose a structure"));
    str body = text_format(check_arena(), "form=%.*s&key=x", STR_ARG(hidden(&p, "form")));
    assert_int_equal(post(&b, team_page(&b, EAST, "/propose"), body).status, 403);
}

static void a_lending_can_be_declined_and_a_swap_answered(const char *url)
{
    browser b = open_desk(url);
    must(&b.w, 1, "reinforcement.propose", "id",
         NAMED({ "team", V_INT(b.w.team[WEST]) }, { "from_team", V_INT(b.w.team[EAST]) }, { "to_team", V_INT(b.w.team[WEST]) },
               { "from_on", T("2020-02-08") }, { "to_on", T("2020-02-09") }, { "headcount", V_INT(1) }, { "by", V_INT(b.w.person[CITY]) }));
    int64_t duty = add_duty(&b.w, need_of(&b.w, EAST, b.w.gate, NIGHT, 0, 2), 1);
    must(&b.w, 2, "swap.ask", "id", NAMED({ "duty", V_INT(duty) }, { "to_person", V_INT(b.w.person[2]) }));
    sign_in(&b, CITY, true);
    response p = get(&b, "/desk/lending");
    assert_true(has(&p, "Decline") && has(&p, "Swaps that wait for a reply") && has(&p, "Takes it"));
    rows r = list(&b.w, "reinforcement", NULL, 0), s = list(&b.w, "swap", NULL, 0);
    str decline = text_format(check_arena(), "/desk/lending/%lld/decline", LL(rows_int(&r, 0, "id")));
    assert_int_equal(post(&b, decline.at, form(&p, text_format(check_arena(), "&team=%lld", LL(b.w.team[WEST])).at)).status, 303);
    str accept = text_format(check_arena(), "/desk/swap/%lld/accept", LL(rows_int(&s, 0, "id")));
    assert_int_equal(post(&b, accept.at, form(&p, "")).status, 303);
    p = get(&b, "/desk/lending");
    assert_true(has(&p, "declined") && has(&p, "No swap waits for a reply."));
    r = list(&b.w, "duty_person", NAMED({ "person", V_INT(b.w.person[2]) }), 0);
    assert_int_equal(r.count, 1);
}

static void a_member_is_moved_to_another_team(const char *url)
{
    browser b = open_desk(url);
    sign_in(&b, CITY, true);
    response p = get(&b, team_page(&b, EAST, ""));
    assert_true(has(&p, "Move to another team") && has(&p, text_format(check_arena(), "<option value=\"%lld\">West", LL(b.w.team[WEST])).at));
    const char *to = team_page(&b, EAST, "/move");
    str who = text_format(check_arena(), "%.*s&to_team=%lld", STR_ARG(chosen(&b, "person", 3)), LL(b.w.team[WEST]));
    str sent = form(&p, who.at);
    for (int i = 0; i < 2; i++) { /* a tap sent twice */
        response done = post(&b, to, sent);
        assert_int_equal(done.status, 303);
        check_str(header_of(&done, "Location"), team_page(&b, EAST, "?done=desk_moved"));
    }
    rows r = list(&b.w, "team_member", NAMED({ "team", V_INT(b.w.team[WEST]) }), 0);
    assert_int_equal(r.count, 3);
    p = get(&b, team_page(&b, EAST, "?done=desk_moved"));
    assert_true(has(&p, "tell its leader") && !has(&p, text_format(check_arena(), "<option value=\"%lld\">P3", LL(b.w.person[3])).at));
    assert_int_equal(post(&b, to, form(&p, "&person=&to_team=1")).status, 422);
    p = post(&b, to, form(&p, who.at)); /* by a page of his own: he is there already */
    assert_true(p.status == 409 && has(&p, "P3 is in West"));
    sign_in(&b, EAST_DESK, true);
    p = get(&b, team_page(&b, EAST, ""));
    assert_false(has(&p, "Move to another team"));
    who = text_format(check_arena(), "%.*s&to_team=%lld", STR_ARG(chosen(&b, "person", 4)), LL(b.w.team[WEST]));
    p = get(&b, team_page(&b, EAST, ""));
    assert_int_equal(post(&b, to, form(&p, who.at)).status, 403); /* of the east alone */
}

ON_BOTH(teams_stand_with_size_and_offices)
ON_BOTH(offices_are_confirmed_and_open_the_team)
ON_BOTH(a_member_is_moved_to_another_team)
ON_BOTH(a_structure_is_proposed_sent_back_and_approved)
ON_BOTH(a_lending_can_be_declined_and_a_swap_answered)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(teams_stand_with_size_and_offices),
        BOTH(offices_are_confirmed_and_open_the_team),
        BOTH(a_member_is_moved_to_another_team),
        BOTH(a_structure_is_proposed_sent_back_and_approved),
        BOTH(a_lending_can_be_declined_and_a_swap_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The secretary's one page: tomorrow, and what waits for her word; what is another community's is not hers. */
#include "browser.h"

enum { SECRETARY = 6, EIGHT = 8 };

static browser secretary(const char *url)
{
    browser b = open_browser(url);
    must(&b.w, -30, "role_grant.add", NULL,
         NAMED({ "person", V_INT(b.w.person[SECRETARY]) }, { "role", T("secretary") }, { "scope", T("division") }, { "division", T("320303001001") }));
    assert_int_equal(ask(&b, WEB_POST, link_of(&b, "person", b.w.person[SECRETARY]), STR("digits=0006")).status, 303);
    b.hours = EIGHT;
    return b;
}

static response home(browser *b)
{
    response p = ask(b, WEB_GET, STR("/s"), STR(""));
    assert_int_equal(p.status, 200);
    return p;
}

static response press(browser *b, const char *path, const char *rest)
{
    static int presses;
    response p = ask(b, WEB_GET, STR("/p/situation"), STR(""));
    str body = text_format(check_arena(), "form=%.*s&key=s%d%s", STR_ARG(hidden(&p, "form")), presses++, rest);
    return ask(b, WEB_POST, str_of(path), body);
}

static const char *of_team(const browser *b, int team, const char *what)
{
    return text_format(check_arena(), "/s/team/%lld/%s", LL(b->w.team[team]), what).at;
}

static const char *with(const char *shape, int64_t id)
{
    return text_format(check_arena(), shape, LL(id)).at;
}

static bool went(const response *p, const char *done)
{
    return p->status == 303 && str_equal(header_of(p, "Location"), text_format(check_arena(), "/s?done=%s", done));
}

static void tomorrow_stands_first(const char *url)
{
    browser b = secretary(url);
    response p = home(&b);
    assert_true(has(&p, "<h1>Enough people tomorrow</h1>") && has(&p, "No leader yet"));
    int64_t need = need_of(&b.w, EAST, b.w.gate, NOON, 1, 2), full = need_of(&b.w, EAST, b.w.yard, DAY, 1, 2);
    need_of(&b.w, WEST, b.w.bridge, NOON, 1, 2);
    need_of(&b.w, EAST, b.w.yard, NOON, 2, 2); /* the day after */
    must(&b.w, 1, "duty.add", "id", NAMED({ "need", V_INT(full) }, { "person", V_INT(b.w.person[0]) }));
    p = home(&b);
    assert_true(has(&p, "<h1>1 short tomorrow</h1>") && has(&p, with("/l/team/%lld/need/", b.w.team[EAST])) && has(&p, "Gate"));
    assert_true(has(&p, with("/need/%lld?day=2020-02-09", need)) && !has(&p, with("/need/%lld?", full)));
    assert_false(has(&p, "Bridge"));
}

static void a_team_waits_for_her_word(const char *url)
{
    browser b = secretary(url);
    must(&b.w, 1, "team.propose", NULL, ROWS("[{\"team\":%lld,\"office\":\"leader\",\"person\":%lld,\"reason\":\"led before\"}]", LL(b.w.team[EAST]), LL(b.w.person[0])));
    response p = home(&b);
    assert_true(has(&p, "Proposed, waiting for your word") && has(&p, "led before") && has(&p, ">P0<"));
    CASE("she would rather have another");
    p = press(&b, of_team(&b, EAST, "propose"), with("&office=leader&reason=knows+the+%%22gate%%22&person=%lld", b.w.person[1]));
    assert_true(went(&p, "secretary_proposed"));
    p = home(&b);
    assert_true(has(&p, "knows the &quot;gate&quot;") && !has(&p, "led before"));
    CASE("nobody is chosen, or nobody who is there");
    assert_int_equal(press(&b, of_team(&b, EAST, "propose"), "&office=leader&reason=x&person=").status, 422);
    assert_int_equal(press(&b, of_team(&b, EAST, "propose"), with("&office=king&reason=x&person=%lld", b.w.person[1])).status, 422);
    CASE("and confirms");
    p = press(&b, of_team(&b, EAST, "offices"), with("&version=1&leader=%lld", b.w.person[1]));
    assert_true(went(&p, "secretary_offices"));
    p = home(&b);
    assert_true(has(&p, "Leader: P1") && !has(&p, "waiting for your word"));
    p = press(&b, of_team(&b, EAST, "offices"), with("&version=1&leader=%lld", b.w.person[0])); /* seen before it was changed */
    assert_int_equal(p.status, 409);
    CASE("not of another community");
    assert_int_equal(press(&b, of_team(&b, WEST, "offices"), with("&version=1&leader=%lld", b.w.person[5])).status, 403);
    assert_int_equal(press(&b, of_team(&b, WEST, "propose"), with("&office=leader&reason=x&person=%lld", b.w.person[5])).status, 403);
}

static void she_asks_for_people_and_answers_for_hers(const char *url)
{
    browser b = secretary(url);
    need_of(&b.w, EAST, b.w.gate, NOON, 1, 2);
    response p = home(&b);
    assert_true(has(&p, "Ask another team for people") && has(&p, "2 free that day"));
    const char *from_west = with("&from_team=%lld&from_on=2020-02-09&to_on=2020-02-09&why=the+dike&headcount=", b.w.team[WEST]);
    p = press(&b, of_team(&b, EAST, "borrow"), text_format(check_arena(), "%s%s", from_west, "none").at);
    assert_true(p.status == 422 && has(&p, "role=\"alert\""));
    p = press(&b, of_team(&b, EAST, "borrow"), text_format(check_arena(), "%s%s", from_west, "0").at);
    assert_int_equal(p.status, 422);
    assert_int_equal(list(&b.w, "reinforcement", NULL, 0).count, 0);
    p = press(&b, of_team(&b, EAST, "borrow"), text_format(check_arena(), "%s%s", from_west, "1").at);
    assert_true(went(&p, "leader_borrow"));
    p = home(&b);
    assert_true(has(&p, "Asked for, waiting for the other team"));
    rows r = list(&b.w, "reinforcement", NULL, 0);
    assert_true(r.count == 1 && str_is(rows_text(&r, 0, "why"), "the dike") && rows_text(&r, 0, "to_word").len && !rows_text(&r, 0, "from_word").len);
    CASE("not from the side of the other");
    const char *word = with("&lending=%lld&word=agree", rows_int(&r, 0, "id"));
    assert_int_equal(press(&b, of_team(&b, WEST, "lending"), word).status, 403);
    CASE("others ask");
    for (int i = 0; i < 2; i++)
        must(&b.w, 2, "reinforcement.propose", "id", NAMED({ "team", V_INT(b.w.team[WEST]) }, { "from_team", V_INT(b.w.team[EAST]) }, { "to_team", V_INT(b.w.team[WEST]) },
             { "from_on", T("2020-02-10") }, { "to_on", T("2020-02-10") }, { "headcount", V_INT(i + 1) }, { "by", V_INT(b.w.person[5]) }));
    p = home(&b);
    assert_true(has(&p, "Other teams ask"));
    r = list(&b.w, "reinforcement", NULL, 0);
    assert_true(went(&(response[]){ press(&b, of_team(&b, EAST, "lending"), with("&lending=%lld&word=agree", rows_int(&r, 1, "id"))) }[0], "leader_lend"));
    assert_true(went(&(response[]){ press(&b, of_team(&b, EAST, "lending"), with("&lending=%lld&word=decline", rows_int(&r, 2, "id"))) }[0], "leader_lendno"));
    r = list(&b.w, "reinforcement", NULL, 0);
    assert_true(str_is(rows_text(&r, 1, "state"), "accepted") && str_is(rows_text(&r, 2, "state"), "refused"));
    p = home(&b);
    assert_false(has(&p, "Other teams ask"));
}

static void hours_are_confirmed_by_day(const char *url)
{
    browser b = secretary(url);
    int64_t needs[2] = { need_of(&b.w, EAST, b.w.gate, DAY, 0, 2), need_of(&b.w, WEST, b.w.bridge, DAY, 0, 2) };
    static const int people[] = { 0, 5 };
    for (size_t i = 0; i < 2; i++) {
        int64_t duty = must(&b.w, 1, "duty.add", "id", NAMED({ "need", V_INT(needs[i]) }, { "person", V_INT(b.w.person[people[i]]) }));
        must(&b.w, 8, "duty.check_in", "id", NAMED({ "duty", V_INT(duty) }, { "by", V_INT(b.w.person[people[i]]) }));
        must(&b.w, 12, "duty.check_out", "id", NAMED({ "duty", V_INT(duty) }, { "by", V_INT(b.w.person[people[i]]) }));
    }
    b.hours = 13;
    response p = home(&b);
    assert_true(has(&p, "Confirm 1 as recorded") && has(&p, "/hours?day=2020-02-08"));
    CASE("she doubts one");
    rows r = list(&b.w, "attendance_valid", NAMED({ "unconfirmed", V_INT(1) }), 0);
    bool east_first = rows_int(&r, 0, "person_id") == b.w.person[0];
    int64_t hers = rows_int(&r, east_first ? 0 : 1, "id"), west = rows_int(&r, east_first ? 1 : 0, "id");
    assert_true(has(&p, with("<option value=\"%lld\">P0 Gate 08:00–12:00</option>", hers)) && !has(&p, with("value=\"%lld\">P5", west)));
    assert_int_equal(press(&b, "/s/object", with("&attendance=%lld&text=+", hers)).status, 422);
    assert_int_equal(press(&b, "/s/object", with("&attendance=%lld&text=x", west)).status, 403);
    p = press(&b, "/s/object", with("&attendance=%lld&text=left+at+ten", hers));
    assert_true(went(&p, "secretary_objected"));
    r = list(&b.w, "note", NULL, 0);
    assert_true(r.count == 1 && str_is(rows_text(&r, 0, "text"), "left at ten"));
    assert_int_equal(press(&b, of_team(&b, WEST, "hours"), "&day=2020-02-08").status, 403);
    assert_int_equal(press(&b, of_team(&b, EAST, "hours"), "&day=yesterday").status, 422);
    p = press(&b, of_team(&b, EAST, "hours"), "&day=2020-02-08");
    assert_true(went(&p, "leader_agree"));
    p = home(&b);
    assert_false(has(&p, "as recorded"));
    r = list(&b.w, "attendance_valid", NAMED({ "unconfirmed", V_INT(1) }), 0);
    assert_true(r.count == 1 && rows_int(&r, 0, "person_id") == b.w.person[5]);
}

/* candidates: as the placing leaves them; of several none is suggested. */
static void wait_at(const browser *b, const char *name, const char *address, const char *candidates)
{
    int64_t id = must(&b->w, 2, "person.import", "ids", ROWS("[{\"name\":\"%s\",\"phone\":\"1390000111%c\",\"address\":\"%s\"}]", name, name[1], address));
    must(&b->w, 2, "placement.record", NULL, ROWS("[{\"person\":%lld,\"state\":\"queued\",\"reasons\":\"no number\",\"text_key\":\"%s\",\"candidates\":\"%s\"}]",
                                                  LL(id), address, candidates));
}

static void addresses_of_hers_are_settled(const char *url)
{
    browser b = secretary(url);
    wait_at(&b, "Q1 Waits", "Willow yard", "320303001002 West; 320303001001 East");
    wait_at(&b, "Q2 Waits", "Willow yard", "320303001002 West; 320303001001 East");
    wait_at(&b, "Q3 Waits", "Far lane", "320303001002 West");
    response p = home(&b);
    assert_true(has(&p, "Willow yard (2 people)") && has(&p, "It lies in East") && !has(&p, "Far lane"));
    assert_false(has(&p, "Q1 Waits") || has(&p, "13900001111"));
    p = press(&b, "/s/address", "&text_key=Willow+yard&code=320303001002"); /* another's */
    assert_int_equal(p.status, 403);
    p = press(&b, "/s/address", "&text_key=Willow+yard&code=320303001001");
    assert_true(went(&p, "secretary_placed"));
    p = home(&b);
    assert_false(has(&p, "Willow yard"));
    rows r = list(&b.w, "place_queue", NULL, 0);
    assert_int_equal(r.count, 1);
}

static void nobody_else_has_it(const char *url)
{
    browser b = secretary(url);
    browser other = b;
    other.cookie = (str){ 0 };
    assert_int_equal(ask(&other, WEB_GET, STR("/s"), STR("")).status, 403);
    ask(&other, WEB_POST, link_of(&other, "person", b.w.person[1]), STR(""));
    assert_int_equal(ask(&other, WEB_GET, STR("/s"), STR("")).status, 403);
    assert_int_equal(press(&other, of_team(&b, EAST, "hours"), "&day=2020-02-08").status, 403);
    assert_int_equal(ask(&b, WEB_POST, str_of(of_team(&b, EAST, "hours")), STR("key=x&day=2020-02-08")).status, 403); /* no token */
}

ON_BOTH(tomorrow_stands_first)
ON_BOTH(a_team_waits_for_her_word)
ON_BOTH(she_asks_for_people_and_answers_for_hers)
ON_BOTH(hours_are_confirmed_by_day)
ON_BOTH(addresses_of_hers_are_settled)
ON_BOTH(nobody_else_has_it)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(tomorrow_stands_first),
        BOTH(a_team_waits_for_her_word),
        BOTH(she_asks_for_people_and_answers_for_hers),
        BOTH(hours_are_confirmed_by_day),
        BOTH(addresses_of_hers_are_settled),
        BOTH(nobody_else_has_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

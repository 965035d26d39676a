/* Teams: their structure, who joins, who is lent. */
#include "database.h"

#include "base/text.h"
#include "view/view.h"

#include <jansson.h>

#define T(z) V_TEXT(str_of(z))
enum { HOME = 62, AWAY = 8 };

typedef struct world {
    app *p;
    str operation, team, other, people[HOME + AWAY], stranger;
} world;

static str must(app *p, const char *command, const named *args)
{
    str result = { 0 };
    check_ok(database_command(p, command, 0, NULL, args, &result));
    return result;
}

static str field(str json, const char *name, size_t index)
{
    json_t *j = json_loadb(json.at, json.len, 0, NULL), *v = json_object_get(j, name);
    if (json_is_array(v))
        v = json_array_get(v, index);
    assert_true(json_is_string(v));
    str s = str_copy(check_arena(), str_of(json_string_value(v)));
    json_decref(j);
    return s;
}

static rows run(const world *w, const char *name, const named *args)
{
    rows r = { 0 };
    check_ok(view_run(app_store(w->p), check_arena(), view_find(str_of(name)), args, 0, 0, &r));
    return r;
}

static world build(const char *url)
{
    arena *a = check_arena();
    world w = { .p = database_app(url) };
    w.operation = field(must(w.p, "operation.open", NAMED({ "title", T("Weekend") }, { "zone", T("Asia/Shanghai") })), "id", 0);
    must(w.p, "division.import",
         NAMED({ "rows", T("[{\"code\":\"320303\",\"name\":\"Yunlong\",\"level\":\"district\"},"
                           "{\"code\":\"320303001\",\"name\":\"Street\",\"level\":\"subdistrict\",\"parent_code\":\"320303\"},"
                           "{\"code\":\"320303001001\",\"name\":\"Dongtang\",\"level\":\"community\",\"parent_code\":\"320303001\"},"
                           "{\"code\":\"320303001002\",\"name\":\"Xitang\",\"level\":\"community\",\"parent_code\":\"320303001\"}]") }));
    text people = text_begin(a), placed = text_begin(a);
    for (int i = 0; i <= HOME + AWAY; i++)
        text_printf(&people, "%s{\"name\":\"P%d\",\"phone\":\"1390000%04d\",\"org\":[\"Bureau%d\"]}", i ? "," : "[", i, i, i % 3);
    text_put_z(&people, "]");
    str ids = must(w.p, "person.import", NAMED({ "rows", V_TEXT(text_done(&people)) }));
    for (size_t i = 0; i < HOME + AWAY; i++) {
        w.people[i] = field(ids, "ids", i);
        text_printf(&placed, "%s{\"person\":\"%s\",\"community_code\":\"32030300100%d\",\"state\":\"placed\",\"reasons\":\"x\"}",
                    i ? "," : "[", w.people[i].at, i < HOME ? 1 : 2);
    }
    w.stranger = field(ids, "ids", HOME + AWAY);
    text_put_z(&placed, "]");
    must(w.p, "placement.record", NAMED({ "rows", V_TEXT(text_done(&placed)) }));
    must(w.p, "team.form", NAMED({ "operation", V_TEXT(w.operation) }));
    rows teams = run(&w, "team", NULL);
    w.team = text_format(a, "%lld", (long long)rows_int(&teams, 0, "id"));
    w.other = text_format(a, "%lld", (long long)rows_int(&teams, 1, "id"));
    must(w.p, "team.confirm", NAMED({ "team", V_TEXT(w.team) }, { "leader", V_TEXT(w.people[0]) }));
    must(w.p, "team.confirm", NAMED({ "team", V_TEXT(w.other) }, { "leader", V_TEXT(w.people[HOME]) }));
    return w;
}

static void refused(const world *w, const char *command, err_code code, const char *message, const named *args)
{
    str result = { 0 };
    check_err(database_command(w->p, command, 0, NULL, args, &result), code, message);
}

/* -- structure ---------------------------------------------------------------------------------------------- */
static void a_structure_is_in_force_once_it_is_approved(const char *url)
{
    world w = build(url);
    assert_int_equal(run(&w, "team_large", NULL).count, 1);
    str id = field(must(w.p, "structure.propose", NAMED({ "team", V_TEXT(w.team) })), "id", 0);
    const named *in_force = NAMED({ "team", V_TEXT(w.team) }, { "kind", T("branch") });
    assert_int_equal(run(&w, "unit_in_force", in_force).count, 0);
    refused(&w, "structure.approve", ERR_INPUT, "structure.reference", NAMED({ "structure", V_TEXT(id) }, { "reference", T(" ") }));
    const named *approval = NAMED({ "structure", V_TEXT(id) }, { "reference", T("2020-3") }, { "by", V_TEXT(w.people[9]) });
    must(w.p, "structure.approve", approval);
    assert_int_equal(run(&w, "unit_in_force", in_force).count, 3);
    refused(&w, "structure.approve", ERR_CONFLICT, "structure.not_proposed", approval);
    rows units = run(&w, "unit", NAMED({ "structure", V_TEXT(id) }));
    assert_int_equal(rows_int(&units, 0, "members"), HOME);
    assert_int_equal(rows_int(&units, 0, "leader_id"), atoll(w.people[0].at));
    rows members = run(&w, "structure_member", NAMED({ "structure", V_TEXT(id) }));
    assert_int_equal(members.count, HOME);
    assert_true(rows_int(&members, 0, "unit_id") > 0);
}
ON_BOTH(a_structure_is_in_force_once_it_is_approved)

/* The members of the other, small team: everybody but the one left out or put in twice. */
static str members_of(const world *w, size_t from, size_t to, const char *more)
{
    text t = text_begin(check_arena());
    for (size_t i = from; i < to; i++)
        text_printf(&t, "%s{\"person\":\"%s\",\"unit\":2}", i > from ? "," : "[", w->people[i].at);
    text_put_z(&t, more);
    text_put_z(&t, "]");
    return text_done(&t);
}

static void by_hand_everybody_is_in_exactly_one_unit(const char *url)
{
    world w = build(url);
    const value units = T("[{\"unit\":1,\"kind\":\"branch\",\"name\":\"All\"},{\"unit\":2,\"parent\":1,\"kind\":\"group\",\"name\":\"One\"}]");
    const value team = V_TEXT(w.other);
    str twice = text_format(check_arena(), ",{\"person\":\"%s\",\"unit\":1}", w.people[HOME].at);
    str foreign = text_format(check_arena(), ",{\"person\":\"%s\",\"unit\":1}", w.people[0].at);
    refused(&w, "structure.draft", ERR_INPUT, "structure.left_out",
            NAMED({ "team", team }, { "units", units }, { "members", V_TEXT(members_of(&w, HOME, HOME + AWAY - 1, "")) }));
    refused(&w, "structure.draft", ERR_INPUT, "structure.twice",
            NAMED({ "team", team }, { "units", units }, { "members", V_TEXT(members_of(&w, HOME, HOME + AWAY, twice.at)) }));
    refused(&w, "structure.draft", ERR_INPUT, "structure.not_a_member",
            NAMED({ "team", team }, { "units", units }, { "members", V_TEXT(members_of(&w, HOME, HOME + AWAY, foreign.at)) }));
    refused(&w, "structure.draft", ERR_INPUT, "structure.parent_bad",
            NAMED({ "team", team }, { "units", T("[{\"unit\":1,\"parent\":2,\"kind\":\"branch\",\"name\":\"All\"}]") },
                  { "members", V_TEXT(members_of(&w, HOME, HOME + AWAY, "")) }));
    assert_int_equal(run(&w, "structure", NAMED({ "team", team })).count, 0);
    must(w.p, "structure.draft",
         NAMED({ "team", team }, { "units", units }, { "members", V_TEXT(members_of(&w, HOME, HOME + AWAY, "")) }));
    rows r = run(&w, "structure", NAMED({ "team", team }));
    check_str(rows_text(&r, 0, "state"), "proposed");
    assert_int_equal(rows_int(&r, 0, "members"), AWAY);
}
ON_BOTH(by_hand_everybody_is_in_exactly_one_unit)

/* -- joining ------------------------------------------------------------------------------------------------ */
static void who_is_on_no_list_joins_once_the_leader_accepts(const char *url)
{
    world w = build(url);
    const named *ask = NAMED({ "team", V_TEXT(w.team) }, { "person", V_TEXT(w.stranger) });
    str id = field(must(w.p, "join_request.ask", ask), "id", 0);
    refused(&w, "join_request.ask", ERR_CONFLICT, "join_request.asked", ask);
    refused(&w, "join_request.ask", ERR_CONFLICT, "join_request.has_team",
            NAMED({ "team", V_TEXT(w.team) }, { "person", V_TEXT(w.people[HOME]) }));
    assert_int_equal(run(&w, "member_unlisted", NAMED({ "operation", V_TEXT(w.operation) })).count, 0);
    must(w.p, "join_request.accept", NAMED({ "join_request", V_TEXT(id) }));
    refused(&w, "join_request.accept", ERR_CONFLICT, "join_request.was_accepted", NAMED({ "join_request", V_TEXT(id) }));
    refused(&w, "join_request.ask", ERR_CONFLICT, "join_request.has_team",
            NAMED({ "team", V_TEXT(w.other) }, { "person", V_TEXT(w.stranger) }));
    assert_int_equal(run(&w, "member_unlisted", NAMED({ "operation", V_TEXT(w.operation) })).count, 1);
}
ON_BOTH(who_is_on_no_list_joins_once_the_leader_accepts)

/* -- lending ------------------------------------------------------------------------------------------------ */
static str lend(const world *w, const char *headcount)
{
    return field(must(w->p, "reinforcement.propose",
                      NAMED({ "team", V_TEXT(w->other) }, { "from_team", V_TEXT(w->team) }, { "to_team", V_TEXT(w->other) },
                            { "from_on", T("2020-02-08") }, { "to_on", T("2020-02-09") }, { "headcount", T(headcount) },
                            { "by", V_TEXT(w->people[HOME]) })),
                 "id", 0);
}

static void members_are_lent_when_both_leaders_agree(const char *url)
{
    world w = build(url);
    str id = lend(&w, "2");
    const value lending = V_TEXT(id);
    const named *mine = NAMED({ "reinforcement", lending }, { "team", V_TEXT(w.team) }, { "by", V_TEXT(w.people[0]) });
    refused(&w, "reinforcement.start", ERR_CONFLICT, "reinforcement.not_accepted", NAMED({ "reinforcement", lending }));
    must(w.p, "reinforcement.agree", mine);
    refused(&w, "reinforcement.agree", ERR_CONFLICT, "reinforcement.decided", mine);
    refused(&w, "reinforcement.start", ERR_CONFLICT, "reinforcement.empty", NAMED({ "reinforcement", lending }));
    refused(&w, "reinforcement.add_person", ERR_INPUT, "reinforcement.not_a_member",
            NAMED({ "reinforcement", lending }, { "person", V_TEXT(w.people[HOME]) }));
    must(w.p, "reinforcement.add_person", NAMED({ "reinforcement", lending }, { "person", V_TEXT(w.people[3]) }));
    refused(&w, "reinforcement.add_person", ERR_CONFLICT, "reinforcement.twice",
            NAMED({ "reinforcement", lending }, { "person", V_TEXT(w.people[3]) }));
    must(w.p, "reinforcement.add_person", NAMED({ "reinforcement", lending }, { "person", V_TEXT(w.people[4]) }));
    refused(&w, "reinforcement.add_person", ERR_CONFLICT, "reinforcement.full",
            NAMED({ "reinforcement", lending }, { "person", V_TEXT(w.people[5]) }));
    must(w.p, "reinforcement.start", NAMED({ "reinforcement", lending }));
    assert_int_equal(run(&w, "team_member", NAMED({ "team", V_TEXT(w.other) })).count, AWAY + 2);
    assert_int_equal(run(&w, "team_member", NAMED({ "team", V_TEXT(w.team) })).count, HOME);
    must(w.p, "reinforcement.end", NAMED({ "reinforcement", lending }));
    assert_int_equal(run(&w, "team_member", NAMED({ "team", V_TEXT(w.other) })).count, AWAY);
}
ON_BOTH(members_are_lent_when_both_leaders_agree)

static void the_home_team_keeps_its_minimum(const char *url)
{
    world w = build(url);
    must(w.p, "setting.set", NAMED({ "scope", V_TEXT(text_format(check_arena(), "team:%s", w.team.at)) },
                                   { "name", T("home_minimum") }, { "value", T("61") }));
    str id = lend(&w, "5");
    must(w.p, "reinforcement.add_person", NAMED({ "reinforcement", V_TEXT(id) }, { "person", V_TEXT(w.people[3]) }));
    refused(&w, "reinforcement.add_person", ERR_CONFLICT, "reinforcement.home_minimum",
            NAMED({ "reinforcement", V_TEXT(id) }, { "person", V_TEXT(w.people[4]) }));
    refused(&w, "reinforcement.propose", ERR_INPUT, "reinforcement.same_team",
            NAMED({ "team", V_TEXT(w.team) }, { "from_team", V_TEXT(w.team) }, { "to_team", V_TEXT(w.team) },
                  { "from_on", T("2020-02-08") }, { "to_on", T("2020-02-09") }, { "headcount", T("1") }));
    refused(&w, "reinforcement.propose", ERR_INPUT, "reinforcement.span",
            NAMED({ "team", V_TEXT(w.team) }, { "from_team", V_TEXT(w.team) }, { "to_team", V_TEXT(w.other) },
                  { "from_on", T("2020-02-09") }, { "to_on", T("2020-02-08") }, { "headcount", T("1") }));
}
ON_BOTH(the_home_team_keeps_its_minimum)

int main(void)
{
    const struct CMUnitTest tests[] = { BOTH(a_structure_is_in_force_once_it_is_approved),
                                        BOTH(by_hand_everybody_is_in_exactly_one_unit),
                                        BOTH(who_is_on_no_list_joins_once_the_leader_accepts),
                                        BOTH(members_are_lent_when_both_leaders_agree),
                                        BOTH(the_home_team_keeps_its_minimum) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What rosters are bound by: settings, care rules and pairs, as the commands take or refuse them. */
#include "database.h"

#include "base/text.h"
#include "view/view.h"

#include <stdlib.h>

#define T(z) V_TEXT(str_of(z))
#define DIVISIONS \
    "[{\"code\":\"320303\",\"name\":\"D\",\"level\":\"district\"}," \
    "{\"code\":\"320303001001\",\"name\":\"E\",\"level\":\"community\",\"parent_code\":\"320303\"}]"

/* An operation 1, two people and their team; the ids as they came. */
typedef struct world {
    app *p;
    str operation, team, person[2];
} world;

static str first_id(app *p, const char *name, size_t row)
{
    rows r = { 0 };
    check_ok(view_run(app_store(p), check_arena(), view_find(str_of(name)), NULL, 0, 0, &r));
    assert_true(r.count > row);
    return text_format(check_arena(), "%lld", (long long)rows_int(&r, row, "id"));
}

static world build(const char *url)
{
    world w = { .p = database_app(url) };
    check_ok(database_command(w.p, "operation.open", 0, NULL, NAMED({ "title", T("T") }, { "zone", T("Asia/Shanghai") }), NULL));
    check_ok(database_command(w.p, "division.import", 0, NULL, NAMED({ "rows", T(DIVISIONS) }), NULL));
    check_ok(database_command(w.p, "person.import", 0, NULL, NAMED({ "rows", T("[{\"name\":\"A\"},{\"name\":\"B\"}]") }), NULL));
    w.operation = first_id(w.p, "operation", 0);
    for (size_t i = 0; i < 2; i++) {
        w.person[i] = first_id(w.p, "person", i);
        check_ok(database_command(w.p, "placement.record", 0, NULL,
            NAMED({ "rows", V_TEXT(text_format(check_arena(), "[{\"person\":%s,\"community_code\":\"320303001001\",\"state\":\"placed\"}]",
                                               w.person[i].at)) }), NULL));
    }
    check_ok(database_command(w.p, "team.form", 0, NULL, NAMED({ "operation", V_TEXT(w.operation) }), NULL));
    w.team = first_id(w.p, "team", 0);
    return w;
}

static err *set(world *w, const char *noun, str id, const char *name, const char *wanted)
{
    named args[] = { { "scope", V_TEXT(text_format(check_arena(), "%s:%.*s", noun, STR_ARG(id))) }, { "name", T(name) },
                     { "value", T(wanted) }, { 0 } };
    return database_command(w->p, "setting.set", 0, NULL, args, NULL);
}

static void settings_have_names_bounds_and_owners(const char *url)
{
    world w = build(url);
    static const struct { const char *what, *noun, *name, *value, *wrong; } cases[] = {
        { "a team's hours", "team", "roster.day_hours", "10", NULL },
        { "the most there is", "operation", "roster.day_hours", "24", NULL },
        { "one more", "operation", "roster.day_hours", "25", "setting.bad.number" },
        { "none at all", "team", "roster.day_hours", "0", "setting.bad.number" },
        { "below none", "team", "roster.rest_hours", "-1", "setting.bad.number" },
        { "no number", "team", "roster.nights", "three", "setting.bad.number" },
        { "yes in Chinese", "team", "roster.unanswered", "否", NULL },
        { "perhaps", "team", "roster.unanswered", "perhaps", "setting.bad.yes" },
        { "days", "operation", "calendar.holidays", "2020-02-11，2020-02-10", NULL },
        { "no day", "operation", "calendar.holidays", "2020-02-30", "setting.bad.days" },
        { "holidays of a team", "team", "calendar.holidays", "2020-02-10", "setting.of_operation" },
        { "a mark for all", "operation", "roster.input", "x", "setting.of_team" },
        { "a misspelt name", "team", "roster.dayhours", "8", "setting.unknown" },
        { "a moon", "moon", "roster.day_hours", "8", "setting.scope" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        bool of_team = str_is(str_of(cases[i].noun), "team");
        err *e = set(&w, cases[i].noun, of_team ? w.team : w.operation, cases[i].name, cases[i].value);
        if (cases[i].wrong)
            check_err(e, ERR_INPUT, cases[i].wrong);
        else
            check_ok(e);
    }
    check_err(set(&w, "team", STR("999"), "roster.nights", "2"), ERR_NOT_FOUND, "setting.scope_missing");
    rows r = { 0 };
    check_ok(view_run(app_store(w.p), check_arena(), view_find(STR("setting")), NULL, 0, 0, &r));
    assert_int_equal(r.count, 4);
    check_str(rows_text(&r, 0, "value"), "2020-02-10,2020-02-11");
    check_str(rows_text(&r, 3, "value"), "no");
    check_ok(set(&w, "team", w.team, "roster.unanswered", ""));
    check_ok(view_run(app_store(w.p), check_arena(), view_find(STR("setting")), NULL, 0, 0, &r));
    assert_int_equal(r.count, 3);
}

static void care_rules_have_names_and_bounds(const char *url)
{
    world w = build(url);
    static const struct { const char *what, *rule, *value, *from, *to, *wrong; } cases[] = {
        { "no nights", "no_night", "1", "", "", NULL },
        { "four hours for a week", "day_hours", "4", "2020-02-08", "2020-02-14", NULL },
        { "a rule nobody knows", "no_nights", "1", "", "", "care_rule.unknown" },
        { "25 hours", "day_hours", "25", "", "", "care_rule.value" },
        { "no without no", "no_night", "0", "", "", "care_rule.value" },
        { "an end before its beginning", "no_night", "1", "2020-02-09", "2020-02-08", "care_rule.span" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        named args[] = { { "person", V_TEXT(w.person[0]) }, { "rule", T(cases[i].rule) }, { "value", T(cases[i].value) },
                         { "from_on", T(cases[i].from) }, { "to_on", T(cases[i].to) }, { 0 } };
        err *e = database_command(w.p, "care_rule.set", 0, NULL, args, NULL);
        if (cases[i].wrong)
            check_err(e, ERR_INPUT, cases[i].wrong);
        else
            check_ok(e);
    }
    check_err(database_command(w.p, "care_rule.set", 0, NULL,
                               NAMED({ "person", T("999") }, { "rule", T("no_night") }, { "value", T("1") }), NULL),
              ERR_NOT_FOUND, "person.missing");
    const named *nights = NAMED({ "person", V_TEXT(w.person[0]) }, { "rule", T("nights_agreed") }, { "value", T("7") });
    const int64_t own = atoll(w.person[0].at), leader = atoll(w.person[1].at);
    check_ok(database_command(w.p, "role_grant.add", 0, NULL,
                              NAMED({ "person", V_TEXT(w.person[1]) }, { "role", T("leader") }, { "scope", T("team") },
                                    { "team", V_TEXT(w.team) }), NULL));
    check_err(database_command(w.p, "care_rule.set", leader, NULL, nights, NULL), ERR_RIGHTS, "care_rule.own_word");
    check_ok(database_command(w.p, "care_rule.set", own, NULL, nights, NULL));
    str result = { 0 };
    check_ok(database_command(w.p, "care_rule.drop", 0, NULL,
                              NAMED({ "person", V_TEXT(w.person[0]) }, { "rule", T("no_night") }), &result));
    check_str(result, "{\"dropped\":1}");
}

static err *pair(world *w, str a, str b, const char *kind)
{
    return database_command(w->p, "person_pair.set", 0, NULL,
                            NAMED({ "operation", V_TEXT(w->operation) }, { "a", V_TEXT(a) }, { "b", V_TEXT(b) },
                                  { "kind", T(kind) }), NULL);
}

static void a_pair_is_not_told_the_contrary(const char *url)
{
    world w = build(url);
    check_ok(pair(&w, w.person[1], w.person[0], "apart"));
    check_ok(pair(&w, w.person[0], w.person[1], "not_both"));
    check_err(pair(&w, w.person[0], w.person[1], "together"), ERR_CONFLICT, "person_pair.contrary");
    check_err(pair(&w, w.person[0], w.person[1], "married"), ERR_INPUT, "person_pair.kind");
    check_err(pair(&w, w.person[0], w.person[0], "apart"), ERR_INPUT, "person_pair.same");
    check_err(pair(&w, w.person[0], STR("999"), "apart"), ERR_NOT_FOUND, "person.missing");
    str result = { 0 };
    check_ok(database_command(w.p, "person_pair.drop", 0, NULL,
                              NAMED({ "operation", V_TEXT(w.operation) }, { "a", V_TEXT(w.person[0]) },
                                    { "b", V_TEXT(w.person[1]) }), &result));
    check_str(result, "{\"dropped\":2}");
    check_ok(pair(&w, w.person[0], w.person[1], "together"));
}

ON_BOTH(settings_have_names_bounds_and_owners)
ON_BOTH(care_rules_have_names_and_bounds)
ON_BOTH(a_pair_is_not_told_the_contrary)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(settings_have_names_bounds_and_owners),
        BOTH(care_rules_have_names_and_bounds),
        BOTH(a_pair_is_not_told_the_contrary),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

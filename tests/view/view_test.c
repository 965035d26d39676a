#include "database.h"

#include "base/embed.h"
#include "base/text.h"
#include "store/store.h"
#include "view/file.h"
#include "view/view.h"

#include <string.h>

static void every_file_has_scope_mark_and_columns(void **state)
{
    (void)state;
    for (const embedded *f = embedded_views; f->name; f++) {
        view v;
        CASE(f->name);
        const char *wrong = view_read((str){ f->text, f->length }, &v);
        if (wrong)
            print_error("%s: %s\n", f->name, wrong);
        assert_null(wrong);
        check_str(v.name, f->name);
    }
}

static void a_file_without_scope_or_mark_is_refused(void **state)
{
    (void)state;
    static const struct { const char *what, *text; } cases[] = {
        { "no scope", "-- view: x  X.\n-- columns: id id\nSELECT 1 /*scope*/" },
        { "no mark", "-- view: x  X.\n-- scope: team n.team_id\n-- columns: id id\nSELECT 1" },
        { "unknown scope", "-- view: x  X.\n-- scope: moon n.id\n-- columns: id id\nSELECT 1 /*scope*/" },
        { "unknown role", "-- view: x  X.\n-- scope: team n.id   for: king\n-- columns: id id\nSELECT 1 /*scope*/" },
        { "unknown role for the names",
          "-- view: x  X.\n-- scope: team n.id   for: leader   names: king\n-- columns: id id\nSELECT 1 /*scope*/" },
        { "no columns", "-- view: x  X.\n-- scope: public\nSELECT 1" },
        { "a name without marks",
          "-- view: x  X.\n-- scope: team n.id\n-- columns: name name\nSELECT p.name WHERE 1 = 1 /*scope*/" },
        { "a public name",
          "-- view: x  X.\n-- scope: public\n-- columns: name name\nSELECT /*name*/p.name/*end*/ AS name" },
        { "an address for whoever is in scope",
          "-- view: x  X.\n-- scope: person p.id\n-- columns: at address\nSELECT p.at WHERE 1 = 1 /*scope*/" },
        { "unknown type", "-- view: x  X.\n-- scope: public\n-- columns: id moon\nSELECT 1" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        view v;
        CASE(cases[i].what);
        assert_non_null(view_read(str_of(cases[i].text), &v));
    }
}

/* Each in both forms, with all arguments set. */
static void every_view_and_statement_runs(const char *url)
{
    app *p = database_app(url);
    store_txn *t = NULL;
    check_ok(store_read_begin(app_store(p), check_arena(), &t));
    check_ok(store_prepare_all(t, check_arena()));
    store_read_end(t);
    for (size_t i = 0; view_at(i); i++) {
        const view *v = view_at(i);
        named args[14] = { { "now", V_INT(1) } };
        for (size_t k = 0; k < v->arg_count; k++)
            args[k + 1] = (named){ str_z(check_arena(), v->args[k].name),
                               V_TEXT(str_starts(v->args[k].type, STR("day")) ? STR("2020-02-08") : STR("1")) };
        CASE(str_z(check_arena(), v->name));
        for (int64_t actor = 0; actor < 2; actor++) {
            rows r = { 0 };
            int64_t n = -1;
            check_ok(view_run(app_store(p), check_arena(), v, args, actor, 10, &r));
            check_ok(view_count(app_store(p), check_arena(), v, args, actor, &n));
            assert_int_equal(n, r.count);
            assert_int_equal(r.column_count, v->column_count);
            for (size_t k = 0; k < v->column_count; k++)
                assert_string_equal(r.names[k], str_z(check_arena(), v->columns[k].name));
        }
    }
}

/* A leader of one team sees a part of what all is, and only his. */
static void a_leader_sees_his_team_alone(const char *url)
{
    app *p = database_app(url);
    arena *a = check_arena();
    static const char divisions[] =
        "[{\"code\":\"320303\",\"name\":\"D\",\"level\":\"district\"},{\"code\":\"320303001001\",\"name\":\"E\",\"level\":\"community\","
        "\"parent_code\":\"320303\"},{\"code\":\"320303001002\",\"name\":\"W\",\"level\":\"community\",\"parent_code\":\"320303\"}]";
    check_ok(database_command(p, "operation.open", 0, NULL,
                              NAMED({ "title", V_TEXT(STR("T")) }, { "zone", V_TEXT(STR("Asia/Shanghai")) }), NULL));
    check_ok(database_command(p, "division.import", 0, NULL, NAMED({ "rows", V_TEXT(str_of(divisions)) }), NULL));
    check_ok(database_command(p, "person.import", 0, NULL,
                              NAMED({ "rows", V_TEXT(STR("[{\"name\":\"A\",\"phone\":\"13800000001\"},{\"name\":\"B\"}]")) }), NULL));
    rows people = { 0 }, teams = { 0 }, r = { 0 };
    check_ok(view_run(app_store(p), a, view_find(STR("person")), NULL, 0, 0, &people));
    check_str(rows_text(&people, 0, "phone"), "138****0001");
    for (size_t i = 0; i < 2; i++)
        check_ok(database_command(
            p, "placement.record", 0, NULL,
            NAMED({ "rows", V_TEXT(text_format(a, "[{\"person\":%lld,\"community_code\":\"32030300100%zu\",\"state\":\"placed\"}]",
                                               (long long)rows_int(&people, i, "id"), i + 1)) }), NULL));
    check_ok(view_run(app_store(p), a, view_find(STR("operation")), NULL, 0, 0, &r));
    check_ok(database_command(p, "team.form", 0, NULL, NAMED({ "operation", *rows_at(&r, 0, "id") }), NULL));
    check_ok(view_run(app_store(p), a, view_find(STR("team")), NULL, 0, 0, &teams));
    check_ok(database_command(p, "role_grant.add", 0, NULL,
                              NAMED({ "person", *rows_at(&people, 0, "id") }, { "role", V_TEXT(STR("leader")) },
                                    { "scope", V_TEXT(STR("team")) }, { "team", *rows_at(&teams, 0, "id") }), NULL));
    static const struct { const char *view; int64_t all, his; } cases[] = {
        { "team", 2, 1 }, { "person", 2, 1 }, { "team_member", 2, 1 }, { "audit", 7, 0 }, { "division", 3, 3 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t all = -1, his = -1;
        const view *v = view_find(str_of(cases[i].view));
        CASE(cases[i].view);
        check_ok(view_count(app_store(p), a, v, NULL, 0, &all));
        check_ok(view_count(app_store(p), a, v, NAMED({ "now", V_INT(INT64_MAX) }), rows_int(&people, 0, "id"), &his));
        assert_int_equal(all, cases[i].all);
        assert_int_equal(his, cases[i].his);
    }
}

static void csv_is_safe_to_open(void **state)
{
    (void)state;
    view v = { .column_count = 3, .columns = { { STR("code"), STR("text") }, { STR("count"), STR("int") }, { STR("yes"), STR("yes") } } };
    value cells[] = { V_TEXT(STR("=1+1")), V_INT(-3), V_INT(1), V_TEXT(STR("a \"b\", c")), V_NULL, V_INT(0) };
    static const char *const names[] = { "code", "count", "yes" };
    rows r = { .names = names, .column_count = 3, .count = 2, .at = cells };
    check_str(view_csv(check_arena(), &v, &r, WORDS_EN),
              "\xEF\xBB\xBF" "Code,Count,Yes or no\r\n'=1+1,-3,yes\r\n\"a \"\"b\"\", c\",,no\r\n");
    check_str(view_json(check_arena(), &v, &r),
              "[{\"code\":\"=1+1\",\"count\":-3,\"yes\":true},{\"code\":\"a \\\"b\\\", c\",\"count\":null,\"yes\":false}]");
}

ON_BOTH(every_view_and_statement_runs)
ON_BOTH(a_leader_sees_his_team_alone)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(every_file_has_scope_mark_and_columns),
        CHECK_TEST(a_file_without_scope_or_mark_is_refused),
        BOTH(every_view_and_statement_runs),
        BOTH(a_leader_sees_his_team_alone),
        CHECK_TEST(csv_is_safe_to_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

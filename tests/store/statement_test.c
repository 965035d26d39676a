#include "check.h"

#include "store/migrate.h"
#include "store/statement.h"

#include <string.h>

static err *load(const char *text, statements *out)
{
    const embedded files[] = { { "duty", text, strlen(text) }, { 0 } };
    return statements_load(check_arena(), files, out);
}

static void a_file_gives_its_statements(void **state)
{
    (void)state;
    statements all;
    check_ok(load("-- duty: what is said before the first name belongs to nobody\n\n"
                  "-- name: duty.load\n-- args: id int, note text?, token blob\n"
                  "SELECT '$id' FROM duty -- $x\nWHERE id = $id AND a = $token AND ($note IS NULL "
                  "OR $id > 1);\n\n"
                  "-- name: duty.lock\n-- args: id int\nSELECT 1;\n-- @postgres\nSELECT 2 WHERE 1 "
                  "= $id::int;\n",
                  &all));
    assert_int_equal(all.count, 2);
    const statement *s = statement_find(&all, STR("duty.load"));
    assert_int_equal(s->param_count, 3);
    assert_true(s->params[1].nullable && s->params[1].kind == VALUE_TEXT && !s->params[2].nullable);
    assert_string_equal(s->params[2].name, "token");
    assert_int_equal(s->sql_postgres.len, 0);
    str numbered;
    check_ok(
        statement_numbered(check_arena(), str_trim(s->sql), s->params, s->param_count, &numbered));
    check_str(numbered,
              "SELECT '$id' FROM duty -- $x\nWHERE id = $1 AND a = $3 AND ($2 IS NULL OR $1 > 1);");
    check_str(str_trim(all.at[1].sql), "SELECT 1;");
    check_str(str_trim(all.at[1].sql_postgres), "SELECT 2 WHERE 1 = $id::int;");
    assert_null(statement_find(&all, STR("duty")));
}

static void a_mistake_in_a_file_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *text, *detail;
    } cases[] = {
        { "-- name: a.b\n-- args: id number\nSELECT $id;\n", "a.b: a type is int, text or blob" },
        { "-- name: a.b\nSELECT $id;\n", "id: a parameter that is not declared" },
        { "-- name: a.b\nSELECT 1;\n-- @postgres\nSELECT $id;\n",
          "id: a parameter that is not declared" },
        { "-- name: a.b\n-- name: a.c\nSELECT 1;\n", "a.b: no text" },
        { "-- name: a.b\nSELECT 1;\n-- name: a.b\nSELECT 1;\n", "a.b: the name stands twice" },
        { "SELECT 1;\n", "duty: text before the first name" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].text);
        statements all;
        err *e = load(cases[i].text, &all);
        check_err(e, ERR_DATABASE, "store.statement");
        check_str(e->detail, cases[i].detail);
    }
}

static void a_migration_reads_for_each_engine(void **state)
{
    (void)state;
    static const char text[] =
        "-- head\n-- @both\nCREATE TABLE a (\n    id INTEGER, b BLOB, INTEGERS TEXT\n);\n"
        "-- @sqlite\nx INTEGER\n-- @postgres\ny INTEGER\n";
    const embedded m = { "0012_a", text, sizeof text - 1 };
    assert_int_equal(migrate_number(&m), 12);
    str s = str_trim(migrate_text(check_arena(), &m, false)),
        p = str_trim(migrate_text(check_arena(), &m, true));
    assert_true(str_find(s, STR("id INTEGER, b BLOB, INTEGERS TEXT\n) STRICT;")) > 0);
    assert_true(str_find(s, STR("x INTEGER")) > 0 && str_find(s, STR("y INTEGER")) < 0);
    assert_true(str_find(p, STR("id BIGINT, b BYTEA, INTEGERS TEXT\n);")) > 0);
    assert_true(str_find(p, STR("x INTEGER")) < 0 && str_find(p, STR("y INTEGER")) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(a_file_gives_its_statements),
        CHECK_TEST(a_mistake_in_a_file_is_named),
        CHECK_TEST(a_migration_reads_for_each_engine),
    };
    return cmocka_run_group_tests_name("store/statement", tests, NULL, NULL);
}

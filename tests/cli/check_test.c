/* muster check and what it says of databases in a bad way, from the outside. */
#include "check.h"

#include "base/text.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

/* The exit code; what was said goes to said. */
static int muster(const char *args, str *said)
{
    static char buffer[1 << 16];
    const char *line = text_format(check_arena(), "build/asan/muster %s --lang en 2>&1", args).at;
    FILE *f = popen(line, "r");
    assert_non_null(f);
    size_t got = fread(buffer, 1, sizeof buffer, f);
    int status = pclose(f);
    *said = str_copy(check_arena(), (str){ buffer, got });
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static const char *database(void)
{
    str said;
    const char *db = check_path("m.db");
    for (int i = 0; i < 3; i++)
        assert_int_equal(muster(text_format(check_arena(), "command operation.open --db %s title=n%d zone=Asia/Shanghai", db, i).at, &said), 0);
    return db;
}

static void by_hand(const char *db, const char *sql)
{
    sqlite3 *c;
    char *why = NULL;
    assert_int_equal(sqlite3_open(db, &c), SQLITE_OK);
    if (sqlite3_exec(c, sql, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s: %s", sql, why);
    sqlite3_close(c);
}

static void expect(const char *args, int code, const char *words)
{
    str said;
    assert_int_equal(muster(args, &said), code);
    if (str_find(said, str_of(words)) < 0)
        fail_msg("\"%s\" is not in: %s", words, said.at);
}

static void what_is_well_is_said_with_its_seal(void **state)
{
    (void)state;
    const char *check = text_format(check_arena(), "check --db %s", database()).at;
    str said;
    expect(check, 0, "All is well: 3 entries of the record and 1 seals fit together.");
    assert_int_equal(muster(check, &said), 0);
    ptrdiff_t at = str_find(said, STR("1-"));
    assert_true(at >= 0);
    str seal = str_part(said, (size_t)at, strlen("1-4F2A-91C2-77AA-0B1C"));
    expect(text_format(check_arena(), "%s --seal %.*s", check, STR_ARG(seal)).at, 0, "All is well");
    expect(text_format(check_arena(), "%s --seal 9-0000", check).at, 2, "There is no seal 9-0000 here.");
    expect("check", 2, "--db");
}

static void what_was_done_behind_its_back_is_named(void **state)
{
    (void)state;
    static const struct { const char *sql, *words; } cases[] = {
        { "DROP TRIGGER audit_no_update; UPDATE audit SET result = 'x' WHERE seq = 2", "Entry 2 of lane 0 is not what was recorded." },
        { "DROP TRIGGER audit_no_delete; DELETE FROM audit WHERE seq = 2", "Entry 2 of lane 0 is missing" },
        { "DROP TRIGGER seal_no_delete; DELETE FROM seal; DROP TRIGGER audit_no_delete; DELETE FROM audit WHERE seq = 1",
          "Entry 1 of lane 0 is missing" },
        { "INSERT INTO person_skill VALUES (77, 'lead')", "Row 1 of the table person_skill names something that is not in person." },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].sql);
        const char *db = database();
        by_hand(db, cases[i].sql);
        expect(text_format(check_arena(), "check --db %s", db).at, 2, cases[i].words);
        assert_int_equal(remove(db), 0);
    }
}

static void a_torn_page_is_said(void **state)
{
    (void)state;
    const char *db = database();
    FILE *f = fopen(db, "r+b");
    assert_non_null(f);
    fseek(f, -4096 * 4, SEEK_END);
    for (int i = 0; i < 4096 * 4; i++)
        fputc(0x5a, f);
    fclose(f);
    expect(text_format(check_arena(), "check --db %s", db).at, 2, "damaged");
}

static void a_newer_database_is_refused(void **state)
{
    (void)state;
    const char *db = database();
    by_hand(db, "UPDATE installation SET schema_version = 9999");
    static const char *const verbs[] = { "check --db %s", "view setting --db %s", "command operation.open title=a zone=Asia/Shanghai --db %s" };
    for (size_t i = 0; i < COUNT(verbs); i++) {
        str line = str_of(verbs[i]);
        CASE(verbs[i]);
        line.len -= 2;
        expect(text_format(check_arena(), "%.*s%s", STR_ARG(line), db).at, 3, "made by a newer muster program");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(what_is_well_is_said_with_its_seal),
        CHECK_TEST(what_was_done_behind_its_back_is_named),
        CHECK_TEST(a_torn_page_is_said),
        CHECK_TEST(a_newer_database_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "world.h"

#include "base/text.h"
#include "command/check.h"
#include "store/store.h"

#include <string.h>

typedef struct doing {
    store_work work;
    const char *sql;
} doing;

static err *do_work(store_work *w, store_txn *t, arena *a)
{
    const char *sql = ((doing *)w)->sql;
    return store_query_text(t, a, sql, str_of(sql), NULL, 0, NULL, NULL);
}

static err *try_sql(app *p, const char *sql)
{
    doing d = { .work = { .run = do_work }, .sql = sql };
    return store_submit_wait(app_store(p), check_arena(), &d.work);
}

/* What keeps an honest program from it is taken off first. */
static void untie(app *p)
{
    static const char *const sqlite[] = { "DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete",
                                          "DROP TRIGGER seal_no_update", "DROP TRIGGER seal_no_delete" };
    static const char *const postgres[] = { "DROP TRIGGER audit_append_only ON audit",
                                            "DROP TRIGGER seal_append_only ON seal" };
    if (store_is_postgres(app_store(p)))
        for (size_t i = 0; i < COUNT(postgres); i++)
            check_ok(try_sql(p, postgres[i]));
    else
        for (size_t i = 0; i < COUNT(sqlite); i++)
            check_ok(try_sql(p, sqlite[i]));
}

static err *seal_at(app *p, int minute, str *result)
{
    call c = { .command = "audit.seal", .args = NAMED({ 0 }), .now = ((int64_t)DATABASE_NOW + 60 * minute) * 1000,
               .lang = WORDS_EN, .source = STR("test") };
    return app_command(p, check_arena(), &c, result);
}

/* Three operations, a seal, three more, two seals; the automatic one of the first command comes before. */
static app *history(const char *url)
{
    app *p = database_app(url);
    str result;
    for (int i = 0; i < 6; i++) {
        must(p, "operation.open", NAMED({ "title", V_TEXT(text_format(check_arena(), "n%d", i)) }, { "zone", T("Asia/Shanghai") }));
        if (i == 2)
            check_ok(seal_at(p, 0, &result));
    }
    check_ok(seal_at(p, 0, &result));
    check_ok(seal_at(p, 0, &result));
    return p;
}

static void an_untouched_record_is_well(const char *url)
{
    app *p = history(url);
    check_report r;
    str sealed = { 0 };
    check_ok(app_check(p, check_arena(), (str){ 0 }, &r));
    assert_int_equal(r.count, 0);
    assert_int_equal(r.rows, 9);
    assert_int_equal(r.seals, 4);
    check_ok(seal_at(p, 0, &sealed));
    str brief = field(sealed, "short", 0);
    check_ok(app_check(p, check_arena(), brief, &r));
    assert_int_equal(r.count, 0);
    check_str(r.last_seal, brief.at);
    check_ok(app_check(p, check_arena(), STR("5-0000-0000-0000-0000"), &r));
    assert_int_equal(r.count, 1);
    check_err(r.findings[0], ERR_CONFLICT, "check.seal_unknown");
}
ON_BOTH(an_untouched_record_is_well)

static void each_minute_of_activity_is_sealed_once(const char *url)
{
    app *p = database_app(url);
    check_report r;
    static const struct { int second; int64_t seals; } cases[] = { { 0, 1 }, { 59, 1 }, { 60, 2 }, { 61, 2 }, { 600, 3 }, { 10, 3 } };
    for (size_t i = 0; i < COUNT(cases); i++) {
        str result;
        call c = { .command = "operation.open", .now = ((int64_t)DATABASE_NOW + cases[i].second) * 1000, .lang = WORDS_EN,
                   .args = NAMED({ "title", T("a") }, { "zone", T("Asia/Shanghai") }), .source = STR("test") };
        check_ok(app_command(p, check_arena(), &c, &result));
        check_ok(app_check(p, check_arena(), (str){ 0 }, &r));
        assert_int_equal(r.count, 0);
        assert_int_equal(r.seals, cases[i].seals);
    }
}
ON_BOTH(each_minute_of_activity_is_sealed_once)

static void what_was_done_by_hand_is_refused(const char *url)
{
    app *p = history(url);
    static const char *const cases[] = { "UPDATE audit SET result = 'x' WHERE seq = 2", "DELETE FROM audit WHERE seq = 2",
                                         "UPDATE seal SET at = 1 WHERE id = 2", "DELETE FROM seal" };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i]);
        assert_non_null(try_sql(p, cases[i]));
    }
}
ON_BOTH(what_was_done_by_hand_is_refused)

static const struct deed {
    const char *what, *sql[3];
    const char *finding, *row; /* the value that names it */
} deeds[] = {
    { "a result altered", { "UPDATE audit SET result = 'x' WHERE seq = 2" }, "check.row_changed", "2" },
    { "a time altered", { "UPDATE audit SET at = at + 1 WHERE seq = 7" }, "check.row_changed", "7" },
    { "an actor put in", { "UPDATE audit SET actor_id = 5 WHERE seq = 3" }, "check.row_changed", "3" },
    { "the last row altered", { "UPDATE audit SET body = '[]' WHERE seq = 9" }, "check.row_changed", "9" },
    { "a hash altered", { "UPDATE audit SET hash = prev WHERE seq = 4" }, "check.row_changed", "4" },
    { "a row dropped", { "DELETE FROM audit WHERE seq = 5" }, "check.row_missing", "5" },
    { "the first row dropped", { "DELETE FROM audit WHERE seq = 1" }, "check.row_missing", "1" },
    { "two rows swapped",
      { "UPDATE audit SET seq = 100 WHERE seq = 2", "UPDATE audit SET seq = 2 WHERE seq = 3",
        "UPDATE audit SET seq = 3 WHERE seq = 100" },
      "check.row_changed", "2" },
    { "dropped, and those behind moved up",
      { "DELETE FROM audit WHERE seq = 2", "UPDATE audit SET seq = seq + 99 WHERE seq > 2",
        "UPDATE audit SET seq = seq - 100 WHERE seq > 99" },
      "check.row_changed", "2" },
    { "the end cut off", { "DELETE FROM audit WHERE seq > 6" }, "check.row_cut", "7" },
    { "all cut off", { "DELETE FROM audit" }, "check.row_cut", "1" },
    { "a seal altered", { "UPDATE seal SET at = at + 1 WHERE id = 2" }, "check.seal_changed", "2" },
    { "a seal dropped", { "DELETE FROM seal WHERE id = 3" }, "check.seal_missing", "3" },
    { "the first seal dropped", { "DELETE FROM seal WHERE id = 1" }, "check.seal_missing", "1" },
    { "two seals swapped",
      { "UPDATE seal SET id = 100 WHERE id = 2", "UPDATE seal SET id = 2 WHERE id = 3",
        "UPDATE seal SET id = 3 WHERE id = 100" },
      "check.seal_changed", "2" },
};

/* By any table order the first finding of the kind is the row itself. */
static void expect(const check_report *r, const struct deed *d)
{
    for (size_t i = 0; i < r->count; i++) {
        const err *e = r->findings[i];
        if (strcmp(e->message, d->finding) != 0)
            continue;
        str row = { 0 };
        for (size_t k = 0; k < e->value_count; k++)
            if (strcmp(e->values[k].name, strncmp(d->finding, "check.seal", 10) == 0 ? "seal" : "row") == 0)
                row = e->values[k].value;
        check_str(row, d->row);
        assert_true(words_hint(check_arena(), WORDS_ZH, e).len > 0);
        return;
    }
    fail_msg("%s: not named", d->what);
}

static void each_deed_is_named(const char *url)
{
    app *p = history(url);
    untie(p);
    for (size_t i = 0; i < COUNT(deeds); i++) {
        CASE(deeds[i].what);
        check_ok(try_sql(p, "CREATE TABLE audit_kept AS SELECT * FROM audit"));
        check_ok(try_sql(p, "CREATE TABLE seal_kept AS SELECT * FROM seal"));
        for (size_t k = 0; k < COUNT(deeds[i].sql) && deeds[i].sql[k]; k++)
            check_ok(try_sql(p, deeds[i].sql[k]));
        check_report r;
        check_ok(app_check(p, check_arena(), (str){ 0 }, &r));
        expect(&r, &deeds[i]);
        static const char *const back[] = { "DELETE FROM seal", "DELETE FROM audit", "INSERT INTO audit SELECT * FROM audit_kept",
                                            "INSERT INTO seal SELECT * FROM seal_kept", "DROP TABLE audit_kept", "DROP TABLE seal_kept" };
        for (size_t k = 0; k < COUNT(back); k++)
            check_ok(try_sql(p, back[k]));
        check_ok(app_check(p, check_arena(), (str){ 0 }, &r));
        assert_int_equal(r.count, 0);
    }
}
ON_BOTH(each_deed_is_named)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(an_untouched_record_is_well),
        BOTH(each_minute_of_activity_is_sealed_once),
        BOTH(what_was_done_by_hand_is_refused),
        BOTH(each_deed_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

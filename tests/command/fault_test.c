/* Every command with its 1st, 2nd, 3rd ... statement or allocation failing: nothing half done remains. */
#include "deeds.h"

#include "base/text.h"
#include "command/check.h"
#include "command/command.h"
#include "store/store.h"

#include <string.h>

/* All rows of all tables in one number; lanes apart, whose marks say which batch was the last. */
static uint64_t everything(app *p, const rows *tables)
{
    uint64_t sum = 0;
    arena *a = arena_open(check_arena(), REQUEST_MAX_BYTES * 4);
    store_txn *t = NULL;
    check_ok(store_read_begin(app_store(p), a, &t));
    for (size_t i = 0; i < tables->count; i++) {
        str name = rows_text(tables, i, "name");
        rows r = { 0 };
        const char *sql = text_format(a, "SELECT * FROM %.*s", STR_ARG(name)).at;
        check_ok(store_query_text(t, a, sql, str_of(sql), NULL, 0, NULL, &r));
        for (size_t k = 0; k < r.count; k++) {
            uint64_t row = str_hash(name);
            for (size_t c = 0; c < r.column_count; c++) {
                const value *v = &r.at[k * r.column_count + c];
                row = (row ^ str_hash(v->s) ^ (uint64_t)v->n ^ v->kind) * 1099511628211u;
            }
            sum += row; /* in whatever order they come */
        }
    }
    store_read_end(t);
    arena_close(a);
    return sum;
}

static rows tables_of(app *p)
{
    return deeds_read(p, check_arena(),
                    store_is_postgres(app_store(p))
                        ? "SELECT CAST(tablename AS TEXT) AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'lane'"
                        : "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'lane'");
}

typedef enum fault { FAULT_QUERY, FAULT_MEMORY } fault;

/* Until it goes well; says how often it failed. */
static int fail_until_done(const world *w, const deed *d, const char *key, const rows *tables, fault kind, long step, str *result)
{
    const named *args = deed_args(w, d);
    uint64_t before = everything(w->p, tables);
    for (int n = 0;; n++) {
        long after = (long)n * step;
        store_fail_after(app_store(w->p), kind == FAULT_QUERY ? after : -1, kind == FAULT_MEMORY ? after : -1);
        err *e = deed_run(w, d, args, key, result);
        store_fail_after(app_store(w->p), -1, -1);
        if (!e)
            return n;
        check_err(e, kind == FAULT_QUERY ? ERR_DISK : ERR_MEMORY, NULL);
        assert_true(before == everything(w->p, tables));
    }
}

/* What is shown once is kept nowhere: the same key does not bring it back. */
static bool is_shown_once(const deed *d)
{
    static const char *const shown[] = { "person.reveal", "org_headcount.reveal", "care.read", "pass.issue", "pass.renew", "pass.calendar", "pass.open", "login.issue_code" };
    for (size_t i = 0; i < COUNT(shown); i++)
        if (strcmp(d->command, shown[i]) == 0)
            return true;
    return false;
}

static void try_deed(const world *w, const deed *d, const char *key, const rows *tables, fault kind, long step)
{
    str result = { 0 }, again = { 0 };
    const named *args = deed_args(w, d);
    uint64_t before = everything(w->p, tables);
    CASE(d->command);
    assert_true(fail_until_done(w, d, key, tables, kind, step, &result) >= 2);
    uint64_t after = everything(w->p, tables);
    assert_true(before != after);
    CASE(text_format(check_arena(), "%s: its key", d->command).at);
    check_ok(deed_run(w, d, args, key, &again));
    if (!is_shown_once(d))
        check_str(again, str_z(check_arena(), result));
    assert_true(after == everything(w->p, tables));
}

static bool is_told_before(const deed *d)
{
    for (const deed *b = deeds; b < d; b++)
        if (strcmp(b->command, d->command) == 0)
            return true;
    return false;
}

static void run_all(const char *url, fault kind, long step)
{
    world w = world_build(url);
    rows tables = tables_of(w.p);
    assert_true(tables.count > 40);
    for (const deed *d = deeds; d->command; d++) {
        const char *key = text_format(check_arena(), "deed %d", (int)(d - deeds)).at;
        str result;
        CASE(d->command);
        if (is_told_before(d)) /* tried already; this one is for the story */
            check_ok(deed_run(&w, d, deed_args(&w, d), key, &result));
        else
            try_deed(&w, d, key, &tables, kind, step);
    }
    check_report r;
    check_ok(app_check(w.p, check_arena(), (str){ 0 }, &r));
    assert_int_equal(r.count, 0);
}

static void a_statement_that_fails_leaves_nothing(const char *url)
{
    run_all(url, FAULT_QUERY, 1);
}
ON_BOTH(a_statement_that_fails_leaves_nothing)

/* Each allocation on SQLite; on PostgreSQL, which is asked over a socket, each 9th. */
static void memory_that_runs_out_leaves_nothing(const char *url)
{
    run_all(url, FAULT_MEMORY, str_starts(str_of(url), STR("postgres")) ? 9 : 1);
}
ON_BOTH(memory_that_runs_out_leaves_nothing)

static void every_command_is_tried(void **state)
{
    (void)state;
    for (size_t i = 0; app_command_at(i); i++) {
        bool there = false;
        for (const deed *d = deeds; d->command; d++)
            there = there || strcmp(d->command, app_command_at(i)->name) == 0;
        CASE(app_command_at(i)->name);
        assert_true(there); /* add a row to deeds */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(every_command_is_tried),
        BOTH(a_statement_that_fails_leaves_nothing),
        BOTH(memory_that_runs_out_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

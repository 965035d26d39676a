/* Commands committed together: when one fails and the others run again, ids, salts and the chain are as if it had not. */
#include "world.h"

#include "base/text.h"
#include "command/check.h"
#include "store/store.h"

enum { COMMANDS = 3, FAULTS_MAX = 24, SEED = 7 };

static void app_drop(void *p)
{
    app_close(p);
}

/* The whole chain as text, of a database of its own in which the query after `after` others fails; negative: none. */
static str chain_of(long after, err **e)
{
    app *p = NULL;
    arena *a = check_arena();
    call calls[COMMANDS];
    named args[COMMANDS][2] = { { { 0 } } };
    str results[COMMANDS];
    const char *file = check_path(text_format(a, "%ld.db", after).at);
    check_ok(app_open(a, &(app_options){ .url = file, .stepped = true, .mode = "demo", .seed = SEED }, &p));
    arena_defer(a, app_drop, p);
    for (int i = 0; i < COMMANDS; i++) {
        str person = text_format(a, "[{\"name\":\"Wang %d\",\"phone\":\"1380000000%d\"}]", i, i);
        args[i][0] = (named){ "rows", V_TEXT(person) };
        calls[i] = (call){ .command = "person.import", .now = (int64_t)DATABASE_NOW * 1000, .lang = WORDS_EN,
                           .args = args[i], .source = STR("test") };
    }
    store_fail_after(app_store(p), after, -1);
    *e = app_commands(p, a, calls, COMMANDS, results);
    store_fail_after(app_store(p), -1, -1);
    check_report report;
    check_ok(app_check(p, a, (str){ 0 }, &report));
    assert_int_equal(report.count, 0);
    rows r = { 0 };
    store_txn *t = NULL;
    check_ok(store_read_begin(app_store(p), a, &t));
    check_ok(store_query_text(t, a, "chain", STR("SELECT command, hash FROM audit ORDER BY lane, seq"), NULL, 0, NULL, &r));
    store_read_end(t);
    text chain = text_begin(a);
    for (size_t i = 0; i < r.count; i++) {
        if (!str_is(rows_text(&r, i, "command"), "audit.seal"))
            text_put(&chain, rows_text(&r, i, "hash"));
    }
    return text_done(&chain);
}

static void run_again_the_chain_is_the_same(void **state)
{
    (void)state;
    err *e = NULL;
    str whole = chain_of(-1, &e);
    int refused = 0, again = 0;
    check_ok(e);
    for (long after = 0; after < FAULTS_MAX; after += 3) {
        str chain = chain_of(after, &e);
        if (e) { /* the one that failed alone, with nothing written before it */
            check_err(e, ERR_DISK, "store.io");
            assert_true(chain.len < whole.len);
            refused++;
            continue;
        }
        assert_true(str_equal(chain, whole));
        again++;
    }
    assert_true(refused > 0 && again > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(run_again_the_chain_is_the_same),
    };
    return cmocka_run_group_tests_name("command/batch", tests, NULL, NULL);
}

#include "database.h"

#include "command/check.h"

#include "base/text.h"
#include "command/audit.h"
#include "command/command.h"
#include "view/view.h"

#define T(z) V_TEXT(str_of(z))
#define PEOPLE "[{\"name\":\"Wang\",\"org\":[\"Bureau\",\"One\"],\"skills\":[\"lead\"]},{\"name\":\"Li\",\"org\":[\"Bureau\"]}]"

static call call_of(const char *command, const named *args, const char *key)
{
    return (call){ .command = command, .args = args, .key = str_of(key), .now = (int64_t)DATABASE_NOW * 1000,
                   .lang = WORDS_EN, .source = STR("test") };
}

static int64_t count_of(app *p, const char *name)
{
    int64_t n = -1;
    check_ok(view_count(app_store(p), check_arena(), view_find(str_of(name)), NAMED({ 0 }), 0, &n));
    return n;
}

static void json_drop(void *what)
{
    json_decref(what);
}

static json_t *tree_of(const char *text)
{
    json_t *tree = json_loads(text, 0, NULL);
    assert_non_null(tree);
    arena_defer(check_arena(), json_drop, tree);
    return tree;
}

static void several_commands_keep_their_own_answers(const char *url)
{
    app *p = database_app(url);
    static const char *const rows[] = { "[{\"name\":\"A\"}]", "[{\"name\":\"B\"}]", "[{\"name\":\"A\"},{\"name\":\"C\"}]" };
    call calls[COUNT(rows)];
    str results[COUNT(rows)];
    for (size_t i = 0; i < COUNT(rows); i++) {
        calls[i] = call_of("person.import", NULL, NULL);
        calls[i].rows = tree_of(rows[i]);
    }
    check_ok(app_commands(p, check_arena(), calls, COUNT(rows), results));
    assert_int_equal(str_find(results[0], STR("{\"added\":1,\"changed\":0,\"same\":0")), 0);
    assert_int_equal(str_find(results[2], STR("{\"added\":1,\"changed\":0,\"same\":1")), 0);
    assert_int_equal(count_of(p, "person"), 3);
    check_report v;
    check_ok(app_check(p, check_arena(), (str){ 0 }, &v));
    assert_int_equal(v.rows, 3);
    assert_int_equal(v.count, 0);
}

static void of_several_commands_only_the_bad_one_fails(const char *url)
{
    app *p = database_app(url);
    call calls[3];
    str results[3];
    calls[0] = call_of("operation.open", NAMED({ "title", T("A") }, { "zone", T("Asia/Shanghai") }), NULL);
    calls[1] = call_of("operation.open", NAMED({ "title", T("B") }, { "zone", T("Nowhere/None") }), NULL);
    calls[2] = call_of("operation.open", NAMED({ "title", T("C") }, { "zone", T("Asia/Shanghai") }), NULL);
    assert_non_null(app_commands(p, check_arena(), calls, 3, results));
    assert_int_equal(results[1].len, 0);
    assert_true(results[0].len && results[2].len);
    assert_int_equal(count_of(p, "operation"), 2);
    calls[1] = call_of("operation.open", NAMED({ "title", T("B") }), NULL); /* cannot be read: none is run */
    check_err(app_commands(p, check_arena(), calls, 3, results), ERR_INPUT, "command.bad.missing");
    assert_int_equal(count_of(p, "operation"), 2);
}

static void one_key_twice_in_a_batch_is_one_command(const char *url)
{
    app *p = database_app(url);
    const named *args = NAMED({ "title", T("A") }, { "zone", T("Asia/Shanghai") });
    call calls[] = { call_of("operation.open", args, "k"), call_of("operation.open", args, "k") };
    str results[2];
    check_ok(app_commands(p, check_arena(), calls, 2, results));
    check_str(results[1], str_z(check_arena(), results[0]));
    assert_int_equal(count_of(p, "operation"), 1);
}

/* The key knows rows by their text, however they come. */
static void rows_already_read_are_the_same_as_their_text(const char *url)
{
    app *p = database_app(url);
    call as_text = call_of("person.import", NAMED({ "rows", T(PEOPLE) }), "k");
    call as_tree = call_of("person.import", NULL, "k");
    as_tree.rows = tree_of(PEOPLE);
    str one, two;
    check_ok(app_command(p, check_arena(), &as_text, &one));
    check_ok(app_command(p, check_arena(), &as_tree, &two));
    check_str(two, str_z(check_arena(), one));
    as_tree.rows = tree_of("[{\"name\":\"Wang\"}]");
    check_err(app_command(p, check_arena(), &as_tree, &two), ERR_KEY_REUSED, "command.key_reused");
    as_tree = call_of("person.import", NULL, NULL);
    as_tree.rows = tree_of("{}");
    check_err(app_command(p, check_arena(), &as_tree, &two), ERR_INPUT, "command.bad.rows");
    as_tree.rows = tree_of("[{\"name\":\"A\",\"nickname\":\"x\"}]");
    check_err(app_command(p, check_arena(), &as_tree, &two), ERR_USAGE, "command.bad.unknown");
    as_tree = call_of("operation.open", NAMED({ "title", T("A") }, { "zone", T("Asia/Shanghai") }), NULL);
    as_tree.rows = tree_of("[]");
    check_err(app_command(p, check_arena(), &as_tree, &two), ERR_USAGE, "command.bad.unknown");
}

static void a_person_without_telephone_is_found_again(const char *url)
{
    app *p = database_app(url);
    static const char rows[] = "[{\"name\":\"Li\",\"org\":[\"Bureau\"],\"address\":\"x\"},{\"name\":\"Li\",\"address\":\"x\"},"
                               "{\"name\":\"Li\",\"org\":[\"Bureau\"],\"address\":\"y\"},{\"name\":\"Li\",\"phone\":\"13800000001\"}]";
    str one, two;
    check_ok(database_command(p, "person.import", 0, NULL, NAMED({ "rows", T(rows) }), &one));
    check_ok(database_command(p, "person.import", 0, NULL, NAMED({ "rows", T(rows) }), &two));
    assert_int_equal(str_find(one, STR("{\"added\":4,\"changed\":0,\"same\":0")), 0);
    assert_int_equal(str_find(two, STR("{\"added\":0,\"changed\":0,\"same\":4")), 0);
    check_str(str_from(two, (size_t)str_find(two, STR("\"ids\""))),
              str_z(check_arena(), str_from(one, (size_t)str_find(one, STR("\"ids\"")))));
}

static err *spoil_head(store_work *w, store_txn *t, arena *a)
{
    (void)w;
    *store_lane_head(t) = (store_head){ .known = true, .seq = 99 };
    return err_new(a, ERR_CONFLICT, "command.rights", NULL);
}

/* What a work left as the end of the chain goes with it when it is rolled back. */
static void a_rollback_forgets_the_end_of_the_chain(const char *url)
{
    app *p = database_app(url);
    const named *args = NAMED({ "title", T("A") }, { "zone", T("Asia/Shanghai") });
    store_work w = { .run = spoil_head };
    check_report v;
    check_ok(database_command(p, "operation.open", 0, NULL, args, NULL));
    check_err(store_submit_wait(app_store(p), check_arena(), &w), ERR_CONFLICT, "command.rights");
    check_ok(database_command(p, "operation.open", 0, NULL, args, NULL));
    check_ok(app_check(p, check_arena(), (str){ 0 }, &v));
    assert_int_equal(v.rows, 2);
    assert_int_equal(v.count, 0);
}

ON_BOTH(several_commands_keep_their_own_answers)
ON_BOTH(of_several_commands_only_the_bad_one_fails)
ON_BOTH(a_rollback_forgets_the_end_of_the_chain)
ON_BOTH(one_key_twice_in_a_batch_is_one_command)
ON_BOTH(rows_already_read_are_the_same_as_their_text)
ON_BOTH(a_person_without_telephone_is_found_again)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(several_commands_keep_their_own_answers),
        BOTH(of_several_commands_only_the_bad_one_fails),
        BOTH(a_rollback_forgets_the_end_of_the_chain),
        BOTH(one_key_twice_in_a_batch_is_one_command),
        BOTH(rows_already_read_are_the_same_as_their_text),
        BOTH(a_person_without_telephone_is_found_again),
    };
    return cmocka_run_group_tests_name("command/app", tests, NULL, NULL);
}

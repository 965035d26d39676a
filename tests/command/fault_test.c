/* Every command with its 1st, 2nd, 3rd ... statement or allocation failing: nothing half done remains. */
#include "world.h"

#include "base/text.h"
#include "command/check.h"
#include "command/command.h"
#include "store/store.h"

#include <string.h>

/* $word is an id of the world, or the newest of that table; arguments are parted by |. */
static const struct deed {
    const char *command, *args;
} deeds[] = {
    { "operation.open", "title=Week|zone=Asia/Shanghai" },
    { "division.import", "rows=[{\"code\":\"320304\",\"name\":\"Gulou\",\"level\":\"district\"},"
                         "{\"code\":\"320303001\",\"name\":\"Pengcheng\",\"level\":\"subdistrict\",\"parent_code\":\"320304\"}]" },
    { "compound.import", "rows=[{\"community_code\":\"320303001001\",\"kind\":\"compound\",\"name\":\"Sun\",\"aliases\":[\"S\"],"
                         "\"ranges\":[{\"from\":1,\"to\":9,\"side\":\"odd\"}]}]" },
    { "org.import", "rows=[{\"path\":[\"Bureau\",\"Three\"]},{\"path\":[\"School\"]}]" },
    { "person.import", "rows=[{\"name\":\"Wang\",\"phone\":\"13800000001\",\"org\":[\"Bureau\",\"Two\"],\"skills\":[\"dialect\"]},"
                       "{\"name\":\"Sun\",\"phone\":\"13800000007\",\"org\":[\"Court\"],\"skills\":[\"lead\"]}]" },
    { "placement.record", "rows=[{\"person\":\"$person\",\"community_code\":\"320303001001\",\"state\":\"placed\"},"
                          "{\"person\":\"$third\",\"state\":\"queued\",\"reasons\":\"unknown\"}]" },
    { "placement.settle", "text_key=somewhere|outside=1" },
    { "team.form", "operation=$first_operation" },
    { "team.propose", "rows=[{\"team\":\"$team\",\"office\":\"leader\",\"person\":\"$first\",\"reason\":\"r\"}]" },
    { "team.confirm", "team=$team|leader=$first" },
    { "post.import", "rows=[{\"team\":\"$team\",\"name\":\"Desk\",\"kind\":\"desk\",\"skills\":[\"lead\"]},"
                     "{\"team\":\"$team\",\"name\":\"Gate\",\"kind\":\"checkpoint\"}]" },
    { "shift.import", "rows=[{\"operation\":\"$first_operation\",\"name\":\"Night\",\"kind\":\"night\",\"start_minute\":1200,"
                      "\"end_minute\":1560}]" },
    { "need.import", "rows=[{\"team\":\"$team\",\"post\":\"$gate\",\"shift\":\"$day\",\"starts_on\":\"2020-02-10\",\"starts_at\":1,"
                     "\"ends_at\":2,\"min\":1,\"target\":2,\"limit\":3}]" },
    { "need.copy", "team=$team|from_on=2020-02-07|to_on=2020-02-09" },
    { "availability.import", "rows=[{\"person\":\"$first\",\"starts_at\":1,\"ends_at\":2,\"level\":\"cannot\"}]" },
    { "care_rule.set", "person=$first|rule=no_night|value=1" },
    { "care_rule.drop", "person=$first|rule=no_night" },
    { "person_pair.set", "operation=$first_operation|a=$first|b=$second|kind=apart" },
    { "person_pair.drop", "operation=$first_operation|a=$first|b=$second" },
    { "person.reveal", "rows=[{\"person\":\"$first\"},{\"person\":\"$second\"}]|purpose=call" },
    { "setting.set", "scope=operation:$first_operation|name=roster.rest_hours|value=9" },
    { "import.begin", "kind=people|file_hash=abc" },
    { "import.rows", "import=$import|rows=[{\"row_no\":1,\"cells\":[\"a\"],\"verdict\":\"ready\"}]" },
    { "import.finish", "import=$import" },
    { "roster.draft", "team=$team|from_on=2020-02-07|to_on=2020-02-08|lines=[{\"need\":\"$one\",\"person\":\"$first\",\"lead\":1},"
                      "{\"need\":\"$two\",\"person\":\"$second\"}]|gaps=[{\"need\":\"$two\",\"missing\":1}]" },
    { "roster.lock", "roster=$roster|need=$one|person=$first|yes=1" },
    { "roster.publish", "roster=$roster" },
    { "role_grant.add", "person=$first|role=leader|scope=team|team=$team" },
    { "audit.seal", "" },
};

static rows read_all(app *p, arena *a, const char *sql)
{
    rows r = { 0 };
    store_txn *t = NULL;
    check_ok(store_read_begin(app_store(p), a, &t));
    check_ok(store_query_text(t, a, sql, str_of(sql), NULL, 0, NULL, &r));
    store_read_end(t);
    return r;
}

static str word_of(const world *w, str name)
{
    const struct { const char *name; str id; } known[] = {
        { "first", w->person[0] }, { "second", w->person[1] }, { "third", w->person[2] }, { "team", w->team },
        { "gate", w->post },       { "day", w->shift },        { "one", w->need[0] },     { "two", w->need[1] },
        { "first_operation", w->operation },
    };
    for (size_t i = 0; i < COUNT(known); i++)
        if (str_is(name, known[i].name))
            return known[i].id;
    arena *a = check_arena();
    rows r = read_all(w->p, a, text_format(a, "SELECT max(id) AS id FROM %.*s", STR_ARG(name)).at);
    return text_format(a, "%lld", (long long)rows_int(&r, 0, "id"));
}

static str filled(const world *w, str pattern)
{
    text t = text_begin(check_arena());
    str part;
    for (bool first = true; pattern.len && str_split(&pattern, '$', &part); first = false) {
        size_t end = 0;
        while (!first && end < part.len && (part.at[end] == '_' || (part.at[end] >= 'a' && part.at[end] <= 'z')))
            end++;
        if (end)
            text_put(&t, word_of(w, str_part(part, 0, end)));
        text_put(&t, str_from(part, end));
    }
    return text_done(&t);
}

static const named *args_of(const world *w, const struct deed *d)
{
    named *args = arena_many(check_arena(), named, ARGS_MAX + 1);
    str rest = filled(w, str_of(d->args)), part, name;
    for (size_t i = 0; rest.len && str_split(&rest, '|', &part); i++) {
        str_split(&part, '=', &name);
        args[i] = (named){ str_z(check_arena(), name), V_TEXT(part) };
    }
    return args;
}

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
    return read_all(p, check_arena(),
                    store_is_postgres(app_store(p))
                        ? "SELECT CAST(tablename AS TEXT) AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'lane'"
                        : "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'lane'");
}

typedef enum fault { FAULT_QUERY, FAULT_MEMORY } fault;

/* Until it goes well; says how often it failed. */
static int fail_until_done(world *w, const struct deed *d, const rows *tables, fault kind, long step, str *result)
{
    const named *args = args_of(w, d);
    uint64_t before = everything(w->p, tables);
    for (int n = 0;; n++) {
        long after = (long)n * step;
        store_fail_after(app_store(w->p), kind == FAULT_QUERY ? after : -1, kind == FAULT_MEMORY ? after : -1);
        err *e = database_command(w->p, d->command, 0, d->command, args, result);
        store_fail_after(app_store(w->p), -1, -1);
        if (!e)
            return n;
        check_err(e, kind == FAULT_QUERY ? ERR_DISK : ERR_MEMORY, NULL);
        assert_true(before == everything(w->p, tables));
    }
}

static void run_all(const char *url, fault kind, long step)
{
    world w = world_build(url);
    rows tables = tables_of(w.p);
    assert_true(tables.count > 40);
    for (size_t i = 0; i < COUNT(deeds); i++) {
        CASE(deeds[i].command);
        str result = { 0 }, again = { 0 };
        uint64_t before = everything(w.p, &tables);
        assert_true(fail_until_done(&w, &deeds[i], &tables, kind, step, &result) >= 2);
        uint64_t after = everything(w.p, &tables);
        assert_true(before != after);
        CASE(text_format(check_arena(), "%s: its key", deeds[i].command).at);
        check_ok(database_command(w.p, deeds[i].command, 0, deeds[i].command, args_of(&w, &deeds[i]), &again));
        if (strcmp(deeds[i].command, "person.reveal") != 0) /* telephones are shown once and kept nowhere */
            check_str(again, str_z(check_arena(), result));
        assert_true(after == everything(w.p, &tables));
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

/*
 * Commands of the weekend that are not tried here yet: they want a longer story before them. One that gets its row
 * above must be taken off.
 */
static const char *const not_yet[] = {
    "attendance.all_present", "attendance.check_out", "attendance.close_forgotten", "attendance.confirm",
    "attendance.confirm_day", "attendance.key_sheet", "attendance.void", "attendance.walk_in", "bulletin.draft",
    "bulletin.freeze", "care.let_read", "care.write", "certificate.issue", "certificate.print",
    "certificate.replace", "certificate.revoke", "channel.set", "donation.record", "donation.reverse",
    "duty.add", "duty.check_in", "duty.check_out", "duty.confirm", "duty.excuse", "duty.no_show",
    "duty.stand_down", "join_request.accept", "join_request.ask", "join_request.refuse",
    "join_request.withdraw", "message.receipt", "message.settle", "message.settle_many", "message.take",
    "notice.answer", "notice.call", "notice.calling", "notice.escalate", "notice.queue", "notice.send",
    "notice.take_over", "notice.unreachable", "operation.close", "order.close", "order.draft", "order.release",
    "reinforcement.add_person", "reinforcement.agree", "reinforcement.decline", "reinforcement.end",
    "reinforcement.propose", "reinforcement.start", "structure.approve", "structure.draft", "structure.propose",
    "structure.send_back", "swap.accept", "swap.ask", "swap.refuse", "swap.withdraw", "withdrawal.end",
    "withdrawal.report", "withdrawal.start",
};

static void every_command_is_tried(void **state)
{
    (void)state;
    for (size_t i = 0; app_command_at(i); i++) {
        bool there = false;
        for (size_t k = 0; k < COUNT(deeds); k++)
            there = there || strcmp(deeds[k].command, app_command_at(i)->name) == 0;
        bool later = false;
        for (size_t k = 0; k < COUNT(not_yet); k++)
            later = later || strcmp(not_yet[k], app_command_at(i)->name) == 0;
        CASE(app_command_at(i)->name);
        assert_true(there != later); /* add a row to deeds */
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

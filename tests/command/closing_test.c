/* Once an operation is closed: every command of the story before a closed operation, in its place. */
#include "deeds.h"

#include "base/text.h"
#include "command/command.h"
#include "store/store.h"

#include <string.h>

/* What still works, and what belongs to no operation; whatever else there is must be refused. A new command stands here or not. */
static const char *const go_on[] = {
    "attendance.close_forgotten", "attendance.confirm", "attendance.confirm_day", "attendance.key_sheet", "attendance.void",
    "bulletin.draft", "bulletin.freeze", "certificate.issue", "certificate.print", "certificate.replace", "certificate.revoke",
    "donation.reverse", "duty.thank", "job.paper", "message.receipt", "message.settle", "message.settle_many", "message.take",
    "attendance.object", "note.settle", "note.write",
};
static const char *const apart[] = {
    "audit.seal", "availability.import", "care.let_read", "care.read", "care.write", "care_rule.drop", "care_rule.set",
    "channel.set", "column_choice.put", "compound.import", "division.import", "handed_list.add", "handed_list.withdraw", "import.begin", "import.finish", "import.rows", "import.undo", "operation.open",
    "job.again", "job.cancel", "job.done", "job.fail", "job.forget", "job.import", "job.plan", "job.progress", "job.put_back", "job.stopped", "job.take",
    "login.enter", "login.issue_code", "login.set",
    "org.import", "org_headcount.reveal", "org_headcount.say", "pass.calendar", "pass.issue", "pass.open", "pass.renew", "pass.revoke", "person.change_phone", "person.keep_apart", "person.merge", "person.unmerge", "person.correct", "person.import", "person.reveal", "person.skill", "placement.record", "placement.settle", "role_grant.add", "role_grant.end",
    "session.end", "session.end_others",
};

static bool is_in(const char *const *list, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i], name) == 0)
            return true;
    return false;
}

static command_closed wanted(const char *name)
{
    return is_in(go_on, COUNT(go_on), name) ? CLOSED_GOES_ON : is_in(apart, COUNT(apart), name) ? CLOSED_APART : CLOSED_STOPS;
}

static void every_command_has_its_answer(void **state)
{
    (void)state;
    size_t named = 0;
    for (size_t i = 0; app_command_at(i); i++) {
        const command *m = app_command_at(i);
        CASE(m->name);
        assert_int_equal(m->closed, wanted(m->name));
        named += m->closed != CLOSED_STOPS;
    }
    assert_int_equal(named, COUNT(go_on) + COUNT(apart));
}

typedef struct by_hand {
    store_work work; /* first */
    const char *sql;
} by_hand;

static err *run_by_hand(store_work *work, store_txn *t, arena *a)
{
    const char *sql = ((by_hand *)work)->sql;
    return store_query_text(t, a, sql, str_of(sql), NULL, 0, NULL, NULL);
}

static void set_state(const world *w, const char *sql)
{
    by_hand h = { .work.run = run_by_hand, .sql = sql };
    check_ok(store_submit_wait(app_store(w->p), check_arena(), &h.work));
}

/* The call is good in every other way: opened again by hand, it runs. */
static void a_closed_operation_changes_no_more(const char *url)
{
    world w = world_build(url);
    str result;
    for (const deed *d = deeds; d->command; d++) {
        const named *args = deed_args(&w, d);
        CASE(d->command);
        set_state(&w, "UPDATE operation SET state = 'closed', closed_at = 1");
        err *e = deed_run(&w, d, args, NULL, &result);
        if (wanted(d->command) == CLOSED_STOPS)
            check_err(e, ERR_CONFLICT, "operation.closed");
        else
            check_ok(e);
        set_state(&w, "UPDATE operation SET state = 'open', closed_at = NULL");
        if (e)
            check_ok(deed_run(&w, d, args, NULL, &result));
    }
}
ON_BOTH(a_closed_operation_changes_no_more)

static void another_operation_goes_on(const char *url)
{
    world w = world_build(url);
    str other = field(must(w.p, "operation.open", NAMED({ "title", T("Next") }, { "zone", T("Asia/Shanghai") })), "id", 0), result;
    must(w.p, "operation.close", NAMED({ "operation", V_TEXT(w.operation) }));
    check_err(database_command(w.p, "need.copy", 0, NULL,
                               NAMED({ "team", V_TEXT(w.team) }, { "from_on", T("2020-02-07") }, { "to_on", T("2020-02-09") }), &result),
              ERR_CONFLICT, "operation.closed");
    must(w.p, "team.form", NAMED({ "operation", V_TEXT(other) }));
    CASE("one closed operation among the rows refuses them all");
    const char *shift = "{\"operation\":\"%s\",\"name\":\"%s\",\"kind\":\"day\",\"start_minute\":1,\"end_minute\":2}";
    str open = text_format(check_arena(), shift, other.at, "A"), closed = text_format(check_arena(), shift, w.operation.at, "B");
    check_err(database_command(w.p, "shift.import", 0, NULL, ROWS("[%s,%s]", open.at, closed.at), &result), ERR_CONFLICT,
              "operation.closed");
    must(w.p, "shift.import", ROWS("[%s]", open.at));
    CASE("an operation that is not there");
    check_err(database_command(w.p, "operation.close", 0, NULL, NAMED({ "operation", T("999") }), &result), ERR_NOT_FOUND,
              "operation.missing");
}
ON_BOTH(another_operation_goes_on)

/* A key that was run before the closing brings back its result. */
static void what_was_done_before_is_still_answered(const char *url)
{
    world w = world_build(url);
    const named *args = NAMED({ "team", V_TEXT(w.team) }, { "from_on", T("2020-02-07") }, { "to_on", T("2020-02-09") });
    str result;
    check_ok(database_command(w.p, "need.copy", 0, "k", args, &result));
    must(w.p, "operation.close", NAMED({ "operation", V_TEXT(w.operation) }));
    check_ok(database_command(w.p, "need.copy", 0, "k", args, &result));
    check_str(result, "{\"added\":1}");
}
ON_BOTH(what_was_done_before_is_still_answered)

int main(void)
{
    const struct CMUnitTest tests[] = { CHECK_TEST(every_command_has_its_answer), BOTH(a_closed_operation_changes_no_more),
                                        BOTH(another_operation_goes_on), BOTH(what_was_done_before_is_still_answered) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Background work as rows: asked for, planned once, taken with a lease, settled by whoever holds it. */
#include "world.h"

#include "base/text.h"
#include "command/job.h"
#include "view/view.h"

#include <jansson.h>
#include <pthread.h>
#include <stdlib.h>

#define NOW_MS (DATABASE_NOW * 1000LL)
enum { SECOND = 1000, MINUTE = 60 * SECOND };

static err *run_as(const world *w, int64_t after_ms, int64_t actor, const char *command, const named *args, str *result)
{
    static str ignored;
    call c = { .command = command, .args = args, .actor_id = actor, .now = NOW_MS + after_ms, .lang = WORDS_EN, .source = STR("test") };
    return app_command(w->p, check_arena(), &c, result ? result : &ignored);
}

static const named *span(const world *w, const char *from, const char *to, const char *seconds)
{
    return arena_copy(check_arena(), NAMED({ "team", V_TEXT(w->team) }, { "from_on", T(from) }, { "to_on", T(to) },
                                           { "seconds", seconds ? T(seconds) : V_NULL }), 5 * sizeof(named));
}

static str solve(const world *w)
{
    str result = { 0 };
    check_ok(run_as(w, 0, 0, "job.solve", span(w, "2020-02-07", "2020-02-08", NULL), &result));
    return field(result, "id", 0);
}

/* The number of the attempt; 0: nothing was there to take. */
static int64_t take(const world *w, int64_t after_ms, str job)
{
    str result = { 0 };
    check_ok(run_as(w, after_ms, 0, "job.take", NULL, &result));
    json_t *j = json_loadb(result.at, result.len, 0, NULL);
    int64_t attempt = json_integer_value(json_object_get(j, "attempt"));
    if (attempt)
        check_str(str_of(json_string_value(json_object_get(j, "id"))), str_z(check_arena(), job));
    json_decref(j);
    return attempt;
}

static err *about(const world *w, int64_t after_ms, const char *command, str job, int64_t attempt)
{
    bool fails = str_is(str_of(command), "job.fail");
    return run_as(w, after_ms, 0, command,
                  NAMED({ "job", V_TEXT(job) }, { "attempt", V_INT(attempt) }, { fails ? "why" : NULL, T("No font") },
                        { "again", T("yes") }), NULL);
}

static rows list(const world *w, const char *name)
{
    rows r = { 0 };
    check_ok(view_run(app_store(w->p), check_arena(), view_find(str_of(name)), NAMED({ NULL, V_NULL }), 0, 0, &r));
    return r;
}

static void is_in_state(const world *w, const char *state)
{
    rows r = list(w, "job");
    check_str(rows_text(&r, 0, "state"), state);
}

static void a_roster_is_asked_for_once_at_a_time(const char *url)
{
    world w = world_build(url);
    str result = { 0 }, id = solve(&w);
    CASE("pressed again: the same one");
    check_ok(run_as(&w, MINUTE, 0, "job.solve", span(&w, "2020-02-07", "2020-02-08", NULL), &result));
    check_str(field(result, "id", 0), str_z(check_arena(), id));
    assert_int_equal(list(&w, "job").count, 1);
    CASE("what cannot be");
    check_err(run_as(&w, 0, 0, "job.solve", span(&w, "2020-02-09", "2020-02-08", NULL), NULL), ERR_INPUT, "roster.span");
    check_err(run_as(&w, 0, 0, "job.solve", span(&w, "2020-02-01", "2020-03-08", NULL), NULL), ERR_LIMIT, "job.days");
    check_err(run_as(&w, 0, 0, "job.solve", span(&w, "2020-02-07", "2020-02-08", "0"), NULL), ERR_INPUT, "job.seconds");
    check_err(run_as(&w, 0, 0, "job.solve", span(&w, "2020-02-07", "2020-02-08", "301"), NULL), ERR_INPUT, "job.seconds");
    check_err(run_as(&w, 0, 0, "job.solve", span(&w, "2020-04-07", "2020-04-08", NULL), NULL), ERR_CONFLICT, "job.no_needs");
    check_err(run_as(&w, 0, 0, "job.solve", NAMED({ "team", T("99") }, { "from_on", T("2020-02-07") }, { "to_on", T("2020-02-07") }), NULL),
              ERR_NOT_FOUND, "team.missing");
    CASE("the leader of the team and nobody else's");
    int64_t leader = world_actor(&w, "leader", "team"), volunteer = world_actor(&w, "volunteer", "team");
    check_ok(run_as(&w, 0, leader, "job.solve", span(&w, "2020-02-07", "2020-02-08", NULL), NULL));
    check_err(run_as(&w, 0, volunteer, "job.solve", span(&w, "2020-02-07", "2020-02-08", NULL), NULL), ERR_RIGHTS, NULL);
    check_err(run_as(&w, 0, volunteer, "job.cancel", NAMED({ "job", V_TEXT(id) }), NULL), ERR_RIGHTS, NULL);
    check_ok(run_as(&w, 0, leader, "job.cancel", NAMED({ "job", V_TEXT(id) }), NULL));
    check_err(run_as(&w, 0, leader, "job.take", NULL, NULL), ERR_RIGHTS, NULL);
}
ON_BOTH(a_roster_is_asked_for_once_at_a_time)

static void planning_twice_makes_one(const char *url)
{
    world w = world_build(url);
    const named *rows = ROWS("[{\"kind\":\"forgotten\",\"key\":\"forgotten:1:10\",\"team\":\"%s\"},"
                             "{\"kind\":\"forgotten\",\"key\":\"forgotten:1:10\",\"team\":\"%s\"}]", w.team.at, w.team.at);
    check_str(must(w.p, "job.plan", rows), "{\"added\":1,\"changed\":0,\"same\":1}");
    check_str(must(w.p, "job.plan", rows), "{\"added\":0,\"changed\":0,\"same\":2}");
    assert_int_equal(list(&w, "job").count, 1);
    must(w.p, "job.plan", ROWS("[{\"kind\":\"forgotten\",\"key\":\"later\",\"due_at\":\"%lld\"}]", NOW_MS + MINUTE));
    bool due = false;
    must(w.p, "job.take", NULL);
    check_ok(app_job_due(w.p, check_arena(), NOW_MS, -1, STR(""), &due));
    assert_false(due);
    check_ok(app_job_due(w.p, check_arena(), NOW_MS + MINUTE, 0, STR(""), &due));
    assert_true(due);
    check_ok(app_job_due(w.p, check_arena(), NOW_MS + MINUTE, 1, STR(""), &due));
    assert_false(due);
}

ON_BOTH(planning_twice_makes_one)

static void who_lost_the_lease_is_refused(const char *url)
{
    world w = world_build(url);
    str id = solve(&w);
    assert_int_equal(take(&w, 0, id), 1);
    assert_int_equal(take(&w, 59 * SECOND, id), 0);
    CASE("a sign of life makes it longer");
    check_ok(about(&w, 50 * SECOND, "job.progress", id, 1));
    assert_int_equal(take(&w, 109 * SECOND, id), 0);
    CASE("silent for a minute: another takes it, and the first is not heard any more");
    assert_int_equal(take(&w, 110 * SECOND, id), 2);
    check_err(about(&w, 110 * SECOND, "job.progress", id, 1), ERR_STALE, "job.lease_lost");
    check_err(about(&w, 110 * SECOND, "job.done", id, 1), ERR_STALE, "job.lease_lost");
    check_err(about(&w, 110 * SECOND, "job.fail", id, 1), ERR_STALE, "job.lease_lost");
    check_err(about(&w, 110 * SECOND, "job.put_back", id, 1), ERR_STALE, "job.lease_lost");
    check_ok(about(&w, 110 * SECOND, "job.done", id, 2));
    check_err(about(&w, 110 * SECOND, "job.done", id, 2), ERR_STALE, "job.lease_lost");
    check_err(about(&w, 0, "job.done", STR("999"), 1), ERR_NOT_FOUND, "job.missing");
    is_in_state(&w, "done");
}
ON_BOTH(who_lost_the_lease_is_refused)

static void after_three_attempts_it_is_parked(const char *url)
{
    world w = world_build(url);
    str id = solve(&w);
    CASE("failing: later each time");
    assert_int_equal(take(&w, 0, id), 1);
    check_ok(about(&w, 0, "job.fail", id, 1));
    assert_int_equal(take(&w, 9 * SECOND, id), 0);
    assert_int_equal(take(&w, 10 * SECOND, id), 2);
    check_ok(about(&w, 10 * SECOND, "job.fail", id, 2));
    assert_int_equal(take(&w, 29 * SECOND, id), 0);
    assert_int_equal(take(&w, 30 * SECOND, id), 3);
    check_ok(about(&w, 30 * SECOND, "job.fail", id, 3));
    rows r = list(&w, "job_parked");
    assert_int_equal(r.count, 1);
    check_str(rows_text(&r, 0, "wrong"), "No font");
    CASE("again, as from the beginning; then it dies each time without a word");
    check_ok(run_as(&w, 40 * SECOND, 0, "job.again", NAMED({ "job", V_TEXT(id) }), NULL));
    check_err(run_as(&w, 40 * SECOND, 0, "job.again", NAMED({ "job", V_TEXT(id) }), NULL), ERR_CONFLICT, "job.not_parked");
    for (int n = 1; n <= JOB_ATTEMPTS_MAX; n++)
        assert_int_equal(take(&w, n * 2 * MINUTE, id), n);
    assert_int_equal(take(&w, 20 * MINUTE, id), 0);
    r = list(&w, "job_parked");
    assert_int_equal(r.count, 1);
    assert_true(str_starts(rows_text(&r, 0, "wrong"), STR("It was begun several times")));
}
ON_BOTH(after_three_attempts_it_is_parked)

static void it_is_cancelled(const char *url)
{
    world w = world_build(url);
    bool cancelled = false;
    str id = solve(&w), result = { 0 };
    const named *it = NAMED({ "job", V_TEXT(id) });
    check_ok(run_as(&w, 0, 0, "job.cancel", it, NULL));
    is_in_state(&w, "cancelled");
    assert_int_equal(take(&w, MINUTE, id), 0);
    check_err(run_as(&w, 0, 0, "job.cancel", it, NULL), ERR_CONFLICT, "job.ended");
    CASE("under way: it is asked to stop, and says itself when it has");
    id = solve(&w);
    it = NAMED({ "job", V_TEXT(id) });
    assert_int_equal(take(&w, 0, id), 1);
    check_ok(app_job_cancelled(w.p, check_arena(), atoll(id.at), &cancelled));
    assert_false(cancelled);
    check_ok(run_as(&w, 0, 0, "job.cancel", it, &result));
    check_str(field(result, "state", 0), "stopping");
    check_ok(app_job_cancelled(w.p, check_arena(), atoll(id.at), &cancelled));
    assert_true(cancelled);
    is_in_state(&w, "leased");
    CASE("put back by a server that stops: as if never taken");
    check_ok(about(&w, 0, "job.put_back", id, 1));
    assert_int_equal(take(&w, 0, id), 1);
}
ON_BOTH(it_is_cancelled)

/* The roster and the end of the job come together or not at all. */
static void a_roster_ends_its_job(const char *url)
{
    world w = world_build(url);
    str id = solve(&w);
    const char *lines = text_format(check_arena(), "[{\"need\":\"%s\",\"person\":\"%s\"}]", w.need[0].at, w.person[0].at).at;
    assert_int_equal(take(&w, 0, id), 1);
    const struct { const char *what; str team; int64_t attempt; const char *lines; err_code code; } tries[] = {
        { "another's lease", w.team, 2, lines, ERR_STALE },
        { "another team", w.other, 1, "[]", ERR_INPUT },
        { "a line that is none of the team's", w.team, 1, "[{\"need\":\"999\",\"person\":\"1\"}]", ERR_INPUT },
    };
    for (size_t i = 0; i < COUNT(tries); i++) {
        CASE(tries[i].what);
        check_err(run_as(&w, 0, 0, "roster.draft_solved",
                         NAMED({ "job", V_TEXT(id) }, { "attempt", V_INT(tries[i].attempt) }, { "team", V_TEXT(tries[i].team) },
                               { "from_on", T("2020-02-07") }, { "to_on", T("2020-02-08") }, { "lines", T(tries[i].lines) }), NULL),
                  tries[i].code, NULL);
        assert_int_equal(list(&w, "roster").count, 0);
        is_in_state(&w, "leased");
    }
    check_ok(run_as(&w, 0, 0, "roster.draft_solved",
                    NAMED({ "job", V_TEXT(id) }, { "attempt", V_INT(1) }, { "team", V_TEXT(w.team) }, { "from_on", T("2020-02-07") },
                          { "to_on", T("2020-02-08") }, { "lines", T(lines) }, { "steps", V_INT(7) }, { "missing", V_INT(1) }), NULL));
    rows r = list(&w, "roster"), j = list(&w, "job");
    assert_int_equal(r.count, 1);
    assert_int_equal(rows_int(&r, 0, "lines"), 1);
    assert_int_equal(rows_int(&j, 0, "roster_id"), rows_int(&r, 0, "id"));
    assert_int_equal(rows_int(&j, 0, "missing"), 1);
    is_in_state(&w, "done");
}
ON_BOTH(a_roster_ends_its_job)

/* -- two at once ---------------------------------------------------------------------------------------- */
enum { JOBS = 40, CLAIMERS = 4 };
typedef struct claimer {
    pthread_t thread;
    app *p;
    int taken[JOBS + 1]; /* by id */
    int64_t first;
} claimer;

static void *claim_all(void *of)
{
    claimer *x = of;
    for (int64_t id = 1; id;) {
        arena *a = arena_open(NULL, 1 << 20);
        str result = { 0 };
        call c = { .command = "job.take", .args = NAMED({ NULL, V_NULL }), .now = NOW_MS, .lang = WORDS_EN, .source = STR("test") };
        id = 0;
        if (!app_command(x->p, a, &c, &result)) {
            json_t *j = json_loadb(result.at, result.len, 0, NULL);
            const char *z = json_string_value(json_object_get(j, "id"));
            if (z && str_int(str_of(z), 1, INT64_MAX, &id))
                x->taken[id - x->first]++;
            json_decref(j);
        }
        arena_close(a);
    }
    return NULL;
}

static void two_claimers_never_take_one_twice(const char *url)
{
    arena *a = check_arena();
    app *p = NULL;
    claimer x[CLAIMERS] = { { 0 } };
    text t = text_begin(a);
    check_ok(app_open(a, &(app_options){ .url = url, .mode = "drill" }, &p));
    for (int i = 0; i < JOBS; i++)
        text_printf(&t, "%s{\"kind\":\"k\",\"key\":\"k%d\"}", i ? "," : "[", i);
    text_put_z(&t, "]");
    must(p, "job.plan", NAMED({ "rows", V_TEXT(text_done(&t)) }));
    rows r = { 0 };
    store_txn *read = NULL;
    check_ok(store_read_begin(app_store(p), a, &read));
    check_ok(store_query_text(read, a, "first", STR("SELECT min(id) AS id FROM job"), NULL, 0, NULL, &r));
    store_read_end(read);
    for (int i = 0; i < CLAIMERS; i++) {
        x[i].p = p;
        x[i].first = rows_int(&r, 0, "id");
        pthread_create(&x[i].thread, NULL, claim_all, &x[i]);
    }
    for (int i = 0; i < CLAIMERS; i++)
        pthread_join(x[i].thread, NULL);
    for (int id = 0; id < JOBS; id++)
        assert_int_equal(x[0].taken[id] + x[1].taken[id] + x[2].taken[id] + x[3].taken[id], 1);
    app_close(p);
}
ON_BOTH(two_claimers_never_take_one_twice)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(a_roster_is_asked_for_once_at_a_time), BOTH(planning_twice_makes_one), BOTH(who_lost_the_lease_is_refused), BOTH(after_three_attempts_it_is_parked),
        BOTH(it_is_cancelled), BOTH(a_roster_ends_its_job), BOTH(two_claimers_never_take_one_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

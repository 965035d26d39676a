/* Background jobs worked off step by step, with the loop dropped between any two of them. */
#include "world.h"

#include "base/file.h"
#include "base/text.h"
#include "job/job.h"
#include "job/solve.h"
#include "view/view.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STEPS = 3000, MINUTE = 60000 };
static int64_t now_ms, tick_ms; /* each look at the clock takes tick_ms */

static int64_t look_at_clock(void)
{
    now_ms += tick_ms;
    return now_ms;
}

static err *run_now(const world *w, int64_t actor, const char *command, const named *args, str *result)
{
    static str ignored;
    call c = { .command = command, .args = args, .actor_id = actor, .now = now_ms, .lang = WORDS_EN, .source = STR("test") };
    return app_command(w->p, check_arena(), &c, result ? result : &ignored);
}

static world begin(const char *url)
{
    now_ms = DATABASE_NOW * 1000LL;
    tick_ms = 0;
    return world_build(url);
}

static str ask(const world *w, int64_t actor)
{
    str result = { 0 };
    check_ok(run_now(w, actor, "job.solve", NAMED({ "team", V_TEXT(w->team) }, { "from_on", T("2020-02-07") }, { "to_on", T("2020-02-08") }),
                     &result));
    return field(result, "id", 0);
}

static job_options options(const world *w)
{
    return (job_options){ .app = w->p, .clock = look_at_clock, .which = -1, .here = true, .steps = STEPS };
}

static bool step(job_loop *l)
{
    bool did = false;
    check_ok(job_step(l, check_arena(), &did));
    return did;
}

static void work_off(const job_options *o)
{
    job_loop *l = job_loop_open(check_arena(), o);
    for (int i = 0; i < 100; i++)
        if (!step(l))
            return;
    fail_msg("it never ends");
}

static rows list(const world *w, const char *name)
{
    rows r = { 0 };
    check_ok(view_run(app_store(w->p), check_arena(), view_find(str_of(name)), NAMED({ NULL, V_NULL }), 0, 0, &r));
    return r;
}

static void is_done_once(const world *w)
{
    rows j = list(w, "job"), r = list(w, "roster");
    check_str(rows_text(&j, 0, "state"), "done");
    assert_int_equal(r.count, 1);
    check_str(rows_text(&r, 0, "state"), "draft");
    assert_int_equal(rows_int(&j, 0, "roster_id"), rows_int(&r, 0, "id"));
    assert_true(rows_int(&r, 0, "lines") > 0);
}

static void a_roster_comes_of_it(const char *url)
{
    world w = begin(url);
    int64_t leader = world_actor(&w, "leader", "team");
    job_options o = options(&w);
    ask(&w, leader);
    job_loop *l = job_loop_open(check_arena(), &o);
    assert_int_equal(job_loop_stage(l), JOB_IDLE);
    assert_true(step(l));
    assert_int_equal(job_loop_stage(l), JOB_TAKEN);
    assert_true(step(l));
    assert_int_equal(job_loop_stage(l), JOB_WORKED);
    assert_int_equal(list(&w, "roster").count, 0);
    assert_true(step(l));
    assert_int_equal(job_loop_stage(l), JOB_IDLE);
    assert_false(step(l));
    is_done_once(&w);
    CASE("it is the leader's draft");
    rows a = list(&w, "audit");
    bool found = false;
    for (size_t i = 0; i < a.count; i++)
        found = found || (str_is(rows_text(&a, i, "command"), "roster.draft_solved") && rows_int(&a, i, "actor_id") == leader);
    assert_true(found);
    CASE("the same again is the same roster");
    rows first = list(&w, "roster");
    ask(&w, leader);
    work_off(&o);
    rows again = list(&w, "roster");
    assert_int_equal(again.count, 1);
    check_str(rows_text(&again, 0, "cost"), str_z(check_arena(), rows_text(&first, 0, "cost")));
}
ON_BOTH(a_roster_comes_of_it)

/* A crash after each step: nothing is lost and nothing is done twice. */
static void a_loop_that_dies_loses_nothing(const char *url)
{
    for (int steps = 0; steps <= 3; steps++) {
        CASE(text_format(check_arena(), "dies after %d steps", steps).at);
        bool server = str_starts(str_of(url), STR("postgres"));
        world w = begin(server ? (steps ? database_postgres() : url) : check_path(text_format(check_arena(), "m%d.db", steps).at));
        job_options o = options(&w);
        ask(&w, 0);
        arena *a = arena_open(check_arena(), 1 << 20);
        job_loop *l = job_loop_open(a, &o);
        for (int i = 0; i < steps; i++)
            step(l);
        arena_close(a); /* and with it all it knew */
        CASE("nobody else has it before its lease is over");
        bool held = steps == 1 || steps == 2;
        work_off(&o);
        rows j = list(&w, "job");
        check_str(rows_text(&j, 0, "state"), held ? "leased" : "done");
        now_ms += MINUTE;
        work_off(&o);
        is_done_once(&w);
        assert_int_equal(rows_int(&j, 0, "attempts"), 1);
    }
}
ON_BOTH(a_loop_that_dies_loses_nothing)

/* Taken by another after its lease: the first finds it out when it settles, and leaves no mark. */
static void a_slow_loop_is_overtaken(const char *url)
{
    world w = begin(url);
    job_options o = options(&w);
    ask(&w, 0);
    job_loop *slow = job_loop_open(check_arena(), &o), *fast = job_loop_open(check_arena(), &o);
    step(slow);
    step(slow);
    now_ms += MINUTE;
    for (int i = 0; i < 3; i++)
        assert_true(step(fast));
    is_done_once(&w);
    assert_true(step(slow));
    assert_int_equal(job_loop_stage(slow), JOB_IDLE);
    is_done_once(&w);
    rows j = list(&w, "job");
    assert_int_equal(rows_int(&j, 0, "attempts"), 2);
}
ON_BOTH(a_slow_loop_is_overtaken)

/* -- stopping -------------------------------------------------------------------------------------------- */
static struct {
    const world *w;
    int64_t looks, cancel_at, stop_at;
    str job;
    atomic_bool stop;
} midway;

static int64_t clock_midway(void)
{
    midway.looks++;
    if (midway.looks == midway.cancel_at)
        check_ok(run_now(midway.w, 0, "job.cancel", NAMED({ "job", V_TEXT(midway.job) }), NULL));
    if (midway.looks == midway.stop_at)
        atomic_store(&midway.stop, true);
    return now_ms += 100;
}

static void it_is_cancelled_and_keeps_the_best(const char *url)
{
    world w = begin(url);
    job_options o = options(&w);
    o.clock = clock_midway;
    o.steps = 0; /* its time alone ends it */
    midway.w = &w;
    midway.looks = midway.stop_at = 0;
    midway.cancel_at = 6;
    midway.job = ask(&w, 0);
    atomic_store(&midway.stop, false);
    work_off(&o);
    is_done_once(&w);
    rows j = list(&w, "job");
    assert_int_equal(rows_int(&j, 0, "cancel"), 1);
}
ON_BOTH(it_is_cancelled_and_keeps_the_best)

static void a_server_that_stops_puts_it_back(const char *url)
{
    world w = begin(url);
    job_options o = options(&w);
    o.clock = clock_midway;
    o.steps = 0;
    o.stop = &midway.stop;
    midway.w = &w;
    midway.looks = midway.cancel_at = 0;
    midway.stop_at = 6;
    atomic_store(&midway.stop, false);
    ask(&w, 0);
    work_off(&o);
    rows j = list(&w, "job");
    check_str(rows_text(&j, 0, "state"), "waiting");
    assert_int_equal(rows_int(&j, 0, "attempts"), 0);
    assert_int_equal(list(&w, "roster").count, 0);
    CASE("the next server takes it up");
    o = options(&w);
    work_off(&o);
    is_done_once(&w);
}
ON_BOTH(a_server_that_stops_puts_it_back)

/* -- what fails ------------------------------------------------------------------------------------------ */
static const char *script(const char *text)
{
    const char *path = check_path("worker");
    check_ok(file_write(check_arena(), path, str_of(text)));
    assert_int_equal(chmod(path, 0700), 0);
    return path;
}

static void a_worker_that_dies_takes_nothing_with_it(const char *url)
{
    world w = begin(url);
    const struct { const char *what, *script; } tries[] = {
        { "none of this name", NULL },
        { "ends at once", "#!/bin/sh\nexit 0\n" },
        { "says something and dies", "#!/bin/sh\nread x\necho p 1 1\nkill -9 $$\n" },
    };
    job_options o = options(&w);
    o.here = false;
    str id = ask(&w, 0);
    for (size_t i = 0; i < COUNT(tries); i++) {
        CASE(tries[i].what);
        o.program = tries[i].script ? script(tries[i].script) : "/nonexistent";
        work_off(&o);
        rows j = list(&w, "job");
        check_str(rows_text(&j, 0, "state"), i + 1 < COUNT(tries) ? "waiting" : "parked");
        assert_true(rows_text(&j, 0, "wrong").len > 0);
        now_ms += MINUTE;
    }
    CASE("one that never answers is killed once its time is over");
    check_ok(run_now(&w, 0, "job.again", NAMED({ "job", V_TEXT(id) }), NULL));
    o.program = script("#!/bin/sh\nexec sleep 600\n");
    tick_ms = 10000;
    job_loop *l = job_loop_open(check_arena(), &o);
    for (int i = 0; i < 3; i++)
        step(l);
    rows j = list(&w, "job");
    check_str(rows_text(&j, 0, "state"), "waiting");
    assert_int_equal(list(&w, "roster").count, 0);
}
ON_BOTH(a_worker_that_dies_takes_nothing_with_it)

/* The program itself, where it is built: what it finds is what is found here. */
static void a_process_finds_what_this_one_finds(const char *url)
{
    world w = begin(url);
    job_options o = options(&w);
    ask(&w, 0);
    work_off(&o);
    rows here = list(&w, "roster");
    if (access("build/asan/muster", X_OK))
        skip();
    o.here = false;
    o.program = "build/asan/muster";
    ask(&w, 0);
    work_off(&o);
    rows away = list(&w, "roster");
    is_done_once(&w);
    check_str(rows_text(&away, 0, "cost"), str_z(check_arena(), rows_text(&here, 0, "cost")));
    assert_int_equal(rows_int(&away, 0, "steps"), rows_int(&here, 0, "steps"));
    assert_int_equal(rows_int(&away, 0, "lines"), rows_int(&here, 0, "lines"));
}
ON_BOTH(a_process_finds_what_this_one_finds)

/* The first need anew, with so many heads. */
static void want(const world *w, int min, int limit)
{
    must(w->p, "need.import",
         ROWS("[{\"team\":\"%s\",\"post\":\"%s\",\"shift\":\"%s\",\"starts_on\":\"2020-02-07\",\"starts_at\":%lld,\"ends_at\":%lld,"
              "\"min\":%d,\"target\":%d,\"limit\":%d}]",
              w->team.at, w->post.at, w->shift.at, (DATABASE_NOW + 86400LL) * 1000, (DATABASE_NOW + 86400LL) * 1000 + 14400000, min, limit, limit));
}

/* Who stands at the first need in the draft, and how; it has one line. */
static rows first_line(const world *w)
{
    rows r = { 0 };
    check_ok(view_run(app_store(w->p), check_arena(), view_find(STR("draft_line")), NAMED({ "from_on", T("2020-02-07") }, { "to_on", T("2020-02-07") }),
                      0, 0, &r));
    assert_int_equal(r.count, 1);
    return r;
}

static void draft_by_hand(const world *w, str person)
{
    str id = field(must(w->p, "roster.draft",
                        NAMED({ "team", V_TEXT(w->team) }, { "from_on", T("2020-02-07") }, { "to_on", T("2020-02-08") },
                              { "lines", V_TEXT(text_format(check_arena(), "[{\"need\":\"%s\",\"person\":\"%s\",\"lead\":1}]", w->need[0].at, person.at)) })),
                   "id", 0);
    must(w->p, "roster.lock", NAMED({ "roster", V_TEXT(id) }, { "need", V_TEXT(w->need[0]) }, { "person", V_TEXT(person) }, { "yes", V_INT(1) }));
}

static void who_is_locked_stays_when_it_is_worked_out_anew(const char *url)
{
    world w = begin(url);
    int64_t leader = world_actor(&w, "leader", "team");
    job_options o = options(&w);
    want(&w, 1, 1);
    ask(&w, leader);
    work_off(&o);
    rows r = first_line(&w);
    int64_t free = rows_int(&r, 0, "person_id"), held = 0;
    str other = w.person[0];
    str_int(other, 1, INT64_MAX, &held);
    if (held == free)
        str_int(other = w.person[1], 1, INT64_MAX, &held);
    assert_int_equal(rows_int(&r, 0, "locked"), 0);
    CASE("the other one is held there, and leads");
    draft_by_hand(&w, other);
    for (int again = 0; again < 2; again++) { /* held in the draft that came of it, too */
        ask(&w, leader);
        work_off(&o);
        r = first_line(&w);
        assert_int_equal(rows_int(&r, 0, "person_id"), held);
        assert_true(rows_int(&r, 0, "locked") && rows_int(&r, 0, "lead"));
    }
    CASE("locked while it was at work: the lease runs out, and it begins anew");
    must(w.p, "roster.lock", NAMED({ "roster", *rows_at(&r, 0, "roster_id") }, { "need", V_TEXT(w.need[0]) }, { "person", V_TEXT(other) }, { "yes", V_INT(0) }));
    ask(&w, leader);
    job_loop *l = job_loop_open(check_arena(), &o);
    assert_true(step(l) && step(l)); /* taken, worked off: free to choose */
    draft_by_hand(&w, other);
    assert_true(step(l));
    assert_int_equal(job_loop_stage(l), JOB_IDLE);
    r = first_line(&w);
    assert_true(rows_int(&r, 0, "person_id") == held && rows_int(&r, 0, "locked"));
    assert_int_equal(list(&w, "job_parked").count, 0);
    now_ms += 2 * MINUTE;
    work_off(&o);
    r = first_line(&w);
    assert_true(rows_int(&r, 0, "person_id") == held && rows_int(&r, 0, "locked"));
    rows jobs = list(&w, "job");
    check_str(rows_text(&jobs, 0, "state"), "done");
    CASE("who is held but cannot come is named, and the draft stays");
    must(w.p, "availability.import", ROWS("[{\"person\":\"%s\",\"starts_at\":%lld,\"ends_at\":%lld,\"level\":\"cannot\"}]", other.at,
                                          (DATABASE_NOW + 86400LL) * 1000, (DATABASE_NOW + 86400LL) * 1000 + 14400000));
    ask(&w, leader);
    work_off(&o);
    rows parked = list(&w, "job_parked");
    assert_int_equal(parked.count, 1);
    assert_true(str_find(rows_text(&parked, 0, "wrong"), STR("is locked at")) > 0);
    r = first_line(&w);
    assert_int_equal(rows_int(&r, 0, "person_id"), held);
    CASE("unlocked, the search is free again");
    must(w.p, "roster.lock", NAMED({ "roster", *rows_at(&r, 0, "roster_id") }, { "need", V_TEXT(w.need[0]) }, { "person", V_TEXT(other) }, { "yes", V_INT(0) }));
    ask(&w, leader);
    work_off(&o);
    r = first_line(&w);
    assert_int_equal(rows_int(&r, 0, "person_id"), free);
    assert_int_equal(rows_int(&r, 0, "locked"), 0);
}
ON_BOTH(who_is_locked_stays_when_it_is_worked_out_anew)

static void a_gap_that_all_stand_in_says_so(const char *url)
{
    world w = begin(url);
    int64_t leader = world_actor(&w, "leader", "team");
    job_options o = options(&w);
    want(&w, 3, 3); /* of a team of two */
    ask(&w, leader);
    work_off(&o);
    rows r = list(&w, "roster_gap");
    assert_int_equal(r.count, 1);
    assert_true(str_find(rows_text(&r, 0, "explanation"), STR("lacks 1: of 2 who could come, 2 are there, and nobody else can be.")) > 0);
}
ON_BOTH(a_gap_that_all_stand_in_says_so)

static void what_cannot_be_done_is_parked_at_once(const char *url)
{
    world w = begin(url);
    job_options o = options(&w);
    int64_t leader = world_actor(&w, "leader", "team");
    ask(&w, leader);
    must(w.p, "job.plan", ROWS("[{\"kind\":\"dance\",\"key\":\"dance\",\"team\":\"%s\"}]", w.team.at));
    must(w.p, "operation.close", NAMED({ "operation", V_TEXT(w.operation) }));
    work_off(&o);
    rows r = list(&w, "job_parked");
    assert_int_equal(r.count, 2);
    assert_true(str_starts(rows_text(&r, 0, "wrong"), STR("This program does not know work of the kind")));
    assert_int_equal(rows_int(&r, 1, "attempts"), 1);
    assert_int_equal(list(&w, "roster").count, 0);
}
ON_BOTH(what_cannot_be_done_is_parked_at_once)

/* -- by the clock ---------------------------------------------------------------------------------------- */
static size_t count_kind(const world *w, const char *kind)
{
    rows r = { 0 };
    store_txn *t = NULL;
    check_ok(store_read_begin(app_store(w->p), check_arena(), &t));
    check_ok(store_query_text(t, check_arena(), kind, text_format(check_arena(), "SELECT id FROM job WHERE kind = '%s'", kind), NULL, 0, NULL, &r));
    store_read_end(t);
    return r.count;
}

static void a_forgotten_check_out_is_closed(const char *url)
{
    world w = begin(url);
    job_options o = options(&w);
    str result = { 0 };
    check_ok(run_now(&w, 0, "duty.add", NAMED({ "need", V_TEXT(w.need[0]) }, { "person", V_TEXT(w.person[0]) }), &result));
    str duty = field(result, "id", 0);
    now_ms = (DATABASE_NOW + 86400LL) * 1000; /* the shift begins */
    check_ok(run_now(&w, 0, "duty.check_in", NAMED({ "duty", V_TEXT(duty) }, { "by", V_TEXT(w.person[0]) }), NULL));
    check_ok(job_plan_due(w.p, check_arena(), now_ms));
    CASE("he is on duty still");
    assert_int_equal(count_kind(&w, "forgotten"), 0);
    now_ms += 5 * 3600000;
    CASE("looked at twice, planned once");
    check_ok(job_plan_due(w.p, check_arena(), now_ms));
    check_ok(job_plan_due(w.p, check_arena(), now_ms + 1000));
    assert_int_equal(count_kind(&w, "forgotten"), 1);
    assert_int_equal(list(&w, "attendance_open").count, 1);
    work_off(&o);
    assert_int_equal(list(&w, "attendance_open").count, 0);
    rows j = list(&w, "job");
    check_str(rows_text(&j, 0, "state"), "done");
    CASE("nothing is left to plan");
    now_ms += 3600000;
    check_ok(job_plan_due(w.p, check_arena(), now_ms));
    assert_int_equal(count_kind(&w, "forgotten"), 1);
}
ON_BOTH(a_forgotten_check_out_is_closed)

static void what_ended_long_ago_goes_with_its_file(const char *url)
{
    world w = begin(url);
    job_options o = options(&w);
    const int64_t day = 86400000;
    const char *files = check_path("files");
    str id = ask(&w, 0);
    work_off(&o);
    const char *folder = text_format(check_arena(), "%s/%.*s", files, STR_ARG(id)).at, *file = text_format(check_arena(), "%s/calls.pdf", folder).at;
    check_ok(file_make_dir(check_arena(), folder));
    check_ok(file_write(check_arena(), file, STR("names and telephones")));
    CASE("thirty days it is kept");
    now_ms += 29 * day;
    check_ok(job_forget_old(w.p, check_arena(), now_ms, files));
    assert_int_equal(access(file, F_OK), 0);
    assert_int_equal(list(&w, "job").count, 1);
    CASE("one that waits stays, however old");
    str waiting = ask(&w, 0);
    now_ms += 2 * day;
    check_ok(job_forget_old(w.p, check_arena(), now_ms, files));
    assert_true(access(folder, F_OK) && access(files, F_OK) == 0);
    rows r = list(&w, "job");
    assert_int_equal(r.count, 1);
    assert_int_equal(rows_int(&r, 0, "id"), atoll(waiting.at));
    CASE("the roster that came of it stays");
    assert_int_equal(list(&w, "roster").count, 1);
    CASE("nothing left: nothing written");
    check_ok(job_forget_old(w.p, check_arena(), now_ms, files));
    CASE("more than one command takes");
    work_off(&o); /* the one that waited: it would be taken first */
    for (int i = 0; i <= PIECE_ROWS_MAX; i++) {
        str result = { 0 }, one = text_format(check_arena(), "[{\"kind\":\"none\",\"key\":\"none:%d\"}]", i);
        check_ok(run_now(&w, 0, "job.plan", NAMED({ "rows", V_TEXT(one) }), &result));
        check_ok(run_now(&w, 0, "job.take", NAMED({ NULL, V_NULL }), &result));
        check_ok(run_now(&w, 0, "job.done", NAMED({ "job", V_TEXT(field(result, "id", 0)) }, { "attempt", V_INT(1) }), NULL));
    }
    assert_int_equal(count_kind(&w, "none"), PIECE_ROWS_MAX + 1);
    now_ms += 31 * day;
    check_ok(job_forget_old(w.p, check_arena(), now_ms, files));
    assert_int_equal(count_kind(&w, "none"), 0);
}
ON_BOTH(what_ended_long_ago_goes_with_its_file)

static void silence_and_reminders_come_by_the_clock(const char *url)
{
    world w = begin(url);
    job_options o = options(&w);
    CASE("nobody can be written to: nothing is planned");
    check_ok(job_plan_due(w.p, check_arena(), now_ms));
    assert_int_equal(count_kind(&w, "thank") + count_kind(&w, "remind") + count_kind(&w, "escalate"), 0);
    must(w.p, "channel.set", NAMED({ "name", T("sms") }, { "driver", T("file") }, { "rank", T("1") }, { "config", T("out") }));
    str order = { 0 };
    check_ok(run_now(&w, 0, "order.draft",
                     NAMED({ "operation", V_TEXT(w.operation) }, { "number", T("2") }, { "text", T("Serve near home") }, { "principle", T("near") },
                           { "reply_by", V_INT(now_ms + 3600000) }, { "report_at", V_INT(now_ms + 7200000) },
                           { "orgs", V_TEXT(text_format(check_arena(), "[\"%lld\"]", (long long)rows_int(&(rows[]){ list(&w, "org") }[0], 0, "id"))) },
                           { "by", V_TEXT(w.person[0]) }), &order));
    str id = field(order, "id", 0);
    check_ok(run_now(&w, 0, "order.release", NAMED({ "order", V_TEXT(id) }, { "by", V_TEXT(w.person[1]) }), NULL));
    check_ok(run_now(&w, 0, "notice.queue", NAMED({ "order", V_TEXT(id) }), NULL));
    now_ms += 12 * 3600000;
    check_ok(job_plan_due(w.p, check_arena(), now_ms));
    assert_int_equal(count_kind(&w, "escalate"), 1);
    assert_int_equal(count_kind(&w, "thank"), 1);
    work_off(&o);
    CASE("shown one level up, or found to have none above it; either way it is over");
    assert_int_equal(list(&w, "job_parked").count, 0);
    CASE("once the order is closed nothing is due any more, planned or not");
    check_ok(run_now(&w, 0, "order.close", NAMED({ "order", V_TEXT(id) }), NULL));
    now_ms += 3600000;
    must(w.p, "job.plan", ROWS("[{\"kind\":\"escalate\",\"key\":\"x\",\"noun\":\"%s\"}]", id.at));
    work_off(&o);
    assert_int_equal(list(&w, "job_parked").count, 0);
    check_ok(job_plan_due(w.p, check_arena(), now_ms));
    assert_int_equal(count_kind(&w, "escalate"), 2);
}
ON_BOTH(silence_and_reminders_come_by_the_clock)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(a_roster_comes_of_it), BOTH(a_loop_that_dies_loses_nothing), BOTH(a_slow_loop_is_overtaken),
        BOTH(it_is_cancelled_and_keeps_the_best), BOTH(a_server_that_stops_puts_it_back),
        BOTH(who_is_locked_stays_when_it_is_worked_out_anew),
        BOTH(a_gap_that_all_stand_in_says_so),
        BOTH(what_cannot_be_done_is_parked_at_once), BOTH(a_worker_that_dies_takes_nothing_with_it),
        BOTH(a_process_finds_what_this_one_finds), BOTH(what_ended_long_ago_goes_with_its_file),
        BOTH(a_forgotten_check_out_is_closed),
        BOTH(silence_and_reminders_come_by_the_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* A burst of check-ins against `muster serve`, which is killed in the middle of it: what was acknowledged is there. */
#include "check.h"
#include "command/app.h"
#include "crowd.h"
#include "database.h"
#include "load.h"
#include "base/luck.h"
#include "base/text.h"
#include "view/view.h"

#include <libpq-fe.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PEOPLE = 3000, COMMUNITIES = 46, ROUNDS = 20, WARM = 300, RATE = 4000, CONNECTIONS = 64 };
#define MUSTER "build/release/muster" /* the real one: the sanitized is too slow for the burst */

/* -- the server ------------------------------------------------------------------------------------------ */
typedef struct served {
    pid_t pid;
    int port;
} served;

static served serve(const char *url, const char *key)
{
    served s = { 0 };
    int out[2];
    assert_int_equal(pipe(out), 0);
    s.pid = fork();
    if (s.pid == 0) {
        dup2(out[1], STDOUT_FILENO);
        dup2(out[1], STDERR_FILENO); /* what is said after the first line is nobody's */
        close(out[0]);
        setenv("MUSTER_KEY_FILE", key, 1);
        execl(MUSTER, "muster", "serve", "--db", url, "--listen", "127.0.0.1:0", "--proxy", "127.0.0.1", "--at", "2020-02-07T23:30Z", (char *)NULL);
        _exit(127);
    }
    close(out[1]);
    FILE *f = fdopen(out[0], "r");
    char said[512] = "";
    if (!f || !fgets(said, sizeof said, f) || sscanf(said, "http://127.0.0.1:%d/", &s.port) != 1)
        fail_msg("the server said: %s", said);
    /* Its log is read away, or it would wait for us. */
    if (fork() == 0) {
        while (fgets(said, sizeof said, f))
            continue;
        _exit(0);
    }
    fclose(f);
    return s;
}

static void killed(const served *s)
{
    kill(s->pid, SIGKILL);
    int status;
    waitpid(s->pid, &status, 0);
}

typedef struct killer {
    const served *s;
    double at;
    bool done;
} killer;

static void kill_in_time(void *of, double seconds)
{
    killer *k = of;
    if (k->done || seconds < k->at)
        return;
    kill(k->s->pid, SIGKILL);
    k->done = true;
}

/* -- what is there afterwards ---------------------------------------------------------------------------- */
/* By person: how many attendances in force. */
static int *attended(const char *url, const char *key, const crowd *c)
{
    arena *a = arena_open(NULL, 256 << 20);
    app *p;
    rows r = { 0 };
    int *out = arena_many(check_arena(), int, c->people);
    check_ok(app_open(a, &(app_options){ .url = url, .key_file = key, .stepped = true }, &p));
    check_ok(view_run(app_store(p), a, view_find(STR("attendance_valid")), NULL, 0, 0, &r));
    for (size_t i = 0; i < r.count; i++)
        for (size_t k = 0; k < c->people; k++) /* ids of people go up */
            if (c->person[k] == rows_int(&r, i, "person_id")) {
                out[k]++;
                break;
            }
    app_close(p);
    arena_close(a);
    return out;
}

static void whole(const char *url, const char *key)
{
    char command[1024];
    snprintf(command, sizeof command, "MUSTER_KEY_FILE=%s " MUSTER " check --db %s >%s/check 2>&1", key, url, check_folder());
    assert_int_equal(system(command), 0);
}

/* -- the rounds ------------------------------------------------------------------------------------------ */
static size_t round_of(const char *url, const char *key, const crowd *c, const str *requests, double kill_at)
{
    load_answer *answers = arena_many(check_arena(), load_answer, c->people);
    served s = serve(url, key);
    killer k = { &s, kill_at, false };
    load_plan plan = { .port = s.port, .connections = CONNECTIONS, .rate = RATE, .seconds = 3, .tick = kill_in_time, .of = &k };
    /* Connections to a database server come first: the burst meets a server that has been running. */
    load_plan warm = { .port = s.port, .connections = CONNECTIONS };
    load_run(&warm, requests, WARM, answers);
    load_sum sum = load_run(&plan, requests + WARM, c->people - WARM, answers + WARM);
    killed(&s);
    assert_true(sum.cut);
    const int *there = attended(url, key, c);
    for (size_t i = 0; i < c->people; i++) {
        if (answers[i].status)
            assert_int_equal(answers[i].status, 303);
        if (answers[i].status && there[i] != 1)
            fail_msg("the check-in of person %zu was acknowledged after %.3f s and is not there", i, answers[i].answered);
        assert_true(there[i] <= 1);
    }
    whole(url, key);
    return sum.good;
}

/* Whoever has no answer taps again: one check-in each, also of those that had been written. */
static void tapped_again(const char *url, const char *key, const crowd *c, const str *requests)
{
    load_answer *answers = arena_many(check_arena(), load_answer, c->people);
    served s = serve(url, key);
    load_plan plan = { .port = s.port, .connections = CONNECTIONS };
    load_run(&plan, requests, c->people, answers);
    kill(s.pid, SIGTERM);
    int status;
    waitpid(s.pid, &status, 0);
    assert_int_equal(status, 0);
    const int *there = attended(url, key, c);
    for (size_t i = 0; i < c->people; i++) {
        assert_int_equal(answers[i].status, 303);
        assert_int_equal(there[i], 1);
    }
}

typedef struct ground {
    const char *key, *first; /* the database every round begins with */
    crowd c;
    str *requests;
} ground;

static ground prepare(const char *url)
{
    arena *a = check_arena();
    ground g = { .first = url, .key = text_format(a, "%s/key", check_folder()).at };
    app *p;
    check_ok(app_open(a, &(app_options){ .url = url, .key_file = g.key, .stepped = true }, &p));
    check_ok(crowd_build(p, a, PEOPLE, COMMUNITIES, &g.c));
    check_ok(crowd_open(p, a, &g.c, 0, PEOPLE));
    app_close(p);
    g.requests = arena_many(a, str, PEOPLE);
    for (size_t i = 0; i < PEOPLE; i++)
        g.requests[i] = crowd_check_in(a, &g.c, i);
    return g;
}

static void rounds(const ground *g, const char *(*fresh)(const ground *g, int round))
{
    luck l = luck_of(42);
    size_t acknowledged = 0;
    for (int round = 0; round < ROUNDS; round++) {
        const char *url = fresh(g, round);
        double at = 0.05 + (double)luck_below(&l, 600) / 1000;
        CASE(text_format(check_arena(), "round %d, killed after %.3f s", round, at).at);
        acknowledged += round_of(url, g->key, &g->c, g->requests, at);
        if (round % 5 == 4)
            tapped_again(url, g->key, &g->c, g->requests);
    }
    assert_true(acknowledged > 50 * ROUNDS); /* or the rounds showed nothing */
}

static const char *copy_of_file(const ground *g, int round)
{
    const char *to = text_format(check_arena(), "%s/round.db", check_folder()).at;
    char command[1024];
    (void)round;
    snprintf(command, sizeof command, "rm -f %s %s-wal %s-shm && cp %s %s", to, to, to, g->first, to);
    assert_int_equal(system(command), 0);
    return to;
}

static void an_acknowledged_check_in_outlives_a_kill_on_sqlite(void **state)
{
    (void)state;
    ground g = prepare(check_path("first.db"));
    rounds(&g, copy_of_file);
}

static const char *copy_of_database(const ground *g, int round)
{
    PGconn *pg = PQconnectdb(getenv("MUSTER_TEST_PG"));
    const char *slash = strrchr(g->first, '/');
    str base = { g->first, (size_t)(slash - g->first) };
    const char *name = text_format(check_arena(), "%s_round%d", slash + 1, round).at;
    PQclear(PQexec(pg, text_format(check_arena(), "CREATE DATABASE %s TEMPLATE %s", name, slash + 1).at));
    assert_int_equal(PQstatus(pg), CONNECTION_OK);
    if (round) {
        const char *before = text_format(check_arena(), "%s_round%d", slash + 1, round - 1).at;
        PQclear(PQexec(pg, text_format(check_arena(), "DROP DATABASE %s WITH (FORCE)", before).at));
    }
    PQfinish(pg);
    return text_format(check_arena(), "%.*s/%s", STR_ARG(base), name).at;
}

static void an_acknowledged_check_in_outlives_a_kill_on_postgres(void **state)
{
    (void)state;
    ground g = prepare(database_postgres());
    rounds(&g, copy_of_database);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(an_acknowledged_check_in_outlives_a_kill_on_sqlite),
        CHECK_TEST(an_acknowledged_check_in_outlives_a_kill_on_postgres),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

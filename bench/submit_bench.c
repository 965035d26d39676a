/*
 * submit_bench: role_grant.add as a command (rights, arguments, key, chained audit row) from 64 threads, against a bare
 * loop over the same queue that only inserts the same row: on SQLite one writer that commits in groups, on PostgreSQL 16
 * connections with a transaction each. Between the two stands store_submit_wait of the insert alone.
 *   submit_bench FOLDER [SECONDS [RUNS]]      build and run: make bench
 * PostgreSQL is asked for at MUSTER_BENCH_PG, the URL of a server's database in which others may be made.
 */
#include "bare.h"

#include "base/text.h"
#include "command/command.h"
#include "store/store.h"

#include <libpq-fe.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { THREADS = 64, WORK_BYTES = 1 << 20, RUNS_MAX = 99 };
#define NOW 1581120000000

static atomic_bool stop;
static atomic_long done, next_number;
static app *the_app; /* of the run under way */
static int64_t commander, person;

/* -- the command and the store --------------------------------------------------------------------------- */
static int64_t must(arena *a, int64_t actor, const char *command, const named *args, const char *key)
{
    call c = { .command = command, .args = args, .key = str_of(key), .actor_id = actor, .now = NOW,
               .lang = WORDS_ZH, .source = STR("bench") };
    str result = { 0 };
    err *e = app_command(the_app, a, &c, &result);
    if (e)
        bare_quit(e->message, e->detail.at);
    ptrdiff_t at = str_find(result, STR("\"id"));
    while (at >= 0 && (size_t)at < result.len && (result.at[at] < '0' || result.at[at] > '9'))
        at++;
    return atoll(result.at + at);
}

static int64_t add_person(arena *a, const char *name)
{
    str rows = text_format(a, "[{\"name\":\"%s\"}]", name);
    return must(a, 0, "person.import", NAMED({ "rows", V_TEXT(rows) }), NULL);
}

static void grant(arena *a, int64_t actor, int64_t whom, const char *role, const char *key)
{
    must(a, actor, "role_grant.add",
         NAMED({ "person", V_INT(whom) }, { "role", V_TEXT(str_of(role)) }, { "scope", V_TEXT(STR("all")) }), key);
}

static void *command_client(void *nothing)
{
    (void)nothing;
    while (!stop) {
        arena *a = arena_open(NULL, WORK_BYTES);
        char key[32];
        snprintf(key, sizeof key, "key %ld", atomic_fetch_add(&next_number, 1));
        grant(a, commander, person, "volunteer", key);
        done++;
        arena_close(a);
    }
    return NULL;
}

static err *insert(store_work *w, store_txn *t, arena *a)
{
    (void)w;
    int64_t id;
    TRY(store_next_id(t, a, &id));
    return store_query(t, a, "role_grant.add",
                       NAMED({ "id", V_INT(id) }, { "person", V_INT(person) }, { "role", V_TEXT(STR("volunteer")) },
                             { "scope", V_TEXT(STR("all")) }, { "org", V_NULL }, { "division", V_NULL },
                             { "team", V_NULL }, { "now", V_INT(NOW) }),
                       NULL);
}

static void *store_client(void *nothing)
{
    (void)nothing;
    while (!stop) {
        arena *a = arena_open(NULL, WORK_BYTES);
        store_work w = { .run = insert };
        err *e = store_submit_wait(app_store(the_app), a, &w);
        if (e)
            bare_quit(e->message, e->detail.at);
        done++;
        arena_close(a);
    }
    return NULL;
}

/* -- runs ---------------------------------------------------------------------------------------------------- */
static double per_second(void *(*client)(void *), double seconds)
{
    pthread_t threads[THREADS];
    stop = false;
    done = 0;
    double from = bare_now();
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, client, NULL);
    usleep((useconds_t)(seconds * 1e6));
    stop = true;
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    return (double)done / (bare_now() - from);
}

/* The schema with the two people in it; the same for all sides. */
static void open_app(arena *a, const char *url)
{
    err *e = app_open(a, &(app_options){ .url = url }, &the_app);
    if (e)
        bare_quit(e->message, e->detail.at);
    commander = add_person(a, "commander");
    person = add_person(a, "volunteer");
    grant(a, 0, commander, "commander", NULL);
}

typedef enum side { BARE, SUBMIT, COMMAND, SIDES } side;
typedef struct bench {
    arena *a;
    bool postgres;
    const char *place; /* a folder, or a server's URL */
    double seconds;
} bench;

static const char *new_database(const bench *b, int number)
{
    if (!b->postgres) {
        static const char *const suffixes[] = { "", "-wal", "-shm", ".lock" };
        const char *file = text_format(b->a, "%s/submit%d.db", b->place, number).at;
        for (size_t i = 0; i < COUNT(suffixes); i++)
            unlink(text_format(b->a, "%s%s", file, suffixes[i]).at);
        return file;
    }
    PGconn *pg = PQconnectdb(b->place);
    PQclear(PQexec(pg, "SET client_min_messages = warning"));
    PQclear(PQexec(pg, text_format(b->a, "DROP DATABASE IF EXISTS bench%d", number).at));
    PQclear(PQexec(pg, text_format(b->a, "CREATE DATABASE bench%d", number).at));
    PQfinish(pg);
    const char *slash = strrchr(b->place, '/');
    return text_format(b->a, "%.*s/bench%d", (int)(slash - b->place), b->place, number).at;
}

static double run_side(const bench *b, side which)
{
    const char *url = new_database(b, (int)which);
    double result = 0;
    open_app(b->a, url);
    if (which == COMMAND)
        result = per_second(command_client, b->seconds);
    if (which == SUBMIT)
        result = per_second(store_client, b->seconds);
    app_close(the_app);
    if (which == BARE)
        result = (b->postgres ? bare_group_transactions : bare_groups)(url, person, THREADS, b->seconds);
    return result;
}

static void measure(const bench *b, size_t runs)
{
    double rates[SIDES][RUNS_MAX], submits[RUNS_MAX], commands[RUNS_MAX];
    const char *name = b->postgres ? "PostgreSQL" : "SQLite";
    for (size_t i = 0; i < runs; i++) {
        for (int s = 0; s < SIDES; s++)
            rates[s][i] = run_side(b, (side)s);
        submits[i] = rates[SUBMIT][i] / rates[BARE][i];
        commands[i] = rates[COMMAND][i] / rates[BARE][i];
        printf("  run %zu: bare %.0f/s, submit %.0f/s (%.2f), command %.0f/s (%.2f)\n", i + 1, rates[BARE][i],
               rates[SUBMIT][i], submits[i], rates[COMMAND][i], commands[i]);
    }
    printf("%s, %d threads, median of %zu: bare %.0f/s; submit %.0f/s, ratio %.2f; command %.0f/s, ratio %.2f\n", name,
           THREADS, runs, bare_median(rates[BARE], (int)runs), bare_median(rates[SUBMIT], (int)runs), bare_median(submits, (int)runs),
           bare_median(rates[COMMAND], (int)runs), bare_median(commands, (int)runs));
}

int main(int argc, char **argv)
{
    bench b = { .a = arena_open(NULL, 64 << 20), .place = argc > 1 ? argv[1] : ".",
                .seconds = argc > 2 ? atof(argv[2]) : 3 };
    size_t runs = argc > 3 ? (size_t)atol(argv[3]) : 3;
    if (runs < 1 || runs > RUNS_MAX)
        return 2;
    measure(&b, runs);
    b.postgres = true;
    b.place = getenv("MUSTER_BENCH_PG");
    if (b.place)
        measure(&b, runs);
    else
        puts("PostgreSQL: skipped: no server (Debian: apt-get install postgresql)");
    arena_close(b.a);
    return 0;
}

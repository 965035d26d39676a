/*
 * check_bench: `muster check` on a database of many audit rows, against a bare loop that reads the same columns of the same
 * rows and hashes them one after another, in the same run. The rows are made here: a true chain, but written in large pieces.
 *   check_bench FOLDER [ROWS [RUNS]]      build and run: make bench
 */
#include "base/text.h"
#include "command/audit.h"
#include "command/check.h"
#include "store/store.h"

#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { PIECE = 5000, RUNS_MAX = 99 };
#define NOW 1581120000000

static const char columns[] = "lane, seq, at, principal, actor_id, about_id, command, key, args_hash, noun, noun_id, topic, "
                              "body, result, source, prev, hash";

static void quit(const char *what, const char *why)
{
    fprintf(stderr, "check_bench: %s: %s\n", what, why ? why : "");
    exit(2);
}

static double now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* -- the rows ------------------------------------------------------------------------------------------------ */
enum { CHAINED = 15, STORED = CHAINED + 2 };
static const char *names[STORED] = { "lane", "seq",  "at",      "principal", "actor_id", "about_id",
                                           "command", "key", "args_hash", "noun",   "noun_id",  "topic",
                                           "body", "result", "source", "prev", "hash" };

typedef struct writing {
    store_work work;
    int64_t seq, until; /* the last written; where this piece ends */
    char hash[AUDIT_HASH_BYTES];
} writing;

static err *add_row(writing *w, store_txn *t, arena *a)
{
    int64_t seq = ++w->seq;
    str hash = { w->hash, AUDIT_HASH_BYTES };
    value v[CHAINED] = {
        V_INT(0), V_INT(seq), V_INT(NOW + seq), V_TEXT(STR("person:1099511627777")), V_INT(1), V_INT(1 + seq % 960),
        V_TEXT(STR("notice.answer")), V_TEXT(text_format(a, "key %lld", (long long)seq)), V_BLOB(hash), V_TEXT(STR("notice")),
        V_INT(seq), V_TEXT(STR("notice")),
        V_TEXT(text_format(a, "{\"notice\":\"%lld\",\"answer\":\"can\",\"via\":\"link\"}", (long long)seq)),
        V_TEXT(text_format(a, "{\"id\":\"%lld\",\"cut\":false,\"in_force\":true}", (long long)seq)), V_TEXT(STR("cli")),
    };
    named all[STORED + 1] = { { 0 } };
    for (int i = 0; i < CHAINED; i++)
        all[i] = (named){ names[i], v[i] };
    rows one = { .names = names, .column_count = CHAINED, .count = 1, .at = v };
    str next = audit_row_hash(a, hash, &one, 0);
    all[CHAINED] = (named){ "prev", V_BLOB(hash) };
    all[CHAINED + 1] = (named){ "hash", V_BLOB(next) };
    TRY(store_query(t, a, "audit.add", all, NULL));
    memcpy(w->hash, next.at, AUDIT_HASH_BYTES);
    return NULL;
}

static err *add_piece(store_work *work, store_txn *t, arena *a)
{
    writing *w = (writing *)work;
    err *e = NULL;
    while (!e && w->seq < w->until)
        e = add_row(w, t, a);
    return e;
}

static void write_rows(const char *file, int64_t count)
{
    arena *a = arena_open(NULL, 64 << 20);
    app *p;
    writing w = { .work = { .run = add_piece } };
    err *e = app_open(a, &(app_options){ .url = file, .stepped = true }, &p);
    while (!e && w.seq < count) {
        w.until = w.seq + PIECE < count ? w.seq + PIECE : count;
        e = store_submit_wait(app_store(p), a, &w.work);
    }
    if (e)
        quit(e->message, e->detail.at);
    app_close(p);
    arena_close(a);
}

/* -- the two sides ------------------------------------------------------------------------------------------- */
static void check(const char *file, int64_t count)
{
    arena *a = arena_open(NULL, 64 << 20);
    app *p;
    check_report report;
    err *e = app_open(a, &(app_options){ .url = file, .stepped = true, .read_only = true }, &p);
    if (!e)
        e = app_check(p, a, (str){ 0 }, &report);
    if (e)
        quit(e->message, e->detail.at);
    if (report.count || report.rows != count)
        quit("check", "the rows are not as they were written");
    app_close(p);
    arena_close(a);
}

static void bare(const char *file, int64_t count)
{
    sqlite3 *db;
    sqlite3_stmt *q;
    char sql[512];
    unsigned char hash[AUDIT_HASH_BYTES] = { 0 };
    int64_t found = 0;
    snprintf(sql, sizeof sql, "SELECT %s FROM audit ORDER BY lane, seq", columns);
    if (sqlite3_open(file, &db) != SQLITE_OK || sqlite3_prepare_v2(db, sql, -1, &q, NULL) != SQLITE_OK)
        quit("bare", sqlite3_errmsg(db));
    while (sqlite3_step(q) == SQLITE_ROW) {
        crypto_generichash_state s;
        crypto_generichash_init(&s, NULL, 0, sizeof hash);
        crypto_generichash_update(&s, hash, sizeof hash);
        for (int i = 0; i < STORED; i++) {
            const void *at = sqlite3_column_blob(q, i);
            int bytes = sqlite3_column_bytes(q, i);
            if (bytes)
                crypto_generichash_update(&s, at, (unsigned long long)bytes);
        }
        crypto_generichash_final(&s, hash, sizeof hash);
        found++;
    }
    if (found != count)
        quit("bare", "other rows than were written");
    sqlite3_finalize(q);
    sqlite3_close(db);
}

typedef struct spent {
    double time, cpu; /* seconds */
} spent;

static spent spent_by(void (*side)(const char *file, int64_t count), const char *file, int64_t count)
{
    double time = now(CLOCK_MONOTONIC), cpu = now(CLOCK_PROCESS_CPUTIME_ID);
    side(file, count);
    return (spent){ now(CLOCK_MONOTONIC) - time, now(CLOCK_PROCESS_CPUTIME_ID) - cpu };
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : ".";
    int64_t count = argc > 2 ? atoll(argv[2]) : 1000000;
    int runs = argc > 3 ? atoi(argv[3]) : 3;
    double ratios[RUNS_MAX], cpu_ratios[RUNS_MAX], rates[RUNS_MAX];
    char file[4096];
    if (count < 1 || runs < 1 || runs > RUNS_MAX)
        return 2;
    snprintf(file, sizeof file, "%s/check.db", folder);
    write_rows(file, count);
    for (int i = 0; i < runs; i++) {
        spent loop = spent_by(bare, file, count), whole = spent_by(check, file, count);
        rates[i] = (double)count / whole.time;
        ratios[i] = loop.time / whole.time;
        cpu_ratios[i] = loop.cpu / whole.cpu;
        printf("  run %d: bare %.2f s (CPU %.2f), check %.2f s (CPU %.2f), ratio %.2f (CPU %.2f)\n", i + 1, loop.time,
               loop.cpu, whole.time, whole.cpu, ratios[i], cpu_ratios[i]);
    }
    qsort(rates, (size_t)runs, sizeof *rates, by_size);
    qsort(ratios, (size_t)runs, sizeof *ratios, by_size);
    qsort(cpu_ratios, (size_t)runs, sizeof *cpu_ratios, by_size);
    printf("check of %lld rows, median of %d: %.0f rows/s, ratio %.2f (CPU %.2f)\n", (long long)count, runs,
           rates[runs / 2], ratios[runs / 2], cpu_ratios[runs / 2]);
    unlink(file);
    return 0;
}

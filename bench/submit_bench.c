/*
 * submit_bench: store_submit_wait of one insert from 64 threads, against a bare SQLite loop that commits in the
 * same groups (one writer thread, same queue and batch limits, nothing else). Prints both and their ratio.
 *   submit_bench FOLDER [SECONDS]
 * Build: make release && gcc -std=c17 -D_GNU_SOURCE -O2 -pthread -Isrc bench/submit_bench.c \
 *   build/release/libmuster.a $(pkg-config --libs sqlite3 libpq icu-uc icu-i18n) -lm -o build/release/submit_bench
 */
#include "base/limits.h"
#include "base/text.h"
#include "store/store.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { THREADS = 64, WORK_BYTES = 1 << 20 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static atomic_bool stop;
static atomic_long done, next_name;

/* -- the store -------------------------------------------------------------------------------------- */

static err *insert(store_work *w, store_txn *t, arena *a)
{
    (void)w;
    static const store_param params[] = { { "name", VALUE_TEXT } };
    char name[32];
    snprintf(name, sizeof name, "%ld", atomic_fetch_add(&next_name, 1));
    return store_query_text(
        t, a, "bench", STR("INSERT INTO setting (scope, name, value) VALUES ('b', $name, 'v')"),
        params, 1, NAMED({ "name", V_TEXT(str_of(name)) }), NULL);
}

static void *store_client(void *s)
{
    while (!stop) {
        arena *a = arena_open(NULL, WORK_BYTES);
        store_work w = { .run = insert };
        if (store_submit_wait(s, a, &w))
            exit(1);
        done++;
        arena_close(a);
    }
    return NULL;
}

/* -- the bare loop ----------------------------------------------------------------------------------- */

typedef struct waiting {
    struct waiting *next;
    pthread_mutex_t lock;
    pthread_cond_t answered;
    bool done;
} waiting;
static struct {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    waiting *first, *last;
    bool closing;
} queue = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, NULL, NULL, false };

static waiting *take(bool wait)
{
    pthread_mutex_lock(&queue.lock);
    while (wait && !queue.first && !queue.closing)
        pthread_cond_wait(&queue.wake, &queue.lock);
    waiting *w = queue.first;
    if (w && !(queue.first = w->next))
        queue.last = NULL;
    pthread_mutex_unlock(&queue.lock);
    return w;
}

static void *bare_writer(void *what)
{
    sqlite3 *db = what;
    sqlite3_stmt *begin, *add, *commit;
    sqlite3_prepare_v2(db, "BEGIN IMMEDIATE", -1, &begin, NULL);
    sqlite3_prepare_v2(db, "INSERT INTO setting (scope, name, value) VALUES ('b', ?1, 'v')", -1,
                       &add, NULL);
    sqlite3_prepare_v2(db, "COMMIT", -1, &commit, NULL);
    waiting *batch[BATCH_MAX], *w;
    while ((w = take(true))) {
        int count = 0;
        double until = now() + 0.005;
        sqlite3_step(begin), sqlite3_reset(begin);
        for (; w; w = count < BATCH_MAX && now() < until ? take(false) : NULL) {
            char name[32];
            snprintf(name, sizeof name, "%ld", atomic_fetch_add(&next_name, 1));
            sqlite3_bind_text(add, 1, name, -1, SQLITE_STATIC);
            if (sqlite3_step(add) != SQLITE_DONE)
                exit(1);
            sqlite3_reset(add);
            batch[count++] = w;
        }
        if (sqlite3_step(commit) != SQLITE_DONE)
            exit(1);
        sqlite3_reset(commit);
        for (int i = 0; i < count; i++) {
            pthread_mutex_lock(&batch[i]->lock);
            batch[i]->done = true;
            pthread_cond_signal(&batch[i]->answered);
            pthread_mutex_unlock(&batch[i]->lock);
        }
    }
    sqlite3_finalize(begin), sqlite3_finalize(add), sqlite3_finalize(commit);
    return NULL;
}

static void *bare_client(void *nothing)
{
    (void)nothing;
    while (!stop) {
        waiting w = { .lock = PTHREAD_MUTEX_INITIALIZER, .answered = PTHREAD_COND_INITIALIZER };
        pthread_mutex_lock(&queue.lock);
        if (queue.last)
            queue.last->next = &w;
        else
            queue.first = &w;
        queue.last = &w;
        pthread_cond_signal(&queue.wake);
        pthread_mutex_unlock(&queue.lock);
        pthread_mutex_lock(&w.lock);
        while (!w.done)
            pthread_cond_wait(&w.answered, &w.lock);
        pthread_mutex_unlock(&w.lock);
        done++;
    }
    return NULL;
}

static double run(void *(*client)(void *), void *what, double seconds)
{
    pthread_t threads[THREADS];
    stop = false;
    done = 0;
    double from = now();
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, client, what);
    usleep((useconds_t)(seconds * 1e6));
    stop = true;
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    return (double)done / (now() - from);
}

int main(int argc, char **argv)
{
    double seconds = argc > 2 ? atof(argv[2]) : 5;
    arena *a = arena_open(NULL, 64 << 20);
    const char *file = text_format(a, "%s/store.db", argc > 1 ? argv[1] : ".").at;
    const char *bare = text_format(a, "%s/bare.db", argc > 1 ? argv[1] : ".").at;
    const char *suffixes[] = { "", "-wal", "-shm", ".lock" };
    for (size_t i = 0; i < COUNT(suffixes); i++) {
        unlink(text_format(a, "%s%s", file, suffixes[i]).at);
        unlink(text_format(a, "%s%s", bare, suffixes[i]).at);
    }
    store *s;
    if (store_open(a, &(store_options){ .url = file }, &s))
        return 1;
    double with_store = run(store_client, s, seconds);
    store_close(s);
    sqlite3 *db;
    if (sqlite3_open(bare, &db) != SQLITE_OK)
        return 1;
    sqlite3_exec(db,
                 "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE setting "
                 "(scope TEXT NOT NULL, "
                 "name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (scope, name)) STRICT",
                 NULL, NULL, NULL);
    pthread_t writer;
    pthread_create(&writer, NULL, bare_writer, db);
    double without = run(bare_client, NULL, seconds);
    pthread_mutex_lock(&queue.lock);
    queue.closing = true;
    pthread_cond_signal(&queue.wake);
    pthread_mutex_unlock(&queue.lock);
    pthread_join(writer, NULL);
    sqlite3_close(db);
    printf("store %.0f/s, bare %.0f/s, ratio %.2f\n", with_store, without, with_store / without);
    arena_close(a);
    return 0;
}

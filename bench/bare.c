#include "bare.h"

#include "base/limits.h"

#include <libpq-fe.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { WAIT_MS = 5, CLIENTS_MAX = 256 };

static atomic_bool stop;
static atomic_long done, next_number = 1000000;
static int64_t person;

void bare_quit(const char *what, const char *why)
{
    fprintf(stderr, "bench: %s: %s\n", what, why ? why : "");
    exit(2);
}

double bare_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double bare_median(double *all, int count)
{
    qsort(all, (size_t)count, sizeof *all, by_size);
    return all[count / 2];
}

/* -- the queue ------------------------------------------------------------------------------------------- */
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

static void answer(waiting *w)
{
    pthread_mutex_lock(&w->lock);
    w->done = true;
    pthread_cond_signal(&w->answered);
    pthread_mutex_unlock(&w->lock);
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

static const char insert_text[] = "INSERT INTO role_grant (id, person_id, role, scope_kind, from_at) "
                                  "VALUES ($1, $2, 'volunteer', 'all', 1581120000000)";

typedef struct lite {
    sqlite3 *db;
    sqlite3_stmt *begin, *add, *commit;
} lite;

static lite lite_open(const char *path)
{
    lite l = { 0 };
    if (sqlite3_open(path, &l.db) != SQLITE_OK ||
        sqlite3_exec(l.db, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON", NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(l.db, "BEGIN IMMEDIATE", -1, &l.begin, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(l.db, insert_text, -1, &l.add, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(l.db, "COMMIT", -1, &l.commit, NULL) != SQLITE_OK)
        bare_quit("bare SQLite", sqlite3_errmsg(l.db));
    return l;
}

static void lite_begin(const lite *l)
{
    sqlite3_step(l->begin);
    sqlite3_reset(l->begin);
}

static void lite_add(const lite *l)
{
    sqlite3_bind_int64(l->add, 1, atomic_fetch_add(&next_number, 1));
    sqlite3_bind_int64(l->add, 2, person);
    if (sqlite3_step(l->add) != SQLITE_DONE)
        bare_quit("bare SQLite", sqlite3_errmsg(l->db));
    sqlite3_reset(l->add);
}

static void lite_commit(const lite *l)
{
    if (sqlite3_step(l->commit) != SQLITE_DONE)
        bare_quit("bare SQLite", sqlite3_errmsg(l->db));
    sqlite3_reset(l->commit);
}

static void lite_close(const lite *l)
{
    sqlite3_finalize(l->begin);
    sqlite3_finalize(l->add);
    sqlite3_finalize(l->commit);
    sqlite3_close(l->db);
}

static void *sqlite_writer(void *path)
{
    lite l = lite_open(path);
    waiting *batch[BATCH_MAX], *w;
    while ((w = take(true))) {
        int count = 0;
        double until = bare_now() + WAIT_MS / 1e3;
        lite_begin(&l);
        for (; w; w = count < BATCH_MAX && bare_now() < until ? take(false) : NULL) {
            lite_add(&l);
            batch[count++] = w;
        }
        lite_commit(&l);
        for (int i = 0; i < count; i++)
            answer(batch[i]);
    }
    lite_close(&l);
    return NULL;
}

static void pg_must(PGconn *pg, PGresult *r)
{
    if (PQresultStatus(r) != PGRES_COMMAND_OK)
        bare_quit("bare PostgreSQL", PQerrorMessage(pg));
    PQclear(r);
}

static void transaction(PGconn *pg)
{
    char id[32], who[32];
    const char *values[] = { id, who };
    snprintf(id, sizeof id, "%ld", atomic_fetch_add(&next_number, 1));
    snprintf(who, sizeof who, "%lld", (long long)person);
    pg_must(pg, PQexec(pg, "BEGIN"));
    pg_must(pg, PQexecPrepared(pg, "add", 2, values, NULL, NULL, 0));
    pg_must(pg, PQexec(pg, "COMMIT"));
}

static void *postgres_writer(void *url)
{
    PGconn *pg = PQconnectdb(url);
    waiting *w;
    pg_must(pg, PQprepare(pg, "add", insert_text, 0, NULL));
    while ((w = take(true))) {
        transaction(pg);
        answer(w);
    }
    PQfinish(pg);
    return NULL;
}

/* -- runs ---------------------------------------------------------------------------------------------------- */
static double per_second(void *(*client)(void *), void *of, int clients, double seconds)
{
    pthread_t threads[CLIENTS_MAX];
    stop = false;
    done = 0;
    double from = bare_now();
    for (int i = 0; i < clients; i++)
        pthread_create(&threads[i], NULL, client, of);
    usleep((useconds_t)(seconds * 1e6));
    stop = true;
    for (int i = 0; i < clients; i++)
        pthread_join(threads[i], NULL);
    return (double)done / (bare_now() - from);
}

static double queued(void *(*writer)(void *), int writer_count, const char *url, int clients, double seconds)
{
    pthread_t writers[BARE_CONNECTIONS];
    char own[512];
    snprintf(own, sizeof own, "%s", url);
    queue.closing = false;
    for (int i = 0; i < writer_count; i++)
        pthread_create(&writers[i], NULL, writer, own);
    double result = per_second(bare_client, NULL, clients, seconds);
    pthread_mutex_lock(&queue.lock);
    queue.closing = true;
    pthread_cond_broadcast(&queue.wake);
    pthread_mutex_unlock(&queue.lock);
    for (int i = 0; i < writer_count; i++)
        pthread_join(writers[i], NULL);
    return result;
}

double bare_groups(const char *file, int64_t whose, int clients, double seconds)
{
    person = whose;
    return queued(sqlite_writer, 1, file, clients, seconds);
}

double bare_group_transactions(const char *url, int64_t whose, int clients, double seconds)
{
    person = whose;
    return queued(postgres_writer, BARE_CONNECTIONS, url, clients, seconds);
}

double bare_batches(const char *file, int64_t whose, double seconds)
{
    person = whose;
    lite l = lite_open(file);
    long rows = 0;
    double from = bare_now();
    for (; bare_now() < from + seconds; rows += BARE_BATCH) {
        lite_begin(&l);
        for (int i = 0; i < BARE_BATCH; i++)
            lite_add(&l);
        lite_commit(&l);
    }
    double result = (double)rows / (bare_now() - from);
    lite_close(&l);
    return result;
}

/* One row and its transaction after the other. */
static void *transaction_client(void *url)
{
    PGconn *pg = PQconnectdb(url);
    pg_must(pg, PQprepare(pg, "add", insert_text, 0, NULL));
    for (; !stop; done++)
        transaction(pg);
    PQfinish(pg);
    return NULL;
}

double bare_transactions(const char *url, int64_t whose, double seconds)
{
    char own[512];
    snprintf(own, sizeof own, "%s", url);
    person = whose;
    return per_second(transaction_client, own, BARE_CONNECTIONS, seconds);
}

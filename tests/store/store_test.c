#include "check.h"

#include "base/limits.h"
#include "base/text.h"
#include "base/words.h"
#include "store/migrate.h"
#include "store/store.h"

#include <glob.h>
#include <libpq-fe.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* -- a fresh database of either kind ---------------------------------------------------------------- */

static void admin(const char *sql)
{
    PGconn *pg = PQconnectdb(getenv("MUSTER_TEST_PG"));
    PGresult *r = PQexec(pg, sql);
    ExecStatusType status = PQresultStatus(r);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        print_error("%s: %s\n", sql, PQerrorMessage(pg));
    PQclear(r);
    PQfinish(pg);
    assert_true(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK);
}

static void database_drop(void *name)
{
    admin(text_format(check_arena(), "DROP DATABASE IF EXISTS %s WITH (FORCE)", (char *)name).at);
}

static const char *fresh_postgres(const char *options)
{
    static int count;
    const char *url = getenv("MUSTER_TEST_PG");
    if (!url)
        skip();
    arena *a = check_arena();
    char *name = arena_alloc(a, 64);
    snprintf(name, 64, "store_test_%d_%d", (int)getpid(), ++count);
    admin(text_format(a, "CREATE DATABASE %s %s TEMPLATE template0", name, options).at);
    arena_defer(a, database_drop, name);
    size_t end = strlen(url);
    while (url[end - 1] != '/')
        end--;
    return text_format(a, "%.*s%s", (int)end, url, name).at;
}

#define ON_BOTH(f) \
    static void f##_on_sqlite(void **state) \
    { \
        (void)state; \
        f(check_path("m.db")); \
    } \
    static void f##_on_postgres(void **state) \
    { \
        (void)state; \
        f(fresh_postgres("ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'")); \
    }
#define BOTH(f) CHECK_TEST(f##_on_sqlite), CHECK_TEST(f##_on_postgres)

typedef struct opened {
    store *s;
} opened;

static void close_left(void *what)
{
    opened *o = what;
    if (o->s)
        store_close(o->s);
}

static opened *open_with(store_options options)
{
    opened *o = arena_new(check_arena(), opened);
    check_ok(store_open(check_arena(), &options, &o->s));
    arena_defer(check_arena(), close_left, o);
    return o;
}

static store *open_at(const char *url)
{
    return open_with((store_options){ .url = url })->s;
}

static void shut(opened *o)
{
    store_close(o->s);
    o->s = NULL;
}

/* -- works ----------------------------------------------------------------------------------------- */

static err *sql(store_txn *t, arena *a, const char *text, const named *args, rows *out)
{
    store_param params[8];
    size_t count = 0;
    for (const named *n = args; n && n->name; n++)
        params[count++] = (store_param){ n->name, n->value.kind };
    return store_query_text(t, a, text, str_of(text), params, count, args, out);
}

typedef struct job {
    store_work work;
    err *(*run)(struct job *j, store_txn *t, arena *a);
    const char *text;
    int64_t n, id;
    char constraint[160];
} job;

static err *job_run(store_work *w, store_txn *t, arena *a)
{
    job *j = (job *)w;
    err *e = j->run(j, t, a);
    str c = store_constraint(t);
    snprintf(j->constraint, sizeof j->constraint, "%.*s", STR_ARG(c));
    return e;
}

static err *submit(store *s, arena *a, job *j)
{
    j->work.run = job_run;
    return store_submit_wait(s, a, &j->work);
}

static err *run_text(job *j, store_txn *t, arena *a)
{
    return sql(t, a, j->text, NULL, NULL);
}

static err *do_text(store *s, const char *text)
{
    job j = { .run = run_text, .text = text };
    return submit(s, check_arena(), &j);
}

static int64_t number(store *s, const char *text)
{
    store_txn *t;
    rows r;
    check_ok(store_read_begin(s, check_arena(), &t));
    check_ok(sql(t, check_arena(), text, NULL, &r));
    store_read_end(t);
    assert_int_equal(r.count, 1);
    return r.at[0].n;
}

static err *put_setting(job *j, store_txn *t, arena *a)
{
    TRY(store_next_id(t, a, &j->id));
    return sql(t, a, "INSERT INTO setting (scope, name, value) VALUES ($scope, $name, $value)",
               NAMED({ "scope", V_TEXT(STR("test")) },
                     { "name", V_TEXT(text_format(a, "%lld", (long long)j->id)) },
                     { "value", V_TEXT(text_format(a, "%lld", (long long)j->n)) }),
               NULL);
}

/* One team with one post, need 1 of n seats and need 2 at the same time; people 1 to 40. */
static void seed(store *s, int seats)
{
    static const char *const texts[] = {
        "INSERT INTO division (code, name, level) VALUES ('320302001001', 'x', 'community')",
        "INSERT INTO operation (id, title, zone, state, opened_at) VALUES (1, 'o', "
        "'Asia/Shanghai', 'open', 0)",
        "INSERT INTO team (id, operation_id, community_code, name) VALUES (1, 1, '320302001001', "
        "'t')",
        "INSERT INTO post (id, team_id, name, kind, outdoor) VALUES (1, 1, 'a', 'gate', 1), (2, 1, "
        "'b', 'gate', 1)",
        "INSERT INTO shift (id, operation_id, name, kind, start_minute, end_minute) VALUES (1, 1, "
        "'d', '', 480, 720)",
        "INSERT INTO need (id, team_id, post_id, shift_id, starts_on, starts_at, ends_at, "
        "headcount_min, "
        "headcount_target, headcount_limit) VALUES (1, 1, 1, 1, '2020-02-08', 100, 200, 1, 1, 9), "
        "(2, 1, 2, 1, '2020-02-08', 150, 250, 1, 1, 9)",
        "INSERT INTO need_seat (need_id, seat) VALUES (2, 1), (2, 2)",
    };
    for (size_t i = 0; i < COUNT(texts); i++)
        check_ok(do_text(s, texts[i]));
    for (int i = 1; i <= 40; i++)
        check_ok(do_text(
            s, text_format(check_arena(), "INSERT INTO person (id, name) VALUES (%d, 'p')", i).at));
    for (int i = 1; i <= seats; i++)
        check_ok(do_text(
            s, text_format(check_arena(), "INSERT INTO need_seat (need_id, seat) VALUES (1, %d)", i)
                   .at));
}

typedef struct crowd {
    store *s;
    int rounds;
    int64_t n;
    err *(*run)(job *j, store_txn *t, arena *a);
    int good;
    err_code bad;
    int64_t *ids;
} crowd;

static void *crowd_run(void *what)
{
    crowd *c = what;
    arena *a = arena_open(NULL, REQUEST_MAX_BYTES);
    for (int i = 0; i < c->rounds; i++) {
        job j = { .run = c->run, .n = c->n };
        err *e = submit(c->s, a, &j);
        if (!e && c->ids)
            c->ids[c->good] = j.id;
        c->good += !e;
        if (e)
            c->bad = e->code;
    }
    arena_close(a);
    return NULL;
}

static int crowd_together(crowd *all, size_t count)
{
    pthread_t threads[64];
    int good = 0;
    for (size_t i = 0; i < count; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, crowd_run, &all[i]), 0);
    for (size_t i = 0; i < count; i++) {
        pthread_join(threads[i], NULL);
        good += all[i].good;
    }
    return good;
}

/* -- opening --------------------------------------------------------------------------------------- */

static void what_was_saved_is_there_when_opened_again(const char *url)
{
    opened *o = open_with((store_options){ .url = url, .mode = "drill" });
    check_ok(do_text(o->s, "INSERT INTO setting (scope, name, value) VALUES ('a', 'b', 'c')"));
    shut(o);
    o = open_with((store_options){ .url = url, .mode = "real" });
    assert_int_equal(number(o->s, "SELECT count(*) FROM setting"), 1);
    assert_int_equal(
        number(o->s,
               text_format(check_arena(), "SELECT count(*) FROM installation WHERE mode = 'drill' AND schema_version = %lld",
                           (long long)migrate_newest()).at),
        1);
    shut(o);
    o = open_with((store_options){ .url = url, .read_only = true });
    assert_int_equal(number(o->s, "SELECT count(*) FROM setting"), 1);
    check_err(do_text(o->s, "DELETE FROM setting"), ERR_USAGE, "store.read_only");
}
ON_BOTH(what_was_saved_is_there_when_opened_again)

static void a_newer_database_is_refused(const char *url)
{
    opened *o = open_with((store_options){ .url = url });
    check_ok(do_text(o->s, "UPDATE installation SET schema_version = 9999"));
    shut(o);
    store *s;
    check_err(store_open(check_arena(), &(store_options){ .url = url }, &s), ERR_DATABASE,
              "store.newer");
    check_err(store_open(check_arena(), &(store_options){ .url = url, .read_only = true }, &s),
              ERR_DATABASE, "store.newer");
}
ON_BOTH(a_newer_database_is_refused)

/* As a program left it that knew no migration from 0003 on. */
/* As the second schema had it, with one row. */
static void make_older(const char *url)
{
    opened *o = open_with((store_options){ .url = url, .schema_max = 2 });
    check_ok(do_text(o->s, "INSERT INTO setting (scope, name, value) VALUES ('a', 'b', 'c')"));
    shut(o);
}

static void an_older_database_is_brought_up_to_date(const char *url)
{
    make_older(url);
    store *s;
    check_err(store_open(check_arena(), &(store_options){ .url = url, .read_only = true }, &s), ERR_DATABASE,
              "store.older");
    s = open_at(url);
    assert_int_equal(number(s, "SELECT schema_version FROM installation"), migrate_newest());
    assert_int_equal(number(s, "SELECT count(*) FROM setting"), 1);
    assert_int_equal(number(s, "SELECT count(*) FROM scope_person"), 0);
}
ON_BOTH(an_older_database_is_brought_up_to_date)

static size_t copies(glob_t *g)
{
    memset(g, 0, sizeof *g);
    return glob(check_path("m.db.v2.20*Z.bak"), 0, NULL, g) == 0 ? g->gl_pathc : 0;
}

static void it_is_copied_before(void **state)
{
    (void)state;
    glob_t g;
    struct stat st;
    make_older(check_path("m.db"));
    assert_int_equal(copies(&g), 0); /* a new one has nothing to lose */
    assert_int_equal(chmod(check_path("m.db"), 0600), 0);
    shut(open_with((store_options){ .url = check_path("m.db") }));
    shut(open_with((store_options){ .url = check_path("m.db") })); /* nothing to bring up: no second copy */
    assert_int_equal(copies(&g), 1);
    assert_int_equal(stat(g.gl_pathv[0], &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    sqlite3 *db;
    sqlite3_stmt *q;
    assert_int_equal(sqlite3_open(g.gl_pathv[0], &db), SQLITE_OK);
    sqlite3_prepare_v2(db, "SELECT schema_version, (SELECT count(*) FROM setting) FROM installation", -1, &q, NULL);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(q, 0), 2);
    assert_int_equal(sqlite3_column_int(q, 1), 1);
    sqlite3_finalize(q);
    sqlite3_close(db);
    globfree(&g);
}

static void without_a_copy_nothing_is_changed(void **state)
{
    (void)state;
    glob_t g;
    store *s;
    make_older(check_path("m.db"));
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit was;
    getrlimit(RLIMIT_FSIZE, &was);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){ 64 << 10, was.rlim_max });
    err *e = store_open(check_arena(), &(store_options){ .url = check_path("m.db") }, &s);
    setrlimit(RLIMIT_FSIZE, &was);
    signal(SIGXFSZ, SIG_DFL);
    check_err(e, ERR_DISK, "store.backup");
    assert_int_equal(copies(&g), 0); /* nor is half a one left */
    check_err(store_open(check_arena(), &(store_options){ .url = check_path("m.db"), .read_only = true }, &s),
              ERR_DATABASE, "store.older");
}

static void a_file_another_program_holds_is_said(void **state)
{
    (void)state;
    sqlite3 *db;
    store *s;
    shut(open_with((store_options){ .url = check_path("m.db") }));
    assert_int_equal(sqlite3_open(check_path("m.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; DELETE FROM setting", NULL, NULL,
                                  NULL), SQLITE_OK);
    check_err(store_open(check_arena(), &(store_options){ .url = check_path("m.db") }, &s), ERR_LOCKED, "store.in_use");
    sqlite3_close(db);
    open_at(check_path("m.db"));
}

static void every_statement_prepares(const char *url)
{
    store *s = open_at(url);
    store_txn *t;
    check_ok(store_read_begin(s, check_arena(), &t));
    check_ok(store_prepare_all(t, check_arena()));
    store_read_end(t);
}
ON_BOTH(every_statement_prepares)

static void another_program_s_file_is_left_alone(void **state)
{
    (void)state;
    store *s;
    sqlite3 *db;
    const char *path = check_path("other.db");
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_exec(db, "CREATE TABLE x (y)", NULL, NULL, NULL);
    sqlite3_close(db);
    check_err(store_open(check_arena(), &(store_options){ .url = path }, &s), ERR_DATABASE,
              "store.not_ours");
    path = check_path("people.csv");
    FILE *f = fopen(path, "w");
    for (int i = 0; i < 2000; i++)
        fputs("name,phone\n", f);
    fclose(f);
    check_err(store_open(check_arena(), &(store_options){ .url = path }, &s), ERR_DATABASE,
              "store.not_ours");
    struct stat st;
    stat(path, &st);
    assert_int_equal(st.st_size, 22000);
}

static void a_database_of_other_tables_is_left_alone(void **state)
{
    (void)state;
    const char *url = fresh_postgres("");
    PGconn *pg = PQconnectdb(url);
    PQclear(PQexec(pg, "CREATE TABLE x (y int)"));
    PQfinish(pg);
    store *s;
    check_err(store_open(check_arena(), &(store_options){ .url = url }, &s), ERR_DATABASE,
              "store.not_ours");
}

static void another_collation_is_refused(void **state)
{
    (void)state;
    store *s;
    const char *url = fresh_postgres("LOCALE_PROVIDER icu ICU_LOCALE 'en'");
    check_err(store_open(check_arena(), &(store_options){ .url = url }, &s), ERR_DATABASE,
              "store.collation");
}

static void no_server_is_said_without_the_password(void **state)
{
    (void)state;
    store *s;
    err *e = store_open(check_arena(),
                        &(store_options){ .url = "postgresql://me:secret@127.0.0.1:1/x" }, &s);
    check_err(e, ERR_DATABASE, "store.refused");
    check_str(e->values[0].value, "127.0.0.1:1/x");
}

static void a_file_in_use_or_out_of_reach_is_said(void **state)
{
    (void)state;
    store *s;
    const char *path = check_path("m.db");
    open_at(path);
    check_err(store_open(check_arena(), &(store_options){ .url = path }, &s), ERR_LOCKED,
              "store.locked");
    check_err(store_open(check_arena(), &(store_options){ .url = check_path("no/m.db") }, &s),
              ERR_DISK, "file.folder_missing");
    check_err(store_open(check_arena(), &(store_options){ .url = check_folder() }, &s), ERR_INPUT,
              "file.directory");
    check_err(store_open(check_arena(), &(store_options){ .url = "/proc/m.db" }, &s), ERR_DISK,
              NULL);
    check_err(store_open(check_arena(),
                         &(store_options){ .url = check_path("none.db"), .read_only = true }, &s),
              ERR_NOT_FOUND, "file.missing");
    store *reader = open_with((store_options){ .url = path, .read_only = true })->s;
    assert_int_equal(number(reader, "SELECT count(*) FROM lane"), 1);
}

/* -- statements ------------------------------------------------------------------------------------ */

static err *ask(job *j, store_txn *t, arena *a)
{
    (void)j;
    rows r;
    char raw[] = { 0, 1, (char)255 };
    TRY(sql(t, a,
            "INSERT INTO setting (scope, name, value) VALUES ($a, $b, $c) RETURNING scope, name",
            NAMED({ "c", V_TEXT(STR("$a '")) }, { "a", V_TEXT(STR("\345\276\220")) },
                  { "b", V_TEXT(STR("")) }),
            &r));
    assert_int_equal(r.count, 1);
    assert_true(str_is(rows_text(&r, 0, "scope"), "\345\276\220"));
    assert_true(rows_at(&r, 0, "name")->kind == VALUE_TEXT);
    TRY(sql(
        t, a,
        "INSERT INTO session (token_hash, person_id, opened_at, expires_at) VALUES ($h, 1, 1, $t) RETURNING *",
        NAMED({ "h", V_BLOB(((str){ raw, 3 })) }, { "t", V_INT(INT64_MAX) }), &r));
    assert_true(rows_at(&r, 0, "token_hash")->kind == VALUE_BLOB);
    assert_memory_equal(rows_text(&r, 0, "token_hash").at, raw, 3);
    assert_true(rows_int(&r, 0, "expires_at") == INT64_MAX);
    TRY(sql(t, a,
            "SELECT '$a' AS a, id, org_id, CAST(NULL AS TEXT) AS b -- $c\nFROM person WHERE id <= "
            "$n /* $d */ "
            "ORDER BY id",
            NAMED({ "n", V_INT(3) }), &r));
    assert_int_equal(r.count, 3);
    assert_int_equal(rows_int(&r, 2, "id"), 3);
    assert_true(rows_at(&r, 2, "org_id")->kind == VALUE_NULL &&
                rows_at(&r, 2, "b")->kind == VALUE_NULL);
    assert_true(str_is(rows_text(&r, 0, "a"), "$a"));
    return NULL;
}

static void values_come_back_as_they_went(const char *url)
{
    store *s = open_with((store_options){ .url = url, .stepped = true })->s;
    seed(s, 1);
    job j = { .run = ask };
    check_ok(submit(s, check_arena(), &j));
}
ON_BOTH(values_come_back_as_they_went)

static err *miss_arg(job *j, store_txn *t, arena *a)
{
    (void)j;
    store_param p = { "x", VALUE_INT };
    return store_query_text(t, a, "x", STR("SELECT $x AS x"), &p, 1, NULL, NULL);
}

static err *wrong_type(job *j, store_txn *t, arena *a)
{
    (void)j;
    store_param p = { "x", VALUE_INT };
    return store_query_text(t, a, "x", STR("SELECT $x AS x"), &p, 1,
                            NAMED({ "x", V_TEXT(STR("1")) }), NULL);
}

static err *unknown_name(job *j, store_txn *t, arena *a)
{
    (void)j;
    return store_query(t, a, "nothing.at_all", NULL, NULL);
}

static void mistakes_in_statements_are_errors(const char *url)
{
    store *s = open_at(url);
    check_err(do_text(s, "SELEC 1"), ERR_DATABASE, "store.statement");
    check_err(do_text(s, "SELECT $y AS y"), ERR_DATABASE, "store.statement");
    check_err(do_text(s, "INSERT INTO setting (scope, name, value) VALUES (1, 2, NULL)"),
              ERR_CONFLICT, NULL);
    err *(*const runs[])(job *, store_txn *, arena *) = { miss_arg, wrong_type, unknown_name };
    for (size_t i = 0; i < COUNT(runs); i++) {
        job j = { .run = runs[i] };
        check_err(submit(s, check_arena(), &j), ERR_DATABASE, "store.statement");
    }
    check_ok(do_text(s, "INSERT INTO setting (scope, name, value) VALUES ('a', 'b', 'c')"));
}
ON_BOTH(mistakes_in_statements_are_errors)

/* -- works stand or fall alone ---------------------------------------------------------------------- */

static err *put_odd(job *j, store_txn *t, arena *a)
{
    TRY(put_setting(j, t, a));
    return j->n % 2 ? err_new(a, ERR_CONFLICT, "store.busy", NULL) : NULL;
}

static void job_done(store_work *w, err *e)
{
    ((job *)w)->n = e ? -1 : 0;
}

static void one_work_rolled_back_leaves_the_others(const char *url)
{
    store *s = open_with((store_options){ .url = url, .stepped = true })->s;
    job jobs[20];
    memset(jobs, 0, sizeof jobs);
    for (int i = 0; i < 20; i++) {
        jobs[i] = (job){ .work = { .run = job_run, .done = job_done }, .run = put_odd, .n = i };
        check_ok(store_submit(s, &jobs[i].work));
    }
    for (int i = 0; i < 20; i++)
        store_step(s);
    for (int i = 0; i < 20; i++)
        assert_int_equal(jobs[i].n, i % 2 ? -1 : 0);
    assert_int_equal(number(s, "SELECT count(*) FROM setting"), 10);
    /* ids of what was rolled back are used again, so a replay gives the same */
    assert_int_equal(jobs[18].id & ((1LL << 40) - 1), 10);
}
ON_BOTH(one_work_rolled_back_leaves_the_others)

static err *go_on_after_failure(job *j, store_txn *t, arena *a)
{
    (void)put_setting(j, t, a);
    (void)sql(t, a, "INSERT INTO lane (lane, next_id) VALUES (9999, 1)", NULL, NULL);
    (void)sql(t, a, "INSERT INTO setting (scope, name, value) VALUES ('x', 'x', 'x')", NULL, NULL);
    return NULL;
}

static void a_query_that_failed_fails_its_work(const char *url)
{
    store *s = open_at(url);
    job j = { .run = go_on_after_failure };
    check_err(submit(s, check_arena(), &j), ERR_CONFLICT, "store.constraint");
    assert_string_equal(j.constraint, "check");
    assert_int_equal(number(s, "SELECT count(*) FROM setting"), 0);
}
ON_BOTH(a_query_that_failed_fails_its_work)

static err *eat_memory(job *j, store_txn *t, arena *a)
{
    TRY(put_setting(j, t, a));
    arena_fail_after(a, j->n);
    rows r;
    TRY(sql(t, a, "SELECT * FROM setting", NULL, &r));
    TRY(put_setting(j, t, a));
    arena_fail_after(a, -1);
    return NULL;
}

static void memory_that_runs_out_rolls_back(const char *url)
{
    store *s = open_at(url);
    int failures = 0;
    for (int n = 0;; n++) {
        job j = { .run = eat_memory, .n = n };
        err *e = submit(s, check_arena(), &j);
        if (!e)
            break;
        check_err(e, ERR_MEMORY, NULL);
        failures++;
    }
    assert_true(failures > 5);
    assert_int_equal(number(s, "SELECT count(*) FROM setting"), 2);
}
ON_BOTH(memory_that_runs_out_rolls_back)

static void a_full_queue_refuses_at_once(const char *url)
{
    store *s = open_with((store_options){ .url = url, .stepped = true })->s;
    job *jobs = arena_many(check_arena(), job, QUEUE_MAX + 1);
    for (int i = 0; i <= QUEUE_MAX; i++)
        jobs[i] = (job){ .work = { .run = job_run, .done = job_done }, .run = put_setting, .n = 7 };
    for (int i = 0; i < QUEUE_MAX; i++)
        check_ok(store_submit(s, &jobs[i].work));
    check_err(store_submit(s, &jobs[QUEUE_MAX].work), ERR_LIMIT, "store.queue_full");
    store_step(s);
    check_ok(store_submit(s, &jobs[QUEUE_MAX].work));
}
ON_BOTH(a_full_queue_refuses_at_once)

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static void sixty_four_threads_lose_nothing(const char *url)
{
    enum { THREADS = 64, ROUNDS = 50 };
    opened *o = open_with((store_options){ .url = url });
    int64_t *ids = arena_many(check_arena(), int64_t, THREADS * ROUNDS);
    crowd all[THREADS];
    for (int i = 0; i < THREADS; i++)
        all[i] = (crowd){
            .s = o->s, .rounds = ROUNDS, .n = i, .run = put_setting, .ids = ids + i * ROUNDS
        };
    assert_int_equal(crowd_together(all, THREADS), THREADS * ROUNDS);
    qsort(ids, THREADS * ROUNDS, sizeof *ids, by_number);
    for (int i = 1; i < THREADS * ROUNDS; i++)
        assert_true(ids[i] > ids[i - 1]);
    assert_true(ids[THREADS * ROUNDS - 1] < 1LL << 52);
    shut(o);
    store *s = open_at(url);
    assert_int_equal(number(s, "SELECT count(*) FROM setting"), THREADS * ROUNDS);
    job j = { .run = put_setting };
    check_ok(submit(s, check_arena(), &j)); /* on a lane used before: not one of its old ids */
}
ON_BOTH(sixty_four_threads_lose_nothing)

static void a_reader_sees_one_moment(const char *url)
{
    store *s = open_at(url);
    store_txn *t;
    rows r;
    check_ok(store_read_begin(s, check_arena(), &t));
    check_ok(do_text(s, "INSERT INTO setting (scope, name, value) VALUES ('a', 'b', 'c')"));
    check_ok(sql(t, check_arena(), "SELECT count(*) AS n FROM setting", NULL, &r));
    assert_int_equal(rows_int(&r, 0, "n"), 0);
    store_read_end(t);
    assert_int_equal(number(s, "SELECT count(*) FROM setting"), 1);
    check_ok(store_read_begin(s, check_arena(), &t));
    assert_non_null(sql(t, check_arena(), "DELETE FROM setting", NULL, NULL));
    store_read_end(t);
    assert_int_equal(number(s, "SELECT count(*) FROM setting"), 1);
}
ON_BOTH(a_reader_sees_one_moment)

static void what_is_read_together_is_of_one_moment(const char *url)
{
    store *s = open_at(url);
    arena *together = arena_open(check_arena(), REQUEST_MAX_BYTES);
    store_txn *t;
    rows r;
    store_share_begin(s, together);
    for (int i = 0; i < 3; i++) { /* what others write in between is not seen, from an arena of its own either */
        arena *inner = arena_open(together, REQUEST_MAX_BYTES);
        check_ok(store_read_begin(s, i == 1 ? inner : together, &t));
        check_ok(sql(t, inner, "SELECT count(*) AS n FROM setting", NULL, &r));
        store_read_end(t);
        assert_int_equal(rows_int(&r, 0, "n"), 0);
        assert_int_equal(number(s, "SELECT count(*) FROM setting"), i);
        check_ok(do_text(s, text_format(check_arena(), "INSERT INTO setting (scope, name, value) VALUES ('a', 'b%d', 'c')", i).at));
        arena_close(inner);
    }
    job own = { .run = run_text, .text = "INSERT INTO setting (scope, name, value) VALUES ('a', 'own', 'c')" };
    check_ok(submit(s, together, &own)); /* what one writes oneself is */
    check_ok(store_read_begin(s, together, &t));
    check_ok(sql(t, together, "SELECT count(*) AS n FROM setting", NULL, &r));
    assert_int_equal(rows_int(&r, 0, "n"), 4);
    assert_non_null(sql(t, together, "SELECT nothing FROM setting", NULL, &r));
    store_read_end(t);
    check_ok(store_read_begin(s, together, &t)); /* a query that failed does not fail the next reading */
    check_ok(sql(t, together, "SELECT count(*) AS n FROM setting", NULL, &r));
    check_ok(submit(s, together, &(job){ .run = run_text, .text = "DELETE FROM setting" }));
    check_ok(sql(t, together, "SELECT count(*) AS n FROM setting", NULL, &r)); /* nor does a work end one under way */
    assert_int_equal(rows_int(&r, 0, "n"), 4);
    store_read_end(t);
    check_ok(store_read_begin(s, together, &t));
    check_ok(sql(t, together, "SELECT count(*) AS n FROM setting", NULL, &r));
    assert_int_equal(rows_int(&r, 0, "n"), 0);
    store_read_end(t);
    store_share_end(together);
    arena_close(together);
}
ON_BOTH(what_is_read_together_is_of_one_moment)

static void one_who_breaks_off_leaves_no_snapshot(const char *url)
{
    store *s = open_at(url);
    for (int i = 0; i < 40; i++) { /* more than there are readers */
        arena *a = arena_open(NULL, REQUEST_MAX_BYTES);
        store_txn *t;
        store_share_begin(s, a);
        check_ok(store_read_begin(s, a, &t));
        arena_close(a);
    }
    assert_int_equal(number(s, "SELECT count(*) FROM setting"), 0);
}
ON_BOTH(one_who_breaks_off_leaves_no_snapshot)

/* -- constraints ----------------------------------------------------------------------------------- */

static err *lock_need(store_txn *t, arena *a, int64_t need)
{
    bool postgres = store_lane(t) > 0;
    return sql(t, a,
               postgres ? "SELECT id FROM need WHERE id = $need FOR NO KEY UPDATE"
                        : "SELECT id FROM need WHERE id = $need",
               NAMED({ "need", V_INT(need) }), NULL);
}

static err *take_seat(job *j, store_txn *t, arena *a)
{
    rows r;
    TRY(lock_need(t, a, 1));
    TRY(store_next_id(t, a, &j->id));
    TRY(sql(
        t, a,
        "INSERT INTO duty (id, need_id, person_id, seat, state, starts_on, starts_at, ends_at, "
        "source) "
        "SELECT $id, n.id, $person, s.seat, 'planned', n.starts_on, n.starts_at, n.ends_at, 'test' "
        "FROM need n JOIN need_seat s ON s.need_id = n.id WHERE n.id = 1 AND NOT EXISTS "
        "(SELECT 1 FROM duty d WHERE d.need_id = n.id AND d.seat = s.seat) ORDER BY s.seat LIMIT 1 "
        "RETURNING id",
        NAMED({ "id", V_INT(j->id) }, { "person", V_INT(j->n) }), &r));
    return r.count ? NULL : err_new(a, ERR_CONFLICT, "store.busy", NULL);
}

static void race(const char *url, int seats)
{
    store *s = open_at(url);
    seed(s, seats);
    for (int round = 0; round < 20; round++) {
        crowd all[16];
        for (int i = 0; i < 16; i++)
            all[i] = (crowd){ .s = s, .rounds = 1, .n = i + 1, .run = take_seat };
        assert_int_equal(crowd_together(all, 16), seats);
        for (int i = 0; i < 16; i++)
            assert_true(all[i].good || all[i].bad == ERR_CONFLICT);
        assert_int_equal(number(s, "SELECT count(*) FROM duty"), seats);
        check_ok(do_text(s, "DELETE FROM duty"));
    }
}

static void sixteen_people_want_the_last_seat(const char *url)
{
    race(url, 1);
}
ON_BOTH(sixteen_people_want_the_last_seat)

static void sixteen_people_want_five_seats(const char *url)
{
    race(url, 5);
}
ON_BOTH(sixteen_people_want_five_seats)

#define DUTY \
    "INSERT INTO duty (id, need_id, person_id, seat, state, starts_on, starts_at, ends_at, " \
    "source) VALUES "

static void what_breaks_a_rule_is_refused_by_name(const char *url)
{
    store *s = open_at(url);
    seed(s, 2);
    static const struct {
        const char *what, *text, *constraint;
    } cases[] = {
        { "a first duty", DUTY "(1, 1, 1, 1, 'planned', '2020-02-08', 100, 200, '')", NULL },
        { "at two posts at once", DUTY "(2, 2, 1, 1, 'planned', '2020-02-08', 150, 250, '')",
          "duty_overlap" },
        { "right after is fine", DUTY "(3, 2, 1, 1, 'planned', '2020-02-08', 200, 250, '')", NULL },
        { "moved into it", "UPDATE duty SET starts_at = 199 WHERE id = 3", "duty_overlap" },
        { "a seat taken", DUTY "(4, 1, 2, 1, 'planned', '2020-02-08', 100, 200, '')",
          "duty_need_id_seat_key" },
        { "no such seat", DUTY "(5, 1, 2, 3, 'planned', '2020-02-08', 100, 200, '')",
          "foreign_key" },
        { "no state", DUTY "(5, 1, 2, 2, 'lost', '2020-02-08', 100, 200, '')", "check" },
        { "an id twice", DUTY "(3, 1, 3, 2, 'planned', '2020-02-08', 100, 200, '')", "duty_pkey" },
        { "twice the team",
          "INSERT INTO team (id, operation_id, community_code, name) VALUES (2, 1, "
          "'320302001001', 'u')",
          "team_operation_id_community_code_key" },
        { "an org", "INSERT INTO org (id, kind, name) VALUES (1, 'city', 'c')", NULL },
        { "twice the root", "INSERT INTO org (id, kind, name) VALUES (2, 'city', 'c')",
          "org_name" },
        { "a member", "INSERT INTO membership VALUES (1, 1, 1, 1, 'assigned', 'active', 0, NULL)",
          NULL },
        { "a second home",
          "INSERT INTO membership VALUES (2, 1, 1, 1, 'joined', 'active', 0, NULL)",
          "membership_*" },
        { "no name", "INSERT INTO person (id) VALUES (99)", "not_null" },
        { "twice a setting", "INSERT INTO setting VALUES ('a', 'b', 'c'), ('a', 'b', 'd')",
          "setting_pkey" },
        { "a placement",
          "INSERT INTO placement (id, person_id, state, reasons) VALUES (1, 1, 'queued', '')",
          NULL },
        { "changed", "UPDATE placement SET state = 'outside'", "append_only: placement" },
        { "deleted", "DELETE FROM placement", "append_only: placement" },
        { "an audit row",
          "INSERT INTO audit SELECT lane, 1, 0, 'p', 1, 1, 'c', 'k', token, '', NULL, '', '', '', "
          "'', token, token FROM lane, (SELECT CAST('x' AS BLOB) AS token) x ORDER BY lane LIMIT 1",
          NULL },
        { "audit changed", "UPDATE audit SET body = 'x'", "append_only: audit" },
        { "audit deleted", "DELETE FROM audit", "append_only: audit" },
        { "a key again",
          "INSERT INTO audit SELECT lane, 2, at, principal, 1, 1, 'c', key, args_hash, '', NULL, "
          "'', "
          "'', '', '', prev, hash FROM audit",
          "audit_key" },
        { "a draft",
          "INSERT INTO roster (id, team_id, version, from_on, to_on, state) VALUES (1, 1, 1, '', "
          "'', "
          "'draft')",
          NULL },
        { "a second draft",
          "INSERT INTO roster (id, team_id, version, from_on, to_on, state) VALUES (2, 1, 2, '', "
          "'', 'draft')",
          "roster_draft" },
        { "its line", "INSERT INTO roster_line (roster_id, need_id, person_id) VALUES (1, 1, 1)",
          NULL },
        { "published", "UPDATE roster SET state = 'published'", NULL },
        { "a line more", "INSERT INTO roster_line (roster_id, need_id, person_id) VALUES (1, 1, 2)",
          "roster_published" },
        { "a line changed", "UPDATE roster_line SET lead = 1", "roster_published" },
        { "a line less", "DELETE FROM roster_line", "roster_published" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        str text = str_of(cases[i].text);
        ptrdiff_t blob = str_find(text, STR("AS BLOB"));
        if (blob >= 0 && store_is_postgres(s))
            text = text_format(check_arena(), "%.*sAS BYTEA%s", (int)blob, text.at,
                               text.at + blob + 7);
        job j = { .run = run_text, .text = text.at };
        err *e = submit(s, check_arena(), &j);
        if (!cases[i].constraint) {
            check_ok(e);
            continue;
        }
        check_err(e, ERR_CONFLICT, "store.constraint");
        size_t len =
            strcspn(cases[i].constraint, "*"); /* two constraints forbid it; either may be named */
        assert_true(strncmp(j.constraint, cases[i].constraint, len) == 0);
        if (!cases[i].constraint[len])
            assert_string_equal(j.constraint, cases[i].constraint);
    }
}
ON_BOTH(what_breaks_a_rule_is_refused_by_name)

/* -- faults ---------------------------------------------------------------------------------------- */

/* SQLite: the file may not grow, so COMMIT fails; all works of the batch hear of it, then all is well again. */
static void a_disk_that_fills_loses_nothing_acknowledged(void **state)
{
    (void)state;
    store *s = open_with((store_options){ .url = check_path("m.db"), .stepped = true })->s;
    job first = { .run = put_setting };
    check_ok(submit(s, check_arena(), &first));
    struct stat st;
    assert_int_equal(stat(check_path("m.db-wal"), &st), 0);
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit was, small;
    getrlimit(RLIMIT_FSIZE, &was);
    small = (struct rlimit){ (rlim_t)st.st_size + 100, was.rlim_max };
    setrlimit(RLIMIT_FSIZE, &small);
    job jobs[8];
    memset(jobs, 0, sizeof jobs);
    for (int i = 0; i < 8; i++) {
        jobs[i] = (job){ .work = { .run = job_run, .done = job_done }, .run = put_setting, .n = 5 };
        store_submit(s, &jobs[i].work);
    }
    store_step(s);
    setrlimit(RLIMIT_FSIZE, &was);
    signal(SIGXFSZ, SIG_DFL);
    for (int i = 0; i < 8; i++)
        assert_int_equal(jobs[i].n, -1);
    assert_int_equal(number(s, "SELECT count(*) FROM setting"), 1);
    job again = { .run = put_setting };
    check_ok(submit(s, check_arena(), &again));
    assert_int_equal(number(s, "SELECT count(*) FROM setting"), 2);
}

static err *cut_first_time(job *j, store_txn *t, arena *a)
{
    TRY(put_setting(j, t, a));
    if (j->n++ == 0)
        admin(
            text_format(check_arena(),
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE "
                        "'store\\_test\\_%d\\_%%'",
                        (int)getpid())
                .at);
    return NULL;
}

static void a_broken_connection_is_made_anew(void **state)
{
    (void)state;
    store *s = open_at(fresh_postgres("ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"));
    job j = { .run = cut_first_time };
    check_ok(submit(s, check_arena(), &j));
    assert_int_equal(number(s, "SELECT count(*) FROM setting"), 1);
}

static void error_words_are_complete(void **state)
{
    (void)state;
    for (int lang = 0; lang < WORDS_LANG_COUNT; lang++) {
        for (size_t i = 0; i < words_count(lang); i++) {
            const char *key = words_key(lang, i);
            if (strncmp(key, "store.", 6) != 0)
                continue;
            bool hint = str_ends(str_of(key), STR(".hint"));
            assert_true(hint || words_has(lang, text_format(check_arena(), "%s.hint", key).at));
            assert_true(words_has(!lang, key));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(what_was_saved_is_there_when_opened_again),
        BOTH(a_newer_database_is_refused),
        BOTH(an_older_database_is_brought_up_to_date),
        CHECK_TEST(it_is_copied_before),
        CHECK_TEST(without_a_copy_nothing_is_changed),
        CHECK_TEST(a_file_another_program_holds_is_said),
        BOTH(every_statement_prepares),
        CHECK_TEST(another_program_s_file_is_left_alone),
        CHECK_TEST(a_database_of_other_tables_is_left_alone),
        CHECK_TEST(another_collation_is_refused),
        CHECK_TEST(no_server_is_said_without_the_password),
        CHECK_TEST(a_file_in_use_or_out_of_reach_is_said),
        BOTH(values_come_back_as_they_went),
        BOTH(mistakes_in_statements_are_errors),
        BOTH(one_work_rolled_back_leaves_the_others),
        BOTH(a_query_that_failed_fails_its_work),
        BOTH(memory_that_runs_out_rolls_back),
        BOTH(a_full_queue_refuses_at_once),
        BOTH(sixty_four_threads_lose_nothing),
        BOTH(a_reader_sees_one_moment),
        BOTH(what_is_read_together_is_of_one_moment),
        BOTH(one_who_breaks_off_leaves_no_snapshot),
        BOTH(sixteen_people_want_the_last_seat),
        BOTH(sixteen_people_want_five_seats),
        BOTH(what_breaks_a_rule_is_refused_by_name),
        CHECK_TEST(a_disk_that_fills_loses_nothing_acknowledged),
        CHECK_TEST(a_broken_connection_is_made_anew),
        CHECK_TEST(error_words_are_complete),
    };
    return cmocka_run_group_tests_name("store/store", tests, NULL, NULL);
}

/* Works that are committed together: a work that fails is refused alone, and all else is as if each had stood alone. */
#include "database.h"

#include "base/limits.h"
#include "base/text.h"
#include "store/store.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef enum behaviour {
    WELL,
    REFUSED,      /* before it writes anything */
    WRITES_FAILS, /* after it wrote */
    BREAKS_RULE,  /* its second row is there already */
    SECOND_TIME,  /* goes well once; run again, it fails after it wrote */
    ONLY_FIRST,   /* fails after it wrote; run again, it goes well */
} behaviour;

typedef struct job {
    store_work work;
    behaviour how;
    const char *name;
    int runs;
    int64_t id;
    bool answered;
    err_code code; /* 0: committed */
} job;

static err *put(store_txn *t, arena *a, const char *name, int64_t id)
{
    static const store_param params[] = { { "name", VALUE_TEXT }, { "value", VALUE_TEXT } };
    return store_query_text(t, a, "put", STR("INSERT INTO setting (scope, name, value) VALUES ('batch', $name, $value)"),
                            params, COUNT(params),
                            NAMED({ "name", V_TEXT(str_of(name)) },
                                  { "value", V_TEXT(text_format(a, "%lld", (long long)id)) }),
                            NULL);
}

static err *run(store_work *w, store_txn *t, arena *a)
{
    job *j = (job *)w;
    j->runs++;
    if (j->how == REFUSED)
        return err_new(a, ERR_RIGHTS, "store.busy", NULL);
    TRY(store_next_id(t, a, &j->id));
    TRY(put(t, a, j->name, j->id));
    if (j->how == BREAKS_RULE)
        TRY(put(t, a, j->name, j->id));
    if (j->how == WRITES_FAILS || (j->how == SECOND_TIME && j->runs == 2) || (j->how == ONLY_FIRST && j->runs == 1))
        return err_new(a, ERR_LIMIT, "store.busy", NULL);
    return NULL;
}

static void done(store_work *w, err *e)
{
    job *j = (job *)w;
    assert_false(j->answered);
    j->answered = true;
    j->code = e ? e->code : 0;
}

static void close_store(void *s)
{
    store_close(s);
}

static store *open_stepped(const char *url)
{
    store *s;
    check_ok(store_open(check_arena(), &(store_options){ .url = url, .stepped = true }, &s));
    arena_defer(check_arena(), close_store, s);
    return s;
}

static rows kept(store *s)
{
    rows r = { 0 };
    store_txn *t;
    check_ok(store_read_begin(s, check_arena(), &t));
    check_ok(store_query_text(t, check_arena(), "kept", STR("SELECT name, value FROM setting WHERE scope = 'batch' ORDER BY name"),
                              NULL, 0, NULL, &r));
    store_read_end(t);
    return r;
}

enum { JOBS_MAX = 12 };

/* One letter for each work, in the order they wait. */
static size_t make_jobs(job *jobs, const char *letters)
{
    static const char *const names[JOBS_MAX] = { "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l" };
    static const char of[] = ".rwbso";
    size_t count = strlen(letters);
    assert_true(count <= JOBS_MAX);
    for (size_t i = 0; i < count; i++)
        jobs[i] = (job){ .work = { .run = run, .done = done }, .how = (behaviour)(strchr(of, letters[i]) - of),
                         .name = names[i] };
    return count;
}

static void submit_all(store *s, job *jobs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_ok(store_submit(s, &jobs[i].work));
    for (size_t i = 0; i < count; i++)
        store_step(s);
}

/* After failures come batches with savepoints from the start; this many that do nothing end that. */
static void calm(store *s)
{
    enum { BATCHES = 100 };
    for (int i = 0; i < BATCHES; i++) {
        job j = { .work = { .run = run, .done = done }, .how = REFUSED };
        submit_all(s, &j, 1);
    }
}

static err *clear(store_work *w, store_txn *t, arena *a)
{
    (void)w;
    return store_query_text(t, a, "clear", STR("DELETE FROM setting WHERE scope = 'batch'"), NULL, 0, NULL, NULL);
}

/* Works of these letters: those that went well are there with ids without a gap, the others are refused and left none. */
static void stands(store *s, const char *letters, const char *well)
{
    job jobs[JOBS_MAX];
    size_t count = make_jobs(jobs, letters), left = 0;
    int64_t id = 0;
    store_work empty = { .run = clear };
    check_ok(store_submit_wait(s, check_arena(), &empty));
    calm(s);
    submit_all(s, jobs, count);
    rows r = kept(s);
    for (size_t i = 0; i < count; i++) {
        assert_true(jobs[i].answered);
        assert_true((jobs[i].code == 0) == (strchr(well, *jobs[i].name) != NULL));
        if (jobs[i].code)
            continue;
        assert_true(left < r.count);
        check_str(rows_text(&r, left, "name"), jobs[i].name);
        check_str(rows_text(&r, left, "value"), text_format(check_arena(), "%lld", (long long)jobs[i].id).at);
        assert_true(!left || jobs[i].id == id + 1); /* of what was rolled back the id is used again */
        id = jobs[i].id;
        left++;
    }
    assert_int_equal(r.count, left);
    assert_int_equal(left, strlen(well));
}

static void a_failure_is_refused_alone(const char *url)
{
    static const struct {
        const char *what, *letters, *well;
    } cases[] = {
        { "nobody fails", "......", "abcdef" },
        { "the first fails", "w.....", "bcdef" },
        { "one in the middle", "...w..", "abcef" },
        { "the last", ".....w", "abcde" },
        { "first, middle and last", "w..w.w", "bce" },
        { "all", "wwwwww", "" },
        { "a rule of the database, in the middle", "..b..", "abde" },
        { "some are refused before they write", "r.r..r", "bde" },
        { "refused, then one that had written", ".r.w.r.", "aceg" },
    };
    store *s = open_stepped(url);
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        stands(s, cases[i].letters, cases[i].well);
    }
}
ON_BOTH(a_failure_is_refused_alone)

/* What is run again may come out otherwise: then that is what is answered, and it too fails alone. */
static void the_second_run_is_what_counts(void **state)
{
    (void)state;
    store *s = open_stepped(check_path("m.db"));
    stands(s, ".s.w.", "ace");
    stands(s, "..o.", "abcd");
    stands(s, ".so.", "acd");
}

static void only_what_must_runs_again(void **state)
{
    (void)state;
    job jobs[JOBS_MAX];
    store *s = open_stepped(check_path("m.db"));
    static const struct {
        const char *what, *letters;
        int runs[6];
    } cases[] = {
        { "nobody failed", "....", { 1, 1, 1, 1 } },
        { "refused before it wrote", ".r..", { 1, 1, 1, 1 } },
        { "nobody had written before it", "rw..", { 1, 1, 1, 1 } },
        { "two had", "..w.w.", { 2, 2, 2, 1, 1, 1 } },
        { "failures come in swarms", "..w.", { 1, 1, 1, 1 } }, /* guarded from the start */
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        size_t count = make_jobs(jobs, cases[i].letters);
        for (size_t k = 0; k < count; k++)
            jobs[k].name = text_format(check_arena(), "%zu %zu", i, k).at;
        submit_all(s, jobs, count);
        for (size_t k = 0; k < count; k++)
            assert_int_equal(jobs[k].runs, cases[i].runs[k]);
    }
}

static void ids_come_out_the_same(const char *url)
{
    static const char letters[] = ".w..rb.w.";
    job together[JOBS_MAX], alone[JOBS_MAX];
    store *s = open_stepped(url);
    size_t count = make_jobs(together, letters);
    submit_all(s, together, count);
    bool postgres = store_is_postgres(s);
    s = open_stepped(postgres ? database_postgres() : check_path("alone.db"));
    make_jobs(alone, letters);
    for (size_t i = 0; i < count; i++)
        submit_all(s, &alone[i], 1);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(together[i].code, alone[i].code);
        assert_true(together[i].code || together[i].id == alone[i].id);
    }
}
ON_BOTH(ids_come_out_the_same)

/* -- a kill ------------------------------------------------------------------------------------------- */
enum { THREADS = 16, ACKNOWLEDGED_MIN = 400, NAME_BYTES = 16 };

typedef struct client {
    store *s;
    int number, to;
} client;

/* Every third work fails after it wrote; the name of each that was acknowledged goes into the pipe. */
static void *submit_on(void *what)
{
    client *c = what;
    arena *a = arena_open(NULL, REQUEST_MAX_BYTES);
    for (int i = 0;; i++) {
        char name[NAME_BYTES] = "";
        snprintf(name, sizeof name, "%d-%d", c->number, i);
        job j = { .work = { .run = run }, .how = i % 3 == 2 ? WRITES_FAILS : WELL, .name = name };
        err *e = store_submit_wait(c->s, a, &j.work);
        if (!e && write(c->to, name, sizeof name) != sizeof name)
            return NULL;
    }
}

static _Noreturn void be_killed(const char *path, int to)
{
    static client all[THREADS];
    pthread_t threads[THREADS];
    store *s;
    if (store_open(arena_open(NULL, 64 << 20), &(store_options){ .url = path }, &s))
        _exit(1);
    for (int i = 0; i < THREADS; i++) {
        all[i] = (client){ s, i, to };
        pthread_create(&threads[i], NULL, submit_on, &all[i]);
    }
    for (;;)
        pause();
}

static bool is_kept(const rows *r, const char *name)
{
    for (size_t i = 0; i < r->count; i++)
        if (str_is(rows_text(r, i, "name"), name))
            return true;
    return false;
}

static void a_kill_loses_nothing_acknowledged(void **state)
{
    (void)state;
    static char names[ACKNOWLEDGED_MIN * 8][NAME_BYTES];
    size_t count = 0;
    int ends[2];
    const char *path = check_path("m.db"); /* before the fork: the folder is made with it */
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0)
        be_killed(path, ends[1]);
    close(ends[1]);
    while (count < COUNT(names) && read(ends[0], names[count], NAME_BYTES) == NAME_BYTES)
        if (++count == ACKNOWLEDGED_MIN)
            kill(child, SIGKILL);
    close(ends[0]);
    waitpid(child, NULL, 0);
    assert_true(count >= ACKNOWLEDGED_MIN);
    rows r = kept(open_stepped(path));
    for (size_t i = 0; i < count; i++)
        assert_true(is_kept(&r, names[i]));
    for (size_t i = 0; i < r.count; i++) { /* and of what failed nothing is there */
        str name = rows_text(&r, i, "name"), part;
        int64_t number = 0;
        str_split(&name, '-', &part);
        assert_true(str_int(name, 0, INT64_MAX, &number));
        assert_int_not_equal(number % 3, 2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(a_failure_is_refused_alone),
        CHECK_TEST(the_second_run_is_what_counts),
        CHECK_TEST(only_what_must_runs_again),
        BOTH(ids_come_out_the_same),
        CHECK_TEST(a_kill_loses_nothing_acknowledged),
    };
    return cmocka_run_group_tests_name("store/batch", tests, NULL, NULL);
}

#include "world.h"

#include "base/limits.h"
#include "base/text.h"
#include "command/check.h"
#include "view/view.h"

#include <pthread.h>
#include <stdio.h>

enum { THREADS = 16, ROUNDS = 20, RESULT_MAX = 64 };

typedef struct caller {
    app *p;
    pthread_barrier_t *start;
    const char *key;
    bool well;
    char result[RESULT_MAX];
} caller;

static void *call_once(void *what)
{
    caller *k = what;
    arena *a = arena_open(NULL, REQUEST_MAX_BYTES);
    call c = { .command = "operation.open", .args = NAMED({ "title", T("A") }, { "zone", T("Asia/Shanghai") }),
               .key = str_of(k->key), .now = (int64_t)DATABASE_NOW * 1000, .lang = WORDS_EN, .source = STR("test") };
    str result = { 0 };
    pthread_barrier_wait(k->start);
    k->well = !app_command(k->p, a, &c, &result);
    snprintf(k->result, sizeof k->result, "%.*s", STR_ARG(result));
    arena_close(a);
    return NULL;
}

static void close_app(void *p)
{
    app_close(p);
}

static int64_t count(app *p, const char *name)
{
    int64_t n = -1;
    check_ok(view_count(app_store(p), check_arena(), view_find(str_of(name)), NULL, 0, &n));
    return n;
}

/* All sixteen at once, as a phone that sends again and again would. */
static void one_key_from_sixteen_threads_is_stored_once(const char *url)
{
    app *p = NULL;
    check_ok(app_open(check_arena(), &(app_options){ .url = url, .mode = "demo" }, &p));
    arena_defer(check_arena(), close_app, p);
    for (int round = 0; round < ROUNDS; round++) {
        caller all[THREADS];
        pthread_t threads[THREADS];
        pthread_barrier_t start;
        const char *key = text_format(check_arena(), "key %d", round).at;
        pthread_barrier_init(&start, NULL, THREADS);
        for (int i = 0; i < THREADS; i++) {
            all[i] = (caller){ .p = p, .start = &start, .key = key };
            assert_int_equal(pthread_create(&threads[i], NULL, call_once, &all[i]), 0);
        }
        for (int i = 0; i < THREADS; i++)
            pthread_join(threads[i], NULL);
        pthread_barrier_destroy(&start);
        for (int i = 0; i < THREADS; i++) {
            assert_true(all[i].well);
            assert_string_equal(all[i].result, all[0].result);
        }
        assert_int_equal(count(p, "operation"), round + 1);
        assert_int_equal(count(p, "audit"), round + 1);
    }
    check_report r;
    check_ok(app_check(p, check_arena(), (str){ 0 }, &r));
    assert_int_equal(r.count, 0);
}
ON_BOTH(one_key_from_sixteen_threads_is_stored_once)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(one_key_from_sixteen_threads_is_stored_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

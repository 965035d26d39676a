#include "check.h"

#include <string.h>

static void memory_is_zeroed_and_aligned(void **state)
{
    (void)state;
    arena *a = check_arena();
    for (size_t bytes = 0; bytes < 10000; bytes += 37) {
        unsigned char *p = arena_alloc(a, bytes);
        assert_int_equal((uintptr_t)p % 16, 0);
        for (size_t i = 0; i < bytes; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xff, bytes);
    }
}

/* 1 when memory ran out, 0 when it did not. */
static int takes(arena *catcher, arena *a, size_t bytes, size_t count)
{
    if (arena_catch(catcher)) {
        arena_uncatch(catcher);
        return 1;
    }
    arena_alloc_many(a, bytes, count);
    arena_uncatch(catcher);
    return 0;
}

static void limit_ends_at_the_nearest_catch(void **state)
{
    (void)state;
    static const struct { const char *what; size_t bytes, count; int want; } cases[] = {
        { "fits", 1000, 1, 0 },
        { "exactly the limit is left", 8192, 1, 0 },
        { "one too large", 20000, 1, 1 },
        { "the product overflows", SIZE_MAX / 4, 8, 1 },
        { "no such memory", SIZE_MAX, 1, 1 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        arena *a = arena_open(check_arena(), 8192);
        assert_int_equal(takes(a, a, cases[i].bytes, cases[i].count), cases[i].want);
        assert_int_equal(takes(check_arena(), a, cases[i].bytes, cases[i].count),
                         cases[i].want || cases[i].bytes > 4096);
        assert_true(arena_used(a) <= 8192);
        arena_close(a);
    }
}

static void an_ordered_failure_strikes_once(void **state)
{
    (void)state;
    arena *a = arena_open(check_arena(), 1 << 20);
    arena_fail_after(a, 1);
    assert_int_equal(takes(a, a, 8, 1), 0);
    assert_int_equal(takes(a, a, 8, 1), 1);
    assert_int_equal(takes(a, a, 8, 1), 0);
    arena_close(a);
}

static char order[8];
static void note(void *what)
{
    strncat(order, what, 1);
}

static void deferred_calls_run_last_first(void **state)
{
    (void)state;
    static char x[] = "x", y[] = "y";
    order[0] = '\0';
    arena *a = arena_open(check_arena(), 1 << 20);
    arena_defer(a, note, x);
    arena_defer(a, note, y);
    arena_close(a);
    arena_close(NULL);
    assert_string_equal(order, "yx");
}

static void what_cannot_be_remembered_is_done_at_once(void **state)
{
    (void)state;
    arena *a = arena_open(NULL, 1 << 20);
    static char x[] = "x";
    order[0] = '\0';
    if (arena_catch(a)) {
        assert_string_equal(order, "x");
    } else {
        arena_fail_after(a, 0);
        arena_defer(a, note, x);
        fail();
    }
    arena_uncatch(a);
    arena_close(a);
    assert_string_equal(order, "x"); /* and not again */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(memory_is_zeroed_and_aligned),
        CHECK_TEST(limit_ends_at_the_nearest_catch),
        CHECK_TEST(an_ordered_failure_strikes_once),
        CHECK_TEST(deferred_calls_run_last_first),
        CHECK_TEST(what_cannot_be_remembered_is_done_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

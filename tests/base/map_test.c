#include "check.h"

#include "base/map.h"
#include "base/text.h"

static void what_was_put_is_found(void **state)
{
    (void)state;
    map *m = map_new(check_arena());
    for (int i = 0; i < 5000; i++)
        map_put(m, text_format(check_arena(), "key %d", i % 2500), i);
    assert_int_equal(map_count(m), 2500);
    for (int i = 0; i < 2500; i++) {
        int64_t value = 0;
        assert_true(map_get(m, text_format(check_arena(), "key %d", i), &value));
        assert_int_equal(value, i + 2500);
    }
    assert_false(map_get(m, STR("key 2500"), NULL));
    assert_false(map_get(m, STR(""), NULL));
    map_put(m, STR(""), 9);
    assert_true(map_get(m, STR(""), NULL));
}

static void a_list_keeps_its_order(void **state)
{
    (void)state;
    LIST(int) list = { 0 };
    for (int i = 0; i < 1000; i++)
        *list_add(check_arena(), &list) = i;
    assert_int_equal(list.count, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(list.at[i], i);
}

int main(void)
{
    const struct CMUnitTest tests[] = { CHECK_TEST(what_was_put_is_found), CHECK_TEST(a_list_keeps_its_order) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

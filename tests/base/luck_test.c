#include "check.h"

#include "base/luck.h"

static void same_seed_same_numbers(void **state)
{
    (void)state;
    luck a = luck_of(1), b = luck_of(1), c = luck_of(2);
    int differ = 0;
    for (int i = 0; i < 100; i++) {
        uint64_t x = luck_next(&a);
        assert_true(x == luck_next(&b));
        differ += x != luck_next(&c);
    }
    assert_true(differ > 90);
}

static void below_stays_below_and_is_even(void **state)
{
    (void)state;
    luck l = luck_of(3);
    static const uint32_t limits[] = { 1, 2, 3, 7, 10, 0x80000001u };
    for (size_t i = 0; i < COUNT(limits); i++) {
        int counts[10] = { 0 };
        for (int k = 0; k < 10000; k++) {
            uint32_t x = luck_below(&l, limits[i]);
            assert_true(x < limits[i]);
            if (limits[i] <= 10)
                counts[x]++;
        }
        for (uint32_t k = 0; limits[i] <= 10 && k < limits[i]; k++)
            assert_in_range(counts[k], 10000 / limits[i] * 8 / 10, 10000 / limits[i] * 12 / 10);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { CHECK_TEST(same_seed_same_numbers), CHECK_TEST(below_stays_below_and_is_even) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

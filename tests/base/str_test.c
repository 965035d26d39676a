#include "check.h"

static void numbers_stand_alone_and_within_bounds(void **state)
{
    (void)state;
    static const struct { const char *text; bool reads; int64_t value; } cases[] = {
        { "0", true, 0 },          { "42", true, 42 },  { "-7", true, -7 },
        { "007", true, 7 },        { "", false, 0 },    { "-", false, 0 },
        { " 1", false, 0 },        { "1 ", false, 0 },  { "+1", false, 0 },
        { "1.0", false, 0 },       { "1001", false, 0 },{ "-1001", false, 0 },
        { "99999999999999999999999", false, 0 },
        { "9223372036854775808", false, 0 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].text);
        int64_t value = 0;
        assert_int_equal(str_int(str_of(cases[i].text), -1000, 1000, &value), cases[i].reads);
        assert_int_equal(value, cases[i].value);
    }
}

static void split_gives_every_part_also_empty_ones(void **state)
{
    (void)state;
    str rest = STR("a,,b,"), part;
    static const char *const want[] = { "a", "", "b", "" };
    for (size_t i = 0; i < COUNT(want); i++) {
        assert_true(str_split(&rest, ',', &part));
        check_str(part, want[i]);
    }
    assert_false(str_split(&rest, ',', &part));
}

static void only_well_formed_utf8_counts(void **state)
{
    (void)state;
    static const struct { const char *what; str bytes; bool good; } cases[] = {
        { "empty", STR(""), true },
        { "ASCII", STR("a"), true },
        { "ideographs", STR("徐州"), true },
        { "outside the basic plane", STR("\xf0\xa0\xae\xb7"), true },
        { "cut short", STR("\xe5\xbe"), false },
        { "alone in the middle", STR("a\x80"), false },
        { "overlong slash", STR("\xc0\xaf"), false },
        { "overlong of three", STR("\xe0\x80\xaf"), false },
        { "surrogate", STR("\xed\xa0\x80"), false },
        { "past the last sign", STR("\xf4\x90\x80\x80"), false },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        assert_int_equal(str_is_utf8(cases[i].bytes), cases[i].good);
    }
}

static void parts_never_reach_past_the_end(void **state)
{
    (void)state;
    check_str(str_part(STR("abc"), 1, 99), "bc");
    check_str(str_part(STR("abc"), 3, 1), "");
    check_str(str_from(STR("abc"), 9), "");
    check_str(str_trim(STR(" \t a b \r\n")), "a b");
    check_str(str_trim(STR("  ")), "");
    assert_int_equal(str_find(STR("abcabc"), STR("ca")), 2);
    assert_int_equal(str_find(STR("abc"), STR("x")), -1);
    assert_int_equal(str_find(STR(""), STR("x")), -1);
    assert_true(str_starts(STR("abc"), STR("")) && str_ends(STR("abc"), STR("bc")));
    assert_false(str_ends(STR("c"), STR("bc")));
    assert_true(str_compare(STR("a"), STR("ab")) < 0 && str_compare(STR("b"), STR("ab")) > 0);
    assert_int_equal(str_rune_count(STR("徐州a")), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(numbers_stand_alone_and_within_bounds),
        CHECK_TEST(split_gives_every_part_also_empty_ones),
        CHECK_TEST(only_well_formed_utf8_counts),
        CHECK_TEST(parts_never_reach_past_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

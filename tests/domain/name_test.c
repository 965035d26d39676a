#include "check.h"

#include "domain/name.h"

static void names_that_are_one_have_one_key(void **state)
{
    (void)state;
    static const struct { const char *what, *a, *b; bool one; } cases[] = {
        { "a space within", "李 敏", "李敏", true },
        { "a full-width space", "李　敏", "李敏", true },
        { "a remark in brackets", "王强（预备）", "王强", true },
        { "a remark in other brackets", "陈红【支部书记】", "陈红", true },
        { "a bracket never closed", "王强(预备", "王强", true },
        { "a dot of Latin-1", "阿依古丽·买买提", "阿依古丽买买提", true },
        { "a bullet", "阿依古丽•买买提", "阿依古丽·买买提", true },
        { "a hyphenation point", "阿依古丽‧买买提", "阿依古丽·买买提", true },
        { "a katakana dot, wide and narrow", "阿依古丽・买买提", "阿依古丽･买买提", true },
        { "a full stop, full-width", "阿依古丽．买买提", "阿依古丽.买买提", true },
        { "full-width letters", "ＡＮＮＡ Ｌｉ", "Anna Li", true },
        { "a compatibility ideograph", "\xEF\xA4\xB3", "\xE7\x9B\xA7", true }, /* U+F933 is U+76E7 */
        { "numbered by the list", "张伟2", "张伟", false },
        { "another sign", "李敏", "李闵", false },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        str a = name_key(check_arena(), str_of(cases[i].a)), b = name_key(check_arena(), str_of(cases[i].b));
        assert_true(a.len > 0);
        assert_int_equal(str_equal(a, b), cases[i].one);
    }
}

static void a_key_of_a_key_is_the_same(void **state)
{
    (void)state;
    static const char *const names[] = { "李 敏", "（大）张伟", "(张伟)", "A·B（C）2", "", " ", "（）", "?" };
    for (size_t i = 0; i < COUNT(names); i++) {
        CASE(names[i]);
        str once = name_key(check_arena(), str_of(names[i]));
        assert_true(str_equal(name_key(check_arena(), once), once));
    }
    check_str(name_key(check_arena(), STR("(张伟)")), "张伟"); /* nothing else is written */
}

int main(void)
{
    const struct CMUnitTest tests[] = { CHECK_TEST(names_that_are_one_have_one_key), CHECK_TEST(a_key_of_a_key_is_the_same) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Chains as chat groups write them. */
#include "check.h"

#include "sheet/chain.h"

static const struct {
    const char *what;
    str given;
    const char *number, *text, *tail;
    bool cancelled;
} lines[] = {
    { "a point", STR("1. 张三"), "1", "张三", "", false },
    { "a comma", STR("12、张三"), "12", "张三", "", false },
    { "a bracket", STR("1）张三"), "1", "张三", "", false },
    { "a circle", STR("① 张三"), "1", "张三", "", false },
    { "a key", STR("1️⃣张三"), "1", "张三", "", false },
    { "full-width digits", STR("１２．张三"), "12", "张三", "", false },
    { "no number", STR("张三"), "", "张三", "", false },
    { "four digits", STR("3. 张三 0417"), "3", "张三 0417", "0417", false },
    { "a whole telephone is no tail", STR("3. 张三 13900000417"), "3", "张三 13900000417", "", false },
    { "one more", STR("2. 张三+1"), "2", "张三+1", "", false },
    { "for another", STR("2. 代李四"), "2", "代李四", "", false },
    { "taken back", STR("2. 李四 取消"), "2", "李四 取消", "", true },
    { "struck out", STR("2. 李四（删）"), "2", "李四(删)", "", true },
    { "hours are none of a chat", STR("张三 8:00-12:00"), "", "张三 8:00-12:00", "", false },
    { "a place with an hour", STR("3. 张三 9:30"), "3", "张三 9:30", "", false },
    { "a copied chat", STR("王五 9:30\n李四 2026/2/7 12:00:05\n1. 张三"), "1", "张三", "", false },
    { "after titles", STR("#接龙\n接龙\n\n例：1 王五\n例如 王五\n1.\n4. 张三"), "4", "张三", "", false },
};

static void a_line_is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(lines); i++) {
        chain_line out;
        str rest = lines[i].given;
        CASE(lines[i].what);
        assert_true(chain_next(check_arena(), &rest, &out));
        assert_string_equal(str_z(check_arena(), out.number), lines[i].number);
        assert_string_equal(str_z(check_arena(), out.text), lines[i].text);
        assert_string_equal(str_z(check_arena(), out.tail), lines[i].tail);
        assert_int_equal(out.cancelled, lines[i].cancelled);
        assert_false(chain_next(check_arena(), &rest, &out));
    }
}

static void nothing_holds_nobody(void **state)
{
    (void)state;
    static const char *const given[] = { "", "\n\n", "#接龙", " \r\n1.\n", "接龙 明天核酸" };
    for (size_t i = 0; i < COUNT(given); i++) {
        chain_line out;
        str rest = str_of(given[i]);
        CASE(given[i]);
        assert_false(chain_next(check_arena(), &rest, &out));
    }
}

static void signs_are_no_letters(void **state)
{
    (void)state;
    static const uint32_t signs[] = { ' ', '.', 0xB7, 0x2022, 0x2027, 0x22C5, 0x30FB, 0x3001 };
    for (size_t i = 0; i < COUNT(signs); i++)
        assert_true(chain_is_mark(signs[i]));
    assert_false(chain_is_mark(0x5F20));
    assert_false(chain_is_mark('A'));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(a_line_is_read),
        CHECK_TEST(nothing_holds_nobody),
        CHECK_TEST(signs_are_no_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

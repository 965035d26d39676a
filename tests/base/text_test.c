#include "check.h"

#include "base/limits.h"
#include "base/luck.h"
#include "base/text.h"

#include <string.h>

static void cells_become_one_plain_form(void **state)
{
    (void)state;
    static const struct { const char *what, *from, *want; } cases[] = {
        { "nothing", "", "" },
        { "plain", "Li Lei", "Li Lei" },
        { "ideographs", "云龙区黄河新村", "云龙区黄河新村" },
        { "full width", "Ａ１２－３号", "A12-3号" },
        { "ideographic space", "\u3000张\u3000三\u3000", "张 三" },
        { "no-break space", "a\u00a0b", "a b" },
        { "spaces at both ends", "  a  b ", "a b" },
        { "new lines and tabs", "a\r\n\tb", "a b" },
        { "only spaces", " \u3000\t", "" },
        { "zero width", "张\u200b三\ufeff", "张三" },
        { "soft hyphen", "a\u00adb", "ab" },
        { "direction marks", "\u202e\u2066" "138", "138" },
        { "control signs", "a\x01\x7f" "b", "ab" },
        { "held apart by a joiner", "e\u200d\u0301", "\u00e9" },
        { "composed", "e\u0301", "\u00e9" },
        { "ligature and circled", "ﬁ①㎡", "fi1m2" },
        { "compatibility ideograph", "\uf900", "\u8c48" },
        { "rare name outside the basic plane", "\U00020BB7", "\U00020BB7" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        str once = text_normal(check_arena(), str_of(cases[i].from));
        check_str(once, cases[i].want);
        check_str(text_normal(check_arena(), once), cases[i].want);
    }
}

static void normal_form_of_any_text_is_valid_and_stays(void **state)
{
    (void)state;
    luck l = luck_of(7);
    for (int i = 0; i < 3000; i++) {
        arena *a = arena_open(check_arena(), 1 << 20);
        text t = text_begin(a);
        for (uint32_t n = luck_below(&l, 12); n > 0; n--) {
            static const uint32_t tops[] = { 0x80, 0x800, 0x3100, 0xd800 };
            text_put_rune(&t, luck_below(&l, tops[luck_below(&l, COUNT(tops))]));
        }
        str once = text_normal(a, text_done(&t));
        assert_true(str_is_utf8(once));
        assert_true(once.len == 0 || (once.at[0] != ' ' && once.at[once.len - 1] != ' '));
        assert_int_equal(str_find(once, STR("  ")), -1);
        arena_close(a);
    }
}

static void traditional_is_matched_as_simplified(void **state)
{
    (void)state;
    check_str(text_simplified(check_arena(), STR("雲龍區黃河新村3號 ABC")), "云龙区黄河新村3号 ABC");
    check_str(text_simplified(check_arena(), STR("云龙区")), "云龙区");
    check_str(text_simplified(check_arena(), STR("\U00020BB7é")), "\U00020BB7é");
    check_str(text_simplified(check_arena(), STR("")), "");
}

static void files_are_read_as_what_they_are(void **state)
{
    (void)state;
    static const struct { const char *what; str bytes; text_encoding want; const char *text; } cases[] = {
        { "empty", STR(""), TEXT_UTF8, "" },
        { "UTF-8", STR("徐州"), TEXT_UTF8, "徐州" },
        { "UTF-8 with BOM", STR("\xef\xbb\xbf徐州"), TEXT_UTF8_BOM, "徐州" },
        { "GBK from a spreadsheet", STR("\xd0\xec\xd6\xdd,1"), TEXT_GB18030, "徐州,1" },
        { "four bytes", STR("\xd0\xec\x95\x32\x82\x36"), TEXT_GB18030, "徐\U00020000" },
        { "cut in a sign", STR("\xd0\xec\xd6"), TEXT_UNKNOWN, "" },
        { "BOM, then not UTF-8", STR("\xef\xbb\xbf\xd0\xec"), TEXT_UNKNOWN, "" },
        { "UTF-16, low byte first", STR("\xff\xfe\x90\x5f"), TEXT_UTF16, "徐" },
        { "UTF-16, high byte first", STR("\xfe\xff\x5f\x90"), TEXT_UTF16, "徐" },
        { "UTF-16 cut in a letter", STR("\xff\xfe\x90"), TEXT_UNKNOWN, "" },
        { "UTF-16 with half a pair", STR("\xff\xfe\x3d\xd8\x41\x00"), TEXT_UNKNOWN, "" },
        { "a workbook", STR("PK\x03\x04\0\0\xd0\xec"), TEXT_UNKNOWN, "" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        str out;
        assert_int_equal(text_decode(check_arena(), cases[i].bytes, &out), cases[i].want);
        check_str(out, cases[i].text);
    }
}

static void long_gb18030_is_whole(void **state)
{
    (void)state;
    text t = text_begin(check_arena()), want = text_begin(check_arena());
    for (int i = 0; i < 50000; i++) {
        text_put(&t, i % 3 ? STR("\xd0\xec") : STR("a"));
        text_put_z(&want, i % 3 ? "徐" : "a");
    }
    str out;
    assert_int_equal(text_decode(check_arena(), text_done(&t), &out), TEXT_GB18030);
    assert_true(str_equal(out, text_done(&want)));
}

static void building_grows_and_ends_in_nul(void **state)
{
    (void)state;
    text t = text_begin(check_arena());
    check_str(text_done(&t), "");
    for (int i = 0; i < 1000; i++)
        text_printf(&t, "%d,", i);
    text_put_int(&t, INT64_MIN);
    text_put_rune(&t, 0x1f600);
    str s = text_done(&t);
    assert_true(str_ends(s, STR("999,-9223372036854775808\U0001F600")));
    assert_int_equal(s.at[s.len], '\0');
    check_str(text_format(check_arena(), "%s-%02d", "a", 7), "a-07");
}

static int grows_past_limit(arena *a)
{
    if (arena_catch(a)) {
        arena_uncatch(a);
        return 1;
    }
    text t = text_begin(a);
    text_put(&t, (str){ "", (size_t)TEXT_MAX_BYTES + 1 });
    arena_uncatch(a);
    return 0;
}

static void past_the_limit_ends_like_memory(void **state)
{
    (void)state;
    assert_int_equal(grows_past_limit(check_arena()), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(cells_become_one_plain_form),
        CHECK_TEST(normal_form_of_any_text_is_valid_and_stays),
        CHECK_TEST(traditional_is_matched_as_simplified),
        CHECK_TEST(files_are_read_as_what_they_are),
        CHECK_TEST(long_gb18030_is_whole),
        CHECK_TEST(building_grows_and_ends_in_nul),
        CHECK_TEST(past_the_limit_ends_like_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

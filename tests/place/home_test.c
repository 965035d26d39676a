#include "check.h"

#include "place/home.h"

static void one_home_written_by_two(void **state)
{
    (void)state;
    static const struct { const char *what, *a, *b; bool one; } cases[] = {
        { "a building in words", "桃溪花园三号楼", "桃溪花园3号楼", true },
        { "full-width digits", "桃溪花园３号楼２单元５０１室", "桃溪花园3号楼2单元501室", true },
        { "strokes for words", "桃溪花园3-2-501", "桃溪花园3号楼2单元501室", true },
        { "栋 for 号楼", "桃溪花园3栋2单元501", "桃溪花园3幢2单元501室", true },
        { "a hash", "桃溪花园3#2单元501", "桃溪花园3-2-501", true },
        { "a hash and 楼", "桃溪花园3#楼2单元501", "桃溪花园3号楼2单元501", true },
        { "without 小区", "桃溪小区3-2-501", "桃溪3-2-501", true },
        { "spaces", "桃溪花园 3号楼 2单元", "桃溪花园3号楼2单元", true },
        { "a label in front", "家庭住址：桃溪花园3-2-501", "桃溪花园3-2-501", true },
        { "a remark behind", "桃溪花园3-2-501（租住）", "桃溪花园3-2-501", true },
        { "traditional signs", "桃溪花園三號樓", "桃溪花园3号楼", true },
        { "a door's 号", "桃溪花园3栋501号", "桃溪花园3栋501", true },
        { "another building", "桃溪花园3-2-501", "桃溪花园2-3-501", false },
        { "a house number is none", "解放路12号", "解放路2号", false },
        { "a house before its compound", "解放路12号桃溪花园3-501", "解放路12桃溪花园3-501", false },
        { "numbers do not run together", "桃溪花园3号楼21", "桃溪花园32号楼1", false },
        { "another compound", "桃溪花园3-2-501", "柳堤花园3-2-501", false },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        str a = home_key(check_arena(), str_of(cases[i].a)), b = home_key(check_arena(), str_of(cases[i].b));
        assert_true(a.len > 0 && b.len > 0);
        assert_int_equal(str_equal(a, b), cases[i].one);
    }
}

static void what_names_no_home_has_no_key(void **state)
{
    (void)state;
    static const char *const none[] = { "", " ", "无", "同上", "同户籍", "不详", "-", "/", "宿舍", "（）", "桃溪花园", "老棉仓宿舍" };
    for (size_t i = 0; i < COUNT(none); i++) {
        CASE(none[i]);
        check_str(home_key(check_arena(), str_of(none[i])), "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { CHECK_TEST(one_home_written_by_two), CHECK_TEST(what_names_no_home_has_no_key) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

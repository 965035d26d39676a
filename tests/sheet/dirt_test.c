/* The sheets offices have, by kind: each dirt that was named beforehand, with made-up people. */
#include "check.h"

#include "sheet/records.h"

#include <string.h>

static sheet_operation weekend(void)
{
    return (sheet_operation){ .first_day = civil_day_of(2026, 2, 7), .last_day = civil_day_of(2026, 2, 15) };
}

static sheet_file csv(const char *bytes)
{
    sheet_file f;
    check_ok(sheet_read_csv(check_arena(), STR("a.csv"), str_of(bytes), &f));
    return f;
}

static bool told(const sheet_troubles *t, int row, const char *what)
{
    for (size_t i = 0; i < t->list.count; i++) {
        if (t->list.at[i].row == row && !strcmp(t->list.at[i].what, what))
            return true;
    }
    return false;
}

/* One person by these columns and cells. */
static sheet_person person_of(const char *header, const char *row, sheet_troubles *t)
{
    sheet_file f = csv(text_format(check_arena(), "%s\n%s\n", header, row).at);
    sheet_people people;
    *t = (sheet_troubles){ 0 };
    check_ok(sheet_people_of(check_arena(), &f, &people, t));
    assert_int_equal(people.list.count, 1);
    return people.list.at[0];
}

/* ---- headers ---- */

/* Every name a column has in the field, as in the header it comes from; slashes part the variants of one column. */
static const struct {
    sheet_kind kind;
    const char *needed; /* so that the row is a header at all */
    const char *labels;
} headers[] = {
    { SHEET_PEOPLE, "姓名",
      "序号/性别/民族/出生年月/出生日期/年龄/籍贯/文化程度/学历/入党时间/入党年月/转正时间/身份证号/身份证号码/公民身份号码/所在党支部/所属支部/"
      "党组织名称/单位及职务/工作单位/部门/科室/现任职务/人员类别/类别/是否在职/联系电话/手机/手机号码/联系方式/电话/家庭住址/现居住地/现住址/"
      "居住地址/详细地址/户籍地址/户籍所在地/居住小区/所住小区/报到社区/居住社区/所在社区/所属社区/双报到社区/所属街道/街道（镇）/办事处/"
      "是否在本市/目前所在地/特长/备注" },
    { SHEET_NEEDS, "社区,需求人数",
      "序号/街道/镇办/社区/村居/小区/点位/卡口/堤段/具体位置/门岗/户数/人口/有无物业/出入口数/班次/时间/时段/每班人数/需求人数/所需人数/现有人数/"
      "已有力量/缺口/尚缺/需要日期/起止日期/工作内容/职责/要求/备注/联系人/联系电话" },
    { SHEET_COMMUNITIES, "社区",
      "序号/区/县/街道/镇/社区名称/社区居委会/村居/区划代码/统计代码/小区名称/居民小区/楼院/别名/俗称/曾用名/地址/四至/楼栋数/户数/总户数/"
      "常住人口/出入口数/大门数/物业公司/有无物业/业委会/有无业委会/网格数/网格名称/社区书记/负责人/办公电话/手机/办公地址/备注" },
};

static void every_header_of_the_field_is_known(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(headers); i++) {
        str rest = str_of(headers[i].labels), one;
        while (str_split(&rest, '/', &one)) {
            CASE(str_z(check_arena(), one));
            sheet_file f = csv(text_format(check_arena(), "%s,%.*s\nx,1,1\n", headers[i].needed, STR_ARG(one)).at);
            sheet_tables tables;
            sheet_troubles t = { 0 };
            check_ok(sheet_tables_of(check_arena(), &f, headers[i].kind, &t, &tables));
            assert_false(told(&t, 1, "sheet.column_unknown"));
        }
    }
}

/* 身份证号 as a number that ends in 000, 出生年月 as 1975.1: not wanted, so never a value of anything. */
static void what_is_not_wanted_is_named_and_dropped(void **state)
{
    (void)state;
    static const char *const dropped[] = { "民族", "出生年月", "出生日期", "年龄", "籍贯", "文化程度", "学历", "入党时间",
                                           "转正时间", "身份证号", "公民身份号码" };
    for (size_t i = 0; i < COUNT(dropped); i++) {
        CASE(dropped[i]);
        sheet_troubles t;
        sheet_person p = person_of(text_format(check_arena(), "姓名,%s,手机", dropped[i]).at, "林知远,1975.1,13900000012", &t);
        check_str(p.phone, "13900000012");
        assert_true(told(&t, 1, "sheet.column_dropped"));
        assert_int_equal(t.list.count, 1);
    }
}

static void headers_with_breaks_and_spaces(void **state)
{
    (void)state;
    static const char *const cases[] = { "姓  名,\"联系\n电话\",\"所在\r\n党支部\"", "姓　名,联 系 电 话,所在党支部（必填）",
                                         "*姓名：,联系电话*,所在党支部", "姓名,联系电话（手机）,所在党支部/所属支部",
                                         "姓\xc2\xa0名,联系电话,ＯＲＧ" };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i]);
        sheet_troubles t;
        sheet_person p = person_of(cases[i], "林知远,13900000012,第一支部", &t);
        check_str(p.phone, "13900000012");
        check_str(p.org_path, "第一支部");
        assert_int_equal(t.list.count, 0);
    }
}

/* ---- lines that are no records ---- */

static void lines_around_the_table_are_no_people(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "合计,12,,", "小计：,3,,", ",合  计,12,", "总计（人）,12,,", "本页合计,3,,", "注：1.名单截至今天,,,", "审核人：孟兰,,,",
        ",,（盖章）,", "填报人：许青,,联系电话：13900000012,", ",,,", "备注：均为在职,,,", "序号,姓名,联系电话,备注",
        "制表人：许青,审核人：孟兰,,", "一支部,一支部,一支部,一支部",
    };
    for (size_t i = 0; i < COUNT(lines); i++) {
        CASE(lines[i]);
        sheet_file f = csv(text_format(check_arena(), "序号,姓名,联系电话,备注\n1,林知远,13900000012,\n%s\n1,沈慧,13900000034,\n", lines[i]).at);
        sheet_people people;
        sheet_troubles t = { 0 };
        check_ok(sheet_people_of(check_arena(), &f, &people, &t));
        assert_int_equal(people.list.count, 2);
        check_str(people.list.at[1].name, "沈慧");
        assert_int_equal(t.error_count, 0);
    }
    sheet_file f = csv("姓名,联系电话,备注\n林知远,13900000012,\n注：1.名单截至今天,,\n审核人：孟兰,,\n,,2026年2月7日\n");
    sheet_people people;
    sheet_troubles t = { 0 };
    check_ok(sheet_people_of(check_arena(), &f, &people, &t));
    assert_int_equal(people.list.count, 1);
    assert_int_equal(t.list.count, 0);
}

/* ---- cells ---- */

static void same_and_none_as_people_write_them(void **state)
{
    (void)state;
    static const char *const same[] = { "同上", "〃", "″", "\"\"\"\"", "＂", "”", "''", "同前" };
    static const char *const none[] = { "-", "－", "—", "——", "/", "／", "无", "暂无", "没有", "空", "N/A", "　" };
    for (size_t i = 0; i < COUNT(same) + COUNT(none); i++) {
        const char *cell = i < COUNT(same) ? same[i] : none[i - COUNT(same)];
        CASE(cell);
        sheet_file f = csv(text_format(check_arena(), "姓名,手机,所属社区,备注\n林知远,13900000012,东塘社区,x\n沈慧,13900000034,%s,y\n", cell).at);
        sheet_people people;
        sheet_troubles t = { 0 };
        check_ok(sheet_people_of(check_arena(), &f, &people, &t));
        check_str(people.list.at[1].community, i < COUNT(same) ? "东塘社区" : "");
        assert_int_equal(t.list.count, 0);
    }
}

static void names_as_people_write_them(void **state)
{
    (void)state;
    static const struct {
        const char *cell, *name, *remark;
    } cases[] = {
        { "李 敏", "李敏", "" },
        { "李　敏", "李敏", "" },
        { "李\xc2\xa0敏", "李敏", "" },
        { " 李敏 ", "李敏", "" },
        { "王强（预备）", "王强", "预备" },
        { "王强(预备)", "王强", "预备" },
        { "张伟（大）", "张伟", "大" },
        { "张伟2", "张伟2", "" }, /* how a list tells two men apart: what it calls him */
        { "张伟２", "张伟2", "" },
        { "陈红（支部书记）", "陈红", "支部书记" },
        { "阿依古丽·买买提", "阿依古丽·买买提", "" },
        { "阿依古丽•买买提", "阿依古丽·买买提", "" },
        { "阿依古丽・买买提", "阿依古丽·买买提", "" },
        { "阿依古丽‧买买提", "阿依古丽·买买提", "" },
        { "阿依古丽．买买提", "阿依古丽·买买提", "" },
        { "阿依古丽.买买提", "阿依古丽·买买提", "" },
        { "阿依古丽∙买买提", "阿依古丽·买买提", "" },
        { "阿依古丽⋅买买提", "阿依古丽·买买提", "" },
        { "阿依古丽 · 买买提", "阿依古丽·买买提", "" },
        { "John Smith", "John Smith", "" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].cell);
        sheet_troubles t;
        sheet_person p = person_of("姓名,手机", text_format(check_arena(), "%s,13900000012", cases[i].cell).at, &t);
        check_str(p.name, cases[i].name);
        check_str(p.remark, cases[i].remark);
        assert_int_equal(t.list.count, 0);
    }
    sheet_troubles t;
    check_str(person_of("姓名,手机", "李?,13900000012", &t).name, "李?");
    assert_true(told(&t, 2, "sheet.name_sign"));
}

static void phones_of_the_field(void **state)
{
    (void)state;
    static const struct {
        const char *cell, *want, *fault;
    } cases[] = {
        { "13900000012/13800000034", "13900000012", NULL },
        { "13900000012 13800000034", "13900000012", NULL },
        { "13900000012（妻）", "13900000012", NULL },
        { "13900000012妻", "13900000012", NULL },
        { "手机：13900000012", "13900000012", NULL },
        { "139\xc2\xa0""0000\xc2\xa0""0012", "13900000012", NULL },
        { "139—0000—0012", "13900000012", NULL },
        { "0315-2345678-801", "", "sheet.phone_landline" },
        { "0315-2345678转801", "", "sheet.phone_landline" },
        { "2345678", "", "sheet.phone_landline" },
        { "661234", "", "sheet.phone_short" },
        { "同配偶", "", "sheet.phone_same" },
        { "1.39E+10", "", "sheet.phone_rounded" },
        { "1.39e10", "", "sheet.phone_rounded" },
        { "139****0012", "", "sheet.phone_masked" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].cell);
        str phone;
        const char *fault = sheet_phone_read(check_arena(), str_of(cases[i].cell), &phone);
        check_str(phone, cases[i].want);
        assert_string_equal(fault ? fault : "", cases[i].fault ? cases[i].fault : "");
    }
    sheet_troubles t = { 0 }; /* 1.39E+10 saved once more */
    check_str(person_of("姓名,手机", "林知远,13900000000", &t).phone, "");
    check_str(person_of("姓名,手机", "林知远,13901000000", &t).phone, "13901000000");
}

static void addresses_are_kept_as_written(void **state)
{
    (void)state;
    static const char *const kept[] = { "桃溪花园3-2-501", "8-3-501", "3#2单元", "三号楼", "云川市某局", "宿舍", "柳堤村", "东塘",
                                        "租住桃溪花园（户口在柳堤村）", "桃溪花园3-2-501；锦绣苑1-1-101" };
    static const char *const days[] = { "2026-08-03", "8月3日", "2026/8/3", "2001年8月3日" };
    sheet_troubles t;
    for (size_t i = 0; i < COUNT(kept); i++) {
        CASE(kept[i]);
        sheet_person p = person_of("姓名,家庭住址,手机", text_format(check_arena(), "林知远,%s,13900000012", kept[i]).at, &t);
        check_str(p.address, word_normal(check_arena(), str_of(kept[i])).at);
        assert_int_equal(t.list.count, 0);
    }
    for (size_t i = 0; i < COUNT(days); i++) {
        CASE(days[i]);
        person_of("姓名,家庭住址,手机", text_format(check_arena(), "林知远,%s,13900000012", days[i]).at, &t);
        assert_true(told(&t, 2, "sheet.address_is_day"));
    }
    sheet_person p = person_of("姓名,家庭住址,户籍地址,手机", "林知远,同户籍,柳堤村12号,13900000012", &t);
    check_str(p.address, "柳堤村12号");
}

/* One sheet for each branch, its columns in another order and of other names; a sheet's name is the branch's. */
static void sheets_of_one_file_differ(void **state)
{
    (void)state;
    sheet_file f = csv("姓名,手机,家庭住址\n林知远,13900000012,东塘\n"), other = csv("电话,姓名\n13900000034,沈慧\n"), notes = csv("说明,x\n");
    sheet_people people;
    sheet_troubles t = { 0 };
    *list_add(check_arena(), &f.pages) = other.pages.at[0];
    *list_add(check_arena(), &f.pages) = notes.pages.at[0];
    f.pages.at[0].name = STR("一支部");
    f.pages.at[1].name = STR("二支部");
    f.pages.at[2].name = STR("填表说明");
    check_ok(sheet_people_of(check_arena(), &f, &people, &t));
    assert_int_equal(people.list.count, 2);
    check_str(people.list.at[0].org_path, "一支部");
    check_str(people.list.at[1].org_path, "二支部");
    check_str(people.list.at[1].phone, "13900000034");
    assert_int_equal(t.list.count, 1);
    check_str(str_of(t.list.at[0].what), "sheet.page_without_header");
}

/* ---- needs, communities ---- */

static void needs_are_what_is_asked_for_not_what_lacks(void **state)
{
    (void)state;
    sheet_operation o = weekend();
    sheet_needs needs;
    sheet_troubles t = { 0 };
    sheet_file f = csv("街道,社区,点位,时段,需求人数,现有人数,缺口,需要日期\n柳堤街道,东塘社区,南门,8：00—12：00,6,2,3,2月8日\n"
                       ",,北门,下午2点,2,,,2月8日\n小计,,,,8,,,\n西堤街道,西塘社区,卡口,20-24,２,,,周末\n");
    check_ok(sheet_needs_of(check_arena(), &f, &o, &needs, &t));
    assert_int_equal(needs.list.count, 2);
    assert_int_equal(needs.list.at[0].headcount_target, 6);
    check_str(needs.list.at[1].subdistrict, "西堤街道");
    assert_int_equal(needs.list.at[1].headcount_min, 2);
    assert_true(told(&t, 3, "sheet.shift_unclear")); /* no end */
}

static void one_cell_holds_ten_compounds(void **state)
{
    (void)state;
    sheet_communities c;
    sheet_troubles t = { 0 };
    sheet_file f = csv("区,街道,社区名称,小区名称,户数\n云川区,柳堤街道,东塘社区党委,"
                       "\"桃溪花园、锦绣苑，原棉纺宿舍；一号院;二号院\n三号院,四号院、散户、沿街楼、桃溪花园（一、二期）\",约1200\n"
                       "云山区,山前街道,东塘社区,山前里,\n");
    check_ok(sheet_communities_of(check_arena(), &f, &c, &t));
    assert_int_equal(c.list.count, 2); /* one name in two districts */
    assert_int_equal(c.list.at[0].compounds.count, 10);
    check_str(c.list.at[0].compounds.at[2], "原棉纺宿舍");
    check_str(c.list.at[0].compounds.at[9], "桃溪花园(一、二期)");
    assert_int_equal(c.list.at[0].households, 1200);
    check_str(c.list.at[1].district, "云山区");
    assert_int_equal(t.list.count, 0);
}

static void codes_that_lost_digits_are_told(void **state)
{
    (void)state;
    sheet_communities c;
    sheet_troubles t = { 0 };
    sheet_file f = csv("社区名称,区划代码\n东塘社区,990101001001\n西塘社区,9.90101E+11\n南塘社区,９９０１０１００１００３\n北塘社区,99010100100\n");
    check_ok(sheet_communities_of(check_arena(), &f, &c, &t));
    assert_int_equal(c.list.count, 4);
    check_str(c.list.at[0].code, "990101001001");
    check_str(c.list.at[1].code, "");
    check_str(c.list.at[2].code, "990101001003");
    assert_true(told(&t, 3, "sheet.code_digits") && told(&t, 5, "sheet.code_digits"));
    assert_int_equal(t.list.count, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(every_header_of_the_field_is_known),
        CHECK_TEST(what_is_not_wanted_is_named_and_dropped),
        CHECK_TEST(headers_with_breaks_and_spaces),
        CHECK_TEST(lines_around_the_table_are_no_people),
        CHECK_TEST(same_and_none_as_people_write_them),
        CHECK_TEST(names_as_people_write_them),
        CHECK_TEST(phones_of_the_field),
        CHECK_TEST(addresses_are_kept_as_written),
        CHECK_TEST(sheets_of_one_file_differ),
        CHECK_TEST(needs_are_what_is_asked_for_not_what_lacks),
        CHECK_TEST(one_cell_holds_ten_compounds),
        CHECK_TEST(codes_that_lost_digits_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "check.h"

#include "sheet/amend.h"
#include "sheet/records.h"

#include <string.h>

/* The weekend of 7 and 8 February 2026 and the week behind it: a Saturday first. */
static sheet_operation weekend(void)
{
    return (sheet_operation){ .first_day = civil_day_of(2026, 2, 7),
                              .last_day = civil_day_of(2026, 2, 15) };
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

static void phones_as_people_type_them(void **state)
{
    (void)state;
    static const struct {
        const char *cell, *want, *fault;
    } cases[] = {
        { "13900000012", "13900000012", NULL },
        { "139 0000 0012", "13900000012", NULL },
        { "139-0000-0012", "13900000012", NULL },
        { "１３９００００００１２", "13900000012", NULL },
        { "+86 13900000012", "13900000012", NULL },
        { "13900000012/13800000034", "13900000012", NULL },
        { "13900000012\n13800000034", "13900000012", NULL },
        { "6123、13900000012", "13900000012", NULL },
        { "13900000012（妻）", "13900000012", NULL },
        { "13900000012\n80000123", "13900000012", NULL },
        { "139 0000\n0012", "13900000012", NULL },
        { "1390000001", "", "sheet.phone_digits" },
        { "139000000123", "", "sheet.phone_digits" },
        { "1.39E+10", "", "sheet.phone_rounded" },
        { "139****0012", "", "sheet.phone_masked" },
        { "6123", "", "sheet.phone_short" },
        { "0315-2345678", "", "sheet.phone_landline" },
        { "同配偶", "", "sheet.phone_same" },
        { "不详", "", "sheet.phone_none" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].cell);
        str phone;
        const char *fault = sheet_phone_read(check_arena(), str_of(cases[i].cell), &phone);
        check_str(phone, cases[i].want);
        assert_string_equal(fault ? fault : "", cases[i].fault ? cases[i].fault : "");
    }
}

static void shifts_as_people_write_them(void **state)
{
    (void)state;
    static const struct {
        const char *cell, *want;
    } cases[] = {
        { "8:00-12:00，14:00-18:00", "480-720 840-1080" },
        { "8：00—12：00", "480-720" },
        { "8:00-12:00\n14:00-18:00", "480-720 840-1080" },
        { "全天", "480-720 720-960 960-1200 ?" },
        { "24小时", "480-720 720-960 960-1200 1200-1440 0-480" },
        { "白班", "480-1200 ?" },
        { "白班（8:00-18:00）", "480-1080" },
        { "早8晚8", "480-1200 ?" },
        { "20:00-8:00", "1200-1920" },
        { "20:00-次日8:00", "1200-1920" },
        { "20-24", "1200-1440" },
        { "下午2点-6点", "840-1080" },
        { "上午8点半至11点", "510-660" },
        { "8.00-12.00", "480-720" },
        { "三班倒", "480-960 960-1440 0-480" },
        { "面议", "!" },
        { "20:00-26:00", "1200-1560" },
        { "8:00-次日8:00", "480-1920" },
        { "8:00-32:00", "480-1920" },
        { "8:00-8:00", "!" },
        { "8:00-12:00，9:00-9:00", "!" },
        { "0:00-25:00", "!" },
        { "8:00-次日9:00", "!" },
        { "25:00-26:00", "!" },
    };
    sheet_operation o = weekend();
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].cell);
        sheet_shifts shifts;
        text t = text_begin(check_arena());
        const char *fault = sheet_shifts_read(check_arena(), str_of(cases[i].cell), &o, &shifts);
        for (size_t k = 0; k < shifts.count; k++)
            text_printf(&t, "%s%d-%d", k ? " " : "", shifts.at[k].begin_minute,
                        shifts.at[k].end_minute);
        text_put_z(&t, !fault ? "" : shifts.count ? " ?" : "!");
        check_str(text_done(&t), cases[i].want);
    }
}

static void headcounts_as_people_write_them(void **state)
{
    (void)state;
    static const struct {
        const char *cell;
        int min, target;
        const char *fault;
    } cases[] = {
        { "2", 2, 2, NULL },
        { "2-3人", 2, 3, NULL },
        { "2人/班", 2, 2, NULL },
        { "6（三班）", 2, 2, NULL },
        { "4男2女", 6, 6, NULL },
        { "男4女2", 6, 6, NULL },
        { "每班2人", 2, 2, NULL },
        { "两人", 2, 2, NULL },
        { "约３人", 3, 3, NULL },
        { "2至3名", 2, 3, NULL },
        { "若干", 0, 0, "sheet.headcount_unclear" },
        { "0", 0, 0, "sheet.headcount_unclear" },
        { "500", 0, 0, "sheet.headcount_large" },
        { "-2", 0, 0, "sheet.headcount_negative" },
        { "－2人", 0, 0, "sheet.headcount_negative" },
        { "5-3人", 3, 5, "sheet.headcount_swapped" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].cell);
        size_t shifts;
        int min, target;
        const char *fault =
            sheet_headcount_read(check_arena(), str_of(cases[i].cell), &shifts, &min, &target);
        assert_string_equal(fault ? fault : "", cases[i].fault ? cases[i].fault : "");
        if (!fault) {
            assert_int_equal(min, cases[i].min);
            assert_int_equal(target, cases[i].target);
        }
    }
}

static void ranges_as_people_write_them(void **state)
{
    (void)state;
    static const struct {
        const char *cell, *want;
    } cases[] = {
        { "1-12号楼", "1-12" },
        { "1号楼-12号楼", "1-12" },
        { "１－６栋", "1-6" },
        { "一至六幢", "1-6" },
        { "3、5、7栋", "3-3 5-5 7-7" },
        { "1-6#，9#", "1-6 9-9" },
        { "单号1-99号", "1-99odd" },
        { "2-100号双号", "2-100even" },
        { "12-1号楼", "!" },
        { "0-3栋", "!" },
        { "一、二期", "!" },
        { "东区", "!" },
        { "", "" },
    };
    static const char *const sides[] = { "", "odd", "even" };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].cell);
        sheet_ranges r;
        text t = text_begin(check_arena());
        const char *fault = sheet_ranges_read(check_arena(), str_of(cases[i].cell), &r);
        for (size_t k = 0; k < r.count; k++)
            text_printf(&t, "%s%d-%d%s", k ? " " : "", r.at[k].from, r.at[k].to, sides[r.at[k].side]);
        text_put_z(&t, fault ? "!" : "");
        check_str(text_done(&t), cases[i].want);
    }
}

static void a_compound_may_lie_in_two_communities(void **state)
{
    (void)state;
    sheet_file f = csv("社区名称,小区名称,俗称,楼号\n东塘社区,桃溪花园（1-12号楼）,老棉纺,\n西塘社区,桃溪花园,,13-20号楼\n"
                       "西塘社区,锦绣苑（一、二期）,,若干\n");
    sheet_gazetteer g;
    sheet_troubles troubles = { 0 };
    check_ok(sheet_gazetteer_of(check_arena(), &f, &g, &troubles));
    assert_int_equal(g.list.count, 3);
    check_str(g.list.at[0].name, "桃溪花园");
    assert_int_equal(g.list.at[0].ranges.at[0].to, 12);
    assert_int_equal(g.list.at[0].aliases.count, 1);
    assert_int_equal(g.list.at[1].ranges.at[0].from, 13);
    assert_int_equal(g.list.at[2].ranges.count, 0);
    assert_true(told(&troubles, 4, "sheet.ranges"));
}

static void days_as_people_write_them(void **state)
{
    (void)state;
    static const struct {
        const char *cell, *want;
    } cases[] = {
        { "2.8-2.9", "8 9" },
        { "2月8日", "8" },
        { "2月8日-9日", "8 9" },
        { "2月8日起至2月10日", "8 9 10" },
        { "2026-02-08", "8" },
        { "2026-02-08 00:00", "8" },
        { "2026年2月8日至10日", "8 9 10" },
        { "2/8、2/10", "8 10" },
        { "8-9日", "8 9" },
        { "8日（周日）", "8" },
        { "周末", "7 8 15" },
        { "周六", "7 14" },
        { "周六日", "7 8 14 15" },
        { "周一至周五", "9 10 11 12 13" },
        { "星期一到五", "9 10 11 12 13" },
        { "周一、三、五", "9 11 13" },
        { "礼拜天", "8 15" },
        { "周日至周一", "8 9 15" },
        { "weekdays", "9 10 11 13 14" },
        { "工作日", "9 10 11 13 14" },
        { "节假日", "7 8 12 15" },
        { "法定节假日", "12" },
        { "周末、2月12日", "7 8 12 15" },
        { "长期", "7 8 9 10 11 12 13 14 15" },
        { "即日起", "7 8 9 10 11 12 13 14 15" },
        { "即日起至2月9日", "7 8 9" },
        { "2月13日起", "13 14 15" },
        { "2-8", "sheet.days_unclear" },
        { "尽快", "sheet.days_unclear" },
        { "3月1日", "sheet.days_outside" },
        { "2月30日", "sheet.days_unclear" },
    };
    const civil_day holiday = civil_day_of(2026, 2, 12), worked = civil_day_of(2026, 2, 14); /* a Thursday, a Saturday */
    sheet_operation o = weekend();
    o.holidays = &holiday;
    o.workdays = &worked;
    o.holiday_count = o.workday_count = 1;
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].cell);
        sheet_days days;
        text t = text_begin(check_arena());
        const char *fault = sheet_days_read(check_arena(), str_of(cases[i].cell), &o, &days);
        for (size_t k = 0; k < days.list.count; k++)
            text_printf(&t, "%s%d", k ? " " : "",
                        (int)(days.list.at[k] - civil_day_of(2026, 2, 1)) + 1);
        check_str(fault ? str_of(fault) : text_done(&t), cases[i].want);
    }
}

static void people_with_every_dirt(void **state)
{
    (void)state;
    arena *a = check_arena();
    sheet_file f = csv("云川市某局党员花名册,,,,,,,,\n填报单位：某局,,填报人：许青,,,,,,\n"
                       "备注,姓  名,联系电话,党支部/单位,身份证号,民族,家庭住址,鞋码,特长\n"
                       "在外地,林 知远,13900000012,第一支部,1,汉,桃溪花园3-2-501,42,医护、驾驶\n"
                       "-,王强（预备）,1390000001,同上,2,汉,2026-08-03,41,无\n"
                       "备注,姓  名,联系电话,党支部/单位,身份证号,民族,家庭住址,鞋码,特长\n"
                       ",阿依古丽•买买提,无,〃,3,,#REF!,,\n,,13800000034,第二支部,,,,,\n,小计,3,,,,"
                       ",,\n,123,13800000034,x,,,,,\n"
                       "注：1.名单截至今天,,,,,,,,\n审核人：,,（盖章）,,,,,,\n");
    sheet_people people;
    sheet_troubles t = { 0 };
    check_ok(sheet_people_of(a, &f, &people, &t));
    assert_int_equal(people.list.count, 3);
    const sheet_person *p = people.list.at;
    check_str(p[0].name, "林知远");
    check_str(p[0].remark, "在外地");
    assert_int_equal(p[0].skills.count, 2);
    check_str(p[1].name, "王强");
    check_str(p[1].remark, "预备");
    check_str(p[1].org_path, "第一支部");
    check_str(p[2].name, "阿依古丽·买买提");
    check_str(p[2].org_path, "第一支部");
    check_str(p[2].address, "");
    assert_true(told(&t, 3, "sheet.column_dropped"));
    assert_true(told(&t, 3, "sheet.column_unknown"));
    assert_true(told(&t, 5, "sheet.phone_digits"));
    assert_true(told(&t, 5, "sheet.address_is_day"));
    assert_true(told(&t, 7, "sheet.formula_error"));
    assert_true(told(&t, 8, "sheet.name_missing"));
    assert_true(told(&t, 10, "sheet.name_no_letters"));
    assert_int_equal(t.error_count, 2);
    str left = sheet_left_out_csv(a, WORDS_ZH, &f, SHEET_PEOPLE, &t);
    assert_true(str_find(left, STR("未导入原因")) >= 0);
    assert_true(str_find(left, STR("没有姓名，没有导入。\r\n")) >= 0);
    for (size_t i = 0; i < t.list.count; i++) {
        assert_true(sheet_trouble_text(a, WORDS_ZH, &t.list.at[i]).len > 0);
        assert_true(sheet_trouble_hint(a, WORDS_EN, &t.list.at[i]).len > 0);
    }
}

static void a_list_says_whose_it_is(void **state)
{
    (void)state;
    static const struct {
        const char *file, *over, *want;
    } cases[] = {
        { "a.csv", "市水务局党员（干部职工）花名册", "市水务局" },
        { "a.csv", "2020年下沉人员名单\n填报单位：市水务局　　填报时间：2月7日", "市水务局" },
        { "a.csv", "名单\n单位: 市干部学院 联系电话:80000000", "市干部学院" },
        { "市干部学院人员名单.xlsx", "序号表", "市干部学院" },
        { "a.csv", "附件1", "" },
        { "a.csv", "疫情防控值守人员名单", "" },
        { "a.csv", "下沉社区党员花名册（样例）", "" },
        { "名单2.7.csv", "党员花名册", "" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].over);
        sheet_file f;
        sheet_people people;
        sheet_troubles t = { 0 };
        str bytes = text_format(check_arena(), "%s\n姓名,电话\n林知远,13900000012\n", cases[i].over);
        check_ok(sheet_read_csv(check_arena(), str_of(cases[i].file), bytes, &f));
        check_ok(sheet_people_of(check_arena(), &f, &people, &t));
        check_str(people.list.at[0].issuer, cases[i].want);
    }
}

/* As a merged cell comes out of a CSV; but a single blank is somebody without a branch. */
static void a_branch_written_once_is_that_of_those_below(void **state)
{
    (void)state;
    sheet_people people;
    sheet_troubles t = { 0 };
    sheet_file f = csv("支部,姓名,电话\n第一支部,林知远,13900000012\n,何建平,13900000013\n第二支部,周小禾,13900000014\n,沈慧,13900000015\n");
    check_ok(sheet_people_of(check_arena(), &f, &people, &t));
    check_str(people.list.at[1].org_path, "第一支部");
    check_str(people.list.at[3].org_path, "第二支部");
    assert_true(told(&t, 1, "sheet.blank_is_same"));
    f = csv("支部,姓名,电话\n第一支部,林知远,13900000012\n第一支部,何建平,13900000013\n第二支部,周小禾,13900000014\n,沈慧,13900000015\n");
    check_ok(sheet_people_of(check_arena(), &f, &people, &t));
    check_str(people.list.at[3].org_path, "");
}

static void needs_with_every_dirt(void **state)
{
    (void)state;
    arena *a = check_arena();
    sheet_file f =
        csv("序号,街道,社区,小区,点位,班次,每班人数,需要日期,户数,联系人,联系电话,备注\n"
            "1,柳堤街道,东塘社区,桃溪花园,南门、北门,\"8:00-12:00，14:00-18:00\",2-3人,2.8-2.9,"
            "约1200,孟兰,13900000012,室内\n"
            "2,,,桃溪花园二期,东门,24小时,6（三班）,即日起,,,,\n小计,,,,,,8,,,,,\n"
            "3,,西塘社区,,卡口一,白班,若干,长期,,,,\n4,,西塘社区,,卡口二,白班,2人/班,长期,,,,\n");
    sheet_operation o = weekend();
    sheet_needs needs;
    sheet_troubles t = { 0 };
    check_ok(sheet_needs_of(a, &f, &o, &needs, &t));
    assert_int_equal(needs.list.count, 3);
    const sheet_need *n = needs.list.at;
    check_str(n[0].post, "桃溪花园");
    assert_int_equal(n[0].gates.count, 2);
    check_str(n[0].gates.at[1], "北门");
    assert_int_equal(n[0].households, 1200);
    assert_int_equal(n[0].headcount_min, 2);
    assert_int_equal(n[0].headcount_target, 3);
    assert_int_equal(n[0].days.list.count, 2);
    assert_true(n[0].indoor);
    check_str(n[1].community, "东塘社区");
    assert_int_equal(n[1].shifts.count, 3);
    assert_int_equal(n[1].headcount_min, 2);
    check_str(n[2].post, "卡口二");
    check_str(n[2].subdistrict, "柳堤街道");
    assert_true(told(&t, 5, "sheet.headcount_unclear"));
    assert_true(told(&t, 6, "sheet.shift_assumed"));
    assert_int_equal(t.error_count, 1);
}

static void a_need_without_a_post_is_its_community_s(void **state)
{
    (void)state;
    arena *a = check_arena();
    sheet_file f = csv("社区名称,时间段,每班人数,日期\n东塘社区,8:00-12:00,2,2.8\n");
    sheet_operation o = weekend();
    sheet_needs needs;
    sheet_troubles t = { 0 };
    check_ok(sheet_needs_of(a, &f, &o, &needs, &t));
    assert_int_equal(needs.list.count, 1);
    assert_int_equal(t.list.count, 0);
    check_str(needs.list.at[0].post, "东塘社区");
}

static void places_and_divisions(void **state)
{
    (void)state;
    arena *a = check_arena();
    sheet_communities c;
    sheet_gazetteer g;
    sheet_orgs orgs;
    sheet_troubles t = { 0 };
    sheet_file f = csv("code,name,street_code,street,district_code,district\n"
                       "990101001001,东塘社区居委会,990101001000,柳堤街道,990101000000,云川区\n9."
                       "9E+11,西塘社区,,,,\n");
    check_ok(sheet_divisions_of(a, &f, &c, &t));
    assert_int_equal(c.list.count, 1);
    check_str(c.list.at[0].subdistrict_code, "990101001000");
    assert_true(told(&t, 3, "sheet.code_missing"));
    f = csv("区/县,街道/镇,社区名称\n云川区,柳堤街道,东塘社区居委会\n");
    check_ok(sheet_divisions_of(a, &f, &c, &t)); /* a city without codes */
    assert_int_equal(c.list.count, 1);
    check_str(c.list.at[0].subdistrict, "柳堤街道");
    f = csv("区,街道,社区居委会,小区名称,户数\n云川区,柳堤街道,东塘社区,"
            "\"桃溪花园（一、二期），原棉纺宿舍\n散户\",约1200\n");
    check_ok(sheet_communities_of(a, &f, &c, &t));
    assert_int_equal(c.list.count, 1);
    assert_int_equal(c.list.at[0].compounds.count, 3);
    check_str(c.list.at[0].compounds.at[1], "原棉纺宿舍");
    f = csv("community_code,type,name,aliases,records\n990101001001,compound,桃溪花园,桃溪;花园里,"
            "12\n");
    check_ok(sheet_gazetteer_of(a, &f, &g, &t));
    assert_int_equal(g.list.at[0].aliases.count, 2);
    assert_int_equal(g.list.at[0].records, 12);
    f = csv("单位名称,上级,联络员,电话\n第一支部,某局党委,许青,13900000012\n");
    check_ok(sheet_orgs_of(a, &f, &orgs, &t));
    check_str(orgs.list.at[0].parent, "某局党委");
}

static void availability_in_words(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        size_t count;
        int begin;
        int end;
        sheet_level level;
    } cases[] = {
        { "林知远,2月8日,8:00-12:00,能", 1, 480, 720, SHEET_CAN },
        { "林知远,,周六白天,", 2, 480, 1200, SHEET_CAN },
        { "林知远,周日,夜里不能,", 2, 1200, 1920, SHEET_CANNOT },
        { "林知远,2月8日,,不能来", 1, 0, 1440, SHEET_CANNOT },
        { "林知远,2月8日,上午,优先", 1, 480, 720, SHEET_PREFER },
    };
    sheet_operation o = weekend();
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].row);
        sheet_file f =
            csv(text_format(check_arena(), "姓名,日期,时段,意愿\n%s\n", cases[i].row).at);
        sheet_availability v;
        sheet_troubles t = { 0 };
        check_ok(sheet_availability_of(check_arena(), &f, &o, &v, &t));
        assert_int_equal(v.list.count, cases[i].count);
        assert_int_equal(v.list.at[0].begin_minute, cases[i].begin);
        assert_int_equal(v.list.at[0].end_minute, cases[i].end);
        assert_int_equal(v.list.at[0].level, cases[i].level);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* The seeds of the fuzz target, and what once failed. */
static void seeds_do_no_harm(void **state)
{
    (void)state;
    static const char *const seeds[] = {
        "",
        ",",
        "姓名\n",
        "姓名,电话\n林知远,139",
        "\"",
        "a;b\n;\"x\"\"",
        "社区,人数,班次\n东塘,2,8-",
        "\xd0\xd5\xc3\xfb,\xb5",
        "姓名,\n注：,\n合计,1\n,,\n同上,",
        "姓名\t电话\n\"林\n知远\"\t139\n\"\t\"\n\"沈\"慧\t\"\"\"\n\t\t\"",
        "社区,每班人数,时间,日期\n东塘,三,下午,2.\n,二十,24:00-24:00,2026-2-"
    };
    for (size_t i = 0; i < COUNT(seeds); i++) {
        CASE(seeds[i]);
        for (size_t len = 0; len <= strlen(seeds[i]); len++)
            LLVMFuzzerTestOneInput((const uint8_t *)seeds[i], len);
    }
}

#include "fuzz/sheet_fuzz.c"

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(phones_as_people_type_them),
        CHECK_TEST(shifts_as_people_write_them),
        CHECK_TEST(headcounts_as_people_write_them),
        CHECK_TEST(ranges_as_people_write_them),
        CHECK_TEST(a_compound_may_lie_in_two_communities),
        CHECK_TEST(days_as_people_write_them),
        CHECK_TEST(people_with_every_dirt),
        CHECK_TEST(a_list_says_whose_it_is),
        CHECK_TEST(a_branch_written_once_is_that_of_those_below),
        CHECK_TEST(needs_with_every_dirt),
        CHECK_TEST(a_need_without_a_post_is_its_community_s),
        CHECK_TEST(places_and_divisions),
        CHECK_TEST(availability_in_words),
        CHECK_TEST(seeds_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

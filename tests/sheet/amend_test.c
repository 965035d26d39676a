/* What people change about a file: columns chosen, cells mended, rows sent back. */
#include "check.h"

#include "sheet/amend.h"
#include "sheet/records.h"

#include <string.h>
#include <xlsxwriter.h>

static sheet_file csv(const char *bytes)
{
    sheet_file f;
    check_ok(sheet_read_csv(check_arena(), STR("a.csv"), str_of(bytes), &f));
    return f;
}

static bool told(const sheet_troubles *t, const char *what)
{
    for (size_t i = 0; i < t->list.count; i++) {
        if (!strcmp(t->list.at[i].what, what))
            return true;
    }
    return false;
}

static void a_header_nobody_knows_is_named_once(void **state)
{
    (void)state;
    arena *a = check_arena();
    const char *bytes = "某局下沉人员,,,\n人,联络方法,住哪,身份证号\n林知远,13900000012,桃溪花园3-2-501,1\n沈慧,13900000034,东塘,2\n";
    sheet_file f = csv(bytes);
    sheet_tables tables;
    sheet_table t;
    check_err(sheet_tables_of(a, &f, SHEET_PEOPLE, NULL, &tables), ERR_INPUT, "sheet.no_header");
    int row = sheet_header_guess(a, &f.pages.at[0]);
    assert_int_equal(row, 2);
    check_ok(sheet_table_at(a, &f, 0, SHEET_PEOPLE, row, row, &t));
    assert_int_equal(t.rows.count, 2);
    assert_false(sheet_columns_suffice(SHEET_PEOPLE, t.columns, t.column_count));
    check_err(sheet_table_at(a, &f, 0, SHEET_PEOPLE, 9, 9, &t), ERR_INPUT, "sheet.header_nowhere");
    check_err(sheet_table_at(a, &f, 1, SHEET_PEOPLE, 2, 2, &t), ERR_INPUT, "sheet.header_nowhere");
    check_err(sheet_table_at(a, &f, 0, SHEET_PEOPLE, 2, 4, &t), ERR_INPUT, "sheet.header_nowhere");

    const sheet_chosen columns[] = { { STR("人"), 0, SHEET_NAME },
                                     { STR("联络 方法"), 0, SHEET_PHONE },
                                     { STR("住哪"), 0, SHEET_ADDRESS },
                                     { STR("身份证号"), 0, SHEET_REMARK } };
    const sheet_choice choice = { SHEET_PEOPLE, t.header_key, columns, COUNT(columns) };
    sheet_file again = csv(bytes);
    sheet_people people;
    sheet_troubles troubles = { 0 };
    sheet_choose(&again, &choice, 1);
    check_ok(sheet_people_of(a, &again, &people, &troubles));
    assert_int_equal(people.list.count, 2);
    check_str(people.list.at[0].name, "林知远");
    check_str(people.list.at[0].phone, "13900000012");
    check_str(people.list.at[1].address, "东塘");
    check_str(people.list.at[0].remark, ""); /* an identity number stays unread whatever is chosen */
    assert_true(told(&troubles, "sheet.column_dropped"));
    check_ok(sheet_tables_of(a, &again, SHEET_PEOPLE, NULL, &tables));
    assert_true(tables.list.at[0].columns[0].chosen);
    assert_false(tables.list.at[0].columns[3].chosen);
    sheet_choose(&f, &(sheet_choice){ SHEET_NEEDS, t.header_key, columns, COUNT(columns) }, 1);
    check_err(sheet_tables_of(a, &f, SHEET_PEOPLE, NULL, &tables), ERR_INPUT, "sheet.no_header"); /* of another kind */
}

static void a_wrong_guess_is_corrected(void **state)
{
    (void)state;
    arena *a = check_arena();
    sheet_file f = csv("姓名,电话,电话,单位,鞋码\n林知远,0315-2345678,13900000012,第一支部,42\n");
    sheet_tables tables;
    sheet_troubles troubles = { 0 };
    sheet_people people;
    check_ok(sheet_tables_of(a, &f, SHEET_PEOPLE, NULL, &tables));
    assert_false(tables.list.at[0].columns[1].chosen);
    assert_int_equal(tables.list.at[0].columns[1].field, SHEET_PHONE);
    assert_int_equal(tables.list.at[0].columns[4].field, SHEET_NONE);
    const sheet_chosen columns[] = { { STR("电话"), 0, SHEET_IGNORED },
                                     { STR("单位"), 0, SHEET_ORG },
                                     { STR("鞋码"), 0, SHEET_IGNORED } };
    const sheet_choice choice = { SHEET_PEOPLE, tables.list.at[0].header_key, columns, COUNT(columns) };
    sheet_choose(&f, &choice, 1);
    check_ok(sheet_people_of(a, &f, &people, &troubles));
    check_str(people.list.at[0].phone, "13900000012");
    check_str(people.list.at[0].org_path, "第一支部");
    check_str(people.list.at[0].work_unit, "");
    assert_int_equal(troubles.list.count, 0); /* what a person left out is not told again */
}

static void a_key_is_of_the_set_of_labels(void **state)
{
    (void)state;
    arena *a = check_arena();
    static const struct {
        const char *what, *header;
        bool same;
    } cases[] = {
        { "itself", "姓名,手机,备注", true },
        { "other order", "备注,姓名,手机", true },
        { "spaces and width", "\"姓\n名\",手　机,备注", true },
        { "sent back with reasons", "姓名,手机,备注,未导入原因", true },
        { "the same in English", "姓名,手机,备注,Reason not imported", true },
        { "one more", "姓名,手机,备注,特长", false },
        { "one less", "姓名,手机", false },
        { "one twice", "姓名,手机,手机,备注", false },
    };
    sheet_tables tables;
    sheet_file f = csv("姓名,手机,备注\nx,1,2\n");
    check_ok(sheet_tables_of(a, &f, SHEET_PEOPLE, NULL, &tables));
    str key = tables.list.at[0].header_key;
    assert_int_equal(key.len, 32);
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        f = csv(text_format(a, "%s\nx,1,2,3\n", cases[i].header).at);
        check_ok(sheet_tables_of(a, &f, SHEET_PEOPLE, NULL, &tables));
        assert_int_equal(str_equal(key, tables.list.at[0].header_key), cases[i].same);
    }
}

static void two_header_rows_are_chosen_as_one(void **state)
{
    (void)state;
    arena *a = check_arena();
    sheet_file f = csv("人员,怎么找,\n,大哥大,座机\n林知远,13900000012,0315-2345678\n");
    sheet_table t;
    sheet_tables tables;
    check_ok(sheet_table_at(a, &f, 0, SHEET_PEOPLE, 1, 2, &t));
    check_str(t.columns[1].label, "怎么找/大哥大");
    const sheet_chosen columns[] = { { STR("人员"), 0, SHEET_NAME }, { STR("怎么找/大哥大"), 0, SHEET_PHONE } };
    const sheet_choice choice = { SHEET_PEOPLE, t.header_key, columns, COUNT(columns) };
    sheet_choose(&f, &choice, 1);
    check_ok(sheet_tables_of(a, &f, SHEET_PEOPLE, NULL, &tables));
    assert_int_equal(tables.list.at[0].header_last_row, 2);
    assert_int_equal(tables.list.at[0].rows.count, 1);
    check_str(sheet_cell(&tables.list.at[0], &tables.list.at[0].rows.at[0], SHEET_PHONE, NULL), "13900000012");
}

static void fields_have_names(void **state)
{
    (void)state;
    arena *a = check_arena();
    sheet_field fields[SHEET_FIELD_COUNT];
    size_t count = sheet_fields(SHEET_PEOPLE, fields);
    assert_true(count > 10);
    assert_int_equal(fields[0], SHEET_NAME);
    for (size_t i = 0; i < count; i++) {
        assert_int_not_equal(fields[i], SHEET_IGNORED);
        assert_int_equal(sheet_field_named(a, sheet_field_name(a, fields[i])), fields[i]);
        assert_true(sheet_label(SHEET_PEOPLE, fields[i], WORDS_ZH).len > 0);
    }
    check_str(sheet_field_name(a, SHEET_HOUSEHOLD_ADDRESS), "household_address");
    assert_int_equal(sheet_field_named(a, STR("nothing")), SHEET_FIELD_COUNT);
    for (words_lang lang = 0; lang < WORDS_LANG_COUNT; lang++)
        assert_true(sheet_is_reason(a, words_get(a, lang, "sheet.reason", NULL)));
}

static void cells_are_mended_in_place(void **state)
{
    (void)state;
    arena *a = check_arena();
    sheet_file f = csv("姓名,电话,备注\n林知远,139\n沈慧,13900000034,x\n");
    sheet_people people;
    sheet_troubles troubles = { 0 };
    const sheet_edit good[] = { { STR(""), 2, 1, STR("'139 0000 0012　") }, { STR(""), 2, 2, STR("在外地") } };
    check_ok(sheet_edit_apply(a, &f, good, COUNT(good)));
    check_ok(sheet_people_of(a, &f, &people, &troubles));
    check_str(people.list.at[0].phone, "13900000012");
    check_str(people.list.at[0].remark, "在外地");
    assert_int_equal(troubles.list.count, 0);
    static char long_text[CELL_MAX_BYTES + 1];
    memset(long_text, 'x', sizeof long_text);
    const struct {
        const char *what;
        sheet_edit edit;
        const char *fault;
    } bad[] = {
        { "a row that is not there", { STR(""), 9, 0, STR("x") }, "sheet.edit_nowhere" },
        { "a column right of the table", { STR(""), 2, 3, STR("x") }, "sheet.edit_nowhere" },
        { "a column left of it", { STR(""), 2, -1, STR("x") }, "sheet.edit_nowhere" },
        { "another sheet", { STR("二支部"), 2, 0, STR("x") }, "sheet.edit_nowhere" },
        { "no text", { STR(""), 2, 0, STR("\xff") }, "sheet.edit_text" },
        { "too long", { STR(""), 2, 0, { long_text, sizeof long_text } }, "sheet.edit_long" },
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        CASE(bad[i].what);
        const sheet_edit both[] = { { STR(""), 3, 0, STR("changed") }, bad[i].edit };
        err *e = sheet_edit_apply(a, &f, both, 2);
        check_err(e, ERR_INPUT, bad[i].fault);
        assert_true(str_find(words_err(a, WORDS_ZH, e), STR("a.csv")) >= 0);
        check_str(f.pages.at[0].rows.at[2].cells[0], "沈慧");
    }
}

/* Two branches, each with a title over two header rows, a branch merged over its members, and two bad rows. */
static sheet_file roll(void)
{
    const char *path = check_path("名册.xlsx");
    lxw_workbook *book = workbook_new(path);
    static const char *const names[] = { "一支部", "二支部", "三支部" };
    for (int i = 0; i < 3; i++) {
        lxw_worksheet *w = workbook_add_worksheet(book, names[i]);
        worksheet_merge_range(w, 0, 0, 0, 4, "云川市某局党员花名册", NULL);
        worksheet_merge_range(w, 1, 0, 2, 0, "姓名", NULL);
        worksheet_merge_range(w, 1, 1, 1, 2, "联系方式", NULL);
        worksheet_write_string(w, 2, 1, "手机", NULL);
        worksheet_write_string(w, 2, 2, "办公", NULL);
        worksheet_merge_range(w, 1, 3, 2, 3, "所属社区", NULL);
        worksheet_merge_range(w, 1, 4, 2, 4, "身份证号", NULL);
        worksheet_write_string(w, 3, 0, "林知远", NULL);
        worksheet_write_number(w, 3, 1, 13900000012, NULL);
        worksheet_write_string(w, 3, 3, "东塘社区", NULL);
        worksheet_write_string(w, 3, 4, "110101", NULL);
        worksheet_write_string(w, 4, 0, i == 1 ? "沈慧" : "", NULL);
        worksheet_write_number(w, 4, 1, 13900000034, NULL);
        worksheet_write_string(w, 4, 3, "同上", NULL);
        worksheet_write_string(w, 4, 4, "110102", NULL);
        worksheet_write_string(w, 5, 0, i == 1 ? "丁立" : "123", NULL);
        worksheet_write_string(w, 5, 3, "=1+1", NULL);
    }
    assert_int_equal(workbook_close(book), 0);
    sheet_file f;
    check_ok(sheet_read(check_arena(), path, &f));
    return f;
}

static void rows_left_out_come_back_in_their_shape(void **state)
{
    (void)state;
    arena *a = check_arena();
    sheet_file f = roll(), back, third;
    sheet_people people;
    sheet_troubles troubles = { 0 }, later = { 0 };
    str bytes;
    check_ok(sheet_people_of(a, &f, &people, &troubles));
    assert_int_equal(people.list.count, 5);
    assert_int_equal(troubles.error_count, 4);
    check_ok(sheet_left_out_xlsx(a, WORDS_ZH, SHEET_PEOPLE, &(sheet_left){ &f, &troubles }, 1, &bytes));
    check_ok(sheet_read_bytes(a, STR("back.xlsx"), bytes, &back));
    assert_int_equal(back.pages.count, 2); /* nothing is wrong with the second */
    const sheet_page *p = &back.pages.at[1];
    check_str(p->name, "三支部");
    assert_int_equal(p->merges.count, 5);
    assert_int_equal(p->rows.count, 5);
    check_str(p->rows.at[0].cells[4], "云川市某局党员花名册");
    check_str(p->rows.at[1].cells[5], "未导入原因");
    check_str(p->rows.at[3].cells[1], "13900000034");
    check_str(p->rows.at[3].cells[3], "东塘社区"); /* was: same as above, and that row is not here */
    check_str(p->rows.at[3].cells[4], "");
    assert_true(str_find(p->rows.at[3].cells[5], STR("没有姓名")) >= 0);
    check_str(p->rows.at[4].cells[3], "=1+1");

    const sheet_edit mended[] = { { STR("一支部"), 4, 0, STR("周小禾") }, { STR("三支部"), 4, 0, STR("何建平") },
                                  { STR("三支部"), 5, 0, STR("许青") } };
    check_ok(sheet_edit_apply(a, &back, mended, COUNT(mended)));
    check_ok(sheet_people_of(a, &back, &people, &later));
    assert_int_equal(people.list.count, 3);
    check_str(people.list.at[1].community, "东塘社区");
    assert_int_equal(later.error_count, 1);
    assert_false(told(&later, "sheet.column_unknown"));
    check_ok(sheet_left_out_xlsx(a, WORDS_EN, SHEET_PEOPLE, &(sheet_left){ &back, &later }, 1, &bytes));
    check_ok(sheet_read_bytes(a, STR("third.xlsx"), bytes, &third));
    assert_int_equal(third.pages.count, 1);
    assert_int_equal(third.pages.at[0].rows.at[3].cell_count, 6); /* one column of reasons, not two */
    check_str(third.pages.at[0].rows.at[1].cells[5], "Reason not imported");
}

static void no_row_left_out_gives_no_file(void **state)
{
    (void)state;
    arena *a = check_arena();
    sheet_file f = csv("姓名,电话\n林知远,139\n");
    sheet_people people;
    sheet_troubles troubles = { 0 };
    str bytes;
    check_ok(sheet_people_of(a, &f, &people, &troubles));
    assert_int_equal(troubles.list.count, 1);
    check_ok(sheet_left_out_xlsx(a, WORDS_ZH, SHEET_PEOPLE, &(sheet_left){ &f, &troubles }, 1, &bytes));
    assert_int_equal(bytes.len, 0);
}

/* The blank below a community means the same one; alone in a file it would mean none. */
static void blanks_that_mean_the_same_are_filled(void **state)
{
    (void)state;
    arena *a = check_arena();
    sheet_file f = csv("社区,小区,门岗,时间,每班人数,日期\n东塘社区,桃溪花园,南门,8:00-12:00,2,2.8\n,,北门,8:00-12:00,若干,2.8\n");
    const sheet_operation o = { .first_day = civil_day_of(2026, 2, 7), .last_day = civil_day_of(2026, 2, 9) };
    sheet_needs needs;
    sheet_troubles troubles = { 0 };
    check_ok(sheet_needs_of(a, &f, &o, &needs, &troubles));
    assert_int_equal(troubles.error_count, 1);
    str back = sheet_left_out_csv(a, WORDS_ZH, &f, SHEET_NEEDS, &troubles);
    assert_true(str_find(back, STR("\r\n东塘社区,,北门,8:00-12:00,若干,2.8,")) >= 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(a_header_nobody_knows_is_named_once), CHECK_TEST(a_wrong_guess_is_corrected),
        CHECK_TEST(a_key_is_of_the_set_of_labels),       CHECK_TEST(two_header_rows_are_chosen_as_one),
        CHECK_TEST(fields_have_names),                   CHECK_TEST(cells_are_mended_in_place),
        CHECK_TEST(rows_left_out_come_back_in_their_shape), CHECK_TEST(no_row_left_out_gives_no_file),
        CHECK_TEST(blanks_that_mean_the_same_are_filled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

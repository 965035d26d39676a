#include "../check.h"

#include "base/file.h"
#include "sheet/fill.h"

#include <string.h>
#include <xlsxwriter.h>
#include <zip.h>

static const sheet_mark marks[] = {
    { { "应到人数", 12 }, { "120", 3 }, true }, { { "未到人数", 12 }, { "0", 1 }, true }, { { "万元", 6 }, { "1.25", 4 }, true },
    { { "单位", 6 }, { "A & <B>", 7 }, false }, { { "缺", 3 }, { "", 0 }, true },
};

/* The upper level's table: a title, a locked sum, a wide column, a hidden sheet, a second sheet with a mark. */
static str table(const char *more, const char *formula)
{
    str bytes;
    const char *path = check_path("table.xlsx");
    lxw_workbook *book = workbook_new(path);
    lxw_worksheet *one = workbook_add_worksheet(book, "日报"), *two = workbook_add_worksheet(book, "说明");
    lxw_format *unlocked = workbook_add_format(book), *fat = workbook_add_format(book);
    format_set_unlocked(unlocked);
    format_set_bold(fat);
    worksheet_protect(one, NULL, NULL);
    worksheet_set_column(one, 1, 1, 33, NULL);
    worksheet_merge_range(one, 0, 0, 0, 3, "每日工作情况报送表", fat);
    worksheet_write_string(one, 1, 0, "{ 应到人数 }", unlocked);
    worksheet_write_string(one, 1, 1, "{未到人数}", unlocked);
    worksheet_write_formula_num(one, 1, 2, formula, fat, 99);
    worksheet_write_string(one, 2, 0, "应到{应到人数}人，缺{未到人数}人", unlocked);
    worksheet_write_string(one, 2, 1, "{万元}", NULL);
    worksheet_write_string(one, 2, 2, "{单位}", fat);
    worksheet_write_string(one, 2, 3, "{缺}", fat);
    worksheet_write_string(one, 3, 0, more, NULL);
    worksheet_write_number(one, 3, 1, 7, NULL);
    worksheet_write_string(two, 4, 25, "{应到人数}", NULL);
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
    check_ok(file_read(check_arena(), path, 1 << 20, &bytes));
    return bytes;
}

static sheet_fill fill(str bytes)
{
    sheet_fill out;
    check_ok(sheet_fill_marks(check_arena(), STR("table.xlsx"), bytes, marks, COUNT(marks), &out));
    return out;
}

static str part(str bytes, const char *name)
{
    zip_error_t error;
    zip_source_t *source = zip_source_buffer_create(bytes.at, bytes.len, 0, &error);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    zip_stat_t s;
    assert_non_null(zip);
    assert_int_equal(zip_stat(zip, name, 0, &s), 0);
    char *at = arena_alloc(check_arena(), s.size + 1);
    zip_file_t *file = zip_fopen(zip, name, 0);
    assert_int_equal(zip_fread(file, at, s.size), (zip_int64_t)s.size);
    zip_fclose(file);
    zip_discard(zip);
    return (str){ at, s.size };
}

static str cell(const sheet_file *f, size_t page, int number, int column)
{
    for (size_t i = 0; i < f->pages.at[page].rows.count; i++) {
        const sheet_row *row = &f->pages.at[page].rows.at[i];
        if (row->number == number)
            return column < row->cell_count ? row->cells[column] : (str){ 0 };
    }
    return (str){ 0 };
}

static void marks_are_filled_and_nothing_else_is_touched(void **state)
{
    (void)state;
    str bytes = table("照旧", "=A2+B2");
    sheet_fill out = fill(bytes);
    sheet_file f;
    assert_int_equal(out.troubles.list.count, 0);
    assert_int_equal(out.filled.count, 8);
    check_str(out.filled.at[0].sheet, "日报");
    check_str(out.filled.at[0].cell, "A2");
    check_ok(sheet_read_bytes(check_arena(), STR("table.xlsx"), out.bytes, &f));
    check_str(cell(&f, 0, 2, 0), "120");
    check_str(cell(&f, 0, 2, 1), "0");
    check_str(cell(&f, 0, 3, 0), "应到120人，缺0人");
    check_str(cell(&f, 0, 3, 1), "1.25");
    check_str(cell(&f, 0, 3, 2), "A & <B>");
    check_str(cell(&f, 0, 3, 3), "");
    check_str(cell(&f, 0, 4, 0), "照旧");
    check_str(cell(&f, 0, 4, 1), "7");
    check_str(cell(&f, 1, 5, 25), "120");
    CASE("numbers are numbers, styles stay, the sum is reckoned anew");
    str sheet = part(out.bytes, "xl/worksheets/sheet1.xml");
    assert_true(str_find(sheet, STR("<c r=\"A2\" s=\"2\"><v>120</v></c>")) >= 0 || str_find(sheet, STR("<c r=\"A2\" s=\"1\"><v>120</v></c>")) >= 0);
    assert_true(str_find(sheet, STR("<f>A2+B2</f></c>")) >= 0);
    assert_true(str_find(sheet, STR("sheetProtection")) >= 0);
    assert_true(str_find(part(out.bytes, "xl/workbook.xml"), STR("fullCalcOnLoad=\"1\"")) >= 0);
    CASE("all other parts byte for byte");
    static const char *const same[] = { "xl/styles.xml", "xl/sharedStrings.xml", "[Content_Types].xml", "xl/theme/theme1.xml",
                                        "xl/_rels/workbook.xml.rels", "docProps/app.xml", "docProps/core.xml" };
    for (size_t i = 0; i < COUNT(same); i++)
        assert_true(str_equal(part(bytes, same[i]), part(out.bytes, same[i])));
    CASE("and of the sheet all but the cells with marks");
    str was = part(bytes, "xl/worksheets/sheet1.xml");
    ptrdiff_t rows_begin = str_find(was, STR("<sheetData>")), row4 = str_find(was, STR("<row r=\"4\"")), now4 = str_find(sheet, STR("<row r=\"4\""));
    assert_true(rows_begin > 0 && row4 > 0 && now4 > 0);
    assert_true(str_equal(str_part(was, 0, (size_t)rows_begin), str_part(sheet, 0, (size_t)rows_begin)));
    assert_true(str_equal(str_from(was, (size_t)row4), str_from(sheet, (size_t)now4)));
    CASE("the same again, the same bytes");
    assert_true(str_equal(fill(bytes).bytes, out.bytes));
}

static void a_mark_nobody_knows_is_named_with_its_cell(void **state)
{
    (void)state;
    sheet_fill out = fill(table("共{应道人数}人", "=A2+B2"));
    assert_int_equal(out.bytes.len, 0);
    assert_int_equal(out.troubles.list.count, 1);
    check_str(sheet_trouble_text(check_arena(), WORDS_EN, &out.troubles.list.at[0]),
              "table.xlsx [日报], row 4, column A (A4): There is no figure \"应道人数\".");
    CASE("in a formula");
    out = fill(table("", "=\"{应到人数}\"&B2"));
    assert_int_equal(out.bytes.len, 0);
    assert_int_equal(out.troubles.list.count, 1);
    assert_string_equal(out.troubles.list.at[0].what, "sheet.fill_formula");
    assert_int_equal(out.troubles.list.at[0].row, 2);
    assert_int_equal(out.troubles.list.at[0].column, 2);
    CASE("an array is no mark, nor is one brace");
    out = fill(table("a } b { c", "=SUM({1,2,3})"));
    assert_int_equal(out.troubles.list.count, 0);
    assert_true(out.bytes.len > 0);
}

static void what_is_no_table_is_refused(void **state)
{
    (void)state;
    sheet_fill out;
    str bytes = table("", "=A2+B2");
    check_err(sheet_fill_marks(check_arena(), STR("a.csv"), STR("a,b\n{x},1\n"), marks, COUNT(marks), &out), ERR_INPUT, "sheet.fill_kind");
    check_err(sheet_fill_marks(check_arena(), STR("a.xlsx"), str_part(bytes, 0, bytes.len / 2), marks, COUNT(marks), &out), ERR_INPUT,
              "sheet.damaged");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(marks_are_filled_and_nothing_else_is_touched),
        CHECK_TEST(a_mark_nobody_knows_is_named_with_its_cell),
        CHECK_TEST(what_is_no_table_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

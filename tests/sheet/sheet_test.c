#include "check.h"

#include "base/file.h"
#include "base/limits.h"
#include "sheet/records.h"
#include "sheet/write.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>
#include <zip.h>

static const char *file_of(const char *name, str bytes)
{
    const char *path = check_path(name);
    check_ok(file_write(check_arena(), path, bytes));
    return path;
}

static str cell(const sheet_file *f, size_t page, size_t row, int column)
{
    assert_true(page < f->pages.count && row < f->pages.at[page].rows.count);
    const sheet_row *r = &f->pages.at[page].rows.at[row];
    return column < r->cell_count ? r->cells[column] : (str){ 0 };
}

static void csv_is_read_as_people_save_it(void **state)
{
    (void)state;
    static const struct {
        const char *what, *bytes;
    } cases[] = {
        { "plain", "姓名,电话\n林知远,13900000012\n" },
        { "mark in front", "\xef\xbb\xbf姓名,电话\r\n林知远,13900000012\r\n" },
        { "GB18030", "\xd0\xd5\xc3\xfb,\xb5\xe7\xbb\xb0\n\xc1\xd6\xd6\xaa\xd4\xb6,13900000012\n" },
        { "semicolons", "姓名;电话\n林知远;13900000012" },
        { "tabs, commas inside", "姓名\t电话\t备注\n林知远\t13900000012\ta,b\n" },
        { "quoted, full-width space behind", "\"姓名\",\"电话\"\n\"林知远　\",'13900000012\n" },
        { "old line ends", "姓名,电话\r林知远,13900000012\r" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        sheet_file f;
        check_ok(sheet_read(check_arena(), file_of("a.csv", str_of(cases[i].bytes)), &f));
        check_str(cell(&f, 0, 0, 0), "姓名");
        check_str(cell(&f, 0, 1, 0), "林知远");
        check_str(cell(&f, 0, 1, 1), "13900000012");
    }
    sheet_file f;
    check_ok(sheet_read(check_arena(), file_of("q.csv", STR("a,\"b \"\"x\"\"\nc\"\n\n1,2\n")), &f));
    check_str(cell(&f, 0, 0, 1), "b \"x\"\nc");
    assert_int_equal(f.pages.at[0].rows.at[1].number, 3);
}

static void a_pasted_table_is_read(void **state)
{
    (void)state;
    static const struct {
        const char *what, *bytes, *want; /* the cells of the second row, by slashes */
    } cases[] = {
        { "from a spreadsheet", "姓名\t电话\t备注\r\n林知远\t13900000012\t在外地\r\n", "林知远/13900000012/在外地" },
        { "a line break in a cell", "姓名\t电话\n林知远\t\"13900000012\n13800000034\"\n", "林知远/13900000012\n13800000034" },
        { "quotes in such a cell", "姓名\t备注\n林知远\t\"叫\"\"小林\"\"\n在外地\"\n", "林知远/叫\"小林\"\n在外地" },
        { "a name in quotes with more behind", "姓名\t住址\n林知远\t\"桃溪\"花园3-2-501\n", "林知远/\"桃溪\"花园3-2-501" },
        { "same as above twice", "姓名\t支部\n林知远\t\"\n沈慧\t\"\n丁立\tx\n", "林知远/\"" },
        { "a quote never closed", "姓名\t支部\t备注\n林知远\t一支部\t\"在外\n沈慧\t\t\n", "林知远/一支部/\"在外" },
        { "commas in each line, ends left out by a chat", "姓名\t特长\t备注\n林知远\t医护,驾驶\n沈慧\t医护,水电\n丁立\t水电,驾驶\n", "林知远/医护,驾驶" },
        { "empty cells in front", "姓名\t电话\t备注\n\t\tx\n", "//x" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        sheet_file f;
        check_ok(sheet_read_bytes(check_arena(), STR("粘贴"), str_of(cases[i].bytes), &f));
        check_str(cell(&f, 0, 0, 0), "姓名");
        text t = text_begin(check_arena());
        const sheet_row *row = &f.pages.at[0].rows.at[1];
        for (int c = 0; c < row->cell_count; c++)
            text_printf(&t, "%s%.*s", c ? "/" : "", STR_ARG(row->cells[c]));
        check_str(text_done(&t), cases[i].want);
    }
    sheet_file f;
    check_ok(sheet_read_bytes(check_arena(), STR("a.csv"), STR("姓名,备注\n\"林\"知远,a\tb\n沈慧,c\n"), &f)); /* a CSV with a tab */
    check_str(cell(&f, 0, 1, 0), "\"林\"知远");
    check_str(cell(&f, 0, 1, 1), "a\tb");
}

static void standard_input_is_read(void **state)
{
    (void)state;
    sheet_file f;
    int old = dup(0), fd[2];
    assert_int_equal(pipe(fd), 0);
    assert_int_equal(write(fd[1], "name\tphone\nx\t1\n", 15), 15);
    close(fd[1]);
    assert_int_equal(dup2(fd[0], 0), 0);
    close(fd[0]);
    err *e = sheet_read(check_arena(), "-", &f);
    dup2(old, 0);
    close(old);
    check_ok(e);
    check_str(cell(&f, 0, 1, 1), "1");
}

/* As a spreadsheet program saves "Unicode text": UTF-16 with BOM, tabs between. */
static void unicode_text_is_read(void **state)
{
    (void)state;
    sheet_file f;
    str bytes = STR("\xff\xfe\xd3\x59\x0d\x54\t\0a\0\r\0\n\0\x97\x67\t\0b\0");
    check_ok(sheet_read(check_arena(), file_of("u.txt", bytes), &f));
    assert_int_equal(f.pages.at[0].rows.count, 2);
    check_str(f.pages.at[0].rows.at[0].cells[0], "姓名");
    check_str(f.pages.at[0].rows.at[1].cells[0], "林");
    check_str(f.pages.at[0].rows.at[1].cells[1], "b");
}

static void bad_files_are_told(void **state)
{
    (void)state;
    arena *a = check_arena();
    sheet_file f;
    check_err(sheet_read(a, check_path("none.csv"), &f), ERR_NOT_FOUND, "file.missing");
    check_err(sheet_read(a, check_folder(), &f), ERR_INPUT, "file.directory");
    check_err(sheet_read(a, file_of("e.csv", STR("")), &f), ERR_INPUT, "sheet.empty");
    check_err(sheet_read(a, file_of("e.csv", STR("\n ,\n")), &f), ERR_INPUT, "sheet.empty");
    check_err(sheet_read(a, file_of("b.csv", STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR")), &f), ERR_INPUT,
              "sheet.binary");
    check_err(sheet_read(a, file_of("u.csv", STR("\xff\xfe\x00Yx")), &f), ERR_INPUT,
              "sheet.encoding");
    check_err(sheet_read(a, file_of("u.csv", STR("\xff\xfe\x00Y\x00\x00")), &f), ERR_INPUT,
              "sheet.binary");
    check_err(sheet_read(a, file_of("w.csv", STR("name,\xff\xff\x80\n")), &f), ERR_INPUT,
              "sheet.encoding");
    check_err(sheet_read(a, file_of("q.csv", STR("a,b\n\"c,d\n")), &f), ERR_INPUT,
              "sheet.quote_open");
    size_t long_bytes = 10 << 20;
    char *long_cell = arena_alloc(a, long_bytes);
    memset(long_cell, 'x', long_bytes);
    check_err(sheet_read(a, file_of("l.csv", (str){ long_cell, long_bytes }), &f), ERR_LIMIT,
              "sheet.cell_too_long");
    sheet_tables tables;
    check_ok(sheet_read(a, file_of("h.csv", STR("a,b\nc,d\n")), &f));
    err *e = sheet_tables_of(a, &f, SHEET_PEOPLE, NULL, &tables);
    check_err(e, ERR_INPUT, "sheet.no_header");
    assert_true(str_find(words_hint(a, WORDS_ZH, e), STR("姓名")) >= 0);
}

/* A package of these parts; null content: the usual one. */
static const char *package(const char *name, const char *workbook, const char *sheet, bool encrypt)
{
    const char *path = check_path(name);
    const struct {
        const char *name, *content;
    } parts[] = {
        { "xl/_rels/workbook.xml.rels",
          "<Relationships xmlns='p'><Relationship Id='r1' Type='http://x/worksheet' "
          "Target='worksheets/sheet1.xml'/><Relationship Id='r2' Type='http://x/styles' "
          "Target='/xl/styles.xml'/>"
          "<Relationship Id='r3' Type='http://x/sharedStrings' "
          "Target='sharedStrings.xml'/></Relationships>" },
        { "xl/styles.xml", "<styleSheet xmlns='m'><numFmts><numFmt numFmtId='176' "
                           "formatCode='yyyy\"年\"m\"月\"d\"日\"'/>"
                           "</numFmts><cellXfs><xf numFmtId='0'/><xf numFmtId='176'/><xf "
                           "numFmtId='20'/></cellXfs></styleSheet>" },
        { "xl/sharedStrings.xml",
          "<sst xmlns='m'><si><r><t>林</t></r><r><t>知远</t></r><rPh><t>lin</t></rPh></si></sst>" },
        { "xl/workbook.xml",
          workbook ? workbook
                   : "<workbook xmlns='m' xmlns:r='o'><workbookPr date1904='1'/><sheets>"
                     "<sheet name='名单' sheetId='1' r:id='r1'/></sheets></workbook>" },
        { "xl/worksheets/sheet1.xml", sheet },
    };
    zip_t *z = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    assert_non_null(z);
    for (size_t i = 0; i < COUNT(parts); i++) {
        if (!parts[i].content)
            continue;
        zip_source_t *s = zip_source_buffer(z, parts[i].content, strlen(parts[i].content), 0);
        zip_int64_t at = zip_file_add(z, parts[i].name, s, 0);
        assert_true(at >= 0);
        if (encrypt)
            assert_int_equal(zip_file_set_encryption(z, (zip_uint64_t)at, ZIP_EM_AES_256, "x"), 0);
    }
    assert_int_equal(zip_close(z), 0);
    return path;
}

static void odd_workbooks_are_read_or_told(void **state)
{
    (void)state;
    arena *a = check_arena();
    sheet_file f;
    check_ok(
        sheet_read(a,
                   package("a.xlsx", NULL,
                           "<worksheet xmlns='m'><sheetData><row r='2' hidden='1'>"
                           "<c r='A2' t='s'><v>0</v></c><c r='B2' "
                           "t='inlineStr'><is><r><t>东</t></r><r><t>塘</t></r></is></c>"
                           "<c r='C2' s='1'><v>44600</v></c><c r='D2'><v>1.3900000012E10</v></c><c "
                           "r='E2' s='2'><v>0.333333333</v></c>"
                           "</row></sheetData></worksheet>",
                           false),
                   &f));
    check_str(cell(&f, 0, 0, 0), "林知远");
    check_str(cell(&f, 0, 0, 1), "东塘");
    check_str(cell(&f, 0, 0, 2), "2026-02-09");
    check_str(cell(&f, 0, 0, 3), "13900000012");
    check_str(cell(&f, 0, 0, 4), "08:00");
    assert_int_equal(f.pages.at[0].rows.at[0].number, 2);
    const char *row =
        "<worksheet xmlns='m'><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>";
    check_err(
        sheet_read(a, package("d.xlsx", NULL, "<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet/>", false),
                   &f),
        ERR_INPUT, "sheet.doctype");
    check_err(sheet_read(a, package("n.xlsx", "<workbook xmlns='m'/>", row, false), &f), ERR_INPUT,
              "sheet.no_sheet");
    check_err(sheet_read(a, package("w.xlsx", "", NULL, false), &f), ERR_INPUT, "sheet.damaged");
    check_err(sheet_read(a, package("p.xlsx", NULL, row, true), &f), ERR_INPUT, "sheet.encrypted");
    check_err(sheet_read(a, package("x.xlsx", NULL, "<worksheet><sheetData>", false), &f),
              ERR_INPUT, "sheet.damaged");
    char *bomb = arena_alloc(a, (8 << 20) + 1);
    memset(bomb, ' ', 8 << 20);
    check_err(sheet_read(a, package("b.xlsx", NULL, bomb, false), &f), ERR_LIMIT, "sheet.bomb");
    str whole;
    check_ok(file_read(a, package("t.xlsx", NULL, row, false), 1 << 20, &whole));
    check_err(sheet_read(a, file_of("t.xlsx", str_part(whole, 0, whole.len / 2)), &f), ERR_INPUT,
              "sheet.damaged");
    check_err(
        sheet_read(a, file_of("z.xlsx", STR("PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")), &f),
        ERR_INPUT, "sheet.not_workbook");
}

static void merged_cells_are_filled(void **state)
{
    (void)state;
    const char *path = check_path("m.xlsx");
    lxw_workbook *book = workbook_new(path);
    lxw_worksheet *w = workbook_add_worksheet(book, "一支部");
    worksheet_merge_range(w, 0, 0, 0, 4, "云川市某局党员花名册", NULL);
    worksheet_write_string(w, 1, 0, "填报单位：某局", NULL);
    worksheet_merge_range(w, 2, 0, 3, 0, "序号", NULL);
    worksheet_merge_range(w, 2, 1, 3, 1, "姓  名", NULL);
    worksheet_merge_range(w, 2, 2, 2, 3, "联系方式", NULL);
    worksheet_write_string(w, 3, 2, "手机", NULL);
    worksheet_write_string(w, 3, 3, "办公", NULL);
    worksheet_merge_range(w, 2, 4, 3, 4, "所在\n党支部", NULL);
    worksheet_write_number(w, 4, 0, 1, NULL);
    worksheet_write_string(w, 4, 1, "林知远", NULL);
    worksheet_write_number(w, 4, 2, 13900000012, NULL);
    worksheet_merge_range(w, 4, 4, 5, 4, "第一支部", NULL);
    worksheet_write_string(w, 5, 1, "沈　慧（支部书记）", NULL);
    worksheet_write_string(w, 5, 2, "138 0000-0034", NULL);
    worksheet_merge_range(w, 6, 0, 6, 1, "合  计", NULL);
    worksheet_write_number(w, 6, 2, 2, NULL);
    worksheet_merge_range(w, 7, 0, 7, 4, "注：名单截至今天", NULL);
    assert_int_equal(workbook_close(book), 0);
    sheet_file f;
    sheet_people people;
    sheet_troubles troubles = { 0 };
    check_ok(sheet_read(check_arena(), path, &f));
    check_ok(sheet_people_of(check_arena(), &f, &people, &troubles));
    assert_int_equal(people.list.count, 2);
    check_str(people.list.at[0].phone, "13900000012");
    check_str(people.list.at[1].name, "沈慧");
    check_str(people.list.at[1].remark, "支部书记");
    check_str(people.list.at[1].phone, "13800000034");
    check_str(people.list.at[1].org_path, "第一支部");
    assert_int_equal(people.list.at[1].from.row, 6);
    assert_int_equal(troubles.list.count, 0);
}

static void written_then_read_is_the_same(void **state)
{
    (void)state;
    arena *a = check_arena();
    static const sheet_out_column columns[] = { { { "姓名", 6 }, 0, SHEET_OUT_TEXT, false },
                                                { { "n", 1 }, 8, SHEET_OUT_NUMBER, false } };
    const value cells[] = { V_TEXT(STR("林知远")), V_INT(2), V_TEXT(STR("=1+1")), V_NULL };
    sheet_out out = { .sheet = STR("东塘[1]"),
                      .title = STR("值班表"),
                      .columns = columns,
                      .column_count = 2,
                      .cells = cells,
                      .row_count = 2,
                      .foot = STR("注：") };
    str first, second;
    check_ok(sheet_write_xlsx(a, check_path("a.xlsx"), &out, 1));
    sleep(1);
    check_ok(sheet_write_xlsx(a, check_path("b.xlsx"), &out, 1));
    check_ok(file_read(a, check_path("a.xlsx"), 1 << 20, &first));
    check_ok(file_read(a, check_path("b.xlsx"), 1 << 20, &second));
    assert_true(str_equal(first, second));
    sheet_file f;
    check_ok(sheet_read(a, check_path("a.xlsx"), &f));
    check_str(cell(&f, 0, 2, 0), "林知远");
    check_str(cell(&f, 0, 2, 1), "2");
    check_str(cell(&f, 0, 3, 0), "=1+1");
    check_err(sheet_write_xlsx(a, check_path("no/a.xlsx"), &out, 1), ERR_NOT_FOUND,
              "file.folder_missing");
    check_str(sheet_csv(a, &out), "\xef\xbb\xbf姓名,n\r\n林知远,2\r\n\"'=1+1\",\r\n");
}

/* A day over its shifts is one cell, as offices draw it; what is read is the day in each row. */
static void same_cells_are_merged_and_read_again(void **state)
{
    (void)state;
    arena *a = check_arena();
    static const sheet_out_column columns[] = { { { "日期", 6 }, 0, SHEET_OUT_TEXT, true },
                                                { { "姓名", 6 }, 0, SHEET_OUT_TEXT, false } };
    const value cells[] = { V_TEXT(STR("8日")), V_TEXT(STR("林知远")), V_TEXT(STR("8日")),
                            V_TEXT(STR("林知远")), V_TEXT(STR("9日")), V_TEXT(STR("沈慧")) };
    sheet_out out = { .sheet = STR("x"), .columns = columns, .column_count = 2, .cells = cells, .row_count = 3 };
    check_ok(sheet_write_xlsx(a, check_path("m.xlsx"), &out, 1));
    sheet_file f;
    check_ok(sheet_read(a, check_path("m.xlsx"), &f));
    assert_int_equal(f.pages.at[0].merges.count, 1);
    check_str(cell(&f, 0, 1, 0), "8日");
    check_str(cell(&f, 0, 2, 1), "林知远");
    check_str(cell(&f, 0, 3, 0), "9日");
}

static const sheet_trouble *told(const sheet_troubles *t, const char *what)
{
    for (size_t i = 0; i < t->list.count; i++) {
        if (!strcmp(t->list.at[i].what, what))
            return &t->list.at[i];
    }
    return NULL;
}

static void check_told(const sheet_troubles *t, const char *what, const char *value)
{
    CASE(what);
    const sheet_trouble *one = told(t, what);
    assert_non_null(one);
    check_str(one->values[0].value, value);
    assert_true(sheet_trouble_text(check_arena(), WORDS_ZH, one).len > 0);
    assert_true(sheet_trouble_hint(check_arena(), WORDS_EN, one).len > 0);
}

static void people_put(lxw_worksheet *w, int count)
{
    static const char *const head[] = { "姓名", "电话", "备注", "特长" };
    for (size_t c = 0; c < COUNT(head); c++)
        worksheet_write_string(w, 0, (lxw_col_t)c, head[c], NULL);
    for (int r = 1; r <= count; r++) {
        worksheet_write_string(w, (lxw_row_t)r, 0, "林知远", NULL);
        worksheet_write_number(w, (lxw_row_t)r, 1, 13900000000.0 + r, NULL);
    }
}

static void what_is_hidden_is_read_and_said(void **state)
{
    (void)state;
    const char *path = check_path("hidden.xlsx");
    lxw_workbook *book = workbook_new(path);
    lxw_row_col_options hidden = { .hidden = 1 };
    lxw_worksheet *w = workbook_add_worksheet(book, "一支部"), *secret = workbook_add_worksheet(book, "旧名单");
    people_put(w, 12);
    people_put(secret, 1);
    for (lxw_row_t r = 4; r <= 6; r++)
        worksheet_set_row_opt(w, r, 15, NULL, &hidden);
    worksheet_set_row_opt(w, 9, 15, NULL, &hidden);
    worksheet_set_row_opt(w, 40, 15, NULL, &hidden); /* nothing stands there */
    worksheet_set_column_opt(w, 1, 2, 10, NULL, &hidden);
    worksheet_hide(secret);
    assert_int_equal(workbook_close(book), 0);
    sheet_file f;
    sheet_people people;
    sheet_troubles t = { 0 };
    check_ok(sheet_read(check_arena(), path, &f));
    check_ok(sheet_people_of(check_arena(), &f, &people, &t));
    assert_int_equal(people.list.count, 13);
    assert_int_equal(t.list.count, 3);
    check_told(&t, "sheet.hidden_rows", "5-7, 10");
    check_told(&t, "sheet.hidden_columns", "B-C");
    check_told(&t, "sheet.page_hidden", "旧名单");
}

static void a_filter_left_on_is_said(void **state)
{
    (void)state;
    const char *path = check_path("filter.xlsx");
    lxw_workbook *book = workbook_new(path);
    lxw_row_col_options hidden = { .hidden = 1 };
    lxw_filter_rule rule = { .criteria = LXW_FILTER_CRITERIA_EQUAL_TO, .value_string = "x" };
    lxw_worksheet *w = workbook_add_worksheet(book, "s");
    people_put(w, 30);
    worksheet_autofilter(w, 0, 0, 30, 3);
    worksheet_filter_column(w, 2, &rule);
    for (lxw_row_t r = 2; r < 30; r += 2)
        worksheet_set_row_opt(w, r, 15, NULL, &hidden);
    assert_int_equal(workbook_close(book), 0);
    sheet_file f;
    sheet_people people;
    sheet_troubles t = { 0 };
    check_ok(sheet_read(check_arena(), path, &f));
    check_ok(sheet_people_of(check_arena(), &f, &people, &t));
    assert_int_equal(people.list.count, 30);
    check_told(&t, "sheet.filtered_rows", "3, 5, 7, 9, 11, 13, 15, 17, 19, 21, …");
}

static void colours_and_notes_are_not_read_and_said(void **state)
{
    (void)state;
    const char *path = check_path("colours.xlsx");
    lxw_workbook *book = workbook_new(path);
    lxw_worksheet *w = workbook_add_worksheet(book, "一支部"), *plain = workbook_add_worksheet(book, "二支部");
    lxw_format *yellow = workbook_add_format(book), *red = workbook_add_format(book), *struck = workbook_add_format(book),
               *white = workbook_add_format(book);
    format_set_bg_color(yellow, LXW_COLOR_YELLOW);
    format_set_font_color(red, LXW_COLOR_RED);
    format_set_font_strikeout(struck);
    format_set_bg_color(white, LXW_COLOR_WHITE);
    people_put(w, 6);
    people_put(plain, 3);
    worksheet_write_string(w, 2, 0, "沈慧", yellow);
    worksheet_write_string(w, 3, 0, "丁立", red);
    worksheet_write_string(w, 5, 0, "许青", struck);
    worksheet_write_blank(w, 6, 3, yellow); /* no text in it */
    worksheet_write_comment(w, 1, 0, "孕期");
    worksheet_write_string(plain, 0, 0, "姓名", yellow); /* headers often are */
    worksheet_write_string(plain, 2, 0, "沈慧", white);
    for (lxw_row_t r = 1; r <= 3; r++)
        worksheet_write_string(plain, r, 2, "x", yellow); /* all of them: no meaning */
    assert_int_equal(workbook_close(book), 0);
    sheet_file f;
    sheet_people people;
    sheet_troubles t = { 0 };
    check_ok(sheet_read(check_arena(), path, &f));
    check_ok(sheet_people_of(check_arena(), &f, &people, &t));
    assert_int_equal(people.list.count, 9);
    check_told(&t, "sheet.coloured", "3-4");
    check_told(&t, "sheet.struck", "6");
    check_told(&t, "sheet.noted", "一支部");
    assert_int_equal(t.list.count, 3);
    assert_true(str_find(sheet_trouble_text(check_arena(), WORDS_ZH, told(&t, "sheet.noted")), STR("颜色和批注不读入")) >= 0);
}

static const unsigned char dot_png[] = {
    0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55,
    0, 0, 0, 10, 'I', 'D', 'A', 'T', 0x78, 0x9c, 0x63, 0x60, 0, 0, 0, 2, 0, 1, 0x48, 0xaf, 0xa4, 0x71,
    0, 0, 0, 0, 'I', 'E', 'N', 'D', 0xae, 0x42, 0x60, 0x82,
};

static void a_picture_is_no_table(void **state)
{
    (void)state;
    for (int with_list = 0; with_list < 2; with_list++) {
        const char *path = check_path("picture.xlsx");
        lxw_workbook *book = workbook_new(path);
        lxw_worksheet *w = workbook_add_worksheet(book, "截图");
        assert_int_equal(worksheet_insert_image_buffer(w, 1, 1, dot_png, sizeof dot_png), 0);
        if (with_list)
            people_put(workbook_add_worksheet(book, "名单"), 1);
        assert_int_equal(workbook_close(book), 0);
        sheet_file f;
        sheet_people people;
        sheet_troubles t = { 0 };
        err *e = sheet_read(check_arena(), path, &f);
        if (!with_list) {
            check_err(e, ERR_INPUT, "sheet.only_picture");
            continue;
        }
        check_ok(e);
        check_ok(sheet_people_of(check_arena(), &f, &people, &t));
        assert_int_equal(people.list.count, 1);
        check_told(&t, "sheet.page_picture", "截图");
    }
}

static void a_full_disk_leaves_the_old_file(void **state)
{
    (void)state;
    arena *a = check_arena();
    static const sheet_out_column column = { { "n", 1 }, 8, SHEET_OUT_NUMBER, false };
    const sheet_out out = { .sheet = STR("s"), .columns = &column, .column_count = 1 };
    const char *path = file_of("old.xlsx", STR("old"));
    struct rlimit before, tight;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    tight = (struct rlimit){ .rlim_cur = 1024, .rlim_max = before.rlim_max };
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);
    err *e = sheet_write_xlsx(a, path, &out, 1);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    check_err(e, ERR_DISK, NULL);
    str left;
    check_ok(file_read(a, path, 100, &left));
    check_str(left, "old");
}

/* The bound of a worker is 64 MB in all; an arena that large must be enough for 20,000 rows. */
static void twenty_thousand_rows_stay_small(void **state)
{
    (void)state;
    const char *path = check_path("large.xlsx");
    lxw_workbook *book = workbook_new(path);
    lxw_worksheet *w = workbook_add_worksheet(book, "s");
    static const char *const head[] = { "姓名",     "手机号码", "党支部", "家庭住址",
                                        "居住小区", "所属社区", "备注" };
    for (size_t c = 0; c < COUNT(head); c++)
        worksheet_write_string(w, 0, (lxw_col_t)c, head[c], NULL);
    for (unsigned r = 1; r <= 20000; r++) {
        worksheet_write_string(w, r, 0, "林知远", NULL);
        worksheet_write_number(w, r, 1, 13900000000.0 + r, NULL);
        for (lxw_col_t c = 2; c < COUNT(head); c++)
            worksheet_write_string(
                w, r, c, text_format(check_arena(), "桃溪花园%u号楼2单元501", r * 8 + c).at, NULL);
    }
    assert_int_equal(workbook_close(book), 0);
    arena *a = arena_open(check_arena(), 28 << 20);
    sheet_file f;
    sheet_people people;
    sheet_troubles troubles = { 0 };
    check_ok(sheet_read(a, path, &f));
    print_message("# read: %zu bytes\n", arena_used(a));
    check_ok(sheet_people_of(a, &f, &people, &troubles));
    print_message("# people: %zu bytes\n", arena_used(a));
    assert_int_equal(people.list.count, 20000);
    arena_close(a);
}

/* A bound of memory ends the reading at the catch; what is said names it, and a smaller sheet as the remedy. */
static void at_its_bound_a_reader_ends_and_says_so(void **state)
{
    (void)state;
    text t = text_begin(check_arena());
    text_put_z(&t, "姓名,手机号码\n");
    for (int i = 0; i < 20000; i++)
        text_printf(&t, "林知远,139%08d\n", i);
    const char *path = file_of("bound.csv", text_done(&t));
    arena *a = arena_open(check_arena(), 1 << 20);
    volatile bool ended = false;
    if (arena_catch(a)) {
        ended = true;
    } else {
        sheet_file f;
        check_ok(sheet_read(a, path, &f));
    }
    arena_uncatch(a);
    assert_true(ended && arena_used(a) <= 1 << 20);
    arena_close(a);
    const err *e = err_memory();
    assert_true(str_find(words_get(check_arena(), WORDS_ZH, e->message, NULL), STR("内存不足")) >= 0);
    assert_true(str_find(words_get(check_arena(), WORDS_ZH, "memory.out.hint", NULL), STR("更小的表格")) >= 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(csv_is_read_as_people_save_it),   CHECK_TEST(unicode_text_is_read),
        CHECK_TEST(a_pasted_table_is_read), CHECK_TEST(standard_input_is_read),
        CHECK_TEST(bad_files_are_told),
        CHECK_TEST(odd_workbooks_are_read_or_told),  CHECK_TEST(merged_cells_are_filled),
        CHECK_TEST(written_then_read_is_the_same),   CHECK_TEST(a_full_disk_leaves_the_old_file),
        CHECK_TEST(same_cells_are_merged_and_read_again),
        CHECK_TEST(what_is_hidden_is_read_and_said),  CHECK_TEST(a_filter_left_on_is_said),
        CHECK_TEST(colours_and_notes_are_not_read_and_said), CHECK_TEST(a_picture_is_no_table),
        CHECK_TEST(twenty_thousand_rows_stay_small), CHECK_TEST(at_its_bound_a_reader_ends_and_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

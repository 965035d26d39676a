/* Workbooks of Excel 97 to 2003: as python3-xlwt writes them (tools/xls_samples.py), and record by record. */
#include "check.h"

#include "base/file.h"
#include "fuzz/xls_fuzz.c"
#include "xls_files.h"

#include <stdlib.h>

static const sheet_page *sample(const char *name, sheet_file *f)
{
    const char *command = str_z(check_arena(), text_format(check_arena(), "tools/xls_samples.py %s", check_folder()));
    assert_int_equal(system(command), 0);
    check_ok(sheet_read(check_arena(), check_path(name), f));
    assert_true(f->pages.count > 0);
    return &f->pages.at[0];
}

static bool told(const sheet_troubles *t, const char *what, const char *value)
{
    for (size_t i = 0; i < t->list.count; i++) {
        if (!strcmp(t->list.at[i].what, what) && str_is(t->list.at[i].values[0].value, value))
            return true;
    }
    return false;
}

static void a_roll_is_read_as_from_xlsx(void **state)
{
    (void)state;
    sheet_file f;
    sheet_people people;
    sheet_troubles t = { 0 };
    const sheet_page *p = sample("roll.xls", &f);
    check_str(p->name, "一支部");
    assert_int_equal(p->merges.count, 7);
    check_ok(sheet_people_of(check_arena(), &f, &people, &t));
    assert_int_equal(people.list.count, 2);
    check_str(people.list.at[0].phone, "13900000012");
    check_str(people.list.at[1].name, "沈慧");
    check_str(people.list.at[1].phone, "13800000034");
    check_str(people.list.at[1].org_path, "第一支部");
    check_str(people.list.at[1].remark, "支部书记");
    assert_int_equal(people.list.at[1].from.row, 5);
    assert_int_equal(t.list.count, 0);
}

static void numbers_days_and_times_show_as_in_xlsx(void **state)
{
    (void)state;
    static const char *const want[] = { "13900000012", "13900000012", "1975.1", "0.5", "1", "2026-02-09", "2026-02-09",
                                        "2026-02-09 08:30", "08:00", "20:30", "-3", "0.1", "1.23456789012e+17", "990101001001",
                                        "8", "2026-02-09", "1e-07" };
    static const char *const files[] = { "days1900.xls", "days1904.xls" };
    for (size_t i = 0; i < COUNT(files); i++) {
        sheet_file f;
        const sheet_page *p = sample(files[i], &f);
        assert_int_equal(p->rows.count, COUNT(want));
        for (size_t r = 0; r < COUNT(want); r++) {
            CASE(want[r]);
            bool serial = i == 1 && r == 15; /* the same number counts from another day */
            check_str(p->rows.at[r].cells[0], r == 1 ? "13900000000" : serial ? "2030-02-10" : want[r]);
        }
    }
}

static void what_is_hidden_or_marked_is_said(void **state)
{
    (void)state;
    sheet_file f;
    sheet_people people;
    sheet_troubles t = { 0 };
    sample("marks.xls", &f);
    check_ok(sheet_people_of(check_arena(), &f, &people, &t));
    assert_int_equal(people.list.count, 24);
    assert_true(told(&t, "sheet.hidden_rows", "5-7, 10"));
    assert_true(told(&t, "sheet.hidden_columns", "B-C"));
    assert_true(told(&t, "sheet.page_hidden", "旧名单"));
    assert_true(told(&t, "sheet.coloured", "3, 11"));
    assert_true(told(&t, "sheet.struck", "8"));
    assert_int_equal(t.list.count, 5);
}

static void a_picture_is_no_table(void **state)
{
    (void)state;
    sheet_file f;
    sample("roll.xls", &f); /* writes them all */
    check_err(sheet_read(check_arena(), check_path("picture.xls"), &f), ERR_INPUT, "sheet.only_picture");
}

static void long_texts_go_over_many_records(void **state)
{
    (void)state;
    arena *a = check_arena();
    sheet_file f;
    const sheet_page *p = sample("large.xls", &f);
    assert_int_equal(p->rows.count, 4000);
    for (int r = 0; r < 4000; r++) {
        const str *cells = p->rows.at[r].cells;
        str x = text_format(a, "x%d", r), y = text_format(a, "桃溪花园%d号楼", r);
        assert_true(str_starts(cells[0], x) && cells[0].len == x.len + (size_t)(r % 97));
        assert_true(str_starts(cells[1], y) && cells[1].len == y.len + 3 * (size_t)(r % 89));
        assert_true(r % 89 == 0 || str_ends(cells[1], STR("东")));
        assert_int_equal(p->rows.at[r].cell_count > 2 ? cells[2].len : 0, 2 * (size_t)(r % 61) + 3 * (size_t)(r % 2));
    }
}

/* ---- record by record ---- */

#define GLOBALS_BOF "\x00\x06\x05\x00\x00\x00\x00\x00\x00\x00\x00\x00\x06\x00\x00\x00"
#define SHEET_BOF "\x00\x06\x10\x00\x00\x00\x00\x00\x00\x00\x00\x00\x06\x00\x00\x00"

static str record(unsigned kind, str data)
{
    text t = text_begin(check_arena());
    xls_put(&t, kind, data);
    return text_done(&t);
}

/* One sheet called s with these records; extra ones stand before it. */
static str stream_of(str extra, str records)
{
    str first = record(0x809, STR(GLOBALS_BOF)), last = record(0x0a, STR(""));
    unsigned at = (unsigned)(first.len + extra.len + 13 + last.len);
    text t = text_begin(check_arena());
    text_put(&t, first);
    text_put(&t, extra);
    const char sheet[] = { (char)at, (char)(at >> 8), 0, 0, 0, 0, 1, 0, 's' };
    xls_put(&t, 0x85, (str){ sheet, sizeof sheet });
    text_put(&t, last);
    xls_put(&t, 0x809, STR(SHEET_BOF));
    text_put(&t, records);
    xls_put(&t, 0x0a, STR(""));
    return text_done(&t);
}

static void check_cell(const char *what, str records, const char *want)
{
    CASE(what);
    sheet_file f = { .name = STR("a.xls") };
    check_ok(xls_records(check_arena(), stream_of(STR(""), records), &f));
    const sheet_row *row = &f.pages.at[0].rows.at[0];
    check_str(row->cells[row->cell_count - 1], want);
}

#define PLACE "\x00\x00\x02\x00\x00\x00" /* C1 */

static void what_formulas_gave_is_read(void **state)
{
    (void)state;
    check_cell("a number", record(6, STR(PLACE "\0\0\0\0\0\0\x28\x40\0\0\0\0\0\0\0\0")), "12");
    check_cell("yes", record(6, STR(PLACE "\1\0\1\0\0\0\xff\xff\0\0\0\0\0\0\0\0")), "1");
    check_cell("an error", record(6, STR(PLACE "\2\0\x17\0\0\0\xff\xff\0\0\0\0\0\0\0\0")), "#REF!");
    text t = text_begin(check_arena());
    text_put(&t, record(6, STR(PLACE "\0\0\0\0\0\0\xff\xff\0\0\0\0\0\0\0\0")));
    text_put(&t, record(0x207, STR("\2\0\1\x97\x67\xdc\x8f")));
    check_cell("a text", text_done(&t), "林远");
}

static void every_kind_of_cell_is_read(void **state)
{
    (void)state;
    check_cell("an error", record(0x205, STR(PLACE "\x2a\1")), "#N/A");
    check_cell("no", record(0x205, STR(PLACE "\0\0")), "0");
    check_cell("a label", record(0x204, STR(PLACE "\2\0\0ab")), "ab");
    check_cell("a label with runs", record(0xd6, STR(PLACE "\2\0\0ab\1\0\0\0")), "ab");
    check_cell("whole", record(0x27e, STR(PLACE "\x0a\0\0\0")), "2");
    check_cell("hundredths", record(0x27e, STR(PLACE "\x0f\0\0\0")), "0.03");
    check_cell("below zero", record(0x27e, STR(PLACE "\xf6\xff\xff\xff")), "-3");
    check_cell("half a double", record(0x27e, STR(PLACE "\0\0\xf0\x3f")), "1");
    check_cell("several", record(0xbd, STR("\0\0\2\0\0\0\x0a\0\0\0\0\0\x0e\0\0\0\3\0")), "3");
}

static void notes_filters_and_order(void **state)
{
    (void)state;
    text t = text_begin(check_arena());
    text_put(&t, record(0x9b, STR("")));
    text_put(&t, record(0x204, STR("\1\0\0\0\0\0\1\0\0b")));
    text_put(&t, record(0x809, STR(SHEET_BOF))); /* a chart inside */
    text_put(&t, record(0x204, STR("\0\0\1\0\0\0\1\0\0x")));
    text_put(&t, record(0x0a, STR("")));
    text_put(&t, record(0x204, STR("\0\0\0\0\0\0\1\0\0a")));
    text_put(&t, record(0x1c, STR("\0\0\0\0\0\0\0\0")));
    sheet_file f = { .name = STR("a.xls") };
    check_ok(xls_records(check_arena(), stream_of(STR(""), text_done(&t)), &f));
    const sheet_page *p = &f.pages.at[0];
    assert_true(p->noted && p->filtered && !p->pictured);
    assert_int_equal(p->rows.count, 2);
    check_str(p->rows.at[0].cells[0], "a");
    assert_int_equal(p->rows.at[0].cell_count, 1);
    check_str(p->rows.at[1].cells[0], "b");
}

static void bad_files_are_told(void **state)
{
    (void)state;
    arena *a = check_arena();
    str label = record(0x204, STR(PLACE "\2\0\0ab")), good = stream_of(STR(""), label);
    const struct {
        const char *what;
        str bytes;
        const char *fault;
    } cases[] = {
        { "Excel 95", xls_container(a, "Book", good), "sheet.old_format" },
        { "Excel 95 under the new name", xls_container(a, "Workbook", record(0x809, STR("\0\5\5\0\0\0\0\0"))), "sheet.old_format" },
        { "Excel 4, no container", STR("\x09\x04\x06\0\0\0\x10\0\0\0\x0a\0\0\0"), "sheet.old_format" },
        { "another office file", xls_container(a, "WordDocument", good), "sheet.not_sheet" },
        { "an encrypted XLSX", xls_container(a, "EncryptedPackage", good), "sheet.encrypted" },
        { "locked", xls_container(a, "Workbook", stream_of(record(0x2f, STR("\1\0\1\0\1\0")), label)), "sheet.encrypted" },
        { "cut off", str_part(xls_container(a, "Workbook", good), 0, 700), "sheet.damaged" },
        { "only its beginning", STR("\xd0\xcf\x11\xe0\xa1\xb1"), "sheet.damaged" },
        { "no records", xls_container(a, "Workbook", STR("nothing of the kind")), "sheet.damaged" },
        { "the sheet is cut off", xls_container(a, "Workbook", str_part(good, 0, good.len - 5)), "sheet.damaged" },
        { "a shared text that is not there", xls_container(a, "Workbook", stream_of(STR(""), record(0xfd, STR(PLACE "\7\0\0\0")))),
          "sheet.damaged" },
        { "a label longer than it is", xls_container(a, "Workbook", stream_of(STR(""), record(0x204, STR(PLACE "\x99\0\0ab")))),
          "sheet.damaged" },
        { "nothing in it", xls_container(a, "Workbook", stream_of(STR(""), STR(""))), "sheet.empty" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        sheet_file f;
        err *e = sheet_read_bytes(a, STR("名单.xls"), cases[i].bytes, &f);
        check_err(e, ERR_INPUT, cases[i].fault);
        assert_true(str_find(words_err(a, WORDS_ZH, e), STR("名单.xls")) >= 0);
        assert_true(words_hint(a, WORDS_EN, e).len > 0);
    }
    sheet_file f;
    check_ok(sheet_read_bytes(a, STR("名单.et"), xls_container(a, "Workbook", good), &f)); /* the bytes decide */
    check_str(f.pages.at[0].name, "s");
}

/* The seeds of the fuzz target, each cut off everywhere, and each byte of them changed. */
static void seeds_do_no_harm(void **state)
{
    (void)state;
    text t = text_begin(check_arena());
    text_put(&t, record(0xfc, STR("\2\0\0\0\2\0\0\0\2\0\1\x97\x67\xdc\x8f\2\0\x0d\1\0\4\0\0\0\1\0\x97\x67")));
    text_put(&t, record(0x3c, STR("\0x....ab")));
    text_put(&t, record(0xe0, STR("\1\0\x0e\0\0\0\0\0\0\0\0\0\0\0\0\0\0\4\x0d\0")));
    text_put(&t, record(0x41e, STR("\xb0\0\4\0\0yyyy")));
    str extra = text_done(&t);
    t = text_begin(check_arena());
    text_put(&t, record(0xfd, STR("\0\0\0\0\0\0\1\0\0\0")));
    text_put(&t, record(0xbd, STR("\1\0\0\0\0\0\x0a\0\0\0\0\0\x0e\0\0\0\1\0")));
    text_put(&t, record(0xe5, STR("\1\0\0\0\xff\xff\0\0\xff\xff")));
    text_put(&t, record(0x7d, STR("\0\0\xff\xff\0\0\0\0\1\0")));
    str seed = stream_of(extra, text_done(&t)), whole = xls_container(check_arena(), "Workbook", seed);
    for (size_t len = 0; len <= seed.len; len++) {
        LLVMFuzzerTestOneInput((const uint8_t *)seed.at, len);
        char *other = arena_copy(check_arena(), seed.at, seed.len);
        for (int bit = 0; bit < 8 && len < seed.len; bit++) {
            other[len] = (char)(seed.at[len] ^ (1 << bit));
            LLVMFuzzerTestOneInput((const uint8_t *)other, seed.len);
        }
    }
    for (size_t len = 0; len <= whole.len; len += 64)
        LLVMFuzzerTestOneInput((const uint8_t *)whole.at, len);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(a_roll_is_read_as_from_xlsx),      CHECK_TEST(numbers_days_and_times_show_as_in_xlsx),
        CHECK_TEST(what_is_hidden_or_marked_is_said), CHECK_TEST(a_picture_is_no_table),
        CHECK_TEST(long_texts_go_over_many_records),  CHECK_TEST(what_formulas_gave_is_read),
        CHECK_TEST(every_kind_of_cell_is_read),       CHECK_TEST(notes_filters_and_order),
        CHECK_TEST(bad_files_are_told),               CHECK_TEST(seeds_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

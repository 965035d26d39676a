/* Any list as a paper: nothing is lost, the header stands on each page. */
#include "check.h"

#include "base/text.h"
#include "print/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static str run(const char *command, const char *path)
{
    FILE *pipe = popen(text_format(check_arena(), command, path).at, "r");
    text t = text_begin(check_arena());
    char bytes[4096];
    size_t n;
    assert_non_null(pipe);
    while ((n = fread(bytes, 1, sizeof bytes, pipe)) > 0)
        text_put(&t, (str){ bytes, n });
    assert_int_equal(pclose(pipe), 0);
    return text_done(&t);
}

static int count_of(str all, const char *part)
{
    int n = 0;
    for (ptrdiff_t at; (at = str_find(all, str_of(part))) >= 0; n++)
        all = str_from(all, (size_t)at + strlen(part));
    return n;
}

static const print_table_column columns[] = { { .label = STR("Day"), .merge_same = true }, { .label = STR("Who") }, { .label = STR("Hours"), .number = true } };

static print_table_sheet sheet(size_t rows, const char *long_name)
{
    print_table_sheet s = { .head = { .created_at = 1581120000000 }, .title = STR("The list"), .foot = STR("That is all.") };
    str *cells = arena_many(check_arena(), str, rows * COUNT(columns) + 1);
    for (size_t r = 0; r < rows; r++) {
        cells[r * 3] = text_format(check_arena(), "day-%zu", r / 50);
        cells[r * 3 + 1] = text_format(check_arena(), "%s%zu.", long_name, r);
        cells[r * 3 + 2] = text_format(check_arena(), "%zu", r * 7);
    }
    s.columns.at = arena_copy(check_arena(), columns, sizeof columns);
    s.columns.count = COUNT(columns);
    s.cells.at = cells;
    s.cells.count = rows * 3;
    return s;
}

static void every_row_is_there_and_the_header_on_each_page(void **state)
{
    (void)state;
    print_table_sheet s = sheet(120, "name-");
    check_ok(print_table(check_arena(), &s, check_path("t.pdf")));
    str all = run("pdftotext -layout '%s' -", check_path("t.pdf"));
    int pages = atoi(run("pdfinfo '%s' | sed -n 's/^Pages: *//p'", check_path("t.pdf")).at);
    assert_true(pages > 2);
    assert_int_equal(count_of(all, "Who"), pages);
    assert_int_equal(count_of(all, "name-"), 120);
    assert_int_equal(count_of(all, "That is all."), 1);
    assert_in_range(count_of(all, "day-"), 3, 3 + pages); /* once, and again where a page begins */
}

static void a_row_taller_than_a_page_is_whole(void **state)
{
    (void)state;
    print_table_sheet s = sheet(2, "name-");
    text t = text_begin(check_arena());
    for (int i = 0; i < 90; i++)
        text_printf(&t, "%sp%d;", i ? "\n" : "", i);
    s.cells.at[4] = text_done(&t);
    check_ok(print_table(check_arena(), &s, check_path("tall.pdf")));
    str all = run("pdftotext '%s' -", check_path("tall.pdf"));
    assert_int_equal(count_of(all, ";"), 90);
    str box = run("pdftotext -bbox '%s' - | sed -n 's/.*yMax=\"\\([0-9]*\\).*>p89;.*/\\1/p'", check_path("tall.pdf"));
    assert_in_range(atoi(box.at), 1, 842); /* on the page, in points */
}

static void long_texts_turn_the_paper(void **state)
{
    (void)state;
    print_table_sheet s = sheet(3, "a name that goes on and on until the column is full, and then for some more, ");
    check_ok(print_table(check_arena(), &s, check_path("long.pdf")));
    assert_int_equal(count_of(run("pdftotext '%s' - | tr '\\n' ' '", check_path("long.pdf")), "some more"), 3);
    s = sheet(0, "");
    check_ok(print_table(check_arena(), &s, check_path("none.pdf")));
    assert_int_equal(count_of(run("pdftotext '%s' -", check_path("none.pdf")), "That is all."), 1);
}

static void what_no_page_holds_is_refused(void **state)
{
    (void)state;
    print_table_sheet s = sheet(1, "x");
    s.columns.count = 0;
    check_err(print_table(check_arena(), &s, check_path("no.pdf")), ERR_INPUT, "print.document");
    s = sheet(1, "x");
    check_err(print_table(check_arena(), &s, "/nowhere/at/all.pdf"), ERR_NOT_FOUND, "file.folder_missing");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(every_row_is_there_and_the_header_on_each_page), CHECK_TEST(a_row_taller_than_a_page_is_whole),
        CHECK_TEST(long_texts_turn_the_paper), CHECK_TEST(what_no_page_holds_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

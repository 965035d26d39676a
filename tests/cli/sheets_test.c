#include "check.h"

#include "base/text.h"
#include "cli/sheets.h"
#include "sheet/sheet.h"

static str cell(const sheet_file *f, int row, int column)
{
    assert_true(f->pages.count == 1 && (size_t)row < f->pages.at[0].rows.count);
    const sheet_row *r = &f->pages.at[0].rows.at[row];
    return column < r->cell_count ? r->cells[column] : (str){ 0 };
}

static sheet_file written(const char *view_name, const rows *r, words_lang lang, bool plain)
{
    arena *a = check_arena();
    const view *v = view_find(str_of(view_name));
    assert_non_null(v);
    const char *path = check_path("v.xlsx");
    check_ok(plain ? cli_view_xlsx_plain(a, v, r, lang, path) : cli_view_xlsx(a, v, r, lang, path));
    sheet_file f;
    check_ok(sheet_read(a, path, &f));
    return f;
}

static void every_view_has_its_words_in_both_languages(void **state)
{
    (void)state;
    arena *a = check_arena();
    for (size_t i = 0; view_at(i); i++) {
        const view *v = view_at(i);
        for (int lang = 0; lang < WORDS_LANG_COUNT; lang++) {
            const char *title = text_format(a, "view.title.%.*s", STR_ARG(v->name)).at;
            if (!words_has((words_lang)lang, title))
                fail_msg("%s has no words", title);
            for (size_t c = 0; c < v->column_count; c++) {
                const char *label = text_format(a, "column.%.*s", STR_ARG(v->columns[c].name)).at;
                if (!words_has((words_lang)lang, label))
                    fail_msg("%s has no words", label);
            }
        }
    }
}

/* Of the columns of roster_gap: roster_id, need_id, team, starts_on, shift, post, missing, proven, explanation. */
static rows one_gap(void)
{
    arena *a = check_arena();
    value *all = arena_many(a, value, 9);
    all[0] = V_INT(7);
    all[1] = V_INT(9);
    all[2] = V_TEXT(STR("东塘社区服务队"));
    all[3] = V_TEXT(STR("2020-02-08"));
    all[4] = V_TEXT(STR("早"));
    all[5] = V_TEXT(STR("南门"));
    all[6] = V_INT(2);
    all[7] = V_INT(0);
    all[8] = V_TEXT(STR("能来的4人里，3人已在岗。"));
    return (rows){ .at = all, .count = 1, .column_count = 9 };
}

static void sheet_speaks_the_language_of_its_reader(void **state)
{
    (void)state;
    static const struct {
        words_lang lang;
        const char *title, *proven;
    } cases[] = { { WORDS_ZH, "缺岗和原因", "否" }, { WORDS_EN, "Open seats and why", "no" } };
    rows r = one_gap();
    for (size_t i = 0; i < COUNT(cases); i++) {
        sheet_file f = written("roster_gap", &r, cases[i].lang, false);
        check_str(f.pages.at[0].name, cases[i].title);
        check_str(cell(&f, 0, 0), cases[i].title);
        check_str(cell(&f, 1, 0), words_get(check_arena(), cases[i].lang, "column.roster_id", NULL).at);
        check_str(cell(&f, 2, 0), "7");
        check_str(cell(&f, 2, 6), "2");
        check_str(cell(&f, 2, 7), cases[i].proven);
    }
}

static void plain_sheet_has_no_ids(void **state)
{
    (void)state;
    rows r = one_gap();
    sheet_file f = written("roster_gap", &r, WORDS_ZH, true);
    check_str(cell(&f, 1, 0), "服务队");
    check_str(cell(&f, 2, 0), "东塘社区服务队");
    check_str(cell(&f, 2, 6), "能来的4人里，3人已在岗。");
}

static void states_are_put_into_words(void **state)
{
    (void)state;
    const view *v = view_find(STR("shift"));
    value cells[] = { V_INT(1), V_INT(2), V_TEXT(STR("夜")), V_TEXT(STR("night")), V_INT(1200), V_INT(1440) };
    assert_int_equal(v->column_count, COUNT(cells));
    rows r = { .at = cells, .count = 1, .column_count = COUNT(cells) };
    sheet_file f = written("shift", &r, WORDS_ZH, false);
    check_str(cell(&f, 2, 3), "夜班");
    check_str(cell(&f, 2, 4), "20:00");
    check_str(cell(&f, 2, 5), "24:00");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(every_view_has_its_words_in_both_languages),
        CHECK_TEST(sheet_speaks_the_language_of_its_reader),
        CHECK_TEST(plain_sheet_has_no_ids),
        CHECK_TEST(states_are_put_into_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

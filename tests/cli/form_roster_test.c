#include "../command/duty_world.h"

#include "base/file.h"
#include "cli/form.h"

#include <xlsxwriter.h>

/*
 * The east has Zhang Wei twice, of the water works and of the school. In force: 0 (in charge) and 1 at the gate in the
 * morning of the 8th, 2 there at night, 3 in the yard at noon of the 9th.
 */
typedef struct scene {
    world w;
    int64_t morning, night, noon, next;
} scene;

static void call_him(const world *w, int person, const char *name, const char *unit)
{
    must(w, -29, "person.correct", NULL, ROWS("[{\"person\":%lld,\"name\":\"%s\",\"work_unit\":\"%s\"}]", LL(w->person[person]), name, unit));
}

static scene open_scene(const char *url)
{
    scene s = { .w = world_open(url, NULL) };
    world *w = &s.w;
    call_him(w, 0, "李敏", "水务局");
    call_him(w, 1, "王强", "水务局");
    call_him(w, 2, "张伟", "水务局");
    call_him(w, 3, "张伟", "实验小学");
    call_him(w, 4, "阿依古丽·买买提", "卫健委");
    s.morning = need_of(w, EAST, w->gate, DAY, 0, 4);
    s.night = need_of(w, EAST, w->gate, NIGHT, 0, 2);
    s.noon = need_of(w, EAST, w->yard, NOON, 1, 2);
    s.next = need_of(w, EAST, w->gate, DAY, 2, 3);
    str lines = text_format(check_arena(), "[{\"need\":%lld,\"person\":%lld,\"lead\":true},{\"need\":%lld,\"person\":%lld},"
                                           "{\"need\":%lld,\"person\":%lld},{\"need\":%lld,\"person\":%lld}]",
                            LL(s.morning), LL(w->person[0]), LL(s.morning), LL(w->person[1]), LL(s.night), LL(w->person[2]), LL(s.noon),
                            LL(w->person[3]));
    int64_t id = must(w, -23, "roster.draft", "id", NAMED({ "team", V_INT(w->team[EAST]) }, { "from_on", T("2020-02-08") },
                                                          { "to_on", T("2020-02-10") }, { "lines", V_TEXT(lines) }));
    must(w, -23, "roster.publish", "id", NAMED({ "roster", V_INT(id) }));
    return s;
}

static form form_of(const scene *s, const char *file, bool apply)
{
    return (form){ .a = check_arena(), .app = s->w.p, .lang = WORDS_ZH, .now = HOURS(1), .path = check_path(file), .apply = apply,
                   .team = s->w.team[EAST] };
}

static err *read(const scene *s, const char *file, bool apply, form_read *out)
{
    form f = form_of(s, file, apply);
    *out = (form_read){ 0 };
    return form_roster.read(&f, out);
}

static void write(const scene *s, const char *file, int layout)
{
    form f = form_of(s, file, false);
    f.layout = layout;
    check_ok(form_roster.write(&f));
}

static err *read_text(const scene *s, const char *content, bool apply, form_read *out)
{
    check_ok(file_write(check_arena(), check_path("own.csv"), str_of(content)));
    return read(s, "own.csv", apply, out);
}

#define BY_DAY "东塘社区值班表\n日期,星期,班次,地点,带班领导,值班人员,联系电话,备注\n"
#define FOOT "注：1.提前10分钟到岗,,,,,,,\n制表人：某某,,,,,,,\n"

static void written_and_read_back_nothing_differs(const char *url)
{
    scene s = open_scene(url);
    static const struct { const char *file; int layout; } files[] = { { "a.xlsx", 1 }, { "a.csv", 1 }, { "b.xlsx", 2 }, { "b.csv", 2 } };
    form_read r;
    for (size_t i = 0; i < COUNT(files); i++) {
        CASE(files[i].file);
        write(&s, files[i].file, files[i].layout);
        check_ok(read(&s, files[i].file, true, &r));
        assert_int_equal(r.lines.count + r.troubles.list.count, 0);
        assert_int_equal(r.same, 4);
        assert_int_equal(r.fresh + r.standing, 0);
        assert_false(r.applied);
    }
    CASE("in English");
    for (int layout = 1; layout <= 2; layout++) {
        form f = form_of(&s, "e.xlsx", true);
        f.lang = WORDS_EN;
        f.layout = layout;
        check_ok(form_roster.write(&f));
        check_ok(read(&s, "e.xlsx", true, &r));
        assert_int_equal(r.same, 4);
        assert_int_equal(r.fresh + r.standing + r.troubles.list.count, 0);
    }
    CASE("on paper");
    for (int layout = 1; layout <= 3; layout++) {
        str pdf;
        write(&s, "p.pdf", layout);
        check_ok(file_read(check_arena(), check_path("p.pdf"), 1 << 20, &pdf));
        assert_true(str_starts(pdf, STR("%PDF-")));
    }
    CASE("by post");
    str csv;
    write(&s, "c.csv", 3);
    check_ok(file_read(check_arena(), check_path("c.csv"), 1 << 20, &csv));
    assert_true(str_find(csv, STR("Gate,08:00-12:00,李敏、王强,,")) >= 0);
    assert_true(str_find(csv, STR("2月8日 周六,2月9日 周日,2月10日 周一")) >= 0);
    write(&s, "c.xlsx", 3);
}

/* A row deleted in a spreadsheet program may be a slip: it is named, and goes only if that is said. */
static void rows_that_are_gone_are_asked_about(const char *url)
{
    scene s = open_scene(url);
    for (int layout = 1; layout <= 2; layout++) {
        str csv, line;
        form_read r;
        text t = text_begin(check_arena());
        CASE(layout == 1 ? "by day" : "by person");
        write(&s, "gone.csv", layout);
        check_ok(file_read(check_arena(), check_path("gone.csv"), 1 << 20, &csv));
        while (str_split(&csv, '\n', &line)) {
            if (str_find(line, layout == 1 ? STR("20:00-02:00") : STR("王强")) < 0)
                text_printf(&t, "%.*s\n", STR_ARG(line));
        }
        check_ok(file_write(check_arena(), check_path("gone.csv"), text_done(&t)));
        check_ok(read(&s, "gone.csv", false, &r));
        assert_int_equal(r.standing, 1);
        assert_int_equal(r.fresh, 0);
        assert_true(str_find(r.lines.at[0], STR("--drop")) >= 0 && str_find(r.lines.at[0], layout == 1 ? STR("20:00-02:00") : STR("王强")) >= 0);
        form f = form_of(&s, "gone.csv", false);
        f.drop = true;
        r = (form_read){ 0 };
        check_ok(form_roster.read(&f, &r));
        assert_int_equal(r.fresh, 1);
        assert_true(str_find(r.lines.at[0], layout == 1 ? STR("张伟") : STR("王强")) >= 0);
    }
}

/* A space stands between names and inside of them; a month and a day are missing; whoever leads is named twice. */
static void names_are_taken_apart(const char *url)
{
    scene s = open_scene(url);
    const struct { const char *what, *rows; size_t same, fresh; } cases[] = {
        { "as it is", "2月8日,六,8:00-12:00,Gate,李敏,王强,,\n", 4, 0 },
        { "spaces inside and between", "2月8日,六,8:00-12:00,Gate,李　敏,李 敏 王 强 阿依古丽•买买提,,\n", 4, 1 },
        { "new lines and a list sign", "2月8日,六,8:00-12:00,Gate,李敏,\"王强\n阿依古丽·买买提、李敏\",,\n", 4, 1 },
        { "no month, no post, the day above", "8日,六,8点-12点,,李敏,王强,,\n,,20:00-次日2:00,,,张伟（水务局）,,\n", 4, 0 },
        { "the telephone beside it", "8,六,20-次日2点,Gate,,张伟,13800000002,\n", 4, 0 },
        { "telephones in the order of the names", "2.8,六,20:00-02:00,Gate,王强,张伟,\"13800000001\n13800000002\",\n", 4, 1 },
        { "the end of it", "2.9,日,12:00-16:00,Yard,,张伟(0003),,\n", 4, 0 },
        { "nobody is left", "2.9,日,12:00-16:00,Yard,,,,\n", 3, 1 },
        { "another one leads", "2月8日,六,8:00-12:00,Gate,王强,李敏,,\n", 2, 2 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        form_read r;
        CASE(cases[i].what);
        check_ok(read_text(&s, text_format(check_arena(), BY_DAY "%s" FOOT, cases[i].rows).at, false, &r));
        assert_int_equal(r.troubles.error_count, 0);
        assert_int_equal(r.same, cases[i].same);
        assert_int_equal(r.fresh, cases[i].fresh);
    }
}

static void by_person_marks_and_hours_are_read(const char *url)
{
    scene s = open_scene(url);
    const struct { const char *what, *rows; size_t same, fresh; } cases[] = {
        { "hours, free days", "1,李敏,水务局,,8-12,休,\n2,王强,,,8:00-12:00,,/\n3,张伟,实验小学,,,12-16,\n", 4, 0 },
        { "marks", "1,李敏,,,早,,\n2,王强,,,早,√,\n", 4, 1 },
        { "a legend", "1,李敏,,,A,△,\n注：A=8:00-12:00、B=20:00-次日2:00,,,,,,\n", 4, 1 },
        { "the post is said", "1,王强,,,8-12 Gate,12-16 Yard,\n", 4, 1 },
        { "off the list for a day", "1,王强,,,休,,\n", 3, 1 },
        { "a second header row", ",,,,六,日,一\n1,王强,,,早,,\n", 4, 0 },
        { "two on one day", "1,阿依古丽·买买提,,,,12-16,早\n", 4, 2 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        form_read r;
        CASE(cases[i].what);
        check_ok(read_text(&s, text_format(check_arena(), "值班表\n序号,姓名,单位,电话,8日 六,2月9日,10\n%s", cases[i].rows).at, false, &r));
        assert_int_equal(r.troubles.error_count, 0);
        assert_int_equal(r.same, cases[i].same);
        assert_int_equal(r.fresh, cases[i].fresh);
    }
}

/* As an office prints it: the day merged over its shifts, names over two header rows. */
static void merged_cells_are_read(const char *url)
{
    scene s = open_scene(url);
    form_read r;
    lxw_workbook *book = workbook_new(check_path("m.xlsx"));
    lxw_worksheet *day = workbook_add_worksheet(book, "2月");
    static const char *const head[] = { "日期", "班次", "点位", "带班人", "值班人员" };
    static const char *const cells[2][4] = { { "8:00-12:00", "Gate", "李 敏", "王 强\n阿依古丽・买买提" }, { "20:00-26:00", "Gate", "", "张伟（水务局）" } };
    worksheet_merge_range(day, 0, 0, 0, 4, "东塘社区值班表（2月8日—2月10日）", NULL);
    for (int c = 0; c < 5; c++)
        worksheet_write_string(day, 1, (lxw_col_t)c, head[c], NULL);
    worksheet_merge_range(day, 2, 0, 3, 0, "8日", NULL);
    for (int i = 0; i < 8; i++)
        worksheet_write_string(day, (lxw_row_t)(2 + i / 4), (lxw_col_t)(1 + i % 4), cells[i / 4][i % 4], NULL);
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
    check_ok(read(&s, "m.xlsx", false, &r));
    assert_int_equal(r.same, 4);
    assert_int_equal(r.fresh, 1);
    CASE("by person");
    book = workbook_new(check_path("p.xlsx"));
    day = workbook_add_worksheet(book, "值班");
    worksheet_merge_range(day, 0, 0, 1, 0, "序号", NULL);
    worksheet_merge_range(day, 0, 1, 1, 1, "姓名", NULL);
    worksheet_write_string(day, 0, 2, "8日", NULL);
    worksheet_write_string(day, 1, 2, "六", NULL);
    worksheet_write_number(day, 0, 3, 9, NULL);
    worksheet_write_string(day, 1, 3, "日", NULL);
    worksheet_write_number(day, 2, 0, 1, NULL);
    worksheet_write_string(day, 2, 1, "王强", NULL);
    worksheet_write_string(day, 2, 2, "早", NULL);
    worksheet_write_string(day, 2, 3, "●", NULL);
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
    check_ok(read(&s, "p.xlsx", false, &r));
    assert_int_equal(r.same, 4);
    assert_int_equal(r.fresh, 1);
}

static void the_difference_becomes_the_draft(const char *url)
{
    scene s = open_scene(url);
    form_read r;
    const char *rows_text = BY_DAY "2月8日,六,8:00-12:00,Gate,李敏,阿依古丽·买买提,,\n2月10日,一,8:00-12:00,Gate,王强,李敏,,\n";
    check_ok(read_text(&s, rows_text, false, &r));
    assert_int_equal(r.fresh, 4);
    check_str(r.lines.at[0], "第 3 行：阿依古丽·买买提：加到 2020-02-08 08:00-12:00 Gate");
    assert_int_equal(list(&s.w, "draft", NULL, 0).count, 0);
    check_ok(read_text(&s, rows_text, true, &r));
    assert_true(r.applied);
    rows lines = list(&s.w, "draft_line", NULL, 0);
    assert_int_equal(lines.count, 6);
    for (size_t i = 0; i < lines.count; i++) {
        bool there = rows_int(&lines, i, "need_id") == s.next && rows_int(&lines, i, "person_id") == s.w.person[1];
        bool first = rows_int(&lines, i, "need_id") == s.morning && rows_int(&lines, i, "person_id") == s.w.person[0];
        assert_int_equal(rows_int(&lines, i, "lead"), there || first);
        assert_false(rows_int(&lines, i, "need_id") == s.morning && rows_int(&lines, i, "person_id") == s.w.person[1]);
        assert_true(!there || rows_int(&lines, i, "locked"));
    }
    CASE("the same again: it agrees by now");
    check_ok(read_text(&s, rows_text, true, &r));
    assert_int_equal(r.same, 6);
    assert_int_equal(r.fresh + r.standing, 0);
    CASE("written from what is no more");
    write(&s, "d.xlsx", 1);
    check_ok(read_text(&s, BY_DAY "2月9日,,12-16,Yard,,王强,,\n", true, &r));
    check_err(read(&s, "d.xlsx", true, &r), ERR_STALE, "form.roster_stale");
}

static void a_rule_that_breaks_is_named_and_nothing_is_changed(const char *url)
{
    scene s = open_scene(url);
    form_read r;
    must(&s.w, -2, "care_rule.set", NULL, NAMED({ "person", V_INT(s.w.person[4]) }, { "rule", T("no_night") }, { "value", T("1") }));
    const char *rows_text = BY_DAY "2月8日,六,20:00-次日2:00,Gate,,张伟（水务局）、阿依古丽·买买提,,\n";
    check_ok(read_text(&s, rows_text, false, &r));
    assert_int_equal(r.standing, 1);
    check_str(r.lines.at[r.lines.count - 1], "阿依古丽·买买提，2020-02-08 20:00-02:00 Gate：有照顾安排");
    check_err(read_text(&s, rows_text, true, &r), ERR_CONFLICT, "form.roster_broken");
    assert_int_equal(list(&s.w, "draft", NULL, 0).count, 0);
    CASE("more than there are seats");
    check_err(read_text(&s, BY_DAY "2月9日,,12-16,Yard,李敏,王强 张伟(水务局),,\n", true, &r), ERR_CONFLICT, "form.roster_broken");
    assert_int_equal(list(&s.w, "draft", NULL, 0).count, 0);
    CASE("what has begun stays");
    form f = form_of(&s, "own.csv", true);
    f.now = HOURS(9);
    check_ok(file_write(check_arena(), f.path, STR(BY_DAY "2月8日,六,8:00-12:00,Gate,李敏,阿依古丽·买买提,,\n")));
    r = (form_read){ 0 };
    check_ok(form_roster.read(&f, &r));
    assert_int_equal(r.standing, 2);
    assert_false(r.applied);
}

static void each_bad_cell_is_named_and_nothing_is_recorded(const char *url)
{
    scene s = open_scene(url);
    const char *by_person = "序号,姓名,8日,9日\n";
    const struct { const char *what, *header, *rows, *key, *column; } cases[] = {
        { "two of the name", BY_DAY, "2.8,,8-12,Gate,,张伟,,\n", "form.roster_twins", "F" },
        { "nobody of the name", BY_DAY, "2.8,,8-12,Gate,赵六,,,\n", "form.roster_stranger", "E" },
        { "another month", BY_DAY, "3.8,,8-12,Gate,李敏,,,\n", "form.roster_day_unclear", "A" },
        { "no day at all", BY_DAY, ",,8-12,Gate,李敏,,,\n", "form.roster_day_missing", "A" },
        { "no shift", BY_DAY, "2.8,,看情况,Gate,李敏,,,\n", "form.roster_shift_unclear", "C" },
        { "no such post", BY_DAY, "2.8,,8-12,Tower,李敏,,,\n", "form.roster_no_need", "D" },
        { "twice", BY_DAY, "2.8,,8-12,Gate,李敏,,,\n2.8,,8-12,Gate,,王强,,\n", "form.roster_row_twice", "D" },
        { "a mark of several shifts", by_person, "1,李敏,√,\n", "form.roster_mark", "C" },
        { "a mark that means nothing", by_person, "1,李敏,Q,\n", "form.roster_mark", "C" },
        { "a shift the day has not", by_person, "1,李敏,,8-12\n", "form.roster_cell_none", "D" },
        { "a person twice", by_person, "1,李敏,早,\n2,李敏,,\n", "form.roster_person_twice", "C" },
        { "two of the name in rows", by_person, "1,张伟,早,\n", "form.roster_twins", "B" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        form_read r;
        CASE(cases[i].what);
        check_err(read_text(&s, text_format(check_arena(), "%s%s", cases[i].header, cases[i].rows).at, true, &r), ERR_INPUT, "form.bad_rows");
        const sheet_trouble *t = &r.troubles.list.at[r.troubles.list.count - 1];
        assert_string_equal(t->what, cases[i].key);
        check_str(sheet_column_letters(check_arena(), t->column), cases[i].column);
        for (int lang = 0; lang < WORDS_LANG_COUNT; lang++) {
            str said = text_format(check_arena(), "%.*s %.*s", STR_ARG(sheet_trouble_text(check_arena(), lang, t)),
                                   STR_ARG(sheet_trouble_hint(check_arena(), lang, t)));
            assert_true(str_find(said, STR("{")) < 0 && sheet_trouble_hint(check_arena(), lang, t).len > 0);
        }
        if (str_is(str_of(cases[i].key), "form.roster_twins"))
            assert_true(str_find(sheet_trouble_text(check_arena(), WORDS_ZH, t), STR("张伟（水务局）、张伟（实验小学）")) >= 0);
        assert_int_equal(list(&s.w, "draft", NULL, 0).count, 0);
    }
    form_read r;
    CASE("no column is a day");
    check_err(read_text(&s, "序号,姓名,单位\n1,李敏,水务局\n", true, &r), ERR_INPUT, "form.bad_rows");
    form f = form_of(&s, "x.xlsx", false);
    f.team = s.w.team[WEST];
    check_err(form_roster.write(&f), ERR_NOT_FOUND, "form.roster_none");
}

ON_BOTH(written_and_read_back_nothing_differs)
ON_BOTH(rows_that_are_gone_are_asked_about)
ON_BOTH(names_are_taken_apart)
ON_BOTH(by_person_marks_and_hours_are_read)
ON_BOTH(merged_cells_are_read)
ON_BOTH(the_difference_becomes_the_draft)
ON_BOTH(a_rule_that_breaks_is_named_and_nothing_is_changed)
ON_BOTH(each_bad_cell_is_named_and_nothing_is_recorded)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(written_and_read_back_nothing_differs),
        BOTH(rows_that_are_gone_are_asked_about),
        BOTH(names_are_taken_apart),
        BOTH(by_person_marks_and_hours_are_read),
        BOTH(merged_cells_are_read),
        BOTH(the_difference_becomes_the_draft),
        BOTH(a_rule_that_breaks_is_named_and_nothing_is_changed),
        BOTH(each_bad_cell_is_named_and_nothing_is_recorded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

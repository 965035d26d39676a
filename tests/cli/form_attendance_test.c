#include "../command/duty_world.h"

#include "base/file.h"
#include "cli/form.h"

/* Version 1 of the roster is in force: 0, 1, 2 at the gate in the morning, 0 and 3 there at night. */
typedef struct scene {
    world w;
    int64_t morning, night;
} scene;

static scene open_scene(const char *url)
{
    scene s = { .w = world_open(url, NULL) };
    world *w = &s.w;
    s.morning = need_of(w, EAST, w->gate, DAY, 0, 3);
    s.night = need_of(w, EAST, w->gate, NIGHT, 0, 2);
    publish(w, -23, 5, (const int64_t[][2]){ { s.morning, w->person[0] }, { s.morning, w->person[1] }, { s.morning, w->person[2] },
                                             { s.night, w->person[0] }, { s.night, w->person[3] } });
    return s;
}

static form form_of(const scene *s, const char *file, bool apply)
{
    return (form){ .a = check_arena(), .app = s->w.p, .lang = WORDS_EN, .by = s->w.person[4], .now = HOURS(30), .path = check_path(file),
                   .apply = apply };
}

static void write(const scene *s, const char *file)
{
    form f = form_of(s, file, false);
    f.team = s->w.team[EAST];
    f.day = STR("2020-02-08");
    check_ok(form_attendance.write(&f));
}

static err *read(const scene *s, const char *file, bool apply, form_read *out)
{
    form f = form_of(s, file, apply);
    *out = (form_read){ 0 };
    return form_attendance.read(&f, out);
}

/* A CSV with these rows under the columns that matter; %N is the number of the sheet of the version in force. */
static void paper(const scene *s, int version, const char *rows_text)
{
    text t = text_begin(check_arena());
    str rest = str_of(rows_text), row;
    text_put_z(&t, "姓名,岗位,到岗时间,签名,离岗时间,值勤号,表号\n");
    while (str_split(&rest, '\n', &row))
        text_printf(&t, "%.*s,%lld/2020-02-08/%d\n", STR_ARG(row), LL(s->w.team[EAST]), version);
    check_ok(file_write(check_arena(), check_path("paper.csv"), text_done(&t)));
}

#define F(...) text_format(check_arena(), __VA_ARGS__).at

static void written_and_read_back_nothing_differs(const char *url)
{
    scene s = open_scene(url);
    static const char *const files[] = { "a.xlsx", "a.csv" };
    form_read r;
    must(&s.w, 8, "duty.check_in", NULL, NAMED({ "duty", V_INT(duty_of(&s.w, s.morning, s.w.person[0])) }, { "by", V_INT(s.w.person[0]) }));
    for (size_t i = 0; i < COUNT(files); i++) {
        CASE(files[i]);
        write(&s, files[i]);
        check_ok(read(&s, files[i], true, &r));
        assert_int_equal(r.same, 5);
        assert_int_equal(r.fresh + r.standing + r.lines.count + r.troubles.list.count, 0);
        assert_false(r.applied);
    }
    assert_int_equal(list(&s.w, "attendance_valid", NULL, 0).count, 1);
}

static void a_keyed_sheet_is_shown_then_recorded(const char *url)
{
    scene s = open_scene(url);
    world *w = &s.w;
    form_read r;
    paper(&s, 1, F("P0,Gate,7：50,P0,12:05,%lld\nP1,Gate,〃,P1,〃,\nP2,Gate,,P2,,\nP3,Gate,20点,,次日2点,\nP4,Yard,9.30,P4,11:30,\nP0,Gate,-,,,%lld\n,,,,,",
                   LL(duty_of(w, s.morning, w->person[0])), LL(duty_of(w, s.night, w->person[0]))));
    check_ok(read(&s, "paper.csv", false, &r));
    assert_int_equal(r.fresh, 5);
    assert_int_equal(r.lines.count, 6);
    check_str(r.lines.at[1], "Row 3: P1, Gate: came 07:50, left 12:05");
    check_str(r.lines.at[2], "Row 4: P2, Gate: came as planned, left not said");
    assert_int_equal(list(w, "attendance_valid", NULL, 0).count, 0);
    CASE("applied");
    check_ok(read(&s, "paper.csv", true, &r));
    assert_true(r.applied);
    const struct { int person, in; double out; } cases[] = {
        { 0, 470, 12 + 5.0 / 60 }, { 1, 470, 12 + 5.0 / 60 }, { 2, 480, 12 }, { 3, 1200, 26 }, { 4, 570, 11.5 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        rows a = attendance_row(w, w->person[cases[i].person]);
        assert_int_equal(a.count, 1);
        assert_int_equal(rows_int(&a, 0, "in_minute"), cases[i].in);
        assert_int_equal(rows_int(&a, 0, "out_happened_at"), HOURS(cases[i].out));
        check_str(rows_text(&a, 0, "via"), "paper");
    }
    rows audit = list(w, "attendance_audit", NAMED({ "what", T("filled_in") }), 0);
    check_str(rows_text(&audit, 0, "sheet_no"), F("%lld/2020-02-08/1", LL(w->team[EAST])));
    assert_int_equal(rows_int(&audit, 0, "sheet_row"), 2);
    CASE("again it is all there");
    check_ok(read(&s, "paper.csv", true, &r));
    assert_int_equal(r.same, 6);
    assert_int_equal(r.fresh + r.standing, 0);
    CASE("and written and read back");
    write(&s, "b.xlsx");
    check_ok(read(&s, "b.xlsx", false, &r));
    assert_int_equal(r.same, 6);
    assert_int_equal(r.fresh + r.standing, 0);
}

static void what_was_recorded_stands(const char *url)
{
    scene s = open_scene(url);
    form_read r;
    int64_t duty = duty_of(&s.w, s.morning, s.w.person[0]);
    must(&s.w, 8.5, "duty.check_in", NULL, NAMED({ "duty", V_INT(duty) }, { "by", V_INT(s.w.person[0]) }));
    paper(&s, 1, "P0,Gate,,P0,12:00,");
    err *e = read(&s, "paper.csv", false, &r);
    check_err(e, ERR_INPUT, "form.bad_rows"); /* morning or night? */
    check_str(sheet_trouble_text(check_arena(), WORDS_EN, &r.troubles.list.at[0]),
              "paper.csv, row 2, column A (姓名): \"P0\" has several duties on that day.");
    CASE("only the leaving is missing");
    paper(&s, 1, F("P0,Gate,8:30,P0,12:00,%lld", LL(duty)));
    check_ok(read(&s, "paper.csv", true, &r));
    check_str(r.lines.at[0], "Row 2: P0, Gate: left 12:00");
    rows a = attendance_row(&s.w, s.w.person[0]);
    assert_int_equal(rows_int(&a, 0, "out_happened_at"), HOURS(12));
    CASE("another time");
    paper(&s, 1, F("P0,Gate,8:00,P0,12:00,%lld", LL(duty)));
    check_ok(read(&s, "paper.csv", true, &r));
    assert_int_equal(r.standing, 1);
    assert_false(r.applied);
    assert_true(str_find(r.lines.at[0], STR("came 08:30, left 12:00 is recorded and stays")) >= 0);
    assert_true(str_find(r.lines.at[r.lines.count - 1], STR("planned rows are not in the file")) >= 0);
    a = attendance_row(&s.w, s.w.person[0]);
    assert_int_equal(rows_int(&a, 0, "in_minute"), 510);
}

static void an_older_sheet_is_refused(const char *url)
{
    scene s = open_scene(url);
    form_read r;
    write(&s, "old.xlsx");
    publish(&s.w, -20, 1, (const int64_t[][2]){ { s.morning, s.w.person[1] } });
    err *e = read(&s, "old.xlsx", true, &r);
    check_err(e, ERR_STALE, "attendance.sheet_old");
    check_str(words_err(check_arena(), WORDS_EN, e),
              "This sheet was printed from version 1 of the roster; version 2 is in force for 2020-02-08.");
    paper(&s, 3, "P1,Gate,8:00,,,");
    check_err(read(&s, "paper.csv", true, &r), ERR_INPUT, "attendance.sheet_unknown");
    assert_int_equal(list(&s.w, "attendance_valid", NULL, 0).count, 0);
}

static void each_bad_cell_is_named_and_nothing_is_recorded(const char *url)
{
    scene s = open_scene(url);
    world *w = &s.w;
    int64_t duty = duty_of(w, s.morning, w->person[1]);
    const struct { const char *what, *row, *key, *column; } cases[] = {
        { "no time", "P1,Gate,early,,,", "sheet.time_unclear", "C" },
        { "nothing above", "P1,Gate,8:00,,〃,", "sheet.time_above", "E" },
        { "not there, but signed", "P1,Gate,-,P1,,", "sheet.absent_signed", "C" },
        { "no name", ",Gate,8:00,,,", "sheet.came_nameless", "A" },
        { "no number", "P1,Gate,8:00,,,x1", "sheet.duty_number", "F" },
        { "another sheet's duty", "P1,Gate,8:00,,,999", "form.duty_other", "F" },
        { "somebody else on the line", F("P4,Gate,8:00,,,%lld", LL(duty)), "form.duty_name", "A" },
        { "several duties", "P0,Gate,8:00,,,", "form.name_many", "A" },
        { "a stranger", "P7,Gate,8:00,,,", "form.name_unknown", "A" },
        { "no such post", "P4,Tower,8:00,,,", "form.post_unknown", "B" },
        { "twice", "P2,Gate,8:00,,,", "form.row_twice", "A" },
        { "no time to take", "P4,Gate,,P4,,", "form.time_planned", "C" },
        { "to come", "P3,Gate,29:00,,,", "form.time_ahead", "C" },
        { "after the end", "P1,Gate,12:00,,,", "form.time_late", "C" },
        { "left before", "P1,Gate,9:00,,8:30,", "form.time_order", "E" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        form_read r;
        CASE(cases[i].what);
        paper(&s, 1, F("P2,Gate,7:50,,,\n%s", cases[i].row));
        form f = form_of(&s, "paper.csv", true);
        f.now = HOURS(28);
        r = (form_read){ 0 };
        check_err(form_attendance.read(&f, &r), ERR_INPUT, "form.bad_rows");
        assert_int_equal(r.troubles.list.count, 1);
        assert_string_equal(r.troubles.list.at[0].what, cases[i].key);
        assert_int_equal(r.troubles.list.at[0].row, 3);
        check_str(sheet_column_letters(check_arena(), r.troubles.list.at[0].column), cases[i].column);
        for (int lang = 0; lang < WORDS_LANG_COUNT; lang++) {
            str said = text_format(check_arena(), "%.*s %.*s", STR_ARG(sheet_trouble_text(check_arena(), lang, &r.troubles.list.at[0])),
                                   STR_ARG(sheet_trouble_hint(check_arena(), lang, &r.troubles.list.at[0])));
            assert_true(str_find(said, STR("{")) < 0 && sheet_trouble_hint(check_arena(), lang, &r.troubles.list.at[0]).len > 0);
        }
        assert_int_equal(list(w, "attendance_valid", NULL, 0).count, 0);
    }
}

static void which_sheet_it_is_must_be_said(const char *url)
{
    scene s = open_scene(url);
    form_read r = { 0 };
    check_ok(file_write(check_arena(), check_path("own.csv"), STR("姓名,岗位,签到时间\nP1,Gate,8:00\n")));
    check_err(read(&s, "own.csv", false, &r), ERR_USAGE, "form.number_missing");
    form f = form_of(&s, "own.csv", false);
    f.team = s.w.team[EAST];
    f.day = STR("2020-02-08");
    f.version = 1;
    r = (form_read){ 0 };
    check_ok(form_attendance.read(&f, &r));
    assert_int_equal(r.fresh, 1);
    CASE("not the one asked for");
    write(&s, "a.csv");
    f.path = check_path("a.csv");
    f.day = STR("2020-02-09");
    check_err(form_attendance.read(&f, &r), ERR_INPUT, "form.number_not_asked");
    CASE("two sheets in one, and no number at all");
    check_ok(file_write(check_arena(), check_path("two.csv"), text_format(check_arena(),
        "姓名,岗位,签到时间,表号\nP1,Gate,8:00,%lld/2020-02-08/1\nP2,Gate,8:00,%lld/2020-02-09/1\n", LL(s.w.team[EAST]), LL(s.w.team[EAST]))));
    check_err(read(&s, "two.csv", false, &r), ERR_INPUT, "form.bad_rows");
    assert_string_equal(r.troubles.list.at[0].what, "form.number_other");
    check_ok(file_write(check_arena(), check_path("bad.csv"), STR("姓名,岗位,签到时间,表号\nP1,Gate,8:00,7\n")));
    check_err(read(&s, "bad.csv", false, &r), ERR_INPUT, "form.bad_rows");
    assert_string_equal(r.troubles.list.at[0].what, "form.number_bad");
}

ON_BOTH(written_and_read_back_nothing_differs)
ON_BOTH(a_keyed_sheet_is_shown_then_recorded)
ON_BOTH(what_was_recorded_stands)
ON_BOTH(an_older_sheet_is_refused)
ON_BOTH(each_bad_cell_is_named_and_nothing_is_recorded)
ON_BOTH(which_sheet_it_is_must_be_said)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(written_and_read_back_nothing_differs),
        BOTH(a_keyed_sheet_is_shown_then_recorded),
        BOTH(what_was_recorded_stands),
        BOTH(an_older_sheet_is_refused),
        BOTH(each_bad_cell_is_named_and_nothing_is_recorded),
        BOTH(which_sheet_it_is_must_be_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "../command/duty_world.h"

#include "base/file.h"
#include "cli/form.h"

/* The east asks for 3 at the gate in the morning of the 8th, 2 there at night, and 2 in the yard on the 9th. */
typedef struct scene {
    world w;
    int64_t morning, night, yard;
} scene;

static scene open_scene(const char *url)
{
    scene s = { .w = world_open(url, NULL) };
    s.morning = need_of(&s.w, EAST, s.w.gate, DAY, 0, 3);
    s.night = need_of(&s.w, EAST, s.w.gate, NIGHT, 0, 2);
    s.yard = need_of(&s.w, EAST, s.w.yard, NOON, 1, 2);
    return s;
}

static form form_of(const scene *s, const char *file, bool apply)
{
    return (form){ .a = check_arena(), .app = s->w.p, .lang = WORDS_EN, .now = HOURS(1), .path = check_path(file), .apply = apply };
}

static void write(const scene *s, const char *file)
{
    form f = form_of(s, file, false);
    f.team = s->w.team[EAST];
    check_ok(form_needs.write(&f));
}

static err *read(const scene *s, const char *file, bool apply, bool drop, form_read *out)
{
    form f = form_of(s, file, apply);
    f.drop = drop;
    *out = (form_read){ 0 };
    return form_needs.read(&f, out);
}

#define F(...) text_format(check_arena(), __VA_ARGS__).at

/* The sheet as written, with one text in place of another; `more` are lines below. */
static void edit(const scene *s, const char *from, const char *to, const char *more)
{
    str was;
    write(s, "out.csv");
    check_ok(file_read(check_arena(), check_path("out.csv"), 1 << 20, &was));
    ptrdiff_t at = str_find(was, str_of(from));
    assert_true(at >= 0);
    str now = text_format(check_arena(), "%.*s%s%.*s%s", (int)at, was.at, to, STR_ARG(str_from(was, (size_t)at + str_of(from).len)), more);
    check_ok(file_write(check_arena(), check_path("in.csv"), now));
}

static int64_t asked(const scene *s, int64_t need, const char *column)
{
    rows r = list(&s->w, "need", NULL, 0);
    for (size_t i = 0; i < r.count; i++) {
        if (rows_int(&r, i, "id") == need)
            return rows_int(&r, i, column);
    }
    return -1;
}

static void written_and_read_back_nothing_differs(const char *url)
{
    scene s = open_scene(url);
    static const char *const files[] = { "a.xlsx", "a.csv" };
    for (size_t i = 0; i < COUNT(files); i++) {
        form_read r;
        CASE(files[i]);
        write(&s, files[i]);
        check_ok(read(&s, files[i], true, true, &r));
        assert_int_equal(r.same, 3);
        assert_int_equal(r.fresh + r.standing + r.lines.count + r.troubles.list.count, 0);
        assert_false(r.applied);
    }
}

static void a_number_is_changed_once_it_was_shown(const char *url)
{
    scene s = open_scene(url);
    form_read r;
    edit(&s, "Gate,08:00-12:00,1-3", "Gate,8-12,2-4人", "");
    check_ok(read(&s, "in.csv", false, false, &r));
    assert_int_equal(r.fresh, 1);
    assert_int_equal(r.same, 2);
    check_str(r.lines.at[0], "Row 2: 2020-02-08 08:00-12:00 Gate, headcount: 1-3 -> 2-4");
    assert_int_equal(asked(&s, s.morning, "headcount_target"), 3);
    check_ok(read(&s, "in.csv", true, false, &r));
    assert_true(r.applied);
    assert_int_equal(asked(&s, s.morning, "headcount_min"), 2);
    assert_int_equal(asked(&s, s.morning, "headcount_target"), 4);
    assert_int_equal(asked(&s, s.morning, "headcount_limit"), 4);
    CASE("the same file again: it agrees by now");
    check_ok(read(&s, "in.csv", true, false, &r));
    assert_int_equal(r.same, 3);
    CASE("0 calls it off");
    edit(&s, "Gate,08:00-12:00,2-4", "Gate,08:00-12:00,0", "");
    check_ok(read(&s, "in.csv", true, false, &r));
    assert_int_equal(asked(&s, s.morning, "id"), -1);
}

static void what_somebody_else_changed_stands(const char *url)
{
    scene s = open_scene(url);
    form_read r;
    edit(&s, "Gate,08:00-12:00,1-3", "Gate,08:00-12:00,5", "");
    must(&s.w, 0, "need.import", NULL,
         ROWS("[{\"team\":%lld,\"post\":%lld,\"shift\":%lld,\"starts_on\":\"2020-02-08\",\"starts_at\":%lld,\"ends_at\":%lld,\"min\":2,\"target\":2,"
              "\"limit\":3}]", LL(s.w.team[EAST]), LL(s.w.gate), LL(s.w.shift[DAY]), LL(HOURS(8)), LL(HOURS(12))));
    check_ok(read(&s, "in.csv", true, false, &r));
    assert_int_equal(r.standing, 1);
    assert_false(r.applied);
    assert_true(str_find(r.lines.at[1], STR("changed by somebody else")) >= 0);
    assert_int_equal(asked(&s, s.morning, "headcount_target"), 2);
    CASE("and what is over");
    edit(&s, "Gate,08:00-12:00,2", "Gate,08:00-12:00,4", "");
    form f = form_of(&s, "in.csv", true);
    f.now = HOURS(13);
    r = (form_read){ 0 };
    check_ok(form_needs.read(&f, &r));
    assert_int_equal(r.standing, 1);
    assert_int_equal(asked(&s, s.morning, "headcount_target"), 2);
}

static void new_rows_are_added(const char *url)
{
    scene s = open_scene(url);
    form_read r;
    edit(&s, "Gate", "Gate", ",2.9-2.10,Yard,8:00-12:00,3人,,,\n,2月9日,Gate,晚8点-次日2点,1,,,\n");
    check_ok(read(&s, "in.csv", true, false, &r));
    assert_int_equal(r.fresh, 3);
    check_str(r.lines.at[0], "Row 5: 2020-02-09 08:00-12:00 Yard: new, 3 wanted");
    rows now = list(&s.w, "need", NULL, 0);
    assert_int_equal(now.count, 6);
    for (size_t i = 0; i < now.count; i++) {
        if (str_is(rows_text(&now, i, "starts_on"), "2020-02-09") && rows_int(&now, i, "shift_id") == s.w.shift[NIGHT]) {
            assert_int_equal(rows_int(&now, i, "ends_at"), HOURS(50));
            assert_int_equal(rows_int(&now, i, "headcount_limit"), 2);
        }
    }
    CASE("written anew they are known");
    write(&s, "b.xlsx");
    check_ok(read(&s, "b.xlsx", true, true, &r));
    assert_int_equal(r.same, 6);
}

static void a_deleted_row_stays_until_it_is_meant(const char *url)
{
    scene s = open_scene(url);
    form_read r;
    text t = text_begin(check_arena());
    str was, line;
    write(&s, "out.csv");
    check_ok(file_read(check_arena(), check_path("out.csv"), 1 << 20, &was));
    while (str_split(&was, '\n', &line)) {
        if (str_find(line, STR("20:00-02:00")) < 0)
            text_printf(&t, "%.*s\n", STR_ARG(line));
    }
    check_ok(file_write(check_arena(), check_path("in.csv"), text_done(&t)));
    check_ok(read(&s, "in.csv", true, false, &r));
    assert_int_equal(r.standing, 1);
    check_str(r.lines.at[0], "2020-02-08 20:00-02:00 Gate: not in the file any more; it stays. Add --drop if it is to go.");
    assert_int_equal(asked(&s, s.night, "headcount_target"), 2);
    check_ok(read(&s, "in.csv", true, true, &r));
    assert_true(r.applied);
    assert_int_equal(asked(&s, s.night, "id"), -1);
    assert_int_equal(asked(&s, s.morning, "headcount_target"), 3);
}

static void each_bad_cell_is_named_and_nothing_is_recorded(const char *url)
{
    scene s = open_scene(url);
    const struct { const char *what, *from, *to, *more, *key, *column; } cases[] = {
        { "another post", ",Gate,08", ",Yard,08", "", "form.need_fixed", "C" },
        { "another day", "2020-02-08,Gate,08", "2020-02-10,Gate,08", "", "form.need_fixed", "B" },
        { "no number", "08:00-12:00,1-3", "08:00-12:00,many", "", "sheet.headcount_unclear", "E" },
        { "too many", "08:00-12:00,1-3", "08:00-12:00,300", "", "sheet.headcount_large", "E" },
        { "no key", F("%lldv1", LL(s.morning)), "12/3", "", "form.key_bad", "G" },
        { "somebody else's row", F("%lldv1", LL(s.morning)), "999v1", "", "form.key_unknown", "G" },
        { "a row copied with its key", F("%lldv1", LL(s.night)), F("%lldv1", LL(s.morning)), "", "form.key_twice", "G" },
        { "another sheet's row", ",Gate,08", ",Gate,08", ",2.9,Gate,8-12,2,,,9/2020-02-08/2020-02-09\n", "form.sheet_other", "H" },
        { "no such post", ",Gate,08", ",Gate,08", ",2.9,Tower,8-12,2,,,\n", "form.need_post", "C" },
        { "no such shift", ",Gate,08", ",Gate,08", ",2.9,Gate,9-11,2,,,\n", "form.need_shift", "D" },
        { "a row of its own", ",Gate,08", ",Gate,08", ",2.8,Gate,8-12,2,,,\n", "form.need_there", "C" },
        { "twice", ",Gate,08", ",Gate,08", ",2.9-2.9,Gate,8-12,2,,,\n,2.9,Gate,8-12,3,,,\n", "form.need_there", "C" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        form_read r;
        CASE(cases[i].what);
        edit(&s, cases[i].from, cases[i].to, cases[i].more);
        check_err(read(&s, "in.csv", true, true, &r), ERR_INPUT, "form.bad_rows");
        assert_true(r.troubles.error_count > 0);
        const sheet_trouble *t = &r.troubles.list.at[r.troubles.list.count - 1];
        assert_string_equal(t->what, cases[i].key);
        check_str(sheet_column_letters(check_arena(), t->column), cases[i].column);
        for (int lang = 0; lang < WORDS_LANG_COUNT; lang++) {
            str said = text_format(check_arena(), "%.*s %.*s", STR_ARG(sheet_trouble_text(check_arena(), lang, t)),
                                   STR_ARG(sheet_trouble_hint(check_arena(), lang, t)));
            assert_true(str_find(said, STR("{")) < 0 && sheet_trouble_hint(check_arena(), lang, t).len > 0);
        }
        assert_int_equal(list(&s.w, "need", NULL, 0).count, 3);
        assert_int_equal(asked(&s, s.morning, "version"), 1);
    }
}

static void which_sheet_it_is_must_be_said(const char *url)
{
    scene s = open_scene(url);
    form_read r = { 0 };
    check_ok(file_write(check_arena(), check_path("own.csv"), STR("日期,岗位,班次,人数\n2.9,Gate,8-12,2\n")));
    check_err(read(&s, "own.csv", false, false, &r), ERR_USAGE, "form.sheet_missing");
    form f = form_of(&s, "own.csv", true);
    f.team = s.w.team[EAST];
    f.drop = true;
    r = (form_read){ 0 };
    check_ok(form_needs.read(&f, &r));
    assert_int_equal(r.fresh, 1); /* and nothing is missing: it is not known of which days it is */
    assert_int_equal(list(&s.w, "need", NULL, 0).count, 4);
    write(&s, "a.xlsx");
    f.path = check_path("a.xlsx");
    f.team = s.w.team[WEST];
    check_err(form_needs.read(&f, &r), ERR_INPUT, "form.sheet_not_asked");
    f.team = 0;
    check_err(form_needs.write(&f), ERR_USAGE, "form.team");
}

/* A leader changes what is his; of another team he sees nothing. */
static void a_leader_has_his_team(const char *url)
{
    scene s = open_scene(url);
    grant(&s.w, s.w.person[0], "leader", EAST);
    grant(&s.w, s.w.person[5], "leader", WEST);
    form_read r = { 0 };
    edit(&s, "Gate,08:00-12:00,1-3", "Gate,08:00-12:00,2-3", "");
    form f = form_of(&s, "in.csv", true);
    f.actor = s.w.person[5];
    check_err(form_needs.read(&f, &r), ERR_NOT_FOUND, "team.missing");
    f.actor = s.w.person[0];
    r = (form_read){ 0 };
    check_ok(form_needs.read(&f, &r));
    assert_int_equal(asked(&s, s.morning, "headcount_min"), 2);
}

ON_BOTH(written_and_read_back_nothing_differs)
ON_BOTH(a_number_is_changed_once_it_was_shown)
ON_BOTH(what_somebody_else_changed_stands)
ON_BOTH(new_rows_are_added)
ON_BOTH(a_deleted_row_stays_until_it_is_meant)
ON_BOTH(each_bad_cell_is_named_and_nothing_is_recorded)
ON_BOTH(which_sheet_it_is_must_be_said)
ON_BOTH(a_leader_has_his_team)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(written_and_read_back_nothing_differs),
        BOTH(a_number_is_changed_once_it_was_shown),
        BOTH(what_somebody_else_changed_stands),
        BOTH(new_rows_are_added),
        BOTH(a_deleted_row_stays_until_it_is_meant),
        BOTH(each_bad_cell_is_named_and_nothing_is_recorded),
        BOTH(which_sheet_it_is_must_be_said),
        BOTH(a_leader_has_his_team),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

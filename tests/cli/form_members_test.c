#include "../command/duty_world.h"

#include "base/file.h"
#include "cli/form.h"

/* P0 to P4 are of the east; their numbers are 13800000000 and on. */
static form form_of(const world *w, const char *file, bool apply)
{
    return (form){ .a = check_arena(), .app = w->p, .lang = WORDS_EN, .now = HOURS(1), .path = check_path(file), .apply = apply };
}

static void write(const world *w, const char *file)
{
    form f = form_of(w, file, false);
    f.team = w->team[EAST];
    check_ok(form_members.write(&f));
}

static err *read(const world *w, const char *file, bool apply, form_read *out)
{
    form f = form_of(w, file, apply);
    *out = (form_read){ 0 };
    return form_members.read(&f, out);
}

/* The sheet as written, with one text in place of another; `more` are lines below. */
static void edit(const world *w, const char *from, const char *to, const char *more)
{
    str was;
    write(w, "out.csv");
    check_ok(file_read(check_arena(), check_path("out.csv"), 1 << 20, &was));
    ptrdiff_t at = str_find(was, str_of(from));
    assert_true(at >= 0);
    str now = text_format(check_arena(), "%.*s%s%.*s%s", (int)at, was.at, to, STR_ARG(str_from(was, (size_t)at + str_of(from).len)), more);
    check_ok(file_write(check_arena(), check_path("in.csv"), now));
}

static str of_person(const world *w, int64_t person, const char *column)
{
    rows r = list(w, "person", NULL, 0);
    for (size_t i = 0; i < r.count; i++) {
        if (rows_int(&r, i, "id") == person)
            return rows_text(&r, i, column);
    }
    return (str){ 0 };
}

static void written_and_read_back_nothing_differs(const char *url)
{
    world w = world_open(url, NULL);
    must(&w, -20, "person.skill", NULL, NAMED({ "person", V_INT(w.person[1]) }, { "skill", T("car") }, { "yes", T("1") }));
    must(&w, -20, "person.skill", NULL, NAMED({ "person", V_INT(w.person[1]) }, { "skill", T("first aid") }, { "yes", T("1") }));
    must(&w, -20, "person.correct", NULL, ROWS("[{\"person\":%lld,\"name\":\"P2\",\"work_unit\":\"Water works, pumps\",\"kind\":\"无\"}]", LL(w.person[2])));
    static const char *const files[] = { "a.xlsx", "a.csv" };
    for (size_t i = 0; i < COUNT(files); i++) {
        form_read r;
        CASE(files[i]);
        write(&w, files[i]);
        check_ok(read(&w, files[i], true, &r));
        assert_int_equal(r.lines.count + r.troubles.list.count, 0);
        assert_int_equal(r.same, 5);
        assert_int_equal(r.fresh + r.standing, 0);
        assert_false(r.applied);
    }
}

static void a_number_and_a_name_are_put_right(const char *url)
{
    world w = world_open(url, NULL);
    form_read r;
    edit(&w, "P1,138****0001,,,", "P1,139 1234 5678,,Water works,", "");
    check_ok(read(&w, "in.csv", false, &r));
    assert_int_equal(r.fresh, 1);
    assert_int_equal(r.same, 4);
    check_str(r.lines.at[0], "Row 3: P1, mobile: 138****0001 -> 13912345678");
    check_str(r.lines.at[1], "Row 3: P1, work_unit: (empty) -> Water works");
    check_str(of_person(&w, w.person[1], "phone"), "138****0001");
    check_ok(read(&w, "in.csv", true, &r));
    assert_true(r.applied);
    check_str(of_person(&w, w.person[1], "phone"), "139****5678");
    check_str(of_person(&w, w.person[1], "work_unit"), "Water works");
    CASE("a list with the old number still finds him");
    assert_int_equal(must(&w, 2, "person.import", "ids", ROWS("[{\"name\":\"P1\",\"phone\":\"13800000001\"}]")), w.person[1]);
    CASE("the name, the masked number untouched");
    edit(&w, "P2,138****0002", "P2a,138****0002", "");
    check_ok(read(&w, "in.csv", true, &r));
    assert_int_equal(r.fresh, 1);
    check_str(of_person(&w, w.person[2], "name"), "P2a");
    check_str(of_person(&w, w.person[2], "phone"), "138****0002");
}

static void what_somebody_else_changed_stands(const char *url)
{
    world w = world_open(url, NULL);
    form_read r;
    edit(&w, "P1,138****0001,,,", "P1,138****0001,,Bank,", "");
    must(&w, 0, "person.correct", NULL, ROWS("[{\"person\":%lld,\"name\":\"P1\",\"work_unit\":\"School\"}]", LL(w.person[1])));
    check_ok(read(&w, "in.csv", true, &r));
    assert_int_equal(r.standing, 1);
    assert_false(r.applied);
    check_str(of_person(&w, w.person[1], "work_unit"), "School");
    CASE("skills have their own place");
    must(&w, 0, "person.skill", NULL, NAMED({ "person", V_INT(w.person[3]) }, { "skill", T("car") }, { "yes", T("1") }));
    edit(&w, "East,car,", "East,boat,", "");
    check_ok(read(&w, "in.csv", true, &r));
    assert_int_equal(r.standing, 1);
    check_str(r.lines.at[0], "Row 5: P3, skills: car -> boat");
    assert_true(str_find(r.lines.at[1], STR("person.skill")) >= 0);
}

static void somebody_new_joins_and_nobody_leaves_by_a_deleted_row(const char *url)
{
    world w = world_open(url, NULL);
    form_read r;
    edit(&w, "P0", "P0", ",P8,13800000018,,Bank,,,,,\n,P5,13800000005,,,,,,\n");
    check_ok(read(&w, "in.csv", true, &r));
    assert_int_equal(r.fresh, 1);
    assert_int_equal(r.standing, 1); /* P5 is of the west */
    assert_true(r.applied);
    check_str(r.lines.at[0], "Row 7: P8: joins East service team");
    assert_true(str_find(r.lines.at[2], STR("P5 was not added")) >= 0);
    assert_int_equal(list(&w, "team_member", NAMED({ "team", V_INT(w.team[EAST]) }), 0).count, 6);
    str was, line;
    text t = text_begin(check_arena());
    write(&w, "out.csv");
    check_ok(file_read(check_arena(), check_path("out.csv"), 1 << 20, &was));
    while (str_split(&was, '\n', &line)) {
        if (str_find(line, STR("P4")) < 0)
            text_printf(&t, "%.*s\n", STR_ARG(line));
    }
    check_ok(file_write(check_arena(), check_path("in.csv"), text_done(&t)));
    check_ok(read(&w, "in.csv", true, &r));
    assert_int_equal(r.standing, 1);
    assert_true(str_find(r.lines.at[0], STR("P4: not in the file any more; stays a member")) == 0);
    assert_int_equal(list(&w, "team_member", NAMED({ "team", V_INT(w.team[EAST]) }), 0).count, 6);
}

static void each_bad_cell_is_named_and_nothing_is_recorded(const char *url)
{
    world w = world_open(url, NULL);
    const struct { const char *what, *from, *to, *more, *key, *column; } cases[] = {
        { "a digit too few", "138****0001", "1380000000", "", "sheet.phone_digits", "C" },
        { "another mask", "138****0001", "138****9999", "", "sheet.phone_masked", "C" },
        { "no number", "P1,138****0001", "P1,", "", "form.member_phone", "C" },
        { "no name", ",P1,", ",,", "", "form.member_name", "B" },
        { "somebody new without a number", "P0", "P0", ",P9,,,,,,,,\n", "form.member_phone", "C" },
        { "of another sheet", "P0", "P0", ",P9,13800000019,,,,,,,77/members\n", "form.sheet_other", "J" },
        { "no key", "P0", "P0", ",P9,13800000019,,,,,,x,\n", "form.key_bad", "I" },
        { "of another team", "P0", "P0", text_format(check_arena(), ",P5,13800000005,,,,,,%lldv1,\n", LL(w.person[5])).at, "form.key_unknown", "I" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        form_read r;
        CASE(cases[i].what);
        edit(&w, cases[i].from, cases[i].to, cases[i].more);
        check_err(read(&w, "in.csv", true, &r), ERR_INPUT, "form.bad_rows");
        const sheet_trouble *t = &r.troubles.list.at[0];
        assert_int_equal(r.troubles.list.count, 1);
        assert_string_equal(t->what, cases[i].key);
        check_str(sheet_column_letters(check_arena(), t->column), cases[i].column);
        for (int lang = 0; lang < WORDS_LANG_COUNT; lang++) {
            str said = text_format(check_arena(), "%.*s %.*s", STR_ARG(sheet_trouble_text(check_arena(), lang, t)),
                                   STR_ARG(sheet_trouble_hint(check_arena(), lang, t)));
            assert_true(str_find(said, STR("{")) < 0 && sheet_trouble_hint(check_arena(), lang, t).len > 0);
        }
        assert_int_equal(list(&w, "team_member", NAMED({ "team", V_INT(w.team[EAST]) }), 0).count, 5);
        check_str(of_person(&w, w.person[1], "phone"), "138****0001");
    }
}

/* What a commander may put right, a leader may not: who has the number has the links. */
static void who_may_put_right(const char *url)
{
    world w = world_open(url, NULL);
    grant(&w, w.person[0], "leader", EAST);
    form_read r = { 0 };
    edit(&w, "138****0001", "13912345678", "");
    form f = form_of(&w, "in.csv", true);
    f.actor = w.person[0];
    check_err(form_members.read(&f, &r), ERR_RIGHTS, "command.rights");
    check_str(of_person(&w, w.person[1], "phone"), "138****0001");
    CASE("two of one name and number");
    must(&w, 0, "person.import", NULL, ROWS("[{\"name\":\"P1\",\"phone\":\"13912345678\"}]"));
    err *e = read(&w, "in.csv", true, &r);
    check_err(e, ERR_CONFLICT, "person.twin");
    check_str(of_person(&w, w.person[1], "phone"), "138****0001");
}

ON_BOTH(written_and_read_back_nothing_differs)
ON_BOTH(a_number_and_a_name_are_put_right)
ON_BOTH(what_somebody_else_changed_stands)
ON_BOTH(somebody_new_joins_and_nobody_leaves_by_a_deleted_row)
ON_BOTH(each_bad_cell_is_named_and_nothing_is_recorded)
ON_BOTH(who_may_put_right)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(written_and_read_back_nothing_differs),
        BOTH(a_number_and_a_name_are_put_right),
        BOTH(what_somebody_else_changed_stands),
        BOTH(somebody_new_joins_and_nobody_leaves_by_a_deleted_row),
        BOTH(each_bad_cell_is_named_and_nothing_is_recorded),
        BOTH(who_may_put_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

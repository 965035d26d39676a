#include "../command/duty_world.h"

#include "base/file.h"
#include "cli/form.h"

/* Two stood in the east on the 8th, one of the three due did not come; a gift of 1,234.50 yuan to the east. */
static world open_scene(const char *url)
{
    world w = world_open(url, NULL);
    int64_t need = need_of(&w, EAST, w.gate, DAY, 0, 4);
    for (int i = 0; i < 3; i++) {
        int64_t duty = must(&w, -20, "duty.add", "id", NAMED({ "need", V_INT(need) }, { "person", V_INT(w.person[i]) }));
        if (i == 2)
            continue;
        int64_t came = must(&w, 8, "duty.check_in", "id", NAMED({ "duty", V_INT(duty) }, { "by", V_INT(w.person[i]) }));
        must(&w, 12, "attendance.check_out", NULL, NAMED({ "attendance", V_INT(came) }));
        must(&w, 13, "attendance.confirm", NULL, NAMED({ "attendance", V_INT(came) }, { "minutes", V_INT(225) }, { "by", V_INT(w.person[4]) }));
    }
    must(&w, 14, "donation.record", NULL,
         NAMED({ "operation", V_INT(w.operation) }, { "kind", T("money") }, { "amount", T("1234.50") }, { "donor_name", T("Lin") },
               { "received_on", T("2020-02-08") }, { "community_code", T("320303001001") }));
    return w;
}

static form form_of(const world *w, const char *file)
{
    return (form){ .a = check_arena(), .app = w->p, .lang = WORDS_EN, .now = HOURS(30), .until_minute = -1, .day = STR("2020-02-08"),
                   .path = check_path(file) };
}

static err *read(const world *w, const char *file, form_read *out)
{
    form f = form_of(w, file);
    *out = (form_read){ 0 };
    return form_daily.read(&f, out);
}

static void put(const char *bytes)
{
    check_ok(file_write(check_arena(), check_path("r.csv"), str_of(bytes)));
}

static void written_and_read_back_nothing_differs(const char *url)
{
    world w = open_scene(url);
    static const char *const files[] = { "a.xlsx", "a.csv" };
    form_read r;
    rows v = list(&w, "daily_report", NAMED({ "operation", V_INT(w.operation) }, { "day", T("2020-02-08") }, { "until", V_INT(HOURS(24)) }), 0);
    assert_int_equal(v.count, 3);
    static const struct { const char *column; int all, east, west; } want[] = {
        { "due", 3, 3, 0 }, { "came", 2, 2, 0 }, { "absent", 1, 1, 0 }, { "on_duty", 2, 2, 0 }, { "person_times_all", 2, 2, 0 },
        { "confirmed_minutes", 450, 450, 0 }, { "communities", 1, 1, 0 }, { "posts", 1, 1, 0 }, { "teams", 2, 1, 1 },
        { "donors", 1, 1, 0 }, { "amount_fen", 123450, 123450, 0 }, { "missing", 0, 0, 0 },
    };
    for (size_t i = 0; i < COUNT(want); i++) {
        CASE(want[i].column);
        assert_int_equal(rows_int(&v, 0, want[i].column), want[i].all);
        assert_int_equal(rows_int(&v, 1, want[i].column), want[i].east);
        assert_int_equal(rows_int(&v, 2, want[i].column), want[i].west);
    }
    for (size_t i = 0; i < COUNT(files); i++) {
        CASE(files[i]);
        form f = form_of(&w, files[i]);
        check_ok(form_daily.write(&f));
        check_ok(read(&w, files[i], &r));
        assert_int_equal(r.same, 3);
        assert_int_equal(r.standing + r.fresh + r.lines.count + r.troubles.list.count, 0);
    }
}

static void each_deviation_is_named(const char *url)
{
    world w = open_scene(url);
    form_read r;
    put("日报表\n单位,截止时间,应到人数,实到人数,累计时长,捐款金额（万元）,存在问题\n"
        "Weekend,2020-02-08 24:00,3人,3,7.5,0.12,缺雨衣\nEast team,2020-02-08 24:00,3,,7,0.2,\n");
    rows teams = list(&w, "team", NULL, 0);
    str name = rows_text(&teams, 0, "name");
    str have;
    check_ok(file_read(check_arena(), check_path("r.csv"), 1 << 16, &have));
    ptrdiff_t at = str_find(have, STR("East team"));
    put(text_format(check_arena(), "%.*s%.*s%.*s", STR_ARG(str_part(have, 0, (size_t)at)), STR_ARG(name), STR_ARG(str_from(have, (size_t)at + 9))).at);
    check_ok(read(&w, "r.csv", &r));
    assert_int_equal(r.standing, 2);
    assert_int_equal(r.lines.count, 4);
    check_str(r.lines.at[0], "Row 3: Weekend, arrived: the records say 2, the sheet \"3\".");
    assert_true(str_find(r.lines.at[1], STR("arrived: the records say 2, the sheet \"\".")) > 0); /* empty is not 0 */
    assert_true(str_find(r.lines.at[2], STR("hours_all: the records say 7.50, the sheet \"7\".")) > 0);
    assert_true(str_find(r.lines.at[3], STR("yuan_wan: the records say 0.12, the sheet \"0.2\".")) > 0);
    assert_string_equal(r.troubles.list.at[0].what, "sheet.not_kept");
    CASE("up to an earlier hour");
    put("单位,截止时间,当日上岗人次\nWeekend,2020-02-08 07:30,0\n");
    check_ok(read(&w, "r.csv", &r));
    assert_int_equal(r.same, 1);
}

static void each_bad_cell_is_named(const char *url)
{
    world w = open_scene(url);
    static const struct { const char *row, *key, *column; } cases[] = {
        { ",2020-02-08 17:00,3", "sheet.unit_missing", "A" },
        { "Weekend,2020-02-08,3", "sheet.as_of", "B" },
        { "Weekend,five,3", "sheet.as_of", "B" },
        { "Weekend,2020-02-10 17:00,3", "form.daily_ahead", "B" },
        { "North,2020-02-08 17:00,3", "form.daily_unit", "A" },
        { "Weekend,2020-02-08 17:00,some", "sheet.figure", "C" },
        { "Weekend,2020-02-08 17:00,3\nWeekend,2020-02-08 17:00,3", "form.daily_twice", "A" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        form_read r;
        CASE(cases[i].key);
        put(text_format(check_arena(), "单位,截止时间,应到人数\n%s\n", cases[i].row).at);
        check_err(read(&w, "r.csv", &r), ERR_INPUT, "form.bad_rows");
        assert_int_equal(r.troubles.list.count, 1);
        assert_string_equal(r.troubles.list.at[0].what, cases[i].key);
        check_str(sheet_column_letters(check_arena(), r.troubles.list.at[0].column), cases[i].column);
        for (int lang = 0; lang < WORDS_LANG_COUNT; lang++)
            assert_true(sheet_trouble_hint(check_arena(), (words_lang)lang, &r.troubles.list.at[0]).len > 0);
    }
}

ON_BOTH(written_and_read_back_nothing_differs)
ON_BOTH(each_deviation_is_named)
ON_BOTH(each_bad_cell_is_named)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(written_and_read_back_nothing_differs),
        BOTH(each_deviation_is_named),
        BOTH(each_bad_cell_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

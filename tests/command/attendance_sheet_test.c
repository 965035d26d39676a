#include "duty_world.h"

/* Version 2 of the roster is in force: 0, 1, 2 at the gate in the morning, 0 and 3 there at night. */
typedef struct scene {
    world w;
    int64_t duty[3], night[2];
} scene;

static scene open_scene(const char *url)
{
    scene s = { .w = world_open(url, NULL) };
    world *w = &s.w;
    int64_t morning = need_of(w, EAST, w->gate, DAY, 0, 3), night = need_of(w, EAST, w->gate, NIGHT, 0, 2);
    publish(w, -24, 1, (const int64_t[][2]){ { morning, w->person[0] } });
    publish(w, -23, 5, (const int64_t[][2]){ { morning, w->person[0] }, { morning, w->person[1] }, { morning, w->person[2] },
                                             { night, w->person[0] }, { night, w->person[3] } });
    for (size_t i = 0; i < 3; i++)
        s.duty[i] = duty_of(w, morning, w->person[i]);
    s.night[0] = duty_of(w, night, w->person[0]);
    s.night[1] = duty_of(w, night, w->person[3]);
    grant(w, w->person[2], "leader", EAST);
    return s;
}

static err *key(const scene *s, double hours, int version, const char *rows_text, str *result)
{
    return run_at(&s->w, hours, "attendance.key_sheet", s->w.person[2],
                  NAMED({ "team", V_INT(s->w.team[EAST]) }, { "number", T("E-0208-1") }, { "day", T("2020-02-08") },
                        { "version", V_INT(version) }, { "rows", T(rows_text) }),
                  result);
}

#define F(...) text_format(check_arena(), __VA_ARGS__).at

static void a_time_written_ditto_is_the_time_above(const char *url)
{
    scene s = open_scene(url);
    world *w = &s.w;
    const char *sheet = F("[{\"duty\":%lld,\"in_minute\":\"7：50\",\"out_minute\":\"12:05\"},"
                          "{\"duty\":%lld,\"in_minute\":\"〃\",\"out_minute\":\"〃\"},"
                          "{\"duty\":%lld},"
                          "{\"person\":%lld,\"post\":%lld,\"in_minute\":\"同上\",\"out_minute\":\"11.30\"}]",
                          LL(s.duty[0]), LL(s.duty[1]), LL(s.duty[2]), LL(w->person[STRANGER]), LL(w->gate));
    str result;
    check_ok(key(&s, 30, 2, sheet, &result));
    check_str(result, "{\"recorded\":4,\"completed\":0,\"already\":0,\"absent\":0}");
    const struct { const char *what; int person, in; double out; const char *marks; } cases[] = {
        { "the first line has the times", 0, 470, 12 + 5.0 / 60, "early filled_in" },
        { "the second has the marks", 1, 470, 12 + 5.0 / 60, "early filled_in" },
        { "nothing written: as planned, and left by rule", 2, 480, 12, "filled_in closed_by_rule" },
        { "squeezed in between: the planned time above is a time", STRANGER, 480, 11.5, "filled_in" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        rows r = attendance_row(w, w->person[cases[i].person]);
        assert_int_equal(rows_int(&r, 0, "in_minute"), cases[i].in);
        assert_int_equal(rows_int(&r, 0, "out_happened_at"), HOURS(cases[i].out));
        check_str(rows_text(&r, 0, "marks"), cases[i].marks);
        check_str(rows_text(&r, 0, "via"), "paper");
    }
    CASE("who keyed it, from which sheet and row");
    rows r = list(w, "attendance_audit", NAMED({ "what", T("filled_in") }), 0);
    assert_int_equal(r.count, 4);
    assert_int_equal(rows_int(&r, 1, "by_id"), w->person[2]);
    check_str(rows_text(&r, 1, "sheet_no"), "E-0208-1");
    assert_int_equal(rows_int(&r, 1, "sheet_row"), 2);
    CASE("keyed again it is the same");
    check_ok(key(&s, 31, 2, sheet, &result));
    check_str(result, "{\"recorded\":0,\"completed\":0,\"already\":4,\"absent\":0}");
}

static void paper_completes_what_was_recorded(const char *url)
{
    scene s = open_scene(url);
    world *w = &s.w;
    must(w, 8.5, "duty.check_in", NULL, NAMED({ "duty", V_INT(s.duty[0]) }, { "by", V_INT(w->person[0]) }));
    must(w, 9, "duty.no_show", NULL, NAMED({ "duty", V_INT(s.duty[1]) }));
    str result;
    check_ok(key(&s, 13, 2, F("[{\"duty\":%lld,\"in_minute\":\"8:00\",\"out_minute\":\"12:00\"},{\"person\":%lld,\"in_minute\":\"9:10\"},"
                              "{\"row_no\":7,\"duty\":%lld,\"in_minute\":\"-\"}]",
                              LL(s.duty[0]), LL(w->person[1]), LL(s.duty[2])), &result));
    check_str(result, "{\"recorded\":1,\"completed\":1,\"already\":0,\"absent\":1}");
    CASE("the time of the check-in stays");
    rows r = attendance_row(w, w->person[0]);
    assert_int_equal(rows_int(&r, 0, "in_minute"), 510);
    assert_int_equal(rows_int(&r, 0, "out_happened_at"), HOURS(12));
    CASE("said not to have come, but signed");
    r = attendance_row(w, w->person[1]);
    assert_int_equal(rows_at(&r, 0, "duty_id")->kind, VALUE_NULL);
    assert_int_equal(rows_int(&r, 0, "in_minute"), 550);
    CASE("a night: after midnight is the next day");
    check_ok(key(&s, 30, 2, F("[{\"duty\":%lld,\"in_minute\":\"20:00\",\"out_minute\":\"02:00\"},{\"duty\":%lld,\"in_minute\":\"0:30\",\"out_minute\":\"〃\"}]",
                              LL(s.night[0]), LL(s.night[1])), &result));
    r = attendance_row(w, w->person[3]);
    assert_int_equal(rows_int(&r, 0, "in_minute"), 1470);
    assert_int_equal(rows_int(&r, 0, "out_happened_at"), HOURS(26));
    check_str(rows_text(&r, 0, "starts_on"), "2020-02-08");
}

static void an_older_version_is_refused_in_words(const char *url)
{
    scene s = open_scene(url);
    const char *sheet = F("[{\"duty\":%lld}]", LL(s.duty[0]));
    err *e = key(&s, 30, 1, sheet, NULL);
    check_err(e, ERR_STALE, "attendance.sheet_old");
    check_str(words_err(check_arena(), WORDS_EN, e),
              "This sheet was printed from version 1 of the roster; version 2 is in force for 2020-02-08.");
    check_str(words_hint(check_arena(), WORDS_EN, e), "Print the sheet of version 2, copy the times and signatures onto it, and key that one.");
    check_err(key(&s, 30, 3, sheet, NULL), ERR_INPUT, "attendance.sheet_unknown");
    assert_int_equal(list(&s.w, "attendance_valid", NULL, 0).count, 0);
}

static void a_bad_row_is_named_and_nothing_is_kept(const char *url)
{
    scene s = open_scene(url);
    world *w = &s.w;
    int64_t other_day = need_of(w, EAST, w->gate, DAY, 1, 1), elsewhere;
    elsewhere = must(w, -20, "duty.add", "id", NAMED({ "need", V_INT(other_day) }, { "person", V_INT(w->person[4]) }));
    const struct { const char *what; double hours; const char *row, *key; } cases[] = {
        { "nobody", 30, "{}", "attendance.sheet_who" },
        { "another day's duty", 30, F("{\"duty\":%lld}", LL(elsewhere)), "attendance.sheet_other" },
        { "two duties that day", 30, F("{\"person\":%lld}", LL(w->person[0])), "attendance.sheet_many" },
        { "no post", 30, F("{\"person\":%lld,\"in_minute\":\"8:00\"}", LL(w->person[4])), "attendance.sheet_post" },
        { "a post of another team", 30, F("{\"person\":%lld,\"post\":%lld,\"in_minute\":\"8:00\"}", LL(w->person[4]), LL(w->bridge)), "attendance.sheet_post" },
        { "a member of another team", 30, F("{\"person\":%lld,\"post\":%lld,\"in_minute\":\"8:00\"}", LL(w->person[5]), LL(w->gate)), "attendance.sheet_team" },
        { "no time that can be read", 30, F("{\"duty\":%lld,\"in_minute\":\"early\"}", LL(s.duty[1])), "attendance.sheet_time" },
        { "no time to take", 30, F("{\"person\":%lld,\"post\":%lld}", LL(w->person[4]), LL(w->gate)), "attendance.sheet_planned" },
        { "as above, with nothing above", 30, F("{\"duty\":%lld,\"in_minute\":\"8:00\",\"out_minute\":\"〃\"}", LL(s.duty[1])), "attendance.sheet_above" },
        { "leaving before coming", 30, F("{\"duty\":%lld,\"in_minute\":\"9:00\",\"out_minute\":\"8:30\"}", LL(s.duty[1])), "attendance.sheet_order" },
        { "after the end", 30, F("{\"duty\":%lld,\"in_minute\":\"12:00\"}", LL(s.duty[1])), "attendance.sheet_late" },
        { "a time to come", 7, F("{\"duty\":%lld,\"in_minute\":\"9:00\"}", LL(s.duty[1])), "attendance.sheet_ahead" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        err *e = key(&s, cases[i].hours, 2, F("[{\"duty\":%lld,\"in_minute\":\"6:55\"},%s]", LL(s.duty[0]), cases[i].row), NULL);
        check_err(e, ERR_INPUT, cases[i].key);
        assert_true(str_find(words_err(check_arena(), WORDS_ZH, e), STR("第 2 行")) >= 0);
        assert_int_equal(list(w, "attendance_valid", NULL, 0).count, 0);
    }
    CASE("another team's leader");
    grant(w, w->person[5], "leader", WEST);
    check_err(run_at(w, 30, "attendance.key_sheet", w->person[5],
                     NAMED({ "team", V_INT(w->team[EAST]) }, { "number", T("1") }, { "day", T("2020-02-08") }, { "version", V_INT(2) },
                           { "rows", T("[]") }), NULL),
              ERR_RIGHTS, NULL);
}

ON_BOTH(a_time_written_ditto_is_the_time_above)
ON_BOTH(paper_completes_what_was_recorded)
ON_BOTH(an_older_version_is_refused_in_words)
ON_BOTH(a_bad_row_is_named_and_nothing_is_kept)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(a_time_written_ditto_is_the_time_above),
        BOTH(paper_completes_what_was_recorded),
        BOTH(an_older_version_is_refused_in_words),
        BOTH(a_bad_row_is_named_and_nothing_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

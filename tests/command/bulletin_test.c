/* Bulletins: who may make one final, what each figure counts, and what no longer changes it. */
#include "weekend.h"

#include "base/text.h"
#include "command/figure.h"
#include "view/view.h"

enum { CUT_OFF = WEEKEND_CUT_OFF_HOURS, LATER = 60 };

static weekend weekend_of(const char *url)
{
    world w = world_build(url);
    world_fill(&w);
    return weekend_play(&w);
}

static err *draft(const weekend *d, double now, int number, double as_of, str by, str *id)
{
    str result = { 0 };
    err *e = weekend_try(d, now, "bulletin.draft",
                         NAMED({ "operation", V_TEXT(d->w.operation) }, { "number", V_INT(number) },
                               { "as_of", V_INT(weekend_instant(as_of)) }, { "by", V_TEXT(by) }), &result);
    if (!e && id)
        *id = field(result, "id", 0);
    return e;
}

static err *freeze(const weekend *d, str id, str by)
{
    str ignored;
    return weekend_try(d, LATER, "bulletin.freeze", NAMED({ "bulletin", V_TEXT(id) }, { by.len ? "checked_by" : NULL, V_TEXT(by) }),
                       &ignored);
}

static void a_second_person_makes_it_final(const char *url)
{
    weekend d = weekend_of(url);
    str id = { 0 };
    CASE("a cut-off ahead");
    check_err(draft(&d, LATER, 2, LATER + 1, d.liaison, NULL), ERR_INPUT, "bulletin.ahead");
    CASE("no number");
    check_err(draft(&d, LATER, 0, LATER, d.liaison, NULL), ERR_INPUT, "bulletin.number");
    check_ok(draft(&d, LATER, 2, LATER, d.liaison, &id));
    CASE("checked by nobody");
    check_err(freeze(&d, id, (str){ 0 }), ERR_INPUT, "bulletin.nobody");
    CASE("checked by whoever filled it in");
    err *e = freeze(&d, id, d.liaison);
    check_err(e, ERR_RIGHTS, "bulletin.same_person");
    check_str(words_err(check_arena(), WORDS_EN, e), "Whoever filled in a bulletin cannot check it.");
    CASE("a draft may be drawn up again, and then it is whoever did so that cannot check it");
    check_ok(draft(&d, LATER, 2, LATER, d.w.person[1], &id));
    check_err(freeze(&d, id, d.w.person[1]), ERR_RIGHTS, "bulletin.same_person");
    check_ok(freeze(&d, id, d.liaison));
    CASE("final is final");
    check_err(freeze(&d, id, d.liaison), ERR_CONFLICT, "bulletin.frozen");
    check_err(draft(&d, LATER, 2, LATER, d.w.person[1], NULL), ERR_CONFLICT, "bulletin.frozen");
    check_err(freeze(&d, STR("999"), d.liaison), ERR_NOT_FOUND, "bulletin.missing");
}

/* "operation=7 until=12" */
static rows records_of(const weekend *d, str view, str args)
{
    named list[12] = { { 0 } };
    str pair;
    for (size_t i = 0; str_split(&args, ' ', &pair); i++) {
        str key;
        str_split(&pair, '=', &key);
        list[i] = (named){ str_z(check_arena(), key), V_TEXT(pair) };
    }
    return weekend_list(d, str_z(check_arena(), view), list);
}

static int64_t counted(const figure *f, const rows *r)
{
    int64_t value = f->kind == FIGURE_COUNT ? (int64_t)r->count : 0;
    for (size_t i = 0; i < r->count && f->kind != FIGURE_COUNT; i++) {
        int64_t n = rows_int(r, i, f->column);
        value = f->kind == FIGURE_SUM ? value + n : n > value ? n : value;
    }
    return value;
}

static rows figures_of(const weekend *d, str bulletin)
{
    return weekend_list(d, "bulletin_figure", NAMED({ "bulletin", V_TEXT(bulletin) }));
}

static void each_figure_is_what_its_records_say(const char *url)
{
    weekend d = weekend_of(url);
    rows r = figures_of(&d, d.bulletin);
    size_t some = 0;
    assert_in_range(r.count, 40, 80);
    for (size_t i = 0; i < r.count; i++) {
        const figure *f = figure_find(rows_text(&r, i, "name"));
        rows records = records_of(&d, rows_text(&r, i, "view"), rows_text(&r, i, "args"));
        CASE(f->name);
        assert_int_equal(rows_int(&r, i, "value"), counted(f, &records));
        assert_int_equal(rows_int(&r, i, "records"), records.count);
        some += records.count > 0;
    }
    assert_in_range(some, 35, 80); /* a figure of nothing proves little */
}

static int64_t value_of(const rows *r, const char *name)
{
    for (size_t i = 0; i < r->count; i++)
        if (str_is(rows_text(r, i, "name"), name))
            return rows_int(r, i, "value");
    fail_msg("no figure %s", name);
    return 0;
}

/* What this weekend was, counted by hand from tests/weekend.c. */
static void the_figures_are_those_of_the_weekend(const char *url)
{
    static const struct { const char *name; int64_t value; } want[] = {
        { "order_number", 2 }, { "called", 6 }, { "answered", 3 }, { "can", 3 }, { "silent", 3 }, { "unreachable", 0 },
        { "filled_for_others", 2 }, { "liaison_members", 2 }, { "teams", 2 }, { "communities", 2 }, { "teams_with_leader", 2 },
        { "people", 6 }, { "person_times", 6 }, { "person_times_today", 0 }, { "hours", 2 * (490 + 360) }, { "on_post_before_8", 2 },
        { "no_show", 2 }, { "substituted", 2 }, { "nights", 2 }, { "night_streak_days", 1 }, { "lent", 2 }, { "joined_unlisted", 2 },
        { "large_teams", 2 }, { "gifts", 4 }, { "donors", 4 }, { "donated_yuan", 50000 }, { "largest_gift_yuan", 20000 },
        { "receivers", 2 },
    };
    weekend d = weekend_of(url);
    rows r = figures_of(&d, d.bulletin);
    for (size_t i = 0; i < COUNT(want); i++) {
        CASE(want[i].name);
        assert_int_equal(value_of(&r, want[i].name), want[i].value);
    }
}

/* -- after the cut-off -------------------------------------------------------------------------------------- */
static void answers_come_late(const weekend *d)
{
    const value order = V_TEXT(d->order), by = V_TEXT(d->liaison);
    weekend_do(d, LATER, "notice.answer", NULL,
               NAMED({ "order", order }, { "person", V_TEXT(d->liaison) }, { "answer", T("can") }, { "by", by }));
    weekend_do(d, LATER, "notice.answer", NULL, NAMED({ "order", order }, { "person", V_TEXT(d->w.person[1]) },
                                                      { "answer", T("cannot") }, { "by", by }));
    str late = weekend_do(d, LATER, "person.import", "ids", ROWS("[{\"name\":\"Late\",\"org\":[\"Bureau\",\"One\"]}]"));
    weekend_do(d, LATER, "notice.queue", NULL, NAMED({ "order", order }));
    weekend_do(d, LATER, "notice.answer", NULL,
               NAMED({ "order", order }, { "person", V_TEXT(late) }, { "answer", T("can") }, { "by", V_TEXT(late) }));
    rows silent = weekend_list(d, "notice_silent", NAMED({ "order", order }));
    assert_int_equal(silent.count, 2);
    weekend_do(d, LATER, "notice.unreachable", NULL, NAMED({ "notice", *rows_at(&silent, 0, "id") }));
    rows orgs = weekend_list(d, "org", NULL);
    str third = weekend_do(d, LATER, "order.draft", "id",
                           NAMED({ "operation", V_TEXT(d->w.operation) }, { "number", V_INT(3) }, { "text", T("More.") },
                                 { "reply_by", V_INT(weekend_instant(LATER + 9)) }, { "report_at", V_INT(weekend_instant(LATER + 9)) },
                                 { "orgs", V_TEXT(text_format(check_arena(), "[%lld]", (long long)rows_int(&orgs, 0, "id"))) },
                                 { "by", by }));
    weekend_do(d, LATER, "order.release", NULL, NAMED({ "order", V_TEXT(third) }, { "by", V_TEXT(d->w.person[1]) }));
}

static void the_team_changes(const weekend *d)
{
    const value home = V_TEXT(d->w.person[0]), team = V_TEXT(d->w.team);
    weekend_do(d, LATER, "join_request.accept", NULL, NAMED({ "join_request", V_TEXT(d->asked[0]) }, { "by", home }));
    str again = weekend_do(d, LATER, "structure.propose", "id", NAMED({ "team", team }, { "by", home }));
    weekend_do(d, LATER, "structure.approve", NULL, NAMED({ "structure", V_TEXT(again) }, { "reference", T("No. 2") }, { "by", home }));
    weekend_do(d, LATER, "post.import", NULL, ROWS("[{\"team\":\"%s\",\"name\":\"New\",\"kind\":\"desk\",\"outdoor\":false}]", d->w.team.at));
    rows lent = weekend_list(d, "reinforcement", NULL);
    weekend_do(d, LATER, "reinforcement.end", NULL, NAMED({ "reinforcement", *rows_at(&lent, 0, "id") }));
}

static void people_stand_and_give(const weekend *d)
{
    const value home = V_TEXT(d->w.person[0]);
    weekend_do(d, LATER, "attendance.walk_in", NULL, NAMED({ "post", V_TEXT(d->post[0]) }, { "person", V_TEXT(d->spare[0]) }, { "by", home }));
    str taken = weekend_do(d, LATER - 10, "swap.accept", "duty", NAMED({ "swap", V_TEXT(d->swap[0]) }));
    weekend_do(d, LATER, "duty.no_show", NULL, NAMED({ "duty", V_TEXT(taken) }));
    weekend_do(d, LATER, "donation.record", NULL,
               NAMED({ "operation", V_TEXT(d->w.operation) }, { "donor_name", T("Late") }, { "kind", T("money") }, { "amount", T("5000") },
                     { "community_code", T("320303001001") }, { "received_on", T("2020-02-08") }));
    weekend_do(d, LATER, "donation.reverse", NULL, NAMED({ "donation", V_TEXT(d->donation[0]) }, { "why", T("wrong") }));
}

static void same_figures(const rows *x, const rows *y)
{
    assert_int_equal(x->count, y->count);
    for (size_t i = 0; i < x->count; i++) {
        str name = rows_text(x, i, "name");
        CASE(str_z(check_arena(), name));
        assert_true(str_equal(name, rows_text(y, i, "name")));
        assert_true(str_starts(name, STR("tomorrow_")) || rows_int(x, i, "value") == rows_int(y, i, "value"));
    }
}

static void what_comes_after_the_cut_off_is_not_counted(const char *url)
{
    weekend d = weekend_of(url);
    str late = { 0 }, now = { 0 };
    rows before = figures_of(&d, d.bulletin);
    rows records = weekend_list(&d, "bulletin_record", NAMED({ "bulletin", V_TEXT(d.bulletin) }, { "name", T("person_times") }));
    answers_come_late(&d);
    the_team_changes(&d);
    people_stand_and_give(&d);
    CASE("a bulletin that is final stands as it was");
    rows after = figures_of(&d, d.bulletin);
    same_figures(&before, &after);
    assert_int_equal(weekend_list(&d, "bulletin_record", NAMED({ "bulletin", V_TEXT(d.bulletin) }, { "name", T("person_times") })).count,
                     records.count);
    CASE("one drafted later of the same cut-off has the same figures");
    check_ok(draft(&d, LATER + 1, 2, CUT_OFF, d.liaison, &late));
    after = figures_of(&d, late);
    same_figures(&before, &after);
    CASE("one of now has others");
    check_ok(draft(&d, LATER + 1, 3, LATER + 1, d.liaison, &now));
    after = figures_of(&d, now);
    static const char *const moved[] = { "order_number", "person_times", "no_show", "substituted", "joined_unlisted", "donated_yuan", "largest_gift_yuan" };
    for (size_t i = 0; i < COUNT(moved); i++) {
        CASE(moved[i]);
        assert_true(value_of(&before, moved[i]) != value_of(&after, moved[i]));
    }
}

ON_BOTH(a_second_person_makes_it_final)
ON_BOTH(each_figure_is_what_its_records_say)
ON_BOTH(the_figures_are_those_of_the_weekend)
ON_BOTH(what_comes_after_the_cut_off_is_not_counted)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(a_second_person_makes_it_final),
        BOTH(each_figure_is_what_its_records_say),
        BOTH(the_figures_are_those_of_the_weekend),
        BOTH(what_comes_after_the_cut_off_is_not_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

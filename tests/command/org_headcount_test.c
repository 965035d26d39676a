/* Agencies that may not hand over names: a number and whom to ring, counted by itself. */
#include "weekend.h"

#include "base/text.h"
#include "command/figure.h"

#include <jansson.h>

#define T(z) V_TEXT(str_of(z))

static weekend weekend_of(const char *url, str *org)
{
    world w = world_build(url);
    world_fill(&w);
    weekend d = weekend_play(&w);
    rows r = weekend_list(&d, "org", NULL);
    assert_true(r.count > 1);
    *org = text_format(check_arena(), "%lld", (long long)rows_int(&r, 0, "id"));
    return d;
}

static err *say(const weekend *d, double now, str org, const char *n, const char *contact, const char *phone)
{
    str ignored;
    named args[5] = { { "org", V_TEXT(org) }, { "headcount", T(n) } };
    size_t count = 2;
    if (contact)
        args[count++] = (named){ "contact", T(contact) };
    if (phone)
        args[count++] = (named){ "phone", T(phone) };
    return weekend_try(d, now, "org_headcount.say", args, &ignored);
}

static int64_t people_until(const weekend *d, double hours)
{
    int64_t n = 0;
    rows r = weekend_list(d, "org_headcount", NAMED({ hours ? "until" : NULL, V_INT(weekend_instant(hours)) }));
    for (size_t i = 0; i < r.count; i++)
        n += rows_int(&r, i, "headcount");
    return n;
}

static void another_number_replaces_it_and_none_takes_it_back(const char *url)
{
    str org;
    weekend d = weekend_of(url, &org);
    size_t named = weekend_list(&d, "person", NULL).count;
    check_ok(say(&d, 41, org, "12", "许青", "13900000041"));
    check_ok(say(&d, 43, org, "15", "许青", "0516-83000000"));
    rows r = weekend_list(&d, "org_headcount", NULL);
    assert_int_equal(r.count, 1);
    assert_int_equal(rows_int(&r, 0, "headcount"), 15);
    check_str(rows_text(&r, 0, "contact"), "许青");
    check_str(rows_text(&r, 0, "phone"), "051****0000");
    check_ok(say(&d, 45, org, "0", NULL, NULL));
    assert_int_equal(people_until(&d, 0), 0);
    CASE("what was said by then");
    assert_int_equal(people_until(&d, 40), 0);
    assert_int_equal(people_until(&d, 42), 12);
    assert_int_equal(people_until(&d, 44), 15);
    assert_int_equal(people_until(&d, 46), 0);
    assert_int_equal(weekend_list(&d, "person", NULL).count, named);
}

static void what_is_no_headcount_is_refused_and_changes_nothing(const char *url)
{
    str org;
    weekend d = weekend_of(url, &org);
    check_ok(say(&d, 41, org, "12", "Xu", "13900000041"));
    static const struct { const char *what, *n, *contact, *phone, *says; } cases[] = {
        { "no contact", "9", NULL, "13900000041", "org_headcount.contact" },
        { "no telephone", "9", "Xu", NULL, "org_headcount.contact" },
        { "blanks for a name", "9", "  ", "13900000041", "command.bad.name" },
        { "letters for a telephone", "9", "Xu", "ask me", "command.bad.phone" },
        { "below none", "-1", "Xu", "13900000041", "org_headcount.number" },
        { "absurd", "100001", "Xu", "13900000041", "org_headcount.number" },
        { "beyond any number", "99999999999999999999", "Xu", "13900000041", "command.bad.int" },
        { "letters", "about ten", "Xu", "13900000041", "command.bad.int" },
        { "half a man", "9.5", "Xu", "13900000041", "command.bad.int" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        check_err(say(&d, 42, org, cases[i].n, cases[i].contact, cases[i].phone), ERR_INPUT, cases[i].says);
    }
    check_err(say(&d, 42, STR("999999"), "9", "Xu", "13900000041"), ERR_NOT_FOUND, "order.org_missing");
    assert_int_equal(people_until(&d, 0), 12);
}

static void its_telephone_is_shown_by_a_press_and_not_kept(const char *url)
{
    str org, shown = { 0 };
    weekend d = weekend_of(url, &org);
    const named *ask = NAMED({ "rows", V_TEXT(text_format(check_arena(), "[{\"org\":\"%s\"}]", org.at)) }, { "purpose", T("call") });
    check_err(weekend_try(&d, 42, "org_headcount.reveal", ask, &shown), ERR_NOT_FOUND, "org_headcount.missing");
    check_ok(say(&d, 41, org, "12", "Xu", "13900000041"));
    check_ok(weekend_try(&d, 42, "org_headcount.reveal", ask, &shown));
    check_str(shown, text_format(check_arena(), "{\"phones\":{\"%s\":\"13900000041\"}}", org.at).at);
    rows r = weekend_list(&d, "audit", NULL);
    for (size_t i = 0; i < r.count; i++) {
        assert_true(str_find(rows_text(&r, i, "body"), STR("13900000041")) < 0);
        assert_true(str_find(rows_text(&r, i, "result"), STR("13900000041")) < 0);
    }
}

static int64_t figure_in(const weekend *d, str bulletin, const char *name)
{
    rows r = weekend_list(d, "bulletin_figure", NAMED({ "bulletin", V_TEXT(bulletin) }));
    for (size_t i = 0; i < r.count; i++)
        if (str_is(rows_text(&r, i, "name"), name))
            return rows_int(&r, i, "value");
    return -1;
}

static str draft(const weekend *d, int number, double as_of)
{
    return weekend_do(d, 60, "bulletin.draft", "id",
                      NAMED({ "operation", V_TEXT(d->w.operation) }, { "number", V_INT(number) }, { "as_of", V_INT(weekend_instant(as_of)) },
                            { "by", V_TEXT(d->liaison) }));
}

static void a_bulletin_counts_them_beside_those_who_are_named(const char *url)
{
    str org;
    weekend d = weekend_of(url, &org);
    check_ok(say(&d, 41, org, "12", "Xu", "13900000041"));
    check_ok(say(&d, 50, org, "20", "Xu", "13900000041")); /* behind the cut-off */
    str before = draft(&d, 2, 40), id = draft(&d, 3, 48);
    assert_int_equal(figure_in(&d, before, "unnamed_people"), 0);
    assert_int_equal(figure_in(&d, id, "unnamed_people"), 12);
    assert_int_equal(figure_in(&d, id, "unnamed_agencies"), 1);
    assert_true(figure_in(&d, id, "called") > 0);
    assert_int_equal(figure_in(&d, id, "called"), figure_in(&d, before, "called"));
    assert_int_equal(weekend_list(&d, "bulletin_record", NAMED({ "bulletin", V_TEXT(id) }, { "name", T("unnamed_people") })).count, 1);
}

ON_BOTH(another_number_replaces_it_and_none_takes_it_back)
ON_BOTH(what_is_no_headcount_is_refused_and_changes_nothing)
ON_BOTH(its_telephone_is_shown_by_a_press_and_not_kept)
ON_BOTH(a_bulletin_counts_them_beside_those_who_are_named)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(another_number_replaces_it_and_none_takes_it_back),
        BOTH(what_is_no_headcount_is_refused_and_changes_nothing),
        BOTH(its_telephone_is_shown_by_a_press_and_not_kept),
        BOTH(a_bulletin_counts_them_beside_those_who_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Forms of one page bear one key: each row's is a form of its own, and a tap sent twice is one. On both engines. */
#include "web/leader_phone.h"

/* Presses a form as it stood on that page. */
static response press(browser *b, const response *page, const char *at, const char *format, ...)
{
    va_list args;
    char more[300];
    va_start(args, format);
    vsnprintf(more, sizeof more, format, args);
    va_end(args);
    return ask(b, WEB_POST, team_page(b, at), form(page, more));
}

static void rows_of_one_page_are_forms_of_their_own(const char *url)
{
    browser b = leader_phone(url);
    int64_t gate = need_of(&b.w, EAST, b.w.gate, DAY, 0, 2), yard = need_of(&b.w, EAST, b.w.yard, NOON, 0, 2);
    response page = get(&b, "?day=2020-02-08");
    for (int tap = 0; tap < 2; tap++) {
        response p = press(&b, &page, "/take", "&need=%lld&taken=0&person=%lld&source=leader", LL(gate), LL(b.w.person[1]));
        goes_to(&b, &p, "?done=leader_take");
    }
    response p = press(&b, &page, "/take", "&need=%lld&taken=0&person=%lld&source=leader", LL(yard), LL(b.w.person[1]));
    goes_to(&b, &p, "?done=leader_take");
    assert_int_equal(list(&b.w, "roster_duty", NULL, 0).count, 2);
    int64_t one = duty_of(&b.w, gate, b.w.person[1]), two = duty_of(&b.w, yard, b.w.person[1]);
    p = press(&b, &page, "/excuse", "&duty=%lld", LL(one));
    goes_to(&b, &p, "?done=leader_excuse");
    p = press(&b, &page, "/excuse", "&duty=%lld", LL(two));
    goes_to(&b, &p, "?done=leader_excuse");
    p = press(&b, &page, "/excuse", "&duty=%lld", LL(one)); /* known still */
    goes_to(&b, &p, "?done=leader_excuse");
    assert_int_equal(list(&b.w, "roster_duty", NULL, 0).count, 0);
}

static void two_numbers_of_one_list_are_shown(const char *url)
{
    browser b = leader_phone(url);
    response page = get(&b, "");
    response p = press(&b, &page, "/ring", "&person=%lld&name=P1", LL(b.w.person[1]));
    assert_true(p.status == 200 && has(&p, "tel:13800000001"));
    p = press(&b, &page, "/ring", "&person=%lld&name=P2", LL(b.w.person[2]));
    assert_true(p.status == 200 && has(&p, "tel:13800000002"));
}

static void one_day_and_all_to_come_are_two_forms(const char *url)
{
    browser b = leader_phone(url);
    add_duty(&b, need_of(&b.w, EAST, b.w.gate, DAY, 0, 1), 1);
    add_duty(&b, need_of(&b.w, EAST, b.w.gate, DAY, 1, 1), 1);
    response page = get(&b, "/away?day=2020-02-08");
    response p = press(&b, &page, "/off", "&back=/away&scope=%lld&from_on=2020-02-08&to_on=2020-02-08", LL(b.w.team[EAST]));
    goes_to(&b, &p, "/away?done=leader_off");
    assert_int_equal(list(&b.w, "roster_duty", NULL, 0).count, 1);
    p = press(&b, &page, "/off", "&back=/away&scope=%lld&from_on=2020-02-08", LL(b.w.team[EAST]));
    goes_to(&b, &p, "/away?done=leader_off");
    assert_int_equal(list(&b.w, "roster_duty", NULL, 0).count, 0);
}

/* The same row with something else typed is the same form: it was sent already, and that is said. */
static void what_is_typed_makes_no_other_form(const char *url)
{
    browser b = leader_phone(url);
    int64_t need = need_of(&b.w, EAST, b.w.gate, DAY, 0, 3), one = add_duty(&b, need, 1), two = add_duty(&b, need, 2);
    int64_t entry[2];
    for (int i = 0; i < 2; i++) {
        must(&b.w, 8, "duty.check_in", NULL, NAMED({ "duty", V_INT(i ? two : one) }, { "by", V_INT(b.w.person[0]) }));
        rows r = attendance_row(&b.w, b.w.person[i + 1]);
        entry[i] = rows_int(&r, 0, "id");
        must(&b.w, 12, "attendance.check_out", NULL, NAMED({ "attendance", V_INT(entry[i]) }));
    }
    b.hours = 13;
    response page = get(&b, "/hours");
    response p = press(&b, &page, "/minutes", "&back=/hours&attendance=%lld&minutes=90&why=left", LL(entry[0]));
    goes_to(&b, &p, "/hours?done=leader_minutes");
    p = press(&b, &page, "/minutes", "&back=/hours&attendance=%lld&minutes=91&why=left", LL(entry[0]));
    assert_int_equal(p.status, 409);
    p = press(&b, &page, "/minutes", "&back=/hours&attendance=%lld&minutes=60&why=left", LL(entry[1]));
    goes_to(&b, &p, "/hours?done=leader_minutes");
    rows r = attendance_row(&b.w, b.w.person[1]);
    assert_int_equal(rows_int(&r, 0, "confirmed_minutes"), 90);
    r = attendance_row(&b.w, b.w.person[2]);
    assert_int_equal(rows_int(&r, 0, "confirmed_minutes"), 60);
}

ON_BOTH(rows_of_one_page_are_forms_of_their_own)
ON_BOTH(two_numbers_of_one_list_are_shown)
ON_BOTH(one_day_and_all_to_come_are_two_forms)
ON_BOTH(what_is_typed_makes_no_other_form)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(rows_of_one_page_are_forms_of_their_own),
        BOTH(two_numbers_of_one_list_are_shown),
        BOTH(one_day_and_all_to_come_are_two_forms),
        BOTH(what_is_typed_makes_no_other_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Somebody on no list, taken into the team and put on a shift by one form. On both engines. */
#include "web/leader_phone.h"

static rows members(const browser *b, int team)
{
    return list(&b->w, "team_member", NAMED({ "team", V_INT(b->w.team[team]) }), 0);
}

static size_t people(const browser *b)
{
    return list(&b->w, "person", NULL, 0).count;
}

static void one_form_makes_a_member_with_a_duty(const char *url)
{
    browser b = leader_phone(url);
    int64_t need = need_of(&b.w, EAST, b.w.gate, DAY, 0, 2);
    must(&b.w, -20, "team.confirm", NULL, NAMED({ "team", V_INT(b.w.team[EAST]) }, { "leader", V_INT(b.w.person[0]) }));
    response page = get(&b, "/add?day=2020-02-08");
    assert_true(page.status == 200 && has(&page, "Gate S0 08:00–12:00, 0/1"));
    str body = form(&page, text_format(check_arena(), "&back=/add&name=Lin+Yuan&phone=139+0000-0001&work_unit=Mill&address=Mill+Road+3&lives_here=yes&need=%lld",
                                       LL(need)).at);
    for (int tap = 0; tap < 2; tap++) { /* the second is of the same press */
        response p = ask(&b, WEB_POST, team_page(&b, "/add"), body);
        goes_to(&b, &p, "/add?done=leader_add");
    }
    rows r = members(&b, EAST);
    assert_int_equal(r.count, 6);
    check_str(rows_text(&r, 5, "name"), "Lin Yuan");
    check_str(rows_text(&r, 5, "work_unit"), "Mill");
    check_str(rows_text(&r, 5, "source"), "joined");
    int64_t person = rows_int(&r, 5, "person_id");
    assert_true(duty_of(&b.w, need, person) > 0);
    r = list(&b.w, "person_find", NAMED({ "person", V_INT(person) }), 0);
    check_str(rows_text(&r, 0, "community"), "East");
    check_str(rows_text(&r, 0, "phone"), "139****0001");
    assert_int_equal(people(&b), PEOPLE + 1);
}

static void what_is_typed_wrong_is_said_and_kept(const char *url)
{
    static const struct {
        const char *form, *says;
        int status;
    } bad[] = {
        { "&name=Lin&phone=1390000", "The mobile number has 7 digits.", 422 },
        { "&name=Lin&phone=13a", "Phone", 422 },
        { "&name=Lin&phone=", "Both name and telephone are needed.", 422 },
        { "&name=&phone=13900000001", "Both name and telephone are needed.", 422 },
        { "&name=Lin&phone=13900000001&need=x", "role=\"alert\"", 422 },
        { "&name=Lin&phone=13900000001&need=999999", "role=\"alert\"", 403 }, /* of no team of hers */
        { "&name=Lin&phone=13800000002", "This number is P2’s, who is in the team.", 409 },
        { "&name=P3&phone=13800000003", "P3 is in the team already.", 409 },
        { "&name=Lin&phone=13800000005", "This number stands under another name.", 409 },
        { "&name=P5&phone=13800000005", "P5 is in another team.", 409 },
        { "&person=me", "role=\"alert\"", 422 },
    };
    browser b = leader_phone(url);
    for (size_t i = 0; i < COUNT(bad); i++) {
        CASE(bad[i].form);
        response p = send_form(&b, "/add", "&back=/add%s", bad[i].form);
        assert_int_equal(p.status, bad[i].status);
        assert_true(has(&p, bad[i].says) && has(&p, "<title>Error: "));
        assert_true(str_find(str_of(bad[i].form), STR("name=Lin")) < 0 || has(&p, "name=\"name\" maxlength=\"60\" autocomplete=\"off\" value=\"Lin\""));
    }
    assert_int_equal(people(&b), PEOPLE);
    assert_int_equal(members(&b, EAST).count, 5);
}

/* All or nothing: the shift that is full leaves no person behind; chosen anew, the same person joins. */
static void a_shift_that_is_full_leaves_nobody_behind(const char *url)
{
    browser b = leader_phone(url);
    int64_t full = need_of(&b.w, EAST, b.w.gate, DAY, 0, 1);
    add_duty(&b, full, 1);
    response p = send_form(&b, "/add", "&back=/add&name=Lin&phone=13900000001&need=%lld", LL(full));
    assert_int_equal(p.status, 409);
    assert_int_equal(people(&b), PEOPLE);
    p = send_form(&b, "/add", "&back=/add&name=Lin&phone=13900000001");
    goes_to(&b, &p, "/add?done=leader_add");
    int64_t yard = need_of(&b.w, EAST, b.w.yard, DAY, 0, 1);
    p = send_form(&b, "/add", "&back=/add&name=Lin&phone=13900000001&need=%lld", LL(yard)); /* in already: the shift alone */
    goes_to(&b, &p, "/add?done=leader_add");
    rows r = members(&b, EAST);
    assert_int_equal(r.count, 6);
    assert_true(duty_of(&b.w, yard, rows_int(&r, 5, "person_id")) > 0);
    assert_int_equal(people(&b), PEOPLE + 1);
}

static void two_people_share_a_number_and_one_is_known(const char *url)
{
    browser b = leader_phone(url), office = b;
    response p = send_form(&b, "/add", "&back=/add&name=P7&phone=13800000007"); /* on a list, in no team: the same person */
    goes_to(&b, &p, "/add?done=leader_add");
    assert_int_equal(people(&b), PEOPLE);
    p = send_form(&b, "/add", "&back=/add&name=Wu&phone=13800000005");
    assert_true(p.status == 409 && has(&p, "It is somebody else with the same number") && !has(&p, "P*"));
    p = send_form(&b, "/add", "&back=/add&name=Wu&phone=13800000005&another=yes");
    goes_to(&b, &p, "/add?done=leader_add");
    assert_int_equal(people(&b), PEOPLE + 1);
    must(&b.w, -30, "person.import", NULL, ROWS("[{\"name\":\"Qian Wen\",\"phone\":\"13900000009\"}]"));
    must(&b.w, -30, "role_grant.add", NULL, NAMED({ "person", V_INT(b.w.person[2]) }, { "role", T("commander") }, { "scope", T("all") }));
    sign_in(&office, 2);
    p = send_form(&b, "/add", "&back=/add&name=Wen&phone=13900000009");
    assert_true(p.status == 409 && !has(&p, "Q*") && !has(&p, "Qian")); /* the leader may not see him */
    p = send_form(&office, "/add", "&back=/add&name=Wen&phone=139-0000-0009");
    assert_true(p.status == 409 && has(&p, "This number stands for Q*an Wen.") && !has(&p, "Qian Wen"));
    str known = hidden(&p, "back"); /* the page of the refusal is the form's */
    check_str(known, "/add");
    rows r = list(&b.w, "person_find", NAMED({ "phone", T("13900000009") }), 0);
    p = send_form(&office, "/add", "&back=/add&person=%lld", LL(rows_int(&r, 0, "id")));
    goes_to(&b, &p, "/add?done=leader_add");
    assert_int_equal(members(&b, EAST).count, 8);
    p = send_form(&b, "/add", "&back=/add&person=%lld", LL(b.w.person[5])); /* by his number alone, of another team */
    assert_int_equal(p.status, 403);
}

static void only_who_leads_the_team_adds_to_it(const char *url)
{
    browser b = leader_phone(url), other = b;
    grant(&b.w, b.w.person[3], "liaison", EAST);
    sign_in(&other, 3);
    response p = send_form(&other, "/add", "&back=/add&name=Lin&phone=13900000001");
    assert_int_equal(p.status, 403);
    const named *west = NAMED({ "team", V_INT(b.w.team[WEST]) }, { "name", T("Lin") }, { "phone", T("13900000001") });
    check_err(run_at(&b.w, 7, "team.add_person", b.w.person[0], west, NULL), ERR_RIGHTS, "command.rights");
    const named *far = NAMED({ "team", V_INT(b.w.team[EAST]) }, { "name", T("Lin") }, { "phone", T("13900000001") },
                             { "need", V_INT(need_of(&b.w, WEST, b.w.bridge, DAY, 0, 1)) });
    check_err(run_at(&b.w, 7, "team.add_person", b.w.person[0], far, NULL), ERR_RIGHTS, "command.rights");
    check_err(run_at(&b.w, 7, "team.add_person", b.w.person[STRANGER], west, NULL), ERR_RIGHTS, "command.rights");
    assert_int_equal(people(&b), PEOPLE);
}

ON_BOTH(one_form_makes_a_member_with_a_duty)
ON_BOTH(what_is_typed_wrong_is_said_and_kept)
ON_BOTH(a_shift_that_is_full_leaves_nobody_behind)
ON_BOTH(two_people_share_a_number_and_one_is_known)
ON_BOTH(only_who_leads_the_team_adds_to_it)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(one_form_makes_a_member_with_a_duty),
        BOTH(what_is_typed_wrong_is_said_and_kept),
        BOTH(a_shift_that_is_full_leaves_nobody_behind),
        BOTH(two_people_share_a_number_and_one_is_known),
        BOTH(only_who_leads_the_team_adds_to_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "order_world.h"

#include "base/text.h"

#define T(z) V_TEXT(str_of(z))

static err *draft(order_world *w, int64_t actor, int64_t number, int64_t reply_by, const char *orgs)
{
    return world_try(w, "order.draft", actor,
                     NAMED({ "operation", V_INT(w->operation) }, { "number", V_INT(number) }, { "text", T("值守") },
                           { "reply_by", V_INT(reply_by) }, { "report_at", V_INT(reply_by) }, { "orgs", T(orgs) }));
}

static err *answer(order_world *w, enum world_person by, int64_t order, enum world_person who, const char *what, const char *via)
{
    return world_try(w, "notice.answer", w->person[by],
                     NAMED({ "order", V_INT(order) }, { "person", V_INT(w->person[who]) }, { "answer", T(what) }, { "via", T(via) }));
}

static void an_order_is_drafted_by_one_and_released_by_another(const char *url)
{
    order_world w = order_world_open(url);
    const char *orgs = text_format(check_arena(), "[%lld]", (long long)w.bureau).at;
    int64_t late = w.now + HOURS(4);
    CASE("who acts must be known");
    check_err(draft(&w, 0, 2, late, orgs), ERR_INPUT, "command.by_missing");
    CASE("a volunteer drafts nothing");
    check_err(draft(&w, w.person[ANNA], 2, late, orgs), ERR_RIGHTS, "command.rights");
    CASE("nobody is addressed");
    check_err(draft(&w, w.person[DRAFTER], 2, late, "[]"), ERR_INPUT, "order.no_addressee");
    CASE("an org that does not exist");
    check_err(draft(&w, w.person[DRAFTER], 2, late, "[\"999\"]"), ERR_NOT_FOUND, "order.org_missing");
    CASE("a reply by yesterday");
    check_err(draft(&w, w.person[DRAFTER], 2, w.now - 1, orgs), ERR_CONFLICT, "order.reply_by_past");
    CASE("good");
    check_ok(draft(&w, w.person[DRAFTER], 2, late, orgs));
    rows r = world_view(&w, "call_order", 0, NULL);
    int64_t id = rows_int(&r, 0, "id");
    assert_int_equal(world_count(&w, "order_released", NULL), 0);
    CASE("no notices of a draft");
    check_err(world_try(&w, "notice.queue", 0, NAMED({ "order", V_INT(id) })), ERR_CONFLICT, "order.not_released");
    CASE("one's own draft");
    err *e = world_try(&w, "order.release", w.person[DRAFTER], NAMED({ "order", V_INT(id) }));
    check_err(e, ERR_CONFLICT, "order.own_draft");
    check_str(words_err(check_arena(), WORDS_EN, e), "Nobody releases an order of their own drafting.");
    check_str(words_hint(check_arena(), WORDS_ZH, e), "请另一位指挥签发。");
    CASE("nor in another's name");
    check_err(world_try(&w, "order.release", w.person[DRAFTER],
                        NAMED({ "order", V_INT(id) }, { "by", V_INT(w.person[RELEASER]) })), ERR_INPUT, "command.by_other");
    CASE("the second person");
    world_must(&w, "order.release", w.person[RELEASER], NAMED({ "order", V_INT(id) }));
    check_err(world_try(&w, "order.release", w.person[RELEASER], NAMED({ "order", V_INT(id) })), ERR_CONFLICT, "order.not_draft");
    assert_int_equal(world_count(&w, "order_released", NULL), 1);
    CASE("the same number once more");
    e = draft(&w, w.person[RELEASER], 2, late, orgs);
    check_err(e, ERR_CONFLICT, "order.number_taken");
    check_str(words_err(check_arena(), WORDS_ZH, e), "第2号召集令已经有了。");
    CASE("a released text is frozen");
    assert_non_null(world_sql(&w, "UPDATE call_order SET text = 'x'"));
}

static void everyone_below_gets_a_notice_by_the_nearest_liaison(const char *url)
{
    order_world w = order_world_open(url);
    int64_t order = world_order(&w, 2);
    rows r = world_view(&w, "notice", 0, NAMED({ "order", V_INT(order) }));
    assert_int_equal(r.count, 6);
    for (size_t i = 0; i < r.count; i++) {
        bool one = rows_int(&r, i, "org_id") == w.one;
        assert_int_equal(rows_int(&r, i, "liaison_id"), w.person[one ? LIAISON : HEAD]);
        check_str(rows_text(&r, i, "state"), "queued");
    }
    CASE("again: nobody twice");
    str again = world_must(&w, "notice.queue", 0, NAMED({ "order", V_INT(order) }));
    check_str(again, "{\"added\":0,\"remaining\":0}");
    CASE("who came to the list since");
    world_must(&w, "person.import", 0, NAMED({ "rows", T("[{\"name\":\"新人\",\"phone\":\"13900000099\",\"org\":[\"局\",\"二支部\"]}]") }));
    again = world_must(&w, "notice.queue", 0, NAMED({ "order", V_INT(order) }));
    check_str(again, "{\"added\":1,\"remaining\":0}");
    CASE("the liaison sees her branch alone, telephones masked");
    r = world_view(&w, "notice_call_list", w.person[LIAISON], NAMED({ "liaison", V_INT(w.person[LIAISON]) }));
    assert_int_equal(r.count, 3);
    check_str(rows_text(&r, 1, "phone"), "139****0021");
    assert_int_equal(world_view(&w, "notice", w.person[LIAISON], NULL).count, 3);
}

static void answers_are_counted_at_every_node(const char *url)
{
    order_world w = order_world_open(url);
    int64_t order = world_order(&w, 2);
    check_ok(answer(&w, ANNA, order, ANNA, "can", "link"));
    check_ok(answer(&w, LIAISON, order, BERT, "cannot", "call"));
    check_ok(answer(&w, HEAD, order, DORA, "hindered", "call"));
    rows r = world_view(&w, "notice_node", 0, NAMED({ "order", V_INT(order) }, { "org", V_INT(w.bureau) }));
    assert_int_equal(r.count, 3);
    static const struct { const char *column; int64_t bureau, one, two; } want[] = {
        { "called", 6, 3, 2 }, { "can", 1, 1, 0 }, { "cannot", 1, 1, 0 }, { "hindered", 1, 0, 1 }, { "silent", 3, 1, 1 },
        { "unreachable", 0, 0, 0 },
    };
    for (size_t k = 0; k < COUNT(want); k++)
        for (size_t i = 0; i < r.count; i++) {
            int64_t org = rows_int(&r, i, "org_id");
            CASE(want[k].column);
            assert_int_equal(rows_int(&r, i, want[k].column),
                             org == w.bureau ? want[k].bureau : org == w.one ? want[k].one : want[k].two);
        }
    assert_int_equal(world_view(&w, "notice_node", w.person[LIAISON], NAMED({ "order", V_INT(order) })).count, 1);
    assert_int_equal(world_count(&w, "notice_silent", NAMED({ "order", V_INT(order) })), 3);
    assert_int_equal(world_count(&w, "notice_silent", NAMED({ "order", V_INT(order) }, { "org", V_INT(w.two) })), 1);
    assert_int_equal(world_count(&w, "notice_answered_by", NAMED({ "order", V_INT(order) }, { "person", V_INT(w.person[LIAISON]) })), 1);
    assert_int_equal(world_count(&w, "notice_filled_for_others", NAMED({ "order", V_INT(order) })), 2);
}

static void answers_by_several_ways_merge(const char *url)
{
    order_world w = order_world_open(url);
    int64_t order = world_order(&w, 2), released = w.now;
    const value anna = V_INT(w.person[ANNA]);
    w.now += HOURS(3);
    check_ok(answer(&w, ANNA, order, ANNA, "can", "link"));
    CASE("a call of an hour ago, keyed now");
    str r = world_must(&w, "notice.answer", w.person[LIAISON],
                       NAMED({ "order", V_INT(order) }, { "person", anna }, { "answer", T("cannot") }, { "happened_at", V_INT(w.now - HOURS(1)) }));
    assert_int_equal(world_int(r, "in_force"), 0);
    rows n = world_view(&w, "notice", 0, NAMED({ "order", V_INT(order) }, { "person", anna }));
    check_str(rows_text(&n, 0, "answer"), "can");
    CASE("a call later than her own word");
    w.now += HOURS(1);
    r = world_must(&w, "notice.answer", w.person[LIAISON],
                   NAMED({ "order", V_INT(order) }, { "person", anna }, { "answer", T("hindered") }, { "back_on", T("2020-02-09") },
                         { "reason", T("不在本市") }, { "via", T("paper") }));
    assert_int_equal(world_int(r, "in_force"), 1);
    CASE("by herself on the day");
    static const struct { const char *day; int64_t want; } days[] = { { "2020-02-08", 0 }, { "2020-02-09", 1 }, { "2020-02-10", 1 } };
    for (size_t i = 0; i < COUNT(days); i++)
        assert_int_equal(world_count(&w, "notice_pool", NAMED({ "operation", V_INT(w.operation) }, { "day", T(days[i].day) })), days[i].want);
    CASE("a claim before the order, cut to its release");
    r = world_must(&w, "notice.answer", w.person[BERT],
                   NAMED({ "order", V_INT(order) }, { "person", V_INT(w.person[BERT]) }, { "answer", T("can") }, { "happened_at", V_INT(released - 5) }));
    assert_int_equal(world_int(r, "cut"), 1);
    rows given = world_view(&w, "notice_answer", 0, NULL);
    assert_int_equal(rows_int(&given, 0, "cut"), 1);
    n = world_view(&w, "notice_filled_for_others", 0, NULL);
    assert_int_equal(n.count, 2);
    CASE("no reason in the audit");
    n = world_view(&w, "audit", 0, NULL);
    for (size_t i = 0; i < n.count; i++)
        assert_true(str_find(rows_text(&n, i, "body"), STR("不在本市")) < 0);
}

static void a_bad_answer_is_refused_in_words(const char *url)
{
    order_world w = order_world_open(url);
    int64_t order = world_order(&w, 2);
    const value o = V_INT(order), anna = V_INT(w.person[ANNA]);
    const struct { const char *what; const named *args; enum world_person by; err_code code; const char *message; } cases[] = {
        { "another's answer", NAMED({ "order", o }, { "person", anna }, { "answer", T("can") }), BERT, 0, NULL },
        { "of a stranger", NAMED({ "order", o }, { "person", anna }, { "answer", T("can") }), CARL, ERR_RIGHTS, "command.rights" },
        { "no such answer", NAMED({ "order", o }, { "person", anna }, { "answer", T("maybe") }), ANNA, ERR_INPUT, "notice.answer_which" },
        { "no such way", NAMED({ "order", o }, { "person", anna }, { "answer", T("can") }, { "via", T("x") }), ANNA, ERR_INPUT, "notice.via_which" },
        { "can, but later", NAMED({ "order", o }, { "person", anna }, { "answer", T("can") }, { "back_on", T("2020-02-09") }), ANNA, ERR_INPUT, "notice.back_on_can" },
        { "back last week", NAMED({ "order", o }, { "person", anna }, { "answer", T("hindered") }, { "back_on", T("2020-02-01") }), ANNA, ERR_INPUT, "notice.back_on_past" },
        { "no notice named", NAMED({ "person", anna }, { "answer", T("can") }), ANNA, ERR_INPUT, "notice.which" },
        { "on no list", NAMED({ "order", o }, { "person", V_INT(w.person[DRAFTER]) }, { "answer", T("can") }), DRAFTER, ERR_NOT_FOUND, "notice.none" },
        { "two that disagree", NAMED({ "notice", V_INT(world_notice(&w, order, BERT)) }, { "person", anna }, { "answer", T("can") }), LIAISON, ERR_INPUT, "notice.which" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        err *e = world_try(&w, "notice.answer", w.person[cases[i].by], cases[i].args);
        if (cases[i].message)
            check_err(e, cases[i].code, cases[i].message);
        else
            check_ok(e); /* Bert leads her team */
    }
}

static void nothing_is_answered_after_closing(const char *url)
{
    order_world w = order_world_open(url);
    int64_t order = world_order(&w, 2), second = world_order(&w, 3);
    check_ok(answer(&w, ANNA, order, ANNA, "can", "link"));
    world_must(&w, "order.close", w.person[DRAFTER], NAMED({ "order", V_INT(order) }));
    CASE("the order is closed");
    err *e = answer(&w, ANNA, order, ANNA, "cannot", "link");
    check_err(e, ERR_CONFLICT, "order.closed");
    check_str(words_err(check_arena(), WORDS_ZH, e), "第2号召集令已经结束，不再收答复。");
    check_err(world_try(&w, "order.close", 0, NAMED({ "order", V_INT(order) })), ERR_CONFLICT, "order.closed");
    CASE("another order goes on");
    check_ok(answer(&w, ANNA, second, ANNA, "can", "link"));
    CASE("the operation is closed");
    world_must(&w, "operation.close", w.person[DRAFTER], NAMED({ "operation", V_INT(w.operation) }));
    check_err(answer(&w, ANNA, second, ANNA, "cannot", "link"), ERR_CONFLICT, "operation.closed");
    check_err(draft(&w, w.person[DRAFTER], 4, w.now + HOURS(1), "[1]"), ERR_CONFLICT, "operation.closed");
    check_err(world_try(&w, "operation.close", 0, NAMED({ "operation", V_INT(w.operation) })), ERR_CONFLICT, "operation.closed");
    CASE("what was said stays to be read");
    rows r = world_view(&w, "notice", 0, NAMED({ "order", V_INT(order) }, { "person", V_INT(w.person[ANNA]) }));
    check_str(rows_text(&r, 0, "answer"), "can");
}

static void a_correction_goes_to_those_of_the_first(const char *url)
{
    order_world w = order_world_open(url);
    int64_t order = world_order(&w, 2);
    world_must(&w, "person.import", 0, NAMED({ "rows", T("[{\"name\":\"新人\",\"phone\":\"13900000099\",\"org\":[\"局\",\"二支部\"]}]") }));
    const value number = V_INT(2), late = V_INT(w.now + HOURS(4));
    CASE("another number");
    check_err(world_try(&w, "order.draft", w.person[DRAFTER],
                        NAMED({ "operation", V_INT(w.operation) }, { "number", V_INT(5) }, { "text", T("x") }, { "reply_by", late },
                              { "report_at", late }, { "corrects", V_INT(order) })), ERR_CONFLICT, "order.corrects_number");
    int64_t fix = world_id(world_must(&w, "order.draft", w.person[DRAFTER],
                                      NAMED({ "operation", V_INT(w.operation) }, { "number", number }, { "text", T("是08:00，不是18:00") },
                                            { "reply_by", late }, { "report_at", late }, { "corrects", V_INT(order) })));
    world_must(&w, "order.release", w.person[RELEASER], NAMED({ "order", V_INT(fix) }));
    check_str(world_must(&w, "notice.queue", 0, NAMED({ "order", V_INT(fix) })), "{\"added\":6,\"remaining\":0}");
    check_ok(answer(&w, ANNA, fix, ANNA, "can", "sms"));
    rows r = world_view(&w, "correction_seen", 0, NAMED({ "order", V_INT(fix) }));
    int64_t seen = 0;
    for (size_t i = 0; i < r.count; i++)
        seen += rows_int(&r, i, "seen");
    assert_int_equal(r.count, 6);
    assert_int_equal(seen, 1);
    CASE("seeing it is no answer to the order");
    assert_int_equal(world_count(&w, "notice_pool", NAMED({ "operation", V_INT(w.operation) }, { "day", T("2020-02-08") })), 0);
}

ON_BOTH(an_order_is_drafted_by_one_and_released_by_another)
/* Two coordinators of one subdistrict; Dora lives in another. */
typedef struct street {
    order_world w;
    int64_t coordinator[2], far_team;
    const char *orgs;
} street;

static street open_street(const char *url)
{
    street s = { .w = order_world_open(url) };
    order_world *w = &s.w;
    static const enum world_person who[2] = { HEAD, CARL };
    world_must(w, "division.import", 0,
               NAMED({ "rows", T("[{\"code\":\"320303002\",\"name\":\"石桥街道\",\"level\":\"subdistrict\",\"parent_code\":\"320303\"},"
                                 "{\"code\":\"320303002001\",\"name\":\"桥头社区居委会\",\"level\":\"community\",\"parent_code\":\"320303002\"}]") }));
    world_must(w, "placement.record", 0,
               NAMED({ "rows", V_TEXT(text_format(check_arena(), "[{\"person\":%lld,\"community_code\":\"320303002001\",\"state\":\"placed\"}]",
                                                  (long long)w->person[DORA])) }));
    world_must(w, "team.form", 0, NAMED({ "operation", V_INT(w->operation) }));
    rows teams = world_view(w, "team", 0, NULL);
    for (size_t i = 0; i < teams.count; i++)
        if (str_is(rows_text(&teams, i, "community_code"), "320303002001"))
            s.far_team = rows_int(&teams, i, "id");
    assert_true(s.far_team > 0);
    for (size_t i = 0; i < 2; i++) {
        s.coordinator[i] = w->person[who[i]];
        world_must(w, "role_grant.add", 0, NAMED({ "person", V_INT(s.coordinator[i]) }, { "role", T("commander") },
                                                 { "scope", T("division") }, { "division", T("320303001") }));
    }
    s.orgs = text_format(check_arena(), "[%lld]", (long long)w->bureau).at;
    return s;
}

static err *draft_for(street *s, int64_t number, const char *division)
{
    order_world *w = &s->w;
    return world_try(w, "order.draft", s->coordinator[0],
                     NAMED({ "operation", V_INT(w->operation) }, { "number", V_INT(number) }, { "text", T("值守") },
                           { "reply_by", V_INT(w->now + HOURS(4)) }, { "report_at", V_INT(w->now + HOURS(9)) }, { "orgs", T(s->orgs) },
                           { "division", division ? T(division) : V_NULL }));
}

static void a_subdistrict_calls_out_its_own_people(const char *url)
{
    street s = open_street(url);
    order_world *w = &s.w;
    CASE("never the whole city, the district, the street next door, or a place there is not");
    check_err(draft_for(&s, 5, NULL), ERR_RIGHTS, "command.rights");
    check_err(draft_for(&s, 5, "320303"), ERR_RIGHTS, "command.rights");
    check_err(draft_for(&s, 5, "320303002"), ERR_RIGHTS, "command.rights");
    check_err(draft_for(&s, 5, "320303009"), ERR_RIGHTS, "command.rights");
    CASE("its own");
    check_ok(draft_for(&s, 5, "320303001"));
    rows r = world_view(w, "call_order", 0, NULL);
    const named *order = NAMED({ "order", *rows_at(&r, 0, "id") });
    check_err(world_try(w, "order.release", s.coordinator[0], order), ERR_CONFLICT, "order.own_draft");
    check_err(world_try(w, "order.release", w->person[BERT], order), ERR_RIGHTS, "command.rights");
    world_must(w, "order.release", s.coordinator[1], order);
    CASE("goes to those of the orgs who live there");
    str done = world_must(w, "notice.queue", s.coordinator[1], order);
    assert_int_equal(world_int(done, "remaining"), 0);
    rows n = world_view(w, "notice", 0, order);
    assert_true(n.count > 3);
    for (size_t i = 0; i < n.count; i++)
        assert_int_not_equal(rows_int(&n, i, "person_id"), w->person[DORA]);
    assert_non_null(world_sql(w, "UPDATE call_order SET division_code = NULL"));
    CASE("its correction too");
    world_must(w, "order.draft", s.coordinator[0],
               NAMED({ "operation", V_INT(w->operation) }, { "number", V_INT(5) }, { "text", T("值守到晚") }, { "corrects", *rows_at(&r, 0, "id") },
                     { "reply_by", V_INT(w->now + HOURS(4)) }, { "report_at", V_INT(w->now + HOURS(9)) }));
    r = world_view(w, "call_order", 0, NULL);
    world_must(w, "order.release", s.coordinator[1], NAMED({ "order", *rows_at(&r, 0, "id") }));
    CASE("the city's order is not theirs");
    check_ok(draft(w, w->person[DRAFTER], 6, w->now + HOURS(4), s.orgs));
    r = world_view(w, "call_order", 0, NULL);
    const named *citys = NAMED({ "order", *rows_at(&r, 0, "id") });
    check_err(world_try(w, "order.release", s.coordinator[0], citys), ERR_RIGHTS, "command.rights");
    world_must(w, "order.release", w->person[RELEASER], citys);
    check_err(world_try(w, "notice.queue", s.coordinator[0], citys), ERR_RIGHTS, "command.rights");
    check_err(world_try(w, "order.close", s.coordinator[0], citys), ERR_RIGHTS, "command.rights");
}
ON_BOTH(a_subdistrict_calls_out_its_own_people)

static err *set_hours(street *s, const char *noun, int64_t id)
{
    return world_try(&s->w, "setting.set", s->coordinator[0],
                     NAMED({ "scope", V_TEXT(text_format(check_arena(), "%s:%lld", noun, (long long)id)) }, { "name", T("roster.day_hours") },
                           { "value", T("10") }));
}

static void a_subdistrict_sets_what_is_its_teams_alone(const char *url)
{
    street s = open_street(url);
    check_ok(set_hours(&s, "team", s.w.team));
    check_err(set_hours(&s, "team", s.far_team), ERR_RIGHTS, "command.rights");
    check_err(set_hours(&s, "operation", s.w.operation), ERR_RIGHTS, "command.rights");
    check_err(set_hours(&s, "team", 999999), ERR_RIGHTS, "command.rights");
}
ON_BOTH(a_subdistrict_sets_what_is_its_teams_alone)

ON_BOTH(everyone_below_gets_a_notice_by_the_nearest_liaison)
ON_BOTH(answers_are_counted_at_every_node)
ON_BOTH(answers_by_several_ways_merge)
ON_BOTH(a_bad_answer_is_refused_in_words)
ON_BOTH(nothing_is_answered_after_closing)
ON_BOTH(a_correction_goes_to_those_of_the_first)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(an_order_is_drafted_by_one_and_released_by_another),
        BOTH(everyone_below_gets_a_notice_by_the_nearest_liaison),
        BOTH(answers_are_counted_at_every_node),
        BOTH(answers_by_several_ways_merge),
        BOTH(a_bad_answer_is_refused_in_words),
        BOTH(nothing_is_answered_after_closing),
        BOTH(a_correction_goes_to_those_of_the_first),
        BOTH(a_subdistrict_calls_out_its_own_people),
        BOTH(a_subdistrict_sets_what_is_its_teams_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "duty_world.h"

#include <pthread.h>
#include <string.h>

static err *ask(const world *w, double hours, int64_t actor, int64_t duty, int64_t person, int64_t to_duty, int64_t *id)
{
    str result = { 0 };
    err *e = run_at(w, hours, "swap.ask", actor,
                    NAMED({ "duty", V_INT(duty) }, { "to_person", V_INT(person) }, { "to_duty", to_duty ? V_INT(to_duty) : V_NULL }),
                    &result);
    if (!e && id)
        *id = field(result, "id", 0);
    return e;
}

static err *answer(const world *w, const char *command, int64_t actor, int64_t swap, str *result)
{
    return run_at(w, -8, command, actor, NAMED({ "swap", V_INT(swap) }), result);
}

static void somebody_stands_in(const char *url)
{
    world w = world_open(url, NULL);
    int64_t morning = need_of(&w, EAST, w.gate, DAY, 0, 1), swap = 0;
    publish(&w, -24, 1, (const int64_t[][2]){ { morning, w.person[0] } });
    int64_t duty = duty_of(&w, morning, w.person[0]);
    check_ok(ask(&w, -10, w.person[0], duty, w.person[1], 0, &swap));
    CASE("the duty stays with the first until the other accepts");
    assert_int_equal(duty_of(&w, morning, w.person[0]), duty);
    CASE("one question at a time");
    check_err(ask(&w, -10, w.person[0], duty, w.person[2], 0, NULL), ERR_CONFLICT, "swap.open");
    CASE("only the other answers");
    check_err(answer(&w, "swap.accept", w.person[0], swap, NULL), ERR_RIGHTS, "swap.not_asked");
    check_err(answer(&w, "swap.refuse", w.person[0], swap, NULL), ERR_RIGHTS, "swap.not_asked");
    check_err(answer(&w, "swap.accept", w.person[2], swap, NULL), ERR_RIGHTS, "command.rights");
    check_err(answer(&w, "swap.withdraw", w.person[1], swap, NULL), ERR_RIGHTS, "swap.not_asking");
    CASE("refused, taken back, asked anew");
    check_ok(answer(&w, "swap.refuse", w.person[1], swap, NULL));
    check_err(answer(&w, "swap.accept", w.person[1], swap, NULL), ERR_CONFLICT, "swap.decided");
    check_ok(ask(&w, -10, w.person[0], duty, w.person[2], 0, &swap));
    check_ok(answer(&w, "swap.withdraw", w.person[0], swap, NULL));
    check_ok(ask(&w, -10, w.person[0], duty, w.person[1], 0, &swap));
    CASE("accepted: the same seat, and whom it replaces");
    check_ok(answer(&w, "swap.accept", w.person[1], swap, NULL));
    rows r = list(&w, "substituted", NULL, 0);
    assert_int_equal(r.count, 1);
    assert_int_equal(rows_int(&r, 0, "person_id"), w.person[1]);
    assert_int_equal(rows_int(&r, 0, "replaced_id"), w.person[0]);
    assert_int_equal(rows_int(&r, 0, "replaces_id"), duty);
    check_str(rows_text(&r, 0, "state"), "confirmed");
    assert_int_equal(list(&w, "roster_duty", NULL, 0).count, 1);
    assert_int_equal(list(&w, "swap", NAMED({ "state", T("done") }), 0).count, 1);
    CASE("a new roster that knows nothing of it changes nothing");
    publish(&w, -7, 1, (const int64_t[][2]){ { morning, w.person[0] } });
    assert_int_equal(duty_of(&w, morning, w.person[1]), rows_int(&r, 0, "id"));
}

static void two_trade(const char *url)
{
    world w = world_open(url, NULL);
    int64_t morning = need_of(&w, EAST, w.gate, DAY, 0, 1), noon = need_of(&w, EAST, w.yard, NOON, 0, 1), swap = 0;
    publish(&w, -24, 2, (const int64_t[][2]){ { morning, w.person[0] }, { noon, w.person[1] } });
    int64_t one = duty_of(&w, morning, w.person[0]), two = duty_of(&w, noon, w.person[1]);
    CASE("a duty that is not the other's");
    check_err(ask(&w, -10, w.person[0], one, w.person[2], two, NULL), ERR_INPUT, "swap.not_theirs");
    check_ok(ask(&w, -10, w.person[0], one, w.person[1], two, &swap));
    str result;
    check_ok(answer(&w, "swap.accept", w.person[1], swap, &result));
    assert_int_equal(duty_of(&w, morning, w.person[1]), field(result, "duty", 0));
    assert_int_equal(duty_of(&w, noon, w.person[0]), field(result, "to_duty", 0));
    assert_int_equal(list(&w, "roster_duty", NULL, 0).count, 2);
    CASE("at the same post and time there is nothing to trade");
    int64_t pair = need_of(&w, EAST, w.gate, DAY, 1, 2);
    publish(&w, -7, 4, (const int64_t[][2]){ { morning, w.person[1] }, { noon, w.person[0] }, { pair, w.person[0] }, { pair, w.person[1] } });
    check_err(ask(&w, -6, w.person[0], duty_of(&w, pair, w.person[0]), w.person[1], duty_of(&w, pair, w.person[1]), NULL), ERR_INPUT,
              "swap.same_need");
}

/* Everyone of the east has another reason: 1 cannot, 2 stands elsewhere, 3 was up all night, 4 has a long day. */
typedef struct reasons {
    world w;
    int64_t wanted, duty;
} reasons;

static reasons open_reasons(const char *url)
{
    reasons s = { .w = world_open(url, NULL) };
    world *w = &s.w;
    s.wanted = need_of(w, EAST, w->gate, DAY, 1, 1);
    int64_t elsewhere = need_of(w, EAST, w->yard, DAY, 1, 1), night = need_of(w, EAST, w->gate, NIGHT, 0, 2);
    int64_t noon = need_of(w, EAST, w->yard, NOON, 1, 1), evening = need_of(w, EAST, w->yard, NIGHT, 1, 1);
    publish(w, -24, 5, (const int64_t[][2]){ { s.wanted, w->person[0] }, { elsewhere, w->person[2] }, { night, w->person[3] },
                                             { noon, w->person[4] }, { evening, w->person[4] } });
    must(w, -20, "availability.import", NULL,
         ROWS("[{\"person\":%lld,\"starts_at\":%lld,\"ends_at\":%lld,\"level\":\"cannot\"}]", LL(w->person[1]), LL(HOURS(24)), LL(HOURS(48))));
    s.duty = duty_of(w, s.wanted, w->person[0]);
    return s;
}

static void whoever_cannot_is_refused_in_words(const char *url)
{
    reasons s = open_reasons(url);
    world *w = &s.w;
    const struct { const char *what; int64_t person; err_code code; const char *key, *said; } cases[] = {
        { "oneself", w->person[0], ERR_INPUT, "swap.oneself", "Nobody stands in for himself." },
        { "of another team", w->person[5], ERR_CONFLICT, "substitute.team", "is no active member of this team." },
        { "of no team", w->person[STRANGER], ERR_CONFLICT, "substitute.team", NULL },
        { "who said he cannot", w->person[1], ERR_CONFLICT, "substitute.cannot", "cannot at that time." },
        { "who stands elsewhere", w->person[2], ERR_CONFLICT, "substitute.overlap", "is on duty at that time." },
        { "who was up all night", w->person[3], ERR_CONFLICT, "substitute.rest", "would have too little rest after a night." },
        { "who has a long day", w->person[4], ERR_CONFLICT, "substitute.hours", "would stand too many hours on that day." },
        { "nobody", 999999, ERR_NOT_FOUND, "person.missing", NULL },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        err *e = ask(w, -10, w->person[0], s.duty, cases[i].person, 0, NULL);
        check_err(e, cases[i].code, cases[i].key);
        assert_true(!cases[i].said || str_ends(words_err(check_arena(), WORDS_EN, e), str_of(cases[i].said)));
        assert_true(words_hint(check_arena(), WORDS_ZH, e).len > 0);
    }
    CASE("a duty that is given up, or over");
    check_err(ask(w, 40, w->person[0], s.duty, w->person[1], 0, NULL), ERR_CONFLICT, "duty.past");
    must(w, -9, "duty.excuse", NULL, NAMED({ "duty", V_INT(s.duty) }));
    check_err(ask(w, -8, w->person[0], s.duty, w->person[1], 0, NULL), ERR_CONFLICT, "swap.not_live");
    CASE("no such request");
    check_err(run_at(w, -8, "swap.accept", 0, NAMED({ "swap", V_INT(999999) }), NULL), ERR_NOT_FOUND, "swap.missing");
}

static void what_has_changed_since_counts(const char *url)
{
    world w = world_open(url, NULL);
    int64_t morning = need_of(&w, EAST, w.gate, DAY, 0, 1), swap = 0;
    publish(&w, -24, 1, (const int64_t[][2]){ { morning, w.person[0] } });
    int64_t duty = duty_of(&w, morning, w.person[0]);
    check_ok(ask(&w, -20, w.person[0], duty, w.person[1], 0, &swap));
    must(&w, -19, "care_rule.set", NULL, NAMED({ "person", V_INT(w.person[1]) }, { "rule", T("no_outdoor") }, { "value", V_INT(1) }));
    check_err(answer(&w, "swap.accept", w.person[1], swap, NULL), ERR_CONFLICT, "substitute.care");
    assert_int_equal(duty_of(&w, morning, w.person[0]), duty);
    CASE("an excuse ends the question");
    must(&w, -18, "duty.excuse", NULL, NAMED({ "duty", V_INT(duty) }));
    check_err(answer(&w, "swap.accept", w.person[1], swap, NULL), ERR_CONFLICT, "swap.decided");
}

/* The view ranks and the command judges: they must say the same of everybody. */
static void check_candidates(const world *w, int64_t duty, size_t free_wanted)
{
    rows r = list(w, "substitute_candidate", NAMED({ "duty", V_INT(duty) }), 0);
    size_t free_count = 0;
    for (size_t i = 0; i < r.count; i++) {
        str reason = rows_text(&r, i, "reason");
        int64_t swap = 0;
        err *e = ask(w, -10, 0, duty, rows_int(&r, i, "person_id"), 0, &swap);
        assert_int_equal(rows_int(&r, i, "place"), i + 1);
        if (!e) {
            check_str(reason, "free");
            assert_int_equal(free_count++, i); /* none behind one who cannot */
            check_ok(answer(w, "swap.withdraw", 0, swap, NULL));
            continue;
        }
        assert_string_equal(e->message, text_format(check_arena(), "substitute.%.*s", STR_ARG(reason)).at);
    }
    assert_int_equal(free_count, free_wanted);
}

static void candidates_are_ranked_with_reasons(const char *url)
{
    reasons s = open_reasons(url);
    world *w = &s.w;
    CASE("all have their reasons");
    check_candidates(w, s.duty, 0);
    CASE("with longer days allowed");
    must(w, -10, "setting.set", NULL, NAMED({ "scope", V_TEXT(text_format(check_arena(), "operation:%lld", LL(w->operation))) }, { "name", T("roster.day_hours") }, { "value", T("15") }));
    check_candidates(w, s.duty, 1);
    CASE("with the usual ones again, for this team");
    must(w, -10, "setting.set", NULL, NAMED({ "scope", V_TEXT(text_format(check_arena(), "team:%lld", LL(w->team[EAST]))) },
                                            { "name", T("roster.day_hours") }, { "value", T("8") }));
    check_candidates(w, s.duty, 0);
    CASE("with less rest");
    must(w, -10, "setting.set", NULL, NAMED({ "scope", V_TEXT(text_format(check_arena(), "operation:%lld", LL(w->operation))) }, { "name", T("roster.rest_hours") }, { "value", T("5") }));
    check_candidates(w, s.duty, 1);
    CASE("the last medic is not let go for one who is none");
    w->yard = must(w, -10, "post.import", "ids",
                   ROWS("[{\"team\":%lld,\"name\":\"Desk\",\"kind\":\"desk\",\"skills\":[\"medic\"]}]", LL(w->team[EAST])));
    must(w, -10, "person.import", NULL, ROWS("[{\"name\":\"P0\",\"phone\":\"13800000000\",\"skills\":[\"medic\"]},"
                                             "{\"name\":\"P4\",\"phone\":\"13800000004\",\"skills\":[\"medic\"]}]"));
    int64_t desk = need_of(w, EAST, w->yard, DAY, 6, 2), id;
    id = must(w, -10, "duty.add", "id", NAMED({ "need", V_INT(desk) }, { "person", V_INT(w->person[0]) }));
    check_candidates(w, id, 1);
    CASE("nearest first, the unwilling last");
    must(w, -10, "compound.import", NULL, ROWS("[{\"community_code\":\"320303001001\",\"kind\":\"compound\",\"name\":\"Sun\"}]"));
    rows c = list(w, "compound", NULL, 0);
    int64_t post = must(w, -10, "post.import", "ids", ROWS("[{\"team\":%lld,\"name\":\"Sun gate\",\"kind\":\"gate\",\"compound\":%lld}]",
                                                           LL(w->team[EAST]), LL(rows_int(&c, 0, "id"))));
    must(w, -10, "placement.record", NULL, ROWS("[{\"person\":%lld,\"community_code\":\"320303001001\",\"compound\":%lld,\"state\":\"placed\"}]",
                                               LL(w->person[3]), LL(rows_int(&c, 0, "id"))));
    must(w, -10, "availability.import", NULL,
         ROWS("[{\"person\":%lld,\"starts_at\":%lld,\"ends_at\":%lld,\"level\":\"rather_not\"}]", LL(w->person[2]), LL(HOURS(96)), LL(HOURS(120))));
    int64_t later = need_of(w, EAST, post, DAY, 4, 1);
    id = must(w, -10, "duty.add", "id", NAMED({ "need", V_INT(later) }, { "person", V_INT(w->person[0]) }));
    rows r = list(w, "substitute_candidate", NAMED({ "duty", V_INT(id) }), 0);
    static const int order[] = { 3, 1, 4, 2 };
    assert_int_equal(r.count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(rows_int(&r, i, "person_id"), w->person[order[i]]);
    check_candidates(w, id, 4);
}

static void pair(const world *w, int a, int b, const char *kind)
{
    must(w, -20, kind ? "person_pair.set" : "person_pair.drop", NULL,
         NAMED({ "operation", V_INT(w->operation) }, { "a", V_INT(w->person[a]) }, { "b", V_INT(w->person[b]) },
               { kind ? "kind" : NULL, kind ? T(kind) : V_NULL }));
}

/* Command and view say the same; why is that of person 1 or, of nobody, null. */
static void check_one(const world *w, int64_t duty, const char *why)
{
    err *e = ask(w, -10, 0, duty, w->person[1], 0, NULL);
    if (why) {
        check_err(e, ERR_CONFLICT, why);
        rows r = list(w, "substitute_candidate", NAMED({ "duty", V_INT(duty) }), 0);
        for (size_t i = 0; i < r.count; i++)
            if (rows_int(&r, i, "person_id") == w->person[1])
                assert_string_equal(text_format(check_arena(), "substitute.%.*s", STR_ARG(rows_text(&r, i, "reason"))).at, why);
        return;
    }
    check_ok(e);
    rows open = list(w, "swap", NAMED({ "state", T("asked") }), 0);
    check_ok(answer(w, "swap.withdraw", 0, rows_int(&open, 0, "id"), NULL));
}

static void nights_of_a_week_and_pairs_count(const char *url)
{
    world w = world_open(url, NULL);
    int64_t nights[8], pairs[6][2];
    static const int own[] = { 0, 2, 6 };
    for (int i = 0; i < 8; i++)
        nights[i] = need_of(&w, EAST, w.gate, NIGHT, i, 2);
    int64_t gate = need_of(&w, EAST, w.gate, DAY, 4, 2), yard = need_of(&w, EAST, w.yard, DAY, 4, 2);
    for (size_t i = 0; i < COUNT(own); i++)
        memcpy(pairs[i], (int64_t[]){ nights[own[i]], w.person[1] }, sizeof pairs[i]);
    memcpy(pairs[3], (int64_t[]){ nights[4], w.person[0] }, sizeof pairs[3]);
    memcpy(pairs[4], (int64_t[]){ gate, w.person[0] }, sizeof pairs[4]);
    memcpy(pairs[5], (int64_t[]){ yard, w.person[2] }, sizeof pairs[5]);
    publish(&w, -24, 6, (const int64_t(*)[2])pairs);
    int64_t night = duty_of(&w, nights[4], w.person[0]), day = duty_of(&w, gate, w.person[0]);
    CASE("a fourth night within seven days");
    check_one(&w, night, "substitute.nights");
    CASE("the person's own word allows more, a care rule fewer again");
    const named *agreed = NAMED({ "person", V_INT(w.person[1]) }, { "rule", T("nights_agreed") }, { "value", T("4") });
    check_ok(run_at(&w, -20, "care_rule.set", w.person[1], agreed, NULL));
    check_one(&w, night, NULL);
    must(&w, -20, "care_rule.set", NULL, NAMED({ "person", V_INT(w.person[1]) }, { "rule", T("nights") }, { "value", T("2") }));
    check_one(&w, night, "substitute.nights");
    for (int i = 0; i < 2; i++)
        must(&w, -20, "care_rule.drop", NULL, NAMED({ "person", V_INT(w.person[1]) }, { "rule", T(i ? "nights" : "nights_agreed") }));
    check_one(&w, night, "substitute.nights");
    CASE("with more allowed");
    must(&w, -20, "setting.set", NULL, NAMED({ "scope", V_TEXT(text_format(check_arena(), "team:%lld", LL(w.team[EAST]))) },
                                             { "name", T("roster.nights") }, { "value", T("4") }));
    check_one(&w, night, NULL);
    check_candidates(&w, night, 3); /* who stood by day has had enough hours */
    CASE("kept apart from one who is on duty at that time");
    pair(&w, 1, 2, "apart");
    check_one(&w, day, "substitute.pair");
    check_one(&w, night, NULL);
    pair(&w, 1, 2, NULL);
    CASE("apart from the one whose place is taken: he is gone then");
    pair(&w, 1, 0, "not_both");
    check_one(&w, day, NULL);
    pair(&w, 1, 0, NULL);
    CASE("together with one who has the same shift, and one who has none");
    pair(&w, 1, 2, "together");
    check_one(&w, day, NULL);
    check_one(&w, night, "substitute.pair");
    check_candidates(&w, night, 2);
}
ON_BOTH(nights_of_a_week_and_pairs_count)

static void signing_up_keeps_every_rule(const char *url)
{
    reasons s = open_reasons(url);
    world *w = &s.w;
    named add[] = { { "need", V_INT(s.wanted) }, { "person", V_INT(w->person[0]) }, { "source", { 0 } }, { 0 } };
    CASE("there already");
    check_err(run_at(w, -5, "duty.add", w->person[0], add, NULL), ERR_CONFLICT, "duty.once");
    CASE("no seat left");
    add[1].value = V_INT(w->person[1]);
    err *e = run_at(w, -5, "duty.add", w->person[1], add, NULL);
    check_err(e, ERR_CONFLICT, "duty.full");
    check_str(words_err(check_arena(), WORDS_EN, e), "All seats at Gate are taken.");
    CASE("whoever cannot, cannot sign up");
    add[0].value = V_INT(need_of(w, EAST, w->bridge, NOON, 1, 2));
    check_err(run_at(w, -5, "duty.add", w->person[1], add, NULL), ERR_CONFLICT, "substitute.cannot");
    CASE("for oneself it is a yes");
    add[1].value = V_INT(w->person[0]);
    check_ok(run_at(w, -5, "duty.add", w->person[0], add, NULL));
    rows r = list(w, "duty_my", NULL, w->person[0]);
    check_str(rows_text(&r, r.count - 1, "state"), "confirmed");
    CASE("for another it is not");
    add[1].value = V_INT(w->person[2]);
    check_err(run_at(w, -5, "duty.add", w->person[0], add, NULL), ERR_RIGHTS, NULL);
    CASE("over, unknown, or disguised as a roster's");
    check_err(run_at(w, 60, "duty.add", 0, add, NULL), ERR_CONFLICT, "duty.past");
    add[2].value = T("roster");
    check_err(run_at(w, -5, "duty.add", 0, add, NULL), ERR_INPUT, "duty.source");
    add[2].value = V_NULL;
    add[0].value = V_INT(999999);
    check_err(run_at(w, -5, "duty.add", 0, add, NULL), ERR_NOT_FOUND, "duty.need_missing");
}

/* -- sixteen reach for one seat -------------------------------------------------------------------------- */
enum { RACERS = 16, ROUNDS = 1000 };
typedef struct racer {
    app *p;
    int64_t need, person;
    bool won, full;
} racer;

static void *race(void *of)
{
    racer *r = of;
    arena *a = arena_open(NULL, 4 << 20);
    call c = { .command = "duty.add", .args = NAMED({ "need", V_INT(r->need) }, { "person", V_INT(r->person) }),
               .now = HOURS(-20), .lang = WORDS_EN, .source = STR("race") };
    str result;
    err *e = app_command(r->p, a, &c, &result);
    r->won = !e;
    r->full = e && str_is(str_of(e->message), "duty.full");
    arena_close(a);
    return NULL;
}

static void app_gone(void *p)
{
    app_close(p);
}

static void of_sixteen_one_gets_the_seat(const char *url)
{
    app *p = NULL;
    arena *a = check_arena();
    check_ok(app_open(a, &(app_options){ .url = url, .mode = "demo" }, &p));
    arena_defer(a, app_gone, p);
    world w = world_open(url, p);
    racer racers[RACERS];
    int64_t people[RACERS];
    text t = text_begin(a);
    for (int i = 0; i < RACERS; i++)
        text_printf(&t, "%s{\"name\":\"R%d\",\"phone\":\"1390000%04d\"}", i ? "," : "[", i, i);
    text_put_z(&t, "]");
    str result;
    check_ok(run_at(&w, -30, "person.import", 0, NAMED({ "rows", V_TEXT(text_done(&t)) }), &result));
    for (size_t i = 0; i < RACERS; i++) {
        people[i] = field(result, "ids", i);
        must(&w, -30, "placement.record", NULL,
             ROWS("[{\"person\":%lld,\"community_code\":\"320303001001\",\"state\":\"placed\"}]", LL(people[i])));
    }
    must(&w, -30, "team.form", NULL, NAMED({ "operation", V_INT(w.operation) }));
    for (int round = 0; round < ROUNDS; round++) {
        pthread_t threads[RACERS];
        int won = 0, full = 0;
        int64_t need = need_of(&w, EAST, w.gate, DAY, round, 1);
        for (size_t i = 0; i < RACERS; i++) {
            racers[i] = (racer){ p, need, people[i], false, false };
            assert_int_equal(pthread_create(&threads[i], NULL, race, &racers[i]), 0);
        }
        for (size_t i = 0; i < RACERS; i++) {
            pthread_join(threads[i], NULL);
            won += racers[i].won;
            full += racers[i].full;
        }
        assert_int_equal(won, 1);
        assert_int_equal(full, RACERS - 1); /* and all others are told why */
    }
    assert_int_equal(list(&w, "roster_duty", NULL, 0).count, ROUNDS);
}

ON_BOTH(somebody_stands_in)
ON_BOTH(two_trade)
ON_BOTH(whoever_cannot_is_refused_in_words)
ON_BOTH(what_has_changed_since_counts)
ON_BOTH(candidates_are_ranked_with_reasons)
ON_BOTH(signing_up_keeps_every_rule)
ON_BOTH(of_sixteen_one_gets_the_seat)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(somebody_stands_in),
        BOTH(two_trade),
        BOTH(whoever_cannot_is_refused_in_words),
        BOTH(what_has_changed_since_counts),
        BOTH(candidates_are_ranked_with_reasons), BOTH(nights_of_a_week_and_pairs_count),
        BOTH(signing_up_keeps_every_rule),
        BOTH(of_sixteen_one_gets_the_seat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

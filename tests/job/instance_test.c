#include "check.h"
#include "roster/judged.h"
#include "roster/problems.h"
#include "job/instance.h"

enum { ARENA_BYTES = 256 << 20 };

static void written_then_read_is_the_same(void **state)
{
    (void)state;
    for (int i = 0; i < 20; i++) {
        arena *a = arena_open(NULL, ARENA_BYTES);
        const roster_problem *p = problem_random(a, (uint64_t)i, 1 + i % 8, 1 + i % 12, 1 + i % 7);
        roster_problem *again = NULL;
        str once = instance_write(a, p);
        assert_null(instance_read(a, once, &again));
        assert_true(str_equal(once, instance_write(a, again)));
        arena_close(a);
    }
}

#define SOFT(soft, runs) \
    "{\"days\":2,\"one_a_day\":true,\"kinds\":[{\"start\":480,\"end\":720}],\"needs\":[{\"day\":0,\"kind\":0}]," \
    "\"people\":[{},{\"soft\":" soft "}],\"kind_runs\":" runs "}"
#define RUN "{\"min\":2,\"max\":3,\"weight\":5}"

static void soft_rules_are_written_and_read(void **state)
{
    (void)state;
    arena *a = arena_open(NULL, ARENA_BYTES);
    roster_problem *p = NULL, *again = NULL;
    str text = STR(SOFT("{\"work\":" RUN ",\"free\":{\"min\":1,\"weight\":7},\"whole_weight\":4,\"duties_cost\":[9,0,-8],"
                        "\"groups_cost\":[0,1,2],\"last_kind\":0,\"last_kind_run\":2,\"last_work_run\":3}", "[" RUN "]"));
    assert_null(instance_read(a, text, &p));
    const roster_soft *s = p->people[1].soft;
    assert_null(p->people[0].soft);
    assert_int_equal(s->work.max, 3);
    assert_int_equal(s->free.weight, 7);
    assert_int_equal(s->whole_weight, 4);
    assert_int_equal(s->duties_cost[2], -8);
    assert_int_equal(s->groups_cost[2], 2);
    assert_int_equal(s->last_work_run, 3);
    assert_int_equal(p->kind_runs[0].weight, 5);
    str once = instance_write(a, p);
    assert_null(instance_read(a, once, &again));
    assert_true(str_equal(once, instance_write(a, again)));
    assert_null(instance_read(a, STR(SOFT("{}", "[" RUN "]")), &p));
    assert_int_equal(p->people[1].soft->last_kind, -1);
    arena_close(a);
}

static void bad_soft_rules_name_their_place(void **state)
{
    (void)state;
    static const struct { const char *text, *message, *key; } cases[] = {
        { SOFT("[]", "[" RUN "]"), "roster.json_bad", "soft" },
        { SOFT("{\"wrok\":" RUN "}", "[" RUN "]"), "roster.json_key", "wrok" },
        { SOFT("{\"work\":3}", "[" RUN "]"), "roster.json_bad", "work" },
        { SOFT("{\"work\":{\"least\":2}}", "[" RUN "]"), "roster.json_key", "least" },
        { SOFT("{\"free\":{\"min\":3,\"max\":2}}", "[" RUN "]"), "roster.run_bounds", "free" },
        { SOFT("{\"duties_cost\":[1,2]}", "[" RUN "]"), "roster.json_bad", "duties_cost" },
        { SOFT("{\"groups_cost\":[0,0,1000001]}", "[" RUN "]"), "roster.json_bad", "groups_cost" },
        { SOFT("{\"whole_weight\":-1}", "[" RUN "]"), "roster.problem_bad", "whole_weight" },
        { SOFT("{\"last_kind\":1}", "[" RUN "]"), "roster.problem_bad", "last_kind" },
        { SOFT("{}", "[]"), "roster.json_bad", "kind_runs" },
        { SOFT("{}", "{}"), "roster.json_bad", "kind_runs" },
        { SOFT("{}", "[{\"min\":1,\"weight\":-1}]"), "roster.run_bounds", "kind_runs" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].text);
        arena *a = arena_open(NULL, ARENA_BYTES);
        roster_problem *p = NULL;
        err *e = instance_read(a, str_of(cases[i].text), &p);
        assert_non_null(e);
        assert_string_equal(e->message, cases[i].message);
        assert_true(str_is(e->values[0].value, cases[i].key));
        arena_close(a);
    }
}

static void bad_json_is_refused_in_words(void **state)
{
    (void)state;
    static const struct { const char *text, *message; } cases[] = {
        { "", "roster.json_broken" },
        { "{", "roster.json_broken" },
        { "[]", "roster.json_bad" },
        { "{}", "roster.json_bad" },
        { "{\"days\":1,\"day\":2}", "roster.json_key" },
        { "{\"days\":\"1\"}", "roster.json_bad" },
        { "{\"days\":null}", "roster.json_bad" },
        { "{\"days\":0}", "roster.json_bad" },
        { "{\"days\":401}", "roster.json_bad" },
        { "{\"days\":10000000000000000000000}", "roster.json_broken" },
        { "{\"days\":1,\"kinds\":[{\"start\":0,\"end\":60}],\"needs\":[{\"day\":0,\"kind\":0,\"under_cost\":2000000}]}",
          "roster.json_bad" },
        { "{\"days\":1,\"kinds\":[{\"start\":0,\"end\":60}],\"needs\":[{\"day\":0,\"kind\":0,\"min\":2,\"target\":1}]}",
          "roster.need_bounds" },
        { "{\"days\":1,\"days\":1}", "roster.json_broken" },
        { "{\"days\":1,\"needs\":{}}", "roster.json_bad" },
        { "{\"days\":1,\"needs\":[{\"day\":0,\"kind\":0}]}", "roster.problem_bad" },
        { "{\"days\":1,\"kinds\":[{\"start\":480,\"end\":400}]}", "roster.problem_bad" },
        { "{\"days\":1,\"people\":[{\"minutes_max_dya\":1}]}", "roster.json_key" },
        { "{\"days\":1,\"people\":[{\"blocked\":[[0,1]]}]}", "roster.json_bad" },
        { "{\"days\":1,\"pairs\":[{\"a\":0,\"b\":1,\"kind\":3}]}", "roster.json_bad" },
        { "{\"days\":1,\"locks\":[{\"person\":0,\"need\":0}]}", "roster.problem_bad" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].text);
        arena *a = arena_open(NULL, ARENA_BYTES);
        roster_problem *p = NULL;
        err *e = instance_read(a, str_of(cases[i].text), &p);
        assert_non_null(e);
        assert_string_equal(e->message, cases[i].message);
        arena_close(a);
    }
}

#define HEAD "SECTION_HORIZON\n4\nSECTION_SHIFTS\nE,480,\nL,480,E\nSECTION_STAFF\n"
#define PAIR HEAD "A,E=4|L=4,1440,960,3,2,1,1\nB,E=4|L=0,1440,960,3,2,1,1\n"

static void the_public_form_is_read_and_solved(void **state)
{
    (void)state;
    arena *a = arena_open(NULL, ARENA_BYTES);
    shift24 *i = NULL;
    str content = STR("# made for this test\n" PAIR "SECTION_DAYS_OFF\nA,0\nSECTION_SHIFT_ON_REQUESTS\nA,3,L,2\n"
                      "SECTION_SHIFT_OFF_REQUESTS\nB,0,E,3\nSECTION_COVER\n0,E,1,100,1\n3,L,1,100,1\n");
    assert_true(shift24_is(content));
    assert_null(shift24_read(a, content, &i));
    roster_solver *s = roster_solve_begin(a, &i->problem, 1);
    roster_solve_step(s, 200);
    const roster_solution *best = roster_solve_best(s);
    assert_judged(a, &i->problem, best->duties, best->duty_count, &best->cost);
    assert_int_equal(best->cost.at[0], 0);
    str lines = shift24_solution(a, i, best);
    str first;
    assert_true(str_split(&lines, '\n', &first));
    assert_int_equal(first.at[0], '-');
    assert_int_equal(first.at[6], 'L');
    arena_close(a);
}

static void a_bad_public_form_names_its_line(void **state)
{
    (void)state;
    static const struct { const char *what, *text, *line; } cases[] = {
        { "a section nobody knows", "SECTION_HORIZON\n4\nSECTION_X\n", "3" },
        { "no days", "SECTION_HORIZON\n0\n", "2" },
        { "shift before horizon", "SECTION_SHIFTS\nE,480,\n", "2" },
        { "shift of no length", "SECTION_HORIZON\n4\nSECTION_SHIFTS\nE,0,\n", "4" },
        { "shift twice", "SECTION_HORIZON\n4\nSECTION_SHIFTS\nE,480,\nE,480,\n", "5" },
        { "a cap for no shift", HEAD "A,X=4,1440,960,3,2,1,1\n", "7" },
        { "fields missing", HEAD "A,E=4,1440\n", "7" },
        { "nobody's day off", PAIR "SECTION_DAYS_OFF\nC,0\n", "10" },
        { "a day off outside", PAIR "SECTION_DAYS_OFF\nA,4\n", "10" },
        { "cover twice", PAIR "SECTION_COVER\n0,E,1,100,1\n0,E,1,100,1\n", "11" },
        { "a horizon of ten thousand", "SECTION_HORIZON\n10000\n", "2" },
        { "an unknown shift may not follow", "SECTION_HORIZON\n4\nSECTION_SHIFTS\nE,480,X\nSECTION_STAFF\n"
          "A,E=4,1440,960,3,2,1,1\nSECTION_COVER\n0,E,1,100,1\n", "4" },
        { "hours that cannot be", HEAD "A,E=4,960,1440,3,2,1,1\n", "7" },
        { "days in a row that cannot be", HEAD "A,E=4,1440,960,2,3,1,1\n", "7" },
        { "a person twice", PAIR "A,E=4,1440,960,3,2,1,1\n", "9" },
        { "cut short in a record", HEAD "A,E=4|L=4,1440,960,3\n", "7" },
        { "cut short before the staff", "SECTION_HORIZON\n4\nSECTION_SHIFTS\nE,480,\n", "4" },
        { "cut short before the cover", PAIR "SECTION_DAYS_OFF\nA,0\n", "10" },
        { "a weight past all bounds", PAIR "SECTION_COVER\n0,E,1,99999999999999999999,1\n", "10" },
        { "a weight below zero", PAIR "SECTION_COVER\n0,E,1,-100,1\n", "10" },
        { "no text", PAIR "SECTION_COVER\n0,\xff\xfe,1,100,1\n", "10" },
        { "a weight in words", PAIR "SECTION_COVER\n0,E,1,many,1\n", "10" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        arena *a = arena_open(NULL, ARENA_BYTES);
        shift24 *out = NULL;
        err *e = shift24_read(a, str_of(cases[i].text), &out);
        assert_non_null(e);
        assert_string_equal(e->message, "roster.text_bad");
        assert_true(str_is(e->values[0].value, cases[i].line));
        arena_close(a);
    }
}

static void a_hundred_thousand_people_are_refused_early(void **state)
{
    (void)state;
    arena *a = arena_open(NULL, ARENA_BYTES);
    text t = text_begin(a);
    text_put_z(&t, HEAD);
    for (int i = 0; i < 100000; i++)
        text_printf(&t, "P%d,E=4,1440,960,3,2,1,1\n", i);
    text_put_z(&t, "SECTION_COVER\n0,E,1,100,1\n");
    shift24 *out = NULL;
    err *e = shift24_read(a, text_done(&t), &out);
    assert_non_null(e);
    assert_true(str_is(e->values[0].value, "1007"));
    arena_close(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(written_then_read_is_the_same),
        cmocka_unit_test(soft_rules_are_written_and_read),
        cmocka_unit_test(bad_soft_rules_name_their_place),
        cmocka_unit_test(bad_json_is_refused_in_words),
        cmocka_unit_test(the_public_form_is_read_and_solved),
        cmocka_unit_test(a_bad_public_form_names_its_line),
        cmocka_unit_test(a_hundred_thousand_people_are_refused_early),
    };
    return cmocka_run_group_tests_name("instance", tests, NULL, NULL);
}

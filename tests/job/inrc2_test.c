#include "check.h"

#include "base/file.h"
#include "base/text.h"
#include "inrc2_cases.h"
#include "job/inrc2.h"

#include <stdlib.h>
#include <string.h>

static inrc2_files files_of(const char *scenario, const char *history, const char *week)
{
    return (inrc2_files){ { STR("scenario"), str_of(scenario) }, { STR("history"), str_of(history) },
                          { STR("week"), str_of(week) } };
}

static inrc2 *small(const char *history)
{
    const inrc2_files files = files_of(INRC2_SCENARIO, history, INRC2_WEEK);
    inrc2 *i = NULL;
    check_ok(inrc2_read(check_arena(), &files, &i));
    return i;
}

static roster_cost judged(const inrc2 *i, const char *rows, roster_violations *v)
{
    roster_duty *duties;
    size_t count;
    str lines = str_of(rows), line;
    size_t assigned = 0;
    while (str_split(&lines, '\n', &line))
        assigned += line.len > 0;
    str solution = text_format(check_arena(), "SOLUTION\n%d small\n\nASSIGNMENTS = %zu\n%s", i->week, assigned, rows);
    check_ok(inrc2_solution_read(check_arena(), i, (scan_file){ STR("solution"), solution }, &duties, &count));
    assert_int_equal(count, assigned);
    return roster_check(check_arena(), &i->problem, duties, count, v);
}

static void a_week_becomes_a_problem(void)
{
    const inrc2 *i = small(INRC2_HISTORY);
    const roster_problem *p = &i->problem;
    assert_int_equal(p->person_count, 3);
    assert_int_equal(p->need_count, 7 * 2 * 2);
    assert_true(p->one_a_day && p->next_forbidden[1 * 2 + 0] && !p->next_forbidden[0 * 2 + 1]);
    const roster_need *n = &p->needs[1 * 4 + 0 * 2 + 1]; /* Tuesday, day shift, nurse */
    assert_int_equal(n->day * 100 + n->kind * 10 + n->post, 101);
    assert_int_equal(n->min * 10 + n->target, 12);
    assert_int_equal(n->under_cost, 30);
    assert_int_equal(n->over_cost, 0);
    assert_int_equal(p->people[0].skills, 3);
    assert_int_equal(p->people[1].wishes[3 * 4 + 3], -10); /* any shift of Thursday */
    assert_int_equal(p->people[2].wishes[5 * 4 + 2], 0);
    assert_int_equal(p->people[2].wishes[5 * 4 + 1], -10);
    const roster_soft *soft = p->people[0].soft;
    assert_int_equal(soft->last_kind, 1);
    assert_int_equal(soft->last_kind_run * 10 + soft->last_work_run, 14);
    assert_int_equal(soft->whole_weight, 30);
    assert_int_equal(p->people[2].soft->whole_weight, 0);
    assert_null(soft->duties_cost); /* not the last week */
}

/* Counted by hand from the rules of the competition. */
static void a_week_costs_what_the_rules_say(void)
{
    static const struct { const char *what, *history, *rows; int minimum, want; } cases[] = {
        /* 11 places. An: one night of 2, 4 days off too many. Bo: off for 1 + 7 of 3. */
        { "nobody, not the last week", INRC2_HISTORY, "", 8, 11 * 30 + 15 + 4 * 30 + 5 * 30 },
        /* An: 5 duties of 6, 4 days off too many. Bo: 4 of 6, off for 2 + 7 of 3, 6 too many. Cy: off for 1 + 7 of 7. */
        { "nobody, the last week", INRC2_HISTORY_LAST, "", 8, 11 * 30 + 20 + 4 * 30 + 40 + 6 * 30 + 30 },
        /* Of 11 places 9. An: one night, then off 2, works 2 of 2, off 3. Bo: off 1 ended at once, off Wed Thu, 3 days.
         * Cy: day 2 + 1 and work 2 + 1 are well; off 1 (Tue), nights Wed Thu, off 3. */
        { "a fair week", INRC2_HISTORY,
          "An Wed Day Nurse\nAn Thu Day Nurse\nBo Mon Day Nurse\nBo Tue Day Nurse\nBo Fri Day Nurse\n"
          "Bo Sat Day Nurse\nBo Sun Day Nurse\nCy Mon Day Nurse\nCy Wed Night Nurse\nCy Thu Night Nurse\n",
          0, 2 * 30 + 15 + 30 + 30 },
        { "against two wishes", INRC2_HISTORY_LAST, "Bo Thu Day Nurse\nCy Sat Day Nurse\n", 6,
          9 * 30 + 20 + 10 + /* An */ 4 * 30 + /* Bo: one day of 2, one day shift of 2, off 2 + 3 of 3; 5 of 6 */
          30 + 15 + 2 * 30 + 20 + /* Cy: one day of 2, one day shift of 2, 7 of 6 */ 30 + 15 + 20 + 10 },
    };
    for (size_t k = 0; k < COUNT(cases); k++) {
        CASE(cases[k].what);
        roster_violations v;
        roster_cost c = judged(small(cases[k].history), cases[k].rows, &v);
        assert_int_equal(v.count, 0);
        assert_int_equal(c.at[1], cases[k].minimum);
        assert_int_equal(c.at[4], 0);
        assert_int_equal(c.at[5], cases[k].want);
    }
}

static void what_is_never_allowed_is_named(void)
{
    static const struct { const char *what, *rows; roster_reason rule; } cases[] = {
        { "two on one day", "An Wed Day Nurse\nAn Wed Night Nurse\n", ROSTER_BUSY },
        { "day after night", "An Wed Night Nurse\nAn Thu Day Nurse\n", ROSTER_REST },
        { "day after the night before", "An Mon Day Nurse\n", ROSTER_REST },
        { "without the skill", "Bo Mon Day Head\n", ROSTER_SKILL },
    };
    for (size_t k = 0; k < COUNT(cases); k++) {
        CASE(cases[k].what);
        roster_violations v;
        judged(small(INRC2_HISTORY), cases[k].rows, &v);
        assert_int_equal(v.broken, 1);
        assert_int_equal(v.at[0].rule, cases[k].rule);
    }
}

static void a_solution_is_written_and_the_next_history(void)
{
    const inrc2 *i = small(INRC2_HISTORY);
    static const roster_duty duties[] = { { 0, 24 + 3, false }, { 1, 1, false }, { 2, 1, false }, { 2, 20 + 1, false },
                                          { 2, 24 + 1, false } };
    str solution = inrc2_solution_write(check_arena(), i, duties, COUNT(duties));
    check_str(solution, "SOLUTION\n0 small\n\nASSIGNMENTS = 5\nAn Sun Night Nurse\nBo Mon Day Nurse\nCy Mon Day Nurse\n"
                        "Cy Sat Day Nurse\nCy Sun Day Nurse\n");
    roster_duty *again;
    size_t count;
    check_ok(inrc2_solution_read(check_arena(), i, (scan_file){ STR("s"), solution }, &again, &count));
    check_str(inrc2_solution_write(check_arena(), i, again, count), str_z(check_arena(), solution));
    check_str(inrc2_history_write(check_arena(), i, duties, COUNT(duties)),
              "HISTORY\n1 small\n\nNURSE_HISTORY\nAn 1 1 Night 1 1 0\nBo 1 0 None 0 0 6\nCy 3 1 Day 2 2 0\n");
    check_str(inrc2_history_write(check_arena(), i, NULL, 0),
              "HISTORY\n1 small\n\nNURSE_HISTORY\nAn 0 0 None 0 0 7\nBo 0 0 None 0 0 8\nCy 0 0 None 0 0 7\n");
    roster_duty days[7];
    for (int d = 0; d < 7; d++)
        days[d] = (roster_duty){ 2, d * 4 + 1, false };
    check_str(inrc2_history_write(check_arena(), i, days, 7),
              "HISTORY\n1 small\n\nNURSE_HISTORY\nAn 0 0 None 0 0 7\nBo 0 0 None 0 0 8\nCy 7 1 Day 9 9 0\n");
}

/* The text with its first `old` replaced. */
static const char *changed(const char *text, const char *old, const char *new)
{
    const char *at = strstr(text, old);
    assert_non_null(at);
    return text_format(check_arena(), "%.*s%s%s", (int)(at - text), text, new, at + strlen(old)).at;
}

typedef struct bad_case {
    const char *what, *old, *new, *line, *key;
} bad_case;

static void refuse(const bad_case *c, size_t count, int which)
{
    static const char *const good[] = { INRC2_SCENARIO, INRC2_HISTORY, INRC2_WEEK };
    static const char *const names[] = { "scenario", "history", "week" };
    for (size_t k = 0; k < count; k++) {
        CASE(c[k].what);
        const char *texts[] = { good[0], good[1], good[2] };
        texts[which] = changed(good[which], c[k].old, c[k].new);
        const inrc2_files files = files_of(texts[0], texts[1], texts[2]);
        inrc2 *i = NULL;
        err *e = inrc2_read(check_arena(), &files, &i);
        check_err(e, ERR_INPUT, text_format(check_arena(), "roster.line.%s", c[k].key).at);
        check_str(e->values[0].value, names[which]);
        check_str(e->values[1].value, c[k].line);
    }
}

static void a_bad_scenario_names_its_line(void)
{
    static const bad_case cases[] = {
        { "another file", "SCENARIO", "SOLUTION", "1", "head" },
        { "no weeks", "WEEKS = 2", "WEEKS = 0", "3", "number" },
        { "ten thousand weeks", "WEEKS = 2", "WEEKS = 10000", "3", "number" },
        { "weeks in words", "WEEKS = 2", "WEEKS = two", "3", "number" },
        { "a skill twice", "Nurse\n\nSHIFT", "Head\n\nSHIFT", "7", "twice" },
        { "more skills than said", "SKILLS = 2", "SKILLS = 1", "7", "head" },
        { "a shift without numbers", "Day (2,5)", "Day", "10", "words" },
        { "ends of a shift crossed", "Day (2,5)", "Day (5,2)", "10", "bounds" },
        { "never on a shift", "Day (2,5)", "Day (0,0)", "10", "number" },
        { "a pair half written", "Day (2,5)", "Day (2,", "10", "pair" },
        { "a number past all bounds", "Day (2,5)", "Day (2,99999999999999999999)", "10", "number" },
        { "an unknown shift follows", "Night 1 Day", "Night 1 Dai", "15", "unknown" },
        { "fewer follow than said", "Night 1 Day", "Night 2 Day", "15", "words" },
        { "no line for one shift", "Day 0\n", "", "16", "unknown" },
        { "impossible totals", "(6,10)", "(10,6)", "18", "bounds" },
        { "below zero", "(6,10)", "(-6,10)", "18", "number" },
        { "half a weekend", "1 1\nPart", "1 2\nPart", "18", "number" },
        { "an unknown contract", "Bo Full", "Bo Half", "23", "unknown" },
        { "an unknown skill", "Bo Full 1 Nurse", "Bo Full 1 Cook", "23", "unknown" },
        { "a nurse twice", "Bo Full", "An Full", "23", "twice" },
        { "a hundred thousand nurses", "NURSES = 3", "NURSES = 100000", "21", "number" },
        { "one nurse more than there are", "NURSES = 3", "NURSES = 4", "24", "short" },
        { "one nurse less", "NURSES = 3", "NURSES = 2", "24", "more" },
        { "not text", "Bo Full", "\xff\xfe Full", "23", "bytes" },
        { "cut short", "An Full 2 Head Nurse\nBo Full 1 Nurse\nCy Part 1 Nurse\n", "", "21", "short" },
    };
    refuse(cases, COUNT(cases), 0);
}

static void a_bad_history_names_its_line(void)
{
    static const bad_case cases[] = {
        { "of another scenario", "0 small", "0 large", "2", "scenario" },
        { "after the last week", "0 small", "2 small", "2", "number" },
        { "an unknown nurse", "Bo 0", "Bob 0", "6", "unknown" },
        { "a nurse twice", "Bo 0", "An 0", "6", "twice" },
        { "a nurse missing", "Cy 0 0 Day 2 2 0\n", "", "6", "short" },
        { "an unknown shift", "Night 1 4 0", "Late 1 4 0", "5", "unknown" },
        { "overflow", "Night 1 4 0", "Night 1 4000000000 0", "5", "number" },
        { "a number missing", "Night 1 4 0", "Night 1 4", "5", "words" },
        { "off after four days worked", "None 0 0 1", "None 0 4 1", "6", "history" },
        { "off after a night", "None 0 0 1", "None 1 0 1", "6", "history" },
        { "off and worked", "Day 2 2 0", "Day 2 2 1", "7", "history" },
        { "more days than worked", "Night 1 4 0", "Night 5 4 0", "5", "history" },
        { "worked, on no day", "Night 1 4 0", "Night 0 4 0", "5", "history" },
        { "one line too many", "Cy 0 0 Day 2 2 0\n", "Cy 0 0 Day 2 2 0\nDi 0 0 Day 2 2 0\n", "8", "more" },
    };
    refuse(cases, COUNT(cases), 1);
}

static void a_bad_week_names_its_line(void)
{
    static const bad_case cases[] = {
        { "of another scenario", "small", "large", "2", "scenario" },
        { "an unknown shift", "Day Head", "Late Head", "5", "unknown" },
        { "an unknown skill", "Day Head", "Day Cook", "5", "unknown" },
        { "a requirement twice", "Day Nurse", "Day Head", "6", "twice" },
        { "six days", "Day Head (0,1)", "Day Head", "5", "words" },
        { "more wanted than best", "(0,1)", "(2,1)", "5", "bounds" },
        { "a million wanted", "(0,1)", "(0,1000000)", "5", "number" },
        { "requests cut off", "SHIFT_OFF_REQUESTS = 2\nBo Any Thu\nCy Day Sat\n", "", "9", "short" },
        { "one request less", "= 2", "= 3", "12", "short" },
        { "one request more", "= 2", "= 1", "12", "more" },
        { "an unknown day", "Any Thu", "Any Thursday", "11", "unknown" },
        { "an unknown nurse", "Bo Any", "Bob Any", "11", "unknown" },
    };
    refuse(cases, COUNT(cases), 2);
}

static void a_bad_solution_names_its_line(void)
{
    static const struct { const char *what, *text, *line, *key; } cases[] = {
        { "empty", "", "0", "short" },
        { "not one", "HISTORY\n", "1", "head" },
        { "of another week", "SOLUTION\n1 small\nASSIGNMENTS = 0\n", "2", "number" },
        { "of another scenario", "SOLUTION\n0 large\nASSIGNMENTS = 0\n", "2", "scenario" },
        { "a million lines", "SOLUTION\n0 small\nASSIGNMENTS = 1000000\n", "3", "number" },
        { "cut short", "SOLUTION\n0 small\nASSIGNMENTS = 2\nAn Wed Day Nurse\n", "4", "short" },
        { "an unknown nurse", "SOLUTION\n0 small\nASSIGNMENTS = 1\nAnn Wed Day Nurse\n", "4", "unknown" },
        { "an unknown day", "SOLUTION\n0 small\nASSIGNMENTS = 1\nAn Day Day Nurse\n", "4", "unknown" },
        { "more than said", "SOLUTION\n0 small\nASSIGNMENTS = 0\nAn Wed Day Nurse\n", "4", "more" },
    };
    for (size_t k = 0; k < COUNT(cases); k++) {
        CASE(cases[k].what);
        roster_duty *duties;
        size_t count;
        err *e = inrc2_solution_read(check_arena(), small(INRC2_HISTORY), (scan_file){ STR("s"), str_of(cases[k].text) },
                                     &duties, &count);
        check_err(e, ERR_INPUT, text_format(check_arena(), "roster.line.%s", cases[k].key).at);
        check_str(e->values[1].value, cases[k].line);
    }
}

static scan_file sample(const char *name)
{
    const char *data = getenv("MUSTER_DATA");
    scan_file f = { .name = str_of(name) };
    str path = text_format(check_arena(), "%s/rosters/inrc2/n005w4/%s", data ? data : "../shared/data", name);
    if (file_read(check_arena(), path.at, 1 << 20, &f.content))
        f.content = (str){ 0 };
    return f;
}

/* The organisers' solution of four weeks, and what their validator says of it. */
static void the_official_sample_costs_what_the_validator_says(void)
{
    static const int weeks[] = { 1, 2, 3, 3 };
    inrc2_files files = { .scenario = sample("Sc-n005w4.txt"), .history = sample("H0-n005w4-0.txt") };
    int64_t total = 0;
    if (!files.scenario.content.len) {
        print_message("MUSTER_DATA holds no rosters/inrc2/n005w4\n");
        skip();
    }
    for (int w = 0; w < 4; w++) {
        inrc2 *i = NULL;
        roster_duty *duties;
        size_t count;
        roster_violations v;
        files.week = sample(text_format(check_arena(), "WD-n005w4-%d.txt", weeks[w]).at);
        const scan_file solution = sample(text_format(check_arena(), "Solution_H_0-WD_1-2-3-3/Sol-n005w4-%d-%d.txt",
                                                      weeks[w], w).at);
        check_ok(inrc2_read(check_arena(), &files, &i));
        check_ok(inrc2_solution_read(check_arena(), i, solution, &duties, &count));
        roster_cost c = roster_check(check_arena(), &i->problem, duties, count, &v);
        assert_int_equal(v.count, 0);
        assert_int_equal(c.at[1], 0);
        total += c.at[5];
        files.history.content = inrc2_history_write(check_arena(), i, duties, count);
    }
    assert_int_equal(total, 1695);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(a_week_becomes_a_problem),
        CHECK_TEST(a_week_costs_what_the_rules_say),
        CHECK_TEST(what_is_never_allowed_is_named),
        CHECK_TEST(a_solution_is_written_and_the_next_history),
        CHECK_TEST(a_bad_scenario_names_its_line),
        CHECK_TEST(a_bad_history_names_its_line),
        CHECK_TEST(a_bad_week_names_its_line),
        CHECK_TEST(a_bad_solution_names_its_line),
        CHECK_TEST(the_official_sample_costs_what_the_validator_says),
    };
    return cmocka_run_group_tests_name("inrc2", tests, NULL, NULL);
}

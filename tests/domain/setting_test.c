#include "check.h"

#include "domain/care_rule.h"
#include "domain/setting.h"

static void a_team_goes_before_its_operation(void **state)
{
    (void)state;
    static const char *const names[] = { "scope", "name", "value" };
    value cells[] = {
        V_TEXT(STR("operation:1")), V_TEXT(STR("roster.day_hours")), V_TEXT(STR("10")),
        V_TEXT(STR("team:7")), V_TEXT(STR("roster.day_hours")), V_TEXT(STR("6")),
        V_TEXT(STR("team:7")), V_TEXT(STR("roster.unanswered")), V_TEXT(STR("no")),
        V_TEXT(STR("team:7")), V_TEXT(STR("roster.nights")), V_TEXT(STR("99")),
    };
    rows r = { .names = names, .column_count = 3, .count = 4, .at = cells };
    static const struct { const char *what; setting_id id; int64_t operation, team, want; } cases[] = {
        { "the team's own", SETTING_DAY_HOURS, 1, 7, 6 },
        { "another team has the operation's", SETTING_DAY_HOURS, 1, 8, 10 },
        { "another operation has the usual one", SETTING_DAY_HOURS, 2, 8, 8 },
        { "no stands", SETTING_UNANSWERED, 1, 7, 0 },
        { "yes is usual", SETTING_UNANSWERED, 1, 8, 1 },
        { "what is out of bounds counts as not said", SETTING_NIGHTS, 1, 7, 3 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        assert_int_equal(setting_number(check_arena(), &r, cases[i].id, cases[i].operation, cases[i].team), cases[i].want);
    }
}

static void every_setting_and_rule_has_its_words(void **state)
{
    (void)state;
    for (int lang = 0; lang < WORDS_LANG_COUNT; lang++) {
        for (size_t i = 0; i < SETTING_COUNT; i++) {
            CASE(settings[i].name);
            assert_true(settings[i].kind == SETTING_MARK ||
                        words_has((words_lang)lang, text_format(check_arena(), "setting.%s", settings[i].name).at));
            assert_true(settings[i].lowest <= settings[i].usual && settings[i].usual <= settings[i].highest);
        }
        for (size_t i = 0; i < CARE_RULE_COUNT; i++) {
            CASE(care_rules[i].name);
            assert_true(words_has((words_lang)lang, text_format(check_arena(), "care_rule.%s", care_rules[i].name).at));
        }
    }
}

static void a_rule_holds_on_its_days(void **state)
{
    (void)state;
    static const struct { const char *what, *from, *to; bool want; } cases[] = {
        { "always", "", "", true },
        { "ends the day before", "2020-02-01", "2020-02-07", false },
        { "ends on the first day", "", "2020-02-08", true },
        { "begins on the last day", "2020-02-14", "", true },
        { "begins the day after", "2020-02-15", "", false },
    };
    civil_day first = civil_day_of(2020, 2, 8);
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        assert_int_equal(care_rule_holds(str_of(cases[i].from), str_of(cases[i].to), first, first + 6), cases[i].want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(a_team_goes_before_its_operation),
        CHECK_TEST(every_setting_and_rule_has_its_words),
        CHECK_TEST(a_rule_holds_on_its_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

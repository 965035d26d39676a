#include "check.h"

#include "domain/attendance.h"

enum { MINUTE = 60000, HOUR = 3600000, DAY = 24 };
/* Hours after midnight of day 0; the zone does not matter to the rules. */
#define AT(hours) ((int64_t)((hours) * HOUR) + 1000LL * DAY * HOUR)
#define DAY_OF(hours) ((civil_day)((hours) >= 0 ? 1000 + (int)(hours) / DAY : 999))
static const attendance_shift morning = { AT(8), AT(12), 1000 };
static const attendance_shift night = { AT(20), AT(26), 1000 };
static const attendance_shift after_midnight = { AT(0), AT(6), 1000 };
static const attendance_shift no_shift = { 0 };

static void a_check_in_fits_its_shift(void **state)
{
    (void)state;
    static const struct { const char *what; const attendance_shift *s; double hours; attendance_fit want; unsigned marks; } cases[] = {
        { "half an hour early", &morning, 7.5, ATTENDANCE_FITS, MARK_EARLY },
        { "on the minute", &morning, 8, ATTENDANCE_FITS, 0 },
        { "five minutes are no lateness", &morning, 8 + 5.0 / 60, ATTENDANCE_FITS, 0 },
        { "six are", &morning, 8 + 6.0 / 60, ATTENDANCE_FITS, MARK_LATE },
        { "in the small hours of the same day", &morning, 1, ATTENDANCE_FITS, MARK_EARLY },
        { "the day before", &morning, -4, ATTENDANCE_TOO_EARLY, MARK_EARLY },
        { "when it is over", &morning, 12, ATTENDANCE_OVER, MARK_LATE },
        { "the day after", &morning, 32, ATTENDANCE_OVER, MARK_LATE },
        { "late for a night, after midnight", &night, 24.5, ATTENDANCE_FITS, MARK_LATE },
        { "the night is over at two", &night, 26, ATTENDANCE_OVER, MARK_LATE },
        { "before midnight for a shift just after it", &after_midnight, -0.25, ATTENDANCE_FITS, MARK_EARLY },
        { "three hours before midnight is too early", &after_midnight, -3, ATTENDANCE_TOO_EARLY, MARK_EARLY },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        assert_int_equal(attendance_fits(cases[i].s, AT(cases[i].hours), DAY_OF(cases[i].hours)), cases[i].want);
        assert_int_equal(attendance_punctual(cases[i].s, AT(cases[i].hours)), cases[i].marks);
    }
}

static void a_claim_is_cut_to_what_a_phone_may_say(void **state)
{
    (void)state;
    const int64_t now = AT(100);
    static const struct { const char *what; double hours, want; unsigned marks; } cases[] = {
        { "now", 100, 100, 0 },
        { "two days back to the minute", 52, 52, 0 },
        { "longer ago", 51.9, 52, MARK_CLAIMED_CUT },
        { "a clock two minutes ahead", 100 + 2.0 / 60, 100 + 2.0 / 60, 0 },
        { "a clock an hour ahead", 101, 100 + 2.0 / 60, MARK_CLAIMED_CUT },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        unsigned marks = 0;
        CASE(cases[i].what);
        assert_int_equal(attendance_claim(AT(cases[i].hours), now, &marks), AT(cases[i].want));
        assert_int_equal(marks, cases[i].marks);
    }
}

static void minutes_count_from_the_day_of_the_start(void **state)
{
    (void)state;
    static const struct { const char *what; civil_day day; int minute, want; } cases[] = {
        { "before eight", 1000, 7 * 60 + 50, 470 },
        { "half past midnight of a night", 1001, 30, 1470 },
        { "before midnight of a shift at midnight", 999, 1430, 0 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        assert_int_equal(attendance_minute(1000, cases[i].day, cases[i].minute), cases[i].want);
    }
}

static void leaving_is_never_invented(void **state)
{
    (void)state;
    unsigned marks = 0;
    int64_t left = 0;
    CASE("an hour longer than planned");
    assert_int_equal(attendance_leave(&morning, AT(8), AT(13), &marks), AT(13));
    assert_int_equal(marks, 0);
    CASE("the next day: he forgot");
    assert_int_equal(attendance_leave(&morning, AT(8), AT(30), &marks), AT(12));
    assert_int_equal(marks, MARK_CLOSED_BY_RULE);
    CASE("still on his shift");
    assert_false(attendance_forgotten(&morning, AT(8), AT(11), &left));
    CASE("the shift is over");
    assert_true(attendance_forgotten(&morning, AT(8), AT(12), &left));
    assert_int_equal(left, AT(12));
    CASE("on no shift, still there perhaps");
    assert_false(attendance_forgotten(&no_shift, AT(8), AT(19), &left));
    CASE("on no shift, nobody knows how long");
    assert_true(attendance_forgotten(&no_shift, AT(8), AT(20), &left));
    assert_int_equal(left, AT(8));
    CASE("he came to the next post before this one ended");
    assert_int_equal(attendance_left_for(&morning, AT(8), AT(11)), AT(11));
    CASE("long after it ended");
    assert_int_equal(attendance_left_for(&morning, AT(8), AT(15)), AT(12));
    CASE("a claim that lies before");
    assert_int_equal(attendance_left_for(&morning, AT(8), AT(7)), AT(8));
    CASE("minutes");
    assert_int_equal(attendance_minutes(AT(8), AT(12)), 240);
    assert_int_equal(attendance_minutes(AT(8), AT(8) + MINUTE * 2 - 1), 1);
    assert_int_equal(attendance_minutes(AT(9), AT(8)), 0);
}

static void a_time_on_paper_finds_its_day(void **state)
{
    (void)state;
    static const struct { const char *what; int minute, first, end, want; } cases[] = {
        { "early for the morning", 470, 480, 720, 470 },
        { "half past one of a night", 90, 1200 - ATTENDANCE_ACROSS_MINUTES, 1560, 1530 },
        { "a little early for the night", 1190, 1200 - ATTENDANCE_ACROSS_MINUTES, 1560, 1190 },
        { "leaving at two", 120, 1205, 1560, 1560 },
        { "leaving at two as 26:00", 1560, 1205, 1560, 1560 },
        { "leaving a day shift before coming stays wrong", 400, 480, 720, 400 },
        { "three in the afternoon is not of this night", 900, 1080, 1560, 900 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        assert_int_equal(attendance_paper_minute(cases[i].minute, cases[i].first, cases[i].end), cases[i].want);
    }
}

static void marks_are_written_and_read(void **state)
{
    (void)state;
    check_str(attendance_marks_text(check_arena(), MARK_EARLY | MARK_FILLED_IN), "early filled_in");
    check_str(attendance_marks_text(check_arena(), 0), "");
    for (unsigned marks = 0; marks < 64; marks++)
        assert_int_equal(attendance_marks_read(attendance_marks_text(check_arena(), marks)), marks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(a_check_in_fits_its_shift),
        CHECK_TEST(a_claim_is_cut_to_what_a_phone_may_say),
        CHECK_TEST(minutes_count_from_the_day_of_the_start),
        CHECK_TEST(leaving_is_never_invented),
        CHECK_TEST(a_time_on_paper_finds_its_day),
        CHECK_TEST(marks_are_written_and_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

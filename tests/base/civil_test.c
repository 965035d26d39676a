#include "check.h"

#include "base/civil.h"

static civil_zone *zone(const char *name)
{
    civil_zone *z = NULL;
    check_ok(civil_zone_open(check_arena(), str_of(name), &z));
    return z;
}

static void days_and_dates_agree_both_ways(void **state)
{
    (void)state;
    int year = 1900, month = 1, day = 1;
    for (civil_day d = CIVIL_DAY_MIN; d <= CIVIL_DAY_MAX; d++) {
        int y, m, in;
        civil_parts(d, &y, &m, &in);
        assert_true(y == year && m == month && in == day);
        assert_int_equal(civil_day_of(y, m, in), d);
        if (civil_day_is(year, month, day + 1))
            day++;
        else if (month < 12)
            month++, day = 1;
        else
            year++, month = 1, day = 1;
    }
    assert_int_equal(year, 2100);
    assert_int_equal(civil_weekday(civil_day_of(2026, 1, 5)), 0);
    assert_int_equal(civil_weekday(civil_day_of(1969, 12, 28)), 6);
}

static void dates_are_read_strictly(void **state)
{
    (void)state;
    static const struct { const char *text; bool reads; } cases[] = {
        { "2026-02-28", true },  { "2024-02-29", true }, { "2026-02-29", false },
        { "1900-02-29", false }, { "2000-02-29", true }, { "2026-2-1", false },
        { "2026/02/01", false }, { "2026-13-01", false }, { "2026-00-10", false },
        { "2026-01-00", false }, { "1899-12-31", false }, { "2100-01-01", false },
        { "2026-01-01 ", false }, { "2026--1-01", false }, { "", false },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].text);
        civil_day d;
        assert_int_equal(civil_day_read(str_of(cases[i].text), &d), cases[i].reads);
        if (cases[i].reads)
            check_str(civil_day_text(check_arena(), d), cases[i].text);
    }
}

static void a_night_shift_crosses_midnight(void **state)
{
    (void)state;
    civil_zone *z = zone("Asia/Shanghai");
    civil_day d = civil_day_of(2026, 5, 1);
    int64_t from = civil_instant(z, d, 20 * 60), to = civil_instant(z, d, 26 * 60);
    assert_int_equal(from, ((int64_t)d * 24 + 12) * 3600000);
    assert_int_equal(to - from, 6 * 3600000);
    civil_day day;
    int minute;
    civil_local(z, to, &day, &minute);
    assert_int_equal(day, d + 1);
    assert_int_equal(minute, 120);
    check_str(civil_time_text(check_arena(), 26 * 60), "02:00");
    check_str(civil_time_text(check_arena(), 1440), "24:00");
    check_str(civil_time_text(check_arena(), 0), "00:00");
    check_str(civil_time_text(check_arena(), 8 * 60 + 5), "08:05");
}

static void short_and_long_days_of_summer_time(void **state)
{
    (void)state;
    civil_zone *z = zone("Europe/Berlin");
    static const struct { const char *what; int month, day, from, to, hours; } cases[] = {
        { "an ordinary day", 3, 28, 0, 1440, 24 },
        { "the day of 23 hours", 3, 29, 0, 1440, 23 },
        { "the day of 25 hours", 10, 25, 0, 1440, 25 },
        { "a night into the short day", 3, 28, 20 * 60, 30 * 60, 9 },
        { "a night into the long day", 10, 24, 20 * 60, 30 * 60, 11 },
        { "02:30 is missing: an hour on, 03:30", 3, 29, 60, 150, 1 },
        { "02:30 comes twice: the first", 10, 25, 60, 150, 1 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        civil_day d = civil_day_of(2026, cases[i].month, cases[i].day);
        int64_t took = civil_instant(z, d, cases[i].to) - civil_instant(z, d, cases[i].from);
        int64_t extra = cases[i].to == 150 ? 30 : 0;
        assert_int_equal(took / 60000, cases[i].hours * 60 + extra);
    }
    civil_day day;
    int minute;
    civil_local(z, civil_instant(z, civil_day_of(2026, 3, 29), 150), &day, &minute);
    assert_int_equal(minute, 210);
}

static void local_times_come_back(void **state)
{
    (void)state;
    civil_zone *z = zone("Asia/Shanghai"); /* had summer time of its own, 1986 to 1991 */
    for (civil_day d = CIVIL_DAY_MIN + 500; d < CIVIL_DAY_MAX; d += 97) {
        civil_day day;
        int minute;
        civil_local(z, civil_instant(z, d, 12 * 60 + 7), &day, &minute);
        assert_int_equal(day, d);
        assert_int_equal(minute, 12 * 60 + 7);
    }
}

static void unknown_zones_are_named(void **state)
{
    (void)state;
    static const char *const names[] = { "", "Asia/Xuzhou", "GMT+25", "亚洲/上海", "Etc/Unknown",
        "Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" };
    for (size_t i = 0; i < COUNT(names); i++) {
        CASE(names[i]);
        civil_zone *z = NULL;
        check_err(civil_zone_open(check_arena(), str_of(names[i]), &z), ERR_INPUT, "zone.unknown");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(days_and_dates_agree_both_ways),
        CHECK_TEST(dates_are_read_strictly),
        CHECK_TEST(a_night_shift_crosses_midnight),
        CHECK_TEST(short_and_long_days_of_summer_time),
        CHECK_TEST(local_times_come_back),
        CHECK_TEST(unknown_zones_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

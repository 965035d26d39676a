/* A calendar, read back by libical: what was meant is what a calendar program gets. */
#include "check.h"

#include "base/civil.h"
#include "base/text.h"
#include "print/calendar.h"

#include <libical/ical.h>
#include <string.h>

static const calendar SHOWN = { .title = { "Duties", 6 }, .zone = { "Europe/Berlin", 13 }, .source = { "abc.muster", 10 } };

static void drop(void *component)
{
    icalcomponent_free(component);
}

static icalcomponent *read_back(str written)
{
    icalcomponent *x = icalparser_parse_string(str_z(check_arena(), written));
    assert_non_null(x);
    arena_defer(check_arena(), drop, x);
    assert_int_equal(icalcomponent_count_errors(x), 0);
    assert_true(icalrestriction_check(x));
    return x;
}

static icalcomponent *write_one(const calendar_event *e)
{
    str out = { 0 };
    check_ok(calendar_write(check_arena(), &SHOWN, e, 1, &out));
    icalcomponent *x = icalcomponent_get_first_component(read_back(out), ICAL_VEVENT_COMPONENT);
    assert_non_null(x);
    return x;
}

static void commas_semicolons_and_line_breaks_come_back(void **state)
{
    (void)state;
    static const char *const texts[] = { "南门，北门, 东门; 三号楼\\A", "first line\nsecond; line\nthird, line", "\"quoted\": a=b",
        "一个很长的岗位名称，一个很长的岗位名称，一个很长的岗位名称，一个很长的岗位名称，一个很长的岗位名称，一个很长的岗位名称" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        CASE(texts[i]);
        str s = str_of(texts[i]);
        icalcomponent *x = write_one(&(calendar_event){ .id = 7, .starts_at = 1000, .ends_at = 2000, .summary = s, .location = s, .description = s });
        assert_string_equal(icalcomponent_get_summary(x), texts[i]);
        assert_string_equal(icalcomponent_get_location(x), texts[i]);
        assert_string_equal(icalcomponent_get_description(x), texts[i]);
    }
}

static void no_line_is_longer_than_a_reader_must_take(void **state)
{
    (void)state;
    str out = { 0 }, line;
    char name[600];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = 0;
    check_ok(calendar_write(check_arena(), &SHOWN, &(calendar_event){ .id = 7, .ends_at = 2000, .summary = str_of(name) }, 1, &out));
    while (out.len && str_split(&out, '\n', &line)) {
        assert_true(line.len <= 76); /* 75 and the CR (RFC 5545, 3.1) */
        assert_true(line.at[line.len - 1] == '\r');
    }
}

static struct icaltimetype local(struct icaltimetype t)
{
    return icaltime_convert_to_zone(t, icaltimezone_get_builtin_timezone("Europe/Berlin"));
}

/* From 20:00 to 6:00 of the night in which 2:00 to 3:00 does not exist, and of the one in which it is twice. */
static void a_night_of_nine_or_eleven_hours_keeps_its_clock_times(void **state)
{
    (void)state;
    static const struct { int month, day, hours; } nights[] = { { 3, 28, 9 }, { 10, 24, 11 }, { 6, 1, 10 } };
    civil_zone *z = NULL;
    check_ok(civil_zone_open(check_arena(), STR("Europe/Berlin"), &z));
    for (size_t i = 0; i < sizeof nights / sizeof *nights; i++) {
        civil_day day = civil_day_of(2020, nights[i].month, nights[i].day);
        icalcomponent *x = write_one(&(calendar_event){ .id = 7, .starts_at = civil_instant(z, day, 20 * 60),
                                                        .ends_at = civil_instant(z, day, 30 * 60), .summary = STR("night") });
        struct icaltimetype from = icalcomponent_get_dtstart(x), to = icalcomponent_get_dtend(x);
        assert_true(icaltime_is_utc(from) && icaltime_is_utc(to));
        assert_int_equal((icaltime_as_timet(to) - icaltime_as_timet(from)) / 3600, nights[i].hours);
        from = local(from);
        to = local(to);
        assert_true(from.hour == 20 && from.minute == 0 && from.day == nights[i].day);
        assert_true(to.hour == 6 && to.minute == 0 && to.day != from.day);
    }
}

static void what_is_called_off_keeps_its_id_and_says_so(void **state)
{
    (void)state;
    calendar_event e = { .id = 12, .sequence = 0, .starts_at = 3600000, .ends_at = 7200000, .changed_at = 60000, .summary = STR("Gate") };
    icalcomponent *x = write_one(&e);
    assert_string_equal(icalcomponent_get_uid(x), "duty-12@abc.muster");
    assert_int_equal(icalcomponent_get_status(x), ICAL_STATUS_CONFIRMED);
    assert_null(icalcomponent_get_location(x)); /* empty: left out */
    e.called_off = true;
    e.sequence = 3;
    e.changed_at = 120000;
    x = write_one(&e);
    assert_string_equal(icalcomponent_get_uid(x), "duty-12@abc.muster");
    assert_int_equal(icalcomponent_get_status(x), ICAL_STATUS_CANCELLED);
    assert_int_equal(icalcomponent_get_sequence(x), 3);
    assert_int_equal(icaltime_as_timet(icalcomponent_get_dtstamp(x)), 120);
    icalproperty *p = icalcomponent_get_first_property(x, ICAL_LASTMODIFIED_PROPERTY);
    assert_int_equal(icaltime_as_timet(icalproperty_get_lastmodified(p)), 120);
}

static void the_same_events_give_the_same_bytes(void **state)
{
    (void)state;
    str first = { 0 }, second = { 0 };
    calendar_event e = { .id = 1, .ends_at = 1000, .summary = STR("Gate") };
    check_ok(calendar_write(check_arena(), &SHOWN, &e, 1, &first));
    check_ok(calendar_write(check_arena(), &SHOWN, &e, 1, &second));
    assert_true(str_equal(first, second));
    check_ok(calendar_write(check_arena(), &SHOWN, NULL, 0, &first)); /* nobody is on duty */
    icalcomponent *x = read_back(first);
    assert_int_equal(icalcomponent_count_components(x, ICAL_VEVENT_COMPONENT), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(commas_semicolons_and_line_breaks_come_back), CHECK_TEST(no_line_is_longer_than_a_reader_must_take),
        CHECK_TEST(a_night_of_nine_or_eleven_hours_keeps_its_clock_times),
        CHECK_TEST(what_is_called_off_keeps_its_id_and_says_so), CHECK_TEST(the_same_events_give_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "check.h"

#include "domain/certificate.h"

#include <string.h>

static certificate sample(void)
{
    return (certificate){ .number = STR("2020-1-000001"), .name = STR("林知远"), .operation = STR("社区值守"),
                          .community = STR("东塘社区"), .service = STR("南门、北门"), .from_on = STR("2020-02-08"),
                          .to_on = STR("2020-02-14"), .minutes = 605, .issuer = STR("东塘社区居委会"),
                          .issued_on = STR("2020-02-15") };
}

static str signature(char fill)
{
    char *at = arena_alloc(check_arena(), CERTIFICATE_SIGNATURE_BYTES);
    memset(at, fill, CERTIFICATE_SIGNATURE_BYTES);
    return (str){ at, CERTIFICATE_SIGNATURE_BYTES };
}

static void what_was_written_is_read(void **state)
{
    arena *a = *state;
    certificate c = sample(), read;
    str code = certificate_code(a, &c, signature('s')), text, sealed;
    assert_true(certificate_read(a, code, &read, &text, &sealed));
    check_str(read.name, "林知远");
    check_str(read.issuer, "东塘社区居委会");
    assert_int_equal(read.minutes, 605);
    assert_true(str_equal(text, certificate_fields(a, &c)));
    assert_true(str_equal(sealed, signature('s')));
}

static void a_line_end_in_a_value_makes_no_field(void **state)
{
    arena *a = *state;
    certificate c = sample(), read;
    str text, sealed;
    c.service = STR("gate\nminutes=99999");
    assert_true(certificate_read(a, certificate_code(a, &c, signature('s')), &read, &text, &sealed));
    assert_int_equal(read.minutes, 605);
    check_str(read.service, "gate minutes=99999");
}

static void what_is_no_code_is_refused(void **state)
{
    arena *a = *state;
    certificate c = sample(), read;
    str code = certificate_code(a, &c, signature('s')), text, sealed;
    const str cases[] = { STR(""), STR("MC1."), STR("MC1.."), STR("MC2.abc.def"), STR("MC1.****.****"),
                          str_part(code, 0, code.len - 4), str_from(code, 4),
                          text_format(a, "%.*sAAAA", STR_ARG(code)) };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_false(certificate_read(a, cases[i], &read, &text, &sealed));
}

static void hours_are_rounded_down(void **state)
{
    arena *a = *state;
    static const struct {
        int64_t minutes;
        const char *hours;
    } cases[] = { { 0, "0.0" }, { 5, "0.0" }, { 6, "0.1" }, { 59, "0.9" }, { 60, "1.0" }, { 605, "10.0" }, { 606, "10.1" } };
    for (size_t i = 0; i < COUNT(cases); i++)
        check_str(certificate_hours(a, cases[i].minutes), cases[i].hours);
}

int main(void)
{
    const struct CMUnitTest tests[] = { CHECK_TEST(what_was_written_is_read),
                                        CHECK_TEST(a_line_end_in_a_value_makes_no_field),
                                        CHECK_TEST(what_is_no_code_is_refused), CHECK_TEST(hours_are_rounded_down) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "check.h"

#include "domain/donation.h"

static void a_sum_is_read_as_people_write_it(void **state)
{
    (void)state;
    static const struct {
        const char *what, *written;
        donation_fault fault;
        int64_t fen;
    } cases[] = {
        { "plain", "2000", DONATION_GOOD, 200000 },
        { "grouped, with fen", "2,000.50", DONATION_GOOD, 200050 },
        { "one decimal", "0.5", DONATION_GOOD, 50 },
        { "one fen", "0.01", DONATION_GOOD, 1 },
        { "zeros beyond the fen", "3.1000", DONATION_GOOD, 310 },
        { "the most", "1000000000", DONATION_GOOD, DONATION_MAX_FEN },
        { "nothing", "0", DONATION_NOT_ABOVE_0, 0 },
        { "nothing, with decimals", "0.00", DONATION_NOT_ABOVE_0, 0 },
        { "less than nothing", "-5", DONATION_NOT_ABOVE_0, 0 },
        { "a tenth of a fen", "0.001", DONATION_TOO_FINE, 0 },
        { "more than a fen, and a part", "12.345", DONATION_TOO_FINE, 0 },
        { "one fen too much", "1000000000.01", DONATION_TOO_LARGE, 0 },
        { "10^12", "1000000000000", DONATION_TOO_LARGE, 0 },
        { "more than a number holds", "99999999999999999999999", DONATION_TOO_LARGE, 0 },
        { "empty", "", DONATION_NO_NUMBER, 0 },
        { "a word", "two", DONATION_NO_NUMBER, 0 },
        { "two points", "1.2.3", DONATION_NO_NUMBER, 0 },
        { "a point alone", ".", DONATION_NO_NUMBER, 0 },
        { "a comma first", ",5", DONATION_NO_NUMBER, 0 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        int64_t fen = 0;
        assert_int_equal(donation_read_yuan(str_of(cases[i].written), &fen), cases[i].fault);
        assert_int_equal(fen, cases[i].fen);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { CHECK_TEST(a_sum_is_read_as_people_write_it) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

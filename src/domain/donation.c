#include "domain/donation.h"

enum { FEN_DIGITS = 2, DIGITS_MAX = 15 };

typedef struct reading {
    int64_t fen;
    int digits, decimals; /* decimals -1: no point yet */
    bool finer;           /* a digit beyond the fen that is not 0 */
} reading;

static bool take_digit(reading *r, int digit)
{
    if (r->decimals >= FEN_DIGITS) {
        r->finer = r->finer || digit != 0;
        return true;
    }
    if (r->decimals >= 0)
        r->decimals++;
    r->fen = r->fen * 10 + digit;
    return ++r->digits <= DIGITS_MAX;
}

donation_fault donation_read_yuan(str s, int64_t *fen)
{
    reading r = { .decimals = -1 };
    bool negative = s.len && s.at[0] == '-', any = false;
    for (size_t i = negative; i < s.len; i++) {
        char c = s.at[i];
        if (c == '.' && r.decimals < 0)
            r.decimals = 0;
        else if (c == ',' && r.decimals < 0 && any)
            continue;
        else if (c < '0' || c > '9')
            return DONATION_NO_NUMBER;
        else if (any = true, !take_digit(&r, c - '0'))
            return DONATION_TOO_LARGE;
    }
    if (!any)
        return DONATION_NO_NUMBER;
    for (int k = r.decimals < 0 ? 0 : r.decimals; k < FEN_DIGITS; k++)
        r.fen *= 10;
    if (r.finer)
        return DONATION_TOO_FINE;
    if (negative || r.fen == 0)
        return DONATION_NOT_ABOVE_0;
    if (r.fen > DONATION_MAX_FEN)
        return DONATION_TOO_LARGE;
    *fen = r.fen;
    return DONATION_GOOD;
}

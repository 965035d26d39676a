/*
 * donation: a gift of money or goods. Money is counted in fen (1/100 yuan). Pure.
 */
#ifndef MUSTER_DOMAIN_DONATION_H
#define MUSTER_DOMAIN_DONATION_H
#include "base/str.h"

/* More is a mistake of the unit (万元) or the keyboard: 10^9 yuan. */
#define DONATION_MAX_FEN (1000000000LL * 100)

typedef enum donation_fault {
    DONATION_GOOD,
    DONATION_NO_NUMBER,   /* not digits, at most one point */
    DONATION_NOT_ABOVE_0,
    DONATION_TOO_FINE,    /* parts of a fen */
    DONATION_TOO_LARGE
} donation_fault;
/* Yuan as written by a person, "2000", "2,000.00", "0.50": to fen, 1..DONATION_MAX_FEN. */
donation_fault donation_read_yuan(str s, int64_t *fen);
#endif

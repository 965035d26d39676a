/*
 * price: the best line of ONE person at given prices of needs: the person alone, with blocks, locks, rest, minutes, nights,
 * runs and caps; without pairs, limits of needs and lower ends. An exact dynamic programme over days. Where its states do
 * not fit rules are left out, which can only raise the value: it never is too low. Inside of src/roster only.
 * Takes all memory at begin: for each of states_max 100 bytes and 8 a day, 5 bytes for each person and need, 32 for each
 * day and pattern (at most PATTERNS_MAX), 4 for each day and kind.
 */
#ifndef MUSTER_ROSTER_PRICE_H
#define MUSTER_ROSTER_PRICE_H
#include "roster/roster.h"

enum { PRICE_STATES = 2048 };

typedef struct price price;
typedef struct price_line {
    int64_t value;    /* no legal line of the person alone is worth more */
    const int *needs; /* a line of that value, by day; until the next call for this person */
    int count;
    bool exact;       /* false: rules were left out, and the line may break them */
} price_line;

price *price_begin(arena *a, const roster_problem *p, int states_max);
/* A line the person has in a legal roster: the first to be compared with, and kept among equals. */
void price_hint(price *x, int person, const roster_duty *duties, size_t count);
/* prices: one for each need; what is not above 0 is not taken unless locked. */
price_line price_best(price *x, int person, const int *prices);
bool price_able(const price *x, int person, int need); /* no absolute block */
uint64_t price_steps(const price *x); /* work so far */
#endif

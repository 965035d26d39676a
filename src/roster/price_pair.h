/*
 * price_pair: the best lines of TWO people who only work the same shifts of the same days, at given prices of needs. Of one
 * of them every rule is kept, of the other one the blocks; the better of both ways round. So it never is too low, as price.h.
 * Where somebody has several such partners, one is looked at. Inside of src/roster only.
 */
#ifndef MUSTER_ROSTER_PRICE_PAIR_H
#define MUSTER_ROSTER_PRICE_PAIR_H
#include "roster/price.h"

typedef struct price_pair price_pair;
typedef struct price_two {
    int64_t value;       /* of both */
    const int *needs[2]; /* of the first and the second, shift by shift; until the next call */
    int count;           /* of each */
} price_two;

price_pair *price_pair_begin(arena *a, const roster_problem *p, price *lines);
int price_pair_partner(const price_pair *x, int person); /* -1: none */
price_two price_pair_best(price_pair *x, int first, const int *first_prices, int second, const int *second_prices);
#endif

/*
 * luck: random numbers from a seed (xoshiro256**, Blackman & Vigna 2018; seeded by splitmix64). Same seed, same numbers on
 * every machine. Not for secrets.
 */
#ifndef MUSTER_BASE_LUCK_H
#define MUSTER_BASE_LUCK_H
#include <stdint.h>

typedef struct luck {
    uint64_t state[4];
} luck;
luck luck_of(uint64_t seed);
uint64_t luck_next(luck *l);
uint32_t luck_below(luck *l, uint32_t limit); /* 0..limit-1, limit >= 1, unbiased */
#endif

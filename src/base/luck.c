#include "base/luck.h"

luck luck_of(uint64_t seed)
{
    luck l;
    for (int i = 0; i < 4; i++) {
        seed += 0x9e3779b97f4a7c15u;
        uint64_t z = seed;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        l.state[i] = z ^ (z >> 31);
    }
    return l;
}

static uint64_t rotate(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

uint64_t luck_next(luck *l)
{
    uint64_t *s = l->state;
    uint64_t out = rotate(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return out;
}

uint32_t luck_below(luck *l, uint32_t limit)
{
    for (;;) {
        uint64_t wide = (luck_next(l) >> 32) * limit;
        if ((uint32_t)wide >= limit || (uint32_t)wide >= -limit % limit) /* the first saves a division, nearly always */
            return (uint32_t)(wide >> 32);
    }
}

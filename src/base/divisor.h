/* divisor: the greatest common divisor; of 0 and n it is n. Both not below 0. */
#ifndef MUSTER_BASE_DIVISOR_H
#define MUSTER_BASE_DIVISOR_H

static inline int common_divisor(int a, int b)
{
    while (b) {
        int rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}
#endif

/*
 * weekend: world with all that a weekend leaves behind, of two teams alike, so that every list has rows of both.
 */
#ifndef MUSTER_TESTS_WEEKEND_H
#define MUSTER_TESTS_WEEKEND_H
#include "world.h"

/* of each pair the first is of w.team, the second of w.other */
typedef struct weekend {
    world w;
    str order, correction, bulletin, liaison;
    str structure[2], duty[2], donation[2], served[2]; /* duty: one ahead; served: somebody with a certificate */
} weekend;

/* Of a world that was built and filled. */
weekend weekend_play(const world *w);
#endif

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
    str asked[2], swap[2], spare[2], post[2];          /* a request to join, a swap undecided; a member who did nothing */
} weekend;

enum { WEEKEND_CUT_OFF_HOURS = 30 }; /* from the midnight before the 8th, as all hours here: when all was played */
int64_t weekend_instant(double hour); /* milliseconds UTC */
err *weekend_try(const weekend *d, double hour, const char *command, const named *args, str *result);
/* What must go well; the text `what` of its result, the whole of it for null. */
str weekend_do(const weekend *d, double hour, const char *command, const char *what, const named *args);
rows weekend_list(const weekend *d, const char *view, const named *args); /* whole */

/* Of a world that was built and filled. */
weekend weekend_play(const world *w);
#endif

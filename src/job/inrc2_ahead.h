/*
 * inrc2_ahead: one week planned with the weeks to come in mind, which nobody knows yet. The problem it makes is that
 * of the week with more in it: what the totals of S6 and S7 will probably cost, and some days of the next week as the
 * weeks seen so far were. Its first needs and all its people are those of the week, so a roster of it is one of the week.
 */
#ifndef MUSTER_JOB_INRC2_AHEAD_H
#define MUSTER_JOB_INRC2_AHEAD_H
#include "job/inrc2.h"

/* What is remembered between weeks: what was wanted in those seen, this one included. */
typedef struct inrc2_memory {
    int weeks;
    int *min_sum, *target_sum; /* per need */
} inrc2_memory;

/* From the custom file of the week before (without content: none), with this week in it. */
err *inrc2_memory_read(arena *a, const inrc2 *i, scan_file f, inrc2_memory **out);
str inrc2_memory_write(arena *a, const inrc2 *i, const inrc2_memory *m);

const roster_problem *inrc2_ahead(arena *a, const inrc2 *i, const inrc2_memory *m);
/* How many of the duties are of the week itself; they come first. */
size_t inrc2_ahead_count(const inrc2 *i, const roster_duty *duties, size_t count);
#endif

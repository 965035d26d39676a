/*
 * pattern: what one person may do on one day, as sets of kinds that go together by that person's rules: no overlap, rest in
 * between, minutes a day. Listed once for each type of person. Inside of src/roster only.
 */
#ifndef MUSTER_ROSTER_PATTERN_H
#define MUSTER_ROSTER_PATTERN_H
#include "roster/roster.h"

enum { PATTERN_KINDS_MAX = 8, PATTERNS_MAX = 1024, PATTERN_FORBIDS_MAX = 1024 };

typedef struct pattern {
    int kinds[PATTERN_KINDS_MAX], count; /* by start; the first pattern of a type has none */
    int first, free_after;               /* earliest start, and free again; minutes of the day */
    int minutes, nights;
    uint64_t mask;                       /* kinds below 64 */
    int forbid;                          /* index of pattern_types.forbids: kinds that may not come on the next day */
} pattern;

typedef struct pattern_type {
    int minutes_max_day, rest_minutes, rest_night_minutes;
    const pattern *patterns;
    int count;
    bool wide; /* more than fit: then the day's rules are left out */
} pattern_type;

typedef struct pattern_types {
    pattern_type *types;
    int count;
    int *of_person;
    uint64_t forbids[PATTERN_FORBIDS_MAX]; /* 0: none; what does not fit, or kinds from 64 on, is not forbidden */
    int forbid_count;
} pattern_types;

pattern_types *pattern_types_of(arena *a, const roster_problem *p);
int pattern_rest(const roster_person *who, bool night); /* after a duty */
#endif

/*
 * substitute: whether a person may take a duty, and if not, the first reason. Pure.
 * The order of the reasons is that of the roster problem: what never changes first, then what other duties forbid.
 */
#ifndef MUSTER_DOMAIN_SUBSTITUTE_H
#define MUSTER_DOMAIN_SUBSTITUTE_H
#include "base/civil.h"

/* Where no setting says otherwise. */
enum { SUBSTITUTE_DAY_MAX_MINUTES = 8 * 60, SUBSTITUTE_REST_NIGHT_MINUTES = 8 * 60, SUBSTITUTE_NIGHTS_MAX = 3 };

typedef enum substitute_reason {
    SUBSTITUTE_FREE,
    SUBSTITUTE_TEAM,    /* no active member of the team */
    SUBSTITUTE_AWAY,    /* answered that he cannot, and is not back by that day */
    SUBSTITUTE_CANNOT,  /* said so for these hours */
    SUBSTITUTE_CARE,    /* a care rule; why is nobody's business */
    SUBSTITUTE_SKILL,   /* the post would lose the last who can do what it asks */
    SUBSTITUTE_OVERLAP,
    SUBSTITUTE_REST,
    SUBSTITUTE_HOURS,   /* too many in one day */
    SUBSTITUTE_NIGHTS,  /* too many in some 7 days */
    SUBSTITUTE_PAIR     /* who must not serve with him is on duty then, or who must is not */
} substitute_reason;

typedef struct substitute_shift {
    int64_t starts_at, ends_at;
    civil_day day; /* of the start */
    bool night, outdoor;
} substitute_shift;

typedef struct substitute {
    bool member, away, cannot, no_night, no_outdoor, skill_lacking, paired;
    const substitute_shift *duties; /* those that stay his */
    size_t duty_count;
} substitute;

typedef struct substitute_limits {
    int day_max_minutes, rest_night_minutes;
    int nights_max; /* in any 7 days */
} substitute_limits;

substitute_reason substitute_reason_of(const substitute *s, const substitute_shift *wanted, const substitute_limits *l);
const char *substitute_word(substitute_reason r); /* "free", "rest" */
#endif

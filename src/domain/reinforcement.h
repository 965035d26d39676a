/*
 * reinforcement: on which days a member lent by one team to another serves where. Pure.
 */
#ifndef MUSTER_DOMAIN_REINFORCEMENT_H
#define MUSTER_DOMAIN_REINFORCEMENT_H
#include "base/str.h"

typedef struct reinforcement_span {
    int64_t from_team, to_team;
    str from_on, to_on; /* local days YYYY-MM-DD, both included */
} reinforcement_span;

/*
 * Whether a member may serve with the team on that day: a borrowed one on the days of his lending alone, one at home on
 * all others. spans are those of this person that are in force; those of other teams say nothing here.
 */
bool reinforcement_lets(const reinforcement_span *spans, size_t count, int64_t team, bool borrowed, str day);
#endif

/*
 * roster: what publishing a draft does to the duties that live. Pure.
 * Same person and need keep their duty; what changed by hand since (sign-ups, swaps, excuses) wins.
 */
#ifndef MUSTER_DOMAIN_ROSTER_H
#define MUSTER_DOMAIN_ROSTER_H
#include "base/map.h"

typedef struct roster_line {
    int64_t need_id, person_id, starts_at;
    bool lead;
} roster_line;

typedef struct roster_duty {
    int64_t id, need_id, person_id, starts_at;
    bool live;            /* holds a seat */
    bool movable;         /* planned or confirmed: not yet begun */
    bool by_roster;       /* made by publishing, not by sign-up or swap */
    bool dropped_by_roster; /* cancelled by an earlier publishing, not by hand */
    bool lead;
} roster_duty;

typedef enum roster_step { ROSTER_KEEP, ROSTER_LEAD, ROSTER_ADD, ROSTER_REMOVE, ROSTER_CONFLICT, ROSTER_PAST } roster_step;
typedef struct roster_change {
    roster_step step;
    const roster_line *line; /* null: a duty without a line */
    const roster_duty *duty; /* null: a line without a duty */
} roster_change;
typedef LIST(roster_change) roster_changes;

/* In the order of the lines, then of the duties that no line names. */
void roster_difference(arena *a, const roster_line *lines, size_t line_count, const roster_duty *duties,
                       size_t duty_count, int64_t now, roster_changes *out);
#endif

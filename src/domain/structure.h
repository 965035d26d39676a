/*
 * structure: a team too large for one voice becomes a general branch, branches and groups. Balanced in size, homes of
 * one compound together, agencies mixed, and in each unit somebody fit to lead, as far as there is one. Pure.
 */
#ifndef MUSTER_DOMAIN_STRUCTURE_H
#define MUSTER_DOMAIN_STRUCTURE_H
#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* Above this a team is proposed a structure. */
enum { STRUCTURE_TEAM_MIN = 61, STRUCTURE_BRANCH_MAX = 25, STRUCTURE_GROUP_MAX = 10 };

typedef struct structure_person {
    int64_t id;
    int64_t home;   /* compound, 0 unknown: members of one home stay near each other */
    int64_t agency; /* 0 unknown */
    int rank;       /* higher leads first; 0: not fit to lead */
} structure_person;

typedef enum structure_kind { STRUCTURE_GENERAL, STRUCTURE_BRANCH, STRUCTURE_GROUP } structure_kind;
typedef struct structure_unit {
    structure_kind kind;
    int parent;        /* index; -1 for the general branch, which is unit 0 */
    int number;        /* among those of its parent, from 1 */
    int64_t leader_id; /* 0: nobody is fit */
    int size;          /* of a group: its members; else of all below */
} structure_unit;
typedef struct structure_plan {
    structure_unit *units; /* each after its parent */
    size_t unit_count, branch_count, group_count;
    int *unit_of; /* for each person the index of the group */
} structure_plan;
/* leader_id leads the general branch (0: the highest rank does). count >= 1. In arena a. */
structure_plan structure_propose(arena *a, const structure_person *people, size_t count, int64_t leader_id);
#endif

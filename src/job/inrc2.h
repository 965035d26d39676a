/*
 * inrc2: the text files of the Second International Nurse Rostering Competition, as roster problems of one week.
 * Scenario, history and week give a problem whose level 5 is the official cost of that week to the unit, and whose
 * level 1 is 0 when the minimum cover is there. A need is (day, shift, skill), each of them, wanted or not; S6 and S7
 * (duties and weekends in all) are counted in the last week alone. inrc2_ahead.c thinks of the weeks to come.
 */
#ifndef MUSTER_JOB_INRC2_H
#define MUSTER_JOB_INRC2_H
#include "job/scan.h"
#include "roster/roster.h"

enum {
    INRC2_DAYS = 7, INRC2_SATURDAY = 5,
    INRC2_PEOPLE_MAX = 1000, INRC2_SKILLS_MAX = 60, INRC2_SHIFTS_MAX = 32, INRC2_CONTRACTS_MAX = 100,
    INRC2_WEEKS_MAX = 60, INRC2_CELLS_MAX = 4000000, /* people x needs */
    INRC2_COVER_COST = 30, INRC2_SHIFT_COST = 15, INRC2_RUN_COST = 30, INRC2_WISH_COST = 10, INRC2_WHOLE_COST = 30,
    INRC2_DUTIES_COST = 20, INRC2_GROUPS_COST = 30
};

typedef struct inrc2_contract {
    int duties_min, duties_max; /* of the whole horizon */
    int groups_max;             /* weekends worked, of the whole horizon */
    bool whole;                 /* weekends worked whole or not at all */
    roster_run work, free;
} inrc2_contract;

typedef struct inrc2_nurse {
    str name;
    const inrc2_contract *contract;
    uint64_t skills;
    int duties, groups; /* so far */
    int last_kind, last_kind_run, last_work_run, last_free_run; /* as in roster_soft */
} inrc2_nurse;

typedef struct inrc2 {
    roster_problem problem; /* one_a_day; person i is nurse i */
    str scenario;
    int weeks, week; /* how many; which one this is, from 0 */
    const str *shifts, *skills;
    int shift_count, skill_count;
    const inrc2_nurse *nurses;
} inrc2;

typedef struct inrc2_files {
    scan_file scenario, history, week;
} inrc2_files;

/* Everything is read and bounded before memory is taken for it. What is kept points into the files. */
err *inrc2_read(arena *a, const inrc2_files *files, inrc2 **out);

/* SOLUTION, and back: lines that break rules are read too, for the judge to name. */
str inrc2_solution_write(arena *a, const inrc2 *i, const roster_duty *duties, size_t count);
err *inrc2_solution_read(arena *a, const inrc2 *i, scan_file f, roster_duty **duties, size_t *count);
/* The history of the next week, as the competition writes it. */
str inrc2_history_write(arena *a, const inrc2 *i, const roster_duty *duties, size_t count);
const char *inrc2_day_name(int day); /* "Mon" */
#endif

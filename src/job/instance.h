/*
 * instance: a roster problem as a file. Two forms:
 *
 * The project's own JSON (also what a worker process reads). All indexes from 0, all keys but days optional:
 *   { "days": 7, "weekday": 5, "one_a_day": false, "border_exempt": false, "fair": true,
 *     "kinds": [{ "tag": 1, "start": 480, "end": 720, "night": false }],
 *     "needs": [{ "tag": 1, "day": 0, "kind": 0, "post": 0, "min": 3, "target": 3, "limit": 4, "priority": 1,
 *                 "skills": 0, "wanted": [[skill mask, count]], "lead_wanted": false, "not_alone": false,
 *                 "outdoor": false, "under_cost": 0, "over_cost": 1 }],
 *     "people": [{ "tag": 7, "skills": 0, "lead_fit": true, "unanswered": false, "minutes_max_day": 480, ...
 *                  "blocked": [[need, bits]], "wishes": [[need, cost]], "distance_km": [[need, km]],
 *                  "kind_max": [n per kind], "past": [[day, start, end, night 0|1]],
 *                  "soft": { "work": { "min": 2, "max": 5, "weight": 30 }, "free": { ... }, "whole_weight": 30,
 *                            "duties_cost": [cost per number of duties, days + 1], "groups_cost": [days + 1],
 *                            "last_kind": -1, "last_kind_run": 0, "last_work_run": 0, "last_free_run": 0 } }],
 *     "pairs": [{ "a": 0, "b": 1, "kind": 0 apart | 1 not both | 2 together }],
 *     "locks": [{ "person": 0, "need": 0, "on": true }], "published": [{ "person": 0, "need": 0, "told": 2 }],
 *     "day_told": [0|1 per day], "day_group": [group or -1 per day], "next_forbidden": [[kind, next kind]],
 *     "kind_runs": [{ "min": 2, "max": 5, "weight": 15 } per kind] }
 * The members of a person are those of roster_person by name, of its soft rules those of roster_soft. limit defaults to target, target to min,
 * priority and over_cost to 1, tag to the index. Unknown keys are an error: a misspelt limit must not be lost.
 * The solution: { "cost": [6], "steps": n, "duties": [{ "person": tag, "need": tag, "lead": bool }] }.
 *
 * The public text form "shift24" (Curtois and Qu): shift24.c.
 */
#ifndef MUSTER_JOB_INSTANCE_H
#define MUSTER_JOB_INSTANCE_H
#include "base/text.h"
#include "job/scan.h"
#include "roster/roster.h"

err *instance_read(arena *a, str json, roster_problem **out);
str instance_write(arena *a, const roster_problem *p);
str solution_write(arena *a, const roster_problem *p, const roster_solution *s);
err *solution_read(arena *a, const roster_problem *p, str json, roster_duty **duties, size_t *count);

typedef struct shift24 {
    roster_problem problem;
    const str *shift_ids;  /* per kind */
    const str *person_ids; /* per person */
} shift24;
bool shift24_is(str text); /* looks like that form */
err *shift24_read(arena *a, str text, shift24 **out);
/* A line for each person, a shift or - for each day. Back: commas may part them too. */
str shift24_solution(arena *a, const shift24 *i, const roster_solution *s);
err *shift24_solution_read(arena *a, const shift24 *i, scan_file f, roster_duty **duties, size_t *count);
#endif

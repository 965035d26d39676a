/*
 * roster_file: a roster problem from files of any form (the project's JSON, shift24, inrc2), and solutions of it.
 * The problem is the form's own, its cost exact; what is kept points into the texts, which must live as long.
 */
#ifndef MUSTER_JOB_ROSTER_FILE_H
#define MUSTER_JOB_ROSTER_FILE_H
#include "job/inrc2.h"
#include "job/instance.h"

typedef struct roster_file {
    const roster_problem *problem;
    const shift24 *shift24; /* one of the two at most; none: JSON */
    const inrc2 *inrc2;
} roster_file;

/* JSON or shift24, as the text looks. */
err *roster_file_read(arena *a, str content, roster_file *out);
err *roster_file_read_inrc2(arena *a, const inrc2_files *files, roster_file *out);

str roster_file_solution(arena *a, const roster_file *f, const roster_solution *s);
/* Rosters that break rules are read too, for the judge to name what they break. */
err *roster_file_solution_read(arena *a, const roster_file *f, scan_file from, roster_duty **duties, size_t *count);

/* As the form calls them. */
str roster_file_person(arena *a, const roster_file *f, int person);
str roster_file_need(arena *a, const roster_file *f, int need);
#endif

/*
 * org_path: the unit that somebody's branch and work unit, as they were written, mean among those there are. Pure.
 */
#ifndef MUSTER_JOB_ORG_PATH_H
#define MUSTER_JOB_ORG_PATH_H
#include "sheet/word.h"

typedef struct org_path {
    sheet_list path; /* the names from the top */
    int64_t id;
} org_path;

/* Null: none, or several of which nothing tells which. in_unit: found by the work unit; the branch lies within. */
const org_path *org_path_find(const org_path *nodes, size_t count, str branch, str work_unit, bool *in_unit);
#endif

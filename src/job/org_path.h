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

typedef struct org_written {
    str branch, work_unit;
    str issuer; /* whose list it stands on; may be empty */
} org_written;

/*
 * Where somebody belongs, the names from the top: under the unit that branch, work unit or issuer mean, else under the
 * issuer as it is written; a branch that is not there yet is the last. Among nodes it was found: the result.
 */
bool org_path_of(arena *a, const org_path *nodes, size_t count, const org_written *w, sheet_list *out);
#endif

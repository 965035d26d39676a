/*
 * import_coming: what files of one batch bring that others of it speak of: communities, and people by name and telephone.
 * A row that stands on it is no error; its file is read again once the rest is written.
 */
#ifndef MUSTER_JOB_IMPORT_COMING_H
#define MUSTER_JOB_IMPORT_COMING_H
#include "job/import.h"

typedef struct import_community {
    str code, name, subdistrict;
    bool coming; /* not in the database yet */
} import_community;
typedef LIST(import_community) import_communities;

struct import_coming {
    import_communities communities;
    map *people; /* name and telephone, name alone: how many */
    size_t people_count;
};
/* Of a file that was read; what has an error is not coming. */
void import_coming_add(import_coming *c, const import *m);
/* Those of the database, then those to come. */
err *import_communities_load(import *m, import_communities *out);
/* Exactly one person of this name (and telephone) is to come. */
bool import_person_comes(import *m, str name, str phone);
#endif

/* instance_members: which key of the instance file is which member, and on which line an error is; reader and writer share it. */
#ifndef MUSTER_JOB_INSTANCE_MEMBERS_H
#define MUSTER_JOB_INSTANCE_MEMBERS_H
#include "roster/roster.h"

#include <stddef.h>

typedef enum member_type { MEMBER_INT, MEMBER_BOOL, MEMBER_LONG, MEMBER_LIST } member_type;
typedef struct member {
    const char *key;
    member_type type;
    size_t offset;
} member;
/* Each ends with a null key. MEMBER_LIST: known, but read by hand. */
extern const member kind_members[];
extern const member need_members[];
extern const member person_members[];
extern const member run_members[];
extern const member soft_members[];
extern const member pair_members[];
extern const member lock_members[];
extern const member published_members[];
extern const member problem_members[];

/* The line of an error where it has none yet: of an entry, or of its key in it; null stays null. */
err *instance_at_entry(arena *a, str text, err *e, const char *list, size_t index);
err *instance_at_key(arena *a, str text, err *e); /* of a list or key of the outermost object */
err *instance_at_check(arena *a, str text, const roster_problem *p, err *e); /* of the engine, by what it names */
#endif

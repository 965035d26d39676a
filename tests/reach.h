/*
 * reach: what an actor's grants reach, climbed parent by parent and grant by grant: the slow plain judge of the scopes of
 * views, which knows nothing of them.
 */
#ifndef MUSTER_TESTS_REACH_H
#define MUSTER_TESTS_REACH_H
#include "database.h"

typedef struct base {
    rows grants, teams, people, members, orgs, divisions, needs, rosters, duties, lendings, attendances;
} base;

/* What a row is about; a division has a code, all others an id. */
typedef struct about {
    const char *noun; /* as in the scope of a view: team, person, org, division, own, all */
    int64_t id;
    str code;
} about;

base reach_load(app *p);
int64_t reach_find(const rows *r, int64_t id, const char *column); /* of the row with that id, which must be there */
/* roles: whose grants count, apart by a space; empty for any. */
bool reach_may(const base *b, int64_t actor, about what, str roles);
#endif

/*
 * order_world: a small city for tests of orders: an agency of two branches, each person placed, a liaison for the
 * first branch and one for the agency above it, and a team with a gate that wants two heads tomorrow and the day after.
 */
#ifndef MUSTER_TESTS_ORDER_WORLD_H
#define MUSTER_TESTS_ORDER_WORLD_H
#include "database.h"

enum world_person { DRAFTER, RELEASER, LIAISON, HEAD, ANNA, BERT, CARL, DORA, WORLD_PEOPLE };
typedef struct order_world {
    app *p;
    int64_t now; /* moved by the test */
    int64_t person[WORLD_PEOPLE]; /* LIAISON, ANNA, BERT in One; CARL, DORA (no telephone) in Two; HEAD in Bureau */
    int64_t operation, bureau, one, two, team, other_team, need[2];
} order_world;

order_world order_world_open(const char *url);
/* args as for NAMED; the result must be good, else the test fails. */
str world_must(order_world *w, const char *command, int64_t actor, const named *args);
err *world_try(order_world *w, const char *command, int64_t actor, const named *args);
int64_t world_id(str result);                       /* "id" of a result */
int64_t world_int(str result, const char *name);    /* a number or yes of a result */
int64_t world_count(order_world *w, const char *view, const named *args);
rows world_view(order_world *w, const char *view, int64_t actor, const named *args);
/* An order to the agency: drafted, released, all notices queued. */
int64_t world_order(order_world *w, int64_t number);
int64_t world_notice(order_world *w, int64_t order, enum world_person who);
err *world_sql(order_world *w, const char *sql); /* by hand, as nobody should */
#define HOURS(n) ((int64_t)(n) * 3600000)
#endif

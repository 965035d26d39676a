/*
 * deeds: every command once at least, each with arguments that are good in its place of one story: the world from its
 * divisions to its certificates and the closing. For tests that want something of everything, or a good call of each
 * command. A command that is not in the story makes tests/command/fault_test.c fail.
 */
#ifndef MUSTER_TESTS_DEEDS_H
#define MUSTER_TESTS_DEEDS_H
#include "world.h"

typedef struct deed {
    double hour; /* after DATABASE_NOW; never goes back */
    const char *command;
    const char *args; /* parted by |; $word is an id of the world or the newest of that table; actor=$word: run by them */
} deed;
extern const deed deeds[]; /* ends with { 0 } */

/* The arguments as the world is now. */
const named *deed_args(const world *w, const deed *d);
/* Runs it at its hour with the key; the result is for check_arena. */
err *deed_run(const world *w, const deed *d, const named *args, const char *key, str *result);
/* A number of the world: "team", "first_duty"; must be there. */
int64_t deed_id(const world *w, const char *word);
/* Runs the deeds before the first of this name, which must go well; null: all of them. */
void deeds_until(const world *w, const char *command);
rows deeds_read(app *p, arena *a, const char *sql);
#endif

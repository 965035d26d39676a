/*
 * operator: whoever runs the machine gives commands also while the database is served. The serving process alone may
 * write; it listens at a socket beside the file (FILE.sock), which only the file's owner and root can open, and runs what
 * comes there by the operator's right and by its own clock.
 */
#ifndef MUSTER_CLI_OPERATOR_H
#define MUSTER_CLI_OPERATOR_H
#include "command/app.h"

typedef struct operator_desk operator_desk;
/* On a thread of its own, until closed. Nothing for a database server, which takes any number of processes. */
err *operator_open(arena *a, app *p, const char *db, int64_t (*clock)(void), operator_desk **out);
void operator_close(operator_desk *o); /* null is allowed */
/* One command: by the process that serves db, else on the database opened here. options: how it is opened then. */
err *operator_command(arena *a, const app_options *options, const call *c, str *result);
#endif

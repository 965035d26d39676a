/*
 * substitute: the facts of a person and a need, judged by domain/substitute.
 */
#ifndef MUSTER_COMMAND_SUBSTITUTE_H
#define MUSTER_COMMAND_SUBSTITUTE_H
#include "command/command.h"

/*
 * Null if the person may take a duty of the need, else why not, in words. without: the duty he takes over, 0 for a
 * free seat; leaves: a duty of his own that he gives up for it, or 0.
 */
typedef struct substitution {
    int64_t need_id, person_id, without, leaves;
} substitution;
err *substitute_check(context *c, const substitution *s);
#endif

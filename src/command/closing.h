/*
 * closing: a closed operation changes no more. Of a command that stops then (CLOSED_STOPS), every operation that its
 * arguments name, themselves or by a team, order, need, duty ..., must be open: ERR_CONFLICT operation.closed. What is
 * not there is left to the command to name. On PostgreSQL whoever closes waits for the commands under way, and they for
 * him: nothing slips in behind the closing.
 */
#ifndef MUSTER_COMMAND_CLOSING_H
#define MUSTER_COMMAND_CLOSING_H
#include "command/command.h"

err *closing_check(context *c, const command *m, const args *a);
#endif

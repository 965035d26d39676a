/*
 * rights: whether an actor may run a command on these arguments. Every team, division, person or org the
 * arguments name must lie within a grant of the role; a command that names none wants a grant of scope all.
 */
#ifndef MUSTER_COMMAND_RIGHTS_H
#define MUSTER_COMMAND_RIGHTS_H
#include "command/command.h"

err *rights_check(context *c, const command *m, const args *a);
#endif

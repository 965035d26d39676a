/*
 * import_before: what a row was before an import changed it, kept in the transaction of the change, so that the import can
 * be undone. Where the command names no import (the argument import), nothing is kept and nothing asked.
 */
#ifndef MUSTER_COMMAND_IMPORT_BEFORE_H
#define MUSTER_COMMAND_IMPORT_BEFORE_H
#include "command/command.h"

/* The argument `import` of a bulk command, if it has one: from here on what it changes is kept. ERR_CONFLICT: it is over. */
err *import_before_begin(context *c, const args *a);
/* The row as JSON; empty where no import is named, or where it is not there. key: an id, or the code of a division. */
err *import_before_image(context *c, const char *noun, value key, str *before);
/* After the change. Of several changes of a row by one import the first before counts, and the last after. */
err *import_before_keep(context *c, const char *noun, value key, str before);
/* For the undoing: the row as JSON whether an import is named or not. */
err *import_row_image(context *c, const char *noun, value key, str *image);
/* The command import.undo, a piece of it: 200 changes, last first. */
err *import_undo_piece(context *c, const args *a);
#endif

/*
 * desk_import: what the pages of one file, of the tray of many and of undoing share; for src/web/desk_import*.c and desk_tray.c alone.
 */
#ifndef MUSTER_WEB_DESK_IMPORT_H
#define MUSTER_WEB_DESK_IMPORT_H
#include "job/import.h"
#include "sheet/amend.h"
#include "web/desk.h"

err *desk_import_show(web *w); /* the page of imports */
/* Whoever could not write it is not shown it either: what the list holds already is told by the comparison. */
err *desk_import_may(web *w);
/* Off the loop, in memory of its own, which a slow reader of the answer does not hold: what is answered is copied by then. */
void desk_import_in_memory(web *w, err *(*step)(web *w, arena *a));
/* It asks for nothing, and the columns say it: a column that is not wanted. A hundred of these would hide what matters. */
bool desk_import_is_aside(const sheet_trouble *x);
/* A trouble as a row of the page; front: of the name its cell is mended by. */
void desk_import_put_trouble(web *w, tree *t, const import *m, const sheet_trouble *x, str front);
/* Of a field of that form, its front taken off. False: it is none of a cell of this file, or says what stands there. */
bool desk_import_take_edit(const import *m, str name, str given, sheet_edit *out);
#endif

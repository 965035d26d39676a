/*
 * form_key: what tells two forms of one page apart. A page has one key; a form's own is the key, the rows it names and its
 * command, so that a tap sent twice counts once, and the next row's form is not taken for it.
 */
#ifndef MUSTER_WEB_FORM_KEY_H
#define MUSTER_WEB_FORM_KEY_H
#include "base/rows.h"
#include "base/text.h"

/* The arguments of the command that are ids, in its order: "12.7."; what is typed is not looked at. */
str form_key_ids(arena *a, const char *command, const named *args);
#endif

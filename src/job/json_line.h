/*
 * json_line: on which line of a JSON text something stands, as the library that reads it keeps no positions.
 * For error messages alone: the text is walked through again.
 */
#ifndef MUSTER_JOB_JSON_LINE_H
#define MUSTER_JOB_JSON_LINE_H
#include "base/str.h"

/*
 * The line of an element of the list (a member of the outermost object), or of the first key of that name inside the
 * element, if there is one; where there is no such element that of the list; without a list 1. Lines count from 1.
 */
size_t json_line(str text, const char *list, size_t index, const char *key);
#endif

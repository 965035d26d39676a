/*
 * file: one view file read into a view: its name, title, scope, arguments, columns and text.
 *   -- view: need_short      Needs of a team still below their minimum, soonest first.
 *   -- scope: team n.team_id   for: leader commander   also: $after utc, $before utc?
 *   -- columns: id id, post text, headcount_min int          (name, then type)
 * The scope is public, all, or one of own, team, person, org, division with its column; but for public the
 * text must hold the mark that the runner replaces by the condition. `for:` names the roles whose grants count,
 * all if it is not there. Who reads rows need not read the names in them: each column of type name is
 * written between the marks name and end; a column of type address asks for the scope all and for roles.
 */
#ifndef MUSTER_VIEW_FILE_H
#define MUSTER_VIEW_FILE_H
#include "view/view.h"

/* Null, else what is wrong with the file, for the test and the log. The view points into text. */
const char *view_read(str text, view *out);
extern const char view_mark[], view_name_mark[], view_end_mark[];
#endif

/*
 * sheets: views as spreadsheets. Joins view and sheet, which do not know each other.
 */
#ifndef MUSTER_CLI_SHEETS_H
#define MUSTER_CLI_SHEETS_H
#include "view/view.h"

/* The rows of a view as one sheet with its labels; ids are texts. */
err *cli_view_xlsx(arena *a, const view *v, const rows *r, words_lang lang, const char *path);
#endif

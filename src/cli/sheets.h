/*
 * sheets: views as spreadsheets. Joins view and sheet, which do not know each other.
 */
#ifndef MUSTER_CLI_SHEETS_H
#define MUSTER_CLI_SHEETS_H
#include "view/view.h"

/* The rows of a view as one sheet in the reader's words: its name, title, labels, states. */
err *cli_view_xlsx(arena *a, const view *v, const rows *r, words_lang lang, const char *path);
/* The same for people, who have no use for ids: without these columns. */
err *cli_view_xlsx_plain(arena *a, const view *v, const rows *r, words_lang lang, const char *path);
#endif

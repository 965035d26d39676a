/*
 * sheet: a CSV, XLSX or XLS file as rows of text, as people made it, and what was found wrong in it.
 * Cells are UTF-8 text, trimmed at the ends; numbers and dates are text too (dates YYYY-MM-DD). A merged
 * cell's value stands in every cell it covers. Rows that are wholly empty are left out; a row keeps the
 * number it has in the file. What is hidden is read; colours, notes and pictures are not: that they are there is
 * kept, to be said. All of it lives in the caller's arena.
 */
#ifndef MUSTER_SHEET_SHEET_H
#define MUSTER_SHEET_SHEET_H
#include "base/err.h"
#include "base/map.h"
#include "base/words.h"

enum { SHEET_ROW_HIDDEN = 1, SHEET_ROW_COLOURED = 2, SHEET_ROW_STRUCK = 4 }; /* of a row: a text in it is so */
typedef struct sheet_row {
    int number; /* from 1, as the spreadsheet program shows it */
    short cell_count, marks; /* there are many rows */
    str *cells;
} sheet_row;

typedef struct sheet_merge {
    int first_row, last_row;       /* row numbers */
    int first_column, last_column; /* from 0 */
} sheet_merge;

typedef struct sheet_page {
    str name; /* of the sheet; empty in a CSV */
    bool hidden;
    bool filtered;  /* a filter was left on: what it took away is hidden */
    bool noted;     /* has notes on cells */
    bool pictured;  /* has a picture or a drawing */
    const bool *hidden_columns; /* SHEET_COLUMNS_MAX; null: none */
    LIST(sheet_row) rows;
    LIST(sheet_merge) merges;
} sheet_page;

typedef struct sheet_choice sheet_choice; /* of amend.h */
typedef struct sheet_file {
    str name; /* the file's name without its folder */
    LIST(sheet_page) pages;
    const sheet_choice *choices; /* what columns mean, as people said: asked before any guess */
    size_t choice_count;
    str issuer; /* whose list a person said it is; empty: as it says itself */
} sheet_file;

/* Told apart by its bytes, not by its name; "-" is standard input, as for a pasted table. */
err *sheet_read(arena *a, const char *path, sheet_file *out);
/* The same of the bytes of a file; name is for messages. */
err *sheet_read_bytes(arena *a, str name, str bytes, sheet_file *out);
/* The same of the bytes of a CSV, or of a pasted table, its cells parted by tabs; name is for messages. */
err *sheet_read_csv(arena *a, str name, str bytes, sheet_file *out);

/* Something to tell about a cell. `what` is a key of words, what + ".hint" the remedy; values fill both. */
typedef enum sheet_severity {
    SHEET_WARNING /* read, but look */,
    SHEET_ERROR /* the row is left out */
} sheet_severity;
typedef struct sheet_trouble {
    str file, sheet;
    int row;                         /* 0: the whole sheet */
    int column;                      /* from 0; -1: the whole row */
    str header;                      /* of the column, as written */
    int header_row, header_last_row; /* of the table; 0: none */
    sheet_severity severity;
    const char *what;
    word_value values[WORD_VALUES_MAX]; /* NULL-named one at the end, if fewer */
} sheet_trouble;
typedef struct sheet_troubles {
    LIST(sheet_trouble) list;
    size_t error_count;
} sheet_troubles;

/* A, B .. Z, AA .. */
str sheet_column_letters(arena *a, int column);
/* "people.xlsx, Sheet1, row 7, D (phone): ..." in one line; the remedy alone. */
str sheet_trouble_text(arena *a, words_lang lang, const sheet_trouble *t);
str sheet_trouble_hint(arena *a, words_lang lang, const sheet_trouble *t);
#endif

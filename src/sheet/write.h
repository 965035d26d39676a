/*
 * write: a list as an XLSX for people, and rows of CSV. The same rows give the same bytes.
 */
#ifndef MUSTER_SHEET_WRITE_H
#define MUSTER_SHEET_WRITE_H
#include "base/err.h"
#include "base/rows.h"
#include "base/text.h"

typedef enum sheet_out_kind {
    SHEET_OUT_TEXT,
    SHEET_OUT_NUMBER,
    SHEET_OUT_DAY /* text YYYY-MM-DD */
} sheet_out_kind;
typedef struct sheet_out_column {
    str label;
    int width; /* in letters; 0: of its content */
    sheet_out_kind kind;
    bool merge_same; /* the same text in rows below one another is one cell */
} sheet_out_column;

typedef struct sheet_out {
    str sheet; /* name of the sheet; what the format forbids in it is replaced */
    str title; /* a row above the header; empty: none */
    const sheet_out_column *columns;
    size_t column_count;
    const value *cells; /* row by row, as in rows.at: VALUE_TEXT, VALUE_INT or VALUE_NULL */
    size_t row_count;
    str foot; /* under the table, as wide as it; empty: none */
} sheet_out;

/* Several sheets in one file. Written beside its place and renamed. ERR_DISK when it cannot be. */
err *sheet_write_xlsx(arena *a, const char *path, const sheet_out *sheets, size_t sheet_count);
/* One row with its line end, quoted where needed; a text that a spreadsheet would run gets an apostrophe. */
void sheet_csv_row(text *t, const str *cells, size_t count);
/* The whole list, with BOM, for spreadsheet programs. */
str sheet_csv(arena *a, const sheet_out *sheet);
#endif

/*
 * table: the rows of one page under its header, by field: the header found, columns named by their variants.
 * Titles, sums, foot notes and repeated headers are passed over. "Same as above" is filled in where a field
 * can mean it, "none" is empty. Which words mean what stands in headers.def alone.
 */
#ifndef MUSTER_SHEET_TABLE_H
#define MUSTER_SHEET_TABLE_H
#include "base/limits.h"
#include "sheet/sheet.h"

typedef enum sheet_kind {
#define KIND(id) id,
#include "sheet/headers.def"
    SHEET_KIND_COUNT
} sheet_kind;

typedef enum sheet_field {
    SHEET_NONE, /* not known to this kind */
#define FIELD(id, ditto) id,
#include "sheet/headers.def"
    SHEET_FIELD_COUNT
} sheet_field;

typedef struct sheet_column {
    str label; /* as written, two levels joined by a slash */
    sheet_field field;
    int rank;      /* among the variants of its field: the lower is asked first */
    bool unwanted; /* an identity number or the like: never read */
    bool chosen;   /* a person said what it is; else its label did, if a field is known */
    bool stands_below; /* a blank means what stands above */
    sheet_field seen;  /* of a page without a header: what stands in it looks like */
} sheet_column;

typedef struct sheet_table {
    sheet_kind kind;
    const sheet_file *file;
    const sheet_page *page;
    int header_row, header_last_row; /* row numbers; 0: it has none, and labels are letters */
    str header_key; /* of its set of labels, for what is remembered of it */
    int column_count;
    sheet_column *columns;
    LIST(sheet_row) rows; /* as in the page, ditto and none resolved, unwanted cells empty */
    LIST(sheet_row) sums; /* lines that add up, as in the page */
} sheet_table;
typedef struct sheet_tables {
    LIST(sheet_table) list;
} sheet_tables;

/*
 * One table for each page that has a header of this kind. No page has one: ERR_INPUT, naming the headers
 * looked for. Columns not known and not wanted are told in troubles.
 */
err *sheet_tables_of(arena *a, const sheet_file *file, sheet_kind kind, sheet_troubles *troubles,
                     sheet_tables *out);
bool sheet_has(const sheet_table *t, sheet_field field);
/* Of several columns of one field the first that is not empty; column may be null. */
str sheet_cell(const sheet_table *t, const sheet_row *row, sheet_field field, int *column);
bool sheet_is_ditto(str cell); /* the whole cell says "same as above" */
bool sheet_is_none(str cell);  /* the whole cell says "none" */
/* The columns of a sheet the program writes, in their order: how many; out has room for SHEET_COLUMNS_MAX. */
size_t sheet_written(sheet_kind kind, sheet_field *out);
/* What it calls them, read again as the same field. */
str sheet_label(sheet_kind kind, sheet_field field, words_lang lang);
/* All it is called, separated by slashes; empty: the kind has no such column. */
str sheet_variants(sheet_kind kind, sheet_field field);
/* Whose list it is, as a person, the lines over the header, else the file's name say: 市水务局. Empty: they do not. */
typedef enum sheet_said_in { SHEET_SAID_NOWHERE, SHEET_SAID_BY_PERSON, SHEET_SAID_IN_LINE, SHEET_SAID_IN_TITLE, SHEET_SAID_IN_NAME } sheet_said_in;
str sheet_issuer(arena *a, const sheet_table *t, sheet_said_in *where); /* where may be null */
/* value is the cell's text as {value}; more may be null. */
void sheet_tell(arena *a, sheet_troubles *troubles, const sheet_table *t, const sheet_row *row,
                int column, sheet_severity severity, const char *what, str value);
#endif

/*
 * amend: what a person changes about a file before it is used. A choice of columns, remembered with the header it was
 * made for; cells mended in place; and what is left out, as a workbook to be mended and sent again. Nothing here is
 * kept: who remembers choices and edits hands them in again with the bytes of the file.
 */
#ifndef MUSTER_SHEET_AMEND_H
#define MUSTER_SHEET_AMEND_H
#include "sheet/table.h"

/* ---- columns ---- */

/* What one column means. SHEET_IGNORED: it is left out. */
typedef struct sheet_chosen {
    str label; /* as in sheet_column; spaces, width and case do not count */
    int nth;   /* of several columns so called, from 0 */
    sheet_field field;
} sheet_chosen;
/* Of one kind and one set of labels. What is not listed is guessed. An identity number cannot be chosen. */
struct sheet_choice {
    sheet_kind kind;
    str header_key; /* of the table it was made for */
    const sheet_chosen *columns;
    size_t column_count;
};
/* Before any table is made of the file: a header of such a key is read so, also one that no guess would find. */
void sheet_choose(sheet_file *file, const sheet_choice *choices, size_t count);
/* 32 hex digits for a set of labels, in whatever order they stand. */
str sheet_header_key(arena *a, const sheet_column *columns, int count);

/*
 * The table under a header that a person points at, rows from first to last, though the kind may lack what it needs
 * there; its columns as chosen or guessed. A row that is not there: ERR_INPUT.
 */
err *sheet_table_at(arena *a, const sheet_file *file, size_t page, sheet_kind kind, int first, int last,
                    sheet_table *out);
/* A page that has no header at all: columns called by their letters, as chosen, or as their contents look. */
err *sheet_table_bare(arena *a, const sheet_file *file, size_t page, sheet_kind kind, sheet_table *out);
/* Its first row is one like the others: a telephone stands over telephones. */
bool sheet_looks_bare(arena *a, const sheet_table *t);
/* The row that most looks like a header, for a page on which none was found; 0: none does. */
int sheet_header_guess(arena *a, const sheet_page *page);
/* Whether a table of these columns could be used at all. */
bool sheet_columns_suffice(sheet_kind kind, const sheet_column *columns, int count);

/* The fields a column of this kind can mean, in the order of headers.def; out has room for SHEET_FIELD_COUNT. */
size_t sheet_fields(sheet_kind kind, sheet_field *out);
/* "phone" of SHEET_PHONE, for what is stored; the other way round SHEET_FIELD_COUNT, if there is none. */
str sheet_field_name(arena *a, sheet_field field);
sheet_field sheet_field_named(arena *a, str name);

/* ---- cells ---- */

typedef struct sheet_edit {
    str sheet;  /* its name; empty in a CSV */
    int row;    /* as sheet_row.number */
    int column; /* from 0 */
    str text;
} sheet_edit;
/* All or, with an ERR_INPUT that names the place, none. A merged cell is mended in this row alone. */
err *sheet_edit_apply(arena *a, sheet_file *file, const sheet_edit *edits, size_t count);

/* ---- rows left out ---- */

/*
 * For each sheet with errors in its rows the header, then those rows as they are in the file, but that "same as above"
 * and blanks that mean it are filled in, and the reasons in a last column, which is not read again. Identity numbers
 * are not repeated. No such row: empty.
 */
str sheet_left_out_csv(arena *a, words_lang lang, const sheet_file *file, sheet_kind kind,
                       const sheet_troubles *troubles);
/*
 * The bytes of a workbook, one sheet each, with the lines above the header; over them whose list it is, where only the
 * name of its file or a person said it. A page that had no header gets one. Several files of one kind go one after another.
 */
typedef struct sheet_left {
    const sheet_file *file;
    const sheet_troubles *troubles;
} sheet_left;
err *sheet_left_out_xlsx(arena *a, words_lang lang, sheet_kind kind, const sheet_left *files, size_t count, str *bytes);
/* The label of a column of reasons, in whatever language it was written. */
bool sheet_is_reason(arena *a, str label);
#endif

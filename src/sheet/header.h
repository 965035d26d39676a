/*
 * header: where a page's header stands and what its columns mean, by headers.def or by a person's choice. For table and
 * amend alone.
 */
#ifndef MUSTER_SHEET_HEADER_H
#define MUSTER_SHEET_HEADER_H
#include "sheet/amend.h"

/* What is known of one kind. */
typedef struct header_finder {
    arena *a;
    sheet_kind kind;
    const sheet_file *file;
    map *names; /* normal header -> field << 16 | rank; SHEET_FIELD_COUNT: unwanted */
    sheet_troubles *troubles;
} header_finder;
header_finder header_finder_of(arena *a, const sheet_file *file, sheet_kind kind, sheet_troubles *troubles);

/* Fills columns and header rows of out. The index of the first row under the header; 0: the page has none. */
size_t header_find(const header_finder *f, const sheet_page *page, sheet_table *out);
/* The same of the row at an index, with the next one if two. */
void header_take(const header_finder *f, const sheet_page *page, size_t index, bool two, sheet_table *out);
/* A choice was made for the header_key of t: its columns are as chosen. */
bool header_choose(const header_finder *f, sheet_table *t);
/* Columns without a label by what stands in them; the index of the first row. */
size_t header_bare(const header_finder *f, const sheet_page *page, sheet_table *out);
bool header_known(const header_finder *f, str cell, int64_t *found); /* the cell is a label of headers.def */
bool header_is_needed(sheet_kind kind, sheet_field field); /* without such a column it is no table of the kind */
str header_wanted(arena *a, sheet_kind kind); /* the first name of every column, for who has to mend the header */
#endif

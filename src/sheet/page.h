/*
 * page: builds a sheet_page cell by cell, in reading order, and fills merged cells. For csv, xlsx and xls alone.
 * Nothing but what holds text is kept: a row costs its cells up to the last one.
 */
#ifndef MUSTER_SHEET_PAGE_H
#define MUSTER_SHEET_PAGE_H
#include "base/limits.h"
#include "sheet/sheet.h"

typedef struct page_builder {
    arena *a;
    str file;
    sheet_page *page;
    int number; /* of the row under way; 0: none */
    int cell_count, marks;
    str *cells; /* SHEET_COLUMNS_MAX */
    bool *hidden_columns;
} page_builder;

page_builder page_begin(arena *a, str file, sheet_page *page);
str page_value(str cell); /* trimmed as people mean it; not copied */
/* The value is trimmed, not copied. A row number below the last one, or a limit passed, is an error. */
err *page_cell(page_builder *b, int row, int column, str value);
void page_mark(page_builder *b, int marks); /* of the row under way */
void page_hide_columns(page_builder *b, int first, int last);
err *page_merge(page_builder *b, sheet_merge m); /* one that makes no sense is passed over */
err *page_end(page_builder *b);
err *pages_check(arena *a, const sheet_file *file); /* no page, or no row in any: why */
/* An XLSX in memory. */
err *xlsx_read(arena *a, str bytes, sheet_file *out);
#endif

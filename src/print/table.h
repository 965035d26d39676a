/*
 * table: any list as a paper: A4, upright or across as its texts need, the header again on each page, a row never torn.
 * The widths come from the contents; what does not fit its column goes over several lines.
 */
#ifndef MUSTER_PRINT_TABLE_H
#define MUSTER_PRINT_TABLE_H
#include "print/print.h"

typedef struct print_table_column {
    str label;
    bool merge_same; /* the same text in rows below one another stands once, and again on a new page */
    bool number;
} print_table_column;
typedef struct print_table_sheet {
    print_head head;
    str title;
    str foot; /* notes below the last row */
    PRINT_LIST(print_table_column) columns;
    PRINT_LIST(str) cells; /* row by row; lines of a cell are parted by \n */
} print_table_sheet;
/* ERR_INPUT: no columns, or more than a page can hold; as file_write. */
err *print_table(arena *a, const print_table_sheet *sheet, const char *path);
#endif

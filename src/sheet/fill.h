/*
 * fill: somebody else's XLSX with marks such as {应到人数} in its cells, filled in. Only cells that hold a mark are written
 * anew: a cell that is nothing but a mark becomes what the figure is, a mark inside a text is put into the text. Columns,
 * styles, locks and formulas stay as they are, and so do all other parts of the file, byte for byte; where there are
 * formulas their old results are dropped and the workbook is told to reckon anew when it is opened.
 */
#ifndef MUSTER_SHEET_FILL_H
#define MUSTER_SHEET_FILL_H
#include "sheet/sheet.h"

typedef struct sheet_mark {
    str name; /* without the braces; compared without spaces and case */
    str text; /* empty: the cell is left empty, which is not 0 */
    bool number;
} sheet_mark;

typedef struct sheet_filled {
    str sheet, cell; /* B3 */
    size_t mark;
} sheet_filled;

typedef struct sheet_fill {
    str bytes; /* of the filled file; empty where there are troubles */
    LIST(sheet_filled) filled;
    sheet_troubles troubles; /* marks nobody knows, marks in formulas */
} sheet_fill;
err *sheet_fill_marks(arena *a, str file, str bytes, const sheet_mark *marks, size_t mark_count, sheet_fill *out);
#endif

/*
 * xls: a workbook of Excel 97 to 2003, as WPS writes it too (also as .et): records in a stream in an OLE2 container.
 * Every read is bounded. For sheet_read alone.
 */
#ifndef MUSTER_SHEET_XLS_H
#define MUSTER_SHEET_XLS_H
#include "sheet/sheet.h"

err *xls_read(arena *a, str bytes, sheet_file *out); /* a file in memory */
err *xls_stream(arena *a, str bytes, const sheet_file *out, str *stream); /* what it keeps its records in */
err *xls_records(arena *a, str stream, sheet_file *out); /* those, to pages */

typedef struct xls_record {
    unsigned kind;
    str data;
} xls_record;
bool xls_next(str stream, size_t *at, xls_record *r); /* false: the end, or a record that is cut off */
/* Numbers inside a record; past its end 0. */
unsigned xls_u8(str s, size_t at);
unsigned xls_u16(str s, size_t at);
uint32_t xls_u32(str s, size_t at);
double xls_double(str s, size_t at);
double xls_rk(uint32_t rk); /* a number in four bytes */

enum { XLS_UNITS_MAX = 65536 };
/* Texts one after another, of a record and those that continue it. */
typedef struct xls_texts {
    arena *a;
    str stream, data; /* data: the rest of the record under way */
    size_t next;      /* of the stream, where the next record begins */
    uint16_t *units;  /* of the text under way: XLS_UNITS_MAX, the caller's */
    bool broken;      /* it ended in the middle of one */
} xls_texts;
xls_texts xls_texts_of(arena *a, uint16_t *units, str stream, size_t next, str data);
str xls_text(xls_texts *t); /* the next one; empty once broken */
str xls_units(xls_texts *t, size_t count); /* the same without the count in front */
#endif

/*
 * xlsx_style: what the styles of an XLSX say that matters: which numbers are days or times, which texts are coloured or
 * struck through. For xlsx alone.
 */
#ifndef MUSTER_SHEET_XLSX_STYLE_H
#define MUSTER_SHEET_XLSX_STYLE_H
#include "sheet/numbers.h"
#include "sheet/sheet.h"

typedef struct xlsx_style {
    char kind;  /* number_kind */
    char marks; /* of a row in which a text is so */
} xlsx_style;
typedef struct xlsx_styles {
    arena *a;
    LIST(xlsx_style) cells; /* by the number a cell gives */
    LIST(int) custom_ids;   /* number formats of the file's own */
    LIST(char) custom_kinds;
    LIST(char) fonts, fills; /* their marks */
    enum { STYLE_NOWHERE, STYLE_FONTS, STYLE_FILLS, STYLE_CELLS } in;
} xlsx_styles;
/* For each element of the part; the name without its namespace. */
void xlsx_style_begin(xlsx_styles *s, const char *name, const char **attributes);
void xlsx_style_end(xlsx_styles *s, const char *name);
xlsx_style xlsx_style_of(const xlsx_styles *s, int number);

/* An attribute of an element by its name without namespace, or empty; as a whole number. */
str xlsx_attribute(const char **attributes, const char *name);
int xlsx_attribute_int(const char **attributes, const char *name, int otherwise);
bool xlsx_attribute_set(const char **attributes, const char *name); /* "1" or "true" */
const char *xlsx_local_name(const char *name);
#endif

/*
 * rows: a table of values as a statement or view gives it; plain data in an arena.
 */
#ifndef MUSTER_BASE_ROWS_H
#define MUSTER_BASE_ROWS_H
#include "base/str.h"

typedef enum value_kind { VALUE_NULL, VALUE_INT, VALUE_TEXT, VALUE_BLOB } value_kind;
typedef struct value {
    value_kind kind;
    int64_t n; /* VALUE_INT */
    str s;     /* VALUE_TEXT, VALUE_BLOB */
} value;
#define V_INT(x) ((value){ .kind = VALUE_INT, .n = (x) })
#define V_TEXT(x) ((value){ .kind = VALUE_TEXT, .s = (x) })
#define V_BLOB(x) ((value){ .kind = VALUE_BLOB, .s = (x) })
#define V_NULL ((value){ .kind = VALUE_NULL })

/* A named value: argument of a statement, view or command. Arrays of them end with { 0 }. */
typedef struct named {
    const char *name;
    value value;
} named;
#define NAMED(...) ((const named[]){ __VA_ARGS__, { 0 } })

typedef struct rows {
    const char *const *names; /* column names */
    size_t column_count;
    size_t count;
    value *at; /* row by row: at[row * column_count + column] */
} rows;
/* A column by name; that it exists is asserted. */
const value *rows_at(const rows *r, size_t row, const char *column);
int64_t rows_int(const rows *r, size_t row, const char *column); /* null is 0 */
str rows_text(const rows *r, size_t row, const char *column);    /* null is empty */
#endif

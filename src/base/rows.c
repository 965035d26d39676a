#include "base/rows.h"

#include <assert.h>
#include <string.h>

const value *rows_at(const rows *r, size_t row, const char *column)
{
    assert(row < r->count);
    size_t i = 0;
    while (i < r->column_count && strcmp(r->names[i], column) != 0)
        i++;
    assert(i < r->column_count);
    return &r->at[row * r->column_count + i];
}

int64_t rows_int(const rows *r, size_t row, const char *column)
{
    const value *v = rows_at(r, row, column);
    assert(v->kind == VALUE_INT || v->kind == VALUE_NULL);
    return v->kind == VALUE_INT ? v->n : 0;
}

str rows_text(const rows *r, size_t row, const char *column)
{
    const value *v = rows_at(r, row, column);
    assert(v->kind != VALUE_INT);
    return v->kind == VALUE_NULL ? STR("") : v->s;
}

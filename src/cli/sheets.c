#include "cli/sheets.h"

#include "sheet/write.h"

static sheet_out_kind kind_of(str type)
{
    if (str_is(type, "int"))
        return SHEET_OUT_NUMBER;
    return str_is(type, "day") ? SHEET_OUT_DAY : SHEET_OUT_TEXT;
}

err *cli_view_xlsx(arena *a, const view *v, const rows *r, words_lang lang, const char *path)
{
    sheet_out_column *columns = arena_many(a, sheet_out_column, v->column_count);
    for (size_t i = 0; i < v->column_count; i++) {
        const char *key = str_z(a, text_format(a, "column.%.*s", STR_ARG(v->columns[i].name)));
        columns[i].label = words_has(lang, key) ? words_get(a, lang, key, NULL) : v->columns[i].name;
        columns[i].kind = kind_of(v->columns[i].type);
    }
    value *cells = arena_many(a, value, r->count * r->column_count);
    for (size_t i = 0; i < r->count * r->column_count; i++) {
        cells[i] = r->at[i];
        bool as_text = columns[i % r->column_count].kind != SHEET_OUT_NUMBER;
        if (cells[i].kind == VALUE_INT && as_text)
            cells[i] = V_TEXT(text_format(a, "%lld", (long long)cells[i].n));
    }
    sheet_out out = { .sheet = v->name, .title = v->title, .columns = columns, .column_count = v->column_count,
                      .cells = cells, .row_count = r->count };
    return sheet_write_xlsx(a, path, &out, 1);
}

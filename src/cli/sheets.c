#include "cli/sheets.h"

#include "sheet/write.h"

static sheet_out_kind kind_of(str type)
{
    if (str_is(type, "int"))
        return SHEET_OUT_NUMBER;
    return str_is(type, "day") ? SHEET_OUT_DAY : SHEET_OUT_TEXT;
}

static str label_of(arena *a, words_lang lang, str column)
{
    const char *key = text_format(a, "column.%.*s", STR_ARG(column)).at;
    return words_has(lang, key) ? words_get(a, lang, key, NULL) : column;
}

/* Columns whose texts are words of the program: published, night, commander. */
static bool is_word(str column)
{
    static const char *const names[] = { "state", "kind",  "office", "change",    "level",    "placement",
                                         "role",  "rule",  "source", "decision", "scope" };
    for (size_t i = 0; i < COUNT(names); i++) {
        if (str_is(column, names[i]))
            return true;
    }
    return false;
}

static value cell_of(arena *a, words_lang lang, const view_column *column, const value *x)
{
    if (x->kind == VALUE_TEXT && is_word(column->name)) {
        const char *key = text_format(a, "value.%.*s", STR_ARG(x->s)).at;
        return words_has(lang, key) ? V_TEXT(words_get(a, lang, key, NULL)) : *x;
    }
    if (x->kind == VALUE_INT && kind_of(column->type) != SHEET_OUT_NUMBER)
        return V_TEXT(view_cell_text(a, column->type, x, lang));
    return *x;
}

static err *write_view(arena *a, const view *v, const rows *r, words_lang lang, bool with_ids, const char *path)
{
    size_t kept[COUNT(v->columns)], count = 0;
    sheet_out_column *columns = arena_many(a, sheet_out_column, v->column_count + 1);
    for (size_t i = 0; i < v->column_count; i++) {
        if (!with_ids && str_is(v->columns[i].type, "id"))
            continue;
        kept[count] = i;
        columns[count++] =
            (sheet_out_column){ .label = label_of(a, lang, v->columns[i].name), .kind = kind_of(v->columns[i].type) };
    }
    value *cells = arena_many(a, value, r->count * count + 1);
    for (size_t row = 0; row < r->count; row++) {
        for (size_t c = 0; c < count; c++)
            cells[row * count + c] =
                cell_of(a, lang, &v->columns[kept[c]], &r->at[row * r->column_count + kept[c]]);
    }
    str title = view_title(a, v, lang);
    sheet_out out = { .sheet = title, .title = title, .columns = columns, .column_count = count, .cells = cells,
                      .row_count = r->count };
    return sheet_write_xlsx(a, path, &out, 1);
}

err *cli_view_xlsx(arena *a, const view *v, const rows *r, words_lang lang, const char *path)
{
    return write_view(a, v, r, lang, true, path);
}

err *cli_view_xlsx_plain(arena *a, const view *v, const rows *r, words_lang lang, const char *path)
{
    return write_view(a, v, r, lang, false, path);
}

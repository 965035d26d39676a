#include "cli/form.h"

#include "base/file.h"
#include "base/limits.h"
#include "print/table.h"

#include <string.h>

enum { NARROW = 8 };

str form_number(arena *a, int64_t n)
{
    return text_format(a, "%lld", (long long)n);
}

err *form_view(form *f, const char *name, const named *args, rows *out)
{
    size_t count = 0;
    while (args && args[count].name)
        count++;
    named *all = arena_many(f->a, named, count + 2);
    all[0] = (named){ "now", V_INT(f->now) };
    if (count)
        memcpy(all + 1, args, count * sizeof *args);
    return view_run(app_store(f->app), f->a, view_find(str_of(name)), all, f->actor, 0, out);
}

err *form_operation(form *f, str *title, civil_zone **zone)
{
    rows r = { 0 };
    TRY(form_view(f, "operation", NULL, &r));
    for (size_t i = 0; i < r.count; i++) {
        if (f->operation && rows_int(&r, i, "id") != f->operation)
            continue;
        f->operation = rows_int(&r, i, "id");
        *title = rows_text(&r, i, "title");
        return civil_zone_open(f->a, rows_text(&r, i, "zone"), zone);
    }
    return err_new(f->a, ERR_NOT_FOUND, "form.no_operation", NULL);
}

err *form_team(form *f, str *name)
{
    rows r = { 0 };
    TRY(form_view(f, "team", NULL, &r));
    for (size_t i = 0; i < r.count; i++) {
        if (rows_int(&r, i, "id") != f->team)
            continue;
        *name = rows_text(&r, i, "name");
        f->operation = rows_int(&r, i, "operation_id");
        return NULL;
    }
    return err_new(f->a, ERR_NOT_FOUND, "team.missing", VALUES({ "id", form_number(f->a, f->team) }));
}

err *form_command(form *f, const char *command, const named *args, str *result)
{
    call c = { .command = command, .args = args, .actor_id = f->actor, .now = f->now, .lang = f->lang, .source = STR("sheet") };
    return app_command(f->app, f->a, &c, result);
}

static sheet_out_kind kind_of(sheet_field field)
{
    return field == SHEET_DAYS ? SHEET_OUT_DAY : SHEET_OUT_TEXT;
}

static str text_of(arena *a, value v)
{
    return v.kind == VALUE_TEXT ? v.s : v.kind == VALUE_INT ? form_number(a, v.n) : STR("");
}

/* The same on paper, for the wall. */
static err *put_paper(form *f, const sheet_out *out)
{
    print_table_sheet s = { .head = { .lang = f->lang, .created_at = f->now }, .title = out->title, .foot = out->foot };
    print_table_column *columns = arena_many(f->a, print_table_column, out->column_count + 1);
    str *cells = arena_many(f->a, str, out->row_count * out->column_count + 1);
    for (size_t c = 0; c < out->column_count; c++)
        columns[c] = (print_table_column){ out->columns[c].label, out->columns[c].merge_same, out->columns[c].kind == SHEET_OUT_NUMBER };
    for (size_t i = 0; i < out->row_count * out->column_count; i++)
        cells[i] = text_of(f->a, out->cells[i]);
    s.columns.at = columns;
    s.columns.count = out->column_count;
    s.cells.at = cells;
    s.cells.count = out->row_count * out->column_count;
    return print_table(f->a, &s, f->path);
}

bool form_on_paper(const form *f)
{
    return str_ends(str_of(f->path), STR(".pdf"));
}

err *form_put(form *f, const sheet_out *out)
{
    if (form_on_paper(f))
        return put_paper(f, out);
    if (str_ends(str_of(f->path), STR(".csv")))
        return file_write(f->a, f->path, sheet_csv(f->a, out));
    return sheet_write_xlsx(f->a, f->path, out, 1);
}

/* The columns that only the program needs are narrow; 0: of their content. */
static int width_of(sheet_field field)
{
    return field == SHEET_KEY || field == SHEET_NUMBER ? NARROW : 0;
}

err *form_write(form *f, sheet_kind kind, str title, size_t row_count, value (*cell)(void *of, size_t row, sheet_field field),
                void *of)
{
    sheet_field fields[SHEET_COLUMNS_MAX];
    size_t count = sheet_written(kind, fields);
    sheet_out_column *columns = arena_many(f->a, sheet_out_column, count + 1);
    value *cells = arena_many(f->a, value, row_count * count + 1);
    for (size_t c = 0; c < count; c++)
        columns[c] = (sheet_out_column){ .label = sheet_label(kind, fields[c], f->lang), .kind = kind_of(fields[c]),
                                          .width = width_of(fields[c]) };
    for (size_t r = 0; r < row_count; r++) {
        for (size_t c = 0; c < count; c++)
            cells[r * count + c] = cell(of, r, fields[c]);
    }
    sheet_out out = { .sheet = title, .title = title, .columns = columns, .column_count = count, .cells = cells,
                      .row_count = row_count };
    return form_put(f, &out);
}

void form_line(form *f, form_read *out, sheet_at at, const char *key, const word_value *values)
{
    str page = at.table->page->name;
    *list_add(f->a, &out->lines) =
        words_get(f->a, f->lang, page.len ? "form.at_sheet" : "form.at",
                  VALUES({ "sheet", page }, { "row", form_number(f->a, at.row->number) },
                         { "what", words_get(f->a, f->lang, key, values) }));
}

void form_say(form *f, form_read *out, const char *key, const word_value *values)
{
    *list_add(f->a, &out->lines) = words_get(f->a, f->lang, key, values);
}

void form_changed(form *f, form_read *out, sheet_at at, sheet_field field, str name, str have, str said)
{
    str nothing = words_get(f->a, f->lang, "form.nothing", NULL);
    form_line(f, out, at, "form.changed",
              VALUES({ "name", name }, { "column", sheet_label(at.table->kind, field, f->lang) },
                     { "have", have.len ? have : nothing }, { "said", said.len ? said : nothing }));
}

err *form_verdict(form *f, const form_read *out)
{
    if (!out->troubles.error_count)
        return NULL;
    return err_new(f->a, ERR_INPUT, "form.bad_rows", VALUES({ "file", str_of(f->path) },
                                                           { "n", form_number(f->a, (int64_t)out->troubles.error_count) }));
}

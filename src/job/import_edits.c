#include "job/import_edits.h"

#include "base/file.h"
#include "base/json.h"

#include <jansson.h>
#include <unistd.h>

enum { EDITS_MAX_BYTES = 8 << 20 };

const char *import_edits_path(arena *a, const char *path)
{
    return text_format(a, "%s.edits", path).at;
}

static void drop(void *o)
{
    json_decref(o);
}

static str member(const json_t *o, const char *name)
{
    const json_t *s = json_object_get(o, name);
    return (str){ json_string_value(s), json_string_length(s) };
}

err *import_edits_read(arena *a, const char *path, import_edits *out)
{
    const char *from = import_edits_path(a, path);
    *out = (import_edits){ 0 };
    if (access(from, F_OK) != 0)
        return NULL;
    TRY(file_read(a, from, EDITS_MAX_BYTES, &out->bytes));
    json_t *list = json_loadb(out->bytes.at, out->bytes.len, 0, NULL);
    if (!list)
        return err_new(a, ERR_INPUT, "import.edits_damaged", NULL);
    arena_defer(a, drop, list);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        if (json_object_get(one, "issuer"))
            out->issuer = member(one, "issuer");
        if (json_object_get(one, "label"))
            *list_add(a, &out->columns) = (import_column){ .label = member(one, "label"), .field = member(one, "field") };
        if (!json_object_get(one, "text"))
            continue;
        *list_add(a, &out->list) = (sheet_edit){ .sheet = member(one, "sheet"), .text = member(one, "text"),
                                                 .row = (int)json_integer_value(json_object_get(one, "row")),
                                                 .column = (int)json_integer_value(json_object_get(one, "column")) };
    }
    return NULL;
}

static bool same_cell(const sheet_edit *x, const sheet_edit *y)
{
    return x->row == y->row && x->column == y->column && str_equal(x->sheet, y->sheet);
}

static void put(arena *a, import_edits *all, const sheet_edit *e)
{
    for (size_t i = 0; i < all->list.count; i++)
        if (same_cell(&all->list.at[i], e)) {
            all->list.at[i] = *e;
            return;
        }
    *list_add(a, &all->list) = *e;
}

static void put_pair(json *j, const char *name, str value, const char *other, str of_other)
{
    json_open(j, '{');
    json_key(j, name);
    json_str(j, value);
    if (other) {
        json_key(j, other);
        json_str(j, of_other);
    }
    json_close(j, '}');
}

static str written(arena *a, const import_edits *all)
{
    text t = text_begin(a);
    json j = json_begin(&t);
    json_open(&j, '[');
    for (size_t i = 0; i < all->list.count; i++) {
        const sheet_edit *e = &all->list.at[i];
        json_open(&j, '{');
        json_key(&j, "sheet");
        json_str(&j, e->sheet);
        json_key(&j, "row");
        json_int(&j, e->row);
        json_key(&j, "column");
        json_int(&j, e->column);
        json_key(&j, "text");
        json_str(&j, e->text);
        json_close(&j, '}');
    }
    if (all->issuer.len)
        put_pair(&j, "issuer", all->issuer, NULL, (str){ 0 });
    for (size_t i = 0; i < all->columns.count; i++)
        put_pair(&j, "label", all->columns.at[i].label, "field", all->columns.at[i].field);
    json_close(&j, ']');
    return text_done(&t);
}

err *import_edits_add(arena *a, const char *path, const sheet_edit *fresh, size_t count)
{
    import_edits all;
    TRY(import_edits_read(a, path, &all));
    for (size_t i = 0; i < count; i++) {
        if (fresh[i].text.len > IMPORT_EDIT_MAX_BYTES)
            return err_new(a, ERR_LIMIT, "import.edit_long", VALUES({ "row", text_format(a, "%d", fresh[i].row) }));
        put(a, &all, &fresh[i]);
    }
    if (all.list.count > IMPORT_EDITS_MAX)
        return err_new(a, ERR_LIMIT, "import.edits_many", VALUES({ "max", text_format(a, "%d", IMPORT_EDITS_MAX) }));
    return file_write(a, import_edits_path(a, path), written(a, &all));
}

static void put_column(arena *a, import_edits *all, const import_column *c)
{
    for (size_t i = 0; i < all->columns.count; i++)
        if (str_equal(all->columns.at[i].label, c->label)) {
            all->columns.at[i].field = c->field;
            return;
        }
    *list_add(a, &all->columns) = *c;
}

err *import_edits_say(arena *a, const char *path, const str *issuer, const import_column *columns, size_t count)
{
    import_edits all;
    TRY(import_edits_read(a, path, &all));
    if (issuer)
        all.issuer = *issuer;
    for (size_t i = 0; i < count; i++)
        put_column(a, &all, &columns[i]);
    return file_write(a, import_edits_path(a, path), written(a, &all));
}

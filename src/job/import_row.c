#include "job/import_row.h"

#include "base/json.h"
#include "base/limits.h"

#include <assert.h>

const char *const import_kinds[SHEET_KIND_COUNT] = {
    [SHEET_PEOPLE] = "people", [SHEET_ORGS] = "orgs", [SHEET_COMMUNITIES] = "communities",
    [SHEET_DIVISIONS] = "divisions", [SHEET_GAZETTEER] = "gazetteer", [SHEET_NEEDS] = "needs",
    [SHEET_AVAILABILITY] = "availability",
};

sheet_kind import_kind_named(str name)
{
    for (sheet_kind k = 0; k < SHEET_KIND_COUNT; k++)
        if (import_kinds[k] && str_is(name, import_kinds[k]))
            return k;
    return SHEET_KIND_COUNT;
}

typedef struct keeping {
    const import_rows *p;
    str import;
    map *records;       /* "sheet/row" -> record; of several the first */
    map *worst;         /* "sheet/row" -> severity */
    map *told;          /* "sheet/row" -> index into sentences */
    LIST(str) sentences;
    json_t *piece;
    size_t row_no;
} keeping;

static str place_of(const import_rows *p, str sheet, int row)
{
    return text_format(p->a, "%.*s/%d", STR_ARG(sheet), row);
}

static void gather(keeping *k)
{
    const import_rows *p = k->p;
    for (size_t i = p->record_count; i-- > 0;) {
        const sheet_origin *o = &p->records[i].from;
        map_put(k->records, place_of(p, o->sheet, o->row), (int64_t)i);
    }
    for (size_t i = 0; i < p->troubles->list.count; i++) {
        const sheet_trouble *t = &p->troubles->list.at[i];
        str key = place_of(p, t->sheet, t->row), text = words_get(p->a, p->lang, t->what, t->values);
        int64_t worst = SHEET_WARNING, at = 0;
        (void)map_get(k->worst, key, &worst);
        map_put(k->worst, key, (int)t->severity > worst ? (int64_t)t->severity : worst);
        if (map_get(k->told, key, &at)) {
            assert((size_t)at < k->sentences.count && k->sentences.at);
            k->sentences.at[at] = text_format(p->a, "%.*s %.*s", STR_ARG(k->sentences.at[at]), STR_ARG(text));
        } else {
            map_put(k->told, key, (int64_t)k->sentences.count);
            *list_add(p->a, &k->sentences) = text;
        }
    }
}

/* Only what was read as some field: identity numbers and columns nobody knows are not kept here either. */
static str cells_of(const import_rows *p, const sheet_table *t, const sheet_row *row)
{
    json_t *cells = json_object();
    for (int c = 0; c < t->column_count && c < row->cell_count; c++) {
        const sheet_column *column = &t->columns[c];
        if (column->unwanted || column->field == SHEET_NONE || column->field == SHEET_IGNORED || !row->cells[c].len)
            continue;
        str label = column->label;
        if (json_object_getn(cells, label.at, label.len))
            label = text_format(p->a, "%.*s %.*s", STR_ARG(label), STR_ARG(sheet_column_letters(p->a, c)));
        json_object_setn_new(cells, label.at, label.len, json_text(row->cells[c]));
    }
    char *dumped = json_dumps(cells, JSON_COMPACT);
    str out = dumped ? str_copy(p->a, str_of(dumped)) : STR("{}");
    arena_give_back(dumped);
    json_decref(cells);
    return out;
}

static const char *verdict(const keeping *k, str key, int64_t record)
{
    int64_t worst = -1;
    (void)map_get(k->worst, key, &worst);
    if (worst == SHEET_ERROR || record < 0)
        return "error";
    return k->p->records[record].repeats ? "duplicate" : worst == SHEET_WARNING ? "warning" : "ready";
}

static err *flush(keeping *k)
{
    char *dumped = json_dumps(k->piece, JSON_COMPACT);
    if (!dumped)
        return err_memory();
    str rows = str_copy(k->p->a, str_of(dumped));
    arena_give_back(dumped);
    json_array_clear(k->piece);
    return k->p->command(k->p->of, "import.rows", NAMED({ "import", V_TEXT(k->import) }, { "rows", V_TEXT(rows) }), NULL);
}

static err *keep_row(keeping *k, const sheet_table *t, const sheet_row *row)
{
    const import_rows *p = k->p;
    int64_t record = -1, at = 0;
    str key = place_of(p, t->page->name, row->number);
    (void)map_get(k->records, key, &record);
    int64_t noun = record >= 0 ? p->records[record].noun : 0;
    json_t *j = json_object();
    json_object_set_new(j, "row_no", json_integer((json_int_t)++k->row_no));
    json_object_set_new(j, "sheet", json_text(t->page->name));
    json_object_set_new(j, "sheet_row", json_integer(row->number));
    json_object_set_new(j, "cells", json_text(cells_of(p, t, row)));
    json_object_set_new(j, "verdict", json_string(verdict(k, key, record)));
    if (map_get(k->told, key, &at)) {
        assert((size_t)at < k->sentences.count && k->sentences.at);
        json_object_set_new(j, "trouble", json_text(k->sentences.at[at]));
    }
    if (noun)
        json_object_set_new(j, "noun_id", json_id(p->a, noun));
    json_array_append_new(k->piece, j);
    return json_array_size(k->piece) == PIECE_ROWS_MAX ? flush(k) : NULL;
}

static err *keep_rows(keeping *k)
{
    sheet_tables tables = { 0 };
    sheet_troubles ignored = { 0 };
    gather(k);
    TRY(sheet_tables_of(k->p->a, k->p->content, k->p->kind, &ignored, &tables));
    for (size_t i = 0; i < tables.list.count; i++) {
        const sheet_table *t = &tables.list.at[i];
        for (size_t r = 0; r < t->rows.count; r++)
            TRY(keep_row(k, t, &t->rows.at[r]));
    }
    return json_array_size(k->piece) ? flush(k) : NULL;
}

static void drop(void *what)
{
    json_decref(what);
}

err *import_rows_begin(import_rows *r)
{
    json_t **begun = arena_new(r->a, json_t *);
    TRY(r->command(r->of, "import.begin",
                   NAMED({ "kind", V_TEXT(str_of(import_kinds[r->kind])) }, { "file_hash", V_TEXT(r->hash) },
                         { "file", V_TEXT(r->content->name) },
                         { r->bytes_hash.len ? "bytes_hash" : NULL, V_TEXT(r->bytes_hash) }), begun)); /* a null name ends the list */
    r->same = json_is_true(json_object_get(*begun, "same"));
    str_int(str_of(json_string_value(json_object_get(*begun, "id"))), 1, INT64_MAX, &r->id);
    return NULL;
}

err *import_rows_keep(import_rows *r)
{
    if (r->same)
        return NULL;
    keeping k = { .p = r, .import = text_format(r->a, "%lld", (long long)r->id), .records = map_new(r->a),
                  .worst = map_new(r->a), .told = map_new(r->a), .piece = json_array() };
    arena_defer(r->a, drop, k.piece);
    TRY(keep_rows(&k));
    return r->command(r->of, "import.finish", NAMED({ "import", V_TEXT(k.import) }), NULL);
}

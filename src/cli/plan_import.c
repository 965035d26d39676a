/* Keeps what each file of a plan said, row by row, with what became of it: the view import_row. */
#include "base/limits.h"
#include "cli/plan.h"

#include <assert.h>

#include <stdlib.h>

const char *const plan_kinds[SHEET_KIND_COUNT] = {
    [SHEET_PEOPLE] = "people", [SHEET_ORGS] = "orgs", [SHEET_COMMUNITIES] = "communities",
    [SHEET_DIVISIONS] = "divisions", [SHEET_GAZETTEER] = "gazetteer", [SHEET_NEEDS] = "needs",
    [SHEET_AVAILABILITY] = "availability",
};

typedef struct keeping {
    plan *p;
    plan_file *f;
    str import;
    map *records;       /* "sheet/row" -> record; of several the first */
    map *worst;         /* "sheet/row" -> severity */
    map *told;          /* "sheet/row" -> index into sentences */
    LIST(str) sentences;
    json_t *piece;
    size_t row_no;
} keeping;

static str place_of(plan *p, str sheet, int row)
{
    return text_format(p->a, "%.*s/%d", STR_ARG(sheet), row);
}

/* A need of a community nobody knows is left out when the needs are stored. */
static void gather_lost_needs(keeping *k)
{
    plan *p = k->p;
    for (size_t i = 0; k->f->kind == SHEET_NEEDS && i < k->f->record_count; i++) {
        const sheet_need *n = &p->needs.list.at[k->f->first + i];
        str code, key = place_of(p, n->from.sheet, n->from.row);
        if (plan_community(p, n->community, n->subdistrict, &code))
            continue;
        map_put(k->worst, key, SHEET_ERROR);
        map_put(k->told, key, (int64_t)k->sentences.count);
        *list_add(p->a, &k->sentences) = words_get(p->a, p->lang, "plan.no_post_here",
            VALUES({ "community", n->community }, { "sheet", str_trim(text_format(p->a, "%.*s %.*s", STR_ARG(k->f->content.name), STR_ARG(n->from.sheet))) },
                   { "row", text_format(p->a, "%d", n->from.row) }));
    }
}

static void gather(keeping *k)
{
    plan *p = k->p;
    for (size_t i = k->f->record_count; i-- > 0;) {
        const sheet_origin *o = plan_origin(p, k->f, i);
        map_put(k->records, place_of(p, o->sheet, o->row), (int64_t)i);
    }
    for (size_t i = 0; i < k->f->troubles.list.count; i++) {
        const sheet_trouble *t = &k->f->troubles.list.at[i];
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
static str cells_of(plan *p, const sheet_table *t, const sheet_row *row)
{
    json_t *cells = json_object();
    for (int c = 0; c < t->column_count && c < row->cell_count; c++) {
        const sheet_column *column = &t->columns[c];
        if (column->unwanted || column->field == SHEET_NONE || column->field == SHEET_IGNORED || !row->cells[c].len)
            continue;
        str label = column->label;
        if (json_object_getn(cells, label.at, label.len))
            label = text_format(p->a, "%.*s %.*s", STR_ARG(label), STR_ARG(sheet_column_letters(p->a, c)));
        json_object_setn_new(cells, label.at, label.len, plan_text(row->cells[c]));
    }
    char *dumped = json_dumps(cells, JSON_COMPACT);
    str out = dumped ? str_copy(p->a, str_of(dumped)) : STR("{}");
    arena_give_back(dumped);
    json_decref(cells);
    return out;
}

/* The id of what a record became; 0 where it is not one thing of the database. */
static int64_t noun_of(const plan *p, const plan_file *f, size_t i)
{
    size_t at = f->first + i;
    if (f->kind == SHEET_PEOPLE)
        return p->persons.at[p->person_of.at[at]].id;
    if (f->kind == SHEET_ORGS)
        return p->nodes.at[at].id;
    if (f->kind == SHEET_GAZETTEER && p->compound_of.at[at] >= 0)
        return p->compounds.at[p->compound_of.at[at]].id;
    return 0;
}

static const char *verdict(const keeping *k, str key, int64_t record)
{
    int64_t worst = -1;
    (void)map_get(k->worst, key, &worst);
    if (worst == SHEET_ERROR || record < 0)
        return "error";
    return k->f->repeats[record] ? "duplicate" : worst == SHEET_WARNING ? "warning" : "ready";
}

static err *flush(keeping *k)
{
    char *dumped = json_dumps(k->piece, JSON_COMPACT);
    if (!dumped)
        return err_memory();
    str rows = str_copy(k->p->a, str_of(dumped));
    arena_give_back(dumped);
    json_array_clear(k->piece);
    return plan_command(k->p, "import.rows", NAMED({ "import", V_TEXT(k->import) }, { "rows", V_TEXT(rows) }), NULL);
}

static err *keep_row(keeping *k, const sheet_table *t, const sheet_row *row)
{
    plan *p = k->p;
    int64_t record = -1, at = 0;
    str key = place_of(p, t->page->name, row->number);
    (void)map_get(k->records, key, &record);
    int64_t noun = record >= 0 ? noun_of(p, k->f, (size_t)record) : 0;
    json_t *j = json_object();
    json_object_set_new(j, "row_no", json_integer((json_int_t)++k->row_no));
    json_object_set_new(j, "sheet", plan_text(t->page->name));
    json_object_set_new(j, "sheet_row", json_integer(row->number));
    json_object_set_new(j, "cells", plan_text(cells_of(p, t, row)));
    json_object_set_new(j, "verdict", json_string(verdict(k, key, record)));
    if (map_get(k->told, key, &at)) {
            assert((size_t)at < k->sentences.count && k->sentences.at);
            json_object_set_new(j, "trouble", plan_text(k->sentences.at[at]));
        }
    if (noun)
        json_object_set_new(j, "noun_id", plan_text(text_format(p->a, "%lld", (long long)noun)));
    json_array_append_new(k->piece, j);
    return json_array_size(k->piece) == PIECE_ROWS_MAX ? flush(k) : NULL;
}

static err *keep_rows(keeping *k)
{
    sheet_tables tables = { 0 };
    sheet_troubles ignored = { 0 };
    gather(k);
    gather_lost_needs(k);
    TRY(sheet_tables_of(k->p->a, &k->f->content, k->f->kind, &ignored, &tables));
    for (size_t i = 0; i < tables.list.count; i++) {
        const sheet_table *t = &tables.list.at[i];
        for (size_t r = 0; r < t->rows.count; r++)
            TRY(keep_row(k, t, &t->rows.at[r]));
    }
    return json_array_size(k->piece) ? flush(k) : NULL;
}

static err *keep_file(plan *p, plan_file *f)
{
    json_t *begun = NULL;
    TRY(plan_command(p, "import.begin",
                     NAMED({ "kind", V_TEXT(str_of(plan_kinds[f->kind])) }, { "file_hash", V_TEXT(f->hash) },
                           { "file", V_TEXT(f->content.name) }), &begun));
    if (json_is_true(json_object_get(begun, "same")))
        return NULL;
    keeping k = { .p = p, .f = f, .import = str_of(json_string_value(json_object_get(begun, "id"))),
                  .records = map_new(p->a), .worst = map_new(p->a), .told = map_new(p->a), .piece = plan_array(p) };
    TRY(keep_rows(&k));
    return plan_command(p, "import.finish", NAMED({ "import", V_TEXT(k.import) }), NULL);
}

static void drop(void *what)
{
    arena_close(what);
}

/* Each file has memory of its own: twenty thousand rows as JSON do not stay. */
err *plan_import(plan *p)
{
    arena *outer = p->a;
    for (size_t i = 0; i < p->files.count; i++) {
        p->a = arena_open(outer, TEXT_MAX_BYTES);
        err *e = keep_file(p, &p->files.at[i]);
        arena *inner = p->a;
        p->a = outer;
        if (e) { /* it lives in there */
            arena_defer(outer, drop, inner);
            return e;
        }
        arena_close(inner);
    }
    return NULL;
}

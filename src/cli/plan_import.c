/* Keeps what each file of a plan said, row by row, with what became of it. */
#include "cli/plan.h"

#include "base/limits.h"
#include "job/import_row.h"

/* A need of a community nobody knows is left out when the needs are stored. */
static void add_lost_needs(plan *p, const plan_file *f, sheet_troubles *troubles)
{
    for (size_t i = 0; f->kind == SHEET_NEEDS && i < f->record_count; i++) {
        const sheet_need *n = &p->needs.list.at[f->first + i];
        str code, sheet = str_trim(text_format(p->a, "%.*s %.*s", STR_ARG(f->content.name), STR_ARG(n->from.sheet)));
        if (plan_community(p, n->community, n->subdistrict, &code))
            continue;
        *list_add(p->a, &troubles->list) =
            (sheet_trouble){ .sheet = n->from.sheet, .row = n->from.row, .column = -1, .severity = SHEET_ERROR, .what = "plan.no_post_here",
                             .values = { { "community", n->community }, { "sheet", sheet },
                                         { "row", text_format(p->a, "%d", n->from.row) } } };
    }
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

static err *run(void *of, const char *name, const named *args, json_t **result)
{
    return plan_command(of, name, args, result);
}

static err *keep_file(plan *p, const plan_file *f)
{
    import_record *records = arena_many(p->a, import_record, f->record_count + 1);
    sheet_troubles troubles = { 0 };
    for (size_t i = 0; i < f->troubles.list.count; i++)
        *list_add(p->a, &troubles.list) = f->troubles.list.at[i];
    add_lost_needs(p, f, &troubles);
    for (size_t i = 0; i < f->record_count; i++)
        records[i] = (import_record){ .from = *plan_origin(p, f, i), .repeats = f->repeats[i], .noun = noun_of(p, f, i) };
    import_rows r = { .a = p->a, .lang = p->lang, .kind = f->kind, .hash = f->hash, .content = &f->content, .troubles = &troubles,
                      .records = records, .record_count = f->record_count, .command = run, .of = p };
    TRY(import_rows_begin(&r));
    return import_rows_keep(&r);
}

static void drop(void *what)
{
    arena_close(what);
}

/* Each file in memory of its own: a city's would fill it. */
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

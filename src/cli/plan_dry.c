/* muster plan --dry-run: what each file holds, compared with DIR/muster.db where there is one. Writes nothing. */
#include "cli/plan.h"
#include "domain/message.h"
#include "job/import_row.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct known {
    map *files, *people, *orgs, *communities, *compounds;
} known;

static void remember(plan *p, map *m, str first, str second)
{
    map_put(m, text_format(p->a, "%.*s/%.*s", STR_ARG(first), STR_ARG(second)), 1);
}

static bool holds(plan *p, const map *m, str first, str second)
{
    return map_get(m, text_format(p->a, "%.*s/%.*s", STR_ARG(first), STR_ARG(second)), NULL);
}

static err *recall(plan *p, map *m, const char *view, const char *first, const char *second)
{
    rows r = { 0 };
    TRY(plan_view(p, view, NULL, &r));
    for (size_t i = 0; i < r.count; i++)
        remember(p, m, rows_text(&r, i, first), second ? rows_text(&r, i, second) : (str){ 0 });
    return NULL;
}

/* Files count when their import was finished. */
static err *recall_files(plan *p, map *m)
{
    rows r = { 0 };
    TRY(plan_view(p, "import", NULL, &r));
    for (size_t i = 0; i < r.count; i++) {
        if (str_is(rows_text(&r, i, "state"), "applied"))
            remember(p, m, rows_text(&r, i, "kind"), rows_text(&r, i, "file_hash"));
    }
    return NULL;
}

static err *recall_all(plan *p, known *k)
{
    TRY(recall_files(p, k->files));
    TRY(recall(p, k->people, "person", "name", "phone"));
    TRY(recall(p, k->orgs, "org", "name", "parent"));
    TRY(recall(p, k->communities, "community", "code", NULL));
    return recall(p, k->compounds, "compound", "community_code", "name");
}

static bool is_known(plan *p, const known *k, const plan_file *f, size_t i)
{
    size_t at = f->first + i;
    const sheet_person *s;
    const sheet_org *o;
    switch (f->kind) {
    case SHEET_PEOPLE:
        s = &p->people.list.at[at];
        return holds(p, k->people, s->name, message_mask(p->a, s->phone));
    case SHEET_ORGS:
        o = &p->orgs.list.at[at];
        return holds(p, k->orgs, o->name, o->parent);
    case SHEET_DIVISIONS:
        return holds(p, k->communities, p->community_codes.at[at], (str){ 0 });
    case SHEET_GAZETTEER:
        return p->compound_of.at[at] >= 0 && holds(p, k->compounds, p->compounds.at[p->compound_of.at[at]].code,
                                                   p->gazetteer.list.at[at].name);
    default:
        return false; /* needs and hours: only the whole file is recognised */
    }
}

static size_t known_count(plan *p, const known *k, const plan_file *f)
{
    size_t count = 0;
    if (holds(p, k->files, str_of(import_kinds[f->kind]), f->hash))
        return f->ready;
    for (size_t i = 0; i < f->record_count; i++)
        count += is_known(p, k, f, i);
    return count;
}

static void line(plan *p, const char *key, const plan_file *f, size_t in_database)
{
    arena *a = p->a;
    size_t warnings = f->troubles.list.count - f->troubles.error_count;
    str kind = f->path ? words_get(a, p->lang, plan_kind_key(f->kind), NULL) : (str){ 0 };
    printf("%.*s\n", STR_ARG(words_get(a, p->lang, key,
        VALUES({ "kind", kind }, { "file", f->content.name }, { "ready", text_format(a, "%zu", f->ready) },
               { "warnings", text_format(a, "%zu", warnings) },
               { "errors", text_format(a, "%zu", f->troubles.error_count) },
               { "duplicates", text_format(a, "%zu", f->duplicates) },
               { "known", text_format(a, "%zu", in_database) }))));
}

static err *open_known(plan *p, known *k)
{
    const char *db = str_z(p->a, text_format(p->a, "%s/muster.db", p->dir));
    if (access(db, F_OK) != 0)
        return NULL;
    err *e = app_open(p->a, &(app_options){ .url = db, .stepped = true, .read_only = true }, &p->app);
    if (e && str_is(str_of(e->message), "store.empty"))
        return NULL; /* broken off before anything stood in it */
    TRY(e);
    e = recall_all(p, k);
    app_close(p->app);
    return e;
}

err *plan_dry(plan *p)
{
    known k = { map_new(p->a), map_new(p->a), map_new(p->a), map_new(p->a), map_new(p->a) };
    plan_file all = { 0 };
    size_t in_database = 0;
    TRY(open_known(p, &k));
    cli_progress_end();
    for (size_t i = 0; i < p->files.count; i++) {
        const plan_file *f = &p->files.at[i];
        size_t n = known_count(p, &k, f);
        line(p, "plan.dry.file", f, n);
        in_database += n;
        all.ready += f->ready;
        all.duplicates += f->duplicates;
        all.troubles.error_count += f->troubles.error_count;
        all.troubles.list.count += f->troubles.list.count;
    }
    line(p, "plan.dry", &all, in_database);
    return NULL;
}

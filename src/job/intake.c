#include "job/intake.h"

#include "job/import_columns.h"

#include <string.h>

void intake_add(intake *t, const char *path, str name)
{
    *list_add(t->a, &t->files) = (intake_file){ .path = path, .name = name };
}

/* -- understood ----------------------------------------------------------------------------------------- */
static void tell_unread(intake *t, intake_file *f, const err *e)
{
    sheet_trouble x = { .file = f->name, .column = -1, .severity = SHEET_ERROR, .what = e->message };
    memcpy(x.values, e->values, sizeof x.values);
    *list_add(t->a, &t->troubles.list) = x;
    t->troubles.error_count++;
    f->unread = true;
    f->why = e->message;
    t->unread++;
}

bool intake_lacks_header(const intake_file *f)
{
    return f->unread && str_is(str_of(f->why), "sheet.no_header");
}

/* A row with two faults is one refused row. */
static size_t refused_rows(arena *a, const sheet_troubles *all)
{
    map *seen = map_new(a);
    for (size_t i = 0; i < all->list.count; i++) {
        const sheet_trouble *x = &all->list.at[i];
        if (x->severity == SHEET_ERROR && x->row > 0)
            map_put(seen, text_format(a, "%d/%.*s", x->row, STR_ARG(x->sheet)), 1);
    }
    return map_count(seen);
}

static void take(intake *t, intake_file *f)
{
    const sheet_troubles *of = &f->of.troubles;
    for (int pass = SHEET_ERROR; pass >= SHEET_WARNING; pass--)
        for (size_t i = 0; i < of->list.count; i++)
            if ((int)of->list.at[i].severity == pass)
                *list_add(t->a, &t->troubles.list) = of->list.at[i];
    f->refused = refused_rows(t->a, of);
    t->troubles.error_count += of->error_count;
    t->refused += f->refused;
    t->ready += f->of.count - f->of.repeated;
    t->repeated += f->of.repeated;
    t->known += f->of.known;
    t->alike += f->of.alike;
    t->applied += f->of.applied;
}

/* What the machine cannot do, or this person may not, is no fault of a file. */
static bool of_the_file(const err *e)
{
    return e->code == ERR_INPUT || e->code == ERR_LIMIT || e->code == ERR_NOT_FOUND || e->code == ERR_CONFLICT || e->code == ERR_DISK;
}

err *intake_read(intake *t)
{
    for (size_t i = 0; i < t->files.count; i++) {
        intake_file *f = &t->files.at[i];
        f->of = (import){ .a = t->a, .app = t->app, .lang = t->lang, .actor = t->actor, .now = t->now, .path = f->path,
                          .name = f->name, .kind = t->kind, .from_on = t->from_on, .to_on = t->to_on, .source = t->source, .mended = t->mended };
        f->of.columns = t->columns;
        f->of.column_count = t->column_count;
        f->of.issuer = f->issuer;
        err *e = import_read(&f->of);
        if (!e)
            e = import_alike(&f->of);
        if (e && !of_the_file(e))
            return e;
        if (e)
            tell_unread(t, f, e);
        else
            take(t, f);
    }
    for (size_t i = 0; i < t->column_count; i++)
        if (!t->columns[i].used)
            return err_new(t->a, ERR_USAGE, "intake.column_label", VALUES({ "value", t->columns[i].label }));
    return NULL;
}

/* -- written -------------------------------------------------------------------------------------------- */
static err *write_one(intake *t, intake_file *f)
{
    import *m = &f->of;
    if (f->unread || m->applied || !m->count)
        return NULL;
    TRY(import_write(m));
    t->written++;
    t->added += m->added;
    t->changed += m->changed;
    t->same += m->same;
    t->placed += m->placed;
    t->queued += m->queued;
    t->given_up += m->given_up;
    return NULL;
}

/* What others refer to comes first. */
err *intake_write(intake *t)
{
    static const sheet_kind order[] = { SHEET_DIVISIONS, SHEET_GAZETTEER, SHEET_ORGS, SHEET_PEOPLE, SHEET_AVAILABILITY, SHEET_NEEDS };
    if (t->troubles.error_count && !t->good_rows)
        return err_new(t->a, ERR_INPUT, "intake.errors", VALUES({ "n", text_format(t->a, "%zu", t->refused) },
                                                               { "files", text_format(t->a, "%zu", t->unread) }));
    for (size_t i = 0; i < t->files.count; i++)
        if (!t->files.at[i].unread)
            TRY(import_columns_keep(&t->files.at[i].of));
    for (size_t k = 0; k < COUNT(order); k++)
        for (size_t i = 0; i < t->files.count; i++)
            if (t->files.at[i].of.kind == order[k])
                TRY(write_one(t, &t->files.at[i]));
    return NULL;
}

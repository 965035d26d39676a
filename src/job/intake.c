#include "job/intake.h"

#include "job/import_columns.h"
#include "job/intake_twice.h"

#include <string.h>

void intake_add(intake *t, const char *path, str name)
{
    *list_add(t->a, &t->files) = (intake_file){ .path = path, .name = name, .kind = SHEET_KIND_COUNT };
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

static str trouble_key(arena *a, const sheet_trouble *x)
{
    return text_format(a, "%.*s/%d/%d/%s", STR_ARG(x->sheet), x->row, x->column, x->what);
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
    t->ready += f->of.count - f->of.repeated - f->elsewhere;
    t->repeated += f->of.repeated + f->elsewhere;
    t->known += f->of.known - f->known_elsewhere;
    t->alike += f->of.alike;
    t->applied += f->of.applied;
}

/* What the machine cannot do, or this person may not, is no fault of a file. */
static bool of_the_file(const err *e)
{
    return e->code == ERR_INPUT || e->code == ERR_LIMIT || e->code == ERR_NOT_FOUND || e->code == ERR_CONFLICT || e->code == ERR_DISK;
}

static err *read_one(const intake *t, intake_file *f, const import_coming *coming)
{
    str bytes = f->of.bytes;
    f->of = (import){ .a = t->a, .app = t->app, .lang = t->lang, .actor = t->actor, .now = t->now, .path = f->path, .name = f->name,
                      .kind = f->kind == SHEET_KIND_COUNT ? t->kind : f->kind, .from_on = t->from_on, .to_on = t->to_on,
                      .source = t->source, .mended = t->mended, .coming = coming };
    f->of.bytes = bytes;
    f->of.columns = t->columns;
    f->of.column_count = t->column_count;
    f->of.issuer = f->issuer;
    TRY(import_read(&f->of));
    return import_alike(&f->of);
}

/* With errors it is read again: what it did not find may come in another file. */
static err *read_with_others(intake *t, err **unread)
{
    for (size_t i = 0; i < t->files.count; i++) {
        unread[i] = read_one(t, &t->files.at[i], NULL);
        if (unread[i] && !of_the_file(unread[i]))
            return unread[i];
        if (!unread[i] && !t->files.at[i].of.applied)
            import_coming_add(&t->coming, &t->files.at[i].of);
    }
    for (size_t i = 0; i < t->files.count; i++)
        if (!unread[i] && t->files.at[i].of.troubles.error_count && (t->coming.communities.count || t->coming.people_count))
            TRY(read_one(t, &t->files.at[i], &t->coming));
    return NULL;
}

err *intake_read(intake *t)
{
    err **unread = arena_many(t->a, err *, t->files.count + 1);
    TRY(read_with_others(t, unread));
    intake_twice(t);
    for (size_t i = 0; i < t->files.count; i++) {
        intake_file *f = &t->files.at[i];
        if (unread[i])
            tell_unread(t, f, unread[i]);
        else
            take(t, f);
    }
    for (size_t i = 0; i < t->column_count; i++)
        if (!t->columns[i].used)
            return err_new(t->a, ERR_USAGE, "intake.column_label", VALUES({ "value", t->columns[i].label }));
    return NULL;
}

/* -- written -------------------------------------------------------------------------------------------- */
/* What its rows stood on is written now, or was not to be had after all. */
static err *read_late(intake *t, intake_file *f)
{
    map *told = map_new(t->a);
    sheet_troubles before = f->of.troubles;
    TRY(read_one(t, f, NULL));
    for (size_t i = 0; i < before.list.count; i++)
        map_put(told, trouble_key(t->a, &before.list.at[i]), 1);
    for (size_t i = 0; i < f->of.troubles.list.count; i++) {
        const sheet_trouble *x = &f->of.troubles.list.at[i];
        if (x->severity != SHEET_ERROR || map_get(told, trouble_key(t->a, x), NULL))
            continue;
        *list_add(t->a, &t->late.list) = *x;
        t->late.error_count++;
        f->held = !t->good_rows;
    }
    f->refused = refused_rows(t->a, &f->of.troubles);
    t->held += f->held;
    return NULL;
}

static err *write_one(intake *t, intake_file *f)
{
    import *m = &f->of;
    if (f->unread || m->applied || !m->count)
        return NULL;
    if (m->waits)
        TRY(read_late(t, f));
    if (f->held || !m->count)
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

const sheet_kind intake_order[INTAKE_KINDS] = { SHEET_DIVISIONS, SHEET_GAZETTEER, SHEET_ORGS, SHEET_PEOPLE, SHEET_AVAILABILITY, SHEET_NEEDS };

err *intake_write(intake *t)
{
    if (t->troubles.error_count && !t->good_rows)
        return err_new(t->a, ERR_INPUT, "intake.errors", VALUES({ "n", text_format(t->a, "%zu", t->refused) },
                                                               { "files", text_format(t->a, "%zu", t->unread) }));
    for (size_t i = 0; i < t->files.count; i++)
        if (!t->files.at[i].unread)
            TRY(import_columns_keep(&t->files.at[i].of));
    for (size_t k = 0; k < INTAKE_KINDS; k++)
        for (size_t i = 0; i < t->files.count; i++)
            if (t->files.at[i].of.kind == intake_order[k])
                TRY(write_one(t, &t->files.at[i]));
    return NULL;
}

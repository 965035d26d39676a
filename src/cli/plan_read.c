#include "base/file.h"
#include "base/limits.h"
#include "cli/plan.h"
#include "sheet/amend.h"

#include <stdio.h>

enum { TROUBLES_SHOWN = 12 };

/* Which kind of table a file holds: the narrower headers are asked first. */
static err *kind_of(plan *p, plan_file *f)
{
    static const sheet_kind order[] = { SHEET_NEEDS, SHEET_AVAILABILITY, SHEET_PEOPLE };
    err *e = NULL;
    sheet_troubles ignored = { 0 };
    sheet_tables tables = { 0 };
    for (size_t i = 0; i < COUNT(order); i++) {
        e = sheet_tables_of(p->a, &f->content, order[i], &ignored, &tables);
        if (!e) {
            f->kind = order[i];
            return NULL;
        }
    }
    /* a list of units names what is above them or who speaks for them; else it is people without their names */
    if (!sheet_tables_of(p->a, &f->content, SHEET_ORGS, &ignored, &tables) &&
        (sheet_has(&tables.list.at[0], SHEET_PARENT) || sheet_has(&tables.list.at[0], SHEET_CONTACT))) {
        f->kind = SHEET_ORGS;
        return NULL;
    }
    return e; /* of people: the headers looked for */
}

#define TAKE(list_name, read, part) \
    do { \
        read; \
        f->first = p->list_name.list.count; \
        for (size_t take = 0; take < (part).list.count; take++) \
            *list_add(p->a, &p->list_name.list) = (part).list.at[take]; \
        f->ready = f->record_count = (part).list.count; \
    } while (0)

static err *read_records(plan *p, plan_file *f)
{
    sheet_people people = { 0 };
    sheet_needs needs = { 0 };
    sheet_availability availability = { 0 };
    sheet_communities communities = { 0 };
    sheet_gazetteer gazetteer = { 0 };
    sheet_orgs orgs = { 0 };
    switch (f->kind) {
    case SHEET_PEOPLE:
        TAKE(people, TRY(sheet_people_of(p->a, &f->content, &people, &f->troubles)), people);
        break;
    case SHEET_NEEDS:
        TRY(sheet_needs_of(p->a, &f->content, &p->operation, &needs, &f->troubles));
        TAKE(needs, (void)0, needs);
        break;
    case SHEET_AVAILABILITY:
        TAKE(availability,
             TRY(sheet_availability_of(p->a, &f->content, &p->operation, &availability, &f->troubles)), availability);
        break;
    case SHEET_ORGS:
        TAKE(orgs, TRY(sheet_orgs_of(p->a, &f->content, &orgs, &f->troubles)), orgs);
        break;
    case SHEET_DIVISIONS:
        TAKE(communities, TRY(sheet_divisions_of(p->a, &f->content, &communities, &f->troubles)), communities);
        break;
    default:
        TAKE(gazetteer, TRY(sheet_gazetteer_of(p->a, &f->content, &gazetteer, &f->troubles)), gazetteer);
        break;
    }
    return NULL;
}

const char *plan_kind_key(sheet_kind kind)
{
    switch (kind) {
    case SHEET_PEOPLE:
        return "plan.kind.people";
    case SHEET_NEEDS:
        return "plan.kind.needs";
    case SHEET_AVAILABILITY:
        return "plan.kind.availability";
    case SHEET_ORGS:
        return "plan.kind.orgs";
    case SHEET_DIVISIONS:
        return "plan.kind.communities";
    default:
        return "plan.kind.gazetteer";
    }
}

static str number(arena *a, size_t n)
{
    return text_format(a, "%zu", n);
}

/* The rows left out, each with its reason, beside the other results; its name or nothing. */
static err *write_left_out(plan *p, const plan_file *f, str *name)
{
    *name = text_format(p->a, "%s/%.*s-%.*s.csv", p->dir,
                        STR_ARG(words_get(p->a, p->lang, "file.bad_rows", NULL)), STR_ARG(f->content.name));
    if (p->dry_run)
        return NULL;
    return file_write(p->a, str_z(p->a, *name), sheet_left_out_csv(p->a, p->lang, &f->content, f->kind, &f->troubles));
}

static err *tell_troubles(plan *p, const plan_file *f)
{
    arena *a = p->a;
    size_t warnings = f->troubles.list.count - f->troubles.error_count;
    cli_progress_end();
    str n = number(a, f->ready);
    printf("%.*s\n", STR_ARG(words_get(a, p->lang, "plan.sheet.short",
        VALUES({ "kind", words_get(a, p->lang, plan_kind_key(f->kind), NULL) }, { "file", f->content.name }, { "n", n },
               { "bad", number(a, f->troubles.error_count) }, { "warnings", number(a, warnings) }))));
    str name = { 0 };
    if (f->troubles.error_count)
        TRY(write_left_out(p, f, &name));
    size_t shown = 0, limit = p->dry_run ? SIZE_MAX : TROUBLES_SHOWN; /* a dry run leaves no file to look into */
    for (int pass = SHEET_ERROR; pass >= SHEET_WARNING; pass--) {
        for (size_t i = 0; i < f->troubles.list.count && shown < limit; i++) {
            const sheet_trouble *t = &f->troubles.list.at[i];
            if ((int)t->severity != pass)
                continue;
            printf("  %.*s %.*s\n", STR_ARG(sheet_trouble_text(a, p->lang, t)),
                   STR_ARG(sheet_trouble_hint(a, p->lang, t)));
            shown++;
        }
    }
    if (f->troubles.list.count > shown && name.len)
        printf("  %.*s\n", STR_ARG(words_get(a, p->lang, "plan.trouble.more",
            VALUES({ "n", number(a, f->troubles.list.count - shown) }, { "file", name }))));
    return NULL;
}

err *plan_read(plan *p)
{
    for (size_t i = 0; i < p->files.count; i++) {
        plan_file *f = &p->files.at[i];
        cli_progress(p->a, p->lang, "plan.progress.read", VALUES({ "file", str_of(f->path) }));
        TRY(sheet_read(p->a, f->path, &f->content));
        if (f->kind == SHEET_KIND_COUNT)
            TRY(kind_of(p, f));
        TRY(read_records(p, f));
        if (f->kind == SHEET_DIVISIONS)
            plan_codes_make(p);
        else if (f->kind == SHEET_GAZETTEER)
            plan_gazetteer(p, f);
        TRY(tell_troubles(p, f));
    }
    TRY(plan_records(p));
    str bad = text_format(p->a, "%s", p->dir);
    if (p->people.list.count == 0)
        return err_new(p->a, ERR_INPUT, "plan.no_people", VALUES({ "file", bad }));
    if (p->needs.list.count == 0)
        return err_new(p->a, ERR_INPUT, "plan.no_needs", VALUES({ "file", bad }));
    return NULL;
}

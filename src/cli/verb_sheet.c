#include "base/civil.h"
#include "cli/cli.h"
#include "cli/form.h"

#include <stdio.h>
#include <string.h>

static const form_kind *const kinds[] = { &form_attendance, &form_donation, &form_daily, &form_needs, &form_members, &form_roster };

typedef struct sheet_options {
    const char *db, *as, *by, *team, *operation, *version, *day, *until, *layout, *out, *in;
} sheet_options;

static void print_line(str s)
{
    printf("%.*s\n", STR_ARG(s));
}

static void show_troubles(const form *f, const form_read *r)
{
    for (size_t i = 0; i < r->troubles.list.count; i++) {
        const sheet_trouble *t = &r->troubles.list.at[i];
        FILE *to = t->severity == SHEET_ERROR ? stderr : stdout;
        fprintf(to, "%.*s %.*s\n", STR_ARG(sheet_trouble_text(f->a, f->lang, t)), STR_ARG(sheet_trouble_hint(f->a, f->lang, t)));
    }
}

static void show(const form *f, const form_kind *k, const form_read *r)
{
    for (size_t i = 0; i < r->lines.count; i++)
        print_line(r->lines.at[i]);
    print_line(words_get(f->a, f->lang, "form.sum",
                         VALUES({ "same", form_number(f->a, (int64_t)r->same) }, { "fresh", form_number(f->a, (int64_t)r->fresh) },
                                { "standing", form_number(f->a, (int64_t)r->standing) })));
    if (r->applied)
        print_line(words_get(f->a, f->lang, "form.applied", VALUES({ "n", form_number(f->a, (int64_t)r->fresh) })));
    else if (r->fresh && !k->derived)
        print_line(words_get(f->a, f->lang, "form.not_applied", NULL));
}

static err *run_fill(form *f)
{
    form_read *r = arena_new(f->a, form_read);
    err *e = form_daily_fill(f, r);
    show_troubles(f, r);
    for (size_t i = 0; i < r->lines.count; i++)
        print_line(r->lines.at[i]);
    return e;
}

/* 1: something differs that was not, or cannot be, applied. */
static err *run_form(form *f, const form_kind *k, bool in, int *code)
{
    if (!in)
        return f->fill ? run_fill(f) : k->write(f);
    form_read *r = arena_new(f->a, form_read);
    err *e = k->read(f, r);
    show_troubles(f, r);
    if (e)
        return e;
    show(f, k, r);
    *code = r->standing || (r->fresh && !r->applied);
    return NULL;
}

static err *read_number(arena *a, const char *option, const char *value, int64_t *out)
{
    if (value && !str_int(str_of(value), 1, INT64_MAX, out))
        return err_new(a, ERR_USAGE, "form.number_option", VALUES({ "option", str_of(option) }, { "value", str_of(value) }));
    return NULL;
}

static err *read_options(arena *a, const sheet_options *o, form *f)
{
    civil_day day;
    TRY(read_number(a, "--as", o->as, &f->actor));
    TRY(read_number(a, "--by", o->by, &f->by));
    TRY(read_number(a, "--team", o->team, &f->team));
    TRY(read_number(a, "--operation", o->operation, &f->operation));
    TRY(read_number(a, "--version", o->version, &f->version));
    f->day = str_of(o->day);
    f->layout = o->layout ? o->layout[0] - '0' : 0;
    if (o->layout && (f->layout < 1 || f->layout > 3 || o->layout[1]))
        return err_new(a, ERR_USAGE, "form.layout_option", VALUES({ "value", str_of(o->layout) }));
    if (o->day && !civil_day_read(f->day, &day))
        return err_new(a, ERR_USAGE, "form.day_option", VALUES({ "value", f->day }));
    if (o->until && (sheet_time_read(a, str_of(o->until), &f->until_minute) || f->until_minute > 1440))
        return err_new(a, ERR_USAGE, "form.until_option", VALUES({ "value", str_of(o->until) }));
    if (!o->db)
        return err_new(a, ERR_USAGE, "cli.db_missing", NULL);
    if (!o->in == !o->out)
        return err_new(a, ERR_USAGE, "form.in_or_out", NULL);
    f->path = o->in ? o->in : o->out;
    return NULL;
}

static const form_kind *kind_find(const char *name)
{
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (strcmp(kinds[i]->name, name) == 0)
            return kinds[i];
    }
    return NULL;
}

static err *run(arena *a, int argc, char **argv, words_lang lang, int *code)
{
    form f = { .a = a, .lang = lang, .now = civil_clock(), .until_minute = -1 };
    sheet_options o = { .db = cli_option(&argc, argv, "--db"), .as = cli_option(&argc, argv, "--as"),
                        .by = cli_option(&argc, argv, "--by"), .team = cli_option(&argc, argv, "--team"),
                        .operation = cli_option(&argc, argv, "--operation"), .version = cli_option(&argc, argv, "--version"),
                        .day = cli_option(&argc, argv, "--day"), .until = cli_option(&argc, argv, "--until"),
                        .layout = cli_option(&argc, argv, "--layout"),
                        .out = cli_option(&argc, argv, "-o"),
                        .in = cli_option(&argc, argv, "--read") };
    f.apply = cli_flag(&argc, argv, "--apply");
    f.doubles = cli_flag(&argc, argv, "--doubles");
    f.fill = cli_option(&argc, argv, "--fill");
    f.drop = cli_flag(&argc, argv, "--drop");
    TRY(cli_unknown_option(a, argc, argv));
    const form_kind *k = argc == 1 ? kind_find(argv[0]) : NULL;
    if (!k)
        return err_new(a, ERR_USAGE, "form.kind", VALUES({ "kind", argc ? str_of(argv[0]) : STR("") }));
    if (k->derived && f.apply)
        return err_new(a, ERR_USAGE, "form.derived", NULL);
    if (f.fill && (!k->derived || o.in))
        return err_new(a, ERR_USAGE, "form.fill_option", NULL);
    TRY(read_options(a, &o, &f));
    TRY(app_open(a, &(app_options){ .url = o.db, .stepped = true, .mode = "real", .read_only = !f.apply }, &f.app));
    err *e = run_form(&f, k, o.in != NULL, code);
    app_close(f.app);
    return e;
}

int verb_sheet(arena *a, int argc, char **argv, words_lang lang)
{
    int code = 0;
    err *e = run(a, argc, argv, lang, &code);
    return e ? cli_fail(a, lang, e) : code;
}

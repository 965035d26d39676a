/* muster import: people's own sheets, many in one go, shown first and then written. */
#include "base/civil.h"
#include "base/file.h"
#include "cli/cli.h"
#include "job/import_columns.h"
#include "job/import_issuer.h"
#include "job/intake.h"
#include "sheet/amend.h"
#include "view/view.h"

#include <stdio.h>
#include <string.h>

enum { GIVEN_MAX = 64 };
typedef struct import_options {
    const char *db, *as, *refused, *undo;
    bool apply;
    const char *issuers[GIVEN_MAX], *kinds[GIVEN_MAX];
    size_t issuer_count, kind_count;
    intake t;
} import_options;

static void line(const intake *t, const char *key, const word_value *values)
{
    printf("%.*s\n", STR_ARG(words_get(t->a, t->lang, key, values)));
}

/* More about the line above it. */
static void below(const intake *t, const char *key, const word_value *values)
{
    printf("    %.*s\n", STR_ARG(words_get(t->a, t->lang, key, values)));
}

static str number(const intake *t, int64_t n)
{
    return text_format(t->a, "%lld", (long long)n);
}

/* -- what was understood -------------------------------------------------------------------------------- */
typedef struct columns_told {
    str read, left;
} columns_told;

static void put_column(const intake *t, text *to, str label, str means)
{
    if (to->len) {
        words_put(to, t->lang, "intake.and", NULL);
        text_put_z(to, t->lang == WORDS_EN ? " " : "");
    }
    str part; /* a label may be broken over lines */
    while (str_split(&label, '\n', &part))
        text_put(to, part);
    if (means.len)
        text_printf(to, " → %.*s", STR_ARG(means));
}

static columns_told columns_of(const intake *t, const intake_file *f, const sheet_table *table)
{
    text read = text_begin(t->a), left = text_begin(t->a);
    for (int c = 0; c < table->column_count; c++) {
        const sheet_column *column = &table->columns[c];
        if (!column->label.len)
            continue;
        if (column->field != SHEET_NONE && column->field != SHEET_IGNORED && !column->unwanted)
            put_column(t, &read, column->label, sheet_label(f->of.kind, column->field, t->lang));
        else
            put_column(t, &left, column->label, STR(""));
    }
    return (columns_told){ text_done(&read), text_done(&left) };
}

/* A sheet for each branch with the same columns is told once. */
static size_t tell_columns(const intake *t, const intake_file *f, size_t from)
{
    const sheet_table *tables = f->of.tables.list.at;
    columns_told first = columns_of(t, f, &tables[from]);
    size_t n = 1;
    for (; from + n < f->of.tables.list.count; n++) {
        columns_told next = columns_of(t, f, &tables[from + n]);
        if (!str_equal(next.read, first.read) || !str_equal(next.left, first.left))
            break;
    }
    str name = tables[from].page->name;
    below(t, n > 1 ? "intake.columns_sheets" : name.len ? "intake.columns_sheet" : "intake.columns",
          VALUES({ "sheet", name }, { "n", number(t, (int64_t)n) }, { "columns", first.read }));
    if (first.left.len)
        below(t, "intake.columns_left", VALUES({ "columns", first.left }));
    if (!tables[from].header_row)
        below(t, import_columns_once(&f->of, &tables[from]) ? "intake.bare_once" : "intake.bare_kept", NULL);
    return n;
}

/* What to write for a page that has no header, as its contents look. */
static void tell_bare(const intake *t, const import *m, size_t page)
{
    sheet_table table;
    text options = text_begin(t->a);
    if (sheet_table_bare(t->a, &m->content, page, m->kind, &table) || !sheet_looks_bare(t->a, &table))
        return;
    for (int c = 0; c < table.column_count; c++)
        if (table.columns[c].field != SHEET_NONE && table.columns[c].field != SHEET_IGNORED)
            text_printf(&options, "%s--column %d=%.*s", options.len ? " " : "", c + 1, STR_ARG(sheet_label(m->kind, table.columns[c].field, t->lang)));
    below(t, "intake.bare", VALUES({ "options", text_done(&options) }));
}

static void tell_issuer(const intake *t, import *m)
{
    import_issuer i;
    if (m->kind != SHEET_PEOPLE || import_issuer_of(m, &i))
        return;
    const char *key = !i.name.len ? "intake.issuer_none" : i.known ? "intake.issuer" : i.near.count ? "intake.issuer_near" : "intake.issuer_new";
    below(t, key, VALUES({ "name", i.name }, { "where", import_issuer_where(m, &i) }, { "near", import_issuer_near(m, &i) }));
}

static void tell_file(const intake *t, const intake_file *f)
{
    const import *m = &f->of;
    if (f->unread) {
        line(t, "intake.unread", VALUES({ "file", f->name }));
        for (size_t i = 0; i < m->content.pages.count && intake_lacks_header(f); i++)
            tell_bare(t, m, i);
        return;
    }
    str kind = words_get(t->a, t->lang, text_format(t->a, "intake.kind.%s", import_kinds[m->kind]).at, NULL);
    line(t, m->applied ? "intake.file_again" : "intake.file",
         VALUES({ "file", f->name }, { "kind", kind }, { "ready", number(t, (int64_t)(m->count - m->repeated)) },
                { "refused", number(t, (int64_t)f->refused) }, { "repeated", number(t, (int64_t)m->repeated) },
                { "known", number(t, (int64_t)m->known) }));
    tell_issuer(t, &t->files.at[f - t->files.at].of);
    for (size_t i = 0; i < m->tables.list.count;)
        i += tell_columns(t, f, i);
}

static void tell_troubles(const intake *t, const sheet_troubles *all)
{
    for (size_t i = 0; i < all->list.count; i++) {
        const sheet_trouble *x = &all->list.at[i];
        if (strcmp(x->what, "sheet.column_dropped") == 0)
            continue; /* told with the columns */
        FILE *to = x->severity == SHEET_ERROR ? stderr : stdout;
        fprintf(to, "%.*s %.*s\n", STR_ARG(sheet_trouble_text(t->a, t->lang, x)), STR_ARG(sheet_trouble_hint(t->a, t->lang, x)));
    }
}

static void tell_read(const intake *t)
{
    cli_progress_end();
    for (size_t i = 0; i < t->files.count; i++)
        tell_file(t, &t->files.at[i]);
    fflush(stdout);
    tell_troubles(t, &t->troubles);
    line(t, "intake.sum", VALUES({ "files", number(t, (int64_t)t->files.count) }, { "unread", number(t, (int64_t)t->unread) },
                                 { "ready", number(t, (int64_t)t->ready) }, { "refused", number(t, (int64_t)t->refused) },
                                 { "repeated", number(t, (int64_t)t->repeated) }, { "known", number(t, (int64_t)t->known) }));
    if (t->alike)
        line(t, "intake.alike", VALUES({ "n", number(t, (int64_t)t->alike) }));
}

/* -- written -------------------------------------------------------------------------------------------- */
static err *put_refused(import_options *o)
{
    sheet_list paths = { 0 };
    TRY(intake_refused(&o->t, o->refused, &paths));
    for (size_t i = 0; i < paths.count; i++)
        line(&o->t, "intake.refused_in", VALUES({ "path", paths.at[i] }));
    return NULL;
}

static void tell_written(const intake *t)
{
    line(t, "intake.written",
         VALUES({ "files", number(t, (int64_t)t->written) }, { "added", number(t, t->added) }, { "changed", number(t, t->changed) },
                { "same", number(t, t->same) }, { "placed", number(t, t->placed) }, { "queued", number(t, t->queued) }));
    if (t->given_up)
        line(t, "intake.given_up", VALUES({ "n", number(t, (int64_t)t->given_up) }));
    for (size_t i = 0; i < t->files.count; i++)
        if (t->files.at[i].of.id)
            below(t, "intake.number", VALUES({ "file", t->files.at[i].name }, { "id", number(t, t->files.at[i].of.id) }));
}

/* Rows whose others turned out not to help: with all those refused, as far as the files were written. */
static err *tell_late(import_options *o, int *code)
{
    intake *t = &o->t;
    if (!t->late.error_count)
        return NULL;
    *code = 1;
    fflush(stdout);
    tell_troubles(t, &t->late);
    for (size_t i = 0; i < t->files.count; i++)
        if (t->files.at[i].held)
            line(t, "intake.held", VALUES({ "file", t->files.at[i].name }));
    return o->refused ? put_refused(o) : NULL;
}

/* 1: something is refused, or waits to be written. The refused rows go out first: that disk may be full. */
static err *run_import(import_options *o, int *code)
{
    intake *t = &o->t;
    TRY(intake_read(t));
    tell_read(t);
    if (o->refused && t->refused)
        TRY(put_refused(o));
    *code = t->troubles.error_count > 0;
    if (!o->apply) {
        *code = *code || t->ready;
        line(t, "intake.not_applied", NULL);
        return NULL;
    }
    TRY(intake_write(t));
    tell_written(t);
    return tell_late(o, code);
}

/* -- undone --------------------------------------------------------------------------------------------- */
static err *tell_kept(const intake *t, int64_t id)
{
    rows r = { 0 };
    TRY(view_run(app_store(t->app), t->a, view_find(STR("import_kept")), NAMED({ "import", V_INT(id) }, { "now", V_INT(t->now) }), t->actor, 0, &r));
    for (size_t i = 0; i < r.count; i++) {
        str noun = rows_text(&r, i, "noun"), why = rows_text(&r, i, "why"), name = rows_text(&r, i, "name");
        below(t, "intake.kept", VALUES({ "noun", words_get(t->a, t->lang, text_format(t->a, "intake.noun.%.*s", STR_ARG(noun)).at, NULL) },
                                       { "id", rows_text(&r, i, "noun_key") }, { "name", name },
                                       { "why", words_get(t->a, t->lang, text_format(t->a, "intake.kept.%.*s", STR_ARG(why)).at, NULL) }));
    }
    return NULL;
}

/* 1: something stays as it is. */
static err *run_undo(import_options *o, int *code)
{
    intake *t = &o->t;
    int64_t id, undone, kept;
    import m = { .a = t->a, .app = t->app, .lang = t->lang, .actor = t->actor, .now = t->now, .source = t->source };
    if (!str_int(str_of(o->undo), 1, INT64_MAX, &id))
        return err_new(t->a, ERR_USAGE, "intake.undo_number", VALUES({ "value", str_of(o->undo) }));
    TRY(import_undo(&m, id, &undone, &kept));
    line(t, "intake.undone", VALUES({ "undone", number(t, undone) }, { "kept", number(t, kept) }));
    *code = kept > 0;
    return tell_kept(t, id);
}

/* -- the command line ----------------------------------------------------------------------------------- */
static str name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return str_of(slash ? slash + 1 : path);
}

/* A table pasted from another program stands on standard input. */
static err *add_files(import_options *o, int argc, char **argv)
{
    bool pasted = false;
    for (int i = 0; i < argc; i++) {
        bool paste = strcmp(argv[i], "-") == 0;
        if (paste && pasted)
            return err_new(o->t.a, ERR_USAGE, "intake.pasted_twice", NULL);
        pasted = pasted || paste;
        intake_add(&o->t, paste ? "/dev/stdin" : argv[i], paste ? words_get(o->t.a, o->t.lang, "intake.pasted", NULL) : name_of(argv[i]));
    }
    return NULL;
}

enum { COLUMNS_GIVEN_MAX = 64 };

/* 表头=字段; a header may hold the sign itself. */
static err *add_column(import_options *o, const char *given)
{
    const char *sign = strrchr(given, '=');
    if (!sign || sign == given || !sign[1])
        return err_new(o->t.a, ERR_USAGE, "intake.column_form", VALUES({ "value", str_of(given) }));
    if (o->t.column_count == COLUMNS_GIVEN_MAX)
        return err_new(o->t.a, ERR_LIMIT, "intake.column_many", VALUES({ "max", number(&o->t, COLUMNS_GIVEN_MAX) }));
    o->t.columns[o->t.column_count++] = (import_column){ .label = { given, (size_t)(sign - given) }, .field = str_of(sign + 1) };
    return NULL;
}

/* As options, or a line each in a file. */
static err *add_columns(import_options *o, int *argc, char **argv)
{
    str text, one;
    o->t.columns = arena_many(o->t.a, import_column, COLUMNS_GIVEN_MAX);
    for (const char *given; (given = cli_option(argc, argv, "--column"));)
        TRY(add_column(o, given));
    for (const char *path; (path = cli_option(argc, argv, "--columns"));) {
        TRY(file_read(o->t.a, path, SHEET_MAX_BYTES, &text));
        while (text.len && str_split(&text, '\n', &one))
            if (str_trim(one).len)
                TRY(add_column(o, str_z(o->t.a, str_trim(one))));
    }
    return NULL;
}

static err *take_many(import_options *o, int *argc, char **argv, const char *option, const char **to, size_t *count)
{
    for (const char *given; (given = cli_option(argc, argv, option));) {
        if (*count == GIVEN_MAX)
            return err_new(o->t.a, ERR_LIMIT, "intake.issuer_many", VALUES({ "max", number(&o->t, GIVEN_MAX) }));
        to[(*count)++] = given;
    }
    return NULL;
}

static bool is_file(const intake_file *f, str said)
{
    return str_equal(f->name, said) || str_is(said, f->path);
}

/* 单位, of all files, or FILE=单位. */
static err *add_issuer(import_options *o, const char *given)
{
    const char *sign = strrchr(given, '=');
    str file = sign ? (str){ given, (size_t)(sign - given) } : (str){ 0 }, name = str_trim(str_of(sign ? sign + 1 : given));
    bool some = false;
    for (size_t i = 0; i < o->t.files.count && name.len; i++) {
        intake_file *f = &o->t.files.at[i];
        if (sign && !is_file(f, file))
            continue;
        f->issuer = name;
        some = true;
    }
    return some ? NULL : err_new(o->t.a, ERR_USAGE, "intake.issuer_form", VALUES({ "value", str_of(given) }));
}

/* KIND, of all files, or FILE=KIND. */
static err *add_kind(import_options *o, const char *given)
{
    const char *sign = strrchr(given, '=');
    str file = sign ? (str){ given, (size_t)(sign - given) } : (str){ 0 }, name = str_of(sign ? sign + 1 : given);
    sheet_kind kind = import_kind_named(name);
    bool some = !sign;
    if (kind == SHEET_KIND_COUNT)
        return err_new(o->t.a, ERR_USAGE, "intake.kind_unknown", VALUES({ "kind", name }));
    if (!sign)
        o->t.kind = kind;
    for (size_t i = 0; sign && i < o->t.files.count; i++) {
        if (!is_file(&o->t.files.at[i], file))
            continue;
        o->t.files.at[i].kind = kind;
        some = true;
    }
    return some ? NULL : err_new(o->t.a, ERR_USAGE, "intake.kind_file", VALUES({ "value", str_of(given) }));
}

static err *check_options(import_options *o, int file_count)
{
    arena *a = o->t.a;
    if (!o->db)
        return err_new(a, ERR_USAGE, "cli.db_missing", NULL);
    if (o->as && !str_int(str_of(o->as), 1, INT64_MAX, &o->t.actor))
        return err_new(a, ERR_USAGE, "cli.as_number", VALUES({ "value", str_of(o->as) }));
    if (o->undo && file_count)
        return err_new(a, ERR_USAGE, "intake.undo_alone", NULL);
    if (!file_count && !o->undo)
        return err_new(a, ERR_USAGE, "intake.no_files", NULL);
    return NULL;
}

static err *run(arena *a, int argc, char **argv, words_lang lang, int *code)
{
    import_options o = { .db = cli_option(&argc, argv, "--db"), .as = cli_option(&argc, argv, "--as"),
                         .refused = cli_option(&argc, argv, "--refused"), .undo = cli_option(&argc, argv, "--undo"),
                         .t = { .a = a, .lang = lang, .kind = SHEET_KIND_COUNT, .now = civil_clock(), .source = STR("sheet") } };
    o.t.from_on = str_of(cli_option(&argc, argv, "--from"));
    o.t.to_on = str_of(cli_option(&argc, argv, "--to"));
    TRY(add_columns(&o, &argc, argv));
    TRY(take_many(&o, &argc, argv, "--issuer", o.issuers, &o.issuer_count));
    TRY(take_many(&o, &argc, argv, "--kind", o.kinds, &o.kind_count));
    o.apply = cli_flag(&argc, argv, "--apply");
    o.t.good_rows = cli_flag(&argc, argv, "--good-rows");
    TRY(cli_unknown_option(a, argc, argv));
    TRY(check_options(&o, argc));
    TRY(add_files(&o, argc, argv));
    for (size_t i = 0; i < o.kind_count; i++)
        TRY(add_kind(&o, o.kinds[i]));
    for (size_t i = 0; i < o.issuer_count; i++)
        TRY(add_issuer(&o, o.issuers[i]));
    TRY(app_open(a, &(app_options){ .url = o.db, .stepped = true, .mode = "real", .read_only = !o.apply && !o.undo }, &o.t.app));
    err *e = o.undo ? run_undo(&o, code) : run_import(&o, code);
    app_close(o.t.app);
    return e;
}

int verb_import(arena *a, int argc, char **argv, words_lang lang)
{
    int code = 0;
    err *e = run(a, argc, argv, lang, &code);
    return e ? cli_fail(a, lang, e) : code;
}

/*
 * The tray of 导入: many files sent in one go. Each says what it was taken for, all have one list of troubles, cells are
 * mended in it; one press asks for a job for each file. Until then nothing is written.
 */
#include "web/desk_import.h"

#include "base/limits.h"
#include "job/import_columns.h"
#include "job/import_edits.h"
#include "job/import_issuer.h"
#include "job/intake.h"
#include "web/upload.h"

enum { TROUBLES_SHOWN = 300, BARE_ROWS_SHOWN = 5 };

static str number(web *w, size_t n)
{
    return text_format(w->q->a, "%zu", n);
}

/* -- read ------------------------------------------------------------------------------------------------ */
typedef struct tray_read {
    upload_tray tray;
    intake in;
} tray_read;

static err *read_tray(web *w, arena *a, tray_read *t)
{
    TRY(upload_tray_of(w, &t->tray));
    TRY(upload_claim_reader(w, a));
    t->in = (intake){ .a = a, .app = w->site->app, .lang = w->q->lang, .actor = w->who.person_id, .now = w->q->now, .mended = true,
                      .kind = SHEET_KIND_COUNT, .source = STR("web") };
    if (t->tray.count) { /* days are chosen for all */
        t->in.from_on = t->tray.at[0].from_on;
        t->in.to_on = t->tray.at[0].to_on;
    }
    for (size_t i = 0; i < t->tray.count; i++) {
        intake_add(&t->in, t->tray.at[i].path, t->tray.at[i].name);
        t->in.files.at[i].kind = import_kind_named(t->tray.at[i].kind);
    }
    return intake_read(&t->in);
}

/* -- shown ----------------------------------------------------------------------------------------------- */
static void put_fields(web *w, tree *t, sheet_kind kind, sheet_field now)
{
    sheet_field fields[SHEET_FIELD_COUNT];
    size_t count = sheet_fields(kind, fields);
    tree_yes(t, "is_ignored", now == SHEET_NONE || now == SHEET_IGNORED);
    for (size_t i = 0; i < count; i++) {
        if (fields[i] == SHEET_IGNORED)
            continue;
        tree *one = tree_add(t, "fields");
        tree_text(one, "field", sheet_field_name(w->q->a, fields[i]));
        tree_text(one, "means", sheet_label(kind, fields[i], w->q->lang));
        tree_yes(one, "chosen", fields[i] == now);
    }
}

/* What a column is taken for, to be chosen anew: k.TOKEN.TABLE.COLUMN. */
static void put_choice(web *w, tree *t, const import *m, size_t table, int column, str token)
{
    tree_yes(t, "may_choose", true);
    tree_text(t, "choice", text_format(w->q->a, "k.%.*s.%zu.%d", STR_ARG(token), table, column));
    put_fields(w, t, m->kind, m->tables.list.at[table].columns[column].field);
}

/* With open, each can be chosen anew; of forty files at once that would be too much of a page. */
static void put_columns(web *w, tree *f, const import *m, str token, bool open)
{
    for (size_t i = 0; i < m->tables.list.count; i++) {
        const sheet_table *t = &m->tables.list.at[i];
        tree *table = tree_add(f, "tables");
        tree_text(table, "sheet", t->page->name);
        for (int c = 0; c < t->column_count; c++) {
            const sheet_column *head = &t->columns[c];
            bool read = head->field != SHEET_NONE && head->field != SHEET_IGNORED && !head->unwanted;
            tree *one = tree_add(table, open && !head->unwanted && head->label.len ? "open" : read ? "taken" : "left");
            tree_text(one, "label", word_normal(m->a, head->label));
            if (open && !head->unwanted)
                put_choice(w, one, m, i, c, token);
            else if (read)
                tree_text(one, "means", sheet_label(m->kind, head->field, w->q->lang));
        }
    }
}

static void put_unknown(web *w, tree *t, const import *m, const sheet_trouble *x, str token)
{
    for (size_t i = 0; i < m->tables.list.count; i++) {
        const sheet_table *table = &m->tables.list.at[i];
        if (str_is(str_of(x->what), "sheet.column_unknown") && x->column >= 0 && x->column < table->column_count &&
            str_equal(table->page->name, x->sheet))
            put_choice(w, t, m, i, x->column, token);
    }
}

/* As it stands in the page: what is not chosen yet must be seen to be chosen. */
static const sheet_row *bare_row(const sheet_table *t, size_t r)
{
    const sheet_page *p = t->page;
    size_t i = 0;
    while (i + 1 < p->rows.count && p->rows.at[i].number != t->rows.at[r].number)
        i++;
    return &p->rows.at[i];
}

/* A page without a header: its first rows, over each column what it looks like, to be confirmed: b.TOKEN.COLUMN. */
static void put_bare(web *w, const tray_read *t, size_t i)
{
    const import *m = &t->in.files.at[i].of;
    size_t page = 0;
    sheet_table bare;
    while (page < m->content.pages.count && !m->content.pages.at[page].rows.count)
        page++;
    if (sheet_table_bare(t->in.a, &m->content, page, m->kind, &bare))
        return;
    tree *one = tree_add(w->tree, "bares");
    tree_text(one, "name", m->name);
    tree_text(one, "token", t->tray.at[i].token);
    for (int c = 0; c < bare.column_count; c++) {
        tree *head = tree_add(one, "heads");
        tree_text(head, "label", bare.columns[c].label);
        tree_yes(head, "unwanted", bare.columns[c].unwanted);
        tree_text(head, "choice", text_format(w->q->a, "b.%.*s.%d", STR_ARG(t->tray.at[i].token), c));
        put_fields(w, head, m->kind, bare.columns[c].field);
    }
    for (size_t r = 0; r < bare.rows.count && r < BARE_ROWS_SHOWN; r++) {
        tree *line = tree_add(one, "lines");
        tree_int(line, "row", bare.rows.at[r].number);
        const sheet_row *row = bare_row(&bare, r);
        for (int c = 0; c < bare.column_count; c++) {
            bool shown = !bare.columns[c].unwanted && c < row->cell_count;
            tree_text(tree_add(line, "cells"), "cell", shown ? row->cells[c] : STR(""));
        }
    }
}

static void put_issuer(web *w, tree *f, import *m, str token)
{
    import_issuer i;
    if (m->kind != SHEET_PEOPLE || import_issuer_of(m, &i))
        return;
    tree_yes(f, "of_people", true);
    tree_text(f, "issuer_field", text_format(w->q->a, "i.%.*s", STR_ARG(token)));
    tree_text(f, "issuer", i.name);
    tree_text(f, "issuer_where", import_issuer_where(m, &i));
    tree_yes(f, "issuer_new", i.name.len && !i.known);
    tree_text(f, "issuer_near", import_issuer_near(m, &i));
}

static void put_file(web *w, tray_read *t, size_t i)
{
    intake_file *x = &t->in.files.at[i];
    tree *f = tree_add(w->tree, "files");
    size_t ready = x->unread ? 0 : x->of.count - x->of.repeated;
    tree_text(f, "name", x->name);
    tree_text(f, "token", t->tray.at[i].token);
    tree_yes(f, "unread", x->unread);
    tree_yes(f, "applied", !x->unread && x->of.applied);
    tree_yes(f, "takes_part", ready && !x->of.applied);
    tree_text(f, "ready", number(w, ready));
    tree_text(f, "refused", number(w, x->refused));
    tree_yes(f, "some_refused", x->refused);
    tree_text(f, "repeated", number(w, x->unread ? 0 : x->of.repeated));
    tree_text(f, "known", number(w, x->unread ? 0 : x->of.known));
    if (intake_lacks_header(x))
        put_bare(w, t, i);
    if (x->unread)
        return;
    tree_text(f, "kind", str_of(import_kinds[x->of.kind]));
    tree_text(f, "kind_word", web_word(w, text_format(w->q->a, "web_desk.import.kind.%s", import_kinds[x->of.kind]).at, NULL));
    put_issuer(w, f, &x->of, t->tray.at[i].token);
    put_columns(w, f, &x->of, t->tray.at[i].token, str_equal(query_field(w->q, "columns"), t->tray.at[i].token));
}

/* In the order in which they are written, so that each finds what it speaks of; those that cannot be read last. */
static void put_files(web *w, tray_read *t)
{
    for (size_t k = 0; k <= INTAKE_KINDS; k++)
        for (size_t i = 0; i < t->in.files.count; i++) {
            const intake_file *x = &t->in.files.at[i];
            if (k < INTAKE_KINDS ? !x->unread && x->of.kind == intake_order[k] : x->unread)
                put_file(w, t, i);
        }
}

/* Errors of all files before what is only to be looked at. */
static void put_troubles(web *w, const tray_read *t)
{
    size_t shown = 0, all = 0;
    for (int pass = SHEET_ERROR; pass >= SHEET_WARNING; pass--)
        for (size_t i = 0; i < t->in.files.count; i++) {
            const import *m = &t->in.files.at[i].of;
            for (size_t k = 0; k < m->troubles.list.count; k++) {
                const sheet_trouble *x = &m->troubles.list.at[k];
                if ((int)x->severity != pass || desk_import_is_aside(x) || (all++, shown >= TROUBLES_SHOWN))
                    continue;
                tree *one = tree_add(w->tree, "troubles");
                desk_import_put_trouble(w, one, m, x, text_format(w->q->a, "c.%.*s.", STR_ARG(t->tray.at[i].token)));
                put_unknown(w, one, m, x, t->tray.at[i].token);
                shown++;
            }
        }
    tree_text(w->tree, "more_troubles", all > shown ? number(w, all - shown) : (str){ 0 });
}

static void put_unread(web *w, const tray_read *t)
{
    for (size_t i = 0; i < t->in.troubles.list.count; i++) {
        const sheet_trouble *x = &t->in.troubles.list.at[i];
        if (x->row || x->severity != SHEET_ERROR)
            continue;
        tree *one = tree_add(w->tree, "no_files");
        tree_text(one, "name", x->file);
        tree_text(one, "reason", words_get(t->in.a, w->q->lang, x->what, x->values));
        tree_text(one, "remedy", sheet_trouble_hint(t->in.a, w->q->lang, x));
    }
}

static err *show_tray(web *w, tray_read *t)
{
    desk d;
    int64_t mended = 0;
    TRY(desk_open(w, &d));
    if (desk_int(query_field(w->q, "mended"), &mended)) {
        tree_yes(w->tree, "mended", true);
        tree_int(w->tree, "mended_count", mended);
    }
    put_files(w, t);
    put_unread(w, t);
    put_troubles(w, t);
    tree_text(w->tree, "file_count", number(w, t->in.files.count));
    tree_text(w->tree, "ready", number(w, t->in.ready));
    tree_yes(w->tree, "some_ready", t->in.ready);
    tree_text(w->tree, "refused", number(w, t->in.refused));
    tree_yes(w->tree, "some_errors", t->in.troubles.error_count);
    tree_text(w->tree, "repeated", number(w, t->in.repeated));
    tree_text(w->tree, "known", number(w, t->in.known));
    tree_int(w->tree, "alike", (int64_t)t->in.alike);
    tree_text(w->tree, "home", w->site->uploads->home);
    tree_int(w->tree, "hours", UPLOAD_KEPT_HOURS);
    return desk_show(w, "desk_tray", "import");
}

static err *look(web *w, arena *a)
{
    tray_read t = { 0 };
    TRY(desk_import_may(w));
    TRY(read_tray(w, a, &t));
    return show_tray(w, &t);
}

/* -- mended ---------------------------------------------------------------------------------------------- */
/* "c.TOKEN.0.7.3" */
static err *mend_file(web *w, arena *a, const tray_read *t, size_t i, size_t *count)
{
    str rest = w->q->body, name, given, front = text_format(a, "c.%.*s.", STR_ARG(t->tray.at[i].token));
    LIST(sheet_edit) edits = { 0 };
    while (!t->in.files.at[i].unread && form_next(w->q->a, &rest, &name, &given)) {
        sheet_edit e;
        if (str_starts(name, front) && desk_import_take_edit(&t->in.files.at[i].of, str_from(name, front.len), given, &e))
            *list_add(a, &edits) = e;
    }
    *count += edits.count;
    return edits.count ? import_edits_add(a, t->tray.at[i].path, edits.at, edits.count) : NULL;
}

/* "k.TOKEN.0.3=phone": remembered for that set of headers, this file and every later one. */
static bool read_choice(const import *m, str place, str field, import_column *out)
{
    str table;
    int64_t t, c;
    if (!str_split(&place, '.', &table) || !str_int(table, 0, INT32_MAX, &t) || !str_int(place, 0, SHEET_COLUMNS_MAX - 1, &c) ||
        (size_t)t >= m->tables.list.count || c >= m->tables.list.at[t].column_count)
        return false;
    const sheet_column *head = &m->tables.list.at[t].columns[c];
    bool is_read = head->field != SHEET_NONE && head->field != SHEET_IGNORED;
    str now = sheet_field_name(m->a, head->field);
    *out = (import_column){ .label = head->label, .field = field.len ? field : words_get(m->a, m->lang, "intake.column_ignore", NULL) };
    return is_read ? !str_equal(now, field) : field.len > 0;
}

static str said(const import *m, str field)
{
    return field.len ? field : words_get(m->a, m->lang, "intake.column_ignore", NULL);
}

static bool has_field(web *w, str wanted)
{
    str rest = w->q->body, name, given;
    while (form_next(w->q->a, &rest, &name, &given))
        if (str_equal(name, wanted))
            return true;
    return false;
}

/* Remembered for such headers; of a page without one beside the file too, as its contents may not bear it out. */
static err *keep_columns(import *m, const char *path, import_column *columns, size_t count)
{
    bool bare = !m->tables.list.count;
    for (size_t i = 0; i < m->tables.list.count; i++)
        bare = bare || !m->tables.list.at[i].header_row;
    m->columns = columns;
    m->column_count = count;
    TRY(import_columns_give(m));
    if (bare)
        TRY(import_edits_say(m->a, path, NULL, columns, count));
    return import_columns_keep(m);
}

static err *choose_in_file(web *w, arena *a, tray_read *t, size_t i, size_t *count)
{
    import *m = &t->in.files.at[i].of;
    str rest = w->q->body, name, given, front = text_format(a, "k.%.*s.", STR_ARG(t->tray.at[i].token));
    LIST(import_column) columns = { 0 };
    while (!t->in.files.at[i].unread && form_next(w->q->a, &rest, &name, &given)) {
        import_column c;
        if (str_starts(name, front) && read_choice(m, str_from(name, front.len), given, &c))
            *list_add(a, &columns) = c;
    }
    if (!columns.count)
        return NULL;
    *count += columns.count;
    return keep_columns(m, t->tray.at[i].path, columns.at, columns.count);
}

static bool suffices(const import *m, const import_column *columns, size_t count)
{
    sheet_column *all = arena_many(m->a, sheet_column, count);
    for (size_t i = 0; i < count; i++) {
        sheet_field field = sheet_field_named(m->a, columns[i].field);
        all[i].field = field == SHEET_FIELD_COUNT ? SHEET_NONE : field;
    }
    return sheet_columns_suffice(m->kind, all, (int)count);
}

/* "b.TOKEN.2=phone" of the file whose button was pressed. */
static err *choose_bare(web *w, arena *a, tray_read *t, size_t i, size_t *count)
{
    import *m = &t->in.files.at[i].of;
    str rest = w->q->body, name, given, front = text_format(a, "b.%.*s.", STR_ARG(t->tray.at[i].token));
    LIST(import_column) columns = { 0 };
    int64_t column;
    while (form_next(w->q->a, &rest, &name, &given))
        if (str_starts(name, front) && str_int(str_from(name, front.len), 0, SHEET_COLUMNS_MAX - 1, &column))
            *list_add(a, &columns) = (import_column){ .label = sheet_column_letters(a, (int)column), .field = said(m, given) };
    *count += columns.count;
    if (columns.count && !suffices(m, columns.at, columns.count))
        return err_new(a, ERR_INPUT, "web_desk.tray.bare_short", VALUES({ "file", m->name }));
    return intake_lacks_header(&t->in.files.at[i]) && columns.count ? keep_columns(m, t->tray.at[i].path, columns.at, columns.count) : NULL;
}

/* "i.TOKEN=市水务局": empty, it is as the list says itself. */
static err *say_issuer(web *w, arena *a, tray_read *t, size_t i, size_t *count)
{
    import *m = &t->in.files.at[i].of;
    import_issuer now;
    str given = form_field(w->q, text_format(a, "i.%.*s", STR_ARG(t->tray.at[i].token)).at);
    if (t->in.files.at[i].unread || m->kind != SHEET_PEOPLE || !has_field(w, text_format(a, "i.%.*s", STR_ARG(t->tray.at[i].token))))
        return NULL;
    TRY(import_issuer_of(m, &now));
    if (str_equal(now.name, given))
        return NULL;
    m->content.issuer = given;
    TRY(import_issuer_check(m));
    ++*count;
    return import_edits_say(a, t->tray.at[i].path, &given, NULL, 0);
}

static err *mend(web *w, arena *a)
{
    tray_read t = { 0 };
    size_t count = 0;
    TRY(desk_import_may(w));
    TRY(read_tray(w, a, &t));
    for (size_t i = 0; i < t.tray.count; i++) {
        TRY(mend_file(w, a, &t, i, &count));
        TRY(choose_in_file(w, a, &t, i, &count));
        TRY(say_issuer(w, a, &t, i, &count));
        if (str_equal(form_field(w->q, "what"), text_format(a, "bare.%.*s", STR_ARG(t.tray.at[i].token))))
            TRY(choose_bare(w, a, &t, i, &count));
    }
    web_go(w, text_format(w->q->a, "/desk/import/tray?mended=%zu", count).at, NULL);
    return NULL;
}

static void work(void *of, request *q, response *p)
{
    (void)of;
    web *w = p->step_data;
    desk_import_in_memory(w, q->method == WEB_POST ? mend : look);
}

static err *later(web *w)
{
    w->p->step_data = w;
    w->p->later = work;
    return NULL;
}

static err *get_tray(web *w)
{
    TRY(desk_import_may(w));
    return later(w);
}

/* -- written --------------------------------------------------------------------------------------------- */
typedef struct asking {
    str rest; /* of the form's fields */
    str token;
} asking;

static void ask_next(web *w);

static void asked(web *w, err *e, str result)
{
    const asking *k = w->step_data;
    (void)result;
    if (e) {
        web_fail(w, e);
        return;
    }
    upload_taken(w, k->token);
    ask_next(w);
}

/* A job for each file that takes part, one after the other; what was asked for leaves the tray. */
static void ask_next(web *w)
{
    asking *k = w->step_data;
    upload_tray tray;
    str name, given;
    if (upload_tray_of(w, &tray))
        tray.count = 0;
    while (form_next(w->q->a, &k->rest, &name, &given)) {
        for (size_t i = 0; str_is(name, "upload") && i < tray.count; i++) {
            const upload_waiting *x = &tray.at[i];
            if (!str_equal(x->token, given))
                continue;
            named args[7] = { { "upload", V_TEXT(x->token) }, { "home", V_TEXT(w->site->uploads->home) }, { "file", V_TEXT(x->name) } };
            size_t count = 3;
            if (x->kind.len)
                args[count++] = (named){ "kind", V_TEXT(x->kind) };
            if (x->from_on.len)
                args[count++] = (named){ "from_on", V_TEXT(x->from_on) };
            if (x->to_on.len)
                args[count++] = (named){ "to_on", V_TEXT(x->to_on) };
            k->token = x->token;
            web_run_part(w, x->token, w->who.person_id, "job.import", args, asked);
            return;
        }
    }
    web_go(w, "/desk/import", NULL);
}

static err *post_tray(web *w)
{
    str what = form_field(w->q, "what");
    TRY(desk_import_may(w));
    if (str_is(what, "mend") || str_starts(what, STR("bare.")))
        return later(w);
    if (str_starts(what, STR("drop."))) {
        upload_drop(w, str_from(what, 5));
        web_go(w, "/desk/import/tray", NULL);
        return NULL;
    }
    asking *k = arena_new(w->q->a, asking);
    k->rest = w->q->body;
    w->step_data = k;
    ask_next(w);
    return NULL;
}

const route desk_tray_routes[] = {
    { WEB_GET, WEB_DESK, "/desk/import/tray", .show = get_tray },
    { WEB_POST, WEB_DESK, "/desk/import/tray", .show = desk_import_show, .form = post_tray },
    { 0 },
};

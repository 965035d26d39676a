/*
 * /u/TOKEN: an agency hands its lists in by a link, several files at once. They are read and shown, and only the next press hands
 * them in, all of them; then they wait for the clerk: nothing is written into the list of people, and nothing that is known of anybody is shown, as nobody says who holds the link.
 */
#include "job/import.h"
#include "base/json.h"
#include "web/site.h"
#include "web/upload.h"

#include <errno.h>
#include <unistd.h>

enum { TROUBLES_SHOWN = 100, LINES_SHOWN = 5, FILES_MAX = 20, LABEL_SHOWN_BYTES = 90, CONTACT_MAX_BYTES = 120 };

typedef struct read_file {
    str name, token, hash;
    size_t rows, errors;
} read_file;
typedef struct handing {
    pass of;
    LIST(read_file) files;
    size_t rows, errors, troubles; /* of all files */
    err *first_wrong; /* of a file that cannot be handed in */
} handing;

static err *find(web *w, pass *x)
{
    TRY(pass_find(w->site->app, w->q->a, "upload", w->param[0], w->q->now, x));
    tree_text(w->tree, "org", x->name);
    tree_yes(w->tree, "takes_files", w->site->uploads != NULL);
    return NULL;
}

/* Whoever holds the link sees the number and no contact. What was typed and refused stands there again. */
static err *put_headcount(web *w, int64_t org, str zone)
{
    rows r = { 0 };
    static const char *const typed[] = { "headcount", "name", "phone", "note" };
    TRY(web_view_all(w, "org_headcount", NAMED({ "org", V_INT(org) }), &r));
    for (size_t i = 0; i < COUNT(typed); i++)
        tree_text(w->tree, text_format(w->q->a, "typed_%s", typed[i]).at, form_field(w->q, typed[i]));
    tree_yes(w->tree, "typed", form_field(w->q, "headcount").len > 0);
    if (!r.count)
        return NULL;
    tree_text(w->tree, "people", text_format(w->q->a, "%lld", (long long)rows_int(&r, 0, "headcount")));
    tree_text(w->tree, "said_day", web_day(w, web_local_day(w, zone, rows_int(&r, 0, "said_at"))));
    tree_text(w->tree, "said_time", web_time(w, zone, rows_int(&r, 0, "said_at")));
    return NULL;
}

static void put_list(web *w, str zone, const rows *r, size_t i)
{
    tree *t = tree_add(w->tree, "lists");
    tree_text(t, "file", rows_text(r, i, "file"));
    tree_int(t, "list", rows_int(r, i, "list_id"));
    tree_text(t, "day", web_day(w, web_local_day(w, zone, rows_int(r, i, "handed_at"))));
    tree_text(t, "time", web_time(w, zone, rows_int(r, i, "handed_at")));
    tree_text(t, "rows", text_format(w->q->a, "%lld", (long long)rows_int(r, i, "rows")));
    tree_text(t, "errors", text_format(w->q->a, "%lld", (long long)rows_int(r, i, "errors")));
    tree_yes(t, "some_errors", rows_int(r, i, "errors"));
    tree_yes(t, "taken", rows_int(r, i, "taken"));
}

static err *show(web *w, const pass *x)
{
    rows r = { 0 }, o = { 0 };
    TRY(web_view_all(w, "handed_list", NAMED({ "org", V_INT(x->org_id) }), &r));
    TRY(web_view_all(w, "operation", NAMED({ 0 }), &o));
    str zone = o.count ? rows_text(&o, 0, "zone") : STR("UTC");
    TRY(put_headcount(w, x->org_id, zone));
    tree_text(w->tree, "link", text_format(w->q->a, "/u/%.*s", STR_ARG(w->param[0])));
    for (size_t i = 0; i < r.count; i++)
        if (rows_text(&r, i, "file").len)
            put_list(w, zone, &r, i);
    return web_show(w, "hand_in");
}

static err *get_page(web *w)
{
    pass x;
    TRY(find(w, &x));
    return show(w, &x);
}

/* -- read ---------------------------------------------------------------------------------------------- */
static str kept(web *w, str s)
{
    size_t len = s.len < LABEL_SHOWN_BYTES ? s.len : LABEL_SHOWN_BYTES;
    while (len < s.len && len > 0 && ((unsigned char)s.at[len] & 0xc0) == 0x80)
        len--;
    return str_copy(w->q->a, str_part(s, 0, len));
}

static bool is_read(const sheet_column *c)
{
    return c->field != SHEET_NONE && c->field != SHEET_IGNORED && !c->unwanted;
}

static void put_columns(web *w, tree *file, const import *m)
{
    for (size_t i = 0; i < m->tables.list.count; i++)
        for (int c = 0; c < m->tables.list.at[i].column_count; c++) {
            const sheet_column *column = &m->tables.list.at[i].columns[c];
            tree *t = tree_add(file, "columns");
            tree_text(t, "label", kept(w, column->label));
            if (is_read(column))
                tree_text(t, "means", kept(w, sheet_label(m->kind, column->field, w->q->lang)));
        }
}

/* The first rows, by which one sees whether the columns are right; only what is read. */
static void put_lines(web *w, tree *file, const import *m)
{
    for (size_t i = 0; i < m->tables.list.count; i++) {
        const sheet_table *from = &m->tables.list.at[i];
        tree *table = tree_add(file, "tables");
        tree_text(table, "sheet", kept(w, from->page->name));
        for (int c = 0; c < from->column_count; c++)
            if (is_read(&from->columns[c]))
                tree_text(tree_add(table, "heads"), "head", kept(w, sheet_label(m->kind, from->columns[c].field, w->q->lang)));
        for (size_t r = 0; r < from->rows.count && r < LINES_SHOWN; r++) {
            const sheet_row *row = &from->rows.at[r];
            tree *line = tree_add(table, "lines");
            tree_int(line, "row", row->number);
            for (int c = 0; c < from->column_count; c++)
                if (is_read(&from->columns[c]))
                    tree_text(tree_add(line, "cells"), "cell", c < row->cell_count ? kept(w, row->cells[c]) : (str){ 0 });
        }
    }
}

static tree *add_trouble(web *w, handing *h, str file, bool is_error)
{
    if (h->troubles++ >= TROUBLES_SHOWN)
        return NULL;
    tree *t = tree_add(w->tree, "troubles");
    tree_text(t, "trouble_file", kept(w, file));
    tree_yes(t, "is_error", is_error);
    return t;
}

static void put_troubles(web *w, handing *h, const import *m)
{
    for (size_t i = 0; i < m->troubles.list.count; i++) {
        const sheet_trouble *x = &m->troubles.list.at[i];
        tree *t = add_trouble(w, h, m->name, x->severity == SHEET_ERROR);
        if (!t)
            continue;
        tree_text(t, "sheet", kept(w, x->sheet));
        tree_int(t, "row", x->row);
        tree_text(t, "header", x->column >= 0 ? kept(w, x->header) : (str){ 0 });
        tree_text(t, "reason", words_get(w->q->a, w->q->lang, x->what, x->values));
        tree_text(t, "remedy", str_copy(w->q->a, sheet_trouble_hint(m->a, w->q->lang, x)));
    }
}

static err *read_list(web *w, arena *a, const pass *x, const multipart_file *f, import *m)
{
    *m = (import){ .a = a, .app = w->site->app, .lang = w->q->lang, .now = w->q->now, .path = f->path, .name = f->name,
                   .kind = SHEET_PEOPLE };
    TRY(upload_claim_reader(w, a));
    TRY(import_read(m));
    TRY(import_outside(m, x->org_id));
    if (!m->count)
        return err_new(w->q->a, ERR_INPUT, "hand_in.empty", NULL);
    return NULL;
}

static bool has_name(const handing *h, str name)
{
    for (size_t i = 0; i < h->files.count; i++)
        if (str_equal(h->files.at[i].name, name))
            return true;
    return false;
}

static read_file *add_file(web *w, handing *h, const import *m)
{
    read_file *one = list_add(w->q->a, &h->files);
    *one = (read_file){ .name = str_copy(w->q->a, m->name), .hash = str_copy(w->q->a, m->hash), .rows = m->count - m->repeated,
                        .errors = m->troubles.error_count };
    h->rows += one->rows;
    h->errors += one->errors;
    return one;
}

/* What was understood. The file is kept for the press that hands it in, which reads it once more. */
static err *look_at(web *w, arena *a, handing *h, const multipart_file *f)
{
    import m;
    if (has_name(h, f->name))
        return err_new(w->q->a, ERR_INPUT, "hand_in.same_name", VALUES({ "file", f->name }));
    TRY(read_list(w, a, &h->of, f, &m));
    str token;
    TRY(upload_keep(w, f, &token));
    read_file *one = add_file(w, h, &m);
    tree *t = tree_add(w->tree, "files");
    tree_text(t, "read_file", one->name);
    tree_text(t, "upload", token);
    tree_text(t, "read_rows", text_format(w->q->a, "%zu", one->rows));
    tree_text(t, "read_errors", text_format(w->q->a, "%zu", one->errors));
    tree_yes(t, "some_read_errors", one->errors > 0);
    put_columns(w, t, &m);
    put_lines(w, t, &m);
    put_troubles(w, h, &m);
    return NULL;
}

/* Of several the others can be handed in even so. */
static void put_wrong(web *w, handing *h, const multipart_file *f, const err *e)
{
    tree *t = add_trouble(w, h, f->name, true);
    if (!t)
        return;
    tree_text(t, "reason", words_get(w->q->a, w->q->lang, e->message, e->values));
    tree_text(t, "remedy", words_get(w->q->a, w->q->lang, text_format(w->q->a, "%s.hint", e->message).at, e->values));
    tree_yes(t, "whole_file", true);
}

/* -- handed in ----------------------------------------------------------------------------------------- */
static void remove_gone(web *w, int64_t org, str gone)
{
    str one;
    while (str_split(&gone, ' ', &one))
        if (one.len)
            upload_remove(upload_handed_path(w, org, one));
}

static void handed(web *w, err *e, str result)
{
    const handing *h = w->step_data;
    if (e) {
        web_fail(w, e);
        return;
    }
    remove_gone(w, h->of.org_id, web_answered(w, result, NULL, "gone"));
    web_go(w, text_format(w->q->a, "/u/%.*s", STR_ARG(w->param[0])).at, "handed");
}

static str rows_of(web *w, const handing *h)
{
    text t = text_begin(w->q->a);
    json j = json_begin(&t);
    json_open(&j, '[');
    for (size_t i = 0; i < h->files.count; i++) {
        const read_file *f = &h->files.at[i];
        json_open(&j, '{');
        json_key(&j, "file");
        json_str(&j, f->name);
        json_key(&j, "file_hash");
        json_str(&j, f->hash);
        json_key(&j, "rows_read");
        json_int(&j, (int64_t)f->rows);
        json_key(&j, "errors");
        json_int(&j, (int64_t)f->errors);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    return text_done(&t);
}

/* The file first: a list that is told of is there. It stays kept for a while, so that a second tap finds it. */
static err *put_file(web *w, arena *a, handing *h, str name, str token)
{
    import m;
    multipart_file f = { .name = name.len && name.len <= MULTIPART_NAME_MAX_BYTES ? name : STR("?") };
    TRY(upload_kept(w, token, &f.path));
    TRY(read_list(w, a, &h->of, &f, &m));
    const read_file *one = add_file(w, h, &m);
    if (link(f.path, upload_handed_path(w, h->of.org_id, one->hash)) != 0 && errno != EEXIST)
        return err_new(w->q->a, ERR_DISK, "upload.disk", NULL);
    return NULL;
}

static void hand_in(web *w, handing *h)
{
    str contact = str_trim(form_field(w->q, "contact"));
    w->step_data = h;
    web_run(w, 0, "handed_list.add",
            NAMED({ "org", V_INT(h->of.org_id) }, { "home", V_TEXT(w->site->uploads->home) }, { "rows", V_TEXT(rows_of(w, h)) },
                  { contact.len ? "contact" : NULL, V_TEXT(str_part(contact, 0, contact.len < CONTACT_MAX_BYTES ? contact.len : CONTACT_MAX_BYTES)) }),
            handed);
}

/* -- presses -------------------------------------------------------------------------------------------- */
/* One file after the other, each in memory that is free again for the next. */
static err *look_in_memory(web *w, handing *h, const multipart_file *f)
{
    arena *a = arena_open(w->q->a, IMPORT_MAX_BYTES);
    err *e = look_at(w, a, h, f);
    e = e ? err_copy(w->q->a, e) : NULL;
    arena_close(a);
    return e;
}

static err *give_in_memory(web *w, handing *h, str name, str token)
{
    arena *a = arena_open(w->q->a, IMPORT_MAX_BYTES);
    err *e = put_file(w, a, h, name, token);
    e = e ? err_copy(w->q->a, e) : NULL;
    arena_close(a);
    return e;
}

static err *too_many(web *w)
{
    return err_new(w->q->a, ERR_INPUT, "hand_in.too_many", VALUES({ "most", text_format(w->q->a, "%d", FILES_MAX) }));
}

static err *show_read(web *w, const handing *h)
{
    tree_text(w->tree, "all_files", text_format(w->q->a, "%zu", h->files.count));
    tree_yes(w->tree, "several", h->files.count > 1);
    tree_yes(w->tree, "looked", true);
    tree_text(w->tree, "all_rows", text_format(w->q->a, "%zu", h->rows));
    tree_int(w->tree, "more_troubles", h->troubles > TROUBLES_SHOWN ? (int64_t)(h->troubles - TROUBLES_SHOWN) : 0);
    tree_text(w->tree, "contact", kept(w, form_field(w->q, "contact")));
    return show(w, &h->of);
}

static err *post_list(web *w)
{
    handing *h = arena_new(w->q->a, handing);
    str pasted = form_field(w->q, "paste");
    TRY(find(w, &h->of));
    if (str_trim(pasted).len)
        TRY(upload_paste(w, pasted, web_word(w, "intake.pasted", NULL)));
    if (!w->files || !w->files->files.count)
        return err_new(w->q->a, ERR_INPUT, "upload.none", NULL);
    if (w->files->files.count > FILES_MAX)
        return too_many(w);
    for (size_t i = 0; i < w->files->files.count; i++) {
        err *e = look_in_memory(w, h, &w->files->files.at[i]);
        if (e)
            put_wrong(w, h, &w->files->files.at[i], e);
        h->first_wrong = h->first_wrong ? h->first_wrong : e;
    }
    return h->files.count ? show_read(w, h) : h->first_wrong;
}

/* Each file has its token, its name before it. */
static err *give(web *w)
{
    handing *h = arena_new(w->q->a, handing);
    str rest = w->q->body, name, value, file = { 0 };
    TRY(find(w, &h->of));
    while (form_next(w->q->a, &rest, &name, &value)) {
        if (str_is(name, "file"))
            file = value;
        if (!str_is(name, "upload"))
            continue;
        if (h->files.count >= FILES_MAX)
            return too_many(w);
        TRY(give_in_memory(w, h, file, value));
    }
    if (!h->files.count)
        return err_new(w->q->a, ERR_INPUT, "upload.none", NULL);
    w->tree = tree_new(w->q->a);
    hand_in(w, h);
    return NULL;
}

static void work_give(void *of, request *q, response *p)
{
    (void)of;
    (void)q;
    err *e = give(p->step_data);
    if (e)
        web_fail(p->step_data, e);
}

/* Off the loop, as reading takes its time. */
static err *post_give(web *w)
{
    w->p->step_data = w;
    w->p->later = work_give;
    return NULL;
}

static void withdrawn(web *w, err *e, str result)
{
    const handing *h = w->step_data;
    if (e) {
        web_fail(w, e);
        return;
    }
    remove_gone(w, h->of.org_id, web_answered(w, result, NULL, "gone"));
    web_go(w, text_format(w->q->a, "/u/%.*s", STR_ARG(w->param[0])).at, "withdrawn");
}

static err *post_withdraw(web *w)
{
    handing *h = arena_new(w->q->a, handing);
    TRY(find(w, &h->of));
    w->tree = tree_new(w->q->a);
    w->step_data = h;
    web_run(w, 0, "handed_list.withdraw", NAMED({ "org", V_INT(h->of.org_id) }, { "list", V_TEXT(form_field(w->q, "list")) }), withdrawn);
    return NULL;
}

/* -- a number in place of names ------------------------------------------------------------------------- */
static void said(web *w, err *e, str result)
{
    (void)result;
    if (e)
        web_fail(w, e);
    else
        web_go(w, text_format(w->q->a, "/u/%.*s", STR_ARG(w->param[0])).at, "headcount");
}

static err *post_headcount(web *w)
{
    pass x;
    static const char *const fields[][2] = { { "contact", "name" }, { "phone", "phone" }, { "note", "note" } };
    TRY(find(w, &x));
    named args[COUNT(fields) + 3] = { { "org", V_INT(x.org_id) } };
    size_t count = 1;
    str n = str_trim(form_field(w->q, "headcount"));
    if (n.len)
        args[count++] = (named){ "headcount", V_TEXT(n) };
    for (size_t i = 0; i < COUNT(fields); i++) {
        str given = str_trim(form_field(w->q, fields[i][1]));
        if (given.len)
            args[count++] = (named){ fields[i][0], V_TEXT(given) };
    }
    w->tree = tree_new(w->q->a);
    web_run(w, 0, "org_headcount.say", args, said);
    return NULL;
}

const route hand_in_routes[] = {
    { WEB_GET, WEB_ANYBODY, "/u/:token", .show = get_page },
    { WEB_POST, WEB_ANYBODY, "/u/:token", .show = get_page, .form = post_list, .takes_file = true },
    { WEB_POST, WEB_ANYBODY, "/u/:token/give", .show = get_page, .form = post_give },
    { WEB_POST, WEB_ANYBODY, "/u/:token/withdraw", .show = get_page, .form = post_withdraw },
    { WEB_POST, WEB_ANYBODY, "/u/:token/headcount", .show = get_page, .form = post_headcount },
    { 0 },
};

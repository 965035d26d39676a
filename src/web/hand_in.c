/*
 * /u/TOKEN: an agency hands its list in by a link. It is read and shown, and only the next press hands it in; then it waits
 * for the clerk: nothing is written into the list of people, and nothing that is known of anybody is shown, as nobody says who holds the link.
 */
#include "job/import.h"
#include "web/site.h"
#include "web/upload.h"

#include <errno.h>
#include <unistd.h>

enum { TROUBLES_SHOWN = 100, LINES_SHOWN = 5, LABEL_SHOWN_BYTES = 90, CONTACT_MAX_BYTES = 120 };

typedef struct handing {
    pass of;
    str hash;
    const char *path; /* where the list waits */
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

static err *show(web *w, const pass *x)
{
    rows r = { 0 }, o = { 0 };
    TRY(web_view_all(w, "handed_list", NAMED({ "org", V_INT(x->org_id) }), &r));
    TRY(web_view_all(w, "operation", NAMED({ 0 }), &o));
    str zone = o.count ? rows_text(&o, 0, "zone") : STR("UTC");
    TRY(put_headcount(w, x->org_id, zone));
    tree_text(w->tree, "link", text_format(w->q->a, "/u/%.*s", STR_ARG(w->param[0])));
    if (r.count && rows_text(&r, 0, "file").len) {
        tree_text(w->tree, "file", rows_text(&r, 0, "file"));
        tree_text(w->tree, "day", web_day(w, web_local_day(w, zone, rows_int(&r, 0, "handed_at"))));
        tree_text(w->tree, "time", web_time(w, zone, rows_int(&r, 0, "handed_at")));
        tree_text(w->tree, "rows", text_format(w->q->a, "%lld", (long long)rows_int(&r, 0, "rows")));
        tree_text(w->tree, "errors", text_format(w->q->a, "%lld", (long long)rows_int(&r, 0, "errors")));
        tree_yes(w->tree, "some_errors", rows_int(&r, 0, "errors"));
        tree_yes(w->tree, "taken", rows_int(&r, 0, "taken"));
    }
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

static void put_columns(web *w, const import *m)
{
    for (size_t i = 0; i < m->tables.list.count; i++)
        for (int c = 0; c < m->tables.list.at[i].column_count; c++) {
            const sheet_column *column = &m->tables.list.at[i].columns[c];
            tree *t = tree_add(w->tree, "columns");
            tree_text(t, "label", kept(w, column->label));
            if (is_read(column))
                tree_text(t, "means", kept(w, sheet_label(m->kind, column->field, w->q->lang)));
        }
}

/* The first rows, by which one sees whether the columns are right; only what is read. */
static void put_lines(web *w, const import *m)
{
    for (size_t i = 0; i < m->tables.list.count; i++) {
        const sheet_table *from = &m->tables.list.at[i];
        tree *table = tree_add(w->tree, "tables");
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

static void put_troubles(web *w, const import *m)
{
    size_t all = m->troubles.list.count;
    for (size_t i = 0; i < all && i < TROUBLES_SHOWN; i++) {
        const sheet_trouble *x = &m->troubles.list.at[i];
        tree *t = tree_add(w->tree, "troubles");
        tree_yes(t, "is_error", x->severity == SHEET_ERROR);
        tree_text(t, "sheet", kept(w, x->sheet));
        tree_int(t, "row", x->row);
        tree_text(t, "header", x->column >= 0 ? kept(w, x->header) : (str){ 0 });
        tree_text(t, "reason", words_get(w->q->a, w->q->lang, x->what, x->values));
        tree_text(t, "remedy", str_copy(w->q->a, sheet_trouble_hint(m->a, w->q->lang, x)));
    }
    tree_int(w->tree, "more_troubles", all > TROUBLES_SHOWN ? (int64_t)(all - TROUBLES_SHOWN) : 0);
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

/* What was understood; the file is kept for the press that hands it in, which reads it once more. */
static err *show_read(web *w, const pass *x, const multipart_file *f, const import *m)
{
    str token;
    TRY(upload_keep(w, f, &token));
    put_columns(w, m);
    put_lines(w, m);
    put_troubles(w, m);
    tree_text(w->tree, "upload", token);
    tree_text(w->tree, "read_file", str_copy(w->q->a, f->name));
    tree_text(w->tree, "read_rows", text_format(w->q->a, "%zu", m->count - m->repeated));
    tree_text(w->tree, "read_errors", text_format(w->q->a, "%zu", m->troubles.error_count));
    tree_yes(w->tree, "some_read_errors", m->troubles.error_count > 0);
    tree_text(w->tree, "contact", kept(w, form_field(w->q, "contact")));
    return show(w, x);
}

/* -- handed in ----------------------------------------------------------------------------------------- */
static void handed(web *w, err *e, str result)
{
    const handing *h = w->step_data;
    str before = !e ? web_answered(w, result, NULL, "replaced") : h->hash;
    if (before.len && !str_equal(before, h->hash))
        upload_remove(upload_handed_path(w, h->of.org_id, before));
    if (e)
        web_fail(w, e);
    else
        web_go(w, text_format(w->q->a, "/u/%.*s", STR_ARG(w->param[0])).at, "handed");
}

/* The file first: a list that is told of is there. It stays kept for a while, so that a second tap finds it. */
static err *hand_in(web *w, handing *h, const multipart_file *f, const import *m)
{
    arena *a = w->q->a;
    str contact = str_trim(form_field(w->q, "contact"));
    h->hash = str_copy(a, m->hash);
    h->path = upload_handed_path(w, h->of.org_id, h->hash);
    if (link(f->path, h->path) != 0 && errno != EEXIST)
        return err_new(a, ERR_DISK, "upload.disk", NULL);
    w->step_data = h;
    web_run(w, 0, "handed_list.add",
            NAMED({ "org", V_INT(h->of.org_id) }, { "file", V_TEXT(str_copy(a, f->name)) }, { "file_hash", V_TEXT(h->hash) },
                  { "home", V_TEXT(w->site->uploads->home) }, { "rows_read", V_INT((int64_t)(m->count - m->repeated)) },
                  { "errors", V_INT((int64_t)m->troubles.error_count) },
                  { contact.len ? "contact" : NULL, V_TEXT(str_part(contact, 0, contact.len < CONTACT_MAX_BYTES ? contact.len : CONTACT_MAX_BYTES)) }),
            handed);
    return NULL;
}

static err *look(web *w, arena *a)
{
    import m;
    pass x;
    str pasted = form_field(w->q, "paste");
    TRY(find(w, &x));
    if (str_trim(pasted).len)
        TRY(upload_paste(w, pasted, web_word(w, "intake.pasted", NULL)));
    if (!w->files || !w->files->files.count)
        return err_new(w->q->a, ERR_INPUT, "upload.none", NULL);
    const multipart_file *f = &w->files->files.at[0];
    TRY(read_list(w, a, &x, f, &m));
    return show_read(w, &x, f, &m);
}

static err *give(web *w, arena *a)
{
    import m;
    handing *h = arena_new(w->q->a, handing);
    str name = form_field(w->q, "file");
    multipart_file f = { .name = name.len && name.len <= MULTIPART_NAME_MAX_BYTES ? name : STR("?") };
    TRY(find(w, &h->of));
    TRY(upload_kept(w, form_field(w->q, "upload"), &f.path));
    TRY(read_list(w, a, &h->of, &f, &m));
    w->tree = tree_new(w->q->a);
    return hand_in(w, h, &f, &m);
}

static void in_memory(web *w, err *(*step)(web *w, arena *a))
{
    arena *a = arena_open(w->q->a, IMPORT_MAX_BYTES);
    err *e = step(w, a);
    if (e)
        web_fail(w, e);
    w->p->detail = str_copy(w->q->a, w->p->detail);
    arena_close(a);
}

static err *post_list(web *w)
{
    in_memory(w, look);
    return NULL;
}

static void work_give(void *of, request *q, response *p)
{
    (void)of;
    (void)q;
    in_memory(p->step_data, give);
}

/* Off the loop, as reading takes its time. */
static err *post_give(web *w)
{
    w->p->step_data = w;
    w->p->later = work_give;
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
    { WEB_POST, WEB_ANYBODY, "/u/:token/headcount", .show = get_page, .form = post_headcount },
    { 0 },
};

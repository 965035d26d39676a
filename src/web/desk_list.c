/*
 * Any list the reader may see, as a table or as a CSV: what stands behind a figure. /desk/list/VIEW?ARGUMENT=VALUE, with
 * the arguments the view has; rows and names are those of the reader's grants.
 */
#include "web/desk.h"

#include "view/view.h"

enum { LIST_ROWS_MAX = 200, CSV_ROWS_MAX = 100000, CSV_MAX_BYTES = 128 << 20, CSV_SQUEEZE_MAX_BYTES = 1 << 20 };

static const view *asked_view(web *w)
{
    return view_find(w->param[0]);
}

static bool is_arg(const view *v, str name)
{
    for (size_t i = 0; i < v->arg_count; i++)
        if (str_equal(v->args[i].name, name))
            return true;
    return false;
}

/* Those of the address that are arguments of the view; the language and the like are not. */
static const named *asked_args(web *w, const view *v)
{
    named *out = arena_many(w->q->a, named, COUNT(v->args) + 2);
    size_t count = 0;
    str rest = w->q->query, name, given;
    out[count++] = (named){ "now", V_INT(w->q->now) };
    while (count <= COUNT(v->args) && form_next(w->q->a, &rest, &name, &given))
        if (is_arg(v, name) && given.len)
            out[count++] = (named){ str_z(w->q->a, name), V_TEXT(given) };
    return out;
}

/* The address again, as CSV. */
static void put_links(web *w, const view *v, const named *args)
{
    text t = text_begin(w->q->a);
    text_printf(&t, "/desk/list/%.*s?format=csv", STR_ARG(v->name));
    for (const named *g = args + 1; g->name; g++) {
        text_printf(&t, "&%s=", g->name);
        percent_put(&t, g->value.s);
    }
    tree_text(w->tree, "csv", text_done(&t));
}

/* Ids are for machines, but where nothing else says which one it is. */
static bool is_shown(const view_column *c)
{
    return !str_is(c->type, "id") && !str_is(c->type, "code");
}

static str cell_text(web *w, const desk *d, const view_column *c, const value *x)
{
    arena *a = w->q->a;
    if (x->kind == VALUE_INT && str_is(c->type, "utc"))
        return desk_when(w, d, x->n);
    if (x->kind == VALUE_TEXT && str_is(c->type, "day"))
        return web_day(w, x->s);
    str cell = view_cell_text(a, c->type, x, w->q->lang);
    return x->kind == VALUE_TEXT ? desk_value(w, cell) : cell;
}

static void put_table(web *w, const desk *d, const view *v, const rows *r)
{
    for (size_t c = 0; c < v->column_count; c++) {
        const char *key = text_format(w->q->a, "column.%.*s", STR_ARG(v->columns[c].name)).at;
        if (!is_shown(&v->columns[c]))
            continue;
        tree *t = tree_add(w->tree, "columns");
        tree_text(t, "label", words_has(w->q->lang, key) ? web_word(w, key, NULL) : v->columns[c].name);
        tree_yes(t, "is_number", str_is(v->columns[c].type, "int"));
    }
    for (size_t i = 0; i < r->count; i++) {
        tree *line = tree_add(w->tree, "lines");
        for (size_t c = 0; c < v->column_count; c++) {
            if (!is_shown(&v->columns[c]))
                continue;
            tree *t = tree_add(line, "cells");
            tree_text(t, "cell", cell_text(w, d, &v->columns[c], &r->at[i * r->column_count + c]));
            tree_yes(t, "is_number", str_is(v->columns[c].type, "int"));
        }
    }
}

static void close_arena(void *what)
{
    arena_close(what);
}

/* All rows, on another thread: the loop does not wait for a hundred thousand of them. */
static void send_csv(void *of, request *q, response *p)
{
    (void)of;
    web *w = p->step_data;
    const view *v = asked_view(w);
    arena *a = arena_open(q->a, CSV_MAX_BYTES);
    arena_defer(q->a, close_arena, a);
    rows r = { 0 };
    err *e = view_run(app_store(w->site->app), a, v, asked_args(w, v), w->who.person_id, CSV_ROWS_MAX, &r);
    if (e) {
        web_fail(w, e);
        return;
    }
    p->body = view_csv(a, v, &r, q->lang);
    /* a large one is not squeezed, which would hold the loop up */
    p->type = p->body.len < CSV_SQUEEZE_MAX_BYTES ? "text/csv; charset=utf-8" : "application/octet-stream";
    response_header(q, p, "Content-Disposition", text_format(q->a, "attachment; filename=\"%.*s.csv\"", STR_ARG(v->name)));
}

static err *get_list(web *w)
{
    desk d;
    rows r = { 0 };
    const view *v = asked_view(w);
    if (!v)
        return err_new(w->q->a, ERR_NOT_FOUND, "web.no_page", NULL);
    if (str_is(query_field(w->q, "format"), "csv") && !w->wrong) {
        w->p->later = send_csv;
        return NULL;
    }
    TRY(desk_open(w, &d));
    const named *args = asked_args(w, v);
    TRY(view_run(app_store(w->site->app), w->q->a, v, args, w->who.person_id, LIST_ROWS_MAX + 1, &r));
    bool cut = r.count > LIST_ROWS_MAX;
    r.count -= cut;
    put_links(w, v, args);
    put_table(w, &d, v, &r);
    tree_text(w->tree, "title", view_title(w->q->a, v, w->q->lang));
    tree_int(w->tree, "count", (int64_t)r.count);
    tree_yes(w->tree, "cut", cut);
    return desk_show(w, "desk_list", "none");
}

const route desk_list_routes[] = {
    { WEB_GET, WEB_DESK, "/desk/list/:view", .show = get_list },
    { 0 },
};

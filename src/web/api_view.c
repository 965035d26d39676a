/* /api/v1/views: lists by name, a page at a time, as JSON or whole as CSV. */
#include "base/limits.h"
#include "command/key.h"
#include "view/page.h"
#include "web/api.h"

#include <sodium.h>
#include <string.h>

static bool may_read(const web *w, const view *v)
{
    api_roles r = api_roles_of(&w->who);
    return w->who.weak ? api_weak_reads(v) : api_may_read(v, &r);
}

/* -- which there are ----------------------------------------------------------------------------------- */
static void put_columns(json *j, const char *key, const view_column *columns, size_t count)
{
    json_key(j, key);
    json_open(j, '[');
    for (size_t i = 0; i < count; i++) {
        str type = columns[i].type;
        json_open(j, '{');
        json_key(j, "name");
        json_str(j, columns[i].name);
        json_key(j, "type");
        json_str(j, str_ends(type, STR("?")) ? str_part(type, 0, type.len - 1) : type);
        if (strcmp(key, "arguments") == 0) {
            json_key(j, "required");
            json_bool(j, !str_ends(type, STR("?")));
        }
        json_close(j, '}');
    }
    json_close(j, ']');
}

err *api_get_views(web *w)
{
    arena *a = w->q->a;
    text t = text_begin(a);
    json j = json_begin(&t);
    json_open(&j, '[');
    for (size_t i = 0; view_at(i); i++) {
        const view *v = view_at(i);
        if (!may_read(w, v))
            continue;
        json_open(&j, '{');
        json_key(&j, "name");
        json_str(&j, v->name);
        json_key(&j, "title");
        json_str(&j, view_title(a, v, w->q->lang));
        put_columns(&j, "arguments", v->args, v->arg_count);
        put_columns(&j, "columns", v->columns, v->column_count);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    api_answer(w, "application/json", text_done(&t));
    return NULL;
}

/* -- cursors ------------------------------------------------------------------------------------------- */
/*
 * The last row, sealed for its reader: it can hold names, and URLs are kept in many a log. Whoever alters one, or takes
 * another's, gets an error and not another list.
 */
static str cursor_put(web *w, const view *v, const view_after *after)
{
    arena *a = w->q->a;
    unsigned char nonce[KEY_NONCE_BYTES];
    const keys *k;
    text t = text_begin(a);
    json j = json_begin(&t);
    json_open(&j, '[');
    json_str(&j, STR("view cursor"));
    json_str(&j, v->name);
    json_int(&j, after->alike);
    for (size_t i = 0; i < v->column_count; i++) {
        const value *x = &after->row[i];
        if (x->kind == VALUE_NULL)
            json_nothing(&j);
        else if (x->kind == VALUE_INT)
            json_int(&j, x->n);
        else
            json_str(&j, x->s);
    }
    json_close(&j, ']');
    if (app_keys(w->site->app, a, &k))
        return (str){ 0 };
    randombytes_buf(nonce, sizeof nonce);
    str sealed = key_seal(a, k, w->who.person_id, nonce, text_done(&t));
    size_t room = sodium_base64_ENCODED_LEN(sealed.len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *out = arena_alloc(a, room);
    sodium_bin2base64(out, room, (const unsigned char *)sealed.at, sealed.len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_of(out);
}

static bool cursor_open(web *w, str cursor, str *out)
{
    arena *a = w->q->a;
    const keys *k;
    size_t bytes = 0;
    unsigned char *sealed = arena_alloc(a, cursor.len + 1);
    if (app_keys(w->site->app, a, &k) ||
        sodium_base642bin(sealed, cursor.len + 1, cursor.at, cursor.len, NULL, &bytes, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING))
        return false;
    return key_unseal(a, k, w->who.person_id, (str){ (const char *)sealed, bytes }, out);
}

static void drop(void *j)
{
    json_decref(j);
}

static value value_of(arena *a, const json_t *x)
{
    if (json_is_integer(x))
        return V_INT(json_integer_value(x));
    if (json_is_string(x))
        return V_TEXT(str_copy(a, ((str){ json_string_value(x), json_string_length(x) })));
    return V_NULL;
}

static err *cursor_read(web *w, const view *v, str cursor, view_after *after)
{
    enum { HEAD = 3 };
    arena *a = w->q->a;
    str content = { 0 };
    json_t *j = cursor_open(w, cursor, &content) ? json_loadb(content.at, content.len, 0, NULL) : NULL;
    if (j)
        arena_defer(a, drop, j);
    const char *what = json_string_value(json_array_get(j, 0)), *name = json_string_value(json_array_get(j, 1));
    bool fits = what && name && strcmp(what, "view cursor") == 0 && str_is(v->name, name) &&
                json_array_size(j) == v->column_count + HEAD;
    if (!fits)
        return err_new(a, ERR_INPUT, "api.cursor", NULL);
    value *row = arena_many(a, value, v->column_count);
    for (size_t i = 0; i < v->column_count; i++)
        row[i] = value_of(a, json_array_get(j, i + HEAD));
    *after = (view_after){ row, json_integer_value(json_array_get(j, 2)) };
    return NULL;
}

/* -- a list -------------------------------------------------------------------------------------------- */
typedef struct wanted {
    const view *view;
    named *args;
    int64_t limit;
    bool csv;
    view_after after;
} wanted;

static bool is_own_field(str name)
{
    static const char *const own[] = { "limit", "cursor", "format", "lang" };
    for (size_t i = 0; i < COUNT(own); i++)
        if (str_is(name, own[i]))
            return true;
    return false;
}

static err *read_wanted(web *w, wanted *out)
{
    enum { FIELDS_MAX = 64 };
    arena *a = w->q->a;
    str rest = w->q->query, name, given, limit = query_field(w->q, "limit"), cursor = query_field(w->q, "cursor"),
        format = query_field(w->q, "format");
    size_t count = 0;
    out->limit = API_ROWS_USUAL;
    out->csv = str_is(format, "csv");
    if (format.len && !out->csv && !str_is(format, "json"))
        return err_new(a, ERR_INPUT, "api.format", NULL);
    if (limit.len && !str_int(limit, 1, PAGE_ROWS_MAX, &out->limit))
        return err_new(a, ERR_INPUT, "api.limit", VALUES({ "max", text_format(a, "%d", PAGE_ROWS_MAX) }));
    out->args = arena_many(a, named, FIELDS_MAX + 2);
    out->args[count++] = (named){ "now", V_INT(w->q->now) };
    while (form_next(a, &rest, &name, &given)) {
        if (is_own_field(name))
            continue;
        if (count > FIELDS_MAX || str_is(name, "now")) /* by that name the runner is told the time, by us alone */
            return err_new(a, ERR_USAGE, "view.arg_unknown", VALUES({ "argument", name }));
        out->args[count++] = (named){ str_z(a, name), V_TEXT(given) };
    }
    return cursor.len ? cursor_read(w, out->view, cursor, &out->after) : NULL;
}

static err *answer_page(web *w, const wanted *x)
{
    arena *room = api_room(w);
    rows r = { 0 };
    bool more = false;
    TRY(view_page(app_store(w->site->app), room, x->view, x->args, w->who.person_id, &x->after, x->limit, &r, &more));
    view_after last = view_last(&r, &x->after);
    text t = text_begin(room);
    text_put_z(&t, "{\"rows\":");
    text_put(&t, view_json(room, x->view, &r));
    text_put_z(&t, ",\"next\":");
    if (more)
        text_printf(&t, "\"%.*s\"}", STR_ARG(cursor_put(w, x->view, &last)));
    else
        text_put_z(&t, "null}");
    api_answer(w, "application/json", text_done(&t));
    return NULL;
}

/* The whole list or an error: half of one that looks whole would be believed. */
static err *answer_csv(web *w, const wanted *x)
{
    arena *room = api_room(w);
    rows r = { 0 };
    TRY(view_run(app_store(w->site->app), room, x->view, x->args, w->who.person_id, API_EXPORT_ROWS_MAX + 1, &r));
    if (r.count > API_EXPORT_ROWS_MAX)
        return err_new(w->q->a, ERR_LIMIT, "api.export_large", VALUES({ "max", text_format(w->q->a, "%d", API_EXPORT_ROWS_MAX) }));
    response_header(w->q, w->p, "Content-Disposition",
                    text_format(w->q->a, "attachment; filename=\"%.*s.csv\"", STR_ARG(x->view->name)));
    api_answer(w, "text/csv; charset=utf-8", view_csv(room, x->view, &r, w->q->lang));
    return NULL;
}

/* The bad arguments, each by itself: the view's runner stops at the first. */
static void fail_view(web *w, err *e)
{
    str name = { 0 };
    for (size_t i = 0; i < e->value_count; i++)
        if (strcmp(e->values[i].name, "argument") == 0)
            name = e->values[i].value;
    api_problem(w, e, &(api_fault){ name, e }, name.len ? 1 : 0);
}

static void get_csv(void *of, request *q, response *p)
{
    (void)of;
    (void)q;
    web *w = p->step_data;
    err *e = answer_csv(w, w->step_data);
    if (e)
        fail_view(w, e);
}

err *api_get_view(web *w)
{
    const view *v = view_find(w->param[0]);
    wanted *x = arena_new(w->q->a, wanted);
    TRY(api_strong(w));
    if (!v)
        return err_new(w->q->a, ERR_NOT_FOUND, "api.no_view", VALUES({ "view", w->param[0] }));
    if (!may_read(w, v))
        return err_new(w->q->a, ERR_RIGHTS, "api.not_yours", NULL);
    x->view = v;
    err *e = read_wanted(w, x);
    if (!e && x->csv && !w->site->blocking) {
        w->step_data = x;
        w->p->step_data = w;
        w->p->later = get_csv; /* a long list; the loop has others to answer */
        return NULL;
    }
    e = e ? e : x->csv ? answer_csv(w, x) : answer_page(w, x);
    if (e)
        fail_view(w, e);
    return NULL;
}

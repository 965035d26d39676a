#include "base/civil.h"
#include "base/json.h"
#include "store/store.h"
#include "view/file.h"
#include "view/page.h"

#include <assert.h>
#include <string.h>

/* -- scope ---------------------------------------------------------------------------------------------- */
/* Who may read the names in rows that he may read, unless the view says names: (ruling 16); the auditor reads figures
   and acts, not people. */
static const char name_roles[] = "self commander secretary liaison leader volunteer";

#define IN_FORCE "actor_id = $actor AND from_at <= $now AND (until_at IS NULL OR until_at > $now)"
#define ALL_IN_FORCE \
    "person_id = $actor AND scope_kind = 'all' AND from_at <= $now AND (until_at IS NULL OR until_at > $now)"

/* " AND (role = 'a' OR role = 'b')"; the words come from a view file, where only known roles pass, or from this one. Not IN:
   of more than two words SQLite makes a table at each execution. */
static str role_in(arena *a, str roles, bool self)
{
    text t = text_begin(a);
    str role;
    text_put_z(&t, self ? " AND (role = 'self'" : " AND (role = ''");
    while (str_split(&roles, ' ', &role))
        text_printf(&t, " OR role = '%.*s'", STR_ARG(role));
    text_put_z(&t, ")");
    return text_done(&t);
}

/* That a row lies in the actor's scope: the views scope_* of the migration hold the closed grants. */
static str condition(arena *a, const view *v, str roles)
{
    str column = v->scope, noun;
    str by = roles.len ? role_in(a, roles, true) : (str){ 0 };
    if (str_is(v->scope, "all"))
        return text_format(a, "EXISTS (SELECT 1 FROM role_grant WHERE " ALL_IN_FORCE "%.*s)", STR_ARG(by));
    str_split(&column, ' ', &noun);
    column = str_trim(column);
    if (str_is(noun, "own"))
        return text_format(a, "%.*s = $actor AND $now = $now", STR_ARG(column));
    return text_format(a, "%.*s IN (SELECT %.*s_id FROM scope_%.*s WHERE " IN_FORCE "%.*s)", STR_ARG(column),
                       STR_ARG(noun), STR_ARG(noun), STR_ARG(by));
}

typedef struct marked {
    const char *mark;
    str by;
} marked;

/* Puts each text in place of its mark; the marks that are left are comments. */
static str replaced(arena *a, str sql, const marked *marks, size_t count)
{
    text t = text_begin(a);
    while (sql.len) {
        const marked *m = NULL;
        for (size_t i = 0; i < count && !m; i++)
            if (str_starts(sql, str_of(marks[i].mark)))
                m = &marks[i];
        text_put(&t, m ? m->by : str_part(sql, 0, 1));
        sql = str_from(sql, m ? strlen(m->mark) : 1);
    }
    return text_done(&t);
}

/* For whoever runs the machine, and in public views, the text as it stands. */
static str scoped(arena *a, const view *v, bool all)
{
    if (all)
        return v->sql;
    str row = condition(a, v, v->roles);
    str name = condition(a, v, v->name_roles.len ? v->name_roles : str_of(name_roles));
    const marked marks[] = {
        { view_mark, text_format(a, "AND (%.*s)", STR_ARG(row)) },
        { view_name_mark, text_format(a, "CASE WHEN %.*s THEN ", STR_ARG(name)) },
        { view_end_mark, STR(" END") },
    };
    return replaced(a, v->sql, marks, COUNT(marks));
}

/* -- arguments ------------------------------------------------------------------------------------------ */
static value_kind kind_of(str type)
{
    static const char *const numbers[] = { "id", "int", "minute", "utc", "yes" };
    for (size_t i = 0; i < COUNT(numbers); i++)
        if (str_is(type, numbers[i]))
            return VALUE_INT;
    return VALUE_TEXT;
}

enum { ASKED_MAX = 16 + COUNT(((view *)0)->columns) };
typedef struct asked {
    store_param params[ASKED_MAX];
    named args[ASKED_MAX];
    size_t count;
} asked;

static void ask(asked *q, const char *name, value_kind kind, value v)
{
    assert(q->count + 1 < COUNT(q->params));
    q->params[q->count] = (store_param){ name, kind };
    q->args[q->count++] = (named){ name, v };
}

static err *read_arg(arena *a, const view_column *want, const named *given, asked *q)
{
    str type = want->type;
    bool optional = str_ends(type, STR("?"));
    if (optional)
        type.len--;
    value_kind kind = kind_of(type);
    value v = V_NULL;
    for (; given && given->name; given++)
        if (str_is(want->name, given->name))
            v = given->value;
    bool empty = v.kind == VALUE_NULL || (v.kind == VALUE_TEXT && !v.s.len);
    civil_day day;
    if (empty && !optional)
        return err_new(a, ERR_INPUT, "view.arg_missing", VALUES({ "argument", want->name }));
    if (empty)
        v = V_NULL;
    else if (kind == VALUE_INT && v.kind == VALUE_TEXT && str_int(v.s, INT64_MIN, INT64_MAX, &v.n))
        v.kind = VALUE_INT;
    else if (v.kind != kind || (str_is(type, "day") && !civil_day_read(v.s, &day)) ||
             (kind == VALUE_TEXT && !str_is_utf8(v.s)))
        return err_new(a, ERR_INPUT, "view.arg_bad", VALUES({ "argument", want->name }));
    ask(q, str_z(a, want->name), kind, v);
    return NULL;
}

static err *read_args(arena *a, const view *v, const named *args, asked *q)
{
    for (const named *g = args; g && g->name; g++) {
        bool known = strcmp(g->name, "now") == 0;
        for (size_t i = 0; i < v->arg_count; i++)
            known = known || str_is(v->args[i].name, g->name);
        if (!known)
            return err_new(a, ERR_USAGE, "view.arg_unknown", VALUES({ "argument", str_of(g->name) }));
    }
    for (size_t i = 0; i < v->arg_count; i++)
        TRY(read_arg(a, &v->args[i], args, q));
    return NULL;
}

static void ask_scope(asked *q, const named *args, int64_t actor_id)
{
    const named *now = args;
    while (now && now->name && !(strcmp(now->name, "now") == 0 && now->value.kind == VALUE_INT))
        now++;
    assert(now && now->name); /* a text of that name, as a reader could type it, is not the time */
    ask(q, "actor", VALUE_INT, V_INT(actor_id));
    ask(q, "now", VALUE_INT, now->value);
}

typedef enum run_as { RUN_LIST, RUN_COUNT, RUN_PAGE, RUN_OWN } run_as;
static const char *const run_names[] = { "", " count", " page", " own" };

/* A page begins at the last row of the one before it, and leaves out those that went out. */
static void ask_page(arena *a, const view *v, const view_after *after, asked *q)
{
    ask(q, "view_skip", VALUE_INT, V_INT(after->row ? after->alike : 0));
    for (size_t i = 0; after->row && i < v->column_count; i++)
        ask(q, text_format(a, "view_after_%zu", i).at, kind_of(v->columns[i].type), after->row[i]);
}

static str whole(arena *a, const view *v, str sql, run_as as, const view_after *after)
{
    switch (as) {
    case RUN_COUNT: return text_format(a, "SELECT count(*) AS n FROM (%.*s) AS counted", STR_ARG(sql));
    case RUN_PAGE: return view_page_sql(a, v, sql, after && after->row);
    case RUN_OWN: return sql;
    default: return text_format(a, "%.*s\nLIMIT $view_limit", STR_ARG(sql));
    }
}

/* What is somebody's own is little: sorted without a limit SQLite keeps it in memory, with one it makes a table for it. */
static bool is_own(const view *v, int64_t actor_id, run_as as)
{
    return as == RUN_LIST && actor_id && str_starts(v->scope, STR("own "));
}

static err *run_in(store_txn *t, arena *a, const view *v, const named *args, int64_t actor_id, run_as as,
                   const view_after *after, int64_t limit, rows *out)
{
    asked q = { 0 };
    bool all = actor_id == 0 || str_is(v->scope, "public"), own = is_own(v, actor_id, as);
    as = own ? RUN_OWN : as;
    TRY(read_args(a, v, args, &q));
    if (!all)
        ask_scope(&q, args, actor_id);
    /* each text has its own name: it is made once and prepared under it */
    const char *name = text_format(a, "view %.*s%s%s%s", STR_ARG(v->name), run_names[as], after && after->row ? " after" : "",
                                   all ? "" : " scoped").at;
    bool ready = store_has_text(t, name);
    str sql = { 0 };
    if (!ready)
        sql = whole(a, v, scoped(a, v, all), as, after);
    if (as == RUN_LIST || as == RUN_PAGE)
        ask(&q, "view_limit", VALUE_INT, V_INT(limit > 0 ? limit : INT64_MAX));
    if (as == RUN_PAGE && after)
        ask_page(a, v, after, &q);
    TRY(store_query_text(t, a, name, sql, q.params, q.count, q.args, out));
    if (own && limit > 0 && out->count > (size_t)limit)
        out->count = (size_t)limit;
    return NULL;
}

static err *run(struct store *s, arena *a, const view *v, const named *args, int64_t actor_id, run_as as,
                const view_after *after, int64_t limit, rows *out)
{
    store_txn *t = NULL;
    TRY(store_read_begin(s, a, &t));
    err *e = run_in(t, a, v, args, actor_id, as, after, limit, out);
    store_read_end(t);
    return e;
}

err *view_run_in(struct store_txn *t, arena *a, const view *v, const named *args, rows *out)
{
    return run_in(t, a, v, args, 0, RUN_LIST, NULL, 0, out);
}

err *view_run(struct store *s, arena *a, const view *v, const named *args, int64_t actor_id, int64_t limit, rows *out)
{
    TRY(run(s, a, v, args, actor_id, RUN_LIST, NULL, limit, out));
    assert(out->column_count == v->column_count);
    return NULL;
}

err *view_page(struct store *s, arena *a, const view *v, const named *args, int64_t actor_id, const view_after *after,
               int64_t limit, rows *out, bool *more)
{
    TRY(run(s, a, v, args, actor_id, RUN_PAGE, after, limit + 1, out));
    assert(out->column_count == v->column_count);
    *more = out->count > (size_t)limit;
    out->count -= *more;
    return NULL;
}

err *view_count(struct store *s, arena *a, const view *v, const named *args, int64_t actor_id, int64_t *out)
{
    rows r = { 0 };
    TRY(run(s, a, v, args, actor_id, RUN_COUNT, NULL, 0, &r));
    *out = rows_int(&r, 0, "n");
    return NULL;
}

/* -- what is handed out --------------------------------------------------------------------------------- */
/* 1582-2099 in UTC, to the minute: local days stand in columns of their own. */
static str utc_text(arena *a, int64_t at)
{
    int64_t day = at / 86400000 - (at % 86400000 < 0);
    return text_format(a, "%.*s %.*sZ", STR_ARG(civil_day_text(a, (civil_day)day)),
                       STR_ARG(civil_time_text(a, (int)((at - day * 86400000) / 60000))));
}

str view_cell_text(arena *a, str type, const value *x, words_lang lang)
{
    if (x->kind == VALUE_NULL)
        return (str){ 0 };
    if (x->kind != VALUE_INT)
        return x->s;
    if (str_is(type, "yes"))
        return words_get(a, lang, x->n ? "view.yes" : "view.no", NULL);
    if (str_is(type, "utc"))
        return utc_text(a, x->n);
    if (str_is(type, "minute"))
        return civil_time_text(a, (int)x->n);
    return text_format(a, "%lld", (long long)x->n);
}

str view_title(arena *a, const view *v, words_lang lang)
{
    const char *key = text_format(a, "view.title.%.*s", STR_ARG(v->name)).at;
    return words_has(lang, key) ? words_get(a, lang, key, NULL) : v->title;
}

/* RFC 4180; what a spreadsheet would take for a formula gets an apostrophe. */
static void put_cell(text *t, str s, bool as_text)
{
    bool formula = as_text && s.len && str_find(STR("=+-@\t\r"), str_part(s, 0, 1)) >= 0;
    bool quote = false;
    for (size_t i = 0; i < s.len; i++)
        quote = quote || str_find(STR(",\"\r\n"), str_part(s, i, 1)) >= 0;
    if (!quote) {
        text_put_z(t, formula ? "'" : "");
        text_put(t, s);
        return;
    }
    text_put_z(t, formula ? "\"'" : "\"");
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '"')
            text_put_z(t, "\"");
        text_put(t, str_part(s, i, 1));
    }
    text_put_z(t, "\"");
}

str view_csv(arena *a, const view *v, const rows *r, words_lang lang)
{
    text t = text_begin(a);
    text_put_z(&t, "\xEF\xBB\xBF");
    for (size_t i = 0; i < v->column_count; i++) {
        const char *key = text_format(a, "column.%.*s", STR_ARG(v->columns[i].name)).at;
        text_put_z(&t, i ? "," : "");
        put_cell(&t, words_has(lang, key) ? words_get(a, lang, key, NULL) : v->columns[i].name, true);
    }
    text_put_z(&t, "\r\n");
    for (size_t row = 0; row < r->count; row++) {
        for (size_t i = 0; i < v->column_count; i++) {
            const value *x = &r->at[row * r->column_count + i];
            text_put_z(&t, i ? "," : "");
            put_cell(&t, view_cell_text(a, v->columns[i].type, x, lang), x->kind == VALUE_TEXT);
        }
        text_put_z(&t, "\r\n");
    }
    return text_done(&t);
}

static void put_value(json *j, arena *a, str type, const value *x)
{
    if (x->kind == VALUE_NULL)
        json_nothing(j);
    else if (x->kind != VALUE_INT)
        json_str(j, x->s);
    else if (str_is(type, "yes"))
        json_bool(j, x->n != 0);
    else if (str_is(type, "id"))
        json_str(j, text_format(a, "%lld", (long long)x->n));
    else
        json_int(j, x->n);
}

str view_json(arena *a, const view *v, const rows *r)
{
    text t = text_begin(a);
    json j = json_begin(&t);
    json_open(&j, '[');
    for (size_t row = 0; row < r->count; row++) {
        json_open(&j, '{');
        for (size_t i = 0; i < v->column_count; i++) {
            json_key(&j, str_z(a, v->columns[i].name));
            put_value(&j, a, v->columns[i].type, &r->at[row * r->column_count + i]);
        }
        json_close(&j, '}');
    }
    json_close(&j, ']');
    return text_done(&t);
}

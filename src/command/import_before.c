#include "command/import_before.h"

enum { DAY_MS = 24 * 3600 * 1000, FORGET_ROWS = 2 * PIECE_ROWS_MAX };

err *import_before_begin(context *c, const args *a)
{
    rows r = { 0 };
    for (size_t i = 0; i < a->count; i++) {
        if (!str_is(a->at[i].name, "import") || a->at[i].value.kind == VALUE_NULL)
            continue;
        TRY(query(c, "import_before.open", NAMED({ "import", a->at[i].value }), &r));
        if (!r.count)
            return refuse(c, ERR_CONFLICT, "import.over", NULL);
        c->import = a->at[i].value.n;
        /* images whose day is over go, a few with each piece: nobody undoes by them any more */
        return query(c, "import_before.forget", NAMED({ "before", V_INT(c->now - DAY_MS) }, { "max", V_INT(FORGET_ROWS) }), NULL);
    }
    return NULL;
}

static named of_key(value key)
{
    return (named){ key.kind == VALUE_TEXT ? "code" : "id", key };
}

/* Columns in the order of the statement, so that two images are compared as texts. */
static str json_of(context *c, const rows *r)
{
    text t = text_begin(c->a);
    json j = json_begin(&t);
    json_open(&j, '{');
    for (size_t i = 0; i < r->column_count; i++) {
        const value *v = &r->at[i];
        json_key(&j, r->names[i]);
        if (v->kind == VALUE_INT)
            json_int(&j, v->n);
        else if (v->kind == VALUE_TEXT)
            json_str(&j, v->s);
        else
            json_nothing(&j);
    }
    json_close(&j, '}');
    return text_done(&t);
}

err *import_row_image(context *c, const char *noun, value key, str *image)
{
    rows r = { 0 };
    TRY(query(c, text_format(c->a, "import_before.%s_image", noun).at, NAMED(of_key(key)), &r));
    *image = r.count ? json_of(c, &r) : (str){ 0 };
    return NULL;
}

err *import_before_image(context *c, const char *noun, value key, str *before)
{
    *before = (str){ 0 };
    return c->import ? import_row_image(c, noun, key, before) : NULL;
}

err *import_before_keep(context *c, const char *noun, value key, str before)
{
    str after = { 0 };
    if (!c->import)
        return NULL;
    TRY(import_row_image(c, noun, key, &after));
    str of = key.kind == VALUE_TEXT ? key.s : text_format(c->a, "%lld", (long long)key.n);
    return query(c, "import_before.put",
                 NAMED({ "import", V_INT(c->import) }, { "noun", V_TEXT(str_of(noun)) }, { "noun_key", V_TEXT(of) },
                       { "before", V_TEXT(before) }, { "after", V_TEXT(after) }), NULL);
}

#include "command/figure.h"

#include "command/command.h"
#include "view/view.h"

#include <assert.h>
#include <string.h>

#define FIGURE(name, kind, column, scale, view, args) { #name, FIGURE_##kind, scale, column, #view, args },
const figure figures[] = {
#include "command/figures.def"
    { 0 },
};
#undef FIGURE

enum { FIGURE_ARGS_MAX = 8, FIGURE_KEY_COLUMNS_MAX = 3 };

const figure *figure_find(str name)
{
    for (const figure *f = figures; f->name; f++)
        if (str_is(name, f->name))
            return f;
    return NULL;
}

const char *figure_kind_name(figure_kind k)
{
    static const char *const names[] = { "count", "sum", "max" };
    return names[k];
}

static const named *word_of(const named *words, str name)
{
    for (; words->name; words++)
        if (str_is(name, words->name))
            return words;
    return NULL;
}

bool figure_args(arena *a, const figure *f, const named *words, str *out)
{
    text t = text_begin(a);
    str rest = str_of(f->args), pair;
    while (str_split(&rest, ' ', &pair)) {
        str key, value = pair;
        bool split = str_split(&value, '=', &key);
        assert(split);
        (void)split;
        if (str_starts(value, STR("$"))) {
            const named *w = word_of(words, str_from(value, 1));
            if (!w || !w->value.s.len)
                return false;
            value = w->value.s;
        }
        text_put_z(&t, t.len ? " " : "");
        text_put(&t, key);
        text_put_z(&t, "=");
        text_put(&t, value);
    }
    *out = text_done(&t);
    return true;
}

static const named *named_of(arena *a, str args)
{
    named *out = arena_many(a, named, FIGURE_ARGS_MAX + 1);
    str pair;
    for (size_t i = 0; str_split(&args, ' ', &pair) && i < FIGURE_ARGS_MAX; i++) {
        str key;
        str_split(&pair, '=', &key);
        out[i] = (named){ str_z(a, key), V_TEXT(pair) };
    }
    return out;
}

/* A row's key: its id, else the first ids, codes and days it has. */
static str key_of(arena *a, const view *v, const rows *r, size_t row)
{
    text t = text_begin(a);
    bool has_id = str_is(v->columns[0].name, "id");
    for (size_t i = 0, keys = 0; i < v->column_count && keys < (has_id ? 1 : FIGURE_KEY_COLUMNS_MAX); i++) {
        str type = v->columns[i].type;
        const value *x = &r->at[row * r->column_count + i];
        if (!str_is(type, "id") && !str_is(type, "code") && !str_is(type, "day"))
            continue;
        text_put_z(&t, keys++ ? "/" : "");
        text_put(&t, x->kind == VALUE_INT ? text_format(a, "%lld", (long long)x->n) : x->s);
    }
    return text_done(&t);
}

static int64_t value_of(const figure *f, const rows *r)
{
    int64_t value = 0;
    if (f->kind == FIGURE_COUNT)
        return (int64_t)r->count;
    for (size_t i = 0; i < r->count; i++) {
        int64_t n = rows_int(r, i, f->column);
        value = f->kind == FIGURE_SUM ? value + n : n > value ? n : value;
    }
    return value;
}

err *figure_run(context *c, const figure *f, str args, figure_value *out)
{
    const view *v = view_find(str_of(f->view));
    rows r = { 0 };
    assert(v);
    TRY(view_run_in(c->txn, c->a, v, named_of(c->a, args), &r));
    str *records = arena_many(c->a, str, r.count + 1);
    for (size_t i = 0; i < r.count; i++)
        records[i] = key_of(c->a, v, &r, i);
    *out = (figure_value){ value_of(f, &r), records, r.count };
    return NULL;
}

#include "base/civil.h"
#include "command/command.h"

#include <assert.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_ARG_MAX_BYTES = 64 << 10, NAME_MAX_RUNES = 100, ADDRESS_MAX_RUNES = 500 };

/* Each gives back whether the text reads, and the value. */
typedef bool reads(arena *a, str s, value *out);

static bool read_id(arena *a, str s, value *out)
{
    (void)a;
    out->kind = VALUE_INT;
    return str_int(s, 1, INT64_MAX, &out->n);
}
static bool read_int(arena *a, str s, value *out)
{
    (void)a;
    out->kind = VALUE_INT;
    return str_int(s, INT64_MIN, INT64_MAX, &out->n);
}
static bool read_text(arena *a, str s, value *out)
{
    *out = V_TEXT(str_copy(a, s));
    return s.len <= TEXT_ARG_MAX_BYTES && str_is_utf8(s);
}
static bool read_name(arena *a, str s, value *out)
{
    return read_text(a, str_trim(s), out) && out->s.len && str_rune_count(out->s) <= NAME_MAX_RUNES;
}
static bool read_address(arena *a, str s, value *out)
{
    return read_text(a, s, out) && str_rune_count(s) <= ADDRESS_MAX_RUNES;
}
static bool read_phone(arena *a, str s, value *out)
{
    text t = text_begin(a);
    for (size_t i = 0; i < s.len; i++) {
        if (isdigit((unsigned char)s.at[i]) || (s.at[i] == '+' && t.len == 0))
            text_put(&t, str_part(s, i, 1));
        else if (s.at[i] != ' ' && s.at[i] != '-')
            return false;
    }
    *out = V_TEXT(text_done(&t));
    return out->s.len >= 3 && out->s.len <= 20;
}
static bool read_day(arena *a, str s, value *out)
{
    civil_day day;
    return civil_day_read(s, &day) && read_text(a, s, out);
}
static bool read_minute(arena *a, str s, value *out)
{
    (void)a;
    ptrdiff_t colon = str_find(s, STR(":"));
    out->kind = VALUE_INT;
    int64_t hour = 0, minute = 0;
    if (colon < 0)
        return str_int(s, 0, 2879, &out->n);
    if (!str_int(str_part(s, 0, (size_t)colon), 0, 47, &hour) ||
        !str_int(str_from(s, (size_t)colon + 1), 0, 59, &minute))
        return false;
    out->n = hour * 60 + minute;
    return true;
}
static bool read_yes(arena *a, str s, value *out)
{
    (void)a;
    bool yes = str_is(s, "1") || str_is(s, "yes") || str_is(s, "true");
    *out = V_INT(yes);
    return yes || str_is(s, "0") || str_is(s, "no") || str_is(s, "false");
}
static bool read_code(arena *a, str s, value *out)
{
    for (size_t i = 0; i < s.len; i++)
        if (!isalnum((unsigned char)s.at[i]))
            return false;
    return s.len <= 12 && read_text(a, s, out);
}
static bool read_rows(arena *a, str s, value *out)
{
    *out = V_TEXT(str_copy(a, s));
    return true; /* the JSON is read by parse_rows */
}

static const struct arg_type {
    const char *name;
    reads *read;
    bool private, sealed;
    const char *wrong; /* the key of what to say; static, as an err outlives the arena */
} arg_types[] = {
    { "id", read_id, false, false, "command.bad.id" },
    { "int", read_int, false, false, "command.bad.int" },
    { "text", read_text, false, false, "command.bad.text" },
    { "name", read_name, true, false, "command.bad.name" },
    { "phone", read_phone, true, false, "command.bad.phone" },
    { "address", read_address, true, false, "command.bad.address" },
    { "text_private", read_text, true, false, "command.bad.text" },
    { "text_sealed", read_text, true, true, "command.bad.text" },
    { "day", read_day, false, false, "command.bad.day" },
    { "minute", read_minute, false, false, "command.bad.minute" },
    { "time", read_int, false, false, "command.bad.utc" },
    { "utc", read_int, false, false, "command.bad.utc" },
    { "yes", read_yes, false, false, "command.bad.yes" },
    { "code", read_code, false, false, "command.bad.code" },
    { "rows", read_rows, true, false, "command.bad.rows" },
    { "lines", read_rows, true, false, "command.bad.rows" },
    { "list", read_rows, false, false, "command.bad.rows" },
};

static const struct arg_type *type_of(str name)
{
    for (size_t i = 0; i < COUNT(arg_types); i++)
        if (str_is(name, arg_types[i].name))
            return &arg_types[i];
    assert(!"an argument has a type that does not exist");
    return NULL;
}

bool arg_is_private(const arg *x)
{
    return x->how->private;
}
bool arg_is_sealed(const arg *x)
{
    return x->how->sealed;
}

static void spec_read(const char *spec, args *out)
{
    str rest = str_of(spec), word;
    for (size_t i = 0; out->spec == spec && i < out->count; i++) {
        out->at[i].value = V_NULL;
        out->at[i].json = NULL;
    }
    if (out->spec == spec)
        return;
    out->spec = spec;
    out->count = 0;
    while (str_split(&rest, ' ', &word)) {
        if (word.len == 0)
            continue;
        assert(out->count < ARGS_MAX);
        arg *x = &out->at[out->count++];
        *x = (arg){ 0 };
        if (str_ends(word, STR("?"))) {
            x->optional = true;
            word.len--;
        }
        bool typed = str_split(&word, ':', &x->name);
        assert(typed && word.len);
        x->type = word;
        x->how = type_of(word);
    }
}

/* What is wrong, as a list of labels: one bad argument has a sentence of its own, more are listed. */
typedef struct complaints {
    context *c;
    size_t row_no; /* 0: not in a row */
    size_t count;
    err *first;
    text labels;
} complaints;

static str label_of(complaints *w, str name)
{
    arena *a = w->c->a;
    const char *key = text_format(a, "column.%.*s", STR_ARG(name)).at;
    str word = words_has(w->c->lang, key) ? words_get(a, w->c->lang, key, NULL) : name;
    if (!w->row_no)
        return words_get(a, w->c->lang, "command.label", VALUES({ "name", word }));
    return words_get(a, w->c->lang, "command.label_row",
                     VALUES({ "name", word }, { "row", text_format(a, "%zu", w->row_no) }));
}

static void complain(complaints *w, str name, err_code code, const char *message)
{
    str label = label_of(w, name);
    if (w->count++)
        text_put(&w->labels, words_get(w->c->a, w->c->lang, "command.and", NULL));
    text_put(&w->labels, label);
    if (w->first)
        return;
    w->first = err_new(w->c->a, code, message, VALUES({ "argument", label }));
    /* a row is read in the transaction, whose memory the error outlives */
    w->first->field = w->row_no ? "rows" : str_z(w->c->a, name);
}

static err *verdict(complaints *w)
{
    if (w->count < 2)
        return w->first;
    err *e = err_new(w->c->a, ERR_INPUT, "command.bad.many", VALUES({ "arguments", text_done(&w->labels) }));
    e->field = w->first->field;
    return e;
}

static void json_drop(void *what)
{
    json_decref(what);
}

static bool json_deeper(const json_t *j, int left)
{
    if (left < 0)
        return true;
    const char *key;
    json_t *v;
    size_t i;
    if (json_is_array(j)) {
        json_array_foreach((json_t *)(uintptr_t)j, i, v) {
            if (json_deeper(v, left - 1))
                return true;
        }
    } else if (json_is_object(j)) {
        json_object_foreach((json_t *)(uintptr_t)j, key, v) {
            if (json_deeper(v, left - 1))
                return true;
        }
    }
    return false;
}

static void take_rows(complaints *w, arg *x, const json_t *j)
{
    if (!j || !json_is_array(j) || json_deeper(j, JSON_DEPTH_MAX))
        complain(w, x->name, ERR_INPUT, "command.bad.rows");
    else if (json_array_size(j) > (str_is(x->type, "rows") ? (size_t)PIECE_ROWS_MAX : (size_t)ROSTER_LINES_MAX))
        complain(w, x->name, ERR_LIMIT, "command.too_many_rows");
    x->json = j;
}

static void parse_rows(complaints *w, arg *x)
{
    json_t *j = json_loadb(x->value.s.at, x->value.s.len, JSON_REJECT_DUPLICATES, NULL);
    if (j)
        arena_defer(w->c->a, json_drop, j);
    take_rows(w, x, j);
}

static void put_tree(json *out, const json_t *j)
{
    const char *key;
    json_t *v;
    size_t i;
    if (json_is_array(j)) {
        json_open(out, '[');
        json_array_foreach((json_t *)(uintptr_t)j, i, v) {
            put_tree(out, v);
        }
        json_close(out, ']');
    } else if (json_is_object(j)) {
        json_open(out, '{');
        json_object_foreach((json_t *)(uintptr_t)j, key, v) {
            json_key(out, key);
            put_tree(out, v);
        }
        json_close(out, '}');
    } else if (json_is_string(j)) {
        json_str(out, (str){ json_string_value(j), json_string_length(j) });
    } else if (json_is_integer(j)) {
        json_int(out, json_integer_value(j));
    } else if (json_is_boolean(j)) {
        json_bool(out, json_is_true(j));
    } else if (json_is_real(j)) {
        json_str(out, text_format(out->out->a, "%.17g", json_real_value(j)));
    } else {
        json_nothing(out);
    }
}

/* Rows that come already read still have a text: the audit row and the key know them by it. */
static void keep_rows(complaints *w, arg *x, const json_t *rows)
{
    text t = text_begin(w->c->a);
    json out = json_begin(&t);
    take_rows(w, x, rows);
    if (!w->count)
        put_tree(&out, rows);
    x->value = V_TEXT(text_done(&t));
}

static void parse_one(complaints *w, arg *x, str s)
{
    const struct arg_type *type = x->how;
    if (type->read(w->c->a, s, &x->value))
        return;
    complain(w, x->name, ERR_INPUT, type->wrong);
    x->value = V_NULL;
}

static const named *given_of(const named *given, str name)
{
    for (; given && given->name; given++)
        if (str_is(name, given->name))
            return given;
    return NULL;
}

static void complain_unknown(complaints *w, const args *x, const named *given)
{
    for (; given && given->name; given++) {
        bool known = false;
        for (size_t i = 0; i < x->count; i++)
            known = known || str_is(x->at[i].name, given->name);
        if (!known)
            complain(w, str_of(given->name), ERR_USAGE, "command.bad.unknown");
    }
}

err *args_parse(context *c, const char *spec, const named *given, const json_t *rows, args *out)
{
    complaints w = { .c = c, .labels = text_begin(c->a) };
    out->spec = NULL;
    spec_read(spec, out);
    complain_unknown(&w, out, given);
    if (rows)
        complain_unknown(&w, out, NAMED({ "rows", V_NULL }));
    for (size_t i = 0; i < out->count; i++) {
        arg *x = &out->at[i];
        const named *g = given_of(given, x->name);
        str s = !g                           ? STR("")
                : g->value.kind == VALUE_INT ? text_format(c->a, "%lld", (long long)g->value.n)
                                             : g->value.s;
        if (rows && str_is(x->name, "rows")) {
            keep_rows(&w, x, rows);
            continue;
        }
        if (s.len)
            parse_one(&w, x, s);
        else if (!x->optional)
            complain(&w, x->name, ERR_INPUT, "command.bad.missing");
        if (x->value.kind == VALUE_TEXT && x->how->read == read_rows)
            parse_rows(&w, x);
    }
    return verdict(&w);
}

/* A number, yes or no, or text alike; arrays and objects only where a list or a text is wanted. */
static str json_as_text(context *c, const json_t *j)
{
    if (json_is_string(j))
        return (str){ json_string_value(j), json_string_length(j) };
    if (json_is_integer(j))
        return text_format(c->a, "%lld", (long long)json_integer_value(j));
    if (json_is_boolean(j))
        return json_is_true(j) ? STR("1") : STR("0");
    char *dumped = json_dumps(j, JSON_COMPACT | JSON_ENCODE_ANY);
    if (!dumped)
        return (str){ 0 };
    arena_defer(c->a, free, dumped); /* jansson's memory */
    return str_of(dumped);
}

static void complain_unknown_keys(complaints *w, const args *x, const json_t *row)
{
    const char *key;
    json_t *any;
    json_object_foreach((json_t *)(uintptr_t)row, key, any) {
        bool known = false;
        for (size_t i = 0; i < x->count; i++)
            known = known || str_is(x->at[i].name, key);
        if (!known)
            complain(w, str_of(key), ERR_USAGE, "command.bad.unknown");
    }
}

err *args_parse_row(context *c, const char *spec, const json_t *row, size_t row_no, args *out)
{
    out->spec = NULL;
    return args_parse_next(c, spec, row, row_no, out);
}

err *args_parse_next(context *c, const char *spec, const json_t *row, size_t row_no, args *out)
{
    complaints w = { .c = c, .row_no = row_no, .labels = text_begin(c->a) };
    spec_read(spec, out);
    if (!json_is_object(row))
        complain(&w, STR("rows"), ERR_INPUT, "command.bad.rows");
    size_t found = 0;
    for (size_t i = 0; i < out->count; i++)
        found += json_object_getn(row, out->at[i].name.at, out->at[i].name.len) != NULL;
    if (found < json_object_size(row))
        complain_unknown_keys(&w, out, row);
    for (size_t i = 0; i < out->count; i++) {
        arg *x = &out->at[i];
        const json_t *j = json_object_getn(row, x->name.at, x->name.len);
        bool is_list = str_is(x->type, "list");
        if (is_list && json_is_array(j))
            x->json = j;
        else if (is_list && j && !json_is_null(j))
            complain(&w, x->name, ERR_INPUT, "command.bad.rows");
        if (is_list)
            continue;
        str s = !j || json_is_null(j) ? STR("") : json_as_text(c, j);
        if (s.len)
            parse_one(&w, x, s);
        else if (!x->optional)
            complain(&w, x->name, ERR_INPUT, "command.bad.missing");
    }
    return verdict(&w);
}

void value_canonical(text *t, str name, const value *v)
{
    char digits[24];
    str s = { 0 };
    if (v->kind != VALUE_NULL)
        s = v->s;
    if (v->kind == VALUE_INT)
        s = (str){ digits, (size_t)snprintf(digits, sizeof digits, "%lld", (long long)v->n) };
    text_put(t, name);
    text_put(t, v->kind != VALUE_NULL ? STR(":1:") : STR(":0:"));
    text_put_int(t, (int64_t)s.len);
    text_put(t, STR(":"));
    text_put(t, s);
}

str args_canonical(arena *a, const args *x)
{
    text t = text_begin(a);
    for (size_t i = 0; i < x->count; i++)
        value_canonical(&t, x->at[i].name, &x->at[i].value);
    return text_done(&t);
}

const arg *arg_of(const args *a, const char *name)
{
    for (size_t i = 0; i < a->count; i++)
        if (str_is(a->at[i].name, name))
            return &a->at[i];
    assert(!"this argument is not in the command's row");
    return NULL;
}
bool arg_given(const args *a, const char *name)
{
    return arg_of(a, name)->value.kind != VALUE_NULL;
}
int64_t arg_int(const args *a, const char *name)
{
    return arg_int_or(a, name, 0);
}
int64_t arg_int_or(const args *a, const char *name, int64_t otherwise)
{
    const arg *x = arg_of(a, name);
    return x->value.kind == VALUE_INT ? x->value.n : otherwise;
}
str arg_text(const args *a, const char *name)
{
    return arg_of(a, name)->value.s;
}
value arg_value(const args *a, const char *name)
{
    return arg_of(a, name)->value;
}
value arg_text_value(const args *a, const char *name)
{
    str s = arg_text(a, name);
    return V_TEXT(s.at ? s : STR(""));
}

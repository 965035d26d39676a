#include "store/statement.h"

#include "base/text.h"

#include <ctype.h>
#include <string.h>

err *statement_err(arena *a, const char *name, const char *what)
{
    err *e = err_new(a, ERR_DATABASE, "store.statement", NULL);
    e->detail = text_format(a, "%s: %s", name, what);
    return e;
}

static bool name_sign(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* Past a literal, a quoted name or a comment that begins at i; i itself where none begins. */
static size_t skip_quiet(str sql, size_t i)
{
    char c = sql.at[i];
    if (c == '\'' || c == '"') {
        for (i++; i < sql.len && sql.at[i] != c; i++)
            ;
        return i + 1;
    }
    if (c == '-' && i + 1 < sql.len && sql.at[i + 1] == '-') {
        while (i < sql.len && sql.at[i] != '\n')
            i++;
        return i;
    }
    if (c == '/' && i + 1 < sql.len && sql.at[i + 1] == '*') {
        ptrdiff_t end = str_find(str_from(sql, i + 2), STR("*/"));
        return end < 0 ? sql.len : i + 2 + (size_t)end + 2;
    }
    return i;
}

err *statement_numbered(arena *a, str sql, const statement_param *params, size_t count, str *out)
{
    text t = text_begin(a);
    for (size_t i = 0; i < sql.len;) {
        size_t next = skip_quiet(sql, i);
        if (next > i) {
            text_put(&t, str_part(sql, i, next - i));
            i = next;
            continue;
        }
        size_t end = i + 1;
        while (sql.at[i] == '$' && end < sql.len && name_sign(sql.at[end]))
            end++;
        if (sql.at[i] != '$' || end == i + 1) {
            text_put(&t, str_part(sql, i++, 1));
            continue;
        }
        str name = str_part(sql, i + 1, end - i - 1);
        size_t number = 0;
        while (number < count && !str_is(name, params[number].name))
            number++;
        if (number == count)
            return statement_err(a, str_z(a, name), "a parameter that is not declared");
        text_put_z(&t, "$");
        text_put_int(&t, (int64_t)number + 1);
        i = end;
    }
    *out = text_done(&t);
    return NULL;
}

static err *read_args(arena *a, statement *s, str line)
{
    LIST(statement_param) params = { 0 };
    str part;
    while (str_split(&line, ',', &part)) {
        str kind = str_trim(part), name;
        if (!str_split(&kind, ' ', &name))
            return statement_err(a, s->name, "an empty argument");
        kind = str_trim(kind);
        statement_param p = { .name = str_z(a, name), .nullable = str_ends(kind, STR("?")) };
        if (p.nullable)
            kind.len--;
        p.kind = str_is(kind, "int")    ? VALUE_INT
                 : str_is(kind, "text") ? VALUE_TEXT
                 : str_is(kind, "blob") ? VALUE_BLOB
                                        : VALUE_NULL;
        if (p.kind == VALUE_NULL)
            return statement_err(a, s->name, "a type is int, text or blob");
        *list_add(a, &params) = p;
    }
    s->params = params.at;
    s->param_count = params.count;
    return NULL;
}

typedef struct reader {
    arena *a;
    LIST(statement) list;
    statement *now;
    str *into; /* where lines go */
} reader;

static err *read_line(reader *r, const char *file, str line)
{
    static const str name = { "-- name:", 8 }, args = { "-- args:", 8 };
    if (str_starts(line, name)) {
        r->now = list_add(r->a, &r->list);
        *r->now = (statement){ .name = str_z(r->a, str_trim(str_from(line, name.len))) };
        r->into = &r->now->sql;
        return NULL;
    }
    if (!r->now)
        return str_trim(line).len && !str_starts(line, STR("--"))
                   ? statement_err(r->a, file, "text before the first name")
                   : NULL;
    if (str_starts(line, args))
        return read_args(r->a, r->now, str_from(line, args.len));
    if (str_is(str_trim(line), "-- @postgres")) {
        r->into = &r->now->sql_postgres;
        return NULL;
    }
    if (!r->into->at)
        r->into->at = line.at;
    r->into->len = (size_t)(line.at + line.len - r->into->at);
    return NULL;
}

err *statements_load(arena *a, const embedded *files, statements *out)
{
    reader r = { .a = a };
    for (; files->name; files++) {
        str rest = { files->text, files->length }, line;
        r.now = NULL;
        while (str_split(&rest, '\n', &line))
            TRY(read_line(&r, files->name, line));
    }
    *out = (statements){ .at = r.list.at, .count = r.list.count, .by_name = map_new(a) };
    for (size_t i = 0; i < out->count; i++) {
        statement *s = &out->at[i];
        str ignored;
        if (!str_trim(s->sql).len)
            return statement_err(a, s->name, "no text");
        TRY(statement_numbered(a, s->sql, s->params, s->param_count, &ignored));
        TRY(statement_numbered(a, s->sql_postgres, s->params, s->param_count, &ignored));
        if (map_get(out->by_name, str_of(s->name), NULL))
            return statement_err(a, s->name, "the name stands twice");
        map_put(out->by_name, str_of(s->name), (int64_t)i);
    }
    return NULL;
}

const statement *statement_find(const statements *all, str name)
{
    int64_t index;
    return map_get(all->by_name, name, &index) ? &all->at[index] : NULL;
}

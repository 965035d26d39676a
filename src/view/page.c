#include "view/page.h"

#include <ctype.h>
#include <string.h>

/* -- the order a view has by itself --------------------------------------------------------------------- */
/* Past what is no text of the query at i: a comment or a quoted text. */
static size_t pass_over(str sql, size_t i)
{
    if (sql.at[i] == '\'') {
        for (i++; i < sql.len && sql.at[i] != '\''; i++)
            continue;
        return i + 1;
    }
    if (str_starts(str_from(sql, i), STR("/*"))) {
        ptrdiff_t end = str_find(str_from(sql, i), STR("*/"));
        return end < 0 ? sql.len : i + (size_t)end + 2;
    }
    if (str_starts(str_from(sql, i), STR("--"))) {
        while (i < sql.len && sql.at[i] != '\n')
            i++;
    }
    return i;
}

static bool stands_at(str sql, size_t i, const char *word)
{
    size_t len = strlen(word);
    bool begins = i == 0 || isspace((unsigned char)sql.at[i - 1]) || sql.at[i - 1] == ')';
    return begins && i + len < sql.len && memcmp(sql.at + i, word, len) == 0 && isspace((unsigned char)sql.at[i + len]);
}

/* Where a word stands outside of all brackets from `from` on: the first or the last of them; -1: nowhere. */
static ptrdiff_t find_word(str sql, size_t from, const char *word, bool last)
{
    ptrdiff_t found = -1;
    int depth = 0;
    for (size_t i = from; i < sql.len;) {
        size_t past = pass_over(sql, i);
        if (past > i) {
            i = past;
            continue;
        }
        depth += sql.at[i] == '(' ? 1 : sql.at[i] == ')' ? -1 : 0;
        if (depth == 0 && stands_at(sql, i, word)) {
            found = (ptrdiff_t)i;
            if (!last)
                return found;
        }
        i++;
    }
    return found;
}

/* The next of a list parted by commas that stand outside of brackets. */
static bool next_item(str *rest, str *item)
{
    int depth = 0;
    size_t i = 0;
    if (!rest->len)
        return false;
    while (i < rest->len && !(depth == 0 && rest->at[i] == ',')) {
        size_t past = pass_over(*rest, i);
        depth += past > i ? 0 : rest->at[i] == '(' ? 1 : rest->at[i] == ')' ? -1 : 0;
        i = past > i ? past : i + 1;
    }
    *item = str_trim(str_part(*rest, 0, i));
    *rest = str_from(*rest, i + 1);
    return true;
}

/* "p.name" of "(mark)p.name(mark) AS name", whose marks are comments. */
static str expression_of(str item)
{
    ptrdiff_t as = find_word(item, 0, "AS", true);
    if (as >= 0)
        item = str_trim(str_part(item, 0, (size_t)as));
    while (str_starts(item, STR("/*")))
        item = str_trim(str_from(item, pass_over(item, 0)));
    ptrdiff_t mark = str_find(item, STR("/*"));
    return mark > 0 ? str_trim(str_part(item, 0, (size_t)mark)) : item;
}

/* The column a term of ORDER BY shows itself in: by its number, its name, or the same text in the list; else -1. Of a
   list that is * a column is called as in the table. */
static ptrdiff_t column_of(const view *v, str list, str term)
{
    int64_t number;
    str item;
    ptrdiff_t dot = str_find(term, STR("."));
    if (str_is(str_trim(list), "*") && dot > 0)
        term = str_from(term, (size_t)dot + 1);
    if (str_int(term, 1, (int64_t)v->column_count, &number))
        return (ptrdiff_t)number - 1;
    for (size_t i = 0; i < v->column_count; i++)
        if (str_equal(v->columns[i].name, term))
            return (ptrdiff_t)i;
    for (size_t i = 0; i < v->column_count && next_item(&list, &item); i++)
        if (str_equal(expression_of(item), term))
            return (ptrdiff_t)i;
    return -1;
}

static bool has_column(const view_order *order, size_t count, size_t column)
{
    for (size_t i = 0; i < count; i++)
        if (order[i].column == column)
            return true;
    return false;
}

size_t view_order_of(const view *v, view_order out[COUNT(((view *)0)->columns)])
{
    ptrdiff_t by = find_word(v->sql, 0, "ORDER BY", true), select = find_word(v->sql, 0, "SELECT", true);
    size_t count = 0;
    str terms = { 0 }, list = { 0 }, term;
    if (by >= 0)
        terms = str_from(v->sql, (size_t)by + strlen("ORDER BY"));
    if (select >= 0) {
        ptrdiff_t from = find_word(v->sql, (size_t)select, "FROM", false);
        size_t begin = (size_t)select + strlen("SELECT");
        list = str_part(v->sql, begin, from < 0 ? 0 : (size_t)from - begin);
    }
    while (next_item(&terms, &term)) {
        if (str_ends(term, STR(" NULLS LAST")))
            term.len -= strlen(" NULLS LAST");
        bool down = str_ends(term, STR(" DESC"));
        if (down)
            term = str_trim(str_part(term, 0, term.len - strlen(" DESC")));
        ptrdiff_t column = column_of(v, list, term);
        if (column >= 0 && !has_column(out, count, (size_t)column))
            out[count++] = (view_order){ (size_t)column, down };
    }
    size_t own = count;
    for (size_t i = 0; i < v->column_count; i++)
        if (!has_column(out, count, i))
            out[count++] = (view_order){ i, false };
    return own;
}

/* -- the text ------------------------------------------------------------------------------------------ */
/* Like it or behind it, decided by the first column that differs; what is null stands last, in either direction and
   engine. Flat: a parser's stack is not deep enough for brackets around each of forty columns. */
static void put_after(text *t, const view *v, const view_order *order)
{
    text_put_z(t, "CASE");
    for (size_t i = 0; i < v->column_count; i++) {
        str name = v->columns[order[i].column].name;
        size_t n = order[i].column;
        text_printf(t, " WHEN \"%.*s\" %s $view_after_%zu OR (\"%.*s\" IS NULL AND $view_after_%zu IS NOT NULL) THEN 1",
                    STR_ARG(name), order[i].down ? "<" : ">", n, STR_ARG(name), n);
        text_printf(t, " WHEN \"%.*s\" IS DISTINCT FROM $view_after_%zu THEN 0", STR_ARG(name), n);
    }
    text_put_z(t, " ELSE 1 END = 1");
}

str view_page_sql(arena *a, const view *v, str sql, bool after)
{
    view_order order[COUNT(v->columns)];
    text t = text_begin(a);
    view_order_of(v, order);
    text_printf(&t, "SELECT * FROM (%.*s) AS page", STR_ARG(sql));
    if (after) {
        text_put_z(&t, " WHERE ");
        put_after(&t, v, order);
    }
    for (size_t i = 0; i < v->column_count; i++)
        text_printf(&t, "%s \"%.*s\"%s NULLS LAST", i ? "," : " ORDER BY", STR_ARG(v->columns[order[i].column].name),
                    order[i].down ? " DESC" : "");
    text_put_z(&t, "\nLIMIT $view_limit OFFSET $view_skip");
    return text_done(&t);
}

static bool same_value(const value *x, const value *y)
{
    return x->kind == y->kind && x->n == y->n && str_equal(x->s, y->s);
}

static bool same_row(const value *x, const value *y, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!same_value(&x[i], &y[i]))
            return false;
    return true;
}

view_after view_last(const rows *r, const view_after *before)
{
    size_t n = r->column_count, at = r->count;
    if (!at)
        return *before;
    view_after last = { .row = &r->at[(at - 1) * n] };
    for (; at > 0 && same_row(&r->at[(at - 1) * n], last.row, n); at--)
        last.alike++;
    if (!at && before->row && same_row(before->row, last.row, n))
        last.alike += before->alike;
    return last;
}

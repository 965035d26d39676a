#include "command/closing.h"

#include <assert.h>

/* The arguments by which an operation is found, each with its statement. */
static const struct within {
    const char *argument, *statement;
} withins[] = {
    { "operation", "closing.operation" },       { "team", "closing.team" },
    { "from_team", "closing.team" },            { "to_team", "closing.team" },
    { "order", "closing.order" },               { "notice", "closing.notice" },
    { "post", "closing.post" },                 { "need", "closing.need" },
    { "roster", "closing.roster" },             { "duty", "closing.duty" },
    { "attendance", "closing.attendance" },     { "swap", "closing.swap" },
    { "structure", "closing.structure" },       { "join_request", "closing.join_request" },
    { "withdrawal", "closing.withdrawal" },     { "reinforcement", "closing.reinforcement" },
    { "scope", "closing.scope" },
};

typedef struct closing {
    context *c;
    map *asked; /* statement and value, seen already: rows of one team ask once */
} closing;

static err *check_one(closing *q, const char *statement, value v)
{
    rows r = { 0 };
    str key = text_format(q->c->a, "%s/%lld/%.*s", statement, (long long)v.n, STR_ARG(v.s));
    if (map_get(q->asked, key, NULL))
        return NULL;
    map_put(q->asked, key, 1);
    TRY(query(q->c, statement, NAMED({ "target", v }), &r));
    return r.count && !str_is(rows_text(&r, 0, "state"), "open") ? refuse(q->c, ERR_CONFLICT, "operation.closed", NULL) : NULL;
}

static err *check_args(closing *q, const args *a)
{
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < COUNT(withins); k++) {
            const arg *x = &a->at[i];
            if (str_is(x->name, withins[k].argument) && x->value.kind != VALUE_NULL)
                TRY(check_one(q, withins[k].statement, x->value));
        }
    return NULL;
}

static err *check_rows(closing *q, const command *m, const args *a)
{
    args one = { 0 };
    for (size_t i = 0; m->row && i < a->count; i++) {
        size_t k;
        json_t *row;
        if (!str_is(a->at[i].type, "rows"))
            continue;
        json_array_foreach((json_t *)(uintptr_t)a->at[i].json, k, row) {
            TRY(args_parse_next(q->c, m->row, row, k + 1, &one));
            TRY(check_args(q, &one));
        }
    }
    return NULL;
}

err *closing_check(context *c, const command *m, const args *a)
{
    closing q = { .c = c, .asked = map_new(c->a) };
    assert(m->closed != CLOSED_UNDECIDED);
    if (m->closed != CLOSED_STOPS)
        return NULL;
    TRY(check_args(&q, a));
    return check_rows(&q, m, a);
}

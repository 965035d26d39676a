#include "command/rights.h"

#include <assert.h>
#include <string.h>

/* What the arguments named so stand for, and the statement that asks for a grant over it. */
static const struct target {
    const char *argument, *statement;
} targets[] = {
    { "team", "rights.team" },       { "post", "rights.post" },
    { "need", "rights.need" },       { "roster", "rights.roster" },
    { "person", "rights.person" },   { "a", "rights.person" },
    { "b", "rights.person" },        { "community_code", "rights.division" },
    { "org", "rights.org" },         { "duty", "rights.duty" },
    { "attendance", "rights.attendance" },   { "structure", "rights.structure" },
    { "join_request", "rights.join_request" }, { "swap", "rights.swap" },
    { "withdrawal", "rights.withdrawal" },   { "notice", "rights.notice" },
    { "donation", "rights.donation" },       { "certificate", "rights.certificate" },
    { "reinforcement", "rights.reinforcement" }, { "scope", "rights.scope" },
    { "division", "rights.division" }, { "pass", "rights.pass" },
    { "job", "rights.job" },           { "note", "rights.note" },
};

/* An order is a commander's; others who name one (a liaison who sends) are asked by the org or person beside it. */
static const struct target orders[] = { { "order", "rights.order" }, { "corrects", "rights.order" } };

/* Whose the thing is that an argument names: the scope "own". */
static const struct target owners[] = {
    { "person", "rights.own_person" },         { "duty", "rights.own_duty" },
    { "attendance", "rights.own_attendance" }, { "notice", "rights.own_notice" },
    { "swap", "rights.own_swap" },             { "join_request", "rights.own_join_request" },
    { "job", "rights.own_job" },               { "certificate", "rights.own_certificate" },
};

/* Whom the owner let in: the scope "let". */
static const struct target let_in[] = { { "person", "rights.let_person" } };

typedef struct asking {
    context *c;
    str role, scope;
    map *asked; /* statement and value, already allowed */
    size_t targets;
    bool all;
} asking;

static err *ask(asking *q, const char *statement, value v, bool *may)
{
    str key = text_format(q->c->a, "%s/%lld/%.*s", statement, (long long)v.n, STR_ARG(v.s));
    q->targets++;
    if (map_get(q->asked, key, NULL))
        return NULL;
    rows r = { 0 };
    TRY(query(q->c, statement,
              NAMED({ "actor", V_INT(q->c->actor_id) }, { "role", V_TEXT(q->role) }, { "scope", V_TEXT(q->scope) },
                    { "now", V_INT(q->c->now) }, { "target", v }),
              &r));
    if (r.count == 0)
        *may = false;
    map_put(q->asked, key, 1);
    return NULL;
}

/* Everything named must be the actor's own (or let), and something must be named. */
static err *ask_own(context *c, const args *a, const struct target *of, size_t count, bool *may)
{
    size_t asked = 0, own = 0;
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < count; k++) {
            const arg *x = &a->at[i];
            rows r = { 0 };
            if (!str_is(x->name, of[k].argument) || x->value.kind == VALUE_NULL)
                continue;
            asked++;
            TRY(query(c, of[k].statement, NAMED({ "actor", V_INT(c->actor_id) }, { "target", x->value }), &r));
            own += r.count > 0;
        }
    *may = asked > 0 && own == asked;
    return NULL;
}

static err *ask_table(asking *q, const args *a, const struct target *of, size_t count, bool *may)
{
    for (size_t i = 0; i < a->count && *may; i++)
        for (size_t k = 0; k < count; k++) {
            const arg *x = &a->at[i];
            if (str_is(x->name, of[k].argument) && x->value.kind != VALUE_NULL && !str_is(x->type, "list"))
                TRY(ask(q, of[k].statement, x->value, may));
        }
    return NULL;
}

static err *ask_args(asking *q, const args *a, bool *may)
{
    TRY(ask_table(q, a, targets, COUNT(targets), may));
    return str_is(q->role, "commander") ? ask_table(q, a, orders, COUNT(orders), may) : NULL;
}

static err *ask_rows(asking *q, const command *m, const args *a, bool *may)
{
    for (size_t i = 0; m->row && i < a->count; i++) {
        size_t k;
        json_t *row;
        if (!str_is(a->at[i].type, "rows"))
            continue;
        args one = { 0 };
        json_array_foreach((json_t *)(uintptr_t)a->at[i].json, k, row) {
            TRY(args_parse_next(q->c, m->row, row, k + 1, &one));
            TRY(ask_args(q, &one, may));
        }
    }
    return NULL;
}

static err *pair_allows(context *c, const command *m, const args *a, str role, str scope, bool *may)
{
    asking q = { .c = c, .role = role, .scope = scope, .asked = map_new(c->a) };
    rows r = { 0 };
    if (str_is(scope, "own")) { /* asked first: mostly it is one's own */
        TRY(ask_own(c, a, owners, COUNT(owners), may));
        if (*may)
            return NULL;
    }
    *may = true;
    TRY(query(c, "rights.all",
              NAMED({ "actor", V_INT(c->actor_id) }, { "role", V_TEXT(role) }, { "now", V_INT(c->now) }), &r));
    if (r.count)
        return NULL;
    if (str_is(scope, "all") || str_is(scope, "own")) {
        *may = false;
        return NULL;
    }
    if (str_is(scope, "let"))
        return ask_own(c, a, let_in, COUNT(let_in), may);
    TRY(ask_args(&q, a, may));
    if (*may)
        TRY(ask_rows(&q, m, a, may));
    *may = *may && q.targets > 0;
    return NULL;
}

err *rights_check(context *c, const command *m, const args *a)
{
    if (c->actor_id == 0)
        return NULL;
    str rest = str_of(m->who), pair;
    while (str_split(&rest, ' ', &pair)) {
        str role;
        bool may = false;
        if (str_is(pair, "nobody") || pair.len == 0)
            continue;
        bool split = str_split(&pair, ':', &role);
        assert(split && pair.len);
        TRY(pair_allows(c, m, a, role, pair, &may));
        if (may)
            return NULL;
    }
    return refuse(c, ERR_RIGHTS, "command.rights", NULL);
}

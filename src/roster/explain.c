/*
 * Why a need stays short: the ledger of people, the certificate with its verdict, the levers (MODEL.md section 3).
 */
#include "roster/certificate.h"
#include "roster/ledger.h"
#include "roster/lever.h"

enum { STEPS_USUAL = 5000000 };

struct roster_explainer {
    arena *a;
    const roster_problem *p;
    prover *v;
    lever_search l; /* with the roster */
};

roster_explainer *roster_explain_begin(arena *a, const roster_problem *p, const roster_solution *s,
                                       const roster_explain_options *options)
{
    roster_explainer *x = arena_new(a, roster_explainer);
    x->a = a;
    x->p = p;
    x->v = prover_begin(a, p, s, options && options->steps ? options->steps : STEPS_USUAL);
    lever_begin(a, &x->l, p, s, options);
    return x;
}

static void keep_ledger(roster_explainer *x, roster_explanation *e)
{
    state *s = &x->l.s;
    int people = (int)x->p->person_count;
    roster_why *why = arena_many(x->a, roster_why, people + 1);
    for (int p = 0; p < people; p++) {
        bool able = !s->block[AT(s, p, e->need)];
        e->eligible += able;
        if (s->here[AT(s, p, e->need)]) {
            e->there += able;
            continue;
        }
        e->counts[ledger_reason(s, p, e->need, &why[e->why_count++])]++;
    }
    e->why = why;
}

const roster_explanation *roster_explain_need(roster_explainer *x, int need)
{
    roster_explanation *e = arena_new(x->a, roster_explanation);
    e->need = need;
    int missing = x->p->needs[need].min - x->l.s.filled[need];
    e->missing = missing > 0 ? missing : 0;
    keep_ledger(x, e);
    if (!e->missing)
        return e;
    prover_prove(x->v, need);
    e->certificate = prover_best(x->v, need);
    e->possible = prover_possible(x->v, need);
    e->proven = e->possible == 0;
    lever_find(&x->l, e);
    return e;
}

const roster_explanation *roster_explain(arena *a, const roster_problem *p, const roster_solution *s, int need)
{
    return roster_explain_need(roster_explain_begin(a, p, s, NULL), need);
}

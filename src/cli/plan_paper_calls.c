#include "cli/plan_paper.h"

#define NO_NEED SIZE_MAX

/* Needs come by time, so the lowest is the soonest. */
static size_t soonest(const paper *x, size_t person, size_t from)
{
    size_t best = NO_NEED;
    for (size_t i = 0; i < x->duties.count; i++) {
        const duty_row *d = &x->duties.at[i];
        if (d->person == person && d->need >= from && d->need < best)
            best = d->need;
    }
    return best;
}

/* 2月8日早夜；2月9日中: every duty, so that one call is enough; two days a line. */
static str call_shifts(const paper *x, size_t person)
{
    const char *gap = x->p->lang == WORDS_ZH ? "；" : "; ", *comma = x->p->lang == WORDS_ZH ? "" : ",";
    text all = text_begin(x->a), shifts = text_begin(x->a);
    int days = 0;
    size_t next;
    for (size_t need = soonest(x, person, 0); need != NO_NEED; need = next) {
        const need_row *n = &x->needs.at[need];
        next = soonest(x, person, need + 1);
        text_put_z(&shifts, shifts.len ? comma : "");
        text_put(&shifts, x->shifts.at[n->shift].print.letter);
        if (next != NO_NEED && x->needs.at[next].day == n->day)
            continue;
        text_put_z(&all, days == 0 ? "" : days % 2 ? gap : "\n");
        words_put(&all, x->p->lang, "paper.call_day",
                  VALUES({ "day", plan_day_words(x->p, x->p->operation.first_day + n->day) },
                         { "shifts", text_done(&shifts) }));
        shifts = text_begin(x->a);
        days++;
    }
    return text_done(&all);
}

static bool leads(const paper *x, size_t person)
{
    for (size_t i = 0; i < x->duties.count; i++) {
        if (x->duties.at[i].person == person && x->duties.at[i].lead)
            return true;
    }
    return false;
}

static print_call call_of(const paper *x, size_t person)
{
    const person_row *who = &x->people.at[person];
    print_call c = { .name = who->name, .unit = who->unit, .phone = who->phone, .shift = call_shifts(x, person) };
    if (leads(x, person))
        c.note = words_get(x->a, x->p->lang, "plan.remark.lead", NULL);
    return c;
}

/* Whose first duty is soonest is called first; then those without one, as a reserve. */
static void calls_fill(const paper *x, print_caller *caller)
{
    caller->calls.at = arena_many(x->a, print_call, x->people.count + 1);
    size_t *first = arena_many(x->a, size_t, x->people.count + 1);
    for (size_t i = 0; i < x->people.count; i++)
        first[i] = soonest(x, i, 0);
    for (size_t need = 0; need <= x->needs.count; need++) {
        for (size_t i = 0; i < x->people.count; i++) {
            if (first[i] == (need < x->needs.count ? need : NO_NEED))
                caller->calls.at[caller->calls.count++] = call_of(x, i);
        }
    }
}

err *paper_calls_print(paper *x, workers *w)
{
    bool liaison = x->head.liaison.len > 0;
    print_caller caller = { .liaison = liaison ? x->head.liaison : x->head.leader,
                            .liaison_phone = liaison ? x->head.liaison_phone : x->head.leader_phone };
    calls_fill(x, &caller);
    print_document d = { .kind = PRINT_CALLS, .calls = { .head = x->head } };
    d.calls.callers.at = &caller;
    d.calls.callers.count = 1;
    return paper_print(x, w, "file.calls", &d);
}

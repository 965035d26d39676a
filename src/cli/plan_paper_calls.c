#include "cli/plan_paper.h"

/* The first duty is what the call is about; the rest stand on the roster. */
static print_call call_of(const paper *x, size_t person)
{
    const person_row *who = &x->people.at[person];
    print_call c = { .name = who->name, .unit = who->unit, .phone = who->phone };
    for (size_t i = 0; i < x->duties.count; i++) {
        const duty_row *d = &x->duties.at[i];
        const need_row *n = &x->needs.at[d->need];
        if (d->person != person)
            continue;
        if (!c.shift.len)
            c.shift = text_format(x->a, "%.*s %.*s", STR_ARG(day_word(x, x->p->operation.first_day + n->day)),
                                  STR_ARG(x->shifts.at[n->shift].print.letter));
        if (d->lead)
            c.note = words_get(x->a, x->p->lang, "plan.remark.lead", NULL);
    }
    return c;
}

err *paper_calls_print(paper *x, workers *w)
{
    bool liaison = x->head.liaison.len > 0;
    print_caller caller = { .liaison = liaison ? x->head.liaison : x->head.leader,
                            .liaison_phone = liaison ? x->head.liaison_phone : x->head.leader_phone };
    caller.calls.at = arena_many(x->a, print_call, x->people.count + 1);
    for (size_t i = 0; i < x->people.count; i++)
        caller.calls.at[caller.calls.count++] = call_of(x, i);
    print_document d = { .kind = PRINT_CALLS, .calls = { .head = x->head } };
    d.calls.callers.at = &caller;
    d.calls.callers.count = 1;
    return paper_print(x, w, "file.calls", &d);
}

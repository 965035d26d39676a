#include "cli/plan_paper.h"

enum { SPARE_LINES = 3 };

/* False: nobody is on duty that day. */
static bool day_of(const paper *x, int day, print_sign_in_day *out)
{
    *out = (print_sign_in_day){ .day = x->p->operation.first_day + day, .number = paper_number(x, day, (str){ 0 }, 1) };
    out->rows.at = arena_many(x->a, print_sign_in_row, x->duties.count + 1);
    for (size_t i = 0; i < x->duties.count; i++) { /* the view has them by time */
        const person_row *who = &x->people.at[x->duties.at[i].person];
        const need_row *n = &x->needs.at[x->duties.at[i].need];
        if (n->day == day)
            out->rows.at[out->rows.count++] = (print_sign_in_row){ who->name, who->unit, x->posts.at[n->post].name,
                                                                   x->shifts.at[n->shift].name };
    }
    return out->rows.count > 0;
}

err *paper_sign_in_print(paper *x, workers *w)
{
    print_document d = { .kind = PRINT_SIGN_IN, .sign_in = { .head = x->head, .spare_lines = SPARE_LINES } };
    d.sign_in.days.at = arena_many(x->a, print_sign_in_day, x->day_count + 1);
    for (int day = 0; day < x->day_count; day++) {
        size_t *count = &d.sign_in.days.count;
        if (day_of(x, day, &d.sign_in.days.at[*count]))
            ++*count;
    }
    if (!d.sign_in.days.count) /* lines to write on all the same */
        day_of(x, 0, &d.sign_in.days.at[d.sign_in.days.count++]);
    return paper_print(x, w, "file.sign_in", &d);
}

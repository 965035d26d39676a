#include "cli/plan_paper.h"

enum { SPARE_LINES = 5 };

err *paper_sign_in_print(paper *x, workers *w)
{
    int first = x->needs.count ? x->needs.at[0].day : 0;
    print_document d = { .kind = PRINT_SIGN_IN,
                         .sign_in = { .head = x->head,
                                      .day = x->p->operation.first_day + first,
                                      .number = paper_number(x, first, x->team->name, 1),
                                      .spare_lines = SPARE_LINES } };
    d.sign_in.rows.at = arena_many(x->a, print_sign_in_row, x->duties.count + 1);
    for (size_t i = 0; i < x->duties.count; i++) {
        const person_row *who = &x->people.at[x->duties.at[i].person];
        const need_row *n = &x->needs.at[x->duties.at[i].need];
        if (n->day == first)
            d.sign_in.rows.at[d.sign_in.rows.count++] = (print_sign_in_row){
                who->name, who->unit, x->posts.at[n->post].name, x->shifts.at[n->shift].name
            };
    }
    return paper_print(x, w, "file.sign_in", &d);
}

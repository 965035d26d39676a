#include "cli/plan_paper.h"
#include "sheet/write.h"

enum { COLUMN_COUNT = 8 };

static void roster_lists(const paper *x, print_roster_sheet *s)
{
    s->shifts.at = arena_many(x->a, print_shift, x->shifts.count + 1);
    for (size_t i = 0; i < x->shifts.count; i++)
        s->shifts.at[s->shifts.count++] = x->shifts.at[i].print;
    s->posts.at = arena_many(x->a, print_post, x->posts.count + 1);
    for (size_t i = 0; i < x->posts.count; i++)
        s->posts.at[s->posts.count++] = (print_post){ x->posts.at[i].letter, x->posts.at[i].name };
    s->people.at = arena_many(x->a, print_person, x->people.count + 1);
    for (size_t i = 0; i < x->people.count; i++)
        s->people.at[s->people.count++] = (print_person){ x->people.at[i].name, x->people.at[i].unit };
    s->days.count = (size_t)x->day_count;
    s->days.at = arena_many(x->a, print_day, x->day_count);
}

static void roster_fill(const paper *x, print_roster_sheet *s)
{
    s->gaps.at = arena_many(x->a, print_gap, x->needs.count + 1);
    for (size_t i = 0; i < x->needs.count; i++) {
        const need_row *n = &x->needs.at[i];
        s->days.at[n->day].needed += n->filled + n->missing;
        s->days.at[n->day].missing += n->missing;
        if (n->missing)
            s->gaps.at[s->gaps.count++] =
                (print_gap){ n->day, (int)n->shift, (int)n->post, n->missing, n->reason };
    }
    s->duties.at = arena_many(x->a, print_duty, x->duties.count + 1);
    for (size_t i = 0; i < x->duties.count; i++) {
        const duty_row *d = &x->duties.at[i];
        const need_row *n = &x->needs.at[d->need];
        s->duties.at[s->duties.count++] = (print_duty){ .person_index = (int)d->person,
                                                        .day_index = n->day,
                                                        .shift_index = (int)n->shift,
                                                        .post_index = (int)n->post,
                                                        .lead = d->lead,
                                                        .unconfirmed = d->unanswered };
    }
}

err *paper_roster_print(paper *x, workers *w)
{
    print_document d = { .kind = PRINT_ROSTER,
                         .roster = { .head = x->head,
                                     .starts_on = x->p->operation.first_day,
                                     .version = x->version,
                                     .published_at = x->published_at } };
    roster_lists(x, &d.roster);
    roster_fill(x, &d.roster);
    return paper_print(x, w, "file.roster", &d);
}

/* -- the sheet: layout 1, by day ------------------------------------------------------------------------ */

/* Beside the names stand the telephones, in the same order; whoever leads is the first of both. */
static void people_put(const paper *x, size_t need, value *out)
{
    text lead = text_begin(x->a), others = text_begin(x->a), phones = text_begin(x->a);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < x->duties.count; i++) {
            const duty_row *d = &x->duties.at[i];
            const person_row *who = &x->people.at[d->person];
            if (d->need != need || d->lead == (pass > 0))
                continue;
            text *names = d->lead ? &lead : &others;
            text_put_z(names, !names->len ? "" : x->p->lang == WORDS_ZH ? "、" : ", ");
            text_put(names, d->unanswered
                                ? words_get(x->a, x->p->lang, "paper.unanswered", VALUES({ "name", who->name }))
                                : who->name);
            text_put_z(&phones, phones.len ? "\n" : "");
            text_put(&phones, who->phone.len ? who->phone : STR("-"));
        }
    }
    out[0] = V_TEXT(text_done(&lead));
    out[1] = V_TEXT(text_done(&others));
    out[2] = V_TEXT(text_done(&phones));
}

static str remark_of(const paper *x, const need_row *n)
{
    text remark = text_begin(x->a);
    if (n->missing) {
        words_put(&remark, x->p->lang, "layout.missing", VALUES({ "n", text_format(x->a, "%d", n->missing) }));
        if (n->reason.len)
            text_put_z(&remark, x->p->lang == WORDS_ZH ? "：" : ": ");
        text_put(&remark, n->reason);
    }
    return text_done(&remark);
}

static void sheet_row_put(const paper *x, size_t need, value *out)
{
    const need_row *n = &x->needs.at[need];
    civil_day day = x->p->operation.first_day + n->day;
    const char *weekday = text_format(x->a, "weekday.%d", civil_weekday(day)).at;
    out[0] = V_TEXT(plan_day_words(x->p, day));
    out[1] = V_TEXT(words_get(x->a, x->p->lang, weekday, NULL));
    out[2] = V_TEXT(x->shifts.at[n->shift].name);
    out[3] = V_TEXT(x->posts.at[n->post].name);
    people_put(x, need, &out[4]);
    out[7] = V_TEXT(remark_of(x, n));
}

/* The leader's own copy, with telephones; the one for the wall is the PDF. */
err *paper_roster_sheet(const paper *x)
{
    static const struct {
        const char *key;
        int width;
        bool merge_same;
    } shape[COLUMN_COUNT] = { { "layout.day", 0, true },     { "layout.weekday", 0, true },
                              { "layout.shift", 0, false },  { "layout.post", 0, false },
                              { "layout.lead", 0, false },   { "layout.people", 0, false },
                              { "layout.phone", 13, false }, { "layout.remark", 52, false } };
    sheet_out_column columns[COLUMN_COUNT] = { { .width = 0 } };
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        columns[i] = (sheet_out_column){ .label = words_get(x->a, x->p->lang, shape[i].key, NULL),
                                         .width = shape[i].width,
                                         .merge_same = shape[i].merge_same };
    value *cells = arena_many(x->a, value, (x->needs.count + 1) * COLUMN_COUNT);
    for (size_t i = 0; i < x->needs.count; i++)
        sheet_row_put(x, i, &cells[i * COLUMN_COUNT]);
    const sheet_operation *o = &x->p->operation;
    str name = words_get(x->a, x->p->lang, "file.roster", NULL);
    sheet_out out = { .sheet = name,
                      .title = words_get(x->a, x->p->lang, "layout.title",
                                         VALUES({ "team", x->team->name },
                                                { "from", plan_day_words(x->p, o->first_day) },
                                                { "to", plan_day_words(x->p, o->last_day) })),
                      .columns = columns,
                      .column_count = COLUMN_COUNT,
                      .cells = cells,
                      .row_count = x->needs.count,
                      .foot = words_get(x->a, x->p->lang, "paper.sheet_foot", VALUES({ "leader", x->head.leader })) };
    str path = text_format(x->a, "%s/%.*s-%.*s.xlsx", x->p->dir, STR_ARG(x->file), STR_ARG(name));
    return sheet_write_xlsx(x->a, str_z(x->a, path), &out, 1);
}

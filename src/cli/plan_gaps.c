#include "cli/plan_team.h"

enum { LEVER_DAY_MAX_MINUTES = 10 * 60 /* more nobody should be asked for in one day */ };

/* Chinese sentences follow each other without a space. */
static void put_space(building *b, text *t)
{
    if (t->len && b->p->lang == WORDS_EN)
        text_put_z(t, " ");
}

static str reason_words(building *b, const roster_explanation *x)
{
    arena *a = b->p->a;
    text t = text_begin(a);
    for (int r = ROSTER_TEAM; r < ROSTER_REASON_COUNT; r++) {
        if (x->counts[r] == 0)
            continue;
        const char *why = str_z(a, text_format(a, "roster.why.%s", roster_reason_name((roster_reason)r)));
        if (t.len)
            words_put(&t, b->p->lang, "roster.gap_join", NULL);
        put_space(b, &t);
        words_put(&t, b->p->lang, "roster.gap_count",
                  VALUES({ "count", text_format(a, "%d", x->counts[r]) },
                         { "n", text_format(a, "%d", x->counts[r]) },
                         { "reason", words_get(a, b->p->lang, why, NULL) }));
    }
    return text_done(&t);
}

static void put_lever(building *b, text *t, const roster_lever *lever)
{
    arena *a = b->p->a;
    if (!lever->exists)
        return;
    bool too_long = lever->rule == ROSTER_MINUTES_DAY && lever->new_value > LEVER_DAY_MAX_MINUTES;
    bool cared = !lever->one_more_person && b->care_limited[lever->person]; /* care is never a lever */
    if (lever->one_more_person || too_long || cared) {
        words_put(t, b->p->lang, "roster.lever.person", NULL);
        return;
    }
    bool hours = lever->rule == ROSTER_MINUTES_DAY || lever->rule == ROSTER_MINUTES_WEEK ||
                 lever->rule == ROSTER_MINUTES_ALL;
    int value = hours ? (lever->new_value + 59) / 60 : lever->new_value;
    const char *key = str_z(a, text_format(a, "roster.lever.%s", roster_reason_name(lever->rule)));
    words_put(t, b->p->lang, key,
              VALUES({ "person", b->names[lever->person] }, { "value", text_format(a, "%d", value) }));
}

static str explanation_words(building *b, const roster_explanation *x)
{
    arena *a = b->p->a;
    text t = text_begin(a);
    words_put(&t, b->p->lang, x->eligible ? "roster.gap" : "roster.gap_nobody",
              VALUES({ "need", b->need_names[x->need] }, { "missing", text_format(a, "%d", x->missing) },
                     { "eligible", text_format(a, "%d", x->eligible) }, { "there", text_format(a, "%d", x->there) },
                     { "reasons", reason_words(b, x) }));
    put_space(b, &t);
    if (x->proven)
        words_put(&t, b->p->lang, "roster.gap_proven", NULL);
    else if (x->possible > 0)
        words_put(&t, b->p->lang, "roster.gap_open", VALUES({ "possible", text_format(a, "%d", x->possible) }));
    if (x->proven || x->possible > 0)
        put_space(b, &t);
    put_lever(b, &t, &x->lever);
    return text_done(&t);
}

static void add_gap(building *b, const roster_solution *s, size_t need, int missing, json_t *gaps)
{
    const roster_explanation *x = roster_explain(b->p->a, &b->problem, s, (int)need);
    str words = explanation_words(b, x);
    json_t *row = json_object();
    json_object_set_new(row, "need", plan_text(plan_id(b->p, b->problem.needs[need].tag)));
    json_object_set_new(row, "missing", json_integer(missing));
    json_object_set_new(row, "proven", x->proven ? json_true() : json_false());
    json_object_set_new(row, "explanation", plan_text(words));
    json_array_append_new(gaps, row);
    b->team->short_count++;
    b->team->missing += (size_t)missing;
    if (b->p->main_reason.len == 0)
        b->p->main_reason = words;
}

void plan_gaps_put(building *b, const roster_solution *s, json_t *gaps)
{
    int *filled = arena_many(b->p->a, int, b->problem.need_count);
    for (size_t i = 0; i < s->duty_count; i++)
        filled[s->duties[i].need]++;
    for (size_t n = 0; n < b->problem.need_count; n++) {
        int missing = b->problem.needs[n].min - filled[n];
        if (missing > 0)
            add_gap(b, s, n, missing, gaps);
    }
}

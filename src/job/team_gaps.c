#include "job/team_problem.h"

enum { LEVER_DAY_MAX_MINUTES = 10 * 60 /* more nobody should be asked for in one day */ };

/* Chinese sentences follow each other without a space. */
static void put_space(team_problem *b, text *t)
{
    if (t->len && b->lang == WORDS_EN)
        text_put_z(t, " ");
}

static str reason_words(team_problem *b, const roster_explanation *x)
{
    arena *a = b->a;
    text t = text_begin(a);
    for (int r = ROSTER_TEAM; r < ROSTER_REASON_COUNT; r++) {
        if (x->counts[r] == 0)
            continue;
        const char *why = str_z(a, text_format(a, "roster.why.%s", roster_reason_name((roster_reason)r)));
        if (t.len)
            words_put(&t, b->lang, "roster.gap_join", NULL);
        put_space(b, &t);
        words_put(&t, b->lang, "roster.gap_count",
                  VALUES({ "count", text_format(a, "%d", x->counts[r]) },
                         { "n", text_format(a, "%d", x->counts[r]) },
                         { "reason", words_get(a, b->lang, why, NULL) }));
    }
    return text_done(&t);
}

static void put_limit(team_problem *b, text *t, const roster_lever *x)
{
    arena *a = b->a;
    bool hours = x->rule == ROSTER_MINUTES_DAY || x->rule == ROSTER_MINUTES_WEEK || x->rule == ROSTER_MINUTES_ALL;
    int value = hours ? (x->new_value + 59) / 60 : x->new_value;
    const char *key = str_z(a, text_format(a, "roster.lever.%s", roster_reason_name(x->rule)));
    words_put(t, b->lang, key, VALUES({ "person", b->names[x->person] }, { "value", text_format(a, "%d", value) }));
}

static str clock_words(arena *a, int minute)
{
    return text_format(a, "%02d:%02d", minute / 60 % 24, minute % 60);
}

static void put_lever(team_problem *b, text *t, const roster_lever *x)
{
    switch (x->kind) {
    case ROSTER_LEVER_SWAP:
        words_put(t, b->lang, "roster.lever.swap", NULL);
        break;
    case ROSTER_LEVER_LIMIT:
        put_limit(b, t, x);
        break;
    case ROSTER_LEVER_HOUR:
        words_put(t, b->lang, "roster.lever.hour",
                  VALUES({ "from", clock_words(b->a, x->start_minute) }, { "to", clock_words(b->a, x->end_minute) }));
        break;
    case ROSTER_LEVER_BORROWED:
        words_put(t, b->lang, "roster.lever.borrowed", VALUES({ "person", b->names[x->person] }));
        break;
    case ROSTER_LEVER_PERSON:
        words_put(t, b->lang, x->people > 1 ? "roster.lever.persons" : "roster.lever.person",
                  VALUES({ "people", text_format(b->a, "%d", x->people) }));
        break;
    }
}

/* A sentence of its own for each part that would be empty. */
static const char *gap_key(const roster_explanation *x, str reasons)
{
    if (!x->eligible)
        return "roster.gap_nobody";
    if (reasons.len)
        return x->there ? "roster.gap" : "roster.gap_reasons";
    return x->there ? "roster.gap_there" : "roster.gap_free";
}

static str explanation_words(team_problem *b, const roster_explanation *x)
{
    arena *a = b->a;
    text t = text_begin(a);
    str reasons = reason_words(b, x);
    words_put(&t, b->lang, gap_key(x, reasons),
              VALUES({ "need", b->need_names[x->need] }, { "missing", text_format(a, "%d", x->missing) },
                     { "eligible", text_format(a, "%d", x->eligible) }, { "there", text_format(a, "%d", x->there) },
                     { "reasons", reasons }));
    put_space(b, &t);
    if (x->proven)
        words_put(&t, b->lang, "roster.gap_proven", NULL);
    else if (x->possible > 0)
        words_put(&t, b->lang, "roster.gap_open", VALUES({ "possible", text_format(a, "%d", x->possible) }));
    for (int i = 0; i < x->lever_count; i++) {
        put_space(b, &t);
        put_lever(b, &t, &x->levers[i]);
    }
    return text_done(&t);
}

static void add_gap(team_problem *b, roster_explainer *explainer, size_t need, int missing, json_t *gaps)
{
    const roster_explanation *x = roster_explain_need(explainer, (int)need);
    str words = explanation_words(b, x);
    json_t *row = json_object();
    json_object_set_new(row, "need", json_id(b->a, b->problem.needs[need].tag));
    json_object_set_new(row, "missing", json_integer(missing));
    json_object_set_new(row, "proven", x->proven ? json_true() : json_false());
    json_object_set_new(row, "explanation", json_text(words));
    json_array_append_new(gaps, row);
    b->short_count++;
    b->missing += (size_t)missing;
    if (b->main_reason.len == 0)
        b->main_reason = words;
}

static int *filled_of(const team_problem *b, const roster_solution *s)
{
    int *filled = arena_many(b->a, int, b->problem.need_count);
    for (size_t i = 0; i < s->duty_count; i++)
        filled[s->duties[i].need]++;
    return filled;
}

size_t team_missing(const team_problem *b, const roster_solution *s)
{
    size_t missing = 0;
    const int *filled = filled_of(b, s);
    for (size_t n = 0; n < b->problem.need_count; n++)
        if (filled[n] < b->problem.needs[n].min)
            missing += (size_t)(b->problem.needs[n].min - filled[n]);
    return missing;
}

json_t *team_gaps(team_problem *b, const roster_solution *s)
{
    json_t *gaps = team_array(b);
    const int *filled = filled_of(b, s);
    const roster_explain_options options = { .limits_fixed = b->care_limited, .minutes_day_most = LEVER_DAY_MAX_MINUTES };
    roster_explainer *explainer = NULL;
    for (size_t n = 0; n < b->problem.need_count; n++) {
        int missing = b->problem.needs[n].min - filled[n];
        if (missing <= 0)
            continue;
        explainer = explainer ? explainer : roster_explain_begin(b->a, &b->problem, s, &options);
        add_gap(b, explainer, n, missing, gaps);
    }
    return gaps;
}

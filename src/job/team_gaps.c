#include "job/team_problem.h"
#include "job/gap_words.h"

enum { LEVER_DAY_MAX_MINUTES = 10 * 60 /* more nobody should be asked for in one day */ };

static void add_gap(team_problem *b, roster_explainer *explainer, size_t need, int missing, json_t *gaps)
{
    const roster_explanation *x = roster_explain_need(explainer, (int)need);
    const gap_names names = { .lang = b->lang, .people = b->names, .needs = b->need_names };
    str words = gap_words(b->a, &names, x);
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

#include "cli/plan.h"
#include "domain/setting.h"
#include "job/team_problem.h"
#include "job/teams.h"

#include <stdlib.h>
#include <string.h>

/* A team while its roster is made. */
typedef struct building {
    plan *p;
    plan_team *team;
    bool answered; /* somebody has answered, so silence means something */
    team_problem x;
    str mark;              /* of what the roster is made of */
    roster_solver *solver; /* null: it stays as it is published */
} building;

static str id_text(plan *p, int64_t id)
{
    return text_format(p->a, "%lld", (long long)id);
}

str plan_day_words(plan *p, civil_day day)
{
    return team_day_words(p->a, p->lang, day);
}

static bool says(plan *p, const sheet_person *s, const char *key)
{
    return s->answer.len && (str_find(s->answer, words_get(p->a, WORDS_ZH, key, NULL)) >= 0 ||
                             str_find(s->answer, words_get(p->a, WORDS_EN, key, NULL)) >= 0);
}

/* What the sheet says. */
static void mark_answer(team_problem *x, size_t person, int64_t id)
{
    building *b = x->of;
    plan *p = b->p;
    for (size_t i = 0; i < p->persons.count; i++) {
        const plan_person *found = &p->persons.at[i];
        if (found->id != id)
            continue;
        x->people[person].unanswered = b->answered && found->row->answer.len == 0;
        if (says(p, found->row, "answer.cannot") || says(p, found->row, "answer.hindered"))
            memset(x->blocked[person], ROSTER_BLOCK_ANSWER, x->problem.need_count);
        return;
    }
}

/* Nothing moved against what is published, leads included: then nothing is written. */
static bool is_published(building *b, const roster_solution *s)
{
    arena *a = b->p->a;
    if (s->duty_count != b->x.duties.count || s->duty_count == 0)
        return false;
    map *there = map_new(a);
    for (size_t i = 0; i < b->x.duties.count; i++)
        map_put(there, text_format(a, "%lld/%lld", (long long)rows_int(&b->x.duties, i, "person_id"),
                                   (long long)rows_int(&b->x.duties, i, "need_id")), rows_int(&b->x.duties, i, "lead"));
    for (size_t i = 0; i < s->duty_count; i++) {
        const roster_duty *d = &s->duties[i];
        int64_t lead = 0;
        if (!map_get(there, text_format(a, "%lld/%lld", (long long)b->x.people[d->person].tag,
                                        (long long)b->x.problem.needs[d->need].tag), &lead) || (lead != 0) != d->lead)
            return false;
    }
    return true;
}

static err *publish(building *b, const roster_solution *s, json_t *gaps)
{
    plan *p = b->p;
    json_t *result = NULL;
    TRY(plan_command(p, "roster.draft",
        NAMED({ "team", V_TEXT(id_text(p, b->team->id)) },
              { "from_on", V_TEXT(civil_day_text(p->a, p->operation.first_day)) },
              { "to_on", V_TEXT(civil_day_text(p->a, p->operation.last_day)) },
              { "lines", V_TEXT(team_json_text(p->a, team_lines(&b->x, s))) }, { "gaps", V_TEXT(team_json_text(p->a, gaps)) },
              { "cost", V_TEXT(team_cost(p->a, s)) }, { "steps", V_TEXT(text_format(p->a, "%llu", (unsigned long long)s->steps)) },
              { "seed", V_TEXT(text_format(p->a, "%lld", (long long)p->seed)) }), &result));
    str roster = str_copy(p->a, str_of(json_string_value(json_object_get(result, "id"))));
    TRY(plan_command(p, "roster.publish", NAMED({ "roster", V_TEXT(roster) }), &result));
    if (b->x.problem.published_count)
        b->team->change_count = (size_t)(json_integer_value(json_object_get(result, "added")) +
                                         json_integer_value(json_object_get(result, "removed")) +
                                         json_integer_value(json_object_get(result, "leads")));
    return NULL;
}

/* The roster that was found, with why posts stay empty. */
static err *take_best(building *b)
{
    plan *p = b->p;
    const roster_solution *best = roster_solve_best(b->solver);
    json_t *gaps = team_gaps(&b->x, best);
    b->team->short_count += b->x.short_count;
    b->team->missing += b->x.missing;
    if (p->main_reason.len == 0)
        p->main_reason = b->x.main_reason;
    b->team->duty_count = best->duty_count;
    return is_published(b, best) ? NULL : publish(b, best, gaps);
}

static void mark_person(building *b, text *t, const roster_person *x)
{
    text_printf(t, "p%lld %llu %d %d %d %d %d %d %d %d %d ", (long long)x->tag, (unsigned long long)x->skills, x->unanswered, x->not_alone,
                x->minutes_max_day, x->minutes_max_week, x->nights_max, x->run_max, x->rest_minutes,
                x->rest_night_minutes, x->outdoor_max_minutes);
    for (size_t n = 0; n < b->x.problem.need_count; n++)
        text_printf(t, "%d,%d ", x->blocked[n], x->wishes[n]);
}

/* What the roster is made of, rules and limits too, as one number: the same again needs no new search. */
static str input_mark(building *b)
{
    text t = text_begin(b->p->a);
    text_printf(&t, "%d %lld %lld", (int)b->p->operation.first_day, (long long)b->p->seed, (long long)b->p->steps);
    for (size_t i = 0; i < b->x.problem.need_count; i++) {
        const roster_need *n = &b->x.problem.needs[i];
        const roster_kind *k = &b->x.problem.kinds[n->kind];
        text_printf(&t, "n%lld %d %d %d %d %d %d %d %d", (long long)n->tag, n->min, n->target, n->limit, n->priority,
                    n->outdoor, k->start_minute, k->end_minute, k->night);
        for (size_t w = 0; w < ROSTER_NEED_SKILLS_MAX; w++)
            text_printf(&t, " %llu/%d", (unsigned long long)n->wanted[w].skill, n->wanted[w].count);
    }
    for (size_t i = 0; i < b->x.problem.person_count; i++)
        mark_person(b, &t, &b->x.people[i]);
    for (size_t i = 0; i < b->x.problem.pair_count; i++) {
        const roster_pair *r = &b->x.problem.pairs[i];
        text_printf(&t, "r%d %d %d", r->a, r->b, (int)r->kind);
    }
    return text_format(b->p->a, "%016llx", (unsigned long long)str_hash(text_done(&t)));
}

static str mark_scope(building *b)
{
    return text_format(b->p->a, "team:%lld", (long long)b->team->id);
}

static bool is_as_before(building *b, str mark)
{
    str last = setting_text(b->p->a, &b->x.settings, SETTING_INPUT, 0, b->team->id);
    return b->x.problem.published_count && str_equal(last, mark);
}

/* The figures of the roster in force, for the five lines. */
static err *keep_published(building *b)
{
    plan *p = b->p;
    rows rosters = { 0 }, gaps = { 0 };
    TRY(plan_view(p, "roster", (named[]){ { "team", V_TEXT(id_text(p, b->team->id)) }, { 0 } }, &rosters));
    b->team->duty_count = b->x.problem.published_count;
    for (size_t i = 0; i < rosters.count; i++) {
        if (!str_is(rows_text(&rosters, i, "state"), "published"))
            continue;
        str id = id_text(p, rows_int(&rosters, i, "id"));
        TRY(plan_view(p, "roster_gap", (named[]){ { "roster", V_TEXT(id) }, { 0 } }, &gaps));
        break;
    }
    for (size_t i = 0; i < gaps.count; i++) {
        b->team->short_count++;
        b->team->missing += (size_t)rows_int(&gaps, i, "missing");
        if (p->main_reason.len == 0)
            p->main_reason = rows_text(&gaps, i, "explanation");
    }
    return NULL;
}

static void keep_unanswered(building *b)
{
    for (size_t i = 0; i < b->x.problem.person_count; i++) {
        if (b->x.people[i].unanswered)
            map_put(b->p->unanswered, id_text(b->p, b->x.people[i].tag), 1);
    }
}

/* Who cannot stand at any need of the team; those who said so themselves need not be told of. */
static void keep_nowhere(building *b)
{
    for (size_t i = 0; i < b->x.problem.person_count; i++) {
        size_t stopped = 0;
        for (size_t n = 0; n < b->x.problem.need_count; n++)
            stopped += b->x.blocked[i][n] && !(b->x.blocked[i][n] & ROSTER_BLOCK_ANSWER);
        if (stopped && stopped == b->x.problem.need_count)
            *list_add(b->p->a, &b->p->nowhere) = text_format(b->p->a, "%.*s (%.*s)", STR_ARG(b->x.names[i]),
                                                             STR_ARG(b->team->name));
    }
}

static err *begin_team(plan *p, plan_team *team, building *b)
{
    *b = (building){ .p = p, .team = team };
    for (size_t i = 0; i < p->people.list.count; i++)
        b->answered = b->answered || p->people.list.at[i].answer.len > 0;
    b->x = (team_problem){ .a = p->a, .app = p->app, .lang = p->lang, .operation_id = p->operation_id, .team_id = team->id,
                           .first_day = p->operation.first_day, .last_day = p->operation.last_day, .answer = mark_answer, .of = b };
    TRY(team_problem_build(&b->x));
    keep_unanswered(b);
    keep_nowhere(b);
    b->mark = input_mark(b);
    if (is_as_before(b, b->mark))
        return NULL;
    TRY(roster_check_problem(p->a, &b->x.problem));
    b->solver = roster_solve_begin(p->a, &b->x.problem, (uint64_t)p->seed);
    return NULL;
}

static err *end_team(building *b)
{
    plan *p = b->p;
    if (!b->solver)
        return keep_published(b);
    p->actor = p->by_leaders ? b->team->leader_id : p->actor;
    TRY(take_best(b));
    if (p->by_leaders) /* no leader keeps settings */
        return NULL;
    return plan_command(p, "setting.set",
                        NAMED({ "scope", V_TEXT(mark_scope(b)) }, { "name", V_TEXT(str_of(settings[SETTING_INPUT].name)) },
                              { "value", V_TEXT(b->mark) }), NULL);
}

static bool go_on(void *of)
{
    (void)of;
    return !cli_interrupted();
}

/* All at once: the steps of a team that needs them no longer go to the others. */
static void solve(plan *p, const building *all, size_t count)
{
    teams_work *teams = arena_many(p->a, teams_work, count + 1);
    size_t solved = 0;
    for (size_t i = 0; i < count; i++) {
        if (all[i].solver)
            teams[solved++] = (teams_work){ .solver = all[i].solver, .size = all[i].x.problem.need_count };
    }
    teams_solve(teams, solved, &(teams_limits){ .steps = (uint64_t)p->steps * solved, .go_on = go_on });
}

static err *stopped(const plan *p)
{
    return cli_interrupted() ? err_new(p->a, ERR_INTERRUPTED, "plan.interrupted", NULL) : NULL;
}

err *plan_rosters(plan *p)
{
    building *all = arena_many(p->a, building, p->teams.count + 1);
    size_t count = 0;
    for (size_t i = 0; i < p->teams.count; i++) {
        TRY(stopped(p));
        if (p->teams.at[i].need_count)
            TRY(begin_team(p, &p->teams.at[i], &all[count++]));
    }
    solve(p, all, count);
    for (size_t i = 0; i < count; i++) { /* cut short: nothing of what was not published is kept, the next run takes it up again */
        TRY(stopped(p));
        cli_progress(p->a, p->lang, "plan.progress.roster",
                     VALUES({ "team", all[i].team->name }, { "n", text_format(p->a, "%zu", i + 1) },
                            { "of", text_format(p->a, "%zu", count) }));
        TRY(end_team(&all[i]));
    }
    return NULL;
}

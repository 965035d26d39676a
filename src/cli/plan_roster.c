#include "cli/plan_team.h"
#include "domain/setting.h"

#include <stdlib.h>
#include <string.h>

enum { PORTION_STEPS = 2000 };

str plan_id(plan *p, int64_t id)
{
    return text_format(p->a, "%lld", (long long)id);
}

int64_t plan_day_minute(const building *b, size_t need, bool end)
{
    const roster_need *n = &b->problem.needs[need];
    const roster_kind *k = &b->problem.kinds[n->kind];
    return (int64_t)n->day * 1440 + (end ? k->end_minute : k->start_minute);
}

static civil_day day_at(const rows *r, size_t row, const char *column)
{
    civil_day day = 0;
    civil_day_read(rows_text(r, row, column), &day);
    return day;
}

/* Only what starts on the days at hand; other days are not this roster's. */
static err *load(building *b)
{
    plan *p = b->p;
    const value id = V_TEXT(plan_id(p, b->team->id));
    const named *span = NAMED({ "team", id }, { "from_on", V_TEXT(civil_day_text(p->a, p->operation.first_day)) },
                              { "to_on", V_TEXT(civil_day_text(p->a, p->operation.last_day)) });
    TRY(plan_view(p, "need", span, &b->needs));
    TRY(plan_view(p, "team_member", NAMED({ "team", id }), &b->members));
    TRY(plan_view(p, "post", NAMED({ "team", id }), &b->posts));
    TRY(plan_view(p, "shift", NULL, &b->shifts));
    TRY(plan_view(p, "roster_duty", span, &b->duties));
    TRY(plan_view(p, "availability", NULL, &b->availability));
    TRY(plan_members_load(b));
    return plan_rules_load(b);
}

static void build_kinds(building *b)
{
    roster_kind *kinds = arena_many(b->p->a, roster_kind, b->shifts.count);
    for (size_t i = 0; i < b->shifts.count; i++) {
        kinds[i] = (roster_kind){ .tag = rows_int(&b->shifts, i, "id"),
                                  .start_minute = (int)rows_int(&b->shifts, i, "start_minute"),
                                  .end_minute = (int)rows_int(&b->shifts, i, "end_minute"),
                                  .night = str_is(rows_text(&b->shifts, i, "kind"), "night") };
    }
    b->problem.kinds = kinds;
    b->problem.kind_count = b->shifts.count;
}

static int row_with_id(const rows *r, int64_t id)
{
    for (size_t i = 0; i < r->count; i++) {
        if (rows_int(r, i, "id") == id)
            return (int)i;
    }
    return 0;
}

str plan_day_words(plan *p, civil_day day)
{
    int year, month, of_month;
    civil_parts(day, &year, &month, &of_month);
    return words_get(p->a, p->lang, "day.short",
                     VALUES({ "month", words_get(p->a, p->lang, text_format(p->a, "print.month.%d", month).at, NULL) },
                            { "day", text_format(p->a, "%d", of_month) }));
}

static void build_need(building *b, roster_need *needs, size_t i)
{
    plan *p = b->p;
    const rows *r = &b->needs;
    civil_day day = day_at(r, i, "starts_on");
    int kind = row_with_id(&b->shifts, rows_int(r, i, "shift_id"));
    int post = row_with_id(&b->posts, rows_int(r, i, "post_id"));
    needs[i] = (roster_need){ .tag = rows_int(r, i, "id"), .day = day - p->operation.first_day, .kind = kind,
                              .post = post, .min = (int)rows_int(r, i, "headcount_min"),
                              .target = (int)rows_int(r, i, "headcount_target"),
                              .limit = (int)rows_int(r, i, "headcount_limit"),
                              .priority = (int)rows_int(r, i, "priority"), .lead_wanted = true,
                              .not_alone = b->problem.kinds[kind].night,
                              .outdoor = rows_int(&b->posts, (size_t)post, "outdoor") != 0 };
    if (needs[i].priority < 1)
        needs[i].priority = 1;
    b->need_names[i] = words_get(p->a, p->lang, "gap.need",
        VALUES({ "day", plan_day_words(p, day) }, { "shift", rows_text(r, i, "shift") }, { "post", rows_text(r, i, "post") }));
    map_put(b->need_index, plan_id(p, needs[i].tag), (int64_t)i);
}

static void build_needs(building *b)
{
    arena *a = b->p->a;
    roster_need *needs = arena_many(a, roster_need, b->needs.count);
    b->need_names = arena_many(a, str, b->needs.count);
    b->need_index = map_new(a);
    for (size_t i = 0; i < b->needs.count; i++)
        build_need(b, needs, i);
    b->problem.needs = b->wanted = needs;
    b->problem.need_count = b->needs.count;
}

static bool says(plan *p, const sheet_person *s, const char *key)
{
    return s->answer.len && (str_find(s->answer, words_get(p->a, WORDS_ZH, key, NULL)) >= 0 ||
                             str_find(s->answer, words_get(p->a, WORDS_EN, key, NULL)) >= 0);
}

static void mark_answer(building *b, size_t person, int64_t id)
{
    plan *p = b->p;
    for (size_t i = 0; i < p->persons.count; i++) {
        const plan_person *found = &p->persons.at[i];
        if (found->id != id)
            continue;
        b->people[person].unanswered = b->answered && found->row->answer.len == 0;
        if (says(p, found->row, "answer.cannot") || says(p, found->row, "answer.hindered"))
            memset(b->blocked[person], ROSTER_BLOCK_ANSWER, b->problem.need_count);
        return;
    }
}

static void build_people(building *b)
{
    arena *a = b->p->a;
    size_t count = b->members.count;
    b->people = arena_many(a, roster_person, count);
    b->blocked = arena_many(a, uint8_t *, count);
    b->wishes = arena_many(a, int *, count);
    b->care_limited = arena_many(a, bool, count);
    b->names = arena_many(a, str, count);
    b->person_index = map_new(a);
    for (size_t i = 0; i < count; i++) {
        int64_t id = rows_int(&b->members, i, "person_id");
        b->blocked[i] = arena_many(a, uint8_t, b->problem.need_count);
        b->wishes[i] = arena_many(a, int, b->problem.need_count);
        b->people[i] = (roster_person){ .tag = id, .lead_fit = true, .blocked = b->blocked[i], .wishes = b->wishes[i],
                                        .groups_max = -1 };
        plan_rules_limits(b, &b->people[i]);
        mark_answer(b, i, id);
        b->names[i] = rows_text(&b->members, i, "name");
        map_put(b->person_index, plan_id(b->p, id), (int64_t)i);
    }
    b->problem.people = b->people;
    b->problem.person_count = count;
}

/* Cannot wins over all; a prefer or rather-not is a wish with its usual price. */
static void apply_availability(building *b)
{
    for (size_t i = 0; i < b->availability.count; i++) {
        int64_t person = 0;
        if (!map_get(b->person_index, plan_id(b->p, rows_int(&b->availability, i, "person_id")), &person))
            continue;
        int64_t from = rows_int(&b->availability, i, "starts_at"), to = rows_int(&b->availability, i, "ends_at");
        str level = rows_text(&b->availability, i, "level");
        for (size_t n = 0; n < b->problem.need_count; n++) {
            if (rows_int(&b->needs, n, "starts_at") >= to || rows_int(&b->needs, n, "ends_at") <= from)
                continue;
            if (str_is(level, "cannot"))
                b->blocked[person][n] |= ROSTER_BLOCK_CANNOT;
            else if (!str_is(level, "can"))
                b->wishes[person][n] = str_is(level, "prefer") ? ROSTER_PREFER : ROSTER_RATHER_NOT;
        }
        b->people[person].unanswered = false;
    }
}

static void build_published(building *b)
{
    LIST(roster_published) list = { 0 };
    for (size_t i = 0; i < b->duties.count; i++) {
        int64_t person = 0, need = 0;
        if (map_get(b->person_index, plan_id(b->p, rows_int(&b->duties, i, "person_id")), &person) &&
            map_get(b->need_index, plan_id(b->p, rows_int(&b->duties, i, "need_id")), &need))
            *list_add(b->p->a, &list) =
                (roster_published){ .person = (int)person, .need = (int)need, .told = ROSTER_TOLD };
    }
    b->problem.published = list.at;
    b->problem.published_count = list.count;
}

static json_t *lines_of(building *b, const roster_solution *s)
{
    json_t *lines = plan_array(b->p);
    for (size_t i = 0; i < s->duty_count; i++) {
        const roster_duty *d = &s->duties[i];
        json_t *row = json_object();
        json_object_set_new(row, "need", plan_text(plan_id(b->p, b->problem.needs[d->need].tag)));
        json_object_set_new(row, "person", plan_text(plan_id(b->p, b->people[d->person].tag)));
        json_object_set_new(row, "lead", d->lead ? json_true() : json_false());
        json_array_append_new(lines, row);
    }
    return lines;
}

/* Nothing moved against what is published, leads included: then nothing is written. */
static bool is_published(building *b, const roster_solution *s)
{
    arena *a = b->p->a;
    if (s->duty_count != b->duties.count || s->duty_count == 0)
        return false;
    map *there = map_new(a);
    for (size_t i = 0; i < b->duties.count; i++)
        map_put(there, text_format(a, "%lld/%lld", (long long)rows_int(&b->duties, i, "person_id"),
                                   (long long)rows_int(&b->duties, i, "need_id")), rows_int(&b->duties, i, "lead"));
    for (size_t i = 0; i < s->duty_count; i++) {
        const roster_duty *d = &s->duties[i];
        int64_t lead = 0;
        if (!map_get(there, text_format(a, "%lld/%lld", (long long)b->people[d->person].tag,
                                        (long long)b->problem.needs[d->need].tag), &lead) || (lead != 0) != d->lead)
            return false;
    }
    return true;
}

static str dumped(plan *p, json_t *value)
{
    char *z = json_dumps(value, JSON_COMPACT);
    str s = str_copy(p->a, str_of(z));
    arena_give_back(z);
    return s;
}

static err *publish(building *b, const roster_solution *s, json_t *gaps)
{
    plan *p = b->p;
    json_t *result = NULL;
    str cost = text_format(p->a, "%lld", (long long)s->cost.at[0]);
    for (int i = 1; i < ROSTER_LEVELS; i++)
        cost = text_format(p->a, "%.*s %lld", STR_ARG(cost), (long long)s->cost.at[i]);
    TRY(plan_command(p, "roster.draft",
        NAMED({ "team", V_TEXT(plan_id(p, b->team->id)) },
              { "from_on", V_TEXT(civil_day_text(p->a, p->operation.first_day)) },
              { "to_on", V_TEXT(civil_day_text(p->a, p->operation.last_day)) },
              { "lines", V_TEXT(dumped(p, lines_of(b, s))) }, { "gaps", V_TEXT(dumped(p, gaps)) },
              { "cost", V_TEXT(cost) }, { "steps", V_TEXT(text_format(p->a, "%llu", (unsigned long long)s->steps)) },
              { "seed", V_TEXT(text_format(p->a, "%lld", (long long)p->seed)) }), &result));
    str roster = str_copy(p->a, str_of(json_string_value(json_object_get(result, "id"))));
    TRY(plan_command(p, "roster.publish", NAMED({ "roster", V_TEXT(roster) }), &result));
    if (b->problem.published_count)
        b->team->change_count = (size_t)(json_integer_value(json_object_get(result, "added")) +
                                         json_integer_value(json_object_get(result, "removed")) +
                                         json_integer_value(json_object_get(result, "leads")));
    return NULL;
}

static err *solve(building *b)
{
    plan *p = b->p;
    TRY(roster_check_problem(p->a, &b->problem));
    roster_solver *solver = roster_solve_begin(p->a, &b->problem, (uint64_t)p->seed);
    for (int64_t done = 0; done < p->steps && !cli_interrupted(); done += PORTION_STEPS) {
        if (!roster_solve_step(solver, PORTION_STEPS))
            break;
    }
    const roster_solution *best = roster_solve_best(solver);
    json_t *gaps = plan_array(p);
    plan_gaps_put(b, best, gaps);
    b->team->duty_count = best->duty_count;
    return is_published(b, best) ? NULL : publish(b, best, gaps);
}

static void mark_person(building *b, text *t, const roster_person *x)
{
    text_printf(t, "p%lld %llu %d %d %d %d %d %d %d %d %d ", (long long)x->tag, (unsigned long long)x->skills, x->unanswered, x->not_alone,
                x->minutes_max_day, x->minutes_max_week, x->nights_max, x->run_max, x->rest_minutes,
                x->rest_night_minutes, x->outdoor_max_minutes);
    for (size_t n = 0; n < b->problem.need_count; n++)
        text_printf(t, "%d,%d ", x->blocked[n], x->wishes[n]);
}

/* What the roster is made of, rules and limits too, as one number: the same again needs no new search. */
static str input_mark(building *b)
{
    text t = text_begin(b->p->a);
    text_printf(&t, "%d %lld %lld", (int)b->p->operation.first_day, (long long)b->p->seed, (long long)b->p->steps);
    for (size_t i = 0; i < b->problem.need_count; i++) {
        const roster_need *n = &b->problem.needs[i];
        const roster_kind *k = &b->problem.kinds[n->kind];
        text_printf(&t, "n%lld %d %d %d %d %d %d %d %d", (long long)n->tag, n->min, n->target, n->limit, n->priority,
                    n->outdoor, k->start_minute, k->end_minute, k->night);
        for (size_t w = 0; w < ROSTER_NEED_SKILLS_MAX; w++)
            text_printf(&t, " %llu/%d", (unsigned long long)n->wanted[w].skill, n->wanted[w].count);
    }
    for (size_t i = 0; i < b->problem.person_count; i++)
        mark_person(b, &t, &b->people[i]);
    for (size_t i = 0; i < b->problem.pair_count; i++) {
        const roster_pair *r = &b->problem.pairs[i];
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
    str last = setting_text(b->p->a, &b->settings, SETTING_INPUT, 0, b->team->id);
    return b->problem.published_count && str_equal(last, mark);
}

/* The figures of the roster in force, for the five lines. */
static err *keep_published(building *b)
{
    plan *p = b->p;
    rows rosters = { 0 }, gaps = { 0 };
    TRY(plan_view(p, "roster", (named[]){ { "team", V_TEXT(plan_id(p, b->team->id)) }, { 0 } }, &rosters));
    b->team->duty_count = b->problem.published_count;
    for (size_t i = 0; i < rosters.count; i++) {
        if (!str_is(rows_text(&rosters, i, "state"), "published"))
            continue;
        str id = plan_id(p, rows_int(&rosters, i, "id"));
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
    for (size_t i = 0; i < b->problem.person_count; i++) {
        if (b->people[i].unanswered)
            map_put(b->p->unanswered, plan_id(b->p, b->people[i].tag), 1);
    }
}

/* Who cannot stand at any need of the team; those who said so themselves need not be told of. */
static void keep_nowhere(building *b)
{
    for (size_t i = 0; i < b->problem.person_count; i++) {
        size_t stopped = 0;
        for (size_t n = 0; n < b->problem.need_count; n++)
            stopped += b->blocked[i][n] && !(b->blocked[i][n] & ROSTER_BLOCK_ANSWER);
        if (stopped && stopped == b->problem.need_count)
            *list_add(b->p->a, &b->p->nowhere) = text_format(b->p->a, "%.*s (%.*s)", STR_ARG(b->names[i]),
                                                             STR_ARG(b->team->name));
    }
}

static err *roster_team(plan *p, plan_team *team)
{
    building b = { .p = p, .team = team };
    for (size_t i = 0; i < p->people.list.count; i++)
        b.answered = b.answered || p->people.list.at[i].answer.len > 0;
    TRY(load(&b));
    b.problem.day_count = p->operation.last_day - p->operation.first_day + 1;
    b.problem.weekday_first = civil_weekday(p->operation.first_day);
    b.problem.fair = true;
    build_kinds(&b);
    build_needs(&b);
    build_people(&b);
    plan_members_apply(&b);
    apply_availability(&b);
    TRY(plan_rules_apply(&b));
    keep_unanswered(&b);
    keep_nowhere(&b);
    build_published(&b);
    str mark = input_mark(&b);
    if (is_as_before(&b, mark))
        return keep_published(&b);
    p->actor = p->by_leaders ? team->leader_id : p->actor;
    TRY(solve(&b));
    if (cli_interrupted() || p->by_leaders) /* cut short: the next run takes it up again; and no leader keeps settings */
        return NULL;
    return plan_command(p, "setting.set",
                        NAMED({ "scope", V_TEXT(mark_scope(&b)) }, { "name", V_TEXT(str_of(settings[SETTING_INPUT].name)) },
                              { "value", V_TEXT(mark) }), NULL);
}

err *plan_rosters(plan *p)
{
    for (size_t i = 0; i < p->teams.count; i++) {
        if (p->teams.at[i].need_count == 0)
            continue;
        if (cli_interrupted())
            return err_new(p->a, ERR_INTERRUPTED, "plan.interrupted", NULL);
        cli_progress(p->a, p->lang, "plan.progress.roster",
                     VALUES({ "team", p->teams.at[i].name }, { "n", text_format(p->a, "%zu", i + 1) },
                            { "of", text_format(p->a, "%zu", p->teams.count) }));
        TRY(roster_team(p, &p->teams.at[i]));
    }
    return NULL;
}

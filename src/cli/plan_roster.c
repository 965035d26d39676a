#include "cli/plan.h"
#include "roster/roster.h"

#include <stdlib.h>
#include <string.h>

/* What a leader would ask for without being asked; settings make them a city's own later. */
enum {
    DAY_MAX_MINUTES = 8 * 60,
    WEEK_MAX_MINUTES = 40 * 60,
    NIGHTS_MAX = 3,
    RUN_MAX_DAYS = 6,
    REST_NIGHT_MINUTES = 8 * 60,
    OUTDOOR_MAX_MINUTES = 4 * 60,
    LEVER_DAY_MAX_MINUTES = 10 * 60, /* more nobody should be asked for in one day */
    PORTION_STEPS = 2000
};

typedef struct building {
    plan *p;
    plan_team *team;
    rows needs, members, posts, shifts, duties, availability;
    map *person_index; /* id as text to index */
    map *need_index;
    bool answered; /* somebody has answered, so silence means something */
    roster_problem problem;
    roster_person *people;
    str *names, *need_names;
} building;

static str id_key(plan *p, int64_t id)
{
    return text_format(p->a, "%lld", (long long)id);
}

static civil_day day_at(const rows *r, size_t row, const char *column)
{
    civil_day day = 0;
    civil_day_read(rows_text(r, row, column), &day);
    return day;
}

static err *load(building *b)
{
    plan *p = b->p;
    named team[] = { { "team", V_TEXT(id_key(p, b->team->id)) }, { 0 } };
    TRY(plan_view(p, "need", team, &b->needs));
    TRY(plan_view(p, "team_member", team, &b->members));
    TRY(plan_view(p, "post", team, &b->posts));
    TRY(plan_view(p, "shift", NULL, &b->shifts));
    TRY(plan_view(p, "roster_duty", team, &b->duties));
    return plan_view(p, "availability", NULL, &b->availability);
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

static str day_words(plan *p, civil_day day)
{
    int year, month, of_month;
    civil_parts(day, &year, &month, &of_month);
    return words_get(p->a, p->lang, "day.short",
                     VALUES({ "month", text_format(p->a, "%d", month) }, { "day", text_format(p->a, "%d", of_month) }));
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
        VALUES({ "day", day_words(p, day) }, { "shift", rows_text(r, i, "shift") }, { "post", rows_text(r, i, "post") }));
    map_put(b->need_index, id_key(p, needs[i].tag), (int64_t)i);
}

/* Only needs of the days at hand; the others are not this roster's. */
static void build_needs(building *b)
{
    arena *a = b->p->a;
    roster_need *needs = arena_many(a, roster_need, b->needs.count);
    b->need_names = arena_many(a, str, b->needs.count);
    b->need_index = map_new(a);
    for (size_t i = 0; i < b->needs.count; i++)
        build_need(b, needs, i);
    b->problem.needs = needs;
    b->problem.need_count = b->needs.count;
}

static bool says(plan *p, const sheet_person *s, const char *key)
{
    return s->answer.len && (str_find(s->answer, words_get(p->a, WORDS_ZH, key, NULL)) >= 0 ||
                             str_find(s->answer, words_get(p->a, WORDS_EN, key, NULL)) >= 0);
}

static void mark_answer(building *b, roster_person *x, uint8_t *blocked, int64_t id)
{
    plan *p = b->p;
    for (size_t i = 0; i < p->persons.count; i++) {
        const plan_person *found = &p->persons.at[i];
        if (found->id != id)
            continue;
        x->unanswered = b->answered && found->row->answer.len == 0;
        if (says(p, found->row, "answer.cannot") || says(p, found->row, "answer.hindered"))
            memset(blocked, ROSTER_BLOCK_ANSWER, b->problem.need_count);
        return;
    }
}

static void build_people(building *b)
{
    arena *a = b->p->a;
    size_t count = b->members.count;
    b->people = arena_many(a, roster_person, count);
    b->names = arena_many(a, str, count);
    b->person_index = map_new(a);
    for (size_t i = 0; i < count; i++) {
        uint8_t *blocked = arena_many(a, uint8_t, b->problem.need_count);
        int *wishes = arena_many(a, int, b->problem.need_count);
        int64_t id = rows_int(&b->members, i, "person_id");
        b->people[i] = (roster_person){ .tag = id, .lead_fit = true, .blocked = blocked, .wishes = wishes,
            .minutes_max_day = DAY_MAX_MINUTES, .minutes_max_week = WEEK_MAX_MINUTES, .nights_max = NIGHTS_MAX,
            .run_max = RUN_MAX_DAYS, .rest_night_minutes = REST_NIGHT_MINUTES,
            .outdoor_max_minutes = OUTDOOR_MAX_MINUTES, .groups_max = -1 };
        mark_answer(b, &b->people[i], blocked, id);
        b->names[i] = rows_text(&b->members, i, "name");
        map_put(b->person_index, id_key(b->p, id), (int64_t)i);
    }
    b->problem.people = b->people;
    b->problem.person_count = count;
}

/* Cannot wins over all; a prefer or rather-not is a wish with its usual price. */
static void apply_availability(building *b)
{
    for (size_t i = 0; i < b->availability.count; i++) {
        int64_t person = 0;
        if (!map_get(b->person_index, id_key(b->p, rows_int(&b->availability, i, "person_id")), &person))
            continue;
        int64_t from = rows_int(&b->availability, i, "starts_at"), to = rows_int(&b->availability, i, "ends_at");
        str level = rows_text(&b->availability, i, "level");
        uint8_t *blocked = arena_copy(b->p->a, b->people[person].blocked, b->problem.need_count);
        int *wishes = arena_copy(b->p->a, b->people[person].wishes, b->problem.need_count * sizeof *wishes);
        for (size_t n = 0; n < b->problem.need_count; n++) {
            if (rows_int(&b->needs, n, "starts_at") >= to || rows_int(&b->needs, n, "ends_at") <= from)
                continue;
            if (str_is(level, "cannot"))
                blocked[n] |= ROSTER_BLOCK_CANNOT;
            else if (!str_is(level, "can"))
                wishes[n] = str_is(level, "prefer") ? ROSTER_PREFER : ROSTER_RATHER_NOT;
        }
        b->people[person].blocked = blocked;
        b->people[person].wishes = wishes;
        b->people[person].unanswered = false;
    }
}

static void build_published(building *b)
{
    LIST(roster_published) list = { 0 };
    for (size_t i = 0; i < b->duties.count; i++) {
        int64_t person = 0, need = 0;
        if (map_get(b->person_index, id_key(b->p, rows_int(&b->duties, i, "person_id")), &person) &&
            map_get(b->need_index, id_key(b->p, rows_int(&b->duties, i, "need_id")), &need))
            *list_add(b->p->a, &list) =
                (roster_published){ .person = (int)person, .need = (int)need, .told = ROSTER_TOLD };
    }
    b->problem.published = list.at;
    b->problem.published_count = list.count;
}

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
    if (lever->one_more_person || too_long) {
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
    json_object_set_new(row, "need", plan_text(id_key(b->p, b->problem.needs[need].tag)));
    json_object_set_new(row, "missing", json_integer(missing));
    json_object_set_new(row, "proven", x->proven ? json_true() : json_false());
    json_object_set_new(row, "explanation", plan_text(words));
    json_array_append_new(gaps, row);
    b->team->short_count++;
    b->team->missing += (size_t)missing;
    if (b->p->main_reason.len == 0)
        b->p->main_reason = words;
}

static void put_gaps(building *b, const roster_solution *s, json_t *gaps)
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

static json_t *lines_of(building *b, const roster_solution *s)
{
    json_t *lines = plan_array(b->p);
    for (size_t i = 0; i < s->duty_count; i++) {
        const roster_duty *d = &s->duties[i];
        json_t *row = json_object();
        json_object_set_new(row, "need", plan_text(id_key(b->p, b->problem.needs[d->need].tag)));
        json_object_set_new(row, "person", plan_text(id_key(b->p, b->people[d->person].tag)));
        json_object_set_new(row, "lead", d->lead ? json_true() : json_false());
        json_array_append_new(lines, row);
    }
    return lines;
}

/* Nothing moved against what is published: then nothing is written. */
static bool is_published(building *b, const roster_solution *s)
{
    if (s->duty_count != b->problem.published_count || s->duty_count == 0)
        return false;
    map *there = map_new(b->p->a);
    for (size_t i = 0; i < b->problem.published_count; i++)
        map_put(there, text_format(b->p->a, "%d/%d", b->problem.published[i].person, b->problem.published[i].need), 1);
    for (size_t i = 0; i < s->duty_count; i++) {
        if (!map_get(there, text_format(b->p->a, "%d/%d", s->duties[i].person, s->duties[i].need), NULL))
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
        NAMED({ "team", V_TEXT(id_key(p, b->team->id)) },
              { "from_on", V_TEXT(civil_day_text(p->a, p->operation.first_day)) },
              { "to_on", V_TEXT(civil_day_text(p->a, p->operation.last_day)) },
              { "lines", V_TEXT(dumped(p, lines_of(b, s))) }, { "gaps", V_TEXT(dumped(p, gaps)) },
              { "cost", V_TEXT(cost) }, { "steps", V_TEXT(text_format(p->a, "%llu", (unsigned long long)s->steps)) },
              { "seed", V_TEXT(text_format(p->a, "%lld", (long long)p->seed)) }), &result));
    str roster = str_copy(p->a, str_of(json_string_value(json_object_get(result, "id"))));
    TRY(plan_command(p, "roster.publish", NAMED({ "roster", V_TEXT(roster) }), &result));
    if (b->problem.published_count)
        b->team->change_count = (size_t)(json_integer_value(json_object_get(result, "added")) +
                                         json_integer_value(json_object_get(result, "removed")));
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
    put_gaps(b, best, gaps);
    b->team->duty_count = best->duty_count;
    return is_published(b, best) ? NULL : publish(b, best, gaps);
}

/* What the roster is made of, as one number: the same again needs no new search. */
static str input_mark(building *b)
{
    text t = text_begin(b->p->a);
    text_printf(&t, "%d %lld %lld", (int)b->p->operation.first_day, (long long)b->p->seed, (long long)b->p->steps);
    for (size_t i = 0; i < b->problem.need_count; i++) {
        const roster_need *n = &b->problem.needs[i];
        text_printf(&t, "n%lld %d %d %d %d", (long long)n->tag, n->min, n->target, n->limit, n->priority);
    }
    for (size_t i = 0; i < b->problem.person_count; i++) {
        const roster_person *x = &b->people[i];
        text_printf(&t, "p%lld %d ", (long long)x->tag, x->unanswered);
        for (size_t n = 0; n < b->problem.need_count; n++)
            text_printf(&t, "%d,%d ", x->blocked[n], x->wishes[n]);
    }
    return text_format(b->p->a, "%016llx", (unsigned long long)str_hash(text_done(&t)));
}

static str mark_scope(building *b)
{
    return text_format(b->p->a, "team:%lld", (long long)b->team->id);
}

static err *is_as_before(building *b, str mark, bool *same)
{
    rows r = { 0 };
    TRY(plan_view(b->p, "setting", NULL, &r));
    for (size_t i = 0; i < r.count && b->problem.published_count; i++) {
        if (str_equal(rows_text(&r, i, "scope"), mark_scope(b)) && str_is(rows_text(&r, i, "name"), "roster.input"))
            *same = str_equal(rows_text(&r, i, "value"), mark);
    }
    return NULL;
}

/* The figures of the roster in force, for the five lines. */
static err *keep_published(building *b)
{
    plan *p = b->p;
    rows rosters = { 0 }, gaps = { 0 };
    TRY(plan_view(p, "roster", (named[]){ { "team", V_TEXT(id_key(p, b->team->id)) }, { 0 } }, &rosters));
    b->team->duty_count = b->problem.published_count;
    for (size_t i = 0; i < rosters.count; i++) {
        if (!str_is(rows_text(&rosters, i, "state"), "published"))
            continue;
        str id = id_key(p, rows_int(&rosters, i, "id"));
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
            map_put(b->p->unanswered, id_key(b->p, b->people[i].tag), 1);
    }
}

static err *roster_team(plan *p, plan_team *team)
{
    bool same = false;
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
    apply_availability(&b);
    keep_unanswered(&b);
    build_published(&b);
    str mark = input_mark(&b);
    TRY(is_as_before(&b, mark, &same));
    if (same)
        return keep_published(&b);
    TRY(solve(&b));
    if (cli_interrupted())
        return NULL; /* the search was cut short: the next run takes it up again */
    return plan_command(p, "setting.set",
                        NAMED({ "scope", V_TEXT(mark_scope(&b)) }, { "name", V_TEXT(STR("roster.input")) },
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

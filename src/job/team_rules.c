#include "job/team_problem.h"
#include "domain/care_rule.h"
#include "domain/setting.h"

enum { HOUR = 60, NIGHT_BEGIN = 22 * 60, NIGHT_END = 30 * 60 /* 6:00 of the next day */, MORNING = 6 * 60 };

err *team_rules_load(team_problem *b)
{
    TRY(team_view(b, "setting", NULL, &b->settings));
    TRY(team_view(b, "care_rule", NULL, &b->care));
    return team_view(b, "person_pair", NULL, &b->pairs);
}

static int number(const team_problem *b, setting_id id)
{
    return (int)setting_number(b->a, &b->settings, id, b->operation_id, b->team_id);
}

void team_rules_limits(team_problem *b, roster_person *x)
{
    x->minutes_max_day = number(b, SETTING_DAY_HOURS) * HOUR;
    x->minutes_max_week = number(b, SETTING_WEEK_HOURS) * HOUR;
    x->nights_max = number(b, SETTING_NIGHTS);
    x->run_max = number(b, SETTING_RUN_DAYS);
    x->rest_night_minutes = number(b, SETTING_REST_HOURS) * HOUR;
    x->outdoor_max_minutes = number(b, SETTING_OUTDOOR_HOURS) * HOUR;
}

/* Whatever the shift is called: a person spared the nights is at home from 22:00 to 6:00. */
static bool is_at_night(const roster_kind *k)
{
    return k->night || k->start_minute < MORNING || (k->end_minute > NIGHT_BEGIN && k->start_minute < NIGHT_END);
}

static bool rule_stops(const team_problem *b, care_rule_id rule, const roster_need *n)
{
    if (rule == CARE_RULE_NO_OUTDOOR)
        return n->outdoor;
    return rule == CARE_RULE_NO_NIGHT && is_at_night(&b->problem.kinds[n->kind]);
}

static void lower(int *limit, int to)
{
    if (*limit == 0 || to < *limit)
        *limit = to;
}

/* Nights the person agreed to, one after another if need be; hours and rest stay as they are. */
static void raise_nights(roster_person *x, int n)
{
    if (x->nights_max && x->nights_max < n)
        x->nights_max = n;
    if (x->run_max && x->run_max < n)
        x->run_max = n;
}

/* The engine knows one limit for all days: a rule for some of them limits all, rather than being broken. */
static void limit_person(roster_person *x, care_rule_id rule, int n)
{
    if (rule == CARE_RULE_NOT_ALONE)
        x->not_alone = true;
    else if (rule == CARE_RULE_DAY_HOURS)
        lower(&x->minutes_max_day, n * HOUR);
    else if (rule == CARE_RULE_WEEK_HOURS)
        lower(&x->minutes_max_week, n * HOUR);
    else if (rule == CARE_RULE_NIGHTS)
        lower(&x->nights_max, n);
    else if (rule == CARE_RULE_RUN_DAYS)
        lower(&x->run_max, n);
    else if (x->rest_minutes < n * HOUR) /* rest of hours, also after a night */
        x->rest_minutes = n * HOUR;
}

/* What raises a limit comes before what lowers it. */
static void apply_care_rule(team_problem *b, size_t row, size_t person, bool agreed)
{
    const rows *r = &b->care;
    str from = rows_text(r, row, "from_on"), to = rows_text(r, row, "to_on");
    civil_day first = b->first_day;
    care_rule_id rule;
    if (!care_rule_find(rows_text(r, row, "rule"), &rule) ||
        !care_rule_holds(from, to, first, b->last_day) || (rule == CARE_RULE_NIGHTS_AGREED) != agreed)
        return;
    if (agreed) {
        raise_nights(&b->people[person], (int)rows_int(r, row, "value"));
        return;
    }
    if (rule != CARE_RULE_NO_NIGHT && rule != CARE_RULE_NO_OUTDOOR) {
        limit_person(&b->people[person], rule, (int)rows_int(r, row, "value"));
        b->care_limited[person] = true;
        return;
    }
    for (size_t n = 0; n < b->problem.need_count; n++) {
        civil_day begin = first + b->problem.needs[n].day, end = first + (civil_day)((team_day_minute(b, n, true) - 1) / 1440);
        if (care_rule_holds(from, to, begin, end) && rule_stops(b, rule, &b->problem.needs[n]))
            b->blocked[person][n] |= ROSTER_BLOCK_CARE;
    }
}

static void apply_care_rules(team_problem *b, bool agreed)
{
    for (size_t i = 0; i < b->care.count; i++) {
        int64_t person = 0;
        if (map_get(b->person_index, team_id_text(b, rows_int(&b->care, i, "person_id")), &person))
            apply_care_rule(b, i, (size_t)person, agreed);
    }
}

static void apply_care(team_problem *b)
{
    apply_care_rules(b, true);
    apply_care_rules(b, false);
    for (size_t i = 0; i < b->problem.person_count; i++) {
        if (b->people[i].rest_night_minutes < b->people[i].rest_minutes)
            b->people[i].rest_night_minutes = b->people[i].rest_minutes;
    }
}

/* Those who have said nothing, where the team does not let them in. */
static void apply_silence(team_problem *b)
{
    if (number(b, SETTING_UNANSWERED))
        return;
    for (size_t i = 0; i < b->problem.person_count; i++) {
        for (size_t n = 0; b->people[i].unanswered && n < b->problem.need_count; n++)
            b->blocked[i][n] |= ROSTER_BLOCK_ANSWER;
    }
}

/* The other one of a pair serves in another team: while he is on duty there, this one stays away. */
static err *keep_apart_from(team_problem *b, size_t person, int64_t other)
{
    rows r = { 0 };
    const civil_day first = b->first_day;
    TRY(team_view(b, "roster_duty", NAMED({ "from_on", V_TEXT(civil_day_text(b->a, first - 1)) },
                                          { "to_on", V_TEXT(civil_day_text(b->a, b->last_day)) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        civil_day day = first;
        if (rows_int(&r, i, "person_id") != other || !civil_day_read(rows_text(&r, i, "starts_on"), &day))
            continue;
        int64_t from = (int64_t)(day - first) * 1440 + rows_int(&r, i, "start_minute");
        int64_t to = (int64_t)(day - first) * 1440 + rows_int(&r, i, "end_minute");
        for (size_t n = 0; n < b->problem.need_count; n++) {
            if (team_day_minute(b, n, false) < to && from < team_day_minute(b, n, true))
                b->blocked[person][n] |= ROSTER_BLOCK_CARE;
        }
    }
    return NULL;
}

static roster_pair_kind kind_of(str kind)
{
    return str_is(kind, "together") ? ROSTER_PAIR_TOGETHER
           : str_is(kind, "apart")  ? ROSTER_PAIR_APART
                                    : ROSTER_PAIR_NOT_BOTH;
}

static err *apply_pairs(team_problem *b)
{
    roster_pair *pairs = arena_many(b->a, roster_pair, b->pairs.count);
    for (size_t i = 0; i < b->pairs.count; i++) {
        int64_t id[2] = { rows_int(&b->pairs, i, "a_id"), rows_int(&b->pairs, i, "b_id") }, index[2] = { 0 };
        bool here[2];
        roster_pair_kind kind = kind_of(rows_text(&b->pairs, i, "kind"));
        for (int k = 0; k < 2; k++)
            here[k] = map_get(b->person_index, team_id_text(b, id[k]), &index[k]);
        if (rows_int(&b->pairs, i, "operation_id") != b->operation_id || (!here[0] && !here[1]))
            continue;
        if (here[0] && here[1])
            pairs[b->problem.pair_count++] = (roster_pair){ (int)index[0], (int)index[1], kind };
        else if (kind != ROSTER_PAIR_TOGETHER)
            TRY(keep_apart_from(b, (size_t)index[here[0] ? 0 : 1], id[here[0] ? 1 : 0]));
    }
    b->problem.pairs = pairs;
    return NULL;
}

err *team_rules_apply(team_problem *b)
{
    apply_care(b);
    apply_silence(b);
    return apply_pairs(b);
}

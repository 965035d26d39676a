/* Scenario, history and week of the competition -> the roster problem of that week. */
#include "job/inrc2.h"

enum { RUN_MAX = 1000, COUNT_MAX = 10000, COVER_MAX = 1000, REQUESTS_MAX = 100000 };

typedef struct reader {
    arena *a;
    inrc2 *out;
    scan s; /* of the file that is read just now */
    map *shift_at, *skill_at, *contract_at, *nurse_at;
    roster_run *kind_runs;
    bool *forbidden;
    inrc2_contract *contracts;
    inrc2_nurse *nurses;
    int nurse_count;
    roster_need *needs;
    int need_count;
    int **wishes; /* per nurse and need */
} reader;

static const char *const day_names[INRC2_DAYS] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };

const char *inrc2_day_name(int day)
{
    return day_names[day];
}

static int need_of(const inrc2 *i, int day, int shift, int skill)
{
    return (day * i->shift_count + shift) * i->skill_count + skill;
}

/* -- scenario -- */

static err *read_title(reader *r)
{
    scan *s = &r->s;
    TRY(scan_row(s, 1, 0));
    if (s->count != 3 || !str_is(s->word[0], "SCENARIO") || !str_is(s->word[1], "="))
        return scan_bad(s, "roster.line.head", STR("SCENARIO"));
    r->out->scenario = s->word[2];
    return scan_count(s, "WEEKS", 1, INRC2_WEEKS_MAX, &r->out->weeks);
}

static err *read_skills(reader *r)
{
    scan *s = &r->s;
    inrc2 *i = r->out;
    TRY(scan_count(s, "SKILLS", 1, INRC2_SKILLS_MAX, &i->skill_count));
    str *names = arena_many(r->a, str, i->skill_count);
    for (int k = 0; k < i->skill_count; k++) {
        TRY(scan_row(s, 1, 1));
        TRY(scan_new_name(s, r->skill_at, names[k] = s->word[0]));
    }
    i->skills = names;
    return NULL;
}

static err *read_run(reader *r, str word, int weight, roster_run *run)
{
    run->weight = weight;
    return scan_pair(&r->s, word, 1, RUN_MAX, &run->min, &run->max); /* an upper end of 0 would be "none" to the engine */
}

static err *read_shifts(reader *r)
{
    scan *s = &r->s;
    inrc2 *i = r->out;
    TRY(scan_count(s, "SHIFT_TYPES", 1, INRC2_SHIFTS_MAX, &i->shift_count));
    str *names = arena_many(r->a, str, i->shift_count);
    r->kind_runs = arena_many(r->a, roster_run, i->shift_count);
    for (int k = 0; k < i->shift_count; k++) {
        TRY(scan_row(s, 2, 2));
        TRY(scan_new_name(s, r->shift_at, names[k] = s->word[0]));
        TRY(read_run(r, s->word[1], INRC2_SHIFT_COST, &r->kind_runs[k]));
    }
    i->shifts = names;
    return NULL;
}

static err *read_successions(reader *r)
{
    scan *s = &r->s;
    int kinds = r->out->shift_count, from = 0, next = 0, count = 0;
    bool *seen = arena_many(r->a, bool, kinds);
    r->forbidden = arena_many(r->a, bool, kinds * kinds);
    TRY(scan_head(s, "FORBIDDEN_SHIFT_TYPES_SUCCESSIONS"));
    for (int k = 0; k < kinds; k++) {
        TRY(scan_row(s, 2, 0));
        TRY(scan_name(s, r->shift_at, s->word[0], &from));
        if (seen[from])
            return scan_bad(s, "roster.line.twice", s->word[0]);
        seen[from] = true;
        TRY(scan_number(s, s->word[1], 0, kinds, &count));
        if ((size_t)count + 2 != s->count)
            return scan_bad(s, "roster.line.words", s->word[1]);
        for (size_t n = 2; n < s->count; n++) {
            TRY(scan_name(s, r->shift_at, s->word[n], &next));
            r->forbidden[from * kinds + next] = true;
        }
    }
    return NULL;
}

static err *read_contracts(reader *r)
{
    scan *s = &r->s;
    int count = 0, whole = 0;
    TRY(scan_count(s, "CONTRACTS", 1, INRC2_CONTRACTS_MAX, &count));
    r->contracts = arena_many(r->a, inrc2_contract, count);
    for (int k = 0; k < count; k++) {
        inrc2_contract *c = &r->contracts[k];
        TRY(scan_row(s, 6, 6));
        TRY(scan_new_name(s, r->contract_at, s->word[0]));
        TRY(scan_pair(s, s->word[1], 0, COUNT_MAX, &c->duties_min, &c->duties_max));
        TRY(read_run(r, s->word[2], INRC2_RUN_COST, &c->work));
        TRY(read_run(r, s->word[3], INRC2_RUN_COST, &c->free));
        TRY(scan_number(s, s->word[4], 0, COUNT_MAX, &c->groups_max));
        TRY(scan_number(s, s->word[5], 0, 1, &whole));
        c->whole = whole;
    }
    return NULL;
}

static err *read_nurse(reader *r, inrc2_nurse *n)
{
    scan *s = &r->s;
    int contract = 0, count = 0, skill = 0;
    TRY(scan_row(s, 4, 0));
    TRY(scan_new_name(s, r->nurse_at, n->name = s->word[0]));
    TRY(scan_name(s, r->contract_at, s->word[1], &contract));
    TRY(scan_number(s, s->word[2], 1, r->out->skill_count, &count));
    if ((size_t)count + 3 != s->count)
        return scan_bad(s, "roster.line.words", s->word[2]);
    for (size_t k = 3; k < s->count; k++) {
        TRY(scan_name(s, r->skill_at, s->word[k], &skill));
        n->skills |= (uint64_t)1 << skill;
    }
    n->contract = &r->contracts[contract];
    return NULL;
}

static err *read_nurses(reader *r)
{
    scan *s = &r->s;
    const inrc2 *i = r->out;
    r->need_count = INRC2_DAYS * i->shift_count * i->skill_count;
    TRY(scan_count(s, "NURSES", 1, INRC2_PEOPLE_MAX, &r->nurse_count));
    if (r->nurse_count * r->need_count > INRC2_CELLS_MAX)
        return scan_bad(s, "roster.line.size", s->word[2]);
    r->nurses = arena_many(r->a, inrc2_nurse, r->nurse_count);
    for (int n = 0; n < r->nurse_count; n++)
        TRY(read_nurse(r, &r->nurses[n]));
    r->out->nurses = r->nurses;
    return scan_end(s);
}

static err *read_scenario(reader *r, scan_file f)
{
    r->s = scan_begin(r->a, f);
    TRY(read_title(r));
    TRY(read_skills(r));
    TRY(read_shifts(r));
    TRY(read_successions(r));
    TRY(read_contracts(r));
    return read_nurses(r);
}

/* -- history -- */

static err *same_scenario(reader *r, str name)
{
    return str_equal(name, r->out->scenario) ? NULL : scan_bad(&r->s, "roster.line.scenario", name);
}

/* The day before was worked or off, and the rows of days that end with it say the same. */
static bool contradicts_itself(const inrc2_nurse *n)
{
    if (n->last_kind < 0)
        return n->last_kind_run || n->last_work_run;
    return n->last_free_run || n->last_kind_run < 1 || n->last_kind_run > n->last_work_run;
}

static err *read_nurse_history(reader *r, bool *seen)
{
    scan *s = &r->s;
    int at = 0;
    TRY(scan_row(s, 7, 7));
    TRY(scan_name(s, r->nurse_at, s->word[0], &at));
    if (seen[at])
        return scan_bad(s, "roster.line.twice", s->word[0]);
    seen[at] = true;
    inrc2_nurse *n = &r->nurses[at];
    TRY(scan_number(s, s->word[1], 0, COUNT_MAX, &n->duties));
    TRY(scan_number(s, s->word[2], 0, COUNT_MAX, &n->groups));
    n->last_kind = -1;
    if (!str_is(s->word[3], "None"))
        TRY(scan_name(s, r->shift_at, s->word[3], &n->last_kind));
    TRY(scan_number(s, s->word[4], 0, COUNT_MAX, &n->last_kind_run));
    TRY(scan_number(s, s->word[5], 0, COUNT_MAX, &n->last_work_run));
    TRY(scan_number(s, s->word[6], 0, COUNT_MAX, &n->last_free_run));
    return contradicts_itself(n) ? scan_bad(s, "roster.line.history", s->word[0]) : NULL;
}

static err *read_history(reader *r, scan_file f)
{
    scan *s = &r->s;
    bool *seen = arena_many(r->a, bool, r->nurse_count);
    *s = scan_begin(r->a, f);
    TRY(scan_head(s, "HISTORY"));
    TRY(scan_row(s, 2, 2));
    TRY(scan_number(s, s->word[0], 0, r->out->weeks - 1, &r->out->week));
    TRY(same_scenario(r, s->word[1]));
    TRY(scan_head(s, "NURSE_HISTORY"));
    for (int n = 0; n < r->nurse_count; n++)
        TRY(read_nurse_history(r, seen));
    return scan_end(s);
}

/* -- week -- */

static void make_needs(reader *r)
{
    const inrc2 *i = r->out;
    r->needs = arena_many(r->a, roster_need, r->need_count);
    for (int n = 0; n < r->need_count; n++) {
        int skill = n % i->skill_count, shift = n / i->skill_count % i->shift_count;
        r->needs[n] = (roster_need){ .tag = n, .day = n / (i->skill_count * i->shift_count), .kind = shift, .post = skill,
                                     .limit = r->nurse_count, .priority = 1, .skills = (uint64_t)1 << skill,
                                     .under_cost = INRC2_COVER_COST };
    }
}

static err *read_cover(reader *r, bool *seen)
{
    scan *s = &r->s;
    int shift = 0, skill = 0;
    if (s->count != INRC2_DAYS + 2)
        return scan_bad(s, "roster.line.words", s->word[0]);
    TRY(scan_name(s, r->shift_at, s->word[0], &shift));
    TRY(scan_name(s, r->skill_at, s->word[1], &skill));
    if (seen[shift * r->out->skill_count + skill])
        return scan_bad(s, "roster.line.twice", s->word[1]);
    seen[shift * r->out->skill_count + skill] = true;
    for (int d = 0; d < INRC2_DAYS; d++) {
        roster_need *n = &r->needs[need_of(r->out, d, shift, skill)];
        TRY(scan_pair(s, s->word[d + 2], 0, COVER_MAX, &n->min, &n->target));
        if (n->limit < n->target)
            n->limit = n->target;
    }
    return NULL;
}

static err *read_request(reader *r)
{
    scan *s = &r->s;
    int nurse = 0, shift = -1, day = 0;
    TRY(scan_row(s, 3, 3));
    TRY(scan_name(s, r->nurse_at, s->word[0], &nurse));
    if (!str_is(s->word[1], "Any"))
        TRY(scan_name(s, r->shift_at, s->word[1], &shift));
    while (day < INRC2_DAYS && !str_is(s->word[2], day_names[day]))
        day++;
    if (day == INRC2_DAYS)
        return scan_bad(s, "roster.line.unknown", s->word[2]);
    for (int k = 0; k < r->out->shift_count; k++) {
        for (int m = 0; (shift < 0 || k == shift) && m < r->out->skill_count; m++)
            r->wishes[nurse][need_of(r->out, day, k, m)] -= INRC2_WISH_COST; /* asked for twice it counts twice */
    }
    return NULL;
}

static err *read_week(reader *r, scan_file f)
{
    scan *s = &r->s;
    int count = 0;
    bool *seen = arena_many(r->a, bool, r->out->shift_count * r->out->skill_count);
    make_needs(r);
    r->wishes = arena_many(r->a, int *, r->nurse_count);
    for (int n = 0; n < r->nurse_count; n++)
        r->wishes[n] = arena_many(r->a, int, r->need_count);
    *s = scan_begin(r->a, f);
    TRY(scan_head(s, "WEEK_DATA"));
    TRY(scan_row(s, 1, 1));
    TRY(same_scenario(r, s->word[0]));
    TRY(scan_head(s, "REQUIREMENTS"));
    for (;;) {
        TRY(scan_row(s, 1, 0));
        if (str_is(s->word[0], "SHIFT_OFF_REQUESTS"))
            break;
        TRY(read_cover(r, seen));
    }
    if (s->count != 3 || !str_is(s->word[1], "="))
        return scan_bad(s, "roster.line.head", STR("SHIFT_OFF_REQUESTS"));
    TRY(scan_number(s, s->word[2], 0, REQUESTS_MAX, &count));
    for (int n = 0; n < count; n++)
        TRY(read_request(r));
    return scan_end(s);
}

/* -- the problem -- */

/* S6 and S7 of the last week: what has been counts in. */
static void price_totals(reader *r, const inrc2_nurse *n, roster_soft *soft)
{
    int *duties = arena_many(r->a, int, INRC2_DAYS + 1), *groups = arena_many(r->a, int, INRC2_DAYS + 1);
    for (int k = 0; k <= INRC2_DAYS; k++) {
        int under = n->contract->duties_min - n->duties - k, over = n->duties + k - n->contract->duties_max;
        int late = n->groups + k - n->contract->groups_max;
        duties[k] = INRC2_DUTIES_COST * (under > 0 ? under : over > 0 ? over : 0);
        groups[k] = INRC2_GROUPS_COST * (late > 0 ? late : 0);
    }
    soft->duties_cost = duties;
    soft->groups_cost = groups;
}

static const roster_person *make_people(reader *r)
{
    roster_person *people = arena_many(r->a, roster_person, r->nurse_count);
    for (int i = 0; i < r->nurse_count; i++) {
        const inrc2_nurse *n = &r->nurses[i];
        roster_soft *soft = arena_new(r->a, roster_soft);
        *soft = (roster_soft){ .work = n->contract->work, .free = n->contract->free,
                               .whole_weight = n->contract->whole ? INRC2_WHOLE_COST : 0,
                               .last_kind = n->last_kind, .last_kind_run = n->last_kind_run,
                               .last_work_run = n->last_work_run, .last_free_run = n->last_free_run };
        if (r->out->week == r->out->weeks - 1)
            price_totals(r, n, soft);
        people[i] = (roster_person){ .tag = i, .skills = n->skills, .wishes = r->wishes[i], .groups_max = -1,
                                     .soft = soft };
    }
    return people;
}

static void make_problem(reader *r)
{
    static const int weekend[INRC2_DAYS] = { -1, -1, -1, -1, -1, 0, 0 };
    inrc2 *i = r->out;
    roster_kind *kinds = arena_many(r->a, roster_kind, i->shift_count);
    for (int k = 0; k < i->shift_count; k++) /* the form knows no hours; one a day and successions say it all */
        kinds[k] = (roster_kind){ .tag = k, .start_minute = 0, .end_minute = 480 };
    i->problem = (roster_problem){ .day_count = INRC2_DAYS, .kinds = kinds, .kind_count = (size_t)i->shift_count,
                                   .needs = r->needs, .need_count = (size_t)r->need_count, .people = make_people(r),
                                   .person_count = (size_t)r->nurse_count, .day_group = weekend,
                                   .next_forbidden = r->forbidden, .kind_runs = r->kind_runs, .one_a_day = true };
}

err *inrc2_read(arena *a, const inrc2_files *files, inrc2 **out)
{
    reader *r = arena_new(a, reader);
    r->a = a;
    r->out = *out = arena_new(a, inrc2);
    r->shift_at = map_new(a);
    r->skill_at = map_new(a);
    r->contract_at = map_new(a);
    r->nurse_at = map_new(a);
    TRY(read_scenario(r, files->scenario));
    TRY(read_history(r, files->history));
    TRY(read_week(r, files->week));
    make_problem(r);
    return roster_check_problem(a, &r->out->problem);
}

#include "job/team_problem.h"

#include "view/view.h"

#include <string.h>

str team_id_text(const team_problem *b, int64_t id)
{
    return text_format(b->a, "%lld", (long long)id);
}

static void json_drop(void *what)
{
    json_decref(what);
}

json_t *team_array(const team_problem *b)
{
    json_t *array = json_array();
    arena_defer(b->a, json_drop, array);
    return array;
}

str team_json_text(arena *a, const json_t *value)
{
    char *z = json_dumps(value, JSON_COMPACT);
    str s = str_copy(a, str_of(z));
    arena_give_back(z);
    return s;
}

err *team_view(team_problem *b, const char *name, const named *args, rows *out)
{
    static const named none[] = { { 0 } };
    return view_run(app_store(b->app), b->a, view_find(str_of(name)), args ? args : none, 0, 0, out);
}

int64_t team_day_minute(const team_problem *b, size_t need, bool end)
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
static err *load(team_problem *b)
{
    const value id = V_TEXT(team_id_text(b, b->team_id));
    const named *span = NAMED({ "team", id }, { "from_on", V_TEXT(civil_day_text(b->a, b->first_day)) },
                              { "to_on", V_TEXT(civil_day_text(b->a, b->last_day)) });
    TRY(team_view(b, "need", span, &b->needs));
    TRY(team_view(b, "team_member", NAMED({ "team", id }), &b->members));
    TRY(team_view(b, "post", NAMED({ "team", id }), &b->posts));
    TRY(team_view(b, "shift", NULL, &b->shifts));
    TRY(team_view(b, "roster_duty", span, &b->duties));
    TRY(team_view(b, "availability", NULL, &b->availability));
    TRY(team_members_load(b));
    return team_rules_load(b);
}

static void build_kinds(team_problem *b)
{
    roster_kind *kinds = arena_many(b->a, roster_kind, b->shifts.count);
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

str team_day_words(arena *a, words_lang lang, civil_day day)
{
    int year, month, of_month;
    civil_parts(day, &year, &month, &of_month);
    return words_get(a, lang, "day.short",
                     VALUES({ "month", words_get(a, lang, text_format(a, "print.month.%d", month).at, NULL) },
                            { "day", text_format(a, "%d", of_month) }));
}

static void build_need(team_problem *b, roster_need *needs, size_t i)
{
    const rows *r = &b->needs;
    civil_day day = day_at(r, i, "starts_on");
    int kind = row_with_id(&b->shifts, rows_int(r, i, "shift_id"));
    int post = row_with_id(&b->posts, rows_int(r, i, "post_id"));
    needs[i] = (roster_need){ .tag = rows_int(r, i, "id"), .day = day - b->first_day, .kind = kind,
                              .post = post, .min = (int)rows_int(r, i, "headcount_min"),
                              .target = (int)rows_int(r, i, "headcount_target"),
                              .limit = (int)rows_int(r, i, "headcount_limit"),
                              .priority = (int)rows_int(r, i, "priority"), .lead_wanted = true,
                              .not_alone = b->problem.kinds[kind].night,
                              .outdoor = rows_int(&b->posts, (size_t)post, "outdoor") != 0 };
    if (needs[i].priority < 1)
        needs[i].priority = 1;
    b->need_names[i] = words_get(b->a, b->lang, "gap.need",
        VALUES({ "day", team_day_words(b->a, b->lang, day) }, { "shift", rows_text(r, i, "shift") }, { "post", rows_text(r, i, "post") }));
    map_put(b->need_index, team_id_text(b, needs[i].tag), (int64_t)i);
}

static void build_needs(team_problem *b)
{
    arena *a = b->a;
    roster_need *needs = arena_many(a, roster_need, b->needs.count);
    b->need_names = arena_many(a, str, b->needs.count);
    b->need_index = map_new(a);
    for (size_t i = 0; i < b->needs.count; i++)
        build_need(b, needs, i);
    b->problem.needs = b->wanted = needs;
    b->problem.need_count = b->needs.count;
}

static void build_people(team_problem *b)
{
    arena *a = b->a;
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
        team_rules_limits(b, &b->people[i]);
        if (b->answer)
            b->answer(b, i, id);
        b->names[i] = rows_text(&b->members, i, "name");
        map_put(b->person_index, team_id_text(b, id), (int64_t)i);
    }
    b->problem.people = b->people;
    b->problem.person_count = count;
}

/* Cannot wins over all; a prefer or rather-not is a wish with its usual price. */
static void apply_availability(team_problem *b)
{
    for (size_t i = 0; i < b->availability.count; i++) {
        int64_t person = 0;
        if (!map_get(b->person_index, team_id_text(b, rows_int(&b->availability, i, "person_id")), &person))
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

static void build_published(team_problem *b)
{
    LIST(roster_published) list = { 0 };
    for (size_t i = 0; i < b->duties.count; i++) {
        int64_t person = 0, need = 0;
        if (map_get(b->person_index, team_id_text(b, rows_int(&b->duties, i, "person_id")), &person) &&
            map_get(b->need_index, team_id_text(b, rows_int(&b->duties, i, "need_id")), &need))
            *list_add(b->a, &list) =
                (roster_published){ .person = (int)person, .need = (int)need, .told = ROSTER_TOLD };
    }
    b->problem.published = list.at;
    b->problem.published_count = list.count;
}

/* -- who is held where ---------------------------------------------------------------------------------- */
static const roster_lock *lock_at(const team_problem *b, int person, int need)
{
    for (size_t i = 0; i < b->problem.lock_count; i++)
        if (b->problem.locks[i].need == need && (person < 0 ? b->problem.locks[i].lead : b->problem.locks[i].person == person))
            return &b->problem.locks[i];
    return NULL;
}

/* In the draft that will be made anew. What has begun needs no lock, and who left the team is held by none. */
static err *build_locks(team_problem *b)
{
    rows r = { 0 };
    LIST(roster_lock) list = { 0 };
    TRY(team_view(b, "draft_line", NAMED({ "team", V_TEXT(team_id_text(b, b->team_id)) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        int64_t person = 0, need = 0;
        if (!rows_int(&r, i, "locked") || !map_get(b->person_index, team_id_text(b, rows_int(&r, i, "person_id")), &person) ||
            !map_get(b->need_index, team_id_text(b, rows_int(&r, i, "need_id")), &need) ||
            rows_int(&b->needs, (size_t)need, "starts_at") <= b->now)
            continue;
        if (b->blocked[person][need])
            return err_new(b->a, ERR_INPUT, "roster.locked_cannot", VALUES({ "person", b->names[person] }, { "need", b->need_names[need] }));
        *list_add(b->a, &list) = (roster_lock){ .person = (int)person, .need = (int)need, .on = true, .lead = rows_int(&r, i, "lead") != 0 };
    }
    b->problem.locks = list.at;
    b->problem.lock_count = list.count;
    return NULL;
}

/* Whoever is held as lead leads, whatever the search thinks of it. */
static bool leads(const team_problem *b, const roster_duty *d)
{
    const roster_lock *lead = lock_at(b, -1, d->need);
    return lead ? lead->person == d->person : d->lead;
}

json_t *team_lines(team_problem *b, const roster_solution *s)
{
    json_t *lines = team_array(b);
    for (size_t i = 0; i < s->duty_count; i++) {
        const roster_duty *d = &s->duties[i];
        json_t *row = json_object();
        json_object_set_new(row, "need", json_id(b->a, b->problem.needs[d->need].tag));
        json_object_set_new(row, "person", json_id(b->a, b->people[d->person].tag));
        json_object_set_new(row, "lead", leads(b, d) ? json_true() : json_false());
        json_object_set_new(row, "locked", lock_at(b, d->person, d->need) ? json_true() : json_false());
        json_array_append_new(lines, row);
    }
    return lines;
}


str team_cost(arena *a, const roster_solution *s)
{
    text t = text_begin(a);
    for (int i = 0; i < ROSTER_LEVELS; i++)
        text_printf(&t, i ? " %lld" : "%lld", (long long)s->cost.at[i]);
    return text_done(&t);
}

/* -- what was before, what has begun --------------------------------------------------------------------- */
/* The days before the first count for rest, nights and hours of the week. */
static void add_past(team_problem *b, roster_past *past, size_t person, const rows *r, size_t i)
{
    roster_person *x = &b->people[person];
    int starts = (int)rows_int(r, i, "start_minute"), ends = (int)rows_int(r, i, "end_minute");
    x->past = past;
    past[x->past_count++] = (roster_past){ .day = day_at(r, i, "starts_on") - b->first_day, .start_minute = starts,
                                           .end_minute = ends, .night = ends > 1440 };
}

/* On duty for another team just then. */
static void block_elsewhere(team_problem *b, size_t person, const rows *r, size_t i)
{
    int64_t day = (int64_t)(day_at(r, i, "starts_on") - b->first_day) * 1440;
    for (size_t n = 0; n < b->problem.need_count; n++)
        if (team_day_minute(b, n, false) < day + rows_int(r, i, "end_minute") &&
            day + rows_int(r, i, "start_minute") < team_day_minute(b, n, true))
            b->blocked[person][n] |= ROSTER_BLOCK_TEAM;
}

static err *apply_other_duties(team_problem *b)
{
    rows r = { 0 };
    TRY(team_view(b, "roster_duty", NAMED({ "from_on", V_TEXT(civil_day_text(b->a, b->first_day - 7)) },
                                          { "to_on", V_TEXT(civil_day_text(b->a, b->last_day)) }), &r));
    roster_past **past = arena_many(b->a, roster_past *, b->problem.person_count + 1);
    for (size_t i = 0; i < r.count; i++) {
        int64_t person = 0;
        if (!map_get(b->person_index, team_id_text(b, rows_int(&r, i, "person_id")), &person))
            continue;
        if (!past[person])
            past[person] = arena_many(b->a, roster_past, r.count);
        if (day_at(&r, i, "starts_on") < b->first_day)
            add_past(b, past[person], (size_t)person, &r, i);
        else if (rows_int(&r, i, "team_id") != b->team_id)
            block_elsewhere(b, (size_t)person, &r, i);
    }
    return NULL;
}

/* Publishing never touches what has begun: nobody is put there any more. */
static void close_begun(team_problem *b)
{
    for (size_t n = 0; n < b->problem.need_count; n++) {
        for (size_t i = 0; i < b->problem.person_count && rows_int(&b->needs, n, "starts_at") <= b->now; i++) {
            bool there = false;
            for (size_t k = 0; k < b->problem.published_count; k++)
                there = there || (b->problem.published[k].person == (int)i && b->problem.published[k].need == (int)n);
            if (!there)
                b->blocked[i][n] |= ROSTER_BLOCK_CLOSED;
        }
    }
}

err *team_problem_build(team_problem *b)
{
    TRY(load(b));
    b->problem.day_count = b->last_day - b->first_day + 1;
    b->problem.weekday_first = civil_weekday(b->first_day);
    b->problem.fair = true;
    build_kinds(b);
    build_needs(b);
    build_people(b);
    team_members_apply(b);
    apply_availability(b);
    TRY(team_rules_apply(b));
    build_published(b);
    if (!b->now)
        return NULL;
    close_begun(b);
    TRY(apply_other_duties(b));
    return build_locks(b);
}

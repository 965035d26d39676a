#include "base/json.h"
#include "base/text.h"
#include "cli/demo.h"

/* Friday evening: teams where people live, their leaders, posts and shifts, and who stands where until next Friday. */
enum { NIGHT_PEOPLE = 8, LENT = 3, SEATS = 2, LARGE_SEATS = 6, SUBSTITUTES = 4 };

static value say(demo *d, const char *key)
{
    return V_TEXT(words_get(d->a, d->lang, key, NULL));
}

static void put_int(json *j, const char *key, int64_t n)
{
    json_key(j, key);
    json_int(j, n);
}

static void put_id(demo *d, json *j, const char *key, int64_t n)
{
    json_key(j, key);
    json_str(j, text_format(d->a, "%lld", (long long)n));
}

static void put_text(json *j, const char *key, str s)
{
    json_key(j, key);
    json_str(j, s);
}

/* -- teams ---------------------------------------------------------------------------------------------------- */
static err *confirm(demo *d, demo_team *t)
{
    const int64_t leader = t->leader->id;
    size_t second = t->members.at[0], third = t->members.at[1];
    TRY(demo_run(d, "team.confirm", NAMED({ "team", V_INT(t->id) }, { "leader", V_INT(leader) },
                                          { "deputy", V_INT(d->people[second].id) },
                                          { "liaison", V_INT(d->people[third].id) }), NULL));
    return demo_run(d, "role_grant.add", NAMED({ "person", V_INT(leader) }, { "role", DEMO_T("leader") },
                                               { "scope", DEMO_T("team") }, { "team", V_INT(t->id) }), NULL);
}

err *demo_teams(demo *d)
{
    rows r = { 0 };
    d->now = demo_at(d, 0, 20, 30);
    TRY(demo_run(d, "team.form", NAMED({ "operation", V_INT(d->operation) }), NULL));
    TRY(demo_view(d, "team", NULL, &r));
    for (size_t i = 0; i < r.count; i++)
        for (size_t k = 0; k < DEMO_TEAMS; k++)
            if (str_equal(d->teams[k].code, rows_text(&r, i, "community_code")))
                d->teams[k].id = rows_int(&r, i, "id");
    for (size_t i = 0; i < DEMO_PEOPLE; i++)
        if (d->people[i].can)
            *list_add(d->a, &d->teams[d->people[i].community].members) = i;
    for (size_t k = 0; k < DEMO_TEAMS; k++)
        TRY(confirm(d, &d->teams[k]));
    return NULL;
}

/* -- posts, shifts, needs ----------------------------------------------------------------------------------- */
static void put_post(demo *d, json *j, const demo_team *t, const char *name, const char *kind, bool outdoor)
{
    json_open(j, '{');
    put_id(d, j, "team", t->id);
    put_text(j, "name", say(d, name).s);
    put_text(j, "kind", str_of(kind));
    json_key(j, "outdoor");
    json_bool(j, outdoor);
    json_close(j, '}');
}

static err *add_posts(demo *d)
{
    int64_t ids[DEMO_TEAMS + 1];
    text t = text_begin(d->a);
    json j = json_begin(&t);
    json_open(&j, '[');
    for (size_t k = 0; k < DEMO_TEAMS; k++)
        put_post(d, &j, &d->teams[k], "demo.gate", "gate", true);
    put_post(d, &j, &d->teams[0], "demo.desk", "desk", false);
    json_close(&j, ']');
    TRY(demo_rows(d, "post.import", text_done(&t), ids));
    for (size_t k = 0; k < DEMO_TEAMS; k++)
        d->teams[k].post = ids[k];
    d->teams[0].desk = ids[DEMO_TEAMS];
    return NULL;
}

typedef struct kind {
    const char *word, *kind;
    int from, to; /* minutes of the day */
} kind;
static const kind kinds[] = {
    { "demo.morning", "day", 480, 720 }, { "demo.afternoon", "day", 780, 1020 }, { "demo.night", "night", 1320, 1800 },
};

static err *add_shifts(demo *d)
{
    int64_t ids[COUNT(kinds)];
    text t = text_begin(d->a);
    json j = json_begin(&t);
    json_open(&j, '[');
    for (size_t i = 0; i < COUNT(kinds); i++) {
        json_open(&j, '{');
        put_id(d, &j, "operation", d->operation);
        put_text(&j, "name", say(d, kinds[i].word).s);
        put_text(&j, "kind", str_of(kinds[i].kind));
        put_int(&j, "start_minute", kinds[i].from);
        put_int(&j, "end_minute", kinds[i].to);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    TRY(demo_rows(d, "shift.import", text_done(&t), ids));
    d->morning = ids[0];
    d->afternoon = ids[1];
    d->night = ids[2];
    return NULL;
}

static void put_need(demo *d, json *j, const demo_team *t, int day, size_t shift, int seats)
{
    const int64_t shifts[] = { d->morning, d->afternoon, d->night };
    json_open(j, '{');
    put_id(d, j, "team", t->id);
    put_id(d, j, "post", shift == 2 ? t->desk : t->post);
    put_id(d, j, "shift", shifts[shift]);
    put_text(j, "starts_on", demo_day(d, day));
    put_int(j, "starts_at", demo_at(d, day, 0, kinds[shift].from));
    put_int(j, "ends_at", demo_at(d, day, 0, kinds[shift].to));
    put_int(j, "min", seats);
    put_int(j, "target", seats);
    put_int(j, "limit", seats + LENT);
    json_close(j, '}');
}

/* -- who stands where ---------------------------------------------------------------------------------------- */
static err *add_needs(demo *d, const demo_team *t)
{
    text rows = text_begin(d->a);
    json j = json_begin(&rows);
    json_open(&j, '[');
    for (int day = 1; day <= DEMO_DAYS; day++)
        for (size_t shift = 0; shift < 2; shift++)
            put_need(d, &j, t, day, shift, t->desk ? LARGE_SEATS : SEATS);
    json_close(&j, ']');
    return demo_rows(d, "need.import", text_done(&rows), NULL);
}

/* The first of the large team keep the watch room by night and sleep by day, so that no roster takes them. */
static err *spare_night_people(demo *d)
{
    text rows = text_begin(d->a);
    json j = json_begin(&rows);
    json_open(&j, '[');
    for (size_t i = 0; i < NIGHT_PEOPLE; i++) {
        for (int day = 1; day <= DEMO_DAYS; day++) {
            json_open(&j, '{');
            put_id(d, &j, "person", d->people[d->teams[0].members.at[i]].id);
            put_int(&j, "starts_at", demo_at(d, day, 7, 0));
            put_int(&j, "ends_at", demo_at(d, day, 18, 0));
            put_text(&j, "level", STR("cannot"));
            json_close(&j, '}');
        }
    }
    json_close(&j, ']');
    return demo_rows(d, "availability.import", text_done(&rows), NULL);
}

/* Nights are signed up for: one of them takes all seven, as he wished, the others one each. */
static err *add_nights(demo *d)
{
    int64_t ids[DEMO_DAYS];
    const demo_team *t = &d->teams[0];
    text rows = text_begin(d->a);
    json j = json_begin(&rows);
    json_open(&j, '[');
    for (int day = 0; day < DEMO_DAYS; day++)
        put_need(d, &j, t, day, 2, SEATS);
    json_close(&j, ']');
    TRY(demo_rows(d, "need.import", text_done(&rows), ids));
    for (size_t i = 0; i < DEMO_DAYS; i++)
        for (size_t seat = 0; seat < SEATS; seat++)
            TRY(demo_run(d, "duty.add", NAMED({ "need", V_INT(ids[i]) },
                                              { "person", V_INT(d->people[t->members.at[seat ? 1 + i : 0]].id) }), NULL));
    return NULL;
}

/* -- somebody cannot after all -------------------------------------------------------------------------------- */
static err *substitute(demo *d, const demo_team *t)
{
    rows duties = { 0 }, r = { 0 };
    const value day = V_TEXT(demo_day(d, 1));
    TRY(demo_view(d, "roster_duty", NAMED({ "team", V_INT(t->id) }, { "from_on", day }, { "to_on", day }), &duties));
    const int64_t duty = rows_int(&duties, duties.count - 1, "id");
    TRY(demo_view(d, "substitute_candidate", NAMED({ "duty", V_INT(duty) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        int64_t swap;
        if (!str_is(rows_text(&r, i, "reason"), "free"))
            continue;
        TRY(demo_run_id(d, "swap.ask", NAMED({ "duty", V_INT(duty) }, { "to_person", V_INT(rows_int(&r, i, "person_id")) }), &swap));
        return demo_run(d, "swap.accept", NAMED({ "swap", V_INT(swap) }), NULL);
    }
    return NULL;
}

/* What a few told in confidence, and what of it the roster may know. */
static err *care(demo *d)
{
    const int64_t person = d->people[d->teams[1].members.at[2]].id, other = d->people[d->teams[1].members.at[3]].id;
    TRY(demo_run(d, "care.write", NAMED({ "person", V_INT(person) }, { "text", say(d, "demo.care") }), NULL));
    TRY(demo_run(d, "care_rule.set", NAMED({ "person", V_INT(person) }, { "rule", DEMO_T("no_night") }, { "value", V_INT(1) }), NULL));
    return demo_run(d, "person_pair.set", NAMED({ "operation", V_INT(d->operation) }, { "a", V_INT(person) }, { "b", V_INT(other) },
                                                { "kind", DEMO_T("not_both") }), NULL);
}

err *demo_plan(demo *d)
{
    d->now = demo_at(d, 0, 21, 0);
    TRY(care(d));
    TRY(add_posts(d));
    TRY(add_shifts(d));
    for (size_t k = 0; k < DEMO_TEAMS; k++)
        TRY(add_needs(d, &d->teams[k]));
    TRY(spare_night_people(d));
    TRY(demo_rosters(d));
    TRY(add_nights(d));
    TRY(demo_papers(d));
    d->now = demo_at(d, 0, 21, 40);
    for (size_t k = 1; k <= SUBSTITUTES; k++)
        TRY(substitute(d, &d->teams[k]));
    return NULL;
}

#include "base/json.h"
#include "base/text.h"
#include "cli/demo.h"

#include <string.h>

/* Friday evening: teams where people live, their leaders, posts and shifts, and who stands where until next Friday. */
enum { SPARE = 3, SEATS = 2, LARGE_SEATS = 6, SMALL_SEATS = 8, SUBSTITUTES = 4 };

/* -- teams ---------------------------------------------------------------------------------------------------- */
/* The court is asked for as many leaders as it has spread; elsewhere somebody of another agency leads. */
static const demo_person *choose_leader(const demo *d, const demo_team *t)
{
    const bool court = (size_t)(t - d->teams) < DEMO_COURT_LEADERS;
    for (size_t i = 0; i < t->members.count; i++) {
        const demo_person *p = &d->people[t->members.at[i]];
        if (p->must && (p->agency == 0) == court)
            return p;
    }
    return NULL;
}

/* The secretary names who leads; the commander gives the right. */
static err *confirm(demo *d, demo_team *t)
{
    demo_as(d, t->secretary);
    t->leader = choose_leader(d, t);
    if (!t->leader || t->members.count < 3)
        return demo_missing(d, "team.confirm");
    size_t deputy = 0;
    while (&d->people[t->members.at[deputy]] == t->leader)
        deputy++;
    size_t liaison = deputy + 1;
    while (&d->people[t->members.at[liaison]] == t->leader)
        liaison++;
    demo_later(d, d->now, t->secretary, "team.confirm",
               NAMED({ "team", V_INT(t->id) }, { "leader", V_INT(t->leader->id) }, { "deputy", V_INT(d->people[t->members.at[deputy]].id) },
                     { "liaison", V_INT(d->people[t->members.at[liaison]].id) }));
    demo_later(d, d->now, d->drafter, "role_grant.add",
               NAMED({ "person", V_INT(t->leader->id) }, { "role", DEMO_T("leader") }, { "scope", DEMO_T("team") },
                     { "team", V_INT(t->id) }));
    return NULL;
}

/* Who the placing put there, and can come. */
static err *read_members(demo *d, demo_team *t)
{
    rows r = { 0 };
    TRY(demo_view(d, "team_member", NAMED({ "team", V_INT(t->id) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        const demo_person *p = demo_person_of(d, rows_int(&r, i, "person_id"));
        if (p && p->can)
            *list_add(d->a, &t->members) = (size_t)(p - d->people);
    }
    return NULL;
}

err *demo_teams(demo *d)
{
    rows r = { 0 };
    d->now = demo_at(d, 0, 20, 30);
    demo_as(d, d->drafter);
    TRY(demo_run(d, "team.form", NAMED({ "operation", V_INT(d->operation) }), NULL));
    TRY(demo_view(d, "team", NULL, &r));
    for (size_t i = 0; i < r.count; i++)
        for (size_t k = 0; k < DEMO_TEAMS; k++)
            if (str_equal(d->teams[k].code, rows_text(&r, i, "community_code")))
                d->teams[k].id = rows_int(&r, i, "id");
    for (size_t k = 0; k < DEMO_TEAMS; k++) {
        TRY(read_members(d, &d->teams[k]));
        TRY(confirm(d, &d->teams[k]));
    }
    return demo_play(d);
}

/* -- posts, shifts, needs ----------------------------------------------------------------------------------- */
static void put_post(demo *d, json *j, const demo_team *t, const char *name, const char *kind, const char *skill)
{
    json_open(j, '{');
    demo_put_id(d, j, "team", t->id);
    demo_put(j, "name", demo_say(d, name).s);
    demo_put(j, "kind", str_of(kind));
    json_key(j, "outdoor");
    json_bool(j, strcmp(kind, "gate") == 0);
    if (skill) {
        json_key(j, "skills");
        json_open(j, '[');
        json_str(j, str_of(skill));
        json_close(j, ']');
    }
    json_close(j, '}');
}

/* The secretary knows the gates; one community has a watch room for the nights, one takes temperatures indoors. */
static err *add_posts(demo *d, demo_team *team)
{
    int64_t ids[2] = { 0 };
    text t = text_begin(d->a);
    json j = json_begin(&t);
    json_open(&j, '[');
    put_post(d, &j, team, "demo.gate", "gate", NULL);
    if (team == d->teams)
        put_post(d, &j, team, "demo.desk", "desk", NULL);
    else if (team == d->teams + d->medic->home)
        put_post(d, &j, team, "demo.clinic", "desk", DEMO_MEDIC);
    json_close(&j, ']');
    demo_as(d, team->secretary);
    TRY(demo_rows(d, "post.import", text_done(&t), ids));
    team->post = ids[0];
    team->desk = ids[1];
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
        demo_put_id(d, &j, "operation", d->operation);
        demo_put(&j, "name", demo_say(d, kinds[i].word).s);
        demo_put(&j, "kind", str_of(kinds[i].kind));
        demo_put_int(&j, "start_minute", kinds[i].from);
        demo_put_int(&j, "end_minute", kinds[i].to);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    TRY(demo_rows(d, "shift.import", text_done(&t), ids));
    d->morning = ids[0];
    d->afternoon = ids[1];
    d->night = ids[2];
    return NULL;
}

static void put_need(demo *d, json *j, const demo_team *t, int64_t post, int day, size_t shift, int seats)
{
    const int64_t shifts[] = { d->morning, d->afternoon, d->night };
    json_open(j, '{');
    demo_put_id(d, j, "team", t->id);
    demo_put_id(d, j, "post", post);
    demo_put_id(d, j, "shift", shifts[shift]);
    demo_put(j, "starts_on", demo_day(d, day));
    demo_put_int(j, "starts_at", demo_at(d, day, 0, kinds[shift].from));
    demo_put_int(j, "ends_at", demo_at(d, day, 0, kinds[shift].to));
    demo_put_int(j, "min", seats);
    demo_put_int(j, "target", seats);
    demo_put_int(j, "limit", seats + SPARE);
    json_close(j, '}');
}

/* -- who stands where ---------------------------------------------------------------------------------------- */
static err *add_needs(demo *d, const demo_team *t)
{
    const int seats = t == d->teams ? LARGE_SEATS : t == d->teams + DEMO_SMALL ? SMALL_SEATS : SEATS;
    text rows = text_begin(d->a);
    json j = json_begin(&rows);
    demo_as(d, t->leader->id);
    json_open(&j, '[');
    for (int day = 1; day <= DEMO_DAYS; day++)
        for (size_t shift = 0; shift < 2; shift++) {
            put_need(d, &j, t, t->post, day, shift, seats);
            if (t == d->teams + d->medic->home)
                put_need(d, &j, t, t->desk, day, shift, SEATS);
        }
    json_close(&j, ']');
    return demo_rows(d, "need.import", text_done(&rows), NULL);
}

/* The one for the week and, of the others, a different one each night. */
static const demo_person *of_night(const demo *d, size_t night, size_t seat)
{
    const demo_team *t = &d->teams[d->owl->home];
    size_t skipped = 0;
    for (size_t i = 0; seat && i < t->members.count; i++) {
        const demo_person *p = &d->people[t->members.at[i]];
        if (p != d->owl && p != t->leader && skipped++ == night)
            return p;
    }
    return d->owl;
}

/* Nights are signed up for, before the roster is made. */
static err *add_nights(demo *d)
{
    int64_t ids[DEMO_DAYS];
    const demo_team *t = &d->teams[0];
    text rows = text_begin(d->a);
    json j = json_begin(&rows);
    json_open(&j, '[');
    for (int day = 0; day < DEMO_DAYS; day++)
        put_need(d, &j, t, t->desk, day, 2, SEATS);
    json_close(&j, ']');
    demo_as(d, t->leader->id);
    TRY(demo_rows(d, "need.import", text_done(&rows), ids));
    for (size_t night = 0; night < DEMO_DAYS; night++)
        for (size_t seat = 0; seat < SEATS; seat++) {
            const demo_person *p = of_night(d, night, seat);
            demo_as(d, p->id);
            TRY(demo_run(d, "duty.add", NAMED({ "need", V_INT(ids[night]) }, { "person", V_INT(p->id) }), NULL));
        }
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
        demo_as(d, rows_int(&duties, duties.count - 1, "person_id"));
        TRY(demo_run_id(d, "swap.ask", NAMED({ "duty", V_INT(duty) }, { "to_person", V_INT(rows_int(&r, i, "person_id")) }), &swap));
        demo_as(d, rows_int(&r, i, "person_id"));
        return demo_run(d, "swap.accept", NAMED({ "swap", V_INT(swap) }), NULL);
    }
    return NULL;
}

err *demo_plan(demo *d)
{
    d->now = demo_at(d, 0, 21, 0);
    demo_as(d, d->drafter);
    TRY(add_shifts(d));
    for (size_t k = 0; k < DEMO_TEAMS; k++) {
        TRY(add_posts(d, &d->teams[k]));
        TRY(add_needs(d, &d->teams[k]));
    }
    TRY(demo_scenes(d));
    TRY(add_nights(d));
    TRY(demo_rosters(d));
    TRY(demo_papers(d));
    d->now = demo_at(d, 0, 21, 40);
    for (size_t k = 2; k < 2 + SUBSTITUTES; k++)
        TRY(substitute(d, &d->teams[k]));
    return NULL;
}

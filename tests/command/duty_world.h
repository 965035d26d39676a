/*
 * duty_world: two teams, posts and shifts of one weekend, for the tests of duty, attendance and swap.
 * Hours are counted from the local midnight of 2020-02-08 (Asia/Shanghai); what happens, happens at an hour.
 */
#ifndef MUSTER_TESTS_COMMAND_DUTY_WORLD_H
#define MUSTER_TESTS_COMMAND_DUTY_WORLD_H
#include "database.h"

#include "base/civil.h"
#include "base/text.h"
#include "command/command.h"
#include "view/view.h"

#define T(z) V_TEXT(str_of(z))
#define MIDNIGHT 1581091200000LL /* 2020-02-08 00:00 in Shanghai */
#define HOURS(h) (MIDNIGHT + (int64_t)((double)(h) * 3600000))
enum { EAST = 0, WEST = 1, PEOPLE = 8, STRANGER = 7 }; /* 0..4 of the east, 5 and 6 of the west, 7 of no team */
enum { DAY = 0, NOON = 1, NIGHT = 2 };
static const int shift_hours[3][2] = { { 8, 12 }, { 12, 16 }, { 20, 26 } };

typedef struct world {
    app *p;
    int64_t operation, team[2], gate, yard, bridge, shift[3], person[PEOPLE];
} world;

static inline err *run_at(const world *w, double hours, const char *command, int64_t actor, const named *args, str *result)
{
    call c = { .command = command, .args = args, .actor_id = actor, .now = HOURS(hours), .lang = WORDS_EN,
               .source = STR("test") };
    str ignored;
    return app_command(w->p, check_arena(), &c, result ? result : &ignored);
}

static inline int64_t field(str json, const char *name, size_t index)
{
    int64_t n = 0;
    json_t *j = json_loadb(json.at, json.len, 0, NULL), *v = json_object_get(j, name);
    if (json_is_array(v))
        v = json_array_get(v, index);
    if (json_is_integer(v))
        n = json_integer_value(v);
    else
        assert_true(json_is_string(v) && str_int(str_of(json_string_value(v)), 1, INT64_MAX, &n));
    json_decref(j);
    return n;
}

/* Runs what must go well, by the local operator; the number called `what` of its result. */
static inline int64_t must(const world *w, double hours, const char *command, const char *what, const named *args)
{
    str result = { 0 };
    check_ok(run_at(w, hours, command, 0, args, &result));
    return what ? field(result, what, 0) : 0;
}

#define ROWS(...) NAMED({ "rows", V_TEXT(text_format(check_arena(), __VA_ARGS__)) })
#define LL(x) ((long long)(x))

static inline rows list(const world *w, const char *name, const named *args, int64_t actor)
{
    rows r = { 0 };
    const view *v = view_find(str_of(name));
    assert_non_null(v);
    check_ok(view_run(app_store(w->p), check_arena(), v, database_args_at(args, (int64_t)DATABASE_NOW * 1000 + 30 * 86400000LL), actor, 0, &r));
    return r;
}

static inline int64_t post_of(const world *w, const char *name, int team, const char *more)
{
    return must(w, -30, "post.import", "ids",
                ROWS("[{\"team\":%lld,\"name\":\"%s\",\"kind\":\"gate\"%s}]", LL(w->team[team]), name, more));
}

static inline world world_open(const char *url, app *p)
{
    static const char divisions[] =
        "[{\"code\":\"320303\",\"name\":\"D\",\"level\":\"district\"},"
        "{\"code\":\"320303001001\",\"name\":\"East\",\"level\":\"community\",\"parent_code\":\"320303\"},"
        "{\"code\":\"320303001002\",\"name\":\"West\",\"level\":\"community\",\"parent_code\":\"320303\"}]";
    static const char *const kinds[] = { "day", "day", "night" };
    world w = { .p = p ? p : database_app(url) };
    w.operation = must(&w, -30, "operation.open", "id", NAMED({ "title", T("Weekend") }, { "zone", T("Asia/Shanghai") }));
    must(&w, -30, "division.import", NULL, NAMED({ "rows", T(divisions) }));
    for (int i = 0; i < PEOPLE; i++) {
        w.person[i] = must(&w, -30, "person.import", "ids", ROWS("[{\"name\":\"P%d\",\"phone\":\"1380000000%d\"}]", i, i));
        if (i != STRANGER)
            must(&w, -30, "placement.record", NULL,
                 ROWS("[{\"person\":%lld,\"community_code\":\"32030300100%d\",\"state\":\"placed\"}]", LL(w.person[i]), i < 5 ? 1 : 2));
    }
    must(&w, -30, "team.form", NULL, NAMED({ "operation", V_INT(w.operation) }));
    rows teams = list(&w, "team", NULL, 0);
    assert_int_equal(teams.count, 2);
    for (size_t i = 0; i < 2; i++)
        w.team[i] = rows_int(&teams, i, "id");
    w.gate = post_of(&w, "Gate", EAST, ",\"outdoor\":true");
    w.yard = post_of(&w, "Yard", EAST, "");
    w.bridge = post_of(&w, "Bridge", WEST, "");
    for (int i = 0; i < 3; i++)
        w.shift[i] = must(&w, -30, "shift.import", "ids",
                          ROWS("[{\"operation\":%lld,\"name\":\"S%d\",\"kind\":\"%s\",\"start_minute\":%d,\"end_minute\":%d}]",
                               LL(w.operation), i, kinds[i], shift_hours[i][0] * 60, shift_hours[i][1] * 60));
    return w;
}

/* A need of a post and shift, day 0 being the 8th, with so many seats. */
static inline int64_t need_of(const world *w, int team, int64_t post, int shift, int day, int seats)
{
    return must(w, -30, "need.import", "ids",
                ROWS("[{\"team\":%lld,\"post\":%lld,\"shift\":%lld,\"starts_on\":\"%s\",\"starts_at\":%lld,\"ends_at\":%lld,"
                     "\"min\":1,\"target\":%d,\"limit\":%d}]",
                     LL(w->team[team]), LL(post), LL(w->shift[shift]),
                     civil_day_text(check_arena(), civil_day_of(2020, 2, 8) + day).at, LL(HOURS(day * 24 + shift_hours[shift][0])),
                     LL(HOURS(day * 24 + shift_hours[shift][1])), seats, seats));
}

static inline void grant(const world *w, int64_t person, const char *role, int team)
{
    must(w, -30, "role_grant.add", NULL,
         NAMED({ "person", V_INT(person) }, { "role", T(role) }, { "scope", T("team") }, { "team", V_INT(w->team[team]) }));
}

/* Publishes a roster of the east for 7 to 16 February: pairs of need and person. */
static inline int64_t publish(const world *w, double hours, size_t count, const int64_t (*pairs)[2])
{
    text t = text_begin(check_arena());
    for (size_t i = 0; i < count; i++)
        text_printf(&t, "%s{\"need\":%lld,\"person\":%lld}", i ? "," : "[", LL(pairs[i][0]), LL(pairs[i][1]));
    text_put_z(&t, count ? "]" : "[]");
    int64_t id = must(w, hours, "roster.draft", "id",
                      NAMED({ "team", V_INT(w->team[EAST]) }, { "from_on", T("2020-02-07") }, { "to_on", T("2020-02-16") },
                            { "lines", V_TEXT(text_done(&t)) }));
    must(w, hours, "roster.publish", "id", NAMED({ "roster", V_INT(id) }));
    return id;
}

/* The live duty of a person at a need. */
static inline int64_t duty_of(const world *w, int64_t need, int64_t person)
{
    rows r = list(w, "roster_duty", NULL, 0);
    for (size_t i = 0; i < r.count; i++)
        if (rows_int(&r, i, "need_id") == need && rows_int(&r, i, "person_id") == person)
            return rows_int(&r, i, "id");
    fail_msg("no such duty");
    return 0;
}

static inline rows attendance_row(const world *w, int64_t person)
{
    rows r = list(w, "attendance_valid", NAMED({ "person", V_INT(person) }), 0);
    assert_true(r.count > 0);
    return r;
}
#endif

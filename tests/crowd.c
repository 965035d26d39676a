#include "crowd.h"

#include "base/limits.h"
#include "base/map.h"
#include "base/text.h"
#include "command/key.h"
#include "view/view.h"

#include <jansson.h>
#include <sodium.h>

enum { PIECE_BYTES = 64 << 20, OPEN_PIECE = 100 };
#define MORNING 1581120000000LL
#define DAY "2020-02-08"

/* -- commands -------------------------------------------------------------------------------------------- */
static err *run(app *p, arena *a, const char *command, const named *args, str *result)
{
    const call c = { .command = command, .args = args, .now = CROWD_NOW - 3600000, .lang = WORDS_EN, .source = STR("test") };
    return app_command(p, a, &c, result);
}

static int64_t number(const json_t *v)
{
    int64_t n = 0;
    if (json_is_string(v))
        str_int(str_of(json_string_value(v)), 0, INT64_MAX, &n);
    return n;
}

static err *run_id(app *p, arena *a, const char *command, const named *args, int64_t *id)
{
    str result = { 0 };
    TRY(run(p, a, command, args, &result));
    json_t *j = json_loadb(result.at, result.len, 0, NULL), *ids = json_object_get(j, "ids");
    *id = number(ids ? json_array_get(ids, 0) : json_object_get(j, "id"));
    json_decref(j);
    return NULL;
}

typedef struct piece {
    app *p;
    const crowd *c;
    size_t communities;
    int64_t *ids;
    arena *keep; /* of what outlives a piece */
} piece;

/* Rows of one bulk command, PIECE_ROWS_MAX at a time, each in memory of its own. */
static err *in_pieces(const piece *x, const char *command, size_t count, void (*row)(text *t, const piece *x, size_t i))
{
    err *e = NULL;
    for (size_t from = 0; from < count && !e; from += PIECE_ROWS_MAX) {
        arena *a = arena_open(NULL, PIECE_BYTES);
        text t = text_begin(a);
        size_t to = from + PIECE_ROWS_MAX < count ? from + PIECE_ROWS_MAX : count;
        for (size_t i = from; i < to; i++) {
            text_put_z(&t, i == from ? "[" : ",");
            row(&t, x, i);
        }
        text_put_z(&t, "]");
        str result = { 0 };
        e = run(x->p, a, command, NAMED({ "rows", V_TEXT(text_done(&t)) }), &result);
        if (!e && x->ids) {
            json_t *j = json_loadb(result.at, result.len, 0, NULL), *ids = json_object_get(j, "ids");
            for (size_t i = from; i < to; i++)
                x->ids[i] = number(json_array_get(ids, i - from));
            json_decref(j);
        }
        if (e)
            e = err_copy(x->keep, e);
        arena_close(a);
    }
    return e;
}

/* -- the rows -------------------------------------------------------------------------------------------- */
static void person_row(text *t, const piece *x, size_t i)
{
    (void)x;
    text_printf(t, "{\"name\":\"P%zu\",\"phone\":\"139%08zu\"}", i, i);
}

static void place_row(text *t, const piece *x, size_t i)
{
    text_printf(t, "{\"person\":%lld,\"community_code\":\"320303001%03zu\",\"state\":\"placed\"}", (long long)x->c->person[i],
                i % x->communities + 1);
}

static void division_row(text *t, const piece *x, size_t i)
{
    (void)x;
    if (i == 0)
        text_put_z(t, "{\"code\":\"320303\",\"name\":\"D\",\"level\":\"district\"}");
    else
        text_printf(t, "{\"code\":\"320303001%03zu\",\"name\":\"C%zu\",\"level\":\"community\",\"parent_code\":\"320303\"}", i, i);
}

static size_t in_team(const crowd *c, size_t team)
{
    return (c->people - team + c->teams - 1) / c->teams;
}

/* Posts of a team with a need each, then a roster with everybody on it. */
static err *staff(app *p, const crowd *c, arena *a, size_t team)
{
    text lines = text_begin(a);
    const size_t count = in_team(c, team);
    int64_t post = 0, need = 0, roster = 0;
    for (size_t i = 0; i < count; i++) {
        if (i % CROWD_SEATS == 0) {
            str rows = text_format(a, "[{\"team\":%lld,\"name\":\"Gate %zu\",\"kind\":\"gate\"}]", (long long)c->team[team], i / CROWD_SEATS + 1);
            TRY(run_id(p, a, "post.import", NAMED({ "rows", V_TEXT(rows) }), &post));
            rows = text_format(a, "[{\"team\":%lld,\"post\":%lld,\"shift\":%lld,\"starts_on\":\"" DAY "\",\"starts_at\":%lld,"
                                  "\"ends_at\":%lld,\"min\":1,\"target\":%d,\"limit\":%d}]",
                               (long long)c->team[team], (long long)post, (long long)c->shift, MORNING, MORNING + 4 * 3600000LL,
                               CROWD_SEATS, CROWD_SEATS);
            TRY(run_id(p, a, "need.import", NAMED({ "rows", V_TEXT(rows) }), &need));
            if (i == 0)
                c->need[team] = need;
        }
        text_printf(&lines, "%s{\"need\":%lld,\"person\":%lld}", i ? "," : "[", (long long)need,
                    (long long)c->person[team + i * c->teams]);
    }
    text_put_z(&lines, "]");
    TRY(run_id(p, a, "roster.draft", NAMED({ "team", V_INT(c->team[team]) }, { "from_on", V_TEXT(STR(DAY)) },
                                           { "to_on", V_TEXT(STR(DAY)) }, { "lines", V_TEXT(text_done(&lines)) }), &roster));
    str result = { 0 };
    return run(p, a, "roster.publish", NAMED({ "roster", V_INT(roster) }), &result);
}

static err *read_duties(app *p, arena *a, crowd *c)
{
    rows r = { 0 };
    map *index = map_new(a);
    for (size_t i = 0; i < c->people; i++)
        map_put(index, text_format(a, "%lld", (long long)c->person[i]), (int64_t)i);
    TRY(view_run(app_store(p), a, view_find(STR("roster_duty")), NULL, 0, 0, &r));
    for (size_t i = 0; i < r.count; i++) {
        int64_t at;
        if (map_get(index, text_format(a, "%lld", (long long)rows_int(&r, i, "person_id")), &at))
            c->duty[at] = rows_int(&r, i, "id");
    }
    return NULL;
}

/* -- the city -------------------------------------------------------------------------------------------- */
static err *found(app *p, arena *a, crowd *c)
{
    piece x = { .p = p, .c = c, .communities = c->teams, .keep = a };
    TRY(run_id(p, a, "operation.open", NAMED({ "title", V_TEXT(STR("Flood")) }, { "zone", V_TEXT(STR("Asia/Shanghai")) }), &c->operation));
    TRY(in_pieces(&x, "division.import", c->teams + 1, division_row));
    x.ids = c->person;
    TRY(in_pieces(&x, "person.import", c->people, person_row));
    x.ids = NULL;
    TRY(in_pieces(&x, "placement.record", c->people, place_row));
    str result = { 0 };
    TRY(run(p, a, "team.form", NAMED({ "operation", V_INT(c->operation) }), &result));
    return run_id(p, a, "shift.import",
                  NAMED({ "rows", V_TEXT(text_format(a, "[{\"operation\":%lld,\"name\":\"早\",\"kind\":\"day\",\"start_minute\":480,"
                                                        "\"end_minute\":720}]", (long long)c->operation)) }), &c->shift);
}

err *crowd_build(app *p, arena *a, size_t people, size_t communities, crowd *out)
{
    crowd *c = out;
    *c = (crowd){ .people = people, .teams = communities, .person = arena_many(a, int64_t, people),
                  .duty = arena_many(a, int64_t, people), .team = arena_many(a, int64_t, communities),
                  .need = arena_many(a, int64_t, communities), .session = arena_many(a, str, people), .form = arena_many(a, str, people) };
    TRY(found(p, a, c));
    rows teams = { 0 };
    TRY(view_run(app_store(p), a, view_find(STR("team")), NULL, 0, 0, &teams));
    for (size_t i = 0; i < communities; i++) {
        int64_t at = 0;
        str code = rows_text(&teams, i, "community_code");
        if (str_int(str_from(code, code.len - 3), 1, (int64_t)communities, &at))
            c->team[at - 1] = rows_int(&teams, i, "id");
    }
    err *e = NULL;
    for (size_t i = 0; i < communities && !e; i++) {
        arena *own = arena_open(NULL, 4 * (size_t)PIECE_BYTES);
        e = staff(p, c, own, i);
        if (e)
            e = err_copy(a, e);
        arena_close(own);
    }
    arena *own = arena_open(NULL, 1 << 30);
    if (!e)
        e = read_duties(p, own, c);
    arena_close(own);
    return e;
}

/* -- sessions -------------------------------------------------------------------------------------------- */
static str shown(arena *a, str result, const char *name)
{
    json_t *j = json_loadb(result.at, result.len, 0, NULL);
    str s = str_copy(a, str_of(json_string_value(json_object_get(j, name))));
    json_decref(j);
    return s;
}

static err *open_piece(app *p, arena *keep, const keys *k, crowd *c, size_t first, size_t count)
{
    arena *a = arena_open(NULL, PIECE_BYTES);
    call calls[OPEN_PIECE];
    str results[OPEN_PIECE] = { { 0 } };
    for (size_t i = 0; i < count; i++)
        calls[i] = (call){ .command = "pass.issue", .now = CROWD_NOW - 3600000, .lang = WORDS_EN, .source = STR("test"),
                           .args = arena_copy(a, NAMED({ "kind", V_TEXT(STR("person")) }, { "person", V_INT(c->person[first + i]) }),
                                              3 * sizeof(named)) };
    err *e = app_commands(p, a, calls, count, results);
    for (size_t i = 0; i < count && !e; i++) {
        char hex[KEY_HASH_BYTES * 2 + 1];
        str hash = key_token_hash(a, k, shown(a, results[i], "token"));
        sodium_bin2hex(hex, sizeof hex, (const unsigned char *)hash.at, hash.len);
        calls[i].command = "pass.open";
        calls[i].args = arena_copy(a, NAMED({ "token_hash", V_TEXT(str_copy(a, str_of(hex))) },
                                            { "person", V_INT(c->person[first + i]) }, { "known", V_INT(1) }), 4 * sizeof(named));
        results[i] = (str){ 0 };
    }
    if (!e)
        e = app_commands(p, a, calls, count, results);
    for (size_t i = 0; i < count && !e; i++) {
        str session = shown(keep, results[i], "session");
        c->session[first + i] = session;
        str hash = key_token_hash(a, k, text_format(a, "form:%.*s", STR_ARG(session)));
        c->form[first + i] = key_token_text(keep, (const unsigned char *)hash.at);
    }
    if (e)
        e = err_copy(keep, e);
    arena_close(a);
    return e;
}

err *crowd_open(app *p, arena *a, crowd *c, size_t first, size_t count)
{
    const keys *k;
    TRY(app_keys(p, a, &k));
    for (size_t i = 0; i < count; i += OPEN_PIECE)
        TRY(open_piece(p, a, k, c, first + i, count - i < OPEN_PIECE ? count - i : OPEN_PIECE));
    return NULL;
}

/* -- requests -------------------------------------------------------------------------------------------- */
/* Each phone has an address of its own, as a proxy in front would say. */
#define FROM "X-Forwarded-For: 10.%zu.%zu.%zu\r\n"
#define FROM_OF(i) (i) >> 16 & 255, (i) >> 8 & 255, (i)&255

str crowd_check_in(arena *a, const crowd *c, size_t i)
{
    str body = text_format(a, "form=%.*s&key=in%zu", STR_ARG(c->form[i]), i);
    return text_format(a, "POST /p/duty/%lld/check-in HTTP/1.1\r\nHost: m\r\nCookie: muster=%.*s\r\nSec-Fetch-Site: same-origin\r\n" FROM
                          "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%.*s",
                       (long long)c->duty[i], STR_ARG(c->session[i]), FROM_OF(i), body.len, STR_ARG(body));
}

str crowd_page(arena *a, const crowd *c, size_t i, const char *path)
{
    return text_format(a, "GET %s HTTP/1.1\r\nHost: m\r\nCookie: muster=%.*s\r\nAccept-Encoding: gzip\r\n" FROM "\r\n", path,
                       STR_ARG(c->session[i]), FROM_OF(i));
}

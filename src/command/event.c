#include "command/event.h"

#include "base/limits.h"
#include "command/command.h"

#include <string.h>

enum { TOPICS_OF_OWN_MAX = 15 };

/* -- places -------------------------------------------------------------------------------------------- */
bool event_place_read(arena *a, str s, event_place *out)
{
    str part, lane;
    *out = (event_place){ .lanes = arena_many(a, event_lane, s.len / 4 + 1) }; /* "0:0," is the shortest */
    while (s.len && str_split(&s, ',', &part)) {
        event_lane *l = &out->lanes[out->count];
        bool reads = str_split(&part, ':', &lane) && str_int(lane, 0, EVENT_LANES_MAX - 1, &l->lane) &&
                     str_int(part, 0, INT64_MAX, &l->seq) && (!out->count || l->lane > l[-1].lane);
        if (!reads || ++out->count > EVENT_LANES_MAX)
            return false;
    }
    return out->count > 0;
}

str event_place_text(arena *a, const event_place *p)
{
    text t = text_begin(a);
    for (size_t i = 0; i < p->count; i++)
        text_printf(&t, "%s%lld:%lld", i ? "," : "", (long long)p->lanes[i].lane, (long long)p->lanes[i].seq);
    return text_done(&t);
}

static int64_t seq_in(const event_place *p, int64_t lane)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->lanes[i].lane == lane)
            return p->lanes[i].seq;
    return 0;
}

static err *heads(store_txn *t, arena *a, event_place *out)
{
    rows r = { 0 };
    TRY(store_query(t, a, "event.heads", NULL, &r));
    *out = (event_place){ arena_many(a, event_lane, r.count + 1), 0 };
    for (size_t i = 0; i < r.count && i < EVENT_LANES_MAX; i++)
        out->lanes[out->count++] = (event_lane){ rows_int(&r, i, "lane"), rows_int(&r, i, "seq") };
    return NULL;
}

err *event_now(app *p, arena *a, event_place *out)
{
    store_txn *t;
    TRY(store_read_begin(app_store(p), a, &t));
    err *e = heads(t, a, out);
    store_read_end(t);
    return e;
}

/* A lane that is not here, or not that far: of another record, or of one that was restored. */
static bool is_of(const event_place *from, const event_place *now)
{
    for (size_t i = 0; i < from->count; i++)
        if (from->lanes[i].seq > seq_in(now, from->lanes[i].lane))
            return false;
    return true;
}

/* -- what a row is about ------------------------------------------------------------------------------- */
typedef struct told {
    event_hint *hint;
} told;
typedef struct reading {
    store_txn *t;
    arena *a;
    event_news *news;
    map *known;   /* what was looked up: "duty:5" */
    map *by_topic; /* index in list */
    LIST(told) list;
} reading;

static bool has_word(str words, str word)
{
    str one;
    while (str_split(&words, ' ', &one))
        if (str_equal(one, word))
            return true;
    return false;
}

static event_hint *hint_of(reading *g, str topic)
{
    int64_t index = 0;
    if (map_get(g->by_topic, topic, &index))
        return g->list.at[index].hint;
    event_hint *h = arena_new(g->a, event_hint);
    *h = (event_hint){ .next = g->news->hints, .topic = topic };
    g->news->hints = h;
    map_put(g->by_topic, topic, (int64_t)g->list.count);
    list_add(g->a, &g->list)->hint = h;
    return h;
}

static void hint(reading *g, str topic, str noun)
{
    event_hint *h = hint_of(g, topic);
    if (!has_word(h->kinds, noun))
        h->kinds = h->kinds.len ? text_format(g->a, "%.*s %.*s", STR_ARG(h->kinds), STR_ARG(noun)) : noun;
}

static err *hint_team(reading *g, int64_t team, str noun)
{
    rows r = { 0 };
    str done = text_format(g->a, "divisions:%lld:%.*s", (long long)team, STR_ARG(noun));
    if (map_get(g->known, done, NULL)) /* a morning's check-ins are of few teams */
        return NULL;
    map_put(g->known, done, 1);
    hint(g, text_format(g->a, "team:%lld", (long long)team), noun);
    TRY(store_query(g->t, g->a, "event.divisions", NAMED({ "team", V_INT(team) }), &r));
    for (size_t i = 0; i < r.count; i++)
        hint(g, text_format(g->a, "division:%.*s", STR_ARG(rows_text(&r, i, "code"))), noun);
    return NULL;
}

static err *hint_at(reading *g, str kind, int64_t id, str noun)
{
    if (str_is(kind, "team"))
        return hint_team(g, id, noun);
    hint(g, text_format(g->a, "%.*s:%lld", STR_ARG(kind), (long long)id), noun);
    return NULL;
}

/* Arguments that name something, and how to find out whose it is; null: it is a topic itself. */
static const struct naming {
    const char *argument, *topic, *statement;
} namings[] = {
    { "team", "team", NULL },          { "operation", "operation", NULL },     { "person", "person", NULL },
    { "to_person", "person", NULL },   { "org", NULL, "event.of_org" },        { "need", NULL, "event.of_need" },
    { "duty", NULL, "event.of_duty" }, { "to_duty", NULL, "event.of_duty" },   { "post", NULL, "event.of_post" },
    { "roster", NULL, "event.of_roster" },         { "structure", NULL, "event.of_structure" },
    { "withdrawal", NULL, "event.of_withdrawal" }, { "attendance", NULL, "event.of_attendance" },
    { "swap", NULL, "event.of_swap" },             { "join_request", NULL, "event.of_join_request" },
    { "notice", NULL, "event.of_notice" },         { "order", NULL, "event.of_order" },
    { "from_team", "team", NULL },                 { "to_team", "team", NULL },
    { "reinforcement", NULL, "event.of_reinforcement" },
};

static err *hint_named(reading *g, const struct naming *x, int64_t id, str noun)
{
    rows r = { 0 };
    str done = text_format(g->a, "%s:%lld:%.*s", x->argument, (long long)id, STR_ARG(noun));
    if (map_get(g->known, done, NULL))
        return NULL;
    map_put(g->known, done, 1);
    if (!x->statement)
        return hint_at(g, str_of(x->topic), id, noun);
    TRY(store_query(g->t, g->a, x->statement, NAMED({ "id", V_INT(id) }), &r));
    for (size_t i = 0; i < r.count; i++)
        TRY(hint_at(g, rows_text(&r, i, "kind"), rows_int(&r, i, "id"), noun));
    return NULL;
}

static const struct naming *naming_of(str argument)
{
    for (size_t i = 0; i < COUNT(namings); i++)
        if (str_is(argument, namings[i].argument))
            return &namings[i];
    return NULL;
}

static void drop(void *j)
{
    json_decref(j);
}

static bool id_of(const json_t *j, int64_t *id)
{
    const char *s = json_string_value(j);
    return s && str_int(str_of(s), 1, INT64_MAX, id);
}

/* Of bulk work the record holds no arguments; what was made is in its result. */
static err *hint_made(reading *g, str noun, str result)
{
    const struct naming *x = naming_of(noun);
    json_t *o = result.len ? json_loadb(result.at, result.len, 0, NULL) : NULL, *ids = json_object_get(o, "ids"), *one;
    size_t i;
    int64_t id;
    if (o)
        arena_defer(g->a, drop, o);
    json_array_foreach(ids, i, one) {
        if (x && id_of(one, &id))
            TRY(hint_named(g, x, id, noun));
    }
    return NULL;
}

/* -- whose right may have ended ------------------------------------------------------------------------- */
/* Of these commands; statement: the people of what is named, null: it is somebody. */
static const struct ending {
    const char *noun, *argument, *statement;
} endings[] = {
    { "session", "person", NULL },         { "login", "person", NULL },
    { "role_grant", "person", NULL },      { "role_grant", "role_grant", "event.of_role_grant" },
    { "pass", "pass", "event.of_pass" },   { "reinforcement", "reinforcement", "event.of_lent" },
};

static err *hint_ending(reading *g, const struct ending *x, int64_t id, str noun)
{
    rows r = { 0 };
    if (!x->statement)
        hint(g, text_format(g->a, EVENT_ENDS "%lld", (long long)id), noun);
    else
        TRY(store_query(g->t, g->a, x->statement, NAMED({ "id", V_INT(id) }), &r));
    for (size_t i = 0; i < r.count; i++)
        hint(g, text_format(g->a, EVENT_ENDS "%lld", (long long)rows_int(&r, i, "id")), noun);
    return NULL;
}

static err *hint_endings(reading *g, str argument, int64_t id, str noun)
{
    for (size_t i = 0; i < COUNT(endings); i++)
        if (str_is(noun, endings[i].noun) && str_is(argument, endings[i].argument))
            TRY(hint_ending(g, &endings[i], id, noun));
    return NULL;
}

static err *hint_row(reading *g, const rows *r, size_t i)
{
    str noun = rows_text(r, i, "noun"), body = rows_text(r, i, "body");
    json_t *o = json_loadb(body.at, body.len, 0, NULL), *value;
    const char *name;
    int64_t id;
    if (o)
        arena_defer(g->a, drop, o);
    hint(g, STR("all"), noun);
    if (rows_int(r, i, "about_id"))
        TRY(hint_at(g, STR("person"), rows_int(r, i, "about_id"), noun));
    json_object_foreach(o, name, value) {
        const struct naming *x = naming_of(str_of(name));
        if (!id_of(value, &id))
            continue;
        if (x)
            TRY(hint_named(g, x, id, noun));
        TRY(hint_endings(g, str_of(name), id, noun));
    }
    return hint_made(g, noun, rows_text(r, i, "result"));
}

/* -- reading ------------------------------------------------------------------------------------------- */
static err *read_lane(reading *g, event_lane *head, int64_t from)
{
    rows r = { 0 };
    TRY(store_query(g->t, g->a, "event.page", NAMED({ "lane", V_INT(head->lane) }, { "seq", V_INT(from) }, { "count", V_INT(EVENT_ROWS_MAX) }), &r));
    for (size_t i = 0; i < r.count; i++)
        TRY(hint_row(g, &r, i));
    int64_t last = r.count ? rows_int(&r, r.count - 1, "seq") : from;
    g->news->more = g->news->more || last < head->seq;
    head->seq = last;
    return NULL;
}

static err *read_news(reading *g, const event_place *from, size_t far)
{
    event_place *now = &g->news->upto;
    int64_t behind = 0;
    TRY(heads(g->t, g->a, now));
    for (size_t i = 0; i < now->count; i++)
        behind += now->lanes[i].seq - seq_in(from, now->lanes[i].lane);
    g->news->lost = !is_of(from, now) || (far && behind > (int64_t)far);
    for (size_t i = 0; i < now->count && !g->news->lost; i++) {
        int64_t seen = seq_in(from, now->lanes[i].lane);
        if (now->lanes[i].seq > seen)
            TRY(read_lane(g, &now->lanes[i], seen));
    }
    return NULL;
}

err *event_read(app *p, arena *a, const event_place *from, size_t far, event_news *out)
{
    *out = (event_news){ 0 };
    reading g = { .a = a, .news = out, .known = map_new(a), .by_topic = map_new(a) };
    TRY(store_read_begin(app_store(p), a, &g.t));
    err *e = read_news(&g, from, far);
    store_read_end(g.t);
    return e;
}

/* -- who may watch what -------------------------------------------------------------------------------- */
static err *ask(app *p, arena *a, const char *statement, const named *args, rows *out)
{
    store_txn *t;
    TRY(store_read_begin(app_store(p), a, &t));
    err *e = store_query(t, a, statement, args, out);
    store_read_end(t);
    return e;
}

err *event_own_topics(app *p, arena *a, int64_t actor, bool weak, int64_t now, str *out)
{
    rows r = { 0 };
    text t = text_begin(a);
    text_printf(&t, "person:%lld", (long long)actor);
    if (!weak)
        TRY(ask(p, a, "event.own", NAMED({ "actor", V_INT(actor) }, { "now", V_INT(now) }), &r));
    for (size_t i = 0; i < r.count && i < TOPICS_OF_OWN_MAX; i++) {
        str kind = rows_text(&r, i, "kind"), code = rows_text(&r, i, "code");
        if (str_is(kind, "all"))
            text_put_z(&t, " all");
        else if (code.len)
            text_printf(&t, " division:%.*s", STR_ARG(code));
        else
            text_printf(&t, " %.*s:%lld", STR_ARG(kind), (long long)rows_int(&r, i, "id"));
    }
    *out = text_done(&t);
    return NULL;
}

err *event_may_watch(app *p, arena *a, int64_t actor, bool weak, int64_t now, str topic, bool *may)
{
    static const char *const kinds[] = { "person", "team", "org", NULL };
    rows r = { 0 };
    str rest = topic, kind;
    int64_t id = 0;
    *may = false;
    str_split(&rest, ':', &kind);
    bool is_id = str_int(rest, 1, INT64_MAX, &id);
    if (str_is(kind, "operation") || (weak && str_is(kind, "person")))
        *may = is_id && (id == actor || str_is(kind, "operation"));
    if (weak || *may)
        return NULL;
    if (str_is(topic, "all"))
        TRY(ask(p, a, "event.may_all", NAMED({ "actor", V_INT(actor) }, { "now", V_INT(now) }), &r));
    else if (str_is(kind, "division"))
        TRY(ask(p, a, "event.may_division", NAMED({ "actor", V_INT(actor) }, { "now", V_INT(now) }, { "code", V_TEXT(rest) }), &r));
    for (size_t i = 0; kinds[i] && is_id; i++)
        if (str_is(kind, kinds[i]))
            TRY(ask(p, a, text_format(a, "event.may_%s", kinds[i]).at,
                    NAMED({ "actor", V_INT(actor) }, { "now", V_INT(now) }, { "id", V_INT(id) }), &r));
    *may = r.count > 0;
    return NULL;
}

/*
 * /api/v1/events, the stream of what changed, and /api/v1/changes, the same for whoever asks now and then. Both say
 * where they stand; whoever comes back with that place is told what it missed.
 */
#include "web/api.h"
#include "web/notifier.h"

#include <string.h>

/*
 * A stream ends when the session does, and comes back after some minutes even so: what is lost by bulk work (a new home, and
 * with it the team) names nobody in the record.
 */
enum { FAR_ROWS = 2000, RETRY_MS = 3000, STREAM_MIN_MS = 8 * 60 * 1000, STREAM_SPREAD_MS = 4 * 60 * 1000 };

typedef struct watching {
    str topics;
    event_news news;
    str place;
} watching;

static bool has_topic(str topics, str wanted)
{
    str part;
    while (topics.len && str_split(&topics, ' ', &part))
        if (str_equal(part, wanted))
            return true;
    return false;
}

/* "team:12,operation:1"; each must be for whoever asks. */
static err *read_topics(web *w, str *out)
{
    arena *a = w->q->a;
    str rest = query_field(w->q, "topics"), topic;
    text t = text_begin(a);
    size_t count = 0;
    if (!rest.len)
        return web_own_topics(w, out);
    while (str_split(&rest, ',', &topic)) {
        bool may = false;
        topic = str_trim(topic);
        if (str_is(topic, "all"))
            TRY(api_strong(w));
        TRY(event_may_watch(w->site->app, a, w->who.person_id, w->who.weak, w->q->now, topic, &may));
        if (!may)
            return err_new(a, ERR_RIGHTS, "api.topic", VALUES({ "topic", topic }));
        if (++count > TOPICS_MAX)
            return err_new(a, ERR_LIMIT, "api.topics", VALUES({ "max", text_format(a, "%d", TOPICS_MAX) }));
        text_printf(&t, "%s%.*s", count > 1 ? " " : "", STR_ARG(topic));
    }
    *out = text_done(&t);
    return NULL;
}

/* Where it stood: of the stream by its header, else as it is asked; nowhere: now. */
static err *read_news(web *w, watching *x)
{
    arena *a = w->q->a;
    event_place from;
    str header = request_header(w->q, "Last-Event-ID"), since = header.len ? header : query_field(w->q, "since");
    if (!since.len) {
        TRY(event_now(w->site->app, a, &x->news.upto));
        return NULL;
    }
    if (!event_place_read(a, since, &from))
        return err_new(a, ERR_INPUT, "api.place", NULL);
    return event_read(w->site->app, a, &from, FAR_ROWS, &x->news);
}

/* Too long ago to tell: anything may have changed in each of its topics. */
static void say_lost(web *w, watching *x)
{
    str rest = x->topics, topic;
    x->news.hints = NULL;
    while (str_split(&rest, ' ', &topic)) {
        event_hint *h = arena_new(w->q->a, event_hint);
        *h = (event_hint){ x->news.hints, topic, STR("*") };
        x->news.hints = h;
    }
}

static err *read_watching(web *w, watching *x)
{
    *x = (watching){ 0 };
    app_watch(w->site->app);
    TRY(read_topics(w, &x->topics));
    TRY(read_news(w, x));
    if (x->news.lost)
        say_lost(w, x);
    x->place = event_place_text(w->q->a, &x->news.upto);
    return NULL;
}

static void put_missed(text *t, arena *a, const watching *x)
{
    for (const event_hint *h = x->news.hints; h; h = h->next)
        if (has_topic(x->topics, h->topic))
            text_put(t, notifier_event(a, h->topic, h->kinds, x->place));
}

/* Not all that began together end together. */
static int64_t stream_ms(web *w)
{
    uint32_t luck;
    app_random(w->site->app, &luck, sizeof luck);
    int64_t ms = STREAM_MIN_MS + luck % STREAM_SPREAD_MS, left = w->who.ends_at - w->q->now;
    return left < ms ? left : ms;
}

static err *get_events(web *w)
{
    arena *a = w->q->a;
    watching x;
    text t = text_begin(a);
    TRY(read_watching(w, &x));
    text_printf(&t, "retry: %d\n\n", RETRY_MS);
    put_missed(&t, a, &x);
    while (x.news.more) { /* from the first to the last, as nothing comes twice from here on */
        event_place from = x.news.upto;
        TRY(event_read(w->site->app, a, &from, 0, &x.news));
        x.place = event_place_text(a, &x.news.upto);
        put_missed(&t, a, &x);
    }
    text_printf(&t, "id: %.*s\nevent: here\ndata: {}\n\n", STR_ARG(x.place));
    w->p->type = "text/event-stream";
    w->p->stream = w->q->method != WEB_HEAD;
    w->p->topics = text_format(a, "%.*s " EVENT_ENDS "%lld", STR_ARG(x.topics), (long long)w->who.person_id);
    w->p->stream_ms = stream_ms(w);
    w->p->body = text_done(&t);
    return NULL;
}

static err *get_changes(web *w)
{
    watching x;
    text t = text_begin(w->q->a);
    json j = json_begin(&t);
    TRY(read_watching(w, &x));
    json_open(&j, '{');
    json_key(&j, "place");
    json_str(&j, x.place);
    json_key(&j, "more");
    json_bool(&j, x.news.more);
    json_key(&j, "changes");
    json_open(&j, '[');
    for (const event_hint *h = x.news.hints; h; h = h->next) {
        if (!has_topic(x.topics, h->topic))
            continue;
        json_open(&j, '{');
        json_key(&j, "topic");
        json_str(&j, h->topic);
        json_key(&j, "kinds");
        json_str(&j, h->kinds);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_close(&j, '}');
    w->p->type = "application/json";
    w->p->body = text_done(&t);
    return NULL;
}

const route event_routes[] = {
    { WEB_GET, WEB_WEAK, "/api/v1/events", .show = get_events },
    { WEB_GET, WEB_WEAK, "/api/v1/changes", .show = get_changes },
    { 0 },
};

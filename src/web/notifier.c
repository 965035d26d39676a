#include "web/notifier.h"

#include "base/json.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

enum { LOOK_MAX_BYTES = 64 << 20 };

struct notifier {
    app *app;
    bool late, begun;
    notifier_ear ear;
    int64_t watches; /* as they were at the last look */
    int quiet;       /* looks since anybody listened or began to */
    event_lane lanes[EVENT_LANES_MAX];
    event_place place;
    arena *held; /* of events for the next look; null: none */
    event_hint *hints;
    str place_held;
    pthread_t thread;
    atomic_bool stop;
};

str notifier_event(arena *a, str topic, str kinds, str place)
{
    text t = text_begin(a);
    text_printf(&t, "id: %.*s\nevent: change\ndata: ", STR_ARG(place));
    json j = json_begin(&t);
    json_open(&j, '{');
    json_key(&j, "topic");
    json_str(&j, topic);
    json_key(&j, "kinds");
    json_str(&j, kinds);
    json_close(&j, '}');
    text_put_z(&t, "\n\n");
    return text_done(&t);
}

static void to_server(void *s, str topic, str event)
{
    if (str_starts(topic, STR(EVENT_ENDS)))
        server_end_streams(s, topic);
    else
        server_publish(s, topic, event);
}

static size_t of_server(const void *s)
{
    return server_stream_count(s);
}

static size_t due_of_server(const void *s)
{
    return server_streams_due(s);
}

notifier_ear notifier_server(server *s)
{
    return (notifier_ear){ to_server, of_server, due_of_server, s };
}

static void keep_place(notifier *n, const event_place *p)
{
    memcpy(n->lanes, p->lanes, p->count * sizeof *n->lanes);
    n->place = (event_place){ n->lanes, p->count };
}

err *notifier_open(arena *a, app *p, bool late, notifier_ear ear, notifier **out)
{
    event_place now;
    TRY(event_now(p, a, &now));
    notifier *n = *out = arena_new(a, notifier);
    *n = (notifier){ .app = p, .late = late, .ear = ear };
    keep_place(n, &now);
    return NULL;
}

/* The place in an event is the one before it: what else came with it is read again by whoever broke off in between. */
static void send(notifier *n, arena *a, const event_hint *hints, str place)
{
    for (const event_hint *h = hints; h; h = h->next)
        n->ear.publish(n->ear.of, h->topic, notifier_event(a, h->topic, h->kinds, place));
}

static void send_held(notifier *n)
{
    if (n->held && !arena_catch(n->held)) {
        send(n, n->held, n->hints, n->place_held);
        arena_uncatch(n->held);
    }
    arena_close(n->held);
    n->held = NULL;
}

static bool nobody_listens(notifier *n)
{
    int64_t watches = app_watches(n->app);
    bool somebody = !n->ear.listening || n->ear.listening(n->ear.of) || watches != n->watches;
    n->watches = watches;
    n->quiet = somebody ? 0 : n->quiet + 1;
    return n->quiet > NOTIFIER_QUIET_LOOKS;
}

/* Nobody may have begun since: whoever begins from here on counts himself, then reads what stands behind this place. */
static bool pass_by(notifier *n, arena *a)
{
    event_place now;
    if (event_now(n->app, a, &now) || app_watches(n->app) != n->watches)
        return false;
    keep_place(n, &now);
    return true;
}

/* Nobody hears of an error: the place stays, and the next look reads again. */
static bool look(notifier *n, arena *a)
{
    event_news news = { 0 };
    if (arena_catch(a))
        return false;
    str place = event_place_text(a, &n->place);
    bool good = !(nobody_listens(n) && pass_by(n, a)) && !event_read(n->app, a, &n->place, 0, &news);
    if (good) {
        keep_place(n, &news.upto);
        n->hints = news.hints;
        n->place_held = place;
        if (!n->late)
            send(n, a, news.hints, place);
    }
    arena_uncatch(a);
    return good && n->late && news.hints;
}

void notifier_look(notifier *n)
{
    if (n->ear.telling && n->ear.telling(n->ear.of))
        return;
    arena *a = arena_open(NULL, LOOK_MAX_BYTES);
    send_held(n);
    if (look(n, a))
        n->held = a;
    else
        arena_close(a);
}

static void *run(void *of)
{
    notifier *n = of;
    while (!atomic_load(&n->stop)) {
        notifier_look(n);
        nanosleep(&(struct timespec){ .tv_nsec = NOTIFIER_EVERY_MS * 1000000L }, NULL);
    }
    return NULL;
}

void notifier_begin(notifier *n)
{
    n->begun = pthread_create(&n->thread, NULL, run, n) == 0;
}

void notifier_close(notifier *n)
{
    atomic_store(&n->stop, true);
    if (n->begun)
        pthread_join(n->thread, NULL);
    arena_close(n->held);
    n->held = NULL;
}

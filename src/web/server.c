#include "web/connection.h"

#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

const server_limits server_usual_limits = {
    .head_ms = 10000, .form_ms = 20000, .upload_ms = 120000, .idle_ms = 60000, .write_ms = 30000, .ping_ms = 15000,
    .stop_ms = 10000, .connections_per_address = 2000, .requests_per_second = 200, .requests_burst = 1000,
};

enum { LISTEN_BACKLOG = 1024 };

/* -- listening ----------------------------------------------------------------------------------------- */
static err *bad_listen(arena *a, const char *listen, const char *why)
{
    return err_new(a, ERR_USAGE, why, VALUES({ "listen", str_of(listen) }));
}

static err *read_listen(arena *a, const char *listen, struct sockaddr_storage *out)
{
    const char *colon = strrchr(listen, ':');
    int64_t port = 0;
    if (!colon || !str_int(str_of(colon + 1), 0, 65535, &port))
        return bad_listen(a, listen, "web.listen_shape");
    str host = { listen, (size_t)(colon - listen) };
    if (host.len > 2 && host.at[0] == '[' && host.at[host.len - 1] == ']')
        host = str_part(host, 1, host.len - 2);
    const char *z = str_z(a, host);
    if (uv_ip4_addr(z, (int)port, (struct sockaddr_in *)out) < 0 && uv_ip6_addr(z, (int)port, (struct sockaddr_in6 *)out) < 0)
        return bad_listen(a, listen, "web.listen_shape");
    return NULL;
}

/* Both kinds of address have their port at the same place. */
static int port_of(int fd)
{
    struct sockaddr_in6 own = { 0 };
    socklen_t len = sizeof own;
    getsockname(fd, (struct sockaddr *)&own, &len);
    return ntohs(own.sin6_port);
}

static int bind_one(const struct sockaddr_storage *where, bool shared)
{
    int fd = socket(where->ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), yes = 1;
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (shared)
        setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes);
    socklen_t len = where->ss_family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
    if (bind(fd, (const struct sockaddr *)where, len) == 0)
        return fd;
    close(fd);
    return -1;
}

static void on_connection(uv_stream_t *listener, int status)
{
    loop *l = listener->data;
    if (status == 0 && !l->stopping)
        connection_accept(l);
}

/* -- the loop ------------------------------------------------------------------------------------------ */
static void flush_log(loop *l)
{
    if (l->log_len && l->s->o.log)
        l->s->o.log((str){ l->log, l->log_len });
    l->log_len = 0;
}

static void end_handles(loop *l)
{
    uv_close((uv_handle_t *)&l->tick, NULL);
    uv_close((uv_handle_t *)&l->pace, NULL);
    uv_close((uv_handle_t *)&l->wake, NULL);
}

/* Each one, though its end takes it off the ring later. */
static void each_connection(loop *l, void (*one)(connection *c, const void *of), const void *of)
{
    connection *c = l->connections;
    for (size_t left = l->count; left > 0; left--) {
        connection *next = c->next;
        one(c, of);
        c = next;
    }
}

static void tick_one(connection *c, const void *now)
{
    connection_tick(c, *(const uint64_t *)now);
}

static void end_idle(connection *c, const void *of)
{
    (void)of;
    if (connection_may_end(c))
        connection_end(c);
}

/* Whatever waits for the store is answered by it; nothing else is waited for any longer. */
static void end_late(connection *c, const void *of)
{
    (void)of;
    if (c->state != BUSY)
        connection_end(c);
}

static void stop_step(loop *l, uint64_t now)
{
    if (!l->stopping) {
        l->stopping = true;
        l->stop_at = now + (uint64_t)l->s->o.limits.stop_ms;
        uv_close((uv_handle_t *)&l->listener, NULL);
        each_connection(l, end_idle, NULL);
    }
    if (now >= l->stop_at)
        each_connection(l, end_late, NULL);
    if (!l->count && !uv_is_closing((uv_handle_t *)&l->tick))
        end_handles(l);
}

static void on_tick(uv_timer_t *t)
{
    loop *l = t->data;
    uint64_t now = uv_now(&l->uv);
    flush_log(l);
    each_connection(l, tick_one, &now);
    if (atomic_load(&l->s->stop))
        stop_step(l, now);
}

static void on_pace(uv_timer_t *t)
{
    loop *l = t->data;
    if (!streams_send(&l->streams, STREAMS_AT_ONCE))
        uv_timer_stop(t);
}

static void on_wake(uv_async_t *w)
{
    loop *l = w->data;
    pthread_mutex_lock(&l->lock);
    connection *answered = l->answered;
    event *events = l->events;
    l->answered = NULL;
    l->events = NULL;
    l->last_event = &l->events;
    pthread_mutex_unlock(&l->lock);
    /* They come newest first; who asked first is answered first. */
    connection *first = NULL;
    while (answered) {
        connection *next = answered->answered;
        answered->answered = first;
        first = answered;
        answered = next;
    }
    while (first) {
        connection *next = first->answered;
        connection_answered(first);
        first = next;
    }
    while (events) {
        event *next = events->next;
        streams_hear(&l->streams, events);
        event_release(events);
        events = next;
    }
    if (l->streams.due && !uv_is_active((uv_handle_t *)&l->pace) && !uv_is_closing((uv_handle_t *)&l->pace))
        uv_timer_start(&l->pace, on_pace, 0, STREAMS_EVERY_MS);
    if (atomic_load(&l->s->stop))
        stop_step(l, uv_now(&l->uv));
}

static void bring(server *s, str topic, str what, bool ends)
{
    for (int i = 0; i < s->count; i++) {
        loop *l = &s->loops[i];
        event *e = malloc(sizeof *e + topic.len + what.len);
        if (!e)
            return; /* a lost hint costs staleness, not truth */
        *e = (event){ .uses = 1, .ends = ends, .topic_len = topic.len, .len = what.len };
        memcpy(e->at, topic.at, topic.len);
        memcpy(e->at + topic.len, what.at, what.len);
        pthread_mutex_lock(&l->lock);
        *l->last_event = e;
        l->last_event = &e->next;
        pthread_mutex_unlock(&l->lock);
        uv_async_send(&l->wake);
    }
}

void server_publish(server *s, str topic, str what)
{
    bring(s, topic, what, false);
}

void server_end_streams(server *s, str topic)
{
    bring(s, topic, STR(""), true);
}

size_t server_stream_count(const server *s)
{
    return atomic_load(&s->streams);
}

size_t server_streams_due(const server *s)
{
    size_t due = 0;
    for (int i = 0; i < s->count; i++)
        due += atomic_load(&s->loops[i].streams.due_count);
    return due;
}

/* -- the server ---------------------------------------------------------------------------------------- */
static err *loop_open(server *s, arena *a, loop *l, const struct sockaddr_storage *where)
{
    l->s = s;
    l->last_event = &l->events;
    pthread_mutex_init(&l->lock, NULL);
    uv_loop_init(&l->uv);
    uv_tcp_init(&l->uv, &l->listener);
    uv_timer_init(&l->uv, &l->tick);
    uv_timer_init(&l->uv, &l->pace);
    uv_async_init(&l->uv, &l->wake, on_wake);
    l->listener.data = l->tick.data = l->pace.data = l->wake.data = l;
    int fd = bind_one(where, s->o.loops > 1);
    if (fd < 0 || uv_tcp_open(&l->listener, fd) < 0 ||
        uv_listen((uv_stream_t *)&l->listener, LISTEN_BACKLOG, on_connection) < 0)
        return bad_listen(a, s->o.listen, "web.listen_taken");
    s->port = port_of(fd);
    uv_timer_start(&l->tick, on_tick, TICK_MS, TICK_MS);
    return NULL;
}

static void set_port(struct sockaddr_storage *where, int port)
{
    if (where->ss_family == AF_INET6)
        ((struct sockaddr_in6 *)where)->sin6_port = htons((uint16_t)port);
    else
        ((struct sockaddr_in *)where)->sin_port = htons((uint16_t)port);
}

err *server_open(arena *a, const server_options *o, server **out)
{
    struct sockaddr_storage where = { 0 };
    TRY(read_listen(a, o->listen, &where));
    signal(SIGPIPE, SIG_IGN);
    server *s = arena_new(a, server);
    s->o = *o;
    s->loops = arena_many(a, loop, o->loops);
    err *e = NULL;
    while (!e && s->count < o->loops) {
        e = loop_open(s, a, &s->loops[s->count++], &where);
        if (!e)
            set_port(&where, s->port);
    }
    if (e) {
        atomic_store(&s->stop, true);
        for (int i = 0; i < s->count; i++)
            stop_step(&s->loops[i], 0);
        server_run(s);
        server_close(s);
        return e;
    }
    *out = s;
    return NULL;
}

int server_port(const server *s)
{
    return s->port;
}

static void *run_loop(void *of)
{
    loop *l = of;
    uv_run(&l->uv, UV_RUN_DEFAULT);
    flush_log(l);
    return NULL;
}

void server_run(server *s)
{
    for (int i = 1; i < s->count; i++)
        pthread_create(&s->loops[i].thread, NULL, run_loop, &s->loops[i]);
    run_loop(&s->loops[0]);
    for (int i = 1; i < s->count; i++)
        pthread_join(s->loops[i].thread, NULL);
}

void server_stop(server *s)
{
    atomic_store(&s->stop, true);
    for (int i = 0; i < s->count; i++)
        uv_async_send(&s->loops[i].wake);
}

void server_close(server *s)
{
    for (int i = 0; i < s->count; i++) {
        loop *l = &s->loops[i];
        while (l->events) {
            event *next = l->events->next;
            arena_give_back(l->events);
            l->events = next;
        }
        uv_run(&l->uv, UV_RUN_DEFAULT);
        uv_loop_close(&l->uv);
        streams_close(&l->streams);
        pthread_mutex_destroy(&l->lock);
    }
}

#include "web/connection.h"

#include "base/json.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void connection_advance(connection *c);
static void proceed(connection *c);

static const server_limits *limits(const connection *c)
{
    return &c->loop->s->o.limits;
}

static void enter(connection *c, connection_state state, int patience_ms)
{
    c->state = state;
    c->due_at = patience_ms > 0 ? uv_now(&c->loop->uv) + (uint64_t)patience_ms : UINT64_MAX;
}

/* -- the end ------------------------------------------------------------------------------------------- */
static void exchange_end(connection *c)
{
    arena_close(c->a); /* closes and removes an upload too */
    c->a = NULL;
    c->x = NULL;
}

static void on_closed(uv_handle_t *h)
{
    connection *c = h->data;
    c->before->next = c->next;
    c->next->before = c->before;
    if (c->loop->connections == c)
        c->loop->connections = c->next == c ? NULL : c->next;
    c->loop->count--;
    c->loop->buckets[c->bucket].connections--;
    exchange_end(c);
    arena_give_back(c->in);
    arena_give_back(c);
}

void connection_end(connection *c)
{
    if (c->stream) {
        streams_remove(&c->loop->streams, c->stream);
        atomic_fetch_sub(&c->loop->s->streams, 1);
        c->stream = NULL;
    }
    c->state = CLOSED;
    if (!uv_is_closing((uv_handle_t *)&c->tcp))
        uv_close((uv_handle_t *)&c->tcp, on_closed);
}

bool connection_may_end(const connection *c)
{
    return c->state == IDLE || c->state == HEAD || c->state == STREAM || c->state == DRAIN;
}

static void on_shutdown(uv_shutdown_t *s, int status)
{
    connection *c = s->data;
    arena_give_back(s);
    if (status < 0 && c->state != CLOSED)
        connection_end(c);
}

/* Says goodbye and reads on for a moment: a reset would take away the answer that is on its way (RFC 9112, 9.6). */
static void drain(connection *c)
{
    enter(c, DRAIN, DRAIN_MS);
    uv_shutdown_t *s = malloc(sizeof *s);
    if (s)
        s->data = c;
    if (!s || uv_shutdown(s, (uv_stream_t *)&c->tcp, on_shutdown) < 0) {
        arena_give_back(s);
        connection_end(c);
    }
}

/* -- the answer ---------------------------------------------------------------------------------------- */
static void log_line(connection *c, size_t bytes)
{
    static const char *const methods[] = { [WEB_GET] = "GET", [WEB_HEAD] = "HEAD", [WEB_POST] = "POST" };
    loop *l = c->loop;
    exchange *x = c->x;
    if (!l->s->o.log)
        return;
    text t = text_begin(c->a);
    json j = json_begin(&t);
    json_open(&j, '{');
    json_key(&j, "at");
    json_int(&j, x->q.now);
    json_key(&j, "method");
    json_str(&j, str_of(methods[x->q.method]));
    json_key(&j, "route");
    json_str(&j, str_of(x->p.route ? x->p.route : "-"));
    json_key(&j, "status");
    json_int(&j, x->p.status);
    json_key(&j, "bytes");
    json_int(&j, (int64_t)bytes);
    json_key(&j, "us");
    json_int(&j, (int64_t)((uv_hrtime() - x->began) / 1000));
    if (x->p.detail.len) {
        json_key(&j, "detail");
        json_str(&j, x->p.detail);
    }
    json_close(&j, '}');
    text_put(&t, STR("\n"));
    str line = text_done(&t);
    if (l->log_len + line.len > sizeof l->log) {
        l->s->o.log((str){ l->log, l->log_len });
        l->log_len = 0;
    }
    if (line.len <= sizeof l->log) {
        memcpy(l->log + l->log_len, line.at, line.len);
        l->log_len += line.len;
    }
}

static void stream_begin(connection *c)
{
    c->stream = streams_add(&c->loop->streams, c, c->x->p.topics);
    if (!c->stream) {
        connection_end(c);
        return;
    }
    c->ends_at = c->x->p.stream_ms > 0 ? uv_now(&c->loop->uv) + (uint64_t)c->x->p.stream_ms : 0;
    exchange_end(c);
    enter(c, STREAM, limits(c)->ping_ms);
    atomic_fetch_add(&c->loop->s->streams, 1);
}

/* All of it is on its way. */
static void written(connection *c)
{
    if (c->x->p.stream) {
        stream_begin(c);
        return;
    }
    exchange_end(c);
    if (c->closing_after) {
        drain(c);
        return;
    }
    enter(c, IDLE, limits(c)->idle_ms);
}

static void on_written(uv_write_t *w, int status)
{
    connection *c = ((sending *)w)->c;
    if (c->state == CLOSED)
        return;
    if (status < 0) {
        connection_end(c);
        return;
    }
    written(c);
    connection_advance(c);
}

/* Head and body as they go out; false: there is no memory for it. */
static bool answer_bytes(connection *c, uv_buf_t out[2])
{
    exchange *x = c->x;
    if (arena_catch(c->a))
        return false;
    str body, head = response_head(&x->q, &x->p, c->closing_after, &body);
    log_line(c, head.len + body.len);
    arena_uncatch(c->a);
    out[0] = uv_buf_init((char *)(uintptr_t)head.at, (unsigned)head.len);
    out[1] = uv_buf_init((char *)(uintptr_t)body.at, (unsigned)body.len);
    return true;
}

static void send_answer(connection *c)
{
    exchange *x = c->x;
    uv_buf_t b[2];
    c->closing_after = c->closing_after || !x->q.keep_alive || c->loop->stopping;
    if (!answer_bytes(c, b)) {
        connection_end(c);
        return;
    }
    size_t whole = b[0].len + b[1].len;
    int tried = uv_try_write((uv_stream_t *)&c->tcp, b, b[1].len ? 2 : 1);
    if (tried >= 0 && (size_t)tried == whole) {
        written(c);
        return;
    }
    enter(c, WRITING, limits(c)->write_ms);
    size_t sent = tried > 0 ? (size_t)tried : 0, of_head = sent < b[0].len ? sent : b[0].len;
    b[0] = uv_buf_init(b[0].base + of_head, (unsigned)(b[0].len - of_head));
    b[1] = uv_buf_init(b[1].base + (sent - of_head), (unsigned)(b[1].len - (sent - of_head)));
    sending *w = &x->sending;
    w->c = c;
    if ((tried < 0 && tried != UV_EAGAIN) || uv_write(&w->write, (uv_stream_t *)&c->tcp, b, 2, on_written) < 0)
        connection_end(c);
}

static void refuse(connection *c, int status)
{
    c->closing_after = true;
    response_refuse(&c->x->q, &c->x->p, status);
    send_answer(c);
}

/* -- what waits ---------------------------------------------------------------------------------------- */
/* Saying so needs memory too; where even that is not there, a bare status has to do. */
static void refuse_memory(request *q, response *p)
{
    p->later = NULL;
    p->call = NULL;
    bool again = p->status == 503;
    p->status = 503;
    p->body = (str){ 0 };
    if (again)
        return;
    arena_spare(q->a, REFUSAL_BYTES);
    response_refuse(q, p, 503);
}

/* One step of the handler's. Memory that runs out in it ends that request alone. */
static void run_step(const server_options *o, response_step *step, request *q, response *p)
{
    if (arena_catch(q->a)) {
        refuse_memory(q, p);
        return;
    }
    step(o->of, q, p);
    arena_uncatch(q->a);
}

static void run_then(const server_options *o, request *q, response *p, err *e, str result)
{
    p->call = NULL;
    if (arena_catch(q->a)) {
        refuse_memory(q, p);
        return;
    }
    p->then(o->of, q, p, e, result);
    arena_uncatch(q->a);
}

static void run_later(uv_work_t *w)
{
    exchange *x = ((later *)w)->c->x;
    response_step *step = x->p.later;
    x->p.later = NULL;
    run_step(&((later *)w)->c->loop->s->o, step, &x->q, &x->p);
}

static void later_done(uv_work_t *w, int status)
{
    (void)status;
    connection *c = ((later *)w)->c;
    proceed(c);
    connection_advance(c);
}

/* On a thread of the store. */
static void command_done(void *of)
{
    connection *c = of;
    loop *l = c->loop;
    pthread_mutex_lock(&l->lock);
    c->answered = l->answered;
    l->answered = c;
    pthread_mutex_unlock(&l->lock);
    uv_async_send(&l->wake);
}

static void take_result(connection *c)
{
    exchange *x = c->x;
    server *s = c->loop->s;
    str result = { 0 };
    err *e = app_result(s->o.app, c->a, x->submission, &result);
    run_then(&s->o, &x->q, &x->p, e, result);
}

void connection_answered(connection *c)
{
    take_result(c);
    proceed(c);
    connection_advance(c);
}

/* From step to step, until the answer is whole. */
static void proceed(connection *c)
{
    exchange *x = c->x;
    server *s = c->loop->s;
    while (x->p.call) {
        enter(c, BUSY, 0);
        err *e = app_submit(s->o.app, c->a, x->p.call, command_done, c, &x->submission);
        if (!e)
            return;
        run_then(&s->o, &x->q, &x->p, e, (str){ 0 });
    }
    if (x->p.later) {
        enter(c, BUSY, 0);
        later *w = &x->later;
        w->c = c;
        uv_queue_work(&c->loop->uv, &w->work, run_later, later_done);
        return;
    }
    send_answer(c);
}

static void handle(connection *c)
{
    server *s = c->loop->s;
    run_step(&s->o, s->o.handler, &c->x->q, &c->x->p);
    proceed(c);
}

void server_answer(const server_options *o, request *q, response *p)
{
    *p = (response){ .status = 200, .type = "text/html; charset=utf-8" };
    run_step(o, o->handler, q, p);
    while (p->call || p->later) {
        response_step *step = p->later;
        const call *call = p->call;
        p->later = NULL;
        p->call = NULL;
        str result = { 0 };
        if (call) {
            err *e = app_command(o->app, q->a, call, &result);
            run_then(o, q, p, e, result);
        } else {
            run_step(o, step, q, p);
        }
    }
}

/* -- the request --------------------------------------------------------------------------------------- */
/* Whoever asks is the proxy's last hop, where that is believed. */
static void find_address(connection *c)
{
    request *q = &c->x->q;
    const char *proxy = c->loop->s->o.proxy;
    q->address = str_of(c->address);
    if (!proxy || strcmp(proxy, c->address) != 0)
        return;
    str rest = request_header(q, "X-Forwarded-For"), part;
    while (rest.len && str_split(&rest, ',', &part))
        if (str_trim(part).len && str_trim(part).len < ADDRESS_MAX_BYTES)
            q->address = str_trim(part);
    q->secure = str_is(request_header(q, "X-Forwarded-Proto"), "https");
}

static bool may_ask(connection *c)
{
    const server_limits *m = limits(c);
    loop *l = c->loop;
    if (!m->requests_per_second)
        return true;
    bucket *b = &l->buckets[str_hash(c->x->q.address) % BUCKETS];
    uint64_t now = uv_now(&l->uv);
    b->tokens = b->at ? b->tokens + (double)(now - b->at) * m->requests_per_second / 1000 : m->requests_burst;
    if (b->tokens > m->requests_burst)
        b->tokens = m->requests_burst;
    b->at = now ? now : 1;
    if (b->tokens < 1)
        return false;
    b->tokens -= 1;
    return true;
}

static void close_file(void *of)
{
    exchange *x = of;
    if (x->upload >= 0)
        close(x->upload);
    unlink(x->q.upload);
}

static bool open_upload(connection *c)
{
    exchange *x = c->x;
    str path = text_format(c->a, "%s/upload-XXXXXX", c->loop->s->o.upload_dir);
    x->upload = mkstemp((char *)(uintptr_t)path.at);
    if (x->upload < 0)
        return false;
    x->q.upload = path.at;
    arena_defer(c->a, close_file, x);
    return true;
}

/* The status to refuse with, or 0. */
static int body_begin(connection *c)
{
    exchange *x = c->x;
    const server_options *o = &c->loop->s->o;
    bool upload = o->upload_dir && o->is_upload && o->is_upload(o->of, &x->q);
    if (x->q.body_bytes > (upload ? UPLOAD_MAX_BYTES : FORM_MAX_BYTES))
        return 413;
    x->body_left = x->q.body_bytes;
    if (upload && !open_upload(c))
        return 503;
    if (!upload)
        x->q.body = (str){ x->body_at = arena_alloc(c->a, (size_t)x->q.body_bytes + 1), (size_t)x->q.body_bytes };
    if (request_header(&x->q, "Expect").len) {
        uv_buf_t b = uv_buf_init((char *)(uintptr_t) "HTTP/1.1 100 Continue\r\n\r\n", 25);
        if (uv_try_write((uv_stream_t *)&c->tcp, &b, 1) != 25)
            return 417;
    }
    enter(c, BODY, upload ? limits(c)->upload_ms : limits(c)->form_ms);
    return 0;
}

static void exchange_begin(connection *c)
{
    c->a = arena_open(NULL, REQUEST_MAX_BYTES);
    exchange *x = c->x = arena_new(c->a, exchange);
    x->upload = -1;
    x->began = uv_hrtime();
    x->q = (request){ .a = c->a, .now = c->loop->s->o.clock() };
    x->p = (response){ .status = 200, .type = "text/html; charset=utf-8" };
}

static void consume(connection *c, size_t bytes)
{
    memmove(c->in, c->in + bytes, c->in_len - bytes);
    c->in_len -= bytes;
    c->searched = 0;
    if (!c->in_len) {
        arena_give_back(c->in);
        c->in = NULL;
        c->in_room = 0;
    }
}

static void head_step(connection *c)
{
    size_t bytes = 0;
    int status = head_find((str){ c->in, c->in_len }, &c->searched, &bytes);
    if (!status && !bytes)
        return;
    exchange_begin(c);
    request *q = &c->x->q;
    if (!status) {
        str head = str_copy(c->a, (str){ c->in, bytes });
        consume(c, bytes);
        status = head_read(head, q);
        if (!status && !framing_head(&c->x->framing, head, q))
            status = 400;
        find_address(c);
        if (!status && !may_ask(c))
            status = 429;
    }
    if (!status && q->body_bytes)
        status = body_begin(c);
    else if (!status)
        handle(c);
    if (status)
        refuse(c, status);
}

static bool take_body(exchange *x, str part)
{
    if (!framing_body(&x->framing, part))
        return false;
    if (x->upload < 0) {
        memcpy(x->body_at, part.at, part.len);
        x->body_at += part.len;
        return true;
    }
    while (part.len) {
        ssize_t n = write(x->upload, part.at, part.len);
        if (n <= 0)
            return false;
        part = str_from(part, (size_t)n);
    }
    return true;
}

static void body_step(connection *c)
{
    exchange *x = c->x;
    size_t n = c->in_len < (uint64_t)x->body_left ? c->in_len : (size_t)x->body_left;
    bool sound = take_body(x, (str){ c->in, n });
    consume(c, n);
    x->body_left -= (int64_t)n;
    if (!sound || (!x->body_left && !framing_whole(&x->framing)))
        refuse(c, 400);
    else if (!x->body_left)
        handle(c);
}

/* As far as what has come allows; requests sent one behind the other are answered one after the other. */
static void connection_advance(connection *c)
{
    for (size_t before = SIZE_MAX; c->in_len && c->in_len < before;) {
        before = c->in_len;
        if (c->state == IDLE)
            enter(c, HEAD, limits(c)->head_ms);
        if (c->state == HEAD)
            head_step(c);
        else if (c->state == BODY)
            body_step(c);
    }
}

/* -- reading ------------------------------------------------------------------------------------------- */
static void on_room(uv_handle_t *h, size_t wanted, uv_buf_t *b)
{
    (void)wanted;
    loop *l = ((connection *)h->data)->loop;
    *b = uv_buf_init(l->read_room, sizeof l->read_room);
}

static bool keep(connection *c, const char *at, size_t len)
{
    if (c->in_len + len > c->in_room) {
        size_t room = c->in_len + len + 512;
        char *in = realloc(c->in, room);
        if (!in)
            return false;
        c->in = in;
        c->in_room = room;
    }
    memcpy(c->in + c->in_len, at, len);
    c->in_len += len;
    return true;
}

static void on_read(uv_stream_t *t, ssize_t n, const uv_buf_t *b)
{
    connection *c = t->data;
    if (n == 0 || c->state == CLOSED)
        return;
    if (n < 0) {
        /* Under way: the answer still goes out or fails there; a command is not undone by a closed door. */
        if (c->state == BUSY || c->state == WRITING) {
            uv_read_stop(t);
            c->read_stopped = c->closing_after = true;
        } else {
            connection_end(c);
        }
        return;
    }
    if (c->state == DRAIN || c->state == STREAM)
        return;
    if (!keep(c, b->base, (size_t)n)) {
        connection_end(c);
        return;
    }
    connection_advance(c);
    if (c->state != CLOSED && c->in_len > UNREAD_MAX_BYTES && !c->read_stopped) {
        uv_read_stop(t);
        c->read_stopped = c->closing_after = true; /* nobody of ours sends so far ahead */
    }
}

/* -- time ---------------------------------------------------------------------------------------------- */
static void ping(connection *c)
{
    uv_buf_t b = uv_buf_init((char *)(uintptr_t) ":\n\n", 3);
    if (c->tcp.write_queue_size || uv_try_write((uv_stream_t *)&c->tcp, &b, 1) < 0)
        connection_end(c);
    else
        enter(c, STREAM, limits(c)->ping_ms);
}

void connection_tick(connection *c, uint64_t now)
{
    if (c->state == STREAM && c->ends_at && now >= c->ends_at) {
        connection_end(c);
        return;
    }
    if (now < c->due_at || c->state == CLOSED || c->state == BUSY)
        return;
    if (c->state == STREAM) {
        ping(c);
    } else if (c->state == BODY || (c->state == HEAD && c->in_len)) {
        if (!c->x)
            exchange_begin(c);
        refuse(c, 408);
    } else {
        connection_end(c);
    }
}

/* -- streams ------------------------------------------------------------------------------------------- */
static void on_event_sent(uv_write_t *w, int status)
{
    sending *s = (sending *)w;
    if (status < 0 && s->c->state != CLOSED)
        connection_end(s->c);
    arena_give_back(s);
}

/* What could not be sent at once, from that byte on. */
static uv_write_t *rest_of(connection *c, const uv_buf_t *b, unsigned count, size_t from, size_t whole)
{
    sending *w = malloc(sizeof *w + whole - from);
    if (!w)
        return NULL;
    char *at = (char *)(w + 1);
    for (unsigned i = 0; i < count; i++) {
        size_t skip = from < b[i].len ? from : b[i].len;
        memcpy(at, b[i].base + skip, b[i].len - skip);
        at += b[i].len - skip;
        from -= skip;
    }
    w->c = c;
    return &w->write;
}

void connection_send_events(connection *c, event *const *events, unsigned count)
{
    uv_buf_t b[STREAM_HELD_MAX];
    size_t whole = 0;
    for (unsigned i = 0; i < count; i++) {
        b[i] = uv_buf_init(events[i]->at + events[i]->topic_len, (unsigned)events[i]->len);
        whole += b[i].len;
    }
    int sent = c->tcp.write_queue_size ? 0 : uv_try_write((uv_stream_t *)&c->tcp, b, count);
    if (sent == (int)whole)
        return;
    size_t from = sent > 0 ? (size_t)sent : 0;
    bool lost = (sent < 0 && sent != UV_EAGAIN) || c->tcp.write_queue_size + whole > STREAM_BEHIND_MAX_BYTES;
    uv_write_t *w = lost ? NULL : rest_of(c, b, count, from, whole);
    uv_buf_t rest = uv_buf_init(w ? (char *)((sending *)w + 1) : NULL, (unsigned)(whole - from));
    if (!w || uv_write(w, (uv_stream_t *)&c->tcp, &rest, 1, on_event_sent) < 0) {
        arena_give_back(w);
        connection_end(c);
    }
}

/* -- the beginning ------------------------------------------------------------------------------------- */
static void learn_address(connection *c)
{
    struct sockaddr_storage peer = { 0 };
    int len = sizeof peer;
    if (uv_tcp_getpeername(&c->tcp, (struct sockaddr *)&peer, &len) == 0)
        uv_ip_name((struct sockaddr *)&peer, c->address, sizeof c->address);
    if (strncmp(c->address, "::ffff:", 7) == 0 && strchr(c->address, '.'))
        memmove(c->address, c->address + 7, strlen(c->address + 7) + 1);
}

void connection_accept(loop *l)
{
    connection *c = calloc(1, sizeof *c);
    if (!c)
        return;
    uv_tcp_init(&l->uv, &c->tcp);
    c->tcp.data = c;
    c->loop = l;
    c->next = l->connections ? l->connections : c;
    c->before = l->connections ? l->connections->before : c;
    c->next->before = c->before->next = c;
    l->connections = l->connections ? l->connections : c;
    l->count++;
    enter(c, HEAD, l->s->o.limits.head_ms);
    if (uv_accept((uv_stream_t *)&l->listener, (uv_stream_t *)&c->tcp) < 0) {
        l->buckets[0].connections++;
        connection_end(c);
        return;
    }
    learn_address(c);
    bool behind = l->s->o.proxy && strcmp(l->s->o.proxy, c->address) == 0;
    c->bucket = (uint32_t)(str_hash(str_of(c->address)) % BUCKETS);
    int open = ++l->buckets[c->bucket].connections, most = l->s->o.limits.connections_per_address;
    uv_tcp_nodelay(&c->tcp, 1);
    if ((most && open > most && !behind) || uv_read_start((uv_stream_t *)&c->tcp, on_room, on_read) < 0)
        connection_end(c);
}

/* The server over real sockets on loopback: framing, limits, deadlines, uploads, commands, streams, stop. */
#include "base/civil.h"
#include "base/file.h"
#include "check.h"
#include "web/server.h"

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct house {
    server *s;
    app *app;
    pthread_t thread;
    server_options o;
    text log;
} house;

/* Says what came, or does what the path names. */
static void slow_step(void *of, request *q, response *p)
{
    (void)of;
    usleep(300 * 1000);
    p->body = text_format(q->a, "late");
}

static void order_done(void *of, request *q, response *p, err *e, str result)
{
    (void)of;
    p->status = e ? err_status(e->code) : 200;
    p->body = e ? words_err(q->a, WORDS_EN, e) : result;
}

static void say(void *of, request *q, response *p)
{
    (void)of;
    p->route = "/say";
    p->type = "text/plain; charset=utf-8";
    if (str_is(q->path, "/slow")) {
        p->later = slow_step;
    } else if (str_is(q->path, "/large")) {
        char *at = arena_alloc(q->a, 2 << 20);
        memset(at, 'x', 2 << 20);
        p->body = (str){ at, 2 << 20 };
    } else if (str_is(q->path, "/greedy")) {
        p->body = (str){ arena_alloc(q->a, 64 << 20), 64 << 20 };
    } else if (str_is(q->path, "/nibble")) { /* to the last byte: nothing is left to say so with */
        for (;;)
            arena_alloc(q->a, 16);
    } else if (str_is(q->path, "/stream")) {
        p->stream = true;
        p->topics = q->query.len ? query_field(q, "topics") : STR("duty need");
        p->body = STR("retry: 1000\n\n");
    } else if (str_is(q->path, "/open")) {
        call *c = arena_new(q->a, call);
        *c = (call){ .command = "operation.open", .now = q->now, .lang = WORDS_EN, .key = form_field(q, "key"),
                     .args = arena_copy(q->a, NAMED({ "title", V_TEXT(form_field(q, "title")) },
                                                    { "zone", V_TEXT(STR("Asia/Shanghai")) }), 3 * sizeof(named)) };
        p->call = c;
        p->then = order_done;
    } else if (q->upload) {
        str content = { 0 };
        arena *large = arena_open(q->a, 80 << 20); /* a request's own memory is smaller than an upload may be */
        err *e = file_read(large, q->upload, 40 << 20, &content);
        p->body = e ? STR("lost") : text_format(q->a, "%zu %llu", content.len, (unsigned long long)str_hash(content));
        arena_close(large);
    } else {
        p->body = text_format(q->a, "%.*s|%.*s|%.*s|%d", STR_ARG(q->path), STR_ARG(q->body), STR_ARG(q->address), q->secure);
    }
}

static bool is_upload(void *of, const request *q)
{
    (void)of;
    return str_is(q->path, "/upload");
}

static void *run(void *of)
{
    server_run(((house *)of)->s);
    return NULL;
}

static house open_house(server_limits limits, const char *proxy, int loops)
{
    house h = { 0 };
    check_ok(app_open(check_arena(), &(app_options){ .url = check_path("web.db"), .mode = "demo" }, &h.app));
    h.o = (server_options){ .listen = "127.0.0.1:0", .loops = loops, .proxy = proxy, .upload_dir = check_folder(),
                            .is_upload = is_upload, .handler = say, .app = h.app, .clock = civil_clock,
                            .limits = limits };
    check_ok(server_open(check_arena(), &h.o, &h.s));
    return h;
}

static void begin(house *h)
{
    pthread_create(&h->thread, NULL, run, h);
}

static void end(house *h)
{
    server_stop(h->s);
    pthread_join(h->thread, NULL);
    server_close(h->s);
    app_close(h->app);
}

static int dial(house *h)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)server_port(h->s)),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
    return fd;
}

static void put(int fd, str bytes)
{
    while (bytes.len) {
        ssize_t n = send(fd, bytes.at, bytes.len, MSG_NOSIGNAL);
        if (n <= 0)
            return; /* refused before the end: what was answered is what counts */
        bytes = str_from(bytes, (size_t)n);
    }
}

/* Until the other side closes, or `wanted` has come, or ten seconds have passed. */
static str take(int fd, const char *wanted)
{
    text t = text_begin(check_arena());
    char part[4096];
    struct pollfd p = { .fd = fd, .events = POLLIN };
    while (poll(&p, 1, 10000) > 0) {
        ssize_t n = recv(fd, part, sizeof part, 0);
        if (n <= 0)
            break;
        text_put(&t, (str){ part, (size_t)n });
        if (wanted && str_find((str){ t.at, t.len }, str_of(wanted)) >= 0)
            break;
    }
    return text_done(&t);
}

static str ask(house *h, str bytes)
{
    int fd = dial(h);
    put(fd, bytes);
    str answer = take(fd, NULL);
    close(fd);
    return answer;
}

static bool has(str s, const char *part)
{
    return str_find(s, str_of(part)) >= 0;
}

static size_t count(str s, const char *part)
{
    size_t n = 0;
    for (ptrdiff_t at; (at = str_find(s, str_of(part))) >= 0; s = str_from(s, (size_t)at + 1))
        n++;
    return n;
}

static const server_limits patient = { .head_ms = 8000, .form_ms = 8000, .upload_ms = 8000, .idle_ms = 8000,
                                       .write_ms = 8000, .ping_ms = 8000, .stop_ms = 3000 };

static void requests_are_answered_in_their_order(void **state)
{
    (void)state;
    house h = open_house(patient, NULL, 2);
    begin(&h);
    str one = ask(&h, STR("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
    assert_true(str_starts(one, STR("HTTP/1.1 200 OK\r\n")));
    assert_true(has(one, "/a||127.0.0.1|0"));
    assert_true(has(one, "X-Content-Type-Options: nosniff") && has(one, "Content-Security-Policy: default-src 'self'"));
    assert_true(has(one, "Cache-Control: no-store") && has(one, "Referrer-Policy: no-referrer"));
    str many = ask(&h, STR("GET /1 HTTP/1.1\r\nHost: x\r\n\r\nPOST /2 HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"
                           "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"
                           "HEAD /4 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\nGET /5 HTTP/1.1\r\nHost: x\r\n\r\n"));
    assert_int_equal(count(many, "HTTP/1.1 200"), 4);
    assert_true(str_find(many, STR("/1||")) < str_find(many, STR("/2|hello|")));
    assert_true(str_find(many, STR("/2|hello|")) < str_find(many, STR("late")));
    assert_false(has(many, "/4|") || has(many, "/5|")); /* HEAD has no body; after close nothing counts */
    str drops = STR("POST /d HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nConnection: close\r\n\r\ndrop");
    int fd = dial(&h);
    for (size_t i = 0; i < drops.len; i++)
        put(fd, str_part(drops, i, 1));
    assert_true(has(take(fd, NULL), "/d|drop|"));
    close(fd);
    end(&h);
}

static void what_is_too_large_or_unsound_is_refused(void **state)
{
    (void)state;
    house h = open_house(patient, NULL, 1);
    begin(&h);
    static const struct {
        const char *what;
        const char *bytes, *want;
    } cases[] = {
        { "a form of 65 KB", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 66000\r\n\r\n", "HTTP/1.1 413" },
        { "an upload of 33 MB", "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 34603009\r\n\r\n", "HTTP/1.1 413" },
        { "two hosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", "HTTP/1.1 400" },
        { "nonsense", "\x16\x03\x01\r\n\r\n", "HTTP/1.1 400" },
        { "more memory than a request has", "GET /greedy HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "HTTP/1.1 503" },
        { "all of it, bit by bit", "GET /nibble HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "HTTP/1.1 503" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        assert_true(str_starts(ask(&h, str_of(cases[i].bytes)), str_of(cases[i].want)));
    }
    text t = text_begin(check_arena());
    text_put_z(&t, "GET / HTTP/1.1\r\nHost: x\r\nX: ");
    for (int i = 0; i < 60000; i++)
        text_put(&t, STR("y"));
    text_put_z(&t, "\r\n\r\n");
    assert_true(str_starts(ask(&h, text_done(&t)), STR("HTTP/1.1 431")));
    assert_true(has(ask(&h, STR("GET /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")), "Content-Length: 2097152"));
    end(&h);
}

static void whoever_is_slow_is_cut(void **state)
{
    (void)state;
    server_limits m = patient;
    m.head_ms = m.form_ms = m.idle_ms = 300;
    house h = open_house(m, NULL, 1);
    begin(&h);
    assert_true(str_starts(ask(&h, STR("GET / HTTP/1.1\r\nHost:")), STR("HTTP/1.1 408")));
    assert_true(str_starts(ask(&h, STR("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhe")), STR("HTTP/1.1 408")));
    assert_int_equal(ask(&h, STR("")).len, 0);
    str idle = ask(&h, STR("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")); /* answered, kept open, then closed */
    assert_int_equal(count(idle, "HTTP/1.1 "), 1);
    /* A byte now and then does not begin the patience anew. */
    int fd = dial(&h);
    for (int i = 0; i < 12; i++) {
        put(fd, STR("G"));
        usleep(50 * 1000);
    }
    assert_true(str_starts(take(fd, NULL), STR("HTTP/1.1 408")));
    close(fd);
    end(&h);
}

static void an_address_has_its_share(void **state)
{
    (void)state;
    server_limits m = patient;
    m.requests_per_second = 1;
    m.requests_burst = 3;
    house h = open_house(m, "127.0.0.1", 1);
    begin(&h);
    int refused = 0, others = 0;
    for (int i = 0; i < 8; i++) {
        refused += str_starts(ask(&h, STR("GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 9.9.9.9, 10.0.0.1\r\n"
                                          "Connection: close\r\n\r\n")), STR("HTTP/1.1 429"));
        others += i < 3 && has(ask(&h, STR("GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 10.0.0.2\r\nX-Forwarded-Proto: https\r\n"
                                           "Connection: close\r\n\r\n")), "|10.0.0.2|1");
    }
    assert_int_equal(others, 3);
    assert_in_range(refused, 3, 5);
    end(&h);
    m.requests_per_second = 0;
    h = open_house(m, "127.0.0.9", 1);
    begin(&h);
    assert_true(has(ask(&h, STR("GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 10.0.0.2\r\nConnection: close\r\n\r\n")),
                    "|127.0.0.1|0"));
    end(&h);
}

static void an_upload_goes_to_a_file(void **state)
{
    (void)state;
    house h = open_house(patient, NULL, 1);
    begin(&h);
    enum { BYTES = 5 << 20 };
    char *at = arena_alloc(check_arena(), BYTES);
    for (size_t i = 0; i < BYTES; i++)
        at[i] = (char)(i * 31 >> 3);
    int fd = dial(&h);
    put(fd, text_format(check_arena(), "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\nExpect: 100-continue\r\n"
                                       "Connection: close\r\n\r\n", BYTES));
    assert_true(has(take(fd, "\r\n\r\n"), "HTTP/1.1 100 Continue"));
    put(fd, (str){ at, BYTES });
    assert_true(has(take(fd, NULL), text_format(check_arena(), "%d %llu", BYTES,
                                                (unsigned long long)str_hash((str){ at, BYTES })).at));
    close(fd);
    end(&h);
    FILE *left = popen(text_format(check_arena(), "ls %s | grep -c upload-", check_folder()).at, "r");
    int files = -1;
    assert_int_equal(fscanf(left, "%d", &files), 1);
    pclose(left);
    assert_int_equal(files, 0);
}

/* The answer leaves after the commit; the same key again has the first one's answer, also when both race. */
static void a_form_runs_its_command_once(void **state)
{
    (void)state;
    house h = open_house(patient, NULL, 2);
    begin(&h);
    str form = STR("POST /open HTTP/1.1\r\nHost: x\r\nContent-Length: 18\r\nConnection: close\r\n\r\ntitle=Flood&key=k1");
    enum { RACERS = 16 };
    int fds[RACERS];
    for (int i = 0; i < RACERS; i++)
        fds[i] = dial(&h);
    for (int i = 0; i < RACERS; i++)
        put(fds[i], form);
    str first = { 0 };
    for (int i = 0; i < RACERS; i++) {
        str answer = take(fds[i], NULL);
        assert_true(str_starts(answer, STR("HTTP/1.1 200")));
        str body = str_from(answer, (size_t)str_find(answer, STR("\r\n\r\n")) + 4);
        assert_true(has(body, "\"id\":\""));
        assert_true(!i || str_equal(body, first));
        first = body;
        close(fds[i]);
    }
    str other = ask(&h, STR("POST /open HTTP/1.1\r\nHost: x\r\nContent-Length: 18\r\nConnection: close\r\n\r\ntitle=Other&key=k1"));
    assert_true(str_starts(other, STR("HTTP/1.1 409")));
    str bad = ask(&h, STR("POST /open HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\nConnection: close\r\n\r\nkey=k2"));
    assert_true(str_starts(bad, STR("HTTP/1.1 4")));
    end(&h);
}

static void a_stream_brings_its_topics(void **state)
{
    (void)state;
    server_limits m = patient;
    m.ping_ms = 200;
    house h = open_house(m, NULL, 2);
    begin(&h);
    int fd = dial(&h);
    put(fd, STR("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n"));
    assert_true(has(take(fd, "retry: 1000\n\n"), "text/event-stream"));
    while (!server_stream_count(h.s))
        usleep(1000);
    server_publish(h.s, STR("roster"), STR("data: roster\n\n"));
    server_publish(h.s, STR("need"), STR("data: need\n\n"));
    assert_false(has(take(fd, "data: need\n\n"), "roster"));
    assert_true(has(take(fd, ":\n\n"), ":\n\n")); /* a sign of life */
    end(&h);
    assert_int_equal(take(fd, NULL).len, 0); /* closed by the stop */
    close(fd);
}

static int listen_to(house *h, const char *topics)
{
    size_t before = server_stream_count(h->s);
    int fd = dial(h);
    put(fd, text_format(check_arena(), "GET /stream?topics=%s HTTP/1.1\r\nHost: x\r\n\r\n", topics));
    take(fd, "retry: 1000\n\n");
    while (server_stream_count(h->s) == before)
        usleep(1000);
    return fd;
}

/* More streams than are told at once, and more events than one of them holds. */
static void each_stream_hears_what_it_asked_for_in_its_order(void **state)
{
    (void)state;
    enum { STREAMS = 150, TOLD = 10 };
    static const char *const asked[] = { "a", "a+b", "c+a+b+a" };
    static const char *const heard[] = { "a0a2a4a6a8", "a0b1a2b3a4b5a6b7a8b9", "a0b1a2b3a4b5a6b7a8b9" };
    int fd[STREAMS];
    house h = open_house(patient, NULL, 2);
    begin(&h);
    for (int i = 0; i < STREAMS; i++)
        fd[i] = listen_to(&h, asked[i % 3]);
    server_publish(h.s, STR("d"), STR("nobody"));
    for (int i = 0; i < TOLD; i++)
        server_publish(h.s, i % 2 ? STR("b") : STR("a"), text_format(check_arena(), "%c%d", i % 2 ? 'b' : 'a', i));
    server_publish(h.s, STR("a"), STR("."));
    for (int i = 0; i < STREAMS; i++)
        check_str(take(fd[i], "."), text_format(check_arena(), "%s.", heard[i % 3]).at);
    while (server_streams_due(h.s))
        usleep(1000);
    CASE("some leave, the others hear on");
    for (int i = 0; i < STREAMS; i += 2)
        close(fd[i]);
    server_publish(h.s, STR("a"), STR("!"));
    for (int i = 1; i < STREAMS; i += 2)
        check_str(take(fd[i], "!"), "!");
    CASE("the end of a topic ends its streams");
    server_end_streams(h.s, STR("c"));
    server_end_streams(h.s, STR("nothing"));
    for (int i = 5; i < STREAMS; i += 6)
        assert_int_equal(take(fd[i], NULL).len, 0);
    server_publish(h.s, STR("a"), STR("?"));
    check_str(take(fd[1], "?"), "?");
    end(&h);
    for (int i = 1; i < STREAMS; i += 2)
        close(fd[i]);
}

/* It is told as much as it takes, and what it does not take is not kept without end. */
static void a_stream_that_takes_nothing_is_closed(void **state)
{
    (void)state;
    house h = open_house(patient, NULL, 1);
    begin(&h);
    int deaf = listen_to(&h, "a"), other = listen_to(&h, "a");
    char *at = arena_alloc(check_arena(), 8 << 10);
    memset(at, 'x', 8 << 10);
    at[0] = '>';
    for (int i = 0; i < 4000 && server_stream_count(h.s) == 2; i++) {
        server_publish(h.s, STR("a"), (str){ at, 8 << 10 });
        for (size_t got = 0; got < 8 << 10;) {
            char part[8 << 10];
            ssize_t n = recv(other, part, sizeof part - got, 0);
            assert_true(n > 0 && (got || part[0] == '>'));
            got += (size_t)n;
        }
    }
    while (server_stream_count(h.s) == 2)
        usleep(1000);
    end(&h);
    close(deaf);
    close(other);
}

static void a_stop_finishes_what_is_under_way(void **state)
{
    (void)state;
    house h = open_house(patient, NULL, 1);
    begin(&h);
    int idle = dial(&h), busy = dial(&h);
    put(busy, STR("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"));
    usleep(100 * 1000);
    server_stop(h.s);
    str answer = take(busy, NULL);
    assert_true(has(answer, "late") && has(answer, "Connection: close"));
    assert_int_equal(take(idle, NULL).len, 0);
    pthread_join(h.thread, NULL);
    server_close(h.s);
    app_close(h.app);
    close(idle);
    close(busy);
}

static void a_bad_address_is_named(void **state)
{
    (void)state;
    house h = open_house(patient, NULL, 1);
    server *s;
    static const char *const shapes[] = { "8080", "localhost:80", "1.2.3.4:99999", "::1", ":", "" };
    for (size_t i = 0; i < COUNT(shapes); i++) {
        CASE(shapes[i]);
        h.o.listen = shapes[i];
        check_err(server_open(check_arena(), &h.o, &s), ERR_USAGE, "web.listen_shape");
    }
    h.o.listen = text_format(check_arena(), "127.0.0.1:%d", server_port(h.s)).at;
    check_err(server_open(check_arena(), &h.o, &s), ERR_USAGE, "web.listen_taken");
    begin(&h);
    end(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(requests_are_answered_in_their_order),
        CHECK_TEST(what_is_too_large_or_unsound_is_refused),
        CHECK_TEST(whoever_is_slow_is_cut),
        CHECK_TEST(an_address_has_its_share),
        CHECK_TEST(an_upload_goes_to_a_file),
        CHECK_TEST(a_form_runs_its_command_once),
        CHECK_TEST(a_stream_brings_its_topics),
        CHECK_TEST(each_stream_hears_what_it_asked_for_in_its_order),
        CHECK_TEST(a_stream_that_takes_nothing_is_closed),
        CHECK_TEST(a_stop_finishes_what_is_under_way),
        CHECK_TEST(a_bad_address_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

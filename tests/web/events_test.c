/* What changed, as hints: whose topics, one event a look, what was missed, and streams over real sockets. */
#include "base/civil.h"
#include "base/limits.h"
#include "command/duty_world.h"
#include "web/api.h"
#include "web/notifier.h"

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int64_t add_duty(const world *w, int person, int day)
{
    int64_t need = need_of(w, EAST, w->gate, DAY, day, 2);
    return must(w, 1, "duty.add", "id", NAMED({ "need", V_INT(need) }, { "person", V_INT(w->person[person]) }));
}

static str hints(const world *w, str since)
{
    arena *a = check_arena();
    event_place from;
    event_news news;
    text t = text_begin(a);
    assert_true(event_place_read(a, since, &from));
    check_ok(event_read(w->p, a, &from, 0, &news));
    assert_false(news.more || news.lost);
    for (const event_hint *h = news.hints; h; h = h->next)
        text_printf(&t, "[%.*s %.*s]", STR_ARG(h->topic), STR_ARG(h->kinds));
    return text_done(&t);
}

static str place(const world *w)
{
    event_place now;
    check_ok(event_now(w->p, check_arena(), &now));
    return event_place_text(check_arena(), &now);
}

static bool has(str s, str part)
{
    return str_find(s, part) >= 0;
}

static str topic(const char *kind, int64_t id, const char *nouns)
{
    return text_format(check_arena(), "[%s:%lld %s]", kind, LL(id), nouns);
}

static void a_change_is_told_to_whom_it_concerns(const char *url)
{
    world w = world_open(url, NULL);
    str since = place(&w);
    int64_t duty = add_duty(&w, 0, 0);
    str told = hints(&w, since);
    assert_true(has(told, topic("person", w.person[0], "duty")) && has(told, topic("team", w.team[EAST], "need duty")));
    assert_true(has(told, STR("[division:320303001001 need duty]")) && has(told, STR("[division:320303 need duty]")) && has(told, STR("[all need duty]")));
    assert_false(has(told, text_format(check_arena(), "team:%lld", LL(w.team[WEST]))));
    since = place(&w);
    check_ok(run_at(&w, 7.9, "duty.check_in", 0, NAMED({ "duty", V_INT(duty) }, { "by", V_INT(w.person[1]) }), NULL));
    told = hints(&w, since);
    assert_true(has(told, topic("person", w.person[0], "duty")) && has(told, topic("team", w.team[EAST], "duty")));
    since = place(&w);
    must(&w, 8, "post.import", NULL, ROWS("[{\"team\":%lld,\"name\":\"New\",\"kind\":\"gate\"}]", LL(w.team[WEST]))); /* of which the record has no team */
    assert_true(has(hints(&w, since), topic("team", w.team[WEST], "post")));
    since = place(&w);
    must(&w, 8, "operation.close", NULL, NAMED({ "operation", V_INT(w.operation) }));
    assert_true(has(hints(&w, since), topic("operation", w.operation, "operation")));
    assert_int_equal(hints(&w, place(&w)).len, 0);
}

static void a_place_that_is_none_is_told(void **state)
{
    (void)state;
    static const char *const bad[] = { "", "x", "0", "0:", ":1", "0:1,0:2", "1:1,0:2", "0:-1", "4096:1", "0:1;1:2", "0:99999999999999999999" };
    event_place p;
    for (size_t i = 0; i < COUNT(bad); i++) {
        CASE(bad[i]);
        assert_false(event_place_read(check_arena(), str_of(bad[i]), &p));
    }
    assert_true(event_place_read(check_arena(), STR("0:0,3:17,4095:1"), &p) && p.count == 3);
    check_str(event_place_text(check_arena(), &p), "0:0,3:17,4095:1");
}

/* -- the notifier -------------------------------------------------------------------------------------- */
typedef struct heard {
    size_t count, of_team;
    str last;
} heard;

static void hear(void *of, str what, str event)
{
    heard *h = of;
    h->count++;
    h->of_team += str_starts(what, STR("team:"));
    h->last = str_copy(check_arena(), event);
}

#define EAR(h) ((notifier_ear){ hear, NULL, NULL, h })
static void however_much_is_done_a_topic_has_one_event_a_look(const char *url)
{
    world w = world_open(url, NULL);
    heard h = { 0 };
    notifier *n = NULL;
    check_ok(notifier_open(check_arena(), w.p, false, EAR(&h), &n));
    notifier_look(n);
    assert_int_equal(h.count, 0);
    for (int day = 0; day < 10; day++) /* 20 rows */
        add_duty(&w, 0, day);
    notifier_look(n);
    assert_int_equal(h.of_team, 1);
    assert_true(has(h.last, STR("event: change\ndata: {\"topic\":\"")) && has(h.last, STR("id: ")));
    assert_false(has(h.last, STR("P0"))); /* a hint, nothing of what it was */
    notifier_look(n);
    assert_int_equal(h.of_team, 1);
    notifier_close(n);
}

static size_t nobody(const void *of)
{
    (void)of;
    return 0;
}

static void what_nobody_hears_is_passed_by(const char *url)
{
    world w = world_open(url, NULL);
    heard h = { 0 };
    notifier *n = NULL;
    check_ok(notifier_open(check_arena(), w.p, false, (notifier_ear){ hear, nobody, NULL, &h }, &n));
    for (int i = 0; i < NOTIFIER_QUIET_LOOKS; i++)
        notifier_look(n);
    add_duty(&w, 0, 0);
    notifier_look(n);
    assert_int_equal(h.count, 0);
    app_watch(w.p); /* somebody begins: from here on all is told, what was passed by is not */
    notifier_look(n);
    assert_int_equal(h.count, 0);
    add_duty(&w, 0, 1);
    notifier_look(n);
    assert_int_equal(h.of_team, 1);
    notifier_close(n);
}

static size_t still_telling(const void *of)
{
    return ((const heard *)of)->count == 0;
}

static void while_some_are_told_the_next_look_waits(const char *url)
{
    world w = world_open(url, NULL);
    heard h = { 0 };
    notifier *n = NULL;
    check_ok(notifier_open(check_arena(), w.p, false, (notifier_ear){ hear, NULL, still_telling, &h }, &n));
    add_duty(&w, 0, 0);
    notifier_look(n);
    assert_int_equal(h.of_team, 0);
    h.count = 1; /* all have been told */
    add_duty(&w, 0, 1);
    notifier_look(n);
    assert_int_equal(h.of_team, 1); /* of both */
    notifier_close(n);
}

static void a_late_notifier_says_it_one_look_later(const char *url)
{
    world w = world_open(url, NULL);
    heard h = { 0 };
    notifier *n = NULL;
    check_ok(notifier_open(check_arena(), w.p, true, EAR(&h), &n));
    add_duty(&w, 0, 0);
    notifier_look(n);
    assert_int_equal(h.count, 0);
    notifier_look(n);
    assert_int_equal(h.of_team, 1);
    add_duty(&w, 0, 1);
    notifier_look(n); /* and one that is still held is given back */
    notifier_close(n);
}

static void a_long_run_comes_in_pieces(const char *url)
{
    world w = world_open(url, NULL);
    arena *a = check_arena();
    event_place from;
    event_news news;
    assert_true(event_place_read(a, place(&w), &from));
    for (int i = 0; i < EVENT_ROWS_MAX + 20; i++)
        must(&w, 1, "channel.set", NULL, NAMED({ "name", T("sms") }, { "driver", T("file") }, { "rank", V_INT(i) }));
    check_ok(event_read(w.p, a, &from, 0, &news));
    assert_true(news.more || news.upto.count > 1);
    for (int turn = 0; news.more && turn < 3; turn++) {
        from = news.upto;
        check_ok(event_read(w.p, a, &from, 0, &news));
    }
    assert_false(news.more);
    check_str(event_place_text(a, &news.upto), place(&w).at);
    assert_true(event_place_read(a, STR("0:1"), &from));
    check_ok(event_read(w.p, a, &from, 100, &news));
    assert_true(news.lost);
    assert_true(event_place_read(a, STR("0:999999999"), &from)); /* of another record, or one that was restored */
    check_ok(event_read(w.p, a, &from, 100, &news));
    assert_true(news.lost);
}

/* -- by HTTP, without sockets -------------------------------------------------------------------------- */
typedef struct asker {
    world w;
    site site;
    str session;
    int64_t later_ms; /* than the seventh hour */
} asker;

static json_t *json_of(str s)
{
    return json_loadb(s.at, s.len, 0, NULL);
}

static str session_of(const world *w, const char *kind, int64_t id, int person)
{
    str result = { 0 };
    pass x;
    check_ok(run_at(w, 7, "pass.issue", 0, NAMED({ "kind", T(kind) }, { kind, V_INT(id) }), &result));
    json_t *o = json_of(result);
    check_ok(pass_find(w->p, check_arena(), "open", str_of(json_string_value(json_object_get(o, "token"))), HOURS(7), &x));
    json_decref(o);
    check_ok(run_at(w, 7, "pass.open", 0,
                    NAMED({ "token_hash", V_TEXT(x.token_hash) }, { "person", V_INT(w->person[person]) },
                          { "digits", V_TEXT(text_format(check_arena(), "000%d", person)) }), &result));
    o = json_of(result);
    str session = str_copy(check_arena(), str_of(json_string_value(json_object_get(o, "session"))));
    json_decref(o);
    return session;
}

static response get(asker *b, str target, str last)
{
    arena *a = check_arena();
    request *q = arena_new(a, request);
    response p;
    *q = (request){ .a = a, .now = HOURS(7) + b->later_ms, .target = target, .query = target };
    str_split(&q->query, '?', &q->path);
    q->headers[q->header_count++] = (header){ STR("Authorization"), text_format(a, "Bearer %.*s", STR_ARG(b->session)) };
    if (last.len)
        q->headers[q->header_count++] = (header){ STR("Last-Event-ID"), last };
    server_answer(&(server_options){ .handler = site_handle, .of = &b->site, .app = b->w.p }, q, &p);
    return p;
}

static asker open_asker(const char *url)
{
    asker b = { .w = world_open(url, NULL) };
    b.site = (site){ .app = b.w.p, .style_hash = site_style_hash(check_arena()) };
    return b;
}

static int status_of(asker *b, const char *kind, const char *id)
{
    return get(b, text_format(check_arena(), "/api/v1/changes?topics=%s:%s", kind, id), (str){ 0 }).status;
}

static const char *digits(int64_t id)
{
    return text_format(check_arena(), "%lld", LL(id)).at;
}

static void topics_are_for_those_they_concern(const char *url)
{
    asker b = open_asker(url);
    world *w = &b.w;
    grant(w, w->person[0], "leader", EAST);
    b.session = session_of(w, "person", w->person[0], 0);
    assert_int_equal(status_of(&b, "team", digits(w->team[EAST])), 200);
    assert_int_equal(status_of(&b, "team", digits(w->team[WEST])), 403);
    assert_int_equal(status_of(&b, "person", digits(w->person[1])), 200); /* of the own team */
    assert_int_equal(status_of(&b, "person", digits(w->person[5])), 403);
    assert_int_equal(status_of(&b, "operation", digits(w->operation)), 200);
    assert_int_equal(status_of(&b, "division", "320303001001"), 200);
    assert_int_equal(status_of(&b, "division", "320303"), 403);
    assert_int_equal(get(&b, STR("/api/v1/changes?topics=all"), (str){ 0 }).status, 403);
    assert_int_equal(get(&b, STR("/api/v1/events?topics=all"), (str){ 0 }).status, 403);
    assert_int_equal(get(&b, STR("/api/v1/changes?topics=moon:1,x"), (str){ 0 }).status, 403);
    assert_int_equal(get(&b, STR("/api/v1/changes?since=x"), (str){ 0 }).status, 422);
    b.session = session_of(w, "person", w->person[1], 1); /* a member: the team's roster is theirs to see */
    assert_int_equal(status_of(&b, "team", digits(w->team[EAST])), 200);
    assert_int_equal(status_of(&b, "person", digits(w->person[0])), 403);
    b.session = session_of(w, "team", w->team[EAST], 1); /* by the group's link: oneself */
    assert_int_equal(status_of(&b, "person", digits(w->person[1])), 200);
    assert_int_equal(status_of(&b, "team", digits(w->team[EAST])), 403);
    assert_int_equal(status_of(&b, "person", digits(w->person[0])), 403);
    b.session = STR("AAAAAAAAAAAAAAAAAAAAAA");
    assert_int_equal(get(&b, STR("/api/v1/events"), (str){ 0 }).status, 401);
}

static void what_was_missed_is_told(const char *url)
{
    asker b = open_asker(url);
    b.session = session_of(&b.w, "person", b.w.person[0], 0);
    response p = get(&b, STR("/api/v1/changes"), (str){ 0 });
    json_t *o = json_of(p.body);
    str since = str_copy(check_arena(), str_of(json_string_value(json_object_get(o, "place"))));
    assert_int_equal(json_array_size(json_object_get(o, "changes")), 0);
    json_decref(o);
    add_duty(&b.w, 0, 0);
    must(&b.w, 1, "duty.add", "id", NAMED({ "need", V_INT(need_of(&b.w, WEST, b.w.bridge, DAY, 0, 2)) }, { "person", V_INT(b.w.person[5]) }));
    p = get(&b, text_format(check_arena(), "/api/v1/changes?since=%.*s", STR_ARG(since)), (str){ 0 });
    o = json_of(p.body);
    assert_int_equal(json_array_size(json_object_get(o, "changes")), 2); /* person and team */
    json_decref(o);
    p = get(&b, STR("/api/v1/events"), since); /* as a browser comes back */
    assert_true(p.stream && str_starts(p.body, STR("retry: ")));
    str own = text_format(check_arena(), "{\"topic\":\"person:%lld\",\"kinds\":\"duty\"}", LL(b.w.person[0]));
    assert_true(has(p.body, own) && has(p.body, STR("event: here\n")));
    assert_true(has(p.topics, text_format(check_arena(), "team:%lld", LL(b.w.team[EAST]))));
    p = get(&b, STR("/api/v1/events"), STR("0:999999999"));
    assert_true(has(p.body, STR("\"kinds\":\"*\"")));
}

/* -- streams end with the right to them ---------------------------------------------------------------- */
static bool ends_somebody(const world *w, str since, int64_t person)
{
    return has(hints(w, since), text_format(check_arena(), "[" EVENT_ENDS "%lld ", LL(person)));
}

static int64_t pass_id(const world *w, const char *kind, int64_t id)
{
    str result = { 0 };
    check_ok(run_at(w, 7, "pass.issue", 0, NAMED({ "kind", T(kind) }, { kind, V_INT(id) }), &result));
    return field(result, "id", 0);
}

static void whoever_loses_a_right_is_told_apart(const char *url)
{
    world w = world_open(url, NULL);
    int64_t leader = w.person[0], member = w.person[1];
    int64_t office = must(&w, 1, "role_grant.add", "id", NAMED({ "person", V_INT(leader) }, { "role", T("leader") }, { "scope", T("team") },
                                                               { "team", V_INT(w.team[EAST]) }));
    str session = session_of(&w, "person", leader, 0);
    session_of(&w, "team", w.team[EAST], 1);
    str since = place(&w);
    add_duty(&w, 0, 0);
    must(&w, 7, "session.end", NULL, NAMED({ "session", V_TEXT(STR("AAAAAAAAAAAAAAAAAAAAAA")) }, { "person", V_INT(w.person[5]) }));
    assert_true(ends_somebody(&w, since, w.person[5]));
    assert_false(ends_somebody(&w, since, leader) || ends_somebody(&w, since, member));
    since = place(&w);
    must(&w, 7, "session.end_others", NULL, NAMED({ "session", V_TEXT(session) }, { "person", V_INT(leader) }));
    assert_true(ends_somebody(&w, since, leader));
    since = place(&w);
    must(&w, 7, "pass.revoke", NULL, NAMED({ "pass", V_INT(pass_id(&w, "team", w.team[EAST])) }));
    assert_true(ends_somebody(&w, since, member) && !ends_somebody(&w, since, leader));
    since = place(&w);
    must(&w, 7, "pass.renew", NULL, NAMED({ "pass", V_INT(pass_id(&w, "person", leader)) }));
    assert_true(ends_somebody(&w, since, leader) && !ends_somebody(&w, since, member));
    since = place(&w);
    must(&w, 7, "role_grant.end", NULL, NAMED({ "role_grant", V_INT(office) }));
    assert_true(ends_somebody(&w, since, leader));
}

static void a_stream_is_of_its_session_and_no_longer(const char *url)
{
    asker b = open_asker(url);
    int64_t person = b.w.person[0];
    b.session = session_of(&b.w, "team", b.w.team[EAST], 0);
    response p = get(&b, STR("/api/v1/events"), (str){ 0 });
    assert_true(p.stream && has(p.topics, text_format(check_arena(), " " EVENT_ENDS "%lld", LL(person))));
    assert_true(p.stream_ms >= 8 * 60000 && p.stream_ms <= 12 * 60000);
    assert_int_equal(status_of(&b, "session", digits(person)), 403); /* nobody watches that */
    b.later_ms = SESSION_WEAK_HOURS * 3600000LL - 1500;
    assert_int_equal(get(&b, STR("/api/v1/events"), (str){ 0 }).stream_ms, 1500);
    b.later_ms += 1500;
    assert_int_equal(get(&b, STR("/api/v1/events"), (str){ 0 }).status, 401);
}

static void the_script_is_small_and_kept(void **state)
{
    (void)state;
    asker b = open_asker(check_path("m.db"));
    assert_true(page_assets->name && str_starts(str_of(page_assets->name), STR("live.")));
    response p = get(&b, text_format(check_arena(), "/a/%s", page_assets->name), (str){ 0 });
    assert_int_equal(p.status, 200);
    assert_true(p.cached && p.squeezed.len && p.squeezed.len < 2048); /* a phone loads it once, on a bad evening */
    assert_int_equal(get(&b, STR("/a/live.0000000000000000.js"), (str){ 0 }).status, 404);
}

/* -- over sockets -------------------------------------------------------------------------------------- */
typedef struct house {
    server *s;
    notifier *n;
    site site;
    pthread_t thread;
} house;

static void *run(void *s)
{
    server_run(s);
    return NULL;
}

static int64_t the_seventh(void)
{
    return HOURS(7);
}

static void open_house(house *h, const world *w)
{
    h->site = (site){ .app = w->p, .style_hash = site_style_hash(check_arena()) };
    server_options o = { .listen = "127.0.0.1:0", .loops = 2, .handler = site_handle, .of = &h->site, .app = w->p,
                         .clock = the_seventh, .limits = server_usual_limits };
    check_ok(server_open(check_arena(), &o, &h->s));
    check_ok(notifier_open(check_arena(), w->p, false, notifier_server(h->s), &h->n));
    pthread_create(&h->thread, NULL, run, h->s);
    notifier_begin(h->n);
}

static void close_house(house *h)
{
    notifier_close(h->n);
    server_stop(h->s);
    pthread_join(h->thread, NULL);
    server_close(h->s);
}

static int listen_to(house *h, str session, const char *last)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)server_port(h->s)), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
    str ask = text_format(check_arena(), "GET /api/v1/events HTTP/1.1\r\nHost: x\r\nCookie: muster=%.*s\r\n%s%s\r\n", STR_ARG(session),
                          last ? last : "", last ? "\r\n" : "");
    assert_int_equal(write(fd, ask.at, ask.len), ask.len);
    return fd;
}

/* What comes until it holds this, or for so long. */
static str take(int fd, const char *until, int ms)
{
    text t = text_begin(check_arena());
    char room[4096];
    while (!until || !has((str){ t.at, t.len }, str_of(until))) {
        struct pollfd p = { .fd = fd, .events = POLLIN };
        if (poll(&p, 1, ms) <= 0)
            break;
        ssize_t n = read(fd, room, sizeof room);
        if (n <= 0)
            break;
        text_put(&t, (str){ room, (size_t)n });
    }
    return text_done(&t);
}

static void two_browsers_hear_and_one_comes_back_after_a_restart(void **state)
{
    (void)state;
    app *p = NULL;
    check_ok(app_open(check_arena(), &(app_options){ .url = check_path("m.db"), .mode = "demo" }, &p));
    world w = world_open(NULL, p);
    str first = session_of(&w, "person", w.person[0], 0), other = session_of(&w, "person", w.person[5], 5);
    house h = { 0 };
    open_house(&h, &w);
    int a = listen_to(&h, first, NULL), b = listen_to(&h, other, NULL);
    str begun = take(a, "event: here", 5000);
    assert_true(has(begun, STR("text/event-stream")) && has(begun, STR("retry: 3000")) && has(take(b, "event: here", 5000), STR("event: here")));
    add_duty(&w, 0, 0);
    str heard = take(a, "event: change", 5000);
    assert_true(has(heard, STR("id: 0:")) && has(heard, STR("\"kinds\":\"")));
    assert_int_equal(take(b, NULL, 700).len, 0); /* nothing of another team's */
    close(a);
    close(b);
    close_house(&h);
    ptrdiff_t at = str_find(heard, STR("id: "));
    str id, rest = str_from(heard, (size_t)at + 4);
    str_split(&rest, '\n', &id);
    add_duty(&w, 0, 1); /* while nobody listens */
    open_house(&h, &w);
    a = listen_to(&h, first, text_format(check_arena(), "Last-Event-ID: %.*s", STR_ARG(id)).at);
    heard = take(a, "event: here", 5000);
    assert_true(has(heard, STR("event: change\ndata: {\"topic\":\"person:")));
    close(a);
    close_house(&h);
    app_close(p);
}

/* Whether the other side closes it in that time, whatever it still says. */
static bool closes(int fd, int ms)
{
    char room[4096];
    struct pollfd p = { .fd = fd, .events = POLLIN };
    while (poll(&p, 1, ms) > 0)
        if (read(fd, room, sizeof room) <= 0)
            return true;
    return false;
}

static void a_stream_ends_with_its_session(const char *url)
{
    app *p = NULL;
    check_ok(app_open(check_arena(), &(app_options){ .url = url, .mode = "demo", .key_file = check_path("app.key") }, &p));
    world w = world_open(NULL, p);
    str link = session_of(&w, "team", w.team[EAST], 1), own = session_of(&w, "person", w.person[5], 5);
    house h = { 0 };
    open_house(&h, &w);
    int first = listen_to(&h, link, NULL), other = listen_to(&h, own, NULL);
    assert_true(has(take(first, "event: here", 5000), STR("event: here")) && has(take(other, "event: here", 5000), STR("event: here")));
    must(&w, 7, "pass.revoke", NULL, NAMED({ "pass", V_INT(pass_id(&w, "team", w.team[EAST])) }));
    assert_true(closes(first, 5000));
    assert_false(closes(other, 700)); /* not of that link */
    must(&w, 7, "session.end", NULL, NAMED({ "session", V_TEXT(own) }, { "person", V_INT(w.person[5]) }));
    assert_true(closes(other, 5000));
    int again = listen_to(&h, own, NULL);
    assert_true(has(take(again, "HTTP/1.1 401", 5000), STR("HTTP/1.1 401"))); /* and does not come back */
    close(first);
    close(other);
    close(again);
    close_house(&h);
    app_close(p);
}

ON_BOTH(a_change_is_told_to_whom_it_concerns)
ON_BOTH(however_much_is_done_a_topic_has_one_event_a_look)
ON_BOTH(what_nobody_hears_is_passed_by)
ON_BOTH(a_late_notifier_says_it_one_look_later)
ON_BOTH(while_some_are_told_the_next_look_waits)
ON_BOTH(a_long_run_comes_in_pieces)
ON_BOTH(topics_are_for_those_they_concern)
ON_BOTH(what_was_missed_is_told)
ON_BOTH(whoever_loses_a_right_is_told_apart)
ON_BOTH(a_stream_is_of_its_session_and_no_longer)
ON_BOTH(a_stream_ends_with_its_session)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(a_change_is_told_to_whom_it_concerns),
        CHECK_TEST(a_place_that_is_none_is_told),
        BOTH(however_much_is_done_a_topic_has_one_event_a_look),
        BOTH(what_nobody_hears_is_passed_by),
        BOTH(a_late_notifier_says_it_one_look_later),
        BOTH(while_some_are_told_the_next_look_waits),
        BOTH(a_long_run_comes_in_pieces),
        BOTH(topics_are_for_those_they_concern),
        BOTH(what_was_missed_is_told),
        BOTH(whoever_loses_a_right_is_told_apart),
        BOTH(a_stream_is_of_its_session_and_no_longer),
        BOTH(a_stream_ends_with_its_session),
        CHECK_TEST(the_script_is_small_and_kept),
        CHECK_TEST(two_browsers_hear_and_one_comes_back_after_a_restart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

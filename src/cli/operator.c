#include "cli/operator.h"

#include "base/json.h"
#include "base/limits.h"

#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { ASKED_MAX_BYTES = 1 << 20, LOOK_MS = 200, PATIENCE_SECONDS = 10, WAITING_MAX = 8 };

struct operator_desk {
    app *app;
    int64_t (*clock)(void);
    const char *path;
    int fd;
    pthread_t thread;
    atomic_bool end;
};

/* -- the socket ---------------------------------------------------------------------------------------- */
static const char *path_of(arena *a, const char *db)
{
    return text_format(a, "%s.sock", db).at;
}

static bool is_server(const char *db)
{
    return str_starts(str_of(db), STR("postgres"));
}

/* An address holds 107 bytes, a path may have more: it is reached by its folder. */
static bool reach(arena *a, const char *path, bool listening, int *out)
{
    const char *slash = strrchr(path, '/');
    str folder = slash ? (str){ path, (size_t)(slash - path) + 1 } : STR(".");
    struct sockaddr_un to = { .sun_family = AF_UNIX };
    int at = open(str_z(a, folder), O_PATH | O_DIRECTORY | O_CLOEXEC), fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int len = snprintf(to.sun_path, sizeof to.sun_path, "/proc/self/fd/%d/%s", at, slash ? slash + 1 : path);
    bool fits = at >= 0 && fd >= 0 && len > 0 && (size_t)len < sizeof to.sun_path;
    const mode_t before = listening ? umask(0177) : 0;
    bool good = fits && (listening ? bind(fd, (struct sockaddr *)&to, sizeof to) : connect(fd, (struct sockaddr *)&to, sizeof to)) == 0 &&
                (!listening || listen(fd, WAITING_MAX) == 0);
    if (listening)
        umask(before);
    if (at >= 0)
        close(at);
    if (!good && fd >= 0)
        close(fd);
    *out = good ? fd : -1;
    return good;
}

static void be_patient(int fd)
{
    struct timeval patience = { .tv_sec = PATIENCE_SECONDS };
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

static bool send_all(int fd, str s)
{
    while (s.len) {
        ssize_t n = send(fd, s.at, s.len, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        s = str_from(s, (size_t)n);
    }
    return shutdown(fd, SHUT_WR) == 0;
}

/* To its end; false: none came, or too much. */
static bool take_all(arena *a, int fd, str *out)
{
    char *room = arena_alloc(a, ASKED_MAX_BYTES);
    size_t len = 0;
    ssize_t n = 0;
    while (len < ASKED_MAX_BYTES && (n = recv(fd, room + len, ASKED_MAX_BYTES - len, 0)) > 0)
        len += (size_t)n;
    *out = (str){ room, len };
    return n == 0 && len > 0;
}

/* -- what goes over it --------------------------------------------------------------------------------- */
static void put_text(json *j, const char *key, str s)
{
    json_key(j, key);
    json_str(j, s);
}

static str asked_text(arena *a, const call *c)
{
    text t = text_begin(a);
    json j = json_begin(&t);
    json_open(&j, '{');
    put_text(&j, "command", str_of(c->command));
    put_text(&j, "key", c->key);
    put_text(&j, "source", c->source);
    put_text(&j, "actor", text_format(a, "%lld", (long long)c->actor_id));
    put_text(&j, "lang", c->lang == WORDS_EN ? STR("en") : STR("zh"));
    json_key(&j, "args");
    json_open(&j, '{');
    for (const named *n = c->args; n && n->name; n++)
        put_text(&j, n->name, n->value.kind == VALUE_INT ? text_format(a, "%lld", (long long)n->value.n) : n->value.s);
    json_close(&j, '}');
    json_close(&j, '}');
    return text_done(&t);
}

static str member(arena *a, const json_t *o, const char *name)
{
    const json_t *v = json_object_get(o, name);
    return json_is_string(v) ? str_copy(a, (str){ json_string_value(v), json_string_length(v) }) : (str){ 0 };
}

static bool asked_call(arena *a, str asked, call *out)
{
    json_t *o = json_loadb(asked.at, asked.len, JSON_REJECT_DUPLICATES, NULL), *args = json_object_get(o, "args"), *v;
    named *all = arena_many(a, named, json_object_size(args) + 1);
    const char *name;
    size_t count = 0;
    json_object_foreach(args, name, v)
        all[count++] = (named){ str_z(a, str_of(name)), V_TEXT(member(a, args, name)) };
    *out = (call){ .command = str_z(a, member(a, o, "command")), .key = member(a, o, "key"), .source = member(a, o, "source"),
                   .lang = str_is(member(a, o, "lang"), "en") ? WORDS_EN : WORDS_ZH, .args = all };
    bool good = json_is_object(o) && str_int(member(a, o, "actor"), 0, INT64_MAX, &out->actor_id);
    json_decref(o);
    return good;
}

static str answer_text(arena *a, const err *e, str result)
{
    text t = text_begin(a);
    json j = json_begin(&t);
    json_open(&j, '{');
    if (!e) {
        put_text(&j, "result", result);
    } else {
        put_text(&j, "code", text_format(a, "%d", (int)e->code));
        put_text(&j, "message", str_of(e->message));
        json_key(&j, "values");
        json_open(&j, '{');
        for (size_t i = 0; i < e->value_count; i++)
            put_text(&j, e->values[i].name, e->values[i].value);
        json_close(&j, '}');
    }
    json_close(&j, '}');
    return text_done(&t);
}

static err *answer_read(arena *a, str answer, str *result)
{
    json_t *o = json_loadb(answer.at, answer.len, 0, NULL), *values = json_object_get(o, "values"), *v;
    word_value all[WORD_VALUES_MAX + 1] = { { 0 } };
    const char *name;
    size_t count = 0;
    int64_t code = 0;
    err *e = NULL;
    json_object_foreach(values, name, v)
        if (count < WORD_VALUES_MAX)
            all[count++] = (word_value){ str_z(a, str_of(name)), member(a, values, name) };
    if (json_object_get(o, "result"))
        *result = member(a, o, "result");
    else if (str_int(member(a, o, "code"), 0, ERR_COUNT - 1, &code))
        e = err_new(a, (err_code)code, str_z(a, member(a, o, "message")), all);
    else
        e = err_new(a, ERR_DISK, "operator.no_answer", NULL);
    json_decref(o);
    return e;
}

/* -- serving ------------------------------------------------------------------------------------------- */
static void serve_one(operator_desk *o, int fd)
{
    arena *a = arena_open(NULL, REQUEST_MAX_BYTES + 4 * (size_t)ASKED_MAX_BYTES);
    str asked, result = { 0 };
    call c;
    be_patient(fd);
    if (take_all(a, fd, &asked)) {
        err *e = asked_call(a, asked, &c) ? NULL : err_new(a, ERR_INPUT, "operator.unread", NULL);
        c.now = o->clock();
        if (!e)
            e = app_command(o->app, a, &c, &result);
        send_all(fd, answer_text(a, e, result));
    }
    close(fd);
    arena_close(a);
}

static void *serve_all(void *of)
{
    operator_desk *o = of;
    while (!atomic_load(&o->end)) {
        struct pollfd p = { .fd = o->fd, .events = POLLIN };
        int fd = poll(&p, 1, LOOK_MS) > 0 ? accept4(o->fd, NULL, NULL, SOCK_CLOEXEC) : -1;
        if (fd >= 0)
            serve_one(o, fd);
    }
    return NULL;
}

err *operator_open(arena *a, app *p, const char *db, int64_t (*clock)(void), operator_desk **out)
{
    *out = NULL;
    if (is_server(db))
        return NULL;
    operator_desk *o = arena_new(a, operator_desk);
    *o = (operator_desk){ .app = p, .clock = clock, .path = path_of(a, db) };
    unlink(o->path); /* of one that was killed: the database is ours alone */
    if (!reach(a, o->path, true, &o->fd))
        return err_new(a, ERR_DISK, "operator.socket", VALUES({ "path", str_of(o->path) }));
    pthread_create(&o->thread, NULL, serve_all, o);
    *out = o;
    return NULL;
}

void operator_close(operator_desk *o)
{
    if (!o)
        return;
    atomic_store(&o->end, true);
    pthread_join(o->thread, NULL);
    close(o->fd);
    unlink(o->path);
}

/* -- asking -------------------------------------------------------------------------------------------- */
err *operator_command(arena *a, const app_options *options, const call *c, str *result)
{
    int fd;
    str answer = { 0 };
    if (!is_server(options->url) && reach(a, path_of(a, options->url), false, &fd)) {
        be_patient(fd);
        bool good = send_all(fd, asked_text(a, c)) && take_all(a, fd, &answer);
        close(fd);
        return good ? answer_read(a, answer, result) : err_new(a, ERR_DISK, "operator.no_answer", NULL);
    }
    app *p = NULL;
    TRY(app_open(a, options, &p));
    err *e = app_command(p, a, c, result);
    app_close(p);
    return e;
}

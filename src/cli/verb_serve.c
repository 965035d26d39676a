/* muster serve: the pages, until Ctrl-C. */
#include "base/civil.h"
#include "cli/cli.h"
#include "cli/serve_jobs.h"
#include "command/seal.h"
#include "web/notifier.h"
#include "web/site.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LOOPS_MAX = 16, SEAL_LOOK_SECONDS = 1, SEAL_MEMORY_BYTES = 4 << 20 };

typedef struct service {
    app *app;
    server *server;
    notifier *notifier;
    sigset_t ends;
    pthread_t watcher, sealer;
    atomic_bool stop;
    serve_jobs *jobs; /* null: none are worked off here */
} service;

/* A drill or demo may play at another time; the clock then goes on from there. Set once, before any thread. */
static int64_t clock_ahead_ms;

static int64_t clock_now(void)
{
    return civil_clock() + clock_ahead_ms;
}

/* 2020-02-07T23:52Z */
static err *set_clock(arena *a, const char *at)
{
    str s = str_of(at);
    civil_day day;
    int64_t hour, minute;
    bool reads = s.len == 17 && civil_day_read(str_part(s, 0, 10), &day) && s.at[10] == 'T' && s.at[13] == ':' && s.at[16] == 'Z' &&
                 str_int(str_part(s, 11, 2), 0, 23, &hour) && str_int(str_part(s, 14, 2), 0, 59, &minute);
    if (!reads)
        return err_new(a, ERR_USAGE, "web.at", VALUES({ "at", s }));
    clock_ahead_ms = (((int64_t)day * 24 + hour) * 60 + minute) * 60000 - civil_clock();
    return NULL;
}

static void log_lines(str lines)
{
    fwrite(lines.at, 1, lines.len, stderr);
}

/* Signals are taken here alone, on a thread that does nothing else. */
static void *watch(void *of)
{
    service *s = of;
    int number;
    sigwait(&s->ends, &number);
    server_stop(s->server);
    return NULL;
}

/* Loops wait for nothing, so the seal of each minute is made here. */
static void *seal(void *of)
{
    service *s = of;
    while (!atomic_load(&s->stop)) {
        arena *a = arena_open(NULL, SEAL_MEMORY_BYTES);
        seal_when_due(s->app, a, clock_now());
        arena_close(a);
        nanosleep(&(struct timespec){ .tv_sec = SEAL_LOOK_SECONDS }, NULL);
    }
    return NULL;
}

static void begin(service *s, arena *a, const char *db, bool jobs, words_lang lang)
{
    sigemptyset(&s->ends);
    sigaddset(&s->ends, SIGINT);
    sigaddset(&s->ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &s->ends, NULL);
    pthread_create(&s->watcher, NULL, watch, s);
    pthread_create(&s->sealer, NULL, seal, s);
    notifier_begin(s->notifier);
    if (jobs)
        s->jobs = serve_jobs_begin(a, &(serve_jobs_options){ .app = s->app, .clock = clock_now, .db = db, .lang = lang, .log = log_lines });
}

static void end(service *s)
{
    atomic_store(&s->stop, true);
    if (s->jobs)
        serve_jobs_end(s->jobs);
    pthread_join(s->watcher, NULL);
    pthread_join(s->sealer, NULL);
    notifier_close(s->notifier);
}

/* The first line is the address alone, for whoever starts the program from a script. */
static void announce(arena *a, const server *s, const char *listen, words_lang lang)
{
    str host = str_of(listen);
    while (host.len && host.at[host.len - 1] != ':')
        host.len--;
    printf("http://%.*s%d/\n", STR_ARG(host), server_port(s));
    fflush(stdout);
    if (isatty(STDOUT_FILENO))
        printf("%.*s\n", STR_ARG(words_get(a, lang, "web.serving_hint", NULL)));
}

static err *serve(arena *a, app *p, const char *db, const server_options *wanted, bool jobs, words_lang lang)
{
    server_options o = *wanted;
    site site = { .app = p, .blocking = str_starts(str_of(db), STR("postgres")), .style_hash = site_style_hash(a),
                  .files = text_format(a, "%s/files", cli_folder_of(a, db)).at };
    service s = { .app = p };
    o.handler = site_handle;
    o.of = &site;
    o.app = p;
    TRY(server_open(a, &o, &s.server));
    err *e = notifier_open(a, p, site.blocking, notifier_to_server, s.server, &s.notifier);
    if (e) {
        server_stop(s.server);
        server_run(s.server);
        server_close(s.server);
        return e;
    }
    announce(a, s.server, o.listen, lang);
    begin(&s, a, db, jobs, lang);
    server_run(s.server);
    end(&s);
    server_close(s.server);
    return NULL;
}

static err *run(arena *a, int argc, char **argv, words_lang lang)
{
    const char *db = cli_option(&argc, argv, "--db"), *listen = cli_option(&argc, argv, "--listen"),
               *loops = cli_option(&argc, argv, "--loops"), *at = cli_option(&argc, argv, "--at"),
               *jobs = cli_option(&argc, argv, "--jobs");
    int64_t n = sysconf(_SC_NPROCESSORS_ONLN);
    server_options o = { .listen = listen ? listen : "127.0.0.1:8080", .proxy = cli_option(&argc, argv, "--proxy"),
                         .clock = clock_now, .limits = server_usual_limits, .log = log_lines };
    TRY(cli_unknown_option(a, argc, argv));
    if (!db)
        return err_new(a, ERR_USAGE, "cli.db_missing", NULL);
    if (loops && !str_int(str_of(loops), 1, LOOPS_MAX, &n))
        return err_new(a, ERR_USAGE, "web.loops", VALUES({ "max", text_format(a, "%d", LOOPS_MAX) }));
    if (jobs && strcmp(jobs, "on") != 0 && strcmp(jobs, "off") != 0)
        return err_new(a, ERR_USAGE, "job.on_off", VALUES({ "value", str_of(jobs) }));
    o.loops = (int)(n < 1 ? 1 : n > LOOPS_MAX ? LOOPS_MAX : n);
    if (at)
        TRY(set_clock(a, at));
    app *p = NULL;
    TRY(app_open(a, &(app_options){ .url = db, .key_file = getenv("MUSTER_KEY_FILE") }, &p));
    err *e = serve(a, p, db, &o, !jobs || strcmp(jobs, "on") == 0, lang);
    app_close(p);
    return e;
}

int verb_serve(arena *a, int argc, char **argv, words_lang lang)
{
    err *e = run(a, argc, argv, lang);
    return e ? cli_fail(a, lang, e) : 0;
}

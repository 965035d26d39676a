/* muster serve: the pages, until Ctrl-C. */
#include "base/civil.h"
#include "cli/cli.h"
#include "cli/operator.h"
#include "cli/config.h"
#include "cli/qr.h"
#include "cli/serve_jobs.h"
#include "command/seal.h"
#include "web/notifier.h"
#include "web/upload.h"

#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { LOOPS_MAX = 16, SEAL_LOOK_SECONDS = 1, SWEEP_MS = 600000, SEAL_MEMORY_BYTES = 4 << 20, KEPT_BLOCK_BYTES = 1 << 20, KEPT_BYTES = 8 << 20 };

typedef struct service {
    app *app;
    server *server;
    notifier *notifier;
    sigset_t ends;
    pthread_t watcher, sealer;
    operator_desk *desk;
    atomic_bool stop;
    uploads *uploads;
    serve_jobs *jobs; /* null: none are worked off here */
} service;

/* A drill or demo may play at another time; the clock then goes on from there. Set once, before any thread. */
static int64_t clock_ahead_ms;

static int64_t clock_now(void)
{
    return civil_clock() + clock_ahead_ms;
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

/* Loops wait for nothing, so the seal of each minute is made here, and files handed in that nobody used are removed. */
static void *seal(void *of)
{
    service *s = of;
    int64_t swept_at = civil_clock();
    while (!atomic_load(&s->stop)) {
        arena *a = arena_open(NULL, SEAL_MEMORY_BYTES);
        seal_when_due(s->app, a, clock_now());
        arena_close(a);
        if (s->uploads && civil_clock() >= swept_at + SWEEP_MS) {
            swept_at = civil_clock();
            uploads_sweep(s->uploads);
        }
        nanosleep(&(struct timespec){ .tv_sec = SEAL_LOOK_SECONDS }, NULL);
    }
    return NULL;
}

/* Before any other thread is there: none of them may take what the watcher waits for. */
static void hold_signals(service *s)
{
    sigemptyset(&s->ends);
    sigaddset(&s->ends, SIGINT);
    sigaddset(&s->ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &s->ends, NULL);
}

static void begin(service *s, arena *a, const char *db, bool jobs, words_lang lang)
{
    pthread_create(&s->watcher, NULL, watch, s);
    pthread_create(&s->sealer, NULL, seal, s);
    notifier_begin(s->notifier);
    if (jobs)
        s->jobs = serve_jobs_begin(a, &(serve_jobs_options){ .app = s->app, .clock = clock_now, .db = db, .uploads = s->uploads ? s->uploads->dir : NULL,
                                                            .home = s->uploads ? s->uploads->home : (str){ 0 }, .lang = lang, .log = log_lines });
}

static void end(service *s)
{
    atomic_store(&s->stop, true);
    if (s->jobs)
        serve_jobs_end(s->jobs);
    pthread_join(s->watcher, NULL);
    pthread_join(s->sealer, NULL);
    operator_close(s->desk);
    notifier_close(s->notifier);
}

/* Where a phone on the same network finds this: as it was told, or by the machine's own address. */
static str phone_link(arena *a, const config *c, const char *listen, int port)
{
    str host = str_of(listen);
    if (c->value[CONFIG_base_url].len)
        return c->value[CONFIG_base_url];
    bool everywhere = str_starts(host, STR("0.0.0.0:")) || str_starts(host, STR("[::]:"));
    str own = everywhere ? qr_own_address(a) : (str){ 0 };
    return own.len ? text_format(a, "http://%.*s:%d/", STR_ARG(own), port) : (str){ 0 };
}

/* The first line is the address alone, for whoever starts the program from a script. */
static void announce(arena *a, const server *s, const config *c, const char *listen, words_lang lang)
{
    str host = str_of(listen);
    while (host.len && host.at[host.len - 1] != ':')
        host.len--;
    printf("http://%.*s%d/\n", STR_ARG(host), server_port(s));
    if (isatty(STDOUT_FILENO)) {
        str link = phone_link(a, c, listen, server_port(s));
        if (link.len)
            printf("%.*s\n%.*s", STR_ARG(words_get(a, lang, "web.serving", VALUES({ "address", link }))), STR_ARG(qr_text(a, link)));
        printf("%.*s\n", STR_ARG(words_get(a, lang, link.len ? "web.serving_hint" : "serve.here_alone", NULL)));
    }
    fflush(stdout);
}

/* What a request took is not given back to the kernel after it: each return stops all threads for a moment. */
static void keep_memory(void)
{
    mallopt(M_MMAP_THRESHOLD, KEPT_BLOCK_BYTES);
    mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
}

static err *serve(arena *a, app *p, const config *c, const server_options *wanted, words_lang lang)
{
    server_options o = *wanted;
    const char *db = config_z(a, c, CONFIG_db);
    bool postgres = str_starts(c->value[CONFIG_db], STR("postgres"));
    site site = { .app = p, .blocking = postgres, .style_hash = site_style_hash(a), .wall = civil_clock,
                  .files = text_format(a, "%s/files", cli_folder_of(a, db)).at };
    service s = { .app = p };
    err *no_uploads = uploads_open(a, text_format(a, "%s/uploads", cli_folder_of(a, db)).at, &s.uploads);
    if (no_uploads) /* all else can be served: told here, and on the page that asks for a file */
        cli_fail(a, lang, no_uploads);
    site.uploads = s.uploads;
    o.upload_dir = s.uploads ? s.uploads->dir : NULL;
    o.is_upload = upload_is;
    site.limits = (health_limits){ .file = postgres ? NULL : db, .disk_floor_mb = config_int(c, CONFIG_disk_floor_mb),
                                   .backup_max_hours = config_int(c, CONFIG_backup_max_hours) };
    o.handler = site_handle;
    o.of = &site;
    o.app = p;
    keep_memory();
    hold_signals(&s);
    TRY(server_open(a, &o, &s.server));
    err *e = notifier_open(a, p, site.blocking, notifier_server(s.server), &s.notifier);
    if (!e)
        e = operator_open(a, p, db, clock_now, &s.desk);
    if (e) {
        if (s.notifier)
            notifier_close(s.notifier);
        server_stop(s.server);
        server_run(s.server);
        server_close(s.server);
        return e;
    }
    announce(a, s.server, c, o.listen, lang);
    begin(&s, a, db, config_on(c, CONFIG_jobs), lang);
    server_run(s.server);
    end(&s);
    server_close(s.server);
    return NULL;
}

static server_limits limits_of(const config *c)
{
    return (server_limits){
        .head_ms = (int)config_int(c, CONFIG_head_ms), .form_ms = (int)config_int(c, CONFIG_form_ms),
        .upload_ms = (int)config_int(c, CONFIG_upload_ms), .idle_ms = (int)config_int(c, CONFIG_idle_ms),
        .write_ms = (int)config_int(c, CONFIG_write_ms), .ping_ms = (int)config_int(c, CONFIG_ping_ms),
        .stop_ms = (int)config_int(c, CONFIG_stop_ms),
        .connections_per_address = (int)config_int(c, CONFIG_connections_per_address),
        .requests_per_second = (int)config_int(c, CONFIG_requests_per_second),
        .requests_burst = (int)config_int(c, CONFIG_requests_burst),
    };
}

static server_options options_of(arena *a, const config *c)
{
    int64_t n = config_int(c, CONFIG_loops), cores = sysconf(_SC_NPROCESSORS_ONLN), at;
    n = n ? n : cores < 1 ? 1 : cores > LOOPS_MAX ? LOOPS_MAX : cores;
    if (config_time(c->value[CONFIG_at], &at))
        clock_ahead_ms = at - civil_clock();
    return (server_options){ .listen = config_z(a, c, CONFIG_listen), .proxy = config_z(a, c, CONFIG_proxy), .loops = (int)n,
                             .clock = clock_now, .limits = limits_of(c), .log = config_on(c, CONFIG_log) ? log_lines : NULL };
}

static err *run(arena *a, int argc, char **argv, words_lang lang)
{
    bool check = cli_flag(&argc, argv, "--check-config");
    config c;
    TRY(config_read(a, &argc, argv, &c));
    TRY(cli_unknown_option(a, argc, argv));
    if (check) {
        str said = config_text(a, &c, lang);
        fwrite(said.at, 1, said.len, stdout);
        return NULL;
    }
    if (!c.value[CONFIG_db].len)
        return err_new(a, ERR_USAGE, "cli.db_missing", NULL);
    server_options o = options_of(a, &c);
    app *p = NULL;
    TRY(app_open(a, &(app_options){ .url = config_z(a, &c, CONFIG_db), .key_file = config_z(a, &c, CONFIG_key_file) }, &p));
    err *e = serve(a, p, &c, &o, lang);
    app_close(p);
    return e;
}

void cli_serve_rows(arena *a, words_lang lang, const char *name)
{
    str help = config_help(a, lang);
    (void)name;
    fwrite(help.at, 1, help.len, stdout);
}

int verb_serve(arena *a, int argc, char **argv, words_lang lang)
{
    err *e = run(a, argc, argv, lang);
    return e ? cli_fail(a, lang, e) : 0;
}

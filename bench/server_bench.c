/*
 * server_bench: `muster serve` under load, each figure beside its yardstick of the same run (docs/benchmarks.md).
 *   server_bench FOLDER MUSTER [RUNS [PARTS]]      build and run: make bench-server
 * PARTS: of "small large postgres" those to run; all of them.
 * nginx is asked for at MUSTER_BENCH_NGINX, PostgreSQL at MUSTER_BENCH_PG, the URL of a server's database in which
 * others may be made; what is not there is said and left out.
 */
#include "bare.h"
#include "crowd.h"
#include "load.h"

#include "base/text.h"
#include "command/key.h"
#include "view/view.h"

#include <arpa/inet.h>
#include <libpq-fe.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SMALL = 1000, LARGE = 100000, OPENED = 60000, ON_POSTGRES = 20000, PLACES = 46, CONNECTIONS = 64, BURST = 4000,
       BURST_SECONDS = 10, STREAMS = 10000, STREAMS_WARM = 2000, RUNS_MAX = 9, KEEP_BYTES = 1 << 30, PAGES = 2000, SIGN_UPS = 500 };

typedef struct bench {
    arena *a;
    const char *folder, *muster, *key;
    int runs;
} bench;

/* -- processes ------------------------------------------------------------------------------------------- */
typedef struct process {
    pid_t pid;
    int port;
    double started; /* seconds until it listened */
} process;

static process serve(const bench *b, const char *url)
{
    process s = { 0 };
    int out[2];
    double from = bare_now();
    if (pipe(out) || (s.pid = fork()) < 0)
        bare_quit("pipe", "");
    if (s.pid == 0) {
        dup2(out[1], STDOUT_FILENO);
        freopen(text_format(b->a, "%s/serve.log", b->folder).at, "a", stderr);
        setenv("MUSTER_KEY_FILE", b->key, 1);
        execl(b->muster, "muster", "serve", "--db", url, "--listen", "127.0.0.1:0", "--proxy", "127.0.0.1", "--at",
              "2020-02-07T23:30Z", (char *)NULL);
        _exit(127);
    }
    close(out[1]);
    FILE *f = fdopen(out[0], "r");
    char said[256] = "";
    if (!f || !fgets(said, sizeof said, f) || sscanf(said, "http://127.0.0.1:%d/", &s.port) != 1)
        bare_quit("muster serve", said);
    s.started = bare_now() - from;
    fclose(f);
    return s;
}

static void stop(const process *s)
{
    int status;
    kill(s->pid, SIGTERM);
    waitpid(s->pid, &status, 0);
}

/* A number of /proc/PID/status, in KiB; seconds of CPU so far. */
static long status_kib(pid_t pid, const char *name)
{
    char path[64], line[256];
    long kib = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *f = fopen(path, "r");
    while (f && fgets(line, sizeof line, f))
        if (!strncmp(line, name, strlen(name)))
            kib = atol(line + strlen(name) + 1);
    if (f)
        fclose(f);
    return kib;
}

static double cpu_seconds(pid_t pid)
{
    char path[64], text[1024] = "";
    unsigned long user = 0, system = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *f = fopen(path, "r");
    if (f && fgets(text, sizeof text, f) && strrchr(text, ')'))
        sscanf(strrchr(text, ')') + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system);
    if (f)
        fclose(f);
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

static void shell(const char *command)
{
    if (system(command) != 0)
        bare_quit(command, "failed");
}

/* -- cities ---------------------------------------------------------------------------------------------- */
static void must(err *e)
{
    if (e)
        bare_quit(e->message, e->detail.at);
}

static void make_city(const bench *b, const char *url, size_t people, size_t opened, crowd *c)
{
    app *p;
    must(app_open(b->a, &(app_options){ .url = url, .key_file = b->key }, &p));
    must(crowd_build(p, b->a, people, PLACES, c));
    must(crowd_open(p, b->a, c, 0, opened));
    app_close(p);
}

/* Rows of a view of a database nobody serves. */
static size_t counted(const bench *b, const char *url, const char *view)
{
    app *p;
    int64_t n = 0;
    must(app_open(b->a, &(app_options){ .url = url, .key_file = b->key, .stepped = true }, &p));
    must(view_count(app_store(p), b->a, view_find(str_of(view)), NULL, 0, &n));
    app_close(p);
    return (size_t)n;
}

static const char *copy_of(const bench *b, const char *db)
{
    const char *to = text_format(b->a, "%s/copy.db", b->folder).at;
    shell(text_format(b->a, "rm -f %s %s-wal %s-shm && cp %s %s", to, to, to, db, to).at);
    return to;
}

static str *check_ins(const bench *b, const crowd *c, size_t count)
{
    str *all = arena_many(b->a, str, count);
    for (size_t i = 0; i < count; i++)
        all[i] = crowd_check_in(b->a, c, i);
    return all;
}

static double rate(const load_sum *s)
{
    return (double)s->good / s->seconds;
}

static double run_pages(int port, const str *requests, size_t count, double seconds)
{
    load_plan p = { .port = port, .connections = CONNECTIONS, .seconds = seconds, .again = true };
    load_sum s = load_run(&p, requests, count, NULL);
    if (s.cut || s.good != s.answered)
        bare_quit("pages", "some were refused");
    return rate(&s);
}

/* -- pages against nginx --------------------------------------------------------------------------------- */
static process start_nginx(const bench *b, const char *nginx)
{
    process s = { 0 };
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in own = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t len = sizeof own;
    if (bind(fd, (struct sockaddr *)&own, len) || getsockname(fd, (struct sockaddr *)&own, &len))
        bare_quit("a free port", "");
    s.port = ntohs(own.sin_port);
    close(fd);
    FILE *f = fopen(text_format(b->a, "%s/nginx.conf", b->folder).at, "w");
    fprintf(f, "daemon off; worker_processes 2; pid nginx.pid; error_log error.log;\n"
               "events { worker_connections 1024; }\n"
               "http { access_log access.log; sendfile on; tcp_nodelay on; keepalive_requests 100000000; default_type text/html;\n"
               "client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5;\n"
               "server { listen 127.0.0.1:%d reuseport; root %s/static; } }\n", s.port, b->folder);
    fclose(f);
    s.pid = fork();
    if (s.pid == 0) {
        execl(nginx, "nginx", "-p", b->folder, "-c", "nginx.conf", "-e", "error.log", (char *)NULL);
        _exit(127);
    }
    usleep(500000);
    return s;
}

static void bench_pages(const bench *b, const process *s, const crowd *c)
{
    const char *nginx = getenv("MUSTER_BENCH_NGINX");
    str *requests = arena_many(b->a, str, SMALL);
    for (size_t i = 0; i < SMALL; i++)
        requests[i] = crowd_page(b->a, c, i, "/p");
    shell(text_format(b->a, "mkdir -p %s/static && chmod 755 %s && curl -s -H 'Accept-Encoding: gzip' -b muster=%.*s "
                            "http://127.0.0.1:%d/p -o %s/static/page", b->folder, b->folder, STR_ARG(c->session[0]), s->port, b->folder).at);
    double ours[RUNS_MAX], theirs[RUNS_MAX], ratios[RUNS_MAX];
    run_pages(s->port, requests, SMALL, 0.5);
    for (int i = 0; i < b->runs; i++) {
        ours[i] = run_pages(s->port, requests, SMALL, 3);
        if (!nginx)
            continue;
        process n = start_nginx(b, nginx);
        str file = STR("GET /page HTTP/1.1\r\nHost: m\r\nAccept-Encoding: gzip\r\n\r\n");
        theirs[i] = run_pages(n.port, &file, 1, 3);
        stop(&n);
        ratios[i] = ours[i] / theirs[i];
    }
    if (nginx)
        printf("phone page, %d connections: %.0f/s; nginx, the same bytes as a file: %.0f/s; ratio %.2f (goal 0.8)\n", CONNECTIONS,
               bare_median(ours, b->runs), bare_median(theirs, b->runs), bare_median(ratios, b->runs));
    else
        printf("phone page, %d connections: %.0f/s; nginx: skipped (Debian: apt-get install nginx-light)\n", CONNECTIONS,
               bare_median(ours, b->runs));
}

/* -- CPU and bytes of single pages ----------------------------------------------------------------------- */
static void bench_cpu(const process *s, const char *what, const str *requests, size_t count, const char *goal)
{
    load_plan p = { .port = s->port, .connections = 4 };
    load_answer *answers = calloc(count, sizeof *answers);
    double from = cpu_seconds(s->pid);
    load_sum sum = load_run(&p, requests, count, answers);
    double ms = (cpu_seconds(s->pid) - from) * 1000 / (double)count;
    printf("%s: %.2f ms of CPU, %.1f KiB sent (goal %s)%s\n", what, ms, answers[0].bytes / 1024.0, goal,
           sum.good == count ? "" : "; SOME WERE REFUSED");
    free(answers);
}

static str sign_up(arena *a, const crowd *c, size_t i, int64_t need)
{
    str body = text_format(a, "{\"need\":\"%lld\",\"person\":\"%lld\"}", (long long)need, (long long)c->person[i]);
    return text_format(a, "POST /api/v1/commands/duty.add HTTP/1.1\r\nHost: m\r\nCookie: muster=%.*s\r\nSec-Fetch-Site: same-origin\r\n"
                          "X-Muster-Form: %.*s\r\nX-Forwarded-For: 11.0.%zu.%zu\r\nContent-Type: application/json\r\n"
                          "Content-Length: %zu\r\n\r\n%.*s",
                       STR_ARG(c->session[i]), STR_ARG(c->form[i]), i >> 8, i & 255, body.len, STR_ARG(body));
}

/* Needs of the next day, and who may read the list of all places: before the city is served. */
static void add_tomorrow(const bench *b, const char *db, const crowd *c, int64_t *needs)
{
    app *p;
    must(app_open(b->a, &(app_options){ .url = db, .key_file = b->key, .stepped = true }, &p));
    rows posts = { 0 };
    must(view_run(app_store(p), b->a, view_find(STR("post")), NULL, 0, 0, &posts));
    for (size_t i = 0; i < PLACES; i++) {
        str result = { 0 };
        str row = text_format(b->a, "[{\"team\":%lld,\"post\":%lld,\"shift\":%lld,\"starts_on\":\"2020-02-09\",\"starts_at\":1581206400000,"
                                    "\"ends_at\":1581220800000,\"min\":1,\"target\":%d,\"limit\":%d}]",
                              (long long)rows_int(&posts, i, "team_id"), (long long)rows_int(&posts, i, "id"), (long long)c->shift,
                              CROWD_SEATS, CROWD_SEATS);
        must(app_command(p, b->a, &(call){ .command = "need.import", .args = NAMED({ "rows", V_TEXT(row) }), .now = CROWD_NOW,
                                           .lang = WORDS_EN, .source = STR("bench") }, &result));
        for (size_t t = 0; t < PLACES; t++)
            if (c->team[t] == rows_int(&posts, i, "team_id"))
                needs[t] = atoll(result.at + str_find(result, STR("ids")) + 7);
    }
    str ignored = { 0 };
    must(app_command(p, b->a, &(call){ .command = "role_grant.add", .now = CROWD_NOW - 7200000, .lang = WORDS_EN, .source = STR("bench"),
                                       .args = NAMED({ "person", V_INT(c->person[0]) }, { "role", V_TEXT(STR("secretary")) },
                                                     { "scope", V_TEXT(STR("division")) }, { "division", V_TEXT(STR("320303")) }) },
                     &ignored));
    app_close(p);
}

static void bench_small(const bench *b)
{
    crowd c;
    const char *db = text_format(b->a, "%s/small.db", b->folder).at;
    int64_t needs[PLACES] = { 0 };
    make_city(b, db, SMALL, SMALL, &c);
    add_tomorrow(b, db, &c, needs);
    process s = serve(b, db);
    bench_pages(b, &s, &c);
    printf("memory after that, %d people: %.1f MiB (goal 30)\n", SMALL, (double)status_kib(s.pid, "VmRSS") / 1024);
    str *requests = arena_many(b->a, str, PAGES);
    for (size_t i = 0; i < PAGES; i++)
        requests[i] = crowd_page(b->a, &c, i % SMALL, "/p");
    bench_cpu(&s, "own duties", requests, PAGES, "2 ms");
    for (size_t i = 0; i < SIGN_UPS; i++)
        requests[i] = sign_up(b->a, &c, i, needs[i % PLACES]);
    bench_cpu(&s, "sign-up, durable", requests, SIGN_UPS, "2 ms");
    for (size_t i = 0; i < 200; i++)
        requests[i] = crowd_page(b->a, &c, 0, "/api/v1/views/duty_today?day=2020-02-08&limit=1000");
    bench_cpu(&s, "list of one day, 46 places, 1,000 people, JSON", requests, 200, "10 ms, 60 KiB");
    stop(&s);
}

/* -- check-ins on SQLite --------------------------------------------------------------------------------- */
static void bench_check_ins(const bench *b, const char *db, const crowd *c, const str *requests)
{
    double ours[RUNS_MAX], batches[RUNS_MAX], groups[RUNS_MAX], to_batch[RUNS_MAX], to_group[RUNS_MAX];
    for (int i = 0; i < b->runs; i++) {
        process s = serve(b, copy_of(b, db));
        load_plan p = { .port = s.port, .connections = CONNECTIONS, .seconds = 2 };
        load_sum sum = load_run(&p, requests, OPENED, NULL);
        stop(&s);
        if (sum.good != sum.answered)
            bare_quit("check-ins", "some were refused");
        ours[i] = rate(&sum);
        const char *copy = copy_of(b, db);
        batches[i] = bare_batches(copy, c->person[0], 2);
        groups[i] = bare_groups(copy, c->person[0], CONNECTIONS, 2);
        to_batch[i] = ours[i] / batches[i];
        to_group[i] = ours[i] / groups[i];
    }
    printf("check-in by form, %d connections: %.0f/s; batches of %d: %.0f/s, ratio %.2f (goal 0.20); group commit by threads: "
           "%.0f/s, ratio %.2f (goal 1.0)\n", CONNECTIONS, bare_median(ours, b->runs), BARE_BATCH, bare_median(batches, b->runs),
           bare_median(to_batch, b->runs), bare_median(groups, b->runs), bare_median(to_group, b->runs));
}

/* -- open streams ---------------------------------------------------------------------------------------- */
typedef struct streams {
    int port, epoll;
    const crowd *c;
    int *fds;
    pthread_t thread;
    atomic_bool end;
    atomic_size_t bytes;
} streams;

static void *drain(void *of)
{
    streams *x = of;
    struct epoll_event events[256];
    static char room[64 << 10];
    while (!x->end) {
        int n = epoll_wait(x->epoll, events, 256, 50);
        for (int i = 0; i < n; i++) {
            ssize_t got = recv(events[i].data.fd, room, sizeof room, MSG_DONTWAIT);
            if (got > 0)
                x->bytes += (size_t)got;
            else if (got == 0)
                epoll_ctl(x->epoll, EPOLL_CTL_DEL, events[i].data.fd, NULL);
        }
    }
    return NULL;
}

static void open_streams(streams *x, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        struct sockaddr_in server = { .sin_family = AF_INET, .sin_port = htons((uint16_t)x->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
        char request[512];
        int fd = x->fds[i] = socket(AF_INET, SOCK_STREAM, 0);
        if (fd < 0 || connect(fd, (struct sockaddr *)&server, sizeof server))
            bare_quit("streams", "no connection");
        int len = snprintf(request, sizeof request, "GET /api/v1/events HTTP/1.1\r\nHost: m\r\nCookie: muster=%.*s\r\n"
                                                    "X-Forwarded-For: 12.%zu.%zu.1\r\n\r\n", STR_ARG(x->c->session[i]), i >> 8, i & 255);
        if (send(fd, request, (size_t)len, 0) != len)
            bare_quit("streams", "not sent");
        struct epoll_event e = { .events = EPOLLIN, .data.fd = fd };
        epoll_ctl(x->epoll, EPOLL_CTL_ADD, fd, &e);
    }
    sleep(3);
}

static void close_streams(streams *x)
{
    x->end = true;
    pthread_join(x->thread, NULL);
    for (size_t i = 0; i < STREAMS; i++)
        close(x->fds[i]);
    close(x->epoll);
}

/* -- the burst ------------------------------------------------------------------------------------------- */
static void bench_burst(const bench *b, const char *db, const crowd *c, const str *requests, bool streaming)
{
    enum { COUNT_ = BURST * BURST_SECONDS };
    const char *copy = copy_of(b, db);
    process s = serve(b, copy);
    streams x = { .port = s.port, .c = c };
    load_answer *answers = calloc(COUNT_, sizeof *answers);
    if (streaming) {
        x.fds = arena_many(b->a, int, STREAMS);
        x.epoll = epoll_create1(0);
        pthread_create(&x.thread, NULL, drain, &x);
        open_streams(&x, 0, STREAMS_WARM); /* and with them what pages and sessions keep for all */
        long before = status_kib(s.pid, "VmRSS");
        open_streams(&x, STREAMS_WARM, STREAMS);
        printf("%d open streams: %.2f KiB each (goal 1)\n", STREAMS,
               (double)(status_kib(s.pid, "VmRSS") - before) / (STREAMS - STREAMS_WARM));
    }
    load_plan p = { .port = s.port, .connections = 128, .rate = BURST };
    load_sum sum = load_run(&p, requests, COUNT_, answers);
    if (streaming)
        close_streams(&x);
    stop(&s);
    size_t kept = counted(b, copy, "attendance_valid");
    printf("burst of %d/s for %d s%s: %zu answered well, %zu kept; p50 %.1f ms, p99 %.1f ms, most %.1f ms (goal %s)\n", BURST,
           BURST_SECONDS, streaming ? ", streams open" : "", sum.good, kept, 1e3 * load_latency(answers, COUNT_, 0.5),
           1e3 * load_latency(answers, COUNT_, 0.99), 1e3 * load_latency(answers, COUNT_, 1),
           streaming ? "p99 150" : "p99 10 on a quiet machine, 60 on a busy one");
    if (streaming)
        printf("  the streams took %.1f MiB\n", (double)x.bytes / 1048576);
    free(answers);
}

static void bench_large(const bench *b)
{
    crowd c;
    const char *db = text_format(b->a, "%s/large.db", b->folder).at;
    make_city(b, db, LARGE, OPENED, &c);
    str *requests = check_ins(b, &c, OPENED), page = crowd_page(b->a, &c, 7, "/p");
    double from = bare_now();
    process s = serve(b, db);
    load_plan one = { .port = s.port, .connections = 1 };
    load_sum first = load_run(&one, &page, 1, NULL);
    printf("start to first page, %d people: %.2f s, of it %.2f s until it listened (goal 0.3)%s\n", LARGE, bare_now() - from, s.started,
           first.good ? "" : "; REFUSED");
    str pages[SMALL];
    for (size_t i = 0; i < SMALL; i++)
        pages[i] = crowd_page(b->a, &c, i * 50, "/p");
    run_pages(s.port, pages, SMALL, 2);
    printf("memory with %d people, pages asked for: %.1f MiB (goal 256)\n", LARGE, (double)status_kib(s.pid, "VmRSS") / 1024);
    stop(&s);
    bench_check_ins(b, db, &c, requests);
    bench_burst(b, db, &c, requests, false);
    bench_burst(b, db, &c, requests, true);
}

/* -- PostgreSQL ------------------------------------------------------------------------------------------ */
static const char *new_database(const bench *b, const char *at, const char *name, const char *like)
{
    PGconn *pg = PQconnectdb(at);
    PQclear(PQexec(pg, "SET client_min_messages = warning"));
    PQclear(PQexec(pg, text_format(b->a, "DROP DATABASE IF EXISTS %s WITH (FORCE)", name).at));
    PQclear(PQexec(pg, text_format(b->a, like ? "CREATE DATABASE %s TEMPLATE %s" : "CREATE DATABASE %s", name, like).at));
    PQfinish(pg);
    return text_format(b->a, "%.*s/%s", (int)(strrchr(at, '/') - at), at, name).at;
}

static void bench_postgres(const bench *b)
{
    const char *at = getenv("MUSTER_BENCH_PG");
    crowd c;
    if (!at) {
        puts("PostgreSQL: skipped: no server (Debian: apt-get install postgresql)");
        return;
    }
    make_city(b, new_database(b, at, "city", NULL), ON_POSTGRES, ON_POSTGRES, &c);
    str *requests = check_ins(b, &c, ON_POSTGRES);
    double ours[RUNS_MAX], bare[RUNS_MAX], ratios[RUNS_MAX];
    for (int i = 0; i < b->runs; i++) {
        const char *url = new_database(b, at, "copy", "city");
        process s = serve(b, url);
        load_plan warm = { .port = s.port, .connections = BARE_CONNECTIONS };
        load_run(&warm, requests, 1000, NULL);
        load_plan p = { .port = s.port, .connections = BARE_CONNECTIONS, .seconds = 3 };
        load_sum sum = load_run(&p, requests + 1000, ON_POSTGRES - 1000, NULL);
        stop(&s);
        if (sum.good != sum.answered)
            bare_quit("check-ins", "some were refused");
        ours[i] = rate(&sum);
        bare[i] = bare_transactions(url, c.person[0], 3);
        ratios[i] = ours[i] / bare[i];
    }
    printf("check-in by form on PostgreSQL, %d connections: %.0f/s; a row a transaction by libpq: %.0f/s; ratio %.2f (goal 0.4)\n",
           BARE_CONNECTIONS, bare_median(ours, b->runs), bare_median(bare, b->runs), bare_median(ratios, b->runs));
}

int main(int argc, char **argv)
{
    bench b = { .a = arena_open(NULL, KEEP_BYTES), .folder = argc > 1 ? argv[1] : "", .muster = argc > 2 ? argv[2] : "",
                .runs = argc > 3 ? atoi(argv[3]) : 3 };
    if (argc < 3 || b.runs < 1 || b.runs > RUNS_MAX)
        return 2;
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    setvbuf(stdout, NULL, _IOLBF, 0);
    b.key = text_format(b.a, "%s/key", b.folder).at;
    const char *parts = argc > 4 ? argv[4] : "small large postgres";
    if (strstr(parts, "small"))
        bench_small(&b);
    if (strstr(parts, "large"))
        bench_large(&b);
    if (strstr(parts, "postgres"))
        bench_postgres(&b);
    arena_close(b.a);
    return 0;
}

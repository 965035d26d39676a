#include "load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <llhttp.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS_MAX = 256, READ_BYTES = 256 << 10, REST_SECONDS = 5 };

typedef struct run run;
typedef struct line {
    run *r;
    int fd;
    bool busy;
    size_t request; /* under way */
    str left;       /* of it, unsent */
    uint32_t bytes;
    llhttp_t parser;
} line;

struct run {
    const load_plan *p;
    const str *requests;
    size_t count, next;
    load_answer *answers;
    load_sum sum;
    double from;
    int epoll;
    line lines[CONNECTIONS_MAX];
    line *idle[CONNECTIONS_MAX];
    size_t idle_count;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int on_body(llhttp_t *parser, const char *at, size_t len)
{
    (void)at;
    ((line *)parser->data)->bytes += (uint32_t)len;
    return 0;
}

static int on_complete(llhttp_t *parser)
{
    line *l = parser->data;
    run *r = l->r;
    r->sum.answered++;
    r->sum.good += parser->status_code < 400;
    if (r->answers) {
        load_answer *x = &r->answers[l->request];
        x->answered = now() - r->from;
        x->status = (int)parser->status_code;
        x->bytes = l->bytes;
    }
    l->bytes = 0;
    l->busy = false;
    r->idle[r->idle_count++] = l;
    return 0;
}

static const llhttp_settings_t *settings(void)
{
    static llhttp_settings_t s; /* the same for all */
    s.on_body = on_body;
    s.on_message_complete = on_complete;
    return &s;
}

static void watch(const run *r, line *l, bool write)
{
    struct epoll_event e = { .events = EPOLLIN | (write ? (uint32_t)EPOLLOUT : 0), .data.ptr = l };
    if (epoll_ctl(r->epoll, EPOLL_CTL_MOD, l->fd, &e))
        epoll_ctl(r->epoll, EPOLL_CTL_ADD, l->fd, &e);
}

static bool dial(run *r, line *l)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)r->p->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int yes = 1;
    l->r = r;
    l->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(l->fd, (struct sockaddr *)&to, sizeof to))
        return false;
    setsockopt(l->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    llhttp_init(&l->parser, HTTP_RESPONSE, settings());
    l->parser.data = l;
    watch(r, l, false);
    r->idle[r->idle_count++] = l;
    return true;
}

static void push(run *r, line *l)
{
    ssize_t n = send(l->fd, l->left.at, l->left.len, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n < 0 && errno != EAGAIN)
        r->sum.cut = true;
    if (n > 0)
        l->left = str_from(l->left, (size_t)n);
    if (l->left.len || n < 0)
        watch(r, l, l->left.len > 0);
}

/* How many requests should be on their way by now. */
static size_t due(const run *r, double t)
{
    size_t most = r->p->again ? SIZE_MAX : r->count;
    if (r->p->seconds > 0 && t > r->p->seconds)
        return r->next;
    if (r->p->rate <= 0)
        return most;
    double n = t * r->p->rate + 1;
    return n < (double)most ? (size_t)n : most;
}

static void begin_some(run *r)
{
    double t = now() - r->from;
    size_t until = due(r, t);
    while (r->idle_count && r->next < until) {
        line *l = r->idle[--r->idle_count];
        size_t at = r->next % r->count;
        l->busy = true;
        l->request = at;
        l->left = r->requests[at];
        if (r->answers)
            r->answers[at] = (load_answer){ .due = r->p->rate > 0 ? (double)r->next / r->p->rate : t, .sent = t };
        r->next++;
        r->sum.sent++;
        push(r, l);
    }
}

static void take(run *r, line *l, char *room)
{
    ssize_t n = recv(l->fd, room, READ_BYTES, MSG_DONTWAIT);
    if (n > 0 && llhttp_execute(&l->parser, room, (size_t)n) == HPE_OK)
        return;
    if (n < 0 && errno == EAGAIN)
        return;
    r->sum.cut = true;
    epoll_ctl(r->epoll, EPOLL_CTL_DEL, l->fd, NULL);
}

/* All are sent, or the time is up; then what is under way is waited for, a while. */
static bool over(const run *r)
{
    double t = now() - r->from, seconds = r->p->seconds;
    bool ended = seconds > 0 ? t > seconds : !r->p->again && r->next >= r->count;
    bool patient = seconds <= 0 || t < seconds + REST_SECONDS;
    return r->sum.cut || (ended && (!patient || r->idle_count == (size_t)r->p->connections));
}

load_sum load_run(const load_plan *p, const str *requests, size_t count, load_answer *answers)
{
    run *r = calloc(1, sizeof *r);
    char *room = malloc(READ_BYTES);
    struct epoll_event events[CONNECTIONS_MAX];
    *r = (run){ .p = p, .requests = requests, .count = count, .answers = answers, .epoll = epoll_create1(0) };
    for (int i = 0; i < p->connections && !r->sum.cut; i++)
        r->sum.cut = !dial(r, &r->lines[i]);
    r->from = now();
    while (!over(r)) {
        begin_some(r);
        int n = epoll_wait(r->epoll, events, CONNECTIONS_MAX, 1);
        for (int i = 0; i < n; i++) {
            line *l = events[i].data.ptr;
            if (events[i].events & EPOLLOUT)
                push(r, l);
            if (events[i].events & ~(uint32_t)EPOLLOUT)
                take(r, l, room);
        }
        if (p->tick)
            p->tick(p->of, now() - r->from);
    }
    r->sum.seconds = now() - r->from;
    for (int i = 0; i < p->connections; i++)
        close(r->lines[i].fd);
    close(r->epoll);
    load_sum sum = r->sum;
    free(room);
    free(r);
    return sum;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double load_latency(const load_answer *answers, size_t count, double share)
{
    double *all = calloc(count ? count : 1, sizeof *all), found = 0;
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        if (answers[i].answered > 0)
            all[n++] = answers[i].answered - answers[i].due;
    if (n) {
        qsort(all, n, sizeof *all, by_size);
        size_t at = (size_t)(share * (double)n);
        found = all[at < n ? at : n - 1];
    }
    free(all);
    return found;
}

/* The roster worked out in another process: this side of the pipes. */
#include "job/solve.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LOOK_MS = 200, GRACE_MS = 30000, STOP_MS = 10000, LINE_MAX_BYTES = 32 << 20 };

typedef struct child {
    pid_t pid;
    int to, from; /* -1: closed */
} child;

static err *worker_died(arena *a)
{
    return err_new(a, ERR_WORKER, "job.worker", NULL);
}

static void close_end(int *end)
{
    if (*end >= 0)
        close(*end);
    *end = -1;
}

/* Signals are blocked in the threads that start workers; a worker takes them as any program does. */
static bool start(child *c, const char *program, char **args)
{
    int in[2] = { -1, -1 }, out[2] = { -1, -1 };
    sigset_t none;
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    sigemptyset(&none);
    if (pipe2(in, O_CLOEXEC) < 0)
        return false;
    if (pipe2(out, O_CLOEXEC) < 0) {
        close(in[0]);
        close(in[1]);
        return false;
    }
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&how);
    posix_spawn_file_actions_adddup2(&files, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, out[1], STDOUT_FILENO);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK);
    int failed = posix_spawn(&c->pid, program, &files, &how, args, environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&how);
    close(in[0]);
    close(out[1]);
    c->to = in[1];
    c->from = out[0];
    if (failed) {
        close_end(&c->to);
        close_end(&c->from);
    }
    return !failed;
}

/* Not left behind in any case: what still runs is killed. */
static bool end(child *c, bool kill_it)
{
    int status = 0;
    close_end(&c->to);
    close_end(&c->from);
    if (kill_it)
        kill(c->pid, SIGKILL);
    while (waitpid(c->pid, &status, 0) < 0)
        if (errno != EINTR)
            return false;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* A worker that died does not end this process: SIGPIPE is this thread's and blocked while it writes. */
static bool hand_over(int to, str s)
{
    sigset_t pipe_signal, before;
    bool whole = true;
    sigemptyset(&pipe_signal);
    sigaddset(&pipe_signal, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
    while (s.len && whole) {
        ssize_t n = write(to, s.at, s.len);
        whole = n > 0 || (n < 0 && errno == EINTR);
        if (n > 0)
            s = str_from(s, (size_t)n);
    }
    if (!whole && errno == EPIPE)
        sigtimedwait(&pipe_signal, NULL, &(struct timespec){ 0 });
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return whole;
}

typedef struct listening {
    text got; /* of the line that has begun */
    int64_t steps, missing;
    str last; /* the line of JSON */
} listening;

static void read_progress(listening *x, str line)
{
    str word, rest = line;
    str_split(&rest, ' ', &word);
    str_split(&rest, ' ', &word);
    str_int(word, 0, INT64_MAX, &x->steps);
    str_int(rest, 0, INT64_MAX, &x->missing);
}

static bool take_bytes(arena *a, listening *x, str s)
{
    for (;;) {
        ptrdiff_t end_of_line = str_find(s, STR("\n"));
        text_put(&x->got, end_of_line < 0 ? s : str_part(s, 0, (size_t)end_of_line));
        if (end_of_line < 0)
            return true;
        str line = text_done(&x->got);
        x->got = text_begin(a);
        if (str_starts(line, STR("p ")))
            read_progress(x, line);
        else
            x->last = line;
        s = str_from(s, (size_t)end_of_line + 1);
    }
}

/* False: the end. */
static bool listen_once(arena *a, const child *c, listening *x)
{
    char piece[65536];
    struct pollfd p = { .fd = c->from, .events = POLLIN };
    if (poll(&p, 1, LOOK_MS) <= 0)
        return true;
    ssize_t n = read(c->from, piece, sizeof piece);
    return n > 0 ? take_bytes(a, x, (str){ piece, (size_t)n }) : n < 0 && errno == EINTR;
}

err *solve_away(team_problem *b, const char *program, const solve_limits *l, str *out)
{
    char *args[] = { "muster", "worker", "solve", NULL };
    child c = { .to = -1, .from = -1 };
    listening x = { .got = text_begin(b->a), .missing = -1 };
    TRY(roster_check_problem(b->a, &b->problem));
    if (!start(&c, program ? program : "/proc/self/exe", args))
        return worker_died(b->a);
    int64_t until = l->clock() + l->seconds * 1000 + GRACE_MS;
    bool sent = hand_over(c.to, team_problem_write(b, l->seconds, l->steps, l->seed)) && hand_over(c.to, STR("\n")), late = false;
    while (sent && !late && listen_once(b->a, &c, &x)) {
        int64_t now = l->clock();
        late = now >= until;
        if (c.to >= 0 && x.missing >= 0 && l->go_on && !l->go_on(l->of, x.steps, (size_t)x.missing)) {
            close_end(&c.to); /* it hears of it and hands over its best */
            until = now + STOP_MS;
        }
    }
    bool well = end(&c, late || !sent);
    if (!well || !x.last.len)
        return worker_died(b->a);
    *out = x.last;
    return NULL;
}

#include "cli/plan_worker.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

err *plan_interrupted(plan *p)
{
    return err_new(p->a, ERR_INTERRUPTED, "plan.interrupted", NULL);
}

static err *worker_err(plan *p, const char *path)
{
    if (cli_interrupted())
        return plan_interrupted(p);
    return err_new(p->a, ERR_WORKER, "plan.worker", VALUES({ "file", str_of(path) }));
}

static bool worker_wait(pid_t pid)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR)
            return false;
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

err *workers_wait(plan *p, workers *w, size_t left)
{
    err *e = NULL;
    while (w->count > left) {
        worker oldest = w->at[0];
        w->count--;
        memmove(&w->at[0], &w->at[1], w->count * sizeof w->at[0]);
        if (!worker_wait(oldest.pid) && !e)
            e = worker_err(p, oldest.path);
    }
    return e;
}

/* Other threads may hold locks: between fork and exec only what a signal handler may do. */
static pid_t worker_start(words_lang lang, int *to)
{
    char *args[] = { "muster", "worker", "print", "--lang", lang == WORDS_EN ? "en" : "zh-CN", NULL };
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0)
        return -1;
    if (ends[0] == STDIN_FILENO) { /* dup2 onto itself would keep O_CLOEXEC */
        (void)fcntl(ends[0], F_SETFD, 0);
    }
    pid_t pid = fork();
    if (pid == 0) {
        if (dup2(ends[0], STDIN_FILENO) == STDIN_FILENO)
            execv("/proc/self/exe", args);
        _exit(127);
    }
    close(ends[0]);
    if (pid < 0)
        close(ends[1]);
    *to = ends[1];
    return pid;
}

static bool write_all(int to, str s)
{
    while (s.len) {
        ssize_t n = write(to, s.at, s.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        s = str_from(s, (size_t)n);
    }
    return true;
}

err *worker_print(plan *p, workers *w, const print_document *d)
{
    if (cli_interrupted())
        return plan_interrupted(p);
    TRY(workers_wait(p, w, WORKERS_MAX - 1));
    const char *path = str_z(p->a, d->path);
    str body = print_document_write(p->a, d);
    int to = -1;
    pid_t pid = worker_start(p->lang, &to);
    if (pid < 0)
        return worker_err(p, path);
    w->at[w->count++] = (worker){ pid, path };
    bool whole = write_all(to, body);
    close(to);
    return whole ? NULL : worker_err(p, path);
}

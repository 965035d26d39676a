#include "cli/worker.h"

#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

err *worker_interrupted(arena *a)
{
    return err_new(a, ERR_INTERRUPTED, "plan.interrupted", NULL);
}

static err *worker_err(arena *a, const char *path)
{
    if (cli_interrupted())
        return worker_interrupted(a);
    return err_new(a, ERR_WORKER, "plan.worker", VALUES({ "file", str_of(path) }));
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

err *workers_wait(arena *a, workers *w, size_t left)
{
    err *e = NULL;
    while (w->count > left) {
        worker oldest = w->at[0];
        w->count--;
        memmove(&w->at[0], &w->at[1], w->count * sizeof w->at[0]);
        if (!worker_wait(oldest.pid) && !e)
            e = worker_err(a, oldest.path);
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

/* One line of JSON: a worker prints as many as come. */
static bool hand_over(arena *a, int to, const print_document *d)
{
    return write_all(to, print_document_write(a, d)) && write_all(to, STR("\n"));
}

err *worker_print(arena *a, words_lang lang, workers *w, const print_document *d)
{
    if (cli_interrupted())
        return worker_interrupted(a);
    TRY(workers_wait(a, w, WORKERS_MAX - 1));
    const char *path = str_z(a, d->path);
    int to = -1;
    pid_t pid = worker_start(lang, &to);
    if (pid < 0)
        return worker_err(a, path);
    w->at[w->count++] = (worker){ pid, path };
    bool whole = hand_over(a, to, d);
    close(to);
    return whole ? NULL : worker_err(a, path);
}

/* Each in turn gets one. */
static err *hand_out(arena *a, words_lang lang, const int *to, size_t hands, const print_document *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (cli_interrupted())
            return worker_interrupted(a);
        cli_progress(a, lang, "paper.progress",
                     VALUES({ "n", text_format(a, "%zu", i + 1) }, { "of", text_format(a, "%zu", count) }));
        if (!hand_over(a, to[i % hands], &list[i]))
            return worker_err(a, str_z(a, list[i].path));
    }
    return NULL;
}

err *worker_print_many(arena *a, words_lang lang, const print_document *list, size_t count)
{
    workers w = { 0 };
    int to[WORKERS_MAX];
    err *e = NULL;
    while (!e && w.count < WORKERS_MAX && w.count < count) {
        const char *path = str_z(a, list[w.count].path);
        pid_t pid = worker_start(lang, &to[w.count]);
        if (pid < 0)
            e = worker_err(a, path);
        else
            w.at[w.count++] = (worker){ pid, path };
    }
    size_t hands = w.count;
    if (!e && hands)
        e = hand_out(a, lang, to, hands, list, count);
    for (size_t i = 0; i < hands; i++)
        close(to[i]);
    err *late = workers_wait(a, &w, 0);
    cli_progress_end();
    return e ? e : late;
}

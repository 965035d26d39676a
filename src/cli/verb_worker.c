#include "base/civil.h"
#include "base/limits.h"
#include "cli/cli.h"
#include "job/solve.h"
#include "print/print.h"

#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ADDRESS_SANITIZER 1
#endif
#endif

/* Fonts and pages of strangers' texts: whatever goes wrong here ends this process, not the server. */
static void bound_self(void)
{
#ifndef ADDRESS_SANITIZER /* it needs terabytes of addresses */
    struct rlimit limit = { WORKER_MAX_BYTES, WORKER_MAX_BYTES };
    (void)setrlimit(RLIMIT_AS, &limit);
#endif
    if (nice(10) < 0)
        return; /* slower is only a courtesy */
}

static err *bad_document(arena *a)
{
    return err_new(a, ERR_INPUT, "print.document", VALUES({ "name", STR("{}") }));
}

/* In memory of its own: a thousand papers take no more than one. */
static err *print_one(arena *a, str line)
{
    print_document d;
    arena *own = arena_open(a, TEXT_MAX_BYTES);
    err *e = print_document_read(own, line, &d);
    if (!e)
        e = print_document_print(own, &d);
    e = e ? err_copy(a, e) : NULL;
    arena_close(own);
    return e;
}

/* One document a line. */
static err *print_all(arena *a)
{
    char *line = NULL; /* the library's memory */
    size_t room = 0, count = 0;
    ssize_t length = 0;
    err *e = NULL;
    while (!e && (length = getline(&line, &room, stdin)) > 0) {
        count++;
        e = length > SHEET_MAX_BYTES ? bad_document(a) : print_one(a, (str){ line, (size_t)length });
    }
    arena_give_back(line);
    return e || count ? e : bad_document(a);
}

static err *work(arena *a, int argc, char **argv)
{
    bool print = argc == 1 && str_is(str_of(argv[0]), "print");
    if (!print && (argc != 1 || !str_is(str_of(argv[0]), "solve")))
        return err_new(a, ERR_USAGE, "print.worker_usage", NULL);
    bound_self();
    return print ? print_all(a) : solve_work(a, STDIN_FILENO, STDOUT_FILENO, civil_clock);
}

int verb_worker(arena *a, int argc, char **argv, words_lang lang)
{
    err *e = work(a, argc, argv);
    return e ? cli_fail(a, lang, e) : 0;
}

#include "base/file.h"
#include "base/limits.h"
#include "cli/cli.h"
#include "print/print.h"

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

static err *work(arena *a, int argc, char **argv)
{
    if (argc != 1 || !str_is(str_of(argv[0]), "print"))
        return err_new(a, ERR_USAGE, "print.worker_usage", NULL);
    bound_self();
    str json = { 0 };
    print_document d;
    TRY(file_read(a, "/dev/stdin", SHEET_MAX_BYTES, &json));
    TRY(print_document_read(a, json, &d));
    return print_document_print(a, &d);
}

int verb_worker(arena *a, int argc, char **argv, words_lang lang)
{
    err *e = work(a, argc, argv);
    return e ? cli_fail(a, lang, e) : 0;
}

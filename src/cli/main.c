#include "cli/cli.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PROCESS_MAX_BYTES = 1 << 30 };

typedef struct verb {
    const char *name;
    int (*run)(arena *a, int argc, char **argv, words_lang lang);
    const char *help; /* key of its help text */
    void (*rows)(arena *a, words_lang lang, const char *name); /* more about one of the names it takes; may be null */
} verb;

static const verb verbs[] = {
    { "plan", verb_plan, "cli.help.plan", NULL },
    { "command", verb_command, "cli.help.command", cli_command_rows },
    { "view", verb_view, "cli.help.view", cli_view_rows },
    { "check", verb_check, "cli.help.check", NULL },
    { "import", verb_import, "cli.help.import", NULL },
    { "chain", verb_chain, "cli.help.chain", NULL },
    { "sheet", verb_sheet, "cli.help.sheet", NULL },
    { "place", verb_place, "cli.help.place", NULL },
    { "roster", verb_roster, "cli.help.roster", NULL },
    { "job", verb_job, "cli.help.job", NULL },
    { "bulletin", verb_bulletin, "cli.help.bulletin", NULL },
    { "paper", verb_paper, "cli.help.paper", NULL },
    { "verify", verb_verify, "cli.help.verify", NULL },
    { "key", verb_key, "cli.help.key", NULL },
    { "demo", verb_demo, "cli.help.demo", NULL },
    { "init", verb_init, "cli.help.init", NULL },
    { "serve", verb_serve, "cli.help.serve", cli_serve_rows },
    { "openapi", verb_openapi, "cli.help.openapi", NULL },
    { "pass", verb_pass, "cli.help.pass", NULL },
    { "password", verb_password, "cli.help.password", NULL },
    { "backup", verb_backup, "cli.help.backup", NULL },
    { "restore", verb_restore, "cli.help.restore", NULL },
    { "worker", verb_worker, "cli.help.worker", NULL },
    { 0 },
};

static volatile sig_atomic_t interrupted;

static void on_interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

bool cli_interrupted(void)
{
    return interrupted != 0;
}

int cli_fail(arena *a, words_lang lang, const err *e)
{
    cli_progress_end();
    str hint = words_hint(a, lang, e);
    str message = words_err(a, lang, e);
    if (e->line)
        message = words_get(a, lang, "cli.line",
                            VALUES({ "line", text_format(a, "%d", e->line) }, { "message", message }));
    fprintf(stderr, "%.*s\n", STR_ARG(message));
    if (hint.len)
        fprintf(stderr, "%.*s\n", STR_ARG(hint));
    if (e->detail.len && getenv("MUSTER_DETAIL"))
        fprintf(stderr, "(%.*s)\n", STR_ARG(e->detail));
    return err_exit(e->code);
}

void cli_progress(arena *a, words_lang lang, const char *key, const word_value *values)
{
    if (!isatty(STDERR_FILENO))
        return;
    fprintf(stderr, "\r\033[K%.*s", STR_ARG(words_get(a, lang, key, values)));
    fflush(stderr);
}

void cli_progress_end(void)
{
    if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
}

static void take_off(int *argc, char **argv, int index, int count)
{
    memmove(&argv[index], &argv[index + count], (size_t)(*argc - index - count) * sizeof *argv);
    *argc -= count;
}

const char *cli_option(int *argc, char **argv, const char *name)
{
    for (int i = 0; i + 1 < *argc; i++) {
        if (strcmp(argv[i], name) == 0) {
            const char *value = argv[i + 1];
            take_off(argc, argv, i, 2);
            return value;
        }
    }
    return NULL;
}

bool cli_flag(int *argc, char **argv, const char *name)
{
    for (int i = 0; i < *argc; i++) {
        if (strcmp(argv[i], name) == 0) {
            take_off(argc, argv, i, 1);
            return true;
        }
    }
    return false;
}

err *cli_unknown_option(arena *a, int argc, char **argv)
{
    for (int i = 0; i < argc; i++) {
        if (argv[i][0] == '-' && argv[i][1])
            return err_new(a, ERR_USAGE, "cli.option_unknown", VALUES({ "option", str_of(argv[i]) }));
    }
    return NULL;
}

static words_lang lang_of(const char *name)
{
    return name && strncmp(name, "en", 2) == 0 ? WORDS_EN : WORDS_ZH;
}

static void print_words(arena *a, words_lang lang, const char *key)
{
    printf("%.*s\n", STR_ARG(words_get(a, lang, key, NULL)));
}

static int print_help(arena *a, words_lang lang)
{
    print_words(a, lang, "cli.help");
    for (size_t i = 0; verbs[i].name; i++)
        print_words(a, lang, verbs[i].help);
    return 0;
}

static int run_verb(arena *a, int argc, char **argv)
{
    const char *name = cli_option(&argc, argv, "--lang");
    words_lang lang = lang_of(name ? name : getenv("MUSTER_LANG"));
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)
        return print_help(a, lang);
    for (size_t i = 0; verbs[i].name; i++) {
        if (strcmp(argv[1], verbs[i].name) != 0)
            continue;
        if (cli_flag(&argc, argv, "--help")) {
            print_words(a, lang, verbs[i].help);
            if (verbs[i].rows && (argc > 2 || verbs[i].rows == cli_serve_rows))
                verbs[i].rows(a, lang, argc > 2 ? argv[2] : NULL);
            return 0;
        }
        return verbs[i].run(a, argc - 2, argv + 2, lang);
    }
    return cli_fail(a, lang, err_new(a, ERR_USAGE, "cli.verb_unknown", VALUES({ "verb", str_of(argv[1]) })));
}

int main(int argc, char **argv)
{
    struct sigaction action = { .sa_handler = on_interrupt };
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file may grow no further: the write fails with EFBIG */
    arena *volatile a = arena_open(NULL, PROCESS_MAX_BYTES);
    if (arena_catch(a)) {
        fputs("muster: out of memory\n", stderr);
        return 3;
    }
    int code = run_verb(a, argc, argv);
    arena_uncatch(a);
    arena_close(a);
    return code;
}

#include "base/civil.h"
#include "cli/cli.h"
#include "cli/operator.h"
#include "command/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int list_commands(void)
{
    cli_command_rows(NULL, WORDS_ZH, NULL);
    return 0;
}

void cli_command_rows(arena *a, words_lang lang, const char *name)
{
    (void)a, (void)lang; /* a command has no title yet */
    for (size_t i = 0; app_command_at(i); i++) {
        const command *c = app_command_at(i);
        if (name && strcmp(name, c->name) != 0)
            continue;
        printf("%s\n    %s\n    %s\n", c->name, c->args, c->who);
        if (name && c->row)
            printf("    rows=[{%s}]\n", c->row);
    }
}

/* A word without = is an error that names it. */
const char *cli_folder_of(arena *a, const char *db)
{
    const char *slash = strrchr(db, '/');
    if (!slash || strncmp(db, "postgres", 8) == 0)
        return ".";
    return slash == db ? "/" : str_z(a, (str){ db, (size_t)(slash - db) });
}

err *cli_named(arena *a, int argc, char **argv, const named **out)
{
    named *args = arena_many(a, named, argc + 1);
    for (int i = 0; i < argc; i++) {
        str word = str_of(argv[i]);
        str name;
        if (!strchr(argv[i], '='))
            return err_new(a, ERR_USAGE, "cli.argument_shape", VALUES({ "argument", word }));
        str_split(&word, '=', &name);
        args[i] = (named){ .name = str_z(a, name), .value = V_TEXT(str_copy(a, word)) };
    }
    *out = args;
    return NULL;
}

static int64_t ticks(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* For whoever keeps the log: the name alone, nothing of what was said. */
static void say_slow(const char *command, int64_t ms)
{
    arena *a = arena_open(NULL, 1 << 16);
    fprintf(stderr, "%.*s\n", STR_ARG(words_get(a, WORDS_EN, "command.slow",
                                                VALUES({ "command", str_of(command) },
                                                       { "ms", text_format(a, "%lld", (long long)ms) }))));
    arena_close(a);
}

static err *run_command(arena *a, int argc, char **argv, words_lang lang)
{
    const char *db = cli_option(&argc, argv, "--db");
    const char *as = cli_option(&argc, argv, "--as");
    const char *key = cli_option(&argc, argv, "--key");
    TRY(cli_unknown_option(a, argc, argv));
    if (argc < 1)
        return err_new(a, ERR_USAGE, "cli.command_missing", NULL);
    if (!db)
        return err_new(a, ERR_USAGE, "cli.db_missing", NULL);
    int64_t actor = 0;
    if (as && !str_int(str_of(as), 1, INT64_MAX, &actor))
        return err_new(a, ERR_USAGE, "cli.as_number", VALUES({ "value", str_of(as) }));
    call c = { .command = argv[0], .key = str_of(key), .actor_id = actor, .now = civil_clock(), .lang = lang,
               .source = STR("cli") };
    TRY(cli_named(a, argc - 1, argv + 1, &c.args));
    str result = { 0 };
    TRY(operator_command(a, &(app_options){ .url = db, .stepped = true, .mode = "real", .key_file = getenv("MUSTER_KEY_FILE"),
                                               .ticks = ticks, .slow = say_slow }, &c,
                         &result));
    printf("%.*s\n", STR_ARG(result));
    return NULL;
}

int verb_command(arena *a, int argc, char **argv, words_lang lang)
{
    if (cli_flag(&argc, argv, "--list"))
        return list_commands();
    err *e = run_command(a, argc, argv, lang);
    return e ? cli_fail(a, lang, e) : 0;
}

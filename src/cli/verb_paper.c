#include "base/civil.h"
#include "base/file.h"
#include "cli/cli.h"
#include "cli/paper.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What each kind is of: the option that numbers it. */
static const struct {
    const char *name, *option;
    bool writes; /* runs a command: the database is opened for writing */
} kinds[PAPER_KIND_COUNT] = {
    [PAPER_APPEAL] = { "appeal", "--team", true },
    [PAPER_CERTIFICATE] = { "certificate", "--certificate", true },
    [PAPER_REQUEST] = { "request", "--structure", true },
    [PAPER_SLIP] = { "slip", "--donation", false },
    [PAPER_BULLETIN] = { "bulletin", "--number", false },
};

static err *kind_of(arena *a, int argc, char **argv, paper_kind *out)
{
    for (int i = 0; argc == 1 && i < PAPER_KIND_COUNT; i++) {
        if (kinds[i].name && strcmp(argv[0], kinds[i].name) == 0) {
            *out = (paper_kind)i;
            return NULL;
        }
    }
    return err_new(a, ERR_USAGE, "paper.usage", NULL);
}

static err *number(arena *a, const char *option, const char *text, int64_t *out)
{
    *out = 0;
    if (!text || str_int(str_of(text), 1, INT64_MAX, out))
        return NULL;
    return err_new(a, ERR_USAGE, "paper.number", VALUES({ "option", str_of(option) }, { "value", str_of(text) }));
}

static err *read_numbers(arena *a, int *argc, char **argv, paper_wanted *w)
{
    static const char *const options[] = { "--team", "--certificate", "--structure", "--donation", "--number" };
    const char *as = cli_option(argc, argv, "--as"), *all = cli_option(argc, argv, "--operation"), *given[COUNT(options)];
    for (size_t i = 0; i < COUNT(options); i++)
        given[i] = cli_option(argc, argv, options[i]);
    TRY(cli_unknown_option(a, *argc, argv));
    TRY(kind_of(a, *argc, argv, &w->kind));
    if (as && !str_int(str_of(as), 1, INT64_MAX, &w->actor_id))
        return err_new(a, ERR_USAGE, "cli.as_number", VALUES({ "value", str_of(as) }));
    TRY(number(a, "--operation", all, &w->operation));
    for (size_t i = 0; i < COUNT(options); i++) {
        bool own = strcmp(options[i], kinds[w->kind].option) == 0;
        if (given[i] && !own)
            return err_new(a, ERR_USAGE, "cli.option_unknown", VALUES({ "option", str_of(options[i]) }));
        if (own)
            TRY(number(a, options[i], given[i], &w->id));
    }
    bool of_all = w->kind == PAPER_CERTIFICATE;
    if (all && (!of_all || w->id))
        return err_new(a, ERR_USAGE, "cli.option_unknown", VALUES({ "option", STR("--operation") }));
    if (!w->id && !all && w->kind != PAPER_BULLETIN)
        return err_new(a, ERR_USAGE, "paper.of_what", VALUES({ "option", str_of(kinds[w->kind].option) }));
    return NULL;
}

/* Opened for writing a missing file would be made. */
static err *check_there(arena *a, const char *db)
{
    bool server = str_starts(str_of(db), STR("postgres"));
    return server || access(db, F_OK) == 0 ? NULL : file_err(a, db, errno);
}

static err *run(arena *a, int argc, char **argv, words_lang lang)
{
    const char *db = cli_option(&argc, argv, "--db"), *key_file = cli_option(&argc, argv, "--key-file");
    paper_wanted w = { .lang = lang, .now = civil_clock(), .day = str_of(cli_option(&argc, argv, "--day")),
                       .contact = str_of(cli_option(&argc, argv, "--contact")),
                       .notice = str_of(cli_option(&argc, argv, "--notice")),
                       .link = str_of(cli_option(&argc, argv, "--link")), .path = cli_option(&argc, argv, "-o") };
    TRY(read_numbers(a, &argc, argv, &w));
    if (!db)
        return err_new(a, ERR_USAGE, "cli.db_missing", NULL);
    if (!w.path)
        return err_new(a, ERR_USAGE, "paper.where", NULL);
    TRY(check_there(a, db));
    key_file = key_file ? key_file : getenv("MUSTER_KEY_FILE");
    TRY(app_open(a, &(app_options){ .url = db, .stepped = true, .mode = "real", .key_file = key_file,
                                    .read_only = !kinds[w.kind].writes }, &w.app));
    err *e = paper_write(a, &w);
    app_close(w.app);
    return e;
}

int verb_paper(arena *a, int argc, char **argv, words_lang lang)
{
    err *e = run(a, argc, argv, lang);
    return e ? cli_fail(a, lang, e) : 0;
}

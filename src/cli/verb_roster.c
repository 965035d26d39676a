/* muster roster: the engine and its judge alone, on the project's JSON or a public form. */
#include "cli/roster_verb.h"

#include "base/file.h"
#include "base/limits.h"

#include <string.h>

err *roster_verb_text(arena *a, const char *path, size_t max_bytes, scan_file *out)
{
    out->name = str_of(path);
    return file_read(a, path, max_bytes, &out->content);
}

err *roster_verb_read(arena *a, bool inrc2, char **argv, roster_file *out)
{
    inrc2_files files;
    TRY(roster_verb_text(a, argv[0], SHEET_MAX_BYTES, &files.scenario));
    if (!inrc2)
        return roster_file_read(a, files.scenario.content, out);
    TRY(roster_verb_text(a, argv[1], SHEET_MAX_BYTES, &files.history));
    TRY(roster_verb_text(a, argv[2], SHEET_MAX_BYTES, &files.week));
    return roster_file_read_inrc2(a, &files, out);
}

int verb_roster(arena *a, int argc, char **argv, words_lang lang)
{
    static const struct {
        const char *name;
        err *(*run)(arena *a, int argc, char **argv, words_lang lang, int *code);
    } verbs[] = { { "solve", roster_solve }, { "check", roster_judge }, { "explain", roster_telling },
                  { "replan", roster_replanning } };
    for (size_t i = 0; argc && i < COUNT(verbs); i++) {
        if (strcmp(argv[0], verbs[i].name) != 0)
            continue;
        int code = 0;
        err *e = verbs[i].run(a, argc - 1, argv + 1, lang, &code);
        return e ? cli_fail(a, lang, e) : code;
    }
    return cli_fail(a, lang, err_new(a, ERR_USAGE, "roster.usage", NULL));
}

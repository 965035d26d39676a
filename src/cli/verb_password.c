/* muster password: a one-time code for somebody who lost the password or never had one; or, with --set, the password. */
#include "base/civil.h"
#include "cli/cli.h"
#include "cli/operator.h"
#include "command/login.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

/* One line of standard input; what is typed at a terminal is not shown. */
str cli_secret(arena *a, words_lang lang, const char *prompt)
{
    char line[PASSWORD_MAX_BYTES + 2] = "";
    struct termios shown, hidden;
    bool typed = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &shown) == 0;
    if (typed) {
        fprintf(stderr, "%.*s ", STR_ARG(words_get(a, lang, prompt, NULL)));
        hidden = shown;
        hidden.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    bool read_one = fgets(line, sizeof line, stdin) != NULL;
    if (typed) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
        fputs("\n", stderr);
    }
    return read_one ? str_copy(a, str_trim(str_of(line))) : (str){ 0 };
}

static str code_of(arena *a, str result)
{
    json_t *o = json_loadb(result.at, result.len, 0, NULL);
    str code = str_copy(a, str_of(json_string_value(json_object_get(o, "code"))));
    json_decref(o);
    return code;
}

err *cli_issue_code(arena *a, app *p, str person, words_lang lang, str *code)
{
    str result = { 0 };
    call c = { .command = "login.issue_code", .now = civil_clock(), .lang = lang, .source = STR("cli"),
               .args = NAMED({ "person", V_TEXT(person) }) };
    TRY(app_command(p, a, &c, &result));
    *code = code_of(a, result);
    return NULL;
}

/* The hash is made here, by an app that only reads: the database may be served meanwhile. */
static err *make_hash(arena *a, const app_options *how, words_lang lang, str *hash)
{
    app_options reading = *how;
    app *p = NULL;
    str password = cli_secret(a, lang, "password.type");
    reading.read_only = true;
    TRY(app_open(a, &reading, &p));
    err *e = login_hash(p, a, password, hash);
    app_close(p);
    return e;
}

static err *run(arena *a, int argc, char **argv, words_lang lang)
{
    const char *db = cli_option(&argc, argv, "--db");
    const bool sets = cli_flag(&argc, argv, "--set");
    str hash = { 0 }, result = { 0 };
    TRY(cli_unknown_option(a, argc, argv));
    if (!db)
        return err_new(a, ERR_USAGE, "cli.db_missing", NULL);
    if (argc != 1)
        return err_new(a, ERR_USAGE, "password.who", NULL);
    const app_options how = { .url = db, .stepped = true, .key_file = getenv("MUSTER_KEY_FILE") };
    if (sets)
        TRY(make_hash(a, &how, lang, &hash));
    call c = { .command = sets ? "login.set" : "login.issue_code", .now = civil_clock(), .lang = lang, .source = STR("cli"),
               .args = NAMED({ "person", V_TEXT(str_of(argv[0])) }, { sets ? "hash" : NULL, V_TEXT(hash) }) };
    TRY(operator_command(a, &how, &c, &result));
    if (!sets)
        printf("%.*s\n", STR_ARG(code_of(a, result)));
    return NULL;
}

int verb_password(arena *a, int argc, char **argv, words_lang lang)
{
    err *e = run(a, argc, argv, lang);
    return e ? cli_fail(a, lang, e) : 0;
}

/* muster openapi: the description of the API, for whoever makes a program against it. */
#include "cli/cli.h"
#include "web/api.h"

#include <stdio.h>

static err *run(arena *a, int argc, char **argv, words_lang lang)
{
    const char *role = cli_option(&argc, argv, "--role");
    api_roles r;
    TRY(cli_unknown_option(a, argc, argv));
    if (!api_roles_read(str_of(role ? role : "commander"), &r))
        return err_new(a, ERR_USAGE, "api.role", VALUES({ "role", str_of(role) }));
    str out = openapi_print(a, &r, false, lang);
    fwrite(out.at, 1, out.len, stdout);
    putchar('\n');
    return NULL;
}

int verb_openapi(arena *a, int argc, char **argv, words_lang lang)
{
    err *e = run(a, argc, argv, lang);
    return e ? cli_fail(a, lang, e) : 0;
}

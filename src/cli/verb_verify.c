#include "base/file.h"
#include "cli/cli.h"
#include "command/app.h"
#include "command/key.h"
#include "domain/certificate.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* -- keys -------------------------------------------------------------------------------------------------- */
static const char *file_of(arena *a, const char *db, const char *key_file)
{
    const char *set = getenv("MUSTER_KEY_FILE");
    return key_file ? key_file : set ? set : db ? key_path(a, db) : NULL;
}

static err *read_key(arena *a, const char *db, const char *key_file, keys *out)
{
    const char *path = file_of(a, db, key_file);
    if (!path)
        return err_new(a, ERR_USAGE, "key.nowhere", NULL);
    return key_open(a, path, true, out);
}

static str hex_of(arena *a, const unsigned char *bytes, size_t count)
{
    char *out = arena_alloc(a, count * 2 + 1);
    sodium_bin2hex(out, count * 2 + 1, bytes, count);
    return (str){ out, count * 2 };
}

static err *show_key(arena *a, int argc, char **argv)
{
    const char *db = cli_option(&argc, argv, "--db"), *key_file = cli_option(&argc, argv, "--key-file");
    keys k;
    unsigned char public_key[KEY_PUBLIC_BYTES];
    TRY(cli_unknown_option(a, argc, argv));
    bool whole = argc == 1 && strcmp(argv[0], "print") == 0;
    if (argc != 1 || (!whole && strcmp(argv[0], "public") != 0))
        return err_new(a, ERR_USAGE, "key.usage", NULL);
    TRY(read_key(a, db, key_file, &k));
    key_public(&k, public_key);
    str hex = whole ? hex_of(a, k.master, KEY_BYTES) : hex_of(a, public_key, sizeof public_key);
    printf("%.*s\n", STR_ARG(hex));
    sodium_memzero(&k, sizeof k);
    return NULL;
}

int verb_key(arena *a, int argc, char **argv, words_lang lang)
{
    err *e = sodium_init() < 0 ? err_new(a, ERR_WORKER, "command.sodium", NULL) : show_key(a, argc, argv);
    return e ? cli_fail(a, lang, e) : 0;
}

/* -- certificates ------------------------------------------------------------------------------------------ */
/* A code, or a file that holds one. */
static err *read_code(arena *a, const char *word, str *code)
{
    *code = str_of(word);
    if (str_starts(*code, STR("MC1.")) || access(word, F_OK) != 0)
        return NULL;
    return file_read(a, word, CERTIFICATE_CODE_MAX_BYTES, code);
}

static err *public_key_of(arena *a, const char *hex, const char *db, const char *key_file, unsigned char *out)
{
    size_t bytes = 0;
    keys k;
    if (hex) {
        if (sodium_hex2bin(out, KEY_PUBLIC_BYTES, hex, strlen(hex), NULL, &bytes, NULL) != 0 || bytes != KEY_PUBLIC_BYTES)
            return err_new(a, ERR_INPUT, "key.public_bad", NULL);
        return NULL;
    }
    TRY(read_key(a, db, key_file, &k));
    key_public(&k, out);
    sodium_memzero(&k, sizeof k);
    return NULL;
}

static void show_fields(arena *a, words_lang lang, const certificate *c)
{
    text t = text_begin(a);
    words_put(&t, lang, "certificate.verified",
              VALUES({ "number", c->number }, { "name", c->name }, { "operation", c->operation },
                     { "community", c->community }, { "service", c->service }, { "from_on", c->from_on },
                     { "to_on", c->to_on }, { "hours", certificate_hours(a, c->minutes) }, { "issuer", c->issuer },
                     { "issued_on", c->issued_on }));
    str s = text_done(&t);
    printf("%.*s\n", STR_ARG(s));
}

/* good: whether it verifies; an error only when the question cannot be answered. */
static err *verify(arena *a, int argc, char **argv, words_lang lang, bool *good)
{
    const char *hex = cli_option(&argc, argv, "--public-key"), *db = cli_option(&argc, argv, "--db");
    const char *key_file = cli_option(&argc, argv, "--key-file");
    unsigned char public_key[KEY_PUBLIC_BYTES];
    certificate c;
    str code, signed_text, signature;
    TRY(cli_unknown_option(a, argc, argv));
    if (argc != 1)
        return err_new(a, ERR_USAGE, "certificate.verify_usage", NULL);
    TRY(read_code(a, argv[0], &code));
    TRY(public_key_of(a, hex, db, key_file, public_key));
    if (!certificate_read(a, code, &c, &signed_text, &signature))
        return err_new(a, ERR_INPUT, "certificate.no_code", NULL);
    *good = key_verify(public_key, signed_text, (const unsigned char *)signature.at);
    if (*good)
        show_fields(a, lang, &c);
    else
        printf("%.*s\n", STR_ARG(words_get(a, lang, "certificate.not_verified", NULL)));
    return NULL;
}

int verb_verify(arena *a, int argc, char **argv, words_lang lang)
{
    bool good = false;
    err *e = sodium_init() < 0 ? err_new(a, ERR_WORKER, "command.sodium", NULL) : verify(a, argc, argv, lang, &good);
    return e ? cli_fail(a, lang, e) : good ? 0 : 1;
}

#include "command/backup.h"

#include "base/file.h"
#include "base/text.h"
#include "store/store.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { MARK_BYTES = 16, PIECE_BYTES = 64 << 10, SALT_BYTES = crypto_pwhash_SALTBYTES,
       ADDED_BYTES = crypto_secretstream_xchacha20poly1305_ABYTES, HEADER_BYTES = crypto_secretstream_xchacha20poly1305_HEADERBYTES };
static const char mark[MARK_BYTES + 1] = "MUSTER-SEALED-1\n";
/* The first piece is always this: when it does not open, the passphrase is wrong. */
static const char first_piece[] = "muster";

typedef crypto_secretstream_xchacha20poly1305_state stream;
typedef struct ends {
    FILE *from, *to;
    const char *from_path, *to_path;
    stream stream;
} ends;

static void ends_close(void *of)
{
    ends *x = of;
    if (x->from)
        fclose(x->from);
    if (x->to)
        fclose(x->to);
    sodium_memzero(&x->stream, sizeof x->stream);
}

static err *ends_open(arena *a, const char *from, const char *to, ends **out)
{
    ends *x = *out = arena_new(a, ends);
    *x = (ends){ .from_path = from, .to_path = to };
    arena_defer(a, ends_close, x);
    x->from = fopen(from, "rbe");
    if (!x->from)
        return file_err(a, from, errno);
    x->to = fopen(to, "wbxe");
    return x->to ? NULL : file_err(a, to, errno);
}

static err *put(arena *a, ends *x, const void *bytes, size_t count)
{
    return fwrite(bytes, 1, count, x->to) == count ? NULL : file_err(a, x->to_path, errno);
}

/* On disk, or an error: a disk may be full only now. */
static err *finish(arena *a, ends *x, err *e)
{
    if (!e && (fflush(x->to) != 0 || fsync(fileno(x->to)) != 0))
        e = file_err(a, x->to_path, errno);
    if (fclose(x->to) != 0 && !e)
        e = file_err(a, x->to_path, errno);
    x->to = NULL;
    if (e)
        unlink(x->to_path);
    return e;
}

static err *key_of(arena *a, str passphrase, const unsigned char salt[SALT_BYTES],
                   unsigned char key[crypto_secretstream_xchacha20poly1305_KEYBYTES])
{
    return crypto_pwhash(key, crypto_secretstream_xchacha20poly1305_KEYBYTES, passphrase.at, passphrase.len, salt,
                         crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE, crypto_pwhash_ALG_ARGON2ID13)
               ? err_new(a, ERR_MEMORY, "backup.memory", NULL)
               : NULL;
}

/* -- sealing ------------------------------------------------------------------------------------------- */
static err *push(arena *a, ends *x, const void *bytes, size_t count, bool last, unsigned char *room)
{
    unsigned char tag = last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0;
    crypto_secretstream_xchacha20poly1305_push(&x->stream, room, NULL, bytes, count, NULL, 0, tag);
    return put(a, x, room, count + ADDED_BYTES);
}

static err *seal_pieces(arena *a, ends *x)
{
    unsigned char *piece = arena_alloc(a, PIECE_BYTES), *room = arena_alloc(a, PIECE_BYTES + ADDED_BYTES);
    TRY(push(a, x, first_piece, sizeof first_piece, false, room));
    for (;;) {
        size_t n = fread(piece, 1, PIECE_BYTES, x->from);
        if (ferror(x->from))
            return file_err(a, x->from_path, errno);
        TRY(push(a, x, piece, n, n < PIECE_BYTES, room));
        if (n < PIECE_BYTES)
            return NULL;
    }
}

static err *seal_into(arena *a, ends *x, str passphrase)
{
    unsigned char salt[SALT_BYTES], header[HEADER_BYTES], key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
    randombytes_buf(salt, sizeof salt);
    TRY(key_of(a, passphrase, salt, key));
    crypto_secretstream_xchacha20poly1305_init_push(&x->stream, header, key);
    sodium_memzero(key, sizeof key);
    TRY(put(a, x, mark, MARK_BYTES));
    TRY(put(a, x, salt, sizeof salt));
    TRY(put(a, x, header, sizeof header));
    return seal_pieces(a, x);
}

static err *seal(arena *a, const char *plain, const char *sealed, str passphrase)
{
    ends *x;
    TRY(ends_open(a, plain, sealed, &x));
    return finish(a, x, seal_into(a, x, passphrase));
}

err *backup_make(app *p, arena *a, const char *path, str passphrase)
{
    const char *plain = text_format(a, "%s.%ld.part", path, (long)getpid()).at, *sealed = text_format(a, "%s.sealed", plain).at;
    if (access(path, F_OK) == 0)
        return err_new(a, ERR_CONFLICT, "backup.exists", VALUES({ "file", str_of(path) }));
    TRY(store_copy(app_store(p), a, plain));
    err *e = passphrase.len ? seal(a, plain, sealed, passphrase) : NULL;
    if (!e && rename(passphrase.len ? sealed : plain, path) != 0)
        e = file_err(a, path, errno);
    unlink(plain);
    unlink(sealed);
    return e;
}

/* -- opening ------------------------------------------------------------------------------------------- */
static err *bad(arena *a, const ends *x, const char *why)
{
    return err_new(a, ERR_INPUT, why, VALUES({ "file", str_of(x->from_path) }));
}

/* One piece of at most PIECE_BYTES; last: it was the final one. */
static err *pull(arena *a, ends *x, size_t want, unsigned char *piece, unsigned char *room, size_t *count, bool *last)
{
    unsigned char tag = 0;
    unsigned long long got = 0;
    size_t n = fread(room, 1, want + ADDED_BYTES, x->from);
    if (ferror(x->from))
        return file_err(a, x->from_path, errno);
    if (n < ADDED_BYTES)
        return bad(a, x, "backup.cut_off");
    if (crypto_secretstream_xchacha20poly1305_pull(&x->stream, piece, &got, &tag, room, n, NULL, 0) != 0)
        return bad(a, x, n < want + ADDED_BYTES ? "backup.cut_off" : "backup.altered");
    *count = (size_t)got;
    *last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    return NULL;
}

static err *open_pieces(arena *a, ends *x)
{
    unsigned char *piece = arena_alloc(a, PIECE_BYTES), *room = arena_alloc(a, PIECE_BYTES + ADDED_BYTES);
    size_t count = 0;
    bool last = false;
    if (pull(a, x, sizeof first_piece, piece, room, &count, &last) || memcmp(piece, first_piece, sizeof first_piece) != 0)
        return bad(a, x, feof(x->from) ? "backup.cut_off" : "backup.passphrase");
    while (!last) {
        TRY(pull(a, x, PIECE_BYTES, piece, room, &count, &last));
        TRY(put(a, x, piece, count));
    }
    return fgetc(x->from) == EOF ? NULL : bad(a, x, "backup.altered");
}

static err *unseal_into(arena *a, ends *x, str passphrase)
{
    unsigned char salt[SALT_BYTES], header[HEADER_BYTES], key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
    if (!passphrase.len)
        return bad(a, x, "backup.sealed");
    if (fread(salt, 1, sizeof salt, x->from) != sizeof salt || fread(header, 1, sizeof header, x->from) != sizeof header)
        return bad(a, x, "backup.cut_off");
    TRY(key_of(a, passphrase, salt, key));
    int wrong = crypto_secretstream_xchacha20poly1305_init_pull(&x->stream, header, key);
    sodium_memzero(key, sizeof key);
    return wrong ? bad(a, x, "backup.altered") : open_pieces(a, x);
}

static err *copy_rest(arena *a, ends *x)
{
    unsigned char *piece = arena_alloc(a, PIECE_BYTES);
    size_t n;
    while ((n = fread(piece, 1, PIECE_BYTES, x->from)) > 0)
        TRY(put(a, x, piece, n));
    return ferror(x->from) ? file_err(a, x->from_path, errno) : NULL;
}

err *backup_open(arena *a, const char *path, str passphrase, const char *plain)
{
    ends *x;
    char begin[MARK_BYTES] = "";
    TRY(ends_open(a, path, plain, &x));
    bool is_sealed = fread(begin, 1, MARK_BYTES, x->from) == MARK_BYTES && memcmp(begin, mark, MARK_BYTES) == 0;
    if (!is_sealed)
        rewind(x->from);
    return finish(a, x, is_sealed ? unseal_into(a, x, passphrase) : copy_rest(a, x));
}

err *backup_replace(arena *a, const char *file, const char *with, const char *kept)
{
    return store_replace(a, file, with, kept);
}

#include "command/key.h"

#include "base/file.h"
#include "base/text.h"

#include <fcntl.h>
#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_FILE_MAX_BYTES = 256, NONCE_BYTES = KEY_NONCE_BYTES,
       TAG_BYTES = crypto_aead_xchacha20poly1305_ietf_ABYTES };

_Static_assert(KEY_NONCE_BYTES == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, "as libsodium has it");

const char *key_path(arena *a, const char *database)
{
    return text_format(a, "%s.key", database).at;
}

err *key_write(arena *a, const char *path, const keys *k)
{
    char hex[KEY_BYTES * 2 + 2];
    sodium_bin2hex(hex, sizeof hex, k->master, KEY_BYTES);
    hex[KEY_BYTES * 2] = '\n';
    /* never through a name that others could read for a moment */
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool good = fd >= 0 && write(fd, hex, KEY_BYTES * 2 + 1) == KEY_BYTES * 2 + 1 && fsync(fd) == 0;
    int error_number = errno;
    if (fd >= 0 && close(fd) != 0)
        good = false;
    return good ? NULL : file_err(a, path, error_number);
}

static err *key_read(arena *a, const char *path, keys *out)
{
    str hex = { 0 };
    size_t bytes = 0;
    struct stat s;
    TRY(file_read(a, path, KEY_FILE_MAX_BYTES, &hex));
    if (stat(path, &s) == 0 && (s.st_mode & (S_IRWXG | S_IRWXO)))
        return err_new(a, ERR_RIGHTS, "key.open_to_others", VALUES({ "file", str_of(path) }));
    hex = str_trim(hex);
    if (sodium_hex2bin(out->master, KEY_BYTES, hex.at, hex.len, NULL, &bytes, NULL) != 0 || bytes != KEY_BYTES)
        return err_new(a, ERR_INPUT, "key.damaged", VALUES({ "file", str_of(path) }));
    return NULL;
}

err *key_open(arena *a, const char *path, bool read_only, keys *out)
{
    if (access(path, F_OK) == 0)
        return key_read(a, path, out);
    if (read_only)
        return err_new(a, ERR_NOT_FOUND, "key.missing", VALUES({ "file", str_of(path) }));
    randombytes_buf(out->master, KEY_BYTES);
    return key_write(a, path, out);
}

static void derive(const unsigned char master[KEY_BYTES], const char *name, unsigned char out[KEY_BYTES])
{
    crypto_generichash(out, KEY_BYTES, (const unsigned char *)name, strlen(name), master, KEY_BYTES);
}

keys key_of_seed(uint64_t seed)
{
    keys k;
    unsigned char bytes[8];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(seed >> (8 * i));
    crypto_generichash(k.master, KEY_BYTES, bytes, sizeof bytes, NULL, 0);
    return k;
}

/* -- certificates ---------------------------------------------------------------------------------------- */
static void pair_of(const keys *k, unsigned char public_key[KEY_PUBLIC_BYTES],
                    unsigned char secret[crypto_sign_SECRETKEYBYTES])
{
    unsigned char seed[crypto_sign_SEEDBYTES];
    derive(k->master, "certificate", seed);
    crypto_sign_seed_keypair(public_key, secret, seed);
    sodium_memzero(seed, sizeof seed);
}

void key_public(const keys *k, unsigned char out[KEY_PUBLIC_BYTES])
{
    unsigned char secret[crypto_sign_SECRETKEYBYTES];
    pair_of(k, out, secret);
    sodium_memzero(secret, sizeof secret);
}

void key_sign(const keys *k, str message, unsigned char out[KEY_SIGNATURE_BYTES])
{
    unsigned char public_key[KEY_PUBLIC_BYTES], secret[crypto_sign_SECRETKEYBYTES];
    pair_of(k, public_key, secret);
    crypto_sign_detached(out, NULL, (const unsigned char *)message.at, message.len, secret);
    sodium_memzero(secret, sizeof secret);
}

bool key_verify(const unsigned char public_key[KEY_PUBLIC_BYTES], str message,
                const unsigned char signature[KEY_SIGNATURE_BYTES])
{
    return crypto_sign_verify_detached(signature, (const unsigned char *)message.at, message.len, public_key) == 0;
}

void key_salt(const keys *k, str about, unsigned char out[KEY_SALT_BYTES])
{
    unsigned char key[KEY_BYTES];
    derive(k->master, "salt", key);
    crypto_generichash(out, KEY_SALT_BYTES, (const unsigned char *)about.at, about.len, key, sizeof key);
    sodium_memzero(key, sizeof key);
}

/* -- links ------------------------------------------------------------------------------------------------ */
str key_token_text(arena *a, const unsigned char token[KEY_TOKEN_BYTES])
{
    char *text = arena_alloc(a, sodium_base64_ENCODED_LEN(KEY_TOKEN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING));
    sodium_bin2base64(text, sodium_base64_ENCODED_LEN(KEY_TOKEN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING), token,
                      KEY_TOKEN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_of(text);
}

str key_pass_token(arena *a, const keys *k, int64_t pass_id, int64_t serial)
{
    unsigned char key[KEY_BYTES], about[16], token[KEY_BYTES];
    derive(k->master, "pass", key);
    for (size_t i = 0; i < 8; i++) {
        about[i] = (unsigned char)((uint64_t)pass_id >> (8 * i));
        about[8 + i] = (unsigned char)((uint64_t)serial >> (8 * i));
    }
    crypto_generichash(token, KEY_BYTES, about, sizeof about, key, KEY_BYTES);
    sodium_memzero(key, sizeof key);
    return key_token_text(a, token);
}

str key_token_hash(arena *a, const keys *k, str token)
{
    unsigned char key[KEY_BYTES], *hash = arena_alloc(a, KEY_HASH_BYTES);
    derive(k->master, "token", key);
    crypto_generichash(hash, KEY_HASH_BYTES, (const unsigned char *)token.at, token.len, key, KEY_BYTES);
    sodium_memzero(key, sizeof key);
    return (str){ (const char *)hash, KEY_HASH_BYTES };
}

/* -- care notes ------------------------------------------------------------------------------------------- */
static void person_bytes(int64_t person_id, unsigned char out[8])
{
    for (size_t i = 0; i < 8; i++)
        out[i] = (unsigned char)((uint64_t)person_id >> (8 * i));
}

str key_seal(arena *a, const keys *k, int64_t person_id, const unsigned char nonce[KEY_NONCE_BYTES], str text)
{
    unsigned char key[KEY_BYTES], about[8];
    unsigned char *out = arena_alloc(a, NONCE_BYTES + text.len + TAG_BYTES);
    unsigned long long bytes = 0;
    derive(k->master, "care", key);
    person_bytes(person_id, about);
    memcpy(out, nonce, NONCE_BYTES);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE_BYTES, &bytes, (const unsigned char *)text.at, text.len, about,
                                               sizeof about, NULL, out, key);
    sodium_memzero(key, sizeof key);
    return (str){ (const char *)out, NONCE_BYTES + (size_t)bytes };
}

bool key_unseal(arena *a, const keys *k, int64_t person_id, str sealed, str *text)
{
    unsigned char key[KEY_BYTES], about[8];
    unsigned long long bytes = 0;
    if (sealed.len < NONCE_BYTES + TAG_BYTES)
        return false;
    const unsigned char *in = (const unsigned char *)sealed.at;
    unsigned char *out = arena_alloc(a, sealed.len);
    derive(k->master, "care", key);
    person_bytes(person_id, about);
    bool good = crypto_aead_xchacha20poly1305_ietf_decrypt(out, &bytes, NULL, in + NONCE_BYTES, sealed.len - NONCE_BYTES,
                                                           about, sizeof about, in, key) == 0;
    sodium_memzero(key, sizeof key);
    *text = (str){ (const char *)out, (size_t)bytes };
    return good;
}

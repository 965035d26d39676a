/*
 * key: the secret of an installation, in a file beside its database (FILE.key, 0600), never in it. From it come, each
 * by its own name (BLAKE2b, keyed): the Ed25519 pair that signs certificates (RFC 8032) and the key of care notes
 * (XChaCha20-Poly1305). Whoever has the database alone can read no care note and sign nothing.
 */
#ifndef MUSTER_COMMAND_KEY_H
#define MUSTER_COMMAND_KEY_H
#include "base/err.h"
#include "base/str.h"

enum { KEY_BYTES = 32, KEY_NONCE_BYTES = 24, KEY_PUBLIC_BYTES = 32, KEY_SIGNATURE_BYTES = 64, KEY_SALT_BYTES = 16 };
typedef struct keys {
    unsigned char master[KEY_BYTES];
} keys;

/* Where the key of a database file lies. */
const char *key_path(arena *a, const char *database);
/* Reads it; missing: is made, unless read_only (ERR_NOT_FOUND). Damaged, or open to others: an error that names it. */
err *key_open(arena *a, const char *path, bool read_only, keys *out);
/* A new file that only its owner reads; one that is there is not written over. */
err *key_write(arena *a, const char *path, const keys *k);
/* A key that is no secret, for a demo and tests: the same seed, the same key. */
keys key_of_seed(uint64_t seed);

void key_public(const keys *k, unsigned char out[KEY_PUBLIC_BYTES]);
void key_sign(const keys *k, str message, unsigned char out[KEY_SIGNATURE_BYTES]);
bool key_verify(const unsigned char public_key[KEY_PUBLIC_BYTES], str message,
                const unsigned char signature[KEY_SIGNATURE_BYTES]);

/* The same for the same text, and known to nobody without the key. */
void key_salt(const keys *k, str about, unsigned char out[KEY_SALT_BYTES]);

enum { KEY_TOKEN_BYTES = 16, KEY_TOKEN_TEXT = 22, KEY_HASH_BYTES = 32 };
/* The token of a pass: the same each time for the same serial, so a lost link can be sent again (base64url, 22 signs). */
str key_pass_token(arena *a, const keys *k, int64_t pass_id, int64_t serial);
str key_token_text(arena *a, const unsigned char token[KEY_TOKEN_BYTES]);
/* What is kept of a token: whoever has the database alone cannot tell it, nor try tokens out. */
str key_token_hash(arena *a, const keys *k, str token);

/* Seals text for one person; the nonce is random and used once. Moved to another person's row it does not open. */
str key_seal(arena *a, const keys *k, int64_t person_id, const unsigned char nonce[KEY_NONCE_BYTES], str text);
bool key_unseal(arena *a, const keys *k, int64_t person_id, str sealed, str *text);
#endif

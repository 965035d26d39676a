/*
 * backup: a database as one file, sealed with a passphrase where one is given: 16 signs that say what it is, the salt of
 * the key (argon2id), then secretstream of libsodium (XChaCha20-Poly1305) in pieces, so that a byte changed, a piece
 * dropped or the end cut off shows. The installation's key is never in it.
 */
#ifndef MUSTER_COMMAND_BACKUP_H
#define MUSTER_COMMAND_BACKUP_H
#include "command/app.h"

/* The app is open for reading and nobody else's. A file that is there is not written over; half a file is not left. */
err *backup_make(app *p, arena *a, const char *path, str passphrase);
/* The plain file in a new one. Wrong passphrase, altered, cut off: each says so, and there is no new file. */
err *backup_open(arena *a, const char *path, str passphrase, const char *plain);
/* The database of `with` in the place of this one, which is kept under another name. While it is served: ERR_LOCKED. */
err *backup_replace(arena *a, const char *file, const char *with, const char *kept);
#endif

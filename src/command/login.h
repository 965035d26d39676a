/*
 * login: the password that whoever opens the desk needs besides link and digits. Making or comparing a hash (argon2id)
 * takes a tenth of a second and 64 MiB: never on a loop nor on the store's threads, and two at a time. So the caller
 * compares before the command, and the command is shown a proof that only this program can make.
 */
#ifndef MUSTER_COMMAND_LOGIN_H
#define MUSTER_COMMAND_LOGIN_H
#include "command/app.h"

enum {
    PASSWORD_MIN_SIGNS = 10, PASSWORD_MAX_BYTES = 256,
    LOGIN_CODE_HOURS = 24, LOGIN_CODE_SIGNS = 12, /* of 32 signs: 60 bits */
    LOGIN_STRONG_HOURS = 12,                      /* then the desk asks for the password again */
    LOGIN_TRIES_MAX = 5, LOGIN_TRIES_MINUTES = 15,
    LOGIN_HASHES_MAX = 2 /* at once */
};

typedef struct login {
    int64_t person_id;
    str hash;  /* empty: no password was chosen yet */
    bool worn; /* too many wrong tries just now */
} login;
/* Changes nothing; what waits is the reading alone. */
err *login_find(app *p, arena *a, int64_t person, int64_t now, login *out);
/* Slow, see above. Two others are at it: ERR_LIMIT, nothing done. A password too short or too long: ERR_INPUT. */
err *login_hash(app *p, arena *a, str password, str *hash);
/* Slow too, whether or not there is a password. The proof for the command, or empty: it does not fit. */
err *login_prove(app *p, arena *a, const login *l, str session, str password, str *proof);
#endif

/*
 * audit: one row per command: trail, memory of keys, and a chain per lane. hash = BLAKE2b(prev, row).
 * Of private values the chain holds only salted hashes; salt and value stand in audit_private.
 * Of sealed ones (care notes) neither is kept: the salt comes from the installation's key.
 */
#ifndef MUSTER_COMMAND_AUDIT_H
#define MUSTER_COMMAND_AUDIT_H
#include "command/command.h"

enum { AUDIT_HASH_BYTES = STORE_HASH_BYTES, AUDIT_SALT_BYTES = 16 };

typedef struct audit_line {
    const command *command;
    const call *call;
    const args *args;
    str principal, result;
    int64_t noun_id, about_id; /* 0: none */
} audit_line;
err *audit_add(context *c, const audit_line *l);

/* The result stored for this principal and key; *found false if there is none. Other args: ERR_KEY_REUSED. */
err *audit_recall(context *c, const audit_line *l, bool *found, str *result);

/* Of the chain, for seal.c and check.c. r: a row with all columns of audit. */
str audit_hash(arena *a, str s);
str audit_hex(arena *a, str s);
str audit_row_hash(arena *a, str prev, const rows *r, size_t i);
#endif

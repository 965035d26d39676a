/*
 * audit: one row per command: trail, memory of keys, and a chain per lane. hash = BLAKE2b(prev, row).
 * Of private values the chain holds only salted hashes; salt and value stand in audit_private.
 */
#ifndef MUSTER_COMMAND_AUDIT_H
#define MUSTER_COMMAND_AUDIT_H
#include "command/command.h"

enum { AUDIT_HASH_BYTES = 32, AUDIT_SALT_BYTES = 16 };

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

/* Walks every chain. The first row that does not fit is named: lane and seq; seq 0 means all is well. */
typedef struct audit_verdict {
    int64_t count, lane, seq;
} audit_verdict;
err *app_check(app *p, arena *a, audit_verdict *out);
#endif

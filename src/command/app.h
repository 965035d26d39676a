/*
 * app: the open database with its commands, for cli and web, which never include store.
 */
#ifndef MUSTER_COMMAND_APP_H
#define MUSTER_COMMAND_APP_H
#include "base/rows.h"
#include "domain/context.h"

typedef struct app app;
typedef struct app_options {
    const char *url;
    bool stepped;
    bool read_only;
    const char *mode;
    /* Both or none: a monotonic clock in ms, and what hears of a command over SLOW_MS. On the writer's thread. */
    int64_t (*ticks)(void);
    void (*slow)(const char *command, int64_t ms);
    const char *key_file; /* of the installation's key; null: beside a database file */
    uint64_t seed;        /* not 0: key and salts come from it. For a demo and tests, where nothing is secret */
} app_options;
enum { SLOW_MS = 20 };
err *app_open(arena *a, const app_options *o, app **out);
void app_close(app *p);

typedef struct call {
    const char *command; /* "roster.publish" */
    const named *args;   /* ends with { 0 }; texts are parsed by the command's types */
    const struct json_t *rows; /* instead of a text named rows in args; stays the caller's; null: none */
    str key;             /* idempotency key, empty for none */
    int64_t actor_id;    /* 0 = local */
    int64_t now;
    words_lang lang;
    str source; /* "cli", an address */
} call;
/* Runs one command to its commit. result: JSON object, e.g. {"id":"12"}, in a. */
err *app_command(app *p, arena *a, const call *c, str *result);
/*
 * Several, as if one after another, but committed together where the store can. An argument that does not read: none is
 * run. Else all are run, each for itself; the error is that of the first that failed, whose result is empty.
 */
err *app_commands(app *p, arena *a, const call *calls, size_t count, str *results);
/*
 * One command without waiting. done(of) is called after its commit or its refusal, on a thread of the store, which it
 * must not hold up; then app_result says what came of it. Until done, a, the call and what it points to are the
 * store's. An error here: nothing was submitted and done is not called.
 */
typedef struct submission submission;
err *app_submit(app *p, arena *a, const call *c, void (*done)(void *of), void *of, submission **out);
err *app_result(app *p, arena *a, submission *s, str *result);
/* Walks the commands for --list, help and the API: null at the end. */
typedef struct command command;
const command *app_command_at(size_t index);
const command *app_command_find(str name); /* null: none of this name */
/* The key, read or (unless read_only) made at its first use; it lives as long as the app. */
struct keys;
err *app_keys(app *p, arena *a, const struct keys **out);
err *app_keys_kept(app *p, arena *a, const struct keys **out); /* never makes one: for what an earlier one has signed */
void app_random(app *p, void *out, size_t bytes); /* secret, but with a seed */
/* With a seed: what is drawn from here on is drawn again by whoever runs again. Else nothing. */
void app_luck_keep(app *p, luck *kept, bool again);
/* All that is read with this arena in between comes of one snapshot; what is written by app_command meanwhile is seen. */
void app_read_begin(app *p, arena *a);
void app_read_end(arena *a);
/* Whoever begins to watch for what changes counts himself before he reads where it stands. */
void app_watch(app *p);
int64_t app_watches(const app *p);
struct store *app_store(app *p); /* for view/, which runs its files on it */
const app_options *app_hooks(const app *p);
/* for login.c: at most two passwords are hashed at once; who got true releases */
bool app_claim_hash(app *p);
void app_release_hash(app *p);
bool app_claim_seal(app *p, int64_t now); /* for seal.c: a minute is over, and no other thread took it */
#endif

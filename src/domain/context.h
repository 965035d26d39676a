/*
 * context: what the work on hand may know: who asks, the time, luck, memory and the open transaction.
 */
#ifndef MUSTER_DOMAIN_CONTEXT_H
#define MUSTER_DOMAIN_CONTEXT_H
#include "base/luck.h"
#include "base/words.h"

struct map;
struct store_txn;
struct outcome;
struct app;
typedef struct context {
    arena *a;
    int64_t now;      /* ms UTC */
    int64_t actor_id; /* person; 0 = whoever runs the machine, who may all */
    words_lang lang;
    luck luck;
    struct store_txn *txn;
    struct map *orgs; /* of this transaction: org_of_path's, path to id */
    int64_t import;   /* whose changes these are, to be undone with it; 0: of none */
    struct app *app;  /* whose command this is: its key and randomness */
    struct outcome *outcome; /* what a command answers; null outside the runner */
} context;
#endif

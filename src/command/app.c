#include "command/app.h"

#include "command/command.h"

#include "command/seal.h"

#include <sodium.h>
#include <stdatomic.h>

struct app {
    store *store;
    app_options o;
    _Atomic int64_t seal_due_at; /* by the callers' clock; first at the first command */
};

err *app_open(arena *a, const app_options *o, app **out)
{
    if (sodium_init() < 0)
        return err_new(a, ERR_WORKER, "command.sodium", NULL);
    app *p = arena_new(a, app);
    p->o = *o;
    TRY(store_open(a, &(store_options){ .url = o->url, .stepped = o->stepped, .read_only = o->read_only,
                                        .mode = o->mode },
                   &p->store));
    *out = p;
    return NULL;
}

void app_close(app *p)
{
    store_close(p->store);
}

store *app_store(app *p)
{
    return p->store;
}

const app_options *app_hooks(const app *p)
{
    return &p->o;
}

bool app_claim_seal(app *p, int64_t now)
{
    int64_t due = atomic_load(&p->seal_due_at);
    return now >= due && atomic_compare_exchange_strong(&p->seal_due_at, &due, now + SEAL_EVERY_MS);
}

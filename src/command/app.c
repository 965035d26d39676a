#include "command/app.h"

#include "command/command.h"

#include <sodium.h>

struct app {
    store *store;
};

err *app_open(arena *a, const app_options *o, app **out)
{
    if (sodium_init() < 0)
        return err_new(a, ERR_WORKER, "command.sodium", NULL);
    app *p = arena_new(a, app);
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

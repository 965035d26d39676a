/*
 * store: opening and closing, and what its files share: errors and the version of the schema.
 */
#include "base/text.h"
#include "store/engine.h"
#include "store/migrate.h"

#include <string.h>
#include <sys/random.h>

/* -- errors ---------------------------------------------------------------------------------------- */

err *store_err(arena *a, store *s, err_code code, const char *message, const char *detail)
{
    err *e = err_new(a, code, message, VALUES({ "file", str_of(s->label) }));
    e->detail = str_copy(a, str_of(detail));
    return e;
}

err *store_version(store *s, arena *a, int64_t have)
{
    int64_t newest = migrate_newest();
    if (have > newest)
        return store_err(a, s, ERR_DATABASE, "store.newer", "");
    if (have < newest && s->o.read_only)
        return store_err(a, s, ERR_DATABASE, "store.older", "");
    return NULL;
}

bool store_wants(const store *s, const embedded *migration)
{
    return !s->o.schema_max || migrate_number(migration) <= s->o.schema_max;
}

str store_uid(arena *a)
{
    unsigned char bytes[16];
    if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes)
        memset(bytes, 0, sizeof bytes);
    text t = text_begin(a);
    for (size_t i = 0; i < sizeof bytes; i++)
        text_printf(&t, "%02x", bytes[i]);
    return text_done(&t);
}

str store_installation_uid(const store *s, arena *a)
{
    return s->o.uid ? str_copy(a, str_of(s->o.uid)) : store_uid(a);
}

const char *store_mode(const store *s)
{
    return s->o.mode ? s->o.mode : "real";
}

/* -- open and close -------------------------------------------------------------------------------- */

err *store_open(arena *a, const store_options *o, store **out)
{
    store *s = arena_new(a, store);
    s->a = a;
    s->fail_query = s->fail_allocation = -1;
    s->o = *o;
    s->o.url = str_z(a, str_of(o->url));
    s->o.mode = o->mode ? str_z(a, str_of(o->mode)) : NULL;
    s->label = s->o.url;
    str url = str_of(s->o.url);
    bool postgres = str_starts(url, STR("postgresql://")) || str_starts(url, STR("postgres://"));
    s->engine = postgres ? &engine_postgres : &engine_sqlite;
    TRY(statements_load(a, embedded_sql, &s->statements));
    TRY(s->engine->open(s, a));
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->wake, NULL);
    pthread_cond_init(&s->reader_free, NULL);
    if (!s->o.stepped && !s->o.read_only && !store_worker_start(s)) {
        store_close(s);
        return err_memory();
    }
    *out = s;
    return NULL;
}

void store_close(store *s)
{
    if (s->o.stepped) {
        while (s->first)
            store_step(s);
    }
    pthread_mutex_lock(&s->lock);
    s->closing = true;
    pthread_cond_broadcast(&s->wake);
    pthread_mutex_unlock(&s->lock);
    for (size_t i = 0; i < s->worker_count; i++)
        pthread_join(s->workers[i].thread, NULL);
    for (size_t i = 0; i < s->readers_idle; i++)
        s->engine->disconnect(s->readers[i]);
    for (size_t i = 0; i < WORKERS_MAX; i++) {
        if (s->workers[i].c)
            s->engine->disconnect(s->workers[i].c);
    }
    s->engine->close(s);
    pthread_cond_destroy(&s->reader_free);
    pthread_cond_destroy(&s->wake);
    pthread_mutex_destroy(&s->lock);
}

bool store_is_postgres(const store *s)
{
    return s->engine == &engine_postgres;
}

#include "command/app.h"

#include "base/luck.h"
#include "command/command.h"
#include "command/key.h"
#include "command/login.h"
#include "command/person_key.h"
#include "command/seal.h"

#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

struct app {
    store *store;
    app_options o;
    _Atomic int64_t seal_due_at; /* by the callers' clock; first at the first command */
    _Atomic int64_t watches;
    atomic_int hashing; /* passwords just now */
    const char *key_file;
    bool read_only, seeded, has_keys;
    pthread_mutex_t lock; /* of the keys and the luck */
    keys keys;
    luck luck;
};

/*
 * Whoever runs the machine types commands as root: files made by that (WAL, lock, key) would lock the server's own user
 * out. So root acts as the owner of the database from here on.
 */
static void act_as_owner(const char *file)
{
    struct stat s;
    if (geteuid() != 0 || stat(file, &s) != 0 || s.st_uid == 0)
        return;
    if (setegid(s.st_gid) != 0 || seteuid(s.st_uid) != 0)
        return; /* then as root: opening says what it may not */
}

err *app_open(arena *a, const app_options *o, app **out)
{
    if (sodium_init() < 0)
        return err_new(a, ERR_WORKER, "command.sodium", NULL);
    app *p = arena_new(a, app);
    p->o = *o;
    if (!o->read_only)
        act_as_owner(o->url);
    TRY(store_open(a, &(store_options){ .url = o->url, .stepped = o->stepped, .read_only = o->read_only,
                                        .mode = o->mode,
                                        .uid = o->seed ? text_format(a, "seed-%llu", (unsigned long long)o->seed).at : NULL },
                   &p->store));
    bool postgres = store_is_postgres(p->store);
    p->key_file = o->key_file ? o->key_file : postgres ? NULL : key_path(a, o->url);
    p->read_only = o->read_only;
    p->seeded = o->seed != 0;
    p->luck = luck_of(o->seed);
    pthread_mutex_init(&p->lock, NULL);
    if (p->seeded)
        p->keys = key_of_seed(o->seed);
    p->has_keys = p->seeded;
    err *e = o->read_only ? NULL : person_key_fill(p->store, a);
    if (e) {
        app_close(p);
        return e;
    }
    *out = p;
    return NULL;
}

void app_close(app *p)
{
    store_close(p->store);
    sodium_memzero(&p->keys, sizeof p->keys);
    pthread_mutex_destroy(&p->lock);
}

store *app_store(app *p)
{
    return p->store;
}

void app_read_begin(app *p, arena *a)
{
    store_share_begin(p->store, a);
}

void app_read_end(arena *a)
{
    store_share_end(a);
}

void app_watch(app *p)
{
    atomic_fetch_add(&p->watches, 1);
}

int64_t app_watches(const app *p)
{
    return atomic_load(&p->watches);
}

const app_options *app_hooks(const app *p)
{
    return &p->o;
}

bool app_claim_hash(app *p)
{
    if (atomic_fetch_add(&p->hashing, 1) < LOGIN_HASHES_MAX)
        return true;
    atomic_fetch_sub(&p->hashing, 1);
    return false;
}

void app_release_hash(app *p)
{
    atomic_fetch_sub(&p->hashing, 1);
}

bool app_claim_seal(app *p, int64_t now)
{
    int64_t due = atomic_load(&p->seal_due_at);
    return now >= due && atomic_compare_exchange_strong(&p->seal_due_at, &due, now + SEAL_EVERY_MS);
}

static err *keys_load(app *p, arena *a, bool read_only, const struct keys **out)
{
    err *e = NULL;
    pthread_mutex_lock(&p->lock);
    if (!p->has_keys)
        e = p->key_file ? key_open(a, p->key_file, read_only, &p->keys) : err_new(a, ERR_NOT_FOUND, "key.nowhere", NULL);
    p->has_keys = !e;
    pthread_mutex_unlock(&p->lock);
    *out = &p->keys;
    return e;
}

err *app_keys(app *p, arena *a, const struct keys **out)
{
    return keys_load(p, a, p->read_only, out);
}

err *app_keys_kept(app *p, arena *a, const struct keys **out)
{
    return keys_load(p, a, true, out);
}

void app_luck_keep(app *p, luck *kept, bool again)
{
    if (!p->seeded)
        return;
    pthread_mutex_lock(&p->lock);
    if (again)
        p->luck = *kept;
    *kept = p->luck;
    pthread_mutex_unlock(&p->lock);
}

void app_random(app *p, void *out, size_t bytes)
{
    unsigned char *at = out;
    if (!p->seeded) {
        randombytes_buf(out, bytes);
        return;
    }
    pthread_mutex_lock(&p->lock);
    for (size_t i = 0; i < bytes; i++)
        at[i] = (unsigned char)luck_below(&p->luck, 256);
    pthread_mutex_unlock(&p->lock);
}

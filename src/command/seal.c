#include "command/seal.h"

#include "command/audit.h"

#include <ctype.h>

str seal_short(arena *a, int64_t id, str hash)
{
    str hex = audit_hex(a, str_part(hash, 0, SEAL_SHORT_BYTES));
    text t = text_begin(a);
    text_put_int(&t, id);
    for (size_t i = 0; i < hex.len; i++)
        text_printf(&t, i % 4 ? "%c" : "-%c", toupper((unsigned char)hex.at[i]));
    return text_done(&t);
}

str seal_hash(arena *a, str prev, int64_t id, int64_t at, str heads)
{
    text t = text_begin(a);
    text_put(&t, prev);
    text_printf(&t, "%lld:%lld:%zu:", (long long)id, (long long)at, heads.len);
    text_put(&t, heads);
    return audit_hash(a, text_done(&t));
}

/* "0:17:4f2a... 3:5:91c2...": lane, seq and hash of each lane's last row. */
static str heads_of(arena *a, const rows *r)
{
    text t = text_begin(a);
    for (size_t i = 0; i < r->count; i++)
        text_printf(&t, "%s%lld:%lld:%.*s", i ? " " : "", (long long)rows_int(r, i, "lane"),
                    (long long)rows_int(r, i, "seq"), STR_ARG(audit_hex(a, rows_text(r, i, "hash"))));
    return text_done(&t);
}

typedef struct sealed {
    int64_t id, at;
    str hash;
} sealed;

/* The lock keeps two servers from sealing after the same seal; the index seal_prev says so once more. */
static err *last_seal(context *c, sealed *out)
{
    static const char zeros[AUDIT_HASH_BYTES];
    rows r = { 0 };
    TRY(query(c, "audit.lock_seals", NULL, NULL));
    TRY(query(c, "audit.last_seal", NULL, &r));
    *out = (sealed){ .hash = { zeros, AUDIT_HASH_BYTES } };
    if (r.count)
        *out = (sealed){ rows_int(&r, 0, "id"), rows_int(&r, 0, "at"), rows_text(&r, 0, "hash") };
    return NULL;
}

/* Numbered on their own, without gaps: ids of a lane would depend on when a minute ends. */
static err *add_seal(context *c, const sealed *last, sealed *out)
{
    rows r = { 0 };
    TRY(query(c, "audit.heads", NULL, &r));
    str heads = heads_of(c->a, &r);
    *out = (sealed){ .id = last->id + 1, .at = c->now };
    out->hash = seal_hash(c->a, last->hash, out->id, out->at, heads);
    return query(c, "audit.add_seal",
                 NAMED({ "id", V_INT(out->id) }, { "at", V_INT(out->at) }, { "heads", V_TEXT(heads) },
                       { "prev", V_BLOB(last->hash) }, { "hash", V_BLOB(out->hash) }),
                 NULL);
}

static err *audit_seal(context *c, const args *a)
{
    (void)a;
    sealed last, new;
    TRY(last_seal(c, &last));
    TRY(add_seal(c, &last, &new));
    command_result(c, "id", new.id);
    json_key(command_json(c), "short");
    json_str(command_json(c), seal_short(c->a, new.id, new.hash));
    return NULL;
}

typedef struct sealing {
    store_work work; /* first: the store gives it back */
    int64_t now;
} sealing;

static err *seal_work(store_work *w, store_txn *t, arena *a)
{
    context c = { .a = a, .now = ((sealing *)w)->now, .txn = t };
    sealed last, new;
    TRY(last_seal(&c, &last));
    return last.id && c.now - last.at < SEAL_EVERY_MS ? NULL : add_seal(&c, &last, &new);
}

void seal_when_due(app *p, arena *a, int64_t now)
{
    if (!app_claim_seal(p, now))
        return;
    sealing s = { .work = { .run = seal_work }, .now = now };
    (void)store_submit_wait(app_store(p), a, &s.work); /* the next minute seals this one too */
}

const command audit_commands[] = {
    { "audit.seal", "commander:all auditor:all", "", .closed = CLOSED_APART, .run = audit_seal },
    { 0 },
};

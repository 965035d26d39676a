#include "command/audit.h"

#include "command/key.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

static str hash_of(arena *a, str salt, str s)
{
    unsigned char *out = arena_alloc(a, AUDIT_HASH_BYTES);
    crypto_generichash(out, AUDIT_HASH_BYTES, (const unsigned char *)s.at, s.len,
                       salt.len ? (const unsigned char *)salt.at : NULL, salt.len);
    return (str){ (const char *)out, AUDIT_HASH_BYTES };
}

str audit_hash(arena *a, str s)
{
    return hash_of(a, (str){ 0 }, s);
}

str audit_hex(arena *a, str s)
{
    char *out = arena_alloc(a, s.len * 2 + 1);
    sodium_bin2hex(out, s.len * 2 + 1, (const unsigned char *)s.at, s.len);
    return (str){ out, s.len * 2 };
}

/* Of the command and all its arguments: what a key is compared by. */
static str args_hash(arena *a, const audit_line *l, str salt)
{
    text t = text_begin(a);
    text_put_z(&t, l->command->name);
    text_put_z(&t, " ");
    text_put(&t, args_canonical(a, l->args));
    return hash_of(a, salt, text_done(&t));
}

static bool any_private(const args *x)
{
    for (size_t i = 0; i < x->count; i++)
        if (x->at[i].value.kind != VALUE_NULL && arg_is_private(&x->at[i]))
            return true;
    return false;
}

/* A salt as libsodium takes it for a key: 16 bytes are its least. */
static str new_salt(context *c)
{
    char *salt = arena_alloc(c->a, AUDIT_SALT_BYTES);
    app_random(c->app, salt, AUDIT_SALT_BYTES);
    return (str){ salt, AUDIT_SALT_BYTES };
}

static bool any_sealed(const args *x)
{
    for (size_t i = 0; i < x->count; i++)
        if (x->at[i].value.kind != VALUE_NULL && arg_is_sealed(&x->at[i]))
            return true;
    return false;
}

/* The same again for the same key of a caller, so that a second try is known; without one nothing is ever compared. */
static err *sealed_salt(context *c, const audit_line *l, str *salt)
{
    const keys *k = NULL;
    unsigned char *out = arena_alloc(c->a, KEY_SALT_BYTES);
    str about = text_format(c->a, "%.*s\n%.*s", STR_ARG(l->principal), STR_ARG(l->call->key));
    TRY(app_keys(c->app, c->a, &k));
    key_salt(k, about, out);
    *salt = (str){ (const char *)out, KEY_SALT_BYTES };
    return NULL;
}

static err *salt_for(context *c, const audit_line *l, str *salt)
{
    *salt = (str){ 0 };
    if (any_sealed(l->args) && l->call->key.len)
        return sealed_salt(c, l, salt);
    if (any_private(l->args))
        *salt = new_salt(c);
    return NULL;
}

static str body_of(arena *a, const args *x, str salt)
{
    text t = text_begin(a);
    json j = json_begin(&t);
    json_open(&j, '{');
    for (size_t i = 0; i < x->count; i++) {
        const arg *one = &x->at[i];
        if (one->value.kind == VALUE_NULL)
            continue;
        json_key(&j, str_z(a, one->name));
        if (arg_is_private(one)) {
            json_open(&j, '{');
            if (one->json) {
                json_key(&j, "count");
                json_int(&j, (int64_t)json_array_size(one->json));
            }
            if (!arg_is_sealed(one)) {
                json_key(&j, "hash");
                json_str(&j, audit_hex(a, hash_of(a, salt, one->value.s)));
            }
            json_close(&j, '}');
        } else if (one->value.kind == VALUE_INT) {
            json_str(&j, text_format(a, "%lld", (long long)one->value.n));
        } else {
            json_str(&j, one->value.s);
        }
    }
    json_close(&j, '}');
    return text_done(&t);
}

static const char *const chained[] = { "lane",    "seq",       "at",   "principal", "actor_id", "about_id",
                                       "command", "key",       "args_hash", "noun", "noun_id",  "topic",
                                       "body",    "result",    "source" };

static str chain(arena *a, str prev, const value *values)
{
    text t = text_begin(a);
    text_put(&t, prev);
    for (size_t i = 0; i < COUNT(chained); i++)
        value_canonical(&t, str_of(chained[i]), &values[i]);
    return audit_hash(a, text_done(&t));
}

/* Rows as `rows` hold whole sheets: of them the salt is kept, not the text, which import_row has. */
static err *add_private(context *c, const args *x, int64_t lane, int64_t seq, int64_t about_id, str salt)
{
    for (size_t i = 0; i < x->count; i++) {
        const arg *one = &x->at[i];
        if (one->value.kind == VALUE_NULL || !arg_is_private(one) || arg_is_sealed(one))
            continue;
        TRY(query(c, "audit.add_private",
                  NAMED({ "lane", V_INT(lane) }, { "seq", V_INT(seq) }, { "part", V_TEXT(one->name) },
                        { "person", about_id ? V_INT(about_id) : V_NULL }, { "salt", V_BLOB(salt) },
                        { "value", V_TEXT(one->json ? STR("") : one->value.s) }),
                  NULL));
    }
    return NULL;
}

static str noun_of(const command *m)
{
    str s = str_of(m->name), noun = s;
    str_split(&s, '.', &noun);
    return noun;
}

/* The end of the chain of this lane; of a new one number 0 and zeros. */
static err *find_head(context *c, store_head *head)
{
    rows r = { 0 };
    *head = (store_head){ 0 };
    TRY(query(c, "audit.head", NAMED({ "lane", V_INT(store_lane(c->txn)) }), &r));
    if (r.count) {
        str hash = rows_text(&r, 0, "hash");
        assert(hash.len == AUDIT_HASH_BYTES);
        head->seq = rows_int(&r, 0, "seq");
        memcpy(head->hash, hash.at, AUDIT_HASH_BYTES);
    }
    return NULL;
}

static void keep_head(store_head *head, int64_t seq, str hash)
{
    memcpy(head->hash, hash.at, AUDIT_HASH_BYTES);
    head->seq = seq;
    head->known = true;
}

err *audit_add(context *c, const audit_line *l)
{
    store_head *head = store_lane_head(c->txn);
    if (!head->known)
        TRY(find_head(c, head));
    int64_t lane = store_lane(c->txn), seq = head->seq + 1;
    str prev = { head->hash, AUDIT_HASH_BYTES }, salt;
    TRY(salt_for(c, l, &salt));
    const call *by = l->call;
    value v[] = {
        V_INT(lane), V_INT(seq), V_INT(by->now), V_TEXT(l->principal),
        by->actor_id ? V_INT(by->actor_id) : V_NULL, l->about_id ? V_INT(l->about_id) : V_NULL,
        V_TEXT(str_of(l->command->name)), by->key.len ? V_TEXT(by->key) : V_NULL,
        V_BLOB(args_hash(c->a, l, salt)),
        V_TEXT(noun_of(l->command)), l->noun_id ? V_INT(l->noun_id) : V_NULL, V_TEXT(noun_of(l->command)),
        V_TEXT(body_of(c->a, l->args, salt)), V_TEXT(l->result), V_TEXT(by->source.at ? by->source : STR("")),
    };
    named all[COUNT(chained) + 3] = { { 0 } };
    for (size_t i = 0; i < COUNT(chained); i++)
        all[i] = (named){ chained[i], v[i] };
    all[COUNT(chained)] = (named){ "prev", V_BLOB(prev) };
    str hash = chain(c->a, prev, v);
    all[COUNT(chained) + 1] = (named){ "hash", V_BLOB(hash) };
    rows none; /* taken to know at once whether the key came in between */
    TRY(query(c, "audit.add", all, &none));
    keep_head(head, seq, hash);
    return add_private(c, l->args, lane, seq, l->about_id, salt);
}

err *audit_recall(context *c, const audit_line *l, bool *found, str *result)
{
    *found = false;
    if (!l->call->key.len)
        return NULL;
    rows r = { 0 };
    TRY(query(c, "audit.by_key", NAMED({ "principal", V_TEXT(l->principal) }, { "key", V_TEXT(l->call->key) }), &r));
    if (!r.count)
        return NULL;
    str salt = any_private(l->args) ? rows_text(&r, 0, "salt") : (str){ 0 };
    if (any_sealed(l->args))
        TRY(sealed_salt(c, l, &salt));
    if (!str_equal(rows_text(&r, 0, "args_hash"), args_hash(c->a, l, salt)))
        return refuse(c, ERR_KEY_REUSED, "command.key_reused", NULL);
    *found = true;
    *result = rows_text(&r, 0, "result");
    return NULL;
}

str audit_row_hash(arena *a, str prev, const rows *r, size_t i)
{
    value v[COUNT(chained)];
    for (size_t k = 0; k < COUNT(chained); k++) { /* audit.page gives them in this order */
        bool there = k < r->column_count && strcmp(r->names[k], chained[k]) == 0;
        v[k] = there ? r->at[i * r->column_count + k] : *rows_at(r, i, chained[k]);
    }
    return chain(a, prev, v);
}

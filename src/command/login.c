#include "command/login.h"

#include "base/text.h"
#include "command/command.h"
#include "command/key.h"

#include <sodium.h>
#include <string.h>

#define MINUTE_MS ((int64_t)60000)
#define HOUR_MS (60 * MINUTE_MS)

/* -- before the command -------------------------------------------------------------------------------- */
static err *wait_a_little(arena *a)
{
    return err_new(a, ERR_LIMIT, "login.busy", NULL);
}

static void login_of(const rows *r, login *out)
{
    *out = (login){ .person_id = rows_int(r, 0, "id"), .hash = rows_text(r, 0, "hash"),
                    .worn = rows_int(r, 0, "try_count") >= LOGIN_TRIES_MAX };
}

err *login_find(app *p, arena *a, int64_t person, int64_t now, login *out)
{
    rows r = { 0 };
    store_txn *t;
    TRY(store_read_begin(app_store(p), a, &t));
    err *e = store_query(t, a, "login.find",
                         NAMED({ "person", V_INT(person) }, { "since", V_INT(now - LOGIN_TRIES_MINUTES * MINUTE_MS) }), &r);
    store_read_end(t);
    if (!e && r.count)
        login_of(&r, out);
    else if (!e)
        *out = (login){ .person_id = person };
    return e;
}

/* Signs, not bytes: ten Chinese characters are a long password. */
static size_t signs_of(str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.len; i++)
        count += ((unsigned char)s.at[i] & 0xc0) != 0x80;
    return count;
}

err *login_hash(app *p, arena *a, str password, str *hash)
{
    char *out = arena_alloc(a, crypto_pwhash_STRBYTES);
    if (signs_of(password) < PASSWORD_MIN_SIGNS || password.len > PASSWORD_MAX_BYTES)
        return err_new(a, ERR_INPUT, "login.length", VALUES({ "min", text_format(a, "%d", PASSWORD_MIN_SIGNS) }));
    if (!app_claim_hash(p))
        return wait_a_little(a);
    int bad = crypto_pwhash_str(out, password.at, password.len, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                crypto_pwhash_MEMLIMIT_INTERACTIVE);
    app_release_hash(p);
    *hash = str_of(out);
    return bad ? err_memory() : NULL;
}

/* Bound to the session and to the hash it was compared with: good for nothing else, and not after a change. */
static str proof_of(arena *a, const keys *k, int64_t person, str session, str hash)
{
    str about = text_format(a, "login:%lld:%.*s:%.*s", (long long)person, STR_ARG(session), STR_ARG(hash));
    str keyed = key_token_hash(a, k, about);
    char *hex = arena_alloc(a, KEY_HASH_BYTES * 2 + 1);
    sodium_bin2hex(hex, KEY_HASH_BYTES * 2 + 1, (const unsigned char *)keyed.at, keyed.len);
    return str_of(hex);
}

/* Whoever has no password takes as long, and never fits. */
static const char nobodys[] =
    "$argon2id$v=19$m=65536,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

err *login_prove(app *p, arena *a, const login *l, str session, str password, str *proof)
{
    const keys *k;
    *proof = (str){ 0 };
    TRY(app_keys(p, a, &k));
    if (password.len > PASSWORD_MAX_BYTES)
        return NULL;
    if (!app_claim_hash(p))
        return wait_a_little(a);
    int bad = crypto_pwhash_str_verify(l->hash.len ? str_z(a, l->hash) : nobodys, password.at, password.len);
    app_release_hash(p);
    if (!bad && l->hash.len)
        *proof = proof_of(a, k, l->person_id, session, l->hash);
    return NULL;
}

/* -- the commands -------------------------------------------------------------------------------------- */
static err *load(context *c, const args *a, login *l)
{
    rows r = { 0 };
    TRY(query(c, "login.find", NAMED({ "person", arg_value(a, "person") },
                                     { "since", V_INT(c->now - LOGIN_TRIES_MINUTES * MINUTE_MS) }), &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "login.nobody",
                      VALUES({ "person", text_format(c->a, "%lld", (long long)arg_int(a, "person")) }));
    login_of(&r, l);
    command_about(c, l->person_id);
    return NULL;
}

static err *session_hash(context *c, const args *a, str *out)
{
    const keys *k;
    TRY(app_keys(c->app, c->a, &k));
    *out = key_token_hash(c->a, k, arg_text(a, "session"));
    return NULL;
}

static err *proof_fits(context *c, const args *a, const login *l, bool *fits)
{
    const keys *k;
    TRY(app_keys(c->app, c->a, &k));
    str want = proof_of(c->a, k, l->person_id, arg_text(a, "session"), l->hash), have = arg_text(a, "proof");
    *fits = l->hash.len && want.len == have.len && !sodium_memcmp(want.at, have.at, want.len);
    return NULL;
}

static err *count_try(context *c, const login *l)
{
    int64_t id;
    if (l->worn)
        return NULL;
    TRY(next_id(c, &id));
    return query(c, "login.add_try", NAMED({ "id", V_INT(id) }, { "person", V_INT(l->person_id) }, { "now", V_INT(c->now) }), NULL);
}

static err *strengthen(context *c, const args *a, const login *l)
{
    str hash = { 0 };
    TRY(session_hash(c, a, &hash));
    TRY(query(c, "login.forgive", NAMED({ "person", V_INT(l->person_id) }), NULL));
    return query(c, "login.strengthen", NAMED({ "token_hash", V_BLOB(hash) }, { "person", V_INT(l->person_id) },
                                              { "until", V_INT(c->now + LOGIN_STRONG_HOURS * HOUR_MS) }), NULL);
}

/* A wrong try is a success of the command, or it would not be counted. Why it is wrong is never said. */
static err *login_enter(context *c, const args *a)
{
    login l = { 0 };
    bool fits = false;
    TRY(load(c, a, &l));
    TRY(proof_fits(c, a, &l, &fits));
    fits = fits && !l.worn;
    command_result_bool(c, "entered", fits);
    return fits ? strengthen(c, a, &l) : count_try(c, &l);
}

/* As it is read out or copied by hand: no difference of case, no strokes between. */
static str code_plain(arena *a, str code)
{
    text t = text_begin(a);
    for (size_t i = 0; i < code.len; i++) {
        char sign = code.at[i];
        if (sign >= 'a' && sign <= 'z')
            sign = (char)(sign - 'a' + 'A');
        if ((sign >= 'A' && sign <= 'Z') || (sign >= '0' && sign <= '9'))
            text_put(&t, (str){ &sign, 1 });
    }
    return text_done(&t);
}

static err *code_hash(context *c, int64_t person, str code, str *out)
{
    const keys *k;
    TRY(app_keys(c->app, c->a, &k));
    *out = key_token_hash(c->a, k, text_format(c->a, "code:%lld:%.*s", (long long)person, STR_ARG(code_plain(c->a, code))));
    return NULL;
}

static err *code_fits(context *c, const args *a, const login *l, bool *fits)
{
    rows r = { 0 };
    str hash = { 0 };
    TRY(code_hash(c, l->person_id, arg_text(a, "code"), &hash));
    TRY(query(c, "login.code", NAMED({ "person", V_INT(l->person_id) }, { "hash", V_BLOB(hash) }, { "now", V_INT(c->now) }), &r));
    *fits = r.count > 0;
    return NULL;
}

/* By the old password's proof, by a code, or on the machine. Every other session of the person ends. */
static err *login_set(context *c, const args *a)
{
    login l = { 0 };
    bool fits = !c->actor_id;
    str session = { 0 };
    TRY(load(c, a, &l));
    if (c->actor_id)
        TRY(arg_given(a, "code") ? code_fits(c, a, &l, &fits) : proof_fits(c, a, &l, &fits));
    fits = fits && (!l.worn || !c->actor_id);
    command_result_bool(c, "set", fits);
    if (!fits)
        return count_try(c, &l);
    if (!str_starts(arg_text(a, "hash"), STR("$argon2id$")))
        return refuse(c, ERR_INPUT, "login.hash", NULL);
    TRY(session_hash(c, a, &session));
    TRY(query(c, "login.set", NAMED({ "person", V_INT(l.person_id) }, { "hash", arg_value(a, "hash") }), NULL));
    TRY(query(c, "login.drop_code", NAMED({ "person", V_INT(l.person_id) }), NULL));
    TRY(query(c, "login.end_others", NAMED({ "token_hash", V_BLOB(session) }, { "person", V_INT(l.person_id) }, { "now", V_INT(c->now) }), NULL));
    return strengthen(c, a, &l);
}

/* K7QM-3VXT-9RHD: without 0 O 1 I, which look alike on paper. */
static str draw_code(context *c)
{
    static const char signs[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    unsigned char bytes[LOGIN_CODE_SIGNS];
    text t = text_begin(c->a);
    app_random(c->app, bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        text_printf(&t, "%s%c", i && i % 4 == 0 ? "-" : "", signs[bytes[i] % 32]);
    return text_done(&t);
}

/* Shown once. Nobody makes one for oneself: a stolen session would then be as good as the password. */
static err *login_issue_code(context *c, const args *a)
{
    login l = { 0 };
    str hash = { 0 };
    TRY(load(c, a, &l));
    if (c->actor_id == l.person_id)
        return refuse(c, ERR_RIGHTS, "login.own_code", NULL);
    str code = draw_code(c);
    TRY(code_hash(c, l.person_id, code, &hash));
    command_result(c, "person", l.person_id);
    json *shown = command_shown(c);
    json_key(shown, "code");
    json_str(shown, code);
    return query(c, "login.set_code", NAMED({ "person", V_INT(l.person_id) }, { "hash", V_BLOB(hash) },
                                            { "expires_at", V_INT(c->now + LOGIN_CODE_HOURS * HOUR_MS) }), NULL);
}

const command login_commands[] = {
    { "login.enter", "volunteer:own", "person:id session:text_private proof:text_private?",
      .closed = CLOSED_APART, .run = login_enter },
    { "login.set", "volunteer:own", "person:id hash:text_private session:text_private? proof:text_private? code:text_private?",
      .closed = CLOSED_APART, .run = login_set },
    { "login.issue_code", "commander:all", "person:id", .closed = CLOSED_APART, .run = login_issue_code },
    { 0 },
};

#include "command/pass.h"

#include "command/command.h"
#include "command/key.h"

#include <sodium.h>
#include <string.h>

enum { MINUTE_MS = 60000, HOUR_MS = 60 * MINUTE_MS };
#define DAY_MS ((int64_t)24 * HOUR_MS)

/* Answered, not kept: the audit line must not open a page. */
static err *show_token(context *c, int64_t id, int64_t serial)
{
    const keys *k;
    TRY(app_keys(c->app, c->a, &k));
    command_result(c, "id", id);
    json *shown = command_shown(c);
    json_key(shown, "id");
    json_str(shown, text_format(c->a, "%lld", (long long)id));
    json_key(shown, "token");
    json_str(shown, key_pass_token(c->a, k, id, serial));
    return NULL;
}

static err *hash_of(context *c, int64_t id, int64_t serial, str *out)
{
    const keys *k;
    TRY(app_keys(c->app, c->a, &k));
    *out = key_token_hash(c->a, k, key_pass_token(c->a, k, id, serial));
    return NULL;
}

static err *check_kind(context *c, const args *a)
{
    static const char *const kinds[] = { "person", "org", "team", "post" };
    str kind = arg_text(a, "kind");
    bool known = false;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        known = known || str_is(kind, kinds[i]);
        if (arg_given(a, kinds[i]) != str_is(kind, kinds[i]))
            return refuse(c, ERR_INPUT, "pass.kind", NULL);
    }
    str purpose = arg_given(a, "purpose") ? arg_text(a, "purpose") : STR("open");
    known = known && (str_is(purpose, "open") || (str_is(purpose, "upload") && str_is(kind, "org")));
    return known ? NULL : refuse(c, ERR_INPUT, "pass.kind", NULL);
}

/*
 * Whoever makes a link can open it. So the link of somebody with an office is made by the city's commander, or on the
 * machine; else a leader could make one for a commander who lives in the community.
 */
static err *may_issue_for(context *c, int64_t person)
{
    rows roles = { 0 }, all = { 0 };
    TRY(query(c, "pass.role", NAMED({ "person", V_INT(person) }, { "now", V_INT(c->now) }), &roles));
    bool office = false;
    for (size_t i = 0; i < roles.count; i++)
        office = office || !str_is(rows_text(&roles, i, "role"), "volunteer");
    if (!office || !c->actor_id || c->actor_id == person)
        return NULL;
    TRY(query(c, "rights.all",
              NAMED({ "actor", V_INT(c->actor_id) }, { "role", V_TEXT(STR("commander")) }, { "now", V_INT(c->now) }), &all));
    return all.count ? NULL : refuse(c, ERR_RIGHTS, "pass.office", NULL);
}

static err *check_target(context *c, const args *a)
{
    rows r = { 0 };
    str kind = arg_text(a, "kind");
    TRY(query(c, "pass.target",
              NAMED({ "person", arg_value(a, "person") }, { "org", arg_value(a, "org") }, { "team", arg_value(a, "team") },
                    { "post", arg_value(a, "post") }),
              &r));
    return r.count ? NULL
                   : refuse(c, ERR_NOT_FOUND, "pass.missing",
                            VALUES({ "kind", kind },
                                   { "id", text_format(c->a, "%lld", (long long)arg_int(a, str_z(c->a, kind))) }));
}

typedef struct link {
    const char *purpose; /* open, calendar, upload */
    value kind, person, org, team, post;
    int64_t until;
    bool renew; /* the old one ends */
} link;

/* Issued again while it is good: the same link. */
static err *keep_link(context *c, const link *l)
{
    rows r = { 0 };
    str hash = { 0 };
    int64_t id, serial = 1;
    value purpose = V_TEXT(str_of(l->purpose));
    TRY(query(c, "pass.of", NAMED({ "kind", l->kind }, { "purpose", purpose }, { "person", l->person }, { "org", l->org },
                                  { "team", l->team }, { "post", l->post }), &r));
    if (r.count) {
        id = rows_int(&r, 0, "id");
        serial = rows_int(&r, 0, "serial") + l->renew;
        TRY(hash_of(c, id, serial, &hash));
        TRY(query(c, "pass.renew", NAMED({ "id", V_INT(id) }, { "serial", V_INT(serial) }, { "token_hash", V_BLOB(hash) },
                                         { "expires_at", V_INT(l->until) }), NULL));
        return show_token(c, id, serial);
    }
    TRY(next_id(c, &id));
    TRY(hash_of(c, id, serial, &hash));
    TRY(query(c, "pass.add",
              NAMED({ "id", V_INT(id) }, { "kind", l->kind }, { "purpose", purpose }, { "person", l->person }, { "org", l->org },
                    { "team", l->team }, { "post", l->post }, { "token_hash", V_BLOB(hash) }, { "expires_at", V_INT(l->until) }),
              NULL));
    return show_token(c, id, serial);
}

static err *pass_issue(context *c, const args *a)
{
    TRY(check_kind(c, a));
    TRY(check_target(c, a));
    if (arg_given(a, "person")) {
        command_about(c, arg_int(a, "person"));
        TRY(may_issue_for(c, arg_int(a, "person")));
    }
    bool upload = arg_given(a, "purpose") && str_is(arg_text(a, "purpose"), "upload");
    return keep_link(c, &(link){ .purpose = upload ? "upload" : "open", .kind = arg_value(a, "kind"), .person = arg_value(a, "person"),
                                 .org = arg_value(a, "org"), .team = arg_value(a, "team"), .post = arg_value(a, "post"),
                                 .until = c->now + PASS_KEEP_MS_DAYS * DAY_MS });
}

/*
 * The link of a calendar is for machines: it opens no session and asks for no digits, so whoever wants it makes it himself,
 * for himself alone. It shows what its person may see at each fetch.
 */
static err *pass_calendar(context *c, const args *a)
{
    command_about(c, arg_int(a, "person"));
    return keep_link(c, &(link){ .purpose = "calendar", .kind = V_TEXT(STR("person")), .person = arg_value(a, "person"),
                                 .until = c->now + PASS_CALENDAR_DAYS * DAY_MS,
                                 .renew = arg_given(a, "renew") && arg_int(a, "renew") });
}

static err *load(context *c, const args *a, rows *r)
{
    TRY(query(c, "pass.by_id", NAMED({ "id", arg_value(a, "pass") }), r));
    if (!r->count)
        return refuse(c, ERR_NOT_FOUND, "pass.gone", NULL);
    if (rows_int(r, 0, "person_id"))
        command_about(c, rows_int(r, 0, "person_id"));
    return NULL;
}

/* The old link and every session that came of it end at once. */
static err *pass_renew(context *c, const args *a)
{
    rows r = { 0 };
    str hash = { 0 };
    TRY(load(c, a, &r));
    if (rows_int(&r, 0, "person_id"))
        TRY(may_issue_for(c, rows_int(&r, 0, "person_id")));
    int64_t id = arg_int(a, "pass"), serial = rows_int(&r, 0, "serial") + 1;
    TRY(hash_of(c, id, serial, &hash));
    TRY(query(c, "pass.renew", NAMED({ "id", V_INT(id) }, { "serial", V_INT(serial) }, { "token_hash", V_BLOB(hash) },
                                     { "expires_at", V_INT(c->now + PASS_KEEP_MS_DAYS * DAY_MS) }), NULL));
    return show_token(c, id, serial);
}

static err *pass_revoke(context *c, const args *a)
{
    rows r = { 0 };
    TRY(load(c, a, &r));
    command_result(c, "id", arg_int(a, "pass"));
    return query(c, "pass.revoke", NAMED({ "id", arg_value(a, "pass") }, { "now", V_INT(c->now) }), NULL);
}

/* -- opening ------------------------------------------------------------------------------------------- */
typedef struct opening {
    int64_t pass, serial, person;
    str kind, phone;
    bool weak, fits, worn;
    bool guest; /* at the code of a post: whoever is known, and no session comes of it */
} opening;

static err *count_tries(context *c, opening *o)
{
    rows tries = { 0 };
    TRY(query(c, "pass.tries",
              NAMED({ "pass", V_INT(o->pass) }, { "person", V_INT(o->person) },
                    { "quarter", V_INT(c->now - TRIES_OF_NAME_MINUTES * MINUTE_MS) }, { "day", V_INT(c->now - DAY_MS) }),
              &tries));
    o->worn = rows_int(&tries, 0, "name_count") >= TRIES_OF_NAME_MAX ||
              (o->weak && rows_int(&tries, 0, "day_count") >= TRIES_OF_PASS_MAX);
    return NULL;
}

static err *add_try(context *c, const opening *o)
{
    int64_t id;
    TRY(next_id(c, &id));
    return query(c, "pass.add_try", NAMED({ "id", V_INT(id) }, { "pass", V_INT(o->pass) }, { "person", V_INT(o->person) },
                                          { "now", V_INT(c->now) }), NULL);
}

static err *load_opening(context *c, const args *a, opening *o)
{
    rows r = { 0 }, fit = { 0 };
    unsigned char hash[KEY_HASH_BYTES];
    size_t bytes = 0;
    str hex = arg_text(a, "token_hash");
    if (sodium_hex2bin(hash, sizeof hash, hex.at, hex.len, NULL, &bytes, NULL) || bytes != sizeof hash)
        return refuse(c, ERR_NOT_FOUND, "pass.gone", NULL);
    TRY(query(c, "pass.by_token", NAMED({ "token_hash", V_BLOB(((str){ (const char *)hash, sizeof hash })) },
                                        { "purpose", V_TEXT(STR("open")) }, { "now", V_INT(c->now) }), &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "pass.gone", NULL);
    o->pass = rows_int(&r, 0, "id");
    o->serial = rows_int(&r, 0, "serial");
    o->kind = rows_text(&r, 0, "kind");
    o->person = arg_int(a, "person");
    o->weak = !str_is(o->kind, "person");
    o->guest = arg_given(a, "guest") && arg_int(a, "guest");
    TRY(query(c, o->guest ? "pass.anybody" : "pass.fits", NAMED({ "pass", V_INT(o->pass) }, { "person", V_INT(o->person) }), &fit));
    o->fits = fit.count > 0;
    o->phone = fit.count ? rows_text(&fit, 0, "phone") : (str){ 0 };
    return count_tries(c, o);
}

/* Four digits, and those of the telephone: who has none cannot be recognised here. */
static bool digits_fit(const opening *o, str digits)
{
    return digits.len == 4 && o->phone.len >= 4 &&
           sodium_memcmp(o->phone.at + o->phone.len - 4, digits.at, 4) == 0;
}

/* A leader's or liaison's link in a browser that does not know it yet asks for the digits too. */
static err *digits_wanted(context *c, const args *a, const opening *o, bool *wanted)
{
    rows r = { 0 };
    *wanted = o->weak;
    if (o->weak || (arg_given(a, "known") && arg_int(a, "known")))
        return NULL;
    TRY(query(c, "pass.role", NAMED({ "person", V_INT(o->person) }, { "now", V_INT(c->now) }), &r));
    for (size_t i = 0; i < r.count; i++)
        *wanted = *wanted || !str_is(rows_text(&r, i, "role"), "volunteer");
    return NULL;
}

static err *begin_session(context *c, const opening *o)
{
    unsigned char token[KEY_TOKEN_BYTES];
    const keys *k;
    TRY(app_keys(c->app, c->a, &k));
    app_random(c->app, token, sizeof token);
    str text = key_token_text(c->a, token);
    int64_t until = c->now + (o->weak ? (int64_t)SESSION_WEAK_HOURS * HOUR_MS : SESSION_DAYS * DAY_MS);
    json *shown = command_shown(c);
    json_key(shown, "opened");
    json_bool(shown, true);
    json_key(shown, "session");
    json_str(shown, text);
    return query(c, "session.add",
                 NAMED({ "token_hash", V_BLOB(key_token_hash(c->a, k, text)) }, { "person", V_INT(o->person) },
                       { "pass", V_INT(o->pass) }, { "serial", V_INT(o->serial) }, { "weak", V_INT(o->weak) },
                       { "now", V_INT(c->now) }, { "expires_at", V_INT(until) }),
                 NULL);
}

/* A wrong try is a success of the command, or it would not be counted. Why it is wrong is never said. */
static err *pass_open(context *c, const args *a)
{
    opening o = { 0 };
    bool wanted = false;
    TRY(load_opening(c, a, &o));
    TRY(digits_wanted(c, a, &o, &wanted));
    command_about(c, o.person);
    bool good = o.fits && !o.worn && (!wanted || digits_fit(&o, arg_text(a, "digits")));
    command_result(c, "pass", o.pass);
    command_result_bool(c, "opened", good);
    command_result_bool(c, "digits", wanted);
    if (good)
        return o.guest ? NULL : begin_session(c, &o);
    if (!arg_given(a, "digits") || o.worn)
        return NULL;
    return add_try(c, &o);
}

err *pass_digits(context *c, int64_t person, str phone, str digits, bool *good)
{
    rows r = { 0 };
    opening o = { .person = person, .phone = phone };
    *good = false;
    TRY(query(c, "pass.own", NAMED({ "person", V_INT(person) }), &r));
    if (!r.count) /* nowhere to count the tries */
        return refuse(c, ERR_CONFLICT, "pass.no_own", NULL);
    o.pass = rows_int(&r, 0, "id");
    TRY(count_tries(c, &o));
    *good = !o.worn && digits_fit(&o, digits);
    return *good || o.worn ? NULL : add_try(c, &o);
}

static err *session_end(context *c, const args *a)
{
    const keys *k;
    TRY(app_keys(c->app, c->a, &k));
    command_about(c, arg_int(a, "person"));
    return query(c, "session.end", NAMED({ "token_hash", V_BLOB(key_token_hash(c->a, k, arg_text(a, "session"))) },
                                         { "person", arg_value(a, "person") }, { "now", V_INT(c->now) }), NULL);
}

/* On a telephone that was lost, or where somebody else pressed: all but the one that asks. */
static err *session_end_others(context *c, const args *a)
{
    const keys *k;
    rows ended = { 0 };
    TRY(app_keys(c->app, c->a, &k));
    command_about(c, arg_int(a, "person"));
    TRY(query(c, "session.end_others", NAMED({ "token_hash", V_BLOB(key_token_hash(c->a, k, arg_text(a, "session"))) },
                                             { "person", arg_value(a, "person") }, { "now", V_INT(c->now) }), &ended));
    command_result_int(c, "ended", (int64_t)ended.count);
    return NULL;
}

/* -- reading ------------------------------------------------------------------------------------------- */
static err *read_one(app *p, arena *a, const char *statement, const named *args, rows *out)
{
    store_txn *t;
    TRY(store_read_begin(app_store(p), a, &t));
    err *e = store_query(t, a, statement, args, out);
    store_read_end(t);
    return e;
}

err *pass_find(app *p, arena *a, const char *purpose, str token, int64_t now, pass *out)
{
    const keys *k;
    rows r = { 0 };
    TRY(app_keys(p, a, &k));
    str hash = key_token_hash(a, k, token);
    TRY(read_one(p, a, "pass.by_token", NAMED({ "token_hash", V_BLOB(hash) }, { "purpose", V_TEXT(str_of(purpose)) }, { "now", V_INT(now) }), &r));
    if (!r.count)
        return err_new(a, ERR_NOT_FOUND, "pass.gone", NULL);
    *out = (pass){ .id = rows_int(&r, 0, "id"), .person_id = rows_int(&r, 0, "person_id"),
                   .org_id = rows_int(&r, 0, "org_id"), .team_id = rows_int(&r, 0, "team_id"),
                   .post_id = rows_int(&r, 0, "post_id"), .kind = rows_text(&r, 0, "kind") };
    out->name = rows_text(&r, 0, str_z(a, out->kind));
    char *hex = arena_alloc(a, KEY_HASH_BYTES * 2 + 1);
    sodium_bin2hex(hex, KEY_HASH_BYTES * 2 + 1, (const unsigned char *)hash.at, hash.len);
    out->token_hash = str_of(hex);
    return NULL;
}

err *pass_names(app *p, arena *a, const pass *x, rows *out)
{
    return read_one(p, a, "pass.names", NAMED({ "pass", V_INT(x->id) }), out);
}

err *pass_named(app *p, arena *a, str name, str digits, int64_t *person)
{
    rows r = { 0 };
    TRY(read_one(p, a, "pass.named", NAMED({ "name", V_TEXT(name) }, { "digits", V_TEXT(digits) }), &r));
    *person = r.count ? rows_int(&r, 0, "id") : 0;
    return NULL;
}

err *session_mine(app *p, arena *a, const session *who, int64_t now, rows *out)
{
    return read_one(p, a, "session.mine", NAMED({ "person", V_INT(who->person_id) }, { "now", V_INT(now) }), out);
}

static int64_t first_end(const rows *r, bool strong)
{
    int64_t at = rows_int(r, 0, "expires_at"), role = rows_int(r, 0, "role_until"), mark = rows_int(r, 0, "strong_until");
    at = role && role < at ? role : at;
    return strong && mark < at ? mark : at;
}

err *session_find(app *p, arena *a, str token, int64_t now, session *out)
{
    const keys *k;
    rows r = { 0 };
    *out = (session){ 0 };
    if (token.len != KEY_TOKEN_TEXT)
        return NULL;
    TRY(app_keys(p, a, &k));
    TRY(read_one(p, a, "session.find", NAMED({ "token_hash", V_BLOB(key_token_hash(a, k, token)) }, { "now", V_INT(now) }), &r));
    if (!r.count)
        return NULL;
    *out = (session){ .person_id = rows_int(&r, 0, "person_id"), .weak = rows_int(&r, 0, "weak"),
                      .strong = !rows_int(&r, 0, "weak") && rows_int(&r, 0, "strong_until") > now,
                      .name = rows_text(&r, 0, "name"), .kind = rows_text(&r, 0, "kind"), .opened_at = rows_int(&r, 0, "opened_at"),
                      .team_id = rows_int(&r, 0, "team_id"), .post_id = rows_int(&r, 0, "post_id") };
    out->ends_at = first_end(&r, out->strong);
    str roles = rows_text(&r, 0, "roles"), role;
    while (str_split(&roles, ' ', &role)) {
        out->is_leader = out->is_leader || str_is(role, "leader");
        out->is_liaison = out->is_liaison || str_is(role, "liaison");
        out->is_secretary = out->is_secretary || str_is(role, "secretary");
        out->is_commander = out->is_commander || str_is(role, "commander");
        out->is_auditor = out->is_auditor || str_is(role, "auditor");
    }
    return NULL;
}

#define PASS_WHO "leader:team liaison:org secretary:division commander:all"
const command pass_commands[] = {
    { "pass.issue", PASS_WHO, "kind:text person:id? org:id? team:id? post:id? purpose:text?",
      .closed = CLOSED_APART, .run = pass_issue },
    { "pass.renew", PASS_WHO, "pass:id", .closed = CLOSED_APART, .run = pass_renew },
    { "pass.revoke", PASS_WHO, "pass:id", .closed = CLOSED_APART, .run = pass_revoke },
    { "pass.calendar", "volunteer:own", "person:id renew:yes?", .closed = CLOSED_APART, .run = pass_calendar },
    { "pass.open", "volunteer:own", "token_hash:text_private person:id digits:text_private? known:yes? guest:yes?",
      .closed = CLOSED_APART, .run = pass_open },
    { "session.end_others", "volunteer:own", "session:text_private person:id", .closed = CLOSED_APART, .run = session_end_others },
    { "session.end", "volunteer:own", "session:text_private person:id", .closed = CLOSED_APART, .run = session_end },
    { 0 },
};

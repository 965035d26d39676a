#include "command/command.h"
#include "command/key.h"

/*
 * Care notes are sealed: the database alone gives none away. Read by the owner and by whom the owner let; to anybody
 * else, and to whoever runs the machine, the note is as good as not there. The answer of care.read is not kept.
 */

static err *known(context *c, int64_t person)
{
    rows r = { 0 };
    TRY(query(c, "person.is", NAMED({ "id", V_INT(person) }), &r));
    return r.count ? NULL
                   : refuse(c, ERR_NOT_FOUND, "person.missing",
                            VALUES({ "id", text_format(c->a, "%lld", (long long)person) }));
}

static err *care_write(context *c, const args *a)
{
    const keys *k = NULL;
    unsigned char nonce[KEY_NONCE_BYTES];
    TRY(known(c, arg_int(a, "person")));
    TRY(app_keys(c->app, c->a, &k));
    app_random(c->app, nonce, sizeof nonce);
    str sealed = key_seal(c->a, k, arg_int(a, "person"), nonce, arg_text(a, "text"));
    command_about(c, arg_int(a, "person"));
    return query(c, "care.put", NAMED({ "person", arg_value(a, "person") }, { "cipher", V_BLOB(sealed) }), NULL);
}

static err *care_let_read(context *c, const args *a)
{
    const char *statement = arg_int(a, "yes") ? "care.add_reader" : "care.drop_reader";
    TRY(known(c, arg_int(a, "person")));
    TRY(known(c, arg_int(a, "reader")));
    command_about(c, arg_int(a, "person"));
    return query(c, statement, NAMED({ "person", arg_value(a, "person") }, { "reader", arg_value(a, "reader") }), NULL);
}

/* A reader the owner let in is asked for here too: no grant, however wide, opens a note. */
static err *may_read(context *c, const args *a, bool *may)
{
    rows r = { 0 };
    TRY(query(c, "care.reader", NAMED({ "person", arg_value(a, "person") }, { "reader", V_INT(c->actor_id) }), &r));
    *may = c->actor_id && (c->actor_id == arg_int(a, "person") || r.count);
    return NULL;
}

/* Reading is an act: the audit line says who read whose, the note itself is shown and kept nowhere. */
static err *care_read(context *c, const args *a)
{
    bool may = false;
    const keys *k = NULL;
    rows r = { 0 };
    str text = { 0 };
    TRY(may_read(c, a, &may));
    TRY(query(c, "care.find", NAMED({ "person", arg_value(a, "person") }), &r));
    if (!may || !r.count)
        return refuse(c, ERR_NOT_FOUND, "care.none", NULL);
    TRY(app_keys(c->app, c->a, &k));
    if (!key_unseal(c->a, k, arg_int(a, "person"), rows_text(&r, 0, "cipher"), &text))
        return refuse(c, ERR_CONFLICT, "care.sealed", NULL);
    command_about(c, arg_int(a, "person"));
    json *shown = command_shown(c);
    json_key(shown, "text");
    json_str(shown, text);
    return NULL;
}

const command care_commands[] = {
    { "care.write", "volunteer:own leader:team", "person:id text:text_sealed",
      .closed = CLOSED_APART, .run = care_write },
    { "care.let_read", "volunteer:own", "person:id reader:id yes:yes", .closed = CLOSED_APART, .run = care_let_read },
    { "care.read", "volunteer:own volunteer:let", "person:id", .closed = CLOSED_APART, .run = care_read },
    { 0 },
};

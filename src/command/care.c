#include "command/command.h"
#include "command/key.h"

/*
 * Care notes are sealed: the database alone gives none away. Read by the owner and by whom the owner let; to anybody
 * else, and to whoever runs the machine, the note is as good as not there. The answer of care.read is not kept.
 */

static err *care_write(context *c, const args *a)
{
    const keys *k = NULL;
    unsigned char nonce[KEY_NONCE_BYTES];
    TRY(app_keys(c->app, c->a, &k));
    app_random(c->app, nonce, sizeof nonce);
    str sealed = key_seal(c->a, k, arg_int(a, "person"), nonce, arg_text(a, "text"));
    command_about(c, arg_int(a, "person"));
    return query(c, "care.put", NAMED({ "person", arg_value(a, "person") }, { "cipher", V_BLOB(sealed) }), NULL);
}

static err *care_let_read(context *c, const args *a)
{
    const char *statement = arg_int(a, "yes") ? "care.add_reader" : "care.drop_reader";
    command_about(c, arg_int(a, "person"));
    return query(c, statement, NAMED({ "person", arg_value(a, "person") }, { "reader", arg_value(a, "reader") }), NULL);
}

const command care_commands[] = {
    { "care.write", "volunteer:own leader:team", "person:id text:text_private", .run = care_write },
    { "care.let_read", "volunteer:own", "person:id reader:id yes:yes", .run = care_let_read },
    { 0 },
};

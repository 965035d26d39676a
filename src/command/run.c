#include "command/audit.h"
#include "command/rights.h"
#include "command/seal.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

const command *const command_tables[] = {
    operation_commands, division_commands, compound_commands, org_commands, person_commands, placement_commands,
    team_commands, post_commands, shift_commands, need_commands, availability_commands, care_rule_commands,
    person_pair_commands, setting_commands, import_commands, roster_commands, role_grant_commands,
    audit_commands, NULL,
};

const command *app_command_at(size_t index)
{
    for (size_t t = 0; command_tables[t]; t++)
        for (const command *m = command_tables[t]; m->name; m++)
            if (index-- == 0)
                return m;
    return NULL;
}

static const command *command_find(const char *name)
{
    for (size_t i = 0; app_command_at(i); i++)
        if (strcmp(app_command_at(i)->name, name) == 0)
            return app_command_at(i);
    return NULL;
}

/* -- what a command answers ---------------------------------------------------------------------------- */
struct outcome {
    text text;
    json json;
    int64_t noun_id, about_id;
};

json *command_json(context *c)
{
    return &c->outcome->json;
}
void command_result(context *c, const char *name, int64_t id)
{
    if (!c->outcome->noun_id)
        c->outcome->noun_id = id;
    json_key(&c->outcome->json, name);
    json_str(&c->outcome->json, text_format(c->a, "%lld", (long long)id));
}
void command_result_int(context *c, const char *name, int64_t n)
{
    json_key(&c->outcome->json, name);
    json_int(&c->outcome->json, n);
}
void command_result_bool(context *c, const char *name, bool yes)
{
    json_key(&c->outcome->json, name);
    json_bool(&c->outcome->json, yes);
}
void command_about(context *c, int64_t person_id)
{
    c->outcome->about_id = person_id;
}

/* -- one command, in its transaction ------------------------------------------------------------------- */
/* The result is copied into this buffer, not an arena: another thread's arena is not ours to use. */
typedef struct run {
    store_work work; /* first: the store gives it back */
    const app_options *hooks;
    const command *command;
    const call *call;
    const args *args;
    str principal;
    bool raced; /* the same key came in between */
    size_t result_length;
    char result[RESULT_MAX_BYTES];
} run;

static err *keep_result(context *c, run *r, str result)
{
    if (result.len > sizeof r->result)
        return refuse(c, ERR_LIMIT, "command.result_large", NULL);
    memcpy(r->result, result.at, result.len);
    r->result_length = result.len;
    return NULL;
}

static err *take_locks(context *c, const command *m, const args *a)
{
    str rest = str_of(m->locks), noun;
    while (rest.len && str_split(&rest, ' ', &noun)) {
        const char *name = str_z(c->a, noun);
        if (arg_given(a, name))
            TRY(query(c, text_format(c->a, "lock.%s", name).at, NAMED({ "id", arg_value(a, name) }), NULL));
    }
    return NULL;
}

static err *run_command(context *c, run *r, audit_line *l)
{
    bool found = false;
    str result = { 0 };
    TRY(rights_check(c, r->command, r->args));
    TRY(audit_recall(c, l, &found, &result));
    if (found)
        return keep_result(c, r, result);
    TRY(take_locks(c, r->command, r->args));
    struct outcome o = { .text = text_begin(c->a) };
    o.json = json_begin(&o.text);
    c->outcome = &o;
    json_open(&o.json, '{');
    TRY(r->command->run(c, r->args));
    json_close(&o.json, '}');
    l->result = text_done(&o.text);
    l->noun_id = o.noun_id;
    l->about_id = o.about_id;
    err *e = audit_add(c, l);
    r->raced = e && str_is(store_constraint(c->txn), "audit_key");
    return e ? e : keep_result(c, r, l->result);
}

static err *run_work(store_work *w, store_txn *t, arena *a)
{
    run *r = (run *)w;
    r->raced = false;
    context c = { .a = a, .now = r->call->now, .actor_id = r->call->actor_id, .lang = r->call->lang,
                  .luck = luck_of((uint64_t)r->call->now), .txn = t };
    audit_line l = { .command = r->command, .call = r->call, .args = r->args, .principal = r->principal };
    int64_t from = r->hooks->ticks ? r->hooks->ticks() : 0;
    err *e = run_command(&c, r, &l);
    int64_t took = r->hooks->ticks ? r->hooks->ticks() - from : 0;
    if (took > SLOW_MS && r->hooks->slow)
        r->hooks->slow(r->command->name, took);
    return e;
}

err *app_command(app *p, arena *a, const call *call, str *result)
{
    context c = { .a = a, .now = call->now, .actor_id = call->actor_id, .lang = call->lang };
    const command *m = command_find(call->command);
    if (!m)
        return refuse(&c, ERR_USAGE, "command.unknown", VALUES({ "command", str_of(call->command) }));
    args x;
    TRY(args_parse(&c, m->args, call->args, &x));
    run *r = arena_new(a, run);
    r->work.run = run_work;
    r->hooks = app_hooks(p);
    r->command = m;
    r->call = call;
    r->args = &x;
    r->principal = call->actor_id ? text_format(a, "person:%lld", (long long)call->actor_id) : STR("local");
    err *e = store_submit_wait(app_store(p), a, &r->work);
    if (e && r->raced) /* the first one's result is there now */
        e = store_submit_wait(app_store(p), a, &r->work);
    if (e)
        return e;
    *result = str_copy(a, (str){ r->result, r->result_length });
    seal_when_due(p, a, call->now);
    return NULL;
}

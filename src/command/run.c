#include "command/audit.h"
#include "command/closing.h"
#include "command/rights.h"
#include "command/seal.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

const command *const command_tables[] = {
    operation_commands, division_commands, compound_commands, org_commands, person_commands, placement_commands,
    team_commands, post_commands, shift_commands, need_commands, availability_commands, care_rule_commands,
    person_pair_commands, setting_commands, import_commands, roster_commands, role_grant_commands,
    audit_commands, order_commands, notice_commands, notice_send_commands, channel_commands, message_commands,
    notice_call_commands, stand_down_commands, withdrawal_commands, duty_commands, attendance_commands,
    swap_commands, bulletin_commands, donation_commands, certificate_commands, care_commands, structure_commands,
    join_request_commands, reinforcement_commands, reminder_commands, pass_commands, job_commands, login_commands,
    note_commands, handed_list_commands, org_headcount_commands, team_person_commands, team_move_commands, person_correct_commands, column_choice_commands,
    person_merge_commands, NULL,
};

const command *app_command_at(size_t index)
{
    for (size_t t = 0; command_tables[t]; t++)
        for (const command *m = command_tables[t]; m->name; m++)
            if (index-- == 0)
                return m;
    return NULL;
}

const command *app_command_find(str name)
{
    for (size_t i = 0; app_command_at(i); i++)
        if (str_is(name, app_command_at(i)->name))
            return app_command_at(i);
    return NULL;
}

/* -- what a command answers ---------------------------------------------------------------------------- */
struct outcome {
    text text;
    json json;
    text shown; /* begun only by command_shown */
    json shown_json;
    int64_t noun_id, about_id;
};

json *command_json(context *c)
{
    return &c->outcome->json;
}
json *command_shown(context *c)
{
    struct outcome *o = c->outcome;
    if (!o->shown.len) {
        o->shown = text_begin(c->a);
        o->shown_json = json_begin(&o->shown);
        json_open(&o->shown_json, '{');
    }
    return &o->shown_json;
}
static str answer_of(context *c, str kept)
{
    struct outcome *o = c->outcome;
    if (!o->shown.len)
        return kept;
    json_close(&o->shown_json, '}');
    return text_done(&o->shown);
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
void command_result_text(context *c, const char *name, str s)
{
    json_key(&c->outcome->json, name);
    json_str(&c->outcome->json, s);
}
void command_ids(context *c, const char *name, const int64_t *ids, size_t count)
{
    json *j = &c->outcome->json;
    json_key(j, name);
    json_open(j, '[');
    for (size_t i = 0; i < count; i++)
        json_str(j, text_format(c->a, "%lld", (long long)ids[i]));
    json_close(j, ']');
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
enum { RESULT_USUAL_BYTES = 256, RESULT_ARENA_BYTES = RESULT_MAX_BYTES + 4096 };

/*
 * The result is copied into the buffer, a long one into an arena of its own: another thread's arena is not ours to use.
 */
typedef struct run {
    store_work work; /* first: the store gives it back */
    app *app;
    const app_options *hooks;
    const command *command;
    const call *call;
    const args *args;
    str principal;
    luck luck;  /* of a seeded app, as the first try found it */
    bool ran;
    bool raced; /* the same key came in between */
    submission *submission; /* null: somebody waits */
    str result;
    arena *result_arena; /* null: in usual */
    char usual[RESULT_USUAL_BYTES];
} run;

static err *keep_result(context *c, run *r, str result)
{
    if (result.len > RESULT_MAX_BYTES)
        return refuse(c, ERR_LIMIT, "command.result_large", NULL);
    arena_close(r->result_arena); /* of a first try */
    r->result_arena = NULL;
    if (result.len > sizeof r->usual) {
        r->result_arena = arena_open(c->a, RESULT_ARENA_BYTES);
        r->result = str_copy(r->result_arena, result);
        return NULL;
    }
    memcpy(r->usual, result.at, result.len);
    r->result = (str){ r->usual, result.len };
    return NULL;
}

/* SQLite has one writer: there is nobody to wait for. */
static err *take_locks(context *c, const command *m, const args *a)
{
    str rest = store_is_postgres(app_store(c->app)) ? str_of(m->locks) : (str){ 0 }, noun;
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
    TRY(take_locks(c, r->command, r->args)); /* first: an operation that is locked is not shared before */
    TRY(closing_check(c, r->command, r->args));
    struct outcome *o = arena_new(c->a, struct outcome);
    o->text = text_begin(c->a);
    o->json = json_begin(&o->text);
    c->outcome = o;
    json_open(&o->json, '{');
    TRY(r->command->run(c, r->args));
    json_close(&o->json, '}');
    l->result = text_done(&o->text);
    l->noun_id = o->noun_id;
    l->about_id = o->about_id;
    err *e = audit_add(c, l);
    r->raced = e && str_is(store_constraint(c->txn), "audit_key");
    return e ? e : keep_result(c, r, answer_of(c, l->result));
}

static err *run_work(store_work *w, store_txn *t, arena *a)
{
    run *r = (run *)w;
    app_luck_keep(r->app, &r->luck, r->ran && !r->raced); /* the store may run a work again: it comes out the same */
    r->ran = true;
    r->raced = false;
    context c = { .a = a, .now = r->call->now, .actor_id = r->call->actor_id, .lang = r->call->lang,
                  .luck = luck_of((uint64_t)r->call->now), .txn = t, .app = r->app };
    audit_line l = { .command = r->command, .call = r->call, .args = r->args, .principal = r->principal };
    int64_t from = r->hooks->ticks ? r->hooks->ticks() : 0;
    err *e = run_command(&c, r, &l);
    int64_t took = r->hooks->ticks ? r->hooks->ticks() - from : 0;
    if (took > SLOW_MS && r->hooks->slow)
        r->hooks->slow(r->command->name, took);
    return e;
}

/* The arguments are checked here, on the caller's thread. */
static err *run_new(app *p, arena *a, const call *call, run **out)
{
    context c = { .a = a, .now = call->now, .actor_id = call->actor_id, .lang = call->lang };
    const command *m = app_command_find(str_of(call->command));
    run *r = *out = arena_new(a, run);
    if (!m)
        return refuse(&c, ERR_USAGE, "command.unknown", VALUES({ "command", str_of(call->command) }));
    args *x = arena_new(a, args);
    TRY(args_parse(&c, m->args, call->args, call->rows, x));
    r->work.run = run_work;
    r->app = p;
    r->hooks = app_hooks(p);
    r->command = m;
    r->call = call;
    r->args = x;
    r->principal = call->actor_id ? text_format(a, "person:%lld", (long long)call->actor_id) : STR("local");
    return NULL;
}

static err *run_end(app *p, arena *a, run *r, err *e, str *result)
{
    if (e && r->raced && !r->submission) /* the first one's result is there now */
        e = store_submit_wait(app_store(p), a, &r->work);
    if (!e)
        *result = str_copy(a, r->result);
    arena_close(r->result_arena);
    if (!e && !r->submission) /* a loop waits for nothing: the next who waits seals, or whoever runs the loop */
        seal_when_due(p, a, r->call->now);
    return e;
}

err *app_command(app *p, arena *a, const call *call, str *result)
{
    run *r = NULL;
    TRY(run_new(p, a, call, &r));
    return run_end(p, a, r, store_submit_wait(app_store(p), a, &r->work), result);
}

/* -- without waiting ----------------------------------------------------------------------------------- */
struct submission {
    run *run;
    arena *a;
    void (*done)(void *of);
    void *of;
    err *e;
};

static void submission_done(store_work *w, err *e)
{
    run *r = (run *)w;
    submission *s = r->submission;
    bool again = e && r->raced && !s->e; /* the first one's result is there now: once more, and that is the answer */
    s->e = e ? err_copy(s->a, e) : NULL;
    if (!again || store_submit(app_store(r->app), w))
        s->done(s->of);
}

err *app_submit(app *p, arena *a, const call *call, void (*done)(void *of), void *of, submission **out)
{
    run *r = NULL;
    TRY(run_new(p, a, call, &r));
    submission *s = *out = arena_new(a, submission);
    *s = (submission){ .run = r, .a = a, .done = done, .of = of };
    r->submission = s;
    r->work.done = submission_done;
    return store_submit(app_store(p), &r->work);
}

err *app_result(app *p, arena *a, submission *s, str *result)
{
    return run_end(p, a, s->run, s->e, result);
}

err *app_commands(app *p, arena *a, const call *calls, size_t count, str *results)
{
    run **runs = arena_many(a, run *, count);
    store_work **works = arena_many(a, store_work *, count);
    err **errors = arena_many(a, err *, count);
    for (size_t i = 0; i < count; i++) {
        TRY(run_new(p, a, &calls[i], &runs[i]));
        works[i] = &runs[i]->work;
    }
    store_submit_wait_all(app_store(p), a, works, count, errors);
    err *first = NULL;
    for (size_t i = 0; i < count; i++) {
        results[i] = (str){ 0 };
        err *e = run_end(p, a, runs[i], errors[i], &results[i]);
        first = first ? first : e;
    }
    return first;
}

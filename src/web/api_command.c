/* /api/v1/commands: each command by its name, its arguments as one JSON object. */
#include "base/limits.h"
#include "command/command.h"
#include "web/api.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

err *api_get_commands(web *w)
{
    text t = text_begin(w->q->a);
    json j = json_begin(&t);
    api_roles r = api_roles_of(&w->who);
    json_open(&j, '[');
    for (size_t i = 0; app_command_at(i); i++) {
        const struct command *m = app_command_at(i);
        if (w->who.weak ? !web_weak_may(m->name, NAMED({ 0 })) : !api_may_run(m, &r))
            continue;
        json_open(&j, '{');
        json_key(&j, "name");
        json_str(&j, str_of(m->name));
        json_key(&j, "arguments");
        json_str(&j, str_of(m->args));
        if (m->row) {
            json_key(&j, "row");
            json_str(&j, str_of(m->row));
        }
        json_close(&j, '}');
    }
    json_close(&j, ']');
    api_answer(w, "application/json", text_done(&t));
    return NULL;
}

/* -- the arguments ------------------------------------------------------------------------------------- */
typedef struct asked {
    const struct command *command;
    const named *args;  /* all but rows */
    const json_t *rows; /* null: none */
    api_fault faults[ARGS_MAX];
    size_t fault_count;
} asked;

static void drop(void *j)
{
    json_decref(j);
}

/* "team:id note:text?" has a word for the name; empty: it has none. */
static str word_of(const char *spec, str name)
{
    str rest = str_of(spec), word;
    while (str_split(&rest, ' ', &word))
        if (word.len > name.len && word.at[name.len] == ':' && str_equal(str_part(word, 0, name.len), name))
            return word;
    return (str){ 0 };
}

static bool takes_lists(str word)
{
    static const char *const lists[] = { "rows", "lines", "list" };
    str name;
    if (str_ends(word, STR("?")))
        word.len--;
    str_split(&word, ':', &name);
    for (size_t i = 0; i < COUNT(lists); i++)
        if (str_is(word, lists[i]))
            return true;
    return false;
}

static str dumped(arena *a, const json_t *x)
{
    char *out = json_dumps(x, JSON_COMPACT | JSON_ENCODE_ANY);
    if (!out)
        return (str){ 0 };
    arena_defer(a, free, out); /* jansson's memory */
    return str_of(out);
}

/* False: a list or object where a single value is wanted, or a fraction, of which there are none. */
static bool text_of(arena *a, str word, const json_t *x, str *out)
{
    if (json_is_string(x))
        *out = str_copy(a, ((str){ json_string_value(x), json_string_length(x) }));
    else if (json_is_integer(x))
        *out = text_format(a, "%lld", (long long)json_integer_value(x));
    else if (json_is_boolean(x))
        *out = json_is_true(x) ? STR("yes") : STR("no");
    else if (json_is_null(x))
        *out = (str){ 0 };
    else if (json_is_array(x) && takes_lists(word))
        *out = dumped(a, x);
    else
        return false;
    return true;
}

static err *read_object(web *w, asked *x, json_t *o)
{
    arena *a = w->q->a;
    const char *name;
    json_t *given;
    size_t count = 0;
    named *args = arena_many(a, named, json_object_size(o) + 1);
    json_object_foreach(o, name, given) {
        str one, word = word_of(x->command->args, str_of(name));
        if (strcmp(name, "rows") == 0 && json_is_array(given) && str_starts(word, STR("rows:rows"))) {
            x->rows = given;
            continue;
        }
        if (!text_of(a, word, given, &one)) {
            err *e = err_new(a, ERR_INPUT, "api.single", VALUES({ "argument", str_of(name) }));
            x->faults[x->fault_count++] = (api_fault){ str_copy(a, str_of(name)), e };
            return e;
        }
        args[count++] = (named){ str_z(a, str_of(name)), V_TEXT(one) };
    }
    x->args = args;
    return NULL;
}

static bool is_json(const request *q)
{
    str type = request_header(q, "Content-Type"), bare = type;
    str_split(&type, ';', &bare);
    bare = str_trim(bare);
    return bare.len == 16 && strncasecmp(bare.at, "application/json", 16) == 0;
}

static err *read_body(web *w, asked *x)
{
    arena *a = w->q->a;
    json_error_t wrong;
    str body = w->q->body;
    if (!is_json(w->q))
        return err_new(a, ERR_INPUT, "api.type", NULL);
    json_t *o = json_loadb(body.at ? body.at : "", body.len, JSON_REJECT_DUPLICATES, &wrong);
    if (o)
        arena_defer(a, drop, o);
    if (!json_is_object(o))
        return err_new(a, ERR_INPUT, "api.body", VALUES({ "line", text_format(a, "%d", o ? 1 : wrong.line) }));
    return read_object(w, x, o);
}

/* Each argument read by itself, as the runner's error names all in one sentence but only the first by itself. */
static void find_faults(web *w, asked *x)
{
    arena *a = w->q->a;
    context c = { .a = a, .now = w->q->now, .lang = w->q->lang };
    str rest = str_of(x->command->args), word, name;
    for (const named *g = x->args; g->name && x->fault_count < ARGS_MAX; g++)
        if (!word_of(x->command->args, str_of(g->name)).len)
            x->faults[x->fault_count++] = (api_fault){ str_of(g->name), err_new(a, ERR_USAGE, "command.bad.unknown",
                                                                                VALUES({ "argument", str_of(g->name) })) };
    while (str_split(&rest, ' ', &word) && x->fault_count < ARGS_MAX) {
        named one[2] = { { 0 } };
        str spec = word;
        if (!word.len || !str_split(&word, ':', &name))
            continue;
        for (const named *g = x->args; g->name; g++)
            if (str_is(name, g->name))
                one[0] = *g;
        err *e = args_parse(&c, str_z(a, spec), one, str_is(name, "rows") ? x->rows : NULL, arena_new(a, args));
        if (e)
            x->faults[x->fault_count++] = (api_fault){ name, e };
    }
}

/* -- running it ---------------------------------------------------------------------------------------- */
static void ended(web *w, err *e, str result)
{
    if (!e) {
        w->p->type = "application/json";
        w->p->body = result;
        return;
    }
    asked *x = w->step_data;
    if (e->field && !x->fault_count)
        find_faults(w, x);
    api_problem(w, e, x->faults, x->fault_count);
}

/* One key, one deed: a second command by the same key is refused as one with other arguments is. */
static err *read_key(web *w, str *out)
{
    str key = request_header(w->q, "Idempotency-Key");
    bool plain = key.len <= API_KEY_MAX_BYTES;
    for (size_t i = 0; plain && i < key.len; i++)
        plain = key.at[i] > 0x20 && key.at[i] < 0x7f;
    if (!plain)
        return err_new(w->q->a, ERR_INPUT, "api.key", VALUES({ "max", text_format(w->q->a, "%d", API_KEY_MAX_BYTES) }));
    *out = key.len ? text_format(w->q->a, "api:%.*s", STR_ARG(key)) : key;
    return NULL;
}

static err *may_run(const web *w, const asked *x)
{
    api_roles r = api_roles_of(&w->who);
    if (w->who.weak ? !web_weak_may(x->command->name, x->args) : !api_may_run(x->command, &r))
        return err_new(w->q->a, ERR_RIGHTS, w->who.weak ? "api.weak" : "command.rights", NULL);
    return NULL;
}

err *api_post_command(web *w)
{
    arena *a = w->q->a;
    asked *x = arena_new(a, asked);
    str key;
    *x = (asked){ .command = app_command_find(w->param[0]), .args = NAMED({ 0 }) };
    w->step_data = x;
    TRY(api_strong(w));
    if (!x->command)
        return err_new(a, ERR_NOT_FOUND, "api.no_command", VALUES({ "command", w->param[0] }));
    err *e = read_body(w, x);
    if (e) {
        api_problem(w, e, x->faults, x->fault_count);
        return NULL;
    }
    TRY(may_run(w, x));
    TRY(read_key(w, &key));
    call *c = arena_new(a, call);
    *c = (call){ .command = x->command->name, .args = x->args, .rows = x->rows, .key = key, .actor_id = w->who.person_id,
                 .now = w->q->now, .lang = w->q->lang, .source = w->who.weak ? STR("group link") : STR("api") };
    web_submit(w, c, ended);
    return NULL;
}

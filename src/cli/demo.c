#include "cli/demo.h"

#include "base/text.h"
#include "view/view.h"

#include <assert.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE = 100, ROWS_PIECE = 200 };

int64_t demo_at(const demo *d, int day, int hour, int minute)
{
    return civil_instant(d->zone, d->friday + day, hour * 60 + minute);
}

str demo_day(const demo *d, int day)
{
    return civil_day_text(d->a, d->friday + day);
}

uint32_t demo_luck(demo *d, uint32_t limit)
{
    return luck_below(&d->luck, limit);
}

/* -- who does what -------------------------------------------------------------------------------------------- */
void demo_as(demo *d, int64_t person)
{
    d->actor = person;
}

static call call_of(const demo *d, const char *command, const named *args)
{
    return (call){ .command = command, .args = args, .actor_id = d->actor, .now = d->now, .lang = d->lang, .source = STR("demo") };
}

err *demo_stopped(demo *d, const call *c, err *e)
{
    civil_day day;
    int minute;
    if (!e || e->code == ERR_INTERRUPTED)
        return e;
    civil_local(d->zone, c->now, &day, &minute);
    str when = text_format(d->a, "%.*s %.*s", STR_ARG(civil_day_text(d->a, day)), STR_ARG(civil_time_text(d->a, minute)));
    err *told = err_new(d->a, e->code, "demo.stopped",
                        VALUES({ "when", when }, { "command", str_of(c->command) },
                               { "who", text_format(d->a, "%lld", (long long)c->actor_id) }, { "why", words_err(d->a, d->lang, e) }));
    told->detail = e->detail;
    return told;
}

err *demo_stopped_at(demo *d, const char *what, err *e)
{
    const call c = call_of(d, what, NULL);
    return demo_stopped(d, &c, e);
}

err *demo_missing(demo *d, const char *what)
{
    return demo_stopped_at(d, what, err_new(d->a, ERR_INPUT, "demo.missing", NULL));
}

err *demo_run(demo *d, const char *command, const named *args, str *result)
{
    const call c = call_of(d, command, args);
    str ignored;
    return demo_stopped(d, &c, app_command(d->app, d->a, &c, result ? result : &ignored));
}

/* -- rows ------------------------------------------------------------------------------------------------------ */
void demo_put(json *j, const char *key, str s)
{
    json_key(j, key);
    json_str(j, s);
}

void demo_put_int(json *j, const char *key, int64_t n)
{
    json_key(j, key);
    json_int(j, n);
}

void demo_put_id(demo *d, json *j, const char *key, int64_t id)
{
    demo_put(j, key, text_format(d->a, "%lld", (long long)id));
}

value demo_say(demo *d, const char *key)
{
    return V_TEXT(words_get(d->a, d->lang, key, NULL));
}

demo_person *demo_person_of(demo *d, int64_t id)
{
    int64_t index;
    return map_get(d->person_index, text_format(d->a, "%lld", (long long)id), &index) ? &d->people[index] : NULL;
}

static int64_t number_of(const json_t *v)
{
    int64_t n = 0;
    if (json_is_string(v))
        str_int(str_of(json_string_value(v)), 0, INT64_MAX, &n);
    return json_is_integer(v) ? json_integer_value(v) : n;
}

int64_t demo_number(str result, const char *name)
{
    json_t *j = json_loadb(result.at, result.len, 0, NULL);
    int64_t n = number_of(json_object_get(j, name));
    json_decref(j);
    return n;
}

err *demo_run_id(demo *d, const char *command, const named *args, int64_t *id)
{
    str result = { 0 };
    TRY(demo_run(d, command, args, &result));
    *id = demo_number(result, "id");
    return NULL;
}

/* One piece of the rows; *ids grows by its ids. */
static err *run_piece(demo *d, const char *command, json_t *piece, int64_t **ids)
{
    str result = { 0 };
    call c = call_of(d, command, NAMED({ 0 }));
    c.rows = piece;
    TRY(demo_stopped(d, &c, app_command(d->app, d->a, &c, &result)));
    json_t *j = json_loadb(result.at, result.len, 0, NULL), *list = json_object_get(j, "ids");
    for (size_t i = 0; *ids && i < json_array_size(list); i++)
        *(*ids)++ = number_of(json_array_get(list, i));
    json_decref(j);
    return NULL;
}

err *demo_rows(demo *d, const char *command, str rows, int64_t *ids)
{
    json_t *all = json_loadb(rows.at, rows.len, 0, NULL);
    const size_t count = json_array_size(all);
    err *e = NULL;
    for (size_t i = 0; i < count && !e; i += ROWS_PIECE) {
        json_t *piece = json_array();
        for (size_t k = i; k < count && k < i + ROWS_PIECE; k++)
            json_array_append(piece, json_array_get(all, k));
        e = run_piece(d, command, piece, &ids);
        json_decref(piece);
    }
    json_decref(all);
    return e;
}

err *demo_view(demo *d, const char *name, const named *args, rows *out)
{
    const view *v = view_find(str_of(name));
    assert(v);
    return view_run(app_store(d->app), d->a, v, args, 0, 0, out);
}

/* -- what happens at its time ------------------------------------------------------------------------------ */
void demo_later(demo *d, int64_t at, int64_t actor, const char *command, const named *args)
{
    size_t count = 1;
    while (args[count - 1].name)
        count++;
    *list_add(d->a, &d->events) =
        (demo_event){ at, actor, d->events.count, command, arena_copy(d->a, args, count * sizeof *args) };
}

static int by_time(const void *a, const void *b)
{
    const demo_event *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static err *play_piece(demo *d, const demo_event *events, size_t count)
{
    call calls[PIECE];
    str results[PIECE];
    for (size_t i = 0; i < count; i++) {
        const demo_event *e = &events[i];
        d->now = e->at;
        demo_as(d, e->actor);
        calls[i] = call_of(d, e->command, e->args);
        results[i] = (str){ 0 };
    }
    err *e = app_commands(d->app, d->a, calls, count, results);
    size_t failed = 0;
    while (e && failed + 1 < count && results[failed].len)
        failed++;
    return demo_stopped(d, &calls[failed], e);
}

err *demo_play_until(demo *d, int64_t at)
{
    size_t done = 0, all = 0;
    if (d->events.count)
        qsort(d->events.at, d->events.count, sizeof *d->events.at, by_time);
    while (all < d->events.count && d->events.at[all].at < at)
        all++;
    while (done < all && !cli_interrupted()) {
        size_t n = all - done < PIECE ? all - done : PIECE;
        TRY(play_piece(d, &d->events.at[done], n));
        done += n;
    }
    d->events.count -= all;
    if (d->events.count)
        memmove(d->events.at, &d->events.at[all], d->events.count * sizeof *d->events.at);
    return NULL;
}

err *demo_play(demo *d)
{
    return demo_play_until(d, INT64_MAX);
}

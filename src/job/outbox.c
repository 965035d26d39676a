#include "job/outbox.h"

#include "base/json.h"
#include "base/limits.h"
#include "command/outgoing.h"
#include "view/view.h"

#include <jansson.h>

enum { ROUND_MAX_BYTES = 64 << 20 };

static err *run_command(app *p, arena *a, const outbox_options *o, const char *command, const named *args, str *result)
{
    call c = { .command = command, .args = args, .now = o->now, .lang = o->lang, .source = o->source };
    return app_command(p, a, &c, result);
}

/* {"ids":["12","13"]} */
static size_t read_ids(arena *a, str result, int64_t **out)
{
    json_t *j = json_loadb(result.at, result.len, 0, NULL), *list = json_object_get(j, "ids"), *one;
    size_t i, count = json_array_size(list);
    *out = arena_many(a, int64_t, count + 1);
    json_array_foreach(list, i, one) {
        str_int(str_of(json_string_value(one)), 1, INT64_MAX, &(*out)[i]);
    }
    json_decref(j);
    return count;
}

static void put_outcome(json *j, arena *a, const outgoing *one, const channel_receipt *got, outbox_done *done)
{
    static const struct { const char *state; size_t count; } outcomes[] = {
        [CHANNEL_SENT] = { "sent", offsetof(outbox_done, sent) },
        [CHANNEL_FAILED] = { "failed", offsetof(outbox_done, failed) },
        [CHANNEL_UNKNOWN] = { "unknown", offsetof(outbox_done, unknown) },
    };
    ++*(int64_t *)(void *)((char *)done + outcomes[got->outcome].count);
    json_open(j, '{');
    json_key(j, "message");
    json_str(j, text_format(a, "%lld", (long long)one->message.id));
    json_key(j, "state");
    json_str(j, str_of(outcomes[got->outcome].state));
    json_key(j, "carrier_ref");
    json_str(j, got->carrier_ref);
    json_close(j, '}');
}

/* After an error the rest of the round is not tried: it is settled as failed and may be prepared again. */
static err *send_all(arena *a, const outbox_options *o, outgoing *all, size_t count, json *j, outbox_done *done)
{
    err *first = NULL;
    for (size_t i = 0; i < count; i++) {
        channel_receipt got = { .outcome = CHANNEL_FAILED };
        all[i].message.at = o->now;
        if (!all[i].via.config.len)
            all[i].via.config = str_of(o->folder);
        if (!first)
            first = channel_send(a, &all[i].via, &all[i].message, &got);
        put_outcome(j, a, &all[i], &got, done);
    }
    return first;
}

static err *one_round(app *p, arena *a, const outbox_options *o, outbox_done *done, size_t *count)
{
    str result = { 0 };
    int64_t *ids;
    TRY(run_command(p, a, o, "message.take", NAMED({ "limit", V_INT(PIECE_ROWS_MAX) }), &result));
    *count = read_ids(a, result, &ids);
    if (!*count)
        return NULL;
    outgoing *all = arena_many(a, outgoing, *count);
    TRY(app_outgoing(p, a, ids, *count, all));
    text t = text_begin(a);
    json j = json_begin(&t);
    json_open(&j, '[');
    err *e = send_all(a, o, all, *count, &j, done);
    json_close(&j, ']');
    TRY(run_command(p, a, o, "message.settle_many", NAMED({ "rows", V_TEXT(text_done(&t)) }), &result));
    return e;
}

static void round_drop(void *what)
{
    arena_close(what);
}

err *outbox_run(app *p, arena *a, const outbox_options *o, outbox_done *done)
{
    size_t count = 1;
    *done = (outbox_done){ 0 };
    while (count) {
        arena *round = arena_open(a, ROUND_MAX_BYTES);
        err *e = one_round(p, round, o, done, &count);
        if (e) { /* it lives in there */
            arena_defer(a, round_drop, round);
            return e;
        }
        arena_close(round);
    }
    return NULL;
}

static err *prepare_all(app *p, arena *a, const outbox_options *o, const char *command, int64_t operation)
{
    for (size_t count = 1; count;) {
        str result = { 0 };
        int64_t *ids;
        TRY(run_command(p, a, o, command, NAMED({ "operation", V_INT(operation) }), &result));
        count = read_ids(a, result, &ids);
    }
    return NULL;
}

err *outbox_prepare(app *p, arena *a, const outbox_options *o)
{
    rows r = { 0 };
    TRY(view_run(app_store(p), a, view_find(STR("operation")), NAMED({ "now", V_INT(o->now) }), 0, 0, &r));
    for (size_t i = 0; i < r.count; i++) {
        const int64_t operation = rows_int(&r, i, "id");
        if (str_is(rows_text(&r, i, "state"), "open"))
            TRY(prepare_all(p, a, o, "duty.remind", operation));
        TRY(prepare_all(p, a, o, "duty.thank", operation));
    }
    return NULL;
}

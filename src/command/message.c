#include "command/message.h"

#include "channel/channel.h"
#include "command/outgoing.h"
#include "domain/message.h"
#include "domain/notice.h"

#include <stdlib.h>

#define SETTLE_ROW "message:id state:text carrier_ref:text?"

/* -- preparing ------------------------------------------------------------------------------------------ */
err *message_channel(context *c, str wanted, str *name)
{
    rows r = { 0 };
    *name = (str){ 0 };
    TRY(query(c, "channel.find", NAMED({ "name", wanted.len ? V_TEXT(wanted) : V_NULL }), &r));
    if (!r.count)
        return wanted.len ? refuse(c, ERR_NOT_FOUND, "channel.missing", VALUES({ "channel", wanted })) : NULL;
    if (!rows_int(&r, 0, "enabled"))
        return refuse(c, ERR_CONFLICT, "channel.off", VALUES({ "channel", wanted }));
    if (!channel_driver_find(rows_text(&r, 0, "driver"))->send)
        return refuse(c, ERR_CONFLICT, "channel.by_hand", VALUES({ "channel", wanted }));
    *name = rows_text(&r, 0, "name");
    return NULL;
}

err *message_prepare(context *c, str channel, int64_t person, str purpose, int64_t purpose_id, str text, int64_t *id)
{
    TRY(next_id(c, id));
    return query(c, "message.add",
                 NAMED({ "id", V_INT(*id) }, { "person", V_INT(person) }, { "purpose", V_TEXT(purpose) },
                       { "purpose_id", V_INT(purpose_id) }, { "channel", V_TEXT(channel) }, { "text", V_TEXT(text) }),
                 NULL);
}

err *message_setting(context *c, int64_t operation, const char *name, str *out)
{
    rows r = { 0 };
    TRY(query(c, "message.setting",
              NAMED({ "operation", V_TEXT(text_format(c->a, "operation:%lld", (long long)operation)) },
                    { "name", V_TEXT(str_of(name)) }),
              &r));
    *out = r.count ? rows_text(&r, 0, "value") : (str){ 0 };
    return NULL;
}

err *message_signature(context *c, int64_t operation, str *signature)
{
    TRY(message_setting(c, operation, "signature", signature));
    if (!signature->len)
        *signature = words_get(c->a, c->lang, "message.signature", NULL);
    return NULL;
}

str message_day(context *c, civil_day on)
{
    int year, month, day;
    civil_parts(on, &year, &month, &day);
    return words_get(c->a, c->lang, "message.day",
                     VALUES({ "month", text_format(c->a, "%d", month) }, { "day", text_format(c->a, "%d", day) }));
}

str message_contact(context *c, str name, str phone)
{
    if (!name.len)
        return STR("");
    return words_get(c->a, c->lang, "message.contact", VALUES({ "name", name }, { "phone", message_mask(c->a, phone) }));
}

/* -- the runner's two steps ------------------------------------------------------------------------------ */
static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static err *message_take(context *c, const args *a)
{
    rows r = { 0 };
    TRY(query(c, "message.take", NAMED({ "limit", V_INT(arg_int_or(a, "limit", PIECE_ROWS_MAX)) }), &r));
    int64_t *ids = arena_many(c->a, int64_t, r.count + 1);
    for (size_t i = 0; i < r.count; i++)
        ids[i] = rows_int(&r, i, "id");
    qsort(ids, r.count, sizeof *ids, by_number); /* an update returns its rows in no order */
    command_ids(c, "ids", ids, r.count);
    return NULL;
}

static err *tell_notice(context *c, const rows *message, str event)
{
    rows n = { 0 };
    str purpose = rows_text(message, 0, "purpose");
    if (!str_is(purpose, "order") && !str_is(purpose, "chase"))
        return NULL;
    TRY(query(c, "message.notice",
              NAMED({ "order", *rows_at(message, 0, "purpose_id") }, { "person", *rows_at(message, 0, "person_id") }), &n));
    return query(c, "notice.set_state",
                 NAMED({ "id", *rows_at(&n, 0, "id") }, { "state", V_TEXT(notice_state_after(rows_text(&n, 0, "state"), event)) }),
                 NULL);
}

static err *settle(context *c, const args *x)
{
    rows m = { 0 };
    str state = arg_text(x, "state");
    if (!message_outcome_is(state))
        return refuse(c, ERR_INPUT, "message.outcome", NULL);
    TRY(query(c, "message.load", NAMED({ "id", arg_value(x, "message") }), &m));
    if (!m.count)
        return refuse(c, ERR_NOT_FOUND, "message.missing", NULL);
    if (!message_may_settle(rows_text(&m, 0, "state")))
        return refuse(c, ERR_CONFLICT, "message.settled", NULL);
    TRY(query(c, "message.settle",
              NAMED({ "id", arg_value(x, "message") }, { "state", V_TEXT(state) }, { "carrier_ref", arg_value(x, "carrier_ref") }),
              NULL));
    return str_is(state, "sent") ? tell_notice(c, &m, state) : NULL;
}

static err *settle_one(context *c, const args *x, bulk_done *done, int64_t *id)
{
    *done = BULK_CHANGED;
    *id = arg_int(x, "message");
    return settle(c, x);
}

static err *message_settle_many(context *c, const args *a)
{
    return bulk(c, a, SETTLE_ROW, false, settle_one);
}

/* -- receipts ------------------------------------------------------------------------------------------- */
static err *message_receipt(context *c, const args *a)
{
    rows m = { 0 };
    int64_t id;
    str said = arg_text(a, "state");
    if (!message_carrier_is(said))
        return refuse(c, ERR_INPUT, "message.carrier_state", NULL);
    TRY(query(c, "message.load", NAMED({ "id", arg_value(a, "message") }), &m));
    if (!m.count)
        return refuse(c, ERR_NOT_FOUND, "message.missing", NULL);
    TRY(next_id(c, &id));
    TRY(query(c, "message.add_receipt",
              NAMED({ "id", V_INT(id) }, { "message", arg_value(a, "message") }, { "state", V_TEXT(said) },
                    { "at", arg_value(a, "at") }), NULL));
    TRY(query(c, "message.settle",
              NAMED({ "id", arg_value(a, "message") }, { "carrier_ref", V_NULL },
                    { "state", V_TEXT(message_state_after(rows_text(&m, 0, "state"), said)) }), NULL));
    return str_is(said, "failed") ? NULL : tell_notice(c, &m, said);
}

/* -- for the runner, outside every transaction ----------------------------------------------------------- */
static err *load_outgoing(store_txn *t, arena *a, int64_t id, outgoing *out)
{
    rows r = { 0 };
    TRY(store_query(t, a, "message.outgoing", NAMED({ "id", V_INT(id) }), &r));
    out->via = (channel){ .name = rows_text(&r, 0, "name"), .driver = rows_text(&r, 0, "driver"), .config = rows_text(&r, 0, "config") };
    out->message = (channel_message){ .id = id, .to = rows_text(&r, 0, "phone"), .purpose = rows_text(&r, 0, "purpose"),
                                      .text = rows_text(&r, 0, "text") };
    return NULL;
}

err *app_outgoing(app *p, arena *a, const int64_t *ids, size_t count, outgoing *out)
{
    store_txn *t = NULL;
    err *e = NULL;
    TRY(store_read_begin(app_store(p), a, &t));
    for (size_t i = 0; i < count && !e; i++)
        e = load_outgoing(t, a, ids[i], &out[i]);
    store_read_end(t);
    return e;
}

const command message_commands[] = {
    { "message.take", "nobody", "limit:int?", .closed = CLOSED_GOES_ON, .run = message_take },
    { "message.settle", "nobody", "message:id state:text carrier_ref:text?", .closed = CLOSED_GOES_ON, .run = settle },
    { "message.settle_many", "nobody", "rows:rows", .row = SETTLE_ROW,
      .closed = CLOSED_GOES_ON, .run = message_settle_many },
    { "message.receipt", "nobody", "message:id state:text at:utc", .closed = CLOSED_GOES_ON, .run = message_receipt },
    { 0 },
};

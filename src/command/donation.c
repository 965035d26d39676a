#include "domain/donation.h"

#include "base/civil.h"
#include "command/command.h"

/* The ledger only grows: a mistake is put right by a reversing entry, which bears the donor and the sum again. */

/* One gift, of donation.record or a row of donation.record_many. */
#define GIFT_ROW \
    "donor:id? donor_name:name? donor_person:id? donor_org:id? anonymous:yes? publish:yes? kind:text amount:text? goods:text? " \
    "quantity:int? goods_unit:text? receiver:id? community_code:code? received_on:day purpose:text? voucher_no:text?"

typedef struct gift {
    int64_t operation, id, donor, fen;
    value by;
    str receipt_no, kind;
    civil_day today;
} gift;

static str number_text(context *c, int64_t n)
{
    return text_format(c->a, "%lld", (long long)n);
}

static value actor_of(context *c, const args *a)
{
    return arg_given(a, "by") ? arg_value(a, "by") : c->actor_id ? V_INT(c->actor_id) : V_NULL;
}

/* The operation's own numbers, without a gap; the operation is locked, so no two are the same. */
static err *number_next(context *c, int64_t operation, gift *g)
{
    rows r = { 0 };
    civil_zone *zone = NULL;
    int minute, year, month, day;
    TRY(query(c, "donation.lock", NAMED({ "operation", V_INT(operation) }), &r));
    TRY(query(c, "donation.operation", NAMED({ "operation", V_INT(operation) }), &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "donation.no_operation", VALUES({ "id", number_text(c, operation) }));
    TRY(civil_zone_open(c->a, rows_text(&r, 0, "zone"), &zone));
    civil_local(zone, c->now, &g->today, &minute);
    civil_parts(g->today, &year, &month, &day);
    TRY(query(c, "donation.next_number", NAMED({ "operation", V_INT(operation) }), &r));
    g->receipt_no = text_format(c->a, "%04d-%06lld", year, (long long)rows_int(&r, 0, "number"));
    return NULL;
}

static err *find_donor(context *c, const args *a, gift *g)
{
    rows r = { 0 };
    bool anonymous = arg_int(a, "anonymous") != 0;
    if (arg_given(a, "donor"))
        TRY(query(c, "donation.donor", NAMED({ "id", arg_value(a, "donor") }), &r));
    else if (arg_given(a, "donor_person"))
        TRY(query(c, "donation.find_donor_person", NAMED({ "person", arg_value(a, "donor_person") }), &r));
    else if (arg_given(a, "donor_org") && !anonymous)
        TRY(query(c, "donation.find_donor_name",
                  NAMED({ "operation", V_INT(g->operation) }, { "name", arg_text_value(a, "donor_name") },
                        { "org", arg_value(a, "donor_org") }),
                  &r));
    if (r.count) {
        g->donor = rows_int(&r, 0, "id");
        return NULL;
    }
    if (arg_given(a, "donor"))
        return refuse(c, ERR_NOT_FOUND, "donation.no_donor", VALUES({ "id", number_text(c, arg_int(a, "donor")) }));
    if (!anonymous && !arg_text(a, "donor_name").len)
        return refuse(c, ERR_INPUT, "donation.nameless", NULL);
    TRY(next_id(c, &g->donor));
    return query(c, "donation.add_donor",
                 NAMED({ "id", V_INT(g->donor) }, { "person", arg_value(a, "donor_person") },
                       { "name", arg_text_value(a, "donor_name") }, { "anonymous", V_INT(anonymous) },
                       { "publish", V_INT(arg_int(a, "publish") && !anonymous) }, { "org", arg_value(a, "donor_org") }),
                 NULL);
}

static err *read_amount(context *c, const args *a, gift *g)
{
    static const char *const faults[] = {
        [DONATION_NO_NUMBER] = "donation.amount_number", [DONATION_NOT_ABOVE_0] = "donation.amount_zero",
        [DONATION_TOO_FINE] = "donation.amount_fine", [DONATION_TOO_LARGE] = "donation.amount_large",
    };
    str amount = str_trim(arg_text(a, "amount"));
    donation_fault fault = donation_read_yuan(amount, &g->fen);
    return fault ? refuse(c, ERR_INPUT, faults[fault], VALUES({ "amount", amount })) : NULL;
}

/* Money has an amount; goods have a name, and a number unless they cannot be counted. */
static err *read_gift(context *c, const args *a, gift *g)
{
    g->kind = arg_text(a, "kind");
    if (str_is(g->kind, "money"))
        return read_amount(c, a, g);
    if (!str_is(g->kind, "goods"))
        return refuse(c, ERR_INPUT, "donation.kind", VALUES({ "kind", g->kind }));
    if (!str_trim(arg_text(a, "goods")).len)
        return refuse(c, ERR_INPUT, "donation.goods_name", NULL);
    if (arg_given(a, "quantity") && arg_int(a, "quantity") < 1)
        return refuse(c, ERR_INPUT, "donation.quantity", NULL);
    return arg_text(a, "amount").len ? read_amount(c, a, g) : NULL; /* 折价 */
}

static err *check_day(context *c, const args *a, const gift *g)
{
    civil_day day = 0;
    civil_day_read(arg_text(a, "received_on"), &day);
    return day > g->today ? refuse(c, ERR_INPUT, "donation.ahead", VALUES({ "day", arg_text(a, "received_on") })) : NULL;
}

static err *record(context *c, const args *a, gift *g)
{
    TRY(read_gift(c, a, g));
    TRY(number_next(c, g->operation, g));
    TRY(check_day(c, a, g));
    TRY(find_donor(c, a, g));
    TRY(next_id(c, &g->id));
    return query(c, "donation.add",
                 NAMED({ "id", V_INT(g->id) }, { "operation", V_INT(g->operation) },
                       { "receipt_no", V_TEXT(g->receipt_no) }, { "donor", V_INT(g->donor) }, { "kind", V_TEXT(g->kind) },
                       { "amount_fen", V_INT(g->fen) }, { "goods", arg_text_value(a, "goods") },
                       { "quantity", arg_value(a, "quantity") }, { "goods_unit", arg_text_value(a, "goods_unit") },
                       { "receiver", arg_value(a, "receiver") }, { "community_code", arg_value(a, "community_code") },
                       { "received_on", arg_value(a, "received_on") }, { "now", V_INT(c->now) },
                       { "purpose", arg_text_value(a, "purpose") }, { "voucher_no", arg_text_value(a, "voucher_no") },
                       { "by", g->by }),
                 NULL);
}

static err *donation_record(context *c, const args *a)
{
    gift g = { .operation = arg_int(a, "operation"), .by = actor_of(c, a) };
    TRY(record(c, a, &g));
    command_result(c, "id", g.id);
    command_result(c, "donor", g.donor);
    command_result_text(c, "receipt_no", g.receipt_no);
    return NULL;
}

/* A list of gifts, all or none: each gets its number, in the order of the rows. */
typedef struct listing {
    const json_t *rows;
    gift all; /* what they share */
    int64_t *ids;
} listing;

static err *record_row(context *c, void *of, size_t i)
{
    listing *l = of;
    args x = { 0 };
    gift g = { .operation = l->all.operation, .by = l->all.by };
    TRY(args_parse_row(c, GIFT_ROW, json_array_get(l->rows, i), i + 1, &x));
    TRY(record(c, &x, &g));
    l->ids[i] = g.id;
    return NULL;
}

static err *donation_record_many(context *c, const args *a)
{
    listing l = { .rows = arg_of(a, "rows")->json, .all = { .operation = arg_int(a, "operation"), .by = actor_of(c, a) } };
    size_t count = json_array_size(l.rows);
    l.ids = arena_many(c->a, int64_t, count + 1);
    TRY(each(c, count, record_row, &l));
    command_ids(c, "ids", l.ids, count);
    return NULL;
}

static err *check_reversible(context *c, const rows *r, int64_t id)
{
    if (!r->count)
        return refuse(c, ERR_NOT_FOUND, "donation.missing", VALUES({ "id", number_text(c, id) }));
    if (rows_int(r, 0, "reverses_id"))
        return refuse(c, ERR_CONFLICT, "donation.is_reversal", VALUES({ "number", rows_text(r, 0, "receipt_no") }));
    if (rows_text(r, 0, "reversed_by").len)
        return refuse(c, ERR_CONFLICT, "donation.reversed",
                      VALUES({ "number", rows_text(r, 0, "receipt_no") }, { "by", rows_text(r, 0, "reversed_by") }));
    return NULL;
}

static err *donation_reverse(context *c, const args *a)
{
    gift g = { .by = actor_of(c, a) };
    rows r = { 0 };
    const named *one = NAMED({ "id", arg_value(a, "donation") });
    TRY(query(c, "donation.load", one, &r));
    TRY(check_reversible(c, &r, arg_int(a, "donation")));
    if (!str_trim(arg_text(a, "why")).len)
        return refuse(c, ERR_INPUT, "donation.why", NULL);
    TRY(number_next(c, rows_int(&r, 0, "operation_id"), &g));
    TRY(query(c, "donation.load", one, &r)); /* again, now that nobody else can reverse it */
    TRY(check_reversible(c, &r, arg_int(a, "donation")));
    TRY(next_id(c, &g.id));
    command_result(c, "id", g.id);
    command_result_text(c, "receipt_no", g.receipt_no);
    return query(c, "donation.reverse",
                 NAMED({ "id", V_INT(g.id) }, { "reverses", arg_value(a, "donation") },
                       { "receipt_no", V_TEXT(g.receipt_no) },
                       { "received_on", V_TEXT(civil_day_text(c->a, g.today)) }, { "now", V_INT(c->now) },
                       { "why", arg_value(a, "why") }, { "by", g.by }),
                 NULL);
}

const command donation_commands[] = {
    { "donation.record", "commander:all secretary:division",
      "operation:id " GIFT_ROW " by:id?", .locks = "operation", .closed = CLOSED_STOPS, .run = donation_record },
    { "donation.record_many", "commander:all", "operation:id rows:rows by:id?", .row = GIFT_ROW, .locks = "operation",
      .closed = CLOSED_STOPS, .run = donation_record_many },
    { "donation.reverse", "commander:all secretary:division", "donation:id why:text by:id?",
      .closed = CLOSED_GOES_ON, .run = donation_reverse },
    { 0 },
};

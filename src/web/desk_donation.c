/*
 * 捐款: the ledger, the newest entry first, with sums by receiver and by goods. Nothing in it is changed: a correction is a
 * line of its own that takes the other back.
 */
#include "web/desk.h"

#include "base/limits.h"
#include "job/bulletin.h"

enum { FEN = 100 };
static const char *const filters[] = { "community", "kind", "from_on", "to_on", "net" };
static const char *const fields[] = { "kind", "donor_name", "amount", "goods", "quantity", "goods_unit", "community_code", "received_on", "purpose", "voucher_no" };

static str yuan(web *w, int64_t fen)
{
    str amount = bulletin_number(w->q->a, fen < 0 ? -fen : fen, FEN);
    return fen < 0 ? text_format(w->q->a, "-%.*s", STR_ARG(amount)) : amount;
}

/* -- the ledger ------------------------------------------------------------------------------------------ */
static str goods_text(web *w, const rows *r, size_t i)
{
    int64_t quantity = rows_int(r, i, "quantity");
    str goods = rows_text(r, i, "goods"), unit = rows_text(r, i, "goods_unit");
    return quantity ? text_format(w->q->a, "%.*s %lld %.*s", STR_ARG(goods), (long long)quantity, STR_ARG(unit)) : goods;
}

static void put_entry(web *w, const rows *r, size_t i, bool reversed)
{
    tree *t = tree_add(w->tree, "entries");
    bool money = str_is(rows_text(r, i, "kind"), "money");
    int64_t fen = rows_int(r, i, "amount_fen");
    static const char *const shown[] = { "receipt_no", "donor", "donor_org", "community", "receiver", "purpose", "voucher_no", "reverses", "entered_by" };
    for (size_t k = 0; k < COUNT(shown); k++)
        tree_text(t, shown[k], rows_text(r, i, shown[k]));
    tree_int(t, "donation", rows_int(r, i, "id"));
    tree_yes(t, "anonymous", rows_int(r, i, "anonymous"));
    tree_text(t, "day", web_day(w, rows_text(r, i, "received_on")));
    if (!money)
        tree_text(t, "what", goods_text(w, r, i));
    if (money || fen)
        tree_text(t, "yuan", yuan(w, fen));
    tree_yes(t, "reversed", reversed);
    tree_yes(t, "open", !reversed && !rows_text(r, i, "reverses").len);
}

static const named *asked(web *w, const desk *d)
{
    named *out = arena_many(w->q->a, named, COUNT(filters) + 2);
    size_t count = 0;
    out[count++] = (named){ "operation", V_INT(d->operation) };
    for (size_t i = 0; i < COUNT(filters); i++) {
        str given = query_field(w->q, filters[i]);
        if (given.len)
            out[count++] = (named){ filters[i], V_TEXT(given) };
    }
    return out;
}

static bool is_reversed(const rows *r, size_t i)
{
    for (size_t k = i + 1; k < r->count; k++) /* a correction comes later */
        if (str_equal(rows_text(r, k, "reverses"), rows_text(r, i, "receipt_no")))
            return true;
    return false;
}

static err *put_ledger(web *w, const desk *d)
{
    rows r = { 0 };
    text t = text_begin(w->q->a);
    const named *args = asked(w, d);
    TRY(web_view(w, "donation_entry", args, &r));
    for (size_t i = r.count; i-- > 0;)
        put_entry(w, &r, i, is_reversed(&r, i));
    tree_yes(w->tree, "cut", r.count == PAGE_ROWS_MAX);
    text_printf(&t, "/desk/list/donation_entry?operation=%lld&format=csv", (long long)d->operation);
    for (size_t i = 1; args[i].name; i++) {
        text_printf(&t, "&%s=", args[i].name);
        percent_put(&t, args[i].value.s);
    }
    tree_text(w->tree, "csv", text_done(&t));
    return NULL;
}

static err *put_sums(web *w, const desk *d)
{
    rows r = { 0 }, g = { 0 };
    TRY(web_view(w, "donation_receiver", NAMED({ "operation", V_INT(d->operation) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        tree *t = tree_add(w->tree, "receivers");
        tree_text(t, "code", rows_text(&r, i, "community_code"));
        tree_text(t, "community", rows_text(&r, i, "community"));
        tree_text(t, "count", text_format(w->q->a, "%lld", (long long)rows_int(&r, i, "entries")));
        tree_text(t, "yuan", yuan(w, rows_int(&r, i, "amount_fen")));
    }
    tree_text(w->tree, "sum", yuan(w, desk_sum(&r, "amount_fen")));
    TRY(web_view(w, "donation_goods", NAMED({ "operation", V_INT(d->operation) }), &g));
    for (size_t i = 0; i < g.count; i++) {
        tree *t = tree_add(w->tree, "goods_sums");
        tree_text(t, "goods_name", rows_text(&g, i, "goods"));
        tree_text(t, "unit", rows_text(&g, i, "goods_unit"));
        tree_text(t, "count", text_format(w->q->a, "%lld", (long long)rows_int(&g, i, "quantity")));
    }
    return NULL;
}

static err *put_communities(web *w)
{
    rows r = { 0 };
    str filtered = query_field(w->q, "community"), given = form_field(w->q, "community_code");
    TRY(web_view(w, "community", NAMED({ 0 }), &r));
    for (size_t i = 0; i < r.count; i++) {
        tree *t = tree_add(w->tree, "communities");
        str code = rows_text(&r, i, "code");
        tree_text(t, "code", code);
        tree_text(t, "community", rows_text(&r, i, "community"));
        tree_yes(t, "chosen", str_equal(code, filtered));
        tree_yes(t, "given", str_equal(code, given));
    }
    return NULL;
}

/* What was typed stays where it was refused. */
static void put_form(web *w, const desk *d)
{
    civil_day today;
    int minute;
    for (size_t i = 0; i < COUNT(fields); i++)
        tree_text(w->tree, text_format(w->q->a, "in_%s", fields[i]).at, form_field(w->q, fields[i]));
    tree_yes(w->tree, "in_goods_kind", str_is(form_field(w->q, "kind"), "goods"));
    tree_yes(w->tree, "in_anonymous", form_has(w->q, "anonymous"));
    if (!form_field(w->q, "received_on").len) {
        civil_local(d->local, w->q->now, &today, &minute);
        tree_text(w->tree, "in_received_on", civil_day_text(w->q->a, today));
    }
}

static err *get_donations(web *w)
{
    desk d;
    TRY(desk_open(w, &d));
    if (!d.operation)
        return desk_show_none(w, "donations");
    TRY(put_ledger(w, &d));
    TRY(put_sums(w, &d));
    TRY(put_communities(w));
    put_form(w, &d);
    tree_int(w->tree, "operation_id", d.operation);
    for (size_t i = 0; i < COUNT(filters); i++)
        tree_text(w->tree, text_format(w->q->a, "by_%s", filters[i]).at, query_field(w->q, filters[i]));
    tree_yes(w->tree, "by_money", str_is(query_field(w->q, "kind"), "money"));
    tree_yes(w->tree, "by_goods", str_is(query_field(w->q, "kind"), "goods"));
    return desk_show(w, "desk_donations", "donations");
}

static err *post_paper(web *w)
{
    web_run_part(w, text_format(w->q->a, "slip%.*s:", STR_ARG(w->param[0])), w->who.person_id, "job.paper",
                 NAMED({ "paper", V_TEXT(STR("slip")) }, { "donation", V_TEXT(w->param[0]) }), web_paper);
    return NULL;
}

const route desk_donation_routes[] = {
    { WEB_GET, WEB_DESK, "/desk/donations", .show = get_donations },
    { WEB_POST, WEB_DESK, "/desk/donations", .show = get_donations, .command = "donation.record",
      .args = "operation kind donor_name anonymous amount goods quantity goods_unit community_code received_on purpose voucher_no",
      .then = "/desk/donations" },
    { WEB_POST, WEB_DESK, "/desk/donations/:donation/reverse", .show = get_donations, .command = "donation.reverse",
      .args = "donation=:donation why", .then = "/desk/donations" },
    { WEB_POST, WEB_DESK, "/desk/donations/:donation/paper", .show = get_donations, .form = post_paper },
    { 0 },
};

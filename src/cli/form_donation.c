/* The list of gifts: what has a receipt number is compared with the ledger, what has none is added to it. */
#include "cli/form.h"

#include "base/json.h"
#include "base/limits.h"

enum { DAYS_BACK = 150 /* a day without a year is the nearest */, FEN = 100 };

typedef struct gifts {
    form *f;
    civil_zone *zone;
    civil_day today;
    str title;
    rows entries, communities, orgs;
} gifts;

static err *load(gifts *g)
{
    form *f = g->f;
    int minute;
    TRY(form_operation(f, &g->title, &g->zone));
    civil_local(g->zone, f->now, &g->today, &minute);
    TRY(form_view(f, "community", NULL, &g->communities));
    TRY(form_view(f, "org", NULL, &g->orgs));
    return form_view(f, "donation_entry", NAMED({ "operation", V_INT(f->operation) }), &g->entries);
}

static str yuan_text(arena *a, int64_t fen)
{
    int64_t part = (fen < 0 ? -fen : fen) % FEN;
    str whole = text_format(a, "%s%lld", fen < 0 ? "-" : "", (long long)((fen < 0 ? -fen : fen) / FEN));
    return part ? text_format(a, "%.*s.%02d", STR_ARG(whole), (int)part) : whole;
}

/* -- out -------------------------------------------------------------------------------------------------- */
/* Whole yuan are numbers, so that the reader can add them up. */
static value yuan_cell(arena *a, int64_t fen)
{
    return fen % FEN ? V_TEXT(yuan_text(a, fen)) : V_INT(fen / FEN);
}

static value remark(const gifts *g, size_t row)
{
    str reverses = rows_text(&g->entries, row, "reverses");
    return reverses.len ? V_TEXT(words_get(g->f->a, g->f->lang, "form.gift.reverses", VALUES({ "number", reverses }))) : V_NULL;
}

static value cell(void *of, size_t row, sheet_field field)
{
    const gifts *g = of;
    const rows *r = &g->entries;
    bool money = str_is(rows_text(r, row, "kind"), "money");
    int64_t fen = rows_int(r, row, "amount_fen");
    switch (field) {
    case SHEET_IGNORED:
        return V_INT((int64_t)row + 1);
    case SHEET_RECEIPT:
        return *rows_at(r, row, "receipt_no");
    case SHEET_DAYS:
        return *rows_at(r, row, "received_on");
    case SHEET_NAME:
        return rows_int(r, row, "anonymous") ? V_TEXT(words_get(g->f->a, g->f->lang, "form.gift.anonymous", NULL))
                                             : *rows_at(r, row, "donor");
    case SHEET_ORG:
        return *rows_at(r, row, "donor_org");
    case SHEET_AMOUNT:
        return money ? yuan_cell(g->f->a, fen) : V_NULL;
    case SHEET_GOODS:
        return *rows_at(r, row, "goods");
    case SHEET_QUANTITY:
        return *rows_at(r, row, "quantity");
    case SHEET_GOODS_UNIT:
        return *rows_at(r, row, "goods_unit");
    case SHEET_GOODS_VALUE:
        return money || !fen ? V_NULL : yuan_cell(g->f->a, fen);
    case SHEET_COMMUNITY:
        return *rows_at(r, row, "community");
    case SHEET_PURPOSE:
        return *rows_at(r, row, "purpose");
    case SHEET_VOUCHER:
        return *rows_at(r, row, "voucher_no");
    case SHEET_HANDLER:
        return *rows_at(r, row, "entered_by");
    case SHEET_PUBLISH:
        return V_TEXT(words_get(g->f->a, g->f->lang, rows_int(r, row, "publish") ? "view.yes" : "view.no", NULL));
    default:
        return remark(g, row);
    }
}

static err *donation_write(form *f)
{
    gifts g = { .f = f };
    TRY(load(&g));
    str title = words_get(f->a, f->lang, "form.donation.title", VALUES({ "operation", g.title }));
    return form_write(f, SHEET_DONATIONS, title, g.entries.count, cell, &g);
}

/* -- in: against the ledger ------------------------------------------------------------------------------- */
static str ledger_text(const gifts *g, size_t row, sheet_field field)
{
    value v = cell((void *)(uintptr_t)g, row, field);
    return v.kind == VALUE_INT ? form_number(g->f->a, v.n) : v.kind == VALUE_TEXT ? v.s : (str){ 0 };
}

static str yuan_or_none(arena *a, bool there, int64_t fen)
{
    return there ? yuan_text(a, fen) : STR("");
}

static str sheet_said(const gifts *g, const sheet_gift *x, sheet_field field)
{
    arena *a = g->f->a;
    switch (field) {
    case SHEET_DAYS:
        return civil_day_text(a, x->day);
    case SHEET_NAME:
        return x->anonymous ? words_get(a, g->f->lang, "form.gift.anonymous", NULL) : x->donor;
    case SHEET_ORG:
        return x->org;
    case SHEET_AMOUNT:
        return yuan_or_none(a, x->money, x->amount_fen);
    case SHEET_GOODS:
        return x->goods;
    case SHEET_QUANTITY:
        return x->quantity ? form_number(a, x->quantity) : (str){ 0 };
    case SHEET_GOODS_UNIT:
        return x->goods_unit;
    case SHEET_GOODS_VALUE:
        return yuan_or_none(a, !x->money && x->amount_fen, x->amount_fen);
    case SHEET_COMMUNITY:
        return x->community;
    case SHEET_PURPOSE:
        return x->purpose;
    case SHEET_VOUCHER:
        return x->voucher_no;
    default:
        return words_get(a, g->f->lang, x->publish ? "view.yes" : "view.no", NULL);
    }
}

/* Each cell of a recorded gift that says something else than the ledger. */
static void compare_recorded(const gifts *g, const sheet_gift *x, size_t row, form_read *out)
{
    static const sheet_field fields[] = { SHEET_DAYS, SHEET_NAME, SHEET_ORG, SHEET_AMOUNT, SHEET_GOODS, SHEET_QUANTITY,
                                          SHEET_GOODS_UNIT, SHEET_GOODS_VALUE, SHEET_COMMUNITY, SHEET_PURPOSE,
                                          SHEET_VOUCHER, SHEET_PUBLISH };
    bool differs = false;
    for (size_t i = 0; i < COUNT(fields); i++) {
        str have = ledger_text(g, row, fields[i]), said = sheet_said(g, x, fields[i]);
        if (!sheet_has(x->at.table, fields[i]) || str_equal(text_normal(g->f->a, have), text_normal(g->f->a, said)))
            continue;
        differs = true;
        form_line(g->f, out, x->at, "form.gift.differs",
                  VALUES({ "number", x->receipt_no }, { "column", sheet_label(SHEET_DONATIONS, fields[i], g->f->lang) },
                         { "have", have }, { "said", said }));
    }
    out->standing += differs;
    out->same += !differs;
}

static bool same_gift(const gifts *g, const sheet_gift *x, size_t row)
{
    static const sheet_field fields[] = { SHEET_DAYS, SHEET_NAME, SHEET_AMOUNT, SHEET_GOODS, SHEET_QUANTITY };
    for (size_t i = 0; i < COUNT(fields); i++) {
        if (!str_equal(text_normal(g->f->a, ledger_text(g, row, fields[i])), text_normal(g->f->a, sheet_said(g, x, fields[i]))))
            return false;
    }
    return true;
}

static bool same_row(const gifts *g, const sheet_gift *x, const sheet_gift *y)
{
    static const sheet_field fields[] = { SHEET_DAYS, SHEET_NAME, SHEET_AMOUNT, SHEET_GOODS, SHEET_QUANTITY };
    for (size_t i = 0; i < COUNT(fields); i++) {
        if (!str_equal(sheet_said(g, x, fields[i]), sheet_said(g, y, fields[i])))
            return false;
    }
    return true;
}

/* Like a gift recorded, or of an earlier row: the agency and the community both list it, or it came twice. */
static bool is_double(const gifts *g, const sheet_gifts *all, size_t index, str *of)
{
    const sheet_gift *x = &all->list.at[index];
    for (size_t i = 0; i < g->entries.count; i++) {
        if (same_gift(g, x, i)) {
            *of = rows_text(&g->entries, i, "receipt_no");
            return true;
        }
    }
    for (size_t i = 0; i < index; i++) {
        const sheet_gift *y = &all->list.at[i];
        if (!y->receipt_no.len && same_row(g, x, y)) {
            *of = words_get(g->f->a, g->f->lang, "form.gift.row", VALUES({ "row", form_number(g->f->a, y->at.row->number) }));
            return true;
        }
    }
    return false;
}

/* -- in: what is new -------------------------------------------------------------------------------------- */
typedef struct known {
    int64_t org;
    str community_code;
} known;

static void tell(const gifts *g, form_read *out, const sheet_gift *x, sheet_field field, sheet_severity severity, const char *what)
{
    sheet_tell_at(g->f->a, &out->troubles, x->at, field, severity, what, NULL);
}

static size_t find_one(const rows *r, const char *column, str name, size_t *found)
{
    size_t count = 0;
    for (size_t i = 0; i < r->count; i++) {
        if (str_equal(rows_text(r, i, column), name) && !count++)
            *found = i;
    }
    return count;
}

/* What it names must be known; of a unit alone the gift is kept without it. False: told. */
static bool look_up(const gifts *g, const sheet_gift *x, known *k, form_read *out)
{
    size_t at = 0, errors = out->troubles.error_count;
    if (x->org.len && find_one(&g->orgs, "name", x->org, &at) == 1)
        k->org = rows_int(&g->orgs, at, "id");
    else if (x->org.len)
        tell(g, out, x, SHEET_ORG, SHEET_WARNING, "form.gift_org");
    if (sheet_cell(x->at.table, x->at.row, SHEET_REMARK, NULL).len)
        tell(g, out, x, SHEET_REMARK, SHEET_WARNING, "sheet.not_kept");
    size_t communities = x->community.len ? find_one(&g->communities, "community", x->community, &at) : 0;
    if (communities == 1)
        k->community_code = rows_text(&g->communities, at, "code");
    else if (x->community.len)
        tell(g, out, x, SHEET_COMMUNITY, SHEET_ERROR, communities ? "form.gift_communities" : "form.gift_community");
    if (x->amount_fen < 0 || x->quantity < 0)
        tell(g, out, x, x->money ? SHEET_AMOUNT : SHEET_QUANTITY, SHEET_ERROR, "form.gift_below");
    if (x->day > g->today)
        tell(g, out, x, SHEET_DAYS, SHEET_ERROR, "form.gift_ahead");
    return out->troubles.error_count == errors;
}

static void put(json *j, const char *key, str s)
{
    if (!s.len)
        return;
    json_key(j, key);
    json_str(j, s);
}

static void put_row(const gifts *g, const sheet_gift *x, const known *k, json *j)
{
    arena *a = g->f->a;
    const str none = { 0 };
    json_open(j, '{');
    put(j, "kind", x->money ? STR("money") : STR("goods"));
    put(j, "amount", x->amount_fen ? yuan_text(a, x->amount_fen) : none);
    put(j, "goods", x->goods);
    put(j, "quantity", x->quantity ? form_number(a, x->quantity) : none);
    put(j, "goods_unit", x->goods_unit);
    put(j, "donor_name", x->anonymous ? none : x->donor);
    put(j, "donor_org", k->org ? form_number(a, k->org) : none);
    put(j, "anonymous", x->anonymous ? STR("yes") : none);
    put(j, "publish", x->publish ? STR("yes") : none);
    put(j, "community_code", k->community_code);
    put(j, "received_on", civil_day_text(a, x->day));
    put(j, "purpose", x->purpose);
    put(j, "voucher_no", x->voucher_no);
    json_close(j, '}');
}

static void take_new(const gifts *g, const sheet_gifts *all, size_t index, form_read *out, json *j)
{
    const sheet_gift *x = &all->list.at[index];
    known k = { 0 };
    str of = { 0 };
    if (!look_up(g, x, &k, out))
        return;
    bool asked = !g->f->doubles && is_double(g, all, index, &of);
    str what = x->money ? yuan_text(g->f->a, x->amount_fen) : x->goods;
    form_line(g->f, out, x->at, asked ? "form.gift.double" : x->money ? "form.gift.money" : "form.gift.goods",
              VALUES({ "name", sheet_said(g, x, SHEET_NAME) }, { "what", what }, { "of", of },
                     { "day", civil_day_text(g->f->a, x->day) }));
    out->standing += asked;
    out->fresh += !asked;
    if (!asked)
        put_row(g, x, &k, j);
}

static void compare_all(const gifts *g, const sheet_gifts *all, form_read *out, json *j)
{
    json_open(j, '[');
    for (size_t i = 0; i < all->list.count; i++) {
        const sheet_gift *x = &all->list.at[i];
        size_t at = 0;
        if (!x->receipt_no.len)
            take_new(g, all, i, out, j);
        else if (find_one(&g->entries, "receipt_no", x->receipt_no, &at))
            compare_recorded(g, x, at, out);
        else
            tell(g, out, x, SHEET_RECEIPT, SHEET_ERROR, "form.gift_unknown");
    }
    json_close(j, ']');
}

static err *apply(gifts *g, form_read *out, str fresh)
{
    form *f = g->f;
    str result = { 0 };
    if (out->fresh > PIECE_ROWS_MAX)
        return err_new(f->a, ERR_LIMIT, "form.gift_many", VALUES({ "n", form_number(f->a, (int64_t)out->fresh) },
                                                                { "max", form_number(f->a, PIECE_ROWS_MAX) }));
    if (!f->apply || !out->fresh)
        return NULL;
    TRY(form_command(f, "donation.record_many",
                     NAMED({ "operation", V_INT(f->operation) }, { "rows", V_TEXT(fresh) }, { "by", f->by ? V_INT(f->by) : V_NULL }),
                     &result));
    out->applied = true;
    return NULL;
}

static err *donation_read(form *f, form_read *out)
{
    gifts g = { .f = f };
    sheet_file file;
    sheet_gifts all;
    TRY(load(&g));
    TRY(sheet_read(f->a, f->path, &file));
    sheet_operation when = { .first_day = g.today - DAYS_BACK, .last_day = g.today };
    TRY(sheet_gifts_of(f->a, &file, &when, &all, &out->troubles));
    text t = text_begin(f->a);
    json j = json_begin(&t);
    compare_all(&g, &all, out, &j);
    TRY(form_verdict(f, out));
    return apply(&g, out, text_done(&t));
}

const form_kind form_donation = { "donation", false, donation_write, donation_read };

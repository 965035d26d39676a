#include "database.h"

#include "base/text.h"
#include "view/view.h"

#include <jansson.h>

#define T(z) V_TEXT(str_of(z))

static str must(app *p, const char *command, const named *args)
{
    str result = { 0 };
    check_ok(database_command(p, command, 0, NULL, args, &result));
    return result;
}

static str field(str json, const char *name)
{
    json_t *j = json_loadb(json.at, json.len, 0, NULL);
    assert_true(json_is_string(json_object_get(j, name)));
    str s = str_copy(check_arena(), str_of(json_string_value(json_object_get(j, name))));
    json_decref(j);
    return s;
}

static str operation(app *p)
{
    return field(must(p, "operation.open", NAMED({ "title", T("Weekend") }, { "zone", T("Asia/Shanghai") })), "id");
}

static rows run(app *p, const char *name, str operation_id)
{
    rows r = { 0 };
    check_ok(view_run(app_store(p), check_arena(), view_find(str_of(name)), NAMED({ "operation", V_TEXT(operation_id) }), 0,
                      0, &r));
    return r;
}

/* DATABASE_NOW is the 6th of February in Shanghai. */
#define GIFT(...) NAMED({ "operation", V_TEXT(o) }, { "received_on", T("2020-02-06") }, __VA_ARGS__)

static void gifts_add_up_and_reversals_take_off(const char *url)
{
    app *p = database_app(url);
    str o = operation(p);
    str first = must(p, "donation.record", GIFT({ "donor_name", T("Lin") }, { "kind", T("money") }, { "amount", T("2000") }));
    check_str(field(first, "receipt_no"), "2020-000001");
    must(p, "donation.record", GIFT({ "donor", V_TEXT(field(first, "donor")) }, { "kind", T("money") }, { "amount", T("0.50") }));
    str wrong = must(p, "donation.record", GIFT({ "anonymous", T("yes") }, { "kind", T("money") }, { "amount", T("99") }));
    must(p, "donation.record",
         GIFT({ "donor_name", T("Bo") }, { "kind", T("goods") }, { "goods", T("masks") }, { "quantity", T("200") }));
    str back = must(p, "donation.reverse", NAMED({ "donation", V_TEXT(field(wrong, "id")) }, { "why", T("typed twice") }));
    check_str(field(back, "receipt_no"), "2020-000005");
    rows entries = run(p, "donation_entry", o), donors = run(p, "donor_net", o), goods = run(p, "donation_goods", o);
    assert_int_equal(entries.count, 5);
    check_str(rows_text(&entries, 4, "reverses"), "2020-000003");
    assert_int_equal(rows_int(&entries, 4, "amount_fen"), -9900);
    assert_int_equal(donors.count, 1);
    assert_int_equal(rows_int(&donors, 0, "amount_fen"), 200050);
    assert_int_equal(rows_int(&goods, 0, "quantity"), 200);
}
ON_BOTH(gifts_add_up_and_reversals_take_off)

static void what_is_no_gift_is_refused_in_words(const char *url)
{
    app *p = database_app(url);
    str o = operation(p), result;
    static const struct {
        const char *what, *kind, *amount, *goods, *message;
    } cases[] = {
        { "nothing", "money", "0", "", "donation.amount_zero" },
        { "a tenth of a fen", "money", "0.001", "", "donation.amount_fine" },
        { "10^12", "money", "1000000000000", "", "donation.amount_large" },
        { "no sum", "money", "", "", "donation.amount_number" },
        { "goods without a name", "goods", "", " ", "donation.goods_name" },
        { "some other kind", "praise", "", "", "donation.kind" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        err *e = database_command(p, "donation.record", 0, NULL,
                                  GIFT({ "donor_name", T("Lin") }, { "kind", T(cases[i].kind) },
                                       { "amount", T(cases[i].amount) }, { "goods", T(cases[i].goods) }),
                                  &result);
        check_err(e, ERR_INPUT, cases[i].message);
    }
    check_err(database_command(p, "donation.record", 0, NULL, GIFT({ "kind", T("money") }, { "amount", T("5") }), &result),
              ERR_INPUT, "donation.nameless");
    check_err(database_command(p, "donation.record", 0, NULL,
                               NAMED({ "operation", V_TEXT(o) }, { "donor_name", T("Lin") }, { "kind", T("money") },
                                     { "amount", T("5") }, { "received_on", T("2020-02-07") }),
                               &result),
              ERR_INPUT, "donation.ahead");
    assert_int_equal(run(p, "donation_entry", o).count, 0);
}
ON_BOTH(what_is_no_gift_is_refused_in_words)

static void a_gift_is_reversed_once(const char *url)
{
    app *p = database_app(url);
    str o = operation(p), result;
    str gift = field(must(p, "donation.record",
                          GIFT({ "donor_name", T("Lin") }, { "kind", T("money") }, { "amount", T("20") })), "id");
    str back = field(must(p, "donation.reverse", NAMED({ "donation", V_TEXT(gift) }, { "why", T("wrong") })), "id");
    check_err(database_command(p, "donation.reverse", 0, NULL, NAMED({ "donation", V_TEXT(gift) }, { "why", T("again") }),
                               &result), ERR_CONFLICT, "donation.reversed");
    check_err(database_command(p, "donation.reverse", 0, NULL, NAMED({ "donation", V_TEXT(back) }, { "why", T("back") }),
                               &result), ERR_CONFLICT, "donation.is_reversal");
    check_err(database_command(p, "donation.reverse", 0, NULL, NAMED({ "donation", T("999") }, { "why", T("x") }), &result),
              ERR_NOT_FOUND, "donation.missing");
    assert_int_equal(run(p, "donation_entry", o).count, 2);
}
ON_BOTH(a_gift_is_reversed_once)

int main(void)
{
    const struct CMUnitTest tests[] = { BOTH(gifts_add_up_and_reversals_take_off), BOTH(what_is_no_gift_is_refused_in_words),
                                        BOTH(a_gift_is_reversed_once) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

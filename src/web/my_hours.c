/* Own hours, certificates and gifts: what is recorded, and a word to whoever is responsible where it is wrong. */
#include "web/my.h"

#include "domain/certificate.h"

static bool told(const rows *notes, int64_t about)
{
    for (size_t i = 0; i < notes->count; i++)
        if (rows_int(notes, i, "about_id") == about && !rows_int(notes, i, "settled_at"))
            return true;
    return false;
}

static err *find_notes(web *w, const char *kind, rows *r)
{
    return web_view(w, "note_my", NAMED(MY_SELF(w), { "kind", V_TEXT(str_of(kind)) }), r);
}

static void tell(web *w, const char *about, const char *path)
{
    my_run(w, "note.write", NAMED(MY_SELF(w), { about, V_TEXT(w->param[0]) }, { "text", V_TEXT(form_field(w->q, "text")) }), path, "my_told");
}

/* -- hours --------------------------------------------------------------------------------------------- */
static void put_attendance(web *w, const rows *r, size_t i, bool is_told)
{
    tree *t = tree_add(w->tree, "times");
    str zone = rows_text(r, i, "zone");
    int64_t left = rows_int(r, i, "out_happened_at");
    bool confirmed = rows_at(r, i, "confirmed_minutes")->kind != VALUE_NULL;
    int64_t minutes = confirmed ? rows_int(r, i, "confirmed_minutes") : (left - rows_int(r, i, "in_happened_at")) / 60000;
    tree_int(t, "attendance", rows_int(r, i, "id"));
    tree_text(t, "day", web_day(w, rows_text(r, i, "starts_on")));
    tree_text(t, "post", rows_text(r, i, "post"));
    tree_text(t, "from", web_time(w, zone, rows_int(r, i, "in_happened_at")));
    tree_text(t, "to", left > 0 ? web_time(w, zone, left) : STR("…"));
    if (left > 0)
        tree_text(t, "hours", my_hours(w, minutes));
    tree_yes(t, "confirmed", confirmed);
    tree_yes(t, "told", is_told);
}

static err *get_hours(web *w)
{
    rows r = { 0 }, notes = { 0 };
    int64_t minutes = 0, open = 0;
    TRY(web_view(w, "attendance_my", NAMED(MY_SELF(w)), &r));
    TRY(find_notes(w, "hours", &notes));
    for (size_t i = 0; i < r.count; i++) {
        bool confirmed = rows_at(&r, i, "confirmed_minutes")->kind != VALUE_NULL;
        minutes += confirmed ? rows_int(&r, i, "confirmed_minutes") : 0;
        open += !confirmed;
        put_attendance(w, &r, i, told(&notes, rows_int(&r, i, "id")));
    }
    tree_text(w->tree, "sum", my_hours(w, minutes));
    tree_int(w->tree, "open", open);
    return my_show(w, "my_hours");
}

static err *post_hours(web *w)
{
    tell(w, "attendance", "/p/hours");
    return NULL;
}

/* -- certificates -------------------------------------------------------------------------------------- */
/* Where anybody can check it: by number and tag. */
static str check_path(web *w, const rows *r, size_t i)
{
    return text_format(w->q->a, "/o/verify?number=%.*s&tag=%.*s", STR_ARG(rows_text(r, i, "number")), STR_ARG(rows_text(r, i, "tag")));
}

static void put_certificate(web *w, tree *t, const rows *r, size_t i)
{
    str number = rows_text(r, i, "number");
    tree_int(t, "id", rows_int(r, i, "id"));
    tree_text(t, "number", number);
    tree_text(t, "name", rows_text(r, i, "name"));
    tree_text(t, "operation", rows_text(r, i, "operation"));
    tree_text(t, "community", rows_text(r, i, "community"));
    tree_text(t, "service", rows_text(r, i, "service"));
    tree_text(t, "from", web_day(w, rows_text(r, i, "from_on")));
    tree_text(t, "to", web_day(w, rows_text(r, i, "to_on")));
    tree_text(t, "hours", my_hours(w, rows_int(r, i, "minutes")));
    tree_text(t, "issuer", rows_text(r, i, "issuer"));
    tree_text(t, "issued", web_local_day(w, rows_text(r, i, "zone"), rows_int(r, i, "issued_at")));
    tree_text(t, "replaced", rows_text(r, i, "replaced_by"));
    tree_yes(t, "void", rows_int(r, i, "revoked_at"));
    tree_text(t, "tag", rows_text(r, i, "tag"));
    tree_text(t, "check", check_path(w, r, i));
}

static err *find_certificates(web *w, str id, rows *r)
{
    return web_view(w, "certificate", NAMED(MY_SELF(w), { id.len ? "certificate" : NULL, V_TEXT(id) }), r);
}

/* The one of the address: somebody else's is as if there were none. */
static err *find_own(web *w, rows *r)
{
    int64_t id;
    if (str_int(w->param[0], 1, INT64_MAX, &id))
        TRY(find_certificates(w, w->param[0], r));
    return r->count ? NULL : err_new(w->q->a, ERR_NOT_FOUND, "web.my.certificate_missing", NULL);
}

static err *get_certificates(web *w)
{
    rows r = { 0 };
    TRY(find_certificates(w, (str){ 0 }, &r));
    for (size_t i = r.count; i-- > 0;)
        put_certificate(w, tree_add(w->tree, "certificates"), &r, i);
    return my_show(w, "my_certificates");
}

static err *put_days(web *w, int64_t operation, str zone)
{
    rows r = { 0 };
    TRY(web_view(w, "certificate_day", NAMED(MY_SELF(w), { "operation", V_INT(operation) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        tree *t = tree_add(w->tree, "days");
        tree_text(t, "day", web_day(w, rows_text(&r, i, "starts_on")));
        tree_text(t, "at", rows_text(&r, i, "post"));
        tree_text(t, "came", web_time(w, zone, rows_int(&r, i, "in_at")));
        tree_text(t, "left", web_time(w, zone, rows_int(&r, i, "out_at")));
        tree_text(t, "worked", my_hours(w, rows_int(&r, i, "minutes")));
    }
    return NULL;
}

/* What came of the last printing that was asked for here, as long as it is kept. */
static err *put_printing(web *w, str id)
{
    rows r = { 0 };
    TRY(web_view(w, "job_my", NAMED({ NULL, V_NULL }), &r));
    for (size_t i = 0; i < r.count; i++) {
        str state = rows_text(&r, i, "state");
        if (!str_is(rows_text(&r, i, "kind"), "paper.certificate") || !str_equal(my_number(w, rows_int(&r, i, "noun_id")), id))
            continue;
        if (str_is(state, "parked"))
            tree_text(w->tree, "not_printed", rows_text(&r, i, "wrong"));
        else if (!str_is(state, "cancelled"))
            tree_int(w->tree, "printing", rows_int(&r, i, "id"));
        return NULL;
    }
    return NULL;
}

/* A page to print at home. The annex is as the records stand now, which the number's own sum may be older than. */
static err *get_certificate(web *w)
{
    rows r = { 0 };
    int64_t side = 0;
    str square;
    TRY(find_own(w, &r));
    put_certificate(w, w->tree, &r, 0);
    TRY(put_printing(w, w->param[0]));
    TRY(put_days(w, rows_int(&r, 0, "operation_id"), rows_text(&r, 0, "zone")));
    str link = text_format(w->q->a, "%s://%.*s%.*s", w->q->secure ? "https" : "http", STR_ARG(w->q->host), STR_ARG(check_path(w, &r, 0)));
    if (w->q->host.len && my_square(w, link, &square, &side)) {
        tree_text(w->tree, "square", square);
        tree_int(w->tree, "side", side);
    }
    return my_show(w, "my_certificate");
}

static err *post_paper(web *w)
{
    rows r = { 0 };
    TRY(find_own(w, &r));
    web_run(w, w->who.person_id, "job.paper", NAMED({ "paper", V_TEXT(STR("certificate")) }, { "certificate", V_TEXT(w->param[0]) }), web_paper);
    return NULL;
}

/* -- gifts --------------------------------------------------------------------------------------------- */
static str gift_words(web *w, const rows *r, size_t i)
{
    arena *a = w->q->a;
    int64_t fen = rows_int(r, i, "amount_fen");
    const char *sign = fen < 0 ? "-" : "";
    fen = fen < 0 ? -fen : fen;
    if (str_is(rows_text(r, i, "kind"), "money"))
        return web_word(w, "web.my.gift_money", VALUES({ "yuan", text_format(a, "%s%lld.%02lld", sign, (long long)(fen / 100), (long long)(fen % 100)) }));
    return web_word(w, "web.my.gift_goods", VALUES({ "goods", rows_text(r, i, "goods") },
                                                   { "n", rows_int(r, i, "quantity") ? my_number(w, rows_int(r, i, "quantity")) : STR("") },
                                                   { "unit", rows_text(r, i, "goods_unit") }));
}

static err *get_gifts(web *w)
{
    rows r = { 0 }, notes = { 0 };
    TRY(web_view(w, "donation_my", NAMED(MY_SELF(w)), &r));
    TRY(find_notes(w, "gift", &notes));
    for (size_t i = 0; i < r.count; i++) {
        tree *t = tree_add(w->tree, "gifts");
        tree_int(t, "donation", rows_int(&r, i, "id"));
        tree_text(t, "what", gift_words(w, &r, i));
        tree_text(t, "number", rows_text(&r, i, "receipt_no"));
        tree_text(t, "day", web_day(w, rows_text(&r, i, "received_on")));
        tree_text(t, "community", rows_text(&r, i, "community"));
        tree_text(t, "reverses", rows_text(&r, i, "reverses"));
        tree_yes(t, "reversed", rows_int(&r, i, "reversed"));
        tree_yes(t, "told", told(&notes, rows_int(&r, i, "id")));
    }
    return my_show(w, "my_gifts");
}

static err *post_gift(web *w)
{
    tell(w, "donation", "/p/gifts");
    return NULL;
}

const route my_hours_routes[] = {
    { WEB_GET, WEB_PERSON, "/p/hours", .show = get_hours },
    { WEB_POST, WEB_PERSON, "/p/hours/:attendance", .show = get_hours, .form = post_hours },
    { WEB_GET, WEB_PERSON, "/p/certificate", .show = get_certificates },
    { WEB_GET, WEB_PERSON, "/p/certificate/:certificate", .show = get_certificate },
    { WEB_POST, WEB_PERSON, "/p/certificate/:certificate/paper", .show = get_certificate, .form = post_paper },
    { WEB_GET, WEB_PERSON, "/p/gifts", .show = get_gifts },
    { WEB_POST, WEB_PERSON, "/p/gifts/:donation", .show = get_gifts, .form = post_gift },
    { 0 },
};

/* What anybody may see: where people are still wanted, without names, and whether a certificate is good. */
#include "base/civil.h"
#include "command/figure.h"
#include "command/key.h"
#include "domain/certificate.h"
#include "job/bulletin.h"
#include "web/site.h"

#include <stdlib.h>
#include <string.h>

enum { DAYS_AHEAD = 7, HOUR_MS = 3600 * 1000, NUMBER_MAX_BYTES = 60 };
#define DAY_MS ((int64_t)24 * HOUR_MS)

/* -- open needs ---------------------------------------------------------------------------------------- */
static void put_need(web *w, tree *community, const rows *r, size_t i)
{
    tree *t = tree_add(community, "needs");
    tree_text(t, "day", web_day(w, rows_text(r, i, "starts_on")));
    tree_text(t, "span", web_span(w, rows_int(r, i, "start_minute"), rows_int(r, i, "end_minute")));
    tree_text(t, "post", rows_text(r, i, "post"));
    tree_int(t, "missing", rows_int(r, i, "missing"));
}

typedef struct place {
    str code;
    size_t row;
} place;

static int by_code(const void *x, const void *y)
{
    const place *p = x, *q = y;
    int order = str_compare(p->code, q->code);
    return order ? order : p->row < q->row ? -1 : p->row > q->row;
}

/* By community, in the order of their codes; within one the soonest first, as the view has them. */
static void put_needs(web *w, const rows *r)
{
    place *places = arena_many(w->q->a, place, r->count + 1);
    tree *community = NULL;
    int64_t missing = 0, communities = 0;
    for (size_t i = 0; i < r->count; i++)
        places[i] = (place){ rows_text(r, i, "community_code"), i };
    qsort(places, r->count, sizeof *places, by_code);
    for (size_t i = 0; i < r->count; i++) {
        if (!i || !str_equal(places[i].code, places[i - 1].code)) {
            community = tree_add(w->tree, "communities");
            tree_text(community, "community", rows_text(r, places[i].row, "community"));
            tree_text(community, "subdistrict", rows_text(r, places[i].row, "subdistrict"));
            communities++;
        }
        put_need(w, community, r, places[i].row);
        missing += rows_int(r, places[i].row, "missing");
    }
    tree_int(w->tree, "missing", missing);
    tree_int(w->tree, "community_count", communities);
}

/* -- totals -------------------------------------------------------------------------------------------- */
/* What a second person has checked and frozen, in the order in which it reads; of nobody in particular. */
static const char *const totals[] = { "people", "person_times", "hours", "teams", "communities", "donors", "donated_yuan" };

static void put_total(web *w, tree *bulletin, const rows *r, int64_t operation, const char *name)
{
    for (size_t i = 0; i < r->count; i++) {
        if (rows_int(r, i, "operation_id") != operation || !str_is(rows_text(r, i, "name"), name))
            continue;
        tree *t = tree_add(bulletin, "totals");
        tree_text(t, "what", web_word(w, text_format(w->q->a, "public.total.%s", name).at, NULL));
        tree_text(t, "value", bulletin_number(w->q->a, rows_int(r, i, "value"), figure_find(str_of(name))->scale));
        return;
    }
}

static void put_bulletins(web *w, const rows *r)
{
    for (size_t i = 0; i < r->count; i++) {
        if (i && rows_int(r, i, "operation_id") == rows_int(r, i - 1, "operation_id"))
            continue;
        str zone = rows_text(r, i, "zone");
        tree *t = tree_add(w->tree, "bulletins");
        tree_text(t, "operation", rows_text(r, i, "operation"));
        tree_int(t, "number", rows_int(r, i, "number"));
        tree_text(t, "day", web_day(w, web_local_day(w, zone, rows_int(r, i, "as_of"))));
        tree_text(t, "time", web_time(w, zone, rows_int(r, i, "as_of")));
        for (size_t k = 0; k < COUNT(totals); k++)
            put_total(w, t, r, rows_int(r, i, "operation_id"), totals[k]);
    }
}

/* -- the page ------------------------------------------------------------------------------------------ */
/* Whose clock the page shows: of what is wanted, else of the newest operation that goes on, else of the newest. */
static err *find_zone(web *w, const rows *needs, str *zone)
{
    rows r = { 0 };
    *zone = STR("UTC");
    if (needs->count) {
        *zone = rows_text(needs, 0, "zone");
        return NULL;
    }
    TRY(web_view_all(w, "operation", NAMED({ NULL, V_NULL }), &r));
    if (r.count)
        *zone = rows_text(&r, 0, "zone");
    for (size_t i = r.count; i-- > 0;)
        if (str_is(rows_text(&r, i, "state"), "open"))
            *zone = rows_text(&r, i, "zone");
    return NULL;
}

static err *get_open(web *w)
{
    rows r = { 0 }, figures = { 0 };
    str zone;
    TRY(web_view_all(w, "need_open", NAMED({ "after", V_INT(w->q->now) }, { "until", V_INT(w->q->now + DAYS_AHEAD * DAY_MS) }), &r));
    TRY(web_view_all(w, "bulletin_public", NAMED({ NULL, V_NULL }), &figures));
    TRY(find_zone(w, &r, &zone));
    put_needs(w, &r);
    put_bulletins(w, &figures);
    tree_text(w->tree, "as_of_day", web_day(w, web_local_day(w, zone, w->q->now)));
    tree_text(w->tree, "as_of_time", web_time(w, zone, w->q->now));
    return web_show(w, "public_open");
}

/* -- certificates -------------------------------------------------------------------------------------- */
/* The number and tag of a signed code; of one that is not ours: empty. */
static err *read_code(web *w, str code, str *number, str *tag)
{
    const keys *k;
    certificate c;
    str signed_text, signature;
    unsigned char public_key[KEY_PUBLIC_BYTES];
    TRY(app_keys_kept(w->site->app, w->q->a, &k));
    key_public(k, public_key);
    bool good = certificate_read(w->q->a, code, &c, &signed_text, &signature) &&
                key_verify(public_key, signed_text, (const unsigned char *)signature.at);
    *number = good ? c.number : (str){ 0 };
    *tag = certificate_tag(w->q->a, good ? signature : (str){ 0 });
    return NULL;
}

/* As printed, whatever the telephone made of its letters. */
static str small(arena *a, str s)
{
    char *at = arena_alloc(a, s.len + 1);
    for (size_t i = 0; i < s.len; i++)
        at[i] = (char)(s.at[i] >= 'A' && s.at[i] <= 'Z' ? s.at[i] + ('a' - 'A') : s.at[i]);
    return (str){ at, s.len };
}

static err *put_certificate(web *w, str number, str tag)
{
    rows r = { 0 };
    arena *a = w->q->a;
    if (number.len && number.len <= NUMBER_MAX_BYTES && tag.len && tag.len <= NUMBER_MAX_BYTES)
        TRY(web_view_all(w, "certificate_check", NAMED({ "number", V_TEXT(number) }, { "tag", V_TEXT(small(a, tag)) }), &r));
    tree_yes(w->tree, "unknown", !r.count);
    if (!r.count)
        return NULL;
    bool revoked = rows_int(&r, 0, "revoked_at") != 0, replaced = rows_text(&r, 0, "replaced_by").len > 0;
    tree *t = tree_add(w->tree, "found");
    tree_yes(t, "good", !revoked && !replaced);
    tree_yes(t, "revoked", revoked && !replaced);
    tree_text(t, "replaced_by", rows_text(&r, 0, "replaced_by"));
    tree_text(t, "number", rows_text(&r, 0, "number"));
    tree_text(t, "name", rows_text(&r, 0, "name"));
    tree_text(t, "operation", rows_text(&r, 0, "operation"));
    tree_text(t, "community", rows_text(&r, 0, "community"));
    tree_text(t, "service", rows_text(&r, 0, "service"));
    tree_text(t, "from", web_day(w, rows_text(&r, 0, "from_on")));
    tree_text(t, "to", web_day(w, rows_text(&r, 0, "to_on")));
    tree_text(t, "hours", certificate_hours(a, rows_int(&r, 0, "minutes")));
    tree_text(t, "issuer", rows_text(&r, 0, "issuer"));
    tree_text(t, "issued", web_day(w, web_local_day(w, rows_text(&r, 0, "zone"), rows_int(&r, 0, "issued_at"))));
    return NULL;
}

/* By number and tag, as printed, or by the whole signed code of the square. */
static err *get_verify(web *w)
{
    str given = str_trim(query_field(w->q, "number")), number = given, tag = str_trim(query_field(w->q, "tag"));
    if (!given.len)
        return web_show(w, "public_verify");
    tree_text(w->tree, "given", given.len <= NUMBER_MAX_BYTES ? given : (str){ 0 });
    tree_text(w->tree, "given_tag", tag.len <= NUMBER_MAX_BYTES ? tag : (str){ 0 });
    if (str_starts(given, STR("MC1.")))
        TRY(read_code(w, given, &number, &tag));
    TRY(put_certificate(w, number, tag));
    return web_show(w, "public_verify");
}

const route public_routes[] = {
    { WEB_GET, WEB_ANYBODY, "/o", .show = get_open },
    { WEB_GET, WEB_ANYBODY, "/o/verify", .show = get_verify },
    { 0 },
};

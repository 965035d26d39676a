#include "command/check.h"

#include "command/audit.h"
#include "command/seal.h"

#include <string.h>
#include <strings.h>

enum { CHECK_PAGE_ROWS = 100, CHECK_PAGE_BYTES = 256 << 20 };

typedef struct checking {
    store_txn *txn;
    arena *a, *page; /* page: of the rows on hand */
    check_report *out;
    int64_t lane, seq, seal; /* the last row and seal seen */
    char prev[AUDIT_HASH_BYTES], seal_prev[AUDIT_HASH_BYTES];
    str printed;
    bool printed_found;
    bool more; /* pages to come */
} checking;

/* The values may name row, lane, seal, table or what. */
static void find(checking *k, const char *message, const word_value *values)
{
    if (k->out->count < CHECK_FINDINGS_MAX)
        k->out->findings[k->out->count++] = err_new(k->a, ERR_CONFLICT, message, values);
}

static str number(checking *k, int64_t n)
{
    return text_format(k->a, "%lld", (long long)n);
}

static void find_row(checking *k, const char *message, int64_t lane, int64_t seq)
{
    find(k, message, VALUES({ "lane", number(k, lane) }, { "row", number(k, seq) }));
}

static void find_seal(checking *k, const char *message, int64_t seal)
{
    find(k, message, VALUES({ "seal", number(k, seal) }));
}

static str kept(const char *hash)
{
    return (str){ hash, AUDIT_HASH_BYTES };
}

/* A hash of another length than ours fits nowhere, and is kept as zeros. */
static void keep(char *to, str hash)
{
    memset(to, 0, AUDIT_HASH_BYTES);
    if (hash.len == AUDIT_HASH_BYTES)
        memcpy(to, hash.at, AUDIT_HASH_BYTES);
}

/* -- lanes ---------------------------------------------------------------------------------------------- */
static void check_row(checking *k, const rows *r, size_t i)
{
    int64_t lane = rows_int(r, i, "lane"), seq = rows_int(r, i, "seq");
    if (lane != k->lane) {
        k->lane = lane;
        k->seq = 0;
        keep(k->prev, (str){ 0 });
    }
    str hash = rows_text(r, i, "hash"), prev = rows_text(r, i, "prev");
    bool gap = seq != k->seq + 1;
    if (gap)
        find_row(k, "check.row_missing", lane, k->seq + 1);
    if ((!gap && !str_equal(prev, kept(k->prev))) || !str_equal(hash, audit_row_hash(k->page, prev, r, i)))
        find_row(k, "check.row_changed", lane, seq);
    k->seq = seq;
    keep(k->prev, hash);
}

static err *lanes_page(checking *k)
{
    rows r = { 0 };
    TRY(store_query(k->txn, k->page, "audit.page",
                    NAMED({ "lane", V_INT(k->lane) }, { "seq", V_INT(k->seq) }, { "count", V_INT(CHECK_PAGE_ROWS) }), &r));
    for (size_t i = 0; i < r.count; i++)
        check_row(k, &r, i);
    k->out->rows += (int64_t)r.count;
    k->more = r.count == CHECK_PAGE_ROWS;
    return NULL;
}

/* -- seals ---------------------------------------------------------------------------------------------- */
/* "lane:seq:hash": that row must still be there, and be the one that was sealed. */
static err *check_head(checking *k, int64_t seal, str head)
{
    str lane_text, seq_text;
    int64_t lane = 0, seq = 0;
    rows r = { 0 };
    str_split(&head, ':', &lane_text);
    str_split(&head, ':', &seq_text);
    if (!str_int(lane_text, 0, INT64_MAX, &lane) || !str_int(seq_text, 1, INT64_MAX, &seq))
        return NULL; /* the hash of the seal did not fit, then */
    TRY(store_query(k->txn, k->page, "audit.hash", NAMED({ "lane", V_INT(lane) }, { "seq", V_INT(seq) }), &r));
    const word_value *where =
        VALUES({ "lane", number(k, lane) }, { "row", number(k, seq) }, { "seal", number(k, seal) });
    if (!r.count)
        find(k, "check.row_cut", where);
    else if (!str_equal(audit_hex(k->page, rows_text(&r, 0, "hash")), head))
        find(k, "check.row_not_sealed", where);
    return NULL;
}

static err *check_seal(checking *k, const rows *r, size_t i)
{
    int64_t id = rows_int(r, i, "id");
    str hash = rows_text(r, i, "hash"), prev = rows_text(r, i, "prev"), heads = rows_text(r, i, "heads"), head;
    bool gap = id != k->seal + 1;
    if (gap)
        find_seal(k, "check.seal_missing", k->seal + 1);
    if ((!gap && !str_equal(prev, kept(k->seal_prev))) ||
        !str_equal(hash, seal_hash(k->page, prev, id, rows_int(r, i, "at"), heads)))
        find_seal(k, "check.seal_changed", id);
    while (str_split(&heads, ' ', &head))
        TRY(check_head(k, id, head));
    str brief = seal_short(k->page, id, hash);
    k->out->last_seal = brief;
    k->printed_found = k->printed_found || (brief.len == k->printed.len && strncasecmp(brief.at, k->printed.at, brief.len) == 0);
    k->seal = id;
    keep(k->seal_prev, hash);
    return NULL;
}

static err *seals_page(checking *k)
{
    rows r = { 0 };
    TRY(store_query(k->txn, k->page, "audit.seals",
                    NAMED({ "after", V_INT(k->seal) }, { "count", V_INT(CHECK_PAGE_ROWS) }), &r));
    for (size_t i = 0; i < r.count; i++)
        TRY(check_seal(k, &r, i));
    k->out->last_seal = str_copy(k->a, k->out->last_seal); /* off the page */
    k->out->seals += (int64_t)r.count;
    k->more = r.count == CHECK_PAGE_ROWS;
    return NULL;
}

/* -- the file ------------------------------------------------------------------------------------------- */
static err *integrity(checking *k)
{
    rows r = { 0 };
    k->more = false;
    TRY(store_query_text(k->txn, k->page, "integrity", STR("PRAGMA integrity_check(20)"), NULL, 0, NULL, &r));
    for (size_t i = 0; i < r.count; i++)
        if (!str_is(rows_text(&r, i, "integrity_check"), "ok"))
            find(k, "check.file", VALUES({ "what", rows_text(&r, i, "integrity_check") }));
    return NULL;
}

static err *foreign_keys(checking *k)
{
    rows r = { 0 };
    k->more = false;
    TRY(store_query_text(k->txn, k->page, "foreign keys", STR("PRAGMA foreign_key_check"), NULL, 0, NULL, &r));
    for (size_t i = 0; i < r.count; i++)
        find(k, "check.foreign_key", VALUES({ "table", rows_text(&r, i, "table") }, { "other", rows_text(&r, i, "parent") },
                                            { "row", number(k, rows_int(&r, i, "rowid")) }));
    return NULL;
}

/* -- all of it ------------------------------------------------------------------------------------------ */
static void drop(void *page)
{
    arena_close(page);
}

/* One page after another, each in memory of its own. */
static err *walk(checking *k, err *(*step)(checking *k))
{
    k->more = true;
    while (k->more) {
        k->page = arena_open(k->a, CHECK_PAGE_BYTES);
        err *e = step(k);
        if (e) { /* it lives in there */
            arena_defer(k->a, drop, k->page);
            return e;
        }
        arena_close(k->page);
    }
    return NULL;
}

static err *check_all(checking *k, bool sqlite)
{
    if (sqlite) { /* PostgreSQL keeps watch over these itself */
        TRY(walk(k, integrity));
        TRY(walk(k, foreign_keys));
    }
    TRY(walk(k, lanes_page));
    TRY(walk(k, seals_page));
    if (k->printed.len && !k->printed_found)
        find(k, "check.seal_unknown", VALUES({ "seal", k->printed }));
    return NULL;
}

err *app_check(app *p, arena *a, str printed, check_report *out)
{
    *out = (check_report){ 0 };
    checking k = { .a = a, .out = out, .lane = -1, .printed = printed };
    TRY(store_read_begin(app_store(p), a, &k.txn));
    err *e = check_all(&k, !store_is_postgres(app_store(p)));
    store_read_end(k.txn);
    if (!e || strcmp(e->message, "store.damaged") != 0)
        return e;
    if (out->count < CHECK_FINDINGS_MAX)
        out->findings[out->count++] = e;
    return NULL;
}

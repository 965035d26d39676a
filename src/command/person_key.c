#include "command/person_key.h"

#include "domain/name.h"
#include "place/home.h"

value person_name_key(context *c, value name)
{
    return V_TEXT(name_key(c->a, name.s));
}

value person_home_key(context *c, value address)
{
    return V_TEXT(home_key(c->a, address.s));
}

static err *put(context *c, const rows *r, size_t i)
{
    return query(c, "person_key.put",
                 NAMED({ "id", *rows_at(r, i, "id") }, { "name_key", person_name_key(c, *rows_at(r, i, "name")) },
                       { "home_key", person_home_key(c, *rows_at(r, i, "address_text")) }), NULL);
}

err *person_key_renew(context *c, int64_t person)
{
    rows r = { 0 };
    TRY(query(c, "person_key.load", NAMED({ "id", V_INT(person) }), &r));
    return r.count ? put(c, &r, 0) : NULL;
}

/* -- of before ------------------------------------------------------------------------------------------- */
typedef struct filling {
    store_work work; /* first: the store gives it back */
    size_t filled;
} filling;

static err *fill_piece(store_work *w, store_txn *t, arena *a)
{
    context c = { .a = a, .txn = t };
    rows r = { 0 };
    TRY(query(&c, "person_key.missing", NAMED({ "max", V_INT(PIECE_ROWS_MAX) }), &r));
    for (size_t i = 0; i < r.count; i++)
        TRY(put(&c, &r, i));
    ((filling *)w)->filled = r.count;
    return NULL;
}

static err *some_missing(store *s, arena *a, bool *some)
{
    store_txn *t;
    rows r = { 0 };
    TRY(store_read_begin(s, a, &t));
    err *e = store_query(t, a, "person_key.missing", NAMED({ "max", V_INT(1) }), &r);
    store_read_end(t);
    *some = r.count > 0;
    return e;
}

err *person_key_fill(store *s, arena *a)
{
    filling f = { .work = { .run = fill_piece } };
    bool some;
    TRY(some_missing(s, a, &some));
    while (some) {
        TRY(store_submit_wait(s, a, &f.work));
        some = f.filled > 0;
    }
    return NULL;
}

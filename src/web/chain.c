/*
 * A sign-up chain (接龙) copied from a chat group: its lines are matched to the people on the list, shown, and only then
 * recorded. What is not sure stands there unticked: a wrong name is far worse than one more tap.
 */
#include "web/calls.h"

#include "job/chain.h"

enum { CHAIN_BYTES_MAX = 20000 };

static void put_matched(web *w, const rows *r, const chain_match *m)
{
    tree *t = tree_add(w->tree, "matched");
    calls_put(w, t, r, m->person);
    tree_text(t, "line", m->line.text);
    tree_yes(t, "doubtful", m->odd);
    tree_yes(t, "says_no", m->verdict == CHAIN_NO);
    tree_yes(t, "ticked", m->verdict == CHAIN_SURE);
}

static void put_match(web *w, const rows *r, const chain_match *m)
{
    if (m->verdict == CHAIN_AGAIN) {
        tree_text(tree_add(w->tree, "doubled"), "line", m->line.text);
    } else if (m->verdict == CHAIN_NOBODY || m->verdict == CHAIN_SEVERAL) {
        tree *t = tree_add(w->tree, "unmatched");
        tree_text(t, "line", m->line.text);
        tree_yes(t, "several", m->verdict == CHAIN_SEVERAL);
    } else {
        put_matched(w, r, m);
    }
}

/* The last four digits as far as the list shows them. */
static str tail_of(str phone)
{
    return phone.len > 4 ? str_from(phone, phone.len - 4) : (str){ 0 };
}

static err *put_chain(web *w, str chain)
{
    rows r = { 0 };
    chain_matches all = { 0 };
    TRY(calls_load(w, &r));
    chain_person *people = arena_many(w->q->a, chain_person, r.count + 1);
    for (size_t i = 0; i < r.count; i++)
        people[i] = (chain_person){ rows_text(&r, i, "name"), tail_of(rows_text(&r, i, "phone")), rows_int(&r, i, "notice_id") != 0,
                                    rows_text(&r, i, "answer").len > 0 };
    TRY(chain_match_all(w->q->a, chain, people, r.count, &all));
    for (size_t i = 0; i < all.count; i++)
        put_match(w, &r, &all.at[i]);
    tree_yes(w->tree, "read", true);
    return NULL;
}

/* -- the pages ----------------------------------------------------------------------------------------- */
static err *get_chain(web *w)
{
    tree_text(w->tree, "chain", form_field(w->q, "chain"));
    return web_show(w, "calls_chain");
}

/* Reads, and writes nothing: the second press does. */
static err *post_read(web *w)
{
    str chain = form_field(w->q, "chain");
    err *e = chain.len > CHAIN_BYTES_MAX ? err_new(w->q->a, ERR_INPUT, "chain.long", NULL) : put_chain(w, chain);
    if (e)
        web_fail(w, e);
    else
        return web_show(w, "calls_chain_read");
    return NULL;
}

static void recorded(web *w, call_row *all, size_t count)
{
    calls_put_kept(w, all, count);
    for (size_t i = 0; i < count; i++)
        if (all[i].wrong)
            w->p->status = 422;
    err *e = web_show(w, "calls_chain");
    if (e)
        web_fail(w, e);
}

static err *post_record(web *w)
{
    rows r = { 0 };
    str rest = w->q->body, name, given;
    call_row *all = arena_many(w->q->a, call_row, CHAIN_LINES_MAX);
    size_t count = 0;
    int64_t notice;
    TRY(calls_load(w, &r));
    while (form_next(w->q->a, &rest, &name, &given) && count < CHAIN_LINES_MAX) {
        if (!str_is(name, "n") || !str_int(given, 1, INT64_MAX, &notice))
            continue;
        size_t i = calls_find(&r, notice);
        all[count] = (call_row){ .notice = notice, .outcome = calls_outcome(STR("can")) };
        if (i < r.count)
            all[count].name = rows_text(&r, i, "name");
        else
            all[count].wrong = err_new(w->q->a, ERR_NOT_FOUND, "notice.missing", NULL);
        count++;
    }
    if (count)
        calls_keep_all(w, all, count, "group", recorded);
    else
        web_fail(w, err_new(w->q->a, ERR_INPUT, "chain.nobody", NULL));
    return NULL;
}

const route chain_routes[] = {
    { WEB_GET, WEB_LEADER, "/l/chain", .show = get_chain },
    { WEB_POST, WEB_LEADER, "/l/chain", .show = get_chain, .form = post_read },
    { WEB_POST, WEB_LEADER, "/l/chain/record", .show = get_chain, .form = post_record },
    { 0 },
};

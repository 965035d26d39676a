/*
 * A sign-up chain (接龙) copied from a chat group: its lines are matched to the people on the list, shown, and only then
 * recorded. What is not sure stands there unticked: a wrong name is far worse than one more tap.
 */
#include "web/calls.h"

#include "base/map.h"
#include "sheet/chain.h"

enum { CHAIN_LINES_MAX = 300, CHAIN_BYTES_MAX = 20000 };

/* -- one line ------------------------------------------------------------------------------------------ */
/* The signs and spaces between the letters of a name do not count: 李 敏 is 李敏. Where it ends, or 0. */
static size_t name_ends(str line, size_t from, str name)
{
    size_t i = from, n = 0;
    while (n < name.len) {
        uint32_t want = str_rune(name, &n);
        if (chain_is_mark(want))
            continue;
        uint32_t have = 0;
        do {
            if (i >= line.len)
                return 0;
            have = str_rune(line, &i);
        } while (chain_is_mark(have) && i > from + 1);
        if (have != want)
            return 0;
    }
    return i;
}

/* What may stand behind a name; anything else could be one more sign of a longer one. */
static bool goes_on_well(str line, size_t at)
{
    static const char *const words[] = { "能", "可", "来", "周", "白", "夜", "全", "报", "参", "收", "都", "早", "晚", "上", "下" };
    if (at >= line.len)
        return true;
    size_t next = at;
    uint32_t c = str_rune(line, &next);
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_starts(str_from(line, at), str_of(words[i])))
            return true;
    return c < 0x80 || chain_is_mark(c);
}

static bool says_no(str line)
{
    static const char *const words[] = { "不", "没", "请假", "困难", "隔离", "外地", "来不了" };
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_find(line, str_of(words[i])) >= 0)
            return true;
    return false;
}

/* -- matching ------------------------------------------------------------------------------------------ */
typedef struct match {
    size_t person; /* row of the list; count: nobody */
    size_t ends;   /* the longest name wins */
    bool several, first;
} match;

static void try_at(const rows *r, str line, size_t at, match *m)
{
    for (size_t i = 0; i < r->count; i++) {
        size_t ends = rows_int(r, i, "notice_id") ? name_ends(line, at, rows_text(r, i, "name")) : 0;
        if (!ends || ends < m->ends)
            continue;
        m->several = ends == m->ends && m->person != i;
        m->person = i;
        m->ends = ends;
        m->first = at == 0;
    }
}

/* At the beginning of the line; else anywhere in it, which is less sure. */
static match match_of(const rows *r, str line)
{
    match m = { .person = r->count };
    for (size_t at = 0; at < line.len && !m.ends;) {
        try_at(r, line, at, &m);
        str_rune(line, &at);
    }
    return m;
}

static void put_matched(web *w, const rows *r, const match *m, const chain_line *l)
{
    tree *t = tree_add(w->tree, "matched");
    calls_put(w, t, r, m->person);
    str line = l->text;
    tree_text(t, "line", line);
    bool no = l->cancelled || says_no(str_from(line, m->ends));
    bool kept = rows_text(r, m->person, "answer").len > 0;
    tree_yes(t, "doubtful", !m->first || !goes_on_well(line, m->ends));
    tree_yes(t, "says_no", no);
    tree_yes(t, "ticked", m->first && !no && !kept && goes_on_well(line, m->ends));
}

static void put_line(web *w, const rows *r, map *seen, const chain_line *l)
{
    str line = l->text;
    match m = match_of(r, line);
    if (m.person == r->count || m.several) {
        tree *t = tree_add(w->tree, "unmatched");
        tree_text(t, "line", line);
        tree_yes(t, "several", m.several);
        return;
    }
    str person = text_format(w->q->a, "%zu", m.person);
    if (map_get(seen, person, NULL)) {
        tree_text(tree_add(w->tree, "doubled"), "line", line);
        return;
    }
    map_put(seen, person, 1);
    put_matched(w, r, &m, l);
}

static err *put_chain(web *w, str chain)
{
    rows r = { 0 };
    map *seen = map_new(w->q->a);
    chain_line line;
    int lines = 0;
    TRY(calls_load(w, &r));
    while (chain_next(w->q->a, &chain, &line)) {
        if (++lines > CHAIN_LINES_MAX)
            return err_new(w->q->a, ERR_INPUT, "chain.long", NULL);
        put_line(w, &r, seen, &line);
    }
    tree_yes(w->tree, "read", lines > 0);
    return lines ? NULL : err_new(w->q->a, ERR_INPUT, "chain.empty", NULL);
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

/* 在岗: the posts of a moment, who is due there and who came; not come after 5 minutes, a post nobody is on after 15. */
#include "web/desk.h"

#include "base/limits.h"

#include <string.h>

/* What is known of one who is due, or of a post without anybody. */
typedef enum seen { SEEN_EMPTY, SEEN_WAITED, SEEN_LATE, SEEN_MISSING, SEEN_HERE, SEEN_LEFT, SEEN_EXCUSED } seen;
static const struct {
    const char *word, *tag, *sign;
} seen_words[] = {
    [SEEN_EMPTY] = { "web_desk.seen.empty", "tag-bad", "!" },     [SEEN_WAITED] = { "web_desk.seen.waited", "", "○" },
    [SEEN_LATE] = { "web_desk.seen.late", "tag-warn", "○" },      [SEEN_MISSING] = { "web_desk.seen.missing", "tag-bad", "!" },
    [SEEN_HERE] = { "web_desk.seen.here", "tag-ok", "●" },        [SEEN_LEFT] = { "web_desk.seen.left", "", "■" },
    [SEEN_EXCUSED] = { "web_desk.seen.excused", "", "✕" },
};

static seen seen_of(const rows *r, size_t i, int64_t now)
{
    int64_t late = now - rows_int(r, i, "starts_at");
    str state = rows_text(r, i, "state");
    if (rows_int(r, i, "out_happened_at"))
        return SEEN_LEFT;
    if (rows_int(r, i, "in_happened_at"))
        return SEEN_HERE;
    if (str_is(state, "excused"))
        return SEEN_EXCUSED;
    if (str_is(state, "no_show"))
        return SEEN_MISSING;
    bool anybody = rows_int(r, i, "duty_id") != 0;
    if (late >= DESK_EMPTY_MINUTES * DESK_MINUTE_MS)
        return anybody ? SEEN_MISSING : SEEN_EMPTY;
    if (late >= DESK_LATE_MINUTES * DESK_MINUTE_MS)
        return anybody ? SEEN_LATE : SEEN_EMPTY;
    return anybody ? SEEN_WAITED : SEEN_EMPTY;
}

typedef struct duties {
    web *w;
    const desk *d;
    const rows *r;
    str only; /* here, short, unreachable; empty: all */
} duties;

/* One post and shift: rows [from, to). */
typedef struct post {
    size_t from, to;
    int64_t wanted, rostered, came;
} post;

static post next_post(const rows *r, size_t from)
{
    post x = { .from = from, .to = from, .wanted = rows_int(r, from, "headcount_min") };
    for (; x.to < r->count && rows_int(r, x.to, "need_id") == rows_int(r, from, "need_id"); x.to++) {
        str state = rows_text(r, x.to, "state");
        x.rostered += rows_int(r, x.to, "duty_id") && !str_is(state, "no_show") && !str_is(state, "excused");
        x.came += rows_int(r, x.to, "in_happened_at") != 0;
    }
    return x;
}

static int64_t lack_of(const duties *x, const post *p)
{
    bool begun = rows_int(x->r, p->from, "starts_at") <= x->w->q->now;
    int64_t have = begun ? p->came : p->rostered;
    return have < p->wanted ? p->wanted - have : 0;
}

static bool person_shown(const duties *x, size_t i)
{
    if (str_is(x->only, "here"))
        return rows_int(x->r, i, "in_happened_at") != 0;
    return !str_is(x->only, "unreachable") || rows_int(x->r, i, "unreachable");
}

static bool post_shown(const duties *x, const post *p)
{
    if (str_is(x->only, "short"))
        return lack_of(x, p) > 0;
    bool any = !x->only.len;
    for (size_t i = p->from; i < p->to && !any; i++)
        any = rows_int(x->r, i, "duty_id") && person_shown(x, i);
    return any;
}

static void put_person(const duties *x, tree *list, size_t i)
{
    const rows *r = x->r;
    seen s = seen_of(r, i, x->w->q->now);
    tree *t = tree_add(list, "people");
    tree_int(t, "person", rows_int(r, i, "person_id"));
    tree_int(t, "duty", rows_int(r, i, "duty_id"));
    tree_text(t, "name", rows_text(r, i, "name"));
    tree_text(t, "phone", rows_text(r, i, "phone"));
    tree_yes(t, "lead", rows_int(r, i, "lead"));
    tree_yes(t, "unreachable", rows_int(r, i, "unreachable"));
    tree_text(t, "tag", str_of(seen_words[s].tag));
    tree_text(t, "sign", str_of(seen_words[s].sign));
    tree_text(t, "seen", web_word(x->w, seen_words[s].word, NULL));
    tree_yes(t, "missing", s == SEEN_MISSING || s == SEEN_LATE);
    if (rows_int(r, i, "in_happened_at"))
        tree_text(t, "came_at", desk_time(x->w, x->d, rows_int(r, i, "in_happened_at")));
}

static void put_post(const duties *x, tree *community, const post *p)
{
    const rows *r = x->r;
    tree *t = tree_add(community, "posts");
    tree_text(t, "post", rows_text(r, p->from, "post"));
    tree_text(t, "span", web_span(x->w, rows_int(r, p->from, "start_minute"), rows_int(r, p->from, "end_minute")));
    tree_int(t, "wanted", p->wanted);
    tree_int(t, "came", p->came);
    tree_int(t, "rostered", p->rostered);
    tree_int(t, "lack", lack_of(x, p));
    tree_yes(t, "nobody", !p->came && x->w->q->now >= rows_int(r, p->from, "starts_at") + DESK_EMPTY_MINUTES * DESK_MINUTE_MS && p->wanted);
    for (size_t i = p->from; i < p->to; i++)
        if (rows_int(r, i, "duty_id") && person_shown(x, i))
            put_person(x, t, i);
}

/* Of all its posts, shown or not: rows of one community stand together. */
static void put_sums(const duties *x, tree *community, size_t from)
{
    str code = rows_text(x->r, from, "community_code");
    int64_t wanted = 0, rostered = 0, came = 0;
    while (from > 0 && str_equal(rows_text(x->r, from - 1, "community_code"), code))
        from--;
    for (post p; from < x->r->count && str_equal(rows_text(x->r, from, "community_code"), code); from = p.to) {
        p = next_post(x->r, from);
        wanted += p.wanted;
        rostered += p.rostered;
        came += p.came;
    }
    tree_text(community, "sum_wanted", text_format(x->w->q->a, "%lld", (long long)wanted));
    tree_text(community, "sum_rostered", text_format(x->w->q->a, "%lld", (long long)rostered));
    tree_text(community, "sum_came", text_format(x->w->q->a, "%lld", (long long)came));
}

static void put_communities(const duties *x)
{
    str last = { 0 };
    tree *community = NULL;
    int64_t wanted = 0, came = 0, lack = 0;
    for (size_t i = 0; i < x->r->count;) {
        post p = next_post(x->r, i);
        str code = rows_text(x->r, i, "community_code");
        wanted += p.wanted;
        came += p.came;
        lack += lack_of(x, &p);
        if (post_shown(x, &p)) {
            if (!community || !str_equal(code, last)) {
                community = tree_add(x->w->tree, "communities");
                tree_text(community, "code", code);
                tree_text(community, "community", rows_text(x->r, i, "community"));
                tree_int(community, "team", rows_int(x->r, i, "team_id"));
                put_sums(x, community, i);
                last = code;
            }
            put_post(x, community, &p);
        }
        i = p.to;
    }
    tree_int(x->w->tree, "wanted", wanted);
    tree_int(x->w->tree, "came", came);
    tree_int(x->w->tree, "lack", lack);
}

static err *get_duty(web *w)
{
    desk d;
    desk_moment m;
    rows r = { 0 };
    str community = query_field(w->q, "community"), only = query_field(w->q, "only");
    TRY(desk_open(w, &d));
    if (!d.operation)
        return desk_show_none(w, "duty");
    TRY(desk_moment_find(w, &d, &m));
    desk_put_moment(w, &m);
    TRY(web_view(w, "duty_at", NAMED({ "operation", V_INT(d.operation) }, { "at", V_INT(m.at) }, { "community", V_TEXT(community) }), &r));
    put_communities(&(duties){ w, &d, &r, only });
    tree_text(w->tree, "only", only);
    tree_text(w->tree, "community_asked", community);
    if (only.len)
        tree_yes(w->tree, text_format(w->q->a, "only_%.*s", STR_ARG(only)).at, true);
    tree_yes(w->tree, "cut", r.count == PAGE_ROWS_MAX);
    tree_text(w->tree, "csv", text_format(w->q->a, "/desk/list/duty_at?operation=%lld&at=%lld&community=%.*s&format=csv",
                                          (long long)d.operation, (long long)m.at, STR_ARG(community)));
    return desk_show(w, "desk_duty", "duty");
}

/* Where the form came from, as the shift that was looked at. */
static void done(web *w, err *e, str result)
{
    (void)result;
    if (e)
        web_fail(w, e);
    else
        web_go(w, "/desk/duty", "desk_saved");
}

/* What the page offers for one duty: came after all, or did not come. */
static err *post_duty(web *w)
{
    str what = form_field(w->q, "what");
    if (!str_is(what, "check_in") && !str_is(what, "no_show"))
        return err_new(w->q->a, ERR_INPUT, "web_desk.form_bad", NULL);
    web_run(w, w->who.person_id, str_is(what, "check_in") ? "duty.check_in" : "duty.no_show",
            NAMED({ "duty", V_TEXT(w->param[0]) }), done);
    return NULL;
}

const route desk_duty_routes[] = {
    { WEB_GET, WEB_DESK, "/desk/duty", .show = get_duty },
    { WEB_POST, WEB_DESK, "/desk/duty/:duty", .show = get_duty, .form = post_duty },
    { 0 },
};

/* 今日: what is wanted and who came, community by community; what waits for a decision; what happened last. */
#include "web/desk.h"

enum { TODO_MAX = 64, EVENTS_SHOWN = 10, DAY_MS = 24 * DESK_HOUR_MS };

/* -- the figures --------------------------------------------------------------------------------------- */
static void put_community(web *w, const rows *r, size_t i, bool begun, int64_t most)
{
    static const char *const names[] = { "have", "lack" };
    tree *t = tree_add(w->tree, "communities");
    int64_t have = rows_int(r, i, begun ? "came" : "rostered"), lack = rows_int(r, i, begun ? "absent" : "unrostered");
    tree_text(t, "code", rows_text(r, i, "community_code"));
    tree_text(t, "community", rows_text(r, i, "community"));
    tree_int(t, "wanted", rows_int(r, i, "wanted"));
    tree_int(t, "have", have);
    tree_text(t, "rostered", text_format(w->q->a, "%lld", (long long)rows_int(r, i, "rostered")));
    tree_int(t, "lack", lack);
    desk_put_bar(w, t, names, (const int64_t[]){ have > most ? most : have, lack }, 2, most > 0 ? most : 1);
}

static err *put_figures(web *w, const desk *d, const desk_moment *m, int64_t *lack)
{
    rows r = { 0 };
    int64_t most = 1;
    TRY(web_view(w, "community_cover", NAMED({ "operation", V_INT(d->operation) }, { "at", V_INT(m->at) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        int64_t wanted = rows_int(&r, i, "wanted"), have = rows_int(&r, i, m->begun ? "came" : "rostered");
        most = wanted > most ? wanted : most;
        most = have > most ? have : most;
    }
    for (size_t i = 0; i < r.count; i++)
        put_community(w, &r, i, m->begun, most);
    *lack = desk_sum(&r, m->begun ? "absent" : "unrostered");
    tree *t = w->tree;
    tree_int(t, "community_count", (int64_t)r.count);
    tree_int(t, "wanted", desk_sum(&r, "wanted"));
    tree_int(t, "rostered", desk_sum(&r, "rostered"));
    tree_int(t, "unrostered", desk_sum(&r, "unrostered"));
    tree_int(t, "came", desk_sum(&r, "came"));
    tree_int(t, "have", desk_sum(&r, m->begun ? "came" : "rostered"));
    tree_int(t, "lack", *lack);
    tree_int(t, "absent", *lack - desk_sum(&r, "unrostered"));
    tree_int(t, "unreachable", desk_sum(&r, "unreachable"));
    return NULL;
}

/* -- what waits ---------------------------------------------------------------------------------------- */
/* One line: its time runs out at due_at, 0 for those without; the words are web_desk.todo.<what>, .why and .go. */
typedef struct todo {
    int64_t due_at;
    const char *what;
    str n, more, href;
} todo;
typedef struct todos {
    web *w;
    const desk *d;
    size_t count;
    todo list[TODO_MAX];
} todos;

static str number(const todos *x, int64_t n)
{
    return text_format(x->w->q->a, "%lld", (long long)n);
}

static void add(todos *x, int64_t due_at, const char *what, int64_t n, str more, str href)
{
    if (x->count < TODO_MAX)
        x->list[x->count++] = (todo){ due_at, what, number(x, n), more, href };
}

static err *add_count(todos *x, const char *what, const char *view, const named *args, str href)
{
    int64_t n = 0;
    TRY(desk_count(x->w, view, args, &n));
    if (n)
        add(x, 0, what, n, (str){ 0 }, href);
    return NULL;
}

static err *add_short(todos *x)
{
    rows r = { 0 };
    int64_t needs = 0, heads = 0, now = x->w->q->now;
    TRY(web_view(x->w, "need_short", NAMED({ "after", V_INT(now) }), &r));
    for (size_t i = 0; i < r.count && rows_int(&r, i, "starts_at") < now + DAY_MS; i++) {
        needs++;
        heads += rows_int(&r, i, "headcount_min") - rows_int(&r, i, "headcount_filled");
    }
    if (needs)
        add(x, rows_int(&r, 0, "starts_at"), "short", needs, number(x, heads), STR("/desk/rosters"));
    return NULL;
}

static err *add_orders(todos *x)
{
    rows r = { 0 };
    TRY(web_view(x->w, "call_order", NAMED({ "operation", V_INT(x->d->operation) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        str state = rows_text(&r, i, "state"), href = text_format(x->w->q->a, "/desk/orders/%lld", (long long)rows_int(&r, i, "id"));
        int64_t number = rows_int(&r, i, "number"), silent = 0;
        if (str_is(state, "draft"))
            add(x, rows_int(&r, i, "report_at"), rows_int(&r, i, "drafted_by") == x->w->who.person_id ? "draft_mine" : "draft",
                number, (str){ 0 }, href);
        if (!str_is(state, "released"))
            continue;
        TRY(desk_count(x->w, "notice_silent", NAMED({ "order", V_INT(rows_int(&r, i, "id")) }), &silent));
        if (silent)
            add(x, rows_int(&r, i, "reply_by"), "silent", number, text_format(x->w->q->a, "%lld", (long long)silent), href);
    }
    return NULL;
}

static err *add_placing(todos *x)
{
    rows r = { 0 };
    TRY(web_view(x->w, "place_queue", NAMED({ 0 }), &r));
    if (r.count)
        add(x, 0, "queue", desk_sum(&r, "count"), number(x, (int64_t)r.count), STR("/desk/queue"));
    return NULL;
}

static err *add_waiting(todos *x)
{
    TRY(add_count(x, "swap", "swap", NAMED({ "state", V_TEXT(STR("asked")) }), STR("/desk/lending")));
    TRY(add_count(x, "join", "join_request", NAMED({ "state", V_TEXT(STR("asked")) }), STR("/desk/lending")));
    TRY(add_count(x, "structure", "structure", NAMED({ "state", V_TEXT(STR("proposed")) }), STR("/desk/lending")));
    TRY(add_count(x, "lending", "reinforcement",
                  NAMED({ "operation", V_INT(x->d->operation) }, { "state", V_TEXT(STR("proposed")) }), STR("/desk/lending")));
    TRY(add_placing(x));
    TRY(add_count(x, "hours", "attendance_valid", NAMED({ "operation", V_INT(x->d->operation) }, { "unconfirmed", V_INT(1) }),
                  text_format(x->w->q->a, "/desk/list/attendance_valid?operation=%lld&unconfirmed=1", (long long)x->d->operation)));
    TRY(add_count(x, "note", "note", NAMED({ "open", V_INT(1) }), STR("/desk/list/note?open=1")));
    TRY(add_count(x, "parked", "job_parked", NAMED({ 0 }), STR("/desk/list/job_parked")));
    return add_count(x, "unknown", "message", NAMED({ "state", V_TEXT(STR("unknown")) }), STR("/desk/list/message?state=unknown"));
}

/* The least time left first; those without a limit last, in the order they were found. */
static void sort(todos *x)
{
    for (size_t i = 1; i < x->count; i++) {
        todo t = x->list[i];
        size_t k = i;
        for (; k > 0 && t.due_at && (!x->list[k - 1].due_at || x->list[k - 1].due_at > t.due_at); k--)
            x->list[k] = x->list[k - 1];
        x->list[k] = t;
    }
}

static void put_due(todos *x, tree *t, int64_t due_at)
{
    int64_t left = due_at - x->w->q->now;
    if (!due_at)
        return;
    if (left <= 0)
        tree_yes(t, "now", true);
    else if (left < DESK_HOUR_MS)
        tree_int(t, "minutes", left / DESK_MINUTE_MS + 1);
    else
        tree_text(t, "until", desk_when(x->w, x->d, due_at));
}

static void put_todos(todos *x)
{
    arena *a = x->w->q->a;
    sort(x);
    for (size_t i = 0; i < x->count; i++) {
        const todo *o = &x->list[i];
        tree *t = tree_add(x->w->tree, "todos");
        const word_value *values = VALUES({ "n", o->n }, { "more", o->more });
        const char *why = text_format(a, "web_desk.todo.%s.why", o->what).at;
        put_due(x, t, o->due_at);
        tree_text(t, "what", web_word(x->w, text_format(a, "web_desk.todo.%s", o->what).at, values));
        if (words_has(x->w->q->lang, why))
            tree_text(t, "why", web_word(x->w, why, values));
        tree_text(t, "go", web_word(x->w, text_format(a, "web_desk.todo.%s.go", o->what).at, NULL));
        tree_text(t, "href", o->href);
    }
    tree_int(x->w->tree, "todo_count", (int64_t)x->count);
}

/* -- what happened ------------------------------------------------------------------------------------- */
static err *put_events(web *w, const desk *d)
{
    rows r = { 0 };
    arena *a = w->q->a;
    TRY(desk_view(w, "audit_event", NAMED({ 0 }), EVENTS_SHOWN, &r));
    for (size_t i = 0; i < r.count; i++) {
        tree *t = tree_add(w->tree, "events");
        str key = text_format(a, "web_desk.event.%.*s", STR_ARG(rows_text(&r, i, "command"))), actor = rows_text(&r, i, "actor");
        tree_text(t, "when", desk_when(w, d, rows_int(&r, i, "at")));
        tree_text(t, "event", words_has(w->q->lang, key.at) ? web_word(w, key.at, NULL) : rows_text(&r, i, "command"));
        if (!rows_int(&r, i, "actor_id"))
            actor = web_word(w, "web_desk.machine", NULL);
        tree_text(t, "actor", actor);
        tree_text(t, "about", rows_text(&r, i, "about"));
    }
    return NULL;
}

static err *get_today(web *w)
{
    desk d;
    desk_moment m;
    int64_t lack = 0;
    TRY(desk_open(w, &d));
    if (!d.operation)
        return desk_show_none(w, "today");
    TRY(desk_moment_find(w, &d, &m));
    desk_put_moment(w, &m);
    TRY(put_figures(w, &d, &m, &lack));
    todos *x = arena_new(w->q->a, todos);
    *x = (todos){ .w = w, .d = &d };
    if (m.begun && lack)
        add(x, m.at < w->q->now ? m.at : w->q->now, "absent", lack, (str){ 0 },
            text_format(w->q->a, "/desk/duty?at=%lld&only=short", (long long)m.at));
    TRY(add_short(x));
    TRY(add_orders(x));
    TRY(add_waiting(x));
    put_todos(x);
    TRY(put_events(w, &d));
    return desk_show(w, "desk_today", "today");
}

const route desk_today_routes[] = {
    { WEB_GET, WEB_DESK, "/desk", .show = get_today },
    { 0 },
};

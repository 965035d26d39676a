/*
 * 可能是同一人: pairs of records that may be one person, side by side with what differs; whoever runs the city says one, two or
 * not now. Below them families with one telephone, who are two, and the last merges, to be taken back.
 */
#include "web/desk.h"

enum { PAIRS_SHOWN = 20, MERGES_SHOWN = 10 };

/* Of the address, or of the form that was sent from there. */
static str asked(web *w, const char *name)
{
    str given = query_field(w->q, name);
    return given.len ? given : form_field(w->q, name);
}

static bool is_family(web *w)
{
    return str_is(asked(w, "family"), "yes");
}

/* "12-34": the pair after which the list goes on. */
static bool after(web *w, int64_t *a, int64_t *b)
{
    str rest = asked(w, "after"), first;
    return str_split(&rest, '-', &first) && desk_int(first, a) && desk_int(rest, b);
}

static const named *pair_args(web *w, bool from_there)
{
    named *all = arena_many(w->q->a, named, 5);
    size_t count = 0;
    int64_t a = 0, b = 0, import = 0;
    all[count++] = (named){ "question", V_INT(!is_family(w)) };
    if (desk_int(asked(w, "import"), &import))
        all[count++] = (named){ "import", V_INT(import) };
    if (from_there && after(w, &a, &b)) {
        all[count++] = (named){ "after_a", V_INT(a) };
        all[count++] = (named){ "after_b", V_INT(b) };
    }
    return all;
}

/* -- one pair -------------------------------------------------------------------------------------------- */
static str cell(web *w, const rows *r, size_t i, char side, const char *what)
{
    const char *column = text_format(w->q->a, "%c%s%s", side, *what ? "_" : "", what).at;
    const value *v = rows_at(r, i, column);
    return v->kind == VALUE_INT ? text_format(w->q->a, "%lld", (long long)v->n) : v->kind == VALUE_TEXT ? v->s : STR("");
}

static void put_line(web *w, tree *pair, const rows *r, size_t i, const char *label, const char *what)
{
    str a = cell(w, r, i, 'a', what), b = cell(w, r, i, 'b', what);
    tree *t = tree_add(pair, "lines");
    tree_text(t, "label", web_word(w, label, NULL));
    tree_text(t, "a", a);
    tree_text(t, "b", b);
    tree_yes(t, "differs", !str_equal(a, b));
}

static void put_pair(web *w, const rows *r, size_t i)
{
    static const struct { const char *label, *what; } lines[] = {
        { "web_desk.name", "" }, { "web_desk.phone", "phone" }, { "web_desk.branches", "org" },
        { "web_desk.person.work_unit", "work_unit" }, { "web_desk.double.address", "address" },
        { "web_desk.community", "community" }, { "web_desk.answers", "answers" }, { "web_desk.person.duties", "duties" },
    };
    tree *t = tree_add(w->tree, "pairs");
    tree_int(t, "a_id", rows_int(r, i, "a_id"));
    tree_int(t, "b_id", rows_int(r, i, "b_id"));
    tree_text(t, "a_name", rows_text(r, i, "a"));
    tree_text(t, "b_name", rows_text(r, i, "b"));
    tree_text(t, "cause", web_word(w, text_format(w->q->a, "web_desk.double.why.%.*s", STR_ARG(rows_text(r, i, "why"))).at, NULL));
    for (size_t k = 0; k < COUNT(lines); k++)
        put_line(w, t, r, i, lines[k].label, lines[k].what);
}

/* -- the page -------------------------------------------------------------------------------------------- */
static err *put_pairs(web *w)
{
    rows r = { 0 };
    int64_t all = 0, families = 0;
    TRY(desk_view(w, "person_double", pair_args(w, true), PAIRS_SHOWN, &r));
    TRY(desk_count(w, "person_double", pair_args(w, false), &all));
    TRY(desk_count(w, "person_double", NAMED({ "question", V_INT(0) }), &families));
    for (size_t i = 0; i < r.count; i++)
        put_pair(w, &r, i);
    tree_int(w->tree, "sum", all);
    tree_int(w->tree, "families", families);
    tree_yes(w->tree, "family", is_family(w));
    tree_text(w->tree, "after", asked(w, "after"));
    tree_text(w->tree, "import", asked(w, "import"));
    return NULL;
}

static err *put_merges(web *w, const desk *d)
{
    rows r = { 0 };
    TRY(desk_view(w, "person_merge", NAMED({ 0 }), MERGES_SHOWN, &r));
    for (size_t i = 0; i < r.count; i++) {
        tree *t = tree_add(w->tree, "merges");
        tree_int(t, "merge", rows_int(&r, i, "id"));
        tree_int(t, "kept_id", rows_int(&r, i, "kept_id"));
        tree_text(t, "kept", rows_text(&r, i, "kept"));
        tree_text(t, "merged", rows_text(&r, i, "merged"));
        tree_text(t, "when", desk_when(w, d, rows_int(&r, i, "merged_at")));
        tree_yes(t, "undone", rows_at(&r, i, "undone_at")->kind != VALUE_NULL);
    }
    return NULL;
}

static err *get_double(web *w)
{
    desk d;
    TRY(desk_open(w, &d));
    if (d.all) {
        TRY(put_pairs(w));
        TRY(put_merges(w, &d));
    }
    return desk_show(w, "desk_double", "people");
}

/* -- what was pressed ------------------------------------------------------------------------------------ */
static void go_on(web *w, err *e, const char *done)
{
    if (e) {
        web_fail(w, e);
        return;
    }
    text t = text_begin(w->q->a);
    static const char *const kept[] = { "after", "import", "family" };
    text_printf(&t, "/desk/double?done=%s", done);
    for (size_t i = 0; i < COUNT(kept); i++) {
        if (!form_field(w->q, kept[i]).len)
            continue;
        text_printf(&t, "&%s=", kept[i]);
        percent_put(&t, form_field(w->q, kept[i]));
    }
    web_go(w, text_done(&t).at, NULL);
}

static void merged(web *w, err *e, str result)
{
    (void)result;
    go_on(w, e, "desk_merged");
}

static void kept_apart(web *w, err *e, str result)
{
    (void)result;
    go_on(w, e, "desk_apart");
}

static void unmerged(web *w, err *e, str result)
{
    (void)result;
    go_on(w, e, "desk_unmerged");
}

static err *post_double(web *w)
{
    str what = form_field(w->q, "what");
    value a = V_TEXT(form_field(w->q, "a")), b = V_TEXT(form_field(w->q, "b"));
    if (str_is(what, "keep_a"))
        web_run(w, w->who.person_id, "person.merge", NAMED({ "kept", a }, { "merged", b }), merged);
    else if (str_is(what, "keep_b"))
        web_run(w, w->who.person_id, "person.merge", NAMED({ "kept", b }, { "merged", a }), merged);
    else if (str_is(what, "apart"))
        web_run(w, w->who.person_id, "person.keep_apart", NAMED({ "a", a }, { "b", b }), kept_apart);
    else
        web_fail(w, err_new(w->q->a, ERR_INPUT, "web_desk.form_bad", NULL));
    return NULL;
}

static err *post_undo(web *w)
{
    web_run(w, w->who.person_id, "person.unmerge", NAMED({ "merge", V_TEXT(form_field(w->q, "merge")) }), unmerged);
    return NULL;
}

const route desk_double_routes[] = {
    { WEB_GET, WEB_DESK, "/desk/double", .show = get_double },
    { WEB_POST, WEB_DESK, "/desk/double", .show = get_double, .form = post_double },
    { WEB_POST, WEB_DESK, "/desk/double/undo", .show = get_double, .form = post_undo },
    { 0 },
};

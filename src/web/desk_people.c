/* 人员: found by a part of the name, unit, community, team or answer, 50 at a time; the next page goes on after the last. */
#include "web/desk.h"

enum { PEOPLE_SHOWN = 50, CHOICES_MAX = 1000 };
static const char *const filters[] = { "q", "org", "community", "team", "answer" };

static err *put_choices(web *w, const char *list, const char *view, const char *id, const char *label, str chosen)
{
    rows r = { 0 };
    TRY(desk_view(w, view, NAMED({ 0 }), CHOICES_MAX, &r));
    for (size_t i = 0; i < r.count; i++) {
        tree *t = tree_add(w->tree, list);
        const value *x = rows_at(&r, i, id);
        str key = x->kind == VALUE_INT ? text_format(w->q->a, "%lld", (long long)x->n) : x->s;
        tree_text(t, "id", key);
        tree_text(t, "label", rows_text(&r, i, label));
        tree_yes(t, "chosen", str_equal(key, chosen));
    }
    return NULL;
}

/* The same search, after the last person shown. */
static void put_next(web *w, int64_t last)
{
    text t = text_begin(w->q->a);
    text_printf(&t, "/desk/people?after=%lld", (long long)last);
    for (size_t i = 0; i < COUNT(filters); i++) {
        text_printf(&t, "&%s=", filters[i]);
        percent_put(&t, query_field(w->q, filters[i]));
    }
    tree_text(w->tree, "next", text_done(&t));
}

static void put_person(web *w, const rows *r, size_t i)
{
    tree *t = tree_add(w->tree, "people");
    static const char *const shown[] = { "name", "phone", "org", "community", "team" };
    str answer = rows_text(r, i, "answer");
    tree_int(t, "person", rows_int(r, i, "id"));
    for (size_t k = 0; k < COUNT(shown); k++)
        tree_text(t, shown[k], rows_text(r, i, shown[k]));
    if (answer.len)
        tree_text(t, "answer", web_word(w, text_format(w->q->a, "web.answer.%.*s", STR_ARG(answer)).at, NULL));
}

static err *get_people(web *w)
{
    desk d;
    rows r = { 0 };
    named args[COUNT(filters) + 2];
    for (size_t i = 0; i < COUNT(filters); i++)
        args[i] = (named){ filters[i], V_TEXT(query_field(w->q, filters[i])) };
    args[COUNT(filters)] = (named){ "after", V_TEXT(query_field(w->q, "after")) };
    args[COUNT(filters) + 1] = (named){ 0 };
    TRY(desk_open(w, &d));
    TRY(desk_view(w, "person_find", args, PEOPLE_SHOWN + 1, &r));
    for (size_t i = 0; i < r.count && i < PEOPLE_SHOWN; i++)
        put_person(w, &r, i);
    if (r.count > PEOPLE_SHOWN)
        put_next(w, rows_int(&r, PEOPLE_SHOWN - 1, "id"));
    tree_text(w->tree, "q", query_field(w->q, "q"));
    TRY(put_choices(w, "orgs", "org", "id", "name", query_field(w->q, "org")));
    TRY(put_choices(w, "teams", "team", "id", "name", query_field(w->q, "team")));
    return desk_show(w, "desk_people", "people");
}

const route desk_people_routes[] = {
    { WEB_GET, WEB_DESK, "/desk/people", .show = get_people },
    { 0 },
};

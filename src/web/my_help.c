/* Where people are wanted, the nearest first; one press offers: a duty of the own team, to join, or a word to its leader. */
#include "web/my.h"

enum { NEARNESS = 4, AHEAD_DAYS = 7, SHOWN_MAX = 30 };

/* Codes nest: 12 digits are a community, 9 its subdistrict, 6 its district. */
static int nearness(str mine, str code)
{
    static const size_t digits[NEARNESS - 1] = { 12, 9, 6 };
    for (int i = 0; i < NEARNESS - 1; i++)
        if (mine.len >= digits[i] && code.len >= digits[i] && str_equal(str_part(mine, 0, digits[i]), str_part(code, 0, digits[i])))
            return i;
    return NEARNESS - 1;
}

static bool told_already(const rows *notes, int64_t need)
{
    for (size_t i = 0; i < notes->count; i++)
        if (rows_int(notes, i, "about_id") == need && !rows_int(notes, i, "settled_at"))
            return true;
    return false;
}

/* On duty then, at this need or another: nothing to offer. */
static bool busy(const rows *duties, int64_t from, int64_t to)
{
    for (size_t i = 0; i < duties->count; i++) {
        str state = rows_text(duties, i, "state");
        bool stands = str_is(state, "planned") || str_is(state, "confirmed") || str_is(state, "on_duty");
        if (stands && rows_int(duties, i, "starts_at") < to && from < rows_int(duties, i, "ends_at"))
            return true;
    }
    return false;
}

static void put_need(web *w, const rows *r, size_t i, int near, const my_team *team, bool told)
{
    tree *t = tree_add(w->tree, "needs");
    bool own = team->team_id == rows_int(r, i, "team_id");
    tree_int(t, "need", rows_int(r, i, "id"));
    tree_text(t, "community", rows_text(r, i, "community"));
    tree_text(t, "near", web_word(w, text_format(w->q->a, "web.my.help_near.%d", near).at, NULL));
    tree_text(t, "day", web_day(w, rows_text(r, i, "starts_on")));
    tree_text(t, "span", web_span(w, rows_int(r, i, "start_minute"), rows_int(r, i, "end_minute")));
    tree_text(t, "hours", my_hours(w, rows_int(r, i, "end_minute") - rows_int(r, i, "start_minute")));
    tree_text(t, "post", rows_text(r, i, "post"));
    tree_yes(t, "outdoor", rows_int(r, i, "outdoor"));
    tree_int(t, "n", rows_int(r, i, "missing"));
    tree_yes(t, "own", own);
    tree_yes(t, "told", told);
    tree_text(t, "offer", web_word(w, own ? "web.my.help_take" : team->team_id ? "web.my.help_offer" : "web.my.help_join", NULL));
}

static err *find_needs(web *w, rows *r)
{
    return web_view_all(w, "need_open",
                        NAMED({ "after", V_INT(w->q->now) }, { "until", V_INT(w->q->now + AHEAD_DAYS * 24 * 3600 * 1000LL) }), r);
}

static err *get_help(web *w)
{
    rows needs = { 0 }, me = { 0 }, notes = { 0 }, duties = { 0 };
    my_team team;
    TRY(my_team_find(w, &team));
    TRY(find_needs(w, &needs));
    TRY(web_view(w, "person_my", NAMED(MY_SELF(w)), &me));
    TRY(web_view(w, "note_my", NAMED(MY_SELF(w), { "kind", V_TEXT(STR("help")) }), &notes));
    TRY(web_view(w, "duty_my", NAMED(MY_SELF(w)), &duties));
    str mine = rows_text(&me, 0, "community_code");
    for (int near = 0, shown = 0; near < NEARNESS; near++)
        for (size_t i = 0; i < needs.count && shown < SHOWN_MAX; i++) {
            if (nearness(mine, rows_text(&needs, i, "community_code")) != near || busy(&duties, rows_int(&needs, i, "starts_at"), rows_int(&needs, i, "ends_at")))
                continue;
            put_need(w, &needs, i, near, &team, told_already(&notes, rows_int(&needs, i, "id")));
            shown++;
        }
    return my_show(w, "my_help");
}

static bool find_need(const rows *r, str id, size_t *at)
{
    int64_t n = 0;
    str_int(id, 1, INT64_MAX, &n);
    for (*at = 0; *at < r->count; ++*at)
        if (rows_int(r, *at, "id") == n)
            return true;
    return false;
}

static err *post_help(web *w)
{
    rows r = { 0 };
    size_t i;
    my_team team;
    TRY(my_team_find(w, &team));
    TRY(find_needs(w, &r));
    if (!find_need(&r, w->param[0], &i)) {
        web_fail(w, err_new(w->q->a, ERR_NOT_FOUND, "note.nobody", NULL));
        return NULL;
    }
    named need = { "need", V_TEXT(w->param[0]) };
    if (!team.team_id)
        my_run(w, "join_request.ask", NAMED({ "team", V_INT(rows_int(&r, i, "team_id")) }, MY_SELF(w)), "/p/help", "my_offered");
    else if (team.team_id == rows_int(&r, i, "team_id"))
        my_run(w, "duty.add", NAMED(need, MY_SELF(w)), "/p", "my_signed_up");
    else
        my_run(w, "note.write", NAMED(MY_SELF(w), need, { "text", V_TEXT(web_word(w, "web.my.help_text", NULL)) }), "/p/help", "my_offered");
    return NULL;
}

const route my_help_routes[] = {
    { WEB_GET, WEB_PERSON, "/p/help", .show = get_help },
    { WEB_POST, WEB_PERSON, "/p/help/:need", .show = get_help, .form = post_help },
    { 0 },
};

/* 排班: the teams with their newest roster, and one team's by post and day, with every gap and its reason. */
#include "web/desk.h"

enum { DAYS_MAX = 31, LINES_MAX = 400, DUTIES_MAX = 4000 };

/* -- all teams ----------------------------------------------------------------------------------------- */
static void put_version(web *w, tree *t, const rows *r, size_t i)
{
    str state = rows_text(r, i, "state");
    tree_int(t, "version", rows_int(r, i, "version"));
    tree_text(t, "state", web_word(w, text_format(w->q->a, "web_desk.roster.%.*s", STR_ARG(state)).at, NULL));
    tree_yes(t, "draft", str_is(state, "draft"));
    tree_text(t, "from_on", web_day(w, rows_text(r, i, "from_on")));
    tree_text(t, "to_on", web_day(w, rows_text(r, i, "to_on")));
    tree_int(t, "roster", rows_int(r, i, "id"));
    tree_int(t, "lines", rows_int(r, i, "lines"));
    tree_int(t, "gaps", rows_int(r, i, "gaps"));
}

static err *get_rosters(web *w)
{
    desk d;
    rows teams = { 0 }, r = { 0 };
    TRY(desk_open(w, &d));
    TRY(web_view(w, "team", NAMED({ "operation", V_INT(d.operation) }), &teams));
    TRY(web_view(w, "roster", NAMED({ 0 }), &r));
    for (size_t i = 0, k = 0; i < teams.count; i++) {
        tree *t = tree_add(w->tree, "teams");
        int64_t team = rows_int(&teams, i, "id");
        tree_int(t, "team", team);
        tree_text(t, "name", rows_text(&teams, i, "name"));
        tree_text(t, "leader", rows_text(&teams, i, "leader"));
        tree_int(t, "members", rows_int(&teams, i, "members"));
        while (k < r.count && rows_int(&r, k, "team_id") < team)
            k++;
        if (k < r.count && rows_int(&r, k, "team_id") == team)
            put_version(w, t, &r, k);
    }
    return desk_show(w, "desk_rosters", "rosters");
}

/* -- one team ------------------------------------------------------------------------------------------ */
/* Posts with their shift down, days across; each cell is a list of names and of empty seats. */
typedef struct board {
    web *w;
    str days[DAYS_MAX];
    size_t day_count;
    struct {
        str post, shift;
    } lines[LINES_MAX];
    size_t line_count;
    tree **cells; /* of line and day */
} board;

static void add_day(board *b, str day)
{
    size_t at = 0;
    while (at < b->day_count && str_compare(b->days[at], day) < 0)
        at++;
    if ((at < b->day_count && str_equal(b->days[at], day)) || b->day_count == DAYS_MAX)
        return;
    for (size_t i = b->day_count++; i > at; i--)
        b->days[i] = b->days[i - 1];
    b->days[at] = day;
}

static void add_line(board *b, str post, str shift)
{
    for (size_t i = 0; i < b->line_count; i++)
        if (str_equal(b->lines[i].post, post) && str_equal(b->lines[i].shift, shift))
            return;
    if (b->line_count < LINES_MAX) {
        b->lines[b->line_count].post = post;
        b->lines[b->line_count++].shift = shift;
    }
}

static void gather(board *b, const rows *r)
{
    for (size_t i = 0; i < r->count; i++) {
        add_day(b, rows_text(r, i, "starts_on"));
        add_line(b, rows_text(r, i, "post"), rows_text(r, i, "shift"));
    }
}

static void open_cells(board *b)
{
    b->cells = arena_many(b->w->q->a, tree *, b->line_count * b->day_count + 1);
    for (size_t k = 0; k < b->day_count; k++)
        tree_text(tree_add(b->w->tree, "days"), "day", web_day(b->w, b->days[k]));
    for (size_t i = 0; i < b->line_count; i++) {
        tree *line = tree_add(b->w->tree, "lines");
        tree_text(line, "post", b->lines[i].post);
        tree_text(line, "shift", b->lines[i].shift);
        for (size_t k = 0; k < b->day_count; k++)
            b->cells[i * b->day_count + k] = tree_add(line, "cells");
    }
}

static tree *cell_of(board *b, const rows *r, size_t i)
{
    str day = rows_text(r, i, "starts_on"), post = rows_text(r, i, "post"), shift = rows_text(r, i, "shift");
    for (size_t l = 0; l < b->line_count; l++)
        for (size_t k = 0; k < b->day_count; k++)
            if (str_equal(b->days[k], day) && str_equal(b->lines[l].post, post) && str_equal(b->lines[l].shift, shift))
                return b->cells[l * b->day_count + k];
    return NULL;
}

static void put_names(board *b, const rows *duties, const rows *gaps)
{
    for (size_t i = 0; i < duties->count; i++) {
        tree *cell = cell_of(b, duties, i), *t = cell ? tree_add(cell, "seats") : NULL;
        if (!t)
            continue;
        tree_text(t, "name", rows_text(duties, i, "name"));
        tree_yes(t, "lead", rows_int(duties, i, "lead"));
        tree_yes(t, "unsure", str_is(rows_text(duties, i, "state"), "planned"));
    }
    for (size_t i = 0; i < gaps->count; i++) {
        tree *cell = cell_of(b, gaps, i), *t = tree_add(b->w->tree, "problems");
        if (cell)
            tree_int(cell, "missing", rows_int(gaps, i, "missing"));
        tree_text(t, "day", web_day(b->w, rows_text(gaps, i, "starts_on")));
        tree_text(t, "post", rows_text(gaps, i, "post"));
        tree_text(t, "shift", rows_text(gaps, i, "shift"));
        tree_int(t, "missing", rows_int(gaps, i, "missing"));
        tree_text(t, "why", rows_text(gaps, i, "explanation"));
    }
}

static err *put_board(web *w, const rows *r, str team)
{
    rows duties = { 0 }, gaps = { 0 };
    board *b = arena_new(w->q->a, board);
    b->w = w;
    TRY(desk_view(w, "roster_duty", NAMED({ "team", V_TEXT(team) }, { "from_on", V_TEXT(rows_text(r, 0, "from_on")) },
                                          { "to_on", V_TEXT(rows_text(r, 0, "to_on")) }), DUTIES_MAX, &duties));
    TRY(web_view(w, "roster_gap", NAMED({ "roster", V_INT(rows_int(r, 0, "id")) }), &gaps));
    gather(b, &duties);
    gather(b, &gaps);
    open_cells(b);
    put_names(b, &duties, &gaps);
    return NULL;
}

static err *get_roster(web *w)
{
    desk d;
    rows r = { 0 };
    int64_t team = 0;
    if (!desk_int(w->param[0], &team))
        return err_new(w->q->a, ERR_NOT_FOUND, "web.no_page", NULL);
    TRY(desk_open(w, &d));
    TRY(web_view(w, "roster", NAMED({ "team", V_INT(team) }), &r));
    tree_int(w->tree, "team", team);
    if (r.count) {
        tree_text(w->tree, "name", rows_text(&r, 0, "team"));
        put_version(w, w->tree, &r, 0);
        TRY(put_board(w, &r, w->param[0]));
    }
    return desk_show(w, "desk_roster", "rosters");
}

static void published(web *w, err *e, str result)
{
    (void)result;
    if (e)
        web_fail(w, e);
    else
        web_go(w, text_format(w->q->a, "/desk/rosters/%.*s", STR_ARG(w->param[0])).at, "desk_saved");
}

static err *post_publish(web *w)
{
    web_run(w, w->who.person_id, "roster.publish", NAMED({ "roster", V_TEXT(form_field(w->q, "roster")) }), published);
    return NULL;
}

static err *post_paper(web *w)
{
    web_run(w, w->who.person_id, "job.paper", NAMED({ "paper", V_TEXT(form_field(w->q, "paper")) }, { "team", V_TEXT(w->param[0]) }), web_paper);
    return NULL;
}

const route desk_roster_routes[] = {
    { WEB_GET, WEB_DESK, "/desk/rosters", .show = get_rosters },
    { WEB_GET, WEB_DESK, "/desk/rosters/:team", .show = get_roster },
    { WEB_POST, WEB_DESK, "/desk/rosters/:team/publish", .show = get_roster, .form = post_publish },
    { WEB_POST, WEB_DESK, "/desk/rosters/:team/paper", .show = get_roster, .form = post_paper },
    { 0 },
};

#include "base/limits.h"
#include "cli/plan_paper.h"
#include "cli/sheets.h"

#include <string.h>

/* Communities of two districts may share a name: then the code tells their files apart. */
static str file_of(plan *p, size_t which)
{
    const plan_team *t = &p->teams.at[which];
    bool same = false;
    for (size_t i = 0; i < p->teams.count; i++)
        same |= i != which && str_equal(p->teams.at[i].name, t->name);
    str name = same ? text_format(p->a, "%.*s-%.*s", STR_ARG(t->name), STR_ARG(t->community_code)) : t->name;
    char *at = arena_copy(p->a, name.at, name.len);
    for (size_t i = 0; i < name.len; i++) {
        if (at[i] == '/' || (unsigned char)at[i] < ' ')
            at[i] = '_';
    }
    if (name.len && at[0] == '.')
        at[0] = '_';
    return (str){ at, name.len };
}

static err *print_papers(paper *x, workers *w)
{
    TRY(paper_roster_print(x, w));
    TRY(paper_doors_print(x, w));
    TRY(paper_calls_print(x, w));
    TRY(paper_sign_in_print(x, w));
    return paper_roster_sheet(x);
}

static void arena_drop(void *a)
{
    arena_close(a);
}

/* What a team took goes back with its papers; an error keeps it, for its texts. */
static err *print_team(plan *p, size_t which)
{
    arena *a = arena_open(p->a, TEXT_MAX_BYTES);
    plan own = *p;
    own.a = a;
    own.actor = p->by_leaders ? p->teams.at[which].leader_id : p->actor;
    paper x = { .p = &own, .a = a, .team = &p->teams.at[which], .file = file_of(p, which) };
    workers w = { 0 };
    err *e = paper_load(&x);
    if (!e)
        e = print_papers(&x, &w);
    err *late = workers_wait(a, &w, 0);
    if (!e)
        e = late;
    if (e)
        arena_defer(p->a, arena_drop, a);
    else
        arena_close(a);
    return e;
}

/* Of the rosters that hold, not of their earlier versions. */
static err *write_gaps(plan *p)
{
    rows rosters = { 0 }, r = { 0 };
    map *holds = map_new(p->a);
    TRY(plan_view(p, "roster", NULL, &rosters));
    for (size_t i = 0; i < rosters.count; i++) {
        if (str_is(rows_text(&rosters, i, "state"), "published"))
            map_put(holds, text_format(p->a, "%lld", (long long)rows_int(&rosters, i, "id")), 1);
    }
    TRY(plan_view(p, "roster_gap", NULL, &r));
    size_t kept = 0;
    for (size_t i = 0; i < r.count; i++) {
        if (!map_get(holds, text_format(p->a, "%lld", (long long)rows_int(&r, i, "roster_id")), NULL))
            continue;
        memmove(&r.at[kept++ * r.column_count], &r.at[i * r.column_count], r.column_count * sizeof *r.at);
    }
    r.count = kept;
    str path = text_format(p->a, "%s/%.*s.xlsx", p->dir, STR_ARG(words_get(p->a, p->lang, "file.gaps", NULL)));
    return cli_view_xlsx_plain(p->a, view_find(STR("roster_gap")), &r, p->lang, str_z(p->a, path));
}

err *plan_print(plan *p)
{
    str of = text_format(p->a, "%zu", p->teams.count);
    for (size_t i = 0; i < p->teams.count; i++) {
        if (!p->teams.at[i].need_count)
            continue;
        if (cli_interrupted())
            return worker_interrupted(p->a);
        cli_progress(p->a, p->lang, "plan.progress.print",
                     VALUES({ "team", p->teams.at[i].name }, { "n", text_format(p->a, "%zu", i + 1) }, { "of", of }));
        TRY(print_team(p, i));
    }
    cli_progress_end();
    return write_gaps(p);
}

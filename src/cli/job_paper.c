#include "cli/job_paper.h"

#include "base/file.h"
#include "cli/form.h"
#include "cli/paper.h"
#include "cli/plan_paper.h"
#include "view/view.h"

#include <string.h>

/* -- of one record --------------------------------------------------------------------------------------- */
static const struct record_paper {
    const char *kind;
    paper_kind paper;
} record_papers[] = {
    { "paper.appeal", PAPER_APPEAL }, { "paper.certificate", PAPER_CERTIFICATE }, { "paper.request", PAPER_REQUEST },
    { "paper.slip", PAPER_SLIP },     { "paper.bulletin", PAPER_BULLETIN },
};

static err *make_record(arena *a, app *p, const job *j, int64_t now, const char *dir, paper_kind kind, str *name)
{
    int64_t id = kind == PAPER_APPEAL ? j->team_id : j->noun_id;
    str word = words_get(a, j->lang, str_z(a, text_format(a, "job.file.%.*s", STR_ARG(str_from(j->kind, strlen("paper."))))), NULL);
    *name = id ? text_format(a, "%.*s-%lld.pdf", STR_ARG(word), (long long)id) : text_format(a, "%.*s.pdf", STR_ARG(word));
    return paper_write(a, &(paper_wanted){ .kind = kind, .app = p, .lang = j->lang, .actor_id = j->asked_by, .now = now, .id = id,
                                           .day = j->from_on, .path = text_format(a, "%s/%.*s", dir, STR_ARG(*name)).at });
}

/* -- a team's roster as offices print it ----------------------------------------------------------------- */
static const char *const layout_papers[] = { "paper.by_day", "paper.by_person", "paper.by_post" };

static err *make_layout(arena *a, app *p, const job *j, int64_t now, const char *dir, int layout, str *name)
{
    form *f = arena_new(a, form);
    *f = (form){ .a = a, .app = p, .lang = j->lang, .actor = j->asked_by, .now = now, .team = j->team_id, .layout = layout, .until_minute = -1 };
    *name = text_format(a, "%.*s-%lld-%d.pdf", STR_ARG(words_get(a, j->lang, "file.roster", NULL)), (long long)j->team_id, layout);
    f->path = text_format(a, "%s/%.*s", dir, STR_ARG(*name)).at;
    return form_roster.write(f);
}

/* -- of a team's roster ---------------------------------------------------------------------------------- */
static err *sheet(paper *x, workers *w)
{
    (void)w;
    return paper_roster_sheet(x);
}

static const struct team_paper {
    const char *kind, *file, *ending;
    err *(*print)(paper *x, workers *w);
} team_papers[] = {
    { "paper.roster", "file.roster", "pdf", paper_roster_print },    { "paper.doors", "file.doors", "pdf", paper_doors_print },
    { "paper.calls", "file.calls", "pdf", paper_calls_print },       { "paper.sign_in", "file.sign_in", "pdf", paper_sign_in_print },
    { "paper.sheet", "file.roster", "xlsx", sheet },
};

static str file_of(arena *a, str team)
{
    char *at = arena_copy(a, team.at, team.len);
    for (size_t i = 0; i < team.len; i++)
        if (at[i] == '/' || at[i] == '\\' || (unsigned char)at[i] < ' ' || (i == 0 && at[i] == '.'))
            at[i] = '_';
    return (str){ at, team.len };
}

static err *find_team(arena *a, app *p, const job *j, plan_team *out)
{
    rows r = { 0 };
    TRY(view_run(app_store(p), a, view_find(STR("team")), NAMED({ "operation", V_INT(j->operation_id) }), 0, 0, &r));
    for (size_t i = 0; i < r.count; i++)
        if (rows_int(&r, i, "id") == j->team_id)
            *out = (plan_team){ .id = j->team_id, .community_code = rows_text(&r, i, "community_code"), .name = rows_text(&r, i, "name"),
                                .leader_id = rows_int(&r, i, "leader_id") };
    return out->id ? NULL : err_new(a, ERR_NOT_FOUND, "team.missing", VALUES({ "id", text_format(a, "%lld", (long long)j->team_id) }));
}

static err *make_team(arena *a, app *p, const job *j, int64_t now, const char *dir, const struct team_paper *k, str *name)
{
    plan own = { .a = a, .lang = j->lang, .dir = dir, .app = p, .now = now, .operation_id = j->operation_id, .actor = j->asked_by,
                 .unanswered = map_new(a) };
    plan_team team = { 0 };
    workers w = { 0 };
    civil_day_read(j->from_on, &own.operation.first_day);
    civil_day_read(j->to_on, &own.operation.last_day);
    TRY(find_team(a, p, j, &team));
    paper x = { .p = &own, .a = a, .team = &team, .file = file_of(a, team.name) };
    *name = text_format(a, "%.*s-%.*s.%s", STR_ARG(x.file), STR_ARG(words_get(a, j->lang, k->file, NULL)), k->ending);
    err *e = paper_load(&x);
    if (!e)
        e = k->print(&x, &w);
    err *late = workers_wait(a, &w, 0);
    return e ? e : late;
}

err *job_paper_make(arena *a, app *p, const job *j, int64_t now, const char *folder, str *name)
{
    const char *dir = text_format(a, "%s/%lld", folder, (long long)j->id).at;
    if (!str_starts(j->kind, STR("paper.")))
        return NULL;
    TRY(file_make_dir(a, dir));
    for (size_t i = 0; i < COUNT(team_papers); i++)
        if (str_is(j->kind, team_papers[i].kind))
            return make_team(a, p, j, now, dir, &team_papers[i], name);
    for (int i = 0; i < (int)COUNT(layout_papers); i++)
        if (str_is(j->kind, layout_papers[i]))
            return make_layout(a, p, j, now, dir, i + 1, name);
    for (size_t i = 0; i < COUNT(record_papers); i++)
        if (str_is(j->kind, record_papers[i].kind))
            return make_record(a, p, j, now, dir, record_papers[i].paper, name);
    return NULL;
}

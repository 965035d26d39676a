/* What is due by the clock, as jobs with a key of their quarter of an hour: looked for as often as one likes, planned once. */
#include "base/civil.h"
#include "base/json.h"
#include "base/map.h"
#include "job/job.h"
#include "view/view.h"

enum { EVENING_MINUTE = 18 * 60, QUARTER_MS = 900000 };

/* -- which there are ------------------------------------------------------------------------------------- */
static const struct due_kind {
    const char *kind, *command, *argument;
    const char *left; /* of the answer: a number or a list; as long as there is some, there may be more. Null: once */
    bool of_team;
} kinds[] = {
    { "forgotten", "attendance.close_forgotten", "team", NULL, true },
    { "escalate", "notice.escalate", "order", "escalated", false },
    { "remind", "duty.remind", "operation", "ids", false },
    { "thank", "duty.thank", "operation", "ids", false },
};

static bool some_left(str result, const char *name)
{
    json_t *j = json_loadb(result.at, result.len, 0, NULL), *v = json_object_get(j, name);
    bool some = json_is_array(v) ? json_array_size(v) > 0 : json_integer_value(v) > 0;
    json_decref(j);
    return some;
}

static err *run_kind(app *p, arena *a, const struct due_kind *k, const job *j, int64_t now)
{
    for (bool more = true; more;) {
        str result = { 0 };
        err *e = job_command(p, a, now, j->lang, 0, k->command,
                             NAMED({ k->argument, V_INT(k->of_team ? j->team_id : j->noun_id) },
                                   { k->of_team ? "until" : NULL, V_INT(now) }), &result);
        if (e && (e->code == ERR_CONFLICT || e->code == ERR_NOT_FOUND))
            return NULL; /* closed, withdrawn, gone meanwhile: nothing is due any more */
        if (e)
            return e;
        more = k->left && some_left(result, k->left);
    }
    return NULL;
}

err *job_run_due(app *p, arena *a, const job *j, int64_t now, bool *known)
{
    *known = false;
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_is(j->kind, kinds[i].kind)) {
            *known = true;
            return run_kind(p, a, &kinds[i], j, now);
        }
    return NULL;
}

/* -- planning -------------------------------------------------------------------------------------------- */
typedef struct planning {
    app *app;
    arena *a;
    int64_t now;
    map *seen; /* keys of this look */
    text rows;
    size_t count;
} planning;

static err *look(const planning *p, const char *name, const named *args, rows *out)
{
    return view_run(app_store(p->app), p->a, view_find(str_of(name)), args, 0, 0, out);
}

/* What stands there already is left out, so that a look that finds nothing new writes nothing. */
static err *plan(planning *p, const char *kind, int64_t id, bool of_team)
{
    str key = text_format(p->a, "%s:%lld:%lld", kind, (long long)id, (long long)(p->now / QUARTER_MS));
    bool planned = map_get(p->seen, key, NULL) || p->count == PIECE_ROWS_MAX;
    if (!planned)
        TRY(app_job_planned(p->app, p->a, key, &planned));
    map_put(p->seen, key, 1);
    if (planned)
        return NULL;
    text_printf(&p->rows, "%s{\"kind\":\"%s\",\"key\":\"%.*s\",\"%s\":\"%lld\"}", p->count ? "," : "[", kind, STR_ARG(key),
                of_team ? "team" : "noun", (long long)id);
    p->count++;
    return NULL;
}

/* Shifts that are over with somebody still on them. */
static err *plan_forgotten(planning *p)
{
    rows r = { 0 };
    TRY(look(p, "attendance_open", NAMED({ NULL, V_NULL }), &r));
    for (size_t i = 0; i < r.count; i++)
        if (rows_at(&r, i, "ends_at")->kind != VALUE_NULL && rows_int(&r, i, "ends_at") <= p->now)
            TRY(plan(p, "forgotten", rows_int(&r, i, "team_id"), true));
    return NULL;
}

/* Orders whose people are asked still: who sleeps there is for the command to find out. */
static err *plan_escalations(planning *p)
{
    rows r = { 0 }, silent = { 0 };
    TRY(look(p, "call_order", NAMED({ NULL, V_NULL }), &r));
    for (size_t i = 0; i < r.count; i++) {
        if (!str_is(rows_text(&r, i, "state"), "released"))
            continue;
        TRY(view_run(app_store(p->app), p->a, view_find(STR("notice_silent")),
                     NAMED({ "order", V_INT(rows_int(&r, i, "id")) }), 0, 1, &silent));
        if (silent.count)
            TRY(plan(p, "escalate", rows_int(&r, i, "id"), false));
    }
    return NULL;
}

/* Where nobody can be written to, nobody is reminded. */
static bool has_channel(const planning *p)
{
    rows r = { 0 };
    if (look(p, "channel", NAMED({ NULL, V_NULL }), &r))
        return false;
    for (size_t i = 0; i < r.count; i++)
        if (rows_int(&r, i, "enabled"))
            return true;
    return false;
}

static err *plan_reminders(planning *p)
{
    rows r = { 0 };
    if (!has_channel(p))
        return NULL;
    TRY(look(p, "operation", NAMED({ NULL, V_NULL }), &r));
    for (size_t i = 0; i < r.count; i++) {
        civil_zone *zone;
        civil_day day;
        int minute = 0;
        if (!str_is(rows_text(&r, i, "state"), "open"))
            continue;
        TRY(civil_zone_open(p->a, rows_text(&r, i, "zone"), &zone));
        civil_local(zone, p->now, &day, &minute);
        if (minute >= EVENING_MINUTE)
            TRY(plan(p, "remind", rows_int(&r, i, "id"), false));
        TRY(plan(p, "thank", rows_int(&r, i, "id"), false));
    }
    return NULL;
}

err *job_plan_due(app *app_, arena *a, int64_t now)
{
    planning p = { .app = app_, .a = a, .now = now, .seen = map_new(a), .rows = text_begin(a) };
    TRY(plan_forgotten(&p));
    TRY(plan_escalations(&p));
    TRY(plan_reminders(&p));
    if (!p.count)
        return NULL;
    text_put_z(&p.rows, "]");
    return job_command(app_, a, now, WORDS_ZH, 0, "job.plan", NAMED({ "rows", V_TEXT(text_done(&p.rows)) }), NULL);
}

#include "command/job.h"

#include "base/civil.h"
#include "base/json.h"
#include "base/limits.h"
#include "command/message.h"

#include <string.h>

/* Those who may draft the team's roster. */
#define ROSTER_WHO "commander:all secretary:division leader:team"
#define JOB_WHO "volunteer:own commander:all secretary:division leader:team"
#define FORGET_ROW "job:id"
#define PLAN_ROW "kind:text key:text due_at:utc? team:id? noun:id?"

/* -- asking --------------------------------------------------------------------------------------------- */
typedef struct asking {
    str kind, key;
    int64_t due_at, seconds;
    value team, noun, from_on, to_on;
    str body, home;
} asking;

/* *id 0: the key was there before. */
static err *add(context *c, const asking *x, int64_t *id)
{
    rows r = { 0 };
    TRY(next_id(c, id));
    str key = x->key.len ? x->key : text_format(c->a, "%.*s:%lld", STR_ARG(x->kind), (long long)*id);
    TRY(query(c, "job.add",
              NAMED({ "id", V_INT(*id) }, { "kind", V_TEXT(x->kind) }, { "key", V_TEXT(key) }, { "due_at", V_INT(x->due_at) },
                    { "asked_by", c->actor_id ? V_INT(c->actor_id) : V_NULL }, { "now", V_INT(c->now) },
                    { "lang", V_TEXT(c->lang == WORDS_ZH ? STR("zh-CN") : STR("en")) }, { "team", x->team }, { "noun", x->noun },
                    { "from_on", x->from_on }, { "to_on", x->to_on }, { "seconds", x->seconds ? V_INT(x->seconds) : V_NULL },
                    { "body", V_TEXT(x->body) }, { "home", V_TEXT(x->home) }),
              &r));
    if (!r.count)
        *id = 0;
    return NULL;
}

static err *check_span(context *c, const args *a)
{
    civil_day from = 0, to = 0;
    civil_day_read(arg_text(a, "from_on"), &from);
    civil_day_read(arg_text(a, "to_on"), &to);
    if (from > to)
        return refuse(c, ERR_INPUT, "roster.span", NULL);
    if (to - from >= SOLVE_DAYS_MAX)
        return refuse(c, ERR_LIMIT, "job.days", VALUES({ "max", text_format(c->a, "%d", SOLVE_DAYS_MAX) }));
    return NULL;
}

static err *check_wanted(context *c, const args *a)
{
    rows r = { 0 };
    TRY(query(c, "job.team", NAMED({ "team", arg_value(a, "team") }), &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "team.missing",
                      VALUES({ "id", text_format(c->a, "%lld", (long long)arg_int(a, "team")) }));
    TRY(query(c, "job.needs",
              NAMED({ "team", arg_value(a, "team") }, { "from_on", arg_value(a, "from_on") }, { "to_on", arg_value(a, "to_on") }), &r));
    return rows_int(&r, 0, "n") ? NULL : refuse(c, ERR_CONFLICT, "job.no_needs", NULL);
}

/* One at a time for a team: whoever presses again is told of the one under way. */
static err *job_solve(context *c, const args *a)
{
    rows r = { 0 };
    int64_t id, seconds = arg_int_or(a, "seconds", SOLVE_SECONDS);
    TRY(check_span(c, a));
    if (seconds < 1 || seconds > SOLVE_SECONDS_MAX)
        return refuse(c, ERR_INPUT, "job.seconds", VALUES({ "max", text_format(c->a, "%d", SOLVE_SECONDS_MAX) }));
    TRY(check_wanted(c, a));
    TRY(query(c, "job.solving", NAMED({ "team", arg_value(a, "team") }), &r));
    if (r.count)
        id = rows_int(&r, 0, "id");
    else
        TRY(add(c, &(asking){ .kind = STR("solve"), .due_at = c->now, .seconds = seconds, .team = arg_value(a, "team"),
                              .noun = V_NULL, .from_on = arg_value(a, "from_on"), .to_on = arg_value(a, "to_on") }, &id));
    command_result(c, "id", id);
    command_result_bool(c, "under_way", r.count > 0);
    return NULL;
}

/* -- papers --------------------------------------------------------------------------------------------- */
/* What each is of: the argument that it cannot do without, and whether it is of a span of days. */
static const struct paper_kind {
    const char *name, *of;
    bool days;
} papers[] = {
    { "roster", "team", true },      { "doors", "team", true },           { "calls", "team", true },
    { "sign_in", "team", true },     { "sheet", "team", true },           { "appeal", "team", false },
    { "request", "structure", false }, { "certificate", "certificate", false }, { "slip", "donation", false },
    { "bulletin", "bulletin", false },   { "by_day", "team", false },        { "by_person", "team", false },
    { "by_post", "team", false },
};

static const struct paper_kind *paper_of(str name)
{
    for (size_t i = 0; i < COUNT(papers); i++)
        if (str_is(name, papers[i].name))
            return &papers[i];
    return NULL;
}

/* Who may is asked of what is named: nothing else is, so that the own record opens no other's. */
static err *check_named(context *c, const args *a, const struct paper_kind *k)
{
    for (size_t i = 0; i < COUNT(papers); i++)
        if (strcmp(papers[i].of, k->of) != 0 && arg_given(a, papers[i].of))
            return refuse(c, ERR_INPUT, "job.paper_only", VALUES({ "paper", str_of(k->name) }, { "argument", str_of(papers[i].of) }));
    return NULL;
}

/* Told at once, as whoever asks for the own one sees no list of what failed. */
static err *check_certificate(context *c, int64_t certificate)
{
    str contact = { 0 };
    rows r = { 0 };
    TRY(certificate_valid(c, certificate, &r));
    TRY(message_setting(c, rows_int(&r, 0, "operation_id"), "contact", &contact));
    return contact.len ? NULL : refuse(c, ERR_CONFLICT, "job.no_contact", NULL);
}

/* Pressed again before it is made: the same. */
static err *find_under_way(context *c, const asking *x, int64_t *id)
{
    rows r = { 0 };
    *id = 0;
    if (!c->actor_id || x->noun.kind == VALUE_NULL)
        return NULL;
    TRY(query(c, "job.making", NAMED({ "kind", V_TEXT(x->kind) }, { "noun", x->noun }, { "actor", V_INT(c->actor_id) }), &r));
    *id = r.count ? rows_int(&r, 0, "id") : 0;
    return NULL;
}

/* Whether another record is there and may be printed is found out when it is printed, as the person who asked. */
static err *job_paper(context *c, const args *a)
{
    const struct paper_kind *k = paper_of(arg_text(a, "paper"));
    int64_t id;
    if (!k)
        return refuse(c, ERR_INPUT, "job.paper", VALUES({ "paper", arg_text(a, "paper") }));
    if (!arg_given(a, k->of) || (k->days && (!arg_given(a, "from_on") || !arg_given(a, "to_on"))))
        return refuse(c, ERR_INPUT, k->days ? "job.paper_days" : "job.paper_of", VALUES({ "argument", str_of(k->of) }));
    if (k->days)
        TRY(check_span(c, a));
    TRY(check_named(c, a, k));
    bool of_team = str_is(str_of(k->of), "team");
    if (str_is(str_of(k->of), "certificate"))
        TRY(check_certificate(c, arg_int(a, k->of)));
    const asking x = { .kind = text_format(c->a, "paper.%s", k->name), .due_at = c->now,
                       .team = of_team ? arg_value(a, "team") : V_NULL, .noun = of_team ? V_NULL : arg_value(a, k->of),
                       .from_on = arg_value(a, "from_on"), .to_on = arg_value(a, "to_on") };
    TRY(find_under_way(c, &x, &id));
    if (!id)
        TRY(add(c, &x, &id));
    command_result(c, "id", id);
    return NULL;
}

/* -- a file to be read in -------------------------------------------------------------------------------- */
static err *start_again(context *c, int64_t id)
{
    return query(c, "job.start_again", NAMED({ "id", V_INT(id) }, { "now", V_INT(c->now) }), NULL);
}

static str import_body(context *c, const args *a)
{
    static const char *const names[] = { "upload", "file", "kind" };
    text t = text_begin(c->a);
    json j = json_begin(&t);
    json_open(&j, '{');
    for (size_t i = 0; i < COUNT(names); i++) {
        json_key(&j, names[i]);
        json_str(&j, arg_text(a, names[i]));
    }
    json_close(&j, '}');
    return text_done(&t);
}

/* The file waits in a folder of one machine, `home`; pressed again it is the same job, and one that was stopped goes on. */
static err *job_import(context *c, const args *a)
{
    rows r = { 0 };
    int64_t id = 0;
    const asking x = { .kind = STR("import"), .due_at = c->now, .team = V_NULL, .noun = V_NULL, .from_on = arg_value(a, "from_on"),
                       .to_on = arg_value(a, "to_on"), .body = import_body(c, a), .home = arg_text(a, "home"),
                       .key = text_format(c->a, "import:%lld:%.*s", (long long)c->actor_id, STR_ARG(arg_text(a, "upload"))) };
    TRY(query(c, "job.find", NAMED({ "key", V_TEXT(x.key) }), &r));
    if (!r.count)
        TRY(add(c, &x, &id));
    else
        id = rows_int(&r, 0, "id");
    if (r.count && (str_is(rows_text(&r, 0, "state"), "parked") || str_is(rows_text(&r, 0, "state"), "cancelled")))
        TRY(start_again(c, id));
    command_result(c, "id", id);
    return NULL;
}

/* -- by the clock --------------------------------------------------------------------------------------- */
static err *plan_one(context *c, const args *x, bulk_done *done, int64_t *id)
{
    TRY(add(c, &(asking){ .kind = arg_text(x, "kind"), .key = arg_text(x, "key"), .due_at = arg_int_or(x, "due_at", c->now),
                          .team = arg_value(x, "team"), .noun = arg_value(x, "noun"), .from_on = V_NULL, .to_on = V_NULL }, id));
    *done = *id ? BULK_ADDED : BULK_SAME;
    return NULL;
}

/* Only what ended so long ago: one that somebody started again meanwhile stays. */
static err *forget_one(context *c, const args *x, bulk_done *done, int64_t *id)
{
    rows r = { 0 };
    *id = arg_int(x, "job");
    TRY(query(c, "job.forget", NAMED({ "id", V_INT(*id) }, { "before", V_INT(c->now - JOB_KEPT_MS) }), &r));
    *done = r.count ? BULK_CHANGED : BULK_SAME;
    return NULL;
}

static err *job_forget(context *c, const args *a)
{
    return bulk(c, a, FORGET_ROW, false, forget_one);
}

static err *job_plan(context *c, const args *a)
{
    return bulk(c, a, PLAN_ROW, false, plan_one);
}

/* -- the loop's steps ----------------------------------------------------------------------------------- */
static err *job_take(context *c, const args *a)
{
    rows r = { 0 };
    const value only = arg_value(a, "which"), most = V_INT(JOB_ATTEMPTS_MAX);
    TRY(query(c, "job.park_lost",
              NAMED({ "now", V_INT(c->now) }, { "most", most }, { "wrong", V_TEXT(words_get(c->a, c->lang, "job.lost_often", NULL)) }),
              NULL));
    TRY(query(c, "job.take",
              NAMED({ "now", V_INT(c->now) }, { "lease", V_INT(c->now + JOB_LEASE_MS) }, { "long", only }, { "most", most },
                                 { "home", arg_text_value(a, "home") }), &r));
    if (!r.count)
        return NULL;
    command_result(c, "id", rows_int(&r, 0, "id"));
    command_result_int(c, "attempt", rows_int(&r, 0, "attempts"));
    return NULL;
}

static err *load(context *c, const args *a, rows *r)
{
    TRY(query(c, "job.load", NAMED({ "id", arg_value(a, "job") }), r));
    return r->count ? NULL
                    : refuse(c, ERR_NOT_FOUND, "job.missing",
                             VALUES({ "id", text_format(c->a, "%lld", (long long)arg_int(a, "job")) }));
}

/* A lease that ran out still counts until somebody else has taken the job. */
static err *load_own(context *c, const args *a, rows *r)
{
    TRY(load(c, a, r));
    bool own = str_is(rows_text(r, 0, "state"), "leased") && rows_int(r, 0, "attempts") == arg_int(a, "attempt");
    return own ? NULL : refuse(c, ERR_STALE, "job.lease_lost", NULL);
}

static err *job_progress(context *c, const args *a)
{
    rows r = { 0 };
    TRY(load_own(c, a, &r));
    TRY(query(c, "job.progress",
              NAMED({ "id", arg_value(a, "job") }, { "lease", V_INT(c->now + JOB_LEASE_MS) }, { "steps", arg_value(a, "steps") },
                    { "missing", arg_value(a, "missing") }), NULL));
    command_result(c, "id", arg_int(a, "job"));
    command_result_bool(c, "cancel", rows_int(&r, 0, "cancel") != 0);
    return NULL;
}

static err *end_as(context *c, int64_t job, const char *state, str file, str result, str wrong)
{
    return query(c, "job.end",
                 NAMED({ "id", V_INT(job) }, { "state", V_TEXT(str_of(state)) }, { "now", V_INT(c->now) }, { "roster", V_NULL },
                       { "file", V_TEXT(file) }, { "wrong", V_TEXT(wrong) }, { "steps", V_NULL }, { "missing", V_NULL },
                       { "result", V_TEXT(result) }), NULL);
}

static err *job_done(context *c, const args *a)
{
    rows r = { 0 };
    TRY(load_own(c, a, &r));
    TRY(end_as(c, arg_int(a, "job"), "done", arg_text(a, "file"), arg_text(a, "result"), STR("")));
    command_result(c, "id", arg_int(a, "job"));
    return NULL;
}

/* Another time, later each time; or never: what was asked for cannot be done, or was tried often enough. */
static err *job_fail(context *c, const args *a)
{
    rows r = { 0 };
    TRY(load_own(c, a, &r));
    int64_t attempts = rows_int(&r, 0, "attempts");
    bool again = arg_int(a, "again") && attempts < JOB_ATTEMPTS_MAX;
    if (again)
        TRY(query(c, "job.wait",
                  NAMED({ "id", arg_value(a, "job") }, { "due_at", V_INT(c->now + JOB_AGAIN_MS * attempts) },
                        { "attempts", V_INT(attempts) }, { "wrong", arg_value(a, "why") }), NULL));
    else
        TRY(end_as(c, arg_int(a, "job"), "parked", STR(""), STR(""), arg_text(a, "why")));
    command_result(c, "id", arg_int(a, "job"));
    command_result_text(c, "state", again ? STR("waiting") : STR("parked"));
    return NULL;
}

/* The server stops: as if it had never been taken. */
static err *job_put_back(context *c, const args *a)
{
    rows r = { 0 };
    TRY(load_own(c, a, &r));
    TRY(query(c, "job.wait",
              NAMED({ "id", arg_value(a, "job") }, { "due_at", V_INT(c->now) }, { "attempts", V_INT(rows_int(&r, 0, "attempts") - 1) },
                    { "wrong", V_TEXT(STR("")) }), NULL));
    command_result(c, "id", arg_int(a, "job"));
    return NULL;
}

/* Its people stopped it half way: what is written stays, and it may go on. */
static err *job_stopped(context *c, const args *a)
{
    rows r = { 0 };
    TRY(load_own(c, a, &r));
    TRY(end_as(c, arg_int(a, "job"), "cancelled", STR(""), STR(""), STR("")));
    command_result(c, "id", arg_int(a, "job"));
    return NULL;
}

err *job_end(context *c, const args *a, int64_t roster)
{
    rows r = { 0 };
    TRY(load_own(c, a, &r));
    const value *team = rows_at(&r, 0, "team_id");
    if (team->n != arg_int(a, "team"))
        return refuse(c, ERR_INPUT, "job.other_team", NULL);
    return query(c, "job.end",
                 NAMED({ "id", arg_value(a, "job") }, { "state", V_TEXT(STR("done")) }, { "now", V_INT(c->now) },
                       { "roster", V_INT(roster) }, { "file", V_TEXT(STR("")) }, { "wrong", V_TEXT(STR("")) },
                       { "steps", arg_value(a, "steps") }, { "missing", arg_value(a, "missing") }, { "result", V_TEXT(STR("")) }), NULL);
}

/* -- what people do with it ----------------------------------------------------------------------------- */
/* Waiting: it is off. Under way: it stops soon, and what it has found by then is kept. */
static err *job_cancel(context *c, const args *a)
{
    rows r = { 0 };
    TRY(load(c, a, &r));
    str state = rows_text(&r, 0, "state");
    bool waiting = str_is(state, "waiting");
    if (!waiting && !str_is(state, "leased"))
        return refuse(c, ERR_CONFLICT, "job.ended", NULL);
    if (waiting)
        TRY(end_as(c, arg_int(a, "job"), "cancelled", STR(""), STR(""), STR("")));
    else
        TRY(query(c, "job.ask_stop", NAMED({ "id", arg_value(a, "job") }), NULL));
    command_result(c, "id", arg_int(a, "job"));
    command_result_text(c, "state", waiting ? STR("cancelled") : STR("stopping"));
    return NULL;
}

static err *job_again(context *c, const args *a)
{
    rows r = { 0 };
    TRY(load(c, a, &r));
    bool stopped_file = str_is(rows_text(&r, 0, "kind"), "import") && str_is(rows_text(&r, 0, "state"), "cancelled");
    if (!str_is(rows_text(&r, 0, "state"), "parked") && !stopped_file)
        return refuse(c, ERR_CONFLICT, "job.not_parked", NULL);
    TRY(start_again(c, arg_int(a, "job")));
    command_result(c, "id", arg_int(a, "job"));
    return NULL;
}

/* -- for the loop, outside every transaction ------------------------------------------------------------- */
static err *read(app *p, arena *a, const char *statement, const named *args, rows *r)
{
    store_txn *t = NULL;
    TRY(store_read_begin(app_store(p), a, &t));
    err *e = store_query(t, a, statement, args, r);
    store_read_end(t);
    return e;
}

err *app_job_due(app *p, arena *a, int64_t now, int which, str home, bool *due)
{
    rows r = { 0 };
    TRY(read(p, a, "job.due", NAMED({ "now", V_INT(now) }, { "long", which < 0 ? V_NULL : V_INT(which) }, { "home", V_TEXT(home) }), &r));
    *due = r.count > 0;
    return NULL;
}

err *app_job_cancelled(app *p, arena *a, int64_t job, bool *cancelled)
{
    rows r = { 0 };
    TRY(read(p, a, "job.cancelled", NAMED({ "id", V_INT(job) }), &r));
    *cancelled = r.count && rows_int(&r, 0, "cancel");
    return NULL;
}

err *app_job_planned(app *p, arena *a, str key, bool *planned)
{
    rows r = { 0 };
    TRY(read(p, a, "job.find", NAMED({ "key", V_TEXT(key) }), &r));
    *planned = r.count > 0;
    return NULL;
}

err *app_job_old(app *p, arena *a, int64_t now, rows *out)
{
    return read(p, a, "job.old", NAMED({ "before", V_INT(now - JOB_KEPT_MS) }, { "most", V_INT(PIECE_ROWS_MAX) }), out);
}

err *app_job_find(app *p, arena *a, int64_t id, job *out)
{
    rows r = { 0 };
    TRY(read(p, a, "job.whole", NAMED({ "id", V_INT(id) }), &r));
    if (!r.count)
        return err_new(a, ERR_NOT_FOUND, "job.missing", VALUES({ "id", text_format(a, "%lld", (long long)id) }));
    *out = (job){ .id = id, .attempts = rows_int(&r, 0, "attempts"), .kind = rows_text(&r, 0, "kind"), .state = rows_text(&r, 0, "state"),
                  .from_on = rows_text(&r, 0, "from_on"), .to_on = rows_text(&r, 0, "to_on"), .file = rows_text(&r, 0, "file"), .body = rows_text(&r, 0, "body"),
                  .asked_by = rows_int(&r, 0, "asked_by"), .team_id = rows_int(&r, 0, "team_id"),
                  .operation_id = rows_int(&r, 0, "operation_id"), .noun_id = rows_int(&r, 0, "noun_id"),
                  .seconds = rows_int(&r, 0, "seconds"), .cancel = rows_int(&r, 0, "cancel") != 0,
                  .lang = str_is(rows_text(&r, 0, "lang"), "en") ? WORDS_EN : WORDS_ZH };
    return NULL;
}

const command job_commands[] = {
    { "job.solve", ROSTER_WHO, "team:id from_on:day to_on:day seconds:int?", .locks = "team", .closed = CLOSED_STOPS, .run = job_solve },
    { "job.paper", "volunteer:own commander:all auditor:all secretary:division leader:team liaison:org",
      "paper:text team:id? structure:id? certificate:id? donation:id? bulletin:int? from_on:day? to_on:day?", .closed = CLOSED_GOES_ON,
      .run = job_paper },
    { "job.import", "commander:all", "upload:text home:text file:text kind:text? from_on:day? to_on:day?", .closed = CLOSED_APART,
      .run = job_import },
    { "job.plan", "nobody", "rows:rows", .row = PLAN_ROW, .closed = CLOSED_APART, .run = job_plan },
    { "job.forget", "nobody", "rows:rows", .row = FORGET_ROW, .closed = CLOSED_APART, .run = job_forget },
    { "job.take", "nobody", "which:int? home:text?", .closed = CLOSED_APART, .run = job_take },
    { "job.progress", "nobody", "job:id attempt:int steps:int? missing:int?", .closed = CLOSED_APART, .run = job_progress },
    { "job.done", "nobody", "job:id attempt:int file:text? result:text?", .closed = CLOSED_APART, .run = job_done },
    { "job.fail", "nobody", "job:id attempt:int why:text again:yes?", .closed = CLOSED_APART, .run = job_fail },
    { "job.stopped", "nobody", "job:id attempt:int", .closed = CLOSED_APART, .run = job_stopped },
    { "job.put_back", "nobody", "job:id attempt:int", .closed = CLOSED_APART, .run = job_put_back },
    { "job.cancel", JOB_WHO, "job:id", .locks = "job", .closed = CLOSED_APART, .run = job_cancel },
    { "job.again", JOB_WHO, "job:id", .locks = "job", .closed = CLOSED_APART, .run = job_again },
    { 0 },
};

#include "job/job.h"

#include "base/text.h"
#include "job/import_job.h"
#include "job/solve.h"

enum { JOB_MAX_BYTES = 256 << 20, PROGRESS_MS = 2000, SIGN_OF_LIFE_MS = 20000, SEED = 1 };

struct job_loop {
    job_options o;
    arena *a; /* of the job at hand; null: none */
    job_stage stage;
    job job;
    int64_t attempt;
    /* what came of the work */
    err *wrong;
    str solved; /* JSON, as solve.h has it */
    str file;
    str result; /* JSON, to be shown */
    bool cancelled; /* a file whose reading was stopped by its people */
    bool stopped; /* by the program's end */
    /* while it is worked at */
    int64_t told_at, told_mark;
};

err *job_command(app *p, arena *a, int64_t now, words_lang lang, int64_t actor, const char *command, const named *args, str *result)
{
    str ignored;
    call c = { .command = command, .args = args, .now = now, .lang = lang, .actor_id = actor, .source = STR("job") };
    return app_command(p, a, &c, result ? result : &ignored);
}

static void drop(void *of)
{
    job_loop *l = of;
    arena_close(l->a);
    l->a = NULL;
}

job_loop *job_loop_open(arena *a, const job_options *o)
{
    job_loop *l = arena_new(a, job_loop);
    l->o = *o;
    arena_defer(a, drop, l);
    return l;
}

job_stage job_loop_stage(const job_loop *l)
{
    return l->stage;
}

static void be_idle(job_loop *l)
{
    drop(l);
    l->stage = JOB_IDLE;
    l->wrong = NULL;
    l->solved = l->file = l->result = (str){ 0 };
    l->stopped = l->cancelled = false;
}

static bool stopping(const job_loop *l)
{
    return l->o.stop && atomic_load(l->o.stop);
}

/* -- take ----------------------------------------------------------------------------------------------- */
static int64_t number_of(str result, const char *name)
{
    int64_t n = 0;
    json_t *j = json_loadb(result.at, result.len, 0, NULL), *v = json_object_get(j, name);
    if (json_is_string(v))
        str_int(str_of(json_string_value(v)), 1, INT64_MAX, &n);
    else
        n = json_integer_value(v);
    json_decref(j);
    return n;
}

/* Looks first: an idle loop writes nothing. */
static err *take(job_loop *l, arena *a, bool *did)
{
    bool due = false;
    str result = { 0 };
    const int64_t now = l->o.clock();
    TRY(app_job_due(l->o.app, a, now, l->o.which, l->o.home, &due));
    if (!due || stopping(l))
        return NULL;
    TRY(job_command(l->o.app, a, now, WORDS_ZH, 0, "job.take",
                    NAMED({ "which", l->o.which < 0 ? V_NULL : V_INT(l->o.which) }, { "home", V_TEXT(l->o.home) }), &result));
    *did = true; /* also where it was given up instead */
    const int64_t id = number_of(result, "id");
    if (!id)
        return NULL;
    l->a = arena_open(NULL, JOB_MAX_BYTES);
    l->attempt = number_of(result, "attempt");
    err *e = app_job_find(l->o.app, l->a, id, &l->job);
    if (e) { /* its lease brings it back */
        e = err_copy(a, e);
        be_idle(l);
        return e;
    }
    l->stage = JOB_TAKEN;
    return NULL;
}

/* -- work ----------------------------------------------------------------------------------------------- */
#define OWN { "job", V_INT(l->job.id) }, { "attempt", V_INT(l->attempt) }

/* What people see of it. A lease that is lost ends the search; settling then finds it out. */
static bool tell(job_loop *l, arena *a, int64_t steps, value missing)
{
    const int64_t now = l->o.clock();
    const int64_t mark = missing.kind == VALUE_INT ? missing.n : steps;
    bool news = mark != l->told_mark;
    if (now - l->told_at < (news ? PROGRESS_MS : SIGN_OF_LIFE_MS))
        return true;
    l->told_at = now;
    l->told_mark = mark;
    err *e = job_command(l->o.app, a, now, l->job.lang, 0, "job.progress",
                         NAMED(OWN, { "steps", V_INT(steps) }, { "missing", missing }), NULL);
    return !e || e->code != ERR_STALE;
}

static bool go_on(void *of, int64_t steps, size_t missing)
{
    job_loop *l = of;
    bool cancelled = false;
    if (stopping(l)) {
        l->stopped = true;
        return false;
    }
    arena *a = arena_open(NULL, REQUEST_MAX_BYTES);
    bool on = tell(l, a, steps, V_INT((int64_t)missing)) &&
              (app_job_cancelled(l->o.app, a, l->job.id, &cancelled) || !cancelled); /* an error: asked again in a moment */
    arena_close(a);
    return on;
}

static err *solve(job_loop *l)
{
    const job *j = &l->job;
    team_problem b = { .a = l->a, .app = l->o.app, .lang = j->lang, .operation_id = j->operation_id, .team_id = j->team_id,
                       .now = l->o.clock() };
    solve_limits limits = { .clock = l->o.clock, .seconds = j->seconds, .steps = l->o.steps, .seed = SEED, .go_on = go_on, .of = l };
    l->told_at = b.now;
    l->told_mark = -1;
    civil_day_read(j->from_on, &b.first_day);
    civil_day_read(j->to_on, &b.last_day);
    TRY(team_problem_build(&b));
    return l->o.here ? solve_here(&b, &limits, &l->solved) : solve_away(&b, l->o.program, &limits, &l->solved);
}

static bool is_solve(const job_loop *l)
{
    return str_is(l->job.kind, "solve");
}

static bool is_import(const job_loop *l)
{
    return str_is(l->job.kind, "import");
}

/* Between any two commands; of a hundred. */
static bool import_go_on(void *of, int percent)
{
    job_loop *l = of;
    bool cancelled = false;
    if (stopping(l)) {
        l->stopped = true;
        return false;
    }
    arena *a = arena_open(NULL, REQUEST_MAX_BYTES);
    bool on = tell(l, a, percent, V_NULL);
    if (on && !app_job_cancelled(l->o.app, a, l->job.id, &cancelled) && cancelled)
        l->cancelled = true;
    arena_close(a);
    return on && !l->cancelled;
}

static err *read_in(job_loop *l)
{
    l->told_at = l->o.clock();
    l->told_mark = -1;
    return import_job_run(l->a, l->o.app, &l->job, l->o.clock(), &(import_job_how){ .uploads = l->o.uploads, .go_on = import_go_on, .of = l },
                          &l->result);
}

/* What a command alone does has no work outside it. */
static err *work(job_loop *l)
{
    if (is_solve(l))
        return solve(l);
    if (is_import(l))
        return read_in(l);
    if (!l->o.make || !l->o.files)
        return NULL;
    return l->o.make(l->a, l->o.app, &l->job, l->o.clock(), l->o.files, &l->file);
}

static void work_within(job_loop *l)
{
    if (arena_catch(l->a)) {
        l->wrong = err_memory();
        return;
    }
    l->wrong = work(l);
    arena_uncatch(l->a);
}

/* -- settle --------------------------------------------------------------------------------------------- */
/* The machine's troubles pass; what cannot be done now cannot be done in a minute either. */
static bool passes(err_code code)
{
    return code == ERR_WORKER || code == ERR_DISK || code == ERR_DATABASE || code == ERR_MEMORY || code == ERR_LOCKED;
}

static err *fail(job_loop *l, arena *a, const err *why)
{
    return job_command(l->o.app, a, l->o.clock(), l->job.lang, 0, "job.fail",
                       NAMED(OWN, { "why", V_TEXT(words_err(a, l->job.lang, why)) }, { "again", V_INT(passes(why->code)) }), NULL);
}

static err *draft(job_loop *l, arena *a)
{
    json_t *j = json_loadb(l->solved.at, l->solved.len, 0, NULL);
    const json_t *cost = json_object_get(j, "cost");
    const named *args = NAMED(OWN, { "team", V_INT(l->job.team_id) }, { "from_on", V_TEXT(l->job.from_on) }, { "to_on", V_TEXT(l->job.to_on) },
                              { "lines", V_TEXT(team_json_text(a, json_object_get(j, "lines"))) },
                              { "gaps", V_TEXT(team_json_text(a, json_object_get(j, "gaps"))) },
                              { "cost", V_TEXT(str_copy(a, str_of(json_string_value(cost) ? json_string_value(cost) : ""))) },
                              { "steps", V_INT(json_integer_value(json_object_get(j, "steps"))) }, { "seed", V_INT(SEED) },
                              { "missing", V_INT(json_integer_value(json_object_get(j, "missing"))) });
    json_decref(j);
    return job_command(l->o.app, a, l->o.clock(), l->job.lang, l->job.asked_by, "roster.draft_solved", args, NULL);
}

static err *finish(job_loop *l, arena *a)
{
    bool known = is_import(l);
    if (is_solve(l))
        return draft(l, a);
    if (!known)
        TRY(job_run_due(l->o.app, a, &l->job, l->o.clock(), &known));
    if (!known && !l->file.len)
        return err_new(a, ERR_INPUT, "job.kind_unknown", VALUES({ "kind", l->job.kind }));
    return job_command(l->o.app, a, l->o.clock(), l->job.lang, 0, "job.done", NAMED(OWN, { "file", V_TEXT(l->file) }, { "result", V_TEXT(l->result) }), NULL);
}

/* Last of all, so that whoever dies before it can begin again. */
static void remove_file(job_loop *l)
{
    if (is_import(l) && !l->wrong && l->o.uploads)
        import_job_remove(l->a, &l->job, l->o.uploads);
}

static err *settle(job_loop *l, arena *a)
{
    err *e = NULL;
    if (l->stopped)
        return job_command(l->o.app, a, l->o.clock(), l->job.lang, 0, "job.put_back", NAMED(OWN), NULL);
    if (l->cancelled)
        return job_command(l->o.app, a, l->o.clock(), l->job.lang, 0, "job.stopped", NAMED(OWN), NULL);
    if (!l->wrong)
        e = finish(l, a);
    if (!e)
        remove_file(l);
    if (e && passes(e->code))
        return e;
    const err *why = l->wrong ? l->wrong : e;
    return why && why->code != ERR_STALE ? fail(l, a, why) : NULL;
}

err *job_step(job_loop *l, arena *a, bool *did)
{
    *did = l->stage != JOB_IDLE;
    if (l->stage == JOB_IDLE)
        return take(l, a, did);
    if (l->stage == JOB_TAKEN) {
        work_within(l);
        l->stage = JOB_WORKED;
        return NULL;
    }
    err *e = settle(l, a);
    if (e && e->code != ERR_STALE)
        return e;
    be_idle(l);
    return NULL;
}

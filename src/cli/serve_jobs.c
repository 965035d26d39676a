#include "cli/serve_jobs.h"

#include "base/limits.h"
#include "cli/cli.h"
#include "cli/job_paper.h"
#include "job/outbox.h"
#include "view/view.h"

#include <pthread.h>
#include <time.h>

enum { STEP_MAX_BYTES = 128 << 20, PLAN_EVERY_MS = 60000, FORGET_EVERY_MS = 3600000, SEND_EVERY_MS = 2000 /* looking walks the messages */, LOOK_MS = 500, NAP_MS = 100, LAST_STEPS_MAX = 4 };

typedef struct hand {
    serve_jobs *s;
    pthread_t thread;
    arena *a;
    job_loop *loop;
    bool quick; /* and what is due by the clock */
    int64_t planned_at, forgot_at, sent_at;
} hand;

struct serve_jobs {
    serve_jobs_options o;
    const char *folder, *files;
    atomic_bool stop;
    hand hands[3]; /* as which of job_options */
};

/* As the server's own log: one line of JSON; no private value stands in a message. */
static void log_err(const serve_jobs *s, arena *a, const err *e)
{
    str said = words_err(a, WORDS_EN, e);
    s->o.log(text_format(a, "job: %.*s%s%.*s\n", STR_ARG(said), e->detail.len ? " " : "", STR_ARG(e->detail)));
}

static bool is_stopped(const serve_jobs *s)
{
    return atomic_load(&s->stop);
}

static void nap(const serve_jobs *s)
{
    for (int ms = 0; ms < LOOK_MS && !is_stopped(s); ms += NAP_MS)
        nanosleep(&(struct timespec){ .tv_nsec = NAP_MS * 1000000L }, NULL);
}

/* -- what a step is -------------------------------------------------------------------------------------- */
static err *send_messages(hand *h, arena *a)
{
    const serve_jobs *s = h->s;
    rows r = { 0 };
    outbox_done done = { 0 };
    TRY(view_run(app_store(s->o.app), a, view_find(STR("message")), NAMED({ "state", V_TEXT(STR("sending")) }), 0, 1, &r));
    if (!r.count)
        return NULL;
    return outbox_run(s->o.app, a, &(outbox_options){ .folder = s->folder, .now = s->o.clock(), .lang = s->o.lang, .source = STR("job") },
                      &done);
}

static err *step(hand *h, arena *a, bool *did)
{
    const serve_jobs *s = h->s;
    const int64_t now = s->o.clock();
    if (h->quick && now - h->planned_at >= PLAN_EVERY_MS) {
        h->planned_at = now;
        TRY(job_plan_due(s->o.app, a, now));
    }
    if (h->quick && now - h->forgot_at >= FORGET_EVERY_MS) {
        h->forgot_at = now;
        TRY(job_forget_old(s->o.app, a, now, s->files));
    }
    TRY(job_step(h->loop, a, did));
    if (!h->quick || now - h->sent_at < SEND_EVERY_MS)
        return NULL;
    h->sent_at = now;
    return send_messages(h, a);
}

/* False: nothing was there to do, or it did not work. */
static bool step_within(hand *h)
{
    arena *a = arena_open(NULL, STEP_MAX_BYTES);
    volatile bool did = false;
    if (arena_catch(a)) {
        log_err(h->s, a, err_memory());
    } else {
        bool done = false;
        err *e = step(h, a, &done);
        did = done && !e;
        if (e)
            log_err(h->s, a, e);
        arena_uncatch(a);
    }
    arena_close(a);
    return did;
}

static void *work(void *of)
{
    hand *h = of;
    while (!is_stopped(h->s))
        if (!step_within(h))
            nap(h->s);
    for (int i = 0; i < LAST_STEPS_MAX && job_loop_stage(h->loop) != JOB_IDLE; i++)
        step_within(h);
    arena_close(h->a);
    return NULL;
}

serve_jobs *serve_jobs_begin(arena *a, const serve_jobs_options *o)
{
    serve_jobs *s = arena_new(a, serve_jobs);
    s->o = *o;
    s->folder = cli_folder_of(a, o->db);
    s->files = text_format(a, "%s/files", s->folder).at;
    for (size_t i = 0; i < COUNT(s->hands); i++) {
        hand *h = &s->hands[i];
        h->s = s;
        h->quick = i == 0;
        h->a = arena_open(NULL, REQUEST_MAX_BYTES);
        h->loop = job_loop_open(h->a, &(job_options){ .app = o->app, .clock = o->clock, .which = (int)i, .uploads = o->uploads, .home = o->home, .files = s->files, .make = job_paper_make, .stop = &s->stop });
        pthread_create(&h->thread, NULL, work, h);
    }
    return s;
}

void serve_jobs_end(serve_jobs *s)
{
    atomic_store(&s->stop, true);
    for (size_t i = 0; i < COUNT(s->hands); i++)
        pthread_join(s->hands[i].thread, NULL);
}

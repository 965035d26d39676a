/* /f/:job: what was made in the background, to save or to print. Read off the loop. */
#include "web/site.h"

#include "base/file.h"
#include "job/job_file.h"

enum { FILE_MAX_BYTES = 3 << 20 /* beside the page's own memory */, LOOK_AGAIN_SECONDS = 2 };

static err *put_file(web *w)
{
    job_file f = { 0 };
    int64_t id = 0;
    str_int(w->param[0], 1, INT64_MAX, &id);
    TRY(job_file_find(w->site->app, w->q->a, w->who.person_id, w->q->now, id, w->site->files, &f));
    TRY(file_read(w->q->a, f.path, FILE_MAX_BYTES, &w->p->body));
    text t = text_begin(w->q->a);
    text_put_z(&t, "inline; filename*=UTF-8''");
    percent_put(&t, f.name);
    w->p->type = f.type;
    response_header(w->q, w->p, "Content-Disposition", text_done(&t));
    return NULL;
}

/* Being made: the page looks again by itself. */
static err *show_wait(web *w)
{
    response_header(w->q, w->p, "Refresh", text_format(w->q->a, "%d", LOOK_AGAIN_SECONDS));
    w->p->status = 202;
    return web_show(w, "file_wait");
}

static void send_file(void *of, request *q, response *p)
{
    (void)of;
    (void)q;
    web *w = p->step_data;
    err *e = put_file(w);
    if (e && str_is(str_of(e->message), "job.file_later"))
        e = show_wait(w);
    if (e)
        web_fail(w, e);
}

static err *get_file(web *w)
{
    if (w->wrong)
        return w->wrong; /* the page that says so is another */
    if (!w->site->files)
        return err_new(w->q->a, ERR_NOT_FOUND, "job.no_file", NULL);
    w->p->step_data = w;
    w->p->later = send_file;
    return NULL;
}

const route file_routes[] = {
    { WEB_GET, WEB_PERSON, "/f/:job", .show = get_file },
    { 0 },
};

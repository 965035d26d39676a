/* The first page, and whether the program is alive and ready: for whoever watches it. */
#include "web/site.h"

static err *get_front(web *w)
{
    return web_show(w, "front");
}

static err *get_alive(web *w)
{
    w->p->type = "text/plain; charset=utf-8";
    w->p->body = STR("alive\n");
    return NULL;
}

/* The database answers. */
static err *get_ready(web *w)
{
    rows r = { 0 };
    err *e = web_view_all(w, "operation", NAMED({ 0 }), &r);
    w->p->type = "text/plain; charset=utf-8";
    w->p->status = e ? 503 : 200;
    w->p->body = e ? STR("the database does not answer\n") : STR("ready\n");
    return NULL;
}

const route health_routes[] = {
    { WEB_GET, WEB_ANYBODY, "/", .show = get_front },
    { WEB_GET, WEB_ANYBODY, "/healthz", .show = get_alive },
    { WEB_GET, WEB_ANYBODY, "/readyz", .show = get_ready },
    { 0 },
};

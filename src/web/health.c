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

/* Each check by itself, so that whoever is called at night knows where to look. */
static err *get_ready(web *w)
{
    health_limits l = w->site->limits;
    health h;
    l.now = w->site->wall ? w->site->wall() : w->q->now;
    health_look(w->site->app, w->q->a, &l, &h);
    w->p->type = "application/json";
    w->p->status = h.ready ? 200 : 503;
    w->p->body = health_json(w->q->a, &l, &h);
    return NULL;
}

const route health_routes[] = {
    { WEB_GET, WEB_ANYBODY, "/", .show = get_front },
    { WEB_GET, WEB_ANYBODY, "/healthz", .show = get_alive },
    { WEB_GET, WEB_ANYBODY, "/readyz", .show = get_ready },
    { 0 },
};

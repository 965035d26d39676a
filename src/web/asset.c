/* /a/NAME.HASH.js: what pages load besides themselves. Its name changes with its bytes, so a browser keeps it for ever. */
#include "web/site.h"

static err *get_asset(web *w)
{
    for (const page_asset *f = page_assets; f->name; f++) {
        if (!str_is(w->param[0], f->name))
            continue;
        w->p->type = "text/javascript; charset=utf-8";
        w->p->body = (str){ (const char *)f->at, f->len };
        w->p->squeezed = (str){ (const char *)f->squeezed, f->squeezed_len };
        w->p->cached = true;
        return NULL;
    }
    return err_new(w->q->a, ERR_NOT_FOUND, "web.no_page", NULL);
}

const route asset_routes[] = {
    { WEB_GET, WEB_ANYBODY, "/a/:file", .show = get_asset },
    { 0 },
};

#include "job/bulletin.h"
#include "cli/paper_making.h"

err *making_bulletin(const making *m)
{
    const paper_wanted *w = m->w;
    bulletin b;
    print_document d = { .kind = PRINT_BULLETIN };
    TRY(bulletin_load(m->a, w->app, w->lang, w->id, (bulletin_reader){ .actor_id = w->actor_id, .now = w->now }, &b));
    bulletin_write(&b);
    TRY(bulletin_sheet(&b, w->link, &d.bulletin));
    return making_print(m, &d);
}

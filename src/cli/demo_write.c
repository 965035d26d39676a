#include "base/file.h"
#include "base/text.h"
#include "job/bulletin.h"
#include "cli/demo.h"
#include "cli/paper.h"
#include "view/view.h"

#include <stdio.h>

/* What lies beside the database at the end. */
enum { PRINTED = 12, SLIPS = 6 };

static const char *path_of(demo *d, const char *name)
{
    return text_format(d->a, "%s/%s", d->dir, name).at;
}

static err *paper(demo *d, paper_kind kind, int64_t id, str name)
{
    return demo_stopped_at(d, "muster paper",
                           paper_write(d->a, &(paper_wanted){ .kind = kind, .app = d->app, .lang = d->lang, .actor_id = d->actor,
                                                              .now = d->now, .id = id, .contact = demo_say(d, "demo.contact").s,
                                                              .path = path_of(d, str_z(d->a, name)) }));
}

/* The request of the large team, by its leader. */
static err *write_request(demo *d)
{
    demo_as(d, d->teams[0].leader->id);
    return paper(d, PAPER_REQUEST, d->structure, STR("request.pdf"));
}

/* The appeal of the team that is short, for the days that come. */
static err *write_appeal(demo *d)
{
    demo_as(d, d->teams[DEMO_SMALL].leader->id);
    return paper(d, PAPER_APPEAL, d->teams[DEMO_SMALL].id, STR("appeal.pdf"));
}

/* Of the first gifts in the ledger. */
static err *write_slips(demo *d)
{
    rows r = { 0 };
    demo_as(d, d->drafter);
    TRY(demo_view(d, "donation_entry", NAMED({ "operation", V_INT(d->operation) }), &r));
    TRY(file_make_dir(d->a, path_of(d, "slips")));
    for (size_t i = 0; i < r.count && i < SLIPS; i++)
        TRY(paper(d, PAPER_SLIP, rows_int(&r, i, "id"), text_format(d->a, "slips/%.*s.pdf", STR_ARG(rows_text(&r, i, "receipt_no")))));
    return NULL;
}

/* Paper takes longer than the whole weekend: some are printed, all stand in the list. */
static err *write_certificates(demo *d)
{
    rows r = { 0 };
    demo_as(d, d->drafter);
    TRY(demo_view(d, "certificate", NAMED({ "operation", V_INT(d->operation) }), &r));
    TRY(file_write(d->a, path_of(d, "certificates.csv"), view_csv(d->a, view_find(STR("certificate")), &r, d->lang)));
    TRY(file_make_dir(d->a, path_of(d, "certificates")));
    for (size_t i = 0; i < r.count && i < PRINTED && !cli_interrupted(); i++)
        TRY(paper(d, PAPER_CERTIFICATE, rows_int(&r, i, "id"),
                  text_format(d->a, "certificates/%.*s.pdf", STR_ARG(rows_text(&r, i, "number")))));
    cli_progress_end();
    str rest = words_get(d->a, d->lang, "demo.rest",
                         VALUES({ "printed", text_format(d->a, "%d", r.count < PRINTED ? (int)r.count : PRINTED) },
                                { "count", text_format(d->a, "%zu", r.count) }, { "teams", text_format(d->a, "%d", DEMO_PAPER_TEAMS) },
                                { "operation", text_format(d->a, "%lld", (long long)d->operation) }, { "dir", str_of(d->dir) }));
    fprintf(stderr, "%.*s\n", STR_ARG(rest));
    return NULL;
}

err *demo_write(demo *d)
{
    bulletin b;
    TRY(bulletin_load(d->a, d->app, d->lang, 0, (bulletin_reader){ .now = d->now }, &b));
    bulletin_write(&b);
    TRY(file_write(d->a, path_of(d, "bulletin.json"), bulletin_json(&b)));
    str shown = bulletin_text(&b);
    TRY(file_write(d->a, path_of(d, "bulletin.txt"), shown));
    demo_as(d, d->drafter);
    TRY(paper(d, PAPER_BULLETIN, 0, STR("bulletin.pdf")));
    TRY(write_request(d));
    TRY(write_appeal(d));
    TRY(write_slips(d));
    cli_progress_end();
    printf("%.*s\n", STR_ARG(shown));
    return write_certificates(d);
}

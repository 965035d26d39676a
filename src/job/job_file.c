#include "job/job_file.h"

#include "base/text.h"
#include "view/view.h"

static err *look(app *p, arena *a, const char *name, int64_t actor, int64_t now, int64_t job, rows *out)
{
    return view_run(app_store(p), a, view_find(str_of(name)), NAMED({ "now", V_INT(now) }, { "job", V_INT(job) }), actor, 1, out);
}

static const char *type_of(str name)
{
    return str_ends(name, STR(".pdf"))    ? "application/pdf"
           : str_ends(name, STR(".xlsx")) ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                                          : "application/octet-stream";
}

err *job_file_find(app *p, arena *a, int64_t actor, int64_t now, int64_t job, const char *folder, job_file *out)
{
    rows r = { 0 };
    TRY(look(p, a, "job_my", actor, now, job, &r));
    bool own = r.count > 0;
    if (!own)
        TRY(look(p, a, "job", actor, now, job, &r));
    /* telephones in full are for whoever had them shown, and stands in the audit for it */
    if (!r.count || (!own && str_is(rows_text(&r, 0, "kind"), "paper.calls")))
        return err_new(a, ERR_NOT_FOUND, "job.no_file", NULL);
    str name = rows_text(&r, 0, "file"), state = rows_text(&r, 0, "state");
    if (!str_is(state, "done"))
        return err_new(a, ERR_CONFLICT, str_is(state, "parked") ? "job.file_failed" : "job.file_later", NULL);
    if (!name.len)
        return err_new(a, ERR_NOT_FOUND, "job.no_file", NULL);
    *out = (job_file){ .path = text_format(a, "%s/%lld/%.*s", folder, (long long)job, STR_ARG(name)).at, .name = name, .type = type_of(name) };
    return NULL;
}

#include "job/import_job.h"

#include "command/key.h"
#include "job/import.h"
#include "job/import_edits.h"

#include <unistd.h>

const char *import_kept_path(arena *a, const char *uploads, int64_t person, str token)
{
    return text_format(a, "%s/kept-%lld-%.*s", uploads, (long long)person, STR_ARG(token)).at;
}

bool import_kept_token(str s)
{
    bool good = s.len == KEY_TOKEN_TEXT;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        good = good && ((c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '-' || c == '_');
    }
    return good;
}

static void drop(void *o)
{
    json_decref(o);
}

static str member(arena *a, const job *j, const char *name)
{
    json_t *o = json_loadb(j->body.at, j->body.len, 0, NULL);
    if (o)
        arena_defer(a, drop, o);
    return str_of(json_string_value(json_object_get(o, name)));
}

static const char *path_of(arena *a, const job *j, const char *uploads)
{
    str token = member(a, j, "upload");
    return uploads && import_kept_token(token) ? import_kept_path(a, uploads, j->asked_by, token) : NULL;
}

static str result_of(arena *a, const import *m)
{
    return text_format(a, "{\"import\":%lld,\"added\":%lld,\"changed\":%lld,\"same\":%lld,\"placed\":%lld,\"queued\":%lld,\"given_up\":%zu}",
                       (long long)m->id, (long long)m->added, (long long)m->changed, (long long)m->same, (long long)m->placed,
                       (long long)m->queued, m->given_up);
}

/* Killed between its last command and the end of the job, it stands there whole: that is no second import. */
static err *write_all(import *m, bool again)
{
    err *e = import_write(m);
    return e && again && str_is(str_of(e->message), "import.again") ? NULL : e;
}

static err *run(arena *own, app *p, const job *j, int64_t now, const import_job_how *how, const char *path, arena *a, str *result)
{
    import m = { .a = own, .app = p, .lang = j->lang, .actor = j->asked_by, .now = now, .path = path, .name = member(own, j, "file"),
                 .kind = import_kind_named(member(own, j, "kind")), .mended = true, .from_on = j->from_on, .to_on = j->to_on, .go_on = how->go_on, .of = how->of };
    TRY(import_read(&m));
    TRY(write_all(&m, j->attempts > 1));
    *result = result_of(a, &m);
    return NULL;
}

err *import_job_run(arena *a, app *p, const job *j, int64_t now, const import_job_how *how, str *result)
{
    const char *path = path_of(a, j, how->uploads);
    if (!path || access(path, R_OK) != 0)
        return err_new(a, ERR_NOT_FOUND, "import.file_gone", NULL);
    arena *own = arena_open(a, IMPORT_MAX_BYTES);
    err *e = run(own, p, j, now, how, path, a, result);
    e = e ? err_copy(a, e) : NULL;
    arena_close(own);
    return e;
}

void import_job_remove(arena *a, const job *j, const char *uploads)
{
    const char *path = path_of(a, j, uploads);
    if (!path)
        return;
    unlink(path);
    unlink(import_edits_path(a, path));
}

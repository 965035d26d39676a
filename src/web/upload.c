#include "web/upload.h"

#include "base/civil.h"
#include "base/file.h"
#include "command/key.h"
#include "job/import_job.h"
#include "web/multipart.h"

#include <dirent.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* -- the folder ----------------------------------------------------------------------------------------- */
/* Only what is ours by its name, and not what is just coming in. */
static void sweep_one(arena *a, const uploads *u, const char *name)
{
    struct stat s;
    str n = str_of(name);
    if (!str_starts(n, STR("upload-")) && !str_starts(n, STR("kept-")))
        return;
    const char *path = text_format(a, "%s/%s", u->dir, name).at;
    int64_t hours = stat(path, &s) == 0 ? (civil_clock() / 1000 - (int64_t)s.st_mtime) / 3600 : 0;
    if (hours >= UPLOAD_KEPT_HOURS)
        unlink(path);
}

enum { SWEEP_MAX_BYTES = 1 << 20, HOME_MAX_BYTES = 64 };
void uploads_sweep(const uploads *u)
{
    DIR *d = opendir(u->dir);
    if (!d)
        return;
    arena *a = arena_open(NULL, SWEEP_MAX_BYTES);
    for (const struct dirent *e = readdir(d); e; e = readdir(d))
        sweep_one(a, u, e->d_name);
    arena_close(a);
    closedir(d);
}

/* Several servers of one database have each a folder of their own: this is how a job knows which. */
static err *learn_home(arena *a, uploads *u)
{
    const char *path = text_format(a, "%s/home", u->dir).at;
    unsigned char bytes[KEY_TOKEN_BYTES];
    if (!file_read(a, path, HOME_MAX_BYTES, &u->home) && import_kept_token(u->home))
        return NULL;
    randombytes_buf(bytes, sizeof bytes);
    u->home = key_token_text(a, bytes);
    return file_write(a, path, u->home);
}

err *uploads_open(arena *a, const char *dir, uploads **out)
{
    TRY(file_make_dir(a, dir));
    if (chmod(dir, 0700) != 0)
        return file_err(a, dir, errno);
    *out = arena_new(a, uploads);
    (*out)->dir = dir;
    TRY(learn_home(a, *out));
    uploads_sweep(*out);
    return NULL;
}

/* -- coming in ------------------------------------------------------------------------------------------ */
static void has_come(void *of)
{
    atomic_fetch_sub(&((uploads *)of)->coming, 1);
}

/* A body of this form that is not let in here is read as that of any other form, which is small or refused. */
bool upload_is(void *of, const request *q)
{
    const site *s = of;
    if (!s->uploads || !str_starts(request_header(q, "Content-Type"), STR("multipart/form-data")) || !site_takes_upload(s, q))
        return false;
    if (atomic_fetch_add(&s->uploads->coming, 1) >= UPLOADS_AT_ONCE) {
        has_come(s->uploads);
        return false;
    }
    arena_defer(q->a, has_come, s->uploads);
    return true;
}

void upload_remove(const char *path)
{
    unlink(path);
}

static void remove_of(void *of)
{
    unlink(*(const char **)of);
}

err *upload_take(web *w)
{
    arena *a = w->q->a;
    multipart m;
    const char **path = arena_new(a, const char *);
    if (!w->q->upload)
        return err_new(a, w->site->uploads ? ERR_LIMIT : ERR_NOT_FOUND, w->site->uploads ? "upload.busy" : "upload.nowhere", NULL);
    *path = text_format(a, "%s.file", w->q->upload).at;
    arena_defer(a, remove_of, (void *)(uintptr_t)path);
    TRY(multipart_read(a, request_header(w->q, "Content-Type"), w->q->upload, *path, &m));
    w->q->body = m.fields;
    w->upload = m.name.len ? *path : NULL;
    w->upload_name = m.name;
    return NULL;
}

err *upload_paste(web *w, str table, str name)
{
    if (!w->q->upload)
        return err_new(w->q->a, ERR_LIMIT, "upload.busy", NULL);
    const char *path = text_format(w->q->a, "%s.file", w->q->upload).at; /* removed by what upload_take left to do */
    TRY(file_write(w->q->a, path, table));
    w->upload = path;
    w->upload_name = name;
    return NULL;
}

/* -- kept ----------------------------------------------------------------------------------------------- */
static const char *path_of(web *w, str token)
{
    return import_kept_path(w->q->a, w->site->uploads->dir, w->who.person_id, token);
}

err *upload_keep(web *w, str *token)
{
    unsigned char bytes[KEY_TOKEN_BYTES];
    app_random(w->site->app, bytes, sizeof bytes);
    *token = key_token_text(w->q->a, bytes);
    const char *to = path_of(w, *token);
    uploads_sweep(w->site->uploads);
    return rename(w->upload, to) == 0 ? NULL : err_new(w->q->a, ERR_DISK, "upload.disk", NULL);
}

err *upload_kept(web *w, str token, const char **path)
{
    if (!w->site->uploads)
        return err_new(w->q->a, ERR_NOT_FOUND, "upload.nowhere", NULL);
    *path = import_kept_token(token) ? path_of(w, token) : "";
    if (**path && access(*path, R_OK) == 0)
        return NULL;
    return err_new(w->q->a, ERR_NOT_FOUND, "upload.gone", VALUES({ "hours", text_format(w->q->a, "%d", UPLOAD_KEPT_HOURS) }));
}

static void has_read(void *of)
{
    atomic_fetch_sub(&((uploads *)of)->reading, 1);
}

err *upload_claim_reader(web *w, arena *a)
{
    uploads *u = w->site->uploads;
    if (atomic_fetch_add(&u->reading, 1) >= UPLOADS_READ_AT_ONCE) {
        has_read(u);
        return err_new(w->q->a, ERR_LIMIT, "upload.busy", NULL);
    }
    arena_defer(a, has_read, u);
    return NULL;
}

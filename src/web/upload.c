#include "web/upload.h"

#include "base/civil.h"
#include "base/file.h"
#include "base/json.h"
#include "command/key.h"
#include "job/import_edits.h"
#include "job/import_job.h"
#include "web/multipart.h"

#include <dirent.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
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

static void remove_all(void *of)
{
    const multipart *m = of;
    for (size_t i = 0; i < m->files.count; i++)
        unlink(m->files.at[i].path);
}

static const char *beside(const web *w)
{
    return text_format(w->q->a, "%s.file", w->q->upload).at;
}

err *upload_take(web *w)
{
    arena *a = w->q->a;
    if (!w->q->upload)
        return err_new(a, w->site->uploads ? ERR_LIMIT : ERR_NOT_FOUND, w->site->uploads ? "upload.busy" : "upload.nowhere", NULL);
    multipart *m = w->files = arena_new(a, multipart);
    arena_defer(a, remove_all, m);
    TRY(multipart_read(a, request_header(w->q, "Content-Type"), w->q->upload, beside(w), m));
    w->q->body = m->fields;
    return NULL;
}

err *upload_paste(web *w, str table, str name)
{
    if (!w->files)
        return err_new(w->q->a, ERR_LIMIT, "upload.busy", NULL);
    *list_add(w->q->a, &w->files->files) = (multipart_file){ .name = name, .path = text_format(w->q->a, "%s-pasted", beside(w)).at };
    return file_write(w->q->a, w->files->files.at[w->files->files.count - 1].path, table);
}

/* -- kept ----------------------------------------------------------------------------------------------- */
static const char *path_of(web *w, str token)
{
    return import_kept_path(w->q->a, w->site->uploads->dir, w->who.person_id, token);
}

err *upload_keep(web *w, const multipart_file *f, str *token)
{
    unsigned char bytes[KEY_TOKEN_BYTES];
    app_random(w->site->app, bytes, sizeof bytes);
    *token = key_token_text(w->q->a, bytes);
    const char *to = path_of(w, *token);
    uploads_sweep(w->site->uploads);
    return rename(f->path, to) == 0 ? NULL : err_new(w->q->a, ERR_DISK, "upload.disk", NULL);
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

/* -- the tray ------------------------------------------------------------------------------------------- */
enum { ABOUT_MAX_BYTES = 4096 };

static const char *about_path(web *w, str token)
{
    return text_format(w->q->a, "%s.about", path_of(w, token)).at;
}

static void json_member(json *j, const char *key, str value)
{
    json_key(j, key);
    json_str(j, value);
}

err *upload_lay(web *w, const multipart_file *f, str kind, str from_on, str to_on)
{
    str token;
    TRY(upload_keep(w, f, &token));
    text t = text_begin(w->q->a);
    json j = json_begin(&t);
    json_open(&j, '{');
    json_member(&j, "name", f->name);
    json_member(&j, "kind", kind);
    json_member(&j, "from_on", from_on);
    json_member(&j, "to_on", to_on);
    json_close(&j, '}');
    return file_write(w->q->a, about_path(w, token), text_done(&t));
}

static void drop_json(void *o)
{
    json_decref(o);
}

/* Half of it, after a crash between its two files, is not there. */
static void read_waiting(web *w, str token, upload_tray *out)
{
    str bytes;
    upload_waiting x = { .token = str_copy(w->q->a, token), .path = path_of(w, token) };
    if (access(x.path, R_OK) != 0 || file_read(w->q->a, about_path(w, token), ABOUT_MAX_BYTES, &bytes))
        return;
    json_t *o = json_loadb(bytes.at, bytes.len, 0, NULL);
    if (!o)
        return;
    arena_defer(w->q->a, drop_json, o);
    x.name = str_of(json_string_value(json_object_get(o, "name")));
    x.kind = str_of(json_string_value(json_object_get(o, "kind")));
    x.from_on = str_of(json_string_value(json_object_get(o, "from_on")));
    x.to_on = str_of(json_string_value(json_object_get(o, "to_on")));
    *list_add(w->q->a, out) = x;
}

static int by_name(const void *a, const void *b)
{
    const upload_waiting *x = a, *y = b;
    int names = str_compare(x->name, y->name);
    return names ? names : str_compare(x->token, y->token);
}

err *upload_tray_of(web *w, upload_tray *out)
{
    *out = (upload_tray){ 0 };
    if (!w->site->uploads)
        return err_new(w->q->a, ERR_NOT_FOUND, "upload.nowhere", NULL);
    DIR *d = opendir(w->site->uploads->dir);
    if (!d)
        return err_new(w->q->a, ERR_DISK, "upload.disk", NULL);
    str mine = text_format(w->q->a, "kept-%lld-", (long long)w->who.person_id);
    for (const struct dirent *e = readdir(d); e; e = readdir(d)) {
        str name = str_of(e->d_name), end = STR(".about");
        if (str_starts(name, mine) && str_ends(name, end))
            read_waiting(w, str_part(name, mine.len, name.len - mine.len - end.len), out);
    }
    closedir(d);
    if (out->count)
        qsort(out->at, out->count, sizeof *out->at, by_name);
    return NULL;
}

void upload_taken(web *w, str token)
{
    if (import_kept_token(token))
        unlink(about_path(w, token));
}

void upload_drop(web *w, str token)
{
    if (!import_kept_token(token))
        return;
    upload_taken(w, token);
    unlink(path_of(w, token));
    unlink(import_edits_path(w->q->a, path_of(w, token)));
}

const char *upload_handed_path(web *w, int64_t org, str hash)
{
    return text_format(w->q->a, "%s/handed-%lld-%.*s", w->site->uploads->dir, (long long)org, STR_ARG(hash)).at;
}

err *upload_of_handed(web *w, int64_t org, str hash, str name, multipart_file *out)
{
    unsigned char bytes[KEY_TOKEN_BYTES];
    multipart *m = arena_new(w->q->a, multipart);
    randombytes_buf(bytes, sizeof bytes);
    *out = (multipart_file){ .name = name, .path = text_format(w->q->a, "%s/upload-%s", w->site->uploads->dir, key_token_text(w->q->a, bytes).at).at };
    if (link(upload_handed_path(w, org, hash), out->path) != 0)
        return err_new(w->q->a, ERR_NOT_FOUND, "hand_in.none", NULL);
    *list_add(w->q->a, &m->files) = *out;
    arena_defer(w->q->a, remove_all, m);
    return NULL;
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

#include "command/health.h"

#include "base/json.h"
#include "base/text.h"
#include "store/migrate.h"
#include "store/store.h"

#include <libgen.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#define HOUR_MS ((int64_t)3600 * 1000)

const char *health_backup_mark(arena *a, const char *file)
{
    return text_format(a, "%s.backup", file).at;
}

static void look_at_database(app *p, arena *a, health *out)
{
    store_txn *t;
    rows r = { 0 };
    out->wanted_version = migrate_newest();
    if (store_read_begin(app_store(p), a, &t))
        return;
    out->database = !store_query(t, a, "health.version", NAMED({ 0 }), &r) && r.count == 1;
    store_read_end(t);
    if (out->database)
        out->version = rows_int(&r, 0, "schema_version");
    out->schema = out->database && out->version == out->wanted_version;
}

static void look_at_disk(arena *a, const health_limits *l, health *out)
{
    struct statvfs v;
    char *path = arena_copy(a, l->file, str_of(l->file).len + 1);
    if (statvfs(dirname(path), &v) == 0)
        out->free_mb = (int64_t)((uint64_t)v.f_bavail * v.f_frsize >> 20);
    out->disk = out->free_mb >= l->disk_floor_mb;
}

static void look_at_backup(arena *a, const health_limits *l, health *out)
{
    struct stat s;
    out->backup_age_hours = -1;
    if (stat(health_backup_mark(a, l->file), &s) == 0)
        out->backup_age_hours = (l->now - (int64_t)s.st_mtim.tv_sec * 1000) / HOUR_MS;
    bool never = out->backup_age_hours < 0;
    out->backup = !l->backup_max_hours || (!never && out->backup_age_hours < l->backup_max_hours);
    out->backup_warning = !out->backup || never || out->backup_age_hours >= HEALTH_BACKUP_WARN_HOURS;
}

void health_look(app *p, arena *a, const health_limits *l, health *out)
{
    *out = (health){ .disk = true, .backup = true };
    look_at_database(p, a, out);
    if (l->file) {
        look_at_disk(a, l, out);
        look_at_backup(a, l, out);
    }
    out->ready = out->database && out->schema && out->disk && out->backup;
}

static void put_check(json *j, const char *name, bool good)
{
    json_key(j, name);
    json_open(j, '{');
    json_key(j, "ok");
    json_bool(j, good);
}

static void put_number(json *j, const char *name, int64_t n)
{
    json_key(j, name);
    json_int(j, n);
}

static void put_file_checks(json *j, const health_limits *l, const health *h)
{
    put_check(j, "disk", h->disk);
    put_number(j, "free_mb", h->free_mb);
    put_number(j, "floor_mb", l->disk_floor_mb);
    json_close(j, '}');
    put_check(j, "backup", h->backup);
    json_key(j, "warning");
    json_bool(j, h->backup_warning);
    if (h->backup_age_hours >= 0)
        put_number(j, "age_hours", h->backup_age_hours);
    if (l->backup_max_hours)
        put_number(j, "max_hours", l->backup_max_hours);
    json_close(j, '}');
}

str health_json(arena *a, const health_limits *l, const health *h)
{
    text t = text_begin(a);
    json j = json_begin(&t);
    json_open(&j, '{');
    json_key(&j, "ready");
    json_bool(&j, h->ready);
    put_check(&j, "database", h->database);
    json_close(&j, '}');
    put_check(&j, "schema", h->schema);
    put_number(&j, "version", h->version);
    put_number(&j, "wanted", h->wanted_version);
    json_close(&j, '}');
    if (l->file)
        put_file_checks(&j, l, h);
    json_close(&j, '}');
    text_put_z(&t, "\n");
    return text_done(&t);
}

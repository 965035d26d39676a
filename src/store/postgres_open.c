/*
 * postgres_open: whose database it is, how it sorts, and its migration.
 */
#include "base/text.h"
#include "store/migrate.h"
#include "store/postgres.h"

#include <string.h>

/* Other collations sort and compare differently from SQLite. */
static err *check_collation(postgres_connection *c, arena *a)
{
    static const char *const good[] = { "C", "C.UTF-8", "C.UTF8", "C.utf8", "POSIX" };
    str collation;
    TRY(postgres_ask(c, a,
            "SELECT CASE WHEN datlocprovider = 'c' AND pg_encoding_to_char(encoding) = 'UTF8' "
            "THEN datcollate ELSE pg_encoding_to_char(encoding) || ' ' || datcollate END "
            "FROM pg_database WHERE datname = current_database()",
            &collation));
    for (size_t i = 0; i < COUNT(good); i++) {
        if (str_is(collation, good[i]))
            return NULL;
    }
    return err_new(a, ERR_DATABASE, "store.collation",
                   VALUES({ "file", str_of(c->base.s->label) }, { "collation", collation }));
}

static err *recognise(postgres_connection *c, arena *a, int64_t *version)
{
    str tables, ours, number;
    store *s = c->base.s;
    *version = 0;
    TRY(postgres_ask(c, a, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", &tables));
    TRY(postgres_ask(c, a,
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename IN "
            "('installation', 'lane', 'audit')",
            &ours));
    if (!str_is(ours, "3") && (!str_is(tables, "0") || s->o.read_only))
        return store_err(a, s, ERR_DATABASE, "store.not_ours", "");
    if (str_is(ours, "3")) {
        TRY(postgres_ask(c, a, "SELECT schema_version FROM installation", &number));
        str_int(number, 0, INT64_MAX, version);
    }
    return store_version(s, a, *version);
}

static err *migrate_one(postgres_connection *c, arena *a, const embedded *m)
{
    TRY(postgres_run_text(c, a, migrate_text(a, m, true).at));
    if (migrate_number(m) == 1)
        TRY(connection_query(&c->base, a,
                             "INSERT INTO installation (one, uid, mode, schema_version, key_mark) "
                             "VALUES (1, $uid, $mode, 0, '')",
                             NAMED({ "uid", V_TEXT(store_installation_uid(c->base.s, a)) },
                                   { "mode", V_TEXT(str_of(store_mode(c->base.s))) }),
                             NULL));
    return connection_query(&c->base, a, "UPDATE installation SET schema_version = $version",
                            NAMED({ "version", V_INT(migrate_number(m)) }), NULL);
}

/* Under an advisory lock: of several servers that start at once one migrates, the others then find it done. */
static err *migrate(postgres_connection *c, arena *a)
{
    int64_t version;
    if (c->base.s->o.read_only)
        return recognise(c, a, &version);
    TRY(postgres_run_text(c, a,
                 text_format(a, "BEGIN; SELECT pg_advisory_xact_lock(%d, 0)", LOCK_CLASS).at));
    TRY(recognise(c, a, &version));
    for (const embedded *m = embedded_migrations; m->name; m++) {
        if (migrate_number(m) > version && store_wants(c->base.s, m))
            TRY(migrate_one(c, a, m));
    }
    return postgres_run_text(c, a, "COMMIT");
}

static err *open_checked(postgres_connection *c, arena *a)
{
    TRY(postgres_dial(c, a));
    TRY(check_collation(c, a));
    TRY(migrate(c, a));
    return c->base.reader ? NULL : postgres_take_lane(c, a);
}

/* Host, port and database, as the errors show them; without user and password. */
static void set_label(store *s)
{
    char *why = NULL;
    PQconninfoOption *all = PQconninfoParse(s->o.url, &why);
    const char *host = "", *port = "", *name = "";
    for (PQconninfoOption *o = all; o && o->keyword; o++) {
        const char *value = o->val ? o->val : "";
        if (strcmp(o->keyword, "host") == 0)
            host = value;
        else if (strcmp(o->keyword, "port") == 0)
            port = value;
        else if (strcmp(o->keyword, "dbname") == 0)
            name = value;
    }
    s->label = text_format(s->a, "%s%s%s/%s", host, *port ? ":" : "", port, name).at;
    PQconninfoFree(all);
    PQfreemem(why);
}

err *postgres_open_store(store *s, arena *a)
{
    set_label(s);
    connection *base = connection_open(s, s->o.read_only, sizeof(postgres_connection));
    err *e = open_checked(postgres_mine(base), a);
    if (e)
        postgres_disconnect(base);
    else
        s->workers[0].c = base;
    return e;
}

void postgres_close_all(store *s)
{
    (void)s; /* nothing but connections */
}

#include "database.h"

#include "base/text.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void admin(const char *sql)
{
    PGconn *pg = PQconnectdb(getenv("MUSTER_TEST_PG"));
    PGresult *r = PQexec(pg, sql);
    bool good = PQresultStatus(r) == PGRES_COMMAND_OK;
    if (!good)
        print_error("%s: %s\n", sql, PQerrorMessage(pg));
    PQclear(r);
    PQfinish(pg);
    assert_true(good);
}

static void database_drop(void *name)
{
    admin(text_format(check_arena(), "DROP DATABASE IF EXISTS %s WITH (FORCE)", (char *)name).at);
}

const char *database_postgres(void)
{
    static int count;
    const char *url = getenv("MUSTER_TEST_PG");
    if (!url)
        skip();
    arena *a = check_arena();
    char *name = arena_alloc(a, 64);
    snprintf(name, 64, "muster_test_%d_%d", (int)getpid(), ++count);
    admin(text_format(a, "CREATE DATABASE %s ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8' TEMPLATE template0",
                      name).at);
    arena_defer(a, database_drop, name);
    str base = str_of(url);
    while (base.len && base.at[base.len - 1] != '/')
        base.len--;
    return text_format(a, "%.*s%s", STR_ARG(base), name).at;
}

static void app_drop(void *what)
{
    app_close(what);
}

app *database_app(const char *url)
{
    app *p = NULL;
    check_ok(app_open(check_arena(), &(app_options){ .url = url, .stepped = true, .mode = "demo", .key_file = check_path("app.key") },
                      &p));
    arena_defer(check_arena(), app_drop, p);
    return p;
}

err *database_command(app *p, const char *command, int64_t actor, const char *key, const named *args, str *result)
{
    call c = { .command = command, .args = args, .key = str_of(key), .actor_id = actor,
               .now = (int64_t)DATABASE_NOW * 1000, .lang = WORDS_EN, .source = STR("test") };
    str ignored;
    return app_command(p, check_arena(), &c, result ? result : &ignored);
}

const named *database_args_at(const named *args, int64_t now)
{
    size_t count = 0;
    while (args && args[count].name)
        count++;
    named *all = arena_many(check_arena(), named, count + 2);
    for (size_t i = 0; i < count; i++)
        all[i] = args[i];
    all[count] = (named){ "now", V_INT(now) };
    return all;
}

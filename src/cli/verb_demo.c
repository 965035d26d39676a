#include "base/file.h"
#include "base/text.h"
#include "cli/demo.h"
#include "command/key.h"

#include <unistd.h>

static err *play(demo *d, bool eve)
{
    static const struct { err *(*run)(demo *d); const char *word; } parts[] = {
        { demo_commanders, "demo.city" }, { demo_city, "demo.city" }, { demo_people, "demo.city" },
        { demo_roles, "demo.city" }, { demo_place, "demo.place" }, { demo_order, "demo.order" }, { demo_teams, "demo.teams" },
        { demo_plan, "demo.plan" }, { demo_duty, "demo.duty" }, { demo_after, "demo.after" },
        { demo_write, "demo.write" },
    };
    for (size_t i = 0; i < COUNT(parts) && !cli_interrupted(); i++) {
        cli_progress(d->a, d->lang, parts[i].word, NULL);
        TRY(parts[i].run(d));
        if (eve && parts[i].run == demo_plan)
            break;
    }
    return NULL;
}

static err *exists(arena *a, const char *path)
{
    return err_new(a, ERR_CONFLICT, "demo.exists", VALUES({ "path", str_of(path) }));
}

/* A database server may hold somebody's operation. */
static err *refuse_used(demo *d, const char *db)
{
    rows r = { 0 };
    TRY(demo_view(d, "operation", NULL, &r));
    return r.count ? exists(d->a, db) : NULL;
}

static err *run(arena *a, int argc, char **argv, words_lang lang)
{
    const char *dir = cli_option(&argc, argv, "-o"), *seed = cli_option(&argc, argv, "--seed"), *url = cli_option(&argc, argv, "--db"),
               *guests = cli_option(&argc, argv, "--guests");
    const bool eve = cli_flag(&argc, argv, "--eve");
    int64_t n = 2020, port;
    demo *d = arena_new(a, demo);
    TRY(cli_unknown_option(a, argc, argv));
    if (!dir || argc)
        return err_new(a, ERR_USAGE, "demo.usage", NULL);
    if (seed && !str_int(str_of(seed), 1, INT64_MAX, &n))
        return err_new(a, ERR_USAGE, "demo.seed", VALUES({ "seed", str_of(seed) }));
    if (guests && !str_int(str_of(guests), 1, 65535, &port))
        return err_new(a, ERR_USAGE, "demo.port", VALUES({ "port", str_of(guests) }));
    const char *db = url ? url : text_format(a, "%s/muster.db", dir).at, *key = text_format(a, "%s/muster.db.key", dir).at;
    if (access(db, F_OK) == 0)
        return exists(a, db);
    if (access(key, F_OK) == 0)
        return exists(a, key);
    TRY(file_make_dir(a, dir));
    const keys k = key_of_seed((uint64_t)n);
    TRY(key_write(a, key, &k));
    *d = (demo){ .a = a, .dir = dir, .lang = lang, .seed = (uint64_t)n, .luck = luck_of((uint64_t)n), .friday = civil_day_of(2020, 2, 7),
                 .names = map_new(a), .person_index = map_new(a) };
    TRY(civil_zone_open(a, STR("Asia/Shanghai"), &d->zone));
    TRY(app_open(a, &(app_options){ .url = db, .stepped = true, .mode = "demo", .seed = (uint64_t)n }, &d->app));
    d->plan = demo_plan_new(d);
    err *e = refuse_used(d, db);
    if (!e)
        e = play(d, eve);
    if (!e && guests && !cli_interrupted())
        e = demo_guests(d, guests);
    app_close(d->app);
    return e;
}

int verb_demo(arena *a, int argc, char **argv, words_lang lang)
{
    err *e = run(a, argc, argv, lang);
    return e ? cli_fail(a, lang, e) : cli_interrupted() ? 130 : 0;
}

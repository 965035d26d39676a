#include "base/file.h"
#include "base/text.h"
#include "cli/bulletin.h"
#include "cli/demo.h"
#include "view/view.h"

#include <stdio.h>
#include <unistd.h>

/* Their numbers and what they say, for whoever hands them out. */
static err *write_certificates(demo *d)
{
    rows r = { 0 };
    TRY(demo_view(d, "certificate", NAMED({ "operation", V_INT(d->operation) }), &r));
    return file_write(d->a, text_format(d->a, "%s/certificates.csv", d->dir).at,
                      view_csv(d->a, view_find(STR("certificate")), &r, d->lang));
}

static err *write_bulletin(demo *d)
{
    bulletin b;
    TRY(bulletin_load(d->a, d->app, d->lang, 0, (bulletin_reader){ 0, d->now }, &b));
    bulletin_write(&b);
    TRY(file_write(d->a, text_format(d->a, "%s/bulletin.json", d->dir).at, bulletin_json(&b)));
    str shown = bulletin_text(&b);
    TRY(file_write(d->a, text_format(d->a, "%s/bulletin.txt", d->dir).at, shown));
    TRY(write_certificates(d));
    cli_progress_end();
    printf("%.*s\n", STR_ARG(shown));
    return NULL;
}

static err *play(demo *d)
{
    static const struct { err *(*run)(demo *d); const char *word; } parts[] = {
        { demo_commanders, "demo.city" }, { demo_city, "demo.city" }, { demo_people, "demo.city" },
        { demo_roles, "demo.city" }, { demo_place, "demo.place" }, { demo_order, "demo.order" }, { demo_teams, "demo.teams" },
        { demo_plan, "demo.plan" }, { demo_duty, "demo.duty" }, { demo_after, "demo.after" }, { write_bulletin, "demo.write" },
    };
    for (size_t i = 0; i < COUNT(parts) && !cli_interrupted(); i++) {
        cli_progress(d->a, d->lang, parts[i].word, NULL);
        TRY(parts[i].run(d));
    }
    return NULL;
}

static err *run(arena *a, int argc, char **argv, words_lang lang)
{
    const char *dir = cli_option(&argc, argv, "-o"), *seed = cli_option(&argc, argv, "--seed");
    int64_t n = 2020;
    demo *d = arena_new(a, demo);
    TRY(cli_unknown_option(a, argc, argv));
    if (!dir || argc)
        return err_new(a, ERR_USAGE, "demo.usage", NULL);
    if (seed && !str_int(str_of(seed), 1, INT64_MAX, &n))
        return err_new(a, ERR_USAGE, "demo.seed", VALUES({ "seed", str_of(seed) }));
    const char *db = text_format(a, "%s/muster.db", dir).at;
    if (access(db, F_OK) == 0)
        return err_new(a, ERR_CONFLICT, "demo.exists", VALUES({ "path", str_of(db) }));
    TRY(file_make_dir(a, dir));
    *d = (demo){ .a = a, .dir = dir, .lang = lang, .seed = (uint64_t)n, .luck = luck_of((uint64_t)n), .friday = civil_day_of(2020, 2, 7),
                 .names = map_new(a), .person_index = map_new(a) };
    TRY(civil_zone_open(a, STR("Asia/Shanghai"), &d->zone));
    TRY(app_open(a, &(app_options){ .url = db, .stepped = true, .mode = "demo", .seed = (uint64_t)n }, &d->app));
    d->plan = demo_plan_new(d);
    err *e = play(d);
    app_close(d->app);
    return e;
}

int verb_demo(arena *a, int argc, char **argv, words_lang lang)
{
    err *e = run(a, argc, argv, lang);
    return e ? cli_fail(a, lang, e) : cli_interrupted() ? 130 : 0;
}

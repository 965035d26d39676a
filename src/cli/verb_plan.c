#include "base/file.h"
#include "cli/plan.h"

#include <stdio.h>

enum { PLAN_STEPS = 40000, PLAN_DAYS = 7, EVENING_MINUTE = 18 * 60, NAMES_TOLD = 20 };

static err *number(plan *p, const char *value, const char *option, int64_t otherwise, int64_t *out)
{
    *out = otherwise;
    if (value && !str_int(str_of(value), 0, INT32_MAX, out))
        return err_new(p->a, ERR_USAGE, "plan.number", VALUES({ "option", str_of(option) }, { "value", str_of(value) }));
    return NULL;
}

static void add_file(plan *p, const char *path, sheet_kind kind)
{
    if (path)
        *list_add(p->a, &p->files) = (plan_file){ .path = path, .kind = kind };
}

static err *first_day(plan *p, const char *value)
{
    int minute = 0;
    civil_local(p->zone, p->now, &p->operation.first_day, &minute);
    p->operation.first_day++; /* the order comes today, the duty is tomorrow */
    if (value && !civil_day_read(str_of(value), &p->operation.first_day))
        return err_new(p->a, ERR_USAGE, "plan.from_day", VALUES({ "value", str_of(value) }));
    p->operation.last_day = p->operation.first_day + PLAN_DAYS - 1;
    /* A period that is wholly over is played again as of the evening before it. */
    if (civil_instant(p->zone, p->operation.last_day, 24 * 60) < p->now)
        p->now = civil_instant(p->zone, p->operation.first_day - 1, EVENING_MINUTE);
    return NULL;
}

static err *options(plan *p, int argc, char **argv)
{
    const char *divisions = cli_option(&argc, argv, "--divisions");
    const char *gazetteer = cli_option(&argc, argv, "--gazetteer");
    const char *from = cli_option(&argc, argv, "--from");
    const char *seed = cli_option(&argc, argv, "--seed"), *steps = cli_option(&argc, argv, "--steps");
    p->dir = cli_option(&argc, argv, "-o");
    p->dry_run = cli_flag(&argc, argv, "--dry-run");
    add_file(p, divisions, SHEET_DIVISIONS);
    add_file(p, gazetteer, SHEET_GAZETTEER);
    for (const char *path; (path = cli_option(&argc, argv, "--availability"));)
        add_file(p, path, SHEET_AVAILABILITY);
    for (const char *set; p->set_count < PLAN_SETS_MAX && (set = cli_option(&argc, argv, "--set"));)
        p->sets[p->set_count++] = set;
    for (const char *path; (path = cli_option(&argc, argv, "--orgs"));)
        add_file(p, path, SHEET_ORGS);
    TRY(cli_unknown_option(p->a, argc, argv));
    for (int i = 0; i < argc; i++)
        add_file(p, argv[i], SHEET_KIND_COUNT);
    TRY(number(p, seed, "--seed", 1, &p->seed));
    TRY(number(p, steps, "--steps", PLAN_STEPS, &p->steps));
    if (argc < 2)
        return err_new(p->a, ERR_USAGE, "plan.files_missing", NULL);
    if (!divisions)
        return err_new(p->a, ERR_USAGE, "plan.divisions_missing", NULL);
    if (!gazetteer)
        return err_new(p->a, ERR_USAGE, "plan.gazetteer_missing", NULL);
    if (!p->dir)
        return err_new(p->a, ERR_USAGE, "plan.out_missing", NULL);
    TRY(plan_check_sets(p));
    return first_day(p, from);
}

static void line(plan *p, const char *key, const word_value *values)
{
    printf("%.*s\n", STR_ARG(words_get(p->a, p->lang, key, values)));
}

static str count(plan *p, size_t n)
{
    return text_format(p->a, "%zu", n);
}

static void tell_nowhere(plan *p)
{
    text names = text_begin(p->a);
    for (size_t i = 0; i < p->nowhere.count && i < NAMES_TOLD; i++) {
        if (i)
            text_put(&names, words_get(p->a, p->lang, "plan.change.and", NULL));
        text_printf(&names, "%s%.*s", i && p->lang == WORDS_EN ? " " : "", STR_ARG(p->nowhere.at[i]));
    }
    if (p->nowhere.count)
        line(p, "plan.nowhere", VALUES({ "n", count(p, p->nowhere.count) }, { "names", text_done(&names) },
                                       { "more", p->nowhere.count > NAMES_TOLD ? STR(" …") : STR("") }));
}

/* The five lines a leader reads at 23:00. */
static void tell(plan *p)
{
    size_t needs = 0, shorts = 0, missing = 0, duties = 0, changes = 0, teams = 0;
    for (size_t i = 0; i < p->teams.count; i++) {
        const plan_team *t = &p->teams.at[i];
        teams++;
        needs += t->need_count;
        shorts += t->short_count;
        missing += t->missing;
        duties += t->duty_count;
        changes += t->change_count;
    }
    cli_progress_end();
    tell_nowhere(p);
    line(p, "plan.line.people", VALUES({ "placed", count(p, p->placed) }, { "queued", count(p, p->queued) }));
    line(p, "plan.line.teams", VALUES({ "n", count(p, teams) }));
    line(p, "plan.line.needs", VALUES({ "covered", count(p, needs - shorts) }, { "of", count(p, needs) },
                                      { "duties", count(p, duties) }));
    if (shorts)
        line(p, "plan.line.short", VALUES({ "n", count(p, shorts) }, { "missing", count(p, missing) },
                                          { "reason", p->main_reason }));
    else
        line(p, "plan.line.short.none", NULL);
    if (changes)
        line(p, "plan.line.changes", VALUES({ "n", count(p, changes) }, { "changes", p->changes }));
    line(p, "plan.line.files", VALUES({ "dir", str_of(p->dir) }));
}

static err *steps_of_plan(plan *p)
{
    TRY(plan_store(p));
    TRY(plan_place(p));
    TRY(plan_needs(p));
    TRY(plan_rosters(p));
    TRY(plan_changes(p));
    return plan_print(p);
}

static err *run_plan(plan *p, int argc, char **argv)
{
    TRY(civil_zone_open(p->a, STR("Asia/Shanghai"), &p->zone));
    TRY(options(p, argc, argv));
    if (!p->dry_run)
        TRY(file_make_dir(p->a, p->dir));
    TRY(plan_calendar(p));
    TRY(plan_read(p));
    if (p->dry_run)
        return plan_dry(p);
    const char *db = str_z(p->a, text_format(p->a, "%s/muster.db", p->dir));
    TRY(app_open(p->a, &(app_options){ .url = db, .stepped = true, .mode = "real" }, &p->app));
    err *e = steps_of_plan(p);
    app_close(p->app);
    if (!e)
        tell(p);
    return e;
}

int verb_plan(arena *a, int argc, char **argv, words_lang lang)
{
    plan p = { .a = a, .lang = lang, .now = civil_clock(), .unanswered = map_new(a) };
    err *e = run_plan(&p, argc, argv);
    return e ? cli_fail(a, lang, e) : 0;
}

#include "cli/plan.h"
#include "domain/setting.h"

#include <unistd.h>

/* NAME=VALUE, checked by the table of settings as setting.set will check it again. */
static err *cut(plan *p, const char *set, setting_id *id, str *kept)
{
    str value = str_of(set), name = { 0 };
    if (str_find(value, STR("=")) < 1)
        return err_new(p->a, ERR_USAGE, "plan.set", VALUES({ "value", value }));
    str_split(&value, '=', &name);
    TRY(setting_find(p->a, name, id));
    return setting_check(p->a, p->lang, *id, value, kept);
}

err *plan_check_sets(plan *p)
{
    for (size_t i = 0; i < p->set_count; i++) {
        setting_id id = 0;
        str kept = { 0 };
        TRY(cut(p, p->sets[i], &id, &kept));
        if (!(settings[id].of & SETTING_OF_OPERATION))
            return err_new(p->a, ERR_INPUT, "setting.of_team", VALUES({ "name", str_of(settings[id].name) }));
    }
    return NULL;
}

err *plan_put_sets(plan *p)
{
    const str scope = text_format(p->a, "operation:%lld", (long long)p->operation_id);
    for (size_t i = 0; i < p->set_count; i++) {
        setting_id id = 0;
        str kept = { 0 };
        TRY(cut(p, p->sets[i], &id, &kept));
        TRY(plan_command(p, "setting.set", NAMED({ "scope", V_TEXT(scope) }, { "name", V_TEXT(str_of(settings[id].name)) },
                                                 { "value", V_TEXT(kept) }), NULL));
    }
    return NULL;
}

static void take_days(plan *p, setting_id id, str kept)
{
    setting_days days = { 0 };
    setting_read_days(p->a, kept, &days);
    if (id == SETTING_HOLIDAYS) {
        p->operation.holidays = days.at;
        p->operation.holiday_count = days.count;
    } else {
        p->operation.workdays = days.at;
        p->operation.workday_count = days.count;
    }
}

static err *read_kept(plan *p)
{
    rows operations = { 0 }, r = { 0 };
    TRY(plan_view(p, "operation", NULL, &operations));
    TRY(plan_view(p, "setting", NULL, &r));
    for (size_t i = 0; i < operations.count && i < 1; i++) {
        int64_t operation = rows_int(&operations, i, "id");
        take_days(p, SETTING_HOLIDAYS, setting_text(p->a, &r, SETTING_HOLIDAYS, operation, 0));
        take_days(p, SETTING_WORKDAYS, setting_text(p->a, &r, SETTING_WORKDAYS, operation, 0));
    }
    return NULL;
}

/* The sheets are read before the database is opened for writing: a sheet that fails leaves nothing behind. */
err *plan_calendar(plan *p)
{
    const char *db = str_z(p->a, text_format(p->a, "%s/muster.db", p->dir));
    if (access(db, F_OK) == 0) {
        err *e = app_open(p->a, &(app_options){ .url = db, .stepped = true, .read_only = true }, &p->app);
        /* an older one is climbed to this version when it is opened for writing; an empty one was broken off */
        bool none = e && (str_is(str_of(e->message), "store.older") || str_is(str_of(e->message), "store.empty"));
        if (!none) {
            TRY(e);
            e = read_kept(p);
            app_close(p->app);
            TRY(e);
        }
        p->app = NULL;
    }
    for (size_t i = 0; i < p->set_count; i++) {
        setting_id id = 0;
        str kept = { 0 };
        TRY(cut(p, p->sets[i], &id, &kept));
        if (settings[id].kind == SETTING_DAYS)
            take_days(p, id, kept);
    }
    return NULL;
}

#include "cli/paper_making.h"

#include "cli/worker.h"
#include "domain/setting.h"
#include "view/view.h"

#include <assert.h>
#include <jansson.h>
#include <string.h>

err *making_view(const making *m, const char *name, const named *args, rows *out)
{
    size_t count = 0;
    while (args && args[count].name)
        count++;
    named *all = arena_many(m->a, named, count + 2);
    all[0] = (named){ "now", V_INT(m->w->now) };
    if (count)
        memcpy(all + 1, args, count * sizeof *args);
    const view *v = view_find(str_of(name));
    assert(v);
    return view_run(app_store(m->w->app), m->a, v, all, m->w->actor_id, 0, out);
}

err *making_view_all(const making *m, const char *name, const named *args, rows *out)
{
    paper_wanted all = *m->w;
    all.actor_id = 0;
    return making_view(&(making){ m->a, &all }, name, args, out);
}

err *making_today(const making *m, str zone, civil_day *out)
{
    int minute;
    return civil_local_in(m->a, zone, m->w->now, out, &minute);
}

call making_call(const making *m, const char *command, const named *args)
{
    return (call){ .command = command, .args = args, .actor_id = m->w->actor_id, .now = m->w->now, .lang = m->w->lang,
                   .source = STR("paper") };
}

str making_text(const making *m, str text, const char *name)
{
    json_t *j = json_loadb(text.at ? text.at : "", text.len, 0, NULL);
    const char *found = json_string_value(json_object_get(j, name));
    str s = found ? str_copy(m->a, str_of(found)) : (str){ 0 };
    json_decref(j);
    return s;
}

int64_t making_number(str text, const char *name)
{
    json_t *j = json_loadb(text.at ? text.at : "", text.len, 0, NULL);
    int64_t n = json_integer_value(json_object_get(j, name));
    json_decref(j);
    return n;
}

str making_word(const making *m, const char *key, const word_value *values)
{
    return words_get(m->a, m->w->lang, key, values);
}

str making_int(const making *m, int64_t n)
{
    return text_format(m->a, "%lld", (long long)n);
}

str making_day(const making *m, const char *key, str day)
{
    civil_day d;
    int year, month, of_month;
    if (!civil_day_read(day, &d))
        return day;
    civil_parts(d, &year, &month, &of_month);
    return making_word(m, key,
                       VALUES({ "year", making_int(m, year) },
                              { "month", making_word(m, text_format(m->a, "print.month.%d", month).at, NULL) },
                              { "day", making_int(m, of_month) },
                              { "weekday", making_word(m, text_format(m->a, "print.weekday.%d", civil_weekday(d)).at, NULL) }));
}

err *making_contact(const making *m, int64_t operation, str *out)
{
    rows r = { 0 };
    *out = m->w->contact;
    if (out->len)
        return NULL;
    TRY(making_view_all(m, "setting", NULL, &r));
    *out = setting_text(m->a, &r, SETTING_CONTACT, operation, 0);
    if (out->len)
        return NULL;
    return err_new(m->a, ERR_USAGE, "paper.contact", VALUES({ "operation", making_int(m, operation) }));
}

err *making_phone(const making *m, int64_t person, str purpose, str *out)
{
    str result = { 0 }, id = making_int(m, person);
    *out = (str){ 0 };
    if (!person)
        return NULL;
    str list = text_format(m->a, "[{\"person\":\"%s\"}]", id.at);
    call c = making_call(m, "person.reveal", NAMED({ "rows", V_TEXT(list) }, { "purpose", V_TEXT(purpose) }));
    TRY(app_command(m->w->app, m->a, &c, &result));
    json_t *j = json_loadb(result.at, result.len, 0, NULL);
    const char *phone = json_string_value(json_object_get(json_object_get(j, "phones"), id.at));
    *out = phone ? print_phone(m->a, str_copy(m->a, str_of(phone))) : (str){ 0 };
    json_decref(j);
    return NULL;
}

err *making_print(const making *m, print_document *d)
{
    d->path = str_of(m->w->path);
    return worker_print_many(m->a, m->w->lang, d, 1);
}

err *paper_write(arena *a, const paper_wanted *w)
{
    static err *(*const kinds[PAPER_KIND_COUNT])(const making *m) = {
        [PAPER_APPEAL] = making_appeal,
        [PAPER_CERTIFICATE] = making_certificates,
        [PAPER_REQUEST] = making_request,
        [PAPER_SLIP] = making_slip,
        [PAPER_BULLETIN] = making_bulletin,
    };
    return kinds[w->kind](&(making){ a, w });
}

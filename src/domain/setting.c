#include "domain/setting.h"

#include <stdlib.h>
#include <string.h>

enum { DAYS_MAX = 366 };

const setting settings[SETTING_COUNT] = {
#define SETTING(id, name, kind, usual, lowest, highest, of) { name, kind, of, usual, lowest, highest },
#include "domain/setting.def"
#undef SETTING
};

static str names_of(arena *a)
{
    text t = text_begin(a);
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        if (settings[i].kind != SETTING_MARK)
            text_printf(&t, "%s%s", t.len ? ", " : "", settings[i].name);
    }
    return text_done(&t);
}

err *setting_find(arena *a, str name, setting_id *out)
{
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        if (str_is(name, settings[i].name)) {
            *out = (setting_id)i;
            return NULL;
        }
    }
    return err_new(a, ERR_INPUT, "setting.unknown", VALUES({ "name", name }, { "names", names_of(a) }));
}

static int compare_days(const void *x, const void *y)
{
    civil_day one = *(const civil_day *)x, other = *(const civil_day *)y;
    return (one > other) - (one < other);
}

/* Days between commas, spaces or their full-width forms. */
static bool cut_days(arena *a, str s, setting_days *out)
{
    str rest = text_normal(a, s), part;
    text plain = text_begin(a);
    for (size_t i = 0; i < rest.len;) {
        uint32_t rune = str_rune(rest, &i);
        text_put_rune(&plain, rune == ' ' || rune == ';' || rune == 0x3001 /* 、 */ ? ',' : rune);
    }
    rest = text_done(&plain);
    while (str_split(&rest, ',', &part)) {
        civil_day day = 0;
        part = str_trim(part);
        if (part.len == 0)
            continue;
        if (!civil_day_read(part, &day) || out->count == DAYS_MAX)
            return false;
        *list_add(a, out) = day;
    }
    if (out->count)
        qsort(out->at, out->count, sizeof *out->at, compare_days);
    return out->count > 0;
}

void setting_read_days(arena *a, str s, setting_days *out)
{
    *out = (setting_days){ 0 };
    cut_days(a, s, out);
}

static bool keep_days(arena *a, str s, str *kept)
{
    setting_days days = { 0 };
    if (!cut_days(a, s, &days))
        return false;
    text t = text_begin(a);
    for (size_t i = 0; i < days.count; i++) {
        if (i && days.at[i] == days.at[i - 1])
            continue;
        text_put_z(&t, i ? "," : "");
        text_put(&t, civil_day_text(a, days.at[i]));
    }
    *kept = text_done(&t);
    return true;
}

static bool keep_yes(arena *a, str s, str *kept)
{
    for (int lang = 0; lang < WORDS_LANG_COUNT; lang++) {
        if (str_equal(s, words_get(a, (words_lang)lang, "setting.yes", NULL)))
            s = STR("yes");
        if (str_equal(s, words_get(a, (words_lang)lang, "setting.no", NULL)))
            s = STR("no");
    }
    bool yes = str_is(s, "yes") || str_is(s, "1") || str_is(s, "true");
    *kept = yes ? STR("yes") : STR("no");
    return yes || str_is(s, "no") || str_is(s, "0") || str_is(s, "false");
}

static err *wrong(arena *a, words_lang lang, const setting *s, str given)
{
    static const char *const keys[] = { "setting.bad.number", "setting.bad.yes", "setting.bad.days", "setting.bad.text",
                                        "setting.bad.text" };
    str what = words_get(a, lang, text_format(a, "setting.%s", s->name).at, NULL);
    return err_new(a, ERR_INPUT, keys[s->kind],
                   VALUES({ "name", str_of(s->name) }, { "value", given }, { "what", what },
                          { "lowest", text_format(a, "%lld", (long long)s->lowest) },
                          { "highest", text_format(a, "%lld", (long long)s->highest) },
                          { "usual", text_format(a, "%lld", (long long)s->usual) }));
}

err *setting_check(arena *a, words_lang lang, setting_id id, str given, str *kept)
{
    const setting *s = &settings[id];
    int64_t n = 0;
    bool good = true;
    given = str_trim(given);
    *kept = given;
    if (s->kind == SETTING_INT) {
        good = str_int(given, s->lowest, s->highest, &n);
        *kept = text_format(a, "%lld", (long long)n);
    } else if (s->kind == SETTING_YES) {
        good = keep_yes(a, given, kept);
    } else if (s->kind == SETTING_DAYS) {
        good = keep_days(a, given, kept);
    } else if (s->kind == SETTING_TEXT) {
        n = (int64_t)str_rune_count(given);
        good = n >= s->lowest && n <= s->highest && str_find(given, STR("\n")) < 0;
    }
    return good ? NULL : wrong(a, lang, s, given);
}

err *setting_scope_read(arena *a, str s, setting_scope *out)
{
    str rest = s, noun = { 0 };
    str_split(&rest, ':', &noun);
    out->of = str_is(noun, "operation") ? SETTING_OF_OPERATION : str_is(noun, "team") ? SETTING_OF_TEAM : 0;
    if (out->of && str_int(rest, 1, INT64_MAX, &out->id))
        return NULL;
    return err_new(a, ERR_INPUT, "setting.scope", VALUES({ "value", s }));
}

str setting_text(arena *a, const rows *r, setting_id id, int64_t operation, int64_t team)
{
    const str of_team = text_format(a, "team:%lld", (long long)team);
    const str of_operation = text_format(a, "operation:%lld", (long long)operation);
    str found = { 0 };
    for (size_t i = 0; i < r->count; i++) {
        if (!str_is(rows_text(r, i, "name"), settings[id].name))
            continue;
        str scope = rows_text(r, i, "scope");
        if (str_equal(scope, of_team))
            return rows_text(r, i, "value");
        if (str_equal(scope, of_operation))
            found = rows_text(r, i, "value");
    }
    return found;
}

int64_t setting_number(arena *a, const rows *r, setting_id id, int64_t operation, int64_t team)
{
    const setting *s = &settings[id];
    int64_t n = s->usual;
    str kept = setting_text(a, r, id, operation, team);
    if (s->kind == SETTING_YES)
        return kept.len ? str_is(kept, "yes") : n;
    return str_int(kept, s->lowest, s->highest, &n) ? n : s->usual;
}

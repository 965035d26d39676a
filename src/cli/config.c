#include "cli/config.h"

#include "base/civil.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

enum { CONFIG_FILE_MAX_BYTES = 64 << 10, SECRET_MAX_BYTES = 4 << 10 };

typedef enum config_kind { TEXT, NUMBER, SWITCH, ADDRESS, TIME, SECRET } config_kind;
static const struct row {
    const char *name;
    config_kind kind;
    const char *otherwise;
    int64_t least, most;
} table[] = {
#define X(name, kind, otherwise, least, most) { #name, kind, otherwise, least, most },
#include "cli/config.def"
#undef X
};

/* -- what a value must be ------------------------------------------------------------------------------ */
bool config_time(str s, int64_t *ms)
{
    civil_day day;
    int64_t hour, minute;
    bool reads = s.len == 17 && civil_day_read(str_part(s, 0, 10), &day) && s.at[10] == 'T' && s.at[13] == ':' && s.at[16] == 'Z' &&
                 str_int(str_part(s, 11, 2), 0, 23, &hour) && str_int(str_part(s, 14, 2), 0, 59, &minute);
    if (reads)
        *ms = (((int64_t)day * 24 + hour) * 60 + minute) * 60000;
    return reads;
}

static bool is_address(str s)
{
    int64_t port;
    size_t host = s.len;
    while (host && s.at[host - 1] != ':')
        host--;
    return host > 1 && str_int(str_from(s, host), 0, 65535, &port);
}

static const char *fault_of(const struct row *r, str value)
{
    int64_t n;
    switch (r->kind) {
    case NUMBER: return str_int(value, r->least, r->most, &n) ? NULL : "config.number";
    case SWITCH: return str_is(value, "on") || str_is(value, "off") ? NULL : "config.switch";
    case ADDRESS: return is_address(value) ? NULL : "web.listen_shape";
    case TIME: return config_time(value, &n) ? NULL : "web.at";
    default: return value.len ? NULL : "config.empty";
    }
}

static str text_of(arena *a, int64_t n)
{
    return text_format(a, "%lld", (long long)n);
}

static err *put(arena *a, config *c, config_key key, str value, str place)
{
    const struct row *r = &table[key];
    const char *fault = fault_of(r, value);
    if (fault)
        return err_new(a, ERR_USAGE, fault,
                       VALUES({ "place", place }, { "key", str_of(r->name) }, { "value", r->kind == SECRET ? STR("…") : value },
                              { "listen", value }, { "at", value }, { "min", text_of(a, r->least) }, { "max", text_of(a, r->most) }));
    c->value[key] = value;
    c->source[key] = place;
    return NULL;
}

/* -- the four places ----------------------------------------------------------------------------------- */
static bool find(str name, config_key *out)
{
    for (config_key k = 0; k < CONFIG_COUNT; k++)
        if (str_is(name, table[k].name)) {
            *out = k;
            return true;
        }
    return false;
}

static err *read_line(arena *a, config *c, str line, str place)
{
    config_key key;
    str name = { 0 };
    if (str_find(line, STR("=")) < 0)
        return err_new(a, ERR_USAGE, "config.line", VALUES({ "place", place }));
    str_split(&line, '=', &name);
    name = str_trim(name);
    if (!find(name, &key))
        return err_new(a, ERR_USAGE, "config.unknown", VALUES({ "place", place }, { "key", name }));
    if (c->source[key].len)
        return err_new(a, ERR_USAGE, "config.twice", VALUES({ "place", place }, { "key", name }, { "first", c->source[key] }));
    return put(a, c, key, str_copy(a, str_trim(line)), place);
}

static err *read_file(arena *a, config *c, const char *path)
{
    str content = { 0 }, line;
    TRY(file_read(a, path, CONFIG_FILE_MAX_BYTES, &content));
    for (int number = 1; content.len && str_split(&content, '\n', &line); number++) {
        line = str_trim(line);
        if (line.len && line.at[0] != '#')
            TRY(read_line(a, c, line, text_format(a, "%s:%d", path, number)));
    }
    return NULL;
}

static const char *spelt(arena *a, const char *prefix, const char *name, char from, char to, bool upper)
{
    text t = text_begin(a);
    text_put_z(&t, prefix);
    for (; *name; name++)
        text_printf(&t, "%c", *name == from ? to : upper && *name >= 'a' && *name <= 'z' ? *name - 'a' + 'A' : *name);
    return str_z(a, text_done(&t));
}

static err *read_environment(arena *a, config *c)
{
    for (config_key k = 0; k < CONFIG_COUNT; k++) {
        const char *name = spelt(a, "MUSTER_", table[k].name, '_', '_', true), *file_name = text_format(a, "%s_FILE", name).at;
        const char *value = getenv(name), *file = getenv(file_name);
        str content = { 0 };
        if (file) {
            TRY(file_read(a, file, SECRET_MAX_BYTES, &content));
            TRY(put(a, c, k, str_trim(content), str_of(file_name)));
        } else if (value) {
            TRY(put(a, c, k, str_copy(a, str_of(value)), str_of(name)));
        }
    }
    return NULL;
}

static err *read_flags(arena *a, int *argc, char **argv, config *c)
{
    for (config_key k = 0; k < CONFIG_COUNT; k++) {
        const char *flag = spelt(a, "--", table[k].name, '_', '-', false), *value = cli_option(argc, argv, flag);
        if (value)
            TRY(put(a, c, k, str_of(value), str_of(flag)));
    }
    return NULL;
}

err *config_read(arena *a, int *argc, char **argv, config *out)
{
    const char *file = cli_option(argc, argv, "--config");
    *out = (config){ 0 };
    for (config_key k = 0; k < CONFIG_COUNT; k++)
        out->value[k] = str_of(table[k].otherwise);
    file = file ? file : getenv("MUSTER_CONFIG");
    if (file)
        TRY(read_file(a, out, file));
    TRY(read_environment(a, out));
    return read_flags(a, argc, argv, out);
}

/* -- what is asked of it ------------------------------------------------------------------------------- */
int64_t config_int(const config *c, config_key key)
{
    int64_t n = 0;
    return str_int(c->value[key], table[key].least, table[key].most, &n) ? n : 0;
}

bool config_on(const config *c, config_key key)
{
    return str_is(c->value[key], "on");
}

const char *config_z(arena *a, const config *c, config_key key)
{
    return c->value[key].len ? str_z(a, c->value[key]) : NULL;
}

/* A path is no secret; the address of a database server may hold a password. */
static str shown(const struct row *r, str value)
{
    return r->kind == SECRET && str_find(value, STR("://")) >= 0 ? STR("…") : value;
}

str config_text(arena *a, const config *c, words_lang lang)
{
    text t = text_begin(a);
    for (config_key k = 0; k < CONFIG_COUNT; k++) {
        str from = c->source[k].len ? c->source[k] : words_get(a, lang, "config.default", NULL);
        text_printf(&t, "%s = %.*s  # %.*s\n", table[k].name, STR_ARG(shown(&table[k], c->value[k])), STR_ARG(from));
    }
    return text_done(&t);
}

str config_help(arena *a, words_lang lang)
{
    text t = text_begin(a);
    for (config_key k = 0; k < CONFIG_COUNT; k++) {
        const struct row *r = &table[k];
        text_printf(&t, "  %s", r->name);
        if (*r->otherwise)
            text_printf(&t, " = %s", r->otherwise);
        if (r->kind == NUMBER)
            text_printf(&t, " (%lld-%lld)", (long long)r->least, (long long)r->most);
        str help = words_get(a, lang, text_format(a, "config.%s", r->name).at, NULL);
        text_printf(&t, "\n      %.*s\n", STR_ARG(help));
    }
    return text_done(&t);
}

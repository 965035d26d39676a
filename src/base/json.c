#include "base/json.h"

json json_begin(text *out)
{
    return (json){ .out = out };
}

static void json_comma(json *j)
{
    if (j->comma)
        text_put_z(j->out, ",");
    j->comma = true;
}

void json_open(json *j, char bracket)
{
    json_comma(j);
    text_put(j->out, (str){ &bracket, 1 });
    j->comma = false;
}

void json_close(json *j, char bracket)
{
    text_put(j->out, (str){ &bracket, 1 });
    j->comma = true;
}

static void json_quote(text *t, str s)
{
    text_put_z(t, "\"");
    size_t from = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        text_put(t, str_part(s, from, i - from));
        from = i + 1;
        if (c == '"' || c == '\\')
            text_printf(t, "\\%c", c);
        else if (c == '\n')
            text_put_z(t, "\\n");
        else
            text_printf(t, "\\u%04x", c);
    }
    text_put(t, str_from(s, from));
    text_put_z(t, "\"");
}

void json_key(json *j, const char *key)
{
    json_comma(j);
    json_quote(j->out, str_of(key));
    text_put_z(j->out, ":");
    j->comma = false;
}

void json_str(json *j, str s)
{
    json_comma(j);
    json_quote(j->out, s);
}

void json_int(json *j, int64_t n)
{
    json_comma(j);
    text_put_int(j->out, n);
}

void json_hundredths(json *j, int64_t n)
{
    int64_t rest = n % 100 < 0 ? -(n % 100) : n % 100;
    json_comma(j);
    if (n < 0 && n > -100)
        text_put_z(j->out, "-");
    text_put_int(j->out, n / 100);
    if (rest)
        text_put(j->out, (str){ (const char[]){ '.', (char)('0' + rest / 10), (char)('0' + rest % 10) }, 3 });
}

void json_bool(json *j, bool yes)
{
    json_comma(j);
    text_put_z(j->out, yes ? "true" : "false");
}

void json_nothing(json *j)
{
    json_comma(j);
    text_put_z(j->out, "null");
}

json_t *json_text(str s)
{
    return json_stringn(s.at ? s.at : "", s.len);
}

json_t *json_id(arena *a, int64_t id)
{
    return json_text(text_format(a, "%lld", (long long)id));
}

int64_t json_id_of(const json_t *j)
{
    int64_t id = json_integer_value(j);
    if (json_is_string(j))
        str_int((str){ json_string_value(j), json_string_length(j) }, 1, INT64_MAX, &id);
    return id;
}

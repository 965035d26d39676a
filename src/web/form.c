#include "web/request.h"

#include <strings.h>

static int hex_of(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

bool percent_decode(arena *a, str s, bool plus, str *out)
{
    char *at = arena_alloc(a, s.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (c == '%') {
            int high = i + 2 < s.len ? hex_of(s.at[i + 1]) : -1, low = high >= 0 ? hex_of(s.at[i + 2]) : -1;
            if (low < 0)
                return false;
            c = (char)(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        if (!c)
            return false;
        at[len++] = c;
    }
    *out = (str){ at, len };
    return str_is_utf8(*out);
}

void percent_put(text *t, str s)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        bool plain = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '-' || c == '.' ||
                     c == '_' || c == '~';
        if (plain)
            text_put(t, (str){ &s.at[i], 1 });
        else
            text_put(t, (str){ (char[]){ '%', digits[c >> 4], digits[c & 15] }, 3 });
    }
}

str request_header(const request *q, const char *name)
{
    for (size_t i = 0; i < q->header_count; i++) {
        str n = q->headers[i].name;
        if (strncasecmp(n.at, name, n.len) == 0 && !name[n.len])
            return q->headers[i].value;
    }
    return (str){ 0 };
}

str request_cookie(const request *q, const char *name)
{
    str rest = request_header(q, "Cookie"), part;
    while (rest.len && str_split(&rest, ';', &part)) {
        str key;
        part = str_trim(part);
        if (str_split(&part, '=', &key) && str_is(key, name))
            return part;
    }
    return (str){ 0 };
}

bool form_next(arena *a, str *rest, str *name, str *value)
{
    str part;
    while (rest->len && str_split(rest, '&', &part)) {
        str key = part;
        size_t equals = 0;
        while (equals < part.len && part.at[equals] != '=')
            equals++;
        key.len = equals;
        if (percent_decode(a, key, true, name) && percent_decode(a, str_from(part, equals + 1), true, value))
            return true;
    }
    return false;
}

static bool field_of(arena *a, str rest, const char *wanted, str *out)
{
    str name;
    while (form_next(a, &rest, &name, out))
        if (str_is(name, wanted))
            return true;
    *out = (str){ 0 };
    return false;
}

str query_field(const request *q, const char *name)
{
    str value;
    field_of(q->a, q->query, name, &value);
    return value;
}

str form_field(const request *q, const char *name)
{
    str value;
    field_of(q->a, q->body, name, &value);
    return value;
}

bool form_has(const request *q, const char *name)
{
    str value;
    return field_of(q->a, q->body, name, &value);
}

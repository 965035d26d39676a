#include "base/str.h"

#include <string.h>

str str_of(const char *z)
{
    return z ? (str){ z, strlen(z) } : (str){ "", 0 };
}

const char *str_z(arena *a, str s)
{
    char *z = arena_alloc(a, s.len + 1);
    if (s.len)
        memcpy(z, s.at, s.len);
    return z;
}

str str_copy(arena *a, str s)
{
    return (str){ str_z(a, s), s.len };
}

bool str_equal(str a, str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

bool str_is(str a, const char *z)
{
    return str_equal(a, str_of(z));
}

int str_compare(str a, str b)
{
    size_t least = a.len < b.len ? a.len : b.len;
    int order = least ? memcmp(a.at, b.at, least) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_starts(str s, str with)
{
    return s.len >= with.len && (with.len == 0 || memcmp(s.at, with.at, with.len) == 0);
}

bool str_ends(str s, str with)
{
    return s.len >= with.len && (with.len == 0 || memcmp(s.at + s.len - with.len, with.at, with.len) == 0);
}

ptrdiff_t str_find(str s, str part)
{
    if (part.len == 0)
        return 0;
    const char *at = s.len ? memmem(s.at, s.len, part.at, part.len) : NULL;
    return at ? at - s.at : -1;
}

str str_part(str s, size_t index, size_t len)
{
    if (index >= s.len)
        return (str){ "", 0 };
    size_t rest = s.len - index;
    return (str){ s.at + index, len < rest ? len : rest };
}

str str_from(str s, size_t index)
{
    return str_part(s, index, s.len);
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

str str_trim(str s)
{
    while (s.len && is_space(s.at[0])) {
        s.at++;
        s.len--;
    }
    while (s.len && is_space(s.at[s.len - 1]))
        s.len--;
    return s;
}

bool str_split(str *rest, char separator, str *part)
{
    if (!rest->at)
        return false;
    const char *end = rest->len ? memchr(rest->at, separator, rest->len) : NULL;
    if (!end) {
        *part = *rest;
        *rest = (str){ NULL, 0 };
        return true;
    }
    size_t len = (size_t)(end - rest->at);
    *part = (str){ rest->at, len };
    *rest = (str){ end + 1, rest->len - len - 1 };
    return true;
}

bool str_int(str s, int64_t min, int64_t max, int64_t *out)
{
    bool negative = s.len && s.at[0] == '-';
    size_t i = negative ? 1 : 0;
    if (i == s.len || s.len - i > 18)
        return false;
    int64_t value = 0;
    for (; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9')
            return false;
        value = value * 10 + (s.at[i] - '0');
    }
    value = negative ? -value : value;
    if (value < min || value > max)
        return false;
    *out = value;
    return true;
}

uint64_t str_hash(str s)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < s.len; i++)
        h = (h ^ (unsigned char)s.at[i]) * 0x100000001b3u;
    return h;
}

uint32_t str_rune(str s, size_t *index)
{
    const unsigned char *p = (const unsigned char *)s.at + *index;
    size_t left = s.len - *index;
    if (p[0] < 0x80 || left < 2) {
        *index += 1;
        return p[0];
    }
    if (p[0] < 0xe0) {
        *index += 2;
        return (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
    }
    if (p[0] < 0xf0 && left >= 3) {
        *index += 3;
        return (p[0] & 0x0fu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
    }
    if (left < 4) {
        *index = s.len;
        return 0xfffd;
    }
    *index += 4;
    return (p[0] & 0x07u) << 18 | (p[1] & 0x3fu) << 12 | (p[2] & 0x3fu) << 6 | (p[3] & 0x3fu);
}

size_t str_rune_count(str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.len; i++)
        count += ((unsigned char)s.at[i] & 0xc0u) != 0x80u;
    return count;
}

static size_t sequence_bytes(const unsigned char *p, size_t left)
{
    if (p[0] < 0x80)
        return 1;
    size_t bytes = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
    if (p[0] < 0xc2 || p[0] > 0xf4 || left < bytes)
        return 0;
    for (size_t i = 1; i < bytes; i++) {
        if ((p[i] & 0xc0u) != 0x80u)
            return 0;
    }
    if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) ||
        (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
        return 0;
    return bytes;
}

bool str_is_utf8(str s)
{
    for (size_t i = 0; i < s.len;) {
        size_t bytes = sequence_bytes((const unsigned char *)s.at + i, s.len - i);
        if (bytes == 0)
            return false;
        i += bytes;
    }
    return true;
}

#include "sheet/xls.h"

#include "base/text.h"

#include <assert.h>
#include <string.h>

enum { CONTINUE = 0x3c, WIDE = 1, HAS_PHONETIC = 4, HAS_RUNS = 8, RUN_BYTES = 4 };

bool xls_next(str stream, size_t *at, xls_record *r)
{
    if (*at > stream.len || stream.len - *at < 4)
        return false;
    size_t len = xls_u16(stream, *at + 2);
    r->kind = xls_u16(stream, *at);
    r->data = str_part(stream, *at + 4, len);
    *at += 4 + len;
    return r->data.len == len;
}

unsigned xls_u8(str s, size_t at)
{
    return at < s.len ? (unsigned char)s.at[at] : 0;
}

unsigned xls_u16(str s, size_t at)
{
    return xls_u8(s, at) | xls_u8(s, at + 1) << 8;
}

uint32_t xls_u32(str s, size_t at)
{
    return xls_u16(s, at) | (uint32_t)xls_u16(s, at + 2) << 16;
}

double xls_double(str s, size_t at)
{
    uint64_t bits = xls_u32(s, at) | (uint64_t)xls_u32(s, at + 4) << 32;
    double n;
    memcpy(&n, &bits, sizeof n);
    return n;
}

/* The upper half of a double, or a whole number of 30 bits; either may be in hundredths. */
double xls_rk(uint32_t rk)
{
    double n;
    uint64_t bits = (uint64_t)(rk & ~3U) << 32;
    if (rk & 2)
        n = (double)(int32_t)(rk & ~3U) / 4;
    else
        memcpy(&n, &bits, sizeof n);
    return rk & 1 ? n / 100 : n;
}

xls_texts xls_texts_of(arena *a, uint16_t *units, str stream, size_t next, str data)
{
    return (xls_texts){ .a = a, .units = units, .stream = stream, .next = next, .data = data };
}

static bool more(xls_texts *t)
{
    xls_record r;
    size_t at = t->next;
    while (t->data.len == 0 && !t->broken) {
        t->broken = !xls_next(t->stream, &at, &r) || r.kind != CONTINUE;
        if (t->broken)
            break;
        t->data = r.data;
        t->next = at;
    }
    return !t->broken;
}

static unsigned byte_take(xls_texts *t)
{
    if (!more(t))
        return 0;
    unsigned byte = xls_u8(t->data, 0);
    t->data = str_from(t->data, 1);
    return byte;
}

static unsigned u16_take(xls_texts *t)
{
    unsigned low = byte_take(t);
    return low | byte_take(t) << 8;
}

static void skip(xls_texts *t, uint64_t count)
{
    while (count && more(t)) {
        size_t part = count < t->data.len ? (size_t)count : t->data.len;
        t->data = str_from(t->data, part);
        count -= part;
    }
}

/* A record that continues a text begins with the width its units have from there on. */
static str units_take(xls_texts *t, size_t count, bool wide)
{
    assert(count < XLS_UNITS_MAX);
    for (size_t i = 0; i < count; i++) {
        if (t->data.len == 0)
            wide = byte_take(t) & WIDE;
        unsigned unit = wide ? u16_take(t) : byte_take(t);
        if (t->broken)
            return (str){ 0 };
        t->units[i] = (uint16_t)(unit ? unit : ' ');
    }
    return text_of_utf16(t->a, t->units, count);
}

str xls_units(xls_texts *t, size_t count)
{
    unsigned flags = byte_take(t);
    return units_take(t, count, flags & WIDE);
}

str xls_text(xls_texts *t)
{
    size_t count = u16_take(t);
    unsigned flags = byte_take(t), runs = flags & HAS_RUNS ? u16_take(t) : 0;
    uint32_t phonetic = flags & HAS_PHONETIC ? u16_take(t) : 0;
    if (flags & HAS_PHONETIC)
        phonetic |= (uint32_t)u16_take(t) << 16;
    str text = units_take(t, count, flags & WIDE);
    skip(t, (uint64_t)runs * RUN_BYTES + phonetic);
    return str_part(text, 0, t->broken ? 0 : text.len);
}

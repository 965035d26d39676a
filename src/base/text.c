#include "base/text.h"

#include "base/limits.h"

#include <assert.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unum.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

text text_begin(arena *a)
{
    return (text){ .a = a };
}

/* Room for more bytes and the NUL behind them. */
static void text_grow(text *t, size_t more)
{
    if (more > TEXT_MAX_BYTES || t->len + more > TEXT_MAX_BYTES)
        arena_alloc(t->a, SIZE_MAX); /* ends at the catch point */
    if (t->len + more < t->room)
        return;
    size_t room = t->room ? t->room * 2 : 64;
    while (room <= t->len + more)
        room *= 2;
    char *at = arena_alloc(t->a, room);
    if (t->len)
        memcpy(at, t->at, t->len);
    t->at = at;
    t->room = room;
}

void text_put(text *t, str s)
{
    text_grow(t, s.len);
    if (s.len)
        memcpy(t->at + t->len, s.at, s.len);
    t->len += s.len;
    t->at[t->len] = '\0';
}

void text_put_z(text *t, const char *z)
{
    text_put(t, str_of(z));
}

void text_put_int(text *t, int64_t n)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    do
        digits[--at] = (char)('0' + left % 10);
    while (left /= 10);
    if (n < 0)
        digits[--at] = '-';
    text_put(t, (str){ digits + at, sizeof digits - at });
}

void text_put_rune(text *t, uint32_t rune)
{
    assert(rune <= 0x10ffff);
    char bytes[4];
    size_t n = 0;
    if (rune < 0x80) {
        bytes[n++] = (char)rune;
    } else if (rune < 0x800) {
        bytes[n++] = (char)(0xc0 | rune >> 6);
    } else if (rune < 0x10000) {
        bytes[n++] = (char)(0xe0 | rune >> 12);
        bytes[n++] = (char)(0x80 | (rune >> 6 & 0x3f));
    } else {
        bytes[n++] = (char)(0xf0 | rune >> 18);
        bytes[n++] = (char)(0x80 | (rune >> 12 & 0x3f));
        bytes[n++] = (char)(0x80 | (rune >> 6 & 0x3f));
    }
    if (rune >= 0x80)
        bytes[n++] = (char)(0x80 | (rune & 0x3f));
    text_put(t, (str){ bytes, n });
}

static void text_vprintf(text *t, const char *format, va_list values)
{
    va_list again;
    va_copy(again, values);
    text_grow(t, 0);
    size_t room = t->room - t->len;
    int bytes = vsnprintf(t->at + t->len, room, format, again);
    va_end(again);
    assert(bytes >= 0);
    if ((size_t)bytes >= room) { /* seldom: once more, with room */
        text_grow(t, (size_t)bytes);
        vsnprintf(t->at + t->len, (size_t)bytes + 1, format, values);
    }
    t->len += (size_t)bytes;
}

void text_printf(text *t, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    text_vprintf(t, format, values);
    va_end(values);
}

str text_done(text *t)
{
    text_grow(t, 0);
    t->at[t->len] = '\0';
    return (str){ t->at, t->len };
}

str text_format(arena *a, const char *format, ...)
{
    text t = text_begin(a);
    va_list values;
    va_start(values, format);
    text_vprintf(&t, format, values);
    va_end(values);
    return text_done(&t);
}

/* Most cells are plain: printable ASCII with single spaces, or unified ideographs. */
static bool is_normal(str s)
{
    bool space = true;
    for (size_t i = 0; i < s.len;) {
        unsigned char c = (unsigned char)s.at[i];
        if (c < 0x80) {
            if (c < 0x20 || c == 0x7f || (c == ' ' && space))
                return false;
            space = c == ' ';
            i++;
            continue;
        }
        if (c < 0xe4 || c > 0xe9 || s.len - i < 3)
            return false;
        uint32_t rune = str_rune(s, &i);
        if (rune < 0x4e00 || rune > 0x9fff)
            return false;
        space = false;
    }
    return s.len == 0 || !space;
}

static bool is_space(UChar32 c)
{
    return u_isUWhiteSpace(c);
}

static bool is_invisible(UChar32 c)
{
    int8_t kind = u_charType(c);
    return kind == U_CONTROL_CHAR || kind == U_FORMAT_CHAR ||
           u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

static UChar *utf16_of(arena *a, str s, int32_t *len)
{
    if (s.len > TEXT_MAX_BYTES)
        arena_alloc(a, SIZE_MAX);
    UChar *wide = arena_many(a, UChar, s.len + 1);
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8WithSub(wide, (int32_t)s.len + 1, len, s.at ? s.at : "", (int32_t)s.len, 0xfffd,
                         NULL, &status);
    assert(U_SUCCESS(status));
    return wide;
}

/* Invisible signs go before NFKC too, so that what they held apart is composed. */
static int32_t drop_invisible(UChar *wide, int32_t len)
{
    int32_t kept = 0;
    for (int32_t i = 0; i < len;) {
        UChar32 c;
        U16_NEXT(wide, i, len, c);
        if (is_space(c) || !is_invisible(c))
            U16_APPEND_UNSAFE(wide, kept, c);
    }
    return kept;
}

static UChar *nfkc(arena *a, const UChar *wide, int32_t *len)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *form = unorm2_getNFKCInstance(&status);
    assert(U_SUCCESS(status));
    int32_t room = *len * 2 + 32;
    UChar *to = arena_many(a, UChar, room);
    int32_t need = unorm2_normalize(form, wide, *len, to, room, &status);
    if (status == U_BUFFER_OVERFLOW_ERROR) {
        status = U_ZERO_ERROR;
        to = arena_many(a, UChar, need + 1);
        need = unorm2_normalize(form, wide, *len, to, need + 1, &status);
    }
    assert(U_SUCCESS(status));
    *len = need;
    return to;
}

str text_normal(arena *a, str s)
{
    if (is_normal(s))
        return str_copy(a, s);
    int32_t len;
    UChar *wide = utf16_of(a, s, &len);
    len = drop_invisible(wide, len);
    wide = nfkc(a, wide, &len);
    text out = text_begin(a);
    bool space = false;
    for (int32_t i = 0; i < len;) {
        UChar32 c;
        U16_NEXT(wide, i, len, c);
        if (is_space(c)) {
            space = true;
        } else if (!is_invisible(c)) {
            if (space && out.len)
                text_put_z(&out, " ");
            space = false;
            text_put_rune(&out, (uint32_t)c);
        }
    }
    return text_done(&out);
}

/*
 * Sign by sign from ICU's Traditional-Simplified rules, filled once and constant from then on:
 * a transliterator call for each cell costs a hundred times as much.
 */
enum { SIMPLE_FIRST = 0x3400, SIMPLE_LAST = 0x9fff };
static uint16_t simple_of[SIMPLE_LAST - SIMPLE_FIRST + 1];
static pthread_once_t simple_once = PTHREAD_ONCE_INIT;

/* Lines keep the signs apart, so that no rule sees two of them together. */
static void simple_fill(void)
{
    enum { CHUNK = 256 };
    static const UChar id[] = u"Traditional-Simplified";
    UErrorCode status = U_ZERO_ERROR;
    UTransliterator *rules = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    for (int from = SIMPLE_FIRST; from <= SIMPLE_LAST; from += CHUNK) {
        UChar line[CHUNK * 8];
        int32_t len = 0;
        for (int c = from; c < from + CHUNK; c++) {
            simple_of[c - SIMPLE_FIRST] = (uint16_t)c;
            line[len++] = (UChar)c;
            line[len++] = '\n';
        }
        int32_t limit = len;
        if (U_SUCCESS(status))
            utrans_transUChars(rules, line, &len, (int32_t)COUNT(line), 0, &limit, &status);
        for (int32_t i = 0, c = from; U_SUCCESS(status) && i < len && c < from + CHUNK; c++) {
            if (i + 1 < len && line[i + 1] == '\n' && !U16_IS_SURROGATE(line[i]))
                simple_of[c - SIMPLE_FIRST] = line[i];
            while (i < len && line[i] != '\n')
                i++;
            i++;
        }
    }
    if (rules)
        utrans_close(rules);
}

str text_simplified(arena *a, str s)
{
    pthread_once(&simple_once, simple_fill);
    text out = text_begin(a);
    text_grow(&out, s.len);
    for (size_t i = 0; i < s.len;) {
        size_t from = i;
        uint32_t rune = str_rune(s, &i);
        if (rune < SIMPLE_FIRST || rune > SIMPLE_LAST)
            text_put(&out, str_part(s, from, i - from));
        else
            text_put_rune(&out, simple_of[rune - SIMPLE_FIRST]);
    }
    return text_done(&out);
}

static void converter_close(void *what)
{
    ucnv_close(what);
}

static UConverter *converter_open(arena *a, const char *name)
{
    UErrorCode status = U_ZERO_ERROR;
    UConverter *c = ucnv_open(name, &status);
    if (U_FAILURE(status))
        arena_alloc(a, SIZE_MAX); /* the names exist, so memory ran out */
    arena_defer(a, converter_close, c);
    return c;
}

static bool encoded_read(arena *a, const char *encoding, str bytes, text *out)
{
    UConverter *from = converter_open(a, encoding);
    UConverter *to = converter_open(a, "UTF-8");
    UErrorCode status = U_ZERO_ERROR;
    ucnv_setToUCallBack(from, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
    const char *source = bytes.at, *end = bytes.at + bytes.len;
    UChar pivot[1024], *pivot_from = pivot, *pivot_to = pivot;
    bool first = true;
    do {
        char chunk[8192], *target = chunk;
        status = U_ZERO_ERROR;
        ucnv_convertEx(to, from, &target, chunk + sizeof chunk, &source, end, pivot, &pivot_from,
                       &pivot_to, pivot + COUNT(pivot), first, true, &status);
        first = false;
        text_put(out, (str){ chunk, (size_t)(target - chunk) });
    } while (status == U_BUFFER_OVERFLOW_ERROR);
    return U_SUCCESS(status);
}

bool text_is_utf16(str bytes)
{
    return str_starts(bytes, STR("\xff\xfe")) || str_starts(bytes, STR("\xfe\xff"));
}

text_encoding text_decode(arena *a, str bytes, str *out)
{
    bool bom = str_starts(bytes, STR("\xef\xbb\xbf"));
    str rest = str_from(bytes, bom ? 3 : 0);
    *out = STR("");
    if (str_is_utf8(rest)) {
        *out = str_copy(a, rest);
        return bom ? TEXT_UTF8_BOM : TEXT_UTF8;
    }
    bool wide = text_is_utf16(bytes);
    /* No other Chinese text holds a NUL; what does is a workbook or an image. */
    if (bom || (!wide && memchr(rest.at, '\0', rest.len)))
        return TEXT_UNKNOWN;
    text t = text_begin(a);
    text_grow(&t, rest.len + rest.len / 2);
    if (!encoded_read(a, wide ? "UTF-16" : "gb18030", rest, &t))
        return TEXT_UNKNOWN;
    *out = text_done(&t);
    return wide ? TEXT_UTF16 : TEXT_GB18030;
}

str text_of_utf16(arena *a, const uint16_t *units, size_t count)
{
    int32_t bytes = 0;
    UErrorCode status = U_ZERO_ERROR;
    if (count > TEXT_MAX_BYTES)
        arena_alloc(a, SIZE_MAX);
    u_strToUTF8WithSub(NULL, 0, &bytes, units, (int32_t)count, 0xfffd, NULL, &status);
    char *out = arena_alloc(a, (size_t)bytes + 1);
    status = U_ZERO_ERROR;
    u_strToUTF8WithSub(out, bytes + 1, &bytes, units, (int32_t)count, 0xfffd, NULL, &status);
    assert(U_SUCCESS(status));
    return (str){ out, (size_t)bytes };
}

str text_spelled(arena *a, const char *locale, int64_t n)
{
    UChar wide[128];
    char narrow[4 * COUNT(wide)];
    int32_t bytes = 0;
    UErrorCode status = U_ZERO_ERROR;
    UNumberFormat *format = unum_open(UNUM_SPELLOUT, NULL, 0, locale, NULL, &status);
    int32_t units = unum_formatInt64(format, n, wide, COUNT(wide), NULL, &status);
    u_strToUTF8(narrow, sizeof narrow, &bytes, wide, units, &status);
    unum_close(format);
    if (U_FAILURE(status))
        return text_format(a, "%lld", (long long)n);
    return str_copy(a, (str){ narrow, (size_t)bytes });
}

/*
 * text: builds UTF-8 text in an arena, and what only ICU knows about text.
 * A text that is passed its limit (TEXT_MAX_BYTES) ends like memory that ran out (see arena).
 */
#ifndef MUSTER_BASE_TEXT_H
#define MUSTER_BASE_TEXT_H
#include "base/str.h"

typedef struct text {
    arena *a;
    char *at;
    size_t len;
    size_t room;
} text;

text text_begin(arena *a);
void text_put(text *t, str s);
void text_put_z(text *t, const char *z);
void text_put_int(text *t, int64_t n);
void text_put_rune(text *t, uint32_t rune);
__attribute__((format(printf, 2, 3))) void text_printf(text *t, const char *format, ...);
str text_done(text *t); /* NUL-ended; lives as long as the arena */
__attribute__((format(printf, 2, 3))) str text_format(arena *a, const char *format, ...);

/* NFKC, every white space run one space, none at the ends; control and invisible signs dropped. */
str text_normal(arena *a, str s);
/* Traditional to simplified, for matching only, never for what is shown or kept. */
str text_simplified(arena *a, str s);

/* Of UTF-16 in memory order; what is no text in it is replaced. */
str text_of_utf16(arena *a, const uint16_t *units, size_t count);

/* A number in words of the locale ("zh": 十二), by ICU's rules; in digits where it has none. */
str text_spelled(arena *a, const char *locale, int64_t n);

typedef enum text_encoding {
    TEXT_UTF8,
    TEXT_UTF8_BOM,
    TEXT_UTF16,
    TEXT_GB18030,
    TEXT_UNKNOWN
} text_encoding;
bool text_is_utf16(str bytes); /* by its BOM, as "Unicode text" of a spreadsheet program has it */
/* Bytes of a file to UTF-8: UTF-8 with or without BOM, UTF-16 with one, else GB18030; TEXT_UNKNOWN
 * when none reads. */
text_encoding text_decode(arena *a, str bytes, str *out);
#endif

/*
 * str: text by pointer and length, UTF-8 once checked, not NUL-ended unless said so. A value; owns nothing.
 */
#ifndef MUSTER_BASE_STR_H
#define MUSTER_BASE_STR_H
#include "base/arena.h"
#include <stdbool.h>
#include <stdint.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

typedef struct str {
    const char *at;
    size_t len;
} str;

#define STR(literal) ((str){ ("" literal), sizeof(literal) - 1 })
#define STR_ARG(s) (int)(s).len, ((s).at ? (s).at : "")

str str_of(const char *z); /* of a NUL-ended text; null is empty */
str str_copy(arena *a, str s); /* NUL-ended copy */
const char *str_z(arena *a, str s); /* NUL-ended, for libraries */
bool str_equal(str a, str b);
bool str_is(str a, const char *z);
int str_compare(str a, str b); /* by bytes */
bool str_starts(str s, str with);
bool str_ends(str s, str with);
/* Where part begins in s, or -1. */
ptrdiff_t str_find(str s, str part);
str str_from(str s, size_t index); /* the rest from index; empty past the end */
str str_part(str s, size_t index, size_t len);
str str_trim(str s); /* ASCII white space at both ends */
/* Cuts the part before the separator off the front of *rest; false when nothing is left. */
bool str_split(str *rest, char separator, str *part);
/* A whole decimal number within min..max, nothing else around it. */
bool str_int(str s, int64_t min, int64_t max, int64_t *out);
uint64_t str_hash(str s); /* FNV-1a, for tables, not for secrets */

/* One code point at *index, which moves on; input must be valid UTF-8. */
uint32_t str_rune(str s, size_t *index);
size_t str_rune_count(str s);
bool str_is_utf8(str s);
#endif

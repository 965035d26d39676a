/*
 * json: writes JSON into a text, commas and escapes by itself. Reading, and trees, are jansson's work.
 */
#ifndef MUSTER_BASE_JSON_H
#define MUSTER_BASE_JSON_H
#include "base/text.h"

#include <jansson.h>

typedef struct json {
    text *out;
    bool comma;
} json;
json json_begin(text *out);
void json_open(json *j, char bracket); /* '{' or '[' */
void json_close(json *j, char bracket);
void json_key(json *j, const char *key);
void json_str(json *j, str s);
void json_int(json *j, int64_t n);
void json_hundredths(json *j, int64_t n); /* 3346050 is 33460.50, whole numbers without a point */
void json_bool(json *j, bool yes);
void json_nothing(json *j);

json_t *json_text(str s); /* a leaf of a tree; refused bytes (not UTF-8) give null */
json_t *json_id(arena *a, int64_t id); /* a leaf, as a text: ids are larger than what JavaScript counts */
int64_t json_id_of(const json_t *j); /* of a text or a number; 0: it is none */
#endif

/*
 * words: every sentence a person reads, by key, in two languages, compiled in from words/<lang>.words.
 * {name} takes a value. A key with .one and .other is a plural, chosen by the value named n (English only).
 */
#ifndef MUSTER_BASE_WORDS_H
#define MUSTER_BASE_WORDS_H
#include "base/err.h"
#include "base/text.h"

typedef enum words_lang { WORDS_ZH, WORDS_EN, WORDS_LANG_COUNT } words_lang;
bool words_has(words_lang lang, const char *key);
/* The sentence; a key that does not exist is an assert: a test compares keys and code. values may be null. */
str words_get(arena *a, words_lang lang, const char *key, const word_value *values);
void words_put(text *t, words_lang lang, const char *key, const word_value *values);
str words_err(arena *a, words_lang lang, const err *e);  /* the message */
str words_hint(arena *a, words_lang lang, const err *e); /* empty where there is none */
/* For tests: the keys in order. */
size_t words_count(words_lang lang);
const char *words_key(words_lang lang, size_t index);
const char *words_text(words_lang lang, size_t index);
#endif

/*
 * words_data: the word files as tools/words.c writes them to build/gen, sorted by key. For words.c alone.
 */
#ifndef MUSTER_BASE_WORDS_DATA_H
#define MUSTER_BASE_WORDS_DATA_H
#include <stddef.h>

typedef struct word_entry {
    const char *key;
    const char *text;
} word_entry;
typedef struct word_entries {
    const word_entry *at;
    size_t count;
} word_entries;
extern const word_entries words_data[]; /* by words_lang */
#endif

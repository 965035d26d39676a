#include "base/words.h"

#include "base/words_data.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { KEY_MAX_BYTES = 128 };

typedef struct word_values {
    const word_value *at;
    size_t count;
} word_values;

static const char *words_find(words_lang lang, const char *key)
{
    assert(lang < WORDS_LANG_COUNT);
    size_t from = 0, to = words_data[lang].count;
    while (from < to) {
        size_t middle = (from + to) / 2;
        const word_entry *entry = &words_data[lang].at[middle];
        int order = strcmp(key, entry->key);
        if (order == 0)
            return entry->text;
        if (order < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return NULL;
}

/* A key may be made of what somebody sent: longer than any of ours, it is none. */
static const char *words_find_ending(words_lang lang, const char *key, const char *ending)
{
    char longer[KEY_MAX_BYTES];
    int bytes = snprintf(longer, sizeof longer, "%s%s", key, ending);
    return bytes > 0 && bytes < KEY_MAX_BYTES ? words_find(lang, longer) : NULL;
}

bool words_has(words_lang lang, const char *key)
{
    return words_find(lang, key) || words_find_ending(lang, key, ".other");
}

static const word_value *value_of(word_values values, str name)
{
    for (const word_value *v = values.at; v < values.at + values.count; v++) {
        if (str_is(name, v->name))
            return v;
    }
    return NULL;
}

static const char *words_choose(words_lang lang, const char *key, word_values values)
{
    const char *plain = words_find(lang, key);
    if (plain)
        return plain;
    const word_value *n = value_of(values, STR("n"));
    return words_find_ending(lang, key, n && str_is(n->value, "1") ? ".one" : ".other");
}

/* A placeholder nobody gave a value for stays as it is: better an odd sentence than none. */
static void words_fill(text *t, const char *sentence, word_values values)
{
    str rest = str_of(sentence);
    while (rest.len) {
        ptrdiff_t open = str_find(rest, STR("{"));
        ptrdiff_t end = open < 0 ? -1 : str_find(str_from(rest, (size_t)open), STR("}"));
        if (end < 0)
            break;
        str name = str_part(rest, (size_t)open + 1, (size_t)end - 1);
        const word_value *v = value_of(values, name);
        size_t taken = (size_t)open + (v ? (size_t)end + 1 : 1);
        text_put(t, str_part(rest, 0, v ? (size_t)open : taken));
        if (v)
            text_put(t, v->value);
        rest = str_from(rest, taken);
    }
    text_put(t, rest);
}

static void words_put_with(text *t, words_lang lang, const char *key, word_values values)
{
    const char *sentence = words_choose(lang, key, values);
    if (!sentence)
        fprintf(stderr, "muster: no words for key %s\n", key);
    assert(sentence);
    words_fill(t, sentence, values);
}

void words_put(text *t, words_lang lang, const char *key, const word_value *values)
{
    word_values all = { .at = values };
    while (values && values[all.count].name)
        all.count++;
    words_put_with(t, lang, key, all);
}

str words_get(arena *a, words_lang lang, const char *key, const word_value *values)
{
    text t = text_begin(a);
    words_put(&t, lang, key, values);
    return text_done(&t);
}

str words_err(arena *a, words_lang lang, const err *e)
{
    text t = text_begin(a);
    words_put_with(&t, lang, e->message, (word_values){ e->values, e->value_count });
    return text_done(&t);
}

str words_hint(arena *a, words_lang lang, const err *e)
{
    str key = text_format(a, "%s.hint", e->message);
    if (!words_has(lang, key.at))
        return STR("");
    text t = text_begin(a);
    words_put_with(&t, lang, key.at, (word_values){ e->values, e->value_count });
    return text_done(&t);
}

size_t words_count(words_lang lang)
{
    return words_data[lang].count;
}

const char *words_key(words_lang lang, size_t index)
{
    assert(index < words_data[lang].count);
    return words_data[lang].at[index].key;
}

const char *words_text(words_lang lang, size_t index)
{
    assert(index < words_data[lang].count);
    return words_data[lang].at[index].text;
}

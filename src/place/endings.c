#include "place/endings.h"

typedef struct ending {
    ending_list list;
    str word;
} ending;
static const ending endings[] = {
#define X(list, word) { list, { word, sizeof(word) - 1 } },
#include "place/endings.def"
#undef X
};

bool ending_next(ending_list list, size_t *cursor, str *out)
{
    while (*cursor < COUNT(endings)) {
        const ending *e = &endings[(*cursor)++];
        if (e->list == list) {
            *out = e->word;
            return true;
        }
    }
    return false;
}

size_t ending_bytes(str s, ending_list list)
{
    str word;
    for (size_t i = 0; ending_next(list, &i, &word);) {
        if (str_ends(s, word))
            return word.len;
    }
    return 0;
}

size_t ending_start_bytes(str s, ending_list list)
{
    str word;
    size_t best = 0;
    for (size_t i = 0; ending_next(list, &i, &word);) {
        if (str_starts(s, word) && word.len > best)
            best = word.len;
    }
    return best;
}

bool ending_is(str s, ending_list list)
{
    str word;
    for (size_t i = 0; ending_next(list, &i, &word);) {
        if (str_equal(s, word))
            return true;
    }
    return false;
}

str ending_cut(str s, ending_list list)
{
    size_t bytes = ending_bytes(s, list);
    return bytes < s.len ? str_part(s, 0, s.len - bytes) : s;
}

#include "sheet/word.h"

static const struct {
    word_id id;
    const char *text;
    size_t len;
} words[] = {
#define WORD(id, text) { id, text, sizeof(text) - 1 },
#include "sheet/headers.def"
};

/* ASCII and the unified ideographs (U+4E00..9FFF) are their own compatibility forms. */
static bool is_normal(str s, bool key)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c >= 0xe5 && c <= 0xe9 && i + 2 < s.len) {
            i += 2;
            continue;
        }
        bool space = c == ' ' && !key && i > 0 && i + 1 < s.len && s.at[i + 1] != ' ';
        if (!space && (c <= ' ' || c >= 0x7f || (key && c >= 'A' && c <= 'Z')))
            return false;
    }
    return true;
}

str word_normal(arena *a, str s)
{
    return is_normal(s, false) ? s : text_normal(a, s);
}

str word_key(arena *a, str s)
{
    if (is_normal(s, true))
        return s;
    str normal = text_normal(a, s);
    char *out = arena_alloc(a, normal.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < normal.len; i++) {
        char c = normal.at[i];
        if (c != ' ')
            out[len++] = c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
    }
    return (str){ out, len };
}

str word_without_brackets(arena *a, str s, str *inside)
{
    if (inside)
        *inside = (str){ 0 };
    if (!word_has(s, WORD_OPEN))
        return str_trim(s);
    text out = text_begin(a), in = text_begin(a);
    for (int depth = 0; s.len;) {
        if (word_cut(&s, WORD_OPEN)) {
            if (depth++ == 0 && in.len)
                text_put_z(&in, ";");
        } else if (depth > 0 && word_cut(&s, WORD_CLOSE)) {
            depth--;
        } else {
            text_put(depth ? &in : &out, str_part(s, 0, 1));
            s = str_from(s, 1);
        }
    }
    if (inside)
        *inside = text_done(&in);
    return str_trim(text_done(&out));
}

str word_first(word_id id)
{
    for (size_t i = 0; i < COUNT(words); i++) {
        if (words[i].id == id)
            return str_of(words[i].text);
    }
    return (str){ 0 };
}

bool word_has(str s, word_id id)
{
    if (s.len == 0)
        return false;
    for (size_t i = 0; i < COUNT(words); i++) {
        if (words[i].id == id && str_find(s, (str){ words[i].text, words[i].len }) >= 0)
            return true;
    }
    return false;
}

bool word_ends(str s, word_id id)
{
    for (size_t i = 0; i < COUNT(words); i++)
        if (words[i].id == id && str_ends(s, (str){ words[i].text, words[i].len }))
            return true;
    return false;
}

bool word_cut(str *s, word_id id)
{
    if (s->len == 0)
        return false;
    for (size_t i = 0; i < COUNT(words); i++) {
        if (words[i].id == id && str_starts(*s, (str){ words[i].text, words[i].len })) {
            *s = str_from(*s, words[i].len);
            return true;
        }
    }
    return false;
}

static void part_add(arena *a, str part, sheet_list *out)
{
    part = word_normal(a, str_trim(part));
    if (part.len)
        *list_add(a, out) = part;
}

void word_split(arena *a, str s, sheet_list *out)
{
    if (!word_has(s, WORD_OPEN) && !word_has(s, WORD_LIST)) { /* nearly every cell */
        part_add(a, s, out);
        return;
    }
    str rest = s;
    size_t begin = 0;
    for (int depth = 0; rest.len;) {
        size_t here = s.len - rest.len;
        if (word_cut(&rest, WORD_OPEN)) {
            depth++;
        } else if (depth > 0 && word_cut(&rest, WORD_CLOSE)) {
            depth--;
        } else if (depth == 0 && word_cut(&rest, WORD_LIST)) {
            part_add(a, str_part(s, begin, here - begin), out);
            begin = s.len - rest.len;
        } else {
            rest = str_from(rest, 1);
        }
    }
    part_add(a, str_from(s, begin), out);
}

/* Zero to ten as headers.def lists them, in order; -1: none. */
static int digit_cut(str *s)
{
    int value = 0;
    for (size_t i = 0; i < COUNT(words); i++) {
        if (words[i].id != WORD_DIGITS)
            continue;
        if (str_starts(*s, str_of(words[i].text))) {
            *s = str_from(*s, str_of(words[i].text).len);
            return value;
        }
        value++;
    }
    return word_cut(s, WORD_TWO) ? 2 : -1;
}

int word_number(str *s)
{
    if (s->len && s->at[0] >= '0' && s->at[0] <= '9') {
        int n = 0;
        for (; s->len && s->at[0] >= '0' && s->at[0] <= '9'; *s = str_from(*s, 1))
            n = n < 100000000 ? n * 10 + s->at[0] - '0' : n;
        return n;
    }
    int n = digit_cut(s);
    if (n < 0)
        return -1;
    if (n != 10) {
        str rest = *s;
        if (digit_cut(&rest) != 10)
            return n;
        *s = rest;
        n *= 10;
    }
    int unit = digit_cut(s);
    return unit > 0 ? n + unit : n;
}

/* 10, 100, 1000; 0: none. */
static int64_t unit_cut(str *s)
{
    str rest = *s;
    if (digit_cut(&rest) == 10) {
        *s = rest;
        return 10;
    }
    return word_cut(s, WORD_HUNDRED) ? 100 : word_cut(s, WORD_THOUSAND) ? 1000 : 0;
}

int64_t word_spelled(str *s)
{
    enum { TEN_THOUSAND = 10000, LIMIT = 100000000 };
    int64_t total = 0, below = 0;
    bool any = false;
    while (s->len && total < LIMIT && below < LIMIT) {
        str rest = *s;
        int64_t digit = digit_cut(&rest), unit = 0;
        if (digit == 10) /* 十五 */
            digit = 1;
        else if (digit >= 0)
            *s = rest;
        unit = unit_cut(s);
        if (digit < 0 && !unit) {
            if (!any || !word_cut(s, WORD_TEN_THOUSAND))
                break;
            total += below * TEN_THOUSAND;
            below = 0;
            continue;
        }
        any = true;
        below += (digit < 0 ? 1 : digit) * (unit ? unit : 1);
    }
    return any ? total + below : -1;
}

#include "place/fold.h"

#include "base/text.h"
#include "place/endings.h"

#include <string.h>

static bool is_break(uint32_t rune)
{
    return rune == ',' || rune == ';' || rune == 0x3002 /* 。 */ || rune == 0x3001 /* 、 */;
}

static bool is_opening(uint32_t rune)
{
    return rune == '(' || rune == '[' || rune == 0x3010 /* 【 */;
}

static bool is_closing(uint32_t rune)
{
    return rune == ')' || rune == ']' || rune == 0x3011 /* 】 */;
}

static bool is_dropped(uint32_t rune)
{
    if (rune < 0x80)
        return !strchr("#-0123456789abcdefghijklmnopqrstuvwxyz", (int)rune);
    return rune == 0xb7 || (rune >= 0x2010 && rune <= 0x206f) || (rune >= 0x3000 && rune <= 0x303f &&
           rune != 0x3007 && rune != 0x3005) || rune == 0x30fb;
}

/* 0..9, 10 for ten, -1 for what is no digit. */
static int digit_of(str s, size_t index)
{
    str word;
    int n = 0;
    for (size_t i = 0; ending_next(DIGIT, &i, &word); n++) {
        if (str_starts(str_from(s, index), word))
            return n;
    }
    return str_starts(str_from(s, index), STR("〇")) ? 0 : -1;
}

/* A run of Chinese digits becomes a number: 二十七 27, 十 10, 一二 12. */
static size_t put_number(text *t, str s, size_t index)
{
    int runs[8];
    size_t count = 0;
    bool tens = false;
    for (int d; count < COUNT(runs) && index < s.len && (d = digit_of(s, index)) >= 0; count++) {
        runs[count] = d;
        tens |= d == 10;
        (void)str_rune(s, &index);
    }
    for (size_t i = 0; i < count; i++) {
        if (tens && runs[i] == 10) {
            if (i == 0)
                text_put_int(t, 1);
            if (i + 1 == count || runs[i + 1] == 10)
                text_put_int(t, 0);
        } else {
            text_put_int(t, runs[i]);
        }
    }
    return index;
}

/* Where a label begins: at the start or behind a sign. */
static ptrdiff_t label_find(str s, ending_list list, size_t from, size_t *bytes)
{
    for (size_t i = from; i < s.len; i++) {
        bool free = i == 0 || s.at[i - 1] == ' ' || s.at[i - 1] == ',' || s.at[i - 1] == ';';
        *bytes = free ? ending_start_bytes(str_from(s, i), list) : 0;
        if (*bytes)
            return (ptrdiff_t)i;
    }
    return -1;
}

/* The home's part of the text; *is_work where only a workplace is named. */
static str cut_labels(str s, bool *is_work)
{
    size_t work_bytes = 0, home_bytes = 0;
    ptrdiff_t work = label_find(s, LABEL_WORK, 0, &work_bytes);
    ptrdiff_t home = label_find(s, LABEL_HOME, work >= 0 ? (size_t)work + work_bytes : 0, &home_bytes);
    if (work < 0)
        return home == 0 ? str_from(s, home_bytes) : s;
    if (home >= 0)
        return str_from(s, (size_t)home + home_bytes);
    if (work > 0) { /* the home stands in front */
        str front = str_trim(str_part(s, 0, (size_t)work));
        size_t label = ending_start_bytes(front, LABEL_HOME);
        return str_from(front, label);
    }
    *is_work = true;
    return str_from(s, work_bytes);
}

static str lower(arena *a, str s)
{
    str copy = str_copy(a, s);
    char *at = arena_copy(a, copy.at, copy.len + 1);
    for (size_t i = 0; i < s.len; i++)
        at[i] = at[i] >= 'A' && at[i] <= 'Z' ? (char)(at[i] - 'A' + 'a') : at[i];
    return (str){ at, s.len };
}

static fold fold_text(arena *a, str s, bool with_labels)
{
    fold f = { 0 };
    s = lower(a, text_simplified(a, text_normal(a, s)));
    if (with_labels)
        s = cut_labels(s, &f.is_work);
    bool *breaks = arena_many(a, bool, s.len * 3 + 2); /* a digit may become longer: 十 is never */
    text t = text_begin(a);
    size_t depth = 0;
    for (size_t i = 0; i < s.len;) {
        size_t next = i;
        uint32_t rune = str_rune(s, &next);
        if (is_opening(rune))
            depth++;
        if (depth || is_break(rune))
            breaks[t.len] = true;
        if (is_closing(rune) && depth)
            depth--;
        else if (depth || is_break(rune) || is_dropped(rune))
            ;
        else if (digit_of(s, i) >= 0)
            next = put_number(&t, s, i);
        else
            text_put_rune(&t, rune);
        i = next;
    }
    f.text = text_done(&t);
    f.breaks = breaks;
    return f;
}

fold fold_address(arena *a, str address)
{
    return fold_text(a, address, true);
}

str fold_name(arena *a, str name)
{
    return fold_text(a, name, false).text;
}

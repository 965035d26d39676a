#include "place/home.h"

#include "base/text.h"
#include "place/endings.h"
#include "place/fold.h"

static bool is_number(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

/* Words for a building, a stair, a door, one after another: where they end; from where there is none. */
static size_t parts_end(str s, size_t from)
{
    size_t i = from, bytes;
    while ((bytes = ending_start_bytes(str_from(s, i), BUILDING)) > 0)
        i += bytes;
    if (i > from)
        return i;
    size_t house = ending_start_bytes(str_from(s, i), MARK_NUMBER);
    bool ends = i + house >= s.len || is_number(s.at[i + house]); /* 12号桃溪花园 is a house, not a door */
    return house && ends ? i + house : from;
}

/* A compound alone is no home: hundreds live there, and some have the same name. */
static bool has_number(str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] >= '0' && s.at[i] <= '9')
            return true;
    }
    return false;
}

str home_key(arena *a, str address)
{
    if (ending_is(str_trim(address), BLANK))
        return (str){ 0 };
    str s = fold_address(a, address).text;
    if (ending_is(s, BLANK) || !has_number(s))
        return (str){ 0 };
    text t = text_begin(a);
    for (size_t i = 0; i < s.len;) {
        size_t end = t.len && is_number(t.at[t.len - 1]) ? parts_end(s, i) : i;
        size_t word = t.len ? ending_start_bytes(str_from(s, i), ENDING_COMPOUND) : 0;
        if (end > i) {
            if (end < s.len)
                text_put_z(&t, "-");
            i = end;
        } else if (word) {
            i += word;
        } else {
            text_put_rune(&t, str_rune(s, &i));
        }
    }
    return text_done(&t);
}

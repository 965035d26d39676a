#include "sheet/chain.h"

bool chain_is_mark(uint32_t c)
{
    static const uint32_t dots[] = { 0xB7, 0x2022, 0x2027, 0x22C5, 0x30FB, 0xFF65 };
    for (size_t i = 0; i < COUNT(dots); i++)
        if (c == dots[i])
            return true;
    return c < '0' || (c > '9' && c < 'A') || (c >= 0x3000 && c <= 0x303F) || c == 0xFE0F || c == 0x20E3;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits_end(str s, size_t i)
{
    while (i < s.len && is_digit(s.at[i]))
        i++;
    return i;
}

/* "12. ", "3、" or a digit on a key; a time (9:30) is no number of a place, but nobody is lost by that. */
static str without_number(str line, str *number)
{
    size_t i = digits_end(line, 0);
    *number = str_part(line, 0, i);
    while (i < line.len) {
        size_t next = i;
        if (!chain_is_mark(str_rune(line, &next)))
            break;
        i = next;
    }
    return str_from(line, i);
}

static str tail_of(str line)
{
    for (size_t i = 0; i < line.len; i++) {
        if (!is_digit(line.at[i]))
            continue;
        size_t end = digits_end(line, i);
        if (end - i == 4)
            return str_part(line, i, 4);
        i = end;
    }
    return (str){ 0 };
}

static bool is_cancelled(str line)
{
    static const char *const words[] = { "取消", "删", "退出", "撤销" };
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_find(line, str_of(words[i])) >= 0)
            return true;
    return false;
}

/* 例 alone is a family name too (rarely): an example has a sign or 如 behind it. */
static bool is_title(str raw, str line)
{
    static const char *const words[] = { "接龙", "例:", "例如", "示例", "格式" };
    if (!line.len || raw.at[0] == '#')
        return true;
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_starts(line, str_of(words[i])))
            return true;
    return false;
}

static size_t digits_begin(str s, size_t i)
{
    while (i > 0 && is_digit(s.at[i - 1]))
        i--;
    return i;
}

/* "张三 9:30", "李四 2026/2/7 12:00:05": who sent what stands below, and when. A span (8:00-12:00) is none. */
static bool is_sender(const chain_line *l)
{
    size_t i = l->text.len, parts = 0;
    for (; parts < 3; parts++) {
        size_t from = digits_begin(l->text, i);
        if (from == i || i - from > 2 || from == 0)
            return false;
        i = from - 1;
        if (l->text.at[i] != ':')
            break;
    }
    return !l->number.len && parts > 0 && l->text.at[i] == ' ';
}

bool chain_next(arena *a, str *rest, chain_line *out)
{
    str raw;
    while (rest->len && str_split(rest, '\n', &raw)) {
        raw = text_normal(a, raw);
        *out = (chain_line){ 0 };
        out->text = without_number(raw, &out->number);
        if (is_title(raw, out->text) || is_sender(out))
            continue;
        out->tail = tail_of(out->text);
        out->cancelled = is_cancelled(out->text);
        return true;
    }
    return false;
}

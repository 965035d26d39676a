#include "job/scan.h"

#include "base/text.h"

scan scan_begin(arena *a, scan_file f)
{
    if (str_starts(f.content, STR("\xef\xbb\xbf")))
        f.content = str_from(f.content, 3);
    return (scan){ .a = a, .name = f.name, .rest = f.content };
}

static str number(const scan *s, int64_t n)
{
    return text_format(s->a, "%lld", (long long)n);
}

err *scan_bad(scan *s, const char *key, str value)
{
    enum { SHOWN_MAX = 60 };
    if (value.len > SHOWN_MAX || !str_is_utf8(value))
        value = STR("…");
    return err_new(s->a, ERR_INPUT, key,
                   VALUES({ "file", s->name }, { "line", number(s, (int64_t)s->line) }, { "value", value }));
}

static bool parts_words(const scan *s, char c)
{
    return c == ' ' || c == '\t' || c == '\r' || (c == ',' && s->commas);
}

static bool next_word(const scan *s, str *line, str *word)
{
    size_t from = 0, end = 0;
    while (from < line->len && parts_words(s, line->at[from]))
        from++;
    for (end = from; end < line->len && !parts_words(s, line->at[end]);)
        end++;
    *word = str_part(*line, from, end - from);
    *line = str_from(*line, end);
    return word->len > 0;
}

err *scan_next(scan *s)
{
    str line, word;
    s->count = 0;
    while (!s->count && str_split(&s->rest, '\n', &line)) {
        s->line += s->rest.at || line.len; /* what comes after the last line end is no line */
        if (!str_is_utf8(line))
            return scan_bad(s, "roster.line.bytes", (str){ 0 });
        while (next_word(s, &line, &word)) {
            if (s->count == SCAN_WORDS_MAX)
                return scan_bad(s, "roster.line.words", word);
            s->word[s->count++] = word;
        }
    }
    return NULL;
}

err *scan_row(scan *s, size_t least, size_t most)
{
    TRY(scan_next(s));
    if (!s->count)
        return scan_bad(s, "roster.line.short", (str){ 0 });
    if (s->count < least || (most && s->count > most))
        return scan_bad(s, "roster.line.words", s->word[s->count - 1]);
    return NULL;
}

err *scan_head(scan *s, const char *head)
{
    TRY(scan_row(s, 1, 0));
    return s->count == 1 && str_is(s->word[0], head) ? NULL : scan_bad(s, "roster.line.head", str_of(head));
}

err *scan_count(scan *s, const char *head, int min, int max, int *n)
{
    TRY(scan_row(s, 1, 0));
    if (s->count != 3 || !str_is(s->word[0], head) || !str_is(s->word[1], "="))
        return scan_bad(s, "roster.line.head", str_of(head));
    return scan_number(s, s->word[2], min, max, n);
}

err *scan_end(scan *s)
{
    TRY(scan_next(s));
    return s->count ? scan_bad(s, "roster.line.more", s->word[0]) : NULL;
}

err *scan_number(scan *s, str word, int min, int max, int *out)
{
    int64_t n = 0;
    if (!str_int(word, min, max, &n))
        return err_new(s->a, ERR_INPUT, "roster.line.number",
                       VALUES({ "file", s->name }, { "line", number(s, (int64_t)s->line) },
                              { "value", word.len < 40 ? word : STR("…") }, { "min", number(s, min) },
                              { "max", number(s, max) }));
    *out = (int)n;
    return NULL;
}

err *scan_pair(scan *s, str word, int b_min, int max, int *a, int *b)
{
    ptrdiff_t comma = str_find(word, STR(","));
    if (comma < 0 || !str_starts(word, STR("(")) || !str_ends(word, STR(")")))
        return scan_bad(s, "roster.line.pair", word);
    TRY(scan_number(s, str_part(word, 1, (size_t)comma - 1), 0, max, a));
    TRY(scan_number(s, str_part(word, (size_t)comma + 1, word.len - (size_t)comma - 2), b_min, max, b));
    return *a > *b ? scan_bad(s, "roster.line.bounds", word) : NULL;
}

err *scan_name(scan *s, const map *m, str word, int *out)
{
    int64_t n = 0;
    if (!map_get(m, word, &n))
        return scan_bad(s, "roster.line.unknown", word);
    *out = (int)n;
    return NULL;
}

err *scan_new_name(scan *s, map *m, str word)
{
    if (map_get(m, word, NULL))
        return scan_bad(s, "roster.line.twice", word);
    map_put(m, word, (int64_t)map_count(m));
    return NULL;
}

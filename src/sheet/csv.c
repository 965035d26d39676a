#include "sheet/page.h"

#include "base/limits.h"
#include "base/text.h"

#include <string.h>

enum { GUESS_LINES = 40, GUESS_COUNT_MAX = 255 };

/* A table copied from a spreadsheet program, a document or a chat: tabs in half of its lines; a CSV has next to none. */
static bool is_pasted(str s)
{
    size_t lines = 0, with_tab = 0;
    bool quoted = false, filled = false, tab = false;
    for (size_t i = 0; i <= s.len && lines < GUESS_LINES; i++) {
        char c = i < s.len ? s.at[i] : '\n';
        if (c == '\n' && (!quoted || i == s.len)) {
            lines += filled;
            with_tab += tab;
            filled = tab = false;
        } else {
            quoted ^= c == '"';
            filled |= c != ' ' && c != '\r' && c != '\t';
            tab |= c == '\t' && !quoted;
        }
    }
    return with_tab && with_tab * 2 >= lines;
}

/* The separator most lines agree about: a comma inside cells comes in every number. */
static char separator_of(str s)
{
    if (is_pasted(s))
        return '\t';
    static const char separators[] = { ',', ';', '\t' };
    char best = ',';
    size_t best_lines = 0, best_count = 0;
    for (size_t k = 0; k < COUNT(separators); k++) {
        size_t lines_with[GUESS_COUNT_MAX + 1] = { 0 };
        size_t count = 0, lines = 0;
        bool quoted = false;
        for (size_t i = 0; i <= s.len && lines < GUESS_LINES; i++) {
            if (i < s.len && s.at[i] == '"') {
                quoted = !quoted;
            } else if (i == s.len || (s.at[i] == '\n' && !quoted)) {
                lines_with[count < GUESS_COUNT_MAX ? count : GUESS_COUNT_MAX]++;
                count = 0;
                lines++;
            } else if (s.at[i] == separators[k] && !quoted) {
                count++;
            }
        }
        for (size_t n = 1; n <= GUESS_COUNT_MAX; n++) {
            if (lines_with[n] > best_lines ||
                (lines_with[n] == best_lines && lines_with[n] && n > best_count)) {
                best = separators[k];
                best_lines = lines_with[n];
                best_count = n;
            }
        }
    }
    return best;
}

/* The end of a cell that begins at i; *value is its text. Past the end: a quote was never closed. */
static size_t quoted_cell(arena *a, str s, size_t i, str *value)
{
    size_t begin = ++i, doubled = 0;
    for (; i < s.len; i++) {
        if (s.at[i] != '"')
            continue;
        if (i + 1 < s.len && s.at[i + 1] == '"') {
            doubled++;
            i++;
            continue;
        }
        break;
    }
    if (i >= s.len)
        return s.len + 1;
    *value = str_part(s, begin, i - begin);
    if (doubled) {
        char *out = arena_alloc(a, value->len + 1);
        size_t len = 0;
        for (size_t k = 0; k < value->len; k++) {
            out[len++] = value->at[k];
            k += value->at[k] == '"';
        }
        *value = (str){ out, len };
    }
    return i + 1;
}

static bool ends_cell(str s, size_t i, char separator)
{
    while (i < s.len && s.at[i] == ' ')
        i++;
    return i >= s.len || s.at[i] == separator || s.at[i] == '\n' || s.at[i] == '\r';
}

/*
 * A quote in front that opens nothing is a sign like others: "same as above", or a name in quotes with more behind it.
 * In a pasted table it opens a cell only if it is closed before the next tab.
 */
static size_t cell_end(arena *a, str s, size_t i, char separator, str *value)
{
    size_t end = i;
    str quoted = { 0 };
    if (s.at[i] == '"') {
        end = quoted_cell(a, s, i, &quoted);
        bool plain = separator == '\t' && (end > s.len || str_find(quoted, STR("\t")) >= 0);
        if (end > s.len && !plain)
            return end;
        if (!plain && ends_cell(s, end, separator))
            *value = quoted;
        else
            end = i;
    }
    size_t rest = end;
    while (rest < s.len && s.at[rest] != separator && s.at[rest] != '\n' && s.at[rest] != '\r')
        rest++;
    if (end == i)
        *value = str_part(s, i, rest - i);
    return rest;
}

static bool is_binary(str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c < 32 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x0b && c != 0x1a)
            return true;
    }
    return false;
}

static err *csv_rows(arena *a, str name, str s, sheet_page *page)
{
    char separator = separator_of(s);
    page_builder b = page_begin(a, name, page);
    int number = 1, column = 0;
    for (size_t i = 0; i < s.len;) {
        str value = { 0 };
        size_t end = cell_end(a, s, i, separator, &value);
        if (end > s.len)
            return err_new(a, ERR_INPUT, "sheet.quote_open",
                           VALUES({ "file", name }, { "row", text_format(a, "%d", number) }));
        TRY(page_cell(&b, number, column, value));
        column++;
        i = end;
        if (i >= s.len)
            break;
        char c = s.at[i++];
        if (c == separator)
            continue;
        if (c == '\r' && i < s.len && s.at[i] == '\n')
            i++;
        number++;
        column = 0;
    }
    return page_end(&b);
}

err *sheet_read_csv(arena *a, str name, str bytes, sheet_file *out)
{
    *out = (sheet_file){ .name = name };
    bool wide = text_is_utf16(bytes);
    if (!wide && is_binary(bytes))
        return err_new(a, ERR_INPUT, "sheet.binary", VALUES({ "file", name }));
    str content;
    if (text_decode(a, bytes, &content) == TEXT_UNKNOWN)
        return err_new(a, ERR_INPUT, "sheet.encoding", VALUES({ "file", name }));
    if (wide && is_binary(content))
        return err_new(a, ERR_INPUT, "sheet.binary", VALUES({ "file", name }));
    sheet_page *page = list_add(a, &out->pages);
    *page = (sheet_page){ 0 };
    TRY(csv_rows(a, name, content, page));
    if (page->rows.count == 0)
        return err_new(a, ERR_INPUT, "sheet.empty", VALUES({ "file", name }));
    return NULL;
}

/* Whose list a table is: 填报单位：市水务局, or 市水务局党员花名册 as title or as name of the file. */
#include "sheet/table.h"
#include "sheet/word.h"

enum { ISSUER_MIN_RUNES = 3, ISSUER_MAX_RUNES = 30 };

static bool is_space(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == 0xA0 || c == 0x3000;
}

/* Behind the colon, up to the gap before what is written next on that line. */
static str after_label(str s)
{
    size_t i = 0, next = 0;
    while (i < s.len && is_space(str_rune(s, &next)))
        i = next;
    s = str_from(s, i);
    for (i = next = 0; i < s.len && !is_space(str_rune(s, &next)); i = next) {}
    return str_part(s, 0, i);
}

static str label_taken(arena *a, str cell)
{
    str s = cell;
    while (s.len) {
        size_t next = 0;
        if (word_cut(&s, WORD_FILLED_BY)) {
            s = str_starts(s, STR("：")) ? str_from(s, 3) : str_starts(s, STR(":")) ? str_from(s, 1) : (str){ 0 };
            return word_normal(a, after_label(s));
        }
        str_rune(s, &next);
        s = str_from(s, next);
    }
    return s;
}

/*
 * What stands before the first word for a list, if it ends as agencies do: 疫情防控值守人员名单 is nobody's. A name
 * shorter than three signs is none, and the word part of it: 市干部学院.
 */
static str title_taken(arena *a, str title)
{
    str whole = word_without_brackets(a, word_key(a, title), NULL);
    str rest = whole, front = whole;
    if (word_cut(&front, WORD_LIST_OF))
        return str_part(whole, 0, 0);
    while (rest.len) {
        size_t at = whole.len - rest.len, next = 0;
        if (!word_cut(&rest, WORD_LIST_OF)) {
            str_rune(rest, &next);
            rest = str_from(rest, next);
        } else if (str_rune_count(str_part(whole, 0, at)) >= ISSUER_MIN_RUNES) {
            str name = str_part(whole, 0, at);
            return word_ends(name, WORD_AGENCY_END) ? name : str_part(whole, 0, 0);
        }
    }
    return rest;
}

/* A year, or the number of an annex, is no agency's name. */
static bool is_name(str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] >= '0' && s.at[i] <= '9')
            return false;
    return str_rune_count(s) >= ISSUER_MIN_RUNES && str_rune_count(s) <= ISSUER_MAX_RUNES;
}

static str over_header(arena *a, const sheet_table *t, str (*taken)(arena *a, str cell))
{
    int below = t->header_row || !t->rows.count ? t->header_row : t->rows.at[0].number;
    for (size_t r = 0; r < t->page->rows.count && t->page->rows.at[r].number < below; r++)
        for (int c = 0; c < t->page->rows.at[r].cell_count; c++) {
            str found = taken(a, t->page->rows.at[r].cells[c]);
            if (is_name(found))
                return found;
        }
    return (str){ 0 };
}

str sheet_issuer(arena *a, const sheet_table *t, sheet_said_in *where)
{
    sheet_said_in ignored = SHEET_SAID_NOWHERE;
    if (!where)
        where = &ignored;
    *where = SHEET_SAID_BY_PERSON;
    if (t->file->issuer.len)
        return t->file->issuer;
    *where = SHEET_SAID_IN_LINE;
    str found = over_header(a, t, label_taken);
    if (found.len)
        return found;
    *where = SHEET_SAID_IN_TITLE;
    found = over_header(a, t, title_taken);
    if (found.len)
        return found;
    found = title_taken(a, t->file->name);
    *where = is_name(found) ? SHEET_SAID_IN_NAME : SHEET_SAID_NOWHERE;
    return *where ? found : str_part(found, 0, 0);
}

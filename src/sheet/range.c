/* Which buildings or house numbers a row of the gazetteer means: "1-12号楼", "单号1-99号". */
#include "sheet/records.h"

enum { RANGE_MAX = 99999 };

static bool passed(str *s, word_id id)
{
    bool any = false;
    while (word_cut(s, id))
        any = true;
    return any;
}

static bool side_cut(str *s, sheet_side *side)
{
    if (passed(s, WORD_ODD))
        *side = SHEET_ODD;
    else if (passed(s, WORD_EVEN))
        *side = SHEET_EVEN;
    else
        return false;
    return true;
}

/* One part: a number or two with what counts buildings, the side in front or behind; nothing else. */
static bool range_of(str s, sheet_range *out)
{
    *out = (sheet_range){ .side = SHEET_BOTH };
    (void)side_cut(&s, &out->side);
    out->from = out->to = word_number(&s);
    (void)passed(&s, WORD_BUILDING);
    if (out->from > 0 && s.len && (s.at[0] == '-' || word_has(s, WORD_UNTIL))) {
        if (s.at[0] == '-')
            s = str_from(s, 1);
        else if (!word_cut(&s, WORD_UNTIL))
            return false;
        out->to = word_number(&s);
        (void)passed(&s, WORD_BUILDING);
    }
    if (s.len)
        (void)side_cut(&s, &out->side);
    return !s.len && out->from >= 1 && out->to >= out->from && out->to <= RANGE_MAX;
}

const char *sheet_ranges_read(arena *a, str cell, sheet_ranges *out)
{
    sheet_list parts = { 0 };
    *out = (sheet_ranges){ 0 };
    word_split(a, word_key(a, cell), &parts);
    for (size_t i = 0; i < parts.count; i++) {
        sheet_range r;
        if (!range_of(parts.at[i], &r)) {
            *out = (sheet_ranges){ 0 };
            return "sheet.ranges";
        }
        *list_add(a, out) = r;
    }
    return NULL;
}

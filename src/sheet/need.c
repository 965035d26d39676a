#include "sheet/records.h"

/* All of one gate, or the gates themselves when the table has no column for compounds. */
static void post_take(arena *a, const sheet_table *t, const sheet_row *row, sheet_need *n)
{
    str compound = sheet_text(a, t, row, SHEET_COMPOUND),
        post = sheet_cell(t, row, SHEET_POST, NULL);
    word_split(a, sheet_cell(t, row, SHEET_GATE, NULL), &n->gates);
    n->post = compound;
    if (compound.len && n->gates.count == 0) {
        word_split(a, post, &n->gates);
        return;
    }
    if (compound.len || post.len == 0)
        return;
    sheet_list parts = { 0 };
    word_split(a, post, &parts);
    if (parts.count > 1 && n->gates.count == 0)
        n->gates = parts;
    else
        n->post = word_normal(a, post);
}

static bool shifts_take(arena *a, const sheet_table *t, const sheet_row *row,
                        const sheet_operation *o, size_t shift_count, sheet_need *n,
                        sheet_troubles *troubles)
{
    int column;
    str cell = sheet_cell(t, row, SHEET_SHIFTS, &column);
    const char *fault = NULL;
    if (cell.len) {
        fault = sheet_shifts_read(a, cell, o, &n->shifts);
    } else if (shift_count < 2) {
        sheet_shifts_read(a, word_first(WORD_ALL_DAY), o, &n->shifts);
        fault = "sheet.shift_missing";
    }
    bool split_again = shift_count > 1 && shift_count != n->shifts.count &&
                       (cell.len == 0 || word_has(cell, WORD_ROUND_THE_CLOCK));
    if (split_again)
        fault = sheet_shifts_read(
            a, text_format(a, "%d%s", (int)shift_count, word_first(WORD_SHIFT_COUNT).at), o,
            &n->shifts);
    if (fault)
        sheet_tell(a, troubles, t, row, column, n->shifts.count ? SHEET_WARNING : SHEET_ERROR,
                   fault, word_normal(a, cell));
    return n->shifts.count > 0;
}

static bool is_merged_below(const sheet_page *page, int row, int column)
{
    for (size_t i = 0; i < page->merges.count; i++) {
        const sheet_merge *m = &page->merges.at[i];
        if (column >= m->first_column && column <= m->last_column && row > m->first_row &&
            row <= m->last_row)
            return true;
    }
    return false;
}

static bool headcount_take(arena *a, const sheet_table *t, const sheet_row *row,
                           size_t *shift_count, sheet_need *n, sheet_troubles *troubles)
{
    int column;
    str cell = sheet_cell(t, row, SHEET_HEADCOUNT, &column);
    const char *fault = "sheet.headcount_missing";
    if (cell.len)
        fault = sheet_headcount_read(a, cell, shift_count, &n->headcount_min, &n->headcount_target);
    bool swapped = fault && str_is(str_of(fault), "sheet.headcount_swapped"); /* 5-3人 is read as 3-5 */
    if (fault)
        sheet_tell(a, troubles, t, row, column, swapped ? SHEET_WARNING : SHEET_ERROR, fault, word_normal(a, cell));
    if (fault && !swapped)
        return false;
    if (is_merged_below(t->page, row->number, column))
        sheet_tell(a, troubles, t, row, column, SHEET_WARNING, "sheet.headcount_merged",
                   word_normal(a, cell));
    return true;
}

static bool days_take(arena *a, const sheet_table *t, const sheet_row *row,
                      const sheet_operation *o, sheet_need *n, sheet_troubles *troubles)
{
    int column;
    str cell = sheet_cell(t, row, SHEET_DAYS, &column);
    str from = sheet_text(a, t, row, SHEET_DAY_FROM), to = sheet_text(a, t, row, SHEET_DAY_TO);
    if (cell.len == 0 && from.len)
        cell = to.len ? text_format(a, "%.*s~%.*s", STR_ARG(from), STR_ARG(to))
                      : text_format(a, "%.*s%s", STR_ARG(from), word_first(WORD_ONWARD).at);
    const char *fault = sheet_days_read(a, cell.len ? cell : word_first(WORD_ALWAYS), o, &n->days);
    if (fault)
        sheet_tell(a, troubles, t, row, column, fault == sheet_days_none ? SHEET_WARNING : SHEET_ERROR, fault,
                   word_normal(a, cell));
    else if (cell.len == 0 && column >= 0)
        sheet_tell(a, troubles, t, row, column, SHEET_WARNING, "sheet.days_missing", (str){ 0 });
    return !fault;
}

static bool is_indoor(arena *a, const sheet_table *t, const sheet_row *row, const sheet_need *n)
{
    str cell = sheet_text(a, t, row, SHEET_INDOOR);
    if (cell.len)
        return word_has(cell, WORD_INDOOR) || word_cut(&cell, WORD_YES);
    str all = text_format(a, "%.*s %.*s", STR_ARG(n->task), STR_ARG(n->remark));
    return word_has(all, WORD_INDOOR) && !word_has(all, WORD_OUTDOOR);
}

int sheet_number(arena *a, const sheet_table *t, const sheet_row *row, sheet_field field)
{
    str s = word_key(a, sheet_cell(t, row, field, NULL));
    while (s.len && !(s.at[0] >= '0' && s.at[0] <= '9'))
        s = str_from(s, 1);
    return word_number(&s); /* 约1200户 */
}

static void need_take(arena *a, const sheet_table *t, const sheet_row *row,
                      const sheet_operation *o, sheet_needs *out, sheet_troubles *troubles)
{
    sheet_need n = { .from = { t->page->name, row->number } };
    size_t shift_count = 0;
    n.subdistrict = sheet_text(a, t, row, SHEET_SUBDISTRICT);
    n.community = sheet_text(a, t, row, SHEET_COMMUNITY);
    post_take(a, t, row, &n);
    if (n.community.len == 0 && n.post.len == 0 && n.gates.count == 0) {
        sheet_tell(a, troubles, t, row, -1, SHEET_ERROR, "sheet.place_missing", (str){ 0 });
        return;
    }
    if (n.post.len == 0 && n.gates.count == 0)
        n.post = n.community; /* people are wanted, where is said on the day */
    bool usable = headcount_take(a, t, row, &shift_count, &n, troubles);
    usable &= shifts_take(a, t, row, o, shift_count, &n, troubles);
    usable &= days_take(a, t, row, o, &n, troubles);
    if (!usable)
        return;
    n.households = sheet_number(a, t, row, SHEET_HOUSEHOLDS);
    n.task = sheet_text(a, t, row, SHEET_TASK);
    n.remark = sheet_text(a, t, row, SHEET_REMARK);
    n.contact = sheet_text(a, t, row, SHEET_CONTACT);
    n.contact_phone = sheet_phone_take(a, t, row, troubles);
    n.indoor = is_indoor(a, t, row, &n);
    sheet_list_take(a, sheet_cell(t, row, SHEET_SKILLS, NULL), &n.skills);
    *list_add(a, &out->list) = n;
}

err *sheet_needs_of(arena *a, const sheet_file *f, const sheet_operation *operation,
                    sheet_needs *out, sheet_troubles *troubles)
{
    sheet_tables tables;
    *out = (sheet_needs){ 0 };
    TRY(sheet_tables_of(a, f, SHEET_NEEDS, troubles, &tables));
    for (size_t i = 0; i < tables.list.count; i++) {
        const sheet_table *t = &tables.list.at[i];
        for (size_t r = 0; r < t->rows.count; r++)
            need_take(a, t, &t->rows.at[r], operation, out, troubles);
    }
    return NULL;
}

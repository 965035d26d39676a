/* Daily reports: whose figures, up to when; and single figures. */
#include "sheet/forms.h"

/* 2020-02-08 17:00, also without a space or as 24:00. */
static bool as_of_take(arena *a, sheet_report *r)
{
    enum { DAY_LENGTH = 10, DAY_MINUTES = 1440 };
    str cell = word_normal(a, sheet_cell(r->at.table, r->at.row, SHEET_AS_OF, NULL));
    return civil_day_read(str_part(cell, 0, DAY_LENGTH), &r->day) && cell.len > DAY_LENGTH &&
           !sheet_time_read(a, str_from(cell, DAY_LENGTH), &r->minute) && r->minute <= DAY_MINUTES;
}

static void report_take(arena *a, const sheet_table *t, const sheet_row *row, sheet_reports *out, sheet_troubles *troubles)
{
    sheet_report r = { .at = { t, row } };
    r.unit = sheet_text(a, t, row, SHEET_UNIT);
    if (!r.unit.len) {
        sheet_tell_at(a, troubles, r.at, SHEET_UNIT, SHEET_ERROR, "sheet.unit_missing", NULL);
        return;
    }
    if (!as_of_take(a, &r)) {
        sheet_tell_at(a, troubles, r.at, SHEET_AS_OF, SHEET_ERROR, "sheet.as_of", NULL);
        return;
    }
    *list_add(a, &out->list) = r;
}

err *sheet_reports_of(arena *a, const sheet_file *f, sheet_reports *out, sheet_troubles *troubles)
{
    static const sheet_field not_kept[] = { SHEET_GOODS, SHEET_PROBLEMS, SHEET_ADVICE };
    sheet_tables tables;
    *out = (sheet_reports){ 0 };
    TRY(sheet_tables_of(a, f, SHEET_DAILY, troubles, &tables));
    for (size_t i = 0; i < tables.list.count; i++) {
        const sheet_table *t = &tables.list.at[i];
        for (size_t r = 0; r < t->rows.count; r++)
            report_take(a, t, &t->rows.at[r], out, troubles);
        for (size_t k = 0; k < COUNT(not_kept); k++)
            sheet_tell_not_kept(a, troubles, t, not_kept[k]);
    }
    return NULL;
}

bool sheet_figure_read(arena *a, str cell, int64_t unit, int64_t *hundredths)
{
    enum { DIGITS_MAX = 12 };
    str s = word_key(a, cell);
    bool minus = str_starts(s, STR("-"));
    int64_t whole = 0, part = 0, scale = 1;
    int digits = 0;
    bool point = false;
    for (s = str_from(s, minus); s.len && (s.at[0] == ',' || s.at[0] == '.' || (s.at[0] >= '0' && s.at[0] <= '9')); s = str_from(s, 1)) {
        if (s.at[0] == ',' && !point)
            continue;
        if (s.at[0] == '.' ? point : s.at[0] == ',' || ++digits > DIGITS_MAX)
            return false;
        if (s.at[0] == '.') {
            point = true;
        } else if (point) {
            part = part * 10 + s.at[0] - '0';
            scale *= 10;
        } else {
            whole = whole * 10 + s.at[0] - '0';
        }
    }
    while (word_cut(&s, WORD_PERSONS) || word_cut(&s, WORD_YUAN))
        continue;
    *hundredths = whole * 100 * unit + part * 100 * unit / scale;
    *hundredths = minus ? -*hundredths : *hundredths;
    return digits > 0 && !s.len;
}

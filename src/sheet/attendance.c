/* Sign-in sheets: times as people write them, signed or not. */
#include "sheet/forms.h"

void sheet_tell_at(arena *a, sheet_troubles *troubles, sheet_at at, sheet_field field, sheet_severity severity,
                   const char *what, const word_value *values)
{
    int column = -1;
    str cell = field ? sheet_cell(at.table, at.row, field, &column) : (str){ 0 };
    sheet_tell(a, troubles, at.table, at.row, column, severity, what, word_normal(a, cell));
    sheet_trouble *told = &troubles->list.at[troubles->list.count - 1];
    for (size_t i = 0; values && values[i].name && i + 2 < WORD_VALUES_MAX; i++)
        told->values[i + 1] = values[i];
}

void sheet_tell_not_kept(arena *a, sheet_troubles *troubles, const sheet_table *t, sheet_field field)
{
    for (size_t r = 0; r < t->rows.count; r++) {
        if (sheet_cell(t, &t->rows.at[r], field, NULL).len) {
            sheet_tell_at(a, troubles, (sheet_at){ t, &t->rows.at[r] }, field, SHEET_WARNING, "sheet.not_kept", NULL);
            return;
        }
    }
}

/* What stands above in the two columns of times. */
typedef struct above {
    int came, left;
} above;

static bool time_take(arena *a, sheet_at at, sheet_field field, int *above, int *out, sheet_troubles *troubles)
{
    str cell = sheet_cell(at.table, at.row, field, NULL);
    *out = SHEET_TIME_NONE;
    if (!cell.len || sheet_is_none(cell))
        return true;
    const char *fault = NULL;
    if (sheet_is_ditto(cell)) {
        *out = *above;
        fault = *above == SHEET_TIME_NONE ? "sheet.time_above" : NULL;
    } else {
        fault = sheet_time_read(a, cell, out);
    }
    if (fault)
        sheet_tell_at(a, troubles, at, field, SHEET_ERROR, fault, NULL);
    else
        *above = *out;
    return !fault;
}

static bool duty_take(arena *a, sheet_came *c, sheet_troubles *troubles)
{
    str cell = word_key(a, sheet_cell(c->at.table, c->at.row, SHEET_DUTY, NULL));
    if (!cell.len || str_int(cell, 1, INT64_MAX, &c->duty))
        return true;
    sheet_tell_at(a, troubles, c->at, SHEET_DUTY, SHEET_ERROR, "sheet.duty_number", NULL);
    return false;
}

/* A signature without a time stands for the planned one; 〃 below it does so, too. */
static bool times_take(arena *a, sheet_came *c, above *above, sheet_troubles *troubles)
{
    const sheet_table *t = c->at.table;
    const sheet_row *row = c->at.row;
    bool good = time_take(a, c->at, SHEET_CAME, &above->came, &c->came, troubles);
    good &= time_take(a, c->at, SHEET_LEFT, &above->left, &c->left, troubles);
    bool is_signed = sheet_cell(t, row, SHEET_SIGNED_IN, NULL).len || sheet_cell(t, row, SHEET_SIGNED_OUT, NULL).len;
    c->absent = c->came == SHEET_TIME_NONE && sheet_is_none(sheet_cell(t, row, SHEET_CAME, NULL));
    if (c->absent && (is_signed || c->left != SHEET_TIME_NONE)) {
        sheet_tell_at(a, troubles, c->at, SHEET_CAME, SHEET_ERROR, "sheet.absent_signed", NULL);
        return false;
    }
    if (good && !c->absent && c->came == SHEET_TIME_NONE && (is_signed || c->left != SHEET_TIME_NONE))
        c->came = above->came = SHEET_TIME_PLANNED;
    return good;
}

static void came_take(arena *a, const sheet_table *t, const sheet_row *row, above *above, sheet_attendance *out,
                      sheet_troubles *troubles)
{
    sheet_came c = { .at = { t, row } };
    c.number = sheet_text(a, t, row, SHEET_NUMBER);
    c.name = word_without_brackets(a, sheet_text(a, t, row, SHEET_NAME), NULL);
    c.org = sheet_text(a, t, row, SHEET_ORG);
    c.post = sheet_text(a, t, row, SHEET_POST);
    bool good = duty_take(a, &c, troubles);
    good &= times_take(a, &c, above, troubles);
    if (!good)
        return;
    bool written = c.absent || c.came != SHEET_TIME_NONE;
    if (!c.duty && !c.name.len) {
        if (written)
            sheet_tell_at(a, troubles, c.at, SHEET_NAME, SHEET_ERROR, "sheet.came_nameless", NULL);
        return;
    }
    *list_add(a, &out->list) = c;
}

err *sheet_attendance_of(arena *a, const sheet_file *f, sheet_attendance *out, sheet_troubles *troubles)
{
    sheet_tables tables;
    *out = (sheet_attendance){ 0 };
    TRY(sheet_tables_of(a, f, SHEET_ATTENDANCE, troubles, &tables));
    for (size_t i = 0; i < tables.list.count; i++) {
        const sheet_table *t = &tables.list.at[i];
        above above = { SHEET_TIME_NONE, SHEET_TIME_NONE };
        for (size_t r = 0; r < t->rows.count; r++)
            came_take(a, t, &t->rows.at[r], &above, out, troubles);
        sheet_tell_not_kept(a, troubles, t, SHEET_REMARK);
    }
    return NULL;
}

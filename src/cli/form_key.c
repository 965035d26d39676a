/* The columns by which a sheet finds its way back: the key of each row and the number of the sheet. */
#include "cli/form.h"

str form_key_text(arena *a, form_key key)
{
    /* nothing a spreadsheet program would take for a day or a number */
    return text_format(a, "%lldv%lld", (long long)key.id, (long long)key.version);
}

static bool tell(form *f, sheet_at at, form_read *out, const char *what)
{
    sheet_tell_at(f->a, &out->troubles, at, SHEET_KEY, SHEET_ERROR, what, NULL);
    return false;
}

bool form_key_take(form *f, sheet_at at, map *seen, form_read *out, form_key *key)
{
    str cell = sheet_text(f->a, at.table, at.row, SHEET_KEY), rest = cell, id;
    *key = (form_key){ 0 };
    if (!cell.len)
        return true;
    if (!str_split(&rest, 'v', &id) || !str_int(id, 1, INT64_MAX, &key->id) || !str_int(rest, 1, INT64_MAX, &key->version))
        return tell(f, at, out, "form.key_bad");
    if (map_get(seen, id, NULL))
        return tell(f, at, out, "form.key_twice");
    map_put(seen, id, 1);
    return true;
}

str form_sheet_number(form *f, const sheet_tables *tables, form_read *out)
{
    str first = { 0 };
    for (size_t i = 0; i < tables->list.count; i++) {
        const sheet_table *t = &tables->list.at[i];
        for (size_t r = 0; r < t->rows.count; r++) {
            str number = sheet_text(f->a, t, &t->rows.at[r], SHEET_NUMBER);
            first = first.len ? first : number;
            if (number.len && !str_equal(number, first))
                sheet_tell_at(f->a, &out->troubles, (sheet_at){ t, &t->rows.at[r] }, SHEET_NUMBER, SHEET_ERROR, "form.sheet_other",
                              VALUES({ "first", first }));
        }
    }
    return first;
}

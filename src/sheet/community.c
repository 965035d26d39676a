#include "sheet/records.h"

enum { CODE_DIGITS = 12 };

/* Twelve digits or nothing: a code shown as 3.2E+11 has lost its end. */
static str code_take(arena *a, const sheet_table *t, const sheet_row *row, sheet_troubles *troubles)
{
    int column;
    str cell = sheet_cell(t, row, SHEET_CODE, &column);
    if (cell.len == 0)
        return cell;
    str code = word_key(a, cell);
    bool digits = code.len == CODE_DIGITS;
    for (size_t i = 0; i < code.len; i++)
        digits &= code.at[i] >= '0' && code.at[i] <= '9';
    if (digits)
        return code;
    sheet_tell(a, troubles, t, row, column, SHEET_WARNING, "sheet.code_digits", code);
    return (str){ 0 };
}

static void community_take(arena *a, const sheet_table *t, const sheet_row *row,
                           sheet_communities *out, sheet_troubles *troubles)
{
    bool division = t->kind == SHEET_DIVISIONS; /* a city may have no codes, but not for some alone */
    int column;
    sheet_community c = { .from = { t->page->name, row->number } };
    sheet_field name = division ? SHEET_NAME : SHEET_COMMUNITY;
    c.community = word_normal(a, sheet_cell(t, row, name, &column));
    c.code = code_take(a, t, row, troubles);
    if (c.community.len == 0 || (division && sheet_has(t, SHEET_CODE) && c.code.len == 0)) {
        sheet_tell(a, troubles, t, row, column, SHEET_ERROR,
                   c.community.len ? "sheet.code_missing" : "sheet.community_missing", (str){ 0 });
        return;
    }
    c.subdistrict = sheet_text(a, t, row, SHEET_SUBDISTRICT);
    c.subdistrict_code = sheet_text(a, t, row, SHEET_SUBDISTRICT_CODE);
    c.district = sheet_text(a, t, row, SHEET_DISTRICT);
    c.district_code = sheet_text(a, t, row, SHEET_DISTRICT_CODE);
    word_split(a, sheet_cell(t, row, SHEET_COMPOUND, NULL), &c.compounds);
    c.aliases = sheet_text(a, t, row, SHEET_ALIASES);
    c.address = sheet_text(a, t, row, SHEET_ADDRESS);
    c.households = sheet_number(a, t, row, SHEET_HOUSEHOLDS);
    c.gates = sheet_number(a, t, row, SHEET_GATES);
    c.contact = sheet_text(a, t, row, SHEET_CONTACT);
    c.phone = sheet_phone_take(a, t, row, troubles);
    *list_add(a, &out->list) = c;
}

static err *communities_take(arena *a, const sheet_file *f, sheet_kind kind, sheet_communities *out,
                             sheet_troubles *troubles)
{
    sheet_tables tables;
    *out = (sheet_communities){ 0 };
    TRY(sheet_tables_of(a, f, kind, troubles, &tables));
    for (size_t i = 0; i < tables.list.count; i++) {
        const sheet_table *t = &tables.list.at[i];
        for (size_t r = 0; r < t->rows.count; r++)
            community_take(a, t, &t->rows.at[r], out, troubles);
    }
    return NULL;
}

err *sheet_communities_of(arena *a, const sheet_file *f, sheet_communities *out,
                          sheet_troubles *troubles)
{
    return communities_take(a, f, SHEET_COMMUNITIES, out, troubles);
}

err *sheet_divisions_of(arena *a, const sheet_file *f, sheet_communities *out,
                        sheet_troubles *troubles)
{
    return communities_take(a, f, SHEET_DIVISIONS, out, troubles);
}

/* 桃溪花园（1-12号楼）: what stands in brackets is a range, or a part of the name. */
static void name_take(arena *a, sheet_place *p, str name)
{
    str inside = { 0 }, outside = word_without_brackets(a, name, &inside);
    sheet_ranges ranges = { 0 };
    p->name = name;
    if (!inside.len || !outside.len || sheet_ranges_read(a, inside, &ranges) || !ranges.count)
        return;
    p->name = outside;
    p->ranges = ranges;
}

static void ranges_take(arena *a, const sheet_table *t, const sheet_row *row, sheet_place *p, sheet_troubles *troubles)
{
    int column;
    str cell = sheet_cell(t, row, SHEET_RANGES, &column);
    const char *fault = cell.len ? sheet_ranges_read(a, cell, &p->ranges) : NULL;
    if (fault)
        sheet_tell(a, troubles, t, row, column, SHEET_WARNING, fault, word_normal(a, cell));
}

static void places_take(arena *a, const sheet_table *t, const sheet_row *row, sheet_gazetteer *out,
                        sheet_troubles *troubles)
{
    int column;
    sheet_list names = { 0 };
    str cell = sheet_cell(t, row, SHEET_NAME, &column);
    sheet_place p = { .from = { t->page->name, row->number } };
    p.community_code = code_take(a, t, row, troubles);
    p.community = sheet_text(a, t, row, SHEET_COMMUNITY);
    p.type = sheet_text(a, t, row, SHEET_TYPE);
    if (!sheet_has(t, SHEET_TYPE))
        p.type = STR("compound");
    word_split(a, cell, &names);
    if (names.count == 0 || (p.community_code.len == 0 && p.community.len == 0)) {
        sheet_tell(a, troubles, t, row, column, SHEET_ERROR,
                   names.count ? "sheet.community_missing" : "sheet.place_missing", (str){ 0 });
        return;
    }
    if (names.count == 1) {
        word_split(a, sheet_cell(t, row, SHEET_ALIASES, NULL), &p.aliases);
        ranges_take(a, t, row, &p, troubles);
    }
    int records = sheet_number(a, t, row, SHEET_RECORDS);
    p.records = records > 0 ? records : 0;
    for (size_t i = 0; i < names.count; i++) {
        sheet_place one = p;
        name_take(a, &one, names.at[i]);
        *list_add(a, &out->list) = one;
    }
}

err *sheet_gazetteer_of(arena *a, const sheet_file *f, sheet_gazetteer *out,
                        sheet_troubles *troubles)
{
    sheet_tables tables;
    *out = (sheet_gazetteer){ 0 };
    TRY(sheet_tables_of(a, f, SHEET_GAZETTEER, troubles, &tables));
    for (size_t i = 0; i < tables.list.count; i++) {
        const sheet_table *t = &tables.list.at[i];
        for (size_t r = 0; r < t->rows.count; r++)
            places_take(a, t, &t->rows.at[r], out, troubles);
    }
    return NULL;
}

err *sheet_orgs_of(arena *a, const sheet_file *f, sheet_orgs *out, sheet_troubles *troubles)
{
    sheet_tables tables;
    *out = (sheet_orgs){ 0 };
    TRY(sheet_tables_of(a, f, SHEET_ORGS, troubles, &tables));
    for (size_t i = 0; i < tables.list.count; i++) {
        const sheet_table *t = &tables.list.at[i];
        for (size_t r = 0; r < t->rows.count; r++) {
            const sheet_row *row = &t->rows.at[r];
            int column;
            sheet_org o = { .from = { t->page->name, row->number } };
            o.name = word_normal(a, sheet_cell(t, row, SHEET_ORG, &column));
            if (o.name.len == 0) {
                sheet_tell(a, troubles, t, row, column, SHEET_ERROR, "sheet.org_missing",
                           (str){ 0 });
                continue;
            }
            o.parent = sheet_text(a, t, row, SHEET_PARENT);
            o.liaison = sheet_text(a, t, row, SHEET_CONTACT);
            o.phone = sheet_phone_take(a, t, row, troubles);
            o.code = sheet_text(a, t, row, SHEET_CODE);
            o.remark = sheet_text(a, t, row, SHEET_REMARK);
            *list_add(a, &out->list) = o;
        }
    }
    return NULL;
}

/* Lists of gifts, as offices and communities keep them. */
#include "sheet/forms.h"

#include "domain/donation.h"

enum { WAN_ZEROS = 4 };

/* The point moved four digits to the right: 0.2万 is 2000. */
static str times_wan(arena *a, str s)
{
    ptrdiff_t point = str_find(s, STR("."));
    size_t end = point < 0 ? s.len : (size_t)point;
    str whole = str_part(s, 0, end), part = str_from(s, end + 1); /* empty past the end */
    text t = text_begin(a);
    text_put(&t, whole);
    for (size_t i = 0; i < WAN_ZEROS; i++)
        text_put(&t, i < part.len ? str_part(part, i, 1) : STR("0"));
    if (part.len > WAN_ZEROS) {
        text_put_z(&t, ".");
        text_put(&t, str_from(part, WAN_ZEROS));
    }
    return text_done(&t);
}

static str yuan_sign_cut(str s)
{
    while (word_cut(&s, WORD_YUAN))
        continue;
    return s;
}

/* The number at the front, digits or words; *rest is what follows. */
static str number_cut(arena *a, str s, str *rest)
{
    size_t n = 0;
    while (n < s.len && ((s.at[n] >= '0' && s.at[n] <= '9') || s.at[n] == '.' || s.at[n] == ','))
        n++;
    *rest = str_from(s, n);
    if (n)
        return str_part(s, 0, n);
    int64_t spelled = word_spelled(rest);
    return spelled < 0 ? STR("") : text_format(a, "%lld", (long long)spelled);
}

const char *sheet_money_read(arena *a, str cell, int64_t *fen)
{
    static const char *const faults[] = {
        [DONATION_GOOD] = NULL, [DONATION_NO_NUMBER] = "sheet.amount_number", [DONATION_NOT_ABOVE_0] = "sheet.amount_zero",
        [DONATION_TOO_FINE] = "sheet.amount_fine", [DONATION_TOO_LARGE] = "sheet.amount_large",
    };
    str s = yuan_sign_cut(word_key(a, cell)), rest;
    bool minus = str_starts(s, STR("-"));
    str number = number_cut(a, yuan_sign_cut(str_from(s, minus)), &rest);
    if (word_cut(&rest, WORD_TEN_THOUSAND))
        number = times_wan(a, number);
    if (yuan_sign_cut(rest).len)
        return faults[DONATION_NO_NUMBER];
    donation_fault fault = donation_read_yuan(number, fen);
    if (!fault && minus)
        *fen = -*fen;
    return faults[fault];
}

static bool tell(arena *a, sheet_troubles *troubles, const sheet_gift *g, sheet_field field, const char *what)
{
    sheet_tell_at(a, troubles, g->at, field, SHEET_ERROR, what, NULL);
    return false;
}

static bool money_take(arena *a, const sheet_gift *g, sheet_field field, int64_t *fen, sheet_troubles *troubles)
{
    str cell = sheet_cell(g->at.table, g->at.row, field, NULL);
    const char *fault = cell.len ? sheet_money_read(a, cell, fen) : NULL;
    return !fault || tell(a, troubles, g, field, fault);
}

/* A whole number; a sign stands in a reversal. */
static bool quantity_take(arena *a, sheet_gift *g, sheet_troubles *troubles)
{
    str cell = word_key(a, sheet_cell(g->at.table, g->at.row, SHEET_QUANTITY, NULL));
    return !cell.len || (str_int(cell, -1000000000, 1000000000, &g->quantity) && g->quantity) ||
           tell(a, troubles, g, SHEET_QUANTITY, "sheet.quantity");
}

/* Money or goods, one in a row: what came together has two receipts. */
static bool what_take(arena *a, sheet_gift *g, sheet_troubles *troubles)
{
    int64_t worth = 0;
    g->goods = sheet_text(a, g->at.table, g->at.row, SHEET_GOODS);
    g->goods_unit = sheet_text(a, g->at.table, g->at.row, SHEET_GOODS_UNIT);
    bool good = money_take(a, g, SHEET_AMOUNT, &g->amount_fen, troubles);
    good &= money_take(a, g, SHEET_GOODS_VALUE, &worth, troubles);
    good &= quantity_take(a, g, troubles);
    if (!good)
        return false;
    g->money = g->amount_fen != 0;
    if (g->money && g->goods.len)
        return tell(a, troubles, g, SHEET_GOODS, "sheet.gift_both");
    if (!g->money && !g->goods.len)
        return tell(a, troubles, g, SHEET_AMOUNT, "sheet.gift_nothing");
    g->amount_fen = g->money ? g->amount_fen : worth;
    return true;
}

static bool day_take(arena *a, sheet_gift *g, const sheet_operation *o, sheet_troubles *troubles)
{
    str cell = sheet_cell(g->at.table, g->at.row, SHEET_DAYS, NULL);
    sheet_days days = { 0 };
    if (!cell.len)
        return tell(a, troubles, g, SHEET_DAYS, "sheet.gift_day");
    if (civil_day_read(cell, &g->day))
        return true;
    const char *fault = sheet_days_read(a, cell, o, &days);
    if (fault || days.list.count != 1)
        return tell(a, troubles, g, SHEET_DAYS, "sheet.gift_day");
    g->day = days.list.at[0];
    return true;
}

static bool said_yes(arena *a, const sheet_gift *g, sheet_field field)
{
    str cell = word_key(a, sheet_cell(g->at.table, g->at.row, field, NULL));
    return cell.len && !word_cut(&cell, WORD_NO) && word_cut(&cell, WORD_YES);
}

static bool donor_take(arena *a, sheet_gift *g, sheet_troubles *troubles)
{
    g->donor = sheet_text(a, g->at.table, g->at.row, SHEET_NAME);
    g->anonymous = word_has(word_key(a, g->donor), WORD_ANONYMOUS) || said_yes(a, g, SHEET_ANONYMOUS) ||
                   word_has(word_key(a, sheet_cell(g->at.table, g->at.row, SHEET_PUBLISH, NULL)), WORD_ANONYMOUS);
    g->publish = !g->anonymous && said_yes(a, g, SHEET_PUBLISH);
    return g->anonymous || g->donor.len || tell(a, troubles, g, SHEET_NAME, "sheet.gift_nameless");
}

static void gift_take(arena *a, const sheet_table *t, const sheet_row *row, const sheet_operation *o, sheet_gifts *out,
                      sheet_troubles *troubles)
{
    sheet_gift g = { .at = { t, row } };
    g.receipt_no = sheet_text(a, t, row, SHEET_RECEIPT);
    g.org = sheet_text(a, t, row, SHEET_ORG);
    g.community = sheet_text(a, t, row, SHEET_COMMUNITY);
    g.purpose = sheet_text(a, t, row, SHEET_PURPOSE);
    g.voucher_no = sheet_text(a, t, row, SHEET_VOUCHER);
    bool good = donor_take(a, &g, troubles);
    good &= day_take(a, &g, o, troubles);
    good &= what_take(a, &g, troubles);
    if (good)
        *list_add(a, &out->list) = g;
}

/* Two columns are headed 单位: the one after the quantity is that of the goods. */
static void units_tell_apart(sheet_table *t)
{
    for (int c = 1; c < t->column_count; c++) {
        if (t->columns[c].field == SHEET_ORG && t->columns[c - 1].field == SHEET_QUANTITY)
            t->columns[c].field = SHEET_GOODS_UNIT;
    }
}

/* One line of a sum, written by hand as often as not: both are shown. */
static void sum_check(arena *a, const sheet_table *t, const sheet_gifts *gifts, size_t first, sheet_troubles *troubles)
{
    int64_t sum = 0, said = 0;
    int column = 0;
    while (column < t->column_count && t->columns[column].field != SHEET_AMOUNT)
        column++;
    if (t->sums.count != 1 || column >= t->sums.at[0].cell_count || !t->sums.at[0].cells[column].len ||
        sheet_money_read(a, t->sums.at[0].cells[column], &said))
        return;
    for (size_t i = first; i < gifts->list.count; i++)
        sum += gifts->list.at[i].money ? gifts->list.at[i].amount_fen : 0;
    if (sum == said)
        return;
    sheet_tell(a, troubles, t, &t->sums.at[0], column, SHEET_WARNING, "sheet.sum_differs", t->sums.at[0].cells[column]);
    troubles->list.at[troubles->list.count - 1].values[1] =
        (word_value){ "sum", text_format(a, "%lld.%02d", (long long)(sum / 100), (int)(sum % 100 < 0 ? -(sum % 100) : sum % 100)) };
}

err *sheet_gifts_of(arena *a, const sheet_file *f, const sheet_operation *operation, sheet_gifts *out,
                    sheet_troubles *troubles)
{
    static const sheet_field not_kept[] = { SHEET_JOB, SHEET_MEANS, SHEET_PHONE };
    sheet_tables tables;
    *out = (sheet_gifts){ 0 };
    TRY(sheet_tables_of(a, f, SHEET_DONATIONS, troubles, &tables));
    for (size_t i = 0; i < tables.list.count; i++) {
        sheet_table *t = &tables.list.at[i];
        size_t first = out->list.count;
        units_tell_apart(t);
        for (size_t r = 0; r < t->rows.count; r++)
            gift_take(a, t, &t->rows.at[r], operation, out, troubles);
        sum_check(a, t, out, first, troubles);
        for (size_t k = 0; k < COUNT(not_kept); k++)
            sheet_tell_not_kept(a, troubles, t, not_kept[k]);
    }
    return NULL;
}

#include "job/bulletin.h"
#include "cli/paper_making.h"

enum { FEN = 100, FIELDS_MAX = 9 };

/* A slip says that a gift was written down; it is no voucher for taxes. */
typedef struct slip {
    const making *m;
    rows gift; /* of the view donation_slip */
    print_letter_table table;
} slip;

static str of_gift(const slip *x, const char *column)
{
    return rows_text(&x->gift, 0, column);
}

static str yuan(const slip *x)
{
    return making_word(x->m, "paper.slip.yuan",
                       VALUES({ "yuan", bulletin_number(x->m->a, rows_int(&x->gift, 0, "amount_fen"), FEN) }));
}

/* 口罩 2400 只; a value where it was estimated. */
static str what(const slip *x)
{
    if (str_is(of_gift(x, "kind"), "money"))
        return yuan(x);
    text t = text_begin(x->m->a);
    text_put(&t, of_gift(x, "goods"));
    if (rows_int(&x->gift, 0, "quantity"))
        text_printf(&t, " %lld %.*s", (long long)rows_int(&x->gift, 0, "quantity"), STR_ARG(of_gift(x, "goods_unit")));
    if (rows_int(&x->gift, 0, "amount_fen"))
        words_put(&t, x->m->w->lang, "paper.slip.worth", VALUES({ "yuan", yuan(x) }));
    return text_done(&t);
}

static str place(const slip *x)
{
    return text_format(x->m->a, "%.*s %.*s", STR_ARG(of_gift(x, "subdistrict")), STR_ARG(of_gift(x, "community")));
}

/* What is not said is left out. */
static void row_add(slip *x, const char *key, str s)
{
    s = str_trim(s);
    if (!s.len)
        return;
    const print_cell cells[] = { { making_word(x->m, key, NULL) }, { s } };
    print_letter_row *row = &x->table.rows.at[x->table.rows.count++];
    row->cells.at = arena_copy(x->m->a, cells, sizeof cells);
    row->cells.count = COUNT(cells);
}

static void table_fill(slip *x)
{
    const making *m = x->m;
    const print_letter_column columns[] = { { making_word(m, "paper.slip.operation", NULL), 3, false },
                                            { of_gift(x, "operation"), 9, false } };
    x->table.columns.at = arena_copy(m->a, columns, sizeof columns);
    x->table.columns.count = COUNT(columns);
    x->table.rows.at = arena_many(m->a, print_letter_row, FIELDS_MAX);
    str donor = rows_int(&x->gift, 0, "anonymous") ? making_word(m, "paper.slip.anonymous", NULL) : of_gift(x, "donor");
    row_add(x, "paper.slip.donor", donor);
    row_add(x, "paper.slip.what", what(x));
    row_add(x, "paper.slip.received_on", making_day(m, "print.date_formal", of_gift(x, "received_on")));
    row_add(x, "paper.slip.place", place(x));
    row_add(x, "paper.slip.receiver", of_gift(x, "receiver"));
    row_add(x, "paper.slip.purpose", of_gift(x, "purpose"));
    row_add(x, "paper.slip.voucher", of_gift(x, "voucher_no"));
}

err *making_slip(const making *m)
{
    slip x = { .m = m };
    TRY(making_view(m, "donation_slip", NAMED({ "donation", V_INT(m->w->id) }), &x.gift));
    if (!x.gift.count)
        return err_new(m->a, ERR_NOT_FOUND, "donation.missing", VALUES({ "id", making_int(m, m->w->id) }));
    if (rows_int(&x.gift, 0, "reversed") || rows_int(&x.gift, 0, "amount_fen") < 0)
        return err_new(m->a, ERR_CONFLICT, "paper.slip.reversed", VALUES({ "number", of_gift(&x, "receipt_no") }));
    table_fill(&x);
    print_line after[] = { { making_word(m, "paper.slip.free", NULL) } },
               signed_by[] = { { making_word(m, "paper.slip.signed", NULL) } };
    print_document d = { .kind = PRINT_LETTER };
    print_letter_sheet *s = &d.letter;
    s->head = (print_head){ .lang = m->w->lang, .created_at = m->w->now };
    s->title = making_word(m, "paper.slip.title", NULL);
    s->number = making_word(m, "paper.slip.number", VALUES({ "number", of_gift(&x, "receipt_no") }));
    s->tables.at = &x.table;
    s->after.at = after;
    s->signed_by.at = signed_by;
    s->tables.count = s->after.count = s->signed_by.count = 1;
    return making_print(m, &d);
}

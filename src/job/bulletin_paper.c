#include "job/bulletin.h"

static int figure_of(const bulletin *b, const char *name)
{
    for (size_t i = 0; i < b->figures.count; i++)
        if (str_is(rows_text(&b->figures, i, "name"), name))
            return (int)rows_int(&b->figures, i, "value");
    return 0;
}

static void parts_fill(const bulletin *b, print_bulletin_sheet *s)
{
    s->parts.at = arena_many(b->a, print_part, b->parts.count);
    for (size_t i = 0; i < b->parts.count; i++) {
        const bulletin_part *from = &b->parts.at[i];
        print_part part = { .heading = from->heading, .rule = from->rule, .chart = (int)from->chart };
        part.lines.at = arena_many(b->a, print_line, from->lines.count);
        for (size_t k = 0; k < from->lines.count; k++)
            part.lines.at[part.lines.count++].text = from->lines.at[k];
        s->parts.at[s->parts.count++] = part;
    }
}

static value number_text(arena *a, int64_t n)
{
    return V_TEXT(text_format(a, "%lld", (long long)n));
}

static bool same_bar(const print_cover *x, const print_cover *y, const int64_t *starts, size_t xi, size_t yi)
{
    return x->day == y->day && str_equal(x->shift, y->shift) && starts[xi] == starts[yi];
}

/* The shifts of the day and of the one before it; teams' own shifts of one name and time are one bar. */
static err *covers_fill(bulletin *b, print_bulletin_sheet *s)
{
    rows r = { 0 };
    TRY(bulletin_view(b, "shift_cover",
                 NAMED({ "operation", V_INT(b->operation_id) }, { "from_on", V_TEXT(civil_day_text(b->a, b->day - 1)) },
                       { "to_on", V_TEXT(civil_day_text(b->a, b->day)) }, { "before", number_text(b->a, b->as_of) }),
                 &r));
    int64_t *starts = arena_many(b->a, int64_t, r.count + 1); /* of each bar */
    s->covers.at = arena_many(b->a, print_cover, r.count + 1);
    for (size_t i = 0; i < r.count; i++) {
        str rest = rows_text(&r, i, "shift"), name = rest;
        str_split(&rest, ' ', &name); /* 早 of 早 08:00–12:00: a bar is narrow */
        print_cover one = { .shift = name };
        if (!civil_day_read(rows_text(&r, i, "starts_on"), &one.day))
            return err_new(b->a, ERR_INPUT, "print.document", VALUES({ "name", STR("starts_on") }));
        size_t k = 0;
        starts[s->covers.count] = rows_int(&r, i, "start_minute");
        while (k < s->covers.count && !same_bar(&s->covers.at[k], &one, starts, k, s->covers.count))
            k++;
        if (k == s->covers.count)
            s->covers.at[s->covers.count++] = one;
        s->covers.at[k].wanted += (int)rows_int(&r, i, "wanted");
        s->covers.at[k].came += (int)rows_int(&r, i, "came");
    }
    return NULL;
}

/* The roster had nobody missing there, so somebody has left since. What a reader may not see is null, and stays blank. */
static str reason_of(bulletin *b, const rows *r, size_t i)
{
    const value *reason = rows_at(r, i, "reason");
    return reason->kind == VALUE_TEXT && !reason->s.len ? words_get(b->a, b->lang, "bulletin.left_since", NULL)
                                                        : rows_text(r, i, "reason");
}

static err *communities_fill(bulletin *b, print_bulletin_sheet *s)
{
    rows r = { 0 };
    TRY(bulletin_view(b, "community_short",
                 NAMED({ "operation", V_INT(b->operation_id) }, { "day", V_TEXT(civil_day_text(b->a, b->day)) },
                       { "before", number_text(b->a, b->as_of) }),
                 &r));
    s->communities.at = arena_many(b->a, print_short, r.count + 1);
    for (size_t i = 0; i < r.count; i++)
        s->communities.at[s->communities.count++] = (print_short){
            text_format(b->a, "%.*s %.*s", STR_ARG(rows_text(&r, i, "subdistrict")),
                        STR_ARG(rows_text(&r, i, "community"))),
            (int)rows_int(&r, i, "wanted"), (int)rows_int(&r, i, "rostered"), (int)rows_int(&r, i, "missing"),
            reason_of(b, &r, i),
        };
    return NULL;
}

err *bulletin_sheet(bulletin *b, str link, print_bulletin_sheet *out)
{
    /* Dated by its cut-off: printed again, it is the same paper. */
    print_bulletin_sheet s = { .head = { .lang = b->lang, .created_at = b->as_of, .zone = b->zone_name },
                               .title = b->title, .number = (int)b->number, .issuer = b->issuer, .as_of = b->as_of,
                               .filled_by = b->filled_by, .checked_by = b->checked_by, .frozen = b->frozen, .link = link };
    str shown = bulletin_text(b);
    s.head.qr = link.len ? link : str_part(shown, 0, (size_t)str_find(shown, STR("\n")));
    s.answers = (print_answers){ figure_of(b, "can"), figure_of(b, "hindered"), figure_of(b, "cannot"),
                                 figure_of(b, "silent"), figure_of(b, "unreachable") };
    parts_fill(b, &s);
    TRY(covers_fill(b, &s));
    TRY(communities_fill(b, &s));
    *out = s;
    return NULL;
}

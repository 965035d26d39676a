/* A roster written in the three layouts that offices print: by day, by person, by post. */
#include "cli/form_roster.h"

typedef struct layout {
    rostering *r;
    LIST(sheet_out_column) columns;
    LIST(value) cells;
    size_t rows;
} layout;

enum { NARROW = 8 };

static void column(layout *l, str label, bool merge, int width)
{
    *list_add(l->r->f->a, &l->columns) = (sheet_out_column){ .label = label, .merge_same = merge, .width = width };
}

static void named_column(layout *l, sheet_kind kind, sheet_field field, bool merge)
{
    column(l, sheet_label(kind, field, l->r->f->lang), merge, field == SHEET_NUMBER ? NARROW : 0);
}

static void put(layout *l, str s)
{
    *list_add(l->r->f->a, &l->cells) = V_TEXT(s);
}

static str day_text(const rostering *r, civil_day day)
{
    int year, month, number;
    civil_parts(day, &year, &month, &number);
    return words_get(r->f->a, r->f->lang, "form.roster.day",
                     VALUES({ "m", form_number(r->f->a, month) }, { "d", form_number(r->f->a, number) }));
}

static str weekday_text(const rostering *r, civil_day day)
{
    return words_get(r->f->a, r->f->lang, text_format(r->f->a, "weekday.%d", civil_weekday(day)).at, NULL);
}

static str shift_text(const rostering *r, size_t need)
{
    arena *a = r->f->a;
    return text_format(a, "%.*s-%.*s", STR_ARG(civil_time_text(a, roster_need_minute(r, need, "start_minute"))),
                       STR_ARG(civil_time_text(a, roster_need_minute(r, need, "end_minute"))));
}

/* The names at a need; of those who lead, of the others, or of all. */
typedef enum who { LEADS, OTHERS, ALL } who;
static str names_at(const rostering *r, size_t need, who which)
{
    text t = text_begin(r->f->a);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < r->have.count; i++) {
            const roster_stand *s = &r->have.at[i];
            bool wanted = which == ALL || s->lead == (which == LEADS);
            if (s->need != need || !wanted || s->lead == (pass > 0))
                continue;
            text_put(&t, !t.len ? STR("") : form_on_paper(r->f) ? STR("\n") : word_first(WORD_LIST)); /* no name is torn on paper */
            text_put(&t, roster_man_text(r, s->man));
        }
    }
    return text_done(&t);
}

static str phones_at(const rostering *r, size_t need)
{
    text t = text_begin(r->f->a);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < r->have.count; i++) {
            const roster_stand *s = &r->have.at[i];
            if (s->need != need || s->lead == (pass > 0))
                continue;
            text_put_z(&t, t.len ? "\n" : "");
            text_put(&t, r->men.at[s->man].phone.len ? r->men.at[s->man].phone : STR("-"));
        }
    }
    return text_done(&t);
}

/* -- by day ------------------------------------------------------------------------------------------------ */
static void by_day(layout *l)
{
    rostering *r = l->r;
    static const sheet_field fields[] = { SHEET_DAYS, SHEET_IGNORED, SHEET_SHIFTS, SHEET_POST, SHEET_LEAD, SHEET_CREW, SHEET_PHONE,
                                          SHEET_REMARK, SHEET_NUMBER };
    bool numbered = !form_on_paper(r->f);
    for (size_t i = 0; i < COUNT(fields) - !numbered; i++) {
        if (fields[i] == SHEET_IGNORED)
            column(l, words_get(r->f->a, r->f->lang, "form.roster.weekday", NULL), true, 0);
        else
            named_column(l, SHEET_ROSTER, fields[i], fields[i] == SHEET_DAYS);
    }
    for (size_t n = 0; n < r->needs.count; n++) {
        civil_day day = roster_need_day(r, n);
        put(l, day_text(r, day));
        put(l, weekday_text(r, day));
        put(l, shift_text(r, n));
        put(l, rows_text(&r->needs, n, "post"));
        str leads = names_at(r, n, LEADS), others = names_at(r, n, OTHERS);
        bool below = !numbered && leads.len && others.len; /* each beside the own telephone */
        put(l, leads);
        put(l, below ? text_format(r->f->a, "\n%.*s", STR_ARG(others)) : others);
        put(l, phones_at(r, n));
        put(l, (str){ 0 });
        if (numbered)
            put(l, r->number);
        l->rows++;
    }
}

/* -- by person --------------------------------------------------------------------------------------------- */
/* 08:00-12:00 Gate; two duties of a day below one another. */
static str duties_of(const rostering *r, size_t man, civil_day day)
{
    text t = text_begin(r->f->a);
    for (size_t n = 0; n < r->needs.count; n++) {
        if (roster_need_day(r, n) != day || !roster_stands_at(&r->have, n, man, NULL))
            continue;
        text_printf(&t, "%s%.*s %.*s", t.len ? "\n" : "", STR_ARG(shift_text(r, n)), STR_ARG(rows_text(&r->needs, n, "post")));
    }
    return text_done(&t);
}

static void by_person(layout *l)
{
    rostering *r = l->r;
    column(l, sheet_label(SHEET_ROSTER_PEOPLE, SHEET_IGNORED, r->f->lang), false, 0);
    named_column(l, SHEET_ROSTER_PEOPLE, SHEET_NAME, false);
    named_column(l, SHEET_ROSTER_PEOPLE, SHEET_ORG, false);
    named_column(l, SHEET_ROSTER_PEOPLE, SHEET_PHONE, false);
    for (civil_day d = r->from; d <= r->to; d++)
        column(l, text_format(r->f->a, "%.*s %.*s", STR_ARG(day_text(r, d)), STR_ARG(weekday_text(r, d))), false, 0);
    bool numbered = !form_on_paper(r->f);
    if (numbered)
        named_column(l, SHEET_ROSTER_PEOPLE, SHEET_NUMBER, false);
    for (size_t m = 0; m < r->men.count; m++) {
        put(l, form_number(r->f->a, (int64_t)m + 1));
        put(l, r->men.at[m].name);
        put(l, r->men.at[m].unit);
        put(l, r->men.at[m].phone);
        for (civil_day d = r->from; d <= r->to; d++)
            put(l, duties_of(r, m, d));
        if (numbered)
            put(l, r->number);
        l->rows++;
    }
}

/* -- by post ----------------------------------------------------------------------------------------------- */
static bool same_place(const rostering *r, size_t a, size_t b)
{
    return rows_int(&r->needs, a, "post_id") == rows_int(&r->needs, b, "post_id") &&
           rows_int(&r->needs, a, "shift_id") == rows_int(&r->needs, b, "shift_id");
}

static str names_on(const rostering *r, size_t place, civil_day day)
{
    for (size_t n = 0; n < r->needs.count; n++) {
        if (same_place(r, place, n) && roster_need_day(r, n) == day)
            return names_at(r, n, ALL);
    }
    return (str){ 0 };
}

static void by_post(layout *l)
{
    rostering *r = l->r;
    named_column(l, SHEET_ROSTER, SHEET_POST, true);
    named_column(l, SHEET_ROSTER, SHEET_SHIFTS, false);
    for (civil_day d = r->from; d <= r->to; d++)
        column(l, text_format(r->f->a, "%.*s %.*s", STR_ARG(day_text(r, d)), STR_ARG(weekday_text(r, d))), false, 0);
    for (size_t n = 0; n < r->needs.count; n++) {
        size_t first = 0;
        while (!same_place(r, first, n))
            first++;
        if (first < n)
            continue; /* has its row already */
        put(l, rows_text(&r->needs, n, "post"));
        put(l, shift_text(r, n));
        for (civil_day d = r->from; d <= r->to; d++)
            put(l, names_on(r, n, d));
        l->rows++;
    }
}

err *roster_write(rostering *r)
{
    static void (*const layouts[])(layout *) = { by_day, by_person, by_post };
    form *f = r->f;
    layout l = { .r = r };
    layouts[f->layout ? f->layout - 1 : 0](&l);
    str name = words_get(f->a, f->lang, "file.roster", NULL);
    sheet_out out = { .sheet = name, .columns = l.columns.at, .column_count = l.columns.count, .cells = l.cells.at, .row_count = l.rows };
    out.title = words_get(f->a, f->lang, "layout.title",
                          VALUES({ "team", r->team_name }, { "from", day_text(r, r->from) }, { "to", day_text(r, r->to) }));
    if (form_on_paper(f))
        out.foot = words_get(f->a, f->lang, "form.roster.foot", VALUES({ "number", r->number }));
    return form_put(f, &out);
}

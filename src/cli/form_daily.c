/* The report of a day: every figure is counted from the records, so that a report that comes back is only compared. */
#include "cli/form_daily.h"

enum { DAY_MINUTES = 1440, WAN = 10000, HUNDREDTHS = 100 };

const daily_figure daily_figures[DAILY_FIGURES] = {
    { "due", 1, SHEET_DUE, AS_NUMBER },
    { "told", 1, SHEET_TOLD, AS_NUMBER },
    { "came", 1, SHEET_ARRIVED, AS_NUMBER },
    { "absent", 1, SHEET_ABSENT, AS_NUMBER },
    { "on_duty", 1, SHEET_ON_DUTY, AS_NUMBER },
    { "person_times", 1, SHEET_PERSON_TIMES, AS_NUMBER },
    { "person_times_all", 1, SHEET_PERSON_TIMES_ALL, AS_NUMBER },
    { "confirmed_minutes", 1, SHEET_HOURS_ALL, AS_HOURS },
    { "communities", 1, SHEET_SERVED, AS_NUMBER },
    { "posts", 1, SHEET_POSTS, AS_NUMBER },
    { "teams", 1, SHEET_TEAMS, AS_NUMBER },
    { "missing", 1, SHEET_HEADCOUNT_SHORT, AS_NUMBER },
    { "lent_in", 1, SHEET_LENT_IN, AS_NUMBER },
    { "lent_out", 1, SHEET_LENT_OUT, AS_NUMBER },
    { "donors", 1, SHEET_DONORS, AS_NUMBER },
    { "amount_fen", 1, SHEET_AMOUNT, AS_YUAN },
    { "amount_fen", WAN, SHEET_AMOUNT_WAN, AS_YUAN },
};

static err *load(reporting *r, civil_day day, int minute)
{
    int64_t until = civil_instant(r->zone, day, minute);
    if (r->units.count && r->until == until && r->day == day)
        return NULL;
    r->until = until;
    r->day = day;
    return form_view(r->f, "daily_report",
                     NAMED({ "operation", V_INT(r->f->operation) }, { "day", V_TEXT(civil_day_text(r->f->a, day)) }, { "until", V_INT(until) }),
                     &r->units);
}

/* In hundredths of what the sheet shows. */
static int64_t hundredths_of(int64_t n, daily_shown as)
{
    return as == AS_YUAN ? n : as == AS_HOURS ? n * 10 / 60 * 10 : n * HUNDREDTHS;
}

static str figure_text(arena *a, int64_t hundredths)
{
    int64_t part = (hundredths < 0 ? -hundredths : hundredths) % HUNDREDTHS;
    str whole = text_format(a, "%s%lld", hundredths < 0 ? "-" : "", (long long)((hundredths < 0 ? -hundredths : hundredths) / HUNDREDTHS));
    return part ? text_format(a, "%.*s.%02d", STR_ARG(whole), (int)part) : whole;
}

str daily_figure_text(const reporting *r, size_t unit, size_t figure)
{
    const daily_figure *d = &daily_figures[figure];
    return figure_text(r->f->a, hundredths_of(rows_int(&r->units, unit, d->column), d->shown) / d->unit);
}

str daily_until_text(const reporting *r)
{
    civil_day day;
    int minute;
    civil_local(r->zone, r->until, &day, &minute);
    bool midnight = day > r->day; /* the end of the day is its own */
    return text_format(r->f->a, "%.*s %.*s", STR_ARG(civil_day_text(r->f->a, r->day)),
                       STR_ARG(civil_time_text(r->f->a, midnight ? DAY_MINUTES : minute)));
}

/* -- out -------------------------------------------------------------------------------------------------- */
static value cell(void *of, size_t row, sheet_field field)
{
    const reporting *r = of;
    if (field == SHEET_UNIT)
        return *rows_at(&r->units, row, "unit");
    if (field == SHEET_AS_OF)
        return V_TEXT(daily_until_text(r));
    for (size_t i = 0; i < DAILY_FIGURES; i++) {
        if (daily_figures[i].field != field)
            continue;
        int64_t n = hundredths_of(rows_int(&r->units, row, daily_figures[i].column), daily_figures[i].shown);
        return n % HUNDREDTHS ? V_TEXT(figure_text(r->f->a, n)) : V_INT(n / HUNDREDTHS);
    }
    return V_NULL; /* words, written by hand */
}

err *daily_load(reporting *r)
{
    form *f = r->f;
    civil_day today, day;
    int minute;
    TRY(form_operation(f, &r->title, &r->zone));
    civil_local(r->zone, f->now, &today, &minute);
    if (!civil_day_read(f->day, &day))
        day = today;
    if (f->until_minute >= 0 || day != today)
        minute = f->until_minute >= 0 ? f->until_minute : DAY_MINUTES;
    return load(r, day, minute);
}

static err *daily_write(form *f)
{
    reporting r = { .f = f };
    TRY(daily_load(&r));
    str title = words_get(f->a, f->lang, "form.daily.title", VALUES({ "operation", r.title }, { "day", civil_day_text(f->a, r.day) }));
    return form_write(f, SHEET_DAILY, title, r.units.count, cell, &r);
}

/* -- in --------------------------------------------------------------------------------------------------- */
/* A figure left empty says nothing, which is not 0. False: it differs, or is none. */
static bool compare_figure(const reporting *r, const sheet_report *x, size_t unit, size_t figure, form_read *out)
{
    arena *a = r->f->a;
    sheet_field field = daily_figures[figure].field;
    int64_t said = 0, have = hundredths_of(rows_int(&r->units, unit, daily_figures[figure].column), daily_figures[figure].shown);
    str written = sheet_cell(x->at.table, x->at.row, field, NULL);
    if (written.len && !sheet_figure_read(a, written, daily_figures[figure].unit, &said)) {
        sheet_tell_at(a, &out->troubles, x->at, field, SHEET_ERROR, "sheet.figure", NULL);
        return false;
    }
    int64_t off = said < have ? have - said : said - have;
    if (written.len && off < daily_figures[figure].unit) /* 万元 to two decimals */
        return true;
    form_line(r->f, out, x->at, "form.daily.differs",
              VALUES({ "unit", x->unit }, { "column", sheet_label(SHEET_DAILY, field, r->f->lang) },
                     { "have", figure_text(a, have / daily_figures[figure].unit) }, { "said", written }));
    return false;
}

static void compare_unit(const reporting *r, const sheet_report *x, size_t unit, form_read *out)
{
    bool same = true;
    for (size_t i = 0; i < DAILY_FIGURES; i++) {
        if (sheet_has(x->at.table, daily_figures[i].field))
            same &= compare_figure(r, x, unit, i, out);
    }
    out->same += same;
    out->standing += !same;
}

static void tell(const reporting *r, form_read *out, const sheet_report *x, sheet_field field, const char *what)
{
    sheet_tell_at(r->f->a, &out->troubles, x->at, field, SHEET_ERROR, what, NULL);
}

static err *compare(reporting *r, const sheet_report *x, map *seen, form_read *out)
{
    TRY(load(r, x->day, x->minute));
    size_t unit = 0;
    while (unit < r->units.count && !str_equal(rows_text(&r->units, unit, "unit"), x->unit))
        unit++;
    if (r->until > r->f->now)
        tell(r, out, x, SHEET_AS_OF, "form.daily_ahead");
    else if (unit == r->units.count)
        tell(r, out, x, SHEET_UNIT, "form.daily_unit");
    else if (map_get(seen, x->unit, NULL))
        tell(r, out, x, SHEET_UNIT, "form.daily_twice");
    else
        compare_unit(r, x, unit, out);
    map_put(seen, x->unit, 1);
    return NULL;
}

static err *daily_read(form *f, form_read *out)
{
    reporting r = { .f = f };
    sheet_file file;
    sheet_reports all;
    TRY(form_operation(f, &r.title, &r.zone));
    TRY(sheet_read(f->a, f->path, &file));
    TRY(sheet_reports_of(f->a, &file, &all, &out->troubles));
    map *seen = map_new(f->a);
    for (size_t i = 0; i < all.list.count; i++)
        TRY(compare(&r, &all.list.at[i], seen, out));
    return form_verdict(f, out);
}

const form_kind form_daily = { "daily", true, daily_write, daily_read };

/* The report of a day: every figure is counted from the records, so that a report that comes back is only compared. */
#include "base/file.h"
#include "base/limits.h"
#include "cli/form.h"
#include "job/daily.h"

enum { HUNDREDTHS = 100 };

typedef struct reporting {
    form *f;
    daily d;
} reporting;

static err *begin(form *f, daily *d)
{
    *d = (daily){ .a = f->a, .app = f->app, .lang = f->lang, .actor = f->actor, .now = f->now };
    TRY(form_operation(f, &d->title, &d->zone));
    d->operation = f->operation;
    return NULL;
}

/* The figures of f->day up to f->until_minute. */
static err *load(form *f, daily *d)
{
    civil_day day;
    int minute;
    TRY(begin(f, d));
    daily_when(d, f->day, f->until_minute, &day, &minute);
    return daily_load(d, day, minute);
}

/* -- out -------------------------------------------------------------------------------------------------- */
static value cell(void *of, size_t row, sheet_field field)
{
    const daily *d = of;
    if (field == SHEET_UNIT)
        return *rows_at(&d->units, row, "unit");
    if (field == SHEET_AS_OF)
        return V_TEXT(daily_until_text(d));
    for (size_t i = 0; i < DAILY_FIGURES; i++) {
        if (daily_figures[i].field != field)
            continue;
        int64_t n = daily_hundredths(d, row, i);
        return n % HUNDREDTHS ? V_TEXT(daily_number_text(d->a, n)) : V_INT(n / HUNDREDTHS);
    }
    return V_NULL; /* words, written by hand */
}

static err *daily_write(form *f)
{
    daily d;
    TRY(load(f, &d));
    str title = words_get(f->a, f->lang, "form.daily.title", VALUES({ "operation", d.title }, { "day", civil_day_text(f->a, d.day) }));
    return form_write(f, SHEET_DAILY, title, d.units.count, cell, &d);
}

/* -- the upper level's own table --------------------------------------------------------------------------- */
/* Which rule each figure follows and up to when is for whoever signs, not for the table. */
static void tell_rules(form *f, const daily *d, const sheet_fill *done, const daily_marks *marks, form_read *out)
{
    for (size_t i = 0; i < done->filled.count; i++) {
        const sheet_filled *at = &done->filled.at[i];
        const sheet_mark *m = &marks->at[at->mark];
        size_t figure = daily_figure_of(m->name);
        str rule = { 0 };
        if (figure < DAILY_FIGURES)
            rule = daily_rule(d, figure);
        form_say(f, out, rule.len ? "form.fill.figure" : "form.fill.text",
                 VALUES({ "sheet", at->sheet }, { "cell", at->cell }, { "name", m->name }, { "value", m->text }, { "rule", rule },
                        { "until", daily_until_text(d) }));
    }
    out->fresh = done->filled.count;
}

err *form_daily_fill(form *f, form_read *out)
{
    daily d;
    daily_marks marks = { 0 };
    sheet_fill done = { 0 };
    str bytes, path = str_of(f->fill), part;
    TRY(load(f, &d));
    TRY(file_read(f->a, f->fill, SHEET_MAX_BYTES, &bytes));
    while (str_split(&path, '/', &part))
        continue;
    err *e = daily_fill(&d, part, bytes, &done, &marks);
    out->troubles = done.troubles;
    if (e)
        return e;
    TRY(file_write(f->a, f->path, done.bytes));
    tell_rules(f, &d, &done, &marks, out);
    return NULL;
}

/* -- in --------------------------------------------------------------------------------------------------- */
/* A figure left empty says nothing, which is not 0. False: it differs, or is none. */
static bool compare_figure(const reporting *r, const sheet_report *x, size_t unit, size_t figure, form_read *out)
{
    arena *a = r->f->a;
    sheet_field field = daily_figures[figure].field;
    int64_t said = 0, have = daily_hundredths(&r->d, unit, figure);
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
                     { "have", daily_number_text(a, have / daily_figures[figure].unit) }, { "said", written }));
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
    TRY(daily_load(&r->d, x->day, x->minute));
    size_t unit = 0;
    while (unit < r->d.units.count && !str_equal(rows_text(&r->d.units, unit, "unit"), x->unit))
        unit++;
    if (r->d.until > r->f->now)
        tell(r, out, x, SHEET_AS_OF, "form.daily_ahead");
    else if (unit == r->d.units.count)
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
    TRY(begin(f, &r.d));
    TRY(sheet_read(f->a, f->path, &file));
    TRY(sheet_reports_of(f->a, &file, &all, &out->troubles));
    map *seen = map_new(f->a);
    for (size_t i = 0; i < all.list.count; i++)
        TRY(compare(&r, &all.list.at[i], seen, out));
    return form_verdict(f, out);
}

const form_kind form_daily = { "daily", true, daily_write, daily_read };

/* The upper level's own table with marks such as {应到人数}, filled with the figures of a day. */
#include "base/file.h"
#include "base/limits.h"
#include "cli/form_daily.h"
#include "sheet/fill.h"

typedef LIST(sheet_mark) marks;

static void mark(form *f, marks *all, str name, str unit, str text, bool number)
{
    str of = unit.len ? text_format(f->a, "%.*s@%.*s", STR_ARG(name), STR_ARG(unit)) : name;
    *list_add(f->a, all) = (sheet_mark){ of, text, number };
}

/* By all a column may be called, and by the name in the views; those of a team with it behind an @. */
static void mark_field(form *f, marks *all, sheet_field field, str unit, str text, bool number)
{
    str rest = sheet_variants(SHEET_DAILY, field), name;
    while (str_split(&rest, '/', &name))
        mark(f, all, name, unit, text, number);
}

static void marks_of(const reporting *r, size_t row, str unit, marks *all)
{
    for (size_t i = 0; i < DAILY_FIGURES; i++)
        mark_field(r->f, all, daily_figures[i].field, unit, daily_figure_text(r, row, i), true);
}

static const daily_figure *figure_of(str mark)
{
    str rest = mark, name;
    str_split(&rest, '@', &name);
    for (size_t i = 0; i < DAILY_FIGURES; i++) {
        str variants = sheet_variants(SHEET_DAILY, daily_figures[i].field), one;
        while (str_split(&variants, '/', &one)) {
            if (str_equal(one, name))
                return &daily_figures[i];
        }
    }
    return NULL;
}

/* Which rule each figure follows and up to when is for whoever signs, not for the table. */
static void tell_rules(const reporting *r, const sheet_fill *done, const marks *all, form_read *out)
{
    form *f = r->f;
    for (size_t i = 0; i < done->filled.count; i++) {
        const sheet_filled *at = &done->filled.at[i];
        const sheet_mark *m = &all->at[at->mark];
        const daily_figure *figure = figure_of(m->name);
        str rule = figure ? words_get(f->a, f->lang, text_format(f->a, "form.rule.%s", figure->column).at, NULL) : (str){ 0 };
        form_say(f, out, figure ? "form.fill.figure" : "form.fill.text",
                 VALUES({ "sheet", at->sheet }, { "cell", at->cell }, { "name", m->name }, { "value", m->text }, { "rule", rule },
                        { "until", daily_until_text(r) }));
    }
    out->fresh = done->filled.count;
}

err *form_daily_fill(form *f, form_read *out)
{
    reporting r = { .f = f };
    marks all = { 0 };
    sheet_fill done;
    str bytes;
    TRY(daily_load(&r));
    for (size_t i = r.units.count; i-- > 0;) /* without a unit it is the operation's, the first row */
        marks_of(&r, i, rows_text(&r.units, i, "unit"), &all);
    marks_of(&r, 0, (str){ 0 }, &all);
    mark_field(f, &all, SHEET_AS_OF, (str){ 0 }, daily_until_text(&r), false);
    mark_field(f, &all, SHEET_UNIT, (str){ 0 }, r.title, false);
    TRY(file_read(f->a, f->fill, SHEET_MAX_BYTES, &bytes));
    str path = str_of(f->fill), part;
    while (str_split(&path, '/', &part))
        continue;
    TRY(sheet_fill_marks(f->a, part, bytes, all.at, all.count, &done));
    out->troubles = done.troubles;
    if (done.troubles.error_count)
        return err_new(f->a, ERR_INPUT, "form.fill_marks", VALUES({ "file", part }, { "n", form_number(f->a, (int64_t)done.troubles.error_count) }));
    if (!done.filled.count)
        return err_new(f->a, ERR_INPUT, "form.fill_none", VALUES({ "file", part }));
    TRY(file_write(f->a, f->path, done.bytes));
    tell_rules(&r, &done, &all, out);
    return NULL;
}

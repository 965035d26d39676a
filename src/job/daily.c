#include "job/daily.h"

#include "view/view.h"

enum { WAN = 10000, HUNDREDTHS = 100 };

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

/* -- the figures ----------------------------------------------------------------------------------------- */
void daily_when(const daily *d, str day, int asked, civil_day *out, int *minute)
{
    civil_day today;
    civil_local(d->zone, d->now, &today, minute);
    if (!civil_day_read(day, out))
        *out = today;
    if (asked >= 0 || *out != today)
        *minute = asked >= 0 ? asked : DAILY_DAY_MINUTES;
}

err *daily_load(daily *d, civil_day day, int minute)
{
    int64_t until = civil_instant(d->zone, day, minute);
    if (d->units.count && d->until == until && d->day == day)
        return NULL;
    d->until = until;
    d->day = day;
    return view_run(app_store(d->app), d->a, view_find(STR("daily_report")),
                    NAMED({ "now", V_INT(d->now) }, { "operation", V_INT(d->operation) }, { "day", V_TEXT(civil_day_text(d->a, day)) },
                          { "until", V_INT(until) }),
                    d->actor, 0, &d->units);
}

int64_t daily_hundredths(const daily *d, size_t unit, size_t figure)
{
    int64_t n = rows_int(&d->units, unit, daily_figures[figure].column);
    daily_shown as = daily_figures[figure].shown;
    return as == AS_YUAN ? n : as == AS_HOURS ? n * 10 / 60 * 10 : n * HUNDREDTHS;
}

str daily_number_text(arena *a, int64_t hundredths)
{
    int64_t part = (hundredths < 0 ? -hundredths : hundredths) % HUNDREDTHS;
    str whole = text_format(a, "%s%lld", hundredths < 0 ? "-" : "", (long long)((hundredths < 0 ? -hundredths : hundredths) / HUNDREDTHS));
    return part ? text_format(a, "%.*s.%02d", STR_ARG(whole), (int)part) : whole;
}

str daily_figure_text(const daily *d, size_t unit, size_t figure)
{
    return daily_number_text(d->a, daily_hundredths(d, unit, figure) / daily_figures[figure].unit);
}

str daily_until_text(const daily *d)
{
    civil_day day;
    int minute;
    civil_local(d->zone, d->until, &day, &minute);
    bool midnight = day > d->day; /* the end of the day is its own */
    return text_format(d->a, "%.*s %.*s", STR_ARG(civil_day_text(d->a, d->day)),
                       STR_ARG(civil_time_text(d->a, midnight ? DAILY_DAY_MINUTES : minute)));
}

str daily_figure_name(const daily *d, size_t figure)
{
    str label = sheet_label(SHEET_DAILY, daily_figures[figure].field, WORDS_EN);
    return words_get(d->a, d->lang, text_format(d->a, "form.figure.%.*s", STR_ARG(label)).at, NULL);
}

str daily_rule(const daily *d, size_t figure)
{
    return words_get(d->a, d->lang, text_format(d->a, "form.rule.%s", daily_figures[figure].column).at, NULL);
}

/* -- somebody else's table ------------------------------------------------------------------------------- */
/* By all a column may be called, and by the name in the views; those of a team with it behind an @. */
static void mark_field(const daily *d, daily_marks *all, sheet_field field, str unit, str text, bool number)
{
    str rest = sheet_variants(SHEET_DAILY, field), name;
    while (str_split(&rest, '/', &name)) {
        str of = unit.len ? text_format(d->a, "%.*s@%.*s", STR_ARG(name), STR_ARG(unit)) : name;
        *list_add(d->a, all) = (sheet_mark){ of, text, number };
    }
}

static void marks_of(const daily *d, size_t row, str unit, daily_marks *all)
{
    for (size_t i = 0; i < DAILY_FIGURES; i++)
        mark_field(d, all, daily_figures[i].field, unit, daily_figure_text(d, row, i), true);
}

size_t daily_figure_of(str mark)
{
    str rest = mark, name;
    str_split(&rest, '@', &name);
    for (size_t i = 0; i < DAILY_FIGURES; i++) {
        str variants = sheet_variants(SHEET_DAILY, daily_figures[i].field), one;
        while (str_split(&variants, '/', &one)) {
            if (str_equal(one, name))
                return i;
        }
    }
    return DAILY_FIGURES;
}

err *daily_fill(daily *d, str file, str bytes, sheet_fill *done, daily_marks *marks)
{
    for (size_t i = d->units.count; i-- > 0;) /* without a unit it is the operation's, the first row */
        marks_of(d, i, rows_text(&d->units, i, "unit"), marks);
    marks_of(d, 0, (str){ 0 }, marks);
    mark_field(d, marks, SHEET_AS_OF, (str){ 0 }, daily_until_text(d), false);
    mark_field(d, marks, SHEET_UNIT, (str){ 0 }, d->title, false);
    TRY(sheet_fill_marks(d->a, file, bytes, marks->at, marks->count, done));
    if (done->troubles.error_count)
        return err_new(d->a, ERR_INPUT, "form.fill_marks",
                       VALUES({ "file", file }, { "n", text_format(d->a, "%zu", done->troubles.error_count) }));
    return done->filled.count ? NULL : err_new(d->a, ERR_INPUT, "form.fill_none", VALUES({ "file", file }));
}

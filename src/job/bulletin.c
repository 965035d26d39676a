#include "job/bulletin.h"

#include "base/json.h"
#include "command/figure.h"
#include "view/view.h"

#include <string.h>

enum { FEN = 100, MINUTES = 60 };

/* The lines of each part, in order: words keys bulletin.<part>.<line>. */
static const struct {
    const char *part, *lines[5];
    print_chart chart;
} parts[] = {
    { "overall", { "order", "unnamed", "answers", "teams" }, PRINT_CHART_ANSWERS },
    { "duty", { "today", "so_far", "early", "nights" }, PRINT_CHART_SHIFTS },
    { "gaps", { "needs", "lending", "joined" }, PRINT_CHART_COMMUNITIES },
    { "structure", { "large", "largest" }, PRINT_CHART_NONE },
    { "gifts", { "sum", "largest" }, PRINT_CHART_NONE },
    { "requests", { "text" }, PRINT_CHART_NONE },
    { "tomorrow", { "needs" }, PRINT_CHART_NONE },
};

/* -- numbers ---------------------------------------------------------------------------------------------- */
static void put_grouped(text *t, arena *a, int64_t n)
{
    str digits = text_format(a, "%lld", (long long)(n < 0 ? -n : n));
    text_put_z(t, n < 0 ? "-" : "");
    for (size_t i = 0; i < digits.len; i++) {
        text_put_z(t, i && (digits.len - i) % 3 == 0 ? "," : "");
        text_put(t, str_part(digits, i, 1));
    }
}

str bulletin_number(arena *a, int64_t value, int scale)
{
    text t = text_begin(a);
    put_grouped(&t, a, value / scale);
    int64_t rest = (value < 0 ? -value : value) % scale;
    if (scale == FEN)
        text_put(&t, text_format(a, ".%02d", (int)rest));
    else if (scale == MINUTES && rest * 10 / scale)
        text_put(&t, text_format(a, ".%d", (int)(rest * 10 / scale))); /* rounded down, as certificates are */
    return text_done(&t);
}

static int scale_of(str name)
{
    const figure *f = figure_find(name);
    return f ? f->scale : 1;
}

/* -- loading ---------------------------------------------------------------------------------------------- */
err *bulletin_view(bulletin *b, const char *name, const named *args, rows *out)
{
    size_t count = 0;
    while (args && args[count].name)
        count++;
    named *all = arena_many(b->a, named, count + 2);
    all[0] = (named){ "now", V_INT(b->reader.now) };
    if (count)
        memcpy(all + 1, args, count * sizeof *args);
    return view_run(app_store(b->app), b->a, view_find(str_of(name)), all, b->reader.actor_id, 0, out);
}

static void put_value(bulletin *b, const char *name, str s)
{
    *list_add(b->a, &b->values) = (word_value){ name, s };
}

static str day_words(bulletin *b, const char *key, civil_day day)
{
    int year, month, of_month;
    civil_parts(day, &year, &month, &of_month);
    const char *weekday = text_format(b->a, "print.weekday.%d", civil_weekday(day)).at,
               *of_year = text_format(b->a, "print.month.%d", month).at;
    return words_get(b->a, b->lang, key,
                     VALUES({ "year", text_format(b->a, "%d", year) },
                            { "month", words_get(b->a, b->lang, of_year, NULL) },
                            { "day", text_format(b->a, "%d", of_month) },
                            { "weekday", words_get(b->a, b->lang, weekday, NULL) }));
}

/* 2月9日 17:00 */
static str when_words(bulletin *b, int64_t at)
{
    civil_day day;
    int minute;
    civil_local(b->zone, at, &day, &minute);
    return text_format(b->a, "%.*s %.*s", STR_ARG(day_words(b, "print.date", day)),
                       STR_ARG(civil_time_text(b->a, minute)));
}

static err *load_order(bulletin *b)
{
    rows r = { 0 };
    TRY(bulletin_view(b, "order_released", NAMED({ "operation", V_INT(b->operation_id) }), &r));
    for (size_t i = 0; i < r.count; i++)
        if (rows_int(&r, i, "released_at") <= b->as_of)
            put_value(b, "released_at", when_words(b, rows_int(&r, i, "released_at")));
    return NULL;
}

static err *load_figures(bulletin *b)
{
    TRY(bulletin_view(b, "bulletin_figure", NAMED({ "bulletin", V_INT(b->id) }), &b->figures));
    for (size_t i = 0; i < b->figures.count; i++) {
        str name = rows_text(&b->figures, i, "name");
        if (str_starts(name, STR("unnamed_")) && !rows_int(&b->figures, i, "value"))
            continue; /* mostly every agency hands over names, and the line about it goes */
        str number = bulletin_number(b->a, rows_int(&b->figures, i, "value"), scale_of(name));
        str shown = b->reader.named ? text_format(b->a, "%.*s" BULLETIN_FIGURE_NAME "%.*s", STR_ARG(name), STR_ARG(number)) : number;
        put_value(b, str_z(b->a, name), text_format(b->a, BULLETIN_FIGURE_BEGIN "%.*s" BULLETIN_FIGURE_END, STR_ARG(shown)));
    }
    return NULL;
}

static err *load_head(bulletin *b, const rows *r, size_t row)
{
    int minute;
    b->id = rows_int(r, row, "id");
    b->operation_id = rows_int(r, row, "operation_id");
    b->number = rows_int(r, row, "number");
    b->as_of = rows_int(r, row, "as_of");
    b->frozen = str_is(rows_text(r, row, "state"), "frozen");
    b->zone_name = rows_text(r, row, "zone");
    b->title = rows_text(r, row, "title");
    b->issuer = rows_text(r, row, "issuer");
    b->filled_by = rows_text(r, row, "filled_by");
    b->checked_by = rows_text(r, row, "checked_by");
    b->requests = rows_text(r, row, "requests");
    TRY(civil_zone_open(b->a, rows_text(r, row, "zone"), &b->zone));
    civil_local(b->zone, b->as_of, &b->day, &minute);
    if (!b->title.len)
        b->title = words_get(b->a, b->lang, "bulletin.title", VALUES({ "operation", rows_text(r, row, "operation") }));
    return NULL;
}

err *bulletin_load(arena *a, app *p, words_lang lang, int64_t number, bulletin_reader reader, bulletin *out)
{
    rows r = { 0 };
    *out = (bulletin){ .a = a, .lang = lang, .app = p, .reader = reader };
    TRY(bulletin_view(out, "bulletin", NULL, &r));
    size_t row = 0;
    while (row < r.count && number && rows_int(&r, row, "number") != number)
        row++;
    if (row == r.count)
        return err_new(a, ERR_NOT_FOUND, number ? "bulletin.no_number" : "bulletin.none",
                       VALUES({ "number", text_format(a, "%lld", (long long)number) }));
    TRY(load_head(out, &r, row));
    TRY(load_order(out));
    TRY(load_figures(out));
    put_value(out, "today", day_words(out, "print.date", out->day));
    if (out->requests.len)
        put_value(out, "requests", out->requests);
    return NULL;
}

/* -- writing ----------------------------------------------------------------------------------------------- */
static const word_value *values_of(bulletin *b)
{
    word_value *all = arena_many(b->a, word_value, b->values.count + 1);
    memcpy(all, b->values.at, b->values.count * sizeof *all);
    return all;
}

/* Empty where something it names is missing. */
static str line_of(bulletin *b, const word_value *values, const char *key)
{
    str s = words_get(b->a, b->lang, key, values);
    return str_find(s, STR("{")) < 0 ? s : (str){ 0 };
}

void bulletin_write(bulletin *b)
{
    const word_value *values = values_of(b);
    for (size_t i = 0; i < COUNT(parts); i++) {
        bulletin_part part = { .chart = parts[i].chart };
        for (size_t k = 0; k < COUNT(parts[i].lines) && parts[i].lines[k]; k++) {
            str line = line_of(b, values, text_format(b->a, "bulletin.%s.%s", parts[i].part, parts[i].lines[k]).at);
            if (line.len)
                *list_add(b->a, &part.lines) = line;
        }
        if (!part.lines.count)
            continue;
        str ordinal = words_get(b->a, b->lang, text_format(b->a, "bulletin.ordinal.%zu", b->parts.count + 1).at, NULL);
        str heading = words_get(b->a, b->lang, text_format(b->a, "bulletin.%s", parts[i].part).at, NULL);
        part.heading = words_get(b->a, b->lang, "bulletin.heading", VALUES({ "ordinal", ordinal }, { "part", heading }));
        const char *rule = text_format(b->a, "bulletin.%s.rule", parts[i].part).at;
        if (words_has(b->lang, rule))
            part.rule = line_of(b, values, rule);
        *list_add(b->a, &b->parts) = part;
    }
}

static void put_plain(text *t, str s)
{
    while (s.len) {
        bool mark = str_starts(s, STR(BULLETIN_FIGURE_BEGIN)) || str_starts(s, STR(BULLETIN_FIGURE_END));
        if (!mark)
            text_put(t, str_part(s, 0, 1));
        s = str_from(s, mark ? strlen(BULLETIN_FIGURE_BEGIN) : 1);
    }
    text_put_z(t, "\n");
}

str bulletin_text(bulletin *b)
{
    text t = text_begin(b->a);
    words_put(&t, b->lang, "bulletin.head",
              VALUES({ "title", b->title }, { "number", text_format(b->a, "%lld", (long long)b->number) },
                     { "issuer", b->issuer }, { "as_of", when_words(b, b->as_of) }));
    text_put_z(&t, "\n");
    for (size_t i = 0; i < b->parts.count; i++) {
        const bulletin_part *part = &b->parts.at[i];
        text_put_z(&t, "\n");
        put_plain(&t, part->heading);
        for (size_t k = 0; k < part->lines.count; k++)
            put_plain(&t, part->lines.at[k]);
        if (part->rule.len)
            put_plain(&t, words_get(b->a, b->lang, "bulletin.rule", VALUES({ "rule", part->rule })));
    }
    text_put_z(&t, "\n");
    words_put(&t, b->lang, b->frozen ? "bulletin.foot" : "bulletin.foot_draft",
              VALUES({ "filled_by", b->filled_by }, { "checked_by", b->checked_by }));
    text_put_z(&t, "\n");
    return text_done(&t);
}

static void put_json_args(json *j, str args)
{
    str word;
    json_open(j, '[');
    while (args.len && str_split(&args, ' ', &word))
        json_str(j, word);
    json_close(j, ']');
}

str bulletin_json(bulletin *b)
{
    text t = text_begin(b->a);
    json j = json_begin(&t);
    json_open(&j, '{');
    json_key(&j, "number");
    json_int(&j, b->number);
    json_key(&j, "title");
    json_str(&j, b->title);
    json_key(&j, "as_of");
    json_int(&j, b->as_of);
    json_key(&j, "state");
    json_str(&j, b->frozen ? STR("frozen") : STR("draft"));
    json_key(&j, "figures");
    json_open(&j, '[');
    for (size_t i = 0; i < b->figures.count; i++) {
        str name = rows_text(&b->figures, i, "name");
        json_open(&j, '{');
        json_key(&j, "name");
        json_str(&j, name);
        json_key(&j, "value");
        json_hundredths(&j, rows_int(&b->figures, i, "value") * 100 / scale_of(name));
        json_key(&j, "view");
        json_str(&j, rows_text(&b->figures, i, "view"));
        json_key(&j, "args");
        put_json_args(&j, rows_text(&b->figures, i, "args"));
        json_key(&j, "kind");
        json_str(&j, rows_text(&b->figures, i, "kind"));
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_close(&j, '}');
    text_put_z(&t, "\n");
    return text_done(&t);
}

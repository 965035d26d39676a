#include "base/map.h"
#include "cli/paper_making.h"

/* More are summed up: the letter is to be one page. */
enum { ROWS_MAX = 8, HOUR = 60, POINTS = 6 };

typedef struct appeal {
    const making *m;
    rows team, needs; /* of the views team_appeal and team_short */
    str day;          /* from which on people are wanted */
    str phone, caller; /* whom to call: the liaison, else the leader */
} appeal;

static str of_team(const appeal *x, const char *column)
{
    return rows_text(&x->team, 0, column);
}

/* The day after now, where the team is. */
static err *first_day(appeal *x)
{
    const making *m = x->m;
    rows r = { 0 };
    civil_day day;
    x->day = m->w->day;
    if (x->day.len && !civil_day_read(x->day, &day))
        return err_new(m->a, ERR_USAGE, "paper.day", VALUES({ "value", x->day }));
    if (x->day.len)
        return NULL;
    TRY(making_view(m, "team_appeal", NAMED({ "team", V_INT(m->w->id) }, { "day", V_TEXT(STR("1970-01-01")) }), &r));
    if (!r.count)
        return NULL;
    TRY(making_today(m, rows_text(&r, 0, "zone"), &day));
    x->day = civil_day_text(m->a, day + 1);
    return NULL;
}

static err *load(appeal *x)
{
    const making *m = x->m;
    TRY(first_day(x));
    const value team = V_INT(m->w->id), day = x->day.len ? V_TEXT(x->day) : V_TEXT(STR("1970-01-01"));
    TRY(making_view(m, "team_appeal", NAMED({ "team", team }, { "day", day }), &x->team));
    if (!x->team.count)
        return err_new(m->a, ERR_NOT_FOUND, "team.missing", VALUES({ "id", making_int(m, m->w->id) }));
    TRY(making_view(m, "team_short", NAMED({ "team", team }, { "from_on", day }), &x->needs));
    bool liaison = rows_int(&x->team, 0, "liaison_id") != 0;
    x->caller = of_team(x, liaison ? "liaison" : "leader");
    if (!x->caller.len)
        return making_contact(m, rows_int(&x->team, 0, "operation_id"), &x->caller);
    str purpose = making_word(m, "paper.appeal.reveal", VALUES({ "team", of_team(x, "team") }));
    return making_phone(m, rows_int(&x->team, 0, liaison ? "liaison_id" : "leader_id"), purpose, &x->phone);
}

/* -- what it says ------------------------------------------------------------------------------------------- */
static int64_t missing_on(const appeal *x, str day) /* an empty day: all */
{
    int64_t sum = 0;
    for (size_t i = 0; i < x->needs.count; i++)
        if (!day.len || str_equal(rows_text(&x->needs, i, "starts_on"), day))
            sum += rows_int(&x->needs, i, "missing");
    return sum;
}

/* 4, or 3–8: of the shifts that lack people. */
static str hours(const appeal *x)
{
    int64_t least = INT64_MAX, most = 0;
    for (size_t i = 0; i < x->needs.count; i++) {
        int64_t h = (rows_int(&x->needs, i, "end_minute") - rows_int(&x->needs, i, "start_minute") + HOUR / 2) / HOUR;
        least = h < least ? h : least;
        most = h > most ? h : most;
    }
    return least >= most ? making_int(x->m, most) : text_format(x->m->a, "%lld–%lld", (long long)least, (long long)most);
}

static print_line line_of(const appeal *x, const char *key)
{
    const making *m = x->m;
    int64_t here = missing_on(x, x->day), all = missing_on(x, (str){ 0 });
    return (print_line){ making_word(
        m, key,
        VALUES({ "community", of_team(x, "community") }, { "team", of_team(x, "team") }, { "hours", hours(x) },
               { "day", making_day(m, "print.date_of_week", x->day) }, { "caller", x->caller },
               { "compounds", making_int(m, rows_int(&x->team, 0, "compounds")) },
               { "posts", making_int(m, rows_int(&x->team, 0, "posts")) },
               { "wanted", making_int(m, rows_int(&x->team, 0, "wanted")) },
               { "members", making_int(m, rows_int(&x->team, 0, "members")) }, { "missing", making_int(m, here) },
               { "later", making_int(m, all - here) }, { "phone", x->phone }, { "link", m->w->link },
               { "leader", of_team(x, "leader") })) };
}

static const char *short_key(const appeal *x)
{
    int64_t here = missing_on(x, x->day), all = missing_on(x, (str){ 0 });
    return !all ? "paper.appeal.enough" : !here ? "paper.appeal.short_later" : here == all ? "paper.appeal.short_day" : "paper.appeal.short";
}

static void before_fill(const appeal *x, print_letter_sheet *s)
{
    s->before.at = arena_many(x->m->a, print_line, 2);
    s->before.at[s->before.count++] = line_of(x, "paper.appeal.state");
    s->before.at[s->before.count++] = line_of(x, short_key(x));
}

static void row_fill(const appeal *x, size_t i, print_letter_row *row)
{
    const making *m = x->m;
    str time = text_format(m->a, "%s–%s", civil_time_text(m->a, (int)rows_int(&x->needs, i, "start_minute")).at,
                           civil_time_text(m->a, (int)rows_int(&x->needs, i, "end_minute")).at);
    const print_cell cells[] = { { making_day(m, "print.date_of_week", rows_text(&x->needs, i, "starts_on")) }, { time },
                                 { rows_text(&x->needs, i, "post") }, { making_int(m, rows_int(&x->needs, i, "missing")) } };
    row->cells.at = arena_copy(m->a, cells, sizeof cells);
    row->cells.count = COUNT(cells);
}

static void table_fill(const appeal *x, print_letter_sheet *s)
{
    const making *m = x->m;
    const print_letter_column columns[] = { { making_word(m, "print.column.day", NULL), 4, false },
                                            { making_word(m, "print.column.time", NULL), 4, false },
                                            { making_word(m, "print.column.post", NULL), 6, false },
                                            { making_word(m, "print.column.gap", NULL), 2, true } };
    if (!x->needs.count)
        return;
    print_letter_table *t = arena_new(m->a, print_letter_table);
    t->columns.at = arena_copy(m->a, columns, sizeof columns);
    t->columns.count = COUNT(columns);
    size_t count = x->needs.count, named = count > ROWS_MAX ? ROWS_MAX : count;
    int64_t rest = 0;
    t->rows.at = arena_many(m->a, print_letter_row, named);
    for (size_t i = 0; i < count; i++)
        if (i < named)
            row_fill(x, i, &t->rows.at[t->rows.count++]);
        else
            rest += rows_int(&x->needs, i, "missing");
    if (named < count)
        t->note = making_word(m, "paper.appeal.rest", VALUES({ "shifts", making_int(m, (int64_t)(count - named)) },
                                                             { "missing", making_int(m, rest) }));
    s->tables.at = t;
    s->tables.count = 1;
}

static void after_fill(const appeal *x, print_letter_sheet *s)
{
    s->after.at = arena_many(x->m->a, print_line, POINTS + 1);
    s->after.at[s->after.count++] = line_of(x, "paper.appeal.ask");
    for (int i = 1; i <= POINTS; i++)
        s->after.at[s->after.count++] = line_of(x, text_format(x->m->a, "paper.appeal.point.%d", i).at);
}

err *making_appeal(const making *m)
{
    appeal x = { .m = m };
    civil_day today;
    TRY(load(&x));
    TRY(making_today(m, of_team(&x, "zone"), &today));
    print_document d = { .kind = PRINT_LETTER };
    print_letter_sheet *s = &d.letter;
    s->head = (print_head){ .lang = m->w->lang, .created_at = m->w->now, .zone = of_team(&x, "zone"), .qr = m->w->link };
    s->title = line_of(&x, "paper.appeal.title").text;
    s->to = making_word(m, "paper.appeal.to", NULL);
    before_fill(&x, s);
    table_fill(&x, s);
    after_fill(&x, s);
    s->scan = line_of(&x, m->w->link.len ? "paper.appeal.scan" : "paper.appeal.call").text;
    s->signed_by.at = arena_many(m->a, print_line, 2);
    s->signed_by.at[s->signed_by.count++] = line_of(&x, of_team(&x, "leader").len ? "paper.appeal.signed" : "paper.appeal.signed_team");
    s->signed_by.at[s->signed_by.count++].text = making_day(m, "print.date_formal", civil_day_text(m->a, today));
    return making_print(m, &d);
}

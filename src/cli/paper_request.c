#include "cli/paper_making.h"
#include "domain/structure.h"

/* Above it a team is too many for one leader, and the letter says so. */
enum { TEAM_MAX = STRUCTURE_TEAM_MIN - 1 };

/* A structure goes to the subdistrict: the letter, and who stands where as its annex. */
typedef struct request {
    const making *m;
    rows structure, team, units, members;
    str zone, phone;
} request;

static str of_team(const request *x, const char *column)
{
    return rows_text(&x->team, 0, column);
}

static err *load(request *x)
{
    const making *m = x->m;
    const value id = V_INT(m->w->id);
    rows all = { 0 };
    TRY(making_view(m, "structure", NULL, &all));
    for (size_t i = 0; i < all.count && !x->structure.count; i++)
        if (rows_int(&all, i, "id") == m->w->id)
            x->structure = (rows){ all.names, all.column_count, 1, &all.at[i * all.column_count] };
    if (!x->structure.count)
        return err_new(m->a, ERR_NOT_FOUND, "structure.missing", VALUES({ "id", making_int(m, m->w->id) }));
    TRY(making_view(m, "unit", NAMED({ "structure", id }), &x->units));
    TRY(making_view(m, "structure_member", NAMED({ "structure", id }), &x->members));
    TRY(making_view(m, "team_appeal",
                    NAMED({ "team", *rows_at(&x->structure, 0, "team_id") }, { "day", V_TEXT(STR("1970-01-01")) }), &x->team));
    if (!x->team.count)
        return err_new(m->a, ERR_NOT_FOUND, "structure.missing", VALUES({ "id", making_int(m, m->w->id) }));
    str purpose = making_word(m, "paper.request.reveal", VALUES({ "team", of_team(x, "team") }));
    return making_phone(m, rows_int(&x->team, 0, "leader_id"), purpose, &x->phone);
}

static print_line line_of(const request *x, const char *key)
{
    const making *m = x->m;
    return (print_line){ making_word(
        m, key,
        VALUES({ "team", of_team(x, "team") }, { "community", of_team(x, "community") }, { "subdistrict", of_team(x, "subdistrict") },
               { "leader", of_team(x, "leader") }, { "phone", x->phone },
               { "members", making_int(m, (int64_t)x->members.count) },
               { "branches", making_int(m, rows_int(&x->structure, 0, "branches")) },
               { "groups", making_int(m, rows_int(&x->structure, 0, "groups")) },
               { "version", making_int(m, rows_int(&x->structure, 0, "version")) },
               { "reference", rows_text(&x->structure, 0, "reference") })) };
}

/* -- tables ------------------------------------------------------------------------------------------------- */
static print_letter_table table_begin(const request *x, const char *heading, const print_letter_column *columns, size_t count,
                                      size_t row_count)
{
    print_letter_table t = { .heading = making_word(x->m, heading, NULL) };
    t.columns.at = arena_copy(x->m->a, columns, count * sizeof *columns);
    t.columns.count = count;
    t.rows.at = arena_many(x->m->a, print_letter_row, row_count + 1);
    return t;
}

static void row_add(const request *x, print_letter_table *t, const print_cell *cells)
{
    print_letter_row *row = &t->rows.at[t->rows.count++];
    row->cells.at = arena_copy(x->m->a, cells, t->columns.count * sizeof *cells);
    row->cells.count = t->columns.count;
}

static str word(const request *x, const char *key)
{
    return making_word(x->m, key, NULL);
}

/* Groups are many and stand in the annex; here are the branches. */
static print_letter_table units_table(const request *x)
{
    const print_letter_column columns[] = { { word(x, "paper.request.unit"), 6, false },
                                            { word(x, "paper.request.leader"), 3, false },
                                            { word(x, "paper.request.people"), 2, true } };
    print_letter_table t = table_begin(x, "paper.request.units", columns, COUNT(columns), x->units.count);
    for (size_t i = 0; i < x->units.count; i++)
        if (!str_is(rows_text(&x->units, i, "kind"), "group"))
            row_add(x, &t, (const print_cell[]){ { rows_text(&x->units, i, "name") }, { rows_text(&x->units, i, "leader") },
                                                 { making_int(x->m, rows_int(&x->units, i, "members")) } });
    return t;
}

static print_letter_table members_table(const request *x)
{
    const print_letter_column columns[] = { { word(x, "print.column.number"), 2, true }, { word(x, "print.column.name"), 4, false },
                                            { word(x, "print.column.unit"), 7, false }, { word(x, "paper.request.branch"), 5, false },
                                            { word(x, "paper.request.group"), 4, false } };
    print_letter_table t = table_begin(x, "paper.request.list", columns, COUNT(columns), x->members.count);
    t.annex = true;
    for (size_t i = 0; i < x->members.count; i++) {
        str unit = rows_text(&x->members, i, "unit");
        row_add(x, &t, (const print_cell[]){ { making_int(x->m, (int64_t)i + 1) }, { rows_text(&x->members, i, "name") },
                                             { rows_text(&x->members, i, "org") }, { rows_text(&x->members, i, "branch") },
                                             { unit.len ? unit : word(x, "paper.request.none") } });
    }
    return t;
}

/* -- the letter --------------------------------------------------------------------------------------------- */
static void lines_fill(const request *x, print_letter_sheet *s)
{
    static const char *const after[] = { "paper.request.approve", "paper.request.annex" },
                             *const reply[] = { "paper.request.reply", "paper.request.reference", "paper.request.seal" };
    s->before.at = arena_many(x->m->a, print_line, 1);
    s->before.at[s->before.count++] = line_of(x, x->members.count > TEAM_MAX ? "paper.request.state" : "paper.request.state_small");
    s->after.at = arena_many(x->m->a, print_line, COUNT(after));
    for (size_t i = 0; i < COUNT(after); i++)
        s->after.at[s->after.count++] = line_of(x, after[i]);
    s->reply.at = arena_many(x->m->a, print_line, COUNT(reply));
    for (size_t i = 0; i < COUNT(reply); i++)
        s->reply.at[s->reply.count++] = line_of(x, reply[i]);
}

err *making_request(const making *m)
{
    request x = { .m = m };
    civil_day today;
    TRY(load(&x));
    TRY(making_today(m, of_team(&x, "zone"), &today));
    print_document d = { .kind = PRINT_LETTER };
    print_letter_sheet *s = &d.letter;
    s->head = (print_head){ .lang = m->w->lang, .created_at = m->w->now, .zone = of_team(&x, "zone") };
    s->title = line_of(&x, "paper.request.title").text;
    s->number = line_of(&x, "paper.request.number").text;
    s->to = line_of(&x, of_team(&x, "subdistrict").len ? "paper.request.to" : "paper.request.to_any").text;
    lines_fill(&x, s);
    s->tables.at = arena_many(m->a, print_letter_table, 2);
    s->tables.at[s->tables.count++] = units_table(&x);
    s->tables.at[s->tables.count++] = members_table(&x);
    s->scan = line_of(&x, of_team(&x, "leader").len ? "paper.request.contact" : "paper.request.nobody").text;
    s->signed_by.at = arena_many(m->a, print_line, 2);
    s->signed_by.at[s->signed_by.count++] = line_of(&x, "paper.appeal.signed_team");
    s->signed_by.at[s->signed_by.count++].text = making_day(m, "print.date_formal", civil_day_text(m->a, today));
    return making_print(m, &d);
}

/* muster place match: addresses to communities from three sheets, with the reason of each. */
#include "base/file.h"
#include "cli/cli.h"
#include "place/place.h"
#include "sheet/sheet.h"
#include "sheet/write.h"

#include <stdio.h>

typedef struct place_sheets {
    LIST(place_division) divisions;
    LIST(place_entry) entries;
    LIST(str) addresses;
} place_sheets;

static err *column_of(arena *a, const sheet_file *f, const char *name, int *out)
{
    const sheet_row *head = f->pages.at[0].rows.at;
    for (*out = 0; *out < head->cell_count; (*out)++) {
        if (str_is(head->cells[*out], name))
            return NULL;
    }
    return err_new(a, ERR_INPUT, "place.column_missing",
                   VALUES({ "file", f->name }, { "column", str_of(name) }));
}

static str cell(const sheet_row *row, int column)
{
    return column < row->cell_count ? row->cells[column] : STR("");
}

/* Reads a file whose first row names its columns, and finds the wanted ones, ended by null. */
static err *read_sheet(arena *a, const char *path, const char *const *names, sheet_file *f, int *columns)
{
    TRY(sheet_read(a, path, f));
    if (!f->pages.count || !f->pages.at[0].rows.count)
        return err_new(a, ERR_INPUT, "place.sheet_empty", VALUES({ "file", f->name }));
    for (size_t i = 0; names[i]; i++)
        TRY(column_of(a, f, names[i], &columns[i]));
    return NULL;
}

static err *read_divisions(arena *a, const char *path, place_sheets *s)
{
    static const char *const names[] = { "code", "name", "street", "district", NULL };
    sheet_file f = { 0 };
    int columns[COUNT(names)] = { 0 };
    TRY(read_sheet(a, path, names, &f, columns));
    for (size_t i = 1; i < f.pages.at[0].rows.count; i++) {
        const sheet_row *row = &f.pages.at[0].rows.at[i];
        *list_add(a, &s->divisions) = (place_division){
            .code = cell(row, columns[0]), .name = cell(row, columns[1]),
            .street = cell(row, columns[2]), .district = cell(row, columns[3]) };
    }
    return NULL;
}

static err *read_gazetteer(arena *a, const char *path, place_sheets *s)
{
    static const char *const names[] = { "community_code", "type", "name", "aliases", NULL };
    sheet_file f = { 0 };
    int columns[COUNT(names)] = { 0 };
    TRY(read_sheet(a, path, names, &f, columns));
    for (size_t i = 1; i < f.pages.at[0].rows.count; i++) {
        const sheet_row *row = &f.pages.at[0].rows.at[i];
        LIST(str) aliases = { 0 };
        str rest = cell(row, columns[3]), alias;
        while (str_split(&rest, '|', &alias))
            *list_add(a, &aliases) = alias;
        *list_add(a, &s->entries) = (place_entry){
            .code = cell(row, columns[0]), .tag = row->number,
            .kind = str_is(cell(row, columns[1]), "road") ? PLACE_ROAD : PLACE_COMPOUND,
            .name = cell(row, columns[2]), .aliases = aliases.at, .alias_count = aliases.count };
    }
    return NULL;
}

static err *read_addresses(arena *a, const char *path, place_sheets *s)
{
    static const char *const names[] = { "address", NULL };
    sheet_file f = { 0 };
    int column[COUNT(names)] = { 0 };
    TRY(read_sheet(a, path, names, &f, column));
    for (size_t i = 1; i < f.pages.at[0].rows.count; i++)
        *list_add(a, &s->addresses) = cell(&f.pages.at[0].rows.at[i], column[0]);
    return NULL;
}

static str reason_text(arena *a, const place_result *r, words_lang lang)
{
    str why = words_get(a, lang, place_cause_key(r->cause), NULL);
    if (!r->matched.len)
        return why;
    return words_get(a, lang, "place.reason", VALUES({ "why", why }, { "span", r->matched }));
}

static str match_all(arena *a, const place_sheets *s, words_lang lang, size_t *accepted)
{
    static const str head[] = { { "address", 7 }, { "code", 4 }, { "confidence", 10 },
                                { "decision", 8 }, { "reason", 6 } };
    place_index *index = place_index_new(a, s->divisions.at, s->divisions.count, s->entries.at,
                                         s->entries.count, NULL, 0);
    text t = text_begin(a);
    sheet_csv_row(&t, head, COUNT(head));
    for (size_t i = 0; i < s->addresses.count; i++) {
        place_result r;
        place_match(index, a, s->addresses.at[i], STR(""), STR(""), &r);
        *accepted += r.decision == PLACE_ACCEPT;
        str cells[] = { s->addresses.at[i], r.code, text_format(a, "%.2f", r.confidence),
                        r.decision == PLACE_ACCEPT ? STR("accept") : STR("queue"),
                        reason_text(a, &r, lang) };
        sheet_csv_row(&t, cells, COUNT(cells));
    }
    return text_done(&t);
}

static err *match(arena *a, int argc, char **argv, words_lang lang)
{
    const char *divisions = cli_option(&argc, argv, "--divisions");
    const char *gazetteer = cli_option(&argc, argv, "--gazetteer");
    const char *out = cli_option(&argc, argv, "-o");
    place_sheets s = { 0 };
    size_t accepted = 0;
    TRY(cli_unknown_option(a, argc, argv));
    if (argc != 2 || !str_is(str_of(argv[0]), "match") || !divisions || !gazetteer || !out)
        return err_new(a, ERR_USAGE, "place.usage", NULL);
    TRY(read_divisions(a, divisions, &s));
    TRY(read_gazetteer(a, gazetteer, &s));
    TRY(read_addresses(a, argv[1], &s));
    TRY(file_write(a, out, match_all(a, &s, lang, &accepted)));
    str line = words_get(a, lang, "place.done",
        VALUES({ "accepted", text_format(a, "%zu", accepted) },
               { "queued", text_format(a, "%zu", s.addresses.count - accepted) },
               { "file", str_of(out) }));
    printf("%.*s\n", STR_ARG(line));
    return NULL;
}

int verb_place(arena *a, int argc, char **argv, words_lang lang)
{
    err *e = match(a, argc, argv, lang);
    return e ? cli_fail(a, lang, e) : 0;
}

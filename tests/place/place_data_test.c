/* The published addresses of MUSTER_DATA: a wrong accept is far worse than a queued row. */
#include "check.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/text.h"
#include "place/place.h"

#include <stdlib.h>
#include <unistd.h>

enum { CELLS_MAX = 8 };
typedef struct data_row {
    str cells[CELLS_MAX];
} data_row;
typedef LIST(data_row) data_rows;

static str data_path(const char *kind, const char *city)
{
    const char *folder = getenv("MUSTER_DATA");
    return text_format(check_arena(), "%s/places/%s_%s.csv", folder ? folder : "../shared/data", kind, city);
}

/* One cell of a CSV, quoted or not. */
static str take_cell(str *line)
{
    str cell;
    if (line->len && line->at[0] == '"') {
        ptrdiff_t end = str_find(str_from(*line, 1), STR("\""));
        cell = str_part(*line, 1, (size_t)end);
        *line = str_from(*line, (size_t)end + 3);
        return cell;
    }
    return str_split(line, ',', &cell) ? cell : STR("");
}

static data_rows read_rows(const char *kind, const char *city)
{
    data_rows rows = { 0 };
    str content, line;
    check_ok(file_read(check_arena(), data_path(kind, city).at, SHEET_MAX_BYTES, &content));
    (void)str_split(&content, '\n', &line);
    while (str_split(&content, '\n', &line) && line.len) {
        data_row *row = list_add(check_arena(), &rows);
        for (size_t i = 0; i < CELLS_MAX; i++)
            row->cells[i] = take_cell(&line);
    }
    return rows;
}

static place_index *read_city(const char *city)
{
    data_rows d = read_rows("divisions", city), g = read_rows("gazetteer", city);
    place_division *divisions = arena_many(check_arena(), place_division, d.count);
    for (size_t i = 0; i < d.count; i++) {
        const str *c = d.at[i].cells;
        divisions[i] = (place_division){ c[0], c[1], c[3], c[5] };
    }
    place_entry *entries = arena_many(check_arena(), place_entry, g.count);
    for (size_t i = 0; i < g.count; i++) {
        const str *c = g.at[i].cells;
        LIST(str) aliases = { 0 };
        str rest = c[3], alias;
        while (str_split(&rest, '|', &alias))
            *list_add(check_arena(), &aliases) = alias;
        entries[i] = (place_entry){ .code = c[0], .name = c[2],
            .kind = str_is(c[1], "road") ? PLACE_ROAD : PLACE_COMPOUND,
            .aliases = aliases.at, .alias_count = aliases.count };
    }
    return place_index_new(check_arena(), divisions, d.count, entries, g.count, NULL, 0);
}

static void accepted_addresses_of_real_notices_are_right(void **state)
{
    (void)state;
    static const char *const cities[] = { "xuzhou", "zhengzhou", "wuhan", "urumqi" };
    size_t accepted = 0, right = 0, answerable = 0;
    if (access(data_path("divisions", cities[0]).at, R_OK) != 0) {
        print_message("# skipped: no places in MUSTER_DATA (../shared/data)\n");
        skip();
    }
    for (size_t i = 0; i < COUNT(cities); i++) {
        CASE(cities[i]);
        place_index *x = read_city(cities[i]);
        data_rows rows = read_rows("addresses", cities[i]);
        for (size_t k = 0; k < rows.count; k++) {
            place_result r;
            place_match(x, check_arena(), rows.at[k].cells[1], STR(""), STR(""), &r);
            answerable += rows.at[k].cells[2].len == 12;
            accepted += r.decision == PLACE_ACCEPT;
            right += r.decision == PLACE_ACCEPT && str_equal(r.code, rows.at[k].cells[2]);
        }
    }
    print_message("# accepted %zu of %zu answerable, right %zu\n", accepted, answerable, right);
    assert_true((double)right >= 0.995 * (double)accepted);
    assert_true((double)right >= 0.85 * (double)answerable);
}

int main(void)
{
    const struct CMUnitTest tests[] = { CHECK_TEST(accepted_addresses_of_real_notices_are_right) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

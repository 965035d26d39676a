#include "cli/plan.h"
#include "cli/sheets.h"
#include "view/view.h"

enum { CHANGES_TOLD = 5 };

typedef LIST(value) cells;

/* The changes of this run: those of the teams that published over an earlier roster. */
static err *load(plan *p, rows *out)
{
    cells all = { 0 };
    for (size_t i = 0; i < p->teams.count; i++) {
        rows r = { 0 };
        if (!p->teams.at[i].change_count)
            continue;
        TRY(plan_view(p, "roster_change", NAMED({ "team", V_INT(p->teams.at[i].id) }), &r));
        for (size_t k = 0; k < r.count * r.column_count; k++)
            *list_add(p->a, &all) = r.at[k];
        out->names = r.names;
        out->column_count = r.column_count;
        out->count += r.count;
    }
    out->at = all.at;
    return NULL;
}

static bool same_place(const rows *r, size_t x, size_t y)
{
    static const char *const columns[] = { "team", "starts_on", "shift", "post" };
    for (size_t i = 0; i < COUNT(columns); i++) {
        if (!str_equal(rows_text(r, x, columns[i]), rows_text(r, y, columns[i])))
            return false;
    }
    return true;
}

static str word(plan *p, const char *key)
{
    str s = words_get(p->a, p->lang, key, NULL);
    return p->lang == WORDS_EN ? text_format(p->a, "%.*s ", STR_ARG(s)) : s;
}

/* One post and shift with all who come and go there: rows from *row, which moves on. */
static str place_words(plan *p, const rows *r, size_t *row)
{
    size_t first = *row;
    text who = text_begin(p->a);
    for (; *row < r->count && same_place(r, first, *row); (*row)++) {
        const char *key = str_z(p->a, text_format(p->a, "plan.change.%.*s", STR_ARG(rows_text(r, *row, "change"))));
        if (who.len)
            text_put(&who, word(p, "plan.change.and"));
        words_put(&who, p->lang, key, VALUES({ "name", rows_text(r, *row, "name") }));
    }
    civil_day day = 0;
    civil_day_read(rows_text(r, first, "starts_on"), &day);
    return words_get(p->a, p->lang, "plan.change",
                     VALUES({ "day", plan_day_words(p, day) }, { "shift", rows_text(r, first, "shift") },
                            { "post", rows_text(r, first, "post") }, { "who", text_done(&who) }));
}

err *plan_changes(plan *p)
{
    rows r = { 0 };
    text t = text_begin(p->a);
    size_t row = 0;
    TRY(load(p, &r));
    if (r.count == 0)
        return NULL;
    str path = text_format(p->a, "%s/%.*s.xlsx", p->dir, STR_ARG(words_get(p->a, p->lang, "file.changes", NULL)));
    for (size_t told = 0; told < CHANGES_TOLD && row < r.count; told++) {
        if (told)
            text_put(&t, word(p, "plan.change.join"));
        text_put(&t, place_words(p, &r, &row));
    }
    if (row < r.count) {
        text_put(&t, word(p, "plan.change.join"));
        words_put(&t, p->lang, "plan.change.more",
                  VALUES({ "n", text_format(p->a, "%zu", r.count - row) }, { "file", path }));
    }
    p->changes = text_done(&t);
    return cli_view_xlsx(p->a, view_find(STR("roster_change")), &r, p->lang, str_z(p->a, path));
}

#include "job/import_columns.h"

#include "sheet/amend.h"

#include <assert.h>

/* Of one set of headers. */
typedef struct choice {
    sheet_kind kind;
    str key;
    bool given; /* not only remembered */
    bool once;  /* of a page without a header, and its contents do not bear it out: another of its shape may be another */
    LIST(sheet_chosen) columns;
} choice;
struct import_choices {
    LIST(choice) list;
};

static choice *choice_of(import *m, sheet_kind kind, str key)
{
    for (size_t i = 0; i < m->choices->list.count; i++)
        if (m->choices->list.at[i].kind == kind && str_equal(m->choices->list.at[i].key, key))
            return &m->choices->list.at[i];
    choice *c = list_add(m->a, &m->choices->list);
    *c = (choice){ .kind = kind, .key = key };
    return c;
}

static void put(import *m, choice *c, str label, int nth, sheet_field field)
{
    str key = word_key(m->a, label);
    for (size_t i = 0; i < c->columns.count; i++) {
        sheet_chosen *x = &c->columns.at[i];
        if (x->nth == nth && str_equal(word_key(m->a, x->label), key)) {
            x->field = field;
            return;
        }
    }
    *list_add(m->a, &c->columns) = (sheet_chosen){ .label = label, .nth = nth, .field = field };
}

static void hand_in(import *m)
{
    size_t count = m->choices->list.count;
    sheet_choice *all = arena_many(m->a, sheet_choice, count + 1);
    for (size_t i = 0; i < count; i++) {
        const choice *c = &m->choices->list.at[i];
        all[i] = (sheet_choice){ .kind = c->kind, .header_key = c->key, .columns = c->columns.at, .column_count = c->columns.count };
    }
    sheet_choose(&m->content, all, count);
}

/* -- remembered ----------------------------------------------------------------------------------------- */
err *import_columns_load(import *m)
{
    rows r = { 0 };
    m->choices = arena_new(m->a, struct import_choices);
    TRY(import_view(m, "column_choice", NULL, &r));
    for (size_t i = 0; i < r.count; i++) {
        sheet_kind kind = import_kind_named(rows_text(&r, i, "kind"));
        sheet_field field = sheet_field_named(m->a, rows_text(&r, i, "field"));
        if (kind != SHEET_KIND_COUNT && field != SHEET_FIELD_COUNT)
            put(m, choice_of(m, kind, rows_text(&r, i, "header_key")), rows_text(&r, i, "label"), (int)rows_int(&r, i, "nth"), field);
    }
    hand_in(m);
    return NULL;
}

/* -- given ---------------------------------------------------------------------------------------------- */
static bool is_called(import *m, sheet_field field, str key)
{
    if (str_equal(word_key(m->a, sheet_field_name(m->a, field)), key))
        return true;
    for (words_lang lang = 0; lang < WORDS_LANG_COUNT; lang++)
        if (str_equal(word_key(m->a, sheet_label(m->kind, field, lang)), key))
            return true;
    return false;
}

static err *field_of(import *m, const import_column *given, sheet_field *out)
{
    sheet_field fields[SHEET_FIELD_COUNT];
    str key = word_key(m->a, given->field);
    size_t count = sheet_fields(m->kind, fields);
    text labels = text_begin(m->a);
    *out = SHEET_IGNORED;
    for (words_lang lang = 0; lang < WORDS_LANG_COUNT; lang++)
        if (str_equal(word_key(m->a, words_get(m->a, lang, "intake.column_ignore", NULL)), key))
            return NULL;
    for (size_t i = 0; i < count; i++) {
        *out = fields[i];
        if (is_called(m, fields[i], key))
            return NULL;
        text_printf(&labels, "%s%.*s", i ? " / " : "", STR_ARG(sheet_label(m->kind, fields[i], m->lang)));
    }
    return err_new(m->a, ERR_USAGE, "intake.column_field", VALUES({ "value", given->field }, { "fields", text_done(&labels) }));
}

/* By its label; where there is no header by its letter or number. */
static bool is_meant(const import *m, const sheet_table *t, int column, str label)
{
    return str_equal(word_key(m->a, t->columns[column].label), label) ||
           (!t->header_row && str_equal(text_format(m->a, "%d", column + 1), label));
}

/* Every column so called, the first and the second of one name too. */
static err *give_table(import *m, const sheet_table *t, bool *some)
{
    for (size_t i = 0; i < m->column_count; i++) {
        import_column *given = &m->columns[i];
        str label = word_key(m->a, given->label);
        int nth = 0;
        for (int c = 0; c < t->column_count; c++) {
            sheet_field field;
            if (!is_meant(m, t, c, label))
                continue;
            TRY(field_of(m, given, &field));
            choice *x = choice_of(m, m->kind, t->header_key);
            put(m, x, t->columns[c].label, nth++, field);
            x->once = x->once || (!t->header_row && field != t->columns[c].seen);
            x->given = given->used = *some = true;
        }
    }
    return NULL;
}

bool import_columns_once(const import *m, const sheet_table *t)
{
    for (size_t i = 0; i < m->choices->list.count; i++)
        if (m->choices->list.at[i].once && str_equal(m->choices->list.at[i].key, t->header_key))
            return true;
    return false;
}

static const sheet_table *table_on(const sheet_tables *all, const sheet_page *page)
{
    for (size_t i = 0; i < all->list.count; i++)
        if (all->list.at[i].page == page)
            return &all->list.at[i];
    return NULL;
}

/* Under the row that looks like a header if it has such a label; else the page may have none. */
static err *give_page(import *m, size_t p, const sheet_table *known)
{
    sheet_table guessed;
    bool some = false;
    int row = known ? 0 : sheet_header_guess(m->a, &m->content.pages.at[p]);
    if (known)
        return give_table(m, known, &some);
    if (row) {
        TRY(sheet_table_at(m->a, &m->content, p, m->kind, row, row, &guessed));
        TRY(give_table(m, &guessed, &some));
    }
    if (some || !m->content.pages.at[p].rows.count)
        return NULL;
    TRY(sheet_table_bare(m->a, &m->content, p, m->kind, &guessed));
    return give_table(m, &guessed, &some);
}

err *import_columns_give(import *m)
{
    sheet_troubles ignored = { 0 };
    sheet_tables tables = { 0 };
    (void)sheet_tables_of(m->a, &m->content, m->kind, &ignored, &tables); /* none is found: the choice may make one */
    for (size_t p = 0; p < m->content.pages.count; p++)
        TRY(give_page(m, p, table_on(&tables, &m->content.pages.at[p])));
    hand_in(m);
    return NULL;
}

err *import_columns_keep(import *m)
{
    for (size_t i = 0; m->choices && i < m->choices->list.count; i++) {
        const choice *c = &m->choices->list.at[i];
        json_t *rows = import_array(m);
        if (!c->given || c->once)
            continue;
        for (size_t k = 0; k < c->columns.count; k++)
            json_array_append_new(rows, json_pack("{s:o, s:i, s:o}", "label", json_text(c->columns.at[k].label), "nth", c->columns.at[k].nth,
                                                  "field", json_text(sheet_field_name(m->a, c->columns.at[k].field))));
        char *dumped = json_dumps(rows, JSON_COMPACT);
        if (!dumped)
            return err_memory();
        str text = str_copy(m->a, str_of(dumped));
        arena_give_back(dumped);
        TRY(import_command(m, "column_choice.put", NAMED({ "kind", V_TEXT(str_of(import_kinds[c->kind])) }, { "header_key", V_TEXT(c->key) },
                                                         { "rows", V_TEXT(text) }), NULL));
    }
    return NULL;
}

void import_columns_mark(import *m)
{
    text t = text_begin(m->a);
    for (size_t i = 0; i < m->tables.list.count; i++) {
        str key = m->tables.list.at[i].header_key;
        for (size_t k = 0; k < m->choices->list.count; k++) {
            const choice *c = &m->choices->list.at[k];
            for (size_t n = 0; c->kind == m->kind && str_equal(c->key, key) && n < c->columns.count; n++)
                text_printf(&t, "%.*s/%d/%d;", STR_ARG(c->columns.at[n].label), c->columns.at[n].nth, (int)c->columns.at[n].field);
        }
    }
    if (t.len)
        m->hash = text_format(m->a, "%.*s %016llx", STR_ARG(m->hash), (unsigned long long)str_hash(text_done(&t)));
}

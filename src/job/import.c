#include "job/import_columns.h"
#include "job/import_edits.h"
#include "job/import_issuer.h"

#include "base/file.h"
#include "base/limits.h"
#include "domain/setting.h"
#include "view/view.h"

#include <sodium.h>
#include <string.h>

enum { HOURS_DAYS_AHEAD = 60, NEED_DAYS_AHEAD = 6 };

static const import_kind *const kinds[] = { &import_people, &import_orgs, &import_divisions, &import_gazetteer, &import_hours, &import_needs };

static void drop(void *what)
{
    json_decref(what);
}

json_t *import_array(import *m)
{
    json_t *array = json_array();
    arena_defer(m->a, drop, array);
    return array;
}

void import_records(import *m, size_t count)
{
    m->count = count;
    m->records = arena_many(m->a, import_record, count + 1);
}

static void tell(import *m, const sheet_origin *from, sheet_severity how, const char *what, str value)
{
    sheet_trouble t = { .file = m->content.name, .sheet = from->sheet, .row = from->row, .column = -1, .severity = how,
                        .what = what, .values = { { "value", value } } };
    for (size_t i = 0; i < m->tables.list.count; i++)
        if (str_equal(m->tables.list.at[i].page->name, from->sheet)) {
            t.header_row = m->tables.list.at[i].header_row;
            t.header_last_row = m->tables.list.at[i].header_last_row;
        }
    *list_add(m->a, &m->troubles.list) = t;
    m->troubles.error_count += how == SHEET_ERROR;
}

void import_tell(import *m, const sheet_origin *from, const char *what, str value)
{
    tell(m, from, SHEET_ERROR, what, value);
}

void import_warn(import *m, const sheet_origin *from, const char *what, str value)
{
    tell(m, from, SHEET_WARNING, what, value);
}

/* -- views and commands --------------------------------------------------------------------------------- */
err *import_view(import *m, const char *name, const named *args, rows *out)
{
    size_t count = 0;
    while (args && args[count].name)
        count++;
    named *all = arena_many(m->a, named, count + 2);
    all[0] = (named){ "now", V_INT(m->now) };
    if (count)
        memcpy(all + 1, args, count * sizeof *args);
    return view_run(app_store(m->app), m->a, view_find(str_of(name)), all, m->actor, 0, out);
}

/* Years and open ends are taken from it: its first day and two months from today; of needs the days that were asked for. */
static void put_days(import *m, int64_t opened_at)
{
    civil_day today;
    int minute;
    bool needs = m->kind == SHEET_NEEDS;
    civil_local(m->zone, m->now, &today, &minute);
    civil_local(m->zone, opened_at, &m->days.first_day, &minute);
    if (needs && !civil_day_read(m->from_on, &m->days.first_day))
        m->days.first_day = today;
    if (!needs)
        m->days.last_day = today + HOURS_DAYS_AHEAD;
    else if (!civil_day_read(m->to_on, &m->days.last_day))
        m->days.last_day = m->days.first_day + NEED_DAYS_AHEAD;
}

err *import_operation(import *m)
{
    rows r = { 0 }, s = { 0 };
    setting_days holidays = { 0 }, workdays = { 0 };
    size_t at = 0;
    TRY(import_view(m, "operation", NULL, &r));
    while (at < r.count && !str_is(rows_text(&r, at, "state"), "open"))
        at++;
    if (at == r.count)
        return err_new(m->a, ERR_CONFLICT, "import.no_operation", NULL);
    m->operation = rows_int(&r, at, "id");
    TRY(civil_zone_open(m->a, rows_text(&r, at, "zone"), &m->zone));
    TRY(import_view(m, "setting", NULL, &s));
    put_days(m, rows_int(&r, at, "opened_at"));
    if (m->kind == SHEET_NEEDS && (m->days.last_day < m->days.first_day || m->days.last_day - m->days.first_day > HOURS_DAYS_AHEAD))
        return err_new(m->a, ERR_INPUT, "import.span", VALUES({ "max", text_format(m->a, "%d", HOURS_DAYS_AHEAD) }));
    setting_read_days(m->a, setting_text(m->a, &s, SETTING_HOLIDAYS, m->operation, 0), &holidays);
    setting_read_days(m->a, setting_text(m->a, &s, SETTING_WORKDAYS, m->operation, 0), &workdays);
    m->days.holidays = holidays.at;
    m->days.holiday_count = holidays.count;
    m->days.workdays = workdays.at;
    m->days.workday_count = workdays.count;
    return NULL;
}

/* Most rows go through a command of their kind, people through that of their home too, and each line is kept. */
static int percent_of(const import *m)
{
    size_t lines = 0;
    for (size_t i = 0; i < m->tables.list.count; i++)
        lines += m->tables.list.at[i].rows.count;
    size_t whole = m->asked + (m->kind == SHEET_PEOPLE ? 2 : 1) * m->count + lines;
    return whole && m->done < whole ? (int)(m->done * 100 / whole) : 99;
}

static err *run(import *m, const char *name, const named *args, const json_t *rows, json_t **result)
{
    if (m->go_on && !m->go_on(m->of, percent_of(m)))
        return err_new(m->a, ERR_CONFLICT, "import.stopped", NULL);
    m->done += rows ? json_array_size(rows) : PIECE_ROWS_MAX;
    call c = { .command = name, .args = args, .rows = rows, .actor_id = m->actor, .now = m->now, .lang = m->lang,
               .source = m->source.len ? m->source : STR("web") };
    str text = { 0 };
    TRY(app_command(m->app, m->a, &c, &text));
    *result = json_loadb(text.at, text.len, 0, NULL);
    if (*result)
        arena_defer(m->a, drop, *result);
    return NULL;
}

err *import_command(import *m, const char *name, const named *args, json_t **result)
{
    json_t *ignored;
    return run(m, name, args, NULL, result ? result : &ignored);
}

static void take(import *m, const json_t *result, json_t *ids, bool counted)
{
    const json_t *got = json_object_get(result, "ids");
    for (size_t i = 0; ids && i < json_array_size(got); i++)
        json_array_append(ids, json_array_get(got, i));
    m->added += counted ? json_integer_value(json_object_get(result, "added")) : 0;
    m->changed += counted ? json_integer_value(json_object_get(result, "changed")) : 0;
    m->same += counted ? json_integer_value(json_object_get(result, "same")) : 0;
}

err *import_pieces(import *m, const char *name, json_t *rows, json_t *ids, bool counted)
{
    for (size_t from = 0, of = json_array_size(rows); from < of; from += PIECE_ROWS_MAX) {
        json_t *piece = import_array(m), *result = NULL;
        for (size_t i = from; i < of && i < from + PIECE_ROWS_MAX; i++)
            json_array_append(piece, json_array_get(rows, i));
        TRY(run(m, name, m->id ? NAMED({ "import", V_INT(m->id) }) : NAMED({ 0 }), piece, &result));
        take(m, result, ids, counted);
    }
    return NULL;
}

/* -- understood ----------------------------------------------------------------------------------------- */
/* Nothing but communities has codes of 12 digits in every row. */
static bool is_divisions(const import *m)
{
    sheet_troubles troubles = { 0 };
    sheet_communities all = { 0 };
    bool is = !sheet_divisions_of(m->a, &m->content, &all, &troubles) && !troubles.error_count && all.list.count;
    for (size_t i = 0; i < all.list.count && is; i++)
        is = all.list.at[i].code.len > 0;
    return is;
}

/* The narrower headers are asked first: a list of units names what is above them or who speaks for them. */
static err *kind_of(import *m)
{
    static const sheet_kind narrow[] = { SHEET_NEEDS, SHEET_AVAILABILITY };
    sheet_troubles ignored = { 0 };
    sheet_tables tables = { 0 };
    for (size_t i = 0; i < COUNT(narrow); i++) {
        m->kind = narrow[i];
        if (!sheet_tables_of(m->a, &m->content, m->kind, &ignored, &tables))
            return NULL;
    }
    if (is_divisions(m)) {
        m->kind = SHEET_DIVISIONS;
        return NULL;
    }
    static const sheet_kind wide[] = { SHEET_PEOPLE, SHEET_ORGS, SHEET_GAZETTEER };
    err *first = NULL;
    for (size_t i = 0; i < COUNT(wide); i++) {
        m->kind = wide[i];
        err *e = sheet_tables_of(m->a, &m->content, m->kind, &ignored, &tables);
        if (!e)
            return NULL;
        first = first ? first : e;
    }
    m->kind = SHEET_PEOPLE;
    return first;
}

static const import_kind *kind_row(const import *m)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (kinds[i]->kind == m->kind)
            return kinds[i];
    return NULL;
}

static err *recall(import *m)
{
    rows r = { 0 };
    TRY(import_view(m, "import", NULL, &r));
    for (size_t i = 0; i < r.count; i++)
        m->applied = m->applied || (str_is(rows_text(&r, i, "state"), "applied") && str_equal(rows_text(&r, i, "file_hash"), m->hash) &&
                                    str_is(rows_text(&r, i, "kind"), import_kinds[m->kind]));
    return NULL;
}

/* What it is: its bytes, and what was mended of them. */
static str hash_of(arena *a, str bytes, str edits)
{
    unsigned char hash[crypto_generichash_BYTES];
    char *hex = arena_alloc(a, 2 * sizeof hash + 1);
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    crypto_generichash_update(&state, (const unsigned char *)bytes.at, bytes.len);
    if (edits.len)
        crypto_generichash_update(&state, (const unsigned char *)edits.at, edits.len);
    crypto_generichash_final(&state, hash, sizeof hash);
    sodium_bin2hex(hex, 2 * sizeof hash + 1, hash, sizeof hash);
    return str_of(hex);
}

/* What was said of this file alone stands behind what is given for all. */
static void add_columns(import *m, const import_edits *edits)
{
    size_t own = edits->columns.count;
    if (!own)
        return;
    import_column *all = arena_many(m->a, import_column, m->column_count + own);
    for (size_t i = 0; i < m->column_count + own; i++)
        all[i] = i < m->column_count ? m->columns[i] : edits->columns.at[i - m->column_count];
    m->columns = all;
    m->column_count += own;
}

/* By its bytes, wherever it was taken from: on the page or on the command line. */
static err *find_handed_by(import *m)
{
    rows r = { 0 };
    int64_t found = 0;
    m->handed_by = (str){ 0 };
    TRY(import_view(m, "handed_list", NULL, &r));
    for (size_t i = 0; i < r.count; i++)
        if (str_equal(rows_text(&r, i, "file_hash"), m->bytes_hash)) {
            bool another = found && found != rows_int(&r, i, "org_id");
            m->handed_by = another ? STR("") : rows_text(&r, i, "org");
            found = rows_int(&r, i, "org_id");
            if (another)
                break;
        }
    return NULL;
}

static err *read_content(import *m)
{
    import_edits edits = { 0 };
    if (!m->bytes.len)
        TRY(file_read(m->a, m->path, SHEET_MAX_BYTES, &m->bytes));
    if (m->mended)
        TRY(import_edits_read(m->a, m->path, &edits));
    m->bytes_hash = hash_of(m->a, m->bytes, (str){ 0 });
    TRY(find_handed_by(m));
    m->hash = hash_of(m->a, m->bytes, text_format(m->a, "%.*s%.*s", STR_ARG(edits.bytes), STR_ARG(m->issuer)));
    TRY(sheet_read_bytes(m->a, m->name, m->bytes, &m->content));
    m->content.issuer = edits.issuer.len ? edits.issuer : m->issuer;
    add_columns(m, &edits);
    TRY(import_columns_load(m));
    return sheet_edit_apply(m->a, &m->content, edits.list.at, edits.list.count);
}

err *import_read(import *m)
{
    sheet_troubles ignored = { 0 };
    TRY(read_content(m));
    err *unknown = m->kind == SHEET_KIND_COUNT ? kind_of(m) : NULL;
    if (m->column_count)
        TRY(import_columns_give(m)); /* a header nobody would take for one is, once somebody says what its columns mean */
    else if (unknown)
        return unknown;
    const import_kind *k = kind_row(m);
    if (!k)
        return err_new(m->a, ERR_INPUT, "import.kind", NULL);
    TRY(sheet_tables_of(m->a, &m->content, m->kind, &ignored, &m->tables));
    import_columns_mark(m);
    TRY(import_issuer_check(m));
    TRY(k->read(m));
    for (size_t i = 0; i < m->count; i++)
        m->repeated += m->records[i].repeats;
    return recall(m);
}

/* -- written -------------------------------------------------------------------------------------------- */
static err *run_of(void *of, const char *name, const named *args, json_t **result)
{
    return import_command(of, name, args, result);
}

err *import_write(import *m)
{
    import_rows r = { .a = m->a, .lang = m->lang, .kind = m->kind, .hash = m->hash, .bytes_hash = m->bytes_hash, .content = &m->content, .troubles = &m->troubles,
                      .records = m->records, .record_count = m->count, .command = run_of, .of = m };
    TRY(import_rows_begin(&r)); /* first: who may not is refused before anything is written */
    m->id = r.id;
    if (r.same)
        return err_new(m->a, ERR_CONFLICT, "import.again", NULL);
    TRY(kind_row(m)->write(m));
    return import_rows_keep(&r);
}

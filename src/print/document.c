#include "base/json.h"
#include "base/limits.h"
#include "print/print.h"

#include <assert.h>
#include <jansson.h>
#include <string.h>

/* Each struct of print.h as a table of its members: one writer and one reader serve them all. */
typedef enum field_kind {
    FIELD_TEXT,
    FIELD_INT,
    FIELD_TIME,
    FIELD_BOOL,
    FIELD_LANG,
    FIELD_STRUCT,
    FIELD_LIST
} field_kind;
typedef struct field {
    const char *name;
    field_kind kind;
    size_t offset;
    int min, max;            /* FIELD_INT */
    const struct field *sub; /* FIELD_STRUCT, FIELD_LIST; ended by { 0 } */
    size_t sub_bytes;
} field;
typedef PRINT_LIST(void) any_list;

enum { MINUTE_MAX = 2879, INDEX_MAX = 100000, LINES_MAX = 1000, COUNT_MAX = 100000000 };

#define F_TEXT(type, member) \
    { \
#member, FIELD_TEXT, offsetof(type, member), 0, 0, NULL, 0 \
    }
#define F_INT(type, member, min, max) \
    { \
#member, FIELD_INT, offsetof(type, member), min, max, NULL, 0 \
    }
#define F_TIME(type, member) \
    { \
#member, FIELD_TIME, offsetof(type, member), 0, 0, NULL, 0 \
    }
#define F_BOOL(type, member) \
    { \
#member, FIELD_BOOL, offsetof(type, member), 0, 0, NULL, 0 \
    }
#define F_HEAD(type) \
    { \
        "head", FIELD_STRUCT, offsetof(type, head), 0, 0, head_fields, 0 \
    }
#define F_LIST(type, member, fields, of) \
    { \
#member, FIELD_LIST, offsetof(type, member), 0, 0, fields, sizeof(of) \
    }
#define F_DAY(type, member) F_INT(type, member, CIVIL_DAY_MIN, CIVIL_DAY_MAX - 366)
#define F_INDEX(type, member) F_INT(type, member, 0, INDEX_MAX)
#define F_COUNT(type, member) F_INT(type, member, 0, COUNT_MAX)
#define F_LINES(type, member) F_INT(type, member, 0, LINES_MAX)

static const field head_fields[] = { { "lang", FIELD_LANG, offsetof(print_head, lang), 0, 0, NULL,
                                       0 },
                                     F_TIME(print_head, created_at),
                                     F_TEXT(print_head, zone),
                                     F_TEXT(print_head, team),
                                     F_TEXT(print_head, leader),
                                     F_TEXT(print_head, leader_phone),
                                     F_TEXT(print_head, liaison),
                                     F_TEXT(print_head, liaison_phone),
                                     F_TEXT(print_head, qr),
                                     { 0 } };
static const field shift_fields[] = { F_TEXT(print_shift, letter),
                                      F_INT(print_shift, starts, 0, MINUTE_MAX),
                                      F_INT(print_shift, ends, 0, MINUTE_MAX),
                                      F_INT(print_shift, edge, 0, PRINT_EDGE_COUNT - 1),
                                      { 0 } };
static const field post_fields[] = { F_TEXT(print_post, letter), F_TEXT(print_post, name), { 0 } };
static const field person_fields[] = { F_TEXT(print_person, name),
                                       F_TEXT(print_person, unit),
                                       { 0 } };
static const field day_fields[] = { F_INDEX(print_day, needed),
                                    F_INDEX(print_day, missing),
                                    { 0 } };
static const field duty_fields[] = { F_INDEX(print_duty, person_index),
                                     F_INDEX(print_duty, day_index),
                                     F_INDEX(print_duty, shift_index),
                                     F_INDEX(print_duty, post_index),
                                     F_BOOL(print_duty, lead),
                                     F_BOOL(print_duty, unconfirmed),
                                     { 0 } };
static const field gap_fields[] = { F_INDEX(print_gap, day_index),  F_INDEX(print_gap, shift_index),
                                    F_INDEX(print_gap, post_index), F_INDEX(print_gap, missing),
                                    F_TEXT(print_gap, reason),      { 0 } };
static const field roster_fields[] = {
    F_HEAD(print_roster_sheet),
    F_TEXT(print_roster_sheet, title),
    F_DAY(print_roster_sheet, starts_on),
    F_INDEX(print_roster_sheet, version),
    F_TIME(print_roster_sheet, published_at),
    F_TEXT(print_roster_sheet, rules),
    F_LIST(print_roster_sheet, shifts, shift_fields, print_shift),
    F_LIST(print_roster_sheet, posts, post_fields, print_post),
    F_LIST(print_roster_sheet, people, person_fields, print_person),
    F_LIST(print_roster_sheet, days, day_fields, print_day),
    F_LIST(print_roster_sheet, duties, duty_fields, print_duty),
    F_LIST(print_roster_sheet, gaps, gap_fields, print_gap),
    { 0 }
};

static const field door_person_fields[] = { F_TEXT(print_door_person, name),
                                            F_BOOL(print_door_person, lead),
                                            F_BOOL(print_door_person, unconfirmed),
                                            { 0 } };
static const field door_shift_fields[] = { F_TEXT(print_door_shift, letter),
                                           F_INT(print_door_shift, starts, 0, MINUTE_MAX),
                                           F_INT(print_door_shift, ends, 0, MINUTE_MAX),
                                           F_LINES(print_door_shift, missing),
                                           F_TEXT(print_door_shift, staffed_by),
                                           F_LIST(print_door_shift, people, door_person_fields,
                                                  print_door_person),
                                           { 0 } };
static const field door_fields[] = { F_TEXT(print_door, post),
                                     F_TEXT(print_door, place),
                                     F_DAY(print_door, day),
                                     F_TEXT(print_door, number),
                                     F_TEXT(print_door, qr),
                                     F_LIST(print_door, shifts, door_shift_fields,
                                            print_door_shift),
                                     F_TEXT(print_door, todo),
                                     F_TEXT(print_door, not_todo),
                                     F_TEXT(print_door, bring),
                                     F_TEXT(print_door, rest),
                                     F_TEXT(print_door, handover),
                                     F_TEXT(print_door, help),
                                     { 0 } };
static const field doors_fields[] = { F_HEAD(print_doors_sheet),
                                      F_INDEX(print_doors_sheet, version),
                                      F_TIME(print_doors_sheet, published_at),
                                      F_LIST(print_doors_sheet, doors, door_fields, print_door),
                                      { 0 } };

static const field call_fields[] = { F_TEXT(print_call, name),  F_TEXT(print_call, unit),
                                     F_TEXT(print_call, phone), F_TEXT(print_call, shift),
                                     F_TEXT(print_call, note),  { 0 } };
static const field caller_fields[] = { F_TEXT(print_caller, liaison),
                                       F_TEXT(print_caller, liaison_phone),
                                       F_LIST(print_caller, calls, call_fields, print_call),
                                       { 0 } };
static const field calls_fields[] = { F_HEAD(print_calls_sheet),
                                      F_TEXT(print_calls_sheet, title),
                                      F_TEXT(print_calls_sheet, say),
                                      F_LIST(print_calls_sheet, callers, caller_fields,
                                             print_caller),
                                      { 0 } };

static const field sign_in_row_fields[] = { F_TEXT(print_sign_in_row, name),
                                            F_TEXT(print_sign_in_row, unit),
                                            F_TEXT(print_sign_in_row, post),
                                            F_TEXT(print_sign_in_row, shift),
                                            { 0 } };
static const field sign_in_day_fields[] = { F_DAY(print_sign_in_day, day),
                                            F_TEXT(print_sign_in_day, number),
                                            F_LIST(print_sign_in_day, rows, sign_in_row_fields,
                                                   print_sign_in_row),
                                            { 0 } };
static const field sign_in_fields[] = { F_HEAD(print_sign_in_sheet),
                                        F_TEXT(print_sign_in_sheet, title),
                                        F_LINES(print_sign_in_sheet, spare_lines),
                                        F_LIST(print_sign_in_sheet, days, sign_in_day_fields,
                                               print_sign_in_day),
                                        { 0 } };

static const field line_fields[] = { F_TEXT(print_line, text), { 0 } };
static const field part_fields[] = { F_TEXT(print_part, heading),
                                     F_LIST(print_part, lines, line_fields, print_line),
                                     F_TEXT(print_part, rule),
                                     F_INT(print_part, chart, 0, PRINT_CHART_COUNT - 1),
                                     { 0 } };
static const field answer_fields[] = { F_COUNT(print_answers, can),
                                       F_COUNT(print_answers, hindered),
                                       F_COUNT(print_answers, cannot),
                                       F_COUNT(print_answers, silent),
                                       F_COUNT(print_answers, unreachable),
                                       { 0 } };
static const field cover_fields[] = { F_DAY(print_cover, day), F_TEXT(print_cover, shift),
                                      F_COUNT(print_cover, wanted), F_COUNT(print_cover, came),
                                      { 0 } };
static const field short_fields[] = { F_TEXT(print_short, community),
                                      F_COUNT(print_short, wanted),
                                      F_COUNT(print_short, rostered),
                                      F_COUNT(print_short, missing),
                                      F_TEXT(print_short, reason),
                                      { 0 } };
static const field bulletin_fields[] = {
    F_HEAD(print_bulletin_sheet),
    F_TEXT(print_bulletin_sheet, title),
    F_INDEX(print_bulletin_sheet, number),
    F_TEXT(print_bulletin_sheet, issuer),
    F_TIME(print_bulletin_sheet, as_of),
    F_TEXT(print_bulletin_sheet, filled_by),
    F_TEXT(print_bulletin_sheet, checked_by),
    F_BOOL(print_bulletin_sheet, frozen),
    F_TEXT(print_bulletin_sheet, link),
    { "answers", FIELD_STRUCT, offsetof(print_bulletin_sheet, answers), 0, 0, answer_fields, 0 },
    F_LIST(print_bulletin_sheet, parts, part_fields, print_part),
    F_LIST(print_bulletin_sheet, covers, cover_fields, print_cover),
    F_LIST(print_bulletin_sheet, communities, short_fields, print_short),
    { 0 }
};

static const field certificate_day_fields[] = { F_DAY(print_certificate_day, day),
                                                F_TEXT(print_certificate_day, post),
                                                F_TIME(print_certificate_day, arrived_at),
                                                F_TIME(print_certificate_day, left_at),
                                                F_COUNT(print_certificate_day, minutes),
                                                F_TEXT(print_certificate_day, confirmed_by),
                                                F_TEXT(print_certificate_day, source),
                                                { 0 } };
static const field certificate_fields[] = {
    F_HEAD(print_certificate_sheet),
    F_TEXT(print_certificate_sheet, number),
    F_TEXT(print_certificate_sheet, tag),
    F_TEXT(print_certificate_sheet, name),
    F_TEXT(print_certificate_sheet, volunteer_number),
    F_TEXT(print_certificate_sheet, operation),
    F_TEXT(print_certificate_sheet, community),
    F_TEXT(print_certificate_sheet, service),
    F_DAY(print_certificate_sheet, from_on),
    F_DAY(print_certificate_sheet, to_on),
    F_COUNT(print_certificate_sheet, minutes),
    F_TEXT(print_certificate_sheet, issuer),
    F_TEXT(print_certificate_sheet, contact),
    F_TEXT(print_certificate_sheet, public_key),
    F_TIME(print_certificate_sheet, issued_at),
    F_COUNT(print_certificate_sheet, print_count),
    F_TEXT(print_certificate_sheet, replaces),
    F_TEXT(print_certificate_sheet, notice),
    F_TEXT(print_certificate_sheet, recorder),
    F_TEXT(print_certificate_sheet, note),
    F_LIST(print_certificate_sheet, days, certificate_day_fields, print_certificate_day),
    { 0 }
};

static const field cell_fields[] = { F_TEXT(print_cell, text), { 0 } };
static const field letter_column_fields[] = { F_TEXT(print_letter_column, heading),
                                              F_INT(print_letter_column, width, 1, LINES_MAX),
                                              F_BOOL(print_letter_column, right),
                                              { 0 } };
static const field letter_row_fields[] = { F_LIST(print_letter_row, cells, cell_fields, print_cell), { 0 } };
static const field letter_table_fields[] = {
    F_TEXT(print_letter_table, heading),
    F_TEXT(print_letter_table, note),
    F_BOOL(print_letter_table, annex),
    F_LIST(print_letter_table, columns, letter_column_fields, print_letter_column),
    F_LIST(print_letter_table, rows, letter_row_fields, print_letter_row),
    { 0 }
};
static const field letter_fields[] = { F_HEAD(print_letter_sheet),
                                       F_TEXT(print_letter_sheet, title),
                                       F_TEXT(print_letter_sheet, number),
                                       F_TEXT(print_letter_sheet, to),
                                       F_LIST(print_letter_sheet, before, line_fields, print_line),
                                       F_LIST(print_letter_sheet, tables, letter_table_fields,
                                              print_letter_table),
                                       F_LIST(print_letter_sheet, after, line_fields, print_line),
                                       F_TEXT(print_letter_sheet, scan),
                                       F_LIST(print_letter_sheet, signed_by, line_fields, print_line),
                                       F_LIST(print_letter_sheet, reply, line_fields, print_line),
                                       { 0 } };

static const struct {
    const char *name;
    const field *fields;
} kinds[PRINT_KIND_COUNT] = {
    [PRINT_ROSTER] = { "roster", roster_fields },
    [PRINT_DOORS] = { "doors", doors_fields },
    [PRINT_CALLS] = { "calls", calls_fields },
    [PRINT_SIGN_IN] = { "sign_in", sign_in_fields },
    [PRINT_BULLETIN] = { "bulletin", bulletin_fields },
    [PRINT_CERTIFICATE] = { "certificate", certificate_fields },
    [PRINT_LETTER] = { "letter", letter_fields },
};
static const char *const lang_names[WORDS_LANG_COUNT] = { [WORDS_ZH] = "zh-CN", [WORDS_EN] = "en" };

/* -- writing ------------------------------------------------------------------------------------------ */

static void write_struct(json *j, const field *fields, const char *from);

static void write_list(json *j, const field *f, const char *from)
{
    any_list list;
    memcpy(&list, from, sizeof list);
    json_open(j, '[');
    for (size_t i = 0; i < list.count; i++)
        write_struct(j, f->sub, (const char *)list.at + i * f->sub_bytes);
    json_close(j, ']');
}

static void write_value(json *j, const field *f, const char *from)
{
    switch (f->kind) {
    case FIELD_TEXT:
        json_str(j, *(const str *)(const void *)from);
        break;
    case FIELD_INT:
        json_int(j, *(const int *)(const void *)from);
        break;
    case FIELD_TIME:
        json_int(j, *(const int64_t *)(const void *)from);
        break;
    case FIELD_BOOL:
        json_bool(j, *(const bool *)(const void *)from);
        break;
    case FIELD_LANG:
        json_str(j, str_of(lang_names[*(const words_lang *)(const void *)from]));
        break;
    case FIELD_STRUCT:
        write_struct(j, f->sub, from);
        break;
    case FIELD_LIST:
        write_list(j, f, from);
        break;
    }
}

static void write_struct(json *j, const field *fields, const char *from)
{
    json_open(j, '{');
    for (const field *f = fields; f->name; f++) {
        json_key(j, f->name);
        write_value(j, f, from + f->offset);
    }
    json_close(j, '}');
}

str print_document_write(arena *a, const print_document *d)
{
    assert(d->kind < PRINT_KIND_COUNT);
    text t = text_begin(a);
    json j = json_begin(&t);
    json_open(&j, '{');
    json_key(&j, "kind");
    json_str(&j, str_of(kinds[d->kind].name));
    json_key(&j, "path");
    json_str(&j, d->path);
    json_key(&j, "sheet");
    write_struct(&j, kinds[d->kind].fields, (const char *)&d->roster);
    json_close(&j, '}');
    return text_done(&t);
}

/* -- reading ------------------------------------------------------------------------------------------ */

static err *shape_err(arena *a, const char *name)
{
    return err_new(a, ERR_INPUT, "print.document", VALUES({ "name", str_of(name) }));
}

static err *read_struct(arena *a, const field *fields, json_t *from, char *out);

static err *read_list(arena *a, const field *f, json_t *from, char *out)
{
    if (!json_is_array(from))
        return shape_err(a, f->name);
    any_list list = { .count = json_array_size(from) };
    char *at = arena_alloc_many(a, f->sub_bytes, list.count ? list.count : 1);
    for (size_t i = 0; i < list.count; i++)
        TRY(read_struct(a, f->sub, json_array_get(from, i), at + i * f->sub_bytes));
    list.at = at;
    memcpy(out, &list, sizeof list);
    return NULL;
}

static err *read_int(arena *a, const field *f, json_t *from, void *out)
{
    json_int_t n = json_integer_value(from);
    if (!json_is_integer(from) || (f->kind == FIELD_INT && (n < f->min || n > f->max)))
        return shape_err(a, f->name);
    if (f->kind == FIELD_INT)
        *(int *)out = (int)n;
    else
        *(int64_t *)out = n;
    return NULL;
}

static err *read_lang(arena *a, const field *f, json_t *from, words_lang *out)
{
    for (int i = 0; json_is_string(from) && i < WORDS_LANG_COUNT; i++) {
        if (strcmp(lang_names[i], json_string_value(from)) == 0) {
            *out = (words_lang)i;
            return NULL;
        }
    }
    return shape_err(a, f->name);
}

static err *read_value(arena *a, const field *f, json_t *from, char *to)
{
    void *out = to;
    switch (f->kind) {
    case FIELD_TEXT:
        if (!json_is_string(from))
            return shape_err(a, f->name);
        *(str *)out = str_copy(a, (str){ json_string_value(from), json_string_length(from) });
        return NULL;
    case FIELD_BOOL:
        if (!json_is_boolean(from))
            return shape_err(a, f->name);
        *(bool *)out = json_is_true(from);
        return NULL;
    case FIELD_INT:
    case FIELD_TIME:
        return read_int(a, f, from, out);
    case FIELD_LANG:
        return read_lang(a, f, from, out);
    case FIELD_STRUCT:
        return read_struct(a, f->sub, from, to);
    case FIELD_LIST:
        return read_list(a, f, from, to);
    }
    assert(!"field_kind");
    return NULL;
}

static err *read_struct(arena *a, const field *fields, json_t *from, char *out)
{
    if (!json_is_object(from))
        return shape_err(a, "{}");
    const char *name;
    json_t *member;
    json_object_foreach(from, name, member)
    {
        const field *f = fields;
        while (f->name && strcmp(f->name, name) != 0)
            f++;
        if (!f->name)
            return shape_err(a, str_z(a, str_of(name)));
        TRY(read_value(a, f, member, out + f->offset));
    }
    return NULL;
}

static void json_drop(void *root)
{
    json_decref(root);
}

err *print_document_read(arena *a, str text, print_document *out)
{
    json_error_t why;
    json_t *root = json_loadb(text.at ? text.at : "", text.len, JSON_REJECT_DUPLICATES, &why);
    if (!root)
        return shape_err(a, "{}");
    arena_defer(a, json_drop, root);
    *out = (print_document){ .kind = PRINT_KIND_COUNT };
    const char *kind = json_string_value(json_object_get(root, "kind"));
    for (int i = 0; kind && i < PRINT_KIND_COUNT; i++) {
        if (strcmp(kinds[i].name, kind) == 0)
            out->kind = (print_kind)i;
    }
    if (out->kind == PRINT_KIND_COUNT)
        return shape_err(a, "kind");
    const char *path = json_string_value(json_object_get(root, "path"));
    if (!path || !*path)
        return shape_err(a, "path");
    out->path = str_copy(a, str_of(path));
    return read_struct(a, kinds[out->kind].fields, json_object_get(root, "sheet"),
                       (char *)&out->roster);
}

err *print_document_print(arena *a, const print_document *d)
{
    const char *path = str_z(a, d->path);
    switch (d->kind) {
    case PRINT_ROSTER:
        return print_roster(a, &d->roster, path);
    case PRINT_DOORS:
        return print_doors(a, &d->doors, path);
    case PRINT_CALLS:
        return print_calls(a, &d->calls, path);
    case PRINT_SIGN_IN:
        return print_sign_in(a, &d->sign_in, path);
    case PRINT_BULLETIN:
        return print_bulletin(a, &d->bulletin, path);
    case PRINT_CERTIFICATE:
        return print_certificate(a, &d->certificate, path);
    case PRINT_LETTER:
        return print_letter(a, &d->letter, path);
    case PRINT_KIND_COUNT:
        break;
    }
    assert(!"print_kind");
    return NULL;
}

#include "sheet/fill.h"

#include "base/limits.h"
#include "sheet/word.h"
#include "sheet/xlsx_style.h"

#include <expat.h>
#include <string.h>
#include <zip.h>

enum { MARK_MAX_BYTES = 200 };

typedef struct page_part {
    str id, name, path;
} page_part;
typedef struct changed_part {
    str path, bytes;
} changed_part;

typedef struct filling {
    arena *a;
    str file;
    sheet_fill *out;
    map *names;
    const sheet_mark *marks;
    zip_t *zip;
    zip_source_t *source;
    XML_Parser parser;
    LIST(page_part) pages;
    LIST(str) strings;
    LIST(changed_part) changed;
    bool has_formula;

    /* the part under way, and what of it is written */
    str bytes, sheet;
    text to;
    size_t copied;
    bool rewritten;
    /* its cell, or its string */
    bool in_cell, in_value, in_text, in_formula, in_phonetic, formula;
    size_t begin, value_begin, value_end;
    str reference, tag, attributes;
    char type;
    text buffer, code; /* what stands in the cell; its formula */
    size_t after;      /* workbook: where calcPr belongs */
} filling;

static void fill_close(void *what)
{
    filling *x = what;
    if (x->parser)
        XML_ParserFree(x->parser);
    if (x->zip)
        zip_discard(x->zip);
    if (x->source)
        zip_source_free(x->source);
    x->parser = NULL;
    x->zip = NULL;
    x->source = NULL;
}

static err *damaged(const filling *x)
{
    return err_new(x->a, ERR_INPUT, "sheet.damaged", VALUES({ "file", x->file }));
}

/* Names as they are written, with their prefix: what is put back must have it, too. */
static const char *local(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

/* -- parts ------------------------------------------------------------------------------------------------- */
static err *part_bytes(filling *x, str path, str *out)
{
    zip_stat_t s;
    zip_int64_t index = zip_name_locate(x->zip, str_z(x->a, path), ZIP_FL_NOCASE);
    *out = (str){ 0 };
    if (index < 0)
        return NULL;
    if (zip_stat_index(x->zip, (zip_uint64_t)index, 0, &s) != 0 || s.size > SHEET_UNPACKED_MAX_BYTES)
        return damaged(x);
    char *at = arena_alloc(x->a, (size_t)s.size + 1);
    zip_file_t *entry = zip_fopen_index(x->zip, (zip_uint64_t)index, 0);
    if (!entry)
        return damaged(x);
    zip_int64_t got = zip_fread(entry, at, s.size);
    zip_fclose(entry);
    if (got < 0 || (zip_uint64_t)got != s.size)
        return damaged(x);
    *out = (str){ at, (size_t)s.size };
    return NULL;
}

/* Places are counted in bytes, so that a part must be UTF-8; spreadsheet programs write nothing else. */
static err *part_scan(filling *x, XML_StartElementHandler start, XML_EndElementHandler end, XML_CharacterDataHandler data)
{
    if (x->bytes.len < 2 || !x->bytes.at[1] || !x->bytes.at[0] || (unsigned char)x->bytes.at[0] >= 0xfe)
        return damaged(x);
    x->parser = XML_ParserCreate(NULL);
    if (!x->parser)
        return err_memory();
    XML_SetUserData(x->parser, x);
    XML_SetElementHandler(x->parser, start, end);
    XML_SetCharacterDataHandler(x->parser, data);
    enum XML_Status status = XML_Parse(x->parser, x->bytes.at, (int)x->bytes.len, 1);
    XML_ParserFree(x->parser);
    x->parser = NULL;
    return status == XML_STATUS_OK ? NULL : damaged(x);
}

static size_t here(const filling *x)
{
    return (size_t)XML_GetCurrentByteIndex(x->parser);
}

static size_t here_end(const filling *x)
{
    return here(x) + (size_t)XML_GetCurrentByteCount(x->parser);
}

/* What stands from `from` to `to` is left out; all before it is taken over. */
static void cut(filling *x, size_t from, size_t to)
{
    text_put(&x->to, str_part(x->bytes, x->copied, from - x->copied));
    x->copied = to;
    x->rewritten = true;
}

static void put_escaped(text *t, str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        const char *name = c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' ? "&quot;" : NULL;
        if (name)
            text_put_z(t, name);
        else
            text_put(t, str_part(s, i, 1));
    }
}

/* The attributes again, but one. */
static str attributes_but(filling *x, const char **attributes, const char *but)
{
    text t = text_begin(x->a);
    for (; *attributes; attributes += 2) {
        if (strcmp(attributes[0], but) == 0)
            continue;
        text_printf(&t, " %s=\"", attributes[0]);
        put_escaped(&t, str_of(attributes[1]));
        text_put_z(&t, "\"");
    }
    return text_done(&t);
}

static err *part_done(filling *x, str path)
{
    if (!x->rewritten)
        return NULL;
    text_put(&x->to, str_from(x->bytes, x->copied));
    *list_add(x->a, &x->changed) = (changed_part){ path, text_done(&x->to) };
    return NULL;
}

static void part_begin(filling *x)
{
    x->to = text_begin(x->a);
    x->copied = 0;
    x->rewritten = false;
}

/* -- which sheets there are -------------------------------------------------------------------------------- */
static void XMLCALL on_workbook(void *user, const char *name, const char **attributes)
{
    filling *x = user;
    if (strcmp(local(name), "sheet") != 0)
        return;
    page_part page = { .name = str_copy(x->a, xlsx_attribute(attributes, "name")) };
    for (const char **a = attributes; *a; a += 2) {
        if (strchr(a[0], ':') && strcmp(local(a[0]), "id") == 0)
            page.id = str_copy(x->a, str_of(a[1]));
    }
    *list_add(x->a, &x->pages) = page;
}

static void XMLCALL on_relation(void *user, const char *name, const char **attributes)
{
    filling *x = user;
    str id = xlsx_attribute(attributes, "Id"), target = xlsx_attribute(attributes, "Target");
    for (size_t i = 0; i < x->pages.count && !strcmp(local(name), "Relationship"); i++) {
        if (str_equal(x->pages.at[i].id, id))
            x->pages.at[i].path = str_starts(target, STR("/")) ? str_copy(x->a, str_from(target, 1))
                                                               : text_format(x->a, "xl/%.*s", STR_ARG(target));
    }
}

/* -- texts ------------------------------------------------------------------------------------------------- */
static void XMLCALL on_data(void *user, const char *at, int len)
{
    filling *x = user;
    if (x->in_formula)
        text_put(&x->code, (str){ at, (size_t)len });
    else if (x->in_value || (x->in_text && !x->in_phonetic))
        text_put(&x->buffer, (str){ at, (size_t)len });
}

static void XMLCALL on_string(void *user, const char *name, const char **attributes)
{
    (void)attributes;
    filling *x = user;
    name = local(name);
    if (!strcmp(name, "si"))
        x->buffer = text_begin(x->a);
    x->in_phonetic |= !strcmp(name, "rPh");
    x->in_text |= !strcmp(name, "t");
}

static void XMLCALL on_string_end(void *user, const char *name)
{
    filling *x = user;
    name = local(name);
    if (!strcmp(name, "si"))
        *list_add(x->a, &x->strings) = text_done(&x->buffer);
    x->in_phonetic &= strcmp(name, "rPh") != 0;
    x->in_text &= strcmp(name, "t") != 0;
}

/* -- marks ------------------------------------------------------------------------------------------------- */
static void place_of(str reference, int *row, int *column)
{
    size_t i = 0;
    int64_t number = 0;
    *column = 0;
    for (; i < reference.len && reference.at[i] >= 'A' && reference.at[i] <= 'Z' && i < 3; i++)
        *column = *column * 26 + reference.at[i] - 'A' + 1;
    str_int(str_from(reference, i), 1, 1 << 20, &number);
    *row = (int)number;
    *column -= 1;
}

static void tell(filling *x, const char *what, str mark)
{
    sheet_trouble *t = list_add(x->a, &x->out->troubles.list);
    *t = (sheet_trouble){ .file = x->file, .sheet = x->sheet, .header = x->reference, .severity = SHEET_ERROR, .what = what, .values = { { "value", mark } } };
    place_of(x->reference, &t->row, &t->column);
    x->out->troubles.error_count++;
}

/* The next {…} in s, with what stands before and behind it. */
static bool mark_next(str s, str *before, str *name, str *behind)
{
    ptrdiff_t open = str_find(s, STR("{"));
    if (open < 0)
        return false;
    ptrdiff_t close = str_find(str_from(s, (size_t)open), STR("}"));
    if (close < 0 || close > MARK_MAX_BYTES)
        return false;
    *before = str_part(s, 0, (size_t)open);
    *name = str_part(s, (size_t)open + 1, (size_t)close - 1);
    *behind = str_from(s, (size_t)(open + close) + 1);
    return true;
}

static bool mark_find(const filling *x, str name, size_t *mark)
{
    int64_t at;
    bool found = map_get(x->names, word_key(x->a, name), &at);
    *mark = found ? (size_t)at : 0;
    return found;
}

static void number_cell(filling *x, const sheet_mark *m)
{
    if (m->text.len)
        text_printf(&x->to, "<%.*s%.*s><%.*sv>%.*s</%.*sv></%.*s>", STR_ARG(x->tag), STR_ARG(x->attributes), (int)x->tag.len - 1, x->tag.at,
                    STR_ARG(m->text), (int)x->tag.len - 1, x->tag.at, STR_ARG(x->tag));
    else
        text_printf(&x->to, "<%.*s%.*s/>", STR_ARG(x->tag), STR_ARG(x->attributes));
}

static void text_cell(filling *x, str s)
{
    const int prefix = (int)x->tag.len - 1; /* of <x:c> that with its colon */
    text_printf(&x->to, "<%.*s%.*s t=\"inlineStr\"><%.*sis><%.*st xml:space=\"preserve\">", STR_ARG(x->tag), STR_ARG(x->attributes), prefix,
                x->tag.at, prefix, x->tag.at);
    put_escaped(&x->to, s);
    text_printf(&x->to, "</%.*st></%.*sis></%.*s>", prefix, x->tag.at, prefix, x->tag.at, STR_ARG(x->tag));
}

/* Null-length result and false: it has no mark, or one that nobody knows. */
static bool fill_text(filling *x, str s, str *out, size_t *only)
{
    text t = text_begin(x->a);
    str rest = s, before, name, behind;
    size_t count = 0, mark;
    bool good = true;
    while (mark_next(rest, &before, &name, &behind)) {
        text_put(&t, before);
        rest = behind;
        count++;
        if (!mark_find(x, name, &mark)) {
            tell(x, "sheet.fill_unknown", str_copy(x->a, name));
            good = false;
            continue;
        }
        *only = mark;
        text_put(&t, x->marks[mark].text);
        *list_add(x->a, &x->out->filled) = (sheet_filled){ x->sheet, x->reference, mark };
    }
    text_put(&t, rest);
    str trimmed = str_trim(s);
    if (count != 1 || !str_starts(trimmed, STR("{")) || !str_ends(trimmed, STR("}")))
        *only = SIZE_MAX;
    *out = text_done(&t);
    return good && count > 0;
}

static void fill_cell(filling *x, str s, size_t end)
{
    size_t only = SIZE_MAX;
    str filled;
    if (!fill_text(x, s, &filled, &only))
        return;
    cut(x, x->begin, end);
    if (only != SIZE_MAX && (x->marks[only].number || !x->marks[only].text.len))
        number_cell(x, &x->marks[only]);
    else
        text_cell(x, filled);
}

/* {1,2} in a formula is an array; only a mark that is known is one. Its old result is dropped. */
static void formula_cell(filling *x)
{
    str rest = text_done(&x->code), before, name, behind;
    size_t mark;
    x->has_formula = true;
    while (mark_next(rest, &before, &name, &behind)) {
        rest = behind;
        if (mark_find(x, name, &mark))
            tell(x, "sheet.fill_formula", str_copy(x->a, name));
    }
    if (x->value_end > x->value_begin)
        cut(x, x->value_begin, x->value_end);
}

/* -- cells ------------------------------------------------------------------------------------------------- */
static void cell_begin(filling *x, const char *name, const char **attributes)
{
    str type = xlsx_attribute(attributes, "t");
    x->in_cell = true;
    x->begin = here(x);
    x->formula = false;
    x->value_begin = x->value_end = 0;
    x->tag = str_copy(x->a, str_of(name));
    x->reference = str_copy(x->a, xlsx_attribute(attributes, "r"));
    x->attributes = attributes_but(x, attributes, "t");
    x->type = type.len ? type.at[0] : 'n'; /* s, str and inlineStr are told apart by what holds the text */
    x->type = str_is(type, "str") ? 't' : x->type;
    x->buffer = text_begin(x->a);
    x->code = text_begin(x->a);
}

static void XMLCALL on_cell(void *user, const char *name, const char **attributes)
{
    filling *x = user;
    const char *what = local(name);
    if (!strcmp(what, "c")) {
        cell_begin(x, name, attributes);
    } else if (x->in_cell && !strcmp(what, "v")) {
        x->in_value = true;
        x->value_begin = here(x);
    } else if (x->in_cell && !strcmp(what, "f")) {
        x->in_formula = x->formula = true;
    } else if (x->in_cell) {
        x->in_text |= !strcmp(what, "t");
        x->in_phonetic |= !strcmp(what, "rPh");
    }
}

static str cell_text(filling *x)
{
    str s = text_done(&x->buffer);
    int64_t index;
    if (x->type != 's')
        return x->type == 'i' || x->type == 't' ? s : (str){ 0 };
    bool good = str_int(str_trim(s), 0, INT32_MAX, &index) && (size_t)index < x->strings.count;
    return good ? x->strings.at[index] : (str){ 0 };
}

static void XMLCALL on_cell_end(void *user, const char *name)
{
    filling *x = user;
    name = local(name);
    if (!strcmp(name, "c")) {
        x->in_cell = false;
        if (x->formula)
            formula_cell(x);
        else
            fill_cell(x, cell_text(x), here_end(x));
    } else if (!strcmp(name, "v")) {
        x->in_value = false;
        x->value_end = here_end(x);
    }
    x->in_formula &= strcmp(name, "f") != 0;
    x->in_text &= strcmp(name, "t") != 0;
    x->in_phonetic &= strcmp(name, "rPh") != 0;
}

/* -- the workbook reckons anew ----------------------------------------------------------------------------- */
static void XMLCALL on_calc(void *user, const char *name, const char **attributes)
{
    filling *x = user;
    if (strcmp(local(name), "calcPr") != 0)
        return;
    bool closed = here_end(x) >= 2 && x->bytes.at[here_end(x) - 2] == '/';
    cut(x, here(x), here_end(x));
    text_printf(&x->to, "<%s%.*s fullCalcOnLoad=\"1\"%s>", name, STR_ARG(attributes_but(x, attributes, "fullCalcOnLoad")), closed ? "/" : "");
}

static void XMLCALL on_calc_end(void *user, const char *name)
{
    static const char *const before[] = { "sheets", "functionGroups", "externalReferences", "definedNames" };
    filling *x = user;
    for (size_t i = 0; i < COUNT(before); i++) {
        if (strcmp(local(name), before[i]) != 0)
            continue;
        x->after = here_end(x);
        x->tag = str_part(str_copy(x->a, str_of(name)), 0, (size_t)(local(name) - name)); /* the prefix */
    }
}

static err *workbook_told(filling *x)
{
    str path = STR("xl/workbook.xml");
    if (!x->has_formula)
        return NULL;
    TRY(part_bytes(x, path, &x->bytes));
    part_begin(x);
    TRY(part_scan(x, on_calc, on_calc_end, NULL));
    if (!x->rewritten) {
        cut(x, x->after, x->after);
        text_printf(&x->to, "<%.*scalcPr fullCalcOnLoad=\"1\"/>", STR_ARG(x->tag));
    }
    return part_done(x, path);
}

/* -- the package ------------------------------------------------------------------------------------------- */
static err *open_package(filling *x, str bytes)
{
    zip_error_t reason;
    x->source = zip_source_buffer_create(str_copy(x->a, bytes).at, bytes.len, 0, &reason);
    if (!x->source)
        return err_memory();
    zip_source_keep(x->source); /* the bytes are asked for after it is closed */
    x->zip = zip_open_from_source(x->source, 0, &reason);
    if (x->zip)
        return NULL;
    zip_source_free(x->source);
    return damaged(x);
}

static err *scan_all(filling *x)
{
    TRY(part_bytes(x, STR("xl/workbook.xml"), &x->bytes));
    TRY(part_scan(x, on_workbook, NULL, NULL));
    TRY(part_bytes(x, STR("xl/_rels/workbook.xml.rels"), &x->bytes));
    TRY(part_scan(x, on_relation, NULL, NULL));
    TRY(part_bytes(x, STR("xl/sharedStrings.xml"), &x->bytes));
    if (x->bytes.len)
        TRY(part_scan(x, on_string, on_string_end, on_data));
    for (size_t i = 0; i < x->pages.count; i++) {
        TRY(part_bytes(x, x->pages.at[i].path, &x->bytes));
        if (!x->bytes.len)
            continue; /* a chart in place of a sheet */
        x->sheet = x->pages.at[i].name;
        part_begin(x);
        TRY(part_scan(x, on_cell, on_cell_end, on_data));
        TRY(part_done(x, x->pages.at[i].path));
    }
    return workbook_told(x);
}

/* The times of the entries stay: the same table and figures give the same bytes. */
static err *replace_all(filling *x)
{
    for (size_t i = 0; i < x->changed.count; i++) {
        const changed_part *part = &x->changed.at[i];
        zip_stat_t s;
        zip_int64_t index = zip_name_locate(x->zip, str_z(x->a, part->path), ZIP_FL_NOCASE);
        if (index < 0 || zip_stat_index(x->zip, (zip_uint64_t)index, 0, &s) != 0)
            return damaged(x);
        zip_source_t *with = zip_source_buffer(x->zip, part->bytes.at, part->bytes.len, 0);
        if (!with)
            return err_memory();
        if (zip_file_replace(x->zip, (zip_uint64_t)index, with, 0) != 0) {
            zip_source_free(with);
            return damaged(x);
        }
        zip_file_set_mtime(x->zip, (zip_uint64_t)index, s.mtime, 0);
    }
    zip_t *zip = x->zip;
    if (zip_close(zip) != 0)
        return damaged(x);
    x->zip = NULL;
    return NULL;
}

static err *take_bytes(filling *x)
{
    zip_stat_t s;
    if (zip_source_stat(x->source, &s) != 0 || zip_source_open(x->source) != 0)
        return damaged(x);
    char *at = arena_alloc(x->a, (size_t)s.size + 1);
    zip_int64_t got = zip_source_read(x->source, at, s.size);
    zip_source_close(x->source);
    if (got < 0 || (zip_uint64_t)got != s.size)
        return damaged(x);
    x->out->bytes = (str){ at, (size_t)s.size };
    return NULL;
}

static err *fill_package(filling *x, str bytes)
{
    TRY(open_package(x, bytes));
    TRY(scan_all(x));
    if (x->out->troubles.error_count)
        return NULL;
    TRY(replace_all(x));
    return take_bytes(x);
}

err *sheet_fill_marks(arena *a, str file, str bytes, const sheet_mark *marks, size_t mark_count, sheet_fill *out)
{
    sheet_file read; /* is it one, within the limits, not locked by a password? */
    *out = (sheet_fill){ 0 };
    if (!str_starts(bytes, STR("PK")))
        return err_new(a, ERR_INPUT, "sheet.fill_kind", VALUES({ "file", file }));
    TRY(sheet_read_bytes(a, file, bytes, &read));
    filling *x = arena_new(a, filling);
    *x = (filling){ .a = a, .file = file, .out = out, .marks = marks, .names = map_new(a) };
    for (size_t i = 0; i < mark_count; i++)
        map_put(x->names, word_key(a, marks[i].name), (int64_t)i);
    arena_defer(a, fill_close, x);
    err *e = fill_package(x, bytes);
    fill_close(x);
    return e;
}

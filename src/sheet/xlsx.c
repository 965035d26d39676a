#include "sheet/page.h"
#include "sheet/xlsx_style.h"

#include "base/civil.h"
#include "base/text.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

enum {
    ROW_NUMBER_MAX = 1048576,
    PIECE_BYTES = 16384,
    ENTRIES_MAX = 10000,
    RATIO_FROM_BYTES = 4 << 20 /* a small part may be packed tighter */
};

typedef struct xlsx_page {
    str id; /* of its relation */
    str name;
    bool hidden;
} xlsx_page;
typedef struct relation {
    str id, target, type;
} relation;

/* Everything one file needs; the two handles are given back by xlsx_close, also when memory runs out. */
typedef struct xlsx {
    arena *a;
    sheet_file *out;
    zip_t *zip;
    zip_file_t *entry;
    XML_Parser parser;
    err *error; /* of a handler; stops the parser */
    size_t unpacked;

    LIST(relation) relations;
    LIST(xlsx_page) pages;
    bool day_zero_1904;
    xlsx_styles styles;
    LIST(str) strings;

    bool in_phonetic, in_text, in_value, row_hidden;
    text buffer; /* of the text under way */
    page_builder builder;
    int row, column;
    char cell_type; /* s shared, i inline, t text, n number, b yes or no, e error, d day */
    int cell_style;
} xlsx;

static void xlsx_close(void *what)
{
    xlsx *x = what;
    if (x->parser)
        XML_ParserFree(x->parser);
    if (x->entry)
        zip_fclose(x->entry);
    if (x->zip)
        zip_discard(x->zip);
    x->parser = NULL;
    x->entry = NULL;
    x->zip = NULL;
}

static err *xlsx_err(xlsx *x, err_code code, const char *message)
{
    return err_new(x->a, code, message, VALUES({ "file", x->out->name }));
}

static void xlsx_fail(xlsx *x, err *e)
{
    if (!e || x->error)
        return;
    x->error = e;
    XML_StopParser(x->parser, XML_FALSE);
}

/* The r:id: `id` of any namespace; a plain id has none. */
static str relation_id(const char **attributes)
{
    for (; *attributes; attributes += 2) {
        if (strchr(attributes[0], '|') && !strcmp(xlsx_local_name(attributes[0]), "id"))
            return str_of(attributes[1]);
    }
    return (str){ 0 };
}

/* ---- parts of a package ---- */

static void XMLCALL on_doctype(void *user, const char *name, const char *system, const char *public,
                               int internal)
{
    (void)name, (void)system, (void)public, (void)internal;
    xlsx *x = user;
    xlsx_fail(x, xlsx_err(x, ERR_INPUT, "sheet.doctype"));
}

static err *part_pieces(xlsx *x)
{
    char *piece = arena_alloc(x->a, PIECE_BYTES);
    for (;;) {
        zip_int64_t n = zip_fread(x->entry, piece, PIECE_BYTES);
        if (n < 0)
            return xlsx_err(x, ERR_INPUT, "sheet.damaged");
        x->unpacked += (size_t)n;
        if (x->unpacked > SHEET_UNPACKED_MAX_BYTES)
            return xlsx_err(x, ERR_LIMIT, "sheet.bomb");
        enum XML_Status status = XML_Parse(x->parser, piece, (int)n, n == 0);
        if (x->error)
            return x->error;
        if (status != XML_STATUS_OK)
            return xlsx_err(x, ERR_INPUT, "sheet.damaged");
        if (n == 0)
            return NULL;
    }
}

/* Null and *found false when there is no such part. */
static err *part_parse(xlsx *x, str path, XML_StartElementHandler start, XML_EndElementHandler end,
                       XML_CharacterDataHandler data, bool *found)
{
    *found = false;
    zip_int64_t index = zip_name_locate(x->zip, str_z(x->a, path), ZIP_FL_NOCASE);
    if (index < 0)
        return NULL;
    *found = true;
    x->entry = zip_fopen_index(x->zip, (zip_uint64_t)index, 0);
    if (!x->entry)
        return xlsx_err(x, ERR_INPUT, "sheet.damaged");
    x->parser = XML_ParserCreateNS(NULL, '|');
    if (!x->parser)
        return err_memory();
    XML_SetUserData(x->parser, x);
    XML_SetElementHandler(x->parser, start, end);
    XML_SetCharacterDataHandler(x->parser, data);
    XML_SetStartDoctypeDeclHandler(x->parser, on_doctype);
    err *e = part_pieces(x);
    XML_ParserFree(x->parser);
    x->parser = NULL;
    zip_fclose(x->entry);
    x->entry = NULL;
    return e;
}

static void XMLCALL on_relation(void *user, const char *name, const char **attributes)
{
    xlsx *x = user;
    if (strcmp(xlsx_local_name(name), "Relationship") != 0)
        return;
    *list_add(x->a, &x->relations) = (relation){
        .id = str_copy(x->a, xlsx_attribute(attributes, "Id")),
        .target = str_copy(x->a, xlsx_attribute(attributes, "Target")),
        .type = str_copy(x->a, xlsx_attribute(attributes, "Type")),
    };
}

static void XMLCALL on_workbook(void *user, const char *name, const char **attributes)
{
    xlsx *x = user;
    name = xlsx_local_name(name);
    if (!strcmp(name, "workbookPr")) {
        x->day_zero_1904 = xlsx_attribute_set(attributes, "date1904");
    } else if (!strcmp(name, "sheet")) {
        str state = xlsx_attribute(attributes, "state");
        *list_add(x->a, &x->pages) = (xlsx_page){
            .id = str_copy(x->a, relation_id(attributes)),
            .name = str_copy(x->a, xlsx_attribute(attributes, "name")),
            .hidden = state.len > 0 && !str_is(state, "visible"),
        };
    }
}

static void XMLCALL on_style(void *user, const char *name, const char **attributes)
{
    xlsx *x = user;
    xlsx_style_begin(&x->styles, xlsx_local_name(name), attributes);
}

static void XMLCALL on_style_end(void *user, const char *name)
{
    xlsx *x = user;
    xlsx_style_end(&x->styles, xlsx_local_name(name));
}

/* ---- texts ---- */

static void XMLCALL on_text(void *user, const char *at, int len)
{
    xlsx *x = user;
    if ((!x->in_text && !x->in_value) || x->error)
        return;
    if (x->buffer.len + (size_t)len > (size_t)CELL_MAX_BYTES * 2) {
        xlsx_fail(
            x, err_new(x->a, ERR_LIMIT, "sheet.cell_too_long",
                       VALUES({ "file", x->out->name }, { "row", text_format(x->a, "%d", x->row) },
                              { "limit", text_format(x->a, "%d", CELL_MAX_BYTES) })));
        return;
    }
    text_put(&x->buffer, (str){ at, (size_t)len });
}

static str buffer_text(xlsx *x)
{
    return str_copy(x->a, (str){ x->buffer.at, x->buffer.len });
}

static void XMLCALL on_string(void *user, const char *name, const char **attributes)
{
    (void)attributes;
    xlsx *x = user;
    name = xlsx_local_name(name);
    if (!strcmp(name, "si"))
        x->buffer.len = 0;
    else if (!strcmp(name, "rPh"))
        x->in_phonetic = true;
    else if (!strcmp(name, "t"))
        x->in_text = !x->in_phonetic;
}

static void XMLCALL on_string_end(void *user, const char *name)
{
    xlsx *x = user;
    name = xlsx_local_name(name);
    if (!strcmp(name, "si"))
        *list_add(x->a, &x->strings) = buffer_text(x);
    else if (!strcmp(name, "rPh"))
        x->in_phonetic = false;
    else if (!strcmp(name, "t"))
        x->in_text = false;
}

/* ---- cells ---- */

/* "AB12": false when it is no such thing. Either may be null. */
static bool reference_read(str s, int *row, int *column)
{
    int letters = 0, number = 0;
    size_t i = 0;
    for (; i < s.len && ((s.at[i] | 32) >= 'a' && (s.at[i] | 32) <= 'z') && letters < 100000; i++)
        letters = letters * 26 + (s.at[i] | 32) - 'a' + 1;
    for (; i < s.len && s.at[i] >= '0' && s.at[i] <= '9' && number <= ROW_NUMBER_MAX; i++)
        number = number * 10 + s.at[i] - '0';
    if (i != s.len || letters == 0 || number == 0 || number > ROW_NUMBER_MAX)
        return false;
    *row = number;
    *column = letters - 1;
    return true;
}

static void merge_add(xlsx *x, str reference)
{
    str rest = reference, first = { 0 }, last = { 0 };
    sheet_merge m;
    if (!str_split(&rest, ':', &first) || !str_split(&rest, ':', &last))
        return;
    if (!reference_read(first, &m.first_row, &m.first_column) ||
        !reference_read(last, &m.last_row, &m.last_column))
        return;
    xlsx_fail(x, page_merge(&x->builder, m));
}

static char cell_type_of(str type)
{
    if (str_is(type, "inlineStr"))
        return 'i';
    if (str_is(type, "str"))
        return 't';
    return type.len == 1 ? type.at[0] : 'n';
}

/* The attributes of a cell have no prefix and one letter each; read in one pass, as there are millions. */
static void cell_begin(xlsx *x, const char **attributes)
{
    int row, column;
    bool placed = false;
    x->cell_type = 'n';
    x->cell_style = 0;
    x->buffer.len = 0;
    for (; *attributes; attributes += 2) {
        const char *name = attributes[0];
        str value = str_of(attributes[1]);
        int64_t n;
        if (name[0] == '\0' || name[1] != '\0')
            continue;
        if (name[0] == 't')
            x->cell_type = cell_type_of(value);
        else if (name[0] == 's' && str_int(value, 0, 1 << 24, &n))
            x->cell_style = (int)n;
        else if (name[0] == 'r' && reference_read(value, &row, &column))
            placed = true;
    }
    x->row = placed ? row : x->row;
    x->column = placed ? column : x->column + 1;
}

static str cell_value(xlsx *x)
{
    str raw = { x->buffer.at, x->buffer.len };
    int64_t index;
    switch (x->cell_type) {
    case 's':
        if (!str_int(str_trim(raw), 0, INT32_MAX, &index) || (size_t)index >= x->strings.count) {
            xlsx_fail(x, xlsx_err(x, ERR_INPUT, "sheet.damaged"));
            return (str){ 0 };
        }
        return x->strings.at[index];
    case 'n':
        return number_text(x->a, raw, (number_kind)xlsx_style_of(&x->styles, x->cell_style).kind, x->day_zero_1904);
    case 'd':
        return str_copy(x->a, str_part(raw, 0, 10));
    default:
        return buffer_text(x);
    }
}

/* What a sheet says beside its cells. */
static void page_property(xlsx *x, const char *name, const char **attributes)
{
    sheet_page *page = x->builder.page;
    if (!strcmp(name, "mergeCell"))
        merge_add(x, xlsx_attribute(attributes, "ref"));
    else if (!strcmp(name, "col") && xlsx_attribute_set(attributes, "hidden"))
        page_hide_columns(&x->builder, xlsx_attribute_int(attributes, "min", 1) - 1,
                          xlsx_attribute_int(attributes, "max", 1) - 1);
    else if (!strcmp(name, "filterColumn"))
        page->filtered = true;
    else if (!strcmp(name, "drawing") || !strcmp(name, "picture"))
        page->pictured = true;
    else if (!strcmp(name, "legacyDrawing"))
        page->noted = true;
}

static void XMLCALL on_cell(void *user, const char *name, const char **attributes)
{
    xlsx *x = user;
    name = xlsx_local_name(name);
    if (!strcmp(name, "c")) {
        cell_begin(x, attributes);
    } else if (!strcmp(name, "row")) {
        x->row = xlsx_attribute_int(attributes, "r", x->row + 1);
        x->row_hidden = xlsx_attribute_set(attributes, "hidden");
        x->column = -1;
    } else if (!strcmp(name, "v")) {
        x->in_value = x->cell_type != 'i';
    } else if (!strcmp(name, "t")) {
        x->in_text = x->cell_type == 'i' && !x->in_phonetic;
    } else if (!strcmp(name, "rPh")) {
        x->in_phonetic = true;
    } else {
        page_property(x, name, attributes);
    }
}

static void cell_end(xlsx *x)
{
    if (x->buffer.len == 0 || x->error)
        return;
    xlsx_fail(x, page_cell(&x->builder, x->row, x->column, cell_value(x)));
    page_mark(&x->builder, xlsx_style_of(&x->styles, x->cell_style).marks | (x->row_hidden ? SHEET_ROW_HIDDEN : 0));
}

static void XMLCALL on_cell_end(void *user, const char *name)
{
    xlsx *x = user;
    name = xlsx_local_name(name);
    if (!strcmp(name, "c")) {
        cell_end(x);
    } else if (!strcmp(name, "v")) {
        x->in_value = false;
    } else if (!strcmp(name, "t")) {
        x->in_text = false;
    } else if (!strcmp(name, "rPh")) {
        x->in_phonetic = false;
    }
}

/* ---- the package ---- */

static err *package_check(xlsx *x)
{
    zip_int64_t count = zip_get_num_entries(x->zip, 0);
    if (count > ENTRIES_MAX)
        return xlsx_err(x, ERR_LIMIT, "sheet.bomb");
    uint64_t sum = 0;
    for (zip_int64_t i = 0; i < count; i++) {
        zip_stat_t s;
        if (zip_stat_index(x->zip, (zip_uint64_t)i, 0, &s) != 0)
            return xlsx_err(x, ERR_INPUT, "sheet.damaged");
        if ((s.valid & ZIP_STAT_ENCRYPTION_METHOD) && s.encryption_method != ZIP_EM_NONE)
            return xlsx_err(x, ERR_INPUT, "sheet.encrypted");
        sum += s.size;
        bool tight = s.size > RATIO_FROM_BYTES && s.size / (s.comp_size + 1) > SHEET_RATIO_MAX;
        if (s.size > SHEET_UNPACKED_MAX_BYTES || sum > SHEET_UNPACKED_MAX_BYTES || tight)
            return xlsx_err(x, ERR_LIMIT, "sheet.bomb");
    }
    return NULL;
}

/* Where a relation of the workbook leads: from the root, or from the workbook's folder. */
static str target_path(xlsx *x, str folder, str target)
{
    if (str_starts(target, STR("/")))
        return str_from(target, 1);
    return text_format(x->a, "%.*s%.*s", STR_ARG(folder), STR_ARG(target));
}

static err *relations_read(xlsx *x, str path)
{
    bool found;
    x->relations.count = 0;
    return part_parse(x, path, on_relation, NULL, NULL, &found);
}

static str workbook_path(xlsx *x)
{
    for (size_t i = 0; i < x->relations.count; i++) {
        if (str_ends(x->relations.at[i].type, STR("/officeDocument")))
            return target_path(x, STR(""), x->relations.at[i].target);
    }
    return STR("xl/workbook.xml");
}

static err *page_read(xlsx *x, const xlsx_page *p, str path)
{
    sheet_page *page = list_add(x->a, &x->out->pages);
    *page = (sheet_page){ .name = p->name, .hidden = p->hidden };
    x->builder = page_begin(x->a, x->out->name, page);
    x->row = 0;
    x->column = -1;
    x->in_text = x->in_value = x->in_phonetic = x->row_hidden = false;
    bool found;
    TRY(part_parse(x, path, on_cell, on_cell_end, on_text, &found));
    if (!found) {
        x->out->pages.count--;
        return NULL;
    }
    return page_end(&x->builder);
}

static err *pages_read(xlsx *x, str folder)
{
    for (size_t i = 0; i < x->pages.count; i++) {
        for (size_t k = 0; k < x->relations.count; k++) {
            const relation *r = &x->relations.at[k];
            if (!str_equal(r->id, x->pages.at[i].id) || !str_ends(r->type, STR("/worksheet")))
                continue;
            TRY(page_read(x, &x->pages.at[i], target_path(x, folder, r->target)));
            break;
        }
    }
    return pages_check(x->a, x->out);
}

static err *package_read(xlsx *x)
{
    bool found;
    TRY(package_check(x));
    TRY(relations_read(x, STR("_rels/.rels")));
    str workbook = workbook_path(x);
    TRY(part_parse(x, workbook, on_workbook, NULL, NULL, &found));
    if (!found)
        return xlsx_err(x, ERR_INPUT, "sheet.not_workbook");
    size_t slash = workbook.len;
    while (slash > 0 && workbook.at[slash - 1] != '/')
        slash--;
    str folder = str_part(workbook, 0, slash);
    TRY(relations_read(x, text_format(x->a, "%.*s_rels/%.*s.rels", STR_ARG(folder),
                                      STR_ARG(str_from(workbook, slash)))));
    for (size_t i = 0; i < x->relations.count; i++) {
        str path = target_path(x, folder, x->relations.at[i].target);
        if (str_ends(x->relations.at[i].type, STR("/styles")))
            TRY(part_parse(x, path, on_style, on_style_end, NULL, &found));
        else if (str_ends(x->relations.at[i].type, STR("/sharedStrings")))
            TRY(part_parse(x, path, on_string, on_string_end, on_text, &found));
    }
    return pages_read(x, folder);
}

err *xlsx_read(arena *a, str bytes, sheet_file *out)
{
    xlsx *x = arena_new(a, xlsx);
    x->a = x->styles.a = a;
    x->out = out;
    x->buffer = text_begin(a);
    arena_defer(a, xlsx_close, x);
    zip_error_t reason;
    zip_source_t *source = zip_source_buffer_create(bytes.at, bytes.len, 0, &reason);
    if (!source)
        return err_memory();
    x->zip = zip_open_from_source(source, ZIP_RDONLY, &reason);
    if (!x->zip) {
        zip_source_free(source);
        return xlsx_err(x, ERR_INPUT, "sheet.damaged");
    }
    err *e = package_read(x);
    xlsx_close(x);
    return e;
}

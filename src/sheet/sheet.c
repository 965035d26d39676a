#include "sheet/sheet.h"
#include "sheet/page.h"
#include "sheet/xls.h"

#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"

#include <string.h>

static str file_name(arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    return str_copy(a, str_of(slash ? slash + 1 : path));
}

/* Excel 2 to 4 wrote its records without a container: a first one of 4 or 6 bytes. */
static bool is_older(str bytes)
{
    static const unsigned char kinds[] = { 0, 2, 4 };
    for (size_t i = 0; i < COUNT(kinds) && bytes.len > 8; i++) {
        if (bytes.at[0] == 9 && bytes.at[1] == (char)kinds[i] && (bytes.at[2] == 4 || bytes.at[2] == 6) && bytes.at[3] == 0)
            return true;
    }
    return false;
}

err *sheet_read(arena *a, const char *path, sheet_file *out)
{
    str bytes;
    TRY(file_read(a, strcmp(path, "-") ? path : "/dev/stdin", SHEET_MAX_BYTES, &bytes));
    return sheet_read_bytes(a, file_name(a, path), bytes, out);
}

err *sheet_read_bytes(arena *a, str name, str bytes, sheet_file *out)
{
    *out = (sheet_file){ .name = name };
    if (bytes.len == 0)
        return err_new(a, ERR_INPUT, "sheet.empty", VALUES({ "file", out->name }));
    if (str_starts(bytes, STR("\xd0\xcf\x11\xe0")))
        return xls_read(a, bytes, out);
    if (is_older(bytes))
        return err_new(a, ERR_INPUT, "sheet.old_format", VALUES({ "file", out->name }));
    if (str_starts(bytes, STR("PK\x03\x04")) || str_starts(bytes, STR("PK\x05\x06")))
        return xlsx_read(a, bytes, out);
    return sheet_read_csv(a, out->name, bytes, out);
}

str sheet_column_letters(arena *a, int column)
{
    char letters[8];
    size_t at = sizeof letters;
    for (int n = column + 1; n > 0 && at > 0; n = (n - 1) / 26)
        letters[--at] = (char)('A' + (n - 1) % 26);
    return str_copy(a, (str){ letters + at, sizeof letters - at });
}

str sheet_trouble_text(arena *a, words_lang lang, const sheet_trouble *t)
{
    str what = words_get(a, lang, t->what, t->values);
    const char *key = t->row == 0     ? "sheet.at_sheet"
                      : t->column < 0 ? "sheet.at_row"
                                      : "sheet.at_cell";
    str file =
        t->sheet.len ? text_format(a, "%.*s [%.*s]", STR_ARG(t->file), STR_ARG(t->sheet)) : t->file;
    return words_get(a, lang, key,
                     VALUES({ "file", file }, { "row", text_format(a, "%d", t->row) },
                            { "column", sheet_column_letters(a, t->column) },
                            { "header", t->header }, { "what", what }));
}

str sheet_trouble_hint(arena *a, words_lang lang, const sheet_trouble *t)
{
    const char *key = str_z(a, text_format(a, "%s.hint", t->what));
    return words_has(lang, key) ? words_get(a, lang, key, t->values) : (str){ 0 };
}

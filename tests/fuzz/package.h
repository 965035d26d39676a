/*
 * package: the parts of a workbook, parted by a NUL (sheet, shared strings, styles, workbook; what is missing is the usual
 * one), as a package in memory: a fuzzer changes the XML and not the sums of the package.
 */
#ifndef MUSTER_FUZZ_PACKAGE_H
#define MUSTER_FUZZ_PACKAGE_H
#include "base/text.h"

#include <string.h>
#include <zip.h>

enum { FUZZ_PARTS = 4, FUZZ_PACKAGE_MAX = 1 << 20 };

static const char *const fuzz_names[FUZZ_PARTS] = { "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml",
                                                    "xl/styles.xml", "xl/workbook.xml" };
static const char *const fuzz_usual[FUZZ_PARTS] = {
    "<worksheet/>", "<sst xmlns='m'><si><t>x</t></si></sst>",
    "<styleSheet xmlns='m'><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>",
    "<workbook xmlns='m' xmlns:r='o'><sheets><sheet name='a' r:id='r1'/></sheets></workbook>"
};
static const char fuzz_relations[] =
    "<Relationships xmlns='p'><Relationship Id='r1' Type='x/worksheet' Target='worksheets/sheet1.xml'/>"
    "<Relationship Id='r2' Type='x/styles' Target='/xl/styles.xml'/>"
    "<Relationship Id='r3' Type='x/sharedStrings' Target='sharedStrings.xml'/></Relationships>";

static void fuzz_add(zip_t *z, const char *name, str content)
{
    zip_source_t *s = zip_source_buffer(z, content.at, content.len, 0);
    zip_int64_t at = zip_file_add(z, name, s, 0);
    zip_set_file_compression(z, (zip_uint64_t)at, ZIP_CM_STORE, 0);
}

/* The package of these parts, written into memory. */
static str fuzz_package(arena *a, str parts)
{
    zip_error_t reason;
    zip_source_t *memory = zip_source_buffer_create(NULL, 0, 0, &reason);
    zip_t *z = zip_open_from_source(memory, ZIP_TRUNCATE, &reason);
    zip_source_keep(memory);
    str part;
    for (int i = 0; i < FUZZ_PARTS; i++) {
        bool given = str_split(&parts, '\0', &part);
        fuzz_add(z, fuzz_names[i], given && part.len ? part : str_of(fuzz_usual[i]));
    }
    fuzz_add(z, "xl/_rels/workbook.xml.rels", str_of(fuzz_relations));
    zip_close(z);
    char *out = arena_alloc(a, FUZZ_PACKAGE_MAX);
    zip_source_open(memory);
    zip_int64_t len = zip_source_read(memory, out, FUZZ_PACKAGE_MAX);
    zip_source_close(memory);
    zip_source_free(memory);
    return (str){ out, len > 0 ? (size_t)len : 0 };
}
#endif

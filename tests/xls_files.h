/* xls_files: a workbook of the old kind, record by record, for tests and the fuzz target. */
#ifndef MUSTER_TESTS_XLS_FILES_H
#define MUSTER_TESTS_XLS_FILES_H
#include "base/text.h"

#include <gsf/gsf-outfile-msole.h>
#include <gsf/gsf-output-memory.h>
#include <string.h>

static inline void xls_put(text *t, unsigned kind, str data)
{
    const char head[] = { (char)kind, (char)(kind >> 8), (char)data.len, (char)(data.len >> 8) };
    text_put(t, (str){ head, sizeof head });
    text_put(t, data);
}

/* The container of a stream so called. */
static inline str xls_container(arena *a, const char *name, str stream)
{
    GsfOutput *memory = gsf_output_memory_new();
    GsfOutfile *file = gsf_outfile_msole_new(memory);
    GsfOutput *child = gsf_outfile_new_child(file, name, FALSE);
    gsf_output_write(child, stream.len, (const guint8 *)stream.at);
    gsf_output_close(child);
    g_object_unref(child);
    gsf_output_close(GSF_OUTPUT(file));
    str bytes = { (const char *)gsf_output_memory_get_bytes(GSF_OUTPUT_MEMORY(memory)), (size_t)gsf_output_size(memory) };
    bytes = str_copy(a, bytes);
    g_object_unref(file);
    g_object_unref(memory);
    return bytes;
}
#endif

#include "sheet/xls.h"

#include "base/limits.h"

#include <gsf/gsf-infile-msole.h>
#include <gsf/gsf-input-memory.h>
#include <string.h>

/* What is open of the container, given back also when memory runs out. */
typedef struct ole {
    GsfInput *input, *stream;
    GsfInfile *file;
    guint quiet; /* a handler of its log */
} ole;

static void ole_close(void *what)
{
    ole *o = what;
    if (o->stream)
        g_object_unref(o->stream);
    if (o->file)
        g_object_unref(o->file);
    if (o->input)
        g_object_unref(o->input);
    if (o->quiet)
        g_log_remove_handler("libgsf:msole", o->quiet);
    *o = (ole){ 0 };
}

/* That a container is damaged is told by our own error, not on the standard error of a server. */
static void log_drop(const gchar *domain, GLogLevelFlags level, const gchar *message, gpointer data)
{
    (void)domain, (void)level, (void)message, (void)data;
}

static err *ole_err(arena *a, const sheet_file *out, const char *what)
{
    return err_new(a, ERR_INPUT, what, VALUES({ "file", out->name }));
}

/* Excel 5 and 95 call it Book; programs that lock a workbook wrap all of it. */
static err *stream_open(arena *a, ole *o, const sheet_file *out)
{
    o->stream = gsf_infile_child_by_name(o->file, "Workbook");
    if (o->stream)
        return NULL;
    GsfInput *old = gsf_infile_child_by_name(o->file, "Book");
    GsfInput *locked = gsf_infile_child_by_name(o->file, "EncryptedPackage");
    const char *what = locked ? "sheet.encrypted" : old ? "sheet.old_format" : "sheet.not_sheet";
    if (old)
        g_object_unref(old);
    if (locked)
        g_object_unref(locked);
    return ole_err(a, out, what);
}

static err *stream_take(arena *a, ole *o, const sheet_file *out, str *stream)
{
    gsf_off_t size = gsf_input_size(o->stream);
    if (size <= 0 || size > SHEET_MAX_BYTES)
        return ole_err(a, out, "sheet.damaged");
    char *copy = arena_alloc(a, (size_t)size);
    if (!gsf_input_read(o->stream, (size_t)size, (guint8 *)copy))
        return ole_err(a, out, "sheet.damaged");
    *stream = (str){ copy, (size_t)size };
    return NULL;
}

err *xls_stream(arena *a, str bytes, const sheet_file *out, str *stream)
{
    ole *o = arena_new(a, ole);
    arena_defer(a, ole_close, o);
    o->quiet = g_log_set_handler("libgsf:msole", G_LOG_LEVEL_MASK, log_drop, NULL);
    o->input = gsf_input_memory_new((const guint8 *)bytes.at, (gsf_off_t)bytes.len, FALSE);
    o->file = o->input ? gsf_infile_msole_new(o->input, NULL) : NULL;
    if (!o->file)
        return ole_err(a, out, "sheet.damaged");
    err *e = stream_open(a, o, out);
    if (!e)
        e = stream_take(a, o, out, stream);
    ole_close(o);
    return e;
}

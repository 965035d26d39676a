#include "web/multipart.h"

#include "web/request.h"

#include <fcntl.h>
#include <gmime/gmime.h>
#include <pthread.h>

typedef struct reading {
    arena *a;
    const char *to;
    text fields;
    multipart *out;
    bool broken;
} reading;

/* Where it lies on the machine is nothing for whoever sent it. */
static err *disk(arena *a)
{
    return err_new(a, ERR_DISK, "upload.disk", NULL);
}

static err *broken(arena *a)
{
    return err_new(a, ERR_INPUT, "upload.broken", NULL);
}

static void drop(void *object)
{
    g_object_unref(object);
}

/* Goes with the arena, also where memory runs out in between. */
static void *owned(arena *a, void *object)
{
    arena_defer(a, drop, object);
    return object;
}

/* What makes GMime guess is no form that a browser sent; odd headers it may read as it likes. */
static void warned(gint64 at, GMimeParserWarning what, const gchar *part, gpointer of)
{
    reading *r = of;
    (void)at;
    (void)part;
    r->broken = r->broken || what == GMIME_WARN_TRUNCATED_MESSAGE || what == GMIME_WARN_MALFORMED_MULTIPART ||
                what == GMIME_WARN_MALFORMED_MESSAGE || what == GMIME_CRIT_MULTIPART_WITHOUT_BOUNDARY ||
                what == GMIME_CRIT_NESTING_OVERFLOW || what == GMIME_CRIT_INVALID_HEADER_NAME ||
                what == GMIME_CRIT_CONFLICTING_HEADER || what == GMIME_CRIT_CONFLICTING_PARAMETER;
}

/* -- one part ------------------------------------------------------------------------------------------- */
static str parameter(GMimeObject *part, const char *name)
{
    return str_of(g_mime_object_get_content_disposition_parameter(part, name));
}

/* /tmp/people.xlsx is people.xlsx. */
static str without_folder(str name)
{
    for (size_t i = name.len; i > 0; i--)
        if (name.at[i - 1] == '/' || name.at[i - 1] == '\\')
            return str_from(name, i);
    return name;
}

static err *write_file(reading *r, GMimeDataWrapper *content, const char *path)
{
    int fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0)
        return disk(r->a);
    GMimeStream *to = owned(r->a, g_mime_stream_fs_new(fd));
    if (g_mime_data_wrapper_write_to_stream(content, to) < 0 || g_mime_stream_flush(to) < 0 || g_mime_stream_close(to) < 0)
        return disk(r->a);
    return NULL;
}

static err *take_file(reading *r, GMimeDataWrapper *content, str name)
{
    name = without_folder(name);
    if (!name.len)
        return NULL; /* the field was left empty */
    size_t at = r->out->files.count;
    if (at == MULTIPART_FILES_MAX)
        return err_new(r->a, ERR_INPUT, "upload.many_files", VALUES({ "max", text_format(r->a, "%d", MULTIPART_FILES_MAX) }));
    name = str_is_utf8(name) && name.len <= MULTIPART_NAME_MAX_BYTES ? without_folder(text_normal(r->a, name)) /* a wide slash becomes a plain one */
                                                                     : str_part(name, 0, 0);
    if (!name.len || name.len > MULTIPART_NAME_MAX_BYTES) /* too long, or of signs that nobody sees */
        return err_new(r->a, ERR_INPUT, "upload.name", NULL);
    const char *path = at ? text_format(r->a, "%s-%zu", r->to, at).at : r->to;
    *list_add(r->a, &r->out->files) = (multipart_file){ .name = name, .path = path };
    return write_file(r, content, path);
}

static err *take_field(reading *r, GMimeDataWrapper *content, str name)
{
    GMimeStream *to = owned(r->a, g_mime_stream_mem_new());
    /* counted by reading: what the stream says of its length is that of all before it too */
    gssize len = g_mime_data_wrapper_write_to_stream(content, owned(r->a, g_mime_stream_null_new()));
    if (len > MULTIPART_FIELD_MAX_BYTES)
        return err_new(r->a, ERR_INPUT, "upload.field_long", NULL);
    if (len < 0 || g_mime_data_wrapper_write_to_stream(content, to) < 0)
        return broken(r->a);
    GByteArray *bytes = g_mime_stream_mem_get_byte_array((GMimeStreamMem *)to);
    text_put_z(&r->fields, r->fields.len ? "&" : "");
    percent_put(&r->fields, name);
    text_put_z(&r->fields, "=");
    percent_put(&r->fields, (str){ (const char *)bytes->data, bytes->len });
    return NULL;
}

static err *take_part(reading *r, GMimeObject *part)
{
    GMimeContentDisposition *how = g_mime_object_get_content_disposition(part);
    str name = parameter(part, "name");
    if (!GMIME_IS_PART(part) || !how || !str_is(str_of(g_mime_content_disposition_get_disposition(how)), "form-data") || !name.len)
        return broken(r->a);
    GMimeDataWrapper *content = g_mime_part_get_content((GMimePart *)part);
    const char *file = g_mime_object_get_content_disposition_parameter(part, "filename");
    if (!content) /* headers alone: an empty field */
        return NULL;
    return file ? take_file(r, content, str_of(file)) : take_field(r, content, name);
}

/* -- the whole ------------------------------------------------------------------------------------------ */
/* The header that the request had, and the body behind it: what a mail would be. */
static err *open_body(arena *a, str content_type, const char *body, GMimeStream **out)
{
    int fd = open(body, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return disk(a);
    GMimeStream *file = owned(a, g_mime_stream_fs_new(fd)), *both = owned(a, g_mime_stream_cat_new());
    str head = text_format(a, "Content-Type: %.*s\r\n\r\n", STR_ARG(content_type));
    g_mime_stream_cat_add_source((GMimeStreamCat *)both, owned(a, g_mime_stream_mem_new_with_buffer(head.at, head.len)));
    g_mime_stream_cat_add_source((GMimeStreamCat *)both, file);
    *out = both;
    return NULL;
}

static void free_options(void *of)
{
    g_mime_parser_options_free(of);
}

static GMimeObject *parse(reading *r, GMimeStream *s)
{
    GMimeParserOptions *options = g_mime_parser_options_new();
    arena_defer(r->a, free_options, options);
    g_mime_parser_options_set_warning_callback(options, warned, r);
    GMimeObject *whole = g_mime_parser_construct_part(owned(r->a, g_mime_parser_new_with_stream(s)), options);
    return whole ? owned(r->a, whole) : NULL;
}

err *multipart_read(arena *a, str content_type, const char *body, const char *to, multipart *out)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    reading r = { .a = a, .to = to, .fields = text_begin(a), .out = out };
    GMimeStream *s = NULL;
    pthread_once(&once, g_mime_init);
    *out = (multipart){ 0 };
    TRY(open_body(a, content_type, body, &s));
    GMimeObject *whole = parse(&r, s);
    int count = whole && GMIME_IS_MULTIPART(whole) ? g_mime_multipart_get_count((GMimeMultipart *)whole) : 0;
    if (r.broken || !count)
        return broken(a);
    if (count > MULTIPART_PARTS_MAX)
        return err_new(a, ERR_INPUT, "upload.field_long", NULL);
    for (int i = 0; i < count; i++)
        TRY(take_part(&r, g_mime_multipart_get_part((GMimeMultipart *)whole, i)));
    out->fields = text_done(&r.fields);
    return NULL;
}

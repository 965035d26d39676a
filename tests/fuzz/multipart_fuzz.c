/* A line with a content type, then a body -> fields and a file: whatever comes is read or refused, never a crash. */
#include "web/multipart.h"

#include "web/request.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void write_body(const char *path, str body)
{
    FILE *f = fopen(path, "w");
    assert(f && fwrite(body.len ? body.at : "", 1, body.len, f) == body.len);
    fclose(f);
}

static void read_it(arena *a, str type, str body, const char *folder)
{
    multipart m;
    struct stat s;
    const char *from = text_format(a, "%s/body", folder).at, *to = text_format(a, "%s/file", folder).at;
    write_body(from, body);
    err *e = multipart_read(a, type, from, to, &m);
    bool made = stat(to, &s) == 0;
    assert(e || made == (m.files.count > 0));
    assert(!made || (size_t)s.st_size <= body.len);
    for (size_t i = 0; !e && i < m.files.count; i++)
        assert(str_is_utf8(m.files.at[i].name) && m.files.at[i].name.len <= MULTIPART_NAME_MAX_BYTES && str_find(m.files.at[i].name, STR("/")) < 0);
    str rest = m.fields, name, value;
    while (!e && form_next(a, &rest, &name, &value))
        assert(str_is_utf8(name) && str_is_utf8(value));
    unlink(from);
    unlink(to);
    for (size_t i = 0; i < m.files.count; i++)
        unlink(m.files.at[i].path);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    char folder[] = "/tmp/multipart-fuzz-XXXXXX";
    arena *a = arena_open(NULL, 16 << 20);
    str body = { (const char *)bytes, len }, type = { 0 };
    str_split(&body, '\n', &type);
    assert(mkdtemp(folder));
    if (!memchr(type.at ? type.at : "", '\r', type.len)) /* a head with one is refused long before */
        read_it(a, type, body, folder);
    arena_close(a);
    rmdir(folder);
    return 0;
}

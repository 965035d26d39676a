/*
 * file: each message is a line of JSON in CONFIG/outbox/NAME.jsonl, for drills and demos.
 */
#include "base/file.h"
#include "base/json.h"
#include "channel/channel.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static str line_of(arena *a, const channel_message *m)
{
    text t = text_begin(a);
    json j = json_begin(&t);
    json_open(&j, '{');
    json_key(&j, "id");
    json_str(&j, text_format(a, "%lld", (long long)m->id));
    json_key(&j, "at");
    json_int(&j, m->at);
    json_key(&j, "to");
    json_str(&j, m->to);
    json_key(&j, "purpose");
    json_str(&j, m->purpose);
    json_key(&j, "text");
    json_str(&j, m->text);
    json_close(&j, '}');
    text_put_z(&t, "\n");
    return text_done(&t);
}

static err *append(arena *a, const char *path, str line, channel_receipt *out)
{
    int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600); /* telephone numbers stand in it */
    if (fd < 0)
        return file_err(a, path, errno);
    ssize_t n = write(fd, line.at, line.len);
    int error_number = n < 0 ? errno : ENOSPC;
    close(fd);
    if (n == (ssize_t)line.len)
        out->outcome = CHANNEL_SENT;
    else if (n > 0)
        out->outcome = CHANNEL_UNKNOWN; /* half a line stands there */
    return n == (ssize_t)line.len ? NULL : file_err(a, path, error_number);
}

static err *file_send(arena *a, const channel *via, const channel_message *m, channel_receipt *out)
{
    const char *folder = text_format(a, "%.*s/outbox", STR_ARG(via->config)).at;
    TRY(file_make_dir(a, folder));
    TRY(append(a, text_format(a, "%s/%.*s.jsonl", folder, STR_ARG(via->name)).at, line_of(a, m), out));
    out->carrier_ref = text_format(a, "%.*s-%lld", STR_ARG(via->name), (long long)m->id);
    return NULL;
}

const channel_driver channel_file = { .name = "file", .demo_only = true, .send = file_send };

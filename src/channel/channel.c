#include "channel/channel.h"

#include <assert.h>

enum { NAME_MAX_BYTES = 32 };

static const channel_driver call_list = { .name = "call_list" }; /* a liaison's telephone */
static const channel_driver *const drivers[] = { &channel_file, &call_list };

const channel_driver *channel_driver_find(str name)
{
    for (size_t i = 0; i < COUNT(drivers); i++)
        if (str_is(name, drivers[i]->name))
            return drivers[i];
    return NULL;
}

/* It becomes part of a file name. */
bool channel_name_is(str name)
{
    static const str letters = { "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", 64 };
    for (size_t i = 0; i < name.len; i++)
        if (str_find(letters, str_part(name, i, 1)) < 0)
            return false;
    return name.len && name.len <= NAME_MAX_BYTES;
}

err *channel_send(arena *a, const channel *via, const channel_message *m, channel_receipt *out)
{
    const channel_driver *d = channel_driver_find(via->driver);
    assert(d && d->send && channel_name_is(via->name));
    *out = (channel_receipt){ .outcome = CHANNEL_FAILED };
    return d->send(a, via, m, out);
}

/*
 * streams: the open streams of one loop by their topics; for src/web alone, on that loop. An event is held once for all
 * who hear it. What a stream is to be told leaves in one write, some streams at a time: whoever asks something meanwhile
 * is answered in between.
 */
#ifndef MUSTER_WEB_STREAMS_H
#define MUSTER_WEB_STREAMS_H
#include "base/str.h"

#include <stdatomic.h>
#include <stddef.h>

typedef struct connection connection;
typedef struct stream stream;
typedef struct stream_topic stream_topic;
typedef struct event {
    struct event *next;
    size_t uses; /* by streams, and one by whoever brings it */
    bool ends;   /* ends the streams of its topic instead */
    size_t topic_len, len;
    char at[]; /* topic, then what is sent */
} event;
void event_release(event *e);

enum { STREAM_HELD_MAX = 4 };
typedef struct streams {
    stream_topic **topics; /* by hash; null until there is a stream */
    stream *due, **last_due;
    _Atomic size_t due_count;
} streams;

/* Topics as "team:12 operation:1". Null: no memory. */
stream *streams_add(streams *all, connection *c, str topics);
void streams_remove(streams *all, stream *s);
void streams_hear(streams *all, event *e);
/* To as many of those that are due; false: none is left. */
bool streams_send(streams *all, size_t most);
void streams_close(streams *all); /* no stream is open any more */
#endif

#include "web/connection.h"

#include <stdlib.h>
#include <string.h>

enum { TOPIC_BUCKETS = 8192 };

struct stream_topic {
    stream_topic *next; /* of the same bucket */
    stream **streams;   /* in no order */
    unsigned count, room, len;
    char at[];
};

struct stream {
    connection *c;
    stream *next, **at; /* of those that are due; null: it is not */
    unsigned held_count, count;
    event *held[STREAM_HELD_MAX]; /* the oldest first */
    stream_topic *topics[];
};

void event_release(event *e)
{
    if (--e->uses == 0)
        arena_give_back(e);
}

/* -- topics -------------------------------------------------------------------------------------------- */
static stream_topic **find(const streams *all, str topic)
{
    stream_topic **t = &all->topics[str_hash(topic) % TOPIC_BUCKETS];
    while (*t && !str_equal(topic, (str){ (*t)->at, (*t)->len }))
        t = &(*t)->next;
    return t;
}

static stream_topic *topic_new(str name)
{
    stream_topic *t = malloc(sizeof *t + name.len);
    if (!t)
        return NULL;
    *t = (stream_topic){ .len = (unsigned)name.len };
    memcpy(t->at, name.at, name.len);
    return t;
}

static stream_topic *topic_of(streams *all, str name)
{
    stream_topic **t = find(all, name);
    if (!*t)
        *t = topic_new(name);
    return *t;
}

static void drop_if_empty(streams *all, stream_topic *t)
{
    if (t->count)
        return;
    *find(all, (str){ t->at, t->len }) = t->next;
    arena_give_back(t->streams);
    arena_give_back(t);
}

/* The last one takes its place: whoever goes through them from the end misses none. */
static void leave(streams *all, stream *s, stream_topic *t)
{
    unsigned i = t->count;
    while (t->streams[--i] != s)
        continue;
    t->streams[i] = t->streams[--t->count];
    drop_if_empty(all, t);
}

static bool make_room(stream_topic *t)
{
    if (t->count < t->room)
        return true;
    unsigned room = t->room + t->room / 4 + 1;
    stream **to = realloc(t->streams, room * sizeof(stream *));
    if (!to)
        return false;
    t->streams = to;
    t->room = room;
    return true;
}

/* Once, however often it is named. */
static bool join(streams *all, stream *s, str topic)
{
    stream_topic *t = topic_of(all, topic);
    if (!t)
        return false;
    for (unsigned i = 0; i < s->count; i++)
        if (s->topics[i] == t)
            return true;
    if (!make_room(t)) {
        drop_if_empty(all, t);
        return false;
    }
    t->streams[t->count++] = s;
    s->topics[s->count++] = t;
    return true;
}

/* -- those that are due -------------------------------------------------------------------------------- */
static void be_due(streams *all, stream *s)
{
    s->next = NULL;
    s->at = all->last_due;
    *all->last_due = s;
    all->last_due = &s->next;
    atomic_fetch_add(&all->due_count, 1);
}

static void be_due_no_more(streams *all, stream *s)
{
    *s->at = s->next;
    if (s->next)
        s->next->at = s->at;
    else
        all->last_due = s->at;
    s->at = NULL;
    atomic_fetch_sub(&all->due_count, 1);
}

/* The connection may end by it, and the stream with it. */
static void send_held(streams *all, stream *s)
{
    event *held[STREAM_HELD_MAX];
    unsigned count = s->held_count;
    for (unsigned i = 0; i < count; i++)
        held[i] = s->held[i];
    s->held_count = 0;
    be_due_no_more(all, s);
    connection_send_events(s->c, held, count);
    for (unsigned i = 0; i < count; i++)
        event_release(held[i]);
}

static void hold(streams *all, stream *s, event *e)
{
    if (!s->at)
        be_due(all, s);
    s->held[s->held_count++] = e;
    e->uses++;
    if (s->held_count == STREAM_HELD_MAX)
        send_held(all, s);
}

/* -- streams ------------------------------------------------------------------------------------------- */
static bool begin(streams *all)
{
    if (!all->topics)
        all->topics = calloc(TOPIC_BUCKETS, sizeof(stream_topic *));
    if (!all->last_due)
        all->last_due = &all->due;
    return all->topics;
}

stream *streams_add(streams *all, connection *c, str topics)
{
    size_t count = 0;
    str rest = topics, topic;
    while (rest.len && str_split(&rest, ' ', &topic))
        count++;
    stream *s = begin(all) ? malloc(sizeof *s + count * sizeof(stream_topic *)) : NULL;
    if (!s)
        return NULL;
    *s = (stream){ .c = c };
    for (rest = topics; rest.len && str_split(&rest, ' ', &topic);)
        if (!join(all, s, topic)) {
            streams_remove(all, s);
            return NULL;
        }
    return s;
}

void streams_remove(streams *all, stream *s)
{
    if (s->at)
        be_due_no_more(all, s);
    for (unsigned i = 0; i < s->held_count; i++)
        event_release(s->held[i]);
    for (unsigned i = 0; i < s->count; i++)
        leave(all, s, s->topics[i]);
    arena_give_back(s);
}

void streams_hear(streams *all, event *e)
{
    str topic = { e->at, e->topic_len };
    stream_topic *t = all->topics ? *find(all, topic) : NULL;
    for (unsigned i = t ? t->count : 0; i-- > 0;) {
        bool last = t->count == 1; /* its end takes the topic away */
        if (e->ends)
            connection_end(t->streams[i]->c);
        else
            hold(all, t->streams[i], e);
        if (last)
            return;
    }
}

bool streams_send(streams *all, size_t most)
{
    while (all->due && most-- > 0)
        send_held(all, all->due);
    return all->due;
}

void streams_close(streams *all)
{
    arena_give_back(all->topics);
    all->topics = NULL;
}

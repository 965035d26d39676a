#include "command/roster_told.h"

#include "base/civil.h"
#include "command/message.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { NAMED_MAX = 3 }; /* of more changes the number is told; the own page has them all */

typedef struct telling {
    int64_t roster;
    rows about, needs;
    map *need_at; /* id of a need: its row */
    str channel, signature, place;
    const roster_news *all;
    size_t *first, people; /* where each person's news begin; one more: the end */
    int64_t *messages;
    size_t message_count;
} telling;

static str id_text(context *c, int64_t id)
{
    return text_format(c->a, "%lld", (long long)id);
}

static size_t need_row(context *c, const telling *t, const roster_news *n)
{
    int64_t at = 0;
    bool known = map_get(t->need_at, id_text(c, n->need_id), &at);
    assert(known); /* a draft holds needs of its days alone */
    return (size_t)at;
}

/* 2月8日08:00–12:00南门. What passes midnight is said by its own hours, as in a reminder. */
static str say_need(context *c, const telling *t, size_t i)
{
    civil_day on = 0;
    civil_day_read(rows_text(&t->needs, i, "starts_on"), &on);
    return words_get(c->a, c->lang, "message.roster.need",
                     VALUES({ "day", message_day(c, on) }, { "from", civil_time_text(c->a, (int)rows_int(&t->needs, i, "start_minute")) },
                            { "to", civil_time_text(c->a, (int)rows_int(&t->needs, i, "end_minute")) },
                            { "post", rows_text(&t->needs, i, "post") }));
}

static str say_changes(context *c, const telling *t, size_t from, size_t to)
{
    str all = { 0 };
    for (size_t i = from; i < to && i < from + NAMED_MAX; i++) {
        str one = words_get(c->a, c->lang, text_format(c->a, "message.roster.%s", t->all[i].change).at,
                            VALUES({ "need", say_need(c, t, need_row(c, t, &t->all[i])) }));
        all = all.len ? words_get(c->a, c->lang, "message.roster.and", VALUES({ "all", all }, { "one", one })) : one;
    }
    if (to - from <= NAMED_MAX)
        return all;
    return words_get(c->a, c->lang, "message.roster.more",
                     VALUES({ "all", all }, { "n", text_format(c->a, "%zu", to - from - NAMED_MAX) }));
}

static str text_for(context *c, const telling *t, size_t from, size_t to, str name)
{
    bool comes = false;
    for (size_t i = from; i < to; i++)
        comes = comes || strcmp(t->all[i].change, "removed") != 0;
    str contact = message_contact(c, rows_text(&t->about, 0, "contact"), rows_text(&t->about, 0, "contact_phone"));
    const char *end = !comes ? "message.roster.thanks" : contact.len ? "message.roster.if_not" : "message.roster.if_not_leader";
    return str_trim(words_get(c->a, c->lang, "message.roster",
                              VALUES({ "signature", t->signature }, { "name", name }, { "place", t->place },
                                     { "version", id_text(c, rows_int(&t->about, 0, "version")) },
                                     { "changes", say_changes(c, t, from, to) },
                                     { "end", words_get(c->a, c->lang, end, VALUES({ "contact", contact })) })));
}

/* Who has no telephone stands in the view roster_change as not told. */
static err *tell_one(context *c, void *of, size_t i)
{
    telling *t = of;
    rows p = { 0 };
    int64_t person = t->all[t->first[i]].person_id;
    TRY(query(c, "roster.told_person", NAMED({ "person", V_INT(person) }), &p));
    if (!p.count)
        return NULL;
    return message_prepare(c, t->channel, person, STR("roster"), t->roster,
                           text_for(c, t, t->first[i], t->first[i + 1], rows_text(&p, 0, "name")), &t->messages[t->message_count++]);
}

static int by_person(const void *x, const void *y)
{
    const roster_news *a = x, *b = y;
    if (a->person_id != b->person_id)
        return a->person_id < b->person_id ? -1 : 1;
    if (a->starts_at != b->starts_at)
        return a->starts_at < b->starts_at ? -1 : 1;
    return a->need_id < b->need_id ? -1 : a->need_id > b->need_id;
}

static void split(context *c, telling *t, roster_news *all, size_t count)
{
    qsort(all, count, sizeof *all, by_person);
    t->first = arena_many(c->a, size_t, count + 1);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || all[i].person_id != all[i - 1].person_id)
            t->first[t->people++] = i;
    t->first[t->people] = count;
}

static err *load(context *c, telling *t)
{
    TRY(query(c, "roster.told_about", NAMED({ "roster", V_INT(t->roster) }), &t->about));
    TRY(query(c, "roster.told_needs", NAMED({ "roster", V_INT(t->roster) }), &t->needs));
    t->need_at = map_new(c->a);
    for (size_t i = 0; i < t->needs.count; i++)
        map_put(t->need_at, id_text(c, rows_int(&t->needs, i, "id")), (int64_t)i);
    t->place = community_short(c, rows_text(&t->about, 0, "community"));
    return message_signature(c, rows_int(&t->about, 0, "operation_id"), &t->signature);
}

err *roster_tell(context *c, int64_t roster, str channel, roster_news *all, size_t count)
{
    telling t = { .roster = roster, .all = all };
    TRY(message_channel(c, channel, &t.channel));
    t.messages = arena_many(c->a, int64_t, count + 1);
    if (count && t.channel.len) {
        TRY(load(c, &t));
        split(c, &t, all, count);
        TRY(each(c, t.people, tell_one, &t));
    }
    command_ids(c, "ids", t.messages, t.message_count);
    return NULL;
}

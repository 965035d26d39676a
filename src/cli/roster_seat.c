/* One seat of a roster: why this person, who would have been next, and who could come instead, in order. */
#include "cli/roster_tell.h"

#include <stdio.h>

static void say(const telling *t, const char *key, const word_value *values)
{
    printf("%.*s\n", STR_ARG(words_get(t->a, t->lang, key, values)));
}

static str number(const telling *t, int64_t n)
{
    return telling_number(t->a, n);
}

static const char *part_key(const telling *t, roster_part part)
{
    return str_z(t->a, text_format(t->a, "roster.part.%s", roster_part_name(part)));
}

static void say_why(const telling *t, const roster_here *h)
{
    const char *key = h->locked ? "roster.seat.locked" : !h->next ? "roster.seat.only"
                      : h->by < 0 ? "roster.seat.better" : "roster.seat.next";
    str other = h->next ? t->names.people[h->other.person] : STR("");
    say(t, key,
        VALUES({ "person", t->names.people[h->person] }, { "need", t->names.needs[h->need] },
               { "able", number(t, (int64_t)h->able) }, { "other", other },
               { "part", words_get(t->a, t->lang, part_key(t, h->part), NULL) }));
}

static void put_piece(const telling *t, text *out, const char *key, const word_value *values)
{
    if (out->len) {
        words_put(out, t->lang, "roster.name_join", NULL);
        text_put_z(out, t->lang == WORDS_EN ? " " : "");
    }
    words_put(out, t->lang, key, values);
}

static str pieces_of(const telling *t, const roster_substitute *x)
{
    text out = text_begin(t->a);
    int64_t changes = x->after.at[3] - t->s.cost.at[3];
    put_piece(t, &out, x->free_that_day ? "roster.seat.free_day" : "roster.seat.busy_day", NULL);
    put_piece(t, &out, "roster.seat.hours", VALUES({ "hours", number(t, x->minutes / 60) }));
    if (x->distance_km)
        put_piece(t, &out, "roster.seat.km", VALUES({ "km", number(t, x->distance_km) }));
    if (x->wish)
        put_piece(t, &out, x->wish > 0 ? "roster.seat.glad" : "roster.seat.unwilling", NULL);
    if (changes)
        put_piece(t, &out, "roster.seat.told", VALUES({ "changes", number(t, changes) }));
    return text_done(&out);
}

static void say_substitute(const telling *t, const roster_substitute *x)
{
    const char *why = str_z(t->a, text_format(t->a, "roster.why.%s", roster_reason_name(x->why.reason)));
    const char *key = !x->able ? "roster.seat.blocked" : x->gives_up < 0 ? "roster.seat.free" : "roster.seat.gives_up";
    str duty = x->gives_up < 0 ? STR("") : t->names.needs[x->gives_up];
    printf("  ");
    say(t, key,
        VALUES({ "person", t->names.people[x->person] }, { "duty", duty }, { "pieces", pieces_of(t, x) },
               { "reason", words_get(t->a, t->lang, why, NULL) }));
}

void telling_say_seat(const telling *t)
{
    const roster_here h = roster_why_here(t->a, t->p, &t->s, t->seat, t->need);
    roster_substitutes list = roster_substitutes_of(t->a, t->p, &t->s, t->need, t->seat);
    say_why(t, &h);
    say(t, "roster.seat.substitutes", VALUES({ "able", number(t, (int64_t)list.able) }));
    for (size_t i = 0; i < list.count; i++)
        say_substitute(t, &list.at[i]);
}

static void put_substitute(const telling *t, json *j, const roster_substitute *x)
{
    json_open(j, '{');
    telling_put_number(j, "person", t->p->people[x->person].tag);
    telling_put_word(j, "reason", roster_reason_name(x->why.reason));
    json_key(j, "able");
    json_bool(j, x->able);
    if (x->gives_up >= 0)
        telling_put_number(j, "gives_up", t->p->needs[x->gives_up].tag);
    if (x->why.other_need >= 0)
        telling_put_number(j, "other_need", t->p->needs[x->why.other_need].tag);
    json_key(j, "free_that_day");
    json_bool(j, x->free_that_day);
    telling_put_number(j, "minutes", x->minutes);
    telling_put_number(j, "distance_km", x->distance_km);
    telling_put_number(j, "wish", x->wish);
    if (x->able)
        telling_put_cost(j, "after", &x->after);
    json_close(j, '}');
}

void telling_put_seat(const telling *t, json *j)
{
    const roster_here h = roster_why_here(t->a, t->p, &t->s, t->seat, t->need);
    roster_substitutes list = roster_substitutes_of(t->a, t->p, &t->s, t->need, t->seat);
    json_open(j, '{');
    telling_put_number(j, "person", t->p->people[h.person].tag);
    telling_put_number(j, "need", t->p->needs[h.need].tag);
    json_key(j, "locked");
    json_bool(j, h.locked);
    telling_put_number(j, "told", h.told);
    telling_put_number(j, "able", (int64_t)h.able);
    if (h.next) {
        telling_put_number(j, "next", t->p->people[h.other.person].tag);
        telling_put_word(j, "part", roster_part_name(h.part));
        telling_put_number(j, "by", h.by);
    }
    json_key(j, "substitutes");
    json_open(j, '[');
    for (size_t i = 0; i < list.count; i++)
        put_substitute(t, j, &list.at[i]);
    json_close(j, ']');
    json_close(j, '}');
}

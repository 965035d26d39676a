#include "job/placing.h"

#include "base/json.h"

static void put_text(json_t *row, const char *name, str s)
{
    if (s.len)
        json_object_set_new(row, name, json_text(s));
}

/* "320303001001 柳堤街道东塘社区; ...": what somebody chooses from in the queue. */
static str candidates_text(const placing *p, const place_result *r)
{
    text t = text_begin(p->a);
    for (size_t i = 0; i < r->candidate_count; i++) {
        int64_t n;
        if (!map_get(p->by_code, r->candidates[i].code, &n))
            continue;
        text_printf(&t, "%s%.*s %.*s", t.len ? "; " : "", STR_ARG(r->candidates[i].code), STR_ARG(p->names[n]));
    }
    return text_done(&t);
}

static json_t *row_of(const placing *p, int64_t person, const place_result *r)
{
    json_t *row = json_object();
    bool accepted = r->decision == PLACE_ACCEPT;
    json_object_set_new(row, "person", json_id(p->a, person));
    json_object_set_new(row, "state", json_string(!accepted ? "queued" : r->code.len ? "placed" : "outside"));
    json_object_set_new(row, "reasons", json_text(words_get(p->a, p->lang, place_cause_key(r->cause), NULL)));
    put_text(row, "text_key", r->text_key);
    if (accepted) {
        put_text(row, "community_code", r->code);
        if (r->tag && r->code.len)
            json_object_set_new(row, "compound", json_id(p->a, r->tag));
        json_object_set_new(row, "settled", json_boolean(r->cause == PLACE_BY_RULE));
    } else {
        put_text(row, "candidates", candidates_text(p, r));
        put_text(row, "suggested_code", r->code);
    }
    return row;
}

json_t *placing_row(const placing *p, int64_t person, const sheet_person *s)
{
    str address = s->address;
    place_result found = { 0 };
    if (s->compound.len && str_find(address, s->compound) < 0)
        address = text_format(p->a, "%.*s%.*s", STR_ARG(address), STR_ARG(s->compound));
    place_match(p->index, p->a, address, s->community, s->subdistrict, &found);
    return row_of(p, person, &found);
}

/* 东塘社区居委会, 东塘社区 and 东塘 are one name; the endings stand in the words of the place room. */
bool placing_same_community(str table, str asked)
{
    if (str_equal(table, asked))
        return true;
    str longer = table.len > asked.len ? table : asked;
    str shorter = table.len > asked.len ? asked : table;
    return shorter.len >= 6 && str_starts(longer, shorter) && place_is_ending(str_from(longer, shorter.len));
}

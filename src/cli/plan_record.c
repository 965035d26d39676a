/* The records of a plan's files, whatever their kind: where each stands, what it is known by, which of them repeat. */
#include "base/file.h"
#include "base/limits.h"
#include "cli/plan.h"

#include <sodium.h>

const sheet_origin *plan_origin(const plan *p, const plan_file *f, size_t i)
{
    size_t at = f->first + i;
    switch (f->kind) {
    case SHEET_PEOPLE:
        return &p->people.list.at[at].from;
    case SHEET_NEEDS:
        return &p->needs.list.at[at].from;
    case SHEET_AVAILABILITY:
        return &p->availability.list.at[at].from;
    case SHEET_ORGS:
        return &p->orgs.list.at[at].from;
    case SHEET_DIVISIONS:
        return &p->communities.list.at[at].from;
    default:
        return &p->gazetteer.list.at[at].from;
    }
}

str plan_person_key(plan *p, const sheet_person *s)
{
    str rest = s->phone.len ? s->phone : s->address.len ? s->address : s->org_path;
    return text_format(p->a, "%.*s/%.*s", STR_ARG(s->name), STR_ARG(rest));
}

static str need_key(plan *p, const sheet_need *n)
{
    text t = text_begin(p->a);
    text_printf(&t, "%.*s/%.*s/%.*s", STR_ARG(n->subdistrict), STR_ARG(n->community), STR_ARG(n->post));
    for (size_t i = 0; i < n->gates.count; i++)
        text_printf(&t, "/%.*s", STR_ARG(n->gates.at[i]));
    for (size_t i = 0; i < n->shifts.count; i++)
        text_printf(&t, " %d-%d", n->shifts.at[i].begin_minute, n->shifts.at[i].end_minute);
    for (size_t i = 0; i < n->days.list.count; i++)
        text_printf(&t, " %d", (int)n->days.list.at[i]);
    return text_done(&t);
}

static str place_key(plan *p, const sheet_place *s, int64_t compound)
{
    text t = text_begin(p->a);
    text_printf(&t, "%lld", (long long)compound);
    if (compound < 0)
        text_printf(&t, "/%.*s%.*s/%.*s", STR_ARG(s->community_code), STR_ARG(s->community), STR_ARG(s->name));
    for (size_t i = 0; i < s->aliases.count; i++)
        text_printf(&t, "/%.*s", STR_ARG(s->aliases.at[i]));
    for (size_t i = 0; i < s->ranges.count; i++)
        text_printf(&t, " %d-%d %d", s->ranges.at[i].from, s->ranges.at[i].to, s->ranges.at[i].side);
    return text_done(&t);
}

/* Two records with one key say the same. */
static str key_of(plan *p, const plan_file *f, size_t i)
{
    size_t at = f->first + i;
    const sheet_available *v;
    switch (f->kind) {
    case SHEET_PEOPLE:
        return plan_person_key(p, &p->people.list.at[at]);
    case SHEET_NEEDS:
        return need_key(p, &p->needs.list.at[at]);
    case SHEET_AVAILABILITY:
        v = &p->availability.list.at[at];
        return text_format(p->a, "%.*s/%.*s/%d/%d-%d", STR_ARG(v->name), STR_ARG(v->phone), (int)v->day, v->begin_minute,
                           v->end_minute);
    case SHEET_ORGS:
        return text_format(p->a, "%.*s/%.*s", STR_ARG(p->orgs.list.at[at].parent), STR_ARG(p->orgs.list.at[at].name));
    case SHEET_DIVISIONS:
        return p->community_codes.at[at];
    default:
        return place_key(p, &p->gazetteer.list.at[at], p->compound_of.at[at]);
    }
}

static void mark_file(plan *p, plan_file *f, map *seen)
{
    f->repeats = arena_many(p->a, bool, f->record_count + 1);
    for (size_t i = 0; i < f->record_count; i++) {
        str key = text_format(p->a, "%d:%.*s", (int)f->kind, STR_ARG(key_of(p, f, i)));
        f->repeats[i] = map_get(seen, key, NULL);
        f->duplicates += f->repeats[i];
        map_put(seen, key, 1);
    }
}

static err *hash_file(plan *p, plan_file *f)
{
    unsigned char hash[crypto_generichash_BYTES];
    char hex[2 * sizeof hash + 1];
    str bytes;
    TRY(file_read(p->a, f->path, SHEET_MAX_BYTES, &bytes));
    crypto_generichash(hash, sizeof hash, (const unsigned char *)bytes.at, bytes.len, NULL, 0);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    f->hash = str_copy(p->a, str_of(hex));
    return NULL;
}

err *plan_records(plan *p)
{
    map *seen = map_new(p->a);
    for (size_t i = 0; i < p->files.count; i++) {
        TRY(hash_file(p, &p->files.at[i]));
        mark_file(p, &p->files.at[i], seen);
    }
    return NULL;
}

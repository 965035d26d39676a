#include "cli/roster_tell.h"

void telling_put_number(json *j, const char *key, int64_t n)
{
    json_key(j, key);
    json_int(j, n);
}

void telling_put_word(json *j, const char *key, const char *word)
{
    json_key(j, key);
    json_str(j, str_of(word));
}

void telling_put_cost(json *j, const char *key, const roster_cost *c)
{
    json_key(j, key);
    json_open(j, '[');
    for (int i = 0; i < ROSTER_LEVELS; i++)
        json_int(j, c->at[i]);
    json_close(j, ']');
}

/* A new person of a lever is "new": 1, 2. */
static void put_duties(const telling *t, json *j, const char *key, const roster_duty *duties, size_t count)
{
    json_key(j, key);
    json_open(j, '[');
    for (size_t i = 0; i < count; i++) {
        int beyond = duties[i].person - (int)t->p->person_count;
        json_open(j, '{');
        telling_put_number(j, beyond < 0 ? "person" : "new", beyond < 0 ? t->p->people[duties[i].person].tag : beyond + 1);
        telling_put_number(j, "need", t->p->needs[duties[i].need].tag);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_ledger(const telling *t, json *j, const roster_explanation *x)
{
    json_key(j, "ledger");
    json_open(j, '[');
    for (size_t i = 0; i < x->why_count; i++) {
        const roster_why *w = &x->why[i];
        json_open(j, '{');
        telling_put_number(j, "person", t->p->people[w->person].tag);
        telling_put_word(j, "reason", roster_reason_name(w->reason));
        if (w->other_need >= 0)
            telling_put_number(j, "other_need", t->p->needs[w->other_need].tag);
        if (w->other_person >= 0)
            telling_put_number(j, "other_person", t->p->people[w->other_person].tag);
        if (w->max) {
            telling_put_number(j, "value", w->value);
            telling_put_number(j, "max", w->max);
        }
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_certificate(const telling *t, json *j, const roster_certificate *c)
{
    json_key(j, "certificate");
    json_open(j, '{');
    json_key(j, "prices");
    json_open(j, '[');
    for (size_t i = 0; i < c->count; i++) {
        json_open(j, '{');
        telling_put_number(j, "need", t->p->needs[c->needs[i]].tag);
        telling_put_number(j, "price", c->prices[i]);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_key(j, "lines");
    json_open(j, '[');
    for (size_t i = 0; i < t->p->person_count; i++) {
        json_open(j, '{');
        telling_put_number(j, "person", t->p->people[i].tag);
        telling_put_number(j, "worth", c->lines[i]);
        json_close(j, '}');
    }
    json_close(j, ']');
    telling_put_number(j, "wanted", c->wanted);
    telling_put_number(j, "able", c->able);
    telling_put_number(j, "shortage", c->shortage);
    telling_put_number(j, "price_max", c->price_max);
    telling_put_number(j, "sure", c->sure);
    telling_put_number(j, "missing", c->missing);
    json_close(j, '}');
}

static void put_lever(const telling *t, json *j, const roster_lever *x)
{
    static const char *const kinds[] = { "swap", "limit", "hour", "borrowed", "person" };
    json_open(j, '{');
    telling_put_word(j, "kind", kinds[x->kind]);
    telling_put_number(j, "cost", x->cost);
    if (x->person >= 0)
        telling_put_number(j, "person", t->p->people[x->person].tag);
    if (x->kind == ROSTER_LEVER_LIMIT) {
        telling_put_word(j, "rule", roster_reason_name(x->rule));
        telling_put_number(j, "old", x->old_value);
        telling_put_number(j, "new", x->new_value);
    } else if (x->kind == ROSTER_LEVER_HOUR) {
        telling_put_number(j, "start", x->start_minute);
        telling_put_number(j, "end", x->end_minute);
    } else if (x->kind == ROSTER_LEVER_PERSON) {
        telling_put_number(j, "people", x->people);
    }
    put_duties(t, j, "remove", x->remove, x->remove_count);
    put_duties(t, j, "add", x->add, x->add_count);
    telling_put_cost(j, "before", &x->before);
    telling_put_cost(j, "after", &x->after);
    json_close(j, '}');
}

void telling_put_need(const telling *t, json *j, const roster_explanation *x)
{
    json_open(j, '{');
    telling_put_number(j, "need", t->p->needs[x->need].tag);
    telling_put_number(j, "missing", x->missing);
    telling_put_number(j, "eligible", x->eligible);
    telling_put_number(j, "there", x->there);
    json_key(j, "counts");
    json_open(j, '{');
    for (int r = 0; r < ROSTER_REASON_COUNT; r++) {
        if (x->counts[r])
            telling_put_number(j, roster_reason_name((roster_reason)r), x->counts[r]);
    }
    json_close(j, '}');
    put_ledger(t, j, x);
    if (x->certificate)
        put_certificate(t, j, x->certificate);
    telling_put_word(j, "verdict", x->proven ? "proven" : "open");
    telling_put_number(j, "possible", x->possible);
    json_key(j, "levers");
    json_open(j, '[');
    for (int i = 0; i < x->lever_count; i++)
        put_lever(t, j, &x->levers[i]);
    json_close(j, ']');
    json_close(j, '}');
}

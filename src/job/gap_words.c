#include "job/gap_words.h"

/* Chinese sentences follow each other without a space. */
static void put_space(const gap_names *n, text *t)
{
    if (t->len && n->lang == WORDS_EN)
        text_put_z(t, " ");
}

static str number(arena *a, int64_t n)
{
    return text_format(a, "%lld", (long long)n);
}

/* Those whom the reason stops, by name. */
static str names_of(arena *a, const gap_names *n, const roster_explanation *x, roster_reason r)
{
    text t = text_begin(a);
    for (size_t i = 0; i < x->why_count; i++) {
        if (x->why[i].reason != r)
            continue;
        if (t.len)
            words_put(&t, n->lang, "roster.name_join", NULL);
        put_space(n, &t);
        text_put(&t, n->people[x->why[i].person]);
    }
    return text_done(&t);
}

static void put_reason(arena *a, const gap_names *n, text *t, const roster_explanation *x, roster_reason r)
{
    const char *why = str_z(a, text_format(a, "roster.why.%s", roster_reason_name(r)));
    str reason = words_get(a, n->lang, why, NULL), count = number(a, x->counts[r]);
    if (r != ROSTER_CARE && (size_t)x->counts[r] <= n->named_max)
        words_put(t, n->lang, "roster.gap_reason", VALUES({ "people", names_of(a, n, x, r) }, { "reason", reason }));
    else
        words_put(t, n->lang, "roster.gap_count", VALUES({ "count", count }, { "n", count }, { "reason", reason }));
}

static str reason_words(arena *a, const gap_names *n, const roster_explanation *x)
{
    text t = text_begin(a);
    for (int r = ROSTER_FREE; r < ROSTER_REASON_COUNT; r++) {
        if (x->counts[r] == 0)
            continue;
        if (t.len)
            words_put(&t, n->lang, "roster.gap_join", NULL);
        put_space(n, &t);
        put_reason(a, n, &t, x, (roster_reason)r);
    }
    return text_done(&t);
}

static str limit_words(arena *a, const gap_names *n, const roster_lever *x)
{
    bool hours = x->rule == ROSTER_MINUTES_DAY || x->rule == ROSTER_MINUTES_WEEK || x->rule == ROSTER_MINUTES_ALL;
    int value = hours ? (x->new_value + 59) / 60 : x->new_value;
    const char *key = str_z(a, text_format(a, "roster.lever.%s", roster_reason_name(x->rule)));
    return words_get(a, n->lang, key, VALUES({ "person", n->people[x->person] }, { "value", number(a, value) }));
}

static str clock_words(arena *a, int minute)
{
    return text_format(a, "%02d:%02d", minute / 60 % 24, minute % 60);
}

str gap_lever_words(arena *a, const gap_names *n, const roster_lever *x)
{
    switch (x->kind) {
    case ROSTER_LEVER_SWAP:
        return words_get(a, n->lang, "roster.lever.swap", NULL);
    case ROSTER_LEVER_LIMIT:
        return limit_words(a, n, x);
    case ROSTER_LEVER_HOUR:
        return words_get(a, n->lang, "roster.lever.hour",
                         VALUES({ "from", clock_words(a, x->start_minute) }, { "to", clock_words(a, x->end_minute) }));
    case ROSTER_LEVER_BORROWED:
        return words_get(a, n->lang, "roster.lever.borrowed", VALUES({ "person", n->people[x->person] }));
    case ROSTER_LEVER_PERSON:
        break;
    }
    return words_get(a, n->lang, x->people > 1 ? "roster.lever.persons" : "roster.lever.person",
                     VALUES({ "people", number(a, x->people) }));
}

/* A sentence of its own for each part that would be empty. */
static const char *gap_key(const roster_explanation *x, str reasons)
{
    if (!x->eligible)
        return "roster.gap_nobody";
    if (reasons.len)
        return x->there ? "roster.gap" : "roster.gap_reasons";
    return x->there ? "roster.gap_there" : "roster.gap_free";
}

str gap_sentence(arena *a, const gap_names *n, const roster_explanation *x)
{
    text t = text_begin(a);
    str reasons = reason_words(a, n, x);
    words_put(&t, n->lang, gap_key(x, reasons),
              VALUES({ "need", n->needs[x->need] }, { "missing", number(a, x->missing) },
                     { "eligible", number(a, x->eligible) }, { "there", number(a, x->there) }, { "reasons", reasons }));
    put_space(n, &t);
    if (x->proven)
        words_put(&t, n->lang, "roster.gap_proven", NULL);
    else if (x->possible > 0)
        words_put(&t, n->lang, "roster.gap_open", VALUES({ "possible", number(a, x->possible) }));
    return text_done(&t);
}

str gap_words(arena *a, const gap_names *n, const roster_explanation *x)
{
    text t = text_begin(a);
    text_put(&t, gap_sentence(a, n, x));
    for (int i = 0; i < x->lever_count; i++) {
        put_space(n, &t);
        text_put(&t, gap_lever_words(a, n, &x->levers[i]));
    }
    return text_done(&t);
}

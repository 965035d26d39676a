#include "job/chain.h"

#include "base/text.h"

/* The signs and spaces between the letters of a name do not count: 李 敏 is 李敏. Where it ends, or 0. */
static size_t name_ends(str line, size_t from, str name)
{
    size_t i = from, n = 0;
    while (n < name.len) {
        uint32_t want = str_rune(name, &n);
        if (chain_is_mark(want))
            continue;
        uint32_t have = 0;
        do {
            if (i >= line.len)
                return 0;
            have = str_rune(line, &i);
        } while (chain_is_mark(have) && i > from + 1);
        if (have != want)
            return 0;
    }
    return i;
}

/* What may stand behind a name; anything else could be one more sign of a longer one. */
static bool goes_on_well(str line, size_t at)
{
    static const char *const words[] = { "能", "可", "来", "周", "白", "夜", "全", "报", "参", "收", "都", "早", "晚", "上", "下" };
    if (at >= line.len)
        return true;
    size_t next = at;
    uint32_t c = str_rune(line, &next);
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_starts(str_from(line, at), str_of(words[i])))
            return true;
    return c < 0x80 || chain_is_mark(c) || c >= 0x1F000 || (c >= 0x2190 && c <= 0x2BFF); /* signs and pictures */
}

static bool says_no(str line)
{
    static const char *const words[] = { "不", "没", "请假", "困难", "隔离", "外地", "来不了" };
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_find(line, str_of(words[i])) >= 0)
            return true;
    return false;
}

/* -- one name ------------------------------------------------------------------------------------------ */
typedef struct found {
    size_t person; /* count: nobody */
    size_t ends;   /* the longest name wins */
    bool several, first;
} found;

typedef struct matching {
    arena *a;
    const chain_person *people;
    size_t count;
    map *seen;
    chain_matches *out;
} matching;

/* Of two of one name the four digits in the line decide, if they are of one of them alone. */
static void take(const matching *m, const chain_line *l, size_t i, size_t ends, found *f)
{
    bool same = ends == f->ends && f->person != m->count && f->person != i, mine = l->tail.len && str_equal(m->people[i].tail, l->tail);
    bool theirs = same && l->tail.len && str_equal(m->people[f->person].tail, l->tail);
    if (same && theirs && !mine)
        return;
    f->several = same && mine == theirs;
    f->person = i;
    f->ends = ends;
}

static void try_at(const matching *m, const chain_line *l, size_t at, found *f)
{
    for (size_t i = 0; i < m->count; i++) {
        size_t ends = m->people[i].answers ? name_ends(l->text, at, m->people[i].name) : 0;
        if (!ends || ends < f->ends)
            continue;
        take(m, l, i, ends, f);
        f->first = at == 0;
    }
}

static void put(matching *m, const chain_line *l, const found *f, bool odd)
{
    chain_match *x = list_add(m->a, m->out);
    *x = (chain_match){ .line = *l, .person = f->person, .odd = odd };
    str key = text_format(m->a, "%zu", f->person);
    if (f->person == m->count)
        x->verdict = CHAIN_NOBODY;
    else if (f->several)
        x->verdict = CHAIN_SEVERAL;
    else if (map_get(m->seen, key, NULL))
        x->verdict = CHAIN_AGAIN;
    else if (l->cancelled || says_no(str_from(l->text, f->ends)))
        x->verdict = CHAIN_NO;
    else
        x->verdict = odd || m->people[f->person].kept ? CHAIN_TO_LOOK : CHAIN_SURE;
    if (f->person != m->count && !f->several)
        map_put(m->seen, key, 1);
}

/* Between two names stands a sign alone, or 和. */
static size_t next_name(str line, size_t at)
{
    static const char *const words[] = { "和", "与", "及" };
    size_t i = at;
    for (size_t next = i; i < line.len && chain_is_mark(str_rune(line, &next)); i = next)
        continue;
    for (size_t k = 0; k < COUNT(words); k++)
        if (str_starts(str_from(line, i), str_of(words[k])))
            i += str_of(words[k]).len;
    return i > at ? i : line.len;
}

/* At the beginning of the line; else anywhere in it, which is less sure. */
static void match_line(matching *m, const chain_line *l)
{
    found f = { .person = m->count };
    for (size_t at = 0; at < l->text.len && !f.ends;) {
        try_at(m, l, at, &f);
        str_rune(l->text, &at);
    }
    size_t next = f.ends ? next_name(l->text, f.ends) : l->text.len;
    put(m, l, &f, f.person != m->count && (!f.first || (!goes_on_well(l->text, f.ends) && next == l->text.len)));
    while (next < l->text.len) {
        found more = { .person = m->count };
        try_at(m, l, next, &more);
        if (!more.ends)
            return;
        put(m, l, &more, !f.first || !goes_on_well(l->text, more.ends));
        next = next_name(l->text, more.ends);
    }
}

err *chain_match_all(arena *a, str text, const chain_person *people, size_t count, chain_matches *out)
{
    matching m = { .a = a, .people = people, .count = count, .seen = map_new(a), .out = out };
    chain_line line;
    int lines = 0;
    while (chain_next(a, &text, &line)) {
        if (++lines > CHAIN_LINES_MAX)
            return err_new(a, ERR_INPUT, "chain.long", NULL);
        match_line(&m, &line);
    }
    return lines ? NULL : err_new(a, ERR_INPUT, "chain.empty", NULL);
}

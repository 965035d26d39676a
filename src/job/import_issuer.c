#include "job/import_issuer.h"

enum { NEAR_MAX = 5, NAME_RUNES_MAX = 64, FAR = NAME_RUNES_MAX };

typedef struct runes {
    uint32_t at[NAME_RUNES_MAX];
    size_t count;
} runes;

static runes runes_of(str s)
{
    runes r = { .count = 0 };
    for (size_t i = 0; i < s.len && r.count < NAME_RUNES_MAX;)
        r.at[r.count++] = str_rune(s, &i);
    return r;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many signs are to be put in, left out or changed. */
static size_t distance(str one, str other)
{
    runes x = runes_of(one), y = runes_of(other);
    size_t row[NAME_RUNES_MAX + 1];
    for (size_t k = 0; k <= y.count; k++)
        row[k] = k;
    for (size_t i = 0; i < x.count; i++) {
        size_t corner = row[0];
        row[0] = i + 1;
        for (size_t k = 0; k < y.count; k++) {
            size_t changed = corner + (x.at[i] != y.at[k]);
            corner = row[k + 1];
            row[k + 1] = least(changed, least(row[k], row[k + 1]) + 1);
        }
    }
    return row[y.count];
}

/* One within the other, as 水务局 and 市水务局; or a third of its signs apart. */
static size_t apart(str name, str unit)
{
    if (str_find(name, unit) >= 0 || str_find(unit, name) >= 0)
        return 0;
    size_t d = distance(name, unit);
    return d * 3 <= str_rune_count(name) ? d : FAR;
}

static bool is_listed(const sheet_list *all, str name)
{
    for (size_t i = 0; i < all->count; i++)
        if (str_equal(all->at[i], name))
            return true;
    return false;
}

static void find_near(const import *m, const rows *orgs, import_issuer *out)
{
    for (size_t far = 0; far < FAR && out->near.count < NEAR_MAX; far++)
        for (size_t i = 0; i < orgs->count && out->near.count < NEAR_MAX; i++) {
            str unit = rows_text(orgs, i, "name");
            if (apart(out->name, unit) == far && !is_listed(&out->near, unit))
                *list_add(m->a, &out->near) = unit;
        }
}

err *import_issuer_of(import *m, import_issuer *out)
{
    rows orgs = { 0 };
    *out = (import_issuer){ .known = false };
    if (m->kind != SHEET_PEOPLE || !m->tables.list.count)
        return NULL;
    out->name = sheet_issuer(m->a, &m->tables.list.at[0], &out->where);
    if (!out->name.len)
        return NULL;
    TRY(import_view(m, "org", NULL, &orgs));
    for (size_t i = 0; i < orgs.count; i++)
        out->known = out->known || str_starts(out->name, rows_text(&orgs, i, "name")); /* as org_path takes it */
    if (!out->known)
        find_near(m, &orgs, out);
    return NULL;
}

str import_issuer_where(const import *m, const import_issuer *of)
{
    static const char *const keys[] = { [SHEET_SAID_BY_PERSON] = "import.issuer.said", [SHEET_SAID_IN_LINE] = "import.issuer.line",
                                        [SHEET_SAID_IN_TITLE] = "import.issuer.title", [SHEET_SAID_IN_NAME] = "import.issuer.name" };
    return of->where == SHEET_SAID_NOWHERE ? STR("") : words_get(m->a, m->lang, keys[of->where], NULL);
}

str import_issuer_near(const import *m, const import_issuer *of)
{
    text t = text_begin(m->a);
    for (size_t i = 0; i < of->near.count; i++)
        text_printf(&t, "%s%.*s", i ? " / " : "", STR_ARG(of->near.at[i]));
    return text_done(&t);
}

err *import_issuer_check(import *m)
{
    import_issuer i;
    if (!m->content.issuer.len)
        return NULL;
    TRY(import_issuer_of(m, &i));
    if (i.known || !i.near.count)
        return NULL;
    return err_new(m->a, ERR_INPUT, "import.issuer_unknown", VALUES({ "value", i.name }, { "near", import_issuer_near(m, &i) }));
}

#include "job/org_path.h"

static str name_of(const org_path *node)
{
    return node->path.at[node->path.count - 1];
}

/* 第一支部, or 教育局第一支部 with what it belongs to in front. */
static bool is_called(const org_path *node, str written)
{
    for (size_t i = node->path.count; i-- > 0;) {
        str part = node->path.at[i];
        if (!str_ends(written, part))
            return false;
        written.len -= part.len;
        if (!written.len)
            return true;
    }
    return false; /* longer than all of the path */
}

static bool speaks_of(str written, str name)
{
    return written.len && (str_find(written, name) >= 0 || str_find(name, written) >= 0);
}

/* The unit or one above it is what the person works in, or whose list it is. */
static bool is_within(const org_path *node, const org_written *w)
{
    for (size_t i = 0; i + 1 < node->path.count; i++) {
        if (str_find(w->work_unit, node->path.at[i]) >= 0 || speaks_of(w->issuer, node->path.at[i]))
            return true;
    }
    return false;
}

/*
 * The only unit called so; of several the one unit or issuer speak of. Whoever's list it is has a first branch, too: one
 * of another agency is not it, and be it the only one so far.
 */
static const org_path *by_branch(const org_path *nodes, size_t count, const org_written *w)
{
    const org_path *called = NULL, *within = NULL;
    size_t called_count = 0, within_count = 0;
    for (size_t i = 0; i < count && w->branch.len; i++) {
        const org_path *node = &nodes[i];
        if (!is_called(node, w->branch))
            continue;
        called = node;
        called_count++;
        if (is_within(node, w)) {
            within = node;
            within_count++;
        }
    }
    bool may_be_other = w->issuer.len && called && called->path.count > 1;
    return called_count == 1 && !may_be_other ? called : within_count == 1 ? within : NULL;
}

/* 教育局办公室科员 works in 教育局: the longest name in front. */
static const org_path *by_unit(const org_path *nodes, size_t count, str work_unit)
{
    const org_path *found = NULL;
    for (size_t i = 0; i < count; i++) {
        const org_path *node = &nodes[i];
        if (str_starts(work_unit, name_of(node)) && (!found || name_of(node).len > name_of(found).len))
            found = node;
    }
    return found;
}

/* Null: none, or several of which nothing tells which. in_unit: found by unit or issuer; the branch lies within. */
static const org_path *find(const org_path *nodes, size_t count, const org_written *w, bool *in_unit)
{
    const org_path *node = by_branch(nodes, count, w);
    *in_unit = !node;
    if (!node)
        node = by_unit(nodes, count, w->work_unit);
    return node ? node : by_unit(nodes, count, w->issuer);
}

bool org_path_of(arena *a, const org_path *nodes, size_t count, const org_written *w, sheet_list *out)
{
    bool in_unit;
    const org_path *node = find(nodes, count, w, &in_unit);
    str rest = w->branch, part;
    for (size_t i = 0; node && i < node->path.count; i++)
        *list_add(a, out) = node->path.at[i];
    if (!node && w->issuer.len)
        *list_add(a, out) = w->issuer;
    if (w->issuer.len && str_starts(rest, w->issuer))
        rest = str_from(rest, w->issuer.len);
    while (in_unit && rest.len && str_split(&rest, '/', &part))
        *list_add(a, out) = part;
    return node != NULL;
}

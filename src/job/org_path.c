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

/* The unit or one above it stands in what the person wrote. */
static bool is_within(const org_path *node, str work_unit)
{
    for (size_t i = 0; i + 1 < node->path.count; i++) {
        if (str_find(work_unit, node->path.at[i]) >= 0)
            return true;
    }
    return false;
}

/* The only unit called so; of several the one the work unit speaks of. */
static const org_path *by_branch(const org_path *nodes, size_t count, str branch, str work_unit)
{
    const org_path *called = NULL, *within = NULL;
    size_t called_count = 0, within_count = 0;
    for (size_t i = 0; i < count && branch.len; i++) {
        const org_path *node = &nodes[i];
        if (!is_called(node, branch))
            continue;
        called = node;
        called_count++;
        if (is_within(node, work_unit)) {
            within = node;
            within_count++;
        }
    }
    return called_count == 1 ? called : within_count == 1 ? within : NULL;
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

const org_path *org_path_find(const org_path *nodes, size_t count, str branch, str work_unit, bool *in_unit)
{
    const org_path *node = by_branch(nodes, count, branch, work_unit);
    *in_unit = !node;
    return node ? node : by_unit(nodes, count, work_unit);
}

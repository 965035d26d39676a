/* The organisation sheet of a plan: its tree stored by commands, and people's branch and unit found in it. */
#include "cli/plan.h"

#include <stdlib.h>

enum { ORG_DEPTH_MAX = 6 }; /* a sheet whose units lie in each other ends there */

/* The names from the top down to this row's. */
static void path_of(plan *p, const map *by_name, size_t i, sheet_list *out)
{
    str upward[ORG_DEPTH_MAX];
    size_t count = 0;
    for (int64_t at = (int64_t)i; count < ORG_DEPTH_MAX;) {
        const sheet_org *o = &p->orgs.list.at[at];
        upward[count++] = o->name;
        if (!o->parent.len || str_equal(o->parent, o->name))
            break;
        if (!map_get(by_name, o->parent, &at)) {
            if (count < ORG_DEPTH_MAX)
                upward[count++] = o->parent;
            break;
        }
    }
    while (count)
        *list_add(p->a, out) = upward[--count];
}

static json_t *path_json(const sheet_list *path)
{
    json_t *parts = json_array();
    for (size_t i = 0; i < path->count; i++)
        json_array_append_new(parts, plan_text(path->at[i]));
    return parts;
}

err *plan_store_orgs(plan *p)
{
    map *by_name = map_new(p->a);
    json_t *rows = plan_array(p), *ids = plan_array(p);
    for (size_t i = p->orgs.list.count; i-- > 0;)
        map_put(by_name, p->orgs.list.at[i].name, (int64_t)i); /* of equal names the first is meant as a parent */
    for (size_t i = 0; i < p->orgs.list.count; i++) {
        plan_org node = { 0 };
        path_of(p, by_name, i, &node.path);
        json_t *row = json_object();
        json_object_set_new(row, "path", path_json(&node.path));
        json_array_append_new(rows, row);
        *list_add(p->a, &p->nodes) = node;
    }
    TRY(plan_pieces(p, "org.import", NULL, rows, ids, NULL));
    for (size_t i = 0; i < p->nodes.count && i < json_array_size(ids); i++)
        p->nodes.at[i].id = atoll(json_string_value(json_array_get(ids, i)));
    return NULL;
}

static str name_of(const plan_org *node)
{
    return node->path.at[node->path.count - 1];
}

/* 第一支部, or 教育局第一支部 with what it belongs to in front. */
static bool is_called(const plan_org *node, str written)
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
static bool is_within(const plan_org *node, str work_unit)
{
    for (size_t i = 0; i + 1 < node->path.count; i++) {
        if (str_find(work_unit, node->path.at[i]) >= 0)
            return true;
    }
    return false;
}

/* The only unit called so; of several the one the work unit speaks of. */
static const plan_org *by_branch(const plan *p, const sheet_person *s)
{
    const plan_org *called = NULL, *within = NULL;
    size_t called_count = 0, within_count = 0;
    for (size_t i = 0; i < p->nodes.count && s->org_path.len; i++) {
        const plan_org *node = &p->nodes.at[i];
        if (!is_called(node, s->org_path))
            continue;
        called = node;
        called_count++;
        if (is_within(node, s->work_unit)) {
            within = node;
            within_count++;
        }
    }
    return called_count == 1 ? called : within_count == 1 ? within : NULL;
}

/* 教育局办公室科员 works in 教育局: the longest name in front. */
static const plan_org *by_unit(const plan *p, const sheet_person *s)
{
    const plan_org *found = NULL;
    for (size_t i = 0; i < p->nodes.count; i++) {
        const plan_org *node = &p->nodes.at[i];
        if (str_starts(s->work_unit, name_of(node)) && (!found || name_of(node).len > name_of(found).len))
            found = node;
    }
    return found;
}

json_t *plan_org_path(plan *p, const sheet_person *s)
{
    const plan_org *node = by_branch(p, s);
    bool in_unit = !node;
    if (!node)
        node = by_unit(p, s);
    json_t *path = node ? path_json(&node->path) : json_array();
    str rest = s->org_path, part;
    while (in_unit && rest.len && str_split(&rest, '/', &part)) /* a branch the sheet of units does not name */
        json_array_append_new(path, plan_text(part));
    if (p->nodes.count && (node || s->org_path.len || s->work_unit.len))
        *(node ? &p->attached : &p->unattached) += 1;
    return path;
}

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
        json_array_append_new(parts, json_text(path->at[i]));
    return parts;
}

err *plan_store_orgs(plan *p)
{
    map *by_name = map_new(p->a);
    json_t *rows = plan_array(p), *ids = plan_array(p);
    for (size_t i = p->orgs.list.count; i-- > 0;)
        map_put(by_name, p->orgs.list.at[i].name, (int64_t)i); /* of equal names the first is meant as a parent */
    for (size_t i = 0; i < p->orgs.list.count; i++) {
        org_path node = { 0 };
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

json_t *plan_org_path(plan *p, const sheet_person *s)
{
    const org_written w = { .branch = s->org_path, .work_unit = s->work_unit, .issuer = s->issuer };
    sheet_list path = { 0 };
    bool found = org_path_of(p->a, p->nodes.at, p->nodes.count, &w, &path);
    if (p->nodes.count && (found || s->org_path.len || s->work_unit.len))
        *(found ? &p->attached : &p->unattached) += 1;
    return path_json(&path);
}

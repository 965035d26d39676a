/*
 * Two rows of one man, and two men who look like one: a person decides, and it is remembered. What is the merged one's goes
 * to the kept one by pointing there; the merged row stays, erased, and says into whom, so that the record of what was done
 * holds. Where both have the same thing (a notice of one order), the merged one keeps his.
 */
#include "command/import_before.h"
#include "command/person_key.h"

static const char *const parts[] = {
    "notice", "duty", "attendance", "donor", "certificate", "membership", "ended", "availability",
    "care_rule", "role_grant", "pass", "message", "note", "open_note", "join_request", "swap",
    "leader", "deputy", "liaison", "unit", "proposal", "structure_member", "withdrawal_person", "reinforcement_person",
    "roster_line", "notice_for", "pair", "care_reader",
};

typedef struct merging {
    context *c;
    int64_t id, kept, merged;
} merging;

static const named *both(const merging *m)
{
    named *n = arena_many(m->c->a, named, 3);
    n[0] = (named){ "kept", V_INT(m->kept) };
    n[1] = (named){ "merged", V_INT(m->merged) };
    return n;
}

static err *missing(context *c, int64_t id)
{
    return refuse(c, ERR_NOT_FOUND, "person.missing", VALUES({ "id", text_format(c->a, "%lld", (long long)id) }));
}

static err *load(context *c, int64_t id, rows *out)
{
    TRY(query(c, "person_merge.load", NAMED({ "id", V_INT(id) }), out));
    return out->count && rows_at(out, 0, "erased_at")->kind == VALUE_NULL ? NULL : missing(c, id);
}

/* -- merged --------------------------------------------------------------------------------------------- */
static err *may_merge(merging *m, rows *kept)
{
    rows r = { 0 };
    if (m->kept == m->merged)
        return refuse(m->c, ERR_INPUT, "person_merge.same", NULL);
    TRY(load(m->c, m->kept, kept));
    TRY(load(m->c, m->merged, &r));
    TRY(query(m->c, "person_merge.overlap", both(m), &r));
    if (r.count)
        return refuse(m->c, ERR_CONFLICT, "person_merge.overlap", NULL); /* nobody stands at two posts: these are two */
    TRY(query(m->c, "person_merge.at_post", both(m), &r));
    return r.count ? refuse(m->c, ERR_CONFLICT, "person_merge.at_post", NULL) : NULL;
}

static err *remember(merging *m, const char *part, int64_t key)
{
    return query(m->c, "person_merge.add_row", NAMED({ "id", V_INT(m->id) }, { "part", V_TEXT(str_of(part)) },
                                                     { "key", V_TEXT(text_format(m->c->a, "%lld", (long long)key)) }), NULL);
}

static err *move_part(merging *m, const char *part)
{
    rows r = { 0 };
    const char *statement = text_format(m->c->a, "person_merge.move_%s", part).at;
    const named *args = str_is(str_of(part), "ended")
                            ? NAMED({ "kept", V_INT(m->kept) }, { "merged", V_INT(m->merged) }, { "now", V_INT(m->c->now) }) : both(m);
    TRY(query(m->c, statement, args, &r));
    for (size_t i = 0; i < r.count; i++)
        TRY(remember(m, part, rows_int(&r, i, "row_key")));
    return NULL;
}

/* Both were asked by one order, and only the merged one answered: his answer is the kept one's. */
static err *take_answers(merging *m)
{
    rows r = { 0 };
    int64_t id;
    TRY(query(m->c, "person_merge.unanswered", both(m), &r));
    for (size_t i = 0; i < r.count; i++) {
        value kept = *rows_at(&r, i, "kept_notice"), merged = *rows_at(&r, i, "merged_notice");
        TRY(next_id(m->c, &id));
        TRY(query(m->c, "person_merge.take_answer", NAMED({ "kept_notice", kept }, { "merged_notice", merged }, { "id", V_INT(id) }), NULL));
        TRY(query(m->c, "person_merge.answer", NAMED({ "kept_notice", kept }, { "merged_notice", merged }), NULL));
        TRY(remember(m, "answer", kept.n));
    }
    return NULL;
}

/* What the kept row lacks is the merged one's; his unit stays beside the other, his telephone finds the kept one. */
static err *fill(merging *m)
{
    rows r = { 0 };
    int64_t placement;
    TRY(query(m->c, "person_merge.phones", NAMED({ "kept", V_INT(m->kept) }, { "merged", V_INT(m->merged) }, { "now", V_INT(m->c->now) }), NULL));
    TRY(query(m->c, "person_merge.units", both(m), NULL));
    TRY(query(m->c, "person_merge.skills", both(m), NULL));
    TRY(query(m->c, "person_merge.hide", NAMED({ "id", V_INT(m->merged) }, { "into", V_INT(m->kept) }, { "now", V_INT(m->c->now) }), NULL));
    TRY(query(m->c, "person_merge.fill", both(m), NULL));
    TRY(next_id(m->c, &placement));
    TRY(query(m->c, "person_merge.place", NAMED({ "id", V_INT(placement) }, { "kept", V_INT(m->kept) }, { "merged", V_INT(m->merged) }), &r));
    return r.count ? query(m->c, "placement.point", NAMED({ "person", V_INT(m->kept) }, { "id", V_INT(placement) }), NULL) : NULL;
}

static err *hanging(context *c, int64_t person, str *out)
{
    rows r = { 0 };
    TRY(query(c, "person_merge.hanging", NAMED({ "id", V_INT(person) }), &r));
    *out = rows_text(&r, 0, "hanging");
    return NULL;
}

static err *person_merge(context *c, const args *a)
{
    rows kept = { 0 };
    str before, hangs;
    merging m = { .c = c, .kept = arg_int(a, "kept"), .merged = arg_int(a, "merged") };
    TRY(may_merge(&m, &kept));
    TRY(import_row_image(c, "person", V_INT(m.kept), &before));
    str phone = rows_text(&kept, 0, "phone");
    before = text_format(c->a, "%.*s\n%.*s", STR_ARG(phone), STR_ARG(before));
    TRY(next_id(c, &m.id));
    TRY(query(c, "person_merge.add", NAMED({ "id", V_INT(m.id) }, { "kept", V_INT(m.kept) }, { "merged", V_INT(m.merged) },
                                           { "by", c->actor_id ? V_INT(c->actor_id) : V_NULL }, { "now", V_INT(c->now) },
                                           { "before", V_TEXT(before) }, { "hanging", V_TEXT(STR("")) }), NULL));
    TRY(take_answers(&m));
    for (size_t i = 0; i < COUNT(parts); i++)
        TRY(move_part(&m, parts[i]));
    TRY(fill(&m));
    TRY(hanging(c, m.kept, &hangs));
    TRY(query(c, "person_merge.hangs", NAMED({ "id", V_INT(m.id) }, { "hanging", V_TEXT(hangs) }), NULL));
    command_about(c, m.kept);
    command_result(c, "id", m.id);
    return NULL;
}

/* -- and taken apart again ------------------------------------------------------------------------------- */
static err *may_unmerge(context *c, const args *a, rows *r)
{
    str now;
    rows twin = { 0 };
    TRY(query(c, "person_merge.find", NAMED({ "id", arg_value(a, "merge") }), r));
    if (!r->count)
        return refuse(c, ERR_NOT_FOUND, "person_merge.missing", NULL);
    if (rows_at(r, 0, "undone_at")->kind != VALUE_NULL)
        return refuse(c, ERR_CONFLICT, "person_merge.undone", NULL);
    TRY(hanging(c, rows_int(r, 0, "kept_id"), &now));
    if (!str_equal(now, rows_text(r, 0, "hanging")))
        return refuse(c, ERR_CONFLICT, "person_merge.used", NULL);
    TRY(query(c, "person_merge.twin", NAMED({ "id", *rows_at(r, 0, "merged_id") }), &twin));
    return twin.count && rows_int(&twin, 0, "id") != rows_int(r, 0, "kept_id") ? refuse(c, ERR_CONFLICT, "person_merge.twin", NULL) : NULL;
}

static value column(context *c, const json_t *image, const char *name)
{
    const json_t *j = json_object_get(image, name);
    if (json_is_integer(j))
        return V_INT(json_integer_value(j));
    return json_is_string(j) ? V_TEXT(str_copy(c->a, str_of(json_string_value(j)))) : V_NULL;
}

/* With the arena, so that it goes too where memory runs out half-way. */
static void drop(void *what)
{
    json_decref(what);
}

static err *put_skills(merging *m, str lines)
{
    bulk_done done = BULK_SAME;
    str line;
    json_t *wanted = json_array();
    if (!wanted)
        return err_memory();
    arena_defer(m->c->a, drop, wanted);
    while (lines.len && str_split(&lines, '\n', &line))
        json_array_append_new(wanted, json_text(line));
    return sync_texts(m->c, "person", "skill", m->kept, wanted, &done);
}

err *person_put_units(context *c, int64_t person, str lines)
{
    str line, org;
    TRY(query(c, "person_merge.drop_units", NAMED({ "id", V_INT(person) }), NULL));
    while (lines.len && str_split(&lines, '\n', &line)) {
        int64_t id = 0;
        str_split(&line, '-', &org);
        str_int(org, 1, INT64_MAX, &id);
        TRY(query(c, "person_merge.add_unit", NAMED({ "id", V_INT(person) }, { "org", V_INT(id) }, { "work_unit", V_TEXT(line) }), NULL));
    }
    return NULL;
}

static err *restore(merging *m, str before)
{
    str phone;
    str_split(&before, '\n', &phone);
    json_t *image = json_loadb(before.at, before.len, 0, NULL);
    if (!image)
        return err_memory();
    arena_defer(m->c->a, drop, image);
    const named *all = NAMED({ "id", V_INT(m->kept) }, { "phone", V_TEXT(phone) }, { "org_id", column(m->c, image, "org_id") },
                             { "address_text", column(m->c, image, "address_text") }, { "work_unit", column(m->c, image, "work_unit") },
                             { "kind", column(m->c, image, "kind") }, { "remark", column(m->c, image, "remark") },
                             { "placement_id", column(m->c, image, "placement_id") });
    const value skills = column(m->c, image, "skills"), units = column(m->c, image, "units");
    TRY(query(m->c, "person_merge.restore", all, NULL));
    TRY(person_key_renew(m->c, m->kept));
    TRY(put_skills(m, skills.s));
    return person_put_units(m->c, m->kept, units.s);
}

static err *person_unmerge(context *c, const args *a)
{
    rows r = { 0 }, moved = { 0 };
    TRY(may_unmerge(c, a, &r));
    merging m = { .c = c, .id = arg_int(a, "merge"), .kept = rows_int(&r, 0, "kept_id"), .merged = rows_int(&r, 0, "merged_id") };
    TRY(query(c, "person_merge.rows", NAMED({ "id", V_INT(m.id) }), &moved));
    for (size_t i = 0; i < moved.count; i++) {
        int64_t key = 0;
        str_int(rows_text(&moved, i, "row_key"), 1, INT64_MAX, &key);
        TRY(query(c, text_format(c->a, "person_merge.back_%.*s", STR_ARG(rows_text(&moved, i, "part"))).at,
                  NAMED({ "kept", V_INT(m.kept) }, { "merged", V_INT(m.merged) }, { "key", V_INT(key) }), NULL));
    }
    TRY(query(c, "person_merge.drop_phone", both(&m), NULL));
    TRY(restore(&m, rows_text(&r, 0, "kept_before")));
    TRY(query(c, "person_merge.show", NAMED({ "id", V_INT(m.merged) }), NULL));
    TRY(query(c, "person_merge.undone", NAMED({ "id", V_INT(m.id) }, { "now", V_INT(c->now) }), NULL));
    command_about(c, m.kept);
    command_result(c, "id", m.id);
    return NULL;
}

/* -- kept apart ------------------------------------------------------------------------------------------ */
static err *person_keep_apart(context *c, const args *a)
{
    rows r = { 0 };
    int64_t x = arg_int(a, "a"), y = arg_int(a, "b");
    if (x == y)
        return refuse(c, ERR_INPUT, "person_merge.same", NULL);
    TRY(load(c, x, &r));
    TRY(load(c, y, &r));
    command_about(c, x);
    command_result(c, "person", x);
    return query(c, "person_merge.apart", NAMED({ "a", V_INT(x < y ? x : y) }, { "b", V_INT(x < y ? y : x) },
                                                { "by", c->actor_id ? V_INT(c->actor_id) : V_NULL }, { "now", V_INT(c->now) }), NULL);
}

const command person_merge_commands[] = {
    { "person.merge", "commander:all", "kept:id merged:id", .closed = CLOSED_APART, .run = person_merge },
    { "person.unmerge", "commander:all", "merge:id", .closed = CLOSED_APART, .run = person_unmerge },
    { "person.keep_apart", "commander:all", "a:id b:id", .closed = CLOSED_APART, .run = person_keep_apart },
    { 0 },
};

/* import.undo: what an import made goes, what it changed is put back, unless somebody changed it since or it is in use. */
#include "command/import_before.h"
#include "command/person_key.h"

enum { DAY_MS = 24 * 3600 * 1000 };

/* Images know only what can be put back as they say it; the rest of a noun is here. */
static const struct noun {
    const char *name;
    bool by_code, held, used, clears; /* which statements it has besides image and remove */
    const char *columns;              /* of the image, that revert takes; null: it is never changed */
} nouns[] = {
    { "person", false, true, true, true, "org_id address_text work_unit kind remark placement_id" },
    { "org", false, false, true, true, NULL },
    { "division", true, false, true, true, "name level parent_code" },
    { "compound", false, false, true, true, "" },
    { "post", false, false, true, true, "kind outdoor instructions compound_id" },
    { "shift", false, false, true, false, "kind start_minute end_minute" },
    { "need", false, true, true, true,
      "team_id starts_at ends_at headcount_min headcount_target headcount_limit priority source" },
    { "availability", false, false, false, false, "level source" },
    { "team", false, false, true, false, NULL },
    { "membership", false, false, false, false, "state to_at" },
};

/* With the arena, so that it goes too where memory runs out half-way. */
static void drop(void *what)
{
    json_decref(what);
}

static const struct noun *noun_of(str name)
{
    for (size_t i = 0; i < COUNT(nouns); i++)
        if (str_is(name, nouns[i].name))
            return &nouns[i];
    return NULL;
}

typedef struct undoing {
    context *c;
    value import;
    int64_t undone, kept;
} undoing;

typedef struct change {
    const struct noun *noun;
    value key;
    str before, after;
} change;

static err *run(undoing *u, const change *x, const char *part, const named *args, rows *out)
{
    return query(u->c, text_format(u->c->a, "import_before.%s_%s", x->noun->name, part).at, args, out);
}

static const named *key_args(const undoing *u, const change *x)
{
    named *n = arena_many(u->c->a, named, 2);
    n[0] = (named){ x->noun->by_code ? "code" : "id", x->key };
    return n;
}

static change change_of(str noun, str key, str before, str after)
{
    change x = { .noun = noun_of(noun), .before = before, .after = after, .key = V_TEXT(key) };
    assert(x.noun);
    if (!x.noun->by_code) {
        x.key = V_INT(0);
        str_int(key, 1, INT64_MAX, &x.key.n);
    }
    return x;
}

/* -- what stays ----------------------------------------------------------------------------------------- */
static err *ask(undoing *u, const change *x, const char *part, str *why)
{
    rows r = { 0 };
    TRY(run(u, x, part, key_args(u, x), &r));
    *why = rows_text(&r, 0, "why");
    return NULL;
}

/* Changed since, or in use; empty: neither. */
static err *in_use(undoing *u, const change *x, str *why)
{
    str now = { 0 };
    *why = (str){ 0 };
    TRY(import_row_image(u->c, x->noun->name, x->key, &now));
    if (!str_equal(now, x->after)) {
        *why = STR("changed");
        return NULL;
    }
    if (x->noun->held)
        TRY(ask(u, x, "held", why));
    if (!why->len && x->noun->used && !x->before.len)
        TRY(ask(u, x, "used", why));
    return NULL;
}

static err *stays(undoing *u, const change *x, str *why)
{
    TRY(in_use(u, x, why));
    if (!why->len && !x->before.len && str_is(str_of(x->noun->name), "person"))
        TRY(ask(u, x, "joined", why)); /* a team by another way; what the import made of it is undone by now */
    return NULL;
}

/* Whoever stays stays in the team: its membership is asked for first, as it was made last. */
static err *member_stays(undoing *u, const change *x, str *why)
{
    rows r = { 0 };
    json_t *o = json_loadb(x->after.at, x->after.len, 0, NULL);
    if (!o)
        return err_memory();
    arena_defer(u->c->a, drop, o);
    int64_t person = json_integer_value(json_object_get(o, "person_id"));
    str key = text_format(u->c->a, "%lld", (long long)person);
    TRY(query(u->c, "import_before.find",
              NAMED({ "import", u->import }, { "noun", V_TEXT(STR("person")) }, { "noun_key", V_TEXT(key) }), &r));
    if (!r.count)
        return NULL;
    change p = change_of(STR("person"), key, rows_text(&r, 0, "before"), rows_text(&r, 0, "after"));
    return in_use(u, &p, why);
}

/* -- put back ------------------------------------------------------------------------------------------- */
static value value_of(context *c, const json_t *j)
{
    if (json_is_integer(j))
        return V_INT(json_integer_value(j));
    return json_is_string(j) ? V_TEXT(str_copy(c->a, ((str){ json_string_value(j), json_string_length(j) }))) : V_NULL;
}

static const named *columns_of(undoing *u, const change *x, const json_t *image)
{
    named *all = arena_many(u->c->a, named, json_object_size(image) + 2);
    str rest = str_of(x->noun->columns), name;
    size_t count = 0;
    all[count++] = *key_args(u, x);
    while (rest.len && str_split(&rest, ' ', &name)) {
        const char *column = str_z(u->c->a, name);
        all[count++] = (named){ column, value_of(u->c, json_object_get(image, column)) };
    }
    return all;
}

/* A set of texts stands in the image line by line. */
static err *put_texts(undoing *u, const change *x, const json_t *image, const char *column, const char *part)
{
    bulk_done done = BULK_SAME;
    str rest = str_of(json_string_value(json_object_get(image, column))), line;
    json_t *wanted = json_array();
    if (!wanted)
        return err_memory();
    arena_defer(u->c->a, drop, wanted);
    while (rest.len && str_split(&rest, '\n', &line))
        json_array_append_new(wanted, json_text(line));
    return sync_texts(u->c, x->noun->name, part, x->key.n, wanted, &done);
}

static err *put_ranges(undoing *u, const change *x, const json_t *image)
{
    str rest = str_of(json_string_value(json_object_get(image, "ranges"))), line, from, to;
    TRY(query(u->c, "compound.clear_ranges", NAMED({ "id", x->key }), NULL));
    while (rest.len && str_split(&rest, '\n', &line)) {
        int64_t id, first = 0, last = 0;
        str_split(&line, '-', &from);
        str_split(&line, '-', &to);
        str_int(from, 0, INT32_MAX, &first);
        str_int(to, 0, INT32_MAX, &last);
        TRY(next_id(u->c, &id));
        TRY(query(u->c, "compound.add_range",
                  NAMED({ "range", V_INT(id) }, { "id", x->key }, { "community", value_of(u->c, json_object_get(image, "community_code")) },
                        { "from", V_INT(first) }, { "to", V_INT(last) }, { "side", V_TEXT(line) }), NULL));
    }
    return NULL;
}

static err *revert(undoing *u, const change *x, const json_t *image)
{
    if (x->noun->columns)
        TRY(run(u, x, "revert", columns_of(u, x, image), NULL));
    if (json_object_get(image, "skills"))
        TRY(put_texts(u, x, image, "skills", "skill"));
    if (json_object_get(image, "units"))
        TRY(person_put_units(u->c, x->key.n, value_of(u->c, json_object_get(image, "units")).s));
    if (str_is(str_of(x->noun->name), "person"))
        TRY(person_key_renew(u->c, x->key.n));
    if (json_object_get(image, "aliases")) {
        TRY(put_texts(u, x, image, "aliases", "alias"));
        TRY(put_ranges(u, x, image));
    }
    if (json_object_get(image, "headcount_limit"))
        TRY(need_sync_seats(u->c, x->key.n, json_integer_value(json_object_get(image, "headcount_limit"))));
    return x->noun->by_code ? division_build(u->c, x->key) : NULL;
}

static err *remove_row(undoing *u, const change *x)
{
    if (x->noun->clears)
        TRY(run(u, x, "clear", key_args(u, x), NULL));
    if (str_is(str_of(x->noun->name), "compound"))
        TRY(query(u->c, "compound.clear_ranges", NAMED({ "id", x->key }), NULL));
    if (str_is(str_of(x->noun->name), "person"))
        return run(u, x, "remove", NAMED({ "id", x->key }, { "now", V_INT(u->c->now) }), NULL);
    return run(u, x, "remove", key_args(u, x), NULL);
}

/* -- one after another ---------------------------------------------------------------------------------- */
static err *put_back(undoing *u, const change *x)
{
    if (!x->before.len)
        return remove_row(u, x);
    json_t *image = json_loadb(x->before.at, x->before.len, 0, NULL);
    if (!image)
        return err_memory();
    arena_defer(u->c->a, drop, image);
    return revert(u, x, image);
}

static err *undo_one(undoing *u, const rows *r, size_t i)
{
    change x = change_of(rows_text(r, i, "noun"), rows_text(r, i, "noun_key"), rows_text(r, i, "before"), rows_text(r, i, "after"));
    str why = { 0 };
    TRY(stays(u, &x, &why));
    if (!why.len && str_is(str_of(x.noun->name), "membership"))
        TRY(member_stays(u, &x, &why));
    if (!why.len)
        TRY(put_back(u, &x));
    u->kept += why.len > 0;
    u->undone += !why.len;
    return query(u->c, "import_before.settle",
                 NAMED({ "import", u->import }, { "seq", *rows_at(r, i, "seq") },
                       { "state", V_TEXT(why.len ? STR("kept") : STR("undone")) }, { "why", V_TEXT(why) }), NULL);
}

/* Within a day, while something is kept by which it can be done. */
static err *may_undo(context *c, const args *a)
{
    rows r = { 0 };
    TRY(query(c, "import.load", NAMED({ "import", arg_value(a, "import") }), &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "import.missing", NULL);
    if (str_is(rows_text(&r, 0, "state"), "undone"))
        return refuse(c, ERR_CONFLICT, "import.undone", NULL);
    if (c->now - rows_int(&r, 0, "written_at") > DAY_MS)
        return refuse(c, ERR_CONFLICT, "import.undo_late", NULL);
    TRY(query(c, "import_before.any", NAMED({ "import", arg_value(a, "import") }), &r));
    return r.count ? NULL : refuse(c, ERR_CONFLICT, "import.undo_nothing", NULL);
}

err *import_undo_piece(context *c, const args *a)
{
    rows r = { 0 };
    undoing u = { .c = c, .import = arg_value(a, "import") };
    TRY(may_undo(c, a));
    TRY(query(c, "import_before.waiting", NAMED({ "import", u.import }, { "max", V_INT(PIECE_ROWS_MAX) }), &r));
    for (size_t i = 0; i < r.count; i++)
        TRY(undo_one(&u, &r, i));
    TRY(query(c, "import_before.left", NAMED({ "import", u.import }), &r));
    int64_t left = rows_int(&r, 0, "left");
    if (!left)
        TRY(query(c, "import.undone", NAMED({ "import", u.import }, { "now", V_INT(c->now) }, { "by", c->actor_id ? V_INT(c->actor_id) : V_NULL }), NULL));
    command_result(c, "id", arg_int(a, "import"));
    command_result_int(c, "undone", u.undone);
    command_result_int(c, "kept", u.kept);
    command_result_int(c, "left", left);
    return NULL;
}

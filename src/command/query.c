#include "base/civil.h"
#include "command/import_before.h"

#include <assert.h>

err *query(context *c, const char *statement, const named *args, rows *out)
{
    return store_query(c->txn, c->a, statement, args, out);
}

err *next_id(context *c, int64_t *id)
{
    return store_next_id(c->txn, c->a, id);
}

err *refuse(context *c, err_code code, const char *message, const word_value *values)
{
    return err_new(c->a, code, message, values);
}

err *acting_person(context *c, const args *a, int64_t *id)
{
    int64_t by = arg_int(a, "by");
    if (!by && !c->actor_id)
        return refuse(c, ERR_INPUT, "command.by_missing", NULL);
    if (by && c->actor_id && by != c->actor_id)
        return refuse(c, ERR_INPUT, "command.by_other", NULL);
    *id = by ? by : c->actor_id;
    rows r = { 0 };
    TRY(query(c, "person.is", NAMED({ "id", V_INT(*id) }), &r));
    return r.count ? NULL
                   : refuse(c, ERR_NOT_FOUND, "person.missing",
                            VALUES({ "id", text_format(c->a, "%lld", (long long)*id) }));
}

static void arena_drop(void *what)
{
    arena_close(what);
}

err *each(context *c, size_t count, err *(*one)(context *c, void *of, size_t i), void *of)
{
    arena *outer = c->a;
    for (size_t i = 0; i < count; i++) {
        c->a = arena_open(outer, REQUEST_MAX_BYTES);
        err *e = one(c, of, i);
        arena *inner = c->a;
        c->a = outer;
        if (e) { /* it lives in there */
            arena_defer(outer, arena_drop, inner);
            return e;
        }
        arena_close(inner);
    }
    return NULL;
}

err *bulk(context *c, const args *a, const char *row, bool with_ids, bulk_one one)
{
    const json_t *list = arg_of(a, "rows")->json;
    int64_t counts[3] = { 0 };
    LIST(int64_t) ids = { 0 };
    args x = { 0 };
    size_t i;
    json_t *j;
    TRY(import_before_begin(c, a));
    json_array_foreach((json_t *)(uintptr_t)list, i, j) {
        bulk_done done = BULK_SAME;
        int64_t id = 0;
        TRY(args_parse_next(c, row, j, i + 1, &x));
        TRY((*one)(c, &x, &done, &id));
        counts[done]++;
        *list_add(c->a, &ids) = id;
    }
    command_result_int(c, "added", counts[BULK_ADDED]);
    command_result_int(c, "changed", counts[BULK_CHANGED]);
    command_result_int(c, "same", counts[BULK_SAME]);
    if (!with_ids)
        return NULL;
    json_key(command_json(c), "ids");
    json_open(command_json(c), '[');
    for (i = 0; i < ids.count; i++)
        json_str(command_json(c), text_format(c->a, "%lld", (long long)ids.at[i]));
    json_close(command_json(c), ']');
    return NULL;
}

/* Who changed it last, as far as the record tells: of whoever runs the machine and of imports by the source alone. */
static err *stale(context *c, const char *noun, int64_t id)
{
    rows r = { 0 };
    TRY(query(c, "audit.last_of",
              NAMED({ "noun", V_TEXT(str_of(noun)) }, { "id", V_INT(id) },
                    { "in_list", V_TEXT(text_format(c->a, "%%\"%lld\"%%", (long long)id)) }), &r));
    str id_text = text_format(c->a, "%lld", (long long)id);
    if (!r.count)
        return refuse(c, ERR_STALE, "command.stale", VALUES({ "id", id_text }));
    int64_t at = rows_int(&r, 0, "at"), day = at / 86400000;
    str when = text_format(c->a, "%.*s %.*s UTC", STR_ARG(civil_day_text(c->a, (civil_day)day)),
                           STR_ARG(civil_time_text(c->a, (int)((at - day * 86400000) / 60000))));
    return refuse(c, ERR_STALE, "command.stale_by",
                  VALUES({ "id", id_text }, { "when", when }, { "who", rows_text(&r, 0, "principal") },
                         { "command", rows_text(&r, 0, "command") }));
}

err *version_check(context *c, const char *noun, int64_t id, const args *x)
{
    rows r = { 0 };
    if (!arg_given(x, "version"))
        return NULL;
    TRY(query(c, text_format(c->a, "%s.version", noun).at, NAMED({ "id", V_INT(id) }), &r));
    return r.count && rows_int(&r, 0, "version") == arg_int(x, "version") ? NULL : stale(c, noun, id);
}

err *upsert(context *c, const char *noun, const named *args, bulk_done *done, int64_t *id)
{
    return upsert_version(c, noun, NULL, args, done, id);
}

err *upsert_version(context *c, const char *noun, const args *x, const named *args, bulk_done *done, int64_t *id)
{
    named all[UPSERT_ARGS_MAX + 2] = { { 0 } };
    size_t count = 0;
    for (; args[count].name; count++) {
        assert(count < UPSERT_ARGS_MAX);
        all[count] = args[count];
    }
    rows r = { 0 };
    TRY(query(c, text_format(c->a, "%s.find", noun).at, all, &r));
    bool is_new = r.count == 0;
    if (is_new)
        TRY(next_id(c, id));
    else
        *id = rows_int(&r, 0, "id");
    if (!is_new && x)
        TRY(version_check(c, noun, *id, x));
    str before = { 0 };
    if (!is_new)
        TRY(import_before_image(c, noun, V_INT(*id), &before));
    all[count] = (named){ "id", V_INT(*id) };
    TRY(query(c, text_format(c->a, is_new ? "%s.add" : "%s.change", noun).at, all, &r));
    *done = is_new ? BULK_ADDED : r.count ? BULK_CHANGED : BULK_SAME;
    return *done == BULK_SAME ? NULL : import_before_keep(c, noun, V_INT(*id), before);
}

static str item_text(const json_t *j)
{
    return json_is_string(j) ? (str){ json_string_value(j), json_string_length(j) } : (str){ 0 };
}

static err *drop_others(context *c, const char *noun, const char *part, int64_t id, const rows *have, const map *keep,
                        bool *changed)
{
    for (size_t i = 0; i < have->count; i++) {
        str s = rows_text(have, i, "text");
        if (map_get(keep, s, NULL))
            continue;
        TRY(query(c, text_format(c->a, "%s.drop_%s", noun, part).at,
                  NAMED({ "id", V_INT(id) }, { "text", V_TEXT(s) }), NULL));
        *changed = true;
    }
    return NULL;
}

err *sync_texts(context *c, const char *noun, const char *part, int64_t id, const json_t *wanted, bulk_done *done)
{
    if (!wanted || (*done == BULK_ADDED && json_array_size(wanted) == 0))
        return NULL;
    rows have = { 0 };
    str before = { 0 };
    if (*done != BULK_ADDED)
        TRY(import_before_image(c, noun, V_INT(id), &before));
    if (*done != BULK_ADDED) /* a new row has none yet */
        TRY(query(c, text_format(c->a, "%s.find_%s", noun, part).at, NAMED({ "id", V_INT(id) }), &have));
    map *had = map_new(c->a), *keep = map_new(c->a);
    for (size_t i = 0; i < have.count; i++)
        map_put(had, rows_text(&have, i, "text"), 1);
    bool changed = false;
    size_t i;
    json_t *j;
    json_array_foreach((json_t *)(uintptr_t)wanted, i, j) {
        str s = item_text(j);
        if (!s.len || map_get(keep, s, NULL))
            continue;
        map_put(keep, s, 1);
        if (map_get(had, s, NULL))
            continue;
        TRY(query(c, text_format(c->a, "%s.add_%s", noun, part).at,
                  NAMED({ "id", V_INT(id) }, { "text", V_TEXT(s) }), NULL));
        changed = true;
    }
    TRY(drop_others(c, noun, part, id, &have, keep, &changed));
    if (changed && *done == BULK_SAME)
        *done = BULK_CHANGED;
    return changed ? import_before_keep(c, noun, V_INT(id), before) : NULL;
}

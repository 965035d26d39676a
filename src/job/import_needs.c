/* Needs: posts, shifts and heads of the open operation, for the teams that are there; what the sheet no longer asks is given up. */
#include "job/import_coming.h"
#include "job/need_rows.h"
#include "job/placing.h"

/* -- whose ----------------------------------------------------------------------------------------------- */
typedef struct places {
    import_communities communities;
    map *teams; /* community code: team */
} places;

static err *load_places(import *m, places *x)
{
    rows r = { 0 };
    x->teams = map_new(m->a);
    TRY(import_communities_load(m, &x->communities));
    TRY(import_view(m, "team", NAMED({ "operation", V_INT(m->operation) }), &r));
    for (size_t i = 0; i < r.count; i++)
        map_put(x->teams, rows_text(&r, i, "community_code"), rows_int(&r, i, "id"));
    return NULL;
}

static bool in_subdistrict(str asked, str there)
{
    return !asked.len || str_starts(there, asked) || str_starts(asked, there);
}

/* By its code, or by a name that only one community (of that subdistrict) has. */
static bool community_of(const places *x, const sheet_need *n, str *code)
{
    size_t found = 0;
    for (size_t i = 0; i < x->communities.count; i++) {
        const import_community *c = &x->communities.at[i];
        if (str_equal(c->code, n->community)) {
            *code = c->code;
            return true;
        }
        if (n->community.len && placing_same_community(c->name, n->community) && in_subdistrict(n->subdistrict, c->subdistrict)) {
            *code = c->code;
            found++;
        }
    }
    return found == 1;
}

/* -- understood ------------------------------------------------------------------------------------------ */
static void tell_twice(void *of, const sheet_need *n)
{
    import_warn(of, &n->from, "import.need_twice", n->post.len ? n->post : n->community);
}

/* What stands there of these teams on these days. */
typedef struct there {
    rows *of_team;
    size_t count;
} there;

static err *load_there(import *m, there *x)
{
    const need_rows *n = m->need_rows;
    map *seen = map_new(m->a);
    *x = (there){ .of_team = arena_many(m->a, rows, n->wanted.count + 1) };
    for (size_t i = 0; i < n->wanted.count; i++) {
        int64_t team = n->wanted.at[i].team;
        str key = text_format(m->a, "%lld", (long long)team);
        if (map_get(seen, key, NULL))
            continue;
        map_put(seen, key, 1);
        TRY(import_view(m, "need", NAMED({ "team", V_INT(team) }, { "from_on", V_TEXT(civil_day_text(m->a, m->days.first_day)) },
                                         { "to_on", V_TEXT(civil_day_text(m->a, m->days.last_day)) }), &x->of_team[x->count++]));
    }
    return NULL;
}

static str slot_key(import *m, int64_t team, str post, str shift, str day)
{
    return text_format(m->a, "%lld/%.*s/%.*s/%.*s", (long long)team, STR_ARG(post), STR_ARG(shift), STR_ARG(day));
}

static str name_in(const json_t *rows, size_t i)
{
    return str_of(json_string_value(json_object_get(json_array_get(rows, i), "name")));
}

/* Asked again; or by an earlier sheet, and no more. */
static err *compare(import *m)
{
    const need_rows *n = m->need_rows;
    map *asked = map_new(m->a);
    there x;
    for (size_t i = 0; i < n->slots.count; i++) {
        const need_wanted *w = &n->wanted.at[n->slots.at[i].by];
        map_put(asked, slot_key(m, w->team, name_in(n->posts, w->post), name_in(n->shifts, w->shift), civil_day_text(m->a, n->slots.at[i].day)), 1);
    }
    TRY(load_there(m, &x));
    for (size_t t = 0; t < x.count; t++)
        for (size_t i = 0; i < x.of_team[t].count; i++) {
            const rows *r = &x.of_team[t];
            bool again = map_get(asked, slot_key(m, rows_int(r, i, "team_id"), rows_text(r, i, "post"), rows_text(r, i, "shift"),
                                                 rows_text(r, i, "starts_on")), NULL);
            m->known += again;
            m->given_up += !again && str_is(rows_text(r, i, "source"), "sheet");
        }
    return NULL;
}

/* The same file for other days is another one. */
static void mark_days(import *m)
{
    m->hash = text_format(m->a, "%.*s %s..%s", STR_ARG(m->hash), civil_day_text(m->a, m->days.first_day).at, civil_day_text(m->a, m->days.last_day).at);
}

/* People of the same batch may be the first of a team: that is known once they are written. */
static bool team_may_come(const import *m)
{
    return m->coming && m->coming->people_count;
}

static void take(import *m, const places *x, const sheet_need *n)
{
    str code = { 0 }, value = n->community.len ? n->community : n->post;
    int64_t team = 0;
    bool known = community_of(x, n, &code), has_team = known && map_get(x->teams, code, &team);
    if (!known || (!has_team && !team_may_come(m))) {
        import_tell(m, &n->from, known ? "import.need_no_team" : "import.need_no_place", value);
        return;
    }
    m->records[m->count++] = (import_record){ .from = n->from };
    m->waits = m->waits || !has_team;
    if (has_team)
        need_rows_add(m->need_rows, n, team);
}

static err *read_needs(import *m)
{
    places x = { 0 };
    sheet_needs all = { 0 };
    TRY(import_operation(m));
    mark_days(m);
    TRY(sheet_needs_of(m->a, &m->content, &m->days, &all, &m->troubles));
    TRY(load_places(m, &x));
    need_rows *rows = m->need_rows = arena_new(m->a, need_rows);
    *rows = (need_rows){ .a = m->a, .lang = m->lang, .operation = m->operation, .zone = m->zone, .posts = import_array(m),
                         .shifts = import_array(m), .twice = tell_twice, .of = m };
    import_records(m, all.list.count);
    m->count = 0;
    for (size_t i = 0; i < all.list.count; i++)
        take(m, &x, &all.list.at[i]);
    need_rows_settle(rows);
    m->asked = rows->slots.count;
    return compare(m);
}

/* -- written --------------------------------------------------------------------------------------------- */
/* Last, and by what the needs are now called: broken off before, a second time gives them up. */
static err *give_up_others(import *m, const json_t *ids)
{
    const map *asked = need_rows_ids(m->a, ids);
    json_t *given_up = import_array(m);
    there x;
    TRY(load_there(m, &x));
    for (size_t t = 0; t < x.count; t++)
        need_rows_give_up(m->a, &x.of_team[t], asked, given_up);
    m->given_up = json_array_size(given_up);
    return import_pieces(m, "need.import", given_up, NULL, false);
}

static err *write_needs(import *m)
{
    need_rows *x = m->need_rows;
    json_t *post_ids = import_array(m), *shift_ids = import_array(m), *rows = import_array(m), *ids = import_array(m);
    TRY(import_pieces(m, "post.import", x->posts, post_ids, false));
    TRY(import_pieces(m, "shift.import", x->shifts, shift_ids, false));
    need_rows_put(x, post_ids, shift_ids, rows);
    TRY(import_pieces(m, "need.import", rows, ids, true));
    return give_up_others(m, ids);
}

const import_kind import_needs = { SHEET_NEEDS, read_needs, write_needs };

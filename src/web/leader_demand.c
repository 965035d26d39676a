/*
 * Needs as a secretary says them on the telephone: which gates, from when to when, how many, until which day.
 * A first offer stands there: each gate, the two day shifts, two people.
 */
#include "web/leader.h"

#include "base/civil.h"
#include "base/json.h"
#include "base/limits.h"

enum { OFFER_PEOPLE = 2, OFFER_SHIFTS = 2, OFFER_DAYS = 7, CHOICES_MAX = 40, ROWS_MAX = 200 };

/* -- what is offered ----------------------------------------------------------------------------------- */
static bool form_holds(web *w, const char *field, int64_t id)
{
    str rest = w->q->body, name, s;
    int64_t have;
    while (form_next(w->q->a, &rest, &name, &s))
        if (str_is(name, field) && str_int(s, 1, INT64_MAX, &have) && have == id)
            return true;
    return false;
}

static str typed_or(web *w, const char *field, str otherwise)
{
    return form_has(w->q, field) ? form_field(w->q, field) : otherwise;
}

static err *put_choices(web *w, const leader *l)
{
    rows posts = { 0 }, shifts = { 0 };
    bool typed = form_has(w->q, "from_on");
    int days = 0;
    TRY(web_view(w, "post", NAMED({ "team", V_INT(l->team) }), &posts));
    TRY(web_view(w, "shift", NAMED({ 0 }), &shifts));
    for (size_t i = 0; i < posts.count && i < CHOICES_MAX; i++) {
        tree *t = tree_add(w->tree, "post_choices");
        int64_t id = rows_int(&posts, i, "id");
        tree_int(t, "id", id);
        tree_text(t, "name", rows_text(&posts, i, "name"));
        tree_yes(t, "checked", typed ? form_holds(w, "post", id) : str_is(rows_text(&posts, i, "kind"), "gate"));
    }
    for (size_t i = 0; i < shifts.count; i++) {
        if (rows_int(&shifts, i, "operation_id") != l->operation)
            continue;
        tree *t = tree_add(w->tree, "shift_choices");
        int64_t id = rows_int(&shifts, i, "id"), start = rows_int(&shifts, i, "start_minute");
        bool day = !str_is(rows_text(&shifts, i, "kind"), "night");
        tree_int(t, "id", id);
        tree_text(t, "shift", rows_text(&shifts, i, "name"));
        tree_text(t, "ground", str_of(leader_ground(start)));
        tree_text(t, "span", web_span(w, start, rows_int(&shifts, i, "end_minute")));
        tree_yes(t, "checked", typed ? form_holds(w, "shift", id) : day && days < OFFER_SHIFTS);
        days += day;
    }
    return NULL;
}

static err *put_needs(web *w, const leader *l)
{
    rows r = { 0 };
    TRY(web_view(w, "need_board", NAMED({ "team", V_INT(l->team) }, { "from_on", V_TEXT(l->day) }, { "to_on", V_TEXT(l->day) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        tree *t = tree_add(w->tree, "needs");
        leader_put_shift(w, t, &r, i);
        tree_int(t, "need", rows_int(&r, i, "id"));
        tree_int(t, "want", rows_int(&r, i, "headcount_min"));
        tree_int(t, "have", rows_int(&r, i, "rostered"));
        tree_text(t, "source", rows_text(&r, i, "source"));
    }
    return NULL;
}

err *leader_get_demand(web *w)
{
    leader l = { 0 };
    civil_day from = 0;
    TRY(leader_open(w, LEADER_NEXT, &l));
    TRY(put_choices(w, &l));
    TRY(put_needs(w, &l));
    civil_day_read(l.day, &from);
    tree_text(w->tree, "from_on", typed_or(w, "from_on", l.day));
    tree_text(w->tree, "to_on", typed_or(w, "to_on", civil_day_text(w->q->a, from + OFFER_DAYS - 1)));
    tree_text(w->tree, "people", typed_or(w, "people", text_format(w->q->a, "%d", OFFER_PEOPLE)));
    leader_put_week(w, &l);
    return web_show(w, "leader_demand");
}

/* -- what is asked ------------------------------------------------------------------------------------- */
typedef struct asking {
    leader l;
    civil_zone *zone;
    civil_day from, to;
    int64_t people, post[CHOICES_MAX];
    size_t posts, rows;
    text t;
} asking;

static err *wrong(web *w, const char *key)
{
    return err_new(w->q->a, ERR_INPUT, key, VALUES({ "max", text_format(w->q->a, "%d", ROWS_MAX) }));
}

static err *read_form(web *w, asking *x)
{
    rows posts = { 0 };
    if (!civil_day_read(form_field(w->q, "from_on"), &x->from) || !civil_day_read(form_field(w->q, "to_on"), &x->to))
        return wrong(w, "leader.demand_days");
    if (x->from > x->to)
        return wrong(w, "roster.span");
    if (!str_int(str_trim(form_field(w->q, "people")), 1, HEADCOUNT_MAX, &x->people))
        return wrong(w, "leader.demand_people");
    TRY(web_view(w, "post", NAMED({ "team", V_INT(x->l.team) }), &posts)); /* of this team alone */
    for (size_t i = 0; i < posts.count && x->posts < CHOICES_MAX; i++)
        if (form_holds(w, "post", rows_int(&posts, i, "id")))
            x->post[x->posts++] = rows_int(&posts, i, "id");
    return x->posts ? NULL : wrong(w, "leader.demand_posts");
}

static err *put_rows(web *w, asking *x, const rows *shifts, size_t i)
{
    int start = (int)rows_int(shifts, i, "start_minute"), end = (int)rows_int(shifts, i, "end_minute");
    for (civil_day d = x->from; d <= x->to; d++)
        for (size_t p = 0; p < x->posts; p++) {
            if (++x->rows > ROWS_MAX)
                return wrong(w, "leader.demand_many");
            text_printf(&x->t, "%s{\"team\":\"%lld\",\"post\":\"%lld\",\"shift\":\"%lld\",\"starts_on\":\"%.*s\",\"starts_at\":%lld,"
                               "\"ends_at\":%lld,\"min\":%lld,\"target\":%lld,\"limit\":%lld,\"source\":\"%.*s\"}",
                        x->rows > 1 ? "," : "", (long long)x->l.team, (long long)x->post[p], (long long)rows_int(shifts, i, "id"),
                        STR_ARG(civil_day_text(w->q->a, d)), (long long)civil_instant(x->zone, d, start),
                        (long long)civil_instant(x->zone, d, end), (long long)x->people, (long long)x->people, (long long)x->people,
                        STR_ARG(web_word(w, "leader.source_phone", NULL)));
        }
    return NULL;
}

static err *ask_rows(web *w, asking *x)
{
    rows shifts = { 0 };
    TRY(read_form(w, x));
    TRY(civil_zone_open(w->q->a, x->l.zone, &x->zone));
    TRY(web_view(w, "shift", NAMED({ 0 }), &shifts));
    x->t = text_begin(w->q->a);
    text_put_z(&x->t, "[");
    for (size_t i = 0; i < shifts.count; i++)
        if (form_holds(w, "shift", rows_int(&shifts, i, "id")))
            TRY(put_rows(w, x, &shifts, i));
    text_put_z(&x->t, "]");
    return x->rows ? NULL : wrong(w, "leader.demand_shifts");
}

err *leader_post_demand(web *w)
{
    asking *x = arena_new(w->q->a, asking);
    err *e = leader_open(w, LEADER_NEXT, &x->l);
    if (!e)
        e = ask_rows(w, x);
    if (e)
        web_fail(w, e);
    else
        web_run(w, w->who.person_id, "need.import", NAMED({ "rows", V_TEXT(text_done(&x->t)) }), leader_ended);
    return NULL;
}

/* -- another gate -------------------------------------------------------------------------------------- */
/* Importing one of the same name would change it: that is said instead. */
static err *check_new(web *w, const leader *l, str name)
{
    rows r = { 0 };
    if (!name.len)
        return err_new(w->q->a, ERR_INPUT, "leader.post_wanted", NULL);
    TRY(web_view(w, "post", NAMED({ "team", V_INT(l->team) }), &r));
    for (size_t i = 0; i < r.count; i++)
        if (str_equal(rows_text(&r, i, "name"), name))
            return err_new(w->q->a, ERR_CONFLICT, "leader.post_there", VALUES({ "post", name }));
    return NULL;
}

err *leader_post_post(web *w)
{
    leader l = { 0 };
    str name = str_trim(form_field(w->q, "name"));
    err *e = leader_open(w, LEADER_NEXT, &l);
    if (!e)
        e = check_new(w, &l, name);
    if (e) {
        web_fail(w, e);
        return NULL;
    }
    text t = text_begin(w->q->a);
    json j = json_begin(&t);
    json_open(&j, '[');
    json_open(&j, '{');
    json_key(&j, "team");
    json_str(&j, text_format(w->q->a, "%lld", (long long)l.team));
    json_key(&j, "name");
    json_str(&j, name);
    json_key(&j, "kind");
    json_str(&j, STR("gate"));
    json_key(&j, "outdoor");
    json_str(&j, form_field(w->q, "outdoor").len ? STR("yes") : STR("no"));
    json_close(&j, '}');
    json_close(&j, ']');
    web_run(w, w->who.person_id, "post.import", NAMED({ "rows", V_TEXT(text_done(&t)) }), leader_ended);
    return NULL;
}

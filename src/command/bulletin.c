#include "base/civil.h"
#include "command/command.h"
#include "command/figure.h"

#include <assert.h>

/* Rows of one figure: all attendances of a city, once. */
enum { FIGURE_MAX_BYTES = 64 << 20 };

typedef struct drafting {
    int64_t id;
    named words[FIGURE_WORDS_MAX + 1];
    size_t word_count;
    int64_t figures;
} drafting;

static void put_word(drafting *d, const char *name, str s)
{
    assert(d->word_count < FIGURE_WORDS_MAX);
    d->words[d->word_count++] = (named){ name, V_TEXT(s) };
}

static str number_text(context *c, int64_t n)
{
    return text_format(c->a, "%lld", (long long)n);
}

/* -- what the figures are about -------------------------------------------------------------------------- */
static err *put_about(context *c, drafting *d, const char *name, const named *scope)
{
    rows r = { 0 };
    TRY(query(c, text_format(c->a, "bulletin.about_%s", name).at, scope, &r));
    if (r.count)
        put_word(d, name, number_text(c, rows_int(&r, 0, "id")));
    return NULL;
}

typedef struct run_of_nights {
    int64_t person;
    civil_day from, to;
} run_of_nights;

/* Rows by person, then day; several nights of one day count once. */
static run_of_nights longest_run(const rows *r)
{
    run_of_nights best = { 0 }, now = { 0 };
    for (size_t i = 0; i < r->count; i++) {
        civil_day day = 0;
        bool read = civil_day_read(rows_text(r, i, "starts_on"), &day);
        int64_t person = rows_int(r, i, "person_id");
        assert(read);
        (void)read;
        if (person == now.person && day <= now.to + 1)
            now.to = day;
        else
            now = (run_of_nights){ person, day, day };
        if (!best.person || now.to - now.from > best.to - best.from)
            best = now;
    }
    return best;
}

static err *put_nights(context *c, drafting *d, const named *scope)
{
    rows r = { 0 };
    TRY(query(c, "bulletin.nights", scope, &r));
    run_of_nights run = longest_run(&r);
    if (!run.person)
        return NULL;
    put_word(d, "night_person", number_text(c, run.person));
    put_word(d, "night_from", civil_day_text(c->a, run.from));
    put_word(d, "night_to", civil_day_text(c->a, run.to));
    return NULL;
}

static err *put_days(context *c, drafting *d, str zone_name, int64_t as_of)
{
    civil_zone *zone = NULL;
    civil_day day;
    int minute;
    TRY(civil_zone_open(c->a, zone_name, &zone));
    civil_local(zone, as_of, &day, &minute);
    put_word(d, "day", civil_day_text(c->a, day));
    put_word(d, "tomorrow", civil_day_text(c->a, day + 1));
    return NULL;
}

static err *find_words(context *c, const args *a, str zone, drafting *d)
{
    static const char *const about[] = { "order", "org", "liaison", "team" };
    int64_t as_of = arg_int(a, "as_of");
    const named *scope = NAMED({ "operation", arg_value(a, "operation") }, { "until", V_INT(as_of) });
    put_word(d, "operation", number_text(c, arg_int(a, "operation")));
    put_word(d, "until", number_text(c, as_of));
    for (size_t i = 0; i < COUNT(about); i++)
        TRY(put_about(c, d, about[i], scope));
    TRY(put_nights(c, d, scope));
    return put_days(c, d, zone, as_of);
}

/* -- the figures ------------------------------------------------------------------------------------------- */
static err *store_records(context *c, const drafting *d, const figure *f, const figure_value *v)
{
    for (size_t i = 0; i < v->record_count; i++)
        TRY(query(c, "bulletin.add_record",
                  NAMED({ "id", V_INT(d->id) }, { "name", V_TEXT(str_of(f->name)) }, { "record", V_TEXT(v->records[i]) }),
                  NULL));
    return NULL;
}

static err *draft_figure(context *c, drafting *d, const figure *f)
{
    str args = { 0 };
    figure_value v = { 0 };
    if (!figure_args(c->a, f, d->words, &args))
        return NULL;
    TRY(figure_run(c, f, args, &v));
    d->figures++;
    TRY(query(c, "bulletin.add_figure",
              NAMED({ "id", V_INT(d->id) }, { "name", V_TEXT(str_of(f->name)) },
                    { "kind", V_TEXT(str_of(figure_kind_name(f->kind))) }, { "view", V_TEXT(str_of(f->view)) },
                    { "args", V_TEXT(args) }, { "value", V_INT(v.value) }),
              NULL));
    return store_records(c, d, f, &v);
}

static void arena_drop(void *what)
{
    arena_close(what);
}

/* Each figure in memory of its own: a city's attendances are many. */
static err *draft_figures(context *c, drafting *d)
{
    arena *outer = c->a;
    for (const figure *f = figures; f->name; f++) {
        c->a = arena_open(NULL, FIGURE_MAX_BYTES);
        arena *inner = c->a;
        err *e = draft_figure(c, d, f);
        c->a = outer;
        if (e) {
            arena_defer(outer, arena_drop, inner);
            return e;
        }
        arena_close(inner);
    }
    return NULL;
}

/* -- commands ------------------------------------------------------------------------------------------------ */
static err *open_bulletin(context *c, const args *a, int64_t *id)
{
    rows r = { 0 };
    const value number = arg_value(a, "number"), title = arg_text_value(a, "title"),
                issuer = arg_text_value(a, "issuer"), requests = arg_text_value(a, "requests"),
                by = arg_given(a, "by") ? arg_value(a, "by") : c->actor_id ? V_INT(c->actor_id) : V_NULL;
    TRY(query(c, "bulletin.find", NAMED({ "operation", arg_value(a, "operation") }, { "number", number }), &r));
    if (r.count && !str_is(rows_text(&r, 0, "state"), "draft"))
        return refuse(c, ERR_CONFLICT, "bulletin.frozen", VALUES({ "number", number_text(c, number.n) }));
    if (!r.count) {
        TRY(next_id(c, id));
        return query(c, "bulletin.add",
                     NAMED({ "id", V_INT(*id) }, { "operation", arg_value(a, "operation") }, { "number", number },
                           { "as_of", arg_value(a, "as_of") }, { "title", title }, { "issuer", issuer },
                           { "requests", requests }, { "by", by }),
                     NULL);
    }
    *id = rows_int(&r, 0, "id");
    TRY(query(c, "bulletin.clear_records", NAMED({ "id", V_INT(*id) }), NULL));
    TRY(query(c, "bulletin.clear_figures", NAMED({ "id", V_INT(*id) }), NULL));
    return query(c, "bulletin.change",
                 NAMED({ "id", V_INT(*id) }, { "as_of", arg_value(a, "as_of") }, { "title", title },
                       { "issuer", issuer }, { "requests", requests }, { "by", by }),
                 NULL);
}

static err *bulletin_draft(context *c, const args *a)
{
    drafting d = { 0 };
    rows r = { 0 };
    if (arg_int(a, "as_of") > c->now)
        return refuse(c, ERR_INPUT, "bulletin.ahead", NULL);
    if (arg_int(a, "number") < 1)
        return refuse(c, ERR_INPUT, "bulletin.number", NULL);
    TRY(query(c, "bulletin.operation", NAMED({ "operation", arg_value(a, "operation") }), &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "bulletin.operation_missing",
                      VALUES({ "id", number_text(c, arg_int(a, "operation")) }));
    TRY(open_bulletin(c, a, &d.id));
    TRY(find_words(c, a, rows_text(&r, 0, "zone"), &d));
    TRY(draft_figures(c, &d));
    command_result(c, "id", d.id);
    command_result_int(c, "figures", d.figures);
    return NULL;
}

/* A second person has looked at it; from then on no figure moves. */
static err *bulletin_freeze(context *c, const args *a)
{
    rows r = { 0 };
    const int64_t by = arg_int_or(a, "checked_by", c->actor_id);
    TRY(query(c, "bulletin.load", NAMED({ "id", arg_value(a, "bulletin") }), &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "bulletin.missing", VALUES({ "id", number_text(c, arg_int(a, "bulletin")) }));
    if (!str_is(rows_text(&r, 0, "state"), "draft"))
        return refuse(c, ERR_CONFLICT, "bulletin.frozen",
                      VALUES({ "number", number_text(c, rows_int(&r, 0, "number")) }));
    if (!by)
        return refuse(c, ERR_INPUT, "bulletin.nobody", NULL);
    if (by == rows_int(&r, 0, "filled_by"))
        return refuse(c, ERR_RIGHTS, "bulletin.same_person", NULL);
    command_result(c, "id", arg_int(a, "bulletin"));
    return query(c, "bulletin.freeze", NAMED({ "id", arg_value(a, "bulletin") }, { "by", V_INT(by) }), NULL);
}

const command bulletin_commands[] = {
    { "bulletin.draft", "commander:all auditor:all",
      "operation:id number:int as_of:utc title:text? issuer:text? requests:text? by:id?", .locks = "operation",
      .closed = CLOSED_GOES_ON, .run = bulletin_draft },
    { "bulletin.freeze", "commander:all", "bulletin:id checked_by:id?",
      .closed = CLOSED_GOES_ON, .run = bulletin_freeze },
    { 0 },
};

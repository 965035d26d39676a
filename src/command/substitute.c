#include "command/substitute.h"

#include "domain/substitute.h"

#include <assert.h>

/* The settings of rosters hold for whoever stands in, too. */
static err *load_limits(context *c, int64_t need, substitute_limits *out)
{
    rows r = { 0 };
    *out = (substitute_limits){ SUBSTITUTE_DAY_MAX_MINUTES, SUBSTITUTE_REST_NIGHT_MINUTES, SUBSTITUTE_NIGHTS_MAX };
    TRY(query(c, "substitute.limits", NAMED({ "need", V_INT(need) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        int64_t n = 0;
        str name = rows_text(&r, i, "name");
        bool good = str_int(rows_text(&r, i, "value"), 0, 48, &n); /* as setting.def bounds them */
        assert(good);
        if (str_is(name, "roster.nights"))
            out->nights_max = (int)n;
        else
            *(str_is(name, "roster.day_hours") ? &out->day_max_minutes : &out->rest_night_minutes) = (int)n * 60;
    }
    return NULL;
}

static substitute_shift shift_of(const rows *r, size_t i)
{
    substitute_shift s = { .starts_at = rows_int(r, i, "starts_at"), .ends_at = rows_int(r, i, "ends_at"),
                           .night = rows_int(r, i, "night") != 0, .outdoor = rows_int(r, i, "outdoor") != 0 };
    civil_day_read(rows_text(r, i, "starts_on"), &s.day);
    return s;
}

static err *load_duties(context *c, const substitution *s, substitute *out)
{
    rows r = { 0 };
    TRY(query(c, "substitute.duties",
              NAMED({ "need", V_INT(s->need_id) }, { "person", V_INT(s->person_id) }, { "leaves", V_INT(s->leaves) }), &r));
    substitute_shift *duties = arena_many(c->a, substitute_shift, r.count + 1);
    for (size_t i = 0; i < r.count; i++)
        duties[i] = shift_of(&r, i);
    out->duties = duties;
    out->duty_count = r.count;
    return NULL;
}

/* As a plan does it: what the person agreed to raises the limit, then a care rule lowers it; 0: no such rule. */
static int nights_of(int usual, int agreed, int fewer)
{
    int most = agreed > usual ? agreed : usual;
    return fewer && fewer < most ? fewer : most;
}

err *substitute_check(context *c, const substitution *s)
{
    static const char *const sentences[] = { NULL, "substitute.team", "substitute.away", "substitute.cannot",
                                             "substitute.care", "substitute.skill", "substitute.overlap",
                                             "substitute.rest", "substitute.hours", "substitute.nights", "substitute.pair" };
    rows r = { 0 };
    substitute_limits limits;
    const str id = text_format(c->a, "%lld", (long long)s->person_id);
    TRY(query(c, "substitute.facts",
              NAMED({ "need", V_INT(s->need_id) }, { "person", V_INT(s->person_id) }, { "without", V_INT(s->without) }), &r));
    if (!r.count)
        return refuse(c, ERR_NOT_FOUND, "person.missing", VALUES({ "id", id }));
    substitute who = { .member = rows_int(&r, 0, "member") > 0, .away = rows_int(&r, 0, "away") > 0,
                       .cannot = rows_int(&r, 0, "cannot") > 0, .no_night = rows_int(&r, 0, "no_night") > 0,
                       .no_outdoor = rows_int(&r, 0, "no_outdoor") > 0,
                       .skill_lacking = rows_int(&r, 0, "skill_lacking") > 0, .paired = rows_int(&r, 0, "paired") > 0 };
    substitute_shift wanted = shift_of(&r, 0);
    TRY(load_duties(c, s, &who));
    TRY(load_limits(c, s->need_id, &limits));
    limits.nights_max = nights_of(limits.nights_max, (int)rows_int(&r, 0, "nights_agreed"), (int)rows_int(&r, 0, "nights_fewer"));
    substitute_reason reason = substitute_reason_of(&who, &wanted, &limits);
    return reason == SUBSTITUTE_FREE ? NULL : refuse(c, ERR_CONFLICT, sentences[reason], VALUES({ "id", id }));
}

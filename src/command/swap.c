#include "command/attendance.h"
#include "command/substitute.h"

#define SWAP_WHO "volunteer:own leader:team secretary:division commander:all"

typedef struct trade {
    duty from, to; /* to.id 0: somebody stands in and gives nothing back */
    int64_t to_person;
} trade;

static err *still_ahead(context *c, const duty *d)
{
    if (!d->planned)
        return refuse(c, ERR_CONFLICT, "swap.not_live", NULL);
    return d->shift.ends_at <= c->now ? refuse(c, ERR_CONFLICT, "duty.past", NULL) : NULL;
}

static err *load_trade(context *c, trade *t, int64_t from_duty, int64_t to_duty)
{
    if (to_duty)
        TRY(duty_load(c, to_duty, &t->to));
    TRY(duty_load(c, from_duty, &t->from)); /* last: the audit line is about its person */
    TRY(still_ahead(c, &t->from));
    if (t->to_person == t->from.person_id)
        return refuse(c, ERR_INPUT, "swap.oneself", NULL);
    if (!to_duty)
        return NULL;
    TRY(still_ahead(c, &t->to));
    if (t->to.person_id != t->to_person)
        return refuse(c, ERR_INPUT, "swap.not_theirs", NULL);
    return t->to.need_id == t->from.need_id ? refuse(c, ERR_INPUT, "swap.same_need", NULL) : NULL;
}

/* Each must be able to do the other's, once his own is given up. */
static err *check_trade(context *c, const trade *t)
{
    TRY(substitute_check(c, &(substitution){ t->from.need_id, t->to_person, t->from.id, t->to.id }));
    if (!t->to.id)
        return NULL;
    return substitute_check(c, &(substitution){ t->to.need_id, t->from.person_id, t->to.id, t->from.id });
}

/* The duty stays with the first person until the other accepts. */
static err *swap_ask(context *c, const args *a)
{
    trade t = { .to_person = arg_int(a, "to_person") };
    rows r = { 0 };
    str why = { 0 };
    int64_t id;
    TRY(duty_why(c, a, &why));
    TRY(load_trade(c, &t, arg_int(a, "duty"), arg_int(a, "to_duty")));
    TRY(query(c, "swap.open_of", NAMED({ "duty", arg_value(a, "duty") }), &r));
    if (r.count)
        return refuse(c, ERR_CONFLICT, "swap.open", NULL);
    TRY(check_trade(c, &t));
    TRY(next_id(c, &id));
    command_result(c, "id", id);
    return query(c, "swap.add",
                 NAMED({ "id", V_INT(id) }, { "duty", arg_value(a, "duty") }, { "person", arg_value(a, "to_person") },
                       { "to_duty", arg_value(a, "to_duty") }, { "why", V_TEXT(why) }, { "now", V_INT(c->now) }),
                 NULL);
}

/* -- the answer ----------------------------------------------------------------------------------------- */
typedef struct asked {
    int64_t id, from_duty, to_duty, from_person, to_person;
} asked;

static err *load_asked(context *c, const args *a, asked *out)
{
    rows r = { 0 };
    TRY(query(c, "swap.load", NAMED({ "id", arg_value(a, "swap") }), &r));
    if (!r.count)
        return REFUSE_ID(c, ERR_NOT_FOUND, "swap.missing", arg_int(a, "swap"));
    *out = (asked){ arg_int(a, "swap"), rows_int(&r, 0, "from_duty_id"), rows_int(&r, 0, "to_duty_id"),
                    rows_int(&r, 0, "from_person_id"), rows_int(&r, 0, "to_person_id") };
    command_about(c, out->to_person);
    command_result(c, "id", out->id);
    return str_is(rows_text(&r, 0, "state"), "asked") ? NULL : refuse(c, ERR_CONFLICT, "swap.decided", NULL);
}

static err *decide(context *c, const asked *x, const char *state)
{
    return query(c, "swap.decide",
                 NAMED({ "id", V_INT(x->id) }, { "state", V_TEXT(str_of(state)) }, { "now", V_INT(c->now) }), NULL);
}

static err *give_up(context *c, const duty *d)
{
    TRY(query(c, "duty.drop_swaps", NAMED({ "id", V_INT(d->id) }, { "now", V_INT(c->now) }), NULL));
    return query(c, "duty.release",
                 NAMED({ "id", V_INT(d->id) }, { "state", V_TEXT(STR("excused")) }, { "why", V_TEXT(STR("swap")) }, { "now", V_INT(c->now) }), NULL);
}

static err *take_over(context *c, const duty *d, int64_t person, const char *result)
{
    int64_t id;
    TRY(next_id(c, &id));
    command_result(c, result, id);
    return query(c, "swap.take_over",
                 NAMED({ "id", V_INT(id) }, { "replaces", V_INT(d->id) }, { "person", V_INT(person) },
                       { "seat", V_INT(d->seat) }, { "now", V_INT(c->now) }),
                 NULL);
}

static err *lock_both(context *c, int64_t a, int64_t b)
{
    TRY(query(c, "lock.person", NAMED({ "id", V_INT(a < b ? a : b) }), NULL));
    return query(c, "lock.person", NAMED({ "id", V_INT(a < b ? b : a) }), NULL);
}

/* What was free when asked may be busy by now: all is looked at again. First what frees seats, then what takes them. */
static err *swap_accept(context *c, const args *a)
{
    asked x = { 0 };
    TRY(load_asked(c, a, &x));
    if (c->actor_id == x.from_person)
        return refuse(c, ERR_RIGHTS, "swap.not_asked", NULL);
    TRY(lock_both(c, x.from_person, x.to_person));
    trade t = { .to_person = x.to_person };
    TRY(load_trade(c, &t, x.from_duty, x.to_duty));
    TRY(check_trade(c, &t));
    command_about(c, x.to_person);
    TRY(decide(c, &x, "done"));
    TRY(give_up(c, &t.from));
    if (t.to.id)
        TRY(give_up(c, &t.to));
    TRY(take_over(c, &t.from, x.to_person, "duty"));
    return t.to.id ? take_over(c, &t.to, x.from_person, "to_duty") : NULL;
}

static err *swap_refuse(context *c, const args *a)
{
    asked x = { 0 };
    TRY(load_asked(c, a, &x));
    if (c->actor_id == x.from_person)
        return refuse(c, ERR_RIGHTS, "swap.not_asked", NULL);
    return decide(c, &x, "refused");
}

static err *swap_withdraw(context *c, const args *a)
{
    asked x = { 0 };
    TRY(load_asked(c, a, &x));
    if (c->actor_id == x.to_person)
        return refuse(c, ERR_RIGHTS, "swap.not_asking", NULL);
    return decide(c, &x, "withdrawn");
}

const command swap_commands[] = {
    { "swap.ask", SWAP_WHO, "duty:id to_person:id to_duty:id? why:text_private?", .locks = "duty",
      .closed = CLOSED_STOPS, .run = swap_ask },
    { "swap.accept", SWAP_WHO, "swap:id", .locks = "swap", .closed = CLOSED_STOPS, .run = swap_accept },
    { "swap.refuse", SWAP_WHO, "swap:id", .locks = "swap", .closed = CLOSED_STOPS, .run = swap_refuse },
    { "swap.withdraw", SWAP_WHO, "swap:id", .locks = "swap", .closed = CLOSED_STOPS, .run = swap_withdraw },
    { 0 },
};

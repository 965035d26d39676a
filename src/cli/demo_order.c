#include "base/text.h"
#include "cli/demo.h"
#include "job/outbox.h"

/* Order no. 2: drafted, released at noon, handed on by the branches, answered by and by; the silent are chased. */
enum { PIECE = 200, RINGS = 3, ASLEEP = 5 /* an agency whose first branch does nothing all afternoon */ };

static err *open_channel(demo *d)
{
    return demo_run(d, "channel.set", NAMED({ "name", DEMO_T("sms") }, { "driver", DEMO_T("file") }), NULL);
}

static err *addressees(demo *d, str *out)
{
    rows r = { 0 };
    text t = text_begin(d->a);
    TRY(demo_view(d, "org", NULL, &r));
    for (size_t i = 0; i < r.count; i++)
        if (!rows_int(&r, i, "parent_id"))
            text_printf(&t, "%s%lld", t.len ? "," : "[", (long long)rows_int(&r, i, "id"));
    text_put_z(&t, "]");
    *out = text_done(&t);
    return NULL;
}

static err *release(demo *d)
{
    str orgs = { 0 };
    TRY(addressees(d, &orgs));
    d->now = demo_at(d, 0, 11, 20);
    TRY(demo_run_id(d, "order.draft",
                    NAMED({ "operation", V_INT(d->operation) }, { "number", V_INT(2) }, { "text", demo_say(d, "demo.order_text") },
                          { "principle", demo_say(d, "demo.principle") }, { "reply_by", V_INT(demo_at(d, 0, 16, 0)) },
                          { "report_at", V_INT(demo_at(d, 1, 8, 0)) }, { "orgs", V_TEXT(orgs) }),
                    &d->order));
    d->now = demo_at(d, 0, 12, 0);
    demo_as(d, d->releaser);
    return demo_run(d, "order.release", NAMED({ "order", V_INT(d->order) }), NULL);
}

static err *until_none(demo *d, const char *command, const named *args)
{
    str result = { 0 };
    do
        TRY(demo_run(d, command, args, &result));
    while (demo_number(result, "remaining"));
    return NULL;
}

static bool sleeps(const demo_person *p)
{
    return p->agency == ASLEEP && p->branch == 0;
}

/* Each branch writes to its own; then the machine hands over what waits. */
static err *send(demo *d, const char *kind)
{
    outbox_done done;
    const bool chase = str_is(str_of(kind), "chase");
    for (size_t i = 0; i < DEMO_PEOPLE; i++) {
        const demo_person *p = &d->people[i];
        if (p->liaison == p->id && !(chase && sleeps(p)))
            demo_later(d, d->now, p->id, "notice.send",
                       NAMED({ "order", V_INT(d->order) }, { "org", V_INT(p->org) }, { "kind", DEMO_T(kind) }, { "limit", V_INT(PIECE) }));
    }
    TRY(demo_play_until(d, d->now + 1));
    demo_as(d, 0);
    return demo_stopped_at(d, "message.take",
                           outbox_run(d->app, d->a, &(outbox_options){ d->dir, d->now, d->lang, STR("demo") }, &done));
}

/* -- answers -------------------------------------------------------------------------------------------------- */
static void answer(demo *d, int64_t notice, const demo_person *p, int64_t at, const char *via, int64_t by)
{
    uint32_t roll = p->must ? 0 : demo_luck(d, 100);
    const char *word = roll < 84 ? "can" : roll < 92 ? "hindered" : "cannot";
    value back = roll < 84 || roll >= 92 ? V_NULL : V_TEXT(demo_day(d, 3 + (int)demo_luck(d, 3)));
    const named all[] = { { "notice", V_INT(notice) }, { "answer", DEMO_T(word) }, { "via", DEMO_T(via) },
                          { back.kind == VALUE_NULL ? NULL : "back_on", back }, { 0 } };
    demo_later(d, at, by, "notice.answer", all);
}

/* Rung up in vain; some are given up. */
static void ring(demo *d, int64_t notice, const demo_person *p, bool give_up)
{
    for (int i = 0; i < RINGS; i++)
        demo_later(d, demo_at(d, 0, 16, 30) + (int64_t)(i * 60 + (int)demo_luck(d, 50)) * DEMO_MINUTE, p->liaison, "notice.call",
                   NAMED({ "notice", V_INT(notice) }, { "outcome", DEMO_T("no_answer") }));
    if (give_up)
        demo_later(d, demo_at(d, 0, 20, 0), p->liaison, "notice.unreachable", NAMED({ "notice", V_INT(notice) }));
}

/* Whoever reaches him by telephone: where the branch sleeps, the agency, once it has taken over. */
static void by_telephone(demo *d, int64_t notice, const demo_person *p, int64_t soon)
{
    if (sleeps(p))
        answer(d, notice, p, demo_at(d, 0, 18, 40) + (int64_t)demo_luck(d, 60) * DEMO_MINUTE, "call", d->officers[ASLEEP]);
    else
        answer(d, notice, p, soon, "call", p->liaison);
}

static void answer_somehow(demo *d, int64_t notice, const demo_person *p)
{
    int64_t soon = demo_at(d, 0, 12, 5) + (int64_t)demo_luck(d, 230) * DEMO_MINUTE;
    int64_t late = demo_at(d, 0, 16, 10) + (int64_t)demo_luck(d, 120) * DEMO_MINUTE;
    uint32_t roll = demo_luck(d, 100);
    if (p < d->people + DEMO_LIAISON_BRANCH && p->id != p->liaison)
        by_telephone(d, notice, p, soon);
    else if (p->must || roll < 55)
        answer(d, notice, p, soon, "link", p->id);
    else if (roll < 80)
        by_telephone(d, notice, p, soon);
    else if (roll < 92)
        answer(d, notice, p, late, "link", p->id);
    else if (!sleeps(p))
        ring(d, notice, p, roll < 95);
}

/* One level up sees which branches sleep, and the agency takes this one's calls over. */
static err *escalate(demo *d)
{
    d->now = demo_at(d, 0, 18, 15);
    demo_as(d, d->releaser);
    TRY(demo_run(d, "notice.escalate", NAMED({ "order", V_INT(d->order) }), NULL));
    d->now = demo_at(d, 0, 18, 30);
    demo_as(d, d->officers[ASLEEP]);
    for (size_t i = 0; i < DEMO_PEOPLE; i++)
        if (sleeps(&d->people[i]))
            return demo_run(d, "notice.take_over", NAMED({ "order", V_INT(d->order) }, { "org", V_INT(d->people[i].org) }), NULL);
    return demo_missing(d, "notice.take_over");
}

static err *read_answers(demo *d)
{
    rows r = { 0 };
    TRY(demo_view(d, "notice", NAMED({ "order", V_INT(d->order) }, { "answer", DEMO_T("can") }), &r));
    for (size_t i = 0; i < r.count; i++)
        demo_person_of(d, rows_int(&r, i, "person_id"))->can = true;
    return NULL;
}

err *demo_order(demo *d)
{
    rows r = { 0 };
    const named *order;
    demo_as(d, d->drafter);
    TRY(open_channel(d));
    TRY(release(d));
    order = NAMED({ "order", V_INT(d->order) });
    TRY(until_none(d, "notice.queue", order));
    TRY(send(d, "call_out"));
    TRY(demo_view(d, "notice", order, &r));
    for (size_t i = 0; i < r.count; i++)
        answer_somehow(d, rows_int(&r, i, "id"), demo_person_of(d, rows_int(&r, i, "person_id")));
    TRY(demo_play_until(d, demo_at(d, 0, 16, 5)));
    d->now = demo_at(d, 0, 16, 5);
    TRY(send(d, "chase"));
    TRY(demo_play_until(d, demo_at(d, 0, 18, 15)));
    TRY(escalate(d));
    TRY(demo_play(d));
    return read_answers(d);
}

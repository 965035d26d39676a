#include "base/text.h"
#include "cli/demo.h"
#include "cli/outbox.h"

/* Order no. 2: drafted, released at noon, handed on, answered by and by; the silent are chased. */
enum { PIECE = 200, RINGS = 3 };

static value say(demo *d, const char *key)
{
    return V_TEXT(words_get(d->a, d->lang, key, NULL));
}

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
                    NAMED({ "operation", V_INT(d->operation) }, { "number", V_INT(2) }, { "text", say(d, "demo.order_text") },
                          { "principle", say(d, "demo.principle") }, { "reply_by", V_INT(demo_at(d, 0, 16, 0)) },
                          { "report_at", V_INT(demo_at(d, 1, 8, 0)) }, { "orgs", V_TEXT(orgs) }, { "by", V_INT(d->drafter) }),
                    &d->order));
    d->now = demo_at(d, 0, 12, 0);
    return demo_run(d, "order.release", NAMED({ "order", V_INT(d->order) }, { "by", V_INT(d->releaser) }), NULL);
}

static err *until_none(demo *d, const char *command, const named *args)
{
    str result = { 0 };
    do
        TRY(demo_run(d, command, args, &result));
    while (demo_number(result, "remaining"));
    return NULL;
}

static err *send(demo *d, const char *kind)
{
    outbox_done done;
    TRY(until_none(d, "notice.send", NAMED({ "order", V_INT(d->order) }, { "kind", DEMO_T(kind) }, { "limit", V_INT(PIECE) })));
    return outbox_run(d->app, d->a, &(outbox_options){ d->dir, d->now, d->lang, STR("demo") }, &done);
}

/* -- answers -------------------------------------------------------------------------------------------------- */
static void answer(demo *d, int64_t notice, demo_person *p, int64_t at, const char *via, int64_t by)
{
    uint32_t roll = p->must ? 0 : demo_luck(d, 100);
    const char *word = roll < 84 ? "can" : roll < 92 ? "hindered" : "cannot";
    value back = roll < 84 || roll >= 92 ? V_NULL : V_TEXT(demo_day(d, 3 + (int)demo_luck(d, 3)));
    p->can = roll < 84;
    const named all[] = { { "notice", V_INT(notice) }, { "answer", DEMO_T(word) }, { "via", DEMO_T(via) }, { "by", V_INT(by) },
                          { back.kind == VALUE_NULL ? NULL : "back_on", back }, { 0 } };
    demo_later(d, at, "notice.answer", all);
}

/* Rung up in vain; some are given up. */
static void ring(demo *d, int64_t notice, const demo_person *p, bool give_up)
{
    for (int i = 0; i < RINGS; i++)
        demo_later(d, demo_at(d, 0, 16, 30) + (int64_t)(i * 60 + (int)demo_luck(d, 50)) * DEMO_MINUTE, "notice.call",
                   NAMED({ "notice", V_INT(notice) }, { "outcome", DEMO_T("no_answer") }, { "by", V_INT(p->liaison) }));
    if (give_up)
        demo_later(d, demo_at(d, 0, 20, 0), "notice.unreachable", NAMED({ "notice", V_INT(notice) }));
}

static void answer_somehow(demo *d, int64_t notice, size_t index)
{
    demo_person *p = &d->people[index];
    int64_t soon = demo_at(d, 0, 12, 5) + (int64_t)demo_luck(d, 230) * DEMO_MINUTE;
    int64_t late = demo_at(d, 0, 16, 10) + (int64_t)demo_luck(d, 120) * DEMO_MINUTE;
    uint32_t roll = demo_luck(d, 100);
    if (index < DEMO_LIAISON_BRANCH && p->id != p->liaison)
        answer(d, notice, p, soon, "call", p->liaison);
    else if (p->must)
        answer(d, notice, p, soon, "link", p->id);
    else if (roll < 80)
        answer(d, notice, p, soon, roll < 55 ? "link" : "call", roll < 55 ? p->id : p->liaison);
    else if (roll < 92)
        answer(d, notice, p, late, "link", p->id);
    else
        ring(d, notice, p, roll < 95);
}

static size_t index_of(const demo *d, int64_t person)
{
    size_t i = 0;
    while (d->people[i].id != person)
        i++;
    return i;
}

err *demo_order(demo *d)
{
    rows r = { 0 };
    const named *order;
    TRY(open_channel(d));
    TRY(release(d));
    order = NAMED({ "order", V_INT(d->order) });
    TRY(until_none(d, "notice.queue", order));
    TRY(send(d, "call_out"));
    TRY(demo_view(d, "notice", order, &r));
    for (size_t i = 0; i < r.count; i++)
        answer_somehow(d, rows_int(&r, i, "id"), index_of(d, rows_int(&r, i, "person_id")));
    TRY(demo_play_until(d, demo_at(d, 0, 16, 5)));
    d->now = demo_at(d, 0, 16, 5);
    TRY(send(d, "chase"));
    TRY(demo_play_until(d, demo_at(d, 0, 18, 15)));
    d->now = demo_at(d, 0, 18, 15);
    TRY(demo_run(d, "notice.escalate", order, NULL));
    return demo_play(d);
}

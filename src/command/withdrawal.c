#include "command/message.h"
#include "domain/notice.h"

enum { SHIFT_MAX_MS = 24 * 3600 * 1000 };

/* -- everybody leaves ------------------------------------------------------------------------------------ */
typedef struct withdrawing {
    int64_t id;
    rows people;
    str channel, text;
    int64_t *messages;
    size_t message_count;
} withdrawing;

static err *withdraw_one(context *c, void *of, size_t i)
{
    withdrawing *w = of;
    int64_t person = rows_int(&w->people, i, "id");
    TRY(query(c, "withdrawal.add_person", NAMED({ "withdrawal", V_INT(w->id) }, { "person", V_INT(person) }), NULL));
    if (!w->channel.len || !rows_text(&w->people, i, "phone").len)
        return NULL;
    return message_prepare(c, w->channel, person, STR("withdrawal"), w->id, w->text, &w->messages[w->message_count++]);
}

static err *text_of_withdrawal(context *c, const args *a, const rows *team, str *out)
{
    str signature;
    TRY(message_signature(c, rows_int(team, 0, "operation_id"), &signature));
    *out = words_get(c->a, c->lang, "message.withdraw",
                     VALUES({ "signature", signature }, { "text", arg_text(a, "text") }, { "place", arg_text(a, "meeting_place") },
                            { "contact", message_contact(c, rows_text(team, 0, "contact"), rows_text(team, 0, "contact_phone")) }));
    return NULL;
}

static err *check_start(context *c, const args *a, rows *team)
{
    rows open = { 0 };
    TRY(query(c, "withdrawal.team", NAMED({ "team", arg_value(a, "team") }), team));
    if (!team->count)
        return refuse(c, ERR_NOT_FOUND, "team.missing", VALUES({ "id", text_format(c->a, "%lld", (long long)arg_int(a, "team")) }));
    TRY(query(c, "withdrawal.find_open", NAMED({ "team", arg_value(a, "team") }), &open));
    return open.count ? refuse(c, ERR_CONFLICT, "withdrawal.open", NULL) : NULL;
}

static err *withdrawal_start(context *c, const args *a)
{
    withdrawing w = { 0 };
    rows team = { 0 };
    int64_t by = 0;
    TRY(check_start(c, a, &team));
    TRY(acting_person(c, a, &by));
    TRY(message_channel(c, arg_text(a, "channel"), &w.channel));
    TRY(text_of_withdrawal(c, a, &team, &w.text));
    TRY(next_id(c, &w.id));
    command_result(c, "id", w.id);
    TRY(query(c, "withdrawal.add",
              NAMED({ "id", V_INT(w.id) }, { "team", arg_value(a, "team") }, { "text", arg_value(a, "text") },
                    { "meeting_place", arg_value(a, "meeting_place") }, { "by", V_INT(by) }, { "now", V_INT(c->now) }), NULL));
    TRY(query(c, "withdrawal.people",
              NAMED({ "team", arg_value(a, "team") }, { "now", V_INT(c->now) }, { "since", V_INT(c->now - SHIFT_MAX_MS) }), &w.people));
    w.messages = arena_many(c->a, int64_t, w.people.count + 1);
    TRY(each(c, w.people.count, withdraw_one, &w));
    command_result_int(c, "people", (int64_t)w.people.count);
    command_ids(c, "ids", w.messages, w.message_count);
    return NULL;
}

/* -- and is counted -------------------------------------------------------------------------------------- */
static err *load_open(context *c, int64_t id, rows *out)
{
    TRY(query(c, "withdrawal.load", NAMED({ "id", V_INT(id) }), out));
    if (!out->count)
        return refuse(c, ERR_NOT_FOUND, "withdrawal.missing", NULL);
    return rows_at(out, 0, "ended_at")->kind == VALUE_NULL ? NULL : refuse(c, ERR_CONFLICT, "withdrawal.ended", NULL);
}

/* Whoever is safe but was not known to be there goes on the list, if the team knows them. */
static err *put_on_list(context *c, const args *a, value team)
{
    rows member = { 0 };
    const value person = arg_value(a, "person");
    TRY(query(c, "withdrawal.member", NAMED({ "team", team }, { "person", person }), &member));
    if (!member.count)
        return refuse(c, ERR_NOT_FOUND, "withdrawal.stranger", NULL);
    return query(c, "withdrawal.add_person", NAMED({ "withdrawal", arg_value(a, "withdrawal") }, { "person", person }), NULL);
}

static err *withdrawal_report(context *c, const args *a)
{
    rows w = { 0 }, on_list = { 0 };
    int64_t by = 0;
    const value id = arg_value(a, "withdrawal"), person = arg_value(a, "person");
    str via = arg_given(a, "via") ? arg_text(a, "via") : STR("place");
    if (!str_is(via, "place") && !notice_via_is(via))
        return refuse(c, ERR_INPUT, "withdrawal.via", NULL);
    TRY(load_open(c, id.n, &w));
    TRY(acting_person(c, a, &by));
    command_about(c, person.n);
    TRY(query(c, "withdrawal.person", NAMED({ "withdrawal", id }, { "person", person }), &on_list));
    if (!on_list.count)
        TRY(put_on_list(c, a, *rows_at(&w, 0, "team_id")));
    bool known = on_list.count && rows_at(&on_list, 0, "safe_at")->kind != VALUE_NULL;
    command_result(c, "id", id.n);
    command_result_bool(c, "same", known);
    if (known) /* the first word stays */
        return NULL;
    return query(c, "withdrawal.safe",
                 NAMED({ "withdrawal", id }, { "person", person }, { "by", V_INT(by) }, { "via", V_TEXT(via) }, { "now", V_INT(c->now) }),
                 NULL);
}

static err *withdrawal_end(context *c, const args *a)
{
    rows w = { 0 }, left = { 0 };
    const value id = arg_value(a, "withdrawal");
    TRY(load_open(c, id.n, &w));
    TRY(query(c, "withdrawal.unreported", NAMED({ "id", id }), &left));
    int64_t n = rows_int(&left, 0, "n");
    if (n && !arg_int(a, "anyway"))
        return refuse(c, ERR_CONFLICT, "withdrawal.unreported", VALUES({ "n", text_format(c->a, "%lld", (long long)n) }));
    command_result(c, "id", id.n);
    command_result_int(c, "unreported", n);
    return query(c, "withdrawal.end", NAMED({ "id", id }, { "now", V_INT(c->now) }), NULL);
}

const command withdrawal_commands[] = {
    { "withdrawal.start", "leader:team secretary:division commander:all", "team:id text:text meeting_place:text channel:text? by:id?",
      .locks = "team", .closed = CLOSED_STOPS, .run = withdrawal_start },
    { "withdrawal.report", "volunteer:own leader:team secretary:division commander:all", "withdrawal:id person:id via:text? by:id?",
      .closed = CLOSED_STOPS, .run = withdrawal_report },
    { "withdrawal.end", "leader:team secretary:division commander:all", "withdrawal:id anyway:yes?",
      .closed = CLOSED_STOPS, .run = withdrawal_end },
    { 0 },
};

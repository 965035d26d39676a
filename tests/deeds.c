#include "deeds.h"

#include "base/text.h"
#include "command/command.h"
#include "store/store.h"

const deed deeds[] = {
    { 0, "operation.open", "title=Week|zone=Asia/Shanghai" },
    { 0, "division.import", "rows=[{\"code\":\"320304\",\"name\":\"Gulou\",\"level\":\"district\"},"
                            "{\"code\":\"320303001\",\"name\":\"Pengcheng\",\"level\":\"subdistrict\",\"parent_code\":\"320304\"}]" },
    { 0, "compound.import", "rows=[{\"community_code\":\"320303001001\",\"kind\":\"compound\",\"name\":\"Sun\",\"aliases\":[\"S\"],"
                            "\"ranges\":[{\"from\":1,\"to\":9,\"side\":\"odd\"}]}]" },
    { 0, "org.import", "rows=[{\"path\":[\"Bureau\",\"Three\"]},{\"path\":[\"School\"]}]" },
    { 0, "person.import", "rows=[{\"name\":\"Wang\",\"phone\":\"13800000001\",\"org\":[\"Bureau\",\"Two\"],\"skills\":[\"dialect\"]},"
                       "{\"name\":\"Sun\",\"phone\":\"13800000007\",\"org\":[\"Court\"],\"skills\":[\"lead\"]}]" },
    { 0, "placement.record", "rows=[{\"person\":\"$person\",\"community_code\":\"320303001001\",\"state\":\"placed\"},"
                             "{\"person\":\"$third\",\"state\":\"queued\",\"reasons\":\"unknown\"}]" },
    { 0, "placement.settle", "text_key=somewhere|outside=1" },
    { 0, "team.form", "operation=$first_operation" },
    { 0, "team.propose", "rows=[{\"team\":\"$team\",\"office\":\"leader\",\"person\":\"$first\",\"reason\":\"r\"}]" },
    { 0, "team.confirm", "team=$team|leader=$first" },
    { 0, "post.import", "rows=[{\"team\":\"$team\",\"name\":\"Desk\",\"kind\":\"desk\",\"skills\":[\"lead\"]},"
                     "{\"team\":\"$team\",\"name\":\"Gate\",\"kind\":\"checkpoint\"}]" },
    { 0, "shift.import", "rows=[{\"operation\":\"$first_operation\",\"name\":\"Night\",\"kind\":\"night\",\"start_minute\":1200,"
                      "\"end_minute\":1560}]" },
    { 0, "need.import", "rows=[{\"team\":\"$team\",\"post\":\"$gate\",\"shift\":\"$day\",\"starts_on\":\"2020-02-10\",\"starts_at\":1,"
                     "\"ends_at\":2,\"min\":1,\"target\":2,\"limit\":3}]" },
    { 0, "need.copy", "team=$team|from_on=2020-02-07|to_on=2020-02-09" },
    { 0, "availability.import", "rows=[{\"person\":\"$first\",\"starts_at\":1,\"ends_at\":2,\"level\":\"cannot\"}]" },
    { 0, "care_rule.set", "person=$first|rule=no_night|value=1" },
    { 0, "care_rule.drop", "person=$first|rule=no_night" },
    { 0, "person_pair.set", "operation=$first_operation|a=$first|b=$second|kind=apart" },
    { 0, "person_pair.wish", "operation=$first_operation|person=$first|other=$second|yes=1" },
    { 0, "person.correct", "rows=[{\"person\":\"$second\",\"name\":\"Li\",\"phone\":\"13800000077\",\"kind\":\"staff\"}]" },
    { 0, "person.skill", "person=$first|skill=car|yes=1" },
    { 0, "person_pair.drop", "operation=$first_operation|a=$first|b=$second" },
    { 0, "person.reveal", "rows=[{\"person\":\"$first\"},{\"person\":\"$second\"}]|purpose=call" },
    { 0, "setting.set", "scope=operation:$first_operation|name=roster.rest_hours|value=9" },
    { 0, "person.keep_apart", "a=$first|b=$second" },
    { 0, "person.merge", "kept=$first|merged=$second" },
    { 0, "person.unmerge", "merge=$person_merge" },
    { 0, "column_choice.put", "kind=people|header_key=00112233445566778899aabbccddeeff|rows=[{\"label\":\"Tel\",\"field\":\"phone\"}]" },
    { 0, "import.begin", "kind=people|file_hash=abc" },
    { 0, "import.rows", "import=$import|rows=[{\"row_no\":1,\"cells\":[\"a\"],\"verdict\":\"ready\"}]" },
    { 0, "org.import", "rows=[{\"path\":[\"Undone\"]}]|import=$import" },
    { 0, "import.finish", "import=$import" },
    { 0, "import.undo", "import=$import" },
    { 0, "job.solve", "team=$team|from_on=2020-02-07|to_on=2020-02-08" },
    { 0, "job.take", "" },
    { 0, "job.progress", "job=$job|attempt=1|steps=2000|missing=1" },
    { 0, "job.put_back", "job=$job|attempt=1" },
    { 0, "job.take", "which=1" },
    { 0, "job.fail", "job=$job|attempt=1|why=no font" },
    { 0, "job.again", "job=$job" },
    { 0, "job.take", "" },
    { 0, "roster.draft_solved", "job=$job|attempt=1|team=$team|from_on=2020-02-07|to_on=2020-02-08|lines=[]|steps=1|missing=2" },
    { 0, "job.import", "upload=AAAAAAAAAAAAAAAAAAAAAA|home=here|file=a.csv|kind=people" },
    { 0, "job.take", "which=2|home=here" },
    { 0, "job.stopped", "job=$job|attempt=1" },
    { 0, "job.solve", "team=$team|from_on=2020-02-07|to_on=2020-02-08" },
    { 0, "job.cancel", "job=$job" },
    { 0, "job.plan", "rows=[{\"kind\":\"forgotten\",\"key\":\"forgotten:1:10\",\"team\":\"$team\"}]" },
    { 0, "job.take", "which=0" },
    { 0, "job.done", "job=$job|attempt=1" },
    { 0, "job.forget", "rows=[{\"job\":\"$job\"}]" },
    { 0, "roster.draft", "team=$team|from_on=2020-02-07|to_on=2020-02-08|lines=[{\"need\":\"$one\",\"person\":\"$first\",\"lead\":1},"
                      "{\"need\":\"$two\",\"person\":\"$second\"}]|gaps=[{\"need\":\"$two\",\"missing\":1}]" },
    { 0, "roster.lock", "roster=$roster|need=$one|person=$first|yes=1" },
    { 0, "roster.publish", "roster=$roster" },
    { 0, "role_grant.add", "person=$second|role=leader|scope=team|team=$team" },
    { 0, "role_grant.end", "role_grant=$role_grant" },
    { 0, "role_grant.add", "person=$first|role=leader|scope=team|team=$team" },
    /* the order */
    { 0, "channel.set", "name=sms|driver=file|rank=1|config=out" },
    { 0, "order.draft", "operation=$first_operation|number=2|text=Serve near home|principle=near|reply_by=1581014400000|"
                        "report_at=1581033600000|orgs=[\"$bureau\"]|by=$first" },
    { 0, "order.release", "order=$call_order|by=$second" },
    { 0, "notice.queue", "order=$call_order" },
    { 0, "notice.send", "order=$call_order" },
    { 0.5, "message.take", "" },
    { 0.5, "message.settle", "message=$first_message|state=sent|carrier_ref=c1" },
    { 0.5, "message.settle_many", "rows=[{\"message\":\"$message\",\"state\":\"failed\"}]" },
    { 0.6, "message.receipt", "message=$first_message|state=delivered|at=1581002000000" },
    { 1, "notice.calling", "notice=$third_notice|by=$second" },
    { 1, "notice.call", "notice=$third_notice|outcome=no_answer|by=$second" },
    { 1, "notice.unreachable", "notice=$third_notice" },
    { 1, "notice.answer", "notice=$first_notice|answer=can|by=$first" },
    { 12, "notice.escalate", "order=$call_order" },
    { 12, "notice.take_over", "order=$call_order|org=$bureau|by=$first" },
    { 12, "order.close", "order=$call_order" },
    /* the team */
    { 12, "structure.propose", "team=$team|by=$first" },
    { 12, "structure.send_back", "structure=$structure|why=too small" },
    { 12, "structure.draft", "team=$team|units=[{\"unit\":1,\"kind\":\"general_branch\",\"name\":\"All\"}]|"
                             "members=[{\"person\":\"$first\",\"unit\":1},{\"person\":\"$second\",\"unit\":1},"
                             "{\"person\":\"$person\",\"unit\":1}]|by=$first" },
    { 12, "structure.approve", "structure=$structure|reference=7|by=$second" },
    { 12, "team.add_person", "team=$other|name=Yan|phone=13800000009|lives_here=1" },
    { 12, "team.move_member", "team=$team|person=$person" },
    { 12, "person.import", "rows=[{\"name\":\"Ming\",\"phone\":\"13800000008\",\"org\":[\"School\"]}]" },
    { 12, "join_request.ask", "team=$team|person=$person" },
    { 12, "join_request.refuse", "join_request=$join_request|by=$first" },
    { 12, "join_request.ask", "team=$team|person=$person" },
    { 12, "join_request.withdraw", "join_request=$join_request" },
    { 12, "join_request.ask", "team=$team|person=$person" },
    { 12, "join_request.accept", "join_request=$join_request|by=$first" },
    { 13, "reinforcement.propose", "team=$team|from_team=$other|to_team=$team|from_on=2020-02-08|to_on=2020-02-09|headcount=1|"
                                   "by=$first" },
    { 13, "reinforcement.decline", "reinforcement=$reinforcement|team=$other|by=$third" },
    { 13, "reinforcement.propose", "team=$team|from_team=$other|to_team=$team|from_on=2020-02-08|to_on=2020-02-09|headcount=1|"
                                   "by=$first" },
    { 13, "reinforcement.add_person", "reinforcement=$reinforcement|person=$third" },
    { 13, "reinforcement.agree", "reinforcement=$reinforcement|team=$other|by=$third" },
    { 14, "reinforcement.start", "reinforcement=$reinforcement" },
    { 14, "reinforcement.end", "reinforcement=$reinforcement" },
    /* what the roster says, and what comes of it */
    { 15, "swap.ask", "why=fever|duty=$first_duty|to_person=$second" },
    { 15, "swap.refuse", "swap=$swap" },
    { 15, "swap.ask", "duty=$first_duty|to_person=$second" },
    { 15, "swap.withdraw", "swap=$swap" },
    { 15, "swap.ask", "duty=$first_duty|to_person=$second" },
    { 15, "swap.accept", "swap=$swap" },
    { 16, "duty.add", "need=$two|person=$first" },
    { 16, "duty.confirm", "duty=$duty" },
    { 16, "duty.excuse", "duty=$duty|why=ill" },
    { 16, "duty.add", "need=$one|person=$person" },
    { 24, "duty.check_in", "duty=$seconds_duty|by=$second" },
    { 24.5, "duty.no_show", "duty=$duty|by=$first" },
    { 25, "attendance.void", "attendance=$attendance|why=typed twice" },
    { 25, "duty.check_in", "duty=$seconds_duty|by=$second" },
    { 25, "attendance.walk_in", "post=$gate|person=$person|by=$first" },
    { 27, "attendance.check_out", "attendance=$attendance" },
    { 28, "duty.check_out", "duty=$seconds_duty|by=$second" },
    { 29, "attendance.confirm", "attendance=$attendance|minutes=120|by=$first" },
    { 29, "attendance.confirm_day", "team=$team|day=2020-02-07|by=$first" },
    { 30, "duty.add", "need=$need|person=$first" },
    { 30, "duty.stand_down", "need=$need|why=rain" },
    { 48, "attendance.all_present", "need=$two|by=$first" },
    { 48.5, "withdrawal.start", "team=$team|text=Water|meeting_place=School|by=$first" },
    { 48.5, "withdrawal.report", "withdrawal=$withdrawal|person=$second|by=$first" },
    { 48.5, "withdrawal.end", "withdrawal=$withdrawal|anyway=1" },
    { 60, "attendance.close_forgotten", "team=$team|until=1581216000000" },
    { 60, "attendance.key_sheet", "team=$team|number=E-1|day=2020-02-08|version=1|by=$first|"
                                  "rows=[{\"person\":\"$person\",\"post\":\"$gate\",\"in_minute\":\"8:00\",\"out_minute\":\"12:00\"}]" },
    { 60, "attendance.object", "attendance=$attendance|text=left at noon|by=$first" },
    { 60, "note.settle", "note=$note|by=$first" },
    { 60, "note.write", "person=$second|attendance=$attendance|text=two hours more" },
    /* what is kept of it */
    { 60, "care.write", "person=$first|text=not in the cold" },
    { 60, "care.let_read", "person=$first|reader=$second|yes=1" },
    { 60, "care.read", "actor=$second|person=$first" },
    { 60, "donation.record", "operation=$first_operation|donor_name=Lin|kind=money|amount=20|received_on=2020-02-08|"
                             "community_code=320303001001|by=$first" },
    { 60, "duty.remind", "operation=$first_operation" },
    { 60, "duty.thank", "operation=$first_operation" },
    { 60, "donation.record_many", "operation=$first_operation|by=$first|rows=[{\"kind\":\"money\",\"amount\":\"5\",\"donor_name\":\"Bo\","
                                  "\"received_on\":\"2020-02-08\"},{\"kind\":\"goods\",\"goods\":\"masks\",\"anonymous\":\"yes\",\"received_on\":\"2020-02-08\"}]" },
    { 60, "donation.reverse", "donation=$donation|why=typed twice|by=$first" },
    { 60, "job.paper", "paper=slip|donation=$donation" },
    { 60, "certificate.issue", "person=$second|operation=$first_operation|issuer=Office|by=$first" },
    { 60, "certificate.print", "certificate=$certificate" },
    { 60, "certificate.replace", "certificate=$certificate|by=$first" },
    { 60, "certificate.revoke", "certificate=$certificate|why=asked" },
    { 60, "bulletin.draft", "operation=$first_operation|number=1|as_of=1581216000000|by=$first" },
    { 60, "bulletin.freeze", "bulletin=$bulletin|checked_by=$second" },
    /* links */
    { 60, "availability.say", "person=$person|operation=$first_operation|saturday=yes|day=yes|source=call" },
    { 60, "pass.issue", "kind=person|person=$first" },
    { 60, "person.change_phone", "person=$first|digits=0001|phone=13900007777" },
    { 60, "pass.issue", "kind=person|person=$person" },
    { 60, "pass.open", "actor=$person|token_hash=$link|person=$person|digits=0000" },
    { 60, "session.end_others", "actor=$person|session=AAAAAAAAAAAAAAAAAAAAAA|person=$person" },
    { 60, "session.end", "actor=$person|session=AAAAAAAAAAAAAAAAAAAAAA|person=$person" },
    { 60, "login.issue_code", "person=$person" },
    { 60, "login.set", "person=$person|hash=$hash" },
    { 60, "login.enter", "actor=$person|person=$person|session=AAAAAAAAAAAAAAAAAAAAAA|proof=00" },
    { 60, "pass.renew", "pass=$pass" },
    { 60, "pass.revoke", "pass=$pass" },
    { 60, "pass.calendar", "person=$person" },
    { 60, "org_headcount.say", "org=$bureau|headcount=40|contact=Xu|phone=13900000041" },
    { 60, "org_headcount.reveal", "rows=[{\"org\":\"$bureau\"}]|purpose=call" },
    { 60, "handed_list.add", "org=$bureau|home=here|rows=[{\"file\":\"a.csv\",\"file_hash\":\"ab\",\"rows_read\":3,\"errors\":1}]" },
    { 60, "handed_list.withdraw", "org=$bureau|list=$handed_list" },
    { 60, "handed_list.add", "org=$bureau|home=here|rows=[{\"file\":\"a.csv\",\"file_hash\":\"ab\",\"rows_read\":3,\"errors\":1}]" },
    { 60, "audit.seal", "" },
    { 61, "operation.close", "operation=$first_operation" },
    { .command = NULL },
};

rows deeds_read(app *p, arena *a, const char *sql)
{
    rows r = { 0 };
    store_txn *t = NULL;
    check_ok(store_read_begin(app_store(p), a, &t));
    check_ok(store_query_text(t, a, sql, str_of(sql), NULL, 0, NULL, &r));
    store_read_end(t);
    return r;
}

/* Those that are not the newest of their table. */
static const struct { const char *word, *sql; } told[] = {
    { "bureau", "SELECT id FROM org WHERE name = 'Bureau'" },
    { "first_message", "SELECT min(id) AS id FROM message" },
    { "first_notice", "SELECT min(id) AS id FROM notice" },
    { "third_notice", "SELECT n.id FROM notice n JOIN person p ON p.id = n.person_id WHERE p.name = 'Zhao'" },
    { "first_duty", "SELECT min(id) AS id FROM duty" },
    { "seconds_duty", "SELECT id FROM duty WHERE replaces_id IS NOT NULL" },
};

/* What a browser has in its address bar stands in the database as a keyed hash alone. */
static str link_hash(const world *w)
{
    rows r = deeds_read(w->p, check_arena(), "SELECT token_hash FROM pass ORDER BY id DESC LIMIT 1");
    text t = text_begin(check_arena());
    str hash = rows_text(&r, 0, "token_hash");
    for (size_t i = 0; i < hash.len; i++)
        text_printf(&t, "%02x", (unsigned char)hash.at[i]);
    return text_done(&t);
}

static str word_of(const world *w, str word)
{
    if (str_is(word, "link"))
        return link_hash(w);
    if (str_is(word, "hash"))
        return STR("$argon2id$made-up");
    const struct { const char *name; str id; } known[] = {
        { "first", w->person[0] }, { "second", w->person[1] }, { "third", w->person[2] }, { "team", w->team },
        { "other", w->other },     { "gate", w->post },        { "day", w->shift },       { "one", w->need[0] },
        { "two", w->need[1] },     { "first_operation", w->operation },
    };
    for (size_t i = 0; i < COUNT(known); i++)
        if (str_is(word, known[i].name))
            return known[i].id;
    arena *a = check_arena();
    const char *sql = text_format(a, "SELECT max(id) AS id FROM %.*s", STR_ARG(word)).at;
    for (size_t i = 0; i < COUNT(told); i++)
        sql = str_is(word, told[i].word) ? told[i].sql : sql;
    rows r = deeds_read(w->p, a, sql);
    assert_true(r.count == 1 && rows_int(&r, 0, "id") > 0);
    return text_format(a, "%lld", (long long)rows_int(&r, 0, "id"));
}

int64_t deed_id(const world *w, const char *word)
{
    int64_t id = 0;
    assert_true(str_int(word_of(w, str_of(word)), 1, INT64_MAX, &id));
    return id;
}

static str filled(const world *w, str pattern)
{
    text t = text_begin(check_arena());
    str part;
    for (bool first = true; pattern.len && str_split(&pattern, '$', &part); first = false) {
        size_t end = 0;
        while (!first && end < part.len && (part.at[end] == '_' || (part.at[end] >= 'a' && part.at[end] <= 'z')))
            end++;
        if (end)
            text_put(&t, word_of(w, str_part(part, 0, end)));
        text_put(&t, str_from(part, end));
    }
    return text_done(&t);
}

const named *deed_args(const world *w, const deed *d)
{
    named *args = arena_many(check_arena(), named, ARGS_MAX + 1);
    str rest = filled(w, str_of(d->args)), part, name;
    for (size_t i = 0; rest.len && str_split(&rest, '|', &part);) {
        str_split(&part, '=', &name);
        if (!str_is(name, "actor"))
            args[i++] = (named){ str_z(check_arena(), name), V_TEXT(part) };
    }
    return args;
}

static int64_t actor_of(const world *w, const deed *d)
{
    str rest = str_of(d->args), word;
    if (!str_starts(rest, STR("actor=$")))
        return 0;
    rest = str_from(rest, sizeof "actor=$" - 1);
    str_split(&rest, '|', &word);
    return deed_id(w, str_z(check_arena(), word));
}

err *deed_run(const world *w, const deed *d, const named *args, const char *key, str *result)
{
    call c = { .command = d->command, .args = args, .key = str_of(key), .actor_id = actor_of(w, d),
               .now = (int64_t)DATABASE_NOW * 1000 + (int64_t)(d->hour * 3600000), .lang = WORDS_EN, .source = STR("test") };
    return app_command(w->p, check_arena(), &c, result);
}

void deeds_until(const world *w, const char *command)
{
    str result;
    for (const deed *d = deeds; d->command && !(command && str_is(str_of(command), d->command)); d++) {
        CASE(d->command);
        check_ok(deed_run(w, d, deed_args(w, d), NULL, &result));
    }
}

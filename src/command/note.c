#include "command/attendance.h"

/* What a person tells a team in writing; whoever leads the team reads it and says when it is seen to. */

enum { NOTE_MAX_BYTES = 600 };

typedef struct telling {
    int64_t person, team, about;
    const char *kind;
    str text;
} telling;

static err *tell(context *c, const telling *t)
{
    rows open = { 0 };
    int64_t id;
    const named *about = NAMED({ "person", V_INT(t->person) }, { "kind", V_TEXT(str_of(t->kind)) }, { "about", V_INT(t->about) });
    if (!t->text.len)
        return refuse(c, ERR_INPUT, "note.empty", NULL);
    if (t->text.len > NOTE_MAX_BYTES)
        return refuse(c, ERR_INPUT, "note.long", NULL);
    TRY(query(c, "note.find_open", about, &open));
    if (open.count)
        return refuse(c, ERR_CONFLICT, "note.told", NULL);
    TRY(next_id(c, &id));
    command_result(c, "id", id);
    command_about(c, t->person);
    return query(c, "note.add",
                 NAMED({ "id", V_INT(id) }, { "person", V_INT(t->person) }, { "team", V_INT(t->team) },
                       { "kind", V_TEXT(str_of(t->kind)) }, { "about", V_INT(t->about) }, { "text", V_TEXT(t->text) },
                       { "now", V_INT(c->now) }),
                 NULL);
}

/* Of what it is about: a gift of one's own, hours at a post, or a need elsewhere. Exactly one is named. */
static err *find_about(context *c, const args *a, telling *t)
{
    rows r = { 0 };
    if (arg_given(a, "donation") + arg_given(a, "attendance") + arg_given(a, "need") != 1)
        return refuse(c, ERR_INPUT, "note.about", NULL);
    t->kind = arg_given(a, "donation") ? "gift" : arg_given(a, "attendance") ? "hours" : "help";
    t->about = arg_int(a, "donation") + arg_int(a, "attendance") + arg_int(a, "need");
    if (arg_given(a, "donation"))
        TRY(query(c, "note.of_donation", NAMED({ "person", V_INT(t->person) }, { "id", V_INT(t->about) }), &r));
    else if (arg_given(a, "attendance"))
        TRY(query(c, "note.of_attendance", NAMED({ "id", V_INT(t->about) }), &r));
    else
        TRY(query(c, "note.of_need", NAMED({ "id", V_INT(t->about) }, { "now", V_INT(c->now) }), &r));
    t->team = r.count ? rows_int(&r, 0, "team_id") : 0;
    return t->team ? NULL : refuse(c, ERR_NOT_FOUND, "note.nobody", NULL);
}

static err *note_write(context *c, const args *a)
{
    telling t = { .person = arg_int(a, "person"), .text = str_trim(arg_text(a, "text")) };
    TRY(find_about(c, a, &t));
    return tell(c, &t);
}

/* A secretary doubts hours of her community: it does not change them, it asks the leader to look again. */
static err *attendance_object(context *c, const args *a)
{
    telling t = { .kind = "hours", .about = arg_int(a, "attendance"), .text = str_trim(arg_text(a, "text")) };
    rows r = { 0 };
    TRY(acting_person(c, a, &t.person));
    TRY(query(c, "note.of_attendance", NAMED({ "id", V_INT(t.about) }), &r));
    if (!r.count)
        return REFUSE_ID(c, ERR_NOT_FOUND, "attendance.missing", t.about);
    t.team = rows_int(&r, 0, "team_id");
    return tell(c, &t);
}

static err *note_settle(context *c, const args *a)
{
    rows r = { 0 };
    int64_t by;
    TRY(acting_person(c, a, &by));
    TRY(query(c, "note.load", NAMED({ "id", arg_value(a, "note") }), &r));
    if (!r.count)
        return REFUSE_ID(c, ERR_NOT_FOUND, "note.missing", arg_int(a, "note"));
    if (rows_int(&r, 0, "settled_at"))
        return refuse(c, ERR_CONFLICT, "note.settled", NULL);
    command_about(c, rows_int(&r, 0, "person_id"));
    command_result(c, "id", arg_int(a, "note"));
    return query(c, "note.settle", NAMED({ "id", arg_value(a, "note") }, { "now", V_INT(c->now) }, { "by", V_INT(by) }), NULL);
}

const command note_commands[] = {
    { "note.write", "volunteer:own", "person:id donation:id? attendance:id? need:id? text:text_private",
      .closed = CLOSED_GOES_ON, .run = note_write },
    { "attendance.object", "secretary:division commander:all", "attendance:id text:text_private by:id?", .locks = "attendance",
      .closed = CLOSED_GOES_ON, .run = attendance_object },
    { "note.settle", "leader:team secretary:division commander:all", "note:id by:id?", .locks = "note",
      .closed = CLOSED_GOES_ON, .run = note_settle },
    { 0 },
};

/*
 * A community's secretary: tomorrow, and what waits for her word, on one page: who leads a team, people asked for and lent,
 * hours, addresses of hers. The rest of a team's day is on the same pages that its leader has.
 */
#include "base/json.h"
#include "web/my.h"

enum { DAY_MS = 24 * 3600 * 1000 };
enum {
    FORMS_MAX = 3,       /* teams with a list to choose from; a commander, who sees every team, has the desk for them */
    ADDRESSES_SHOWN = 20
};

static const char *const offices[] = { "leader", "deputy", "liaison" };

typedef struct office_page {
    rows led, teams, notes, proposals, hours, out, in;
    size_t choices; /* lists to choose from so far */
    int64_t missing;
} office_page;

static err *load(web *w, office_page *o)
{
    *o = (office_page){ 0 };
    TRY(web_view(w, "team_led", NAMED({ 0 }), &o->led));
    TRY(web_view(w, "team", NAMED({ 0 }), &o->teams));
    TRY(web_view(w, "note", NAMED({ "open", V_INT(1) }), &o->notes));
    TRY(web_view(w, "team_proposal", NAMED({ 0 }), &o->proposals));
    TRY(web_view(w, "attendance_valid", NAMED({ "unconfirmed", V_INT(1) }), &o->hours));
    TRY(web_view(w, "reinforcement", NAMED({ "state", V_TEXT(STR("proposed")) }), &o->out));
    return web_view(w, "reinforcement_in", NAMED({ 0 }), &o->in);
}

static bool is_of(const rows *r, size_t i, const char *column, int64_t id)
{
    return rows_int(r, i, column) == id;
}

static int64_t count_of(const rows *r, int64_t team)
{
    int64_t n = 0;
    for (size_t i = 0; i < r->count; i++)
        n += is_of(r, i, "team_id", team);
    return n;
}

/* -- tomorrow ------------------------------------------------------------------------------------------ */
static int64_t put_needs(web *w, tree *t, const rows *needs, int64_t team)
{
    int64_t wanted = 0, rostered = 0, missing = 0;
    for (size_t i = 0; i < needs->count; i++) {
        if (!is_of(needs, i, "team_id", team))
            continue;
        wanted += rows_int(needs, i, "headcount_min");
        rostered += rows_int(needs, i, "rostered");
        missing += rows_int(needs, i, "missing");
        if (!rows_int(needs, i, "missing"))
            continue;
        tree *gap = tree_add(t, "gaps");
        tree_int(gap, "need", rows_int(needs, i, "id"));
        tree_int(gap, "missing", rows_int(needs, i, "missing"));
        tree_text(gap, "post", rows_text(needs, i, "post"));
        tree_text(gap, "span", web_span(w, rows_int(needs, i, "start_minute"), rows_int(needs, i, "end_minute")));
    }
    tree_int(t, "wanted", wanted);
    tree_int(t, "rostered", rostered);
    tree_int(t, "missing", missing);
    return missing;
}

/* Whom to ask for people: those nearby first. */
static err *put_lenders(web *w, tree *t, int64_t team, str day)
{
    enum { SHOWN = 12 };
    rows r = { 0 };
    TRY(web_view(w, "team_lender", NAMED({ "team", V_INT(team) }, { "day", V_TEXT(day) }), &r));
    for (size_t i = 0; i < r.count && i < SHOWN; i++) {
        tree *x = tree_add(t, "lenders");
        tree_int(x, "id", rows_int(&r, i, "id"));
        tree_text(x, "name", rows_text(&r, i, "team"));
        tree_int(x, "free", rows_int(&r, i, "free"));
        tree_yes(x, "near", rows_int(&r, i, "near"));
    }
    return NULL;
}

/* -- lending ------------------------------------------------------------------------------------------- */
static void put_lending(web *w, tree *t, const char *list, const rows *r, size_t i, const char *sentence, const char *team)
{
    tree *x = tree_add(t, list);
    tree_int(x, "lending", rows_int(r, i, "id"));
    tree_text(x, "what", web_word(w, sentence,
                                  VALUES({ "team", rows_text(r, i, team) }, { "n", my_number(w, rows_int(r, i, "headcount")) },
                                         { "from", web_day(w, rows_text(r, i, "from_on")) }, { "to", web_day(w, rows_text(r, i, "to_on")) })));
    tree_text(x, "why", rows_text(r, i, "why"));
}

/* Whoever proposed has given the word already: only the other side's is asked for. */
static void put_lendings(web *w, tree *t, const office_page *o, int64_t team)
{
    for (size_t i = 0; i < o->out.count; i++)
        if (is_of(&o->out, i, "from_team_id", team) && !rows_text(&o->out, i, "from_word").len)
            put_lending(w, t, "lendings", &o->out, i, "leader.lend_out", "to_team");
    for (size_t i = 0; i < o->in.count; i++) {
        if (!is_of(&o->in, i, "to_team_id", team) || !str_is(rows_text(&o->in, i, "state"), "proposed"))
            continue;
        put_lending(w, t, rows_int(&o->in, i, "answered") ? "asked" : "lendings", &o->in, i, "leader.lend_in", "from_team");
    }
}

/* -- hours --------------------------------------------------------------------------------------------- */
static void put_entry(web *w, tree *day, const rows *r, size_t i, str zone)
{
    tree *t = tree_add(day, "entries");
    str came = web_time(w, zone, rows_int(r, i, "in_happened_at")), left = web_time(w, zone, rows_int(r, i, "out_happened_at"));
    tree_int(t, "attendance", rows_int(r, i, "id"));
    tree_text(t, "who", rows_text(r, i, "name"));
    tree_text(t, "post", rows_text(r, i, "post"));
    tree_text(t, "span", text_format(w->q->a, "%.*s–%.*s", STR_ARG(came), STR_ARG(left)));
}

/* The view has them by day. */
static void put_hours(web *w, tree *t, const office_page *o, int64_t team, str zone)
{
    const rows *r = &o->hours;
    tree *x = NULL;
    str day = { 0 };
    int64_t n = 0;
    for (size_t i = 0; i < r->count; i++) {
        if (!is_of(r, i, "team_id", team))
            continue;
        if (!x || !str_equal(day, rows_text(r, i, "starts_on"))) {
            day = rows_text(r, i, "starts_on");
            x = tree_add(t, "hours");
            n = 0;
            tree_text(x, "day", day);
            tree_text(x, "on", web_day(w, day));
        }
        tree_int(x, "n", ++n);
        put_entry(w, x, r, i, zone);
    }
}

/* -- who leads ----------------------------------------------------------------------------------------- */
static size_t find_team(const rows *teams, int64_t team)
{
    size_t i = 0;
    while (i < teams->count && !is_of(teams, i, "id", team))
        i++;
    return i;
}

static bool is_vacant(const office_page *o, size_t at, str office)
{
    static const char *const holders[] = { "leader_id", "deputy_id", "liaison_id" };
    for (size_t k = 0; k < COUNT(offices); k++)
        if (str_is(office, offices[k]))
            return at < o->teams.count && !rows_int(&o->teams, at, holders[k]);
    return false;
}

/* An office that nobody holds, and who is proposed for it. */
static size_t put_proposals(web *w, tree *t, const office_page *o, int64_t team)
{
    size_t n = 0, at = find_team(&o->teams, team);
    for (size_t i = 0; i < o->proposals.count; i++) {
        str office = rows_text(&o->proposals, i, "office");
        if (!is_of(&o->proposals, i, "team_id", team) || !is_vacant(o, at, office))
            continue;
        tree *x = tree_add(t, "proposals");
        tree_text(x, "office", office);
        tree_text(x, "label", web_word(w, text_format(w->q->a, "web_desk.team.office.%.*s", STR_ARG(office)).at, NULL));
        tree_int(x, "person", rows_int(&o->proposals, i, "person_id"));
        tree_text(x, "name", rows_text(&o->proposals, i, "name"));
        tree_text(x, "reason", rows_text(&o->proposals, i, "reason"));
        n++;
    }
    if (at < o->teams.count)
        tree_int(t, "version", rows_int(&o->teams, at, "version"));
    return n;
}

static err *put_members(web *w, tree *t, int64_t team)
{
    rows r = { 0 };
    TRY(web_view(w, "team_member", NAMED({ "team", V_INT(team) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        tree *x = tree_add(t, "members");
        tree_int(x, "id", rows_int(&r, i, "person_id"));
        tree_text(x, "name", rows_text(&r, i, "name"));
    }
    return NULL;
}

/* -- a team -------------------------------------------------------------------------------------------- */
static err *put_team(web *w, office_page *o, size_t i, const rows *needs, str tomorrow)
{
    int64_t team = rows_int(&o->led, i, "id");
    tree *t = tree_add(w->tree, "teams");
    tree_int(t, "team", team);
    tree_text(t, "name", rows_text(&o->led, i, "team"));
    tree_text(t, "leader", rows_text(&o->led, i, "leader"));
    tree_int(t, "n_notes", count_of(&o->notes, team));
    tree_text(t, "tomorrow", tomorrow);
    tree_text(t, "tomorrow_words", web_day(w, tomorrow));
    int64_t missing = put_needs(w, t, needs, team);
    o->missing += missing;
    put_lendings(w, t, o, team);
    put_hours(w, t, o, team, rows_text(&o->led, i, "zone"));
    bool waits = put_proposals(w, t, o, team) > 0, may_choose = o->choices < FORMS_MAX && (waits || missing);
    o->choices += may_choose;
    if (may_choose && waits)
        TRY(put_members(w, t, team));
    return may_choose && missing ? put_lenders(w, t, team, tomorrow) : NULL;
}

static err *put_operation(web *w, office_page *o, int64_t operation, str zone)
{
    rows needs = { 0 };
    str tomorrow = web_local_day(w, zone, w->q->now + DAY_MS);
    TRY(web_view(w, "need_cover", NAMED({ "operation", V_INT(operation) }, { "from_on", V_TEXT(tomorrow) }, { "to_on", V_TEXT(tomorrow) }), &needs));
    for (size_t i = 0; i < o->led.count; i++)
        if (is_of(&o->led, i, "operation_id", operation))
            TRY(put_team(w, o, i, &needs, tomorrow));
    return NULL;
}

/* -- addresses ----------------------------------------------------------------------------------------- */
/* Those of the whole city are at the desk. */
static err *put_addresses(web *w)
{
    rows r = { 0 };
    if (!w->who.is_secretary)
        return NULL;
    TRY(web_view(w, "place_suggested", NAMED({ 0 }), &r));
    for (size_t i = 0; i < r.count && i < ADDRESSES_SHOWN; i++) {
        tree *t = tree_add(w->tree, "addresses");
        tree_text(t, "text_key", rows_text(&r, i, "text_key"));
        tree_text(t, "code", rows_text(&r, i, "community_code"));
        tree_text(t, "community", rows_text(&r, i, "community"));
        tree_text(t, "example", rows_text(&r, i, "example"));
        tree_text(t, "cause", rows_text(&r, i, "cause"));
        tree_int(t, "n", rows_int(&r, i, "count"));
    }
    tree_int(w->tree, "more_addresses", r.count > ADDRESSES_SHOWN ? (int64_t)r.count - ADDRESSES_SHOWN : 0);
    return NULL;
}

static err *get_home(web *w)
{
    office_page o;
    rows operations = { 0 };
    str topics = { 0 };
    TRY(web_own_topics(w, &topics));
    TRY(web_live(w, topics, ""));
    TRY(load(w, &o));
    TRY(web_view(w, "operation", NAMED({ 0 }), &operations));
    for (size_t i = 0; i < operations.count; i++)
        TRY(put_operation(w, &o, rows_int(&operations, i, "id"), rows_text(&operations, i, "zone")));
    tree_int(w->tree, "missing", o.missing);
    TRY(put_addresses(w));
    return web_show(w, "secretary");
}

/* -- forms --------------------------------------------------------------------------------------------- */
static err *post_offices(web *w)
{
    named args[COUNT(offices) + 3] = { { "team", V_TEXT(w->param[0]) }, { "version", V_TEXT(form_field(w->q, "version")) } };
    size_t count = 2;
    for (size_t k = 0; k < COUNT(offices); k++)
        if (form_field(w->q, offices[k]).len)
            args[count++] = (named){ offices[k], V_TEXT(form_field(w->q, offices[k])) };
    my_run(w, "team.confirm", args, "/s", "secretary_offices");
    return NULL;
}

/* She would rather have somebody else: that one is proposed, with her reason. */
static err *post_propose(web *w)
{
    static const char *const fields[] = { "office", "person", "reason" };
    text t = text_begin(w->q->a);
    json j = json_begin(&t);
    json_open(&j, '[');
    json_open(&j, '{');
    json_key(&j, "team");
    json_str(&j, w->param[0]);
    for (size_t i = 0; i < COUNT(fields); i++) {
        json_key(&j, fields[i]);
        json_str(&j, str_trim(form_field(w->q, fields[i])));
    }
    json_close(&j, '}');
    json_close(&j, ']');
    my_run(w, "team.propose", NAMED({ "rows", V_TEXT(text_done(&t)) }), "/s", "secretary_proposed");
    return NULL;
}

static err *post_borrow(web *w)
{
    str why = str_trim(form_field(w->q, "why"));
    my_run(w, "reinforcement.propose",
           NAMED({ "team", V_TEXT(w->param[0]) }, { "to_team", V_TEXT(w->param[0]) }, { "from_team", V_TEXT(form_field(w->q, "from_team")) },
                 { "from_on", V_TEXT(form_field(w->q, "from_on")) }, { "to_on", V_TEXT(form_field(w->q, "to_on")) },
                 { "headcount", V_TEXT(str_trim(form_field(w->q, "headcount"))) }, { why.len ? "why" : NULL, V_TEXT(why) }),
           "/s", "leader_borrow");
    return NULL;
}

static err *post_word(web *w)
{
    bool agrees = str_is(form_field(w->q, "word"), "agree");
    my_run(w, agrees ? "reinforcement.agree" : "reinforcement.decline",
           NAMED({ "reinforcement", V_TEXT(form_field(w->q, "lending")) }, { "team", V_TEXT(w->param[0]) }), "/s", agrees ? "leader_lend" : "leader_lendno");
    return NULL;
}

static err *post_hours(web *w)
{
    my_run(w, "attendance.confirm_day", NAMED({ "team", V_TEXT(w->param[0]) }, { "day", V_TEXT(form_field(w->q, "day")) }), "/s", "leader_agree");
    return NULL;
}

/* She does not change hours: the leader is asked to look again. */
static err *post_object(web *w)
{
    my_run(w, "attendance.object", NAMED({ "attendance", V_TEXT(form_field(w->q, "attendance")) }, { "text", V_TEXT(form_field(w->q, "text")) }), "/s",
           "secretary_objected");
    return NULL;
}

static err *post_address(web *w)
{
    my_run(w, "placement.settle",
           NAMED({ "text_key", V_TEXT(form_field(w->q, "text_key")) }, { "community_code", V_TEXT(form_field(w->q, "code")) }), "/s", "secretary_placed");
    return NULL;
}

#define FORM_OF(path_, form_) { WEB_POST, WEB_SECRETARY, path_, .show = get_home, .form = form_ }
const route secretary_routes[] = {
    { WEB_GET, WEB_SECRETARY, "/s", .show = get_home },
    FORM_OF("/s/team/:team/offices", post_offices),
    FORM_OF("/s/team/:team/propose", post_propose),
    FORM_OF("/s/team/:team/borrow", post_borrow),
    FORM_OF("/s/team/:team/lending", post_word),
    FORM_OF("/s/team/:team/hours", post_hours),
    FORM_OF("/s/object", post_object),
    FORM_OF("/s/address", post_address),
    { 0 },
};

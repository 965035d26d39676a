/* A leader's page of 23:00: what is missing tomorrow, whom to take for it, the roster, and what is not published yet. */
#include "web/leader.h"

#include "base/civil.h"

#include <string.h>

enum { DAY_MS = 24 * 3600 * 1000, NOON = 12 * 60, WEEK = 7, PROPOSALS_MAX = 8 };

/* -- the frame ----------------------------------------------------------------------------------------- */
static str asked_day(web *w)
{
    str day = form_field(w->q, "day");
    civil_day d;
    if (!day.len)
        day = query_field(w->q, "day");
    return civil_day_read(day, &d) ? day : (str){ 0 };
}

static void put_frame(web *w, const leader *l)
{
    tree *t = w->tree;
    tree_int(t, "team", l->team);
    tree_text(t, "team_name", l->name);
    tree_text(t, "chief", l->chief);
    tree_text(t, "clock_day", web_day(w, l->today));
    tree_text(t, "clock", web_time(w, l->zone, w->q->now));
    tree_text(t, "day", l->day);
    tree_text(t, "day_text", web_day(w, l->day));
    tree_text(t, "today", l->today);
    tree_yes(t, "is_today", str_equal(l->day, l->today));
}

err *leader_open(web *w, leader_day otherwise, leader *out)
{
    rows r = { 0 };
    int64_t team = 0;
    if (str_int(w->param[0], 1, INT64_MAX, &team))
        TRY(web_view(w, "team_led", NAMED({ "team", V_INT(team) }), &r));
    if (!r.count)
        return err_new(w->q->a, ERR_RIGHTS, "leader.not_yours", NULL);
    str zone = rows_text(&r, 0, "zone"), day = asked_day(w);
    *out = (leader){ .team = team, .operation = rows_int(&r, 0, "operation_id"), .name = rows_text(&r, 0, "team"), .zone = zone,
                     .chief = rows_text(&r, 0, "leader"), .today = web_local_day(w, zone, w->q->now),
                     .tomorrow = web_local_day(w, zone, w->q->now + DAY_MS) };
    bool late = str_compare(web_time(w, zone, w->q->now), STR("12:00")) >= 0;
    out->day = day.len ? day : otherwise == LEADER_NEXT && late ? out->tomorrow : out->today;
    put_frame(w, out);
    return web_live(w, text_format(w->q->a, "person:%lld team:%lld", (long long)w->who.person_id, (long long)team), "");
}

err *leader_path_id(web *w, int64_t *id)
{
    return str_int(w->param[1], 1, INT64_MAX, id) ? NULL : err_new(w->q->a, ERR_NOT_FOUND, "web.no_page", NULL);
}

/* -- forms --------------------------------------------------------------------------------------------- */
/* "/need/12": only what one of these pages could be. */
static bool back_of(web *w, str *page)
{
    *page = form_field(w->q, "back");
    for (size_t i = 0; i < page->len; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz-/0123456789", page->at[i]) || page->len > 60)
            return false;
    return !page->len || page->at[0] == '/';
}

void leader_done(web *w, const char *done)
{
    str page, day = asked_day(w);
    arena *a = w->q->a;
    if (!back_of(w, &page))
        page = (str){ 0 };
    response_see(w->q, w->p, text_format(a, "/l/team/%.*s%.*s?%s%.*s%sdone=%s", STR_ARG(w->param[0]), STR_ARG(page), day.len ? "day=" : "",
                                         STR_ARG(day), day.len ? "&" : "", done));
}

/* The word of what was done is the last part of the form's address. */
void leader_ended(web *w, err *e, str result)
{
    (void)result;
    if (e)
        web_fail(w, e);
    else
        leader_done(w, text_format(w->q->a, "leader_%s", strrchr(w->route->path, '/') + 1).at);
}

err *leader_post(web *w)
{
    web_run(w, w->who.person_id, w->route->command, web_form_args(w), leader_ended);
    return NULL;
}

static err *get_team(web *w);
err *leader_back(web *w)
{
    static const struct {
        const char *begins;
        err *(*show)(web *w);
    } shown[] = { { "/need/", leader_get_need }, { "/stand-in/", leader_get_stand_in }, { "/today", leader_get_day },
                  { "/hours", leader_get_hours }, { "/draft", leader_get_draft }, { "/away", leader_get_away },
                  { "/asks", leader_get_asks }, { "/demand", leader_get_demand }, { "/add", leader_get_add } };
    str page;
    if (!back_of(w, &page))
        page = (str){ 0 };
    for (size_t i = 0; i < COUNT(shown); i++)
        if (str_starts(page, str_of(shown[i].begins))) {
            w->param[1] = str_from(page, strlen(shown[i].begins));
            return shown[i].show(w);
        }
    return get_team(w);
}

/* -- what several pages show --------------------------------------------------------------------------- */
const char *leader_ground(int64_t start_minute)
{
    return start_minute < 4 * 60 || start_minute >= 18 * 60 ? "shift shift-night"
           : start_minute < NOON                            ? "shift shift-early"
                                                            : "shift shift-mid";
}

void leader_put_shift(web *w, tree *t, const rows *r, size_t i)
{
    int64_t start = rows_int(r, i, "start_minute");
    tree_text(t, "shift", rows_text(r, i, "shift"));
    tree_text(t, "ground", str_of(leader_ground(start)));
    tree_text(t, "span", web_span(w, start, rows_int(r, i, "end_minute")));
    tree_text(t, "post", rows_text(r, i, "post"));
    tree_text(t, "on", web_day(w, rows_text(r, i, "starts_on")));
}

str leader_hours(web *w, int64_t minutes)
{
    int64_t tenths = minutes / 6;
    return tenths % 10 ? text_format(w->q->a, "%lld.%lld", (long long)(tenths / 10), (long long)(tenths % 10))
                       : text_format(w->q->a, "%lld", (long long)(tenths / 10));
}

err *leader_candidates(web *w, int64_t need, int64_t duty, rows *out)
{
    return web_view(w, "substitute_candidate", NAMED({ "duty", V_INT(duty) }, { duty ? NULL : "need", V_INT(need) }), out);
}

bool leader_is_free(const rows *r, size_t i)
{
    return str_is(rows_text(r, i, "reason"), "free");
}

void leader_put_candidate(web *w, tree *t, const rows *r, size_t i)
{
    str answer = rows_text(r, i, "answer");
    tree_int(t, "person", rows_int(r, i, "person_id"));
    tree_text(t, "name", rows_text(r, i, "name"));
    tree_text(t, "phone", rows_text(r, i, "phone"));
    tree_text(t, "week", leader_hours(w, rows_int(r, i, "week_minutes")));
    tree_text(t, "rest", rows_at(r, i, "rest_minutes")->kind == VALUE_INT ? leader_hours(w, rows_int(r, i, "rest_minutes")) : (str){ 0 });
    tree_yes(t, "next_door", rows_int(r, i, "near") == 0);
    tree_yes(t, "far", rows_int(r, i, "near") == 2);
    tree_yes(t, "rather_not", rows_int(r, i, "rather_not"));
    tree_yes(t, "said_can", str_is(answer, "can"));
    tree_yes(t, "silent", !answer.len);
    if (!leader_is_free(r, i))
        tree_text(t, "why_not", web_word(w, text_format(w->q->a, "leader.not.%.*s", STR_ARG(rows_text(r, i, "reason"))).at, NULL));
}

/* The reasons in the order in which they are judged. */
str leader_why(web *w, const rows *r)
{
    static const char *const reasons[] = { "free", "away", "cannot", "care", "skill", "overlap", "rest", "hours", "nights", "pair" };
    arena *a = w->q->a;
    text t = text_begin(a);
    for (size_t k = 0; k < COUNT(reasons); k++) {
        int64_t n = 0;
        for (size_t i = 0; i < r->count; i++)
            n += str_is(rows_text(r, i, "reason"), reasons[k]);
        if (n || k == 0)
            text_put(&t, web_word(w, text_format(a, n ? "leader.why.%s" : "leader.why.%s_none", reasons[k]).at, VALUES({ "n", text_format(a, "%lld", (long long)n) })));
    }
    return web_word(w, "leader.why", VALUES({ "people", text_format(a, "%zu", r->count) }, { "reasons", text_done(&t) }));
}

/* -- the day's figures --------------------------------------------------------------------------------- */
typedef struct board {
    rows needs, duties;
    int64_t wanted, rostered, missing, over, silent;
} board;

static int64_t missing_at(const board *b, size_t i)
{
    int64_t n = rows_int(&b->needs, i, "headcount_min") - rows_int(&b->needs, i, "rostered");
    return n > 0 ? n : 0;
}

static err *load_board(web *w, const leader *l, board *b)
{
    const named *day = NAMED({ "team", V_INT(l->team) }, { "from_on", V_TEXT(l->day) }, { "to_on", V_TEXT(l->day) });
    TRY(web_view(w, "need_board", day, &b->needs));
    TRY(web_view(w, "duty_board", day, &b->duties));
    for (size_t i = 0; i < b->needs.count; i++) {
        int64_t want = rows_int(&b->needs, i, "headcount_min"), have = rows_int(&b->needs, i, "rostered");
        b->wanted += want;
        b->rostered += have;
        b->missing += missing_at(b, i);
        b->over += have > want ? have - want : 0;
    }
    for (size_t i = 0; i < b->duties.count; i++)
        b->silent += !rows_text(&b->duties, i, "answer").len && str_is(rows_text(&b->duties, i, "state"), "planned");
    return NULL;
}

static void put_figures(web *w, const leader *l, const board *b)
{
    tree *t = w->tree;
    arena *a = w->q->a;
    str n = text_format(a, "%lld", (long long)b->missing);
    const char *when = str_equal(l->day, l->today) ? "today" : str_equal(l->day, l->tomorrow) ? "tomorrow" : "day";
    const char *what = !b->needs.count ? "none" : b->missing ? "short" : "enough";
    tree_text(t, "question", web_word(w, text_format(a, "leader.%s_%s", what, when).at, VALUES({ "n", n }, { "day", web_day(w, l->day) })));
    tree_int(t, "wanted", b->wanted);
    tree_int(t, "rostered", b->rostered);
    tree_int(t, "missing", b->missing);
    tree_int(t, "over", b->over);
    tree_int(t, "silent", b->silent);
    tree_yes(t, "needs", b->needs.count);
}

static void put_days(web *w, const leader *l, int first)
{
    civil_day today = 0;
    civil_day_read(l->today, &today);
    for (civil_day d = today + first; d < today + first + WEEK; d++) {
        int year, month, day;
        tree *t = tree_add(w->tree, "week_days");
        str on = civil_day_text(w->q->a, d);
        civil_parts(d, &year, &month, &day);
        tree_text(t, "on_day", on);
        tree_text(t, "weekday", web_word(w, text_format(w->q->a, "weekday.%d", civil_weekday(d)).at, NULL));
        tree_int(t, "date", day);
        tree_yes(t, "chosen", str_equal(on, l->day));
    }
}

void leader_put_week(web *w, const leader *l)
{
    put_days(w, l, 0);
}

void leader_put_past(web *w, const leader *l)
{
    put_days(w, l, 1 - WEEK);
}

/* -- gaps ---------------------------------------------------------------------------------------------- */
/* The best who was not proposed for a gap above: nobody can stand at two. */
static size_t first_free(const rows *r, int64_t *proposed, size_t *count)
{
    for (size_t i = 0; i < r->count && leader_is_free(r, i); i++) {
        int64_t person = rows_int(r, i, "person_id");
        bool taken = false;
        for (size_t k = 0; k < *count; k++)
            taken = taken || proposed[k] == person;
        if (taken)
            continue;
        proposed[(*count)++] = person;
        return i;
    }
    return r->count;
}

static err *put_gap(web *w, const board *b, size_t i, int64_t *proposed, size_t *count)
{
    rows r = { 0 };
    tree *t = tree_add(w->tree, "gaps");
    leader_put_shift(w, t, &b->needs, i);
    tree_int(t, "need", rows_int(&b->needs, i, "id"));
    tree_int(t, "taken", rows_int(&b->needs, i, "rostered"));
    tree_int(t, "short", missing_at(b, i));
    if (*count == PROPOSALS_MAX)
        return NULL;
    TRY(leader_candidates(w, rows_int(&b->needs, i, "id"), 0, &r));
    tree_text(t, "why", leader_why(w, &r));
    size_t first = first_free(&r, proposed, count);
    if (first < r.count)
        leader_put_candidate(w, tree_add(t, "proposal"), &r, first);
    return NULL;
}

static err *put_gaps(web *w, const board *b)
{
    int64_t proposed[PROPOSALS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < b->needs.count; i++)
        if (missing_at(b, i) && rows_int(&b->needs, i, "ends_at") > w->q->now)
            TRY(put_gap(w, b, i, proposed, &count));
    return NULL;
}

/* -- the roster ---------------------------------------------------------------------------------------- */
static void put_people(tree *t, const board *b, int64_t need)
{
    tree *p = NULL;
    for (size_t i = 0; i < b->duties.count; i++) {
        if (rows_int(&b->duties, i, "need_id") != need)
            continue;
        if (p)
            tree_yes(p, "more", true);
        p = tree_add(t, "people");
        tree_text(p, "name", rows_text(&b->duties, i, "name"));
        tree_yes(p, "lead", rows_int(&b->duties, i, "lead"));
        tree_yes(p, "changed", rows_int(&b->duties, i, "changed"));
        tree_yes(p, "ask", !rows_text(&b->duties, i, "answer").len && str_is(rows_text(&b->duties, i, "state"), "planned"));
        tree_yes(p, "more", false);
    }
}

static void put_roster(web *w, const board *b)
{
    tree *post = NULL;
    int64_t post_id = 0;
    for (size_t i = 0; i < b->needs.count; i++) {
        if (!post || rows_int(&b->needs, i, "post_id") != post_id)
            post = tree_add(w->tree, "posts");
        post_id = rows_int(&b->needs, i, "post_id");
        tree_text(post, "post", rows_text(&b->needs, i, "post"));
        tree *t = tree_add(post, "seats");
        leader_put_shift(w, t, &b->needs, i);
        tree_int(t, "need", rows_int(&b->needs, i, "id"));
        tree_int(t, "have", rows_int(&b->needs, i, "rostered"));
        tree_int(t, "want", rows_int(&b->needs, i, "headcount_min"));
        tree_int(t, "short", missing_at(b, i));
        put_people(t, b, rows_int(&b->needs, i, "id"));
    }
}

/* -- the text for the group: names, no telephone -------------------------------------------------------- */
static str names_text(web *w, const board *b, int64_t need)
{
    str names = { 0 };
    for (size_t i = 0; i < b->duties.count; i++) {
        if (rows_int(&b->duties, i, "need_id") != need)
            continue;
        str name = rows_text(&b->duties, i, "name");
        if (rows_int(&b->duties, i, "lead"))
            name = web_word(w, "leader.group_lead", VALUES({ "name", name }));
        names = names.len ? web_word(w, "leader.group_names", VALUES({ "names", names }, { "name", name })) : name;
    }
    return names;
}

static str shift_text(web *w, const board *b, size_t i)
{
    int64_t missing = missing_at(b, i);
    str n = text_format(w->q->a, "%lld", (long long)missing), names = names_text(w, b, rows_int(&b->needs, i, "id"));
    const char *key = !names.len ? "leader.group_empty" : missing ? "leader.group_short" : "leader.group_shift";
    return web_word(w, key,
                    VALUES({ "span", web_span(w, rows_int(&b->needs, i, "start_minute"), rows_int(&b->needs, i, "end_minute")) },
                           { "names", names }, { "n", n }));
}

static str posts_text(web *w, const board *b)
{
    str all = { 0 };
    for (size_t i = 0; i < b->needs.count;) {
        int64_t post = rows_int(&b->needs, i, "post_id");
        str name = rows_text(&b->needs, i, "post"), shifts = { 0 };
        for (; i < b->needs.count && rows_int(&b->needs, i, "post_id") == post; i++) {
            str one = shift_text(w, b, i);
            shifts = shifts.len ? web_word(w, "leader.group_shifts", VALUES({ "shifts", shifts }, { "shift", one })) : one;
        }
        str line = web_word(w, "leader.group_post", VALUES({ "post", name }, { "shifts", shifts }));
        all = all.len ? web_word(w, "leader.group_posts", VALUES({ "posts", all }, { "post", line })) : line;
    }
    return all;
}

/* The newest that was published; *version 0: none. */
err *leader_published(web *w, const leader *l, int64_t *version, int64_t *at)
{
    rows r = { 0 };
    *version = *at = 0;
    TRY(web_view(w, "roster", NAMED({ "team", V_INT(l->team) }), &r));
    for (size_t i = 0; i < r.count && !*version; i++)
        if (str_is(rows_text(&r, i, "state"), "published")) {
            *version = rows_int(&r, i, "version");
            *at = rows_int(&r, i, "published_at");
        }
    return NULL;
}

static err *put_group_text(web *w, const leader *l, const board *b)
{
    int64_t version, at;
    str published = { 0 };
    TRY(leader_published(w, l, &version, &at));
    if (version)
        published = web_word(w, "leader.group_version",
                             VALUES({ "version", text_format(w->q->a, "%lld", (long long)version) },
                                    { "day", web_day(w, web_local_day(w, l->zone, at)) }, { "time", web_time(w, l->zone, at) }));
    str text = web_word(w, l->chief.len ? "leader.group_text" : "leader.group_text_leaderless",
                        VALUES({ "team", l->name }, { "day", web_day(w, l->day) }, { "posts", posts_text(w, b) }, { "chief", l->chief },
                               { "version", published }));
    tree_text(w->tree, "group_text", str_trim(text));
    return NULL;
}

/* -- the page ------------------------------------------------------------------------------------------ */
static err *get_team(web *w)
{
    leader l = { 0 };
    board b = { 0 };
    TRY(leader_open(w, LEADER_NEXT, &l));
    TRY(load_board(w, &l, &b));
    put_figures(w, &l, &b);
    leader_put_week(w, &l);
    TRY(put_gaps(w, &b));
    put_roster(w, &b);
    TRY(put_group_text(w, &l, &b));
    TRY(leader_put_asks(w, &l));
    TRY(leader_put_job(w, &l));
    TRY(leader_put_draft(w, &l));
    return web_show(w, "leader");
}

#define PAGE(path_, show_) { WEB_GET, WEB_LEADER, "/l/team/:team" path_, .show = show_ }
#define FORM(path_, command_, args_) \
    { WEB_POST, WEB_LEADER, "/l/team/:team/" path_, .show = leader_back, .form = leader_post, .command = command_, .args = args_ }
#define FORM_OF(path_, form_) { WEB_POST, WEB_LEADER, "/l/team/:team/" path_, .show = leader_back, .form = form_ }
const route leader_routes[] = {
    PAGE("", get_team),
    PAGE("/need/:need", leader_get_need),
    PAGE("/stand-in/:duty", leader_get_stand_in),
    PAGE("/today", leader_get_day),
    PAGE("/hours", leader_get_hours),
    PAGE("/draft", leader_get_draft),
    PAGE("/told", leader_get_told),
    PAGE("/away", leader_get_away),
    PAGE("/asks", leader_get_asks),
    PAGE("/demand", leader_get_demand),
    PAGE("/add", leader_get_add),
    /* the roster */
    FORM("take", "duty.add", "need person source taken"),
    FORM("excuse", "duty.excuse", "duty why"),
    FORM_OF("ring", leader_post_ring),
    FORM("borrow", "reinforcement.propose", "team=:team to_team from_team from_on to_on headcount"),
    FORM_OF("demand", leader_post_demand),
    FORM_OF("post", leader_post_post),
    FORM("add", "team.add_person", "team=:team person name phone work_unit address lives_here another need"),
    /* the draft */
    FORM("solve", "job.solve", "team=:team from_on to_on"),
    FORM("stop", "job.cancel", "job"),
    FORM("again", "job.again", "job"),
    FORM("lock", "roster.lock", "roster need person yes"),
    FORM("publish", "roster.publish", "roster seen"),
    /* the day */
    FORM_OF("present", leader_post_present),
    FORM("in", "duty.check_in", "duty via"),
    FORM("missed", "duty.no_show", "duty"),
    FORM("out", "attendance.check_out", "attendance"),
    FORM("walk", "attendance.walk_in", "post person via"),
    FORM_OF("stand", leader_post_stand_in),
    /* hours */
    FORM("close", "attendance.close_forgotten", "team=:team until"),
    FORM("agree", "attendance.confirm_day", "team=:team day"),
    FORM_OF("minutes", leader_post_minutes),
    FORM("void", "attendance.void", "attendance why"),
    /* leaving */
    { WEB_POST, WEB_LEADER, "/l/team/:team/off", .show = leader_back, .form = leader_post_off, .command = "duty.stand_down",
      .args = "need team=scope from_on to_on why" },
    FORM("withdraw", "withdrawal.start", "team=:team text meeting_place"),
    FORM("safe", "withdrawal.report", "withdrawal person via"),
    FORM("over", "withdrawal.end", "withdrawal anyway"),
    /* what waits for a word */
    FORM("swap", "swap.accept", "swap"),
    FORM("swapno", "swap.refuse", "swap"),
    FORM("join", "join_request.accept", "join_request"),
    FORM("joinno", "join_request.refuse", "join_request"),
    FORM("lend", "reinforcement.agree", "reinforcement team=:team"),
    FORM("lendno", "reinforcement.decline", "reinforcement team=:team"),
    FORM("note", "note.settle", "note"),
    { 0 },
};

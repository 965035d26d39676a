/* A signed sheet keyed from paper in one go: planned times are preset, 〃 is the time above, - is nobody. */
#include "command/attendance.h"

#define SHEET_ROW "row_no:int? duty:id? person:id? post:id? in_minute:text? out_minute:text?"

static const char *const dittos[] = {
#define DITTO(word) word,
#include "sheet/headers.def"
};
static const char *const nones[] = {
#define NONE(word) word,
#include "sheet/headers.def"
};

typedef enum cell { CELL_TIME, CELL_EMPTY, CELL_ABOVE, CELL_NONE, CELL_BAD } cell;

enum { NO_TIME = -1, MINUTE_MS = 60000, SHOWN_MAX_BYTES = 40 };

typedef struct keying {
    int64_t team, by;
    str number, day_text, zone_name;
    civil_day day;
    civil_zone *zone;
    const json_t *list;
    int in_above, out_above; /* minutes as written; NO_TIME: none yet */
    int64_t recorded, completed, already, absent;
} keying;

typedef struct line {
    size_t row;           /* as people count */
    arrival in;
    presence had;         /* id 0: nothing was recorded yet */
    int start, end;       /* the shift in minutes of the day; end 0: on no shift */
    int came, left;       /* NO_TIME: not there; still there */
    bool left_by_rule;
} line;

static err *bad_row(context *c, const char *message, size_t row)
{
    return refuse(c, ERR_INPUT, message, VALUES({ "row", text_format(c->a, "%zu", row) }));
}

/* -- times ---------------------------------------------------------------------------------------------- */
static bool is_one_of(str s, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_is(s, words[i]))
            return true;
    }
    return false;
}

/* 08:00, 8：00, 8.00 or a number of minutes. */
static bool read_minute(str s, int *out)
{
    int64_t hour = 0, minute = 0;
    ptrdiff_t sign = str_find(s, STR(":"));
    if (sign < 0)
        sign = str_find(s, STR("."));
    bool reads = sign < 0 ? str_int(s, 0, 2879, &minute)
                          : str_int(str_part(s, 0, (size_t)sign), 0, 47, &hour) &&
                                str_int(str_from(s, (size_t)sign + 1), 0, 59, &minute);
    *out = (int)(hour * 60 + minute);
    return reads;
}

static cell read_cell(context *c, str s, int *minute)
{
    if (is_one_of(str_trim(s), dittos, COUNT(dittos)))
        return CELL_ABOVE;
    s = text_normal(c->a, s);
    if (!s.len)
        return CELL_EMPTY;
    if (is_one_of(s, nones, COUNT(nones)))
        return CELL_NONE;
    return read_minute(s, minute) ? CELL_TIME : CELL_BAD;
}

/* What stands in the cell, not too long to show. */
static str shown(str s)
{
    size_t length = s.len < SHOWN_MAX_BYTES ? s.len : SHOWN_MAX_BYTES;
    while (length && length < s.len && ((unsigned char)s.at[length] & 0xC0) == 0x80)
        length--;
    return str_part(s, 0, length);
}

/* The time as written, *above moved along; an empty cell gives `planned`. */
static err *take_time(context *c, const line *l, str s, int planned, int *above, int *out)
{
    int minute = NO_TIME;
    switch (read_cell(c, s, &minute)) {
    case CELL_ABOVE:
        if (*above == NO_TIME)
            return bad_row(c, "attendance.sheet_above", l->row);
        *out = *above;
        return NULL;
    case CELL_BAD:
        return refuse(c, ERR_INPUT, "attendance.sheet_time",
                      VALUES({ "row", text_format(c->a, "%zu", l->row) }, { "text", shown(s) }));
    case CELL_NONE:
        *out = NO_TIME;
        return NULL;
    case CELL_EMPTY:
        *out = planned;
        break;
    case CELL_TIME:
        *out = minute;
        break;
    }
    *above = *out == NO_TIME ? *above : *out;
    return NULL;
}

/* Minutes of the day of the shift; leaving is left open where nothing is written and the shift goes on. */
static err *take_times(context *c, keying *k, line *l, const args *x)
{
    bool planned = l->end > 0;
    TRY(take_time(c, l, arg_text(x, "in_minute"), planned ? l->start : NO_TIME, &k->in_above, &l->came));
    if (!planned && l->came == NO_TIME && !str_trim(arg_text(x, "in_minute")).len)
        return bad_row(c, "attendance.sheet_planned", l->row);
    TRY(take_time(c, l, arg_text(x, "out_minute"), NO_TIME, &k->out_above, &l->left));
    if (l->came == NO_TIME)
        return NULL;
    int first = planned ? l->start - ATTENDANCE_ACROSS_MINUTES : 0, end = planned ? l->end : 0;
    l->came = attendance_paper_minute(l->came, first, end);
    if (l->left != NO_TIME)
        l->left = attendance_paper_minute(l->left, l->came, end);
    l->left_by_rule = l->left == NO_TIME && planned && l->in.shift.ends_at <= c->now;
    l->in.at = civil_instant(k->zone, k->day, l->came);
    if (l->in.at > c->now + ATTENDANCE_CLAIM_AHEAD_MINUTES * MINUTE_MS)
        return bad_row(c, "attendance.sheet_ahead", l->row);
    if (planned && l->in.at >= l->in.shift.ends_at)
        return bad_row(c, "attendance.sheet_late", l->row);
    return l->left != NO_TIME && l->left < l->came ? bad_row(c, "attendance.sheet_order", l->row) : NULL;
}

/* -- who, where ----------------------------------------------------------------------------------------- */
/* Whoever was taken off the roster and signed all the same stood there, on no duty. */
static err *take_duty(context *c, const keying *k, line *l, int64_t id)
{
    duty d = { 0 };
    civil_day day;
    TRY(duty_load(c, id, &d));
    if (d.team_id != k->team || !str_equal(d.starts_on, k->day_text))
        return bad_row(c, "attendance.sheet_other", l->row);
    l->in = arrival_at(&d, d.shift.starts_at);
    if (!d.planned && !d.attendance_id)
        l->in.duty_id = 0;
    civil_local(k->zone, d.shift.starts_at, &day, &l->start);
    l->end = l->start + (int)((d.shift.ends_at - d.shift.starts_at) / MINUTE_MS);
    return d.attendance_id ? presence_load(c, d.attendance_id, &l->had) : NULL;
}

static err *take_walk_in(context *c, const keying *k, line *l, const args *x)
{
    rows post = { 0 }, standing = { 0 };
    if (arg_given(x, "post"))
        TRY(query(c, "attendance.post_team", NAMED({ "post", arg_value(x, "post") }), &post));
    if (!post.count || rows_int(&post, 0, "team_id") != k->team)
        return bad_row(c, "attendance.sheet_post", l->row);
    TRY(query(c, "attendance.standing",
              NAMED({ "person", arg_value(x, "person") }, { "post", arg_value(x, "post") }, { "at", V_INT(c->now) },
                    { "early", V_INT(0) }, { "open", V_INT(0) }),
              &standing));
    if (!standing.count)
        return REFUSE_ID(c, ERR_NOT_FOUND, "person.missing", arg_int(x, "person"));
    if (!rows_int(&standing, 0, "member") && rows_int(&standing, 0, "elsewhere"))
        return bad_row(c, "attendance.sheet_team", l->row);
    l->in = (arrival){ .person_id = arg_int(x, "person"), .post_id = arg_int(x, "post"), .team_id = k->team,
                       .starts_on = k->day_text, .zone = k->zone_name };
    return NULL;
}

static err *take_who(context *c, const keying *k, line *l, const args *x)
{
    rows r = { 0 };
    if (arg_given(x, "duty"))
        return take_duty(c, k, l, arg_int(x, "duty"));
    if (!arg_given(x, "person"))
        return bad_row(c, "attendance.sheet_who", l->row);
    TRY(query(c, "attendance.sheet_duties",
              NAMED({ "team", V_INT(k->team) }, { "person", arg_value(x, "person") }, { "day", V_TEXT(k->day_text) }), &r));
    if (r.count > 1)
        return bad_row(c, "attendance.sheet_many", l->row);
    return r.count ? take_duty(c, k, l, rows_int(&r, 0, "id")) : take_walk_in(c, k, l, x);
}

/* Keyed twice is recorded once, also for those on no duty. */
static err *take_known(context *c, const keying *k, line *l)
{
    rows r = { 0 };
    if (l->in.duty_id)
        return NULL;
    TRY(query(c, "attendance.sheet_walk_in",
              NAMED({ "team", V_INT(k->team) }, { "person", V_INT(l->in.person_id) }, { "day", V_TEXT(k->day_text) },
                    { "post", V_INT(l->in.post_id) }),
              &r));
    if (r.count)
        l->had = presence_of(&r, 0);
    return NULL;
}

/* -- the row -------------------------------------------------------------------------------------------- */
static err *leave(context *c, const keying *k, const line *l, const presence *p)
{
    unsigned marks = p->marks | MARK_FILLED_IN;
    int64_t at = l->left_by_rule ? l->in.shift.ends_at : civil_instant(k->zone, k->day, l->left);
    if (at < p->came_at)
        return bad_row(c, "attendance.sheet_order", l->row);
    return presence_close(c, p, at, l->left_by_rule ? marks | MARK_CLOSED_BY_RULE : marks);
}

/* What was recorded at the post stands; the paper adds only what is missing there. */
static err *add_to_known(context *c, keying *k, const line *l)
{
    if (l->had.left_at >= 0 || l->left == NO_TIME) {
        k->already++;
        return NULL;
    }
    k->completed++;
    return leave(c, k, l, &l->had);
}

static err *add_new(context *c, keying *k, line *l)
{
    int64_t id;
    arrival *in = &l->in;
    in->marks = MARK_FILLED_IN | (in->shift.ends_at ? attendance_punctual(&in->shift, in->at) : 0);
    in->by = k->by;
    in->via = STR("paper");
    in->sheet_no = k->number;
    in->sheet_row = (int64_t)l->row;
    TRY(arrival_record(c, in, &id));
    k->recorded++;
    presence p = { .id = id, .duty_id = in->duty_id, .came_at = in->at, .marks = in->marks };
    return l->left == NO_TIME && !l->left_by_rule ? NULL : leave(c, k, l, &p);
}

static err *key_row(context *c, void *of, size_t i)
{
    keying *k = of;
    args x;
    line l = { .row = i + 1 };
    TRY(args_parse_row(c, SHEET_ROW, json_array_get(k->list, i), l.row, &x));
    l.row = (size_t)arg_int_or(&x, "row_no", (int64_t)l.row);
    TRY(take_who(c, k, &l, &x));
    TRY(take_known(c, k, &l));
    TRY(take_times(c, k, &l, &x));
    if (l.came == NO_TIME) {
        k->absent++;
        return NULL;
    }
    return l.had.id ? add_to_known(c, k, &l) : add_new(c, k, &l);
}

/* The sheet must be of the roster in force: on an older one other people stand in the same rows. */
static err *check_version(context *c, keying *k, int64_t version)
{
    rows r = { 0 };
    TRY(query(c, "attendance.sheet_team", NAMED({ "team", V_INT(k->team) }, { "day", V_TEXT(k->day_text) }), &r));
    if (!r.count)
        return REFUSE_ID(c, ERR_NOT_FOUND, "team.missing", k->team);
    int64_t now = rows_int(&r, 0, "version");
    k->zone_name = rows_text(&r, 0, "zone");
    TRY(civil_zone_open(c->a, k->zone_name, &k->zone));
    if (version == now)
        return NULL;
    return refuse(c, version < now ? ERR_STALE : ERR_INPUT,
                  version < now ? "attendance.sheet_old" : "attendance.sheet_unknown",
                  VALUES({ "version", text_format(c->a, "%lld", (long long)version) },
                         { "now", text_format(c->a, "%lld", (long long)now) }, { "day", k->day_text }));
}

err *attendance_key_sheet(context *c, const args *a)
{
    keying k = { .team = arg_int(a, "team"), .number = arg_text(a, "number"), .day_text = arg_text(a, "day"),
                 .list = arg_of(a, "rows")->json, .in_above = NO_TIME, .out_above = NO_TIME };
    civil_day_read(k.day_text, &k.day);
    TRY(attendance_by(c, a, &k.by));
    TRY(check_version(c, &k, arg_int(a, "version")));
    if (json_array_size(k.list) > PIECE_ROWS_MAX)
        return refuse(c, ERR_LIMIT, "attendance.sheet_large", VALUES({ "max", text_format(c->a, "%d", PIECE_ROWS_MAX) }));
    TRY(query(c, "attendance.lock_needs", NAMED({ "team", V_INT(k.team) }, { "day", V_TEXT(k.day_text) }), NULL));
    TRY(each(c, json_array_size(k.list), key_row, &k));
    command_about(c, 0);
    command_result_int(c, "recorded", k.recorded);
    command_result_int(c, "completed", k.completed);
    command_result_int(c, "already", k.already);
    command_result_int(c, "absent", k.absent);
    return NULL;
}

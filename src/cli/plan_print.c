#include "base/limits.h"
#include "cli/plan.h"
#include "cli/sheets.h"
#include "print/print.h"
#include "sheet/write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORKERS_MAX = 2, SPARE_LINES = 5, COLUMN_COUNT = 7 };

/* One team's roster as the papers see it; each index counts into the list of its name. */
typedef struct post_row {
    int64_t id;
    str name, compound, instructions, letter;
} post_row;
typedef struct shift_row {
    int64_t id;
    str name;
    bool night;
    print_shift print;
} shift_row;
typedef struct person_row {
    int64_t id;
    str name, unit, phone;
} person_row;
typedef struct need_row {
    int64_t id;
    int day; /* from the first of the operation */
    size_t post, shift;
    int filled, missing;
    str reason;
} need_row;
typedef struct duty_row {
    size_t need, person;
    bool lead, unanswered;
} duty_row;

typedef struct phones {
    map *own;   /* id -> row of p->persons: the sheets of this call, in full */
    map *known; /* id -> row of `people`: masked, of people who came earlier */
    rows people;
} phones;

typedef struct worker {
    pid_t pid;
    const char *path;
} worker;
typedef struct workers {
    worker at[WORKERS_MAX]; /* oldest first */
    size_t count;
} workers;

typedef struct paper {
    plan *p; /* a copy whose arena is this team's */
    arena *a;
    const plan_team *team;
    str file; /* name of its files, before the dash */
    const phones *phones;
    print_head head;
    int64_t leader_id, liaison_id;
    int version;
    int64_t roster_id; /* 0: none is published */
    int day_count;
    LIST(post_row) posts;
    LIST(shift_row) shifts;
    LIST(person_row) people;
    LIST(need_row) needs;
    LIST(duty_row) duties;
} paper;

/* -- workers -------------------------------------------------------------------------------------------- */

static err *interrupted(plan *p)
{
    return err_new(p->a, ERR_INTERRUPTED, "plan.interrupted", NULL);
}

static err *worker_err(plan *p, const char *path)
{
    if (cli_interrupted())
        return interrupted(p);
    return err_new(p->a, ERR_WORKER, "plan.worker", VALUES({ "file", str_of(path) }));
}

static bool worker_wait(pid_t pid)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR)
            return false;
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static err *workers_wait(plan *p, workers *w, size_t left)
{
    err *e = NULL;
    while (w->count > left) {
        worker oldest = w->at[0];
        w->count--;
        memmove(&w->at[0], &w->at[1], w->count * sizeof w->at[0]);
        if (!worker_wait(oldest.pid) && !e)
            e = worker_err(p, oldest.path);
    }
    return e;
}

/* Other threads may hold locks: between fork and exec only what a signal handler may do. */
static pid_t worker_start(words_lang lang, int *to)
{
    char *args[] = { "muster", "worker", "print", "--lang", lang == WORDS_EN ? "en" : "zh-CN", NULL };
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0)
        return -1;
    if (ends[0] == STDIN_FILENO) { /* dup2 onto itself would keep O_CLOEXEC */
        (void)fcntl(ends[0], F_SETFD, 0);
    }
    pid_t pid = fork();
    if (pid == 0) {
        if (dup2(ends[0], STDIN_FILENO) == STDIN_FILENO)
            execv("/proc/self/exe", args);
        _exit(127);
    }
    close(ends[0]);
    if (pid < 0)
        close(ends[1]);
    *to = ends[1];
    return pid;
}

static bool write_all(int to, str s)
{
    while (s.len) {
        ssize_t n = write(to, s.at, s.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        s = str_from(s, (size_t)n);
    }
    return true;
}

static err *print_one(paper *x, workers *w, const char *suffix, print_document *d)
{
    if (cli_interrupted())
        return interrupted(x->p);
    TRY(workers_wait(x->p, w, WORKERS_MAX - 1));
    d->path = text_format(x->a, "%s/%.*s-%.*s.pdf", x->p->dir, STR_ARG(x->file),
                          STR_ARG(words_get(x->a, x->p->lang, suffix, NULL)));
    const char *path = str_z(x->a, d->path);
    str body = print_document_write(x->a, d);
    int to = -1;
    pid_t pid = worker_start(x->p->lang, &to);
    if (pid < 0)
        return worker_err(x->p, path);
    w->at[w->count++] = (worker){ pid, path };
    bool whole = write_all(to, body);
    close(to);
    return whole ? NULL : worker_err(x->p, path);
}

/* -- reading -------------------------------------------------------------------------------------------- */

/* For a list that already holds all it will hold; -1 where there is none. */
#define INDEX_OF(list, with_id, out) \
    do { \
        (out) = -1; \
        for (size_t at_ = 0; at_ < (list).count; at_++) { \
            if ((list).at[at_].id == (with_id)) { \
                (out) = (ptrdiff_t)at_; \
                break; \
            } \
        } \
    } while (0)

static bool phones_find(const map *m, arena *a, int64_t id, int64_t *index)
{
    return map_get(m, text_format(a, "%lld", (long long)id), index);
}

static err *phones_load(plan *p, phones *out)
{
    out->own = map_new(p->a);
    out->known = map_new(p->a);
    for (size_t i = 0; i < p->persons.count; i++)
        map_put(out->own, text_format(p->a, "%lld", (long long)p->persons.at[i].id), (int64_t)i);
    TRY(plan_view(p, "person", NULL, &out->people));
    for (size_t i = 0; i < out->people.count; i++)
        map_put(out->known, text_format(p->a, "%lld", (long long)rows_int(&out->people, i, "id")), (int64_t)i);
    return NULL;
}

static str phone_of(const paper *x, int64_t id)
{
    int64_t index = 0;
    if (phones_find(x->phones->own, x->a, id, &index) && x->p->persons.at[index].row->phone.len)
        return x->p->persons.at[index].row->phone;
    if (phones_find(x->phones->known, x->a, id, &index))
        return rows_text(&x->phones->people, (size_t)index, "phone");
    return (str){ 0 };
}

static size_t person_add(paper *x, int64_t id, str name, str unit)
{
    ptrdiff_t index;
    INDEX_OF(x->people, id, index);
    if (index >= 0)
        return (size_t)index;
    *list_add(x->a, &x->people) = (person_row){ id, name, unit, phone_of(x, id) };
    return x->people.count - 1;
}

static void member_add(paper *x, const rows *r, size_t row)
{
    str unit = rows_text(r, row, "work_unit");
    if (!unit.len)
        unit = rows_text(r, row, "org");
    person_add(x, rows_int(r, row, "person_id"), rows_text(r, row, "name"), unit);
}

/* Who leads stands first, then the liaison, then the others by number. */
static err *load_people(paper *x)
{
    rows r = { 0 };
    TRY(plan_view(x->p, "team_member", NAMED({ "team", V_INT(x->team->id) }), &r));
    const int64_t first[] = { x->leader_id, x->liaison_id };
    for (size_t k = 0; k < COUNT(first); k++) {
        for (size_t i = 0; i < r.count; i++) {
            if (rows_int(&r, i, "person_id") == first[k])
                member_add(x, &r, i);
        }
    }
    for (size_t i = 0; i < r.count; i++)
        member_add(x, &r, i);
    return NULL;
}

/* Until somebody confirms an office the paper names who is proposed, and says so. */
static err *load_proposed(paper *x)
{
    rows r = { 0 };
    TRY(plan_view(x->p, "team_proposal", NAMED({ "team", V_INT(x->team->id) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        str office = rows_text(&r, i, "office");
        bool leader = str_is(office, "leader"), liaison = str_is(office, "liaison");
        str name = words_get(x->a, x->p->lang, "paper.proposed", VALUES({ "name", rows_text(&r, i, "name") }));
        if (leader && x->leader_id == 0) {
            x->leader_id = rows_int(&r, i, "person_id");
            x->head.leader = name;
        } else if (liaison && x->liaison_id == 0) {
            x->liaison_id = rows_int(&r, i, "person_id");
            x->head.liaison = name;
        }
    }
    return NULL;
}

static err *load_head(paper *x)
{
    rows r = { 0 };
    TRY(plan_view(x->p, "team", NULL, &r));
    x->head = (print_head){ .lang = x->p->lang, .created_at = x->p->now, .zone = STR("Asia/Shanghai"),
                            .team = x->team->name };
    for (size_t i = 0; i < r.count; i++) {
        if (rows_int(&r, i, "id") != x->team->id)
            continue;
        x->leader_id = rows_int(&r, i, "leader_id");
        x->liaison_id = rows_int(&r, i, "liaison_id");
        x->head.leader = rows_text(&r, i, "leader");
        x->head.liaison = rows_text(&r, i, "liaison");
    }
    TRY(load_proposed(x));
    x->head.leader_phone = phone_of(x, x->leader_id);
    x->head.liaison_phone = phone_of(x, x->liaison_id);
    r = (rows){ 0 };
    TRY(plan_view(x->p, "roster", NAMED({ "team", V_INT(x->team->id) }), &r));
    for (size_t i = 0; i < r.count && !x->roster_id; i++) {
        if (str_is(rows_text(&r, i, "state"), "published")) {
            x->roster_id = rows_int(&r, i, "id");
            x->version = (int)rows_int(&r, i, "version");
        }
    }
    return NULL;
}

static bool rune_speaks(uint32_t rune)
{
    return (rune >= '0' && rune <= '9') || (rune >= 'A' && rune <= 'Z') || (rune >= 'a' && rune <= 'z') ||
           (rune >= 0x3400 && rune < 0xA000) || rune >= 0x20000;
}

/* The first sign of the name that no other post has: 南 of 桃溪花园南门 beside 桃溪花园北门. Else its number. */
static str post_letter(const paper *x, size_t which)
{
    str name = x->posts.at[which].name;
    for (size_t index = 0; index < name.len;) {
        size_t from = index;
        bool speaks = rune_speaks(str_rune(name, &index)), alone = true;
        str sign = str_part(name, from, index - from);
        for (size_t i = 0; i < x->posts.count && alone; i++)
            alone = i == which || str_find(x->posts.at[i].name, sign) < 0;
        if (speaks && alone)
            return sign;
    }
    return text_format(x->a, "%zu", which + 1);
}

static err *load_posts(paper *x)
{
    rows r = { 0 };
    TRY(plan_view(x->p, "post", NAMED({ "team", V_INT(x->team->id) }), &r));
    for (size_t i = 0; i < r.count; i++)
        *list_add(x->a, &x->posts) = (post_row){ .id = rows_int(&r, i, "id"),
                                                 .name = rows_text(&r, i, "name"),
                                                 .compound = rows_text(&r, i, "compound"),
                                                 .instructions = rows_text(&r, i, "instructions") };
    for (size_t i = 0; i < x->posts.count; i++)
        x->posts.at[i].letter = post_letter(x, i);
    return NULL;
}

/* Two shifts may share a letter (夜 before and after midnight): then their borders differ. */
static void shift_mark(paper *x, size_t which)
{
    shift_row *s = &x->shifts.at[which];
    size_t index = 0;
    if (s->name.len)
        str_rune(s->name, &index);
    s->print.letter = str_part(s->name, 0, index);
    s->print.edge = s->night ? PRINT_EDGE_HEAVY : which % 2 ? PRINT_EDGE_SOLID : PRINT_EDGE_DOTTED;
    for (int tries = 1; tries < PRINT_EDGE_COUNT; tries++) {
        bool taken = false;
        for (size_t i = 0; i < which; i++)
            taken |= x->shifts.at[i].print.edge == s->print.edge &&
                     str_equal(x->shifts.at[i].print.letter, s->print.letter);
        if (!taken)
            return;
        s->print.edge = (s->print.edge + 1) % PRINT_EDGE_COUNT;
    }
}

static bool shift_used(const rows *needs, int64_t id)
{
    for (size_t i = 0; i < needs->count; i++) {
        if (rows_int(needs, i, "shift_id") == id)
            return true;
    }
    return false;
}

static err *load_shifts(paper *x, const rows *needs)
{
    rows r = { 0 };
    TRY(plan_view(x->p, "shift", NULL, &r));
    for (size_t i = 0; i < r.count; i++) {
        if (!shift_used(needs, rows_int(&r, i, "id")))
            continue;
        *list_add(x->a, &x->shifts) =
            (shift_row){ .id = rows_int(&r, i, "id"),
                         .name = rows_text(&r, i, "name"),
                         .night = str_is(rows_text(&r, i, "kind"), "night"),
                         .print = { .starts = (int)rows_int(&r, i, "start_minute"),
                                    .ends = (int)rows_int(&r, i, "end_minute") } };
        shift_mark(x, x->shifts.count - 1);
    }
    return NULL;
}

static void need_add(paper *x, const rows *r, size_t row)
{
    civil_day day;
    ptrdiff_t post, shift;
    INDEX_OF(x->posts, rows_int(r, row, "post_id"), post);
    INDEX_OF(x->shifts, rows_int(r, row, "shift_id"), shift);
    if (post < 0 || shift < 0 || !civil_day_read(rows_text(r, row, "starts_on"), &day))
        return;
    int filled = (int)rows_int(r, row, "headcount_filled"), min = (int)rows_int(r, row, "headcount_min");
    *list_add(x->a, &x->needs) = (need_row){ .id = rows_int(r, row, "id"),
                                             .day = day - x->p->operation.first_day,
                                             .post = (size_t)post,
                                             .shift = (size_t)shift,
                                             .filled = filled,
                                             .missing = filled < min ? min - filled : 0 };
}

static str day_word(const paper *x, civil_day day)
{
    int year, month, of_month;
    civil_parts(day, &year, &month, &of_month);
    return words_get(x->a, x->p->lang, "day.short",
                     VALUES({ "month", text_format(x->a, "%d", month) },
                            { "day", text_format(x->a, "%d", of_month) }));
}

/* An explanation that begins with its need ("2月8日早 南门缺1人：…") goes on after the colon: the paper says that beside it. */
static str reason_alone(const paper *x, const need_row *n, str explanation)
{
    str need = words_get(x->a, x->p->lang, "gap.need",
                         VALUES({ "day", day_word(x, x->p->operation.first_day + n->day) },
                                { "shift", x->shifts.at[n->shift].name }, { "post", x->posts.at[n->post].name }));
    if (!str_starts(explanation, need))
        return explanation;
    str rest = str_from(explanation, need.len), colon = x->p->lang == WORDS_ZH ? STR("：") : STR(": ");
    ptrdiff_t at = str_find(rest, colon);
    return at < 0 ? explanation : str_from(rest, (size_t)at + colon.len);
}

/* What the roster found missing, with the reason, goes before what can be counted. */
static err *load_gaps(paper *x)
{
    rows r = { 0 };
    if (!x->roster_id)
        return NULL;
    TRY(plan_view(x->p, "roster_gap", NAMED({ "roster", V_INT(x->roster_id) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        ptrdiff_t need;
        INDEX_OF(x->needs, rows_int(&r, i, "need_id"), need);
        if (need < 0)
            continue;
        x->needs.at[need].missing = (int)rows_int(&r, i, "missing");
        x->needs.at[need].reason = reason_alone(x, &x->needs.at[need], rows_text(&r, i, "explanation"));
    }
    return NULL;
}

static err *load_duties(paper *x, const named *span)
{
    rows r = { 0 };
    TRY(plan_view(x->p, "roster_duty", span, &r));
    for (size_t i = 0; i < r.count; i++) {
        ptrdiff_t need;
        INDEX_OF(x->needs, rows_int(&r, i, "need_id"), need);
        if (need < 0)
            continue;
        size_t person = person_add(x, rows_int(&r, i, "person_id"), rows_text(&r, i, "name"), (str){ 0 });
        str id = text_format(x->a, "%lld", (long long)rows_int(&r, i, "person_id"));
        *list_add(x->a, &x->duties) = (duty_row){ (size_t)need, person, rows_int(&r, i, "lead") != 0,
                                                  map_get(x->p->unanswered, id, NULL) };
    }
    return NULL;
}

static err *paper_load(paper *x)
{
    const sheet_operation *o = &x->p->operation;
    x->day_count = o->last_day - o->first_day + 1;
    const named *span = NAMED({ "team", V_INT(x->team->id) },
                              { "from_on", V_TEXT(civil_day_text(x->a, o->first_day)) },
                              { "to_on", V_TEXT(civil_day_text(x->a, o->last_day)) });
    rows needs = { 0 };
    TRY(load_head(x));
    TRY(load_people(x));
    TRY(load_posts(x));
    TRY(plan_view(x->p, "need", span, &needs));
    TRY(load_shifts(x, &needs));
    for (size_t i = 0; i < needs.count; i++)
        need_add(x, &needs, i);
    TRY(load_gaps(x));
    return load_duties(x, span);
}

/* -- the papers ----------------------------------------------------------------------------------------- */

/* 0208-南-1: the day, where, and which paper of the team. */
static str paper_number(const paper *x, int day_index, str where, size_t number)
{
    int year, month, of_month;
    civil_parts(x->p->operation.first_day + day_index, &year, &month, &of_month);
    return text_format(x->a, "%02d%02d-%.*s-%zu", month, of_month, STR_ARG(where), number);
}

static void roster_lists(const paper *x, print_roster_sheet *s)
{
    s->shifts.at = arena_many(x->a, print_shift, x->shifts.count + 1);
    for (size_t i = 0; i < x->shifts.count; i++)
        s->shifts.at[s->shifts.count++] = x->shifts.at[i].print;
    s->posts.at = arena_many(x->a, print_post, x->posts.count + 1);
    for (size_t i = 0; i < x->posts.count; i++)
        s->posts.at[s->posts.count++] = (print_post){ x->posts.at[i].letter, x->posts.at[i].name };
    s->people.at = arena_many(x->a, print_person, x->people.count + 1);
    for (size_t i = 0; i < x->people.count; i++)
        s->people.at[s->people.count++] = (print_person){ x->people.at[i].name, x->people.at[i].unit };
    s->days.count = (size_t)x->day_count;
    s->days.at = arena_many(x->a, print_day, x->day_count);
}

static void roster_fill(const paper *x, print_roster_sheet *s)
{
    s->gaps.at = arena_many(x->a, print_gap, x->needs.count + 1);
    for (size_t i = 0; i < x->needs.count; i++) {
        const need_row *n = &x->needs.at[i];
        s->days.at[n->day].needed += n->filled + n->missing;
        s->days.at[n->day].missing += n->missing;
        if (n->missing)
            s->gaps.at[s->gaps.count++] =
                (print_gap){ n->day, (int)n->shift, (int)n->post, n->missing, n->reason };
    }
    s->duties.at = arena_many(x->a, print_duty, x->duties.count + 1);
    for (size_t i = 0; i < x->duties.count; i++) {
        const duty_row *d = &x->duties.at[i];
        const need_row *n = &x->needs.at[d->need];
        s->duties.at[s->duties.count++] = (print_duty){ .person_index = (int)d->person,
                                                        .day_index = n->day,
                                                        .shift_index = (int)n->shift,
                                                        .post_index = (int)n->post,
                                                        .lead = d->lead,
                                                        .unconfirmed = d->unanswered };
    }
}

static err *print_roster_of(paper *x, workers *w)
{
    print_document d = { .kind = PRINT_ROSTER,
                         .roster = { .head = x->head,
                                     .starts_on = x->p->operation.first_day,
                                     .version = x->version } };
    roster_lists(x, &d.roster);
    roster_fill(x, &d.roster);
    return print_one(x, w, "file.roster", &d);
}

/* 岗位须知: a line that begins with one of its headings goes there, all others are what to do. */
static void door_howto(const paper *x, str text_of, print_door *out)
{
    static const char *const keys[] = { "print.door.not_todo", "print.door.bring", "print.door.rest",
                                        "print.door.handover", "print.door.help", "print.door.todo" };
    str *const places[] = { &out->not_todo, &out->bring, &out->rest, &out->handover, &out->help, &out->todo };
    str line;
    while (text_of.len && str_split(&text_of, '\n', &line)) {
        str said = str_trim(line), *place = &out->todo;
        for (size_t i = 0; i < COUNT(keys); i++) {
            str word = words_get(x->a, x->p->lang, keys[i], NULL), rest = str_from(said, word.len);
            bool wide = str_starts(rest, STR("：")), narrow = str_starts(rest, STR(":"));
            if (!str_starts(said, word) || (!wide && !narrow))
                continue;
            place = places[i];
            said = str_trim(str_from(rest, wide ? sizeof "：" - 1 : 1));
            break;
        }
        *place = place->len ? text_format(x->a, "%.*s %.*s", STR_ARG(*place), STR_ARG(said)) : said;
    }
}

static print_door_shift door_shift(const paper *x, size_t need)
{
    const need_row *n = &x->needs.at[need];
    const print_shift *s = &x->shifts.at[n->shift].print;
    print_door_shift out = { .letter = s->letter, .starts = s->starts, .ends = s->ends, .missing = n->missing };
    size_t count = 0;
    for (size_t i = 0; i < x->duties.count; i++)
        count += x->duties.at[i].need == need;
    out.people.at = arena_many(x->a, print_door_person, count + 1);
    for (size_t i = 0; i < x->duties.count; i++) {
        const duty_row *d = &x->duties.at[i];
        if (d->need == need)
            out.people.at[out.people.count++] =
                (print_door_person){ .name = x->people.at[d->person].name, .lead = d->lead,
                                     .unconfirmed = d->unanswered };
    }
    return out;
}

/* False: the post wants nobody that day. */
static bool door_of(const paper *x, size_t post, int day, size_t number, print_door *out)
{
    const post_row *at = &x->posts.at[post];
    size_t count = 0;
    for (size_t i = 0; i < x->needs.count; i++)
        count += x->needs.at[i].post == post && x->needs.at[i].day == day;
    if (!count)
        return false;
    *out = (print_door){ .post = at->name,
                         .place = at->compound,
                         .day = x->p->operation.first_day + day,
                         .number = paper_number(x, day, at->letter, number) };
    door_howto(x, at->instructions, out);
    out->shifts.at = arena_many(x->a, print_door_shift, count);
    for (size_t i = 0; i < x->needs.count; i++) { /* the view has them by time */
        if (x->needs.at[i].post == post && x->needs.at[i].day == day)
            out->shifts.at[out->shifts.count++] = door_shift(x, i);
    }
    return true;
}

static err *print_doors_of(paper *x, workers *w)
{
    print_document d = { .kind = PRINT_DOORS, .doors = { .head = x->head, .version = x->version } };
    size_t room = x->posts.count * (size_t)x->day_count;
    d.doors.doors.at = arena_many(x->a, print_door, room + 1);
    for (int day = 0; day < x->day_count; day++) {
        for (size_t post = 0; post < x->posts.count; post++) {
            size_t *count = &d.doors.doors.count;
            if (door_of(x, post, day, *count + 1, &d.doors.doors.at[*count]))
                ++*count;
        }
    }
    return print_one(x, w, "file.doors", &d);
}

/* The first duty is what the call is about; the rest stand on the roster. */
static print_call call_of(const paper *x, size_t person)
{
    const person_row *who = &x->people.at[person];
    print_call c = { .name = who->name, .unit = who->unit, .phone = who->phone };
    for (size_t i = 0; i < x->duties.count; i++) {
        const duty_row *d = &x->duties.at[i];
        const need_row *n = &x->needs.at[d->need];
        if (d->person != person)
            continue;
        if (!c.shift.len)
            c.shift = text_format(x->a, "%.*s %.*s", STR_ARG(day_word(x, x->p->operation.first_day + n->day)),
                                  STR_ARG(x->shifts.at[n->shift].print.letter));
        if (d->lead)
            c.note = words_get(x->a, x->p->lang, "plan.remark.lead", NULL);
    }
    return c;
}

static err *print_calls_of(paper *x, workers *w)
{
    bool liaison = x->head.liaison.len > 0;
    print_caller caller = { .liaison = liaison ? x->head.liaison : x->head.leader,
                            .liaison_phone = liaison ? x->head.liaison_phone : x->head.leader_phone };
    caller.calls.at = arena_many(x->a, print_call, x->people.count + 1);
    for (size_t i = 0; i < x->people.count; i++)
        caller.calls.at[caller.calls.count++] = call_of(x, i);
    print_document d = { .kind = PRINT_CALLS, .calls = { .head = x->head } };
    d.calls.callers.at = &caller;
    d.calls.callers.count = 1;
    return print_one(x, w, "file.calls", &d);
}

static err *print_sign_in_of(paper *x, workers *w)
{
    int first = x->needs.count ? x->needs.at[0].day : 0;
    print_document d = { .kind = PRINT_SIGN_IN,
                         .sign_in = { .head = x->head,
                                      .day = x->p->operation.first_day + first,
                                      .number = paper_number(x, first, x->team->name, 1),
                                      .spare_lines = SPARE_LINES } };
    d.sign_in.rows.at = arena_many(x->a, print_sign_in_row, x->duties.count + 1);
    for (size_t i = 0; i < x->duties.count; i++) {
        const person_row *who = &x->people.at[x->duties.at[i].person];
        const need_row *n = &x->needs.at[x->duties.at[i].need];
        if (n->day == first)
            d.sign_in.rows.at[d.sign_in.rows.count++] = (print_sign_in_row){
                who->name, who->unit, x->posts.at[n->post].name, x->shifts.at[n->shift].name
            };
    }
    return print_one(x, w, "file.sign_in", &d);
}

/* -- the sheet: layout 1, by day ------------------------------------------------------------------------ */

static str names_of(const paper *x, size_t need, bool lead)
{
    text t = text_begin(x->a);
    for (size_t i = 0; i < x->duties.count; i++) {
        const duty_row *d = &x->duties.at[i];
        if (d->need != need || d->lead != lead)
            continue;
        if (t.len)
            text_put_z(&t, "、");
        str name = x->people.at[d->person].name;
        if (d->unanswered)
            name = words_get(x->a, x->p->lang, "paper.unanswered", VALUES({ "name", name }));
        text_put(&t, name);
    }
    return text_done(&t);
}

static void sheet_row_put(const paper *x, size_t need, value *out)
{
    const need_row *n = &x->needs.at[need];
    civil_day day = x->p->operation.first_day + n->day;
    const char *weekday = str_z(x->a, text_format(x->a, "weekday.%d", civil_weekday(day)));
    text remark = text_begin(x->a);
    if (n->missing) {
        words_put(&remark, x->p->lang, "layout.missing", VALUES({ "n", text_format(x->a, "%d", n->missing) }));
        if (n->reason.len)
            text_put_z(&remark, x->p->lang == WORDS_ZH ? "：" : ": ");
        text_put(&remark, n->reason);
    }
    out[0] = V_TEXT(day_word(x, day));
    out[1] = V_TEXT(words_get(x->a, x->p->lang, weekday, NULL));
    out[2] = V_TEXT(x->shifts.at[n->shift].name);
    out[3] = V_TEXT(x->posts.at[n->post].name);
    out[4] = V_TEXT(names_of(x, need, true));
    out[5] = V_TEXT(names_of(x, need, false));
    out[6] = V_TEXT(text_done(&remark));
}

static err *write_sheet(const paper *x)
{
    static const char *const keys[COLUMN_COUNT] = { "layout.day",  "layout.weekday", "layout.shift", "layout.post",
                                                    "layout.lead", "layout.people",  "layout.remark" };
    sheet_out_column columns[COLUMN_COUNT] = { { { 0 }, 0, SHEET_OUT_TEXT } };
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        columns[i].label = words_get(x->a, x->p->lang, keys[i], NULL);
    value *cells = arena_many(x->a, value, (x->needs.count + 1) * COLUMN_COUNT);
    for (size_t i = 0; i < x->needs.count; i++)
        sheet_row_put(x, i, &cells[i * COLUMN_COUNT]);
    const sheet_operation *o = &x->p->operation;
    str name = words_get(x->a, x->p->lang, "file.roster", NULL);
    sheet_out out = { .sheet = name,
                      .title = words_get(x->a, x->p->lang, "layout.title",
                                         VALUES({ "team", x->team->name }, { "from", day_word(x, o->first_day) },
                                                { "to", day_word(x, o->last_day) })),
                      .columns = columns,
                      .column_count = COLUMN_COUNT,
                      .cells = cells,
                      .row_count = x->needs.count };
    str path = text_format(x->a, "%s/%.*s-%.*s.xlsx", x->p->dir, STR_ARG(x->file), STR_ARG(name));
    return sheet_write_xlsx(x->a, str_z(x->a, path), &out, 1);
}

/* -- all teams ------------------------------------------------------------------------------------------ */

/* Communities of two districts may share a name: then the code tells their files apart. */
static str file_of(plan *p, size_t which)
{
    const plan_team *t = &p->teams.at[which];
    bool same = false;
    for (size_t i = 0; i < p->teams.count; i++)
        same |= i != which && str_equal(p->teams.at[i].name, t->name);
    str name = same ? text_format(p->a, "%.*s-%.*s", STR_ARG(t->name), STR_ARG(t->community_code)) : t->name;
    char *at = arena_copy(p->a, name.at, name.len);
    for (size_t i = 0; i < name.len; i++) {
        if (at[i] == '/' || (unsigned char)at[i] < ' ')
            at[i] = '_';
    }
    if (name.len && at[0] == '.')
        at[0] = '_';
    return (str){ at, name.len };
}

static err *print_papers(paper *x, workers *w)
{
    TRY(print_roster_of(x, w));
    TRY(print_doors_of(x, w));
    TRY(print_calls_of(x, w));
    TRY(print_sign_in_of(x, w));
    return write_sheet(x);
}

static void arena_drop(void *a)
{
    arena_close(a);
}

/* What a team took goes back with its papers; an error keeps it, for its texts. */
static err *print_team(plan *p, size_t which, const phones *known)
{
    arena *a = arena_open(p->a, TEXT_MAX_BYTES);
    plan own = *p;
    own.a = a;
    paper x = { .p = &own, .a = a, .team = &p->teams.at[which], .file = file_of(p, which), .phones = known };
    workers w = { 0 };
    err *e = paper_load(&x);
    if (!e)
        e = print_papers(&x, &w);
    err *late = workers_wait(&own, &w, 0);
    if (!e)
        e = late;
    if (e)
        arena_defer(p->a, arena_drop, a);
    else
        arena_close(a);
    return e;
}

/* Of the rosters that hold, not of their earlier versions. */
static err *write_gaps(plan *p)
{
    rows rosters = { 0 }, r = { 0 };
    map *holds = map_new(p->a);
    TRY(plan_view(p, "roster", NULL, &rosters));
    for (size_t i = 0; i < rosters.count; i++) {
        if (str_is(rows_text(&rosters, i, "state"), "published"))
            map_put(holds, text_format(p->a, "%lld", (long long)rows_int(&rosters, i, "id")), 1);
    }
    TRY(plan_view(p, "roster_gap", NULL, &r));
    size_t kept = 0;
    for (size_t i = 0; i < r.count; i++) {
        if (!map_get(holds, text_format(p->a, "%lld", (long long)rows_int(&r, i, "roster_id")), NULL))
            continue;
        memmove(&r.at[kept++ * r.column_count], &r.at[i * r.column_count], r.column_count * sizeof *r.at);
    }
    r.count = kept;
    str path = text_format(p->a, "%s/%.*s.xlsx", p->dir, STR_ARG(words_get(p->a, p->lang, "file.gaps", NULL)));
    return cli_view_xlsx(p->a, view_find(STR("roster_gap")), &r, p->lang, str_z(p->a, path));
}

err *plan_print(plan *p)
{
    phones known = { 0 };
    TRY(phones_load(p, &known));
    str of = text_format(p->a, "%zu", p->teams.count);
    for (size_t i = 0; i < p->teams.count; i++) {
        if (!p->teams.at[i].need_count)
            continue;
        if (cli_interrupted())
            return interrupted(p);
        cli_progress(p->a, p->lang, "plan.progress.print",
                     VALUES({ "team", p->teams.at[i].name }, { "n", text_format(p->a, "%zu", i + 1) }, { "of", of }));
        TRY(print_team(p, i, &known));
    }
    cli_progress_end();
    return write_gaps(p);
}

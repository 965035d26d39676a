#include "base/limits.h"
#include "cli/plan_paper.h"

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

static size_t person_add(paper *x, int64_t id, str name, str unit)
{
    ptrdiff_t index;
    INDEX_OF(x->people, id, index);
    if (index >= 0)
        return (size_t)index;
    *list_add(x->a, &x->people) = (person_row){ .id = id, .name = name, .unit = unit };
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
    r = (rows){ 0 };
    TRY(plan_view(x->p, "roster", NAMED({ "team", V_INT(x->team->id) }), &r));
    for (size_t i = 0; i < r.count && !x->roster_id; i++) {
        if (str_is(rows_text(&r, i, "state"), "published")) {
            x->roster_id = rows_int(&r, i, "id");
            x->version = (int)rows_int(&r, i, "version");
            x->published_at = rows_int(&r, i, "published_at");
        }
    }
    return NULL;
}

/* 铜山街道 中枢社区: where the team is, for who has never been there. */
static err *load_place(paper *x)
{
    const plan *p = x->p;
    rows r = { 0 };
    for (size_t i = 0; i < p->communities.list.count; i++) {
        const sheet_community *c = &p->communities.list.at[i];
        if (str_equal(p->community_codes.at[i], x->team->community_code))
            x->place = text_format(x->a, "%.*s%s%.*s", STR_ARG(c->subdistrict), c->subdistrict.len ? " " : "",
                                   STR_ARG(c->community));
    }
    if (p->communities.list.count) /* of the plan at hand; else the records say it */
        return NULL;
    TRY(plan_view(x->p, "community", NULL, &r));
    for (size_t i = 0; i < r.count; i++) {
        str above = rows_text(&r, i, "subdistrict");
        if (str_equal(rows_text(&r, i, "code"), x->team->community_code))
            x->place = text_format(x->a, "%.*s%s%.*s", STR_ARG(above), above.len ? " " : "", STR_ARG(rows_text(&r, i, "community")));
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

/* An explanation that begins with its need ("2月8日早 南门缺1人：…") goes on after the colon: the paper says that beside it. */
static str reason_alone(const paper *x, const need_row *n, str explanation)
{
    str need = words_get(x->a, x->p->lang, "gap.need",
                         VALUES({ "day", plan_day_words(x->p, x->p->operation.first_day + n->day) },
                                { "shift", x->shifts.at[n->shift].name }, { "post", x->posts.at[n->post].name }));
    if (!str_starts(explanation, need))
        return explanation;
    str rest = str_from(explanation, need.len), colon = x->p->lang == WORDS_ZH ? STR("：") : STR(": ");
    ptrdiff_t at = str_find(rest, colon);
    if (at < 0)
        return explanation;
    str alone = str_from(rest, (size_t)at + colon.len);
    if (alone.len && alone.at[0] >= 'a' && alone.at[0] <= 'z') /* it begins the sentence now */
        return text_format(x->a, "%c%.*s", alone.at[0] - 'a' + 'A', STR_ARG(str_from(alone, 1)));
    return alone;
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

static void phone_keep(paper *x, int64_t id, str phone)
{
    if (id == x->leader_id)
        x->head.leader_phone = phone;
    if (id == x->liaison_id)
        x->head.liaison_phone = phone;
    for (size_t i = 0; i < x->people.count; i++) {
        if (x->people.at[i].id == id)
            x->people.at[i].phone = phone;
    }
}

static err *phones_reveal(paper *x, const char *rows)
{
    json_t *result = NULL, *phone;
    const char *id;
    str purpose = words_get(x->a, x->p->lang, "paper.reveal", VALUES({ "team", x->team->name }));
    TRY(plan_command(x->p, "person.reveal", NAMED({ "rows", V_TEXT(str_of(rows)) }, { "purpose", V_TEXT(purpose) }),
                     &result));
    json_object_foreach(json_object_get(result, "phones"), id, phone) {
        int64_t n = 0;
        if (str_int(str_of(id), 1, INT64_MAX, &n))
            phone_keep(x, n, str_copy(x->a, (str){ json_string_value(phone), json_string_length(phone) }));
    }
    return NULL;
}

/* Masked in every view; the papers that are for calling ask for them, and the audit says so. */
static err *load_phones(paper *x)
{
    for (size_t from = 0; from < x->people.count; from += PIECE_ROWS_MAX) {
        text t = text_begin(x->a);
        for (size_t i = from; i < x->people.count && i < from + PIECE_ROWS_MAX; i++)
            text_printf(&t, "%s{\"person\":\"%lld\"}", i > from ? "," : "[", (long long)x->people.at[i].id);
        text_put_z(&t, "]");
        TRY(phones_reveal(x, text_done(&t).at));
    }
    return NULL;
}

err *paper_load(paper *x)
{
    const sheet_operation *o = &x->p->operation;
    x->day_count = o->last_day - o->first_day + 1;
    const named *span = NAMED({ "team", V_INT(x->team->id) },
                              { "from_on", V_TEXT(civil_day_text(x->a, o->first_day)) },
                              { "to_on", V_TEXT(civil_day_text(x->a, o->last_day)) });
    rows needs = { 0 };
    TRY(load_head(x));
    TRY(load_place(x));
    TRY(load_people(x));
    TRY(load_posts(x));
    TRY(plan_view(x->p, "need", span, &needs));
    TRY(load_shifts(x, &needs));
    for (size_t i = 0; i < needs.count; i++)
        need_add(x, &needs, i);
    TRY(load_gaps(x));
    TRY(load_duties(x, span));
    return load_phones(x);
}

str paper_number(const paper *x, int day_index, str where, size_t number)
{
    int year, month, of_month;
    civil_parts(x->p->operation.first_day + day_index, &year, &month, &of_month);
    return text_format(x->a, "%02d%02d-%.*s%s%zu", month, of_month, STR_ARG(where), where.len ? "-" : "", number);
}

err *paper_print(paper *x, workers *w, const char *suffix, print_document *d)
{
    d->path = text_format(x->a, "%s/%.*s-%.*s.pdf", x->p->dir, STR_ARG(x->file),
                          STR_ARG(words_get(x->a, x->p->lang, suffix, NULL)));
    return worker_print(x->a, x->p->lang, w, d);
}

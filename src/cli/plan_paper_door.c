#include "cli/plan_paper.h"

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

/* What every post says unless its own 岗位须知 says otherwise. */
static void door_usual(const paper *x, print_door *out)
{
    str *const places[] = { &out->not_todo, &out->rest, &out->handover, &out->help };
    static const char *const keys[] = { "paper.howto.not_todo", "paper.howto.rest", "paper.howto.handover",
                                        "paper.howto.help" };
    const word_value *values = VALUES({ "phone", x->head.leader_phone });
    for (size_t i = 0; i < COUNT(keys); i++) {
        if (!places[i]->len)
            *places[i] = words_get(x->a, x->p->lang, keys[i], values);
    }
}

/* Subdistrict, community and compound, each but what the post's name says by itself. */
static str door_place(const paper *x, const post_row *at)
{
    if (!at->compound.len || str_starts(at->name, at->compound))
        return x->place;
    return text_format(x->a, "%.*s%s%.*s", STR_ARG(x->place), x->place.len ? " " : "", STR_ARG(at->compound));
}

/* Without a server the square holds no link but what helps away from the wall: where, when, whom to ring. */
static str door_square(const paper *x, const print_door *d)
{
    return words_get(x->a, x->p->lang, "paper.square",
                     VALUES({ "post", d->post }, { "place", d->place }, { "day", civil_day_text(x->a, d->day) },
                            { "team", x->team->name }, { "leader", x->head.leader },
                            { "phone", x->head.leader_phone }, { "number", d->number }));
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
                         .place = door_place(x, at),
                         .day = x->p->operation.first_day + day,
                         .number = paper_number(x, day, at->letter, number) };
    door_howto(x, at->instructions, out);
    door_usual(x, out);
    out->qr = door_square(x, out);
    out->shifts.at = arena_many(x->a, print_door_shift, count);
    for (size_t i = 0; i < x->needs.count; i++) { /* the view has them by time */
        if (x->needs.at[i].post == post && x->needs.at[i].day == day)
            out->shifts.at[out->shifts.count++] = door_shift(x, i);
    }
    return true;
}

err *paper_doors_print(paper *x, workers *w)
{
    print_document d = { .kind = PRINT_DOORS, .doors = { .head = x->head, .version = x->version, .published_at = x->published_at } };
    size_t room = x->posts.count * (size_t)x->day_count;
    d.doors.doors.at = arena_many(x->a, print_door, room + 1);
    for (int day = 0; day < x->day_count; day++) {
        for (size_t post = 0; post < x->posts.count; post++) {
            size_t *count = &d.doors.doors.count;
            if (door_of(x, post, day, *count + 1, &d.doors.doors.at[*count]))
                ++*count;
        }
    }
    return paper_print(x, w, "file.doors", &d);
}

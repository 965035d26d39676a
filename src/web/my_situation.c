/* What a volunteer says of himself, each with who sees it: hours, wishes without a reason, skills, pairs, the sealed note. */
#include "web/my.h"

#define SITUATION "/p/situation"

/* -- hours --------------------------------------------------------------------------------------------- */
/* 08:00 to 08:00 of the next day is "to 08:00 next day"; longer spans are named by both ends. */
static err *put_times(web *w, const my_team *team)
{
    enum { SHOWN = 10 };
    rows r = { 0 };
    TRY(web_view(w, "availability", NAMED(MY_SELF(w)), &r));
    for (size_t i = 0, shown = 0; team->zone.len && i < r.count && shown < SHOWN; i++) {
        int64_t from = rows_int(&r, i, "starts_at"), to = rows_int(&r, i, "ends_at");
        if (rows_int(&r, i, "person_id") != w->who.person_id || to <= w->q->now)
            continue;
        tree *t = tree_add(w->tree, "times");
        tree_text(t, "from", text_format(w->q->a, "%.*s %.*s", STR_ARG(my_local_day(w, team->zone, from)), STR_ARG(web_time(w, team->zone, from))));
        tree_text(t, "to", web_time(w, team->zone, to));
        if (!str_equal(web_local_day(w, team->zone, from), web_local_day(w, team->zone, to)))
            tree_text(t, "to_day", my_local_day(w, team->zone, to));
        tree_text(t, "level", web_word(w, text_format(w->q->a, "web.my.level.%.*s", STR_ARG(rows_text(&r, i, "level"))).at, NULL));
        shown++;
    }
    return NULL;
}

static err *post_times(web *w)
{
    static const char *const chips[] = { "saturday", "sunday", "day", "night" };
    my_team team;
    named args[4 + COUNT(chips)] = { { 0 } };
    size_t count = 0;
    TRY(my_team_find(w, &team));
    args[count++] = (named)MY_SELF(w);
    args[count++] = (named){ "operation", V_INT(team.operation_id) };
    args[count++] = (named){ "source", V_TEXT(STR("link")) };
    for (size_t i = 0; i < COUNT(chips); i++)
        if (form_has(w->q, chips[i]))
            args[count++] = (named){ chips[i], V_INT(1) };
    my_run(w, "availability.say", args, SITUATION, "my_said");
    return NULL;
}

/* -- wishes -------------------------------------------------------------------------------------------- */
static const char *const wishes[] = { "no_night", "no_outdoor", "not_alone" };

static bool own_rule(web *w, const rows *r, const char *rule)
{
    for (size_t i = 0; i < r->count; i++)
        if (rows_int(r, i, "person_id") == w->who.person_id && str_is(rows_text(r, i, "rule"), rule))
            return true;
    return false;
}

static err *put_wishes(web *w)
{
    rows r = { 0 };
    TRY(web_view(w, "care_rule", NAMED(MY_SELF(w)), &r));
    for (size_t i = 0; i < COUNT(wishes); i++) {
        tree *t = tree_add(w->tree, "wishes");
        tree_text(t, "rule", str_of(wishes[i]));
        tree_text(t, "words", web_word(w, text_format(w->q->a, "care_rule.%s", wishes[i]).at, NULL));
        tree_yes(t, "kept", own_rule(w, &r, wishes[i]));
    }
    return NULL;
}

static err *post_wish(web *w)
{
    named rule = { "rule", V_TEXT(w->param[0]) };
    if (form_has(w->q, "off"))
        my_run(w, "care_rule.drop", NAMED(MY_SELF(w), rule), SITUATION, "my_said");
    else
        my_run(w, "care_rule.set", NAMED(MY_SELF(w), rule, { "value", V_INT(1) }), SITUATION, "my_said");
    return NULL;
}

/* -- skills -------------------------------------------------------------------------------------------- */
static err *put_skills(web *w)
{
    rows r = { 0 };
    TRY(web_view(w, "person_skill", NAMED(MY_SELF(w)), &r));
    for (size_t i = 0; i < r.count; i++)
        tree_text(tree_add(w->tree, "skills"), "skill", rows_text(&r, i, "skill"));
    return NULL;
}

static err *post_skill(web *w)
{
    my_run(w, "person.skill",
           NAMED(MY_SELF(w), { "skill", V_TEXT(str_trim(form_field(w->q, "skill"))) }, { "yes", V_INT(!form_has(w->q, "off")) }),
           SITUATION, "my_said");
    return NULL;
}

/* -- pairs --------------------------------------------------------------------------------------------- */
static err *put_pairs(web *w)
{
    rows r = { 0 };
    TRY(web_view(w, "person_pair_my", NAMED(MY_SELF(w)), &r));
    for (size_t i = 0; i < r.count; i++) {
        str kind = rows_text(&r, i, "kind"), name = rows_text(&r, i, "other");
        tree *t = tree_add(w->tree, "pairs");
        tree_int(t, "id", rows_int(&r, i, "other_id"));
        tree_text(t, "name", name);
        tree_text(t, "words", web_word(w, text_format(w->q->a, "web.my.pair.%.*s", STR_ARG(kind)).at, VALUES({ "name", name })));
        tree_yes(t, "mine", str_is(kind, "not_both"));
    }
    return NULL;
}

static err *chosen_none(web *w)
{
    web_fail(w, err_new(w->q->a, ERR_INPUT, "web.my.chosen_none", NULL));
    return NULL;
}

static err *post_pair(web *w)
{
    my_team team;
    str other = form_field(w->q, "other");
    if (!other.len)
        return chosen_none(w);
    TRY(my_team_find(w, &team));
    my_run(w, "person_pair.wish",
           NAMED({ "operation", V_INT(team.operation_id) }, MY_SELF(w), { "other", V_TEXT(other) }, { "yes", V_INT(!form_has(w->q, "off")) }),
           SITUATION, "my_said");
    return NULL;
}

/* -- the note ------------------------------------------------------------------------------------------ */
static err *put_readers(web *w)
{
    rows r = { 0 };
    TRY(web_view(w, "care_reader_my", NAMED(MY_SELF(w)), &r));
    for (size_t i = 0; i < r.count; i++) {
        tree *t = tree_add(w->tree, "readers");
        tree_int(t, "id", rows_int(&r, i, "reader_id"));
        tree_text(t, "name", rows_text(&r, i, "reader"));
    }
    return NULL;
}

static err *post_care(web *w)
{
    str text = str_trim(form_field(w->q, "text"));
    if (!text.len) {
        web_fail(w, err_new(w->q->a, ERR_INPUT, "web.my.care_empty", NULL));
        return NULL;
    }
    my_run(w, "care.write", NAMED(MY_SELF(w), { "text", V_TEXT(text) }), SITUATION, "my_said");
    return NULL;
}

static err *post_reader(web *w)
{
    str reader = form_field(w->q, "reader");
    if (!reader.len)
        return chosen_none(w);
    my_run(w, "care.let_read", NAMED(MY_SELF(w), { "reader", V_TEXT(reader) }, { "yes", V_INT(!form_has(w->q, "off")) }), SITUATION, "my_said");
    return NULL;
}

static err *get_situation(web *w);

/* Shown in the answer to the press alone: the page by its address never holds it. */
static void care_shown(web *w, err *e, str result)
{
    str text = { 0 };
    if (!e)
        text = web_answered(w, result, NULL, "text");
    if (text.len)
        tree_text(w->tree, "care_text", text);
    e = e ? e : get_situation(w);
    if (e)
        web_fail(w, e);
}

static err *post_care_show(web *w)
{
    web_run(w, w->who.person_id, "care.read", NAMED(MY_SELF(w)), care_shown);
    return NULL;
}

/* -- the page ------------------------------------------------------------------------------------------ */
static err *put_phone(web *w)
{
    rows r = { 0 };
    TRY(web_view(w, "person_my", NAMED(MY_SELF(w)), &r));
    if (r.count)
        tree_text(w->tree, "phone", rows_text(&r, 0, "phone"));
    return NULL;
}

/* Wrong digits and too many tries in the same words. */
static void phone_changed(web *w, err *e, str result)
{
    if (!e && !web_answered(w, result, NULL, "is").len)
        e = err_new(w->q->a, ERR_INPUT, "web.my.phone_digits", NULL);
    if (e)
        web_fail(w, e);
    else
        web_go(w, SITUATION, "my_phone");
}

static err *post_phone(web *w)
{
    str digits = str_trim(form_field(w->q, "digits")), phone = str_trim(form_field(w->q, "phone"));
    web_run(w, w->who.person_id, "person.change_phone",
            NAMED(MY_SELF(w), { "digits", V_TEXT(digits.len ? digits : STR("-")) }, { "phone", V_TEXT(phone) }), phone_changed);
    return NULL;
}

static err *get_situation(web *w)
{
    my_team team;
    TRY(my_team_find(w, &team));
    tree_yes(w->tree, "in_team", team.team_id != 0);
    TRY(put_times(w, &team));
    TRY(put_wishes(w));
    TRY(put_skills(w));
    TRY(put_pairs(w));
    TRY(put_readers(w));
    TRY(my_put_people(w, &team));
    TRY(put_phone(w));
    return my_show(w, "my_situation");
}

const route my_situation_routes[] = {
    { WEB_GET, WEB_PERSON, SITUATION, .show = get_situation },
    { WEB_POST, WEB_PERSON, SITUATION "/times", .show = get_situation, .form = post_times },
    { WEB_POST, WEB_PERSON, SITUATION "/wish/:rule", .show = get_situation, .form = post_wish },
    { WEB_POST, WEB_PERSON, SITUATION "/skill", .show = get_situation, .form = post_skill },
    { WEB_POST, WEB_PERSON, SITUATION "/pair", .show = get_situation, .form = post_pair },
    { WEB_POST, WEB_PERSON, SITUATION "/care", .show = get_situation, .form = post_care },
    { WEB_POST, WEB_PERSON, SITUATION "/care/show", .show = get_situation, .form = post_care_show },
    { WEB_POST, WEB_PERSON, SITUATION "/reader", .show = get_situation, .form = post_reader },
    { WEB_POST, WEB_PERSON, SITUATION "/phone", .show = get_situation, .form = post_phone },
    { 0 },
};

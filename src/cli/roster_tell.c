/* muster roster explain: why needs of a roster stay short, with all that a stranger needs to check it. */
#include "base/file.h"
#include "base/limits.h"
#include "cli/roster_tell.h"

#include <assert.h>
#include <stdio.h>

enum { NAMED_MAX = 3, BOUND_STEPS = 20000000 };

/* -- reading ------------------------------------------------------------------------------------------------ */

static err *find_need(telling *t, const char *tag)
{
    int64_t wanted = 0;
    bool number = tag && str_int(str_of(tag), INT64_MIN, INT64_MAX, &wanted);
    t->need = -1;
    for (size_t n = 0; number && n < t->p->need_count && t->need < 0; n++)
        t->need = t->p->needs[n].tag == wanted ? (int)n : -1;
    return tag && t->need < 0 ? err_new(t->a, ERR_INPUT, "roster.explain.no_need", VALUES({ "need", str_of(tag) })) : NULL;
}

/* Whose seat it is about: somebody at the need. */
static err *find_seat(telling *t, const char *tag)
{
    int64_t wanted = 0;
    bool number = tag && str_int(str_of(tag), INT64_MIN, INT64_MAX, &wanted);
    t->seat = -1;
    for (size_t i = 0; number && i < t->s.duty_count && t->seat < 0; i++) {
        const roster_duty *d = &t->s.duties[i];
        t->seat = d->need == t->need && t->p->people[d->person].tag == wanted ? d->person : -1;
    }
    return tag && t->seat < 0 ? err_new(t->a, ERR_INPUT, "roster.explain.no_seat", VALUES({ "person", str_of(tag) })) : NULL;
}

static str tag_words(const telling *t, const char *key, int64_t tag)
{
    return words_get(t->a, t->lang, key, VALUES({ "tag", text_format(t->a, "%lld", (long long)tag) }));
}

/* Those of roster_person and, behind them, the new ones of a lever. */
static void put_names(telling *t)
{
    const roster_problem *p = t->p;
    str *people = arena_many(t->a, str, p->person_count + 1), *needs = arena_many(t->a, str, p->need_count + 1);
    for (size_t i = 0; i < p->person_count; i++)
        people[i] = tag_words(t, "roster.explain.person", p->people[i].tag);
    for (size_t n = 0; n < p->need_count; n++)
        needs[n] = tag_words(t, "roster.explain.need", p->needs[n].tag);
    t->names = (gap_names){ .lang = t->lang, .people = people, .needs = needs, .named_max = NAMED_MAX };
}

static err *check_once(const telling *t)
{
    uint8_t *there = arena_many(t->a, uint8_t, t->p->person_count * t->p->need_count + 1);
    for (size_t i = 0; i < t->s.duty_count; i++) {
        const roster_duty *d = &t->s.duties[i];
        uint8_t *at = &there[(size_t)d->person * t->p->need_count + (size_t)d->need];
        if (*at)
            return err_new(t->a, ERR_INPUT, "roster.duty_twice", VALUES({ "index", text_format(t->a, "%zu", i) }));
        *at = 1;
    }
    return NULL;
}

/* What is said holds for rosters that keep the rules. */
static err *check_rules(telling *t)
{
    roster_violations v;
    t->s.cost = roster_check(t->a, t->p, t->s.duties, t->s.duty_count, &v);
    for (size_t i = 0; i < v.count; i++) {
        const roster_violation *x = &v.at[i];
        if (x->lower)
            continue;
        const char *why = str_z(t->a, text_format(t->a, "roster.why.%s", roster_reason_name(x->rule)));
        str who = x->person >= 0 ? t->names.people[x->person] : STR("");
        if (x->need >= 0)
            who = text_format(t->a, "%.*s%s%.*s", STR_ARG(who), who.len ? ", " : "", STR_ARG(t->names.needs[x->need]));
        return err_new(t->a, ERR_INPUT, "roster.explain.broken",
                       VALUES({ "reason", words_get(t->a, t->lang, why, NULL) }, { "who", who }));
    }
    return NULL;
}

static err *read_files(telling *t, int argc, char **argv)
{
    str instance, solution;
    roster_file f;
    roster_duty *duties = NULL;
    const char *need = cli_option(&argc, argv, "--need"), *seat = cli_option(&argc, argv, "--person");
    t->json = cli_flag(&argc, argv, "--json");
    TRY(cli_unknown_option(t->a, argc, argv));
    if (argc != 2 || (seat && !need))
        return err_new(t->a, ERR_USAGE, "roster.explain.usage", NULL);
    TRY(file_read(t->a, argv[0], SHEET_MAX_BYTES, &instance));
    TRY(roster_file_read(t->a, instance, &f));
    if (f.shift24)
        return err_new(t->a, ERR_INPUT, "roster.explain.text_form", NULL);
    TRY(file_read(t->a, argv[1], SHEET_MAX_BYTES, &solution));
    TRY(roster_file_solution_read(t->a, &f, (scan_file){ str_of(argv[1]), solution }, &duties, &t->s.duty_count));
    t->p = f.problem;
    t->s.duties = duties;
    t->s.bound_minimum = t->s.bound_burden = -1;
    TRY(check_once(t));
    put_names(t);
    TRY(find_need(t, need));
    TRY(find_seat(t, seat));
    return check_rules(t);
}

/* -- in words ----------------------------------------------------------------------------------------------- */

str telling_number(arena *a, int64_t n)
{
    return text_format(a, "%lld", (long long)n);
}

static str cost_text(arena *a, const roster_cost *c)
{
    text t = text_begin(a);
    for (int i = 0; i < ROSTER_LEVELS; i++)
        text_printf(&t, "%s%lld", i ? " " : "", (long long)c->at[i]);
    return text_done(&t);
}

static void put_moves(const telling *t, text *out, const char *key, const roster_duty *duties, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool new_one = duties[i].person >= (int)t->p->person_count;
        str person = new_one ? words_get(t->a, t->lang, "roster.explain.new_person", NULL)
                             : t->names.people[duties[i].person];
        if (out->len) {
            words_put(out, t->lang, "roster.name_join", NULL);
            text_put_z(out, t->lang == WORDS_EN ? " " : "");
        }
        words_put(out, t->lang, key, VALUES({ "person", person }, { "need", t->names.needs[duties[i].need] }));
    }
}

static void say_lever(const telling *t, int n, const roster_lever *x)
{
    text moves = text_begin(t->a);
    put_moves(t, &moves, "roster.explain.remove", x->remove, x->remove_count);
    put_moves(t, &moves, "roster.explain.add", x->add, x->add_count);
    str said = words_get(t->a, t->lang, "roster.explain.lever",
                         VALUES({ "n", telling_number(t->a, n) }, { "cost", telling_number(t->a, x->cost) },
                                { "words", gap_lever_words(t->a, &t->names, x) }));
    str effect = words_get(t->a, t->lang, "roster.explain.effect",
                           VALUES({ "moves", text_done(&moves) }, { "before", cost_text(t->a, &x->before) },
                                  { "after", cost_text(t->a, &x->after) }));
    printf("  %.*s\n    %.*s\n", STR_ARG(said), STR_ARG(effect));
}

static void say_certificate(const telling *t, const roster_certificate *c)
{
    text prices = text_begin(t->a);
    for (size_t i = 0; i < c->count; i++)
        text_printf(&prices, "%s%.*s×%d", i ? (t->lang == WORDS_EN ? ", " : "、") : "",
                    STR_ARG(t->names.needs[c->needs[i]]), c->prices[i]);
    str said = words_get(t->a, t->lang, "roster.explain.certificate",
                         VALUES({ "prices", text_done(&prices) }, { "wanted", telling_number(t->a, c->wanted) },
                                { "able", telling_number(t->a, c->able) }, { "shortage", telling_number(t->a, c->shortage) },
                                { "price_max", telling_number(t->a, c->price_max) }, { "sure", telling_number(t->a, c->sure) },
                                { "missing", telling_number(t->a, c->missing) }));
    printf("  %.*s\n", STR_ARG(said));
}

void telling_say_need(const telling *t, const roster_explanation *x)
{
    str need = t->names.needs[x->need];
    str said = x->missing ? gap_sentence(t->a, &t->names, x)
                          : words_get(t->a, t->lang, "roster.explain.need_full", VALUES({ "need", need }));
    printf("%.*s\n", STR_ARG(said));
    if (x->certificate)
        say_certificate(t, x->certificate);
    for (int i = 0; i < x->lever_count; i++)
        say_lever(t, i + 1, &x->levers[i]);
}

static void say_whole(const telling *t)
{
    int64_t level = t->s.cost.at[1];
    const char *key = !level ? "roster.explain.full" : t->s.bound_minimum == level ? "roster.explain.best" : "roster.explain.level";
    str said = words_get(t->a, t->lang, key,
                         VALUES({ "level", telling_number(t->a, level) }, { "bound", telling_number(t->a, t->s.bound_minimum) }));
    printf("%.*s\n", STR_ARG(said));
}

/* -- both --------------------------------------------------------------------------------------------------- */

/* The need named, or all that are short. */
static void tell(const telling *t, json *j)
{
    roster_explainer *x = roster_explain_begin(t->a, t->p, &t->s, NULL);
    for (int n = 0; n < (int)t->p->need_count; n++) {
        const roster_explanation *e = t->need < 0 || t->need == n ? roster_explain_need(x, n) : NULL;
        if (!e || (!e->missing && t->need < 0))
            continue;
        if (j)
            telling_put_need(t, j, e);
        else
            telling_say_need(t, e);
    }
}

static void tell_json(const telling *t)
{
    text out = text_begin(t->a);
    json j = json_begin(&out);
    json_open(&j, '{');
    telling_put_cost(&j, "cost", &t->s.cost);
    telling_put_number(&j, "bound_minimum", t->s.bound_minimum);
    telling_put_number(&j, "bound_burden", t->s.bound_burden);
    if (t->seat >= 0) {
        json_key(&j, "seat");
        telling_put_seat(t, &j);
    }
    json_key(&j, "needs");
    json_open(&j, '[');
    tell(t, &j);
    json_close(&j, ']');
    json_close(&j, '}');
    text_put_z(&out, "\n");
    str line = text_done(&out);
    fwrite(line.at, 1, line.len, stdout);
}

err *roster_telling(arena *a, int argc, char **argv, words_lang lang, int *code)
{
    telling t = { .a = a, .lang = lang };
    TRY(read_files(&t, argc, argv));
    *code = 0;
    assert(t.p && t.names.needs); /* read */
    roster_bounds(a, t.p, &t.s, BOUND_STEPS);
    if (t.json) {
        tell_json(&t);
        return NULL;
    }
    if (t.seat >= 0) {
        telling_say_seat(&t);
        return NULL;
    }
    say_whole(&t);
    tell(&t, NULL);
    return NULL;
}

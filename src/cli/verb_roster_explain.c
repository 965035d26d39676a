/* muster roster explain: why needs of a roster stay short, with all that a stranger needs to check it. */
#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "cli/cli.h"
#include "job/gap_words.h"
#include "job/roster_file.h"

#include <assert.h>
#include <stdio.h>

enum { NAMED_MAX = 3, BOUND_STEPS = 20000000 };

typedef struct telling {
    arena *a;
    words_lang lang;
    const roster_problem *p;
    roster_solution s;
    gap_names names;
    int64_t bound;
    int need; /* -1: all that are short */
    bool json;
} telling;

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
    const char *need = cli_option(&argc, argv, "--need");
    t->json = cli_flag(&argc, argv, "--json");
    TRY(cli_unknown_option(t->a, argc, argv));
    if (argc != 2)
        return err_new(t->a, ERR_USAGE, "roster.explain.usage", NULL);
    TRY(file_read(t->a, argv[0], SHEET_MAX_BYTES, &instance));
    TRY(roster_file_read(t->a, instance, &f));
    if (f.shift24)
        return err_new(t->a, ERR_INPUT, "roster.explain.text_form", NULL);
    TRY(file_read(t->a, argv[1], SHEET_MAX_BYTES, &solution));
    TRY(roster_file_solution_read(t->a, &f, (scan_file){ str_of(argv[1]), solution }, &duties, &t->s.duty_count));
    t->p = f.problem;
    t->s.duties = duties;
    TRY(check_once(t));
    put_names(t);
    TRY(find_need(t, need));
    return check_rules(t);
}

/* -- in words ----------------------------------------------------------------------------------------------- */

static str number(arena *a, int64_t n)
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
                         VALUES({ "n", number(t->a, n) }, { "cost", number(t->a, x->cost) },
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
                         VALUES({ "prices", text_done(&prices) }, { "wanted", number(t->a, c->wanted) },
                                { "able", number(t->a, c->able) }, { "shortage", number(t->a, c->shortage) },
                                { "price_max", number(t->a, c->price_max) }, { "sure", number(t->a, c->sure) },
                                { "missing", number(t->a, c->missing) }));
    printf("  %.*s\n", STR_ARG(said));
}

static void say_need(const telling *t, const roster_explanation *x)
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
    const char *key = !level ? "roster.explain.full" : t->bound == level ? "roster.explain.best" : "roster.explain.level";
    str said = words_get(t->a, t->lang, key,
                         VALUES({ "level", number(t->a, level) }, { "bound", number(t->a, t->bound) }));
    printf("%.*s\n", STR_ARG(said));
}

/* -- for machines ------------------------------------------------------------------------------------------- */

static void put_number(json *j, const char *key, int64_t n)
{
    json_key(j, key);
    json_int(j, n);
}

static void put_word(json *j, const char *key, const char *word)
{
    json_key(j, key);
    json_str(j, str_of(word));
}

static void put_cost(json *j, const char *key, const roster_cost *c)
{
    json_key(j, key);
    json_open(j, '[');
    for (int i = 0; i < ROSTER_LEVELS; i++)
        json_int(j, c->at[i]);
    json_close(j, ']');
}

/* A new person of a lever is "new": 1, 2. */
static void put_duties(const telling *t, json *j, const char *key, const roster_duty *duties, size_t count)
{
    json_key(j, key);
    json_open(j, '[');
    for (size_t i = 0; i < count; i++) {
        int beyond = duties[i].person - (int)t->p->person_count;
        json_open(j, '{');
        put_number(j, beyond < 0 ? "person" : "new", beyond < 0 ? t->p->people[duties[i].person].tag : beyond + 1);
        put_number(j, "need", t->p->needs[duties[i].need].tag);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_ledger(const telling *t, json *j, const roster_explanation *x)
{
    json_key(j, "ledger");
    json_open(j, '[');
    for (size_t i = 0; i < x->why_count; i++) {
        const roster_why *w = &x->why[i];
        json_open(j, '{');
        put_number(j, "person", t->p->people[w->person].tag);
        put_word(j, "reason", roster_reason_name(w->reason));
        if (w->other_need >= 0)
            put_number(j, "other_need", t->p->needs[w->other_need].tag);
        if (w->other_person >= 0)
            put_number(j, "other_person", t->p->people[w->other_person].tag);
        if (w->max) {
            put_number(j, "value", w->value);
            put_number(j, "max", w->max);
        }
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_certificate(const telling *t, json *j, const roster_certificate *c)
{
    json_key(j, "certificate");
    json_open(j, '{');
    json_key(j, "prices");
    json_open(j, '[');
    for (size_t i = 0; i < c->count; i++) {
        json_open(j, '{');
        put_number(j, "need", t->p->needs[c->needs[i]].tag);
        put_number(j, "price", c->prices[i]);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_key(j, "lines");
    json_open(j, '[');
    for (size_t i = 0; i < t->p->person_count; i++) {
        json_open(j, '{');
        put_number(j, "person", t->p->people[i].tag);
        put_number(j, "worth", c->lines[i]);
        json_close(j, '}');
    }
    json_close(j, ']');
    put_number(j, "wanted", c->wanted);
    put_number(j, "able", c->able);
    put_number(j, "shortage", c->shortage);
    put_number(j, "price_max", c->price_max);
    put_number(j, "sure", c->sure);
    put_number(j, "missing", c->missing);
    json_close(j, '}');
}

static void put_lever(const telling *t, json *j, const roster_lever *x)
{
    static const char *const kinds[] = { "swap", "limit", "hour", "borrowed", "person" };
    json_open(j, '{');
    put_word(j, "kind", kinds[x->kind]);
    put_number(j, "cost", x->cost);
    if (x->person >= 0)
        put_number(j, "person", t->p->people[x->person].tag);
    if (x->kind == ROSTER_LEVER_LIMIT) {
        put_word(j, "rule", roster_reason_name(x->rule));
        put_number(j, "old", x->old_value);
        put_number(j, "new", x->new_value);
    } else if (x->kind == ROSTER_LEVER_HOUR) {
        put_number(j, "start", x->start_minute);
        put_number(j, "end", x->end_minute);
    } else if (x->kind == ROSTER_LEVER_PERSON) {
        put_number(j, "people", x->people);
    }
    put_duties(t, j, "remove", x->remove, x->remove_count);
    put_duties(t, j, "add", x->add, x->add_count);
    put_cost(j, "before", &x->before);
    put_cost(j, "after", &x->after);
    json_close(j, '}');
}

static void put_need(const telling *t, json *j, const roster_explanation *x)
{
    json_open(j, '{');
    put_number(j, "need", t->p->needs[x->need].tag);
    put_number(j, "missing", x->missing);
    put_number(j, "eligible", x->eligible);
    put_number(j, "there", x->there);
    json_key(j, "counts");
    json_open(j, '{');
    for (int r = 0; r < ROSTER_REASON_COUNT; r++) {
        if (x->counts[r])
            put_number(j, roster_reason_name((roster_reason)r), x->counts[r]);
    }
    json_close(j, '}');
    put_ledger(t, j, x);
    if (x->certificate)
        put_certificate(t, j, x->certificate);
    put_word(j, "verdict", x->proven ? "proven" : "open");
    put_number(j, "possible", x->possible);
    json_key(j, "levers");
    json_open(j, '[');
    for (int i = 0; i < x->lever_count; i++)
        put_lever(t, j, &x->levers[i]);
    json_close(j, ']');
    json_close(j, '}');
}

/* -- both --------------------------------------------------------------------------------------------------- */

static int64_t bound_of(const telling *t)
{
    roster_bounder *b = roster_bound_begin(t->a, t->p, &t->s);
    roster_bound_step(b, BOUND_STEPS);
    return roster_bound_minimum(b);
}

/* The need named, or all that are short. */
static void tell(const telling *t, json *j)
{
    roster_explainer *x = roster_explain_begin(t->a, t->p, &t->s, NULL);
    for (int n = 0; n < (int)t->p->need_count; n++) {
        const roster_explanation *e = t->need < 0 || t->need == n ? roster_explain_need(x, n) : NULL;
        if (!e || (!e->missing && t->need < 0))
            continue;
        if (j)
            put_need(t, j, e);
        else
            say_need(t, e);
    }
}

static void tell_json(const telling *t)
{
    text out = text_begin(t->a);
    json j = json_begin(&out);
    json_open(&j, '{');
    put_cost(&j, "cost", &t->s.cost);
    put_number(&j, "bound_minimum", t->bound);
    json_key(&j, "needs");
    json_open(&j, '[');
    tell(t, &j);
    json_close(&j, ']');
    json_close(&j, '}');
    text_put_z(&out, "\n");
    str line = text_done(&out);
    fwrite(line.at, 1, line.len, stdout);
}

int verb_roster_explain(arena *a, int argc, char **argv, words_lang lang)
{
    telling t = { .a = a, .lang = lang };
    err *e = read_files(&t, argc, argv);
    if (e)
        return cli_fail(a, lang, e);
    assert(t.p && t.names.needs); /* read */
    t.bound = bound_of(&t);
    if (t.json) {
        tell_json(&t);
        return 0;
    }
    say_whole(&t);
    tell(&t, NULL);
    return 0;
}

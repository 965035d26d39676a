/* Many outcomes of one form: each its own command and its own audit line, the bad ones named. */
#include "web/calls.h"

typedef struct keeping_all {
    call_row *all;
    size_t count, at;
    const char *via;
    void (*done)(web *w, call_row *all, size_t count);
} keeping_all;

static void keep_next(web *w);

static void row_done(web *w, err *e, str result)
{
    keeping_all *k = w->step_data;
    (void)result;
    k->all[k->at++].wrong = e;
    keep_next(w);
}

static value yes(bool given)
{
    return given ? V_TEXT(STR("yes")) : V_NULL;
}

static void outcome_kept(web *w, err *e, str result)
{
    keeping_all *k = w->step_data;
    const call_row *r = &k->all[k->at];
    bool when = r->saturday || r->sunday || r->day || r->night;
    if (e || !when || !r->outcome->answer || !str_is(str_of(r->outcome->answer), "can")) {
        row_done(w, e, result);
        return;
    }
    web_run_part(w, text_format(w->q->a, "%lld:", (long long)r->person), w->who.person_id, "availability.say",
                 NAMED({ "person", V_INT(r->person) }, { "operation", V_INT(r->operation) }, { "saturday", yes(r->saturday) },
                       { "sunday", yes(r->sunday) }, { "day", yes(r->day) }, { "night", yes(r->night) },
                       { "source", V_TEXT(str_of(k->via)) }),
                 row_done);
}

static void keep_next(web *w)
{
    keeping_all *k = w->step_data;
    while (k->at < k->count && k->all[k->at].wrong)
        k->at++;
    if (k->at < k->count)
        calls_keep(w, k->all[k->at].notice, k->all[k->at].outcome, k->via, outcome_kept);
    else
        k->done(w, k->all, k->count);
}

void calls_keep_all(web *w, call_row *all, size_t count, const char *via, void (*done)(web *w, call_row *all, size_t count))
{
    keeping_all *k = arena_new(w->q->a, keeping_all);
    *k = (keeping_all){ .all = all, .count = count, .via = via, .done = done };
    w->step_data = k;
    keep_next(w);
}

void calls_put_kept(web *w, const call_row *all, size_t count)
{
    int64_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        kept += !all[i].wrong;
        if (!all[i].wrong)
            continue;
        tree *t = tree_add(w->tree, "bad");
        tree_int(t, "number", all[i].number);
        tree_text(t, "name", all[i].name);
        tree_text(t, "why", words_err(w->q->a, w->q->lang, all[i].wrong));
        tree_text(t, "remedy", words_hint(w->q->a, w->q->lang, all[i].wrong));
    }
    tree_yes(w->tree, "was_kept", true);
    tree_int(w->tree, "kept", kept);
}

/* Who is proposed to lead a team, to stand in, to ring the others; ranks.def holds the words that speak for it. */
#include "cli/plan.h"

typedef enum office { OFFICE_LEADER, OFFICE_DEPUTY, OFFICE_LIAISON, OFFICE_COUNT } office;
enum { PARTY_WEIGHT = 10, EXPERIENCE_WEIGHT = 8, ANSWER_WEIGHT = 15, LIAISON_WEIGHT = 25, UNIT_WEIGHT = 100 };

typedef struct rank {
    const char *word;
    int weight;
} rank;
static const rank ranks[] = {
#define RANK(word, weight) { word, weight },
#include "cli/ranks.def"
};
static const char *const parties[] = {
#define PARTY(word) word,
#include "cli/ranks.def"
};
static const char *const outsiders[] = {
#define NO_PARTY(word) word,
#include "cli/ranks.def"
};
static const char *const experiences[] = {
#define EXPERIENCE(word) word,
#include "cli/ranks.def"
};
static const char *const aways[] = {
#define AWAY(word) word,
#include "cli/ranks.def"
};
static const char *const desks[] = {
#define DESK(word) word,
#include "cli/ranks.def"
};
static const char *const comings[] = {
#define COMING(word) word,
#include "cli/ranks.def"
};
static const char *const refusals[] = {
#define REFUSAL(word) word,
#include "cli/ranks.def"
};

/* What the sheet says of somebody, as far as it speaks for an office. */
typedef struct standing {
    const plan_person *person;
    str rank, experience; /* the words found */
    int rank_weight;
    bool party, desk, coming;
} standing;
typedef LIST(standing) standings;

static const char *word_in(str s, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_find(s, str_of(words[i])) >= 0)
            return words[i];
    }
    return NULL;
}
#define WORD_IN(s, words) word_in((s), (words), COUNT(words))

static str experience_of(const sheet_person *s)
{
    const char *word = WORD_IN(s->remark, experiences);
    for (size_t i = 0; !word && i < s->skills.count; i++)
        word = WORD_IN(s->skills.at[i], experiences);
    return word ? str_of(word) : (str){ 0 };
}

/* The earlier of the table wins: 副书记 is no 书记. */
static void rank_of(const sheet_person *s, standing *out)
{
    for (size_t i = 0; i < COUNT(ranks) && !out->rank.len; i++) {
        if (str_find(s->work_unit, str_of(ranks[i].word)) < 0 && str_find(s->remark, str_of(ranks[i].word)) < 0)
            continue;
        out->rank = str_of(ranks[i].word);
        out->rank_weight = ranks[i].weight;
    }
}

static bool can_hold_office(const sheet_person *s)
{
    return s->phone.len && !WORD_IN(s->answer, refusals) && !WORD_IN(s->where, aways) && !WORD_IN(s->remark, aways);
}

static standing standing_of(const plan_person *x)
{
    const sheet_person *s = x->row;
    standing out = { .person = x, .experience = experience_of(s) };
    rank_of(s, &out);
    out.party = !WORD_IN(s->kind, outsiders) && !WORD_IN(s->remark, outsiders) &&
                (WORD_IN(s->kind, parties) || WORD_IN(s->remark, parties) || WORD_IN(s->org_path, parties));
    out.desk = WORD_IN(s->work_unit, desks) != NULL;
    out.coming = WORD_IN(s->answer, comings) != NULL;
    return out;
}

static bool other_unit(const standing *s, const standing *leader)
{
    return !str_equal(s->person->row->org_path, leader->person->row->org_path);
}

static int score(const standing *s, office o, const standing *leader)
{
    int sum = s->rank_weight + PARTY_WEIGHT * s->party + EXPERIENCE_WEIGHT * (s->experience.len > 0) +
              ANSWER_WEIGHT * s->coming;
    if (o == OFFICE_DEPUTY)
        sum += UNIT_WEIGHT * other_unit(s, leader);
    return o == OFFICE_LIAISON ? sum - s->rank_weight + LIAISON_WEIGHT * s->desk : sum;
}

/* The best who has no office yet; of equals the first of the list. */
static const standing *best(const standings *all, office o, const standing *const *chosen)
{
    const standing *found = NULL;
    for (size_t i = 0; i < all->count; i++) {
        const standing *s = &all->at[i];
        if (s == chosen[OFFICE_LEADER] || s == chosen[OFFICE_DEPUTY])
            continue;
        if (!found || score(s, o, chosen[OFFICE_LEADER]) > score(found, o, chosen[OFFICE_LEADER]))
            found = s;
    }
    return found;
}

static void say(plan *p, str *all, bool holds, const char *key, str value)
{
    if (!holds)
        return;
    str next = words_get(p->a, p->lang, key, VALUES({ "value", value }));
    *all = all->len ? words_get(p->a, p->lang, "propose.and", VALUES({ "before", *all }, { "next", next })) : next;
}

static str reason(plan *p, const standing *s, office o, const standing *leader)
{
    str all = { 0 }, none = { 0 };
    bool ranked = o != OFFICE_LIAISON && s->rank.len, desk = o == OFFICE_LIAISON && s->desk;
    say(p, &all, o == OFFICE_DEPUTY && other_unit(s, leader), "propose.other_unit", none);
    say(p, &all, ranked, "propose.rank", s->rank);
    say(p, &all, desk, "propose.desk", none);
    say(p, &all, s->party, "propose.party", none);
    say(p, &all, s->experience.len > 0, "propose.experience", s->experience);
    say(p, &all, s->coming, "propose.coming", none);
    say(p, &all, true, "propose.phone", none);
    say(p, &all, !(ranked || desk || s->party || s->experience.len || s->coming), "propose.order", none);
    return all;
}

static json_t *proposal_row(plan *p, const plan_team *t, const char *name, const standing *s, str why)
{
    json_t *row = json_object();
    json_object_set_new(row, "team", json_id(p->a, t->id));
    json_object_set_new(row, "office", json_string(name));
    json_object_set_new(row, "person", json_id(p->a, s->person->id));
    json_object_set_new(row, "reason", json_text(why));
    return row;
}

err *plan_propose(plan *p, const plan_team *t)
{
    static const char *const names[] = { "leader", "deputy", "liaison" };
    const standing *chosen[OFFICE_COUNT] = { NULL };
    standings all = { 0 };
    json_t *rows = plan_array(p);
    for (size_t i = 0; i < p->persons.count; i++) {
        const plan_person *x = &p->persons.at[i];
        if (str_equal(x->placed, t->community_code) && can_hold_office(x->row))
            *list_add(p->a, &all) = standing_of(x);
    }
    for (int o = 0; o < OFFICE_COUNT; o++) {
        chosen[o] = best(&all, (office)o, chosen);
        if (!chosen[o])
            break;
        str why = reason(p, chosen[o], (office)o, chosen[OFFICE_LEADER]);
        json_array_append_new(rows, proposal_row(p, t, names[o], chosen[o], why));
    }
    return plan_pieces(p, "team.propose", NULL, rows, NULL, NULL);
}

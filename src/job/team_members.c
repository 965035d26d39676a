/* What the records say of a team's members: what each answered, what he can do, where he is lent to. */
#include "job/team_problem.h"
#include "domain/reinforcement.h"

#include <string.h>

enum { SKILLS_MAX = 64 };

err *team_members_load(team_problem *b)
{
    const named *operation = NAMED({ "operation", V_TEXT(team_id_text(b, b->operation_id)) });
    TRY(team_view(b, "answer_in_force", operation, &b->answers));
    TRY(team_view(b, "person_skill", NULL, &b->person_skills));
    TRY(team_view(b, "post_skill", NAMED({ "team", V_TEXT(team_id_text(b, b->team_id)) }), &b->post_skills));
    return team_view(b, "reinforcement_person",
                     NAMED({ "operation", V_TEXT(team_id_text(b, b->operation_id)) }, { "state", V_TEXT(STR("in_force")) }), &b->lent);
}

static bool member_at(const team_problem *b, const rows *r, size_t i, size_t *person)
{
    int64_t index = 0;
    bool found = map_get(b->person_index, team_id_text(b, rows_int(r, i, "person_id")), &index);
    *person = (size_t)index;
    return found;
}

static str need_day(const team_problem *b, size_t need)
{
    return rows_text(&b->needs, need, "starts_on");
}

/* -- answers --------------------------------------------------------------------------------------------------- */
/* Who cannot, or is hindered, is back on the day he named; what the notices say goes before any sheet. */
static void apply_answer(team_problem *b, size_t row, size_t person)
{
    str answer = rows_text(&b->answers, row, "answer"), back = rows_text(&b->answers, row, "back_on");
    memset(b->blocked[person], 0, b->problem.need_count);
    b->people[person].unanswered = answer.len == 0;
    if (!answer.len || str_is(answer, "can"))
        return;
    for (size_t n = 0; n < b->problem.need_count; n++)
        if (!back.len || str_compare(need_day(b, n), back) < 0)
            b->blocked[person][n] = ROSTER_BLOCK_ANSWER;
}

static void apply_answers(team_problem *b)
{
    size_t person;
    for (size_t i = 0; i < b->answers.count; i++)
        if (member_at(b, &b->answers, i, &person))
            apply_answer(b, i, person);
}

/* -- skills ---------------------------------------------------------------------------------------------------- */
static bool skill_bit(map *bits, str skill, uint64_t *bit)
{
    int64_t n = (int64_t)map_count(bits);
    if (!map_get(bits, skill, &n)) {
        if (n == SKILLS_MAX)
            return false;
        map_put(bits, skill, n);
    }
    *bit = (uint64_t)1 << n;
    return true;
}

/* The engine asks for ROSTER_NEED_SKILLS_MAX of them at a post; further ones are left to people. */
static void want(team_problem *b, int64_t post, uint64_t bit, int count)
{
    for (size_t i = 0; i < b->problem.need_count; i++) {
        roster_need *need = &b->wanted[i];
        size_t k = 0;
        while (k < ROSTER_NEED_SKILLS_MAX && need->wanted[k].count)
            k++;
        if (rows_int(&b->needs, i, "post_id") == post && k < ROSTER_NEED_SKILLS_MAX) {
            need->wanted[k].skill = bit;
            need->wanted[k].count = count;
        }
    }
}

static void apply_skills(team_problem *b)
{
    map *bits = map_new(b->a);
    size_t person;
    uint64_t bit;
    for (size_t i = 0; i < b->post_skills.count; i++)
        if (skill_bit(bits, rows_text(&b->post_skills, i, "skill"), &bit))
            want(b, rows_int(&b->post_skills, i, "post_id"), bit, (int)rows_int(&b->post_skills, i, "count"));
    for (size_t i = 0; i < b->person_skills.count; i++)
        if (map_get(bits, rows_text(&b->person_skills, i, "skill"), NULL) && member_at(b, &b->person_skills, i, &person) &&
            skill_bit(bits, rows_text(&b->person_skills, i, "skill"), &bit))
            b->people[person].skills |= bit;
}

/* -- lending --------------------------------------------------------------------------------------------------- */
static size_t spans_of(const team_problem *b, int64_t person, reinforcement_span *out)
{
    const rows *r = &b->lent;
    size_t count = 0;
    for (size_t i = 0; i < r->count; i++)
        if (rows_int(r, i, "person_id") == person)
            out[count++] = (reinforcement_span){ rows_int(r, i, "from_team_id"), rows_int(r, i, "to_team_id"),
                                                 rows_text(r, i, "from_on"), rows_text(r, i, "to_on") };
    return count;
}

static void apply_lending(team_problem *b)
{
    reinforcement_span *spans = arena_many(b->a, reinforcement_span, b->lent.count + 1);
    for (size_t i = 0; i < b->problem.person_count; i++) {
        const bool borrowed = str_is(rows_text(&b->members, i, "source"), "reinforcement");
        size_t count = spans_of(b, b->people[i].tag, spans);
        for (size_t n = 0; (count || borrowed) && n < b->problem.need_count; n++)
            if (!reinforcement_lets(spans, count, b->team_id, borrowed, need_day(b, n)))
                b->blocked[i][n] |= ROSTER_BLOCK_TEAM;
    }
}

void team_members_apply(team_problem *b)
{
    apply_answers(b);
    apply_skills(b);
    apply_lending(b);
}

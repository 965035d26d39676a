#include "check.h"

#include "base/luck.h"
#include "domain/structure.h"

#include <stdlib.h>

static structure_person *people_of(arena *a, size_t count, uint64_t seed)
{
    luck l = luck_of(seed);
    structure_person *all = arena_many(a, structure_person, count);
    for (size_t i = 0; i < count; i++)
        all[i] = (structure_person){ (int64_t)i + 1, luck_below(&l, 6), luck_below(&l, 9), (int)luck_below(&l, 3) };
    return all;
}

static void a_team_of_over_a_hundred_has_five_branches(void **state)
{
    arena *a = *state;
    static const struct {
        size_t people, branches, groups;
    } cases[] = { { 1, 1, 1 }, { 10, 1, 1 }, { 25, 1, 3 }, { 61, 3, 9 }, { 101, 5, 15 }, { 118, 5, 15 }, { 126, 6, 18 } };
    for (size_t i = 0; i < COUNT(cases); i++) {
        structure_plan p = structure_propose(a, people_of(a, cases[i].people, i), cases[i].people, 1);
        assert_int_equal(p.branch_count, cases[i].branches);
        assert_int_equal(p.group_count, cases[i].groups);
        assert_int_equal(p.units[0].size, cases[i].people);
        assert_int_equal(p.units[0].leader_id, 1);
    }
}

/* Sizes differ by one, everybody is in one group, and every leader belongs to what is led. */
static void any_team_is_cut_evenly(void **state)
{
    arena *a = *state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        size_t count = 20 + seed * 3;
        structure_person *people = people_of(a, count, seed);
        structure_plan p = structure_propose(a, people, count, 0);
        int least[3] = { 1000, 1000, 1000 }, most[3] = { 0 }, *sizes = arena_many(a, int, p.unit_count);
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(p.units[p.unit_of[i]].kind, STRUCTURE_GROUP);
            sizes[p.unit_of[i]]++;
        }
        for (size_t u = 0; u < p.unit_count; u++) {
            structure_kind kind = p.units[u].kind;
            if (kind == STRUCTURE_GROUP)
                assert_int_equal(sizes[u], p.units[u].size);
            least[kind] = p.units[u].size < least[kind] ? p.units[u].size : least[kind];
            most[kind] = p.units[u].size > most[kind] ? p.units[u].size : most[kind];
        }
        assert_in_range(most[STRUCTURE_BRANCH] - least[STRUCTURE_BRANCH], 0, 1);
        assert_in_range(most[STRUCTURE_GROUP] - least[STRUCTURE_GROUP], 0, 2);
        assert_in_range(most[STRUCTURE_GROUP], 1, STRUCTURE_GROUP_MAX);
        for (size_t u = 1; u < p.unit_count; u++) {
            if (!p.units[u].leader_id)
                continue;
            int at = p.unit_of[p.units[u].leader_id - 1];
            assert_true(at == (int)u || p.units[at].parent == (int)u);
        }
    }
}

static void a_home_is_not_torn_and_agencies_are_mixed(void **state)
{
    arena *a = *state;
    structure_person people[20];
    for (int i = 0; i < 20; i++) /* two homes of ten; the first five of each from one agency */
        people[i] = (structure_person){ i + 1, i / 10 + 1, i % 10 < 5 ? 1 : 2, 1 };
    structure_plan p = structure_propose(a, people, 20, 0);
    for (int i = 0; i < 20; i++)
        assert_int_equal(p.unit_of[i], p.unit_of[i < 10 ? 0 : 10]);
    for (int i = 0; i < 20; i++)
        people[i].home = 1;
    p = structure_propose(a, people, 20, 0);
    int of_first_agency = 0;
    for (int i = 0; i < 20; i++)
        of_first_agency += p.unit_of[i] == p.unit_of[0] && people[i].agency == 1;
    assert_int_equal(of_first_agency, 5);
}

static void a_group_without_a_leader_gets_one_from_its_neighbour(void **state)
{
    arena *a = *state;
    structure_person people[20];
    for (int i = 0; i < 20; i++)
        people[i] = (structure_person){ i + 1, i / 10 + 1, 1, i < 2 ? 2 : 0 };
    structure_plan p = structure_propose(a, people, 20, 0);
    assert_int_equal(p.group_count, 2);
    assert_true(p.unit_of[0] != p.unit_of[1]);
    for (size_t u = 0; u < p.unit_count; u++)
        assert_true(p.units[u].leader_id != 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { CHECK_TEST(a_team_of_over_a_hundred_has_five_branches),
                                        CHECK_TEST(any_team_is_cut_evenly),
                                        CHECK_TEST(a_home_is_not_torn_and_agencies_are_mixed),
                                        CHECK_TEST(a_group_without_a_leader_gets_one_from_its_neighbour) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

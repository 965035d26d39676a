#include "check.h"
#include "base/text.h"
#include "job/teams.h"
#include "rosters.h"

enum { TEAMS = 9, ARENA_BYTES = 512 << 20 };

/* Small ones and a large one; the last wants nobody. */
static teams_work *city(arena *a)
{
    teams_work *teams = arena_many(a, teams_work, TEAMS);
    for (int i = 0; i < TEAMS; i++) {
        rosters_shape shape = { .people = i == 0 ? 30 : 3 + i / 2, .days = i == 0 ? 10 : 3, .posts = i == 0 ? 3 : 1, .away = 30,
                                .published = i % 3 == 1, .seed = 70 + (uint64_t)i };
        roster_problem *p = rosters_team(a, &shape);
        if (i == TEAMS - 1)
            p->need_count = p->lock_count = p->published_count = 0;
        assert_null(roster_check_problem(a, p));
        teams[i] = (teams_work){ .solver = roster_solve_begin(a, p, 1), .size = p->need_count };
    }
    return teams;
}

static void assert_same(const roster_solution *x, const roster_solution *y)
{
    assert_int_equal(x->duty_count, y->duty_count);
    for (size_t i = 0; i < x->duty_count; i++) {
        assert_int_equal(x->duties[i].person, y->duties[i].person);
        assert_int_equal(x->duties[i].need, y->duties[i].need);
        assert_int_equal(x->duties[i].lead, y->duties[i].lead);
    }
}

static void any_number_of_cores_gives_the_same_rosters(void **state)
{
    (void)state;
    arena *a = arena_open(NULL, ARENA_BYTES);
    teams_work *alone = city(a);
    teams_solve(alone, TEAMS, &(teams_limits){ .steps = 60000, .workers = 1 });
    for (int workers = 0; workers <= 5; workers++) {
        teams_work *many = city(a);
        teams_solve(many, TEAMS, &(teams_limits){ .steps = 60000, .workers = workers });
        for (int i = 0; i < TEAMS; i++) {
            assert_int_equal(many[i].given, alone[i].given);
            assert_same(roster_solve_best(many[i].solver), roster_solve_best(alone[i].solver));
        }
    }
    arena_close(a);
}

static void who_has_come_to_rest_leaves_the_steps_to_others(void **state)
{
    (void)state;
    arena *a = arena_open(NULL, ARENA_BYTES);
    teams_work *teams = city(a);
    const uint64_t steps = 1300000;
    uint64_t given = 0;
    teams_solve(teams, TEAMS, &(teams_limits){ .steps = steps, .workers = 2 });
    for (int i = 0; i < TEAMS; i++)
        given += teams[i].given;
    assert_true(given <= steps);
    assert_true(teams[TEAMS - 1].rests);
    bool small_rests = false;
    for (int i = 1; i < TEAMS - 1; i++)
        small_rests = small_rests || teams[i].rests;
    assert_true(small_rests);
    assert_true(teams[0].rests || given > steps * 9 / 10); /* what they left has gone to the others */
    assert_true(teams[TEAMS - 1].given < steps / 1000);
    arena_close(a);
}

static bool never(void *of)
{
    ++*(int *)of;
    return false;
}

static void it_stops_when_told_and_holds_what_it_has(void **state)
{
    (void)state;
    arena *a = arena_open(NULL, ARENA_BYTES);
    teams_work *teams = city(a);
    int asked = 0;
    teams_solve(teams, TEAMS, &(teams_limits){ .steps = 100000000, .workers = 2, .go_on = never, .of = &asked });
    assert_int_equal(asked, 1);
    for (int i = 0; i < TEAMS; i++)
        assert_int_equal(roster_solve_best(teams[i].solver)->cost.at[0], 0);
    teams_solve(teams, 0, &(teams_limits){ .steps = 100 });
    arena_close(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_number_of_cores_gives_the_same_rosters),
        cmocka_unit_test(who_has_come_to_rest_leaves_the_steps_to_others),
        cmocka_unit_test(it_stops_when_told_and_holds_what_it_has),
    };
    return cmocka_run_group_tests_name("teams", tests, NULL, NULL);
}

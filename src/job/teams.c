#include "job/teams.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { ROUNDS = 12, IDLE_MAX = 4, WORKERS_MAX = 64, PORTION = 200 };

/* What the threads of a round share; which team is whose is the only thing they ask each other. */
typedef struct dealing {
    teams_work *teams;
    size_t count;
    uint64_t pot, weights; /* of this round, for all */
    const teams_limits *l;
    atomic_size_t next;
    atomic_bool stop;
} dealing;

static uint64_t weight_of(const teams_work *t)
{
    return t->rests ? 0 : (t->size + 1) * (t->cost.at[1] > 0 ? 2 : 1);
}

static void work_on(dealing *d, teams_work *t, uint64_t steps, bool asks)
{
    while (steps && !t->rests && !atomic_load(&d->stop)) {
        uint64_t portion = steps < PORTION ? steps : PORTION;
        if (!roster_solve_step(t->solver, portion))
            t->rests = true;
        t->given += portion;
        steps -= portion;
        if (asks && d->l->go_on && !d->l->go_on(d->l->of))
            atomic_store(&d->stop, true);
    }
}

static void work(dealing *d, bool asks)
{
    for (size_t i = atomic_fetch_add(&d->next, 1); i < d->count; i = atomic_fetch_add(&d->next, 1)) {
        uint64_t weight = weight_of(&d->teams[i]);
        if (weight)
            work_on(d, &d->teams[i], d->pot * weight / d->weights, asks);
    }
}

static void *helper(void *of)
{
    work(of, false);
    return NULL;
}

static void run_round(dealing *d, int workers)
{
    pthread_t threads[WORKERS_MAX];
    int started = 0;
    atomic_store(&d->next, 0);
    while (started < workers - 1 && pthread_create(&threads[started], NULL, helper, d) == 0)
        started++;
    work(d, true);
    for (int i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
}

/* Whoever gains nothing any more leaves the rest to the others. */
static void look_back(dealing *d)
{
    for (size_t i = 0; i < d->count; i++) {
        teams_work *t = &d->teams[i];
        t->rests = t->rests || roster_solve_idle(t->solver) >= IDLE_MAX;
        t->cost = roster_solve_best(t->solver)->cost;
    }
}

static int workers_of(const teams_limits *l, size_t count)
{
    long cores = l->workers > 0 ? l->workers : sysconf(_SC_NPROCESSORS_ONLN);
    int workers = cores < 1 ? 1 : cores > WORKERS_MAX ? WORKERS_MAX : (int)cores;
    return (size_t)workers > count ? (int)count : workers;
}

void teams_solve(teams_work *teams, size_t count, const teams_limits *l)
{
    dealing d = { .teams = teams, .count = count, .l = l };
    uint64_t left = l->steps;
    for (size_t i = 0; i < count; i++)
        teams[i].cost = roster_solve_best(teams[i].solver)->cost;
    for (int round = 0; round < ROUNDS && !atomic_load(&d.stop); round++) {
        uint64_t before = 0, after = 0;
        d.pot = left / (uint64_t)(ROUNDS - round);
        d.weights = 0;
        for (size_t i = 0; i < count; i++) {
            d.weights += weight_of(&teams[i]);
            before += teams[i].given;
        }
        if (!d.weights || !d.pot)
            return;
        run_round(&d, workers_of(l, count));
        look_back(&d);
        for (size_t i = 0; i < count; i++)
            after += teams[i].given;
        left -= after - before;
    }
}

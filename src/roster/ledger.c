#include "roster/ledger.h"

/* Pairs and lone posts: would adding p worsen level 0? */
static roster_reason reason_of_rules(state *s, int p, int n, roster_why *why)
{
    int64_t rules = s->cost.at[0];
    int mark = s->log_count;
    state_put(s, p, n);
    bool worse = s->cost.at[0] > rules, alone = s->filled[n] == 1;
    state_undo(s, mark);
    if (!worse)
        return ROSTER_FREE;
    if (alone && (s->p->needs[n].not_alone || s->p->people[p].not_alone))
        return ROSTER_ALONE;
    for (int i = s->pair_from[p]; i < s->pair_from[p + 1]; i++) {
        if (s->pair_kind[i] == ROSTER_PAIR_TOGETHER)
            why->other_person = s->pair_other[i];
    }
    return ROSTER_TOGETHER;
}

roster_reason ledger_reason(state *s, int person, int need, roster_why *why)
{
    if (state_block(s, person, need, why) == ROSTER_FREE)
        why->reason = reason_of_rules(s, person, need, why);
    return why->reason;
}

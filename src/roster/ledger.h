/* ledger: what stops somebody from being added; pairs, lone posts and lower ends included. Inside of src/roster only. */
#ifndef MUSTER_ROSTER_LEDGER_H
#define MUSTER_ROSTER_LEDGER_H
#include "roster/state.h"

/* ROSTER_FREE: could be added. The state is as before, its log goes on from where it was. */
roster_reason ledger_reason(state *s, int person, int need, roster_why *why);
/* The cost with the breaches of lower ends (minutes, days in a row), which the state does not count. */
roster_cost ledger_cost(const state *s);
#endif

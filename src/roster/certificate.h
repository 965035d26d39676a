/*
 * certificate: prices on needs that show how many people must stay missing, whatever is done. Found by raising the prices of
 * what the best lines of all people leave short, and lowering those of what they crowd. Inside of src/roster only.
 */
#ifndef MUSTER_ROSTER_CERTIFICATE_H
#define MUSTER_ROSTER_CERTIFICATE_H
#include "roster/price.h"

typedef struct prover prover;

/* The roster may be null: then nothing is missing but all. */
prover *prover_begin(arena *a, const roster_problem *p, const roster_solution *s, uint64_t steps_max);
/* Looks for a certificate that includes the need, the nearest days first. */
void prover_prove(prover *v, int need);
const roster_certificate *prover_best(const prover *v, int need); /* null: none found */
int prover_possible(const prover *v, int need); /* at most so many fewer missing */
#endif

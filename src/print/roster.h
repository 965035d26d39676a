/*
 * roster: what the pages of a roster share: the table of people and, below or after it, what is missing.
 */
#ifndef MUSTER_PRINT_ROSTER_H
#define MUSTER_PRINT_ROSTER_H
#include "print/page.h"

/* The measures of the mock-up, in mm. */
#define ROSTER_MARGIN 8.0
#define ROSTER_TOP 22.5
#define ROSTER_END 191.5
#define ROSTER_THIN 0.18

void roster_top_put(page *p, const print_roster_sheet *s);
void roster_foot_put(page *p, const print_roster_sheet *s);
/* Below y where there is room for the first of them, else on pages of their own. */
void roster_gaps_put(page *p, const print_roster_sheet *s, double y);
#endif

/*
 * intake_twice: people who stand in several files of one intake. Each row is written, as both lists count; but they are
 * counted once, and told once, where they stand first.
 */
#ifndef MUSTER_JOB_INTAKE_TWICE_H
#define MUSTER_JOB_INTAKE_TWICE_H
#include "job/intake.h"

void intake_twice(intake *t);
#endif

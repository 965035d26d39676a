/*
 * home: an address as one key, by which two rows of one home are found though written by two people: 三号楼 is 3栋 is 3#,
 * 2单元501室 is 2-501, 小区 may be missing. Empty where it names no home (无, 同上, 宿舍, a compound without a building). Not
 * a placement: what stands before the compound is part of it. Pure.
 */
#ifndef MUSTER_PLACE_HOME_H
#define MUSTER_PLACE_HOME_H
#include "base/str.h"

str home_key(arena *a, str address);
#endif

/* A small scenario in the competition's form, made up for tests: three nurses, two shifts, two skills, two weeks. */
#ifndef MUSTER_TESTS_JOB_INRC2_CASES_H
#define MUSTER_TESTS_JOB_INRC2_CASES_H

#define INRC2_SCENARIO \
    "SCENARIO = small\n\nWEEKS = 2\n\nSKILLS = 2\nHead\nNurse\n\nSHIFT_TYPES = 2\nDay (2,5)\nNight (2,3)\n\n" \
    "FORBIDDEN_SHIFT_TYPES_SUCCESSIONS\nDay 0\nNight 1 Day\n\n" \
    "CONTRACTS = 2\nFull (6,10) (2,5) (2,3) 1 1\nPart (4,6) (2,4) (2,7) 2 0\n\n" \
    "NURSES = 3\nAn Full 2 Head Nurse\nBo Full 1 Nurse\nCy Part 1 Nurse\n"
#define INRC2_HISTORY "HISTORY\n0 small\n\nNURSE_HISTORY\nAn 0 0 Night 1 4 0\nBo 0 0 None 0 0 1\nCy 0 0 Day 2 2 0\n"
#define INRC2_HISTORY_LAST "HISTORY\n1 small\n\nNURSE_HISTORY\nAn 5 1 Day 2 3 0\nBo 4 1 None 0 0 2\nCy 6 0 None 0 0 1\n"
#define INRC2_WEEK \
    "WEEK_DATA\nsmall\n\nREQUIREMENTS\n" \
    "Day Head (0,1) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)\n" \
    "Day Nurse (1,1) (1,2) (1,1) (1,1) (1,1) (1,1) (0,1)\n" \
    "Night Head (0,0) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)\n" \
    "Night Nurse (0,0) (0,0) (1,1) (1,1) (0,0) (0,0) (0,0)\n\n" \
    "SHIFT_OFF_REQUESTS = 2\nBo Any Thu\nCy Day Sat\n"
#endif

/*
 * hours: what the readers of shifts and of days share inside a cell. Pure.
 */
#ifndef MUSTER_SHEET_HOURS_H
#define MUSTER_SHEET_HOURS_H
#include "base/str.h"

void hours_signs_skip(str *s, const char *signs);
bool hours_range_sign_cut(str *s); /* -, 至, 到 ... with the spaces around it */
bool hours_time_skip(str *s);      /* a time of day at the front is cut off */
#endif

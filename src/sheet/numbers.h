/*
 * numbers: what a number of a spreadsheet shows as text: itself, a day, a time. Pure.
 */
#ifndef MUSTER_SHEET_NUMBERS_H
#define MUSTER_SHEET_NUMBERS_H
#include "base/str.h"

typedef enum number_kind { NUMBER_PLAIN, NUMBER_DAY, NUMBER_TIME, NUMBER_DAY_TIME } number_kind;
number_kind
number_kind_of_id(int number_format_id); /* the built-in ones, with those of Chinese versions */
number_kind number_kind_of_format(str code);
/* raw as the file has it; what is no number stays as it is. Days count from 1900 or 1904. */
str number_text(arena *a, str raw, number_kind kind, bool day_zero_1904);
#endif

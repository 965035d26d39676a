/*
 * name: the one form in which names of people are compared: 李 敏, 李敏（预备） and 李敏 are one, 阿依古丽·买买提 with any
 * of the dots and without. A number behind a name stays: 张伟2 is another man on his list. Pure.
 */
#ifndef MUSTER_DOMAIN_NAME_H
#define MUSTER_DOMAIN_NAME_H
#include "base/str.h"

/* Empty only where nothing but signs was written. */
str name_key(arena *a, str name);
bool name_is_dot(uint32_t rune); /* between the parts of a name, in any of its shapes */
#endif

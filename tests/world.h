/*
 * world: a small operation for tests: two teams of two communities, three people, posts and needs, made by commands.
 */
#ifndef MUSTER_TESTS_WORLD_H
#define MUSTER_TESTS_WORLD_H
#include "database.h"

#define T(z) V_TEXT(str_of(z))
/* The argument `rows`, as printf has it. */
#define ROWS(...) NAMED({ "rows", V_TEXT(text_format(check_arena(), __VA_ARGS__)) })
#define DIVISIONS \
    "[{\"code\":\"320303\",\"name\":\"Yunlong\",\"level\":\"district\"}," \
    "{\"code\":\"320303001\",\"name\":\"Pengcheng\",\"level\":\"subdistrict\",\"parent_code\":\"320303\"}," \
    "{\"code\":\"320303001001\",\"name\":\"Dongtang\",\"level\":\"community\",\"parent_code\":\"320303001\"}," \
    "{\"code\":\"320303001002\",\"name\":\"Xitang\",\"level\":\"community\",\"parent_code\":\"320303001\"}]"
#define PEOPLE \
    "[{\"name\":\"Wang\",\"phone\":\"13800000001\",\"org\":[\"Bureau\",\"One\"],\"address\":\"x\",\"skills\":[\"lead\"]}," \
    "{\"name\":\"Li\",\"phone\":\"138 0000 0002\",\"org\":[\"Bureau\",\"One\"],\"address\":\"y\"}," \
    "{\"name\":\"Zhao\",\"phone\":null,\"org\":[\"Bureau\",\"Two\"],\"address\":\"z\"}]"

typedef struct world {
    app *p;
    str person[3]; /* the first two in the team, the third in the other */
    str operation, team, other, post, shift, need[2];
    str posts[2], needs[2], rosters[2]; /* own and other; world_double makes the second ones */
    str import; /* of world_fill */
} world;

str must(app *p, const char *command, const named *args);
/* A text of the JSON object; of a list, the one at index. */
str field(str json, const char *name, size_t index);
/* Two teams; a post of the first with two needs on two days. */
world world_build(const char *url);
/* The other team has a post and a need too, both teams a draft without lines. */
void world_double(world *w);
/* Something in every list, of both teams. */
void world_fill(world *w);
/* A new person with this grant, on the first team, its community or the first branch; without role: none. */
int64_t world_actor(world *w, const char *role, const char *scope);
void world_grant(world *w, int64_t person, const char *role, const char *scope);
#endif

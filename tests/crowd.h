/*
 * crowd: a city of any size for tests of bursts and for bench/: people spread over communities with a team each, all of
 * them on duty on one morning, each with a session in a browser. Made by commands alone.
 */
#ifndef MUSTER_TESTS_CROWD_H
#define MUSTER_TESTS_CROWD_H
#include "command/app.h"

#define CROWD_NOW 1581118200000LL /* 2020-02-08 07:30 in Shanghai; the duty is from 08:00 to 12:00 */
enum { CROWD_SEATS = 50 };        /* of one need */

typedef struct crowd {
    size_t people, teams;
    int64_t operation, shift, *person, *duty;
    int64_t *team, *need; /* by team; need: the first of each */
    str *session, *form;  /* the cookie, and the token of its forms */
} crowd;

/* people: at least as many as communities. Everything is kept in a. */
err *crowd_build(app *p, arena *a, size_t people, size_t communities, crowd *out);
/* A session for each of the people from first on, count of them. Needs the app's key. */
err *crowd_open(app *p, arena *a, crowd *c, size_t first, size_t count);
/* The request of a check-in by the form of the phone page, as a browser sends it by way of a proxy on 127.0.0.1. */
str crowd_check_in(arena *a, const crowd *c, size_t person);
str crowd_page(arena *a, const crowd *c, size_t person, const char *path);
#endif

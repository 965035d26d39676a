/*
 * load: sends prepared requests to a server on loopback over connections that stay open, and notes when each was
 * answered: for tests of bursts and for bench/. One thread; answers are read by llhttp.
 */
#ifndef MUSTER_TESTS_LOAD_H
#define MUSTER_TESTS_LOAD_H
#include "base/str.h"

typedef struct load_answer {
    double due, sent, answered; /* seconds from the start; due: when it should have gone. answered 0: it never was */
    int status;                 /* 0: none */
    uint32_t bytes;             /* of the body */
} load_answer;

typedef struct load_plan {
    int port, connections;
    double rate;    /* requests a second, whether or not answers come; 0: the next goes when an answer has come */
    double seconds; /* 0: until all are sent */
    bool again;     /* from the first again after the last */
    void (*tick)(void *of, double seconds); /* each time answers were waited for; null: nobody */
    void *of;
} load_plan;

typedef struct load_sum {
    size_t sent, answered, good; /* good: status 2xx or 3xx */
    double seconds;
    bool cut; /* the server closed the connections */
} load_sum;

/* answers: room for count, filled by the index of the request; null: only the sum is wanted. */
load_sum load_run(const load_plan *p, const str *requests, size_t count, load_answer *answers);
/* The latency (answered - due) below which this share of the answers is; 0.99. */
double load_latency(const load_answer *answers, size_t count, double share);
#endif

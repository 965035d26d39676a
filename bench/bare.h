/*
 * bare: the yardsticks of the benches: loops that insert one row the barest way the store allows, durable as ours are.
 * All of them add rows to role_grant of a database of ours, whose person they are given.
 */
#ifndef MUSTER_BENCH_BARE_H
#define MUSTER_BENCH_BARE_H
#include <stdint.h>

enum { BARE_CONNECTIONS = 16, BARE_BATCH = 64 };

/* Rows a second. Clients wait, a thread each, for one writer that commits what waits together. */
double bare_groups(const char *file, int64_t person, int clients, double seconds);
/* The same queue before 16 connections to PostgreSQL with a transaction for each row. */
double bare_group_transactions(const char *url, int64_t person, int clients, double seconds);
/* One thread, BARE_BATCH rows to a commit: what a disk and SQLite can do at most. */
double bare_batches(const char *file, int64_t person, double seconds);
/* 16 threads with a connection and a transaction for each row, no queue. */
double bare_transactions(const char *url, int64_t person, double seconds);
double bare_now(void); /* seconds, monotonic */
void bare_quit(const char *what, const char *why);
double bare_median(double *all, int count); /* sorts them */
#endif

/*
 * channel: the ways out to a person. A driver takes one message and brings back what the carrier said at once;
 * what it says later comes in as receipts (message.receipt). No database, no clock, nothing kept between messages.
 * A new gateway is one file with a `channel_driver` and one row in the table of channel.c.
 */
#ifndef MUSTER_CHANNEL_CHANNEL_H
#define MUSTER_CHANNEL_CHANNEL_H
#include "base/err.h"

typedef struct channel {
    str name;   /* letters, digits, - and _ */
    str driver; /* "file", "call_list" */
    str config; /* the driver's own; file: the folder to write to */
} channel;

typedef struct channel_message {
    int64_t id; /* ours: receipts are recognised by it */
    int64_t at; /* ms UTC */
    str to;     /* telephone number */
    str purpose, text;
} channel_message;

typedef enum channel_outcome {
    CHANNEL_SENT,
    CHANNEL_FAILED, /* surely not sent: may be tried again */
    CHANNEL_UNKNOWN /* handed over, no word: never tried again by itself */
} channel_outcome;
typedef struct channel_receipt {
    channel_outcome outcome;
    str carrier_ref; /* in a; empty where the carrier gives none */
} channel_receipt;

typedef struct channel_driver {
    const char *name;
    bool demo_only; /* reaches nobody: not for a real installation */
    err *(*send)(arena *a, const channel *via, const channel_message *m, channel_receipt *out); /* null: people do it */
} channel_driver;
extern const channel_driver channel_file;

const channel_driver *channel_driver_find(str name); /* null: none of this name */
bool channel_name_is(str name);
/* An error says why in words for a person; out->outcome is set then too. The driver must be able to send. */
err *channel_send(arena *a, const channel *via, const channel_message *m, channel_receipt *out);
#endif

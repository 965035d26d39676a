/*
 * limits: every bound of the program, by name. Passing one is an ordinary error with a hint.
 */
#ifndef MUSTER_BASE_LIMITS_H
#define MUSTER_BASE_LIMITS_H
enum {
    REQUEST_MAX_BYTES = 4 << 20,      /* arena of one command or page */
    TEXT_MAX_BYTES = 256 << 20,       /* one text being built */
    SHEET_MAX_BYTES = 32 << 20,       /* a file as it comes */
    SHEET_UNPACKED_MAX_BYTES = 256 << 20,
    SHEET_RATIO_MAX = 100,            /* unpacked to packed */
    SHEET_ROWS_MAX = 200000,
    SHEET_COLUMNS_MAX = 256,
    CELL_MAX_BYTES = 32767,           /* as spreadsheet programs have it */
    JSON_DEPTH_MAX = 16,
    PIECE_ROWS_MAX = 200,             /* rows of one command of bulk work */
    QUEUE_MAX = 4096,                 /* commands waiting for the writer */
    BATCH_MAX = 256,                  /* commands of one commit */
    PAGE_ROWS_MAX = 1000,
    HEADCOUNT_MAX = 200,
    WORKER_MAX_BYTES = 512 << 20
};
#endif

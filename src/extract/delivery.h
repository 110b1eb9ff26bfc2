/* delivery: batches to the sink: parsed on any thread, taken and counted in order. */
#ifndef SEFPACK_EXTRACT_DELIVERY_H
#define SEFPACK_EXTRACT_DELIVERY_H

#include "extract.h"

#include <stdbool.h>
#include <stdint.h>

struct batch;
struct delivered;

/* To one extract; `file` changes from file to file. */
struct delivery {
    struct row_sink sink;
    enum table table;
    struct extract_log *log;
    struct extract_report *report;
    const char *file;
    uint64_t rows; /* of the file, taken so far */
    /* A row of one cell waits for the row behind it: above a footer it is its title. */
    bool waiting;
    uint32_t waiting_line;
    const char *waiting_reason, *waiting_raw;
    uint64_t waiting_at;
    bool in_footer; /* since `footer_at` rows: lone cells that follow belong to it */
    uint64_t footer_at;
};

void
delivery_begin(struct delivery *delivery, const char *file);

/* Parses a batch; on any thread. The batch may be used again at once. */
struct delivered *
delivery_parse(const struct delivery *delivery, const struct batch *batch);

/* In order, one at a time; frees. */
void
delivery_take(struct delivery *delivery, struct delivered *delivered);

/* Once behind the last batch of a file. */
void
delivery_end(struct delivery *delivery);

#endif

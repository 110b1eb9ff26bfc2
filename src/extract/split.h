/* split: the spans that the scout cut, as rows of a batch. Any thread; no order. */
#ifndef SEFPACK_EXTRACT_SPLIT_H
#define SEFPACK_EXTRACT_SPLIT_H

#include "row.h"
#include "text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct batch;
struct scan_kernel;
struct span;

/* Of one file. */
struct sheet {
    const struct scan_kernel *kernel;
    char delimiter;
    uint32_t columns;
    struct text header_row;
    const char *not_characters; /* reason of a row that holds no valid text, or NULL: all do */
    bool replaced;              /* such bytes have become U+FFFD */
};

/* What one thread needs; zero-initialise, splitter_free at the end. */
struct splitter {
    size_t room;
    uint32_t *separator, *row_end, *row_line;
    struct row row;
};

void
split_spans(struct splitter *splitter, const struct sheet *sheet, const char *bytes,
            const struct span *span, size_t span_count, struct batch *batch);

void
splitter_free(struct splitter *splitter);

#endif

/* reference: the table of keys as documentation, written through a sheet: Markdown or roff. */
#ifndef SEFPACK_CONFIG_REFERENCE_H
#define SEFPACK_CONFIG_REFERENCE_H

#include "buf.h"

/* One way of writing a document. Text may hold `code` between backticks. */
struct sheet {
    void (*heading)(struct buf *out, int level, const char *text);
    void (*paragraph)(struct buf *out, const char *text);
    void (*example)(struct buf *out, const char *lines); /* each ended by a newline */
    /* One row of a table of keys; open and close stand around them. */
    void (*open)(struct buf *out);
    void (*row)(struct buf *out, const char *key, const char *value, const char *fallback,
                const char *what);
    void (*close)(struct buf *out);
};

/* The body of the reference, from below its title on. */
void
reference_body(const struct sheet *sheet, struct buf *out);

/* config/README.md */
void
reference_write(struct buf *out);

#endif

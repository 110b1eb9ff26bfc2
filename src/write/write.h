/* write: a doc as bytes. A writer is one row of the table of writers. */
#ifndef SEFPACK_WRITE_WRITE_H
#define SEFPACK_WRITE_WRITE_H

#include "buf.h"
#include "diag.h"
#include "doc.h"

#include <stdbool.h>
#include <stdint.h>

struct fonts; /* faces and shaped words, made once before workers are forked */

/* Opens Carlito (regular, bold) and the fallback faces that are installed; a missing optional face
 * is a note. NULL with an error (exit 1) when no text face is found. */
struct fonts *
fonts_open(struct diag *diag);

void
fonts_close(struct fonts *fonts);

struct metrics
fonts_metrics(struct fonts *fonts);

/* Names and versions of the faces, for the manifest: one line each, NULL-ended, borrowed. */
const char *const *
fonts_names(const struct fonts *fonts);

/* Whether a logo can be drawn (NULL, or what is wrong with it as the end of a sentence): asked
 * once, before any pack is written. */
const char *
write_check_logo(const char *path);

struct write_result {
    uint32_t pages;    /* 0 where a format has none */
    uint32_t boxed;    /* characters that no font has */
    const char *fault; /* NULL: all well; else what went wrong, static or in the doc's arena */
};

struct writer {
    const char *name;      /* "html" */
    const char *extension; /* "html" */
    unsigned format;       /* FORMAT_HTML */
    struct write_result (*write)(const struct doc *doc, struct fonts *fonts, struct buf *out);
};

extern const struct writer writers[]; /* name NULL ends */

/* A scene as an inline <svg>; ids are prefixed with `id`. */
void
svg_write(const struct scene *scene, const char *id, const char *title, const char *description,
          struct buf *out);

#endif

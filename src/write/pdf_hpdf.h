/* pdf_hpdf: a document of libharu: pages, bookmarks, links and streams, and objects that are given
 * as text. The one place that knows libharu. Its errors are sticky; the first is kept, everything
 * after it does nothing, and pdf_save tells it. */
#ifndef SEFPACK_WRITE_PDF_HPDF_H
#define SEFPACK_WRITE_PDF_HPDF_H

#include "arena.h"
#include "buf.h"
#include "pdf_file.h"
#include "png.h"

#include <stdbool.h>
#include <stdint.h>

struct pdf;

struct pdf_facts {
    const char *title, *author, *subject, *lang; /* author and subject may be NULL */
    const char *date;                            /* 2026-10-31 */
    const char *identity;                        /* 32 hex digits */
};

/* Strings and bytes handed to any function here must live until pdf_save. */
struct pdf *
pdf_open(struct arena *arena, const struct pdf_facts *facts);

/* An object: `entries` of a dictionary, without the brackets. Numbers rise by one from call to
 * call where nothing else is added. */
uint32_t
pdf_object(struct pdf *pdf, struct text entries);

/* The number that the next object will have. */
uint32_t
pdf_next_number(const struct pdf *pdf);

/* A stream with further entries (may be NULL), which is compressed unless they name a filter. */
uint32_t
pdf_stream(struct pdf *pdf, const char *entries, struct text bytes);

void
pdf_catalog(struct pdf *pdf, const char *key, uint32_t object);

/* A page with its content; its number as an object. Pages number from 0. */
uint32_t
pdf_page(struct pdf *pdf, float width, float height, const struct buf *content);

/* Fonts of all pages: entries of a dictionary. */
void
pdf_fonts(struct pdf *pdf, struct text entries);

/* A picture on a page, where its content says "/NAME Do". */
void
pdf_picture(struct pdf *pdf, uint32_t page, const char *name, const struct png *png);

/* Pages from `page` on are numbered from 1 with this prefix (may be NULL). */
void
pdf_label(struct pdf *pdf, uint32_t page, const char *prefix);

/* A bookmark below the last one of the level above; levels from 1. */
void
pdf_bookmark(struct pdf *pdf, const char *title, int level, uint32_t page, float y);

struct pdf_link {
    uint32_t page;
    float box[4];         /* left, low, right, high */
    const char *contents; /* what it leads to, for who cannot see it */
    const char *url;      /* or NULL: to a place in this document */
    uint32_t to_page;
    float to_y;
    uint32_t key; /* in the tree of parents */
};

/* The number of the link's object. */
uint32_t
pdf_link(struct pdf *pdf, const struct pdf_link *link);

/* The document as libharu writes it, nothing packed, and what belongs into its streams: free() its
 * list; the bytes are in the arena. NULL, or what went wrong. Closes. */
const char *
pdf_save(struct pdf *pdf, struct buf *out, struct pdf_contents *contents);

#endif

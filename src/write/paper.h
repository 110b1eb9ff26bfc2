/* paper: a PDF document in libharu, with fonts, structure and metadata of our own.
 *
 * Made for PDF/UA-1 and PDF/A-2a. Content is given as finished operators; this file knows objects
 * only. After an error every call does nothing and paper_save gives the fault. */
#ifndef SEFPACK_WRITE_PAPER_H
#define SEFPACK_WRITE_PAPER_H

#include "buf.h"

#include <stdbool.h>
#include <stdint.h>

struct paper;

struct paper_facts {
    const char *title, *author, *subject, *lang; /* NULL is allowed but for title and lang */
    const char *date;                            /* 2026-10-31 */
    const char *identity;                        /* 32 hex digits, from the content */
};

struct paper *
paper_open(const struct paper_facts *facts);

/* A new page; pages number from 0. */
void
paper_page(struct paper *paper, float width, float height);

/* Operators of the last page. */
void
paper_content(struct paper *paper, const struct buf *operators);

/* A structure element, child of `parent` (0: the document itself). Returns its number, from 1. */
uint32_t
paper_element(struct paper *paper, uint32_t parent, const char *type);

void
paper_alternative(struct paper *paper, uint32_t element, const char *utf8);

void
paper_scope(struct paper *paper, uint32_t element, const char *scope);

void
paper_box(struct paper *paper, uint32_t element, const float box[4]); /* left, low, right, high */

/* A piece of marked content of the last page that belongs to an element: its MCID there. */
uint32_t
paper_mark(struct paper *paper, uint32_t element);

/* A link from a rectangle of page `from` to a place on another, as part of an element. */
void
paper_link(struct paper *paper, uint32_t from, uint32_t element, const float box[4], uint32_t page,
           float y, const char *contents);

/* A font: its subset, widths and text per glyph. Its resource name is F<number>, numbers from 0 in
 * order; every page may use every font. */
struct paper_font {
    const char *name; /* PostScript name */
    int ascent, descent, cap_height, box[4];
    bool bold;
    const uint8_t *used;      /* 65,536 flags */
    const float *advance;     /* 65,536, thousandths */
    const char *const *text;  /* 65,536: UTF-8 that the glyph stands for, or NULL */
    const struct buf *subset; /* TrueType */
};

void
paper_add_font(struct paper *paper, const struct paper_font *font);

/* A bookmark below the last one of the level above (1-based). */
void
paper_bookmark(struct paper *paper, const char *title, int level, uint32_t page, float y);

/* Completes and writes the bytes; NULL, or what went wrong. Frees. */
const char *
paper_save(struct paper *paper, struct buf *out);

#endif

/* pdf_tags: the tree of structure: which element holds which marked content, and the way back. */
#ifndef SEFPACK_WRITE_PDF_TAGS_H
#define SEFPACK_WRITE_PDF_TAGS_H

#include "layout.h"
#include "pdf_file.h"
#include "pdf_hpdf.h"

struct pdf_tags;

struct pdf_tags *
pdf_tags_new(struct arena *arena, const struct layout *layout);

/* A piece of marked content of the page that belongs to a tag; its number there. Elements join
 * their parents when their first content is met: the order of reading is that of the content. */
uint32_t
pdf_tags_mark(struct pdf_tags *tags, uint32_t page, uint32_t tag);

/* An element that is there without content. */
void
pdf_tags_touch(struct pdf_tags *tags, uint32_t tag);

/* A link that belongs to a tag: its key in the tree of parents. The object is told later. */
uint32_t
pdf_tags_link(struct pdf_tags *tags, uint32_t page, uint32_t tag);

void
pdf_tags_link_object(struct pdf_tags *tags, uint32_t key, uint32_t object);

/* Adds the tree's root to the document, as its last object, and makes all others: numbered from
 * the next on. `pages` are the numbers of the pages' objects. */
void
pdf_tags_write(struct pdf_tags *tags, struct pdf *pdf, const uint32_t *pages,
               struct pdf_objects *objects);

#endif

/* pdf_content: the things of a page as operators of PDF. */
#ifndef SEFPACK_WRITE_PDF_CONTENT_H
#define SEFPACK_WRITE_PDF_CONTENT_H

#include "ink.h"
#include "layout.h"
#include "pdf_fonts.h"

/* Told of everything that has a tag, in the order of the page. */
struct pdf_marks {
    void *context;
    /* A piece of marked content begins: its number on the page. */
    uint32_t (*begin)(void *context, uint32_t page, uint32_t tag);
    /* Something that is in the structure but not in the content: a link, an empty cell. */
    void (*other)(void *context, uint32_t page, const struct item *item);
};

#define PDF_LOGO "Logo" /* its name among a page's pictures */

struct pdf_content {
    struct buf *out;
    struct layout *layout;
    struct pdf_fonts *fonts;
    const struct pdf_marks *marks;
    const struct colour *palette; /* of INK_COUNT */
    float height;                 /* of the page: y counts from below */
    bool in_text;                 /* between BT and ET */
    int32_t text_x, text_y;       /* where its line starts, hundredths */
    struct {                      /* what the page's state holds */
        enum ink fill, stroke;
        float width, dash, size;
        uint32_t face;
    } now;
};

/* All items of a page. `watermark` may be NULL. */
void
pdf_content_page(struct pdf_content *content, uint32_t at, const char *watermark);

/* The operators of a chart's shapes; its texts are items of the page. */
void
pdf_content_scene(struct pdf_content *content, const struct item *item);

/* State, where it differs from the present one. */
void
pdf_content_fill(struct pdf_content *content, enum ink ink);

void
pdf_content_stroke(struct pdf_content *content, enum ink ink, float width, float dash);

/* Numbers, each with a blank behind it. */
void
pdf_content_numbers(struct pdf_content *content, const float *values, int count);

#endif

/* html_blocks: each kind of block as HTML. */
#ifndef SEFPACK_WRITE_HTML_BLOCKS_H
#define SEFPACK_WRITE_HTML_BLOCKS_H

#include "buf.h"
#include "doc.h"
#include "symbols.h"

struct html {
    struct buf *out;
    const struct doc *doc;
    struct symbols *ids; /* given away: an id stands once in a page */
    uint32_t exhibits;   /* numbered, for the ids inside a drawing */
    int heading;         /* level of the last heading: the next is one below it at most */
};

/* A chain of blocks; headings of the outermost are of that level. */
void
html_blocks(struct html *html, const struct block *block, int level);

/* <tag class="class">text</tag>, or nothing where the text is empty. `class` may be NULL. */
void
html_element(struct html *html, const char *tag, const char *class, const char *text);

void
html_runs(struct html *html, const struct runs *runs);

/* A table with its scroll box and note. */
void
html_table(struct html *html, const struct doc_table *table);

/* ' id="..."', unless the id is NULL or was given before. */
void
html_id(struct html *html, const char *id);

/* An anchor without content, unless the id was given before. */
void
html_mark(struct html *html, const char *id);

#endif

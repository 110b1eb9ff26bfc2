/* doc: a pack as a tree of blocks with finished words: the one thing the writers see.
 *
 * Everything is UTF-8 in the doc's arena, unescaped; CRM text stands in it as it came, and each
 * writer escapes it for its own context. Foreign text of another direction inside a sentence stands
 * between U+2068 and U+2069. Numbers are already formatted for the locale. */
#ifndef SEFPACK_PACK_DOC_H
#define SEFPACK_PACK_DOC_H

#include "arena.h"
#include "buf.h"
#include "scene.h"

#include <stdbool.h>
#include <stdint.h>

enum run_style {
    RUN_PLAIN = 0,
    RUN_BOLD = 1,
    RUN_MUTED = 2,
    RUN_CRM = 4 /* foreign text: isolate its direction */
};

struct run {
    const char *text;
    unsigned style;
    const char *anchor; /* or NULL: a link to #anchor inside the pack */
    const char
        *url; /* or NULL: a link to a relative path, https: or mailto:; others are not linked */
};

struct runs {
    uint32_t count;
    struct run *run;
};

enum align { ALIGN_START, ALIGN_END, ALIGN_CENTRE };

struct doc_column {
    const char *head; /* unit included */
    enum align align; /* END for numbers */
    double weight;    /* wish for width, relative; 0: by content */
};

enum row_role { ROW_BODY, ROW_GROUP /* a sub-heading row */, ROW_TOTAL };

struct doc_row {
    enum row_role role;
    const char *anchor;
    struct runs *cell; /* as many as columns; the first is the row's head */
};

struct doc_table {
    const char *caption;
    uint32_t column_count, row_count;
    struct doc_column *column;
    struct doc_row *row;
    const char *note;
    bool wide;  /* wishes a landscape page */
    bool small; /* a list to look things up in: the smallest type on paper */
};

struct doc_figure {     /* one number of a row of figures */
    const char *anchor; /* measure id */
    const char *label, *value, *unit;
    const char *detail; /* n, interval, or why there is none */
};

struct doc_exhibit {
    const char *anchor;
    const char *title;       /* the finding */
    const char *subtitle;    /* measure, unit, period, n */
    const char *alternative; /* text alternative: what is to be seen */
    const char *note;
    struct scene *scene;
    struct doc_table *table; /* the numbers drawn; shown on demand in HTML, in the appendix or not
                                at all in PDF */
};

enum block_kind {
    BLOCK_SECTION,      /* title, children; starts a page where new_page */
    BLOCK_HEADING,      /* title, level 2 or 3 inside a section */
    BLOCK_PARAGRAPH,    /* text */
    BLOCK_LEAD,         /* the large sentences of page 1 */
    BLOCK_LIST,         /* items: children paragraphs */
    BLOCK_FIGURES,      /* figures */
    BLOCK_TABLE,        /* table */
    BLOCK_EXHIBIT,      /* exhibit */
    BLOCK_EXHIBIT_PAIR, /* two children side by side on paper: exhibits, or blocks of any kind */
    BLOCK_FINDING,      /* title, text, evidence as children */
    BLOCK_ASK,          /* the one ask: title, text */
    BLOCK_JUDGEMENT,    /* space for handwriting: title, height in lines */
    BLOCK_BANNER,       /* an identity failed, or data is missing: text */
    BLOCK_DETAILS,      /* title, children: folded in HTML, left out on paper unless on_paper */
    BLOCK_CONTENTS,     /* table of contents of this doc */
    BLOCK_PAGE_BREAK,
};

struct block {
    enum block_kind kind;
    const char *anchor; /* unique in the doc, or NULL */
    uint32_t mark_count;
    const char **mark; /* further anchors: measures whose numbers stand here first */
    const char *title;
    struct runs text;
    int level, lines;
    bool new_page, appendix, on_paper;
    bool on_screen; /* of DETAILS: not printed from a browser either */
    uint32_t figure_count;
    struct doc_figure *figure;
    struct doc_table *table;
    struct doc_exhibit *exhibit;
    struct block *children, *last_child, *next;
};

/* The words a writer itself needs, in the pack's language. */
struct doc_words {
    const char *page_of; /* "Page {page} of {pages}" with the two marks */
    const char *contents, *numbers /* "The numbers" */, *continued, *skip_link, *appendix_prefix;
};

/* One part of the whole job, for the mail: what is there against what is needed. */
struct doc_link {
    const char *name, *detail; /* "Winning", "27% of 35%" */
    const char *tag;           /* "binds now", or NULL */
    double share;              /* of the need; -1 where there is none */
};

/* The words of a mail beside those of page 1. */
struct doc_mail_words {
    const char *subject, *preheader;
    const char *links, *figures;         /* headings */
    const char *link_note, *figure_note; /* how the bars are to be read */
    const char *attached, *data, *automatic, *answers;
};

/* What a mail is told from outside: CRM text and bytes, not yet fit for a header. */
struct doc_mailbox {
    const char *name; /* or NULL */
    const char *address;
};

struct doc_attachment {
    const char *name, *type; /* "Team North, October 2026.pdf", "application/pdf" */
    const char *bytes;
    size_t length;
};

struct doc_envelope {
    struct doc_mailbox from, reply_to, to; /* reply_to, to: the address may be NULL */
    uint32_t attachment_count;
    const struct doc_attachment *attachment;
};

struct doc {
    struct arena *arena;
    const char *lang; /* BCP 47 */
    bool right_to_left;
    const char *title; /* "Team North, October 2026" */
    const char *subtitle, *company, *author, *subject;
    const char *as_of;                      /* formatted */
    const char *as_of_iso;                  /* 2026-10-31 */
    const char *run_id;                     /* 12 hex */
    const char *classification, *watermark; /* or NULL */
    const char *footer;                     /* "Not sufficient for personnel decisions" */
    const char *reconciliation;             /* "11 of 11 tie" */
    const char *paper;                      /* "A4" | "Letter" */
    const char *accent;                     /* "#12436D" */
    const char *logo;                       /* path or NULL */
    const char *templates;                  /* folder of pack.html, pack.css */
    const char *frame;                      /* the HTML frame in it; NULL: "pack.html" */
    bool defined;                           /* "definition.X" says what a figure of anchor X is */
    struct doc_words words;
    struct block *blocks; /* sections */
    struct block *last_block;
    /* page 1 again, for the mail */
    struct {
        uint32_t sentence_count;
        const char **sentence;
        uint32_t figure_count;
        struct doc_figure *figure;
        double *figure_share; /* 0..1 for a bar, or -1 */
        const char *binding, *ask, *ask_title, *data_status;
        uint32_t link_count;
        struct doc_link *link;
    } summary;
    struct doc_mail_words mail;
    const char *mail_templates;          /* folder of mail.html */
    const struct doc_envelope *envelope; /* NULL: the doc is no mail's */
};

/* Plain text of the whole doc, for tests: one line a block, indented; scenes as their shapes. */
void
doc_dump(const struct doc *doc, struct buf *out);

#endif

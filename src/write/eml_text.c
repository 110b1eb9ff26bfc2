/* The text part: what a person reads who has no HTML, or a screen reader reads aloud. */
#include "eml.h"

#include "eml_header.h"
#include "letters.h"
#include "linebreak.h"

enum { WIDTH = 72, LONGEST = 500 };

struct page {
    const struct doc *doc;
    struct linebreaker *breaker;
    struct buf *out;
};

/* Columns of a letter on a screen of equal letters: marks that combine take none, the scripts of
 * East Asia and pictures take two. */
static unsigned
columns_of(uint32_t letter)
{
    static const struct {
        uint32_t first, last;
        unsigned columns;
    } ranges[] = {{0x0300, 0x036F, 0},   {0x1100, 0x115F, 2},   {0x200B, 0x200F, 0},
                  {0x2066, 0x2069, 0},   {0x20D0, 0x20FF, 0},   {0x2E80, 0xA4CF, 2},
                  {0xAC00, 0xD7A3, 2},   {0xF900, 0xFAFF, 2},   {0xFE00, 0xFE0F, 0},
                  {0xFE30, 0xFE6F, 2},   {0xFF00, 0xFF60, 2},   {0xFFE0, 0xFFE6, 2},
                  {0x1F300, 0x1FAFF, 2}, {0x20000, 0x3FFFD, 2}, {0xE0100, 0xE01EF, 0}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (letter >= ranges[i].first && letter <= ranges[i].last)
            return ranges[i].columns;
    return 1;
}

static unsigned
width_of(const char *text, const char *end)
{
    unsigned width = 0;
    while (text < end)
        width += columns_of(letters_next(&text, end));
    return width;
}

static void
add_blanks(struct buf *out, unsigned count)
{
    while (count-- > 0)
        buf_char(out, ' ');
}

/* [from, to) on a line of its own, without the blanks at its end. */
static void
add_piece(struct buf *out, unsigned indent, const char *from, const char *to)
{
    while (to > from && to[-1] == ' ')
        to--;
    add_blanks(out, indent);
    buf_add(out, from, (size_t)(to - from));
    buf_char(out, '\n');
}

/* Where [from, to) must be cut so that it is at most `room` wide; a single word may be wider. */
static const char *
cut_at(const char *from, const char *to, unsigned room)
{
    unsigned width = 0;
    for (const char *at = from; at < to;) {
        const char *next = at;
        width += columns_of(letters_next(&next, to));
        if (width > room && at > from)
            return at;
        at = next;
    }
    return to;
}

/* A paragraph in lines as wide as the page, indented. */
static void
add_wrapped(const struct page *page, unsigned indent, const char *text)
{
    const char *line = eml_line(page->doc->arena, text, LONGEST), *last = line;
    const struct line_end *ends;
    uint32_t count = linebreak_find(page->breaker, text_of(line), &ends);
    unsigned room = WIDTH - indent;
    const char *start = line;
    for (uint32_t i = 0; i < count; i++) {
        const char *end = line + ends[i].at;
        const char *shown = end;
        while (shown > start && shown[-1] == ' ')
            shown--;
        if (width_of(start, shown) > room && last > start) {
            add_piece(page->out, indent, start, last);
            start = last;
        }
        for (const char *cut; (cut = cut_at(start, end, room)) < end && *cut != ' '; start = cut)
            add_piece(page->out, indent, start, cut);
        last = end;
    }
    if (last > start)
        add_piece(page->out, indent, start, last);
}

static void
add_paragraph(const struct page *page, const char *text)
{
    if (!text || !text[0])
        return;
    buf_char(page->out, '\n');
    add_wrapped(page, 0, text);
}

static void
add_heading(const struct page *page, const char *text)
{
    const char *line = eml_line(page->doc->arena, text, WIDTH);
    unsigned width = width_of(line, line + strlen(line));
    buf_printf(page->out, "\n\n%s\n", line);
    for (unsigned i = 0; i < width && i < WIDTH; i++)
        buf_char(page->out, '-');
    buf_char(page->out, '\n');
}

/* `name`, and `value` at the end of the line; of the next one where they do not fit. */
static void
add_pair(const struct page *page, const char *name, const char *value)
{
    struct arena *arena = page->doc->arena;
    const char *left = eml_line(arena, name, LONGEST), *right = eml_line(arena, value, WIDTH);
    unsigned wide = width_of(left, left + strlen(left)),
             taken = width_of(right, right + strlen(right));
    if (wide + 2 + taken > WIDTH) {
        add_wrapped(page, 0, left);
        add_blanks(page->out, taken < WIDTH ? WIDTH - taken : 0);
    } else {
        buf_string(page->out, left);
        add_blanks(page->out, WIDTH - wide - taken);
    }
    buf_printf(page->out, "%s\n", right);
}

static void
add_links(const struct page *page)
{
    const struct doc *doc = page->doc;
    if (doc->summary.link_count == 0)
        return;
    add_heading(page, doc->mail.links);
    for (uint32_t i = 0; i < doc->summary.link_count; i++) {
        const struct doc_link *link = &doc->summary.link[i];
        add_pair(page,
                 link->tag ? arena_printf(doc->arena, "%s [%s]", link->name, link->tag)
                           : link->name,
                 link->detail);
    }
}

static void
add_figures(const struct page *page)
{
    const struct doc *doc = page->doc;
    if (doc->summary.figure_count == 0)
        return;
    add_heading(page, doc->mail.figures);
    for (uint32_t i = 0; i < doc->summary.figure_count; i++) {
        const struct doc_figure *figure = &doc->summary.figure[i];
        add_pair(page, figure->label,
                 figure->unit ? arena_printf(doc->arena, "%s %s", figure->value, figure->unit)
                              : figure->value);
        if (figure->detail && figure->detail[0])
            add_wrapped(page, 4, figure->detail);
    }
}

static void
add_fact(const struct page *page, const char *name, const char *text)
{
    if (text && text[0])
        add_wrapped(page, 0,
                    name && name[0] ? arena_printf(page->doc->arena, "%s: %s", name, text) : text);
}

static void
add_facts(const struct page *page)
{
    const struct doc *doc = page->doc;
    const struct doc_envelope *envelope = doc->envelope;
    buf_string(page->out, "\n-- \n");
    for (uint32_t i = 0; i < envelope->attachment_count; i++)
        add_fact(page, doc->mail.attached, envelope->attachment[i].name);
    add_fact(page, doc->mail.data, doc->summary.data_status);
    add_fact(page, doc->mail.answers,
             envelope->reply_to.address ? envelope->reply_to.address : envelope->from.address);
    add_fact(page, NULL, doc->classification);
    add_fact(page, NULL, doc->footer);
    add_fact(page, NULL, doc->mail.automatic);
}

void
eml_text(const struct doc *doc, struct buf *out)
{
    struct page page = {doc, linebreak_open(doc->lang), out};
    if (!page.breaker)
        page.breaker = linebreak_open("en");
    add_wrapped(&page, 0, doc->company);
    add_wrapped(&page, 0, doc->title);
    add_wrapped(&page, 0, doc->subtitle);
    for (const struct block *block = doc->blocks; block; block = block->next)
        if (block->kind == BLOCK_BANNER)
            for (uint32_t r = 0; r < block->text.count; r++)
                add_paragraph(&page, block->text.run[r].text);
    for (uint32_t i = 0; i < doc->summary.sentence_count; i++)
        add_paragraph(&page, doc->summary.sentence[i]);
    if (doc->summary.ask) {
        add_heading(&page, doc->summary.ask_title);
        add_wrapped(&page, 0, doc->summary.ask);
    }
    add_figures(&page);
    add_links(&page);
    add_facts(&page);
    linebreak_close(page.breaker);
}

/* Each kind of block as HTML: one function a kind, found in a table. */
#include "html_blocks.h"

#include "escape.h"
#include "write.h"

#include <stdio.h>

enum { NUMBERS_PRINTED = 24, LINES_TO_WRITE = 5 };

static void
raw(struct html *html, const char *markup)
{
    buf_string(html->out, markup);
}

/* <tag class="..." id="..."> with either left out when NULL. */
static void
open_tag(struct html *html, const char *tag, const char *class, const char *id)
{
    buf_printf(html->out, "<%s", tag);
    if (class)
        buf_printf(html->out, " class=\"%s\"", class);
    html_id(html, id);
    raw(html, ">");
}

/* A heading's tag; no level is left out on the way down. */
static const char *
heading_of(struct html *html, int level)
{
    static const char *const headings[] = {"h2", "h3", "h4", "h5", "h6"};
    level = level < 2 ? 2 : level > 6 ? 6 : level;
    if (level > html->heading + 1)
        level = html->heading + 1;
    html->heading = level;
    return headings[level - 2];
}

static void
write_title(struct html *html, int level, const char *title)
{
    if (title && title[0])
        html_element(html, heading_of(html, level), NULL, title);
}

static void
write_exhibit(struct html *html, const struct block *block, int level)
{
    const struct doc_exhibit *exhibit = block->exhibit;
    const char *name = exhibit->title && exhibit->title[0] ? exhibit->title : html->doc->title;
    char id[24];
    snprintf(id, sizeof id, "x%u", ++html->exhibits);
    open_tag(html, "figure", NULL, exhibit->anchor ? exhibit->anchor : block->anchor);
    raw(html, "<figcaption>");
    write_title(html, level, exhibit->title);
    html_element(html, "p", "subtitle", exhibit->subtitle);
    raw(html, "</figcaption>\n");
    if (exhibit->scene) {
        raw(html, "<div class=\"scroll chart\" tabindex=\"0\" role=\"group\" aria-label=\"");
        escape_attribute(html->out, name);
        raw(html, "\">\n");
        svg_write(exhibit->scene, id, name,
                  exhibit->alternative ? exhibit->alternative : exhibit->subtitle, html->out);
        raw(html, "</div>\n");
    }
    html_element(html, "p", "note", exhibit->note);
    if (exhibit->table && exhibit->table->row_count) {
        raw(html, exhibit->table->row_count > NUMBERS_PRINTED ? "<details class=\"screen\">"
                                                              : "<details>");
        html_element(html, "summary", NULL, html->doc->words.numbers);
        html_table(html, exhibit->table);
        raw(html, "</details>\n");
    }
    raw(html, "</figure>\n");
}

/* What is counted, and where it is said what that is. */
static void
write_label(struct html *html, const struct doc_figure *figure)
{
    bool linked = html->doc->defined && figure->anchor;
    if (linked) {
        raw(html, "<a href=\"#definition.");
        escape_id(html->out, figure->anchor);
        raw(html, "\">");
    }
    escape_text(html->out, figure->label);
    raw(html, linked ? "</a>" : "");
}

static void
write_figures(struct html *html, const struct block *block, int level)
{
    (void)level;
    if (block->figure_count == 0)
        return;
    open_tag(html, "dl", "figures", block->anchor);
    for (uint32_t i = 0; i < block->figure_count; i++) {
        const struct doc_figure *figure = &block->figure[i];
        open_tag(html, "div", NULL, figure->anchor);
        raw(html, "<dt>");
        write_label(html, figure);
        raw(html, "</dt>\n");
        raw(html, "<dd class=\"value\">");
        escape_text(html->out, figure->value);
        if (figure->unit && figure->unit[0]) {
            raw(html, " <span class=\"unit\">");
            escape_text(html->out, figure->unit);
            raw(html, "</span>");
        }
        raw(html, "</dd>\n");
        html_element(html, "dd", "detail", figure->detail);
        raw(html, "</div>\n");
    }
    raw(html, "</dl>\n");
}

static void
write_text(struct html *html, const struct block *block)
{
    if (block->text.count == 0)
        return;
    raw(html, "<p>");
    html_runs(html, &block->text);
    raw(html, "</p>\n");
}

static void
write_section(struct html *html, const struct block *block, int level)
{
    bool titled = block->title && block->title[0]; /* a section needs a heading */
    open_tag(html, titled ? "section" : "div", block->appendix ? "appendix" : NULL, block->anchor);
    write_title(html, level, block->title);
    write_text(html, block);
    html_blocks(html, block->children, level + titled);
    raw(html, titled ? "</section>\n" : "</div>\n");
}

/* A block with a frame of its own: its title, text and children. */
static void
write_framed(struct html *html, const struct block *block, int level)
{
    static const char *const classes[] = {
        [BLOCK_FINDING] = "finding", [BLOCK_ASK] = "ask", [BLOCK_JUDGEMENT] = "judgement"};
    open_tag(html, "div", classes[block->kind], block->anchor);
    write_title(html, level, block->title);
    write_text(html, block);
    html_blocks(html, block->children, level + 1);
    bool few = block->lines > 0 && block->lines < LINES_TO_WRITE;
    int lines = block->kind != BLOCK_JUDGEMENT ? 0 : few ? block->lines : LINES_TO_WRITE;
    for (int line = 0; line < lines; line++)
        raw(html, "<div class=\"line\"></div>");
    raw(html, "</div>\n");
}

static void
write_list(struct html *html, const struct block *block, int level)
{
    (void)level;
    if (!block->children)
        return;
    open_tag(html, "ul", NULL, block->anchor);
    for (const struct block *item = block->children; item; item = item->next) {
        open_tag(html, "li", NULL, item->anchor);
        html_runs(html, &item->text);
        raw(html, "</li>\n");
    }
    raw(html, "</ul>\n");
}

static void
write_details(struct html *html, const struct block *block, int level)
{
    open_tag(html, "details", block->on_screen ? "screen" : NULL, block->anchor);
    html_element(html, "summary", NULL, block->title ? block->title : html->doc->words.numbers);
    html_blocks(html, block->children, level);
    raw(html, "</details>\n");
}

static void
write_paragraph(struct html *html, const struct block *block, int level)
{
    (void)level;
    bool lead = block->kind == BLOCK_LEAD, banner = block->kind == BLOCK_BANNER;
    open_tag(html, "p", lead ? "lead" : banner ? "banner" : NULL, block->anchor);
    html_runs(html, &block->text);
    raw(html, "</p>\n");
}

static void
write_heading(struct html *html, const struct block *block, int level)
{
    if (!block->title || !block->title[0])
        return;
    const char *tag = heading_of(html, level + (block->level > 2 ? 1 : 0));
    open_tag(html, tag, NULL, block->anchor);
    escape_text(html->out, block->title);
    buf_printf(html->out, "</%s>\n", tag);
}

static void
write_table(struct html *html, const struct block *block, int level)
{
    (void)level;
    if (block->anchor) {
        open_tag(html, "div", NULL, block->anchor);
        html_table(html, block->table);
        raw(html, "</div>\n");
    } else {
        html_table(html, block->table);
    }
}

/* One block of any kind. */
static void
write_one(struct html *html, const struct block *block, int level);

/* Each in a box of its own, whatever it consists of; their headings are of one level. */
static void
write_pair(struct html *html, const struct block *block, int level)
{
    int heading = html->heading;
    open_tag(html, "div", "pair", block->anchor);
    raw(html, "\n");
    for (const struct block *child = block->children; child; child = child->next) {
        html->heading = heading;
        raw(html, "<div>");
        write_one(html, child, level);
        raw(html, "</div>\n");
    }
    raw(html, "</div>\n");
}

/* The page has its contents above all sections; page breaks are paper's. */
static void
write_nothing(struct html *html, const struct block *block, int level)
{
    (void)html, (void)block, (void)level;
}

static void (*const write_block[])(struct html *html, const struct block *block, int level) = {
    [BLOCK_SECTION] = write_section,     [BLOCK_HEADING] = write_heading,
    [BLOCK_PARAGRAPH] = write_paragraph, [BLOCK_LEAD] = write_paragraph,
    [BLOCK_LIST] = write_list,           [BLOCK_FIGURES] = write_figures,
    [BLOCK_TABLE] = write_table,         [BLOCK_EXHIBIT] = write_exhibit,
    [BLOCK_EXHIBIT_PAIR] = write_pair,   [BLOCK_FINDING] = write_framed,
    [BLOCK_ASK] = write_framed,          [BLOCK_JUDGEMENT] = write_framed,
    [BLOCK_BANNER] = write_paragraph,    [BLOCK_DETAILS] = write_details,
    [BLOCK_CONTENTS] = write_nothing,    [BLOCK_PAGE_BREAK] = write_nothing,
};

static void
write_one(struct html *html, const struct block *block, int level)
{
    for (uint32_t i = 0; i < block->mark_count; i++)
        html_mark(html, block->mark[i]);
    write_block[block->kind](html, block, level);
}

/* Headings inside a section go on from a BLOCK_HEADING: an exhibit behind one is a level below. */
void
html_blocks(struct html *html, const struct block *block, int level)
{
    int below = level;
    for (; block; block = block->next) {
        if (block->kind == BLOCK_HEADING)
            below = level + (block->level > 2 ? 2 : 1);
        write_one(html, block, block->kind == BLOCK_HEADING ? level : below);
    }
}

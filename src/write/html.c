/* A doc as one HTML file: no script, one style whose hash the page's policy names, every foreign
 * text through an escape. */
#include "html.h"

#include "escape.h"
#include "sha256.h"
#include "template.h"

struct html {
    struct buf *out;
    const struct doc *doc;
    uint32_t exhibits; /* numbered, for ids inside SVG */
};

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
    if (id) {
        raw(html, " id=\"");
        escape_id(html->out, id);
        raw(html, "\"");
    }
    raw(html, ">");
}

static void
element(struct html *html, const char *tag, const char *class, const char *text)
{
    if (!text || !text[0])
        return;
    open_tag(html, tag, class, NULL);
    escape_text(html->out, text);
    buf_printf(html->out, "</%s>\n", tag);
}

static void
write_run(struct html *html, const struct run *run)
{
    if (run->anchor) {
        raw(html, "<a href=\"#");
        escape_id(html->out, run->anchor);
        raw(html, "\">");
    }
    raw(html, run->style & RUN_BOLD ? "<strong>" : "");
    raw(html, run->style & RUN_MUTED ? "<span class=\"muted\">" : "");
    raw(html, run->style & RUN_CRM ? "<bdi>" : "");
    escape_text(html->out, run->text);
    raw(html, run->style & RUN_CRM ? "</bdi>" : "");
    raw(html, run->style & RUN_MUTED ? "</span>" : "");
    raw(html, run->style & RUN_BOLD ? "</strong>" : "");
    raw(html, run->anchor ? "</a>" : "");
}

static void
write_runs(struct html *html, const struct runs *runs)
{
    for (uint32_t i = 0; i < runs->count; i++)
        write_run(html, &runs->run[i]);
}

static void
write_cell(struct html *html, const struct doc_table *table, const struct doc_row *row, uint32_t c)
{
    static const char *const classes[] = {"", " class=\"end\"", " class=\"centre\""};
    const char *class = classes[table->column[c].align];
    buf_printf(html->out, c == 0 ? "<th scope=\"row\"%s>" : "<td%s>", class);
    write_runs(html, &row->cell[c]);
    raw(html, c == 0 ? "</th>" : "</td>");
}

static void
write_row(struct html *html, const struct doc_table *table, const struct doc_row *row)
{
    static const char *const classes[] = {NULL, "group", "total"};
    open_tag(html, "tr", classes[row->role], row->anchor);
    if (row->role == ROW_GROUP) {
        buf_printf(html->out, "<th scope=\"rowgroup\" colspan=\"%u\">", table->column_count);
        write_runs(html, &row->cell[0]);
        raw(html, "</th>");
    } else {
        for (uint32_t c = 0; c < table->column_count; c++)
            write_cell(html, table, row, c);
    }
    raw(html, "</tr>\n");
}

static void
write_table(struct html *html, const struct doc_table *table)
{
    raw(html, "<section class=\"scroll\" tabindex=\"0\" aria-label=\"");
    escape_attribute(html->out, table->caption ? table->caption : html->doc->words.numbers);
    raw(html, "\"><table>");
    element(html, "caption", NULL, table->caption);
    raw(html, "<thead><tr>");
    for (uint32_t c = 0; c < table->column_count; c++) {
        const char *head = table->column[c].head;
        bool empty = !head || !head[0];
        raw(html, empty ? "<td" : "<th scope=\"col\"");
        raw(html, table->column[c].align == ALIGN_END ? " class=\"end\">" : ">");
        escape_text(html->out, head);
        raw(html, empty ? "</td>" : "</th>");
    }
    raw(html, "</tr></thead>\n<tbody>\n");
    for (uint32_t r = 0; r < table->row_count; r++)
        write_row(html, table, &table->row[r]);
    raw(html, "</tbody></table></section>\n");
    element(html, "p", "note", table->note);
}

static void
write_exhibit(struct html *html, const struct block *block, const char *heading)
{
    const struct doc_exhibit *exhibit = block->exhibit;
    char id[24];
    snprintf(id, sizeof id, "x%u", ++html->exhibits);
    open_tag(html, "figure", NULL, exhibit->anchor ? exhibit->anchor : block->anchor);
    element(html, heading, NULL, exhibit->title);
    element(html, "p", "subtitle", exhibit->subtitle);
    if (exhibit->scene) {
        raw(html, "<section class=\"scroll\" tabindex=\"0\" aria-label=\"");
        escape_attribute(html->out, exhibit->title);
        raw(html, "\">");
        svg_write(exhibit->scene, id, exhibit->title, exhibit->alternative, html->out);
        raw(html, "</section>\n");
    }
    element(html, "p", "note", exhibit->note);
    if (exhibit->table && exhibit->table->row_count) {
        raw(html, "<details>");
        element(html, "summary", NULL, html->doc->words.numbers);
        write_table(html, exhibit->table);
        raw(html, "</details>");
    }
    raw(html, "</figure>\n");
}

static void
write_figures(struct html *html, const struct block *block)
{
    raw(html, "<dl class=\"figures\">\n");
    for (uint32_t i = 0; i < block->figure_count; i++) {
        const struct doc_figure *figure = &block->figure[i];
        open_tag(html, "div", NULL, figure->anchor);
        element(html, "dt", NULL, figure->label);
        raw(html, "<dd class=\"value\">");
        escape_text(html->out, figure->value);
        if (figure->unit && figure->unit[0]) {
            raw(html, " ");
            escape_text(html->out, figure->unit);
        }
        raw(html, "</dd>");
        element(html, "dd", "detail", figure->detail);
        raw(html, "</div>\n");
    }
    raw(html, "</dl>\n");
}

static void
write_blocks(struct html *html, const struct block *block, int level);

static const char *
heading_of(int level)
{
    static const char *const headings[] = {"h1", "h1", "h2", "h3", "h4", "h5", "h6"};
    return headings[level < 2 ? 2 : level > 6 ? 6 : level];
}

/* A block with a frame of its own: its title, text and children. */
static void
write_framed(struct html *html, const struct block *block, const char *tag, const char *class,
             int level)
{
    open_tag(html, tag, class, block->anchor);
    element(html, heading_of(level), NULL, block->title);
    if (block->text.count) {
        raw(html, "<p>");
        write_runs(html, &block->text);
        raw(html, "</p>\n");
    }
    write_blocks(html, block->children, level + 1);
    if (block->kind == BLOCK_JUDGEMENT)
        raw(html, "<span class=\"lines\"></span>");
    buf_printf(html->out, "</%s>\n", tag);
}

static void
write_list(struct html *html, const struct block *block)
{
    open_tag(html, "ul", NULL, block->anchor);
    for (const struct block *item = block->children; item; item = item->next) {
        open_tag(html, "li", NULL, item->anchor);
        write_runs(html, &item->text);
        raw(html, "</li>\n");
    }
    raw(html, "</ul>\n");
}

static void
write_details(struct html *html, const struct block *block, int level)
{
    open_tag(html, "details", NULL, block->anchor);
    element(html, "summary", NULL, block->title);
    write_blocks(html, block->children, level);
    raw(html, "</details>\n");
}

static void
write_paragraph(struct html *html, const struct block *block, const char *class)
{
    open_tag(html, "p", class, block->anchor);
    write_runs(html, &block->text);
    raw(html, "</p>\n");
}

static void
write_heading(struct html *html, const struct block *block, int level)
{
    const char *tag = heading_of(level + (block->level > 2 ? block->level - 2 : 0));
    open_tag(html, tag, NULL, block->anchor);
    escape_text(html->out, block->title);
    buf_printf(html->out, "</%s>\n", tag);
}

static void
write_block(struct html *html, const struct block *block, int level)
{
    switch (block->kind) {
    case BLOCK_SECTION:
        write_framed(html, block, "section", NULL, level);
        break;
    case BLOCK_HEADING:
        write_heading(html, block, level);
        break;
    case BLOCK_PARAGRAPH:
    case BLOCK_LEAD:
        write_paragraph(html, block, block->kind == BLOCK_LEAD ? "lead" : NULL);
        break;
    case BLOCK_LIST:
        write_list(html, block);
        break;
    case BLOCK_FIGURES:
        write_figures(html, block);
        break;
    case BLOCK_TABLE:
        write_table(html, block->table);
        break;
    case BLOCK_EXHIBIT:
        write_exhibit(html, block, heading_of(level));
        break;
    case BLOCK_EXHIBIT_PAIR:
        raw(html, "<div class=\"pair\">\n");
        write_blocks(html, block->children, level);
        raw(html, "</div>\n");
        break;
    case BLOCK_FINDING:
        write_framed(html, block, "div", "finding", level);
        break;
    case BLOCK_ASK:
        write_framed(html, block, "div", "ask", level);
        break;
    case BLOCK_JUDGEMENT:
        write_framed(html, block, "div", "judgement", level);
        break;
    case BLOCK_BANNER:
        write_paragraph(html, block, "banner");
        break;
    case BLOCK_DETAILS:
        write_details(html, block, level);
        break;
    case BLOCK_CONTENTS:
    case BLOCK_PAGE_BREAK:
        break;
    }
}

static void
write_blocks(struct html *html, const struct block *block, int level)
{
    for (; block; block = block->next)
        write_block(html, block, level);
}

/* The sections with an anchor, as a list of links. */
static void
write_contents(struct html *html)
{
    uint32_t sections = 0;
    for (const struct block *block = html->doc->blocks; block; block = block->next)
        sections += block->kind == BLOCK_SECTION && block->anchor && block->title;
    if (sections < 3)
        return;
    raw(html, "<nav class=\"contents\" aria-label=\"");
    escape_attribute(html->out, html->doc->words.contents);
    raw(html, "\"><ol>\n");
    for (const struct block *block = html->doc->blocks; block; block = block->next) {
        if (block->kind != BLOCK_SECTION || !block->anchor || !block->title)
            continue;
        raw(html, "<li><a href=\"#");
        escape_id(html->out, block->anchor);
        raw(html, "\">");
        escape_text(html->out, block->title);
        raw(html, "</a></li>\n");
    }
    raw(html, "</ol></nav>\n");
}

/* The policy wants the hash of the style's bytes in base 64. */
static void
hash_style(const struct buf *style, char base64[45])
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned char bytes[33] = {0};
    char hex[65];
    sha256_hex(style->bytes, style->length, hex);
    for (int i = 0; i < 64; i++)
        bytes[i / 2] =
            (unsigned char)(bytes[i / 2] << 4 | (hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10));
    for (int i = 0; i < 11; i++) {
        uint32_t three =
            (uint32_t)bytes[3 * i] << 16 | (uint32_t)bytes[3 * i + 1] << 8 | bytes[3 * i + 2];
        for (int j = 0; j < 4; j++)
            base64[4 * i + j] = digits[three >> (18 - 6 * j) & 63];
    }
    base64[43] = '=';
    base64[44] = '\0';
}

static char *
escaped(const struct doc *doc, const char *text)
{
    struct buf bytes = {0};
    escape_text(&bytes, text);
    char *copy = arena_copy(doc->arena, bytes.bytes ? bytes.bytes : "", bytes.length);
    buf_free(&bytes);
    return copy;
}

/* The theme's accent stands in for the style sheet's; the theme has checked that it is a colour. */
static void
add_style(const struct doc *doc, struct buf *style)
{
    if (doc->accent && doc->accent[0] == '#' && strcmp(doc->accent, "#12436D") != 0)
        buf_printf(style,
                   "\n@media not (prefers-color-scheme: dark) { :root { --accent: %.7s; } }\n",
                   doc->accent);
}

struct write_result
html_write(const struct doc *doc, struct fonts *fonts, struct buf *out)
{
    struct buf style = {0}, frame = {0}, body = {0}, contents = {0};
    struct html html = {&body, doc, 0};
    char hash[45];
    (void)fonts;
    struct write_result result = {0};
    if (!template_read(doc->templates, "pack.css", &style) ||
        !template_read(doc->templates, "pack.html", &frame)) {
        result.fault = "templates/pack.html or pack.css cannot be read";
    } else {
        add_style(doc, &style);
        hash_style(&style, hash);
        write_blocks(&html, doc->blocks, 2);
        html.out = &contents;
        write_contents(&html);
        const struct template_slot slots[] = {
            {"lang", escaped(doc, doc->lang)},
            {"dir", doc->right_to_left ? "rtl" : "ltr"},
            {"style_hash", hash},
            {"style", style.bytes},
            {"title", escaped(doc, doc->title)},
            {"heading", escaped(doc, doc->title)},
            {"company", escaped(doc, doc->company)},
            {"subtitle", escaped(doc, doc->subtitle)},
            {"ties", escaped(doc, doc->reconciliation)},
            {"skip", escaped(doc, doc->words.skip_link)},
            {"contents", contents.bytes},
            {"body", body.bytes},
            {"footer", escaped(doc, doc->footer)},
            {NULL, NULL},
        };
        template_fill(buf_as_text(&frame), slots, out);
    }
    buf_free(&style);
    buf_free(&frame);
    buf_free(&body);
    buf_free(&contents);
    return result;
}

/* A doc as one HTML file: the frame of the templates, one style whose hash the page's policy names,
 * and the blocks. */
#include "html.h"

#include "escape.h"
#include "html_blocks.h"
#include "ink.h"
#include "sha256.h"
#include "template.h"

#include <string.h>

/* The sections with an anchor, as a list of links. */
static void
write_contents(struct html *html)
{
    uint32_t sections = 0;
    for (const struct block *block = html->doc->blocks; block; block = block->next)
        sections += block->kind == BLOCK_SECTION && block->anchor && block->title;
    if (sections < 3)
        return;
    buf_string(html->out, "<nav class=\"contents\" aria-label=\"");
    escape_attribute(html->out, html->doc->words.contents);
    buf_string(html->out, "\"><ol>\n");
    for (const struct block *block = html->doc->blocks; block; block = block->next) {
        if (block->kind != BLOCK_SECTION || !block->anchor || !block->title)
            continue;
        buf_string(html->out, "<li><a href=\"#");
        escape_id(html->out, block->anchor);
        buf_string(html->out, "\">");
        escape_text(html->out, block->title);
        buf_string(html->out, "</a></li>\n");
    }
    buf_string(html->out, "</ol></nav>");
}

/* The policy wants the hash of the style's bytes in base 64. */
static void
hash_style(const struct buf *style, char base64[45])
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned char bytes[33] = {0};
    char hex[65];
    sha256_hex(style->bytes, style->length, hex);
    for (size_t i = 0; i < 64; i++)
        bytes[i / 2] =
            (unsigned char)(bytes[i / 2] << 4 | (hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10));
    for (size_t i = 0; i < 11; i++) {
        const unsigned char *of = bytes + 3 * i;
        uint32_t three = (uint32_t)of[0] << 16 | (uint32_t)of[1] << 8 | of[2];
        for (size_t j = 0; j < 4; j++)
            base64[4 * i + j] = digits[three >> (18 - 6 * j) & 63];
    }
    base64[43] = '=';
    base64[44] = '\0';
}

static const char *
escaped(const struct doc *doc, const char *text)
{
    struct buf bytes = {0};
    escape_text(&bytes, text);
    const char *copy = bytes.length ? arena_copy(doc->arena, bytes.bytes, bytes.length) : "";
    buf_free(&bytes);
    return copy;
}

static const char *
fill_frame(const struct doc *doc, const char *file, struct buf *frame, const struct buf parts[3],
           struct buf *out)
{
    enum { STYLE, CONTENTS, BODY };
    char hash[45];
    hash_style(&parts[STYLE], hash);
    const struct template_slot slots[] = {
        {"lang", escaped(doc, doc->lang)},
        {"dir", doc->right_to_left ? "rtl" : "ltr"},
        {"style_hash", hash},
        {"style", parts[STYLE].bytes},
        {"title", escaped(doc, doc->title)},
        {"company", escaped(doc, doc->company)},
        {"subtitle", escaped(doc, doc->subtitle)},
        {"reconciliation", escaped(doc, doc->reconciliation)},
        {"classification", escaped(doc, doc->classification)},
        {"as_of", escaped(doc, doc->as_of)},
        {"as_of_iso", escaped(doc, doc->as_of_iso)},
        {"run_id", escaped(doc, doc->run_id)},
        {"skip_link", escaped(doc, doc->words.skip_link)},
        {"contents", parts[CONTENTS].bytes},
        {"body", parts[BODY].bytes},
        {"footer", escaped(doc, doc->footer)},
        {NULL, NULL},
    };
    return template_fill(doc->arena, file, buf_as_text(frame), slots, out);
}

struct write_result
html_write(const struct doc *doc, struct fonts *fonts, struct buf *out)
{
    const char *file = doc->frame ? doc->frame : "pack.html";
    struct buf frame = {0}, parts[3] = {0}; /* style, contents, body */
    struct write_result result = {0};
    (void)fonts;
    if (!template_read(doc->templates, "pack.css", &parts[0]) ||
        !template_read(doc->templates, file, &frame)) {
        result.fault =
            arena_printf(doc->arena, "%s: %s or pack.css cannot be read", doc->templates, file);
    } else {
        struct html html = {&parts[2], doc, symbols_new(64), 0, 1};
        ink_style(&parts[0], doc->accent);
        html_blocks(&html, doc->blocks, 2);
        html.out = &parts[1];
        write_contents(&html);
        result.fault = fill_frame(doc, file, &frame, parts, out);
        symbols_free(html.ids);
    }
    for (int i = 0; i < 3; i++)
        buf_free(&parts[i]);
    buf_free(&frame);
    return result;
}

/* A doc as one HTML file: the frame of the templates, one style whose hash the page's policy names,
 * and the blocks. */
#include "html.h"

#include "escape.h"
#include "html_blocks.h"
#include "ink.h"
#include "picture.h"
#include "sha256.h"
#include "template.h"

#include <math.h>
#include <string.h>

enum { STYLE, LOGO, CONTENTS, BODY, PART_COUNT };

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
static const char *
hash_style(const struct doc *doc, const struct buf *style)
{
    char hex[65], bytes[32] = {0};
    struct buf base64 = {0};
    sha256_hex(style->bytes, style->length, hex);
    for (size_t i = 0; i < 64; i++)
        bytes[i / 2] = (char)((unsigned char)bytes[i / 2] << 4 |
                              (hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10));
    picture_base64((struct text){bytes, sizeof bytes}, &base64);
    const char *copy = arena_copy(doc->arena, base64.bytes, base64.length);
    buf_free(&base64);
    return copy;
}

/* The logo as an element that holds its own bytes; its name is the company's. */
static const char *
write_logo(const struct doc *doc, struct buf *out)
{
    enum { HIGH = 48, WIDE = 240 /* CSS pixels at most */ };
    struct picture logo;
    if (!doc->logo)
        return NULL;
    const char *fault = picture_read(doc->arena, doc->logo, &logo);
    if (fault)
        return arena_printf(doc->arena, "the logo %s %s", doc->logo, fault);
    double scale = fmin(1, fmin((double)HIGH / logo.png.height, (double)WIDE / logo.png.width));
    buf_printf(out, "<img class=\"logo\" width=\"%ld\" height=\"%ld\" alt=\"",
               lround(fmax(1, logo.png.width * scale)), lround(fmax(1, logo.png.height * scale)));
    escape_attribute(out, doc->company && doc->company[0] ? doc->company : doc->title);
    buf_string(out, "\" src=\"data:image/png;base64,");
    picture_base64(logo.bytes, out);
    buf_string(out, "\">");
    return NULL;
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
fill_frame(const struct doc *doc, const char *file, struct buf *frame,
           const struct buf parts[PART_COUNT], struct buf *out)
{
    const struct template_slot slots[] = {
        {"lang", escaped(doc, doc->lang)},
        {"dir", doc->right_to_left ? "rtl" : "ltr"},
        {"style_hash", hash_style(doc, &parts[STYLE])},
        {"style", parts[STYLE].bytes},
        {"logo", parts[LOGO].bytes},
        {"title", escaped(doc, doc->title)},
        {"company", escaped(doc, doc->company)},
        {"subtitle", escaped(doc, doc->subtitle)},
        {"reconciliation", escaped(doc, doc->reconciliation)},
        {"classification", escaped(doc, doc->classification)},
        {"watermark", escaped(doc, doc->watermark)},
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

static const char *
write_parts(const struct doc *doc, struct buf parts[PART_COUNT])
{
    struct html html = {&parts[BODY], doc, symbols_new(64), 0, 1};
    ink_style(&parts[STYLE], doc->accent);
    const char *fault = write_logo(doc, &parts[LOGO]);
    html_blocks(&html, doc->blocks, 2);
    html.out = &parts[CONTENTS];
    write_contents(&html);
    symbols_free(html.ids);
    return fault;
}

struct write_result
html_write(const struct doc *doc, struct fonts *fonts, struct buf *out)
{
    const char *file = doc->frame ? doc->frame : "pack.html";
    struct buf frame = {0}, parts[PART_COUNT] = {0};
    struct write_result result = {0};
    (void)fonts;
    if (!template_read(doc->templates, "pack.css", &parts[STYLE]) ||
        !template_read(doc->templates, file, &frame)) {
        result.fault =
            arena_printf(doc->arena, "%s: %s or pack.css cannot be read", doc->templates, file);
    } else {
        result.fault = write_parts(doc, parts);
        if (!result.fault)
            result.fault = fill_frame(doc, file, &frame, parts, out);
    }
    for (int i = 0; i < PART_COUNT; i++)
        buf_free(&parts[i]);
    buf_free(&frame);
    return result;
}

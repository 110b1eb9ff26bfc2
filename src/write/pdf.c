/* A doc as PDF: laid out, drawn, tagged, with fonts, packed. */
#include "pdf.h"

#include "layout.h"
#include "pdf_content.h"
#include "pdf_file.h"
#include "pdf_tags.h"
#include "sha256.h"

#include <stdlib.h>
#include <string.h>

enum { PAGES_MOST = 2000 };

struct pending_link {
    const struct item *item;
    uint32_t page, key;
    struct pending_link *next;
};

struct making {
    const struct doc *doc;
    struct arena *arena;
    struct layout *layout;
    struct pdf_tags *tags;
    struct pdf_fonts *fonts;
    struct buf *page; /* operators of each */
    struct pending_link *links, **last_link;
};

static uint32_t
begin_mark(void *context, uint32_t page, uint32_t tag)
{
    struct making *making = context;
    return pdf_tags_mark(making->tags, page, tag);
}

static void
note_other(void *context, uint32_t page, const struct item *item)
{
    struct making *making = context;
    if (item->kind == ITEM_NOTHING) {
        pdf_tags_touch(making->tags, item->tag);
        return;
    }
    if (item->anchor && !layout_find(making->layout, item->anchor))
        return; /* leads to what is not on paper */
    struct pending_link *link = arena_alloc(making->arena, sizeof *link);
    *link = (struct pending_link){item, page, pdf_tags_link(making->tags, page, item->tag), NULL};
    *making->last_link = link;
    making->last_link = &link->next;
}

static void
draw_pages(struct making *making)
{
    struct colour palette[INK_COUNT];
    const struct pdf_marks marks = {making, begin_mark, note_other};
    struct pdf_content content = {
        .layout = making->layout, .fonts = making->fonts, .marks = &marks, .palette = palette};
    ink_palette(making->doc->accent, palette);
    for (uint32_t p = 0; p < making->layout->page_count; p++) {
        content.out = &making->page[p];
        pdf_content_page(&content, p, making->doc->watermark);
    }
}

static const char *
date_of(const struct doc *doc)
{
    static const char pattern[] = "0000-00-00";
    const char *iso = doc->as_of_iso;
    if (!iso || strlen(iso) != strlen(pattern))
        return "1970-01-01";
    for (size_t i = 0; pattern[i]; i++)
        if (pattern[i] == '0' ? iso[i] < '0' || iso[i] > '9' : iso[i] != '-')
            return "1970-01-01";
    return iso;
}

/* What makes this file this file: all that is drawn, and which run drew it. */
static const char *
identify(const struct making *making)
{
    const struct doc *doc = making->doc;
    const char *const facts[] = {doc->title, doc->as_of_iso, doc->run_id, doc->lang};
    struct sha256 *sha = sha256_new();
    char hex[65];
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        if (facts[i])
            sha256_add(sha, facts[i], strlen(facts[i]) + 1);
    for (uint32_t p = 0; p < making->layout->page_count; p++)
        sha256_add(sha, making->page[p].bytes, making->page[p].length);
    sha256_finish(sha, hex);
    return arena_copy(making->arena, hex, 32);
}

static void
add_labels(const struct making *making, struct pdf *pdf)
{
    const struct layout *layout = making->layout;
    for (uint32_t p = 0; p < layout->page_count; p++)
        if (p == 0 || layout->page[p].appendix != layout->page[p - 1].appendix)
            pdf_label(pdf, p, layout->page[p].appendix ? making->doc->words.appendix_prefix : NULL);
}

static void
add_links(const struct making *making, struct pdf *pdf)
{
    for (const struct pending_link *pending = making->links; pending; pending = pending->next) {
        const struct item *item = pending->item;
        const struct landing *to = item->anchor ? layout_find(making->layout, item->anchor) : NULL;
        struct buf words = {0};
        float width, height, to_width, to_height = 0;
        layout_size(making->layout, pending->page, &width, &height);
        if (to)
            layout_size(making->layout, to->page, &to_width, &to_height);
        for (uint32_t w = 0; w < item->word_count; w++)
            buf_text(&words, item->word[w]->text);
        const struct pdf_link link = {
            .page = pending->page,
            .box = {item->x, height - item->y - item->height, item->x + item->width,
                    height - item->y},
            .contents = words.length ? arena_copy(making->arena, words.bytes, words.length) : "",
            .url = to ? NULL : item->url,
            .to_page = to ? to->page : 0,
            .to_y = to ? to_height - to->y + 6 : 0,
            .key = pending->key};
        pdf_tags_link_object(making->tags, link.key, pdf_link(pdf, &link));
        buf_free(&words);
    }
}

static void
add_bookmarks(const struct making *making, struct pdf *pdf)
{
    const struct layout *layout = making->layout;
    for (uint32_t i = 0; i < layout->outline_count; i++) {
        const struct outline_entry *entry = &layout->outline[i];
        float width, height;
        layout_size(layout, entry->page, &width, &height);
        pdf_bookmark(pdf, entry->title, entry->level, entry->page, height - entry->y + 6);
    }
}

/* A name as PDF writes it, without escapes. */
static bool
is_name(const char *anchor)
{
    return anchor[0] && anchor[strspn(anchor, "abcdefghijklmnopqrstuvwxyz"
                                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")] == '\0';
}

/* Every anchor by its name, so that "pack.pdf#forecast.gap" opens where the number stands. */
static void
add_destinations(const struct making *making, struct pdf *pdf, const uint32_t *pages)
{
    const struct layout *layout = making->layout;
    struct buf names = {0};
    for (uint32_t i = 0; i < layout->landing_count; i++) {
        const struct landing *landing = &layout->landing[i];
        float width, height;
        if (!is_name(landing->anchor) || layout_find(layout, landing->anchor) != landing)
            continue;
        layout_size(layout, landing->page, &width, &height);
        buf_printf(&names, "/%s[%u 0 R/FitH %.1f]", landing->anchor, pages[landing->page],
                   (double)(height - landing->y + 6));
    }
    if (names.length)
        pdf_catalog(pdf, "Dests",
                    pdf_object(pdf, text_of(arena_copy(making->arena, names.bytes, names.length))));
    buf_free(&names);
}

static const char *
write_document(struct making *making, struct buf *out)
{
    const struct doc *doc = making->doc;
    const struct layout *layout = making->layout;
    const struct pdf_facts facts = {.title = doc->title ? doc->title : "",
                                    .author = doc->author,
                                    .subject = doc->subject,
                                    .lang = doc->lang ? doc->lang : "en",
                                    .date = date_of(doc),
                                    .identity = identify(making)};
    struct pdf *pdf = pdf_open(making->arena, &facts);
    struct buf written = {0};
    struct pdf_objects elements = {0};
    struct pdf_contents contents = {0};
    uint32_t *pages = arena_array(making->arena, layout->page_count, sizeof *pages);
    for (uint32_t p = 0; p < layout->page_count; p++) {
        float width, height;
        layout_size(layout, p, &width, &height);
        pages[p] = pdf_page(pdf, width, height, &making->page[p]);
    }
    if (layout->logo.png.width)
        pdf_picture(pdf, 0, PDF_LOGO, &layout->logo.png);
    bool fonts = pdf_fonts_write(making->fonts, pdf);
    add_labels(making, pdf);
    add_bookmarks(making, pdf);
    add_links(making, pdf);
    add_destinations(making, pdf, pages);
    pdf_tags_write(making->tags, pdf, pages, &elements);
    const char *fault = pdf_save(pdf, &written, &contents);
    if (!fault && !fonts)
        fault = "a font cannot be embedded";
    if (!fault && !pdf_file_pack(buf_as_text(&written), &contents, &elements, out))
        fault = "libharu's file is not of the known form";
    pdf_objects_free(&elements);
    free(contents.of);
    buf_free(&written);
    return fault;
}

struct write_result
pdf_write(const struct doc *doc, struct fonts *fonts, struct buf *out)
{
    struct arena *arena = arena_new();
    struct making making = {.doc = doc, .arena = arena};
    struct write_result result = {0};
    making.layout = layout_doc(doc, fonts, arena);
    making.last_link = &making.links;
    result.pages = making.layout->page_count;
    result.boxed = making.layout->boxed;
    if (making.layout->fault) {
        result.fault = arena_string(doc->arena, making.layout->fault);
    } else if (result.pages > PAGES_MOST) {
        result.fault = "a PDF of more than 2000 pages";
    } else {
        making.tags = pdf_tags_new(arena, making.layout);
        making.fonts = pdf_fonts_new(arena, fonts);
        making.page = arena_array(arena, making.layout->page_count, sizeof *making.page);
        draw_pages(&making);
        const char *fault = write_document(&making, out);
        result.fault = fault ? arena_string(doc->arena, fault) : NULL;
        for (uint32_t p = 0; p < making.layout->page_count; p++)
            buf_free(&making.page[p]);
    }
    arena_free(arena);
    return result;
}

/* What stands around the content: headers, footers, the numbers of pages, the table of contents. */
#include "flow.h"

#include <string.h>

/* A pattern with {page} and {pages} filled in. */
static const char *
fill_pattern(struct arena *arena, const char *pattern, const char *page, uint32_t pages)
{
    struct buf out = {0};
    while (*pattern) {
        if (strncmp(pattern, "{page}", 6) == 0) {
            buf_string(&out, page);
            pattern += 6;
        } else if (strncmp(pattern, "{pages}", 7) == 0) {
            buf_int(&out, pages);
            pattern += 7;
        } else {
            buf_char(&out, *pattern++);
        }
    }
    const char *filled = out.length ? arena_copy(arena, out.bytes, out.length) : "";
    buf_free(&out);
    return filled;
}

/* "7", or "A-2" in the appendix. */
static const char *
label_of(const struct sheet *sheet, uint32_t at)
{
    const struct page *page = &sheet->layout->page[at];
    const char *prefix = sheet->doc->words.appendix_prefix;
    return arena_printf(sheet->layout->arena, "%s%u", page->appendix && prefix ? prefix : "",
                        page->number);
}

static void
draw_header(const struct sheet *sheet, uint32_t at)
{
    struct layout *layout = sheet->layout;
    const struct doc *doc = sheet->doc;
    const char *left = at ? doc->title : doc->company;
    const char *right = at ? layout->page[at].section : doc->classification;
    float width, height, size = 7.5f;
    layout_size(layout, at, &width, &height);
    float room = width - 2 * MARGIN_SIDE;
    if (right && right[0])
        layout_text(layout, at, width - MARGIN_SIDE, 32,
                    layout_shorten(layout, right, size, room * 0.48f), size, false, INK_MUTED,
                    ALIGN_END, TAG_NONE);
    if (left && left[0])
        layout_text(layout, at, MARGIN_SIDE, 32, layout_shorten(layout, left, size, room * 0.48f),
                    size, false, INK_MUTED, ALIGN_START, TAG_NONE);
}

static const char *
footer_of(const struct sheet *sheet)
{
    const struct doc *doc = sheet->doc;
    const char *const parts[] = {doc->classification, doc->as_of, doc->run_id, doc->footer};
    const char *line = "";
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i] && parts[i][0])
            line = arena_printf(sheet->layout->arena, "%s%s%s", line, line[0] ? " \xC2\xB7 " : "",
                                parts[i]);
    return line;
}

static void
draw_footer(const struct sheet *sheet, uint32_t at, const char *line)
{
    struct layout *layout = sheet->layout;
    const char *pattern = sheet->doc->words.page_of;
    float width, height, size = 7.5f;
    layout_size(layout, at, &width, &height);
    float right = width - MARGIN_SIDE, foot = height - 24;
    const char *number = fill_pattern(layout->arena, pattern ? pattern : "{page} / {pages}",
                                      label_of(sheet, at), layout->page_count);
    layout_rule(layout, at, MARGIN_SIDE, foot - 12, right, foot - 12, 0.4f, INK_RULE);
    float taken = layout_text(layout, at, right, foot, text_of(number), size, false, INK_MUTED,
                              ALIGN_END, TAG_NONE);
    layout_text(layout, at, MARGIN_SIDE, foot,
                layout_shorten(layout, line, size, right - MARGIN_SIDE - taken - 12), size, false,
                INK_MUTED, ALIGN_START, TAG_NONE);
}

void
flow_margins(struct sheet *sheet)
{
    const char *line = footer_of(sheet);
    for (uint32_t p = 0; p < sheet->layout->page_count; p++) {
        draw_header(sheet, p);
        draw_footer(sheet, p, line);
    }
}

static bool
is_listed(const struct block *block)
{
    return block->kind == BLOCK_SECTION && block->anchor && block->title && block->title[0];
}

enum { CONTENTS_GAP = 20, NUMBER_ROOM = 30 };

static float
column_width(const struct flow *flow, uint32_t columns)
{
    return (flow_width(flow) - (float)(CONTENTS_GAP * (columns - 1))) / (float)columns;
}

/* Three columns of titles, or fewer where one is too long for them. */
static uint32_t
find_columns(const struct flow *flow)
{
    uint32_t columns = 3;
    for (const struct block *block = flow->sheet->doc->blocks; block; block = block->next)
        while (is_listed(block) && columns > 1 &&
               fonts_width(flow->sheet->layout->fonts, text_of(block->title), false) *
                       (double)type_table.size / 1000 >
                   (double)(column_width(flow, columns) - NUMBER_ROOM))
            columns--;
    return columns;
}

/* One line: the title, and room for the number of its page. */
static void
place_entry(struct flow *flow, const struct block *block, uint32_t toc, float x, float width)
{
    struct sheet *sheet = flow->sheet;
    struct layout *layout = sheet->layout;
    uint32_t page = flow_page(flow), entry = layout_tag(layout, toc, "TOCI"),
             reference = layout_tag(layout, entry, "Reference");
    float baseline = sheet->y + 8.5f;
    struct text title = layout_shorten(layout, block->title, type_table.size, width - NUMBER_ROOM);
    struct run run = {.text = arena_copy(layout->arena, title.bytes, title.length),
                      .anchor = block->anchor};
    struct paragraph line =
        paragraph_set(layout, NULL, &(struct runs){1, &run}, type_table, width * 2);
    if (line.span_count)
        line.span[0].ink = INK_TEXT;
    paragraph_draw(layout, page, &line, 0, line.count, x, baseline, width, ALIGN_START, reference);
    struct item *number = layout_item(layout, page, ITEM_TEXT, entry);
    number->y = baseline;
    number->size = number->height = type_table.size;
    number->ink = INK_MUTED;
    sheet->entry[sheet->entry_count++] =
        (struct contents_entry){block->anchor, page, layout->page[page].count - 1, x + width};
    layout_rule(layout, page, x, sheet->y + 12, x + width, sheet->y + 12, 0.4f, INK_GRID);
}

void
flow_contents(struct flow *flow)
{
    enum { LINE = 13, MOST = 90 };
    struct sheet *sheet = flow->sheet;
    uint32_t count = 0, i = 0;
    for (const struct block *block = sheet->doc->blocks; block; block = block->next)
        count += is_listed(block);
    if (count < 2 || count > MOST || sheet->without_contents || sheet->entry_count)
        return;
    sheet->entry = arena_array(sheet->layout->arena, count, sizeof *sheet->entry);
    uint32_t columns = find_columns(flow), rows = (count + columns - 1) / columns;
    float width = column_width(flow, columns);
    flow_skip(flow, 4);
    flow_need(flow, (float)(rows * LINE));
    uint32_t toc = layout_tag(sheet->layout, flow->tag, "TOC");
    float top = sheet->y;
    for (const struct block *block = sheet->doc->blocks; block; block = block->next)
        if (is_listed(block)) {
            sheet->y = top + (float)(i % rows * LINE);
            uint32_t column = i / rows;
            place_entry(flow, block, toc, flow_left(flow) + (float)column * (width + CONTENTS_GAP),
                        width);
            i++;
        }
    sheet->y = top + (float)(rows * LINE) + 4;
}

void
flow_fill_contents(struct sheet *sheet)
{
    struct layout *layout = sheet->layout;
    for (uint32_t i = 0; i < sheet->entry_count; i++) {
        const struct contents_entry *entry = &sheet->entry[i];
        const struct landing *landing = layout_find(layout, entry->anchor);
        if (!landing)
            continue;
        struct item *item = &layout->page[entry->page].item[entry->item];
        const struct shaped **word = arena_alloc(layout->arena, sizeof(struct shaped *));
        *word = fonts_shape(layout->fonts, layout->arena, text_of(label_of(sheet, landing->page)),
                            false, false);
        item->word = word;
        item->word_count = 1;
        item->width = (*word)->width * item->size / 1000;
        item->x = entry->right - item->width;
    }
}

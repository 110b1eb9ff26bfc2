#include "paragraph.h"

#include <string.h>

struct setter {
    struct layout *layout;
    struct paragraph paragraph;
    uint32_t line_capacity, piece_capacity;
    struct type type;
    float room;
};

static struct set_line *
new_line(struct setter *setter)
{
    struct paragraph *paragraph = &setter->paragraph;
    if (paragraph->count == setter->line_capacity) {
        uint32_t capacity = setter->line_capacity ? setter->line_capacity * 2 : 4;
        struct set_line *grown = arena_array(setter->layout->arena, capacity, sizeof *grown);
        if (paragraph->count)
            memcpy(grown, paragraph->line, paragraph->count * sizeof *grown);
        paragraph->line = grown;
        setter->line_capacity = capacity;
    }
    setter->piece_capacity = 0;
    return &paragraph->line[paragraph->count++];
}

static struct text
without_end_blanks(struct text text)
{
    while (text.length &&
           (text.bytes[text.length - 1] == ' ' || text.bytes[text.length - 1] == '\n'))
        text.length--;
    return text;
}

static float
width_of(const struct setter *setter, struct text text, bool bold)
{
    return layout_width(setter->layout, text, setter->type.size, bold);
}

/* Adds text to the line; joined to the piece before where the style and the bytes go on. */
static void
append(struct setter *setter, struct set_line *line, struct piece piece)
{
    struct piece *last = line->count ? &line->piece[line->count - 1] : NULL;
    if (last && last->bold == piece.bold && last->ink == piece.ink &&
        last->anchor == piece.anchor && last->text.bytes + last->text.length == piece.text.bytes) {
        last->text.length += piece.text.length;
        last->width += piece.width;
    } else {
        if (line->count == setter->piece_capacity) {
            uint32_t capacity = setter->piece_capacity ? setter->piece_capacity * 2 : 2;
            struct piece *grown = arena_array(setter->layout->arena, capacity, sizeof *grown);
            if (line->count)
                memcpy(grown, line->piece, line->count * sizeof *grown);
            line->piece = grown;
            setter->piece_capacity = capacity;
        }
        piece.x = line->width;
        line->piece[line->count++] = piece;
    }
    line->width += piece.width;
}

/* As much of a word as fits into the room, at least one character. */
static struct text
cut(const struct setter *setter, struct text word, bool bold, float room)
{
    uint32_t end = 0;
    while (end < word.length) {
        uint32_t next = end + 1;
        while (next < word.length && ((unsigned char)word.bytes[next] & 0xC0) == 0x80)
            next++;
        if (end > 0 && width_of(setter, (struct text){word.bytes, next}, bold) > room)
            break;
        end = next;
    }
    return (struct text){word.bytes, end};
}

/* One unbreakable piece of text: on this line, on the next, or cut over several. */
static void
place(struct setter *setter, struct piece piece)
{
    struct set_line *line = &setter->paragraph.line[setter->paragraph.count - 1];
    float visible = width_of(setter, without_end_blanks(piece.text), piece.bold);
    if (line->count && line->width + visible > setter->room)
        line = new_line(setter);
    while (visible > setter->room && piece.text.length > 1) {
        struct piece part = piece;
        part.text = cut(setter, piece.text, piece.bold, setter->room);
        if (part.text.length == piece.text.length)
            break;
        part.width = width_of(setter, part.text, piece.bold);
        append(setter, line, part);
        piece.text.bytes += part.text.length;
        piece.text.length -= part.text.length;
        visible = width_of(setter, without_end_blanks(piece.text), piece.bold);
        line = new_line(setter);
    }
    piece.width = width_of(setter, piece.text, piece.bold);
    append(setter, line, piece);
}

static struct piece
piece_of(const struct run *run, struct type type, struct text text)
{
    struct piece piece = {.text = text,
                          .bold = type.bold || (run->style & RUN_BOLD),
                          .ink = type.ink,
                          .anchor = run->anchor};
    if (run->style & RUN_MUTED)
        piece.ink = INK_MUTED;
    if (run->anchor)
        piece.ink = INK_ACCENT;
    return piece;
}

struct paragraph
paragraph_set(struct layout *layout, struct linebreaker *breaker, const struct runs *runs,
              struct type type, float width)
{
    struct setter setter = {.layout = layout, .type = type, .room = width};
    new_line(&setter);
    for (uint32_t r = 0; r < runs->count; r++) {
        struct text text = text_of(runs->run[r].text);
        const struct line_end *ends = NULL;
        uint32_t count = linebreak_find(breaker, text, &ends), from = 0;
        for (uint32_t i = 0; i < count; i++) {
            struct text part = {text.bytes + from, ends[i].at - from};
            bool forced = ends[i].mandatory && ends[i].at < text.length;
            place(&setter, piece_of(&runs->run[r], type, forced ? without_end_blanks(part) : part));
            if (forced)
                new_line(&setter);
            from = ends[i].at;
        }
    }
    struct paragraph *paragraph = &setter.paragraph;
    for (uint32_t l = 0; l < paragraph->count; l++) {
        struct set_line *line = &paragraph->line[l];
        if (line->count) {
            struct piece *last = &line->piece[line->count - 1];
            last->text = without_end_blanks(last->text);
            last->width = width_of(&setter, last->text, last->bold);
            line->width = last->x + last->width;
        }
        if (line->width > paragraph->widest)
            paragraph->widest = line->width;
    }
    return *paragraph;
}

static void
draw_link(struct layout *layout, uint32_t page, const struct piece *piece, float x, float y,
          float size, uint32_t tag)
{
    struct item *link = layout_item(layout, page, ITEM_LINK, tag);
    link->x = x;
    link->y = y - size * 0.8f;
    link->width = piece->width;
    link->height = size * 1.1f;
    link->anchor = piece->anchor;
    link->text = piece->text;
}

float
paragraph_draw(struct layout *layout, uint32_t page, const struct paragraph *paragraph,
               uint32_t from, uint32_t end, struct type type, float x, float y, float width,
               enum align align, uint32_t tag)
{
    for (uint32_t l = from; l < end; l++) {
        const struct set_line *line = &paragraph->line[l];
        float start = align == ALIGN_END      ? x + width - line->width
                      : align == ALIGN_CENTRE ? x + (width - line->width) / 2
                                              : x;
        float baseline = y + (float)(l - from) * type.leading;
        for (uint32_t p = 0; p < line->count; p++) {
            const struct piece *piece = &line->piece[p];
            uint32_t own = tag;
            if (piece->anchor && tag != TAG_NONE) {
                own = layout_tag(layout, tag, "Link");
                draw_link(layout, page, piece, start + piece->x, baseline, type.size, own);
            }
            layout_text(layout, page, start + piece->x, baseline, piece->text, type.size,
                        piece->bold, piece->ink, ALIGN_START, own);
        }
    }
    return (float)(end - from) * type.leading;
}

void
paragraph_needs(struct layout *layout, struct linebreaker *breaker, const struct runs *runs,
                struct type type, float *least, float *most)
{
    *least = *most = 0;
    for (uint32_t r = 0; r < runs->count; r++) {
        struct text text = text_of(runs->run[r].text);
        bool bold = type.bold || (runs->run[r].style & RUN_BOLD);
        const struct line_end *ends = NULL;
        uint32_t count = linebreak_find(breaker, text, &ends), from = 0;
        *most += layout_width(layout, text, type.size, bold);
        for (uint32_t i = 0; i < count; i++) {
            struct text part =
                without_end_blanks((struct text){text.bytes + from, ends[i].at - from});
            float width = layout_width(layout, part, type.size, bold);
            if (width > *least)
                *least = width;
            from = ends[i].at;
        }
    }
}

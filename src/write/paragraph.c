#include "paragraph.h"

#include "bidi.h"
#include "letters.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

#define ISOLATE "\xE2\x81\xA8"      /* U+2068: what follows has a direction of its own */
#define ISOLATE_LEFT "\xE2\x81\xA6" /* U+2066: from left to right */
#define END_ISOLATE "\xE2\x81\xA9"

enum { MARK = 3 /* bytes of each */ };

struct setter {
    struct layout *layout;
    struct paragraph *paragraph;
    const uint8_t *backward; /* of each byte, or NULL */
    size_t capacity;
    uint32_t span; /* of the byte being looked at */
};

static struct span
span_of(const struct run *run, struct type type, uint32_t end)
{
    struct span span = {.end = end,
                        .bold = type.bold || (run->style & RUN_BOLD),
                        .ink = run->style & RUN_MUTED ? INK_MUTED : type.ink,
                        .anchor = run->anchor,
                        .url = run->url};
    if (span.anchor || span.url)
        span.ink = INK_ACCENT;
    return span;
}

/* How a run is set off from a paragraph of another direction: by its own first letter, so that the
 * signs at its ends stay with it, a number always from left to right. NULL: not at all. */
static const char *
isolation_of(const struct layout *layout, const struct run *run, bool plain)
{
    bool foreign = run->style & RUN_CRM;
    if (layout->right_to_left && run->text[strcspn(run->text, "0123456789")] && plain) {
        bool number = true;
        for (const char *c = run->text; *c; c++)
            number = number && !((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z'));
        if (number)
            return ISOLATE_LEFT;
    }
    return layout->right_to_left ? (foreign ? ISOLATE : NULL) : plain ? NULL : ISOLATE;
}

/* All runs as one clean text with spans. Text of another direction is isolated. */
static void
join_runs(struct layout *layout, const struct runs *runs, struct paragraph *paragraph)
{
    struct buf text = {0};
    paragraph->span = arena_array(layout->arena, runs->count, sizeof *paragraph->span);
    paragraph->span_count = runs->count;
    paragraph->plain = !layout->right_to_left;
    for (uint32_t i = 0; i < runs->count; i++) {
        const struct run *run = &runs->run[i];
        const char *bytes = run->text ? run->text : "";
        bool plain = bidi_is_plain(text_of(bytes));
        paragraph->plain = paragraph->plain && plain;
        const char *isolation = isolation_of(layout, &(struct run){bytes, run->style, 0, 0}, plain);
        if (isolation)
            buf_string(&text, isolation);
        letters_clean(&text, bytes);
        if (isolation)
            buf_string(&text, END_ISOLATE);
        paragraph->span[i] = span_of(run, paragraph->type, (uint32_t)text.length);
    }
    paragraph->text =
        (struct text){text.length ? arena_copy(layout->arena, text.bytes, text.length) : "",
                      (uint32_t)text.length};
    buf_free(&text);
}

static bool
is_mark(const struct text text, uint32_t at)
{
    return text.bytes[at] == ISOLATE[0] && at + MARK <= text.length &&
           (memcmp(text.bytes + at, ISOLATE, MARK) == 0 ||
            memcmp(text.bytes + at, ISOLATE_LEFT, MARK) == 0 ||
            memcmp(text.bytes + at, END_ISOLATE, MARK) == 0);
}

static void
add_unit(struct setter *setter, uint32_t start, uint32_t end)
{
    struct paragraph *paragraph = setter->paragraph;
    struct layout *layout = setter->layout;
    memory_grow(&paragraph->unit, &setter->capacity, paragraph->unit_count + 1u,
                sizeof *paragraph->unit);
    struct text word = {paragraph->text.bytes + start, end - start};
    bool backward = setter->backward && setter->backward[start];
    paragraph->unit[paragraph->unit_count++] =
        (struct unit){.shaped = fonts_shape(layout->fonts, layout->arena, word,
                                            paragraph->span[setter->span].bold, backward),
                      .start = start,
                      .end = end,
                      .span = setter->span,
                      .blank = word.bytes[0] == ' ',
                      .right_to_left = backward};
}

/* A stretch without a place to break, as units: cut at blanks, spans and turns of direction. */
static void
add_stretch(struct setter *setter, uint32_t start, uint32_t end)
{
    struct paragraph *paragraph = setter->paragraph;
    const char *bytes = paragraph->text.bytes;
    uint32_t from = start, before = paragraph->unit_count;
    for (uint32_t at = start; at < end;) {
        while (paragraph->span[setter->span].end <= at)
            setter->span++;
        if (is_mark(paragraph->text, at)) {
            at += MARK;
            from = at;
            continue;
        }
        uint32_t next = at + 1;
        while (next < end && next < paragraph->span[setter->span].end &&
               (bytes[next] == ' ') == (bytes[from] == ' ') && !is_mark(paragraph->text, next) &&
               (!setter->backward || setter->backward[next] == setter->backward[from]))
            next++;
        add_unit(setter, from, next);
        at = from = next;
    }
    if (paragraph->unit_count > before)
        paragraph->unit[paragraph->unit_count - 1].may_end = true;
    else if (before) /* only marks: the break belongs to what stands before them */
        paragraph->unit[before - 1].may_end = true;
}

/* The direction of each byte of a paragraph that is not plain. */
static const uint8_t *
find_directions(struct layout *layout, const struct paragraph *paragraph)
{
    uint8_t *backward = arena_alloc(layout->arena, paragraph->text.length);
    const struct bidi_run *runs;
    struct bidi *bidi =
        bidi_open(paragraph->text, layout->right_to_left ? BIDI_RIGHT_TO_LEFT : BIDI_LEFT_TO_RIGHT);
    uint32_t count = bidi_line(bidi, 0, paragraph->text.length, &runs);
    for (uint32_t i = 0; i < count; i++)
        memset(backward + runs[i].start, runs[i].right_to_left, runs[i].length);
    bidi_close(bidi);
    return backward;
}

/* Letters, digits and single blanks need no rules of line breaking. */
static bool
is_simple(struct text text)
{
    for (uint32_t i = 0; i < text.length; i++) {
        char c = text.bytes[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        bool inner = (c == '.' || c == ',') && i > 0 && text.bytes[i - 1] != ' ';
        if (!letter && !inner && (c != ' ' || i == 0 || text.bytes[i - 1] == ' '))
            return false;
    }
    return true;
}

static void
find_units(struct setter *setter, struct linebreaker *breaker)
{
    struct text text = setter->paragraph->text;
    const struct line_end *ends = NULL;
    uint32_t from = 0;
    if (!breaker) {
        add_stretch(setter, 0, text.length);
    } else if (is_simple(text)) {
        for (uint32_t at = 1; at <= text.length; at++)
            if (at == text.length || text.bytes[at - 1] == ' ') {
                add_stretch(setter, from, at);
                from = at;
            }
    } else {
        uint32_t count = linebreak_find(breaker, text, &ends);
        for (uint32_t i = 0; i < count; i++) {
            add_stretch(setter, from, ends[i].at);
            from = ends[i].at;
        }
    }
}

static float
width_of(const struct paragraph *paragraph, uint32_t unit)
{
    return paragraph->unit[unit].shaped->width * paragraph->type.size / 1000;
}

static void
find_needs(struct paragraph *paragraph)
{
    float piece = 0;
    for (uint32_t i = 0; i < paragraph->unit_count; i++) {
        float width = width_of(paragraph, i);
        paragraph->most += width;
        if (!paragraph->unit[i].blank)
            piece += width;
        if (piece > paragraph->least)
            paragraph->least = piece;
        if (paragraph->unit[i].may_end)
            piece = 0;
    }
}

struct paragraph
paragraph_new(struct layout *layout, struct linebreaker *breaker, const struct runs *runs,
              struct type type)
{
    struct paragraph paragraph = {.type = type};
    struct setter setter = {.layout = layout, .paragraph = &paragraph};
    join_runs(layout, runs, &paragraph);
    if (paragraph.text.length == 0)
        return paragraph;
    if (!paragraph.plain)
        setter.backward = find_directions(layout, &paragraph);
    find_units(&setter, breaker);
    struct unit *units = arena_array(layout->arena, paragraph.unit_count, sizeof *units);
    if (paragraph.unit_count)
        memcpy(units, paragraph.unit, paragraph.unit_count * sizeof *units);
    free(paragraph.unit);
    paragraph.unit = units;
    find_needs(&paragraph);
    return paragraph;
}

/* How many bytes of a word fit into the room, at least one letter; words that are drawn backwards
 * are measured from their other end. */
static uint32_t
fitting_bytes(const struct paragraph *paragraph, uint32_t at, float room)
{
    const struct unit *unit = &paragraph->unit[at];
    const struct shaped *shaped = unit->shaped;
    uint32_t bytes = 0;
    float width = 0;
    for (uint32_t i = 0; i < shaped->count; i++) {
        const struct glyph *glyph = &shaped->glyph[unit->right_to_left ? shaped->count - 1 - i : i];
        width += glyph->advance * paragraph->type.size / 1000;
        uint32_t end = glyph->text_at + (uint32_t)glyph->text_length;
        if (width > room && bytes > 0)
            break;
        if (end > bytes)
            bytes = end;
    }
    return bytes;
}

/* Cuts a word in two. */
static void
cut_unit(struct layout *layout, struct paragraph *paragraph, uint32_t at, uint32_t bytes)
{
    struct unit *units = arena_array(layout->arena, paragraph->unit_count + 1u, sizeof *units);
    memcpy(units, paragraph->unit, (at + 1) * sizeof *units);
    memcpy(units + at + 1, paragraph->unit + at, (paragraph->unit_count - at) * sizeof *units);
    units[at].end = units[at + 1].start = units[at].start + bytes;
    units[at].may_end = true;
    for (uint32_t i = at; i < at + 2; i++) {
        struct text word = {paragraph->text.bytes + units[i].start, units[i].end - units[i].start};
        units[i].shaped = fonts_shape(layout->fonts, layout->arena, word,
                                      paragraph->span[units[i].span].bold, units[i].right_to_left);
    }
    paragraph->unit = units;
    paragraph->unit_count++;
}

static void
add_line(struct layout *layout, struct paragraph *paragraph, uint32_t *capacity, uint32_t from,
         uint32_t to)
{
    struct set_line line = {.from = from, .to = to};
    while (line.to > from && paragraph->unit[line.to - 1].blank)
        line.to--;
    for (uint32_t i = from; i < line.to; i++)
        line.width += width_of(paragraph, i);
    if (paragraph->count == *capacity) {
        *capacity = *capacity ? *capacity * 4 : 1;
        struct set_line *grown = arena_array(layout->arena, *capacity, sizeof *grown);
        if (paragraph->count)
            memcpy(grown, paragraph->line, paragraph->count * sizeof *grown);
        paragraph->line = grown;
    }
    paragraph->line[paragraph->count++] = line;
}

/* Where the line that begins at `from` ends: behind the last place that fits. */
static uint32_t
end_of_line(struct layout *layout, struct paragraph *paragraph, uint32_t from, float room)
{
    float width = 0;
    uint32_t end = from;
    for (uint32_t i = from; i < paragraph->unit_count; i++) {
        float wide = width_of(paragraph, i);
        if (!paragraph->unit[i].blank && width + wide > room) {
            if (end > from)
                return end;
            uint32_t whole = paragraph->unit[i].end - paragraph->unit[i].start;
            uint32_t bytes = fitting_bytes(paragraph, i, room - width);
            if (i > from && wide <= room)
                return i;
            if (bytes > 0 && bytes < whole)
                cut_unit(layout, paragraph, i, bytes);
            return i + 1;
        }
        width += wide;
        if (paragraph->unit[i].may_end)
            end = i + 1;
    }
    return paragraph->unit_count;
}

void
paragraph_break(struct layout *layout, struct paragraph *paragraph, float width)
{
    uint32_t capacity = 0;
    const float slack = 0.01f; /* sums of the same widths in another order */
    paragraph->count = 0;
    for (uint32_t from = 0; from < paragraph->unit_count;) {
        while (from < paragraph->unit_count && paragraph->count && paragraph->unit[from].blank)
            from++;
        if (from == paragraph->unit_count)
            break;
        uint32_t to = paragraph->most <= width + slack
                          ? paragraph->unit_count
                          : end_of_line(layout, paragraph, from, width + slack);
        add_line(layout, paragraph, &capacity, from, to);
        from = to;
    }
}

struct paragraph
paragraph_set(struct layout *layout, struct linebreaker *breaker, const struct runs *runs,
              struct type type, float width)
{
    struct paragraph paragraph = paragraph_new(layout, breaker, runs, type);
    paragraph_break(layout, &paragraph, width);
    return paragraph;
}

/* The units of a line from left to right. */
static void
order_units(struct layout *layout, const struct paragraph *paragraph, const struct set_line *line,
            const struct unit **order)
{
    uint32_t at = 0;
    if (paragraph->plain) {
        for (uint32_t i = line->from; i < line->to; i++)
            order[at++] = &paragraph->unit[i];
        return;
    }
    const struct bidi_run *runs;
    struct bidi *bidi =
        bidi_open(paragraph->text, layout->right_to_left ? BIDI_RIGHT_TO_LEFT : BIDI_LEFT_TO_RIGHT);
    uint32_t count = bidi_line(bidi, paragraph->unit[line->from].start,
                               paragraph->unit[line->to - 1].end, &runs);
    for (uint32_t r = 0; r < count; r++) {
        uint32_t end = runs[r].start + runs[r].length, first = at;
        for (uint32_t i = line->from; i < line->to; i++)
            if (paragraph->unit[i].start >= runs[r].start && paragraph->unit[i].start < end)
                order[at++] = &paragraph->unit[i];
        for (uint32_t a = first, b = at; runs[r].right_to_left && a + 1 < b; a++) {
            const struct unit *other = order[--b];
            order[b] = order[a];
            order[a] = other;
        }
    }
    bidi_close(bidi);
}

static void
draw_link(struct layout *layout, uint32_t page, const struct item *text, const struct span *span)
{
    struct item link = *text;
    link.kind = ITEM_LINK;
    link.y = text->y - text->size * 0.8f;
    link.height = text->size * 1.1f;
    link.anchor = span->anchor;
    link.url = span->url;
    *layout_item(layout, page, ITEM_LINK, text->tag) = link;
}

/* Units of one span side by side; returns their width. */
static float
draw_words(struct layout *layout, uint32_t page, const struct paragraph *paragraph,
           const struct unit *const *unit, uint32_t count, float x, float y, uint32_t tag)
{
    const struct span *span = &paragraph->span[unit[0]->span];
    bool link = (span->anchor || span->url) && tag != TAG_NONE;
    struct item *item =
        layout_item(layout, page, ITEM_TEXT, link ? layout_tag(layout, tag, "Link") : tag);
    const struct shaped **words = arena_array(layout->arena, count, sizeof(struct shaped *));
    for (uint32_t i = 0; i < count; i++) {
        words[i] = unit[i]->shaped;
        layout->boxed += words[i]->boxed;
        item->width += words[i]->width * paragraph->type.size / 1000;
    }
    item->x = x;
    item->y = y;
    item->height = item->size = paragraph->type.size;
    item->ink = span->ink;
    item->word_count = count;
    item->word = words;
    float width = item->width;
    if (link) {
        struct item text = *item;
        draw_link(layout, page, &text, span);
    }
    return width;
}

float
paragraph_draw(struct layout *layout, uint32_t page, const struct paragraph *paragraph,
               uint32_t from, uint32_t end, float x, float y, float width, enum align align,
               uint32_t tag)
{
    for (uint32_t l = from; l < end; l++) {
        const struct set_line *line = &paragraph->line[l];
        uint32_t count = line->to - line->from;
        if (count == 0)
            continue;
        const struct unit **order = arena_array(layout->arena, count, sizeof(void *));
        order_units(layout, paragraph, line, order);
        float at = align == ALIGN_END      ? x + width - line->width
                   : align == ALIGN_CENTRE ? x + (width - line->width) / 2
                                           : x;
        for (uint32_t first = 0, i = 1; i <= count; i++)
            if (i == count || order[i]->span != order[first]->span) {
                at += draw_words(layout, page, paragraph, order + first, i - first, at,
                                 y + (float)(l - from) * paragraph->type.leading, tag);
                first = i;
            }
    }
    return (float)(end - from) * paragraph->type.leading;
}

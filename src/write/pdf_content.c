#include "pdf_content.h"

#include "coordinate.h"
#include "letters.h"
#include "pdf_text.h"

#include <math.h>
#include <string.h>

enum { NO_FACE = UINT32_MAX };

void
pdf_content_numbers(struct pdf_content *content, const float *values, int count)
{
    for (int i = 0; i < count; i++) {
        coordinate_write(content->out, (double)values[i]);
        buf_char(content->out, ' ');
    }
}

static void
write_colour(struct pdf_content *content, enum ink ink, const char *operator)
{
    struct colour colour = content->palette[ink];
    const uint8_t parts[] = {colour.red, colour.green, colour.blue};
    bool grey = colour.red == colour.green && colour.green == colour.blue;
    for (int i = 0; i < (grey ? 1 : 3); i++) {
        buf_fixed(content->out, parts[i] / 255.0, 3);
        buf_char(content->out, ' ');
    }
    buf_string(content->out, grey ? operator+ 3 : operator);
    buf_char(content->out, '\n');
}

void
pdf_content_fill(struct pdf_content *content, enum ink ink)
{
    if (content->now.fill == ink)
        return;
    content->now.fill = ink;
    write_colour(content, ink, "rg\0g");
}

void
pdf_content_stroke(struct pdf_content *content, enum ink ink, float width, float dash)
{
    if (content->now.stroke != ink)
        write_colour(content, ink, "RG\0G");
    if (content->now.width != width) {
        coordinate_write(content->out, (double)width);
        buf_string(content->out, " w\n");
    }
    if (content->now.dash != dash) {
        buf_char(content->out, '[');
        if (dash > 0)
            coordinate_write(content->out, (double)dash);
        buf_string(content->out, "]0 d\n");
    }
    content->now.stroke = ink;
    content->now.width = width;
    content->now.dash = dash;
}

struct string { /* glyphs in the making */
    struct pdf_content *content;
    float size;
    bool array, text;  /* inside [ ] and inside ( ) */
    float shift, rise; /* to be made before the next glyph, thousandths; of the text */
};

static void
end_string(struct string *string)
{
    if (string->text)
        buf_char(string->content->out, ')');
    if (string->array)
        buf_char(string->content->out, ']');
    if (string->text || string->array)
        buf_string(string->content->out, string->array ? "TJ\n" : "Tj\n");
    string->text = string->array = false;
}

static void
choose_face(struct string *string, uint32_t face)
{
    struct pdf_content *content = string->content;
    if (content->now.face == face && content->now.size == string->size)
        return;
    end_string(string);
    buf_string(content->out, "/F");
    buf_int(content->out, face);
    buf_char(content->out, ' ');
    coordinate_write(content->out, (double)string->size);
    buf_string(content->out, " Tf\n");
    content->now.face = face;
    content->now.size = string->size;
}

static void
choose_rise(struct string *string, float rise)
{
    if (fabsf(string->rise - rise) < 0.5f)
        return;
    end_string(string);
    coordinate_write(string->content->out, (double)(rise * string->size / 1000));
    buf_string(string->content->out, " Ts\n");
    string->rise = rise;
}

static void
draw_glyph(struct string *string, const struct glyph *glyph)
{
    struct buf *out = string->content->out;
    choose_face(string, glyph->face);
    choose_rise(string, glyph->y);
    float shift = string->shift + glyph->x;
    if (fabsf(shift) >= 0.5f) {
        /* what stands before it was begun as a plain string: it goes into an array of its own */
        if (string->text && !string->array)
            end_string(string);
        buf_string(out, string->text ? ")" : string->array ? "" : "[");
        buf_int(out, lroundf(-shift));
        string->array = true;
        string->text = false;
        shift = 0;
    }
    if (!string->text)
        buf_char(out, '(');
    string->text = true;
    pdf_text_code(glyph->id, out);
    string->shift = shift - glyph->x + glyph->advance;
}

static void
begin_telling(struct string *string, struct text text)
{
    end_string(string);
    buf_string(string->content->out, "/Span<</ActualText");
    pdf_text_string(text, string->content->out);
    buf_string(string->content->out, ">>BDC\n");
}

static void
end_telling(struct string *string)
{
    end_string(string);
    buf_string(string->content->out, "EMC\n");
}

/* A blank too narrow to be seen, that stands for text. */
static void
draw_trace(struct string *string, struct text text)
{
    const float narrow = 0.01f;
    struct pdf_content *content = string->content;
    const struct shaped *blank =
        fonts_shape(content->layout->fonts, content->layout->arena, TEXT(" "), false, false);
    struct glyph glyph = blank->glyph[0];
    begin_telling(string, text);
    choose_face(string, glyph.face);
    buf_string(content->out, "1 Tz\n");
    pdf_fonts_use(content->fonts, blank, &glyph);
    glyph.advance = 0;
    draw_glyph(string, &glyph);
    string->shift -= pdf_fonts_advance(content->fonts, &glyph) * narrow;
    end_telling(string);
    buf_string(content->out, "100 Tz\n");
}

/* One glyph for several letters from right to left. All text is drawn from left to right, and
 * readers turn it letter by letter: so its last letters stand before it, each as a trace. Returns
 * its first letter, which the glyph then stands for. */
static struct text
draw_traces(struct string *string, struct text text)
{
    const char *end = text.bytes + text.length, *first = text.bytes, *at = end;
    letters_next(&first, end);
    while (at > first) {
        const char *letter = at - 1;
        while (letter > first && ((unsigned char)*letter & 0xC0) == 0x80)
            letter--;
        draw_trace(string, (struct text){letter, (uint32_t)(at - letter)});
        at = letter;
    }
    return (struct text){text.bytes, (uint32_t)(first - text.bytes)};
}

/* Glyphs for one piece of text; where they do not tell it, it is said beside them. */
static void
draw_cluster(struct string *string, const struct shaped *word, uint32_t from, uint32_t end)
{
    struct pdf_content *content = string->content;
    const struct glyph *first = &word->glyph[from];
    struct text text = {word->text.bytes + first->text_at, first->text_length};
    bool tells = end == from + 1;
    for (uint32_t i = from; i < end; i++)
        tells &= pdf_fonts_use(content->fonts, word, &word->glyph[i]);
    if (text.length > 2 && end == from + 1) {
        const char *at = text.bytes;
        bool turned = letters_right_to_left(letters_next(&at, text.bytes + text.length));
        if (turned && at < text.bytes + text.length) {
            text = draw_traces(string, text);
            tells = false;
        }
    }
    if (!tells && text.length)
        begin_telling(string, text);
    for (uint32_t i = from; i < end; i++) {
        draw_glyph(string, &word->glyph[i]);
        string->shift -= pdf_fonts_advance(content->fonts, &word->glyph[i]);
    }
    if (!tells && text.length)
        end_telling(string);
}

/* Whether a glyph stands for a letter that is written from right to left. */
static bool
is_turned(const struct shaped *word, uint32_t at)
{
    const char *from = word->text.bytes + word->glyph[at].text_at;
    return word->glyph[at].text_length &&
           letters_right_to_left(letters_next(&from, word->text.bytes + word->text.length));
}

/* Where signs at the ends of a word from right to left are marked as part of it, for readers who
 * turn its letters: before `left`, behind `right`. Points and commas are left outside: these
 * readers take them for parts of numbers. */
static void
find_signs(const struct shaped *word, uint32_t *left, uint32_t *right)
{
    bool any = false;
    *left = *right = word->count;
    for (uint32_t i = 0; i < word->count && !any && !word->plain; i++)
        any = is_turned(word, i);
    if (!any)
        return;
    uint32_t first = 0;
    while (first < word->count && strchr(".,:", word->text.bytes[word->glyph[first].text_at]))
        first++;
    if (!is_turned(word, first))
        *left = first;
    if (!is_turned(word, word->count - 1))
        *right = word->count - 1;
}

static void
draw_word(struct string *string, const struct shaped *word)
{
    const struct text mark = TEXT("\xE2\x80\x8F"); /* U+200F */
    uint32_t left, right;
    find_signs(word, &left, &right);
    for (uint32_t from = 0, end; from < word->count; from = end) {
        for (end = from + 1; end < word->count && word->glyph[end].text_length == 0;)
            end++;
        if (from == left)
            draw_trace(string, mark);
        draw_cluster(string, word, from, end);
        if (from <= right && right < end)
            draw_trace(string, mark);
    }
}

static void
draw_words(struct pdf_content *content, const struct item *item)
{
    struct string string = {.content = content, .size = item->size};
    for (uint32_t i = 0; i < item->word_count; i++)
        draw_word(&string, item->word[i]);
    choose_rise(&string, 0);
    end_string(&string);
}

static void
begin_text(struct pdf_content *content)
{
    if (content->in_text)
        return;
    buf_string(content->out, "BT\n");
    content->in_text = true;
    content->text_x = content->text_y = 0;
}

static void
end_text_object(struct pdf_content *content)
{
    if (content->in_text)
        buf_string(content->out, "ET\n");
    content->in_text = false;
}

/* Places are given from the line before: in a table the same steps come again and again, and take
 * next to no room when packed. */
static void
draw_text(struct pdf_content *content, const struct item *item)
{
    int32_t x = (int32_t)lround(fmax(-3e6, fmin(3e6, (double)item->x * 100))),
            y = (int32_t)lround(fmax(-3e6, fmin(3e6, (double)(content->height - item->y) * 100)));
    pdf_content_fill(content, item->ink);
    coordinate_write(content->out, (x - content->text_x) / 100.0);
    buf_char(content->out, ' ');
    coordinate_write(content->out, (y - content->text_y) / 100.0);
    buf_string(content->out, " Td");
    content->text_x = x;
    content->text_y = y;
    draw_words(content, item);
}

static void
draw_line(struct pdf_content *content, const struct item *item)
{
    const float from[] = {item->x, content->height - item->y},
                to[] = {item->x + item->width, content->height - item->y - item->height};
    pdf_content_stroke(content, item->stroke, item->stroke_width, 0);
    pdf_content_numbers(content, from, 2);
    buf_string(content->out, "m ");
    pdf_content_numbers(content, to, 2);
    buf_string(content->out, "l S\n");
}

static void
draw_rect(struct pdf_content *content, const struct item *item)
{
    const float box[] = {item->x, content->height - item->y - item->height, item->width,
                         item->height};
    bool filled = item->ink != INK_NONE, stroked = item->stroke != INK_NONE;
    if (filled)
        pdf_content_fill(content, item->ink);
    if (stroked)
        pdf_content_stroke(content, item->stroke, item->stroke_width, 0);
    pdf_content_numbers(content, box, 4);
    buf_string(content->out, filled && stroked ? "re B\n" : filled ? "re f\n" : "re S\n");
}

static void
draw_image(struct pdf_content *content, const struct item *item)
{
    const float matrix[] = {item->width,  0,       0,
                            item->height, item->x, content->height - item->y - item->height};
    buf_string(content->out, "q ");
    pdf_content_numbers(content, matrix, 6);
    buf_string(content->out, "cm /" PDF_LOGO " Do Q\n");
}

static void
draw_nothing(struct pdf_content *content, const struct item *item)
{
    (void)content, (void)item;
}

static void (*const draw[])(struct pdf_content *content, const struct item *item) = {
    [ITEM_TEXT] = draw_text,          [ITEM_LINE] = draw_line,   [ITEM_RECT] = draw_rect,
    [ITEM_SCENE] = pdf_content_scene, [ITEM_IMAGE] = draw_image, [ITEM_LINK] = draw_nothing,
    [ITEM_NOTHING] = draw_nothing,
};

/* Across the page, behind everything, in the ink of the grid. */
static void
draw_watermark(struct pdf_content *content, float width, const char *text)
{
    enum { LONGEST = 500 /* points */ };
    struct layout *layout = content->layout;
    const struct shaped *word =
        fonts_shape(layout->fonts, layout->arena, text_of(text), true, layout->right_to_left);
    if (word->width <= 0)
        return;
    float size = fminf(120, LONGEST * 1000 / word->width), half = word->width * size / 2000;
    const float turn = 0.7071068f;
    const float matrix[] = {turn,
                            turn,
                            -turn,
                            turn,
                            width / 2 - turn * half + turn * size / 3,
                            content->height / 2 - turn * half - turn * size / 3};
    buf_string(content->out, "/Artifact<</Type/Background>>BDC\n");
    pdf_content_fill(content, INK_GRID);
    buf_string(content->out, "BT ");
    for (int i = 0; i < 6; i++) {
        buf_fixed(content->out, (double)matrix[i], 4);
        buf_char(content->out, ' ');
    }
    buf_string(content->out, "Tm\n");
    draw_words(content, &(struct item){.size = size, .word_count = 1, .word = &word});
    buf_string(content->out, "ET\nEMC\n");
}

/* Things without a tag are decoration. */
static void
begin_mark(struct pdf_content *content, uint32_t page, const struct item *item)
{
    if (item->tag == TAG_NONE) {
        buf_string(content->out, item->kind == ITEM_TEXT ? "/Artifact<</Type/Pagination>>BDC\n"
                                                         : "/Artifact<</Type/Layout>>BDC\n");
        return;
    }
    buf_char(content->out, '/');
    buf_string(content->out, content->layout->tag[item->tag].type);
    buf_string(content->out, "<</MCID ");
    buf_int(content->out, content->marks->begin(content->marks->context, page, item->tag));
    buf_string(content->out, ">>BDC\n");
}

/* Marked content is begun inside a text object where its first thing is text, and one text object
 * holds as many pieces as it can. */
static void
draw_item(struct pdf_content *content, uint32_t page, const struct item *last,
          const struct item *item)
{
    bool text = item->kind == ITEM_TEXT, last_text = last && last->kind == ITEM_TEXT;
    bool same = last && last->tag == item->tag && last_text == text;
    if (last && !same)
        buf_string(content->out, "EMC\n");
    if (text)
        begin_text(content);
    else
        end_text_object(content);
    if (!same)
        begin_mark(content, page, item);
    draw[item->kind](content, item);
}

static void
begin_page(struct pdf_content *content, uint32_t page, const char *watermark)
{
    float width;
    layout_size(content->layout, page, &width, &content->height);
    content->now.fill = content->now.stroke = INK_NONE;
    content->now.width = content->now.dash = content->now.size = -1;
    content->now.face = NO_FACE;
    content->in_text = false;
    if (watermark && watermark[0])
        draw_watermark(content, width, watermark);
}

void
pdf_content_page(struct pdf_content *content, uint32_t at, const char *watermark)
{
    const struct page *page = &content->layout->page[at];
    const struct item *last = NULL; /* of the piece of marked content that is open */
    begin_page(content, at, watermark);
    for (uint32_t i = 0; i < page->count; i++) {
        const struct item *item = &page->item[i];
        if (item->kind == ITEM_LINK || item->kind == ITEM_NOTHING) {
            content->marks->other(content->marks->context, at, item);
        } else if (item->kind != ITEM_TEXT || item->word_count) {
            draw_item(content, at, last, item);
            last = item;
        }
    }
    if (last)
        buf_string(content->out, "EMC\n");
    end_text_object(content);
}

/* Which face draws what; words shaped once and remembered. */
#include "fonts.h"

#include "bidi.h"
#include "faces.h"
#include "letters.h"
#include "memory.h"
#include "symbols.h"

#include <stdlib.h>
#include <string.h>

enum { FACE_MOST = 64, REMEMBERED_MOST = 1 << 18, BOX = 0x25A1 };
enum { NO_FACE = UINT16_MAX };

struct remembered { /* words of one weight and direction */
    struct symbols *texts;
    size_t capacity;
    struct shaped **shaped; /* of each text */
};

struct fonts {
    struct arena *arena;
    uint32_t face_count;
    struct face *face[FACE_MOST];
    struct {
        uint16_t glyph[128];
        float advance[128];
    } text[2];                          /* regular and bold text face: face 0 and 1 */
    struct remembered remembered[2][2]; /* bold, right to left */
    struct subsets *subsets;
    const char *name[FACE_MOST + 1];
};

static bool
open_face(struct fonts *fonts, const char *file, bool bold)
{
    if (fonts->face_count == FACE_MOST)
        return false;
    struct face *face = face_open(fonts->arena, file, bold);
    if (!face)
        return false;
    fonts->name[fonts->face_count] = face_facts(face)->full_name;
    fonts->face[fonts->face_count++] = face;
    return true;
}

static void
prepare_plain(struct fonts *fonts, int bold)
{
    for (uint32_t c = 0x20; c < 0x7F; c++) {
        uint16_t glyph = face_glyph(fonts->face[bold], c);
        fonts->text[bold].glyph[c] = glyph;
        fonts->text[bold].advance[c] = face_advance(fonts->face[bold], glyph);
    }
}

struct fonts *
fonts_open(struct diag *diag)
{
    struct arena *arena = arena_new();
    struct fonts *fonts = arena_alloc(arena, sizeof *fonts);
    const struct face_file *file = face_files;
    fonts->arena = arena;
    if (!open_face(fonts, file->regular, false) || !open_face(fonts, file->bold, true)) {
        diag_report(diag, SEVERITY_ERROR, EXIT_FAILED, "fonts.missing",
                    (struct place){file->regular, 0, 0},
                    "the text face Carlito is not installed, or not its bold");
        diag_hint(diag, "it is in Debian's package fonts-crosextra-carlito");
        fonts_close(fonts);
        return NULL;
    }
    for (int bold = 0; bold < 2; bold++)
        for (int back = 0; back < 2; back++)
            fonts->remembered[bold][back].texts = symbols_new(1024);
    for (file++; file->regular; file++)
        if (!open_face(fonts, file->regular, false) ||
            (file->bold && !open_face(fonts, file->bold, true)))
            diag_report(diag, SEVERITY_NOTE, EXIT_OK, "fonts.fallback",
                        (struct place){file->regular, 0, 0},
                        "a fallback face is not installed; its script is printed as boxes");
    for (int bold = 0; bold < 2; bold++)
        prepare_plain(fonts, bold);
    return fonts;
}

void
fonts_close(struct fonts *fonts)
{
    for (uint32_t f = 0; f < fonts->face_count; f++)
        face_close(fonts->face[f]);
    for (int i = 0; i < 4; i++) {
        struct remembered *remembered = &fonts->remembered[i / 2][i % 2];
        if (remembered->texts)
            symbols_free(remembered->texts);
        free(remembered->shaped);
    }
    if (fonts->subsets)
        subsets_free(fonts->subsets);
    arena_free(fonts->arena);
}

const char *const *
fonts_names(const struct fonts *fonts)
{
    return fonts->name;
}

uint32_t
fonts_face_count(const struct fonts *fonts)
{
    return fonts->face_count;
}

const struct face_facts *
fonts_facts(const struct fonts *fonts, uint32_t face)
{
    return face_facts(fonts->face[face]);
}

float
fonts_advance(const struct fonts *fonts, uint32_t face, uint16_t glyph)
{
    return face_advance(fonts->face[face], glyph);
}

/* Marks, joiners and variation selectors stay with the face of what they follow. */
static bool
follows(uint32_t letter)
{
    return (letter >= 0x300 && letter <= 0x36F) || (letter >= 0x200B && letter <= 0x200F) ||
           (letter >= 0xFE00 && letter <= 0xFE0F) || (letter >= 0x20D0 && letter <= 0x20FF);
}

static bool
is_seen(uint32_t letter)
{
    return !(letter >= 0x200B && letter <= 0x200F) && !(letter >= 0xFE00 && letter <= 0xFE0F);
}

/* Whether a face has a letter with the marks behind it, up to `end`. */
static bool
has_letter(const struct face *face, uint32_t letter, const char *marks, const char *end)
{
    if (!face_glyph(face, letter))
        return false;
    for (const char *at = marks; at < end;) {
        uint32_t mark = letters_next(&at, end);
        uint32_t composed = letter ? face_composed(letter, mark) : 0;
        letter = composed && face_glyph(face, composed) ? composed : 0;
        if (!letter && is_seen(mark) && !face_glyph(face, mark))
            return false;
    }
    return true;
}

/* The first face of the weight that has the letter with its marks, else the first of any weight,
 * else the same without the marks. */
static uint16_t
find_face(const struct fonts *fonts, uint32_t letter, bool bold, const char *marks, const char *end)
{
    for (int pass = 0; pass < 4; pass++)
        for (uint32_t f = 0; f < fonts->face_count; f++)
            if ((face_facts(fonts->face[f])->bold == bold) == (pass % 2 == 0) &&
                has_letter(fonts->face[f], letter, marks, pass < 2 ? end : marks))
                return (uint16_t)f;
    return NO_FACE;
}

struct stretch { /* of a word, in one face; NO_FACE: one letter that none has */
    uint16_t face;
    uint32_t start, end;
};

struct making { /* a word's glyphs */
    struct fonts *fonts;
    struct text text;
    bool bold, right_to_left;
    uint32_t boxed;
    size_t stretch_count, stretch_capacity, count, capacity;
    struct stretch *stretch;
    struct glyph *glyph;
};

static void
add_glyph(struct making *making, struct glyph glyph)
{
    memory_grow(&making->glyph, &making->capacity, making->count + 1, sizeof glyph);
    making->glyph[making->count++] = glyph;
}

static struct glyph
box_for(struct making *making, uint32_t start, uint32_t end)
{
    uint16_t face = find_face(making->fonts, BOX, making->bold, NULL, NULL);
    if (face == NO_FACE)
        face = making->bold;
    uint16_t glyph = face_glyph(making->fonts->face[face], BOX);
    making->boxed++;
    return (struct glyph){.face = face,
                          .id = glyph,
                          .advance = fonts_advance(making->fonts, face, glyph),
                          .text_at = (uint16_t)start,
                          .text_length = (uint16_t)(end - start)};
}

static void
shape_stretch(struct making *making, const struct stretch *stretch)
{
    struct face_glyph *glyphs;
    uint32_t count = face_shape(making->fonts->face[stretch->face], making->text, stretch->start,
                                stretch->end, making->right_to_left, &glyphs);
    for (uint32_t i = 0; i < count; i++) {
        const struct face_glyph *from = &glyphs[i];
        if (from->id == 0)
            add_glyph(making, box_for(making, from->start, from->end));
        else
            add_glyph(making, (struct glyph){.face = stretch->face,
                                             .id = from->id,
                                             .advance = from->advance,
                                             .x = from->x,
                                             .y = from->y,
                                             .text_at = (uint16_t)from->start,
                                             .text_length = (uint16_t)(from->end - from->start)});
    }
    free(glyphs);
}

/* The end of the marks that stand behind a letter. */
static const char *
skip_marks(const char *at, const char *end)
{
    while (at < end) {
        const char *next = at;
        if (!follows(letters_next(&next, end)))
            break;
        at = next;
    }
    return at;
}

static void
find_stretches(struct making *making)
{
    const char *start = making->text.bytes, *end = start + making->text.length;
    for (const char *at = start, *from = start; at < end; from = at) {
        uint32_t letter = letters_next(&at, end);
        const char *marks = at;
        at = skip_marks(at, end);
        uint16_t face = find_face(making->fonts, letter, making->bold, marks, at);
        struct stretch *last =
            making->stretch_count ? &making->stretch[making->stretch_count - 1] : NULL;
        if (last && face == last->face && face != NO_FACE) {
            last->end = (uint32_t)(at - start);
            continue;
        }
        memory_grow(&making->stretch, &making->stretch_capacity, making->stretch_count + 1,
                    sizeof *making->stretch);
        making->stretch[making->stretch_count++] =
            (struct stretch){face, (uint32_t)(from - start), (uint32_t)(at - start)};
    }
}

static struct shaped *
keep(struct arena *arena, const struct making *making)
{
    struct shaped *shaped = arena_alloc(arena, sizeof *shaped);
    struct glyph *glyphs = arena_array(arena, making->count, sizeof *glyphs);
    if (making->count)
        memcpy(glyphs, making->glyph, making->count * sizeof *glyphs);
    *shaped = (struct shaped){
        .count = (uint32_t)making->count,
        .boxed = making->boxed,
        .plain = bidi_is_plain(making->text),
        .text = {arena_copy(arena, making->text.bytes, making->text.length), making->text.length},
        .glyph = glyphs};
    for (size_t i = 0; i < making->count; i++)
        shaped->width += glyphs[i].advance;
    return shaped;
}

static struct shaped *
shape(struct fonts *fonts, struct arena *arena, struct text text, bool bold, bool right_to_left)
{
    struct making making = {
        .fonts = fonts, .text = text, .bold = bold, .right_to_left = right_to_left};
    find_stretches(&making);
    for (size_t i = 0; i < making.stretch_count; i++) {
        size_t at = right_to_left ? making.stretch_count - 1 - i : i;
        const struct stretch *stretch = &making.stretch[at];
        if (stretch->face == NO_FACE)
            add_glyph(&making, box_for(&making, stretch->start, stretch->end));
        else
            shape_stretch(&making, stretch);
    }
    struct shaped *shaped = keep(arena, &making);
    free(making.stretch);
    free(making.glyph);
    return shaped;
}

/* Numbers are many and need neither kerning nor memory. */
static bool
is_number(struct text text)
{
    for (uint32_t i = 0; i < text.length; i++)
        if (text.bytes[i] < ' ' || text.bytes[i] > '9' || text.bytes[i] == '"')
            return false;
    return true;
}

static const struct shaped *
set_number(struct fonts *fonts, struct arena *arena, struct text text, bool bold)
{
    struct glyph *glyphs = arena_array(arena, text.length, sizeof *glyphs);
    struct shaped *shaped = arena_alloc(arena, sizeof *shaped);
    *shaped = (struct shaped){.count = text.length,
                              .plain = true,
                              .text = {arena_copy(arena, text.bytes, text.length), text.length},
                              .glyph = glyphs};
    for (uint32_t i = 0; i < text.length; i++) {
        int c = (unsigned char)text.bytes[i];
        glyphs[i] = (struct glyph){.face = bold,
                                   .id = fonts->text[bold].glyph[c],
                                   .advance = fonts->text[bold].advance[c],
                                   .text_at = (uint16_t)i,
                                   .text_length = 1};
        shaped->width += glyphs[i].advance;
    }
    return shaped;
}

const struct shaped *
fonts_shape(struct fonts *fonts, struct arena *arena, struct text word, bool bold,
            bool right_to_left)
{
    enum { LONGEST = 4096 /* longer ones are drawn up to here: positions in a word are 16 bits */ };
    if (word.length > LONGEST)
        word.length = (uint32_t)text_valid_utf8(word.bytes, LONGEST);
    if (!right_to_left && word.length > 1 && is_number(word))
        return set_number(fonts, arena, word, bold);
    struct remembered *remembered = &fonts->remembered[bold][right_to_left];
    uint32_t known = symbols_count(remembered->texts), symbol;
    symbol = known < REMEMBERED_MOST ? symbols_intern(remembered->texts, word)
                                     : symbols_find(remembered->texts, word);
    if (symbol == SYMBOL_NONE)
        return shape(fonts, arena, word, bold, right_to_left);
    if (symbol >= known) {
        memory_grow(&remembered->shaped, &remembered->capacity, symbol + 1u, sizeof(void *));
        remembered->shaped[symbol] = shape(fonts, fonts->arena, word, bold, right_to_left);
    }
    return remembered->shaped[symbol];
}

/* Letters join differently where a word is drawn backwards. */
static bool
turns(struct text word)
{
    const char *at = word.bytes, *end = word.bytes + word.length;
    while (at < end)
        if (letters_right_to_left(letters_next(&at, end)))
            return true;
    return false;
}

static double
word_width(struct fonts *fonts, struct text word, bool bold)
{
    double width = 0;
    if (!is_number(word))
        return (double)fonts_shape(fonts, fonts->arena, word, bold, turns(word))->width;
    for (uint32_t i = 0; i < word.length; i++)
        width += (double)fonts->text[bold].advance[(int)word.bytes[i]];
    return width;
}

/* Where an isolate begins or ends: nothing is drawn there. */
static const char *
find_mark(struct text line)
{
    const char *end = line.bytes + line.length;
    for (const char *at = line.bytes; (at = memchr(at, '\xE2', (size_t)(end - at))); at++)
        if (end - at > 2 &&
            (memcmp(at, "\xE2\x81\xA8", 3) == 0 || memcmp(at, "\xE2\x81\xA9", 3) == 0))
            return at;
    return NULL;
}

double
fonts_width(struct fonts *fonts, struct text line, bool bold)
{
    double width = 0;
    const char *mark = find_mark(line);
    if (mark) {
        uint32_t before = (uint32_t)(mark - line.bytes);
        return fonts_width(fonts, (struct text){line.bytes, before}, bold) +
               fonts_width(fonts, (struct text){mark + 3, line.length - before - 3}, bold);
    }
    while (line.length) {
        const char *blank = memchr(line.bytes, ' ', line.length);
        uint32_t length = blank ? (uint32_t)(blank - line.bytes) : line.length;
        width += word_width(fonts, (struct text){line.bytes, length}, bold);
        if (blank)
            width += (double)fonts->text[bold].advance[' '];
        line.bytes += length + (blank != NULL);
        line.length -= length + (blank != NULL);
    }
    return width;
}

static double
measure(void *context, const char *utf8, double size, bool bold)
{
    return fonts_width(context, text_of(utf8), bold) * size / 1000;
}

struct metrics
fonts_metrics(struct fonts *fonts)
{
    return (struct metrics){fonts, measure};
}

const struct subset *
fonts_subset(struct fonts *fonts, uint32_t face, const bool *used)
{
    if (!fonts->subsets)
        fonts->subsets = subsets_new();
    return subsets_of(fonts->subsets, fonts->face[face], used);
}

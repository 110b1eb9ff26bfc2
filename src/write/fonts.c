#include "fonts.h"

#include "arena.h"
#include "bidi.h"
#include "memory.h"
#include "symbols.h"

#include <hb-ot.h>
#include <hb-subset.h>
#include <hb.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FACE_MOST = 24, PLAIN_MOST = 0x250, BOX = 0x25A1 };

struct face {
    hb_blob_t *blob;
    hb_face_t *face;
    hb_font_t *font;
    double thousandths; /* per font unit */
    bool bold;
    const char *file;
};

struct remembered {
    struct symbols *texts;
    size_t capacity;
    struct shaped **shaped; /* of each text, or NULL */
};

struct fonts {
    struct arena *arena;
    uint32_t face_count;
    struct face face[FACE_MOST];
    struct {
        uint16_t glyph[PLAIN_MOST];
        float advance[PLAIN_MOST];
    } plain[2]; /* regular and bold Carlito: face 0 and 1 */
    struct remembered remembered[2];
    const char *name[FACE_MOST + 1];
};

/* Regular and bold of each, in the order in which they are tried. */
static const char *const files[][2] = {
    {"/usr/share/fonts/truetype/crosextra/Carlito-Regular.ttf",
     "/usr/share/fonts/truetype/crosextra/Carlito-Bold.ttf"},
    {"/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
     "/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf"},
    {"/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf",
     "/usr/share/fonts/truetype/noto/NotoSansArabic-Bold.ttf"},
    {"/usr/share/fonts/truetype/noto/NotoSansHebrew-Regular.ttf",
     "/usr/share/fonts/truetype/noto/NotoSansHebrew-Bold.ttf"},
    {"/usr/share/fonts/truetype/noto/NotoSansDevanagari-Regular.ttf",
     "/usr/share/fonts/truetype/noto/NotoSansDevanagari-Bold.ttf"},
    {"/usr/share/fonts/truetype/noto/NotoSansThai-Regular.ttf",
     "/usr/share/fonts/truetype/noto/NotoSansThai-Bold.ttf"},
    {"/usr/share/fonts/truetype/noto/NotoSansSymbols2-Regular.ttf", NULL},
    {"/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf", NULL},
};

static bool
open_face(struct fonts *fonts, const char *file, bool bold)
{
    hb_blob_t *blob = file ? hb_blob_create_from_file_or_fail(file) : NULL;
    if (!blob || fonts->face_count == FACE_MOST) {
        hb_blob_destroy(blob);
        return false;
    }
    struct face *face = &fonts->face[fonts->face_count];
    face->blob = blob;
    face->face = hb_face_create(blob, 0);
    face->font = hb_font_create(face->face);
    face->thousandths = 1000.0 / hb_face_get_upem(face->face);
    face->bold = bold;
    face->file = file;
    hb_face_make_immutable(face->face);
    fonts->face_count++;
    return true;
}

static void
prepare_plain(struct fonts *fonts, int bold)
{
    const struct face *face = &fonts->face[bold];
    for (hb_codepoint_t c = 0x20; c < PLAIN_MOST; c++) {
        hb_codepoint_t glyph = 0;
        if (!hb_font_get_nominal_glyph(face->font, c, &glyph))
            continue;
        fonts->plain[bold].glyph[c] = (uint16_t)glyph;
        fonts->plain[bold].advance[c] =
            (float)(hb_font_get_glyph_h_advance(face->font, glyph) * face->thousandths);
    }
}

static const char *
describe(struct fonts *fonts, const struct face *face)
{
    char name[128] = "", version[128] = "";
    unsigned length = sizeof name, version_length = sizeof version;
    hb_ot_name_get_utf8(face->face, HB_OT_NAME_ID_FULL_NAME, HB_LANGUAGE_INVALID, &length, name);
    hb_ot_name_get_utf8(face->face, HB_OT_NAME_ID_VERSION_STRING, HB_LANGUAGE_INVALID,
                        &version_length, version);
    return arena_printf(fonts->arena, "%s %s", name, version);
}

struct fonts *
fonts_open(struct diag *diag)
{
    struct arena *arena = arena_new();
    struct fonts *fonts = arena_alloc(arena, sizeof *fonts);
    fonts->arena = arena;
    if (!open_face(fonts, files[0][0], false) || !open_face(fonts, files[0][1], true)) {
        diag_report(diag, SEVERITY_ERROR, EXIT_FAILED, "fonts.missing",
                    (struct place){files[0][0], 0, 0}, "the text face Carlito is not installed");
        diag_hint(diag, "it is in Debian's package fonts-crosextra-carlito");
        fonts_close(fonts);
        return NULL;
    }
    for (size_t i = 1; i < sizeof files / sizeof *files; i++) {
        open_face(fonts, files[i][0], false);
        open_face(fonts, files[i][1], true);
    }
    for (int bold = 0; bold < 2; bold++) {
        prepare_plain(fonts, bold);
        fonts->remembered[bold].texts = symbols_new(4096);
    }
    for (uint32_t f = 0; f < fonts->face_count; f++)
        fonts->name[f] = describe(fonts, &fonts->face[f]);
    return fonts;
}

void
fonts_close(struct fonts *fonts)
{
    for (uint32_t f = 0; f < fonts->face_count; f++) {
        hb_font_destroy(fonts->face[f].font);
        hb_face_destroy(fonts->face[f].face);
        hb_blob_destroy(fonts->face[f].blob);
    }
    for (int bold = 0; bold < 2; bold++) {
        symbols_free(fonts->remembered[bold].texts);
        free(fonts->remembered[bold].shaped);
    }
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

/* The next character of valid UTF-8; U+FFFD and one byte for anything else. */
static uint32_t
decode(struct text text, uint32_t at, uint32_t *length)
{
    const unsigned char *c = (const unsigned char *)text.bytes + at;
    size_t left = text.length - at;
    *length = c[0] < 0x80 ? 1 : c[0] < 0xE0 ? 2 : c[0] < 0xF0 ? 3 : 4;
    if (*length > left || text_valid_utf8((const char *)c, *length) != *length) {
        *length = 1;
        return 0xFFFD;
    }
    switch (*length) {
    case 1:
        return c[0];
    case 2:
        return (c[0] & 0x1Fu) << 6 | (c[1] & 0x3Fu);
    case 3:
        return (c[0] & 0x0Fu) << 12 | (c[1] & 0x3Fu) << 6 | (c[2] & 0x3Fu);
    default:
        return (c[0] & 0x07u) << 18 | (c[1] & 0x3Fu) << 12 | (c[2] & 0x3Fu) << 6 | (c[3] & 0x3Fu);
    }
}

/* Marks and joiners stay with the face of what they follow. */
static bool
follows(uint32_t c)
{
    return (c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0xFE00 && c <= 0xFE0F);
}

static uint32_t
find_face(const struct fonts *fonts, uint32_t c, bool bold, uint32_t before)
{
    hb_codepoint_t glyph;
    if (follows(c) && before != UINT32_MAX)
        return before;
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t f = 0; f < fonts->face_count; f++)
            if ((fonts->face[f].bold == bold || pass == 1) &&
                hb_font_get_nominal_glyph(fonts->face[f].font, c, &glyph))
                return f;
    return UINT32_MAX;
}

struct line { /* glyphs of a line in the making */
    struct glyph *glyph;
    size_t capacity;
    uint32_t count, boxed;
    double width;
};

static void
add_glyph(struct line *line, struct glyph glyph)
{
    memory_grow(&line->glyph, &line->capacity, line->count + 1u, sizeof glyph);
    line->glyph[line->count++] = glyph;
    line->width += (double)glyph.advance;
}

/* One stretch of one face and one direction. */
static void
shape_stretch(const struct fonts *fonts, struct line *line, struct text text, uint32_t start,
              uint32_t end, uint32_t face, bool right_to_left)
{
    hb_buffer_t *buffer = hb_buffer_create();
    unsigned count = 0;
    double scale = fonts->face[face].thousandths;
    hb_buffer_add_utf8(buffer, text.bytes, (int)text.length, start, (int)(end - start));
    hb_buffer_guess_segment_properties(buffer);
    hb_buffer_set_direction(buffer, right_to_left ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_shape(fonts->face[face].font, buffer, NULL, 0);
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *position = hb_buffer_get_glyph_positions(buffer, NULL);
    for (unsigned i = 0; i < count; i++)
        add_glyph(line, (struct glyph){(uint16_t)face, (uint16_t)info[i].codepoint,
                                       (float)(position[i].x_advance * scale),
                                       (float)(position[i].x_offset * scale),
                                       (float)(position[i].y_offset * scale), info[i].cluster});
    hb_buffer_destroy(buffer);
}

static void
add_box(const struct fonts *fonts, struct line *line, bool bold, uint32_t cluster)
{
    hb_codepoint_t glyph = 0;
    uint32_t face = find_face(fonts, BOX, bold, UINT32_MAX);
    line->boxed++;
    if (face == UINT32_MAX)
        face = bold;
    else
        hb_font_get_nominal_glyph(fonts->face[face].font, BOX, &glyph);
    add_glyph(line, (struct glyph){(uint16_t)face, (uint16_t)glyph,
                                   fonts_advance(fonts, face, (uint16_t)glyph), 0, 0, cluster});
}

/* A run of one direction: stretches of one face each, in visual order. */
static void
shape_run(const struct fonts *fonts, struct line *line, struct text text,
          const struct bidi_run *run, bool bold)
{
    uint32_t at = run->start, end = run->start + run->length, before = UINT32_MAX, from = at;
    while (at <= end) {
        uint32_t length = 1;
        uint32_t c = at < end ? decode(text, at, &length) : 0;
        uint32_t face = at < end ? find_face(fonts, c, bold, before) : UINT32_MAX;
        if (at == end || face != before) {
            if (at > from && before != UINT32_MAX)
                shape_stretch(fonts, line, text, from, at, before, run->right_to_left);
            from = at;
        }
        if (at < end && face == UINT32_MAX) {
            add_box(fonts, line, bold, at);
            from = at + length;
        }
        before = face;
        at += length;
    }
}

static bool
shape_plain(const struct fonts *fonts, struct line *line, struct text text, bool bold)
{
    for (uint32_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.bytes[i];
        bool simple = (c >= '0' && c <= '9') || c == '.' || c == ',' || c == ' ' || c == '%' ||
                      c == '-' || c == '+';
        if (!simple || fonts->plain[bold].glyph[c] == 0)
            return false;
        add_glyph(line, (struct glyph){bold, fonts->plain[bold].glyph[c],
                                       fonts->plain[bold].advance[c], 0, 0, i});
    }
    return true;
}

static struct shaped *
shape(struct fonts *fonts, struct text text, bool bold)
{
    struct line line = {0};
    if (!shape_plain(fonts, &line, text, bold)) {
        line.count = 0;
        line.width = 0;
        struct bidi *bidi = bidi_is_plain(text) ? NULL : bidi_open(text, BIDI_FIRST_STRONG);
        const struct bidi_run whole = {0, text.length, false}, *runs = &whole;
        uint32_t count = bidi ? bidi_line(bidi, 0, text.length, &runs) : 1;
        for (uint32_t i = 0; i < count; i++)
            shape_run(fonts, &line, text, &runs[i], bold);
        bidi_close(bidi);
    }
    struct glyph *glyphs = arena_array(fonts->arena, line.count, sizeof *glyphs);
    if (line.count)
        memcpy(glyphs, line.glyph, line.count * sizeof *glyphs);
    struct shaped *shaped = arena_alloc(fonts->arena, sizeof *shaped);
    *shaped = (struct shaped){line.count, line.boxed, (float)line.width, glyphs};
    free(line.glyph);
    return shaped;
}

const struct shaped *
fonts_shape(struct fonts *fonts, struct text text, bool bold)
{
    struct remembered *remembered = &fonts->remembered[bold];
    uint32_t known = symbols_count(remembered->texts);
    uint32_t symbol = symbols_intern(remembered->texts, text);
    if (symbol >= known) {
        memory_grow(&remembered->shaped, &remembered->capacity, symbol + 1u,
                    sizeof *remembered->shaped);
        remembered->shaped[symbol] = shape(fonts, text, bold);
    }
    return remembered->shaped[symbol];
}

static double
measure(void *context, const char *utf8, double size, bool bold)
{
    return (double)fonts_shape(context, text_of(utf8), bold)->width * size / 1000;
}

struct metrics
fonts_metrics(struct fonts *fonts)
{
    return (struct metrics){fonts, measure};
}

float
fonts_advance(const struct fonts *fonts, uint32_t face, uint16_t glyph)
{
    return (float)(hb_font_get_glyph_h_advance(fonts->face[face].font, glyph) *
                   fonts->face[face].thousandths);
}

static int
table_number(const struct face *face, const char *tag, unsigned at)
{
    hb_blob_t *table = hb_face_reference_table(face->face, HB_TAG(tag[0], tag[1], tag[2], tag[3]));
    unsigned length = 0;
    const unsigned char *bytes = (const unsigned char *)hb_blob_get_data(table, &length);
    int value = at + 2 <= length ? (int16_t)(bytes[at] << 8 | bytes[at + 1]) : 0;
    hb_blob_destroy(table);
    return (int)lround(value * face->thousandths);
}

struct face_facts
fonts_facts(const struct fonts *fonts, uint32_t index)
{
    const struct face *face = &fonts->face[index];
    char name[96] = "";
    unsigned length = sizeof name;
    hb_ot_name_get_utf8(face->face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &length,
                        name);
    struct face_facts facts = {arena_string(fonts->arena, name), .bold = face->bold};
    facts.ascent = table_number(face, "hhea", 4);
    facts.descent = table_number(face, "hhea", 6);
    facts.cap_height = table_number(face, "OS/2", 88);
    if (facts.cap_height <= 0)
        facts.cap_height = facts.ascent * 7 / 10;
    for (unsigned i = 0; i < 4; i++)
        facts.box[i] = table_number(face, "head", 36 + 2 * i);
    hb_blob_t *cff = hb_face_reference_table(face->face, HB_TAG('C', 'F', 'F', ' '));
    facts.cff = hb_blob_get_length(cff) > 0;
    hb_blob_destroy(cff);
    return facts;
}

bool
fonts_subset(const struct fonts *fonts, uint32_t face, const uint8_t *used, struct buf *out)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        return false;
    hb_set_t *glyphs = hb_subset_input_glyph_set(input);
    for (hb_codepoint_t g = 0; g < 65536; g++)
        if (used[g])
            hb_set_add(glyphs, g);
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_NO_HINTING);
    hb_set_t *drop = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    static const char *const unneeded[] = {"GSUB", "GPOS", "GDEF", "name", "post",
                                           "OS/2", "kern", "DSIG", "cmap"};
    for (size_t i = 0; i < sizeof unneeded / sizeof *unneeded; i++)
        hb_set_add(drop, HB_TAG(unneeded[i][0], unneeded[i][1], unneeded[i][2], unneeded[i][3]));
    hb_face_t *subset = hb_subset_or_fail(fonts->face[face].face, input);
    hb_subset_input_destroy(input);
    if (!subset)
        return false;
    hb_blob_t *blob = hb_face_reference_blob(subset);
    unsigned length = 0;
    const char *bytes = hb_blob_get_data(blob, &length);
    buf_add(out, bytes, length);
    hb_blob_destroy(blob);
    hb_face_destroy(subset);
    return length > 0;
}

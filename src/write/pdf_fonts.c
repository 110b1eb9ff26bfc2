#include "pdf_fonts.h"

#include "coordinate.h"
#include "letters.h"
#include "pdf_text.h"

#include <math.h>
#include <string.h>

struct used_face {
    bool *used;        /* of each glyph; NULL: none of this face */
    float *advance;    /* of each used glyph */
    struct text *text; /* of each glyph: what it stands for */
};

struct pdf_fonts {
    struct arena *arena;
    struct fonts *fonts;
    struct used_face *face;
};

struct pdf_fonts *
pdf_fonts_new(struct arena *arena, struct fonts *fonts)
{
    struct pdf_fonts *made = arena_alloc(arena, sizeof *made);
    made->arena = arena;
    made->fonts = fonts;
    made->face = arena_array(arena, fonts_face_count(fonts), sizeof *made->face);
    return made;
}

bool
pdf_fonts_use(struct pdf_fonts *fonts, const struct shaped *word, const struct glyph *glyph)
{
    struct used_face *face = &fonts->face[glyph->face];
    struct text text = {word->text.bytes + glyph->text_at, glyph->text_length};
    if (!face->used) {
        uint32_t count = fonts_facts(fonts->fonts, glyph->face)->glyph_count;
        face->used = arena_array(fonts->arena, count, sizeof *face->used);
        face->text = arena_array(fonts->arena, count, sizeof *face->text);
        face->advance = arena_array(fonts->arena, count, sizeof *face->advance);
    }
    if (!face->used[glyph->id])
        face->advance[glyph->id] = fonts_advance(fonts->fonts, glyph->face, glyph->id);
    struct text *stands_for = &face->text[glyph->id];
    if (!face->used[glyph->id] || stands_for->length == 0)
        *stands_for = text;
    face->used[glyph->id] = true;
    return text.length > 0 && text_equal(*stands_for, text);
}

float
pdf_fonts_advance(const struct pdf_fonts *fonts, const struct glyph *glyph)
{
    return fonts->face[glyph->face].advance[glyph->id];
}

/* Advances of the used glyphs: runs of neighbours as arrays. */
static void
write_widths(const struct pdf_fonts *fonts, uint32_t f, struct buf *out)
{
    const bool *used = fonts->face[f].used;
    uint32_t count = fonts_facts(fonts->fonts, f)->glyph_count;
    buf_string(out, "/W[");
    for (uint32_t g = 0; g < count; g++) {
        if (!used[g])
            continue;
        buf_int(out, g);
        for (buf_char(out, '['); g < count && used[g]; g++) {
            coordinate_write(out, (double)fonts->face[f].advance[g]);
            buf_char(out, ' ');
        }
        buf_char(out, ']');
    }
    buf_char(out, ']');
}

/* The text of each glyph, in the order of glyphs; one without text is a joiner that is not seen. */
static void
write_unicode(const struct pdf_fonts *fonts, uint32_t f, struct buf *out)
{
    const struct used_face *face = &fonts->face[f];
    uint32_t count = fonts_facts(fonts->fonts, f)->glyph_count, total = 0, listed = 0;
    buf_string(out, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                    "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
                    "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                    "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
    for (uint32_t g = 1; g < count; g++)
        total += face->used[g];
    for (uint32_t g = 1; g < count; g++) {
        if (!face->used[g])
            continue;
        if (listed % 100 == 0)
            buf_printf(out, "%u beginbfchar\n", total - listed < 100 ? total - listed : 100);
        buf_printf(out, "<%04X><", g);
        if (face->text[g].length)
            pdf_text_utf16(face->text[g], out);
        else
            buf_string(out, "200B");
        buf_string(out, ">\n");
        if (++listed % 100 == 0 || listed == total)
            buf_string(out, "endbfchar\n");
    }
    buf_string(out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
}

static struct text
keep(struct arena *arena, struct buf *bytes)
{
    struct text kept = {arena_copy(arena, bytes->bytes, bytes->length), (uint32_t)bytes->length};
    buf_clear(bytes);
    return kept;
}

static bool
write_file(struct pdf_fonts *fonts, struct pdf *pdf, uint32_t f, uint32_t *number)
{
    const struct subset *subset = fonts_subset(fonts->fonts, f, fonts->face[f].used);
    if (subset)
        *number = pdf_stream(
            pdf, arena_printf(fonts->arena, "/Length1 %zu/Filter/FlateDecode", subset->length),
            subset->packed);
    return subset != NULL;
}

/* "ABCDEF+Name": the letters count the faces. */
static const char *
subset_name(struct pdf_fonts *fonts, uint32_t f)
{
    return arena_printf(fonts->arena, "SEFP%c%c+%s", (char)('A' + f / 26), (char)('A' + f % 26),
                        fonts_facts(fonts->fonts, f)->name);
}

static uint32_t
write_descriptor(struct pdf_fonts *fonts, struct pdf *pdf, uint32_t f, uint32_t file,
                 const char *name)
{
    const struct face_facts *facts = fonts_facts(fonts->fonts, f);
    const char *entries = arena_printf(
        fonts->arena,
        "/Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle 0/Ascent "
        "%d/Descent %d/CapHeight %d/StemV %d/FontFile2 %u 0 R",
        name, facts->box[0], facts->box[1], facts->box[2], facts->box[3], facts->ascent,
        facts->descent, facts->cap_height, facts->bold ? 140 : 80, file);
    return pdf_object(pdf, text_of(entries));
}

static bool
write_face(struct pdf_fonts *fonts, struct pdf *pdf, uint32_t f, struct buf *names)
{
    struct buf bytes = {0};
    uint32_t file = 0;
    const char *name = subset_name(fonts, f);
    bool made = write_file(fonts, pdf, f, &file);
    if (made) {
        uint32_t descriptor = write_descriptor(fonts, pdf, f, file, name);
        buf_printf(&bytes,
                   "/Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)"
                   "/Ordering(Identity)/Supplement 0>>/FontDescriptor %u 0 R/CIDToGIDMap/Identity"
                   "/DW 0",
                   name, descriptor);
        write_widths(fonts, f, &bytes);
        uint32_t descendant = pdf_object(pdf, keep(fonts->arena, &bytes));
        write_unicode(fonts, f, &bytes);
        uint32_t unicode = pdf_stream(pdf, NULL, buf_as_text(&bytes));
        buf_clear(&bytes);
        buf_printf(&bytes,
                   "/Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%u 0 "
                   "R]/ToUnicode %u 0 R",
                   name, descendant, unicode);
        buf_printf(names, "/F%u %u 0 R", f, pdf_object(pdf, keep(fonts->arena, &bytes)));
    }
    buf_free(&bytes);
    return made;
}

bool
pdf_fonts_write(struct pdf_fonts *fonts, struct pdf *pdf)
{
    struct buf names = {0};
    bool made = true;
    for (uint32_t f = 0; made && f < fonts_face_count(fonts->fonts); f++)
        if (fonts->face[f].used)
            made = write_face(fonts, pdf, f, &names);
    if (names.length)
        pdf_fonts(pdf, keep(fonts->arena, &names));
    buf_free(&names);
    return made;
}

/* The one file that knows HarfBuzz. */
#include "face.h"

#include "memory.h"

#include <hb-ot.h>
#include <hb-subset.h>
#include <hb.h>

#include <errno.h>
#include <math.h>
#include <unistd.h>

struct face {
    hb_blob_t *blob;
    hb_face_t *face, *prepared; /* the same, made ready for many subsets */
    hb_font_t *font;
    hb_buffer_t *buffer;
    double thousandths; /* per font unit */
    struct face_facts facts;
};

/* Where memory is short for a moment HarfBuzz has an empty table and says nothing: what is empty is
 * asked for again. */
static hb_blob_t *
table_of(hb_face_t *face, const char *tag)
{
    hb_blob_t *table = hb_face_reference_table(face, hb_tag_from_string(tag, 4));
    if (hb_blob_get_length(table) > 0)
        return table;
    hb_blob_destroy(table);
    return hb_face_reference_table(face, hb_tag_from_string(tag, 4));
}

static int
table_number(const struct face *face, const char *tag, unsigned at)
{
    hb_blob_t *table = table_of(face->face, tag);
    unsigned length = 0;
    const unsigned char *bytes = (const unsigned char *)hb_blob_get_data(table, &length);
    int value = at + 2 <= length ? (int16_t)(bytes[at] << 8 | bytes[at + 1]) : 0;
    hb_blob_destroy(table);
    return (int)lround(value * face->thousandths);
}

static const char *
name_of(struct arena *arena, const struct face *face, hb_ot_name_id_t which)
{
    char name[128] = "";
    unsigned length = sizeof name;
    hb_ot_name_get_utf8(face->face, which, hb_language_from_string("en", -1), &length, name);
    return arena_string(arena, name);
}

static void
learn_facts(struct arena *arena, struct face *face, bool bold)
{
    struct face_facts *facts = &face->facts;
    facts->name = name_of(arena, face, HB_OT_NAME_ID_POSTSCRIPT_NAME);
    facts->full_name = arena_printf(arena, "%s %s", name_of(arena, face, HB_OT_NAME_ID_FULL_NAME),
                                    name_of(arena, face, HB_OT_NAME_ID_VERSION_STRING));
    facts->bold = bold;
    facts->glyph_count = hb_face_get_glyph_count(face->face);
    facts->ascent = table_number(face, "hhea", 4);
    facts->descent = table_number(face, "hhea", 6);
    facts->cap_height = table_number(face, "OS/2", 88);
    if (facts->cap_height <= 0)
        facts->cap_height = facts->ascent * 7 / 10;
    for (unsigned i = 0; i < 4; i++)
        facts->box[i] = table_number(face, "head", 36 + 2 * i);
}

static bool
has_table(hb_face_t *face, const char *tag)
{
    hb_blob_t *table = table_of(face, tag);
    bool has = hb_blob_get_length(table) > 0;
    hb_blob_destroy(table);
    return has;
}

/* Only outlines as TrueType has them can be embedded the way the PDF does it. */
static bool
has_outlines(hb_face_t *face)
{
    return has_table(face, "glyf") && hb_face_get_upem(face) > 0 &&
           hb_face_get_glyph_count(face) <= UINT16_MAX;
}

static struct face *
open_once(struct arena *arena, const char *file, bool bold)
{
    errno = 0;
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(file);
    if (!blob && errno == ENOMEM) /* not the same as a face that is not there */
        memory_exhausted(0);
    hb_face_t *opened = blob ? hb_face_create(blob, 0) : NULL;
    if (!opened || !has_outlines(opened)) {
        hb_face_destroy(opened);
        hb_blob_destroy(blob);
        return NULL;
    }
    hb_face_make_immutable(opened);
    struct face *face = arena_alloc(arena, sizeof *face);
    *face = (struct face){.blob = blob,
                          .face = opened,
                          .font = hb_font_create(opened),
                          .buffer = hb_buffer_create(),
                          .thousandths = 1000.0 / hb_face_get_upem(opened)};
    learn_facts(arena, face, bold);
    return face;
}

/* A face that is there and cannot be opened, or that has no name, is opened again: see table_of. */
struct face *
face_open(struct arena *arena, const char *file, bool bold)
{
    struct face *face = open_once(arena, file, bold);
    if (face ? face->facts.name[0] != '\0' : access(file, R_OK) != 0)
        return face;
    face_close(face);
    return open_once(arena, file, bold);
}

void
face_close(struct face *face)
{
    if (!face)
        return;
    hb_buffer_destroy(face->buffer);
    hb_font_destroy(face->font);
    hb_face_destroy(face->prepared);
    hb_face_destroy(face->face);
    hb_blob_destroy(face->blob);
}

const struct face_facts *
face_facts(const struct face *face)
{
    return &face->facts;
}

uint16_t
face_glyph(const struct face *face, uint32_t letter)
{
    hb_codepoint_t glyph;
    return hb_font_get_nominal_glyph(face->font, letter, &glyph) ? (uint16_t)glyph : 0;
}

uint32_t
face_composed(uint32_t letter, uint32_t mark)
{
    hb_codepoint_t composed;
    return hb_unicode_compose(hb_unicode_funcs_get_default(), letter, mark, &composed) ? composed
                                                                                       : 0;
}

float
face_advance(const struct face *face, uint16_t glyph)
{
    return (float)(hb_font_get_glyph_h_advance(face->font, glyph) * face->thousandths);
}

/* Where the text of a cluster ends whose first glyph is i: where the next one of the stretch
 * begins, which stands behind it or, drawn backwards, before it. */
static uint32_t
cluster_end(const hb_glyph_info_t *info, unsigned count, unsigned i, uint32_t end,
            bool right_to_left)
{
    unsigned next = i + 1;
    if (right_to_left)
        return i > 0 ? info[i - 1].cluster : end;
    while (next < count && info[next].cluster == info[i].cluster)
        next++;
    return next < count ? info[next].cluster : end;
}

uint32_t
face_shape(struct face *face, struct text text, uint32_t start, uint32_t end, bool right_to_left,
           struct face_glyph **glyphs)
{
    hb_buffer_t *buffer = face->buffer;
    unsigned count = 0;
    hb_buffer_clear_contents(buffer);
    /* marks keep the place of their own text */
    hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
    hb_buffer_add_utf8(buffer, text.bytes, (int)text.length, start, (int)(end - start));
    hb_buffer_set_direction(buffer, right_to_left ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_language(buffer, hb_language_from_string("und", -1)); /* not the process's */
    hb_buffer_guess_segment_properties(buffer);
    hb_shape(face->font, buffer, NULL, 0);
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *position = hb_buffer_get_glyph_positions(buffer, NULL);
    *glyphs = memory_new(count + 1u, sizeof **glyphs);
    for (unsigned i = 0; i < count; i++) {
        uint32_t at = info[i].cluster;
        bool again = i > 0 && info[i - 1].cluster == at;
        (*glyphs)[i] = (struct face_glyph){
            .id = (uint16_t)info[i].codepoint,
            .advance = (float)(position[i].x_advance * face->thousandths),
            .x = (float)(position[i].x_offset * face->thousandths),
            .y = (float)(position[i].y_offset * face->thousandths),
            .start = at,
            .end = again ? at : cluster_end(info, count, i, end, right_to_left)};
    }
    return count;
}

/* Tables that an embedded font has no use for: text is shaped already. */
static const char unneeded[][5] = {"GSUB", "GPOS", "GDEF", "name", "post", "OS/2",
                                   "kern", "DSIG", "cmap", "gasp", "meta", "STAT"};

static hb_subset_input_t *
new_input(const struct face *face, const bool *used)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        return NULL;
    hb_set_t *glyphs = hb_subset_input_glyph_set(input);
    hb_set_t *drop = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (uint32_t g = 0; g < face->facts.glyph_count; g++)
        if (used[g])
            hb_set_add(glyphs, g);
    for (size_t i = 0; i < sizeof unneeded / sizeof *unneeded; i++)
        hb_set_add(drop, HB_TAG(unneeded[i][0], unneeded[i][1], unneeded[i][2], unneeded[i][3]));
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_NO_HINTING);
    return input;
}

/* A table that memory was short for is left away without a word. */
static bool
is_complete(hb_face_t *subset)
{
    static const char *const needed[] = {"glyf", "loca", "head", "hhea", "hmtx", "maxp"};
    bool complete = true;
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        complete = complete && has_table(subset, needed[i]);
    return complete;
}

bool
face_subset(struct face *face, const bool *used, struct buf *out)
{
    hb_subset_input_t *input = new_input(face, used);
    if (!input)
        return false;
    if (!face->prepared)
        face->prepared = hb_subset_preprocess(face->face);
    hb_face_t *subset = hb_subset_or_fail(face->prepared, input);
    hb_subset_input_destroy(input);
    if (!subset)
        return false;
    if (!is_complete(subset)) {
        hb_face_destroy(subset);
        return false;
    }
    hb_blob_t *blob = hb_face_reference_blob(subset);
    unsigned length = 0;
    const char *bytes = hb_blob_get_data(blob, &length);
    buf_add(out, bytes, length);
    hb_blob_destroy(blob);
    hb_face_destroy(subset);
    return length > 0;
}

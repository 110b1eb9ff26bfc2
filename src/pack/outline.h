/* outline: which sections a pack has and what stands in them, from templates/packs/<name>.yaml. */
#ifndef SEFPACK_PACK_OUTLINE_H
#define SEFPACK_PACK_OUTLINE_H

#include "part.h"

enum outline_kind {
    OUTLINE_PART,      /* a row of the table of parts */
    OUTLINE_PAIR,      /* two exhibits side by side */
    OUTLINE_TEXT,      /* {text: key}: a paragraph of the user's own words */
    OUTLINE_HEADING,   /* {heading: key} */
    OUTLINE_JUDGEMENT, /* {judgement: key, lines: 4}: space for handwriting */
};

struct outline_item {
    enum outline_kind kind;
    const struct part_row *part[2];
    const char *key; /* of words */
    int lines;
    struct place place;
};

struct outline_section {
    const char *name; /* words: sections.<name> */
    struct place place;
    bool new_page, appendix;
    bool folded; /* for the screen: folded away, and not on paper */
    uint32_t item_count;
    struct outline_item *item;
};

struct outline {
    const char *name;
    uint32_t section_count;
    struct outline_section *section;
};

/* Looks for packs/<name>.yaml in the folders in order, NULL-ended. Faults (an unknown part, key or
 * kind) are reported with their place (exit code 4): NULL. */
struct outline *
outline_read(struct arena *arena, const char *const *folders, const char *name, struct diag *diag);

/* Whether all its words are there; those that are not are reported. */
bool
outline_check(const struct outline *outline, const struct words *words, struct diag *diag);

/* Builds the sections into the voice's doc; a section in which nothing is said is left out. */
void
outline_build(const struct outline *outline, struct voice *voice);

#endif

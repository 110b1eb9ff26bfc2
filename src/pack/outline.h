/* outline: which sections a pack has and what stands in them, from templates/packs/<name>.yaml. */
#ifndef SEFPACK_PACK_OUTLINE_H
#define SEFPACK_PACK_OUTLINE_H

#include "part.h"

struct outline_section {
    const char *name; /* words: sections.<name> */
    bool new_page, appendix;
    uint32_t part_count;
    const struct part_row **part;
};

struct outline {
    const char *name;
    uint32_t section_count;
    struct outline_section *section;
};

/* Faults (an unknown part, key or kind) are reported with their place (exit code 4): NULL. */
struct outline *
outline_read(struct arena *arena, const char *folder, const char *name, struct diag *diag);

#endif

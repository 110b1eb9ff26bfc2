#include "subsets.h"

#include "deflate.h"
#include "hash.h"
#include "memory.h"

#include <stdlib.h>

enum { KEPT = 64 };

struct kept {
    const struct face *face; /* NULL: nothing is kept here */
    uint64_t hash;           /* of `used` */
    bool *used;
    struct buf packed;
    struct subset subset;
};

struct subsets {
    struct deflate *deflate;
    uint32_t next; /* that is replaced */
    struct kept kept[KEPT];
};

struct subsets *
subsets_new(void)
{
    struct subsets *subsets = memory_new(1, sizeof *subsets);
    subsets->deflate = deflate_open();
    return subsets;
}

void
subsets_free(struct subsets *subsets)
{
    for (size_t k = 0; k < KEPT; k++) {
        free(subsets->kept[k].used);
        buf_free(&subsets->kept[k].packed);
    }
    deflate_close(subsets->deflate);
    free(subsets);
}

static const struct kept *
find(const struct subsets *subsets, const struct face *face, const bool *used, uint64_t hash)
{
    for (size_t k = 0; k < KEPT; k++) {
        const struct kept *kept = &subsets->kept[k];
        if (kept->face == face && kept->hash == hash &&
            memcmp(kept->used, used, face_facts(face)->glyph_count * sizeof *used) == 0)
            return kept;
    }
    return NULL;
}

static void
keep(struct subsets *subsets, const struct face *face, const bool *used, uint64_t hash,
     const struct buf *bytes)
{
    size_t size = face_facts(face)->glyph_count * sizeof *used;
    struct kept *kept = &subsets->kept[subsets->next];
    subsets->next = (subsets->next + 1) % KEPT;
    free(kept->used);
    kept->face = face;
    kept->hash = hash;
    kept->used = memory_new(size, 1);
    memcpy(kept->used, used, size);
    buf_clear(&kept->packed);
    deflate_add(subsets->deflate, bytes->bytes, bytes->length, &kept->packed);
    kept->subset = (struct subset){bytes->length, buf_as_text(&kept->packed)};
}

const struct subset *
subsets_of(struct subsets *subsets, struct face *face, const bool *used)
{
    uint32_t size = face_facts(face)->glyph_count * (uint32_t)sizeof *used;
    uint64_t hash = hash_text((struct text){(const char *)used, size});
    const struct kept *known = find(subsets, face, used, hash);
    if (!known) {
        struct buf bytes = {0};
        uint32_t place = subsets->next;
        bool made = face_subset(face, used, &bytes);
        if (made)
            keep(subsets, face, used, hash, &bytes);
        buf_free(&bytes);
        known = made ? &subsets->kept[place] : NULL;
    }
    return known ? &known->subset : NULL;
}

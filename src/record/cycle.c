#include "cycle.h"

#include "dataset.h"
#include "memory.h"

#include <stdlib.h>

enum { MOST_NAMED = 20 };

/* A row that stands in a circle, or NONE. `seen` holds the walk that came to a row first. */
static uint32_t
find_member(const uint32_t *up, uint32_t count)
{
    uint32_t *seen = memory_new((size_t)count + 1, sizeof *seen), member = NONE;
    for (uint32_t start = 0; start < count && member == NONE; start++) {
        uint32_t row = start;
        while (row != NONE && seen[row] == 0) {
            seen[row] = start + 1;
            row = up[row];
        }
        if (row != NONE && seen[row] == start + 1)
            member = row;
    }
    free(seen);
    return member;
}

bool
cycle_find(const uint32_t *up, uint32_t count, const struct text *id, struct buf *chain,
           uint32_t *row)
{
    uint32_t member = find_member(up, count), least = member, named = 0;
    if (member == NONE)
        return false;
    for (uint32_t at = up[member]; at != member; at = up[at])
        least = at < least ? at : least;
    uint32_t at = least;
    do {
        if (named++ < MOST_NAMED) {
            buf_text(chain, id[at]);
            buf_string(chain, " > ");
        } else if (named == MOST_NAMED + 1) {
            buf_string(chain, "... > ");
        }
        at = up[at];
    } while (at != least);
    buf_text(chain, id[least]);
    *row = least;
    return true;
}

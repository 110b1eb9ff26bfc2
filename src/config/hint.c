#include "hint.h"

#include "buf.h"

enum { MOST = 64 }; /* keys of one mapping, words of one table */

const char *
hint_nearest(const char *const *candidate, uint32_t count, const char *word)
{
    struct text text = text_of(word);
    int limit = text.length <= 3 ? 1 : text.length <= 8 ? 2 : 3;
    const char *nearest = NULL;
    for (uint32_t i = 0; i < count; i++) {
        int distance = text_distance(text_of(candidate[i]), text, limit);
        if (distance > limit)
            continue;
        nearest = candidate[i];
        limit = distance - 1;
    }
    return nearest;
}

void
hint_names(struct diag *diag, const char *what, const char *const *candidate, uint32_t count,
           const char *name)
{
    const char *nearest = hint_nearest(candidate, count, name);
    if (nearest) {
        diag_hint(diag, "did you mean '%s'?", nearest);
        return;
    }
    struct buf list = {0};
    for (uint32_t i = 0; i < count; i++)
        buf_printf(&list, "%s%s", i ? ", " : "", candidate[i]);
    if (count)
        diag_hint(diag, "%s: %s", what, list.bytes);
    buf_free(&list);
}

void
hint_keys(struct diag *diag, const struct key *keys, const char *name)
{
    const char *candidate[MOST];
    uint32_t count = 0;
    for (; keys->name && count < MOST; keys++)
        if (!keys->hidden)
            candidate[count++] = keys->name;
    hint_names(diag, "known keys", candidate, count, name);
}

void
hint_words(struct diag *diag, const struct word *words, const char *name)
{
    const char *candidate[MOST];
    uint32_t count = 0;
    while ((words = keys_next_told(words))->name && count < MOST)
        candidate[count++] = words++->name;
    const char *nearest = hint_nearest(candidate, count, name);
    if (nearest)
        diag_hint(diag, "did you mean '%s'?", nearest);
}

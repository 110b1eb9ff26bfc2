#include "groups.h"

#include <stdlib.h>

static void
put_slot(struct groups *groups, uint32_t index)
{
    uint32_t at = groups->group[index].word * 2654435761u & (groups->slots - 1);
    while (groups->slot[at] != 0) {
        at = (at + 1) & (groups->slots - 1);
    }
    groups->slot[at] = index + 1;
}

static void
grow(struct groups *groups)
{
    uint32_t room = groups->room ? groups->room * 2 : 16;
    struct group *group = arena_array(groups->sheet->scratch, room, sizeof *group);
    if (groups->count > 0) {
        memcpy(group, groups->group, groups->count * sizeof *group);
    }
    groups->group = group;
    groups->room = room;
    groups->slots = room * 2;
    groups->slot = arena_array(groups->sheet->scratch, groups->slots, sizeof *groups->slot);
    for (uint32_t i = 0; i < groups->count; i++) {
        put_slot(groups, i);
    }
}

struct groups
groups_new(const struct sheet *sheet)
{
    struct groups groups = {.sheet = sheet};
    groups_of(&groups, WORD_EMPTY);
    return groups;
}

struct group *
groups_of(struct groups *groups, uint32_t word)
{
    if (groups->slots > 0) {
        uint32_t at = word * 2654435761u & (groups->slots - 1);
        for (; groups->slot[at] != 0; at = (at + 1) & (groups->slots - 1)) {
            if (groups->group[groups->slot[at] - 1].word == word) {
                return &groups->group[groups->slot[at] - 1];
            }
        }
    }
    if (groups->count == groups->room) {
        grow(groups);
    }
    groups->group[groups->count] = (struct group){.word = word};
    put_slot(groups, groups->count);
    return &groups->group[groups->count++];
}

static int
compare(const void *left, const void *right, void *dataset)
{
    const struct group *a = left, *b = right;
    if ((a->word == WORD_EMPTY) != (b->word == WORD_EMPTY)) {
        return a->word == WORD_EMPTY ? 1 : -1;
    }
    if (a->all.value != b->all.value) {
        return a->all.value > b->all.value ? -1 : 1;
    }
    return text_compare(dataset_word(dataset, a->word), dataset_word(dataset, b->word));
}

void
groups_sort(struct groups *groups)
{
    qsort_r(groups->group, groups->count, sizeof *groups->group, compare,
            (void *)groups->sheet->work->dataset);
}

#include "extremes.h"

#include <math.h>
#include <stdlib.h>

struct ranked {
    double value;
    uint32_t at; /* in the order of names */
};

static int
by_value(const void *a, const void *b)
{
    const struct ranked *one = a, *other = b;
    if (one->value != other->value)
        return one->value > other->value ? 1 : -1;
    return (one->at > other->at) - (one->at < other->at);
}

struct extremes
extremes_of(const struct voice *voice, double (*value)(const struct voice *voice, uint32_t scope))
{
    struct extremes extremes = {.shown = voice_below(voice)};
    struct voice_scopes all = extremes.shown;
    if (all.count <= EXTREMES_ALL)
        return extremes;
    struct arena *arena = voice->doc->arena;
    struct ranked *ranked = arena_array(arena, all.count, sizeof *ranked);
    bool *chosen = arena_array(arena, all.count, sizeof *chosen);
    uint32_t known = 0;
    for (uint32_t i = 0; i < all.count; i++) {
        ranked[known] = (struct ranked){value(voice, all.scope[i]), i};
        known += isnan(ranked[known].value) ? 0 : 1;
    }
    if (known)
        qsort(ranked, known, sizeof *ranked, by_value);
    for (uint32_t i = 0; i < known; i++)
        chosen[ranked[i].at] = i < EXTREMES_EACH || i + EXTREMES_EACH >= known;
    extremes.shown = (struct voice_scopes){0, arena_array(arena, all.count, sizeof *all.scope)};
    extremes.others = (struct voice_scopes){0, arena_array(arena, all.count, sizeof *all.scope)};
    for (uint32_t i = 0; i < all.count; i++) {
        struct voice_scopes *side = chosen[i] ? &extremes.shown : &extremes.others;
        side->scope[side->count++] = all.scope[i];
    }
    return extremes;
}

const char *
extremes_label(const struct voice *voice, const struct extremes *extremes)
{
    return SAY(voice, "common.other", NUMBER("n", extremes->others.count));
}

bool
extremes_sum(const struct voice *voice, const struct extremes *extremes, enum measure_id id,
             enum field field, double *sum)
{
    bool known = false;
    *sum = 0;
    for (uint32_t i = 0; i < extremes->others.count; i++) {
        double value;
        if (!voice_field(voice, extremes->others.scope[i], id, field, &value))
            continue;
        *sum += value;
        known = true;
    }
    return known;
}

const char *
extremes_note(const struct voice *voice, const struct extremes *extremes, bool row,
              enum extremes_place place)
{
    double all = extremes->shown.count + extremes->others.count;
    if (extremes->others.count == 0)
        return NULL;
    return SAY(voice, "common.extremes", NUMBER("shown", extremes->shown.count), NUMBER("all", all),
               WORDS("row", row ? "yes" : "no"),
               WORDS("place", place == EXTREMES_IN_APPENDIX ? "appendix" : "numbers"));
}

const char *
extremes_notes(const struct voice *voice, const char *one, const char *other)
{
    return one && other ? arena_printf(voice->doc->arena, "%s %s", one, other) : one ? one : other;
}

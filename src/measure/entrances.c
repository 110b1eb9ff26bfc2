#include "entrances.h"

#include "memory.h"
#include "states.h"
#include "threads.h"

#include <stdlib.h>

#define AT_ONCE 8192u /* deals a thread takes */

struct walk {
    const struct work *work;
    struct entrances *entrances;
    uint32_t *place; /* of each deal in deals.by_owner */
    uint32_t days;   /* of the curves */
};

static bool
is_beyond(const struct config *config, int16_t state, uint32_t stage)
{
    if (state < 0)
        return false;
    enum outcome outcome = config->stage[state].outcome;
    return outcome == OUTCOME_WON || (outcome == OUTCOME_OPEN && (uint32_t)state > stage);
}

/* The stays of a deal, and behind them the stage in which it was decided, from its day on: the
 * closed stage in which history ends, else that of the deals table. */
static uint32_t
stays_of(const struct walk *walk, uint32_t deal, struct spell *spells)
{
    const struct config *config = walk->work->config;
    const struct dataset *dataset = walk->work->dataset;
    const struct deals *deals = &dataset->deals;
    uint32_t count = states_spells(config, dataset, deal, spells);
    if (deals->outcome[deal] == OUTCOME_OPEN)
        return count;
    day from = count ? spells[count - 1].to : deals->created[deal];
    int16_t stage = states_stage(dataset, deal, walk->work->as_of);
    if (stage < 0 || config->stage[stage].outcome == OUTCOME_OPEN)
        stage = deals->stage[deal];
    spells[count] = (struct spell){stage, from, from, true};
    return count + 1;
}

static uint16_t
age_of(const struct walk *walk, day from, day to)
{
    int32_t age = to - from;
    return (uint16_t)(age < 0 ? 0 : age > (int32_t)walk->days ? walk->days : (uint32_t)age);
}

/* From the entry on: the first state beyond the stage, or lost, or disqualified, or neither. */
static void
follow(const struct walk *walk, const struct spell *spell, uint32_t count, uint32_t stage,
       struct entrance *entrance)
{
    const struct config *config = walk->work->config;
    day from = spell->from;
    for (uint32_t i = 0; i < count; i++, spell++) {
        entrance->after = age_of(walk, from, spell->from);
        entrance->end = ENTRANCE_BEYOND;
        if (is_beyond(config, spell->stage, stage))
            return;
        enum outcome outcome =
            spell->stage < 0 ? OUTCOME_OPEN : config->stage[spell->stage].outcome;
        entrance->end = ENTRANCE_DROPPED;
        if (outcome == OUTCOME_LOST || outcome == OUTCOME_NO_DECISION)
            return;
        entrance->end = ENTRANCE_CENSORED;
        if (outcome == OUTCOME_DISQUALIFIED)
            return;
    }
    entrance->after = age_of(walk, from, walk->work->as_of);
}

/* The first state at or beyond a stage enters it; one beyond it has skipped it and left at once.
 * Nothing is written when none does in the days of the curve. */
static void
enter(const struct walk *walk, const struct spell *spells, uint32_t count, uint32_t stage,
      struct entrance *out)
{
    const struct work *work = walk->work;
    for (uint32_t i = 0; i < count; i++) {
        const struct spell *spell = &spells[i];
        bool skipped = is_beyond(work->config, spell->stage, stage);
        if (!skipped && spell->stage != (int16_t)stage)
            continue;
        if (spell->from <= work->as_of - (int32_t)walk->days)
            return;
        out->staying = !skipped && spell->last;
        if (!skipped)
            out->stay = age_of(walk, spell->from, spell->last ? work->as_of : spell->to);
        follow(walk, spell, count - i, stage, out);
        return;
    }
}

/* Where there is room for the entrance of a deal, in the list of its owner. */
static struct entrance *
place_of(const struct walk *walk, uint32_t open, uint32_t deal)
{
    return walk->entrances->into[open][0].entrance + walk->place[deal];
}

/* Deals as they stand, which is how their history stands. */
static void
walk_deals(void *context, uint32_t part, unsigned worker)
{
    const struct walk *walk = context;
    const struct dataset *dataset = walk->work->dataset;
    const struct deals *deals = &dataset->deals;
    const struct config *config = walk->work->config;
    uint32_t first = part * AT_ONCE, left = deals->count - first;
    struct spell *spells = NULL;
    size_t room = 0;
    (void)worker;
    for (uint32_t deal = first; deal < first + (left < AT_ONCE ? left : AT_ONCE); deal++) {
        uint64_t rows = dataset->history.first[deal + 1] - dataset->history.first[deal];
        if (deals->segment[deal] == SEGMENT_RENEWAL || rows == 0)
            continue;
        memory_grow(&spells, &room, (size_t)rows + 3, sizeof *spells);
        uint32_t count = stays_of(walk, deal, spells);
        uint32_t open = 0;
        for (uint32_t stage = 0; stage < config->stage_count; stage++)
            if (config->stage[stage].outcome == OUTCOME_OPEN)
                enter(walk, spells, count, stage, place_of(walk, open++, deal));
    }
    free(spells);
}

/* Closes the gaps that deals left which did not enter the stage. */
static void
close_gaps(void *context, uint32_t owner, unsigned worker)
{
    const struct walk *walk = context;
    const uint32_t *owner_first = walk->work->dataset->deals.owner_first;
    (void)worker;
    for (struct entrance_list **into = walk->entrances->into; *into; into++) {
        struct entrance_list *list = &(*into)[owner];
        for (uint32_t i = 0; i < owner_first[owner + 1] - owner_first[owner]; i++) {
            list->entrance[list->count] = list->entrance[i];
            list->count += list->entrance[i].end != ENTRANCE_NONE;
        }
    }
}

/* Room for the entrances of all deals, by owner. */
static struct entrance_list *
make_room(const struct work *work, struct arena *arena)
{
    const struct deals *deals = &work->dataset->deals;
    struct entrance_list *list = arena_array(arena, work->owner_count, sizeof *list);
    struct entrance *room = arena_array(arena, deals->count, sizeof *room);
    for (uint32_t owner = 0; owner < work->owner_count; owner++)
        list[owner].entrance = room + deals->owner_first[owner];
    return list;
}

struct entrances *
entrances_find(const struct work *work, struct arena *arena)
{
    const struct deals *deals = &work->dataset->deals;
    uint32_t stages = work->config->stage_count, open = 0;
    struct entrances *out = arena_alloc(arena, sizeof *out);
    /* with a NULL behind the last */
    out->into = arena_array(arena, (size_t)stages + 1, sizeof(struct entrance_list *));
    for (uint32_t i = 0; i < stages; i++)
        if (work->config->stage[i].outcome == OUTCOME_OPEN)
            out->into[open++] = make_room(work, arena);
    struct walk walk = {.work = work,
                        .entrances = out,
                        .place = memory_new(deals->count, sizeof *walk.place),
                        .days = (uint32_t)work->config->estimates.curve_days};
    for (uint32_t place = 0; place < deals->count; place++)
        walk.place[deals->by_owner[place]] = place;
    threads_each(work->jobs, deals->count / AT_ONCE + 1, walk_deals, &walk);
    free(walk.place);
    threads_each(work->jobs, work->owner_count, close_gaps, &walk);
    return out;
}

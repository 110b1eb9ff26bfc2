#include "entrances.h"

#include "memory.h"
#include "states.h"
#include "threads.h"

#include <stdlib.h>

struct walk {
    const struct work *work;
    struct entrances *entrances;
    uint32_t days; /* of the curves */
    uint64_t longest_history;
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
 * Nothing is added when none does in the days of the curve. */
static void
enter(const struct walk *walk, const struct spell *spells, uint32_t count, uint32_t stage,
      struct entrance_list *list)
{
    const struct work *work = walk->work;
    for (uint32_t i = 0; i < count; i++) {
        const struct spell *spell = &spells[i];
        bool skipped = is_beyond(work->config, spell->stage, stage);
        if (!skipped && spell->stage != (int16_t)stage)
            continue;
        if (spell->from <= work->as_of - (int32_t)walk->days)
            return;
        struct entrance *out = &list->entrance[list->count++];
        *out = (struct entrance){.staying = !skipped && spell->last};
        if (!skipped)
            out->stay = age_of(walk, spell->from, spell->last ? work->as_of : spell->to);
        follow(walk, spell, count - i, stage, out);
        return;
    }
}

static void
walk_owner(void *context, uint32_t place, unsigned worker)
{
    const struct walk *walk = context;
    const struct dataset *dataset = walk->work->dataset;
    const struct deals *deals = &dataset->deals;
    const struct config *config = walk->work->config;
    struct entrance_list *lists = walk->entrances->list + (size_t)place * walk->entrances->stages;
    struct spell *spells = memory_new((size_t)walk->longest_history + 2, sizeof *spells);
    uint32_t owner = dataset->order[place];
    (void)worker;
    for (uint32_t j = deals->owner_first[owner]; j < deals->owner_first[owner + 1]; j++) {
        uint32_t deal = deals->by_owner[j];
        if (deals->segment[deal] == SEGMENT_RENEWAL ||
            dataset->history.first[deal] == dataset->history.first[deal + 1])
            continue;
        uint32_t count = stays_of(walk, deal, spells);
        struct entrance_list *list = lists;
        for (uint32_t stage = 0; stage < config->stage_count; stage++)
            if (config->stage[stage].outcome == OUTCOME_OPEN)
                enter(walk, spells, count, stage, list++);
    }
    free(spells);
}

static uint64_t
longest_history(const struct dataset *dataset)
{
    uint64_t longest = 0;
    for (uint32_t deal = 0; deal < dataset->deals.count; deal++) {
        uint64_t rows = dataset->history.first[deal + 1] - dataset->history.first[deal];
        longest = rows > longest ? rows : longest;
    }
    return longest;
}

/* Every deal may enter every open stage once. */
static struct entrances *
make_room(const struct work *work)
{
    const struct dataset *dataset = work->dataset;
    struct entrances *out = arena_alloc(work->arena, sizeof *out);
    for (uint32_t i = 0; i < work->config->stage_count; i++)
        out->stages += work->config->stage[i].outcome == OUTCOME_OPEN;
    size_t lists = (size_t)work->owner_count * out->stages;
    out->list = arena_array(work->arena, lists, sizeof *out->list);
    struct entrance *room =
        arena_array(work->arena, (size_t)dataset->deals.count * out->stages, sizeof *room);
    for (size_t i = 0; i < lists; i++) {
        uint32_t owner = dataset->order[i / out->stages];
        out->list[i].entrance = room;
        room += dataset->deals.owner_first[owner + 1] - dataset->deals.owner_first[owner];
    }
    return out;
}

struct entrances *
entrances_find(const struct work *work)
{
    struct entrances *out = make_room(work);
    struct walk walk = {.work = work,
                        .entrances = out,
                        .days = (uint32_t)work->config->estimates.curve_days,
                        .longest_history = longest_history(work->dataset)};
    threads_each(work->jobs, work->owner_count, walk_owner, &walk);
    return out;
}

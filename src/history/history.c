#include "history.h"

#include "arena.h"
#include "catalogue.h"
#include "memory.h"
#include "mending.h"
#include "report.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct known_scope {
    const char *kind;
    struct text id;
};

struct remembered_value { /* a number, or a word */
    double number;
    const char *word;
};

struct history {
    struct arena *arena;
    struct catalogue *index;
    struct history_source source;
    uint32_t run_count, scope_count;
    size_t run_room, scope_room;
    struct catalogue_run *run;
    day *as_of;                     /* of the runs */
    struct known_scope *scope;      /* by kind and id */
    struct remembered_value *value; /* [wanted][scope][run] */
};

const char *const history_run_heads[] = {"as_of", "run", "version", "period", "scopes", "deals"};
const char *const history_figure_heads[] = {"as_of", "kind",  "id",   "measure",
                                            "key",   "field", "value"};

/* ---- Values at hand ---- */

/* Where in our lists that lies which the index numbers; nowhere for most of the names. */
struct places {
    uint32_t *place; /* by number: from 1, 0 for nowhere */
    size_t count;
};

static void
set_place(struct places *places, uint32_t number, uint32_t place)
{
    size_t count = places->count;
    if (number >= count) {
        memory_grow(&places->place, &places->count, number + 1u, sizeof *places->place);
        memset(places->place + count, 0, (places->count - count) * sizeof *places->place);
    }
    places->place[number] = place + 1;
}

/* False when it lies nowhere. */
static bool
find_place(const struct places *places, uint32_t number, uint32_t *place)
{
    bool known = number < places->count && places->place[number] > 0;
    if (known)
        *place = places->place[number] - 1;
    return known;
}

struct filling {
    struct history *history;
    struct places runs, scopes, names;
};

static void
add_run(void *context, const struct catalogue_run *run)
{
    struct filling *filling = context;
    struct history *history = filling->history;
    if (run->as_of >= history->source.as_of)
        return;
    memory_grow(&history->run, &history->run_room, history->run_count + 1u, sizeof *history->run);
    set_place(&filling->runs, run->number, history->run_count);
    history->run[history->run_count++] = *run;
}

static void
add_scope(void *context, uint32_t number, struct text kind, struct text id)
{
    struct filling *filling = context;
    struct history *history = filling->history;
    memory_grow(&history->scope, &history->scope_room, history->scope_count + 1u,
                sizeof *history->scope);
    set_place(&filling->scopes, number, history->scope_count);
    history->scope[history->scope_count++] = (struct known_scope){
        arena_copy(history->arena, kind.bytes, kind.length),
        {arena_copy(history->arena, id.bytes ? id.bytes : "", id.length), id.length}};
}

static int
order_of(const struct known_scope *scope, struct text kind, struct text id)
{
    int order = text_compare(text_of(scope->kind), kind);
    return order != 0 ? order : text_compare(scope->id, id);
}

/* NULL when no run knew it. */
static const struct known_scope *
find_scope(const struct history *history, struct text kind, struct text id)
{
    uint32_t low = 0, high = history->scope_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (order_of(&history->scope[middle], kind, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < history->scope_count && order_of(&history->scope[low], kind, id) == 0;
    return found ? &history->scope[low] : NULL;
}

/* run_count when it is no run. */
static uint32_t
find_run(const struct history *history, day as_of)
{
    uint32_t r = 0;
    while (r < history->run_count && history->run[r].as_of != as_of)
        r++;
    return r;
}

static struct remembered_value *
place_of(const struct history *history, uint32_t wanted, uint32_t scope, uint32_t run)
{
    size_t row = (size_t)wanted * history->scope_count + scope;
    return &history->value[row * history->run_count + run];
}

static void
add_value(void *context, const struct catalogue_value *value)
{
    const struct filling *filling = context;
    struct history *history = filling->history;
    uint32_t wanted, scope, run;
    if (!find_place(&filling->names, value->name, &wanted) ||
        !find_place(&filling->runs, value->run, &run) ||
        !find_place(&filling->scopes, value->scope, &scope))
        return;
    *place_of(history, wanted, scope, run) = (struct remembered_value){
        value->word.length ? NAN : value->number,
        value->word.length ? arena_copy(history->arena, value->word.bytes, value->word.length)
                           : NULL};
}

static bool
fill_from(struct filling *filling)
{
    struct history *history = filling->history;
    uint32_t wanted = history->source.wanted_count;
    if (!catalogue_runs(history->index, add_run, filling) ||
        !catalogue_scopes(history->index, add_scope, filling))
        return false;
    history->as_of = arena_array(history->arena, history->run_count, sizeof *history->as_of);
    for (uint32_t r = 0; r < history->run_count; r++)
        history->as_of[r] = history->run[r].as_of;
    size_t count = (size_t)wanted * history->scope_count * history->run_count;
    history->value = arena_array(history->arena, count, sizeof *history->value);
    for (size_t i = 0; i < count; i++)
        history->value[i].number = NAN;
    for (uint32_t w = 0; w < wanted; w++)
        set_place(&filling->names, catalogue_name(history->index, &history->source.wanted[w]), w);
    return count == 0 || catalogue_values(history->index, add_value, filling);
}

static bool
fill(struct history *history)
{
    struct filling filling = {.history = history};
    bool filled = fill_from(&filling);
    free(filling.runs.place);
    free(filling.scopes.place);
    free(filling.names.place);
    return filled;
}

static void
copy_wanted(struct history *history)
{
    uint32_t count = history->source.wanted_count;
    struct history_wanted *wanted = arena_array(history->arena, count, sizeof *wanted);
    for (uint32_t w = 0; w < count; w++) {
        const struct history_wanted *given = &history->source.wanted[w];
        wanted[w] = (struct history_wanted){arena_string(history->arena, given->measure),
                                            arena_string(history->arena, given->key),
                                            arena_string(history->arena, given->field)};
    }
    history->source.wanted = wanted;
}

struct history *
history_open(const struct history_source *source, struct diag *diag)
{
    struct arena *arena = arena_new();
    struct history *history = arena_alloc(arena, sizeof *history);
    *history = (struct history){.arena = arena, .source = *source};
    copy_wanted(history);
    history->index = mending_open(source, diag);
    if (history->index && fill(history))
        return history;
    if (history->index)
        mending_unread(diag, source->index, catalogue_fault(history->index));
    history_close(history);
    return NULL;
}

void
history_close(struct history *history)
{
    if (!history)
        return;
    catalogue_close(history->index);
    free(history->run);
    free(history->scope);
    arena_free(history->arena);
}

void
history_mend(const struct history_source *source)
{
    struct history_source mending = *source;
    mending.mend = true;
    catalogue_close(mending_open(&mending, NULL));
}

bool
history_rebuild(const struct history_source *source, struct diag *diag)
{
    return mending_rebuild(source, diag);
}

/* ---- What a run asks ---- */

uint32_t
history_runs(const struct history *history, const day **as_of)
{
    *as_of = history->as_of;
    return history->run_count;
}

static const struct remembered_value *
find_value(const struct history *history, day as_of, const char *kind, struct text id,
           const char *measure, const char *key, const char *field)
{
    const struct known_scope *scope = find_scope(history, text_of(kind), id);
    uint32_t w = 0, run = find_run(history, as_of), count = history->source.wanted_count;
    for (; w < count; w++) {
        const struct history_wanted *wanted = &history->source.wanted[w];
        if (strcmp(wanted->measure, measure) == 0 && strcmp(wanted->key, key) == 0 &&
            strcmp(wanted->field, field) == 0)
            break;
    }
    assert(w < count || count == 0); /* whoever asks has said so at the opening */
    if (!scope || run == history->run_count || w == count)
        return NULL;
    return place_of(history, w, (uint32_t)(scope - history->scope), run);
}

bool
history_value(const struct history *history, day as_of, const char *kind, struct text id,
              const char *measure, const char *key, const char *field, double *out)
{
    const struct remembered_value *value =
        find_value(history, as_of, kind, id, measure, key, field);
    if (!value || isnan(value->number))
        return false;
    *out = value->number;
    return true;
}

const char *
history_word(const struct history *history, day as_of, const char *kind, struct text id,
             const char *measure, const char *key, const char *field)
{
    const struct remembered_value *value =
        find_value(history, as_of, kind, id, measure, key, field);
    return value ? value->word : NULL;
}

struct gathering {
    const struct history *history;
    struct history_deal *deal;
    size_t count, room;
};

static struct text
keep(const struct history *history, struct text text)
{
    return (struct text){arena_copy(history->arena, text.bytes ? text.bytes : "", text.length),
                         text.length};
}

static void
gather(void *context, day as_of, const struct history_deal *deal)
{
    struct gathering *gathering = context;
    (void)as_of;
    memory_grow(&gathering->deal, &gathering->room, gathering->count + 1, sizeof *gathering->deal);
    struct history_deal *kept = &gathering->deal[gathering->count++];
    *kept = *deal;
    kept->id = keep(gathering->history, deal->id);
    kept->owner = keep(gathering->history, deal->owner);
    kept->stage = keep(gathering->history, deal->stage);
}

uint32_t
history_deals(const struct history *history, day as_of, const struct history_deal **deals)
{
    struct gathering gathering = {.history = history};
    uint32_t run = find_run(history, as_of);
    if (run < history->run_count)
        catalogue_deals(history->index, 1, &history->run[run], gather, &gathering);
    struct history_deal *kept = arena_array(history->arena, gathering.count, sizeof *kept);
    if (gathering.count > 0)
        memcpy(kept, gathering.deal, gathering.count * sizeof *kept);
    free(gathering.deal);
    *deals = kept;
    return (uint32_t)gathering.count;
}

void
history_each_deal(const struct history *history,
                  void (*take)(void *context, day as_of, const struct history_deal *deal),
                  void *context)
{
    catalogue_deals(history->index, history->run_count, history->run, take, context);
}

bool
history_report(const struct history *history, const struct history_filter *filter,
               void (*take)(void *context, const struct history_cell *cells), void *context)
{
    if (filter->runs)
        return catalogue_list(history->index, take, context);
    day only = filter->as_of ? day_from_iso(filter->as_of, (uint32_t)strlen(filter->as_of)) : 0;
    bool read = true;
    for (uint32_t r = 0; r < history->run_count && read; r++)
        if (!filter->as_of || history->run[r].as_of == only)
            read = report_figures(history->source.out_dir, history->run[r].as_of, filter, take,
                                  context);
    return read;
}

/* The index may always be thrown away: the runs' own memory.json files are the record. */
#include "history.h"

#include "arena.h"
#include "catalogue.h"
#include "memory.h"
#include "schema.h"

#include <assert.h>
#include <errno.h>
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
    day *run;
    struct known_scope *scope;      /* by kind and id */
    struct remembered_value *value; /* [wanted][scope][run] */
};

const char *const history_run_heads[] = {"as_of", "run", "version", "period", "scopes", "deals"};
const char *const history_figure_heads[] = {"as_of", "kind",  "id",   "measure",
                                            "key",   "field", "value"};

/* ---- Bringing the index into line ---- */

struct mending {
    const struct history_source *source;
    struct runs runs;
    struct diag *diag; /* NULL: say nothing */
    uint32_t taken, dropped;
};

enum outcome_of_mending { MENDED, NOT_WRITTEN, FAILED };

static void
say(const struct mending *mending, enum severity severity, const char *id, const char *file,
    const char *what)
{
    if (mending->diag)
        diag_report(mending->diag, severity, severity == SEVERITY_ERROR ? EXIT_FAILED : EXIT_OK, id,
                    (struct place){file, 0, 0}, "%s", what);
}

static void
say_unread(const struct mending *mending, const char *file, const char *why)
{
    if (mending->diag)
        diag_report(mending->diag, SEVERITY_ERROR, EXIT_FAILED, "history.read",
                    (struct place){file, 0, 0}, "the memory cannot be read: %s", why);
}

static void
say_newer(const struct mending *mending, const char *file, int version, int own)
{
    if (!mending->diag)
        return;
    diag_report(mending->diag, SEVERITY_ERROR, EXIT_FAILED, "history.newer",
                (struct place){file, 0, 0},
                "this memory is of version %d, newer than this program's %d", version, own);
    diag_hint(mending->diag, "use the newer program, or another folder with --out");
}

/* Takes in one run that the index does not hold. */
static enum outcome_of_mending
take_run(struct mending *mending, struct catalogue *index, const struct remembered *run)
{
    size_t length = 0;
    int version = 0;
    char path[32];
    snprintf(path, sizeof path, "%s/memory.json", run->as_of);
    char *memory = runs_memory(mending->source->out_dir, run->as_of, &length);
    if (!memory) {
        say_unread(mending, path, strerror(errno));
        return FAILED;
    }
    enum catalogue_taken taken = catalogue_take(index, run, memory, length, &version);
    free(memory);
    if (taken == CATALOGUE_TAKEN)
        mending->taken++;
    if (taken == CATALOGUE_UNREADABLE)
        say(mending, SEVERITY_WARNING, "history.unreadable", path,
            "this is no memory of a run: the run is not remembered");
    if (taken == CATALOGUE_FROM_NEWER)
        say_newer(mending, path, version, SCHEMA_MEMORY);
    return taken == CATALOGUE_FROM_NEWER ? FAILED : taken == CATALOGUE_FAULT ? NOT_WRITTEN : MENDED;
}

/* Every run in the index, and nothing else, or the index as it was. */
static enum outcome_of_mending
bring_into_line(struct mending *mending, struct catalogue *index)
{
    if (catalogue_is_in_line(index, &mending->runs))
        return MENDED;
    if (!catalogue_begin(index))
        return NOT_WRITTEN;
    enum outcome_of_mending outcome =
        catalogue_drop_others(index, &mending->runs, &mending->dropped) ? MENDED : NOT_WRITTEN;
    for (uint32_t r = 0; r < mending->runs.count && outcome == MENDED; r++)
        if (!catalogue_holds(index, &mending->runs.run[r]))
            outcome = take_run(mending, index, &mending->runs.run[r]);
    if (!catalogue_end(index, outcome == MENDED) && outcome == MENDED)
        outcome = NOT_WRITTEN;
    return outcome;
}

/* What a person is told when an index that should have been in line was not. */
static void
say_mended(const struct mending *mending, enum catalogue_state state)
{
    static const char *const why[] = {[CATALOGUE_ABSENT] = "lost",
                                      [CATALOGUE_OLD] = "of an older version",
                                      [CATALOGUE_DAMAGED] = "damaged"};
    const char *path = mending->source->index;
    if (!mending->diag || mending->taken + mending->dropped == 0)
        return;
    if (state == CATALOGUE_SOUND)
        diag_report(mending->diag, SEVERITY_NOTE, EXIT_OK, "history.lagged",
                    (struct place){path, 0, 0},
                    "the index lagged behind the runs: %u taken in, %u dropped", mending->taken,
                    mending->dropped);
    else
        diag_report(mending->diag, SEVERITY_NOTE, EXIT_OK, "history.rebuilt",
                    (struct place){path, 0, 0}, "the index was %s: rebuilt from %u run%s",
                    why[state], mending->taken, mending->taken == 1 ? "" : "s");
}

/* The runs themselves, where there is no index that can be used as it is. */
static struct catalogue *
read_runs(struct mending *mending)
{
    struct catalogue *index = catalogue_make(NULL);
    if (index && bring_into_line(mending, index) == MENDED)
        return index;
    catalogue_close(index);
    return NULL;
}

static struct catalogue *
open_to_look(struct mending *mending)
{
    enum catalogue_state state;
    int version;
    struct catalogue *index = catalogue_open(mending->source->index, false, &state, &version);
    if (state == CATALOGUE_NEWER) {
        say_newer(mending, mending->source->index, version, SCHEMA_INDEX);
        return NULL;
    }
    if (index && catalogue_is_in_line(index, &mending->runs))
        return index;
    catalogue_close(index);
    return read_runs(mending);
}

static struct catalogue *
open_to_mend(struct mending *mending)
{
    enum catalogue_state state;
    int version;
    const char *path = mending->source->index;
    enum outcome_of_mending outcome = NOT_WRITTEN;
    struct catalogue *index = catalogue_open(path, true, &state, &version);
    if (state == CATALOGUE_NEWER) {
        say_newer(mending, path, version, SCHEMA_INDEX);
        return NULL;
    }
    if (!index && state != CATALOGUE_SHUT)
        index = catalogue_make(path);
    if (index)
        outcome = bring_into_line(mending, index);
    if (outcome == MENDED) {
        say_mended(mending, state);
        return index;
    }
    if (outcome == NOT_WRITTEN)
        say(mending, SEVERITY_WARNING, "history.index", path,
            index ? catalogue_fault(index)
                  : "the index cannot be opened; the runs are read instead");
    catalogue_close(index);
    mending->taken = mending->dropped = 0;
    return outcome == FAILED ? NULL : read_runs(mending);
}

/* ---- Values at hand ---- */

static void
add_run(void *context, day as_of)
{
    struct history *history = context;
    memory_grow(&history->run, &history->run_room, history->run_count + 1u, sizeof *history->run);
    history->run[history->run_count++] = as_of;
}

static void
add_scope(void *context, struct text kind, struct text id)
{
    struct history *history = context;
    memory_grow(&history->scope, &history->scope_room, history->scope_count + 1u,
                sizeof *history->scope);
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
    while (r < history->run_count && history->run[r] != as_of)
        r++;
    return r;
}

static struct remembered_value *
place_of(const struct history *history, uint32_t wanted, const struct known_scope *scope,
         uint32_t run)
{
    size_t s = (size_t)(scope - history->scope);
    return &history->value[((size_t)wanted * history->scope_count + s) * history->run_count + run];
}

struct filling {
    struct history *history;
    uint32_t wanted;
};

static void
add_value(void *context, const struct catalogue_value *value)
{
    const struct filling *filling = context;
    struct history *history = filling->history;
    const struct known_scope *scope = find_scope(history, value->kind, value->id);
    uint32_t run = find_run(history, value->as_of);
    if (!scope || run == history->run_count)
        return;
    *place_of(history, filling->wanted, scope, run) = (struct remembered_value){
        value->word.length ? NAN : value->number,
        value->word.length ? arena_copy(history->arena, value->word.bytes, value->word.length)
                           : NULL};
}

static bool
fill(struct history *history)
{
    day before = history->source.as_of;
    if (!catalogue_runs(history->index, before, add_run, history) ||
        !catalogue_scopes(history->index, add_scope, history))
        return false;
    size_t count = (size_t)history->source.wanted_count * history->scope_count * history->run_count;
    history->value = arena_array(history->arena, count, sizeof *history->value);
    for (size_t i = 0; i < count; i++)
        history->value[i].number = NAN;
    bool all = true;
    for (uint32_t w = 0; w < history->source.wanted_count && history->run_count && all; w++)
        all = catalogue_values(history->index, before, &history->source.wanted[w], add_value,
                               &(struct filling){history, w});
    return all;
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
    struct mending mending = {.source = source, .diag = diag};
    struct arena *arena = arena_new();
    struct history *history = arena_alloc(arena, sizeof *history);
    *history = (struct history){.arena = arena, .source = *source};
    copy_wanted(history);
    if (!runs_list(arena, source->out_dir, &mending.runs))
        say_unread(&mending, source->out_dir, strerror(errno));
    else
        history->index = source->mend ? open_to_mend(&mending) : open_to_look(&mending);
    if (history->index && fill(history))
        return history;
    if (history->index)
        say_unread(&mending, source->index, catalogue_fault(history->index));
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
history_mend(const char *out_dir, const char *index)
{
    struct arena *arena = arena_new();
    struct history_source source = {.out_dir = out_dir, .index = index, .mend = true};
    struct mending mending = {.source = &source};
    if (runs_list(arena, out_dir, &mending.runs))
        catalogue_close(open_to_mend(&mending));
    arena_free(arena);
}

bool
history_rebuild(const char *out_dir, const char *index, struct diag *diag)
{
    struct arena *arena = arena_new();
    struct history_source source = {.out_dir = out_dir, .index = index, .mend = true};
    struct mending mending = {.source = &source, .diag = diag};
    struct catalogue *anew = NULL;
    bool good = runs_list(arena, out_dir, &mending.runs) && (anew = catalogue_make(index)) &&
                bring_into_line(&mending, anew) == MENDED;
    if (!good)
        say(&mending, SEVERITY_ERROR, "history.index", index,
            anew ? catalogue_fault(anew) : "the index cannot be made");
    catalogue_close(anew);
    arena_free(arena);
    return good;
}

/* ---- What a run asks ---- */

uint32_t
history_runs(const struct history *history, const day **as_of)
{
    *as_of = history->run;
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
    return scope && run < history->run_count && w < count ? place_of(history, w, scope, run) : NULL;
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
    catalogue_deals(history->index, as_of, as_of + 1, gather, &gathering);
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
    catalogue_deals(history->index, day_from_civil((struct civil){1600, 1, 1}),
                    history->source.as_of, take, context);
}

bool
history_report(const struct history *history, const struct history_filter *filter,
               void (*take)(void *context, const struct history_cell *cells), void *context)
{
    return catalogue_report(history->index, filter, take, context);
}

/* The index may always be thrown away: the runs' own memory.json files are the record. */
#include "mending.h"

#include "schema.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

void
mending_unread(struct diag *diag, const char *file, const char *why)
{
    if (diag)
        diag_report(diag, SEVERITY_ERROR, EXIT_FAILED, "history.read", (struct place){file, 0, 0},
                    "the memory cannot be read: %s", why);
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
        mending_unread(mending->diag, path, strerror(errno));
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
    struct catalogue *index = catalogue_make(NULL, mending->source->measures);
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
    struct catalogue *index =
        catalogue_open(mending->source->index, mending->source->measures, false, &state, &version);
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
    struct catalogue *index =
        catalogue_open(path, mending->source->measures, true, &state, &version);
    if (state == CATALOGUE_NEWER) {
        say_newer(mending, path, version, SCHEMA_INDEX);
        return NULL;
    }
    if (!index && state != CATALOGUE_SHUT)
        index = catalogue_make(path, mending->source->measures);
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

struct catalogue *
mending_open(const struct history_source *source, struct diag *diag)
{
    struct arena *arena = arena_new();
    struct mending mending = {.source = source, .diag = diag};
    struct catalogue *index = NULL;
    if (!runs_list(arena, source->out_dir, &mending.runs))
        mending_unread(diag, source->out_dir, strerror(errno));
    else
        index = source->mend ? open_to_mend(&mending) : open_to_look(&mending);
    arena_free(arena);
    return index;
}

bool
mending_rebuild(const struct history_source *source, struct diag *diag)
{
    struct arena *arena = arena_new();
    struct mending mending = {.source = source, .diag = diag};
    struct catalogue *anew = NULL;
    bool good = runs_list(arena, source->out_dir, &mending.runs) &&
                (anew = catalogue_make(source->index, source->measures)) &&
                bring_into_line(&mending, anew) == MENDED;
    if (!good)
        say(&mending, SEVERITY_ERROR, "history.index", source->index,
            anew ? catalogue_fault(anew) : "the index cannot be made");
    catalogue_close(anew);
    arena_free(arena);
    return good;
}

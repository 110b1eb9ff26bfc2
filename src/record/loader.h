/* loader: what all tables share while they are read; internal to the layer. */
#ifndef SEFPACK_RECORD_LOADER_H
#define SEFPACK_RECORD_LOADER_H

#include "config.h"
#include "dataset.h"
#include "extract.h"
#include "index.h"
#include "lexicon.h"
#include "number.h"

/* Days up to here are Excel's empty days or older than any deal. */
enum { loader_first_day = -25567 }; /* 1900-01-01 */

/* How an activity was: bits by its type, outcome and direction. */
enum { MANNER_MEETING = 1, MANNER_REACHED = 2, MANNER_HELD = 4, MANNER_IN = 8 };

/* What a dataset frees at its end. */
struct holdings {
    void **block;
    size_t block_count, block_capacity;
};

struct loader {
    const struct config *config;
    const struct zone *zone;
    unsigned jobs;
    bool strict;
    struct extract_log *log;
    struct diag *diag;
    struct dataset *dataset;
    day as_of;             /* of the extract being read: earlier for `previous` */
    struct symbols *words; /* in order of first sight; dataset.words is in order of first use */
    struct symbols *later; /* ids of tables that are not read yet */
    struct index index[TABLE_COUNT];
    struct texts called[TABLE_COUNT]; /* names of rows that the index may not know yet */
    struct {
        struct texts id, name;
        uint32_t *account;
    } contacts;           /* while something may name them */
    struct index unborn;  /* deals created after as_of: rows about them are of the future, too */
    struct decimal *rate; /* 0: the reporting currency; i + 1: config rate i */
    struct lexicon *stages, *segments, *categories, *answers, *tiers, *levels, *currencies;
    struct lexicon *changes; /* fields of history rows */
    struct lexicon *outcomes, *types, *directions;
};

void
loader_open(struct loader *loader);

void
loader_close(struct loader *loader);

/* The index of a currency in `rate`; -1 where it has none. */
int
loader_rate(const struct loader *loader, struct text currency);

/* Hands a heap block to the dataset, which frees it in dataset_free. */
void *
loader_keep(struct loader *loader, void *block);

/* Makes the numbers of a column in its keep at least so wide. */
void
loader_widen(struct loader *loader, struct column *column, size_t count, uint32_t width);

/* As loader_keep, for what texts consist of; gives them back. */
struct texts
loader_keep_texts(struct loader *loader, struct texts texts);

/* Fills the lexicon of changed fields from the history extract's `fields`. */
void
loader_name_changes(struct loader *loader, const struct config_pairs *names);

#endif

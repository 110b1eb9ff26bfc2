/* shelf: the open deals of a scope in an order, and a table of them. */
#ifndef SEFPACK_PACK_SHELF_H
#define SEFPACK_PACK_SHELF_H

#include "voice.h"

struct shelf {
    uint32_t count;
    const struct deal_fact **fact;
};

/* The scope's own open deals that pass (NULL: all), ascending id. */
struct shelf
shelf_of(const struct voice *voice,
         bool (*pass)(const struct voice *voice, const struct deal_fact *fact));

/* Largest first by `rank`; ties by id. */
void
shelf_order(const struct voice *voice, struct shelf *shelf,
            double (*rank)(const struct voice *voice, const struct deal_fact *fact));

/* Ranks: amount; amount x chance; age. */
double
shelf_amount(const struct voice *voice, const struct deal_fact *fact);

double
shelf_expected(const struct voice *voice, const struct deal_fact *fact);

double
shelf_age(const struct voice *voice, const struct deal_fact *fact);

/* "past close, no next step": the fatal or other flags of a deal in words. */
const char *
shelf_flags(const struct voice *voice, const struct deal_fact *fact);

/* The first two of them, the fatal one before the others, and how many more there are. */
const char *
shelf_flags_brief(const struct voice *voice, const struct deal_fact *fact);

/* The deal's name, or its id where it has none. */
const char *
shelf_name(const struct voice *voice, uint32_t deal);

/* Who a table of deals names beside a deal: its owner, on a seller's own sheet its account. */
const char *
shelf_who(const struct voice *voice, uint32_t deal);

/* A table of the first `most` with a caption; nothing when there are none. */
void
shelf_table(const struct voice *voice, struct block *section, const char *caption,
            const struct shelf *shelf, uint32_t most);

/* The deal's name, or its id where it has none. */
const char *
shelf_name(const struct voice *voice, uint32_t deal);

/* "Name, EUR 120k" as runs, for lists. */
void
shelf_runs(const struct voice *voice, struct runs *runs, uint32_t deal);

#endif

/* tables: the ten tables, each read into the dataset in its turn; internal to the layer.
 *
 * The order lets references be resolved: teams, sellers, accounts, contacts, deals, history,
 * activities, leads, quotas, calls, previous. Each function gives false after an error. */
#ifndef SEFPACK_RECORD_TABLES_H
#define SEFPACK_RECORD_TABLES_H

#include "intake.h"
#include "loader.h"

bool
teams_read(struct loader *loader);

/* After sellers: parents and managers; teams of the sellers where there is no table of teams. */
bool
teams_link(struct loader *loader);

bool
sellers_read(struct loader *loader);

bool
accounts_read(struct loader *loader);

bool
contacts_read(struct loader *loader);

/* Only their levels remain: nothing names a contact any more. */
void
contacts_forget(struct loader *loader);

/* Deals stay open in `intake` until history has spoken. */
bool
deals_read(struct loader *loader, struct intake *intake);

/* Close days from history, rejections that need them, states, days of qualification. */
bool
deals_conclude(struct loader *loader, struct intake *deals, struct intake *history);

/* The rows of `deals` as history_rows of the dataset, not yet in the loader's keep. */
bool
history_read(struct loader *loader, const struct intake *deals, struct intake *intake);

/* Rows of deals that were rejected go; the rest is given to the dataset. `row` maps the
 * `deals` read to what they are now, NONE when rejected; NULL: nothing changed. */
void
history_conclude(struct loader *loader, struct intake *intake, const uint32_t *row, uint32_t deals);

bool
activities_read(struct loader *loader);

bool
leads_read(struct loader *loader);

bool
quotas_read(struct loader *loader);

/* The periods that begin on these days. */
struct period *
quotas_periods(struct loader *loader, const day *start, uint32_t count);

bool
calls_read(struct loader *loader);

bool
earlier_read(struct loader *loader);

#endif

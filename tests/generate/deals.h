/* deals: deals, their history, activities and leads as the CRM would export them. */
#ifndef SEFPACK_GENERATE_DEALS_H
#define SEFPACK_GENERATE_DEALS_H

#include "extracts.h"

/* Writes deals.csv, history.csv, activities.csv and leads.csv (and deals.xml where asked). */
bool
deals_write(const struct view *view, const struct seller_life *sellers);

#endif

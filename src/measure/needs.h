/* needs: the plan read backwards, from what is missing to the deals, leads and accounts it takes,
 * and whether that can be done in the time left. */
#ifndef SEFPACK_MEASURE_NEEDS_H
#define SEFPACK_MEASURE_NEEDS_H

#include "equation.h"

/* The needs of one seller into facts->system; `not_configured` for one who left or has no quota.
 * Nothing missing needs 0, whatever the rates. */
void
needs_find(const struct equation *equation, struct scope_facts *facts);

/* New deals needed today at a win rate of p x s, X being `existing`: max(0, G - X) / (A s F(D));
 * `too_late` where s F(D) is below config capacity.too_late_below. */
struct maybe
needs_time_true(const struct equation *equation, const struct scope_facts *facts, double existing);

/* system.needed.*, last_useful_day, visible_from, feasible. */
void
needs_measure(const struct sheet *sheet);

/* Whether a seller is in the sums of needs: present and with a quota. */
static inline bool
needs_count(const struct scope_facts *facts)
{
    return facts->present && facts->has_quota;
}

#endif

/* spread: how sure a scope's forecast is: quantiles and the chance to reach the quota. */
#ifndef SEFPACK_MEASURE_SPREAD_H
#define SEFPACK_MEASURE_SPREAD_H

struct sheet;

void
spread_measure(const struct sheet *sheet);

#endif

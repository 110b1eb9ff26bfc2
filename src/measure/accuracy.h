/* accuracy: what earlier runs forecast for periods that have ended, against what was booked. */
#ifndef SEFPACK_MEASURE_ACCURACY_H
#define SEFPACK_MEASURE_ACCURACY_H

struct sheet;

/* For each ended period and each lead the run nearest to that many days before its end, near enough
 * to be called so (a quarter of the lead, at least three days): inside the period its forecast with
 * its range, before it the forecast of the next period, which has none. Null `no_data` without, and
 * `too_few` (rows all the same) below 4 periods. */
void
accuracy_measure(const struct sheet *sheet);

#endif

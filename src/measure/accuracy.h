/* accuracy: what earlier runs forecast for periods that have ended, against what was booked. */
#ifndef SEFPACK_MEASURE_ACCURACY_H
#define SEFPACK_MEASURE_ACCURACY_H

struct sheet;

/* Needs stored runs; null `no_data` without, `too_few` (rows all the same) below 4 periods. */
void
accuracy_measure(const struct sheet *sheet);

#endif

/* mix: what the deals were: reasons, sources, qualification, strategic ones. */
#ifndef SEFPACK_MEASURE_MIX_H
#define SEFPACK_MEASURE_MIX_H

struct sheet;

void
mix_measure(const struct sheet *sheet);

#endif

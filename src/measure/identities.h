/* identities: sums that must agree, checked every run. */
#ifndef SEFPACK_MEASURE_IDENTITIES_H
#define SEFPACK_MEASURE_IDENTITIES_H

struct work;

/* Fills measures->identity with I1 .. I11 and reports every one that fails as an error with exit
 * code 3 (`measures.identity`). Those of absent tables do not apply. */
void
identities_check(struct work *work);

#endif

/* archive: `sefpack history`: what past runs are remembered, and making them forget a person. */
#ifndef SEFPACK_ARCHIVE_H
#define SEFPACK_ARCHIVE_H

struct batch;

/* list, show DAY|MEASURE, export, forget PERSON; messages in the batch's diag. */
void
archive_do(struct batch *batch);

#endif

/* head: what the manifest says of a run beside its files. */
#ifndef SEFPACK_HEAD_H
#define SEFPACK_HEAD_H

#include "buf.h"

struct config;
struct extract_log;
struct packing_result;
struct batch;

/* 12 hex digits and a NUL, of the config, the inputs' bytes and the program's version. */
void
head_run_id(const struct config *config, const struct extract_log *log, char id[13]);

/* JSON members of the run in its memory: id, version, inputs with their hashes. */
void
head_write_run(const struct batch *batch, struct buf *out);

/* JSON members: version, run, config, extracts with their counts, checks, packs, mails, fonts.
 */
void
head_write(const struct batch *batch, const struct packing_result *result, struct buf *out);

#endif

/* head: what the manifest says of a run beside its files. */
#ifndef SEFPACK_HEAD_H
#define SEFPACK_HEAD_H

#include "buf.h"

struct config;
struct extract_log;
struct packing_result;
struct batch;

/* 12 hex digits and a NUL in batch->id, of the program's version, the config, its presets and what
 * the command line changed of it, the inputs' bytes, files looked up among them, and templates,
 * words, logo and fonts: what else has an effect on the bytes of packs, and only that. Needs the
 * extracts read and the packs prepared. */
void
head_run_id(struct batch *batch);

/* JSON members of the run in its memory: id, version, inputs with their hashes. */
void
head_write_run(const struct batch *batch, struct buf *out);

/* JSON members: version, run, config, presets, extracts with their counts, checks, packs, mails,
 * fonts. */
void
head_write(const struct batch *batch, const struct packing_result *result, struct buf *out);

#endif

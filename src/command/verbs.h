/* verbs: what the command can be told to do; one function each. */
#ifndef SEFPACK_VERBS_H
#define SEFPACK_VERBS_H

struct batch;

/* Runs the verb of batch->options; messages go to batch->diag, results to stdout. */
void
verbs_do(struct batch *batch);

#endif

/* verbs: what the command can be told to do; one function each. */
#ifndef SEFPACK_VERBS_H
#define SEFPACK_VERBS_H

struct run;

/* Runs the verb of run->options; messages go to run->diag, results to stdout. */
void
verbs_do(struct run *run);

#endif

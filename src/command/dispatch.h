/* dispatch: `sefpack send`: the mails of a published run go out. */
#ifndef SEFPACK_DISPATCH_H
#define SEFPACK_DISPATCH_H

struct batch;

/* The run is batch->options->word[0]; the settings are the run's own, or with --config a config's.
 */
void
dispatch_do(struct batch *batch);

#endif

/* ledger: what was sent: out/sent.tsv beside the runs, one line an event, appended and fsynced.
 *
 * time, state, SHA-256 of the mail's file, address, path, note, with tabs between. A mail is one
 * file's bytes to one address: a run that is made again with the same bytes is not sent again, one
 * with other bytes is. "sending" without an outcome behind it: the program ended meanwhile, and
 * whether the mail arrived is not known. */
#ifndef SEFPACK_PUBLISH_LEDGER_H
#define SEFPACK_PUBLISH_LEDGER_H

#include "diag.h"

#include <stdbool.h>

struct ledger;

enum ledger_state { LEDGER_NEW, LEDGER_SENDING, LEDGER_SENT, LEDGER_FAILED };

/* In the open folder of all runs; kept from others until it is closed. `look`: nothing is made,
 * changed or kept. NULL with an error (exit 1). */
struct ledger *
ledger_open(int out, bool look, struct diag *diag);

void
ledger_close(struct ledger *ledger); /* NULL is allowed */

/* The last event of a mail. */
enum ledger_state
ledger_state(const struct ledger *ledger, const char *sha256, const char *address);

/* On disk when it returns. `note` may be NULL. False with errno. */
bool
ledger_add(struct ledger *ledger, enum ledger_state state, const char *sha256, const char *address,
           const char *path, const char *note);

#endif

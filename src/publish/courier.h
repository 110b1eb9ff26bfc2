/* courier: the mails of a run to their recipients, each once, at a measured pace.
 *
 * In rounds: what a server puts off is tried again after a wait that doubles. The ledger is written
 * before and after each mail, so that no mail is sent twice, whatever happens in between. */
#ifndef SEFPACK_PUBLISH_COURIER_H
#define SEFPACK_PUBLISH_COURIER_H

#include "buf.h"
#include "diag.h"
#include "outbox.h"

#include <stdbool.h>
#include <stdint.h>

struct courier_order {
    const struct outbox *outbox;
    struct delivery_settings settings;
    const char *tester; /* or NULL: everything to this mailbox instead, without the ledger */
    uint32_t samples;   /* tester: only the first so many; 0: all */
    bool resend;        /* also what may have arrived when a sending was interrupted */
};

/* Delivers. What was not delivered is told in diag (exit 7), each mail with its scope; a line for
 * each mail that was goes to stdout. */
void
courier_deliver(const struct courier_order *order, struct diag *diag);

/* What would be delivered, as a table: state, scope, address, size, file. */
void
courier_list(const struct courier_order *order, struct buf *out, struct diag *diag);

#endif

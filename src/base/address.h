/* address: mail addresses, as narrow as every server takes them: ASCII, a local part of words with
 * single dots between, a domain of letters, digits and hyphens. Quoted local parts, comments and
 * domains in brackets are refused: there is nothing for a header or an SMTP command to hide in. */
#ifndef SEFPACK_BASE_ADDRESS_H
#define SEFPACK_BASE_ADDRESS_H

#include "text.h"

#include <stdbool.h>

/* "example.com" */
bool
address_is_domain(struct text text);

/* "ann@example.com" */
bool
address_is_mailbox(struct text text);

/* What stands behind the @ of a mailbox. */
struct text
address_domain(struct text mailbox);

/* "ann@example.com" or "Ann Smith <ann@example.com>" into its parts, the name trimmed and perhaps
 * empty. False when the address is none. */
bool
address_split(const char *text, struct text *name, struct text *mailbox);

#endif

/* letter: page 1 again, for the mail that carries a pack. */
#ifndef SEFPACK_PACK_LETTER_H
#define SEFPACK_PACK_LETTER_H

#include "voice.h"

/* Completes doc->summary (builds what the outline left out of page 1) and fills doc->mail.
 * `templates` is the folder of mail.html; `kind` chooses the words letter.subject.<kind>. */
void
letter_fill(const struct voice *voice, const char *templates, const char *kind);

#endif

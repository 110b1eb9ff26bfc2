/* currency: the codes of ISO 4217 and the signs people write instead. */
#ifndef SEFPACK_BASE_CURRENCY_H
#define SEFPACK_BASE_CURRENCY_H

#include "text.h"

/* Length of the code in use today (EUR) or the sign (€, kr) at the start of the text; 0: none. A
 * code or a sign of letters must not be followed by another letter. */
uint32_t
currency_length(struct text text);

#endif

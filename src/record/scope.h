/* scope: company, teams and sellers as one list, each before what is below it. */
#ifndef SEFPACK_RECORD_SCOPE_H
#define SEFPACK_RECORD_SCOPE_H

#include "loader.h"

/* From sellers and teams, whose parents are resolved and free of cycles. */
void
scope_build(struct loader *loader);

#endif

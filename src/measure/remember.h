/* remember: memory.json, what later runs may know of this one. */
#ifndef SEFPACK_MEASURE_REMEMBER_H
#define SEFPACK_MEASURE_REMEMBER_H

#include "buf.h"

struct measures;

/* {"schema": 1, "run": {as_of, config_sha256, currency, period, members}, "scopes": [{kind, id,
 * measures}], "deals": [{id, owner, stage, amount, close, qualified, segment, category, q}]}: the
 * measures in the form of measures.json, but for those that come from earlier runs; the deals open
 * at as-of in ascending id, those not qualified and renewals too, without q. People stand in it by
 * their ids alone. `members` is JSON without braces: id, version, inputs. */
void
remember_write(const struct measures *measures, struct text members, struct buf *out);

#endif

/* whole_job: what a seller has of each part of the job against what a steady period needs. */
#ifndef SEFPACK_MEASURE_WHOLE_JOB_H
#define SEFPACK_MEASURE_WHOLE_JOB_H

#include "work.h"

/* system.whole_job, and of sellers system.neglected and system.over_invested. After the forecast
 * of the scope was measured. */
void
whole_job_measure(const struct sheet *sheet);

#endif

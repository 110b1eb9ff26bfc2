/* survey: what one reading of an extract has shown: which of two readings its days and numbers
 * have, whether its references are names, what nobody could read. */
#ifndef SEFPACK_RECORD_SURVEY_H
#define SEFPACK_RECORD_SURVEY_H

#include "intake.h"

/* Adds what a batch has shown; in the order of the input. */
void
survey_take(struct intake *intake, const struct chunk *chunk);

/* Decides by the whole extract; `again` is set where it must be read once more, otherwise. False
 * after an error in the loader's diag. */
bool
survey_decide(struct intake *intake, bool *again);

/* Before the extract is read once more. */
void
survey_forget(struct intake *intake);

/* Says what was found, once, with its first place, and keeps it for the data report. */
void
survey_report(struct intake *intake);

#endif

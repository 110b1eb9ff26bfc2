/* anchors: where each measure's numbers stand in a pack, and links from there to what it is and
 * back. The anchor of a measure is its id: that of the figure, exhibit or row made for it, else of
 * the first block that shows it; "definition.<id>" is its row among the definitions. */
#ifndef SEFPACK_PACK_ANCHORS_H
#define SEFPACK_PACK_ANCHORS_H

#include "voice.h"

/* The measures looked at since the last call stand in what was built in `section` behind `last`
 * (NULL: from its start on). Where nothing was built no number is shown. */
void
anchors_mark(const struct voice *voice, struct block *section, const struct block *last);

/* Ends a section with links to what its measures are, for the screen. */
void
anchors_link(const struct voice *voice, struct block *section);

/* At the end: of each measure one anchor stays, one of its own before others. */
void
anchors_settle(struct doc *doc);

const char *
anchors_definition(const struct voice *voice, enum measure_id id);

#endif

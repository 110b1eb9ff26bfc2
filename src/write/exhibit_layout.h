/* exhibit_layout: charts with their titles, alone and side by side, and rows of figures. */
#ifndef SEFPACK_WRITE_EXHIBIT_LAYOUT_H
#define SEFPACK_WRITE_EXHIBIT_LAYOUT_H

#include "flow.h"

/* Title, subtitle, chart and note on one page; a chart that is too large is made smaller. */
void
exhibit_place(struct flow *flow, const struct block *block);

/* Two of them side by side, or one below the other where they are no two exhibits. */
void
exhibit_place_pair(struct flow *flow, const struct block *block);

/* Figures, three a row. */
void
exhibit_place_figures(struct flow *flow, const struct block *block);

#endif

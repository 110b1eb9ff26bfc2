#include "blank.h"

#include "loader.h"

#include <string.h>

/* By width; kinds that are not named are 0. */
static const int64_t blanks[KIND_KINDS] = {
    [KIND_DAY] = DAY_NONE,
    [KIND_PERIOD] = DAY_NONE,
    [KIND_MONEY] = MONEY_NONE,
    [KIND_TALLY] = TALLY_NONE,
    [KIND_LETTER] = -1,
    [KIND_STAGE] = -1,
    [KIND_CATEGORY] = CATEGORY_UNSET,
    [KIND_VALUE] = VALUE_NONE,
    [KIND_TEAM] = NONE,
    [KIND_SELLER] = NONE,
    [KIND_ACCOUNT] = NONE,
    [KIND_CONTACT] = NONE,
    [KIND_DEAL] = NONE,
    [KIND_REFERENCE] = NONE,
};

void
blank_fill(enum kind kind, void *column, uint32_t count)
{
    int64_t blank = blanks[kind];
    size_t width = intake_width(kind);
    for (uint32_t row = 0; width > 0 && row < count; row++)
        if (width == 1)
            ((uint8_t *)column)[row] = (uint8_t)blank;
        else if (width == 2)
            ((int16_t *)column)[row] = (int16_t)blank;
        else if (width == 4)
            ((uint32_t *)column)[row] = (uint32_t)blank;
        else
            ((int64_t *)column)[row] = blank;
}

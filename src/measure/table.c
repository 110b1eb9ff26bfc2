#include "measures.h"

const struct measure_row measure_table[MEASURE_COUNT] = {
#define MEASURE(id, ...) [id] = {__VA_ARGS__},
#include "measures.def"
#undef MEASURE
};

const char *const measure_field_names[FIELD_COUNT] = {
#define FIELD(id, name) [id] = (name),
#include "fields.def"
#undef FIELD
};

const char *const measure_why_names[] = {
    [WHY_NONE] = "",
    [WHY_NO_DATA] = "no_data",
    [WHY_TOO_FEW] = "too_few",
    [WHY_NOT_CONFIGURED] = "not_configured",
    [WHY_ZERO_DENOMINATOR] = "zero_denominator",
    [WHY_MET] = "met",
    [WHY_TOO_LATE] = "too_late",
    [WHY_NOT_YET_EXPECTED] = "not_yet_expected",
    [WHY_IMPOSSIBLE] = "impossible",
    [WHY_NOT_DEFINED] = "not_defined",
};

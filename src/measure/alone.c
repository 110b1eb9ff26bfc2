#include "alone.h"

#include "equation.h"

#define HALVINGS 60

enum change { CHANGE_WIN, CHANGE_CREATION, CHANGE_SIZE, CHANGE_CYCLE, CHANGE_COUNT };

static const struct {
    const char *key;
    double most; /* times today; of the win rate: 1 */
} change_table[CHANGE_COUNT] = {[CHANGE_WIN] = {"win", 0},
                                [CHANGE_CREATION] = {"creation", 3},
                                [CHANGE_SIZE] = {"size", 2},
                                [CHANGE_CYCLE] = {"cycle", 2}};

/* E with a factor at `times` of today; for the win rate `times` is the rate itself. */
static double
expected_at(const struct equation *equation, double booked, enum change change, double times)
{
    struct equation changed = *equation;
    if (change == CHANGE_WIN) {
        changed.s = changed.work->p > 0 ? times / changed.work->p : 0;
    } else if (change == CHANGE_CREATION) {
        changed.lambda *= times;
    } else if (change == CHANGE_SIZE) {
        changed.worth *= times;
    } else {
        changed.time *= times;
    }
    return booked + equation_now(&changed);
}

/* The far end first; then halving, the upper end being the answer. */
static struct maybe
smallest(const struct equation *equation, const struct scope_facts *facts, enum change change)
{
    double quota = (double)facts->quota, booked = (double)facts->bookings;
    bool win = change == CHANGE_WIN;
    double low = win ? facts->w.value : 1, high = win ? 1 : change_table[change].most;
    if (booked + facts->existing + facts->fresh >= quota) {
        return (struct maybe){.why = WHY_MET};
    }
    if (expected_at(equation, booked, change, high) < quota) {
        return (struct maybe){.why = WHY_IMPOSSIBLE};
    }
    for (int i = 0; i < HALVINGS && high - low > 1e-14 * high; i++) {
        double middle = (low + high) / 2;
        if (expected_at(equation, booked, change, middle) >= quota) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return (struct maybe){high, WHY_NONE};
}

/* From times of today to the factor's own unit. */
static struct maybe
in_units(struct maybe times, const struct scope_facts *facts, enum change change)
{
    if (times.why != WHY_NONE || change == CHANGE_WIN) {
        return times;
    }
    struct maybe own = change == CHANGE_SIZE    ? facts->size
                       : change == CHANGE_CYCLE ? facts->cycle_own
                                                : (struct maybe){facts->lambda, WHY_NONE};
    own.value = change == CHANGE_CYCLE ? own.value / times.value : own.value * times.value;
    return own;
}

void
alone_measure(const struct sheet *sheet)
{
    const struct scope_facts *facts = sheet->facts;
    if (!facts->has_quota) {
        measure_null(sheet, M_SYSTEM_CLOSES_ALONE, WHY_NOT_CONFIGURED);
        return;
    }
    struct equation equation = equation_of(sheet->scratch, sheet->work, facts, false);
    for (int c = 0; c < CHANGE_COUNT; c++) {
        enum change change = (enum change)c;
        struct maybe value = in_units(smallest(&equation, facts, change), facts, change);
        measure_row(sheet, M_SYSTEM_CLOSES_ALONE,
                    CELLS(STRING(F_KEY, change_table[c].key), measure_cell(F_VALUE, value)));
        if (value.why != WHY_NONE) {
            measure_row_add(sheet, M_SYSTEM_CLOSES_ALONE,
                            CELLS(STRING(F_WHY, measure_why_names[value.why])));
        }
    }
}

#include "mix.h"

#include "groups.h"
#include "work.h"

#define LETTERS 4 /* values of a qualification letter; one more for unknown */

static void
put_reasons(const struct sheet *sheet, struct groups *groups)
{
    groups_sort(groups);
    for (uint32_t i = 0; i < groups->count; i++) {
        const struct group *group = &groups->group[i];
        measure_row(sheet, M_DEALS_LOSS_REASONS,
                    CELLS(STRING(F_KEY, sheet_word(sheet, group->word)),
                          WHOLE(F_NUMBER, group->all.number), WHOLE(F_VALUE, group->all.value)));
    }
}

/* rate, low, high of a row; nulls for 0 of 0. */
static void
rate_cells(struct share share, struct cell out[3])
{
    bool known = share.why == WHY_NONE;
    out[0] = known ? REAL(F_RATE, share.value) : EMPTY(F_RATE);
    out[1] = known ? REAL(F_LOW, share.low) : EMPTY(F_LOW);
    out[2] = known ? REAL(F_HIGH, share.high) : EMPTY(F_HIGH);
}

static void
put_sources(const struct sheet *sheet, struct groups *groups)
{
    groups_sort(groups);
    for (uint32_t i = 0; i < groups->count; i++) {
        const struct group *group = &groups->group[i];
        struct cell rate[3];
        rate_cells(share_of(sheet->work, group->k, group->n), rate);
        measure_row(sheet, M_DEALS_SOURCES,
                    CELLS(STRING(F_KEY, sheet_word(sheet, group->word)),
                          WHOLE(F_NUMBER, group->all.number), WHOLE(F_VALUE, group->all.value),
                          WHOLE(F_K, group->k), WHOLE(F_N, group->n), rate[0], rate[1], rate[2]));
    }
}

static void
put_qualification(const struct sheet *sheet, const uint32_t won[], const uint32_t decided[])
{
    static const char *const key[LETTERS + 1] = {"0", "1", "2", "3", ""};
    struct share below = {.why = WHY_ZERO_DENOMINATOR};
    for (int i = 0; i <= LETTERS; i++) {
        struct share share = share_of(sheet->work, won[i], decided[i]);
        if (share.why != WHY_NONE && i < LETTERS) {
            continue;
        }
        bool no_lift = i < LETTERS && below.why == WHY_NONE && share.low <= below.high &&
                       share.high >= below.low;
        struct cell rate[3];
        rate_cells(share, rate);
        measure_row(sheet, M_DEALS_QUALIFICATION,
                    CELLS(STRING(F_KEY, key[i]), WHOLE(F_K, won[i]), WHOLE(F_N, decided[i]),
                          rate[0], rate[1], rate[2], TRUTH(F_NO_LIFT, no_lift)));
        below = share;
    }
}

static void
put_decided(const struct sheet *sheet)
{
    const struct work *work = sheet->work;
    const struct deals *deals = &work->dataset->deals;
    struct groups reasons = groups_new(sheet), sources = groups_new(sheet);
    uint32_t won[LETTERS + 1] = {0}, decided[LETTERS + 1] = {0};
    for (uint32_t i = sheet->facts->first; i < sheet->facts->end; i++) {
        uint32_t owner = work->dataset->order[i];
        for (uint32_t j = work->decided_first[owner]; j < work->decided_first[owner + 1]; j++) {
            const struct decided *here = &work->decided[j];
            bool is_won = here->outcome == OUTCOME_WON;
            if (!is_won) {
                struct group *reason = groups_of(&reasons, here->reason);
                work_tally(sheet->facts, &reason->all, here->amount);
            }
            struct group *source = groups_of(&sources, here->source);
            work_tally(sheet->facts, &source->all, here->amount);
            source->n++;
            source->k += is_won ? 1 : 0;
            int letter = here->weakest < 0 || here->weakest >= LETTERS ? LETTERS : here->weakest;
            decided[letter]++;
            won[letter] += is_won ? 1 : 0;
        }
    }
    if (deals->mapped_loss_reason) {
        put_reasons(sheet, &reasons);
    } else {
        measure_null(sheet, M_DEALS_LOSS_REASONS, WHY_NOT_CONFIGURED);
    }
    if (deals->mapped_source) {
        put_sources(sheet, &sources);
    } else {
        measure_null(sheet, M_DEALS_SOURCES, WHY_NOT_CONFIGURED);
    }
    if (deals->letters > 0) {
        put_qualification(sheet, won, decided);
    } else {
        measure_null(sheet, M_DEALS_QUALIFICATION, WHY_NOT_CONFIGURED);
    }
}

static bool
was_strategic(const struct work *work, const struct decided *decided)
{
    return decided->strategic == ANSWER_YES ||
           (decided->amount != MONEY_NONE && work->strategic_from != MONEY_NONE &&
            decided->amount >= work->strategic_from);
}

static struct cell
part_cell(enum field field, int64_t part, int64_t whole)
{
    return whole > 0 ? REAL(field, (double)part / (double)whole) : EMPTY(field);
}

static void
put_strategic(const struct sheet *sheet)
{
    const struct work *work = sheet->work;
    struct tally open = {0}, won = {0};
    for (uint32_t i = sheet->facts->first; i < sheet->facts->end; i++) {
        uint32_t owner = work->dataset->order[i];
        for (uint32_t j = work->open_first[owner]; j < work->open_first[owner + 1]; j++) {
            if (work->open[j].strategic) {
                work_tally(sheet->facts, &open, work->open[j].amount);
            }
        }
        for (uint32_t j = work->decided_first[owner]; j < work->decided_first[owner + 1]; j++) {
            const struct decided *here = &work->decided[j];
            if (here->outcome == OUTCOME_WON && was_strategic(work, here)) {
                work_tally(sheet->facts, &won, here->amount);
            }
        }
    }
    measure_tally(sheet, M_DEALS_STRATEGIC, open);
    measure_add(sheet, M_DEALS_STRATEGIC,
                CELLS(part_cell(F_SHARE_OPEN, open.value, sheet->facts->open.value),
                      part_cell(F_SHARE_WON, won.value, sheet->facts->won.value)));
}

void
mix_measure(const struct sheet *sheet)
{
    put_decided(sheet);
    put_strategic(sheet);
}

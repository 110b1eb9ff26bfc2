#include "work.h"

struct scope_facts *
work_seller(const struct work *work, uint32_t seller)
{
    const struct dataset *dataset = work->dataset;
    uint32_t scope =
        seller < dataset->sellers.count ? dataset->seller_scope[seller] : dataset->scope_count;
    return &work->facts[scope];
}

bool
work_add(struct tally *tally, int64_t amount)
{
    tally->number++;
    if (amount == MONEY_NONE) {
        return true;
    }
    tally->valued++;
    return number_add(tally->value, amount, &tally->value);
}

void
work_tally(struct scope_facts *facts, struct tally *tally, int64_t amount)
{
    if (!work_add(tally, amount)) {
        facts->overflow = true;
    }
}

void
work_merge(struct scope_facts *facts, struct tally *to, struct tally from)
{
    to->number += from.number;
    to->valued += from.valued;
    if (!number_add(to->value, from.value, &to->value)) {
        facts->overflow = true;
    }
}

/* The circle of influence of strategic deals: who was reached, how high, how evenly. */
#include "memory.h"
#include "work.h"

#include <stdlib.h>

/* What was said with one contact about a deal, or loosely about its account. */
struct bond {
    uint32_t about, contact; /* deal or account */
    uint64_t in_t;           /* two-way activities */
    bool before;             /* any before R */
    day last;
};

struct bonds {
    struct bond *bond;
    size_t count, room;
};

static int
by_about_and_contact(const void *a, const void *b)
{
    const struct bond *x = a, *y = b;
    if (x->about != y->about)
        return x->about < y->about ? -1 : 1;
    return (x->contact > y->contact) - (x->contact < y->contact);
}

static void
add_bond(struct bonds *bonds, const struct work *work, uint32_t about, uint64_t meet)
{
    const struct engagement *engagement = &work->dataset->engagement;
    day today = column_day(&engagement->meets.day, meet);
    memory_grow(&bonds->bond, &bonds->room, bonds->count + 1, sizeof *bonds->bond);
    bonds->bond[bonds->count++] = (struct bond){
        .about = about,
        .contact = column_at(&engagement->meets.contact, meet),
        .in_t = work_within(work->t, today) ? column_at(&engagement->meets.times, meet) : 0,
        .before = !work_within(work->r, today),
        .last = today,
    };
}

/* Sorts, and makes one bond of all with the same contact. */
static void
fold_bonds(struct bonds *bonds)
{
    size_t kept = 0;
    if (bonds->count)
        qsort(bonds->bond, bonds->count, sizeof *bonds->bond, by_about_and_contact);
    for (size_t i = 0; i < bonds->count; i++) {
        const struct bond *bond = &bonds->bond[i];
        if (kept == 0 || by_about_and_contact(&bonds->bond[kept - 1], bond) != 0) {
            bonds->bond[kept++] = *bond;
            continue;
        }
        struct bond *same = &bonds->bond[kept - 1];
        same->in_t += bond->in_t;
        same->before |= bond->before;
        same->last = bond->last > same->last ? bond->last : same->last;
    }
    bonds->count = kept;
}

/* The first bond about it. */
static size_t
find_bonds(const struct bonds *bonds, uint32_t about)
{
    size_t low = 0, high = bonds->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (bonds->bond[middle].about < about)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct circle {
    double sum, squares;
    day last;
};

static void
add_person(const struct work *work, struct deal_fact *fact, struct circle *circle,
           const struct bond *bond)
{
    if (bond->last > circle->last)
        circle->last = bond->last;
    if (bond->in_t == 0)
        return;
    uint8_t level = work->dataset->contacts.level[bond->contact];
    double times = (double)bond->in_t;
    circle->sum += times;
    circle->squares += times * times;
    fact->people++;
    fact->new_people += !bond->before;
    fact->levels[level]++;
    if (level > fact->highest)
        fact->highest = level;
}

/* Walks the bonds of the deal and the loose ones of its account together, contact by contact. */
static void
draw_circle(const struct work *work, struct deal_fact *fact, const struct bonds *named,
            const struct bonds *loose)
{
    uint32_t deal = fact->deal, account = work->dataset->deals.account[deal];
    size_t i = find_bonds(named, deal),
           j = account == NONE ? loose->count : find_bonds(loose, account);
    struct circle circle = {.last = DAY_NONE};
    for (;;) {
        const struct bond *a =
            i < named->count && named->bond[i].about == deal ? &named->bond[i] : NULL;
        const struct bond *b =
            j < loose->count && loose->bond[j].about == account ? &loose->bond[j] : NULL;
        if (!a && !b)
            break;
        struct bond both = a && (!b || a->contact <= b->contact) ? *a : *b;
        if (a && b && a->contact == b->contact) {
            both.in_t += b->in_t;
            both.before |= b->before;
            both.last = b->last > both.last ? b->last : both.last;
        }
        i += a && a->contact == both.contact;
        j += b && b->contact == both.contact;
        add_person(work, fact, &circle, &both);
    }
    fact->effective = circle.squares > 0 ? circle.sum * circle.sum / circle.squares : 0;
    fact->silent_days = circle.last == DAY_NONE ? -1 : work->as_of - circle.last;
}

void
influence_prepare(struct work *work)
{
    const struct dataset *dataset = work->dataset;
    const struct engagement *engagement = &dataset->engagement;
    struct measures *measures = work->measures;
    if (!engagement->present)
        return;
    bool *deal = memory_new(dataset->deals.count, sizeof *deal);
    bool *account = memory_new(dataset->accounts.count, sizeof *account);
    for (uint32_t i = 0; i < measures->fact_count; i++) {
        if (!measures->fact[i].strategic)
            continue;
        deal[measures->fact[i].deal] = true;
        if (dataset->deals.account[measures->fact[i].deal] != NONE)
            account[dataset->deals.account[measures->fact[i].deal]] = true;
    }
    struct bonds named = {0}, loose = {0};
    for (uint64_t i = 0; i < engagement->meets.count; i++) {
        uint32_t about = column_at(&engagement->meets.deal, i),
                 place = column_at(&engagement->meets.account, i);
        if (about < DEAL_UNKNOWN && deal[about])
            add_bond(&named, work, about, i);
        else if (about == NONE && place != NONE && account[place])
            add_bond(&loose, work, place, i);
    }
    fold_bonds(&named);
    fold_bonds(&loose);
    for (uint32_t i = 0; i < measures->fact_count; i++)
        if (measures->fact[i].strategic)
            draw_circle(work, &measures->fact[i], &named, &loose);
    free(named.bond);
    free(loose.bond);
    free(deal);
    free(account);
}

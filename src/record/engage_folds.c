/* The folds before the first activity, and how they become columns of the dataset. */
#include "engage_folds.h"

#include "memory.h"

#include <stdlib.h>

enum { MOST_SHARES = 256 };

void
engage_restart(struct engage *engage)
{
    const struct dataset *dataset = engage->loader->dataset;
    uint32_t owners = dataset->sellers.count + 1;
    for (uint32_t d = 0; d < dataset->deals.count; d++)
        engage->deal[d] = (struct deal_fold){DAY_NONE, dataset->deals.account[d], false};
    for (uint32_t a = 0; a < dataset->accounts.count; a++)
        engage->account[a] = (struct account_fold){DAY_NONE, DAY_NONE, DAY_NONE, false};
    for (uint32_t s = 0; s < engage->shares; s++) {
        struct share *share = &engage->share[s];
        memset(share->link, 0, sizeof share->link);
        for (int f = 0; f < FOLDS; f++)
            memset(share->owner[f], 0, owners * sizeof *share->owner[f]);
        for (int t = 0; t < TALLIES; t++)
            tally_close(&share->tally[t]);
        tally_open(&share->tally[TALLY_MEETS], 5, dataset->contacts.count);
        tally_open(&share->tally[TALLY_REACHED], 2, owners);
        tally_open(&share->tally[TALLY_ON_DEALS], 3, owners);
    }
}

struct engage *
engage_open(struct loader *loader)
{
    struct engage *engage = memory_new(1, sizeof *engage);
    size_t owners = (size_t)loader->dataset->sellers.count + 1;
    engage->loader = loader;
    engage->out = &loader->dataset->engagement;
    engage->shares = loader->jobs < 1 ? 1 : loader->jobs > MOST_SHARES ? MOST_SHARES : loader->jobs;
    engage->share = memory_new(engage->shares, sizeof *engage->share);
    for (uint32_t s = 0; s < engage->shares; s++) {
        atomic_flag_clear(&engage->share[s].busy);
        for (int f = 0; f < FOLDS; f++)
            engage->share[s].owner[f] = memory_new(owners, sizeof(uint64_t));
    }
    /* in one block, which gets more of its pages large than two */
    size_t deals = (size_t)loader->dataset->deals.count + 1,
           accounts = (size_t)loader->dataset->accounts.count + 1;
    engage->deal = memory_new(deals * sizeof *engage->deal + accounts * sizeof *engage->account, 1);
    engage->account = (struct account_fold *)(void *)(engage->deal + deals);
    engage_restart(engage);
    return engage;
}

/* The days of tuples, which order as their numbers do. */
static void
give_days(struct column *column, uint64_t count)
{
    enum { PIECE = 1024 };
    struct column days = {0};
    day block[PIECE];
    for (uint64_t from = 0, n; from < count; from += n) {
        n = count - from < PIECE ? count - from : PIECE;
        for (uint64_t i = 0; i < n; i++)
            block[i] = (day)(column_at(column, from + i) ^ 0x80000000u);
        column_append_days(&days, from, block, n, count - from - n);
    }
    free(column->cells);
    *column = days;
}

/* The columns in the order of the tuple's numbers; the one of days, or NONE. */
static uint64_t
merge(struct engage *engage, int which, uint32_t days, struct column out[TALLY_WIDEST + 1])
{
    struct loader *loader = engage->loader;
    struct tally *first = &engage->share->tally[which];
    uint32_t width = first->width;
    uint64_t count = tally_merge(first, sizeof *engage->share, engage->shares, loader->jobs, out);
    if (days != NONE)
        give_days(&out[days], count);
    for (uint32_t i = 0; i <= width; i++)
        loader_keep(loader, out[i].cells);
    return count;
}

static void
merge_tallies(struct engage *engage)
{
    struct engagement *out = engage->out;
    struct column column[TALLY_WIDEST + 1];
    out->meets.count = merge(engage, TALLY_MEETS, 4, column);
    out->meets.contact = column[0];
    out->meets.owner = column[1];
    out->meets.account = column[2];
    out->meets.deal = column[3];
    out->meets.day = column[4];
    out->meets.times = column[5];
    out->reached.count = merge(engage, TALLY_REACHED, NONE, column);
    out->reached.owner = column[0];
    out->reached.account = column[1];
    out->meetings_on_deals.count = merge(engage, TALLY_ON_DEALS, 2, column);
    out->meetings_on_deals.owner = column[0];
    out->meetings_on_deals.deal = column[1];
    out->meetings_on_deals.day = column[2];
    out->meetings_on_deals.times = column[3];
}

static void
add_share(struct engagement *out, const struct share *share, uint32_t owners)
{
    uint64_t *folds[FOLDS] = {
        [FOLD_ALL] = out->activities,        [FOLD_TWO_WAY] = out->two_way,
        [FOLD_MEETINGS] = out->meetings,     [FOLD_HELD] = out->meetings_held,
        [FOLD_SENIOR] = out->two_way_senior, [FOLD_LEVELLED] = out->two_way_levelled,
    };
    for (unsigned link = 0; link < LINKS; link++) {
        uint64_t *first = link & NAMES_DEAL      ? &out->with_deal
                          : link & NAMES_ACCOUNT ? &out->with_account
                          : link & NAMES_CONTACT ? &out->with_contact
                                                 : &out->orphan;
        out->read_used += share->link[link];
        *first += share->link[link];
    }
    for (int f = 0; f < FOLDS; f++)
        for (uint32_t owner = 0; owner < owners; owner++)
            folds[f][owner] += share->owner[f][owner];
}

static void *
kept(const struct engage *engage, uint32_t count, size_t size)
{
    return loader_keep(engage->loader, memory_new((size_t)count + 1, size));
}

/* The folds by deal and account as the columns of the dataset. */
static void
give_folds(struct engage *engage)
{
    struct engagement *out = engage->out;
    uint32_t deals = engage->loader->dataset->deals.count;
    uint32_t accounts = engage->loader->dataset->accounts.count;
    out->deal_last_two_way = kept(engage, deals, sizeof *out->deal_last_two_way);
    out->deal_any = kept(engage, deals, sizeof *out->deal_any);
    out->account_last = kept(engage, accounts, sizeof *out->account_last);
    out->account_last_two_way = kept(engage, accounts, sizeof *out->account_last_two_way);
    out->account_loose_two_way = kept(engage, accounts, sizeof *out->account_loose_two_way);
    out->account_in_t = kept(engage, accounts, sizeof *out->account_in_t);
    out->account_loose_any = kept(engage, accounts, sizeof *out->account_loose_any);
    for (uint32_t d = 0; d < deals; d++) {
        out->deal_last_two_way[d] = engage->deal[d].last_two_way;
        out->deal_any[d] = engage->deal[d].any;
    }
    for (uint32_t a = 0; a < accounts; a++) {
        out->account_last[a] = engage->account[a].last;
        out->account_last_two_way[a] = engage->account[a].last_two_way;
        out->account_loose_two_way[a] = engage->account[a].loose_two_way;
        out->account_in_t[a] = engage->account[a].last > engage->loader->as_of - TRAILING;
        out->account_loose_any[a] = engage->account[a].loose_any;
    }
    free(engage->deal);
}

void
engage_finish(struct engage *engage)
{
    struct engagement *out = engage->out;
    uint32_t owners = engage->loader->dataset->sellers.count + 1;
    uint64_t **folds[] = {&out->activities,    &out->two_way,        &out->meetings,
                          &out->meetings_held, &out->two_way_senior, &out->two_way_levelled};
    for (size_t f = 0; f < sizeof folds / sizeof *folds; f++)
        *folds[f] = kept(engage, owners, sizeof **folds[f]);
    give_folds(engage);
    merge_tallies(engage);
    for (uint32_t s = 0; s < engage->shares; s++) {
        add_share(out, &engage->share[s], owners);
        for (int f = 0; f < FOLDS; f++)
            free(engage->share[s].owner[f]);
    }
    free(engage->share);
    free(engage);
}

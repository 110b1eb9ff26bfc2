#include "engage.h"

#include "chunk.h"
#include "memory.h"
#include "tally.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { RECENT = 91, TRAILING = 365, AHEAD = 24, MOST_SHARES = 256 };

enum { FOLD_ALL, FOLD_TWO_WAY, FOLD_MEETINGS, FOLD_HELD, FOLD_SENIOR, FOLD_LEVELLED, FOLDS };
enum { TALLY_MEETS, TALLY_REACHED, TALLY_ON_DEALS, TALLIES };

/* What one thread has gathered; any thread may go on with it. */
struct share {
    atomic_flag busy;
    uint64_t read, with_deal, with_account, with_contact, orphan;
    uint64_t *owner[FOLDS]; /* by owner, the unknown one too */
    struct tally tally[TALLIES];
};

/* What is known of a deal and of an account: side by side, so that one look fetches it all. */
struct deal_fold {
    day last_two_way;
    uint32_t account; /* the deal's own */
    bool any;
};

struct account_fold {
    day last, last_two_way, loose_two_way;
    bool in_t, loose_any;
};

/* Folds by deal and account are shared by all threads: days and marks only ever rise. */
struct engage {
    struct loader *loader;
    struct engagement *out;
    uint32_t shares;
    struct share *share;
    struct deal_fold *deal;
    struct account_fold *account;
};

void
engage_restart(struct engage *engage)
{
    const struct dataset *dataset = engage->loader->dataset;
    uint32_t owners = dataset->sellers.count + 1;
    for (uint32_t d = 0; d < dataset->deals.count; d++)
        engage->deal[d] = (struct deal_fold){DAY_NONE, dataset->deals.account[d], false};
    for (uint32_t a = 0; a < dataset->accounts.count; a++)
        engage->account[a] = (struct account_fold){DAY_NONE, DAY_NONE, DAY_NONE, false, false};
    for (uint32_t s = 0; s < engage->shares; s++) {
        struct share *share = &engage->share[s];
        share->read = share->with_deal = share->with_account = 0;
        share->with_contact = share->orphan = 0;
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
    engage->deal = memory_new((size_t)loader->dataset->deals.count + 1, sizeof *engage->deal);
    engage->account =
        memory_new((size_t)loader->dataset->accounts.count + 1, sizeof *engage->account);
    engage_restart(engage);
    return engage;
}

/* A share nobody works with; there are as many as threads, so one is free or soon will be. */
static struct share *
take_share(struct engage *engage)
{
    for (uint32_t s = 0;; s = (s + 1) % engage->shares)
        if (!atomic_flag_test_and_set_explicit(&engage->share[s].busy, memory_order_acquire))
            return &engage->share[s];
}

static void
raise(day *place, day d)
{
    day old = __atomic_load_n(place, __ATOMIC_RELAXED);
    while (old < d &&
           !__atomic_compare_exchange_n(place, &old, d, true, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
        continue;
}

static void
mark(bool *place)
{
    if (!__atomic_load_n(place, __ATOMIC_RELAXED))
        __atomic_store_n(place, true, __ATOMIC_RELAXED);
}

/* One activity, its references resolved. */
struct activity {
    day day;
    uint32_t owner, deal, account, contact, times;
    bool names_deal, two_way, meeting, held;
};

static void
fold_owner(const struct engage *engage, struct share *share, const struct activity *activity)
{
    const struct dataset *dataset = engage->loader->dataset;
    uint32_t owner = activity->owner, times = activity->times;
    uint8_t level =
        activity->contact == NONE ? LEVEL_UNKNOWN : dataset->contacts.level[activity->contact];
    share->owner[FOLD_ALL][owner] += times;
    if (activity->meeting) {
        share->owner[FOLD_MEETINGS][owner] += times;
        share->owner[FOLD_HELD][owner] += activity->held ? times : 0;
    }
    if (!activity->two_way)
        return;
    share->owner[FOLD_TWO_WAY][owner] += times;
    share->owner[FOLD_LEVELLED][owner] += level != LEVEL_UNKNOWN ? times : 0;
    share->owner[FOLD_SENIOR][owner] += level >= LEVEL_DIRECTOR ? times : 0;
    if (activity->meeting && activity->deal != NONE) {
        uint32_t tuple[] = {owner, activity->deal, (uint32_t)activity->day ^ 0x80000000u};
        tally_add(&share->tally[TALLY_ON_DEALS], tuple, times);
    }
}

/* What a run of activities says of one deal and of one account: rows about one mostly follow each
 * other, and what all threads share is then touched once. */
struct run {
    uint32_t deal, account;
    struct deal_fold of_deal;
    struct account_fold of_account;
};

static const struct deal_fold no_deal = {DAY_NONE, NONE, false};
static const struct account_fold no_account = {DAY_NONE, DAY_NONE, DAY_NONE, false, false};

static void
end_deal(const struct engage *engage, struct run *run)
{
    if (run->deal != NONE) {
        mark(&engage->deal[run->deal].any);
        raise(&engage->deal[run->deal].last_two_way, run->of_deal.last_two_way);
    }
    run->of_deal = no_deal;
}

static void
end_account(const struct engage *engage, struct run *run)
{
    const struct account_fold *seen = &run->of_account;
    if (run->account != NONE) {
        struct account_fold *fold = &engage->account[run->account];
        raise(&fold->last, seen->last);
        raise(&fold->last_two_way, seen->last_two_way);
        raise(&fold->loose_two_way, seen->loose_two_way);
        if (seen->in_t)
            mark(&fold->in_t);
        if (seen->loose_any)
            mark(&fold->loose_any);
    }
    run->of_account = no_account;
}

static inline day
later(day a, day b)
{
    return a > b ? a : b;
}

static void
fold_places(const struct engage *engage, struct run *run, const struct activity *activity,
            bool trailing)
{
    day two_way = activity->two_way ? activity->day : DAY_NONE;
    if (activity->deal != NONE) {
        if (activity->deal != run->deal)
            end_deal(engage, run);
        run->deal = activity->deal;
        run->of_deal.last_two_way = later(run->of_deal.last_two_way, two_way);
    }
    if (activity->account != NONE) {
        if (activity->account != run->account)
            end_account(engage, run);
        struct account_fold *fold = &run->of_account;
        run->account = activity->account;
        fold->last = later(fold->last, activity->day);
        fold->last_two_way = later(fold->last_two_way, two_way);
        fold->loose_two_way = later(fold->loose_two_way, activity->names_deal ? DAY_NONE : two_way);
        fold->in_t |= trailing;
        fold->loose_any |= !activity->names_deal;
    }
}

static void
fold(const struct engage *engage, struct share *share, struct run *run,
     const struct activity *activity)
{
    day as_of = engage->loader->as_of;
    bool trailing = activity->day > as_of - TRAILING;
    if (activity->day > as_of - RECENT)
        fold_owner(engage, share, activity);
    fold_places(engage, run, activity, trailing);
    if (activity->two_way && activity->contact != NONE) {
        bool strange = activity->deal == NONE && activity->names_deal;
        uint32_t tuple[] = {activity->contact, activity->owner, activity->account,
                            strange ? DEAL_UNKNOWN : activity->deal,
                            (uint32_t)activity->day ^ 0x80000000u};
        tally_add(&share->tally[TALLY_MEETS], tuple, activity->times);
    }
    if (activity->two_way && trailing && activity->account != NONE) {
        uint32_t tuple[] = {activity->owner, activity->account};
        tally_add(&share->tally[TALLY_REACHED], tuple, activity->times);
    }
}

/* A deal nobody knows may be the id of an account or a contact, as CRMs that have one column for
 * what an activity is about write it: then the activity names no deal. */
static void
find_other(const struct engage *engage, struct text id, struct activity *activity)
{
    struct index *index = engage->loader->index;
    uint32_t account = index_find(&index[TABLE_ACCOUNTS], id);
    uint32_t contact = index_find(&index[TABLE_CONTACTS], id);
    activity->names_deal = account == NONE && contact == NONE;
    if (activity->account == NONE)
        activity->account = account;
    if (activity->contact == NONE)
        activity->contact = contact;
}

static void
count_link(struct share *share, const struct activity *activity)
{
    share->read++;
    if (activity->deal != NONE)
        share->with_deal++;
    else if (activity->account != NONE)
        share->with_account++;
    else if (activity->contact != NONE)
        share->with_contact++;
    else
        share->orphan++;
}

static void
link_account(const struct engage *engage, struct activity *activity)
{
    if (activity->account == NONE && activity->deal != NONE)
        activity->account = engage->deal[activity->deal].account;
    if (activity->account == NONE && activity->contact != NONE)
        activity->account = engage->loader->contacts.account[activity->contact];
}

struct columns {
    const day *day;
    const uint32_t *owner, *account, *deal, *contact, *count;
    const uint8_t *type, *direction, *outcome;
};

static struct columns
columns_of(const struct chunk *chunk)
{
    return (struct columns){
        chunk->column[ACTIVITY_DAY],     chunk->column[ACTIVITY_OWNER],
        chunk->column[ACTIVITY_ACCOUNT], chunk->column[ACTIVITY_DEAL],
        chunk->column[ACTIVITY_CONTACT], chunk->column[ACTIVITY_COUNT],
        chunk->column[ACTIVITY_TYPE],    chunk->column[ACTIVITY_DIRECTION],
        chunk->column[ACTIVITY_OUTCOME],
    };
}

static struct activity
activity_of(const struct engage *engage, const struct columns *columns, uint32_t row)
{
    struct activity activity = {
        .day = columns->day[row],
        .owner = columns->owner[row],
        .deal = columns->deal[row],
        .account = columns->account[row],
        .contact = columns->contact[row],
        .times = columns->count[row] == TALLY_NONE ? 1 : columns->count[row],
        .names_deal = columns->deal[row] != NONE,
        .meeting = columns->type[row] & MANNER_MEETING,
        .held = columns->outcome[row] & MANNER_HELD,
    };
    activity.two_way = (columns->direction[row] & MANNER_IN) ||
                       (columns->outcome[row] & MANNER_REACHED) ||
                       (activity.meeting && activity.held);
    if (activity.owner == NONE)
        activity.owner = engage->loader->dataset->sellers.count;
    return activity;
}

static void
prefetch(const struct engage *engage, const struct columns *columns, uint32_t row)
{
    uint32_t deal = columns->deal[row], account = columns->account[row];
    if (deal < ROW_UNKNOWN)
        __builtin_prefetch(&engage->deal[deal]);
    if (account < ROW_UNKNOWN)
        __builtin_prefetch(&engage->account[account]);
}

void
engage_chunk(struct engage *engage, struct chunk *chunk, const struct rows *rows)
{
    struct share *share = take_share(engage);
    struct columns columns = columns_of(chunk);
    struct run run = {NONE, NONE, no_deal, no_account};
    for (uint32_t row = 0; row < chunk->count; row++) {
        if (row + AHEAD < chunk->count)
            prefetch(engage, &columns, row + AHEAD);
        if (chunk->verdict[row] != VERDICT_KEEP)
            continue;
        if (columns.day[row] > engage->loader->as_of) {
            chunk->verdict[row] = VERDICT_FUTURE;
            continue;
        }
        struct activity activity = activity_of(engage, &columns, row);
        if (activity.deal == ROW_UNKNOWN) {
            activity.deal = NONE;
            find_other(engage, chunk_cell(rows, row, ACTIVITY_DEAL), &activity);
        }
        count_link(share, &activity);
        link_account(engage, &activity);
        if (activity.times)
            fold(engage, share, &run, &activity);
    }
    end_deal(engage, &run);
    end_account(engage, &run);
    atomic_flag_clear_explicit(&share->busy, memory_order_release);
}

static void *
merge(struct engage *engage, int which, uint64_t *count, uint32_t **out)
{
    struct loader *loader = engage->loader;
    uint32_t width = engage->share->tally[which].width;
    *count = tally_merge(&engage->share->tally[which], sizeof *engage->share, engage->shares,
                         loader->jobs, out);
    for (uint32_t i = 0; i <= width; i++)
        loader_keep(loader, out[i]);
    if (which == TALLY_REACHED)
        return NULL;
    for (uint64_t i = 0; i < *count; i++) /* back to days */
        out[width - 1][i] ^= 0x80000000u;
    return out[width - 1];
}

static void
merge_tallies(struct engage *engage)
{
    struct engagement *out = engage->out;
    uint32_t *column[TALLY_WIDEST + 1];
    out->meets.day = merge(engage, TALLY_MEETS, &out->meets.count, column);
    out->meets.contact = column[0];
    out->meets.owner = column[1];
    out->meets.account = column[2];
    out->meets.deal = column[3];
    out->meets.times = column[5];
    merge(engage, TALLY_REACHED, &out->reached.count, column);
    out->reached.owner = column[0];
    out->reached.account = column[1];
    out->meetings_on_deals.day =
        merge(engage, TALLY_ON_DEALS, &out->meetings_on_deals.count, column);
    out->meetings_on_deals.owner = column[0];
    out->meetings_on_deals.deal = column[1];
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
    out->read_used += share->read;
    out->with_deal += share->with_deal;
    out->with_account += share->with_account;
    out->with_contact += share->with_contact;
    out->orphan += share->orphan;
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
        out->account_in_t[a] = engage->account[a].in_t;
        out->account_loose_any[a] = engage->account[a].loose_any;
    }
    free(engage->deal);
    free(engage->account);
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

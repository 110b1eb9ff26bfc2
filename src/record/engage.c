#include "engage.h"

#include "chunk.h"
#include "engage_folds.h"

enum { RECENT = 91, BLOCK = 128 };

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

/* One activity, its references resolved. What follows from what its cells say is worked out without
 * a branch: it cannot be foreseen. */
struct activity {
    day day, two_way; /* the day once more, where it was two-way */
    uint32_t owner, deal, account, contact, times;
    bool names_deal, meeting, held;
};

/* The day, else DAY_NONE. */
static inline day
day_if(day d, bool counts)
{
    uint32_t none = (uint32_t)DAY_NONE;
    return (day)(none ^ (((uint32_t)d ^ none) & -(uint32_t)counts));
}

static inline uint32_t
times_if(const struct activity *activity, bool counts)
{
    return activity->times & -(uint32_t)counts;
}

static void
fold_owner(const struct engage *engage, struct share *share, const struct activity *activity)
{
    uint32_t owner = activity->owner;
    share->owner[FOLD_ALL][owner] += activity->times;
    share->owner[FOLD_MEETINGS][owner] += times_if(activity, activity->meeting);
    share->owner[FOLD_HELD][owner] += times_if(activity, activity->meeting & activity->held);
    if (activity->two_way == DAY_NONE)
        return;
    uint8_t level = activity->contact == NONE
                        ? LEVEL_UNKNOWN
                        : engage->loader->dataset->contacts.level[activity->contact];
    share->owner[FOLD_TWO_WAY][owner] += activity->times;
    share->owner[FOLD_LEVELLED][owner] += times_if(activity, level != LEVEL_UNKNOWN);
    share->owner[FOLD_SENIOR][owner] += times_if(activity, level >= LEVEL_DIRECTOR);
    if (activity->meeting && activity->deal != NONE) {
        uint32_t tuple[] = {owner, activity->deal, (uint32_t)activity->day ^ 0x80000000u};
        tally_add(&share->tally[TALLY_ON_DEALS], tuple, activity->times);
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
static const struct account_fold no_account = {DAY_NONE, DAY_NONE, DAY_NONE, false};

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

static inline void
fold_deal(const struct engage *engage, struct run *run, const struct activity *activity)
{
    bool named = activity->deal != NONE;
    uint32_t other = activity->deal ^ run->deal;
    if (other & -(uint32_t)named)
        end_deal(engage, run);
    run->deal = named ? activity->deal : run->deal;
    run->of_deal.last_two_way = later(run->of_deal.last_two_way, day_if(activity->two_way, named));
}

static inline void
fold_account(const struct engage *engage, struct run *run, const struct activity *activity)
{
    struct account_fold *fold = &run->of_account;
    day loose = day_if(activity->two_way, !activity->names_deal);
    if (activity->account == NONE)
        return;
    if (activity->account != run->account)
        end_account(engage, run);
    run->account = activity->account;
    fold->last = later(fold->last, activity->day);
    fold->last_two_way = later(fold->last_two_way, activity->two_way);
    fold->loose_two_way = later(fold->loose_two_way, loose);
    fold->loose_any |= !activity->names_deal;
}

static void
fold_two_way(const struct engage *engage, struct share *share, const struct activity *activity)
{
    if (activity->contact != NONE) {
        uint32_t deal = activity->deal - ((activity->deal == NONE) & activity->names_deal);
        uint32_t tuple[] = {activity->contact, activity->owner, activity->account,
                            deal, /* NONE, less one: DEAL_UNKNOWN */
                            (uint32_t)activity->day ^ 0x80000000u};
        tally_add(&share->tally[TALLY_MEETS], tuple, activity->times);
    }
    if (activity->day > engage->loader->as_of - TRAILING && activity->account != NONE) {
        uint32_t tuple[] = {activity->owner, activity->account};
        tally_add(&share->tally[TALLY_REACHED], tuple, activity->times);
    }
}

/* Activities of rows that follow each other, those that count. Each kind of fold goes through them
 * on its own, over a list of those it concerns: what comes next cannot be foreseen. */
struct block {
    uint32_t count;
    struct activity activity[BLOCK];
};

static void
fold(const struct engage *engage, struct share *share, struct run *run, const struct block *block)
{
    uint32_t recent[BLOCK], two_way[BLOCK], recents = 0, two_ways = 0;
    day before = engage->loader->as_of - RECENT;
    for (uint32_t i = 0; i < block->count; i++) {
        recent[recents] = two_way[two_ways] = i;
        recents += block->activity[i].day > before;
        two_ways += block->activity[i].two_way != DAY_NONE;
    }
    for (uint32_t i = 0; i < block->count; i++)
        fold_deal(engage, run, &block->activity[i]);
    for (uint32_t i = 0; i < block->count; i++)
        fold_account(engage, run, &block->activity[i]);
    for (uint32_t i = 0; i < recents; i++)
        fold_owner(engage, share, &block->activity[recent[i]]);
    for (uint32_t i = 0; i < two_ways; i++)
        fold_two_way(engage, share, &block->activity[two_way[i]]);
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

static inline void
count_link(struct share *share, const struct activity *activity, bool counts)
{
    unsigned deal = activity->deal != NONE, account = activity->account != NONE,
             contact = activity->contact != NONE;
    share->link[deal * NAMES_DEAL + account * NAMES_ACCOUNT + contact * NAMES_CONTACT] += counts;
}

static void
link_account(const struct engage *engage, struct activity *activity)
{
    if (__builtin_expect(activity->account != NONE, 1))
        return;
    if (activity->deal != NONE)
        activity->account = engage->deal[activity->deal].account;
    if (activity->account == NONE && activity->contact != NONE)
        activity->account = engage->loader->contacts.account[activity->contact];
}

static inline void
prefetch(const struct engage *engage, const struct activity *activity)
{
    uint32_t deal = activity->deal & -(uint32_t)(activity->deal != NONE);
    uint32_t account = activity->account & -(uint32_t)(activity->account != NONE);
    __builtin_prefetch(&engage->deal[deal]);
    __builtin_prefetch(&engage->account[account]);
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

/* By the bits of MANNER_*: an answer, or a meeting that was held. */
static inline bool
is_two_way(unsigned manner)
{
    unsigned met = manner & manner >> 2 & MANNER_MEETING;
    return (met | (manner & (MANNER_IN | MANNER_REACHED))) != 0;
}

_Static_assert(MANNER_MEETING << 2 == MANNER_HELD, "is_two_way shifts one onto the other");

static inline struct activity
activity_of(const struct engage *engage, const struct columns *columns, uint32_t row)
{
    unsigned manner = (columns->type[row] & MANNER_MEETING) |
                      (columns->outcome[row] & (MANNER_REACHED | MANNER_HELD)) |
                      (columns->direction[row] & MANNER_IN);
    uint32_t owner = columns->owner[row], times = columns->count[row];
    return (struct activity){
        .day = columns->day[row],
        .two_way = day_if(columns->day[row], is_two_way(manner)),
        .owner = owner == NONE ? engage->loader->dataset->sellers.count : owner,
        .deal = columns->deal[row],
        .account = columns->account[row],
        .contact = columns->contact[row],
        .times = times == TALLY_NONE ? 1 : times,
        .names_deal = columns->deal[row] != NONE,
        .meeting = (manner & MANNER_MEETING) != 0,
        .held = (manner & MANNER_HELD) != 0,
    };
}

/* Rows from..to - 1 as activities, what is known of their deals and accounts asked for. */
static void
gather(const struct engage *engage, struct share *share, struct chunk *chunk,
       const struct rows *rows, uint32_t from, uint32_t to, struct block *block)
{
    const struct columns columns = columns_of(chunk);
    day as_of = engage->loader->as_of;
    block->count = 0;
    for (uint32_t row = from; row < to; row++) {
        struct activity *activity = &block->activity[block->count];
        bool kept = chunk->verdict[row] == VERDICT_KEEP, future = columns.day[row] > as_of;
        *activity = activity_of(engage, &columns, row);
        if (__builtin_expect(kept & future, 0))
            chunk->verdict[row] = VERDICT_FUTURE;
        if (__builtin_expect(activity->deal == ROW_UNKNOWN, 0)) {
            activity->deal = NONE;
            find_other(engage, chunk_cell(rows, row, ACTIVITY_DEAL), activity);
        }
        count_link(share, activity, kept & !future);
        link_account(engage, activity);
        prefetch(engage, activity);
        block->count += kept & !future & (activity->times > 0);
    }
}

void
engage_chunk(struct engage *engage, struct chunk *chunk, const struct rows *rows)
{
    struct share *share = take_share(engage);
    struct run run = {NONE, NONE, no_deal, no_account};
    struct block block;
    for (uint32_t from = 0; from < chunk->count; from += BLOCK) {
        uint32_t to = chunk->count - from > BLOCK ? from + BLOCK : chunk->count;
        gather(engage, share, chunk, rows, from, to, &block);
        fold(engage, share, &run, &block);
    }
    end_deal(engage, &run);
    end_account(engage, &run);
    atomic_flag_clear_explicit(&share->busy, memory_order_release);
}

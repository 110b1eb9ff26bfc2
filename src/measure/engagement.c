/* Calls: who was reached and what it moved; counts of activity stand only as denominators. */
#include "lineage.h"
#include "memory.h"
#include "states.h"
#include "work.h"

#include <stdlib.h>

struct engagement_sums { /* of one scope, all in R */
    uint64_t people, new_people;
    uint64_t meetings, advanced;     /* two-way meetings about a deal, old enough to judge */
    uint64_t with_contact, repeated; /* two-way activities */
    uint64_t accounts;               /* with a two-way contact */
    double effective;                /* sum over accounts */
};

/* What a scope saw of the contact or account at hand; `stamp` says of which. */
struct seen {
    uint64_t stamp;
    bool recent, before;
    double count, sum, squares;
};

struct passes {
    const struct work *work;
    struct seen *seen; /* by entry (lineage.h) */
    uint32_t *touched; /* entries seen so far */
    uint32_t touched_count;
    uint64_t stamp;
};

static struct seen *
look(struct passes *passes, uint32_t entry)
{
    struct seen *seen = &passes->seen[entry];
    if (seen->stamp != passes->stamp) {
        *seen = (struct seen){.stamp = passes->stamp};
        passes->touched[passes->touched_count++] = entry;
    }
    return seen;
}

static void
start(struct passes *passes)
{
    passes->stamp++;
    passes->touched_count = 0;
}

/* Distinct contacts of every scope, and those it had not met before R. */
static void
count_people(struct passes *passes)
{
    const struct work *work = passes->work;
    const struct engagement *engagement = &work->dataset->engagement;
    for (uint64_t i = 0, end; i < engagement->meets.count; i = end) {
        uint32_t contact = engagement->meets.contact[i];
        start(passes);
        for (end = i; end < engagement->meets.count && engagement->meets.contact[end] == contact;
             end++) {
            bool recent = work_within(work->r, engagement->meets.day[end]);
            uint32_t entry = lineage_first(work->dataset, engagement->meets.owner[end]);
            for (; entry != NONE; entry = lineage_next(work->dataset, entry)) {
                struct seen *seen = look(passes, entry);
                seen->recent |= recent;
                seen->before |= !recent;
            }
        }
        for (uint32_t j = 0; j < passes->touched_count; j++) {
            const struct seen *seen = &passes->seen[passes->touched[j]];
            struct engagement_sums *sums = &work->engagement[passes->touched[j]];
            sums->people += seen->recent;
            sums->new_people += seen->recent && !seen->before;
        }
    }
}

struct meeting { /* a day of two-way talk with one contact */
    uint32_t account, contact, owner, times;
    day day;
};

static int
by_day(const void *a, const void *b)
{
    const struct meeting *x = a, *y = b;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return (x->owner > y->owner) - (x->owner < y->owner);
}

static int
by_account_and_contact(const void *a, const void *b)
{
    const struct meeting *x = a, *y = b;
    if (x->account != y->account)
        return x->account < y->account ? -1 : 1;
    if (x->contact != y->contact)
        return x->contact < y->contact ? -1 : 1;
    return by_day(a, b);
}

static struct meeting
meeting_at(const struct engagement *engagement, uint64_t i)
{
    return (struct meeting){
        .account = engagement->meets.account[i],
        .contact = engagement->meets.contact[i],
        .owner = engagement->meets.owner[i],
        .times = engagement->meets.times[i],
        .day = engagement->meets.day[i],
    };
}

/* One contact's meetings in T, by day: those after enough earlier days with anybody repeat. */
static void
count_repeats_of(const struct work *work, const struct meeting *meetings, size_t count, bool senior)
{
    uint64_t earlier = 0, today = 0;
    for (size_t i = 0; i < count; i++) {
        if (i && meetings[i].day != meetings[i - 1].day) {
            earlier += today;
            today = 0;
        }
        today += meetings[i].times;
        if (!work_within(work->r, meetings[i].day))
            continue;
        bool again = !senior && earlier >= (uint64_t)work->config->engagement.repeat_meetings;
        uint32_t entry = lineage_first(work->dataset, meetings[i].owner);
        for (; entry != NONE; entry = lineage_next(work->dataset, entry)) {
            work->engagement[entry].with_contact += meetings[i].times;
            work->engagement[entry].repeated += again ? meetings[i].times : 0;
        }
    }
}

static void
count_repeats(const struct work *work)
{
    const struct engagement *engagement = &work->dataset->engagement;
    struct meeting *meetings = NULL;
    size_t room = 0;
    for (uint64_t i = 0, end; i < engagement->meets.count; i = end) {
        uint32_t contact = engagement->meets.contact[i];
        size_t count = 0;
        for (end = i; end < engagement->meets.count && engagement->meets.contact[end] == contact;
             end++) {
            if (!work_within(work->t, engagement->meets.day[end]))
                continue;
            memory_grow(&meetings, &room, count + 1, sizeof *meetings);
            meetings[count++] = meeting_at(engagement, end);
        }
        if (count)
            qsort(meetings, count, sizeof *meetings, by_day);
        bool senior = work->dataset->contacts.level[contact] >= LEVEL_DIRECTOR;
        count_repeats_of(work, meetings, count, senior);
    }
    free(meetings);
}

/* Adds the counts of one contact to the sums and squares of the account's scopes. */
static void
fold_contact(struct passes *passes)
{
    for (uint32_t j = 0; j < passes->touched_count; j++) {
        struct seen *seen = &passes->seen[passes->touched[j]];
        seen->sum += seen->count;
        seen->squares += seen->count * seen->count;
        seen->count = 0;
    }
}

static void
count_effective_of(struct passes *passes, const struct meeting *meetings, size_t count)
{
    const struct dataset *dataset = passes->work->dataset;
    start(passes);
    for (size_t i = 0; i < count; i++) {
        if (i && meetings[i].contact != meetings[i - 1].contact)
            fold_contact(passes);
        uint32_t entry = lineage_first(dataset, meetings[i].owner);
        for (; entry != NONE; entry = lineage_next(dataset, entry))
            look(passes, entry)->count += meetings[i].times;
    }
    fold_contact(passes);
    for (uint32_t j = 0; j < passes->touched_count; j++) {
        const struct seen *seen = &passes->seen[passes->touched[j]];
        struct engagement_sums *sums = &passes->work->engagement[passes->touched[j]];
        sums->accounts++;
        sums->effective += seen->sum * seen->sum / seen->squares;
    }
}

/* 1 / sum of squared shares over the contacts of each account, ascending accounts. */
static void
count_effective(struct passes *passes)
{
    const struct engagement *engagement = &passes->work->dataset->engagement;
    struct meeting *meetings = NULL;
    size_t room = 0, count = 0;
    for (uint64_t i = 0; i < engagement->meets.count; i++) {
        if (engagement->meets.account[i] == NONE || engagement->meets.times[i] == 0 ||
            !work_within(passes->work->r, engagement->meets.day[i]))
            continue;
        memory_grow(&meetings, &room, count + 1, sizeof *meetings);
        meetings[count++] = meeting_at(engagement, i);
    }
    if (count)
        qsort(meetings, count, sizeof *meetings, by_account_and_contact);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i; end < count && meetings[end].account == meetings[i].account;)
            end++;
        count_effective_of(passes, meetings + i, end - i);
    }
    free(meetings);
}

/* A row naming a later stage, open or won, soon after the day. */
static bool
advanced_after(const struct work *work, uint32_t deal, day meeting)
{
    const struct history_rows *history = &work->dataset->history;
    int16_t stage = states_stage(work->config, work->dataset, deal, meeting);
    if (stage < 0)
        return false;
    for (uint64_t row = history->first[deal]; row < history->first[deal + 1]; row++) {
        if (history->day[row] <= meeting || history->stage[row] <= stage)
            continue;
        if (history->day[row] > meeting + work->config->engagement.advance_days)
            return false;
        enum outcome outcome = work->config->stage[history->stage[row]].outcome;
        if (outcome == OUTCOME_OPEN || outcome == OUTCOME_WON)
            return true;
    }
    return false;
}

static void
count_advances(const struct work *work)
{
    const struct engagement *engagement = &work->dataset->engagement;
    day latest = work->as_of - work->config->engagement.advance_days;
    for (uint64_t i = 0; i < engagement->meetings_on_deals.count; i++) {
        day meeting = engagement->meetings_on_deals.day[i];
        if (meeting > latest || !work_within(work->r, meeting))
            continue;
        uint32_t times = engagement->meetings_on_deals.times[i];
        bool advanced = advanced_after(work, engagement->meetings_on_deals.deal[i], meeting);
        uint32_t entry = lineage_first(work->dataset, engagement->meetings_on_deals.owner[i]);
        for (; entry != NONE; entry = lineage_next(work->dataset, entry)) {
            work->engagement[entry].meetings += times;
            work->engagement[entry].advanced += advanced ? times : 0;
        }
    }
}

static bool
touched(const struct dataset *dataset, uint32_t deal)
{
    const struct engagement *engagement = &dataset->engagement;
    uint32_t account = dataset->deals.account[deal];
    return engagement->deal_any[deal] ||
           (account != NONE && engagement->account_loose_any[account]);
}

/* Won, non-renewal deals of T with any logged activity. */
static void
find_capture(struct work *work)
{
    const struct dataset *dataset = work->dataset;
    uint32_t entries = dataset->scope_count + 1;
    for (uint32_t i = 0; i < entries; i++)
        work->facts[i].capture = (struct share){.why = WHY_NOT_CONFIGURED};
    if (!dataset->engagement.present)
        return;
    for (uint32_t i = 0; i < work->decided_first[work->owner_count]; i++) {
        const struct decided *decided = &work->decided[i];
        if (decided->outcome != OUTCOME_WON)
            continue;
        uint32_t entry = lineage_first(dataset, decided->owner);
        for (; entry != NONE; entry = lineage_next(dataset, entry)) {
            work->facts[entry].capture.n += 1;
            work->facts[entry].capture.k += touched(dataset, decided->deal);
        }
    }
    for (uint32_t i = 0; i < entries; i++)
        work->facts[i].capture = share_of(work, work->facts[i].capture.k, work->facts[i].capture.n);
}

void
engagement_prepare(struct work *work)
{
    uint32_t entries = work->dataset->scope_count + 1;
    work->engagement = arena_array(work->arena, entries, sizeof *work->engagement);
    find_capture(work);
    if (!work->dataset->engagement.present)
        return;
    struct passes passes = {
        .work = work,
        .seen = memory_new(entries, sizeof *passes.seen),
        .touched = memory_new(entries, sizeof *passes.touched),
    };
    count_people(&passes);
    count_effective(&passes);
    free(passes.seen);
    free(passes.touched);
    count_repeats(work);
    if (work->dataset->history.present)
        count_advances(work);
}

static const enum measure_id all[] = {
    M_CALLS_TWO_WAY_SHARE, M_CALLS_HELD_SHARE,   M_CALLS_ADVANCE_RATE,
    M_CALLS_PEOPLE,        M_CALLS_NEW_PEOPLE,   M_CALLS_EFFECTIVE_PEOPLE,
    M_CALLS_SENIOR_SHARE,  M_CALLS_REPEAT_SHARE, M_CALLS_CAPTURE,
};
enum { ALL_COUNT = sizeof all / sizeof *all };

struct volume { /* folded while the rows streamed by */
    uint64_t activities, two_way, meetings, held, senior, levelled;
};

static struct volume
volume_of(const struct sheet *sheet)
{
    const struct engagement *engagement = &sheet->work->dataset->engagement;
    struct volume volume = {0};
    for (uint32_t i = sheet->facts->first; i < sheet->facts->end; i++) {
        uint32_t owner = sheet->work->dataset->order[i];
        volume.activities += engagement->activities[owner];
        volume.two_way += engagement->two_way[owner];
        volume.meetings += engagement->meetings[owner];
        volume.held += engagement->meetings_held[owner];
        volume.senior += engagement->two_way_senior[owner];
        volume.levelled += engagement->two_way_levelled[owner];
    }
    return volume;
}

static void
put_ratio(const struct sheet *sheet, enum measure_id id, uint64_t k, uint64_t n)
{
    measure_share(sheet, id, share_of(sheet->work, (double)k, (double)n));
}

static void
put_people(const struct sheet *sheet, const struct engagement_sums *sums)
{
    enum why why = WHY_NOT_CONFIGURED;
    if (!sheet->work->dataset->contacts.present) {
        measure_null(sheet, M_CALLS_PEOPLE, why);
        measure_null(sheet, M_CALLS_NEW_PEOPLE, why);
        measure_null(sheet, M_CALLS_EFFECTIVE_PEOPLE, why);
        measure_null(sheet, M_CALLS_SENIOR_SHARE, why);
        measure_null(sheet, M_CALLS_REPEAT_SHARE, why);
        return;
    }
    measure_put(sheet, M_CALLS_PEOPLE, CELLS(WHOLE(F_VALUE, (int64_t)sums->people)));
    measure_put(sheet, M_CALLS_NEW_PEOPLE, CELLS(WHOLE(F_VALUE, (int64_t)sums->new_people)));
    if (sums->accounts == 0)
        measure_null(sheet, M_CALLS_EFFECTIVE_PEOPLE, WHY_ZERO_DENOMINATOR);
    else
        measure_put(sheet, M_CALLS_EFFECTIVE_PEOPLE,
                    CELLS(REAL(F_VALUE, sums->effective / (double)sums->accounts),
                          WHOLE(F_N, (int64_t)sums->accounts)));
    struct volume volume = volume_of(sheet);
    put_ratio(sheet, M_CALLS_SENIOR_SHARE, volume.senior, volume.levelled);
    put_ratio(sheet, M_CALLS_REPEAT_SHARE, sums->repeated, sums->with_contact);
}

void
engagement_measure(const struct sheet *sheet)
{
    const struct dataset *dataset = sheet->work->dataset;
    if (!dataset->engagement.present || dataset->engagement.read_used == 0) {
        enum why why = dataset->engagement.present ? WHY_NO_DATA : WHY_NOT_CONFIGURED;
        for (int i = 0; i < ALL_COUNT; i++)
            measure_null(sheet, all[i], why);
        return;
    }
    const struct engagement_sums *sums = &sheet->work->engagement[sheet->scope];
    const struct share *capture = &sheet->facts->capture;
    struct volume volume = volume_of(sheet);
    put_ratio(sheet, M_CALLS_TWO_WAY_SHARE, volume.two_way, volume.activities);
    put_ratio(sheet, M_CALLS_HELD_SHARE, volume.held, volume.meetings);
    if (dataset->history.present && dataset->history.count > 0)
        put_ratio(sheet, M_CALLS_ADVANCE_RATE, sums->advanced, sums->meetings);
    else
        measure_null(sheet, M_CALLS_ADVANCE_RATE,
                     dataset->history.present ? WHY_NO_DATA : WHY_NOT_CONFIGURED);
    put_people(sheet, sums);
    measure_share(sheet, M_CALLS_CAPTURE, *capture);
    if (capture->n > 0 && capture->value < sheet->work->config->engagement.capture_minimum)
        for (int i = 0; i < ALL_COUNT; i++)
            measure_add(sheet, all[i], CELLS(STRING(F_NOTE, "partly logged")));
}

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

/* What one contact had with everybody, of the meets first .. end; what one owner had with it stands
 * together. */
struct acquaintance {
    uint64_t first, end;
    uint64_t in_t; /* times */
    bool recent;   /* some in R */
};

static struct acquaintance
next_acquaintance(const struct work *work, uint64_t first)
{
    const struct engagement *engagement = &work->dataset->engagement;
    const struct column *contact = &engagement->meets.contact;
    const struct column *days = &engagement->meets.day;
    struct acquaintance next = {.first = first, .end = first};
    for (; next.end < engagement->meets.count &&
           column_at(contact, next.end) == column_at(contact, first);
         next.end++) {
        next.recent |= work_within(work->r, column_day(days, next.end));
        if (work_within(work->t, column_day(days, next.end)))
            next.in_t += column_at(&engagement->meets.times, next.end);
    }
    return next;
}

/* Distinct contacts of every scope, and those it had not met before R. */
static void
count_people(struct passes *passes, const struct acquaintance *here)
{
    const struct work *work = passes->work;
    const struct engagement *engagement = &work->dataset->engagement;
    const struct column *owner = &engagement->meets.owner;
    start(passes);
    for (uint64_t i = here->first; i < here->end;) {
        bool recent = false, before = false;
        for (uint64_t same = i; i < here->end && column_at(owner, i) == column_at(owner, same);
             i++) {
            bool in_r = work_within(work->r, column_day(&engagement->meets.day, i));
            recent |= in_r;
            before |= !in_r;
        }
        uint32_t entry = lineage_first(work->dataset, column_at(owner, i - 1));
        for (; entry != NONE; entry = lineage_next(work->dataset, entry)) {
            struct seen *seen = look(passes, entry);
            seen->recent |= recent;
            seen->before |= before;
        }
    }
    for (uint32_t j = 0; j < passes->touched_count; j++) {
        const struct seen *seen = &passes->seen[passes->touched[j]];
        struct engagement_sums *sums = &work->engagement[passes->touched[j]];
        sums->people += seen->recent;
        sums->new_people += seen->recent && !seen->before;
    }
}

/* Meetings in R after enough earlier days in T with anybody repeat. `on` is room for the days of R.
 */
static void
count_repeated(const struct work *work, const struct acquaintance *here, uint64_t enough,
               uint64_t *on)
{
    const struct engagement *engagement = &work->dataset->engagement;
    const struct column *days = &engagement->meets.day;
    uint32_t length = (uint32_t)(work->r.upto - work->r.after);
    uint64_t earlier = here->in_t;
    memset(on, 0, length * sizeof *on);
    for (uint64_t i = here->first; i < here->end; i++)
        if (work_within(work->r, column_day(days, i)))
            on[column_day(days, i) - work->r.after - 1] += column_at(&engagement->meets.times, i);
    for (uint32_t d = length; d-- > 0;)
        on[d] = earlier -= on[d];
    for (uint64_t i = here->first; i < here->end; i++) {
        if (!work_within(work->r, column_day(days, i)) ||
            on[column_day(days, i) - work->r.after - 1] < enough)
            continue;
        uint32_t entry = lineage_first(work->dataset, column_at(&engagement->meets.owner, i));
        work->engagement[entry].repeated += column_at(&engagement->meets.times, i);
    }
}

static void
count_repeats(const struct work *work, const struct acquaintance *here, uint64_t *on)
{
    const struct engagement *engagement = &work->dataset->engagement;
    uint64_t enough = (uint64_t)work->config->engagement.repeat_meetings;
    uint8_t level =
        work->dataset->contacts.level[column_at(&engagement->meets.contact, here->first)];
    for (uint64_t i = here->first; i < here->end; i++)
        if (work_within(work->r, column_day(&engagement->meets.day, i))) {
            uint32_t entry = lineage_first(work->dataset, column_at(&engagement->meets.owner, i));
            work->engagement[entry].with_contact += column_at(&engagement->meets.times, i);
        }
    if (level < LEVEL_DIRECTOR && here->in_t > enough)
        count_repeated(work, here, enough, on);
}

/* Contacts that nobody met in R count for nothing. */
static void
count_contacts(struct passes *passes)
{
    const struct work *work = passes->work;
    uint64_t *on = memory_new((size_t)(work->r.upto - work->r.after), sizeof *on);
    struct acquaintance here = {0};
    while (here.end < work->dataset->engagement.meets.count) {
        here = next_acquaintance(work, here.end);
        if (here.recent) {
            count_people(passes, &here);
            count_repeats(work, &here, on);
        }
    }
    free(on);
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

struct talk { /* of one owner with one contact of an account */
    uint32_t contact, owner, times;
};

/* The talks of one account, ascending by contact and owner. */
static void
count_effective_of(struct passes *passes, const struct talk *talk, uint64_t count)
{
    const struct dataset *dataset = passes->work->dataset;
    start(passes);
    for (uint64_t i = 0, first = 0; i < count; first = i) {
        double times = 0;
        for (; i < count && talk[i].contact == talk[first].contact &&
               talk[i].owner == talk[first].owner;
             i++)
            times += talk[i].times;
        if (first > 0 && talk[first].contact != talk[first - 1].contact)
            fold_contact(passes);
        uint32_t entry = lineage_first(dataset, talk[first].owner);
        for (; entry != NONE; entry = lineage_next(dataset, entry))
            look(passes, entry)->count += times;
    }
    fold_contact(passes);
    for (uint32_t j = 0; j < passes->touched_count; j++) {
        const struct seen *seen = &passes->seen[passes->touched[j]];
        struct engagement_sums *sums = &passes->work->engagement[passes->touched[j]];
        sums->accounts++;
        sums->effective += seen->sum * seen->sum / seen->squares;
    }
}

static bool
is_of_account(const struct work *work, uint64_t i)
{
    const struct engagement *engagement = &work->dataset->engagement;
    return work_within(work->r, column_day(&engagement->meets.day, i)) &&
           column_at(&engagement->meets.account, i) != NONE &&
           column_at(&engagement->meets.times, i) != 0;
}

/* 1 / sum of squared shares over the contacts of each account, ascending accounts. The meets are
 * sorted by contact and owner, and counting them out keeps that order in each account. */
static void
count_effective(struct passes *passes)
{
    const struct dataset *dataset = passes->work->dataset;
    const struct engagement *engagement = &dataset->engagement;
    uint32_t accounts = dataset->accounts.count;
    uint64_t *first = memory_new((size_t)accounts + 2, sizeof *first);
    for (uint64_t i = 0; i < engagement->meets.count; i++) /* counted two places on */
        if (is_of_account(passes->work, i))
            first[column_at(&engagement->meets.account, i) + 2]++;
    for (uint32_t a = 2; a < accounts + 2; a++)
        first[a] += first[a - 1];
    struct talk *talk = memory_new(first[accounts + 1], sizeof *talk);
    for (uint64_t i = 0; i < engagement->meets.count; i++)
        if (is_of_account(passes->work, i))
            talk[first[column_at(&engagement->meets.account, i) + 1]++] = (struct talk){
                column_at(&engagement->meets.contact, i), column_at(&engagement->meets.owner, i),
                column_at(&engagement->meets.times, i)};
    for (uint32_t a = 0; a < accounts; a++)
        if (first[a + 1] > first[a])
            count_effective_of(passes, talk + first[a], first[a + 1] - first[a]);
    free(talk);
    free(first);
}

/* A row naming a later stage, open or won, soon after the day. */
static bool
advanced_after(const struct work *work, uint32_t deal, day meeting)
{
    const struct history_rows *history = &work->dataset->history;
    int16_t stage = states_stage(work->dataset, deal, meeting);
    if (stage < 0)
        return false;
    for (uint64_t row = history->first[deal]; row < history->first[deal + 1]; row++) {
        if (column_day(&history->day, row) <= meeting || history->stage[row] <= stage)
            continue;
        if (column_day(&history->day, row) > meeting + work->config->engagement.advance_days)
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
        day meeting = column_day(&engagement->meetings_on_deals.day, i);
        if (meeting > latest || !work_within(work->r, meeting))
            continue;
        uint32_t times = column_at(&engagement->meetings_on_deals.times, i);
        bool advanced =
            advanced_after(work, column_at(&engagement->meetings_on_deals.deal, i), meeting);
        struct engagement_sums *sums = &work->engagement[lineage_first(
            work->dataset, column_at(&engagement->meetings_on_deals.owner, i))];
        sums->meetings += times;
        sums->advanced += advanced ? times : 0;
    }
}

/* From the sellers up, what is no more than a sum; every entry stands behind the one above it. */
static void
add_up(const struct work *work)
{
    for (uint32_t entry = work->dataset->scope_count; entry > 0; entry--) {
        const struct engagement_sums *own = &work->engagement[entry];
        struct engagement_sums *above = &work->engagement[lineage_next(work->dataset, entry)];
        above->meetings += own->meetings;
        above->advanced += own->advanced;
        above->with_contact += own->with_contact;
        above->repeated += own->repeated;
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
void
engagement_capture(struct work *work)
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
        struct share *capture = &work->facts[lineage_first(dataset, decided->owner)].capture;
        capture->n += 1;
        capture->k += touched(dataset, decided->deal);
    }
    for (uint32_t entry = dataset->scope_count; entry > 0; entry--) {
        struct share *above = &work->facts[lineage_next(dataset, entry)].capture;
        above->n += work->facts[entry].capture.n;
        above->k += work->facts[entry].capture.k;
    }
    for (uint32_t i = 0; i < entries; i++)
        work->facts[i].capture = share_of(work, work->facts[i].capture.k, work->facts[i].capture.n);
}

void
engagement_prepare(struct work *work, struct arena *arena)
{
    uint32_t entries = work->dataset->scope_count + 1;
    work->engagement = arena_array(arena, entries, sizeof *work->engagement);
    if (!work->dataset->engagement.present)
        return;
    struct passes passes = {
        .work = work,
        .seen = memory_new(entries, sizeof *passes.seen),
        .touched = memory_new(entries, sizeof *passes.touched),
    };
    count_contacts(&passes);
    count_effective(&passes);
    free(passes.seen);
    free(passes.touched);
    if (work->dataset->history.present)
        count_advances(work);
    add_up(work);
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

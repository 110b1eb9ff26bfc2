/* How often and how far the expected close of an open deal was moved later. */
#include "history.h"
#include "threads.h"
#include "work.h"

#define AT_ONCE 4096u /* open deals a thread takes */

enum { TIMES_SHOWN = 3 }; /* 1, 2, 3 or more */

struct pushes {
    int32_t times; /* moves later; moves earlier take nothing back */
    int32_t days;  /* of them all together */
};

/* One more state of a deal, in the order of time: *standing is the close of the state before,
 * DAY_NONE at first; an unknown close is no move. */
static void
pushes_add(struct pushes *pushes, day *standing, day close)
{
    if (close == DAY_NONE)
        return;
    if (*standing != DAY_NONE && close > *standing) {
        pushes->times++;
        pushes->days += close - *standing;
    }
    *standing = close;
}

/* By the deal's history, as its states at day ends. */
static struct pushes
pushes_of_history(const struct work *work, uint32_t deal)
{
    const struct history_rows *history = &work->dataset->history;
    uint64_t first = history->first[deal], end = history->first[deal + 1];
    const struct deals *deals = &work->dataset->deals;
    day created = deals->created[deal], close = deals->close[deal], standing = DAY_NONE;
    struct pushes pushes = {0, 0};
    for (uint64_t row = first; row < end; row++) {
        if (column_day(&history->close, row) != DAY_NONE)
            close = column_day(&history->close, row);
        if (row == first && created < column_day(&history->day, row))
            standing = close; /* from `created` on, if a day ended before the first row's */
        if (row + 1 == end || column_day(&history->day, row + 1) != column_day(&history->day, row))
            pushes_add(&pushes, &standing, close);
    }
    return pushes;
}

/* ---- By what stored runs saw ---- */

struct seeing {
    struct work *work;
    uint32_t fact; /* where the walk through the open deals is */
    day standing;  /* of the deal at `fact` */
    bool begun;    /* that deal was seen */
    struct pushes pushes;
};

static struct text
id_at(const struct seeing *seeing)
{
    const struct measures *measures = seeing->work->measures;
    return texts_at(&measures->dataset->deals.id, measures->fact[seeing->fact].deal);
}

/* The deal at hand is through with earlier runs: its close of today is its last state. */
static void
conclude(struct seeing *seeing)
{
    struct deal_fact *fact = &seeing->work->measures->fact[seeing->fact];
    if (seeing->begun) {
        pushes_add(&seeing->pushes, &seeing->standing,
                   seeing->work->dataset->deals.close[fact->deal]);
        fact->pushes = seeing->pushes.times;
        fact->pushed_days = seeing->pushes.days;
    }
    seeing->fact++;
    seeing->begun = false;
    seeing->standing = DAY_NONE;
    seeing->pushes = (struct pushes){0, 0};
}

/* Both walk by ascending id. */
static void
see(void *context, day as_of, const struct history_deal *deal)
{
    struct seeing *seeing = context;
    uint32_t count = seeing->work->measures->fact_count;
    (void)as_of;
    while (seeing->fact < count && text_compare(id_at(seeing), deal->id) < 0)
        conclude(seeing);
    if (seeing->fact == count || !text_equal(id_at(seeing), deal->id))
        return;
    seeing->begun = true;
    pushes_add(&seeing->pushes, &seeing->standing, deal->close);
}

static void
see_runs(struct work *work)
{
    struct seeing seeing = {.work = work, .standing = DAY_NONE};
    history_each_deal(work->history, see, &seeing);
    while (seeing.fact < work->measures->fact_count)
        conclude(&seeing);
}

static void
see_history(void *context, uint32_t part, unsigned worker)
{
    const struct work *work = context;
    const struct history_rows *history = &work->dataset->history;
    uint32_t first = part * AT_ONCE, left = work->measures->fact_count - first;
    (void)worker;
    for (uint32_t i = first; i < first + (left < AT_ONCE ? left : AT_ONCE); i++) {
        struct deal_fact *fact = &work->measures->fact[i];
        struct pushes pushes = pushes_of_history(work, fact->deal);
        bool known = history->first[fact->deal + 1] > history->first[fact->deal];
        fact->pushes = known ? pushes.times : -1;
        fact->pushed_days = pushes.days;
    }
}

void
pushes_prepare(struct work *work)
{
    const struct dataset *dataset = work->dataset;
    struct measures *measures = work->measures;
    const day *runs = NULL;
    uint32_t run_count = work->history ? history_runs(work->history, &runs) : 0;
    for (uint32_t i = 0; i < measures->fact_count; i++)
        measures->fact[i].pushes = -1;
    work->pushes_basis = dataset->history.present ? "history"
                         : work->history          ? MEASURE_FROM_RUNS
                                                  : NULL;
    work->pushes_since = DAY_NONE;
    if (dataset->history.present)
        threads_each(work->jobs, measures->fact_count / AT_ONCE + 1, see_history, work);
    if (!dataset->history.present && run_count > 0) {
        work->pushes_since = runs[0];
        see_runs(work);
    }
}

static void
put_row(const struct sheet *sheet, const char *key, struct tally tally)
{
    measure_row(
        sheet, M_PIPELINE_PUSHES,
        CELLS(STRING(F_KEY, key), WHOLE(F_NUMBER, tally.number), WHOLE(F_VALUE, tally.value)));
}

void
pushes_measure(const struct sheet *sheet)
{
    static const char *const keys[TIMES_SHOWN] = {"1", "2", "3+"};
    const struct work *work = sheet->work;
    struct tally times[TIMES_SHOWN] = {{0, 0, 0}}, pushed = {0, 0, 0};
    uint32_t known = 0;
    for (uint32_t i = sheet->facts->first; i < sheet->facts->end; i++) {
        uint32_t owner = work->dataset->order[i];
        for (uint32_t j = work->open_first[owner]; j < work->open_first[owner + 1]; j++) {
            const struct deal_fact *fact = &work->measures->fact[work->open[j].fact];
            known += fact->pushes >= 0;
            if (fact->pushes <= 0)
                continue;
            int64_t amount = work->open[j].amount;
            int at = fact->pushes < TIMES_SHOWN ? fact->pushes : TIMES_SHOWN;
            work_tally(sheet->facts, &times[at - 1], amount);
            work_tally(sheet->facts, &pushed, amount);
        }
    }
    if (!work->pushes_basis) {
        measure_null(sheet, M_PIPELINE_PUSHES, WHY_NOT_CONFIGURED);
        return;
    }
    if (known == 0) {
        measure_null(sheet, M_PIPELINE_PUSHES, WHY_NO_DATA);
        measure_add(sheet, M_PIPELINE_PUSHES, CELLS(STRING(F_BASIS, work->pushes_basis)));
        return;
    }
    measure_tally(sheet, M_PIPELINE_PUSHES, pushed);
    measure_add(sheet, M_PIPELINE_PUSHES,
                CELLS(WHOLE(F_N, known), STRING(F_BASIS, work->pushes_basis)));
    if (work->pushes_since != DAY_NONE)
        measure_add(sheet, M_PIPELINE_PUSHES, CELLS(DAYCELL(F_SINCE, work->pushes_since)));
    for (int i = 0; i < TIMES_SHOWN; i++)
        put_row(sheet, keys[i], times[i]);
}

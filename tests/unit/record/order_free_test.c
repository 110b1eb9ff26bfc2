/* The dataset does not depend on the order of the rows, on how they are split into files, or on
 * the number of threads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "trial.h"

enum { DEALS = 3000, ACTIVITIES = 30000, LINE = 160 };

struct lines {
    const char *header;
    uint32_t count, capacity;
    char (*line)[LINE];
};

struct source {
    struct lines table[TABLE_COUNT];
};

static uint64_t seed;

static uint32_t
draw(uint32_t below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % below;
}

__attribute__((format(printf, 2, 3))) static void
add(struct lines *lines, const char *format, ...)
{
    va_list arguments;
    if (lines->count == lines->capacity) {
        lines->capacity = lines->capacity * 2 + 64;
        lines->line = realloc(lines->line, lines->capacity * sizeof *lines->line);
        assert_non_null(lines->line);
    }
    va_start(arguments, format);
    vsnprintf(lines->line[lines->count++], LINE, format, arguments);
    va_end(arguments);
}

static void
invent_people(struct source *source)
{
    struct lines *table = source->table;
    table[TABLE_TEAMS].header = "id,parent,manager";
    table[TABLE_SELLERS].header = "id,name,team,role";
    table[TABLE_ACCOUNTS].header = "id,name,owner,potential,icp,industry";
    table[TABLE_CONTACTS].header = "id,account,title";
    for (uint32_t i = 0; i < 20; i++)
        add(&table[TABLE_TEAMS], "T%u,T%u,S%u", i, i / 3 + (i < 3 ? 90 : 0), draw(60));
    for (uint32_t i = 0; i < 60; i++)
        add(&table[TABLE_SELLERS], "S%u,Name %u,T%u,role %u", i, draw(50), draw(22), draw(5));
    for (uint32_t i = 0; i < 500; i++)
        add(&table[TABLE_ACCOUNTS], "A%u,Account %u,S%u,%u,%c,ind %u", i, draw(400), draw(65),
            draw(9999), "ABCDx"[draw(5)], draw(9));
    for (uint32_t i = 0; i < 900; i++)
        add(&table[TABLE_CONTACTS], "C%u,A%u,%s", i, draw(510),
            draw(2) ? "Chief of labs" : "Lab manager");
}

static void
invent_deals(struct source *source)
{
    static const char *const stages[] = {"Discovery", "Qualified", "Proposal", "Won",
                                         "Lost",      "Stalled",   "Junk",     "Dreaming"};
    struct lines *deals = &source->table[TABLE_DEALS], *history = &source->table[TABLE_HISTORY];
    deals->header = "id,owner,stage,created,name,account,amount,close,type,source,next_step";
    history->header = "deal,day,stage,amount,owner";
    for (uint32_t i = 0; i < DEALS; i++) {
        uint32_t id = draw(40) ? i : draw(DEALS), on = 1 + draw(28);
        add(deals, "D%u,S%u,%s,%02u/%02u/2026,Deal %u,A%u,%u.%02u,%s,%s,source %u,step %u", id,
            draw(62), stages[draw(8)], on, 1 + draw(10), draw(2000), draw(520), draw(90000),
            draw(100), draw(3) ? "28/09/2026" : "", draw(4) ? "New" : "Existing", draw(7),
            draw(900));
        char again[LINE];
        memcpy(again, deals->line[draw(deals->count)], LINE);
        if (draw(30) == 0)
            add(deals, "%s", again);
        /* one row a day at most: the order of a day's rows is the file's */
        for (uint32_t day_of = draw(5); id == i && day_of < 300; day_of += 1 + draw(200))
            add(history, "D%u,2026-%02u-%02u,%s,%u,S%u", draw(50) ? id : 99999, day_of / 28 + 1,
                day_of % 28 + 1, stages[draw(8)], draw(500), draw(62));
    }
}

static void
invent_rest(struct source *source)
{
    struct lines *activities = &source->table[TABLE_ACTIVITIES],
                 *leads = &source->table[TABLE_LEADS], *quotas = &source->table[TABLE_QUOTAS],
                 *calls = &source->table[TABLE_CALLS];
    activities->header = "day,owner,type,account,deal,contact,direction,outcome,count";
    leads->header = "id,owner,created,worked,met,deal,source";
    quotas->header = "period,seller,amount";
    calls->header = "owner,period,day,commit";
    for (uint32_t i = 0; i < ACTIVITIES; i++)
        add(activities, "2026-%02u-%02u,S%u,%s,%s%u,D%u,C%u,%s,%s,%u", 1 + draw(11), 1 + draw(28),
            draw(62), draw(2) ? "call" : "meeting", draw(3) ? "A" : "X", draw(510), draw(DEALS * 2),
            draw(1000), draw(2) ? "in" : "out", draw(2) ? "held" : "", 1 + draw(3));
    for (uint32_t i = 0; i < 1000; i++)
        add(leads, "L%u,S%u,2026-%02u-05,2026-%02u-07,,D%u,web %u", draw(40) ? i : draw(1000),
            draw(62), 1 + draw(12), 1 + draw(12), draw(DEALS * 2), draw(4));
    for (uint32_t i = 0; i < 300; i++) {
        add(quotas, "2026-Q%u,S%u,%u", 1 + draw(4), draw(62), draw(500) + 1);
        add(calls, "S%u,2026-Q%u,2026-10-%02u,%u", draw(62), 1 + draw(4), 1 + draw(28), draw(500));
    }
}

static void
shuffle(struct lines *lines)
{
    for (uint32_t i = lines->count; i > 1; i--) {
        char room[LINE];
        uint32_t other = draw(i);
        memcpy(room, lines->line[i - 1], LINE);
        memcpy(lines->line[i - 1], lines->line[other], LINE);
        memcpy(lines->line[other], room, LINE);
    }
}

/* The rows of a table in `files` files. */
static void
write_table(struct trial *trial, enum table table, const struct lines *lines, uint32_t files)
{
    for (uint32_t f = 0; f < files; f++) {
        struct buf text = {0};
        char name[48];
        snprintf(name, sizeof name, "%s%u.csv", table_names[table], f);
        buf_printf(&text, "%s\n", lines->header);
        for (uint32_t i = lines->count * f / files; i < lines->count * (f + 1) / files; i++)
            buf_printf(&text, "%s\n", lines->line[i]);
        trial_write(trial, name, text.bytes);
        buf_free(&text);
    }
}

#define COLUMN(table, field, count)                                                                \
    buf_add(out, dataset->table.field, (size_t)(count) * sizeof *dataset->table.field)

#define NUMBERS(table, field, count) dump_numbers(out, &dataset->table.field, count)

static void
dump_numbers(struct buf *out, const struct column *column, uint64_t count)
{
    for (uint64_t row = 0; row < count; row++) {
        uint32_t number = column_at(column, row);
        buf_add(out, (const char *)&number, sizeof number);
    }
}

static void
dump_texts(struct buf *out, const struct text *id, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        buf_text(out, id[i]);
        buf_char(out, '\0');
    }
}

static void
dump_column(struct buf *out, const struct texts *texts)
{
    for (uint32_t i = 0; i < texts->count; i++) {
        struct text text = texts_at(texts, i);
        dump_texts(out, &text, 1);
    }
}

static void
dump_people(const struct dataset *dataset, struct buf *out)
{
    uint32_t sellers = dataset->sellers.count + 1, teams = dataset->teams.count;
    uint32_t accounts = dataset->accounts.count, contacts = dataset->contacts.count;
    dump_texts(out, dataset->sellers.id, sellers);
    dump_texts(out, dataset->teams.id, teams);
    dump_column(out, &dataset->accounts.id);
    dump_column(out, &dataset->accounts.name);
    COLUMN(sellers, name, sellers), COLUMN(sellers, role, sellers), COLUMN(sellers, team, sellers);
    COLUMN(teams, parent, teams), COLUMN(teams, manager, teams);
    COLUMN(accounts, owner, accounts), COLUMN(accounts, potential, accounts);
    COLUMN(accounts, icp, accounts), COLUMN(contacts, level, contacts);
    buf_add(out, dataset->scope, dataset->scope_count * sizeof *dataset->scope);
    buf_add(out, dataset->order, sellers * sizeof *dataset->order);
}

static void
dump_deals(const struct dataset *dataset, struct buf *out)
{
    uint32_t deals = dataset->deals.count;
    uint64_t rows = dataset->history.count;
    dump_column(out, &dataset->deals.id);
    dump_column(out, &dataset->deals.name);
    COLUMN(deals, owner, deals), COLUMN(deals, account, deals), COLUMN(deals, stage, deals);
    COLUMN(deals, outcome, deals), COLUMN(deals, segment, deals), COLUMN(deals, category, deals);
    COLUMN(deals, created, deals), COLUMN(deals, qualified, deals), COLUMN(deals, close, deals);
    COLUMN(deals, qualified_from, deals), COLUMN(deals, amount, deals);
    COLUMN(deals, source, deals), COLUMN(deals, next_step, deals);
    COLUMN(deals, by_owner, deals), COLUMN(deals, owner_first, dataset->sellers.count + 2);
    COLUMN(deals, account_first, dataset->accounts.count + 1);
    COLUMN(history, first, deals + 1), COLUMN(history, stage, rows);
    COLUMN(history, amount, rows), NUMBERS(history, day, rows), NUMBERS(history, owner, rows);
}

static void
dump_rest(const struct dataset *dataset, struct buf *out)
{
    const struct engagement *engagement = &dataset->engagement;
    uint32_t deals = dataset->deals.count, accounts = dataset->accounts.count;
    uint32_t owners = dataset->sellers.count + 1, leads = dataset->leads.count;
    COLUMN(engagement, deal_last_two_way, deals), COLUMN(engagement, deal_any, deals);
    COLUMN(engagement, account_loose_two_way, accounts);
    COLUMN(engagement, account_last, accounts), COLUMN(engagement, account_in_t, accounts);
    COLUMN(engagement, activities, owners), COLUMN(engagement, two_way, owners);
    COLUMN(engagement, two_way_senior, owners), COLUMN(engagement, meetings_held, owners);
    NUMBERS(engagement, meets.contact, engagement->meets.count);
    NUMBERS(engagement, meets.deal, engagement->meets.count);
    NUMBERS(engagement, meets.day, engagement->meets.count);
    NUMBERS(engagement, meets.times, engagement->meets.count);
    NUMBERS(engagement, reached.account, engagement->reached.count);
    NUMBERS(engagement, meetings_on_deals.times, engagement->meetings_on_deals.count);
    dump_column(out, &dataset->leads.id);
    NUMBERS(leads, owner, leads), NUMBERS(leads, deal, leads), NUMBERS(leads, source, leads);
    NUMBERS(leads, worked, leads), NUMBERS(leads, met, leads);
    COLUMN(quotas, period, dataset->quotas.count), COLUMN(quotas, seller, dataset->quotas.count);
    COLUMN(quotas, amount, dataset->quotas.count), COLUMN(calls, owner, dataset->calls.count);
    COLUMN(calls, commit, dataset->calls.count), COLUMN(calls, day, dataset->calls.count);
    for (uint32_t w = 0; w < symbols_count(dataset->words); w++) {
        struct text word = symbols_text(dataset->words, w);
        dump_texts(out, &word, 1);
    }
}

static void
dump_counts(const struct trial *trial, struct buf *out)
{
    for (int table = 0; table < TABLE_COUNT; table++) {
        const struct extract_report *report = &trial->log->table[table];
        buf_printf(out, "%lu %lu %lu %lu %lu %lu %lu;", report->read, report->used,
                   report->rejected, report->ignored, report->future, report->orphans,
                   report->by_name);
    }
}

static struct buf
read_as(struct trial *trial, unsigned jobs)
{
    struct buf out = {0};
    trial->jobs = jobs;
    trial_ok(trial);
    dump_people(trial->dataset, &out);
    dump_deals(trial->dataset, &out);
    dump_rest(trial->dataset, &out);
    dump_counts(trial, &out);
    assert_true(trial->dataset->deals.count > DEALS / 2);
    assert_true(trial->dataset->engagement.meets.count > ACTIVITIES / 10);
    trial_unload(trial);
    return out;
}

static void
assert_same(const struct buf *a, const struct buf *b)
{
    assert_int_equal(a->length, b->length);
    assert_memory_equal(a->bytes, b->bytes, a->length);
}

static void
test_order_free(void **state)
{
    struct trial trial = trial_new();
    struct source source = {0};
    char command[96];
    (void)state;
    seed = 2026;
    invent_people(&source);
    invent_deals(&source);
    invent_rest(&source);
    snprintf(command, sizeof command, "rm -f '%s'/*", trial.folder);
    assert_int_equal(system(command), 0);
    for (int table = 0; table < TABLE_COUNT; table++) {
        trial.present[table] = true;
        write_table(&trial, (enum table)table, &source.table[table], 1);
    }
    struct buf first = read_as(&trial, 1);
    for (unsigned jobs = 2; jobs <= 8; jobs *= 4) {
        struct buf again = read_as(&trial, jobs);
        assert_same(&first, &again);
        buf_free(&again);
    }
    for (int round = 0; round < 3; round++) {
        for (int table = 0; table < TABLE_COUNT; table++) {
            shuffle(&source.table[table]);
            write_table(&trial, (enum table)table, &source.table[table], 1 + draw(4));
        }
        struct buf shuffled = read_as(&trial, 1 + draw(3));
        assert_same(&first, &shuffled);
        buf_free(&shuffled);
        assert_int_equal(system(command), 0);
    }
    buf_free(&first);
    for (int table = 0; table < TABLE_COUNT; table++)
        free(source.table[table].line);
    trial_load(&trial); /* nothing is left to read */
    assert_true(trial.failed);
    trial_end(&trial);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

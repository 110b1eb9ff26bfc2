/* An element that an XML extract has only far behind its first rows is not lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "trial.h"

enum { ROWS = 12000 };

/* The last two deals alone have a day of closing and a category; one of the days can be read in
 * two ways, the other shows which. */
static void
put_deals(struct trial *trial)
{
    struct buf xml = {0};
    buf_string(&xml, "<deals>\n");
    for (int i = 0; i < ROWS - 2; i++)
        buf_printf(&xml,
                   "<deal><id>D%05d</id><owner>S1</owner><stage>Proposal</stage>"
                   "<created>2026-01-01</created><amount>%d</amount></deal>\n",
                   i, i);
    buf_string(&xml, "<deal><id>X1</id><owner>S1</owner><stage>Won</stage>"
                     "<created>2026-01-01</created><close>03/04/2026</close></deal>\n"
                     "<deal><id>X2</id><owner>S1</owner><stage>Proposal</stage>"
                     "<created>2026-01-01</created><close>25/12/2026</close>"
                     "<category>commit</category></deal>\n</deals>\n");
    trial_put(trial, TABLE_DEALS, xml.bytes);
    trial->option[TABLE_DEALS] = ", xml: {record: /deals/deal}";
    buf_free(&xml);
}

static void
late_elements(void **state)
{
    (void)state;
    for (unsigned jobs = 1; jobs < 4; jobs++) {
        struct trial trial = trial_new();
        trial.jobs = jobs;
        put_deals(&trial);
        trial_ok(&trial);
        const struct deals *deals = &trial.dataset->deals;
        assert_int_equal(deals->count, ROWS);
        assert_int_equal(deals->close[ROWS - 3], DAY_NONE);
        assert_int_equal(deals->close[ROWS - 2], trial_day("2026-04-03"));
        assert_int_equal(deals->close[ROWS - 1], trial_day("2026-12-25"));
        assert_int_equal(deals->category[ROWS - 1], CATEGORY_COMMIT);
        assert_true(deals->mapped_close);
        assert_false(deals->mapped_source);
        assert_int_equal(trial.log->table[TABLE_DEALS].read, ROWS);
        assert_int_equal(trial.log->table[TABLE_DEALS].rejected, 0);
        trial_end(&trial);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(late_elements)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "publish.h"

#include <signal.h>
#include <stdio.h>

static const struct watching nobody = {NULL, NULL};

static void
number_items(void *context, uint32_t item, struct job_report *report)
{
    report->pages = item + *(uint32_t *)context;
}

static void
every_item_is_done_once(void **state)
{
    struct job_report reports[100];
    uint32_t base = 7;
    (void)state;
    for (unsigned jobs = 1; jobs <= 8; jobs *= 2) {
        workers_run(jobs, 100, number_items, &base, reports, nobody);
        for (uint32_t i = 0; i < 100; i++) {
            assert_int_equal(reports[i].state, JOB_DONE);
            assert_int_equal(reports[i].pages, i + 7);
        }
    }
}

static void
die_at_some(void *context, uint32_t item, struct job_report *report)
{
    (void)context;
    if (item % 5 == 3)
        raise(SIGKILL);
    report->pages = 1;
}

static void
a_death_costs_its_own_item_only(void **state)
{
    struct job_report reports[20];
    (void)state;
    for (unsigned jobs = 1; jobs <= 4; jobs++) {
        workers_run(jobs, 20, die_at_some, NULL, reports, nobody);
        for (uint32_t i = 0; i < 20; i++) {
            assert_int_equal(reports[i].state, i % 5 == 3 ? JOB_DIED : JOB_DONE);
            assert_int_equal(reports[i].signal, i % 5 == 3 ? SIGKILL : 0);
        }
    }
}

static void
fail_politely(void *context, uint32_t item, struct job_report *report)
{
    (void)context;
    report->state = JOB_FAILED;
    snprintf(report->fault, sizeof report->fault, "no. %u", item);
}

static void
a_fault_reaches_the_parent(void **state)
{
    struct job_report reports[3];
    (void)state;
    workers_run(2, 3, fail_politely, NULL, reports, nobody);
    assert_int_equal(reports[2].state, JOB_FAILED);
    assert_string_equal(reports[2].fault, "no. 2");
    workers_run(2, 0, fail_politely, NULL, NULL, nobody);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_item_is_done_once),
        cmocka_unit_test(a_death_costs_its_own_item_only),
        cmocka_unit_test(a_fault_reaches_the_parent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

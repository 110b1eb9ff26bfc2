#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "threads.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

struct tally {
    atomic_uint seen[5000];
    atomic_uint workers[256];
    unsigned jobs;
};

static void
count_item(void *context, uint32_t item, unsigned worker)
{
    struct tally *tally = context;
    atomic_fetch_add(&tally->seen[item], 1);
    atomic_fetch_add(&tally->workers[worker], 1);
}

static void
every_item_is_worked_once(void **state)
{
    static const uint32_t counts[] = {0, 1, 2, 7, 5000};
    (void)state;
    for (unsigned jobs = 0; jobs <= 300; jobs = jobs * 3 + 1)
        for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
            static struct tally tally;
            tally = (struct tally){.jobs = jobs};
            threads_each(jobs, counts[c], count_item, &tally);
            for (uint32_t i = 0; i < 5000; i++)
                assert_int_equal(tally.seen[i], i < counts[c]);
            for (unsigned worker = jobs ? jobs : 1; worker < 256; worker++)
                assert_int_equal(tally.workers[worker], 0);
        }
}

struct belt {
    uint32_t end, next; /* items there are; the next one to be taken */
    unsigned jobs;
    atomic_uint waiting, most_waiting;
    atomic_bool taking;
};

static void *
make_number(void *context, uint32_t item, unsigned worker)
{
    struct belt *belt = context;
    assert_true(worker < (belt->jobs ? belt->jobs : 1));
    if (item % 7 == 0)
        usleep(200); /* so that later items are ready first */
    if (item >= belt->end)
        return NULL;
    unsigned waiting = atomic_fetch_add(&belt->waiting, 1) + 1;
    if (waiting > belt->most_waiting)
        belt->most_waiting = waiting;
    uint32_t *number = malloc(sizeof *number);
    *number = item * 3;
    return number;
}

static void
take_number(void *context, uint32_t item, void *made)
{
    struct belt *belt = context;
    uint32_t *number = made;
    assert_false(atomic_exchange(&belt->taking, true));
    assert_int_equal(item, belt->next);
    assert_int_equal(*number, item * 3);
    free(number);
    belt->next++;
    if (item % 50 == 0)
        usleep(500); /* so that the makers must wait */
    atomic_fetch_sub(&belt->waiting, 1);
    atomic_store(&belt->taking, false);
}

static void
things_are_taken_in_order(void **state)
{
    static const uint32_t ends[] = {0, 1, 3, 1000};
    (void)state;
    for (unsigned jobs = 0; jobs <= 8; jobs++)
        for (size_t e = 0; e < sizeof ends / sizeof *ends; e++) {
            struct belt belt = {.end = ends[e], .jobs = jobs};
            threads_pipeline(jobs, make_number, take_number, &belt);
            assert_int_equal(belt.next, ends[e]);
            assert_in_range(belt.most_waiting, 0, jobs ? jobs * 4 : 1);
        }
}

static void
there_is_a_processor(void **state)
{
    (void)state;
    assert_in_range(threads_available(), 1, 1 << 16);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_item_is_worked_once),
        cmocka_unit_test(things_are_taken_in_order),
        cmocka_unit_test(there_is_a_processor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

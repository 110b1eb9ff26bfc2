#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arena.h"
#include "memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void
arrays_grow_by_half_or_more(void **state)
{
    int *numbers = NULL;
    size_t capacity = 0, moves = 0, last = 0;
    (void)state;
    for (size_t i = 0; i < 100000; i++) {
        memory_grow(&numbers, &capacity, i + 1, sizeof *numbers);
        assert_true(capacity > i);
        moves += capacity != last;
        last = capacity;
        numbers[i] = (int)i;
    }
    assert_in_range(moves, 1, 30);
    for (size_t i = 0; i < 100000; i++)
        assert_int_equal(numbers[i], i);
    memory_grow(&numbers, &capacity, 5, sizeof *numbers);
    assert_int_equal(capacity, last); /* never shrinks */
    free(numbers);
}

static void
new_memory_is_zeroed(void **state)
{
    (void)state;
    char *bytes = memory_new(1000, 3);
    for (int i = 0; i < 3000; i++)
        assert_int_equal(bytes[i], 0);
    free(bytes);
    bytes = memory_new(0, 8); /* something that can be freed */
    assert_non_null(bytes);
    free(bytes);
}

static void
product_that_overflows(void)
{
    volatile size_t most = SIZE_MAX / 2;
    memory_new(most, 3);
}

static void
growth_that_overflows(void)
{
    void *array = NULL;
    size_t capacity = 0;
    volatile size_t most = SIZE_MAX / 2;
    memory_grow(&array, &capacity, most, 16);
}

static void
arena_that_overflows(void)
{
    static struct arena *volatile arena; /* still held when the process ends */
    volatile size_t most = SIZE_MAX / 2;
    arena = arena_new();
    arena_array(arena, most, 4);
}

static void
said_by_hand(void)
{
    memory_exhausted(123);
}

/* Each ends its process with exit code 1 and one line. */
static void
exhaustion_ends_the_program(void **state)
{
    static void (*const ways[])(void) = {product_that_overflows, growth_that_overflows,
                                         arena_that_overflows, said_by_hand};
    (void)state;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        int ends[2], status;
        char line[200] = "";
        assert_int_equal(pipe(ends), 0);
        pid_t child = fork();
        if (child == 0) {
            dup2(ends[1], STDERR_FILENO);
            ways[i]();
            _exit(0);
        }
        close(ends[1]);
        assert_int_equal(waitpid(child, &status, 0), child);
        ssize_t length = read(ends[0], line, sizeof line - 1);
        close(ends[0]);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 1);
        assert_true(length > 0 && line[length - 1] == '\n');
        assert_non_null(strstr(line, "sefpack: error: out of memory ("));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrays_grow_by_half_or_more),
        cmocka_unit_test(new_memory_is_zeroed),
        cmocka_unit_test(exhaustion_ends_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* All kernels give the same answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scan.h"

#include <string.h>

enum { ROOM = 1024 };

static uint64_t
next(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 33;
}

/* Mostly harmless bytes, of `kinds` of the letters below. */
static void
fill(char *bytes, uint32_t length, uint64_t *seed, uint32_t kinds)
{
    static const char letters[] = "abcdefg,\n\"\r\t;|\0\x80\xFF";
    for (uint32_t i = 0; i < length; i++)
        bytes[i] = letters[next(seed) % kinds];
    memset(bytes + length, '\n', SCAN_SLACK);
}

static void
cut_same(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int round = 0; round < 20000; round++) {
        char bytes[ROOM + SCAN_SLACK];
        uint32_t length = (uint32_t)(next(&seed) % 500),
                 from = length ? (uint32_t)(next(&seed) % length) : 0;
        fill(bytes, length, &seed, 8 + (uint32_t)(next(&seed) % 9));
        struct scan_cut first = {
            .bytes = bytes, .from = from, .length = length, .delimiter = ',', .columns = 3};
        scan_portable.cut(&first);
        for (unsigned k = 1; scan_kernel_at(k); k++) {
            struct scan_cut other = {
                .bytes = bytes, .from = from, .length = length, .delimiter = ',', .columns = 3};
            scan_kernel_at(k)->cut(&other);
            assert_int_equal(first.end, other.end);
            assert_int_equal(first.care, other.care);
            assert_int_equal(first.lines, other.lines);
        }
    }
}

static void
split_same(void **state)
{
    (void)state;
    uint64_t seed = 9;
    for (int round = 0; round < 20000; round++) {
        char bytes[ROOM + SCAN_SLACK];
        uint32_t length = 1 + (uint32_t)(next(&seed) % 500);
        uint32_t place[2][3][ROOM] = {{{0}}};
        fill(bytes, length, &seed, 8 + (uint32_t)(next(&seed) % 9));
        struct scan_split first = {.bytes = bytes,
                                   .length = length,
                                   .delimiter = ',',
                                   .separator = place[0][0],
                                   .row_end = place[0][1],
                                   .row_line = place[0][2]};
        scan_portable.split(&first);
        for (unsigned k = 1; scan_kernel_at(k); k++) {
            struct scan_split other = first;
            other.separator = place[1][0];
            other.row_end = place[1][1];
            other.row_line = place[1][2];
            scan_kernel_at(k)->split(&other);
            assert_int_equal(first.rows, other.rows);
            assert_int_equal(first.nul, other.nul);
            assert_int_equal(first.quotes, other.quotes);
            assert_int_equal(first.escapes, other.escapes);
            uint32_t separators = first.rows ? first.row_end[first.rows - 1] + 1 : 0;
            assert_memory_equal(first.separator, other.separator, separators * sizeof(uint32_t));
            assert_memory_equal(first.row_end, other.row_end, first.rows * sizeof(uint32_t));
            assert_memory_equal(first.row_line, other.row_line, first.rows * sizeof(uint32_t));
        }
    }
}

/* Where a row ends, told byte by byte. */
static void
split_right(void **state)
{
    (void)state;
    char bytes[ROOM] = "a,b\n\"c,\n\",d\r\n\r\"\"\"\",e\n";
    uint32_t length = (uint32_t)strlen(bytes), place[3][ROOM];
    struct scan_split split = {.bytes = bytes,
                               .length = length,
                               .delimiter = ',',
                               .separator = place[0],
                               .row_end = place[1],
                               .row_line = place[2]};
    for (unsigned k = 0; scan_kernel_at(k); k++) {
        scan_kernel_at(k)->split(&split);
        const uint32_t separators[] = {1, 3, 9, 12, 13, 18, 20}, ends[] = {1, 3, 4, 6},
                       lines[] = {0, 1, 3, 4};
        assert_int_equal(split.rows, 4);
        assert_memory_equal(split.separator, separators, sizeof separators);
        assert_memory_equal(split.row_end, ends, sizeof ends);
        assert_memory_equal(split.row_line, lines, sizeof lines);
        assert_true(split.quotes);
        assert_true(split.escapes);
        assert_false(split.nul);
    }
}

static void
ascii_same(void **state)
{
    (void)state;
    char bytes[300];
    memset(bytes, 'a', sizeof bytes);
    for (unsigned k = 0; scan_kernel_at(k); k++)
        for (size_t at = 0; at < sizeof bytes; at++) {
            bytes[at] = (char)0x80;
            assert_int_equal(scan_kernel_at(k)->ascii(bytes, sizeof bytes), at);
            assert_int_equal(scan_kernel_at(k)->ascii(bytes, at), at);
            bytes[at] = 'a';
        }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cut_same),
        cmocka_unit_test(split_same),
        cmocka_unit_test(split_right),
        cmocka_unit_test(ascii_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The hash of bytes that come in any portions, on a thread or not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "hasher.h"
#include "sha256.h"

#include <stdlib.h>
#include <string.h>

enum { BYTES = 3000000 };

static void
fill(unsigned char *bytes)
{
    for (uint32_t i = 0; i < BYTES; i++)
        bytes[i] = (unsigned char)((i * 2654435761u) >> 13);
}

static void
test_any_portions(void **state)
{
    (void)state;
    static const size_t portions[] = {977, 65535, 65536, 65537, 1000000, BYTES};
    unsigned char *bytes = malloc(BYTES);
    char whole[65], got[65];
    fill(bytes);
    sha256_hex(bytes, BYTES, whole);
    for (unsigned jobs = 1; jobs <= 2; jobs++)
        for (size_t p = 0; p < sizeof portions / sizeof *portions; p++) {
            struct hasher *hasher = hasher_open(jobs);
            for (size_t at = 0; at < BYTES; at += portions[p])
                hasher_add(hasher, bytes + at, BYTES - at < portions[p] ? BYTES - at : portions[p]);
            hasher_finish(hasher, got);
            assert_string_equal(got, whole);
        }
    free(bytes);
}

static void
test_nothing(void **state)
{
    (void)state;
    char whole[65], got[65];
    sha256_hex("", 0, whole);
    for (unsigned jobs = 1; jobs <= 2; jobs++) {
        struct hasher *hasher = hasher_open(jobs);
        hasher_add(hasher, "", 0);
        hasher_finish(hasher, got);
        assert_string_equal(got, whole);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_portions),
        cmocka_unit_test(test_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

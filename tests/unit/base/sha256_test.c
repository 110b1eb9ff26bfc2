#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sha256.h"
#include "table.h"

#include <string.h>

static void
hashes_are_those_of_the_standard(void **state)
{
    char hex[65];
    (void)state;
    sha256_hex("abc", 3, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    sha256_hex(NULL, 0, hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void
parts_make_the_same_hash(void **state)
{
    static char bytes[100000];
    char hex[65];
    (void)state;
    memset(bytes, 'a', sizeof bytes);
    struct sha256 *sha = sha256_new();
    for (int i = 0; i < 10; i++) { /* a million letters a, in unequal parts */
        sha256_add(sha, bytes, 99999);
        sha256_add(sha, NULL, 0);
        sha256_add(sha, bytes, 1);
    }
    sha256_finish(sha, hex);
    assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void
tables_have_names(void **state)
{
    (void)state;
    for (int i = 0; i < TABLE_COUNT; i++)
        for (int j = 0; j < i; j++)
            assert_string_not_equal(table_names[i], table_names[j]);
    assert_string_equal(table_names[TABLE_SELLERS], "sellers");
    assert_string_equal(table_names[TABLE_CALLS], "calls");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes_are_those_of_the_standard),
        cmocka_unit_test(parts_make_the_same_hash),
        cmocka_unit_test(tables_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "erase.h"

#include <string.h>

static const char memory[] =
    "{\"schema\": 1, \"run\": {\"as_of\": \"2026-01-31\"}, \"scopes\": ["
    "{\"kind\": \"team\", \"id\": \"S1\", \"measures\": {\"a\": {\"value\": 0.10000000000000001}}},"
    "{\"kind\": \"seller\", \"id\": \"S1\", \"measures\": {\"a\": {\"value\": 1e-7}}},"
    "{\"kind\": \"seller\", \"id\": \"S2\", \"measures\": {\"a\": {\"value\": "
    "12345678901234567}}}],"
    " \"deals\": [{\"id\": \"D1\", \"owner\": \"S1\", \"q\": 0.5},"
    " {\"id\": \"D2\", \"owner\": \"S2\", \"q\": 0.30000000000000004}]}\n";

static void
a_person_goes_and_the_rest_stays(void **state)
{
    struct buf out = {0};
    struct erased erased;
    (void)state;
    assert_true(erase_person(text_of(memory), TEXT("S1"), &out, &erased));
    assert_int_equal(erased.scopes, 1);
    assert_int_equal(erased.deals, 1);
    assert_string_equal(
        out.bytes,
        "{\"schema\":1,\"run\":{\"as_of\":\"2026-01-31\"},\"scopes\":["
        "{\"kind\":\"team\",\"id\":\"S1\",\"measures\":{\"a\":{\"value\":0.10000000000000001}}},"
        "{\"kind\":\"seller\",\"id\":\"S2\",\"measures\":{\"a\":{\"value\":12345678901234567}}}],"
        "\"deals\":[{\"id\":\"D1\",\"owner\":\"\",\"q\":0.5},"
        "{\"id\":\"D2\",\"owner\":\"S2\",\"q\":0.30000000000000004}]}\n");
    buf_free(&out);
}

static void
nobody_leaves_nothing_to_write(void **state)
{
    struct buf out = {0};
    struct erased erased;
    (void)state;
    assert_true(erase_person(text_of(memory), TEXT("s1' OR 1 --"), &out, &erased));
    assert_int_equal(erased.scopes + erased.deals, 0);
    assert_int_equal(out.length, 0);
}

static void
what_is_no_json_is_refused(void **state)
{
    struct buf out = {0};
    struct erased erased;
    (void)state;
    assert_false(erase_person(TEXT("{\"scopes\": ["), TEXT("S1"), &out, &erased));
    assert_int_equal(out.length, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person_goes_and_the_rest_stays),
        cmocka_unit_test(nobody_leaves_nothing_to_write),
        cmocka_unit_test(what_is_no_json_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

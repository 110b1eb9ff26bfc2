#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "collate.h"

#include <stdlib.h>

static const struct collator *order;

static int
by_name(const void *a, const void *b)
{
    return collate_compare(order, text_of(*(const char *const *)a),
                           text_of(*(const char *const *)b));
}

static int
key_order(struct text a, struct text b)
{
    struct buf one = {NULL, 0, 0}, two = {NULL, 0, 0};
    collate_key(order, a, &one);
    collate_key(order, b, &two);
    int result = text_compare(buf_as_text(&one), buf_as_text(&two));
    buf_free(&one);
    buf_free(&two);
    return (result > 0) - (result < 0);
}

static void
expect_order(const char *tag, const char *const *sorted, size_t count)
{
    const char *names[16];
    struct collator *collator = collate_open(tag);
    assert_non_null(collator);
    order = collator;
    for (size_t i = 0; i < count; i++)
        names[i] = sorted[(i * 5 + 3) % count];
    qsort(names, count, sizeof *names, by_name);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(names[i], sorted[i]);
        for (size_t j = 0; j < count; j++)
            assert_int_equal(key_order(text_of(sorted[i]), text_of(sorted[j])), (i > j) - (i < j));
    }
    collate_close(collator);
}

static void
names_sort_as_readers_expect(void **state)
{
    static const char *const german[] = {"Abel",        "Ägidius", "Berg",   "Müller",
                                         "Muller & Co", "ostern",  "Ostern", "Zorn"};
    static const char *const swedish[] = {"Abel", "Berg", "Zorn", "Åberg", "Ärla", "Öberg"};
    static const char *const teams[] = {"Team 1", "Team 02", "Team 2", "Team 10",
                                        "Team A", "Tëam B",  "Team C"};
    (void)state;
    expect_order("de-DE", german, 8);
    expect_order("sv-SE", swedish, 6);
    expect_order("en-GB", teams, 7);
}

static void
nothing_is_equal_but_the_same_bytes(void **state)
{
    (void)state;
    struct collator *collator = collate_open("en-GB");
    order = collator;
    struct text composed = TEXT("\u00E9"), apart = TEXT("e\u0301");
    assert_int_equal(collate_compare(collator, composed, composed), 0);
    assert_true(collate_compare(collator, composed, apart) != 0);
    assert_true((collate_compare(collator, composed, apart) < 0) ==
                (collate_compare(collator, apart, composed) > 0));
    assert_int_equal(key_order(composed, apart),
                     collate_compare(collator, composed, apart) < 0 ? -1 : 1);
    assert_true(collate_compare(collator, (struct text){NULL, 0}, TEXT("a")) < 0);
    assert_int_equal(collate_compare(collator, (struct text){NULL, 0}, TEXT("")), 0);
    collate_close(collator);
}

/* A total order that keys agree with, whatever the bytes. */
static void
any_bytes_have_one_order(void **state)
{
    char bytes[3][8];
    (void)state;
    struct collator *collator = collate_open("en-GB");
    order = collator;
    srand(2);
    for (int round = 0; round < 20000; round++) {
        struct text name[3];
        for (int i = 0; i < 3; i++) {
            name[i] = (struct text){bytes[i], (uint32_t)rand() % 8};
            for (uint32_t j = 0; j < name[i].length; j++)
                bytes[i][j] = "aA\xC3\xA9\xE2\x82 0-\xFF"[rand() % 11];
        }
        int ab = collate_compare(collator, name[0], name[1]),
            bc = collate_compare(collator, name[1], name[2]),
            ac = collate_compare(collator, name[0], name[2]);
        ab = (ab > 0) - (ab < 0);
        assert_int_equal(key_order(name[0], name[1]), ab);
        assert_int_equal(ab == 0, text_equal(name[0], name[1]));
        if (ab <= 0 && bc <= 0)
            assert_true(ac <= 0);
    }
    collate_close(collator);
}

static void
the_locale_of_the_process_has_no_say(void **state)
{
    (void)state;
    setenv("LC_ALL", "sv_SE.UTF-8", 1);
    struct collator *collator = collate_open("xx");
    assert_non_null(collator);
    assert_true(collate_compare(collator, TEXT("Ärla"), TEXT("Berg")) <
                0); /* in Swedish behind Z */
    collate_close(collator);
    assert_null(collate_open(""));
    assert_null(collate_open("no_tag"));
    collate_close(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_sort_as_readers_expect),
        cmocka_unit_test(nothing_is_equal_but_the_same_bytes),
        cmocka_unit_test(any_bytes_have_one_order),
        cmocka_unit_test(the_locale_of_the_process_has_no_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "address.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void
takes_what_servers_take(void **state)
{
    static const char *const good[] = {"a@b", "ann@example.com", "a.b+tag@x-y.example",
                                       "!#$%&'*+-/=?^_`{|}~@a.b", "1@2.3"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(address_is_mailbox(text_of(good[i])));
}

static void
refuses_the_rest(void **state)
{
    static const char *const bad[] = {"",
                                      "@",
                                      "a@",
                                      "@b",
                                      "a",
                                      "a@b@c",
                                      ".a@b",
                                      "a.@b",
                                      "a..b@c",
                                      "a b@c",
                                      "a@b c",
                                      "a@.b",
                                      "a@b.",
                                      "a@b..c",
                                      "a@-b",
                                      "a@b-",
                                      "a@b-.c",
                                      "a@b.-c",
                                      "a@[1.2.3.4]",
                                      "\"a\"@b",
                                      "a@b_c",
                                      "a\r\n@b",
                                      "a@b\r\nBcc: c@d",
                                      "a\xC3\xA9@b",
                                      "a@\xC3\xA9",
                                      "a,b@c",
                                      "a;b@c",
                                      "a<b@c",
                                      "a>b@c",
                                      "a(b)@c",
                                      "a\\@b",
                                      "a:b@c"};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(address_is_mailbox(text_of(bad[i])));
    assert_false(address_is_mailbox((struct text){"a\0b@c", 5}));
    assert_false(address_is_mailbox((struct text){"ab@c\0d", 6}));
}

static void
holds_to_the_lengths(void **state)
{
    char local[80], label[80];
    (void)state;
    memset(local, 'x', sizeof local);
    memcpy(local + 64, "@b", 3);
    assert_true(address_is_mailbox(text_of(local)));
    memset(local, 'x', sizeof local);
    memcpy(local + 65, "@b", 3);
    assert_false(address_is_mailbox(text_of(local)));
    memset(label, 'x', sizeof label);
    assert_true(address_is_domain((struct text){label, 63}));
    assert_false(address_is_domain((struct text){label, 64}));
    char domain[260];
    for (size_t i = 0; i < sizeof domain; i++)
        domain[i] = i % 2 ? '.' : 'x';
    assert_true(address_is_domain((struct text){domain, 253}));
    assert_false(address_is_domain((struct text){domain, 255}));
}

static void
splits_name_and_mailbox(void **state)
{
    struct text name, mailbox;
    (void)state;
    assert_true(address_split("Sales, \"Ops\" <ops@example.com>", &name, &mailbox));
    assert_true(text_equal(name, TEXT("Sales, \"Ops\"")));
    assert_true(text_equal(mailbox, TEXT("ops@example.com")));
    assert_true(text_equal(address_domain(mailbox), TEXT("example.com")));
    assert_true(address_split("ops@example.com", &name, &mailbox));
    assert_int_equal(name.length, 0);
    assert_true(address_split("<a@b>", &name, &mailbox));
    static const char *const bad[] = {"A <a@b",    "A <>", "A a@b>", "A <a@b> c",
                                      "A <<a@b>>", "<",    ""};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(address_split(bad[i], &name, &mailbox));
    assert_false(address_split(NULL, &name, &mailbox));
    assert_int_equal(address_domain(TEXT("none")).length, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_what_servers_take),
        cmocka_unit_test(refuses_the_rest),
        cmocka_unit_test(holds_to_the_lengths),
        cmocka_unit_test(splits_name_and_mailbox),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

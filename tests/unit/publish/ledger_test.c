#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ledger.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct place_of_work {
    char folder[64];
    int out;
    struct diag *diag;
};

static int
set_up(void **state)
{
    struct place_of_work *place = calloc(1, sizeof *place);
    strcpy(place->folder, "/tmp/sefpack-ledger-XXXXXX");
    assert_non_null(mkdtemp(place->folder));
    place->out = open(place->folder, O_RDONLY | O_DIRECTORY);
    place->diag = diag_new(NULL, false, false);
    *state = place;
    return 0;
}

static int
tear_down(void **state)
{
    struct place_of_work *place = *state;
    unlinkat(place->out, "sent.tsv", 0);
    close(place->out);
    rmdir(place->folder);
    diag_free(place->diag);
    free(place);
    return 0;
}

static void
append(const struct place_of_work *place, const char *bytes)
{
    int fd = openat(place->out, "sent.tsv", O_WRONLY | O_APPEND | O_CREAT, 0600);
    assert_int_equal(write(fd, bytes, strlen(bytes)), (ssize_t)strlen(bytes));
    close(fd);
}

static void
remembers_the_last_event(void **state)
{
    struct place_of_work *place = *state;
    for (int again = 0; again < 2; again++) {
        struct ledger *ledger = ledger_open(place->out, false, place->diag);
        assert_non_null(ledger);
        if (again == 0) {
            assert_int_equal(ledger_state(ledger, "aa", "ann@x"), LEDGER_NEW);
            assert_true(ledger_add(ledger, LEDGER_SENDING, "aa", "ann@x", "p", NULL));
            assert_int_equal(ledger_state(ledger, "aa", "ann@x"), LEDGER_SENDING);
            assert_true(ledger_add(ledger, LEDGER_SENT, "aa", "ann@x", "p", "250\tfine\r\nX: y"));
            assert_true(ledger_add(ledger, LEDGER_SENDING, "bb", "ann@x", "p", NULL));
            assert_true(ledger_add(ledger, LEDGER_FAILED, "cc", "ann@x", "p", "550 no"));
        }
        assert_int_equal(ledger_state(ledger, "aa", "ann@x"), LEDGER_SENT);
        assert_int_equal(ledger_state(ledger, "bb", "ann@x"), LEDGER_SENDING);
        assert_int_equal(ledger_state(ledger, "cc", "ann@x"), LEDGER_FAILED);
        /* another address, another file: another mail */
        assert_int_equal(ledger_state(ledger, "aa", "bob@x"), LEDGER_NEW);
        assert_int_equal(ledger_state(ledger, "dd", "ann@x"), LEDGER_NEW);
        ledger_close(ledger);
    }
    struct stat is;
    assert_int_equal(fstatat(place->out, "sent.tsv", &is, 0), 0);
    assert_int_equal(is.st_mode & 0777, 0600);
}

static void
one_at_a_time(void **state)
{
    struct place_of_work *place = *state;
    struct ledger *ledger = ledger_open(place->out, false, place->diag);
    assert_null(ledger_open(place->out, false, place->diag));
    assert_int_equal(diag_exit(place->diag), EXIT_FAILED);
    struct ledger *look = ledger_open(place->out, true, place->diag);
    assert_non_null(look);
    ledger_close(look);
    ledger_close(ledger);
}

static void
looking_makes_nothing(void **state)
{
    struct place_of_work *place = *state;
    struct ledger *look = ledger_open(place->out, true, place->diag);
    assert_non_null(look);
    assert_int_equal(ledger_state(look, "aa", "ann@x"), LEDGER_NEW);
    ledger_close(look);
    assert_int_equal(faccessat(place->out, "sent.tsv", F_OK, 0), -1);
}

/* What a crash cut off counts for nothing, and the next line begins on its own. */
static void
torn_lines_tell_nothing(void **state)
{
    struct place_of_work *place = *state;
    append(place, "t\tsent\taa\tann@x\tp\t\n"
                  "no tabs at all\n\nt\tsent\t\n\t\t\t\t\t\n"
                  "t\tunheard\tbb\tann@x\tp\t\n"
                  "t\tsent\tcc\tann@");
    struct ledger *ledger = ledger_open(place->out, false, place->diag);
    assert_int_equal(ledger_state(ledger, "aa", "ann@x"), LEDGER_SENT);
    assert_int_equal(ledger_state(ledger, "bb", "ann@x"), LEDGER_NEW);
    assert_int_equal(ledger_state(ledger, "cc", "ann@"), LEDGER_NEW);
    assert_true(ledger_add(ledger, LEDGER_SENT, "dd", "ann@x", "p", NULL));
    ledger_close(ledger);
    ledger = ledger_open(place->out, false, place->diag);
    assert_int_equal(ledger_state(ledger, "dd", "ann@x"), LEDGER_SENT);
    ledger_close(ledger);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(remembers_the_last_event, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_at_a_time, set_up, tear_down),
        cmocka_unit_test_setup_teardown(looking_makes_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(torn_lines_tell_nothing, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

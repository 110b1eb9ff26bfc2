#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "secret.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char path[64];

static void
write_secret(const char *bytes, size_t length, mode_t mode)
{
    unlink(path);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    assert_int_equal(write(fd, bytes, length), (ssize_t)length);
    assert_int_equal(fchmod(fd, mode), 0);
    close(fd);
}

static bool
read_secret(const char *from, char secret[SECRET_SIZE], enum exit_code *code)
{
    struct diag *diag = diag_new(NULL, false, false);
    bool read = secret_from_file(from, secret, diag);
    *code = diag_exit(diag);
    diag_free(diag);
    return read;
}

static void
from_a_file_of_its_owner(void **state)
{
    char secret[SECRET_SIZE];
    enum exit_code code;
    (void)state;
    static const struct {
        const char *bytes, *secret;
    } good[] = {{"word\n", "word"}, {"word", "word"}, {"two words\r\nmore\n", "two words"}};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        write_secret(good[i].bytes, strlen(good[i].bytes), 0600);
        assert_true(read_secret(path, secret, &code));
        assert_string_equal(secret, good[i].secret);
    }
    for (mode_t bit = 1; bit < 0100; bit <<= 1) {
        write_secret("word\n", 5, 0600 | bit);
        assert_false(read_secret(path, secret, &code));
        assert_int_equal(code, EXIT_CONFIG);
    }
    write_secret("\n", 1, 0600);
    assert_false(read_secret(path, secret, &code));
    char long_one[SECRET_SIZE];
    memset(long_one, 'x', sizeof long_one);
    write_secret(long_one, sizeof long_one, 0600);
    assert_false(read_secret(path, secret, &code));
    write_secret(long_one, sizeof long_one - 1, 0600);
    assert_true(read_secret(path, secret, &code));
    unlink(path);
    assert_false(read_secret(path, secret, &code));
    assert_false(read_secret("/tmp", secret, &code));
    assert_false(read_secret("/dev/null", secret, &code));
}

static void
from_the_environment(void **state)
{
    char secret[SECRET_SIZE];
    struct diag *diag = diag_new(NULL, false, false);
    (void)state;
    setenv("SEFPACK_TEST_SECRET", "word", 1);
    assert_true(secret_from_environment("SEFPACK_TEST_SECRET", secret, diag));
    assert_string_equal(secret, "word");
    secret_forget(secret);
    for (size_t i = 0; i < sizeof secret; i++)
        assert_int_equal(secret[i], 0);
    setenv("SEFPACK_TEST_SECRET", "", 1);
    assert_false(secret_from_environment("SEFPACK_TEST_SECRET", secret, diag));
    unsetenv("SEFPACK_TEST_SECRET");
    assert_false(secret_from_environment("SEFPACK_TEST_SECRET", secret, diag));
    assert_int_equal(diag_exit(diag), EXIT_CONFIG);
    diag_free(diag);
}

int
main(void)
{
    snprintf(path, sizeof path, "/tmp/sefpack-secret-%ld", (long)getpid());
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(from_a_file_of_its_owner),
        cmocka_unit_test(from_the_environment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

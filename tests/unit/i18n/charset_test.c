#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "charset.h"

#include <stdio.h>
#include <stdlib.h>

struct result {
    struct buf out;
    uint64_t faults, first;
};

/* Converts in blocks of `block` bytes. */
static struct result
convert(const char *name, const char *bytes, size_t length, size_t block)
{
    struct result result = {{NULL, 0, 0}, 0, 0};
    struct charset *charset = charset_open(name);
    assert_non_null(charset);
    for (size_t at = 0; at < length; at += block) {
        size_t size = length - at < block ? length - at : block;
        char *copy = malloc(size); /* so that a sanitizer sees every read past the end */
        memcpy(copy, bytes + at, size);
        charset_convert(charset, copy, size, at + size == length, &result.out);
        free(copy);
    }
    charset_convert(charset, NULL, 0, true, &result.out);
    result.faults = charset_faults(charset);
    result.first = charset_first_fault(charset);
    charset_close(charset);
    return result;
}

static void
expect(const char *name, const char *bytes, size_t length, const char *utf8, uint64_t faults,
       uint64_t first)
{
    for (size_t block = 1; block <= 9; block++) {
        struct result result = convert(name, bytes, length, block);
        assert_int_equal(result.out.length, strlen(utf8));
        assert_memory_equal(result.out.bytes, utf8, strlen(utf8));
        assert_int_equal(result.faults, faults);
        assert_int_equal(result.first, first);
        buf_free(&result.out);
    }
}

#define EXPECT(name, bytes, utf8, faults, first)                                                   \
    expect(name, bytes, sizeof(bytes) - 1, utf8, faults, first)

static void
encodings_become_utf8(void **state)
{
    (void)state;
    EXPECT("utf-8", "a\u00E9\u20AC\U0001F600z", "a\u00E9\u20AC\U0001F600z", 0, 0);
    EXPECT("utf-16le", "a\0\xE9\0\xAC\x20\x3D\xD8\x00\xDEz\0", "a\u00E9\u20AC\U0001F600z", 0, 0);
    EXPECT("utf-16be", "\0a\0\xE9\x20\xAC\xD8\x3D\xDE\x00\0z", "a\u00E9\u20AC\U0001F600z", 0, 0);
    EXPECT("utf-32le", "a\0\0\0\xAC\x20\0\0\x00\xF6\x01\0", "a\u20AC\U0001F600", 0, 0);
    EXPECT("utf-32be", "\0\0\0a\0\0\x20\xAC\0\x01\xF6\x00", "a\u20AC\U0001F600", 0, 0);
    EXPECT("windows-1252", "M\xFCller \x80 \x96", "Müller € –", 0, 0);
    EXPECT("iso-8859-1", "M\xFCller \xA4", "Müller ¤", 0, 0);
    EXPECT("iso-8859-15", "M\xFCller \xA4", "Müller €", 0, 0);
    EXPECT("windows-1251", "\xCC\xEE\xF1\xEA\xE2\xE0", "Москва", 0, 0);
    EXPECT("iso-8859-7", "\xC5\xEB\xEB\xDC\xF2", "Ελλάς", 0, 0);
    EXPECT("macintosh", "caf\x8E", "café", 0, 0);
}

static void
faults_are_replaced_and_counted(void **state)
{
    (void)state;
    EXPECT("utf-8", "ab\xFFz", "ab\uFFFDz", 1, 2);
    EXPECT("utf-8", "a\xE2\x82z\xC0\x80", "a\uFFFDz\uFFFD\uFFFD", 3, 1);
    EXPECT("utf-8", "\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD", 3, 0);
    EXPECT("utf-8", "\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD", 4, 0);
    EXPECT("utf-8", "ab\xF0\x9F\x98", "ab\uFFFD", 1, 2);
    EXPECT("utf-16le", "a\0\x3D\xD8z\0", "a\uFFFDz", 1, 2);
    EXPECT("utf-16le", "a\0\x00\xDEz\0", "a\uFFFDz", 1, 2);
    EXPECT("utf-16le", "a\0z", "a\uFFFD", 1, 2);
    EXPECT("utf-16be", "\0a\xD8\x3D", "a\uFFFD", 1, 2);
    EXPECT("utf-16be", "\0a\xD8\x3D\xD8\x3D\xDE\x00", "a\uFFFD\U0001F600", 1, 2);
    EXPECT("utf-32le", "a\0\0\0\0\0\x11\0", "a\uFFFD", 1, 4);
    EXPECT("utf-32be", "\0\0\xD8\0\0\0\0a\0", "\uFFFDa\uFFFD", 2, 0);
    EXPECT("windows-1252", "a\x81z", "a\uFFFDz", 1, 1);
}

static void
nothing_gives_nothing(void **state)
{
    (void)state;
    struct result result = convert("utf-16le", NULL, 0, 1);
    assert_int_equal(result.out.length, 0);
    assert_int_equal(result.faults, 0);
    result = convert("utf-8", "a\0b", 3, 2);
    assert_int_equal(result.out.length, 3);
    assert_memory_equal(result.out.bytes, "a\0b", 3);
    buf_free(&result.out);
}

static void
names_are_found_in_any_spelling(void **state)
{
    static const char *const cases[][2] = {
        {"UTF-8", "utf-8"},         {"utf8", "utf-8"},      {"Latin1", "iso-8859-1"},
        {"CP1252", "windows-1252"}, {"UTF-16", "utf-16le"}, {"ISO-8859-15", "iso-8859-15"},
        {"macroman", "macintosh"},  {"KOI8-R", "koi8-r"},
    };
    static const char *const refused[] = {"",           "utf-7", "iso-2022-kr",
                                          "shift_jis",  "utf",   "latin1 ",
                                          "utf8 ascii", "cp125", "gb18030"};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(charset_find(cases[i][0]), cases[i][1]);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_null(charset_find(refused[i]));
        assert_null(charset_open(refused[i]));
    }
    charset_close(NULL);
}

/* Every name that is found can be opened. */
static void
all_known_encodings_open(void **state)
{
    static const char *const names[] = {
        "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254",
        "windows-1255", "windows-1256", "windows-1257", "windows-1258", "iso-8859-1",
        "iso-8859-2",   "iso-8859-5",   "iso-8859-7",   "iso-8859-9",   "iso-8859-13",
        "iso-8859-15",  "macintosh",    "koi8-r",       "koi8-u"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct charset *charset = charset_open(names[i]);
        struct buf out = {NULL, 0, 0};
        assert_non_null(charset);
        assert_string_equal(charset_name(charset), names[i]);
        for (int byte = 0; byte < 128; byte++) {
            char c = (char)byte;
            charset_convert(charset, &c, 1, byte == 127, &out);
        }
        assert_int_equal(out.length, 128); /* all begin with ASCII */
        for (int byte = 0; byte < 128; byte++)
            assert_int_equal(out.bytes[byte], byte);
        buf_free(&out);
        charset_close(charset);
    }
}

/* Longer than what is converted or looked at in one go. */
static void
long_streams_are_converted(void **state)
{
    static const struct {
        const char *name;
        size_t width; /* bytes a character */
        const char *odd, *utf8;
    } cases[] = {
        {"utf-16le", 2, "\xAC\x20", "\u20AC"},
        {"utf-16be", 2, "\x20\xAC", "\u20AC"},
        {"utf-32le", 4, "\x00\xF6\x01\x00", "\U0001F600"},
        {"windows-1252", 1, "\x80", "\u20AC"},
        {"windows-1252", 1, "\x81", "\uFFFD"},
    };
    enum { COUNT = 30000 };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t every = 1; every < 40; every += 19) { /* each character odd, or a few */
            size_t width = cases[i].width;
            char *bytes = calloc(COUNT, width);
            struct buf want = {NULL, 0, 0};
            for (size_t j = 0; j < COUNT; j++) {
                bool odd = j % every == 0;
                if (odd)
                    memcpy(bytes + j * width, cases[i].odd, width);
                else
                    bytes[j * width + (strstr(cases[i].name, "be") ? width - 1 : 0)] = 'x';
                buf_string(&want, odd ? cases[i].utf8 : "x");
            }
            struct result result = convert(cases[i].name, bytes, COUNT * width, 20001);
            assert_int_equal(result.out.length, want.length);
            assert_memory_equal(result.out.bytes, want.bytes, want.length);
            if (width > 1 && every > 1)
                assert_string_equal(charset_detect(bytes, COUNT * width).name, cases[i].name);
            buf_free(&result.out);
            buf_free(&want);
            free(bytes);
        }
}

#define DETECT(bytes) charset_detect(bytes, sizeof(bytes) - 1)

static void
marks_tell_the_encoding(void **state)
{
    (void)state;
    struct charset_guess guess = DETECT("\xEF\xBB\xBFid");
    assert_string_equal(guess.name, "utf-8");
    assert_int_equal(guess.bom, 3);
    guess = DETECT("\xFF\xFE"
                   "a\0");
    assert_string_equal(guess.name, "utf-16le");
    assert_int_equal(guess.bom, 2);
    guess = DETECT("\xFE\xFF\0a");
    assert_string_equal(guess.name, "utf-16be");
    guess = DETECT("\xFF\xFE\0\0a\0\0\0");
    assert_string_equal(guess.name, "utf-32le");
    assert_int_equal(guess.bom, 4);
    guess = DETECT("\0\0\xFE\xFF\0\0\0a");
    assert_string_equal(guess.name, "utf-32be");
    assert_null(charset_detect(NULL, 0).name);
}

static void
zeros_tell_the_encoding(void **state)
{
    (void)state;
    assert_string_equal(DETECT("i\0d\0,\0a\0m\0o\0u\0n\0t\0\n\0").name, "utf-16le");
    assert_string_equal(DETECT("\0i\0d\0,\0a\0m\0o\0u\0n\0t\0\n").name, "utf-16be");
    assert_string_equal(DETECT("i\0\0\0d\0\0\0,\0\0\0a\0\0\0").name, "utf-32le");
    assert_string_equal(DETECT("\0\0\0i\0\0\0d\0\0\0,\0\0\0a").name, "utf-32be");
    assert_null(DETECT("id,amount\n1,2\n").name);
    assert_null(DETECT("id,am\0unt\n1,2\n").name); /* a stray zero is a stray zero */
    assert_null(DETECT("\0\0\0\0\0\0\0\0\0\0\0\0").name);
    assert_null(DETECT("a\0").name);
}

/* The files of one table in many encodings that others test their readers with. */
static void
real_files_are_detected(void **state)
{
    static const char *const names[] = {"utf-16le", "utf-16be", "utf-32le", "utf-32be"};
    static const char *const files[] = {"premiere.utf16le", "premiere.utf16be", "premiere.utf32le",
                                        "premiere.utf32be"};
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        char path[512], bytes[4096];
        snprintf(path, sizeof path, SHARED_DIR "/data/csv_encodings/%s.csv", files[i]);
        FILE *file = fopen(path, "rb");
        if (!file) {
            print_message("skipped: %s is not there\n", path);
            return;
        }
        size_t length = fread(bytes, 1, sizeof bytes, file);
        fclose(file);
        struct charset_guess guess = charset_detect(bytes, length);
        assert_non_null(guess.name);
        assert_string_equal(guess.name, names[i]);
        struct result result = convert(guess.name, bytes, length, 7);
        assert_int_equal(result.faults, 0);
        assert_non_null(strstr(result.out.bytes, "premi\u00E8re"));
        buf_free(&result.out);
    }
}

/* Whatever the bytes and the blocks: UTF-8 comes out, and the same. */
static void
blocks_make_no_difference(void **state)
{
    static const char *const names[] = {"utf-8",    "utf-16le", "utf-16be",
                                        "utf-32le", "utf-32be", "windows-1252"};
    static char bytes[9000];
    (void)state;
    srand(6);
    for (int round = 0; round < 3000; round++) {
        size_t length = (size_t)rand() % (round % 50 == 0 ? sizeof bytes : 80);
        for (size_t i = 0; i < length; i++)
            bytes[i] =
                (char)(round % 2 ? rand() : "a\0\xE2\x82\xAC\xD8\x3D\xDE\xF0\x9F"[rand() % 10]);
        const char *name = names[round % 6];
        struct result whole = convert(name, bytes, length, length + 1),
                      parts = convert(name, bytes, length, 1 + (size_t)rand() % 40);
        assert_int_equal(whole.out.length, parts.out.length);
        assert_int_equal(whole.faults, parts.faults);
        assert_int_equal(whole.first, parts.first);
        if (whole.out.length)
            assert_memory_equal(whole.out.bytes, parts.out.bytes, whole.out.length);
        assert_int_equal(text_valid_utf8(whole.out.bytes, whole.out.length), whole.out.length);
        buf_free(&whole.out);
        buf_free(&parts.out);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(encodings_become_utf8),
        cmocka_unit_test(faults_are_replaced_and_counted),
        cmocka_unit_test(nothing_gives_nothing),
        cmocka_unit_test(names_are_found_in_any_spelling),
        cmocka_unit_test(all_known_encodings_open),
        cmocka_unit_test(long_streams_are_converted),
        cmocka_unit_test(marks_tell_the_encoding),
        cmocka_unit_test(zeros_tell_the_encoding),
        cmocka_unit_test(real_files_are_detected),
        cmocka_unit_test(blocks_make_no_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

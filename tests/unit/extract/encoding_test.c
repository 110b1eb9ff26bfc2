/* Every encoding, delimiter and header as files really have them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gather.h"

#include <sys/stat.h>

struct expectation {
    const char *bytes;
    size_t length;
    const char *encoding;
    char delimiter;
    const char *rows, *rejects;
};

#define BYTES(literal) (literal), sizeof(literal) - 1

static void
check(const struct expectation *expected)
{
    for (uint32_t chunk = 0; chunk < 9; chunk++) {
        struct gather gather = {.chunk = chunk, .jobs = 2};
        gather_bytes(&gather, expected->bytes, expected->length);
        assert_true(gather.good);
        assert_string_equal(gather.file.encoding, expected->encoding);
        assert_int_equal(gather.delimiter, expected->delimiter);
        assert_string_equal(gather_string(&gather.rows), expected->rows);
        assert_string_equal(gather_string(&gather.rejects), expected->rejects);
        gather_free(&gather);
    }
}

static void
encodings(void **state)
{
    (void)state;
    static const struct expectation files[] = {
        {BYTES("a,b\n\xC3\xA9,1\n"), "utf-8", ',', "2|\xC3\xA9|1\n", ""},
        {BYTES("\xEF\xBB\xBF"
               "a,b\n\xC3\xA9,1\n"),
         "utf-8", ',', "2|\xC3\xA9|1\n", ""},
        {BYTES("a,b\n\xE9\x80,1\n"), "windows-1252", ',', "2|\xC3\xA9\xE2\x82\xAC|1\n", ""},
        {BYTES("a,b\nx,1\n\xE9,2\ny,3\n"), "windows-1252", ',', "2|x|1\n3|\xC3\xA9|2\n4|y|3\n", ""},
        {BYTES("\xE9,b\nx,1\n"), "windows-1252", ',', "2|x|1\n", ""},
        /* damaged UTF-8 stays UTF-8, and the damaged row is named */
        {BYTES("a,b\n\xC3\xA9,1\nb\xE9,2\n\xC3\xA8,3\n"), "utf-8", ',',
         "2|\xC3\xA9|1\n4|\xC3\xA8|3\n", "3!bytes that are not utf-8\n"},
        {BYTES("\xEF\xBB\xBF"
               "a,b\nb\xE9,2\nx,3\n"),
         "utf-8", ',', "3|x|3\n", "2!bytes that are not utf-8\n"},
        {BYTES("a,b\nb\x81,2\nc\xE9,3\n"), "windows-1252", ',', "3|c\xC3\xA9|3\n",
         "2!bytes that are not windows-1252\n"},
        {BYTES("\xFF\xFE"
               "a\0\t\0b\0\n\0\xE9\0\t\0"
               "1\0\n\0"),
         "utf-16le", '\t', "2|\xC3\xA9|1\n", ""},
        {BYTES("\0a\0,\0b\0\n\0\xE9\0,\0"
               "1\0\n"),
         "utf-16be", ',', "2|\xC3\xA9|1\n", ""},
        {BYTES("\xFF\xFE\0\0a\0\0\0,\0\0\0b\0\0\0\n\0\0\0\xE9\0\0\0,\0\0\0"
               "1\0\0\0"),
         "utf-32le", ',', "2|\xC3\xA9|1\n", ""},
        {BYTES("a,b\nx\0y,1\nz,2\n"), "utf-8", ',', "3|z|2\n", "2!nul byte\n"},
        {BYTES("a,b\n\xEF\xBF\xBD,1\n\xC2\xA0\xE2\x80\x8B,2\n"), "utf-8", ',',
         "2|\xEF\xBF\xBD|1\n3|\xC2\xA0\xE2\x80\x8B|2\n", ""},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        check(&files[i]);
}

static void
delimiters(void **state)
{
    (void)state;
    static const struct expectation files[] = {
        {BYTES("a;b\n1,5;2\n1,6;3\n"), "utf-8", ';', "2|1,5|2\n3|1,6|3\n", ""},
        {BYTES("a\tb\n1,5\t2;\n"), "utf-8", '\t', "2|1,5|2;\n", ""},
        {BYTES("a|b\n1,5|2\n"), "utf-8", '|', "2|1,5|2\n", ""},
        {BYTES("a\n1\n2\n"), "utf-8", ',', "2|1\n3|2\n", ""},
        {BYTES("sep=;\r\na,x;b\n1,5;2\n"), "utf-8", ';', "3|1,5|2\n", ""},
        {BYTES("\"sep=^\"\na,x^b\n1;5^2\n"), "utf-8", '^', "3|1;5|2\n", ""},
        {BYTES("a,b\n\"x;y\",\"1;2\"\n\"p;q\",2\n"), "utf-8", ',', "2|x;y|1;2\n3|p;q|2\n", ""},
        {BYTES("\n\r\n \"a\" ,b\n1,2"), "utf-8", ',', "4|1|2\n", ""},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        check(&files[i]);
}

static void
check_error(const char *bytes, size_t length, const char *encoding, const char *message)
{
    struct gather gather = {.jobs = 1};
    gather.extract.encoding = encoding;
    gather_bytes(&gather, bytes, length);
    assert_false(gather.good);
    assert_non_null(strstr(gather_string(&gather.messages), message));
    gather_free(&gather);
}

static void
errors(void **state)
{
    (void)state;
    check_error(BYTES(""), NULL, "the file is empty: not even a header [extract.empty]");
    check_error(BYTES("\n\n"), NULL, "no header row can be read [extract.header]");
    check_error(BYTES("a,b;c\n1,2;3\n"), NULL,
                "the delimiter may be comma or semicolon [extract.delimiter]");
    check_error(BYTES("a,b\n"), "utf-7", "the encoding utf-7 is not known [extract.encoding]");
    struct gather gather = {.jobs = 1};
    gather_path(&gather, "/tmp");
    assert_false(gather.good);
    assert_non_null(strstr(gather_string(&gather.messages), "[extract.open]"));
    gather_free(&gather);
}

static void
header_only(void **state)
{
    (void)state;
    static const struct expectation files[] = {
        {BYTES("a,b"), "utf-8", ',', "", ""},
        {BYTES("a,b\r\n"), "utf-8", ',', "", ""},
        {BYTES("a;b\n\n"), "utf-8", ';', "", ""},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        check(&files[i]);
}

/* The head (2 MiB) is ASCII; what the bytes far behind mean is found when they come. */
static void
far_bytes(void **state)
{
    (void)state;
    for (int utf8 = 0; utf8 < 2; utf8++) {
        struct buf text = {0};
        buf_string(&text, "a,b\n");
        for (int i = 0; i < 300000; i++)
            buf_printf(&text, "%d,value\n", i);
        buf_string(&text, utf8 ? "x,\xC3\xA9\n" : "x,\xE9\n");
        for (int i = 0; i < 100000; i++)
            buf_printf(&text, "%d,value\n", i);
        struct gather gather = {.jobs = 2};
        gather_bytes(&gather, text.bytes, text.length);
        assert_true(gather.good);
        assert_string_equal(gather.file.encoding, utf8 ? "utf-8" : "windows-1252");
        assert_non_null(strstr(gather_string(&gather.rows), "\n300002|x|\xC3\xA9\n300003|0|value"));
        assert_int_equal(gather.report.read, 400001);
        assert_int_equal(gather.report.rejected, 0);
        gather_free(&gather);
        buf_free(&text);
    }
}

/* name, encoding, delimiter, number of columns, rows, rejects, first row */
struct shared {
    const char *name, *encoding;
    char delimiter;
    uint32_t columns;
    uint64_t read, rejected;
    const char *first;
};

#define LONG_CELL                                                                                  \
    "2|Test|This is a \"test csv file\"\nwith both \"line breaks\"\nand \"escaped\nquotes\" that " \
    "breaks\nthe delimiters|http://google.com\n"
#define PREMIERE "2|Quatri\xC3\xA8me|cinqui\xC3\xA8me|sixi\xC3\xA8me\n"

static const struct shared shared_files[] = {
    {"NumberFormatTest.csv", "utf-8", ',', 3, 2, 2, ""}, /* ragged */
    {"NumberFormatTest.de.csv", "utf-8", ',', 3, 4, 4, ""},
    {"backslash.csv", "utf-8", ',', 2, 1, 0, "2|field 3\\|field 4\n"},
    {"contains_html.csv", "utf-8", ';', 3, 0, 0, ""},
    {"csv_without_extension", "utf-8", ';', 3, 2, 0, "2|Cell A2|Number with comma|25,5\n"},
    {"enclosure.csv", "utf-8", ',', 3, 3, 0, "2|12/17/2017 14:35|viewpage|username1\n"},
    {"encoding.iso88591.csv", "windows-1252", ',', 2, 1, 0, "2|2|3\n"},
    {"encoding.utf16be.csv", "utf-16be", ',', 2, 1, 0, "2|2|3\n"},
    {"encoding.utf16le.csv", "utf-16le", ',', 2, 1, 0, "2|2|3\n"},
    {"encoding.utf32be.csv", "utf-32be", ',', 2, 1, 0, "2|2|3\n"},
    {"encoding.utf32le.csv", "utf-32le", ',', 2, 1, 0, "2|2|3\n"},
    {"encoding.utf8.csv", "utf-8", ',', 2, 1, 0, "2|2|3\n"},
    {"encoding.utf8bom.csv", "utf-8", ',', 2, 1, 0, "2|2|3\n"},
    {"issue.2232.csv", "utf-8", ',', 3, 4, 0, "2|a|FaLSe|b\n"},
    {"line_break_escaped_32le.csv", "utf-32le", ',', 3, 4, 0, LONG_CELL},
    {"line_break_in_enclosure.csv", "utf-8", ',', 3, 5, 0,
     "2|Test|This is a test\r\nwith line breaks\r\nthat breaks "
     "the\r\ndelimiters|http://google.com\n"},
    {"line_break_in_enclosure_with_escaped_quotes.csv", "utf-8", ',', 3, 4, 0, LONG_CELL},
    {"linend.mac.csv", "utf-8", ',', 2, 1, 0, "2|2|3\n"},
    {"linend.unix.csv", "utf-8", ',', 2, 1, 0, "2|2|3\n"},
    {"linend.win.csv", "utf-8", ',', 2, 1, 0, "2|2|3\n"},
    {"no_delimiter.csv", "utf-8", ',', 1, 0, 0, ""},
    {"premiere.utf16be.csv", "utf-16be", ',', 3, 1, 0, PREMIERE},
    {"premiere.utf16bebom.csv", "utf-16be", ',', 3, 1, 0, PREMIERE},
    {"premiere.utf16le.csv", "utf-16le", ',', 3, 2, 0, PREMIERE},
    {"premiere.utf16lebom.csv", "utf-16le", ',', 3, 1, 0, PREMIERE},
    {"premiere.utf32be.csv", "utf-32be", ',', 3, 1, 0, PREMIERE},
    {"premiere.utf32bebom.csv", "utf-32be", ',', 3, 1, 0, PREMIERE},
    {"premiere.utf32le.csv", "utf-32le", ',', 3, 1, 0, PREMIERE},
    {"premiere.utf32lebom.csv", "utf-32le", ',', 3, 1, 0, PREMIERE},
    {"premiere.utf8.csv", "utf-8", ',', 3, 1, 0, PREMIERE},
    {"premiere.utf8bom.csv", "utf-8", ',', 3, 1, 0, PREMIERE},
    {"premiere.win1252.csv", "windows-1252", ',', 3, 1, 0, PREMIERE},
    {"semicolon_separated.csv", "utf-8", ';', 3, 2, 0, "2|Cell A2|Number with comma|25,5\n"},
    {"sep.csv", "utf-8", ';', 2, 1, 0, "3|2|3\n"},
    {"utf16be.line_break_in_enclosure.csv", "utf-16be", ',', 3, 5, 0,
     "2|Test|This is a test\r\nwith line breaks\r\nthat breaks "
     "the\r\ndelimiters|http://google.com\n"},
};

static void
shared(void **state)
{
    (void)state;
    struct stat stat_of;
    if (stat(SHARED_DIR "/data/csv_encodings", &stat_of) != 0) {
        print_message("skipped: no %s\n", SHARED_DIR "/data/csv_encodings");
        skip();
    }
    for (size_t i = 0; i < sizeof shared_files / sizeof *shared_files; i++) {
        const struct shared *file = &shared_files[i];
        char path[512];
        snprintf(path, sizeof path, "%s/data/csv_encodings/%s", SHARED_DIR, file->name);
        struct gather gather = {.jobs = 2};
        gather_path(&gather, path);
        print_message("%s\n", file->name);
        assert_true(gather.good);
        assert_string_equal(gather.file.encoding, file->encoding);
        assert_int_equal(gather.delimiter, file->delimiter);
        assert_int_equal(gather.columns, file->columns);
        assert_int_equal(gather.report.read, file->read);
        assert_int_equal(gather.report.rejected, file->rejected);
        assert_int_equal(strncmp(gather_string(&gather.rows), file->first, strlen(file->first)), 0);
        gather_free(&gather);
    }
}

/* Two files that cannot be read without being told how. */
static void
shared_errors(void **state)
{
    (void)state;
    struct stat stat_of;
    if (stat(SHARED_DIR "/data/csv_encodings", &stat_of) != 0)
        skip();
    struct gather empty = {.jobs = 1}, escape = {.jobs = 1}, told = {.jobs = 1};
    gather_path(&empty, SHARED_DIR "/data/csv_encodings/empty.csv");
    assert_non_null(strstr(gather_string(&empty.messages), "[extract.empty]"));
    gather_path(&escape, SHARED_DIR "/data/csv_encodings/escape.csv");
    assert_non_null(strstr(gather_string(&escape.messages), "[extract.delimiter]"));
    told.extract.delimiter = ',';
    gather_path(&told, SHARED_DIR "/data/csv_encodings/escape.csv");
    assert_true(told.good);
    assert_int_equal(told.columns, 3);
    gather_free(&empty);
    gather_free(&escape);
    gather_free(&told);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(encodings),     cmocka_unit_test(delimiters), cmocka_unit_test(errors),
        cmocka_unit_test(header_only),   cmocka_unit_test(far_bytes),  cmocka_unit_test(shared),
        cmocka_unit_test(shared_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The same rows and rejects whatever the chunk, the kernel and the number of jobs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gather.h"
#include "scan.h"

/* A plain reading of RFC 4180, to hold the reader against: rows as the gatherer puts them. */
static void
reference(const char *bytes, size_t length, char delimiter, struct buf *out)
{
    uint64_t line = 1;
    bool first = true;
    for (size_t i = 0; i < length; first = false) {
        struct buf row = {0};
        uint64_t began = line;
        size_t start = i;
        buf_int(&row, (int64_t)began);
        for (bool more = true; more;) {
            buf_char(&row, '|');
            bool quoted = i < length && bytes[i] == '"';
            i += quoted;
            for (; i < length; i++) {
                char c = bytes[i];
                if (quoted && c == '"') {
                    if (i + 1 < length && bytes[i + 1] == '"') {
                        i++;
                    } else {
                        quoted = false;
                        continue;
                    }
                } else if (!quoted && (c == delimiter || c == '\n' || c == '\r')) {
                    break;
                }
                line += c == '\n' || (c == '\r' && !(i + 1 < length && bytes[i + 1] == '\n'));
                buf_char(&row, c);
            }
            more = i < length && bytes[i] == delimiter;
            i += more;
        }
        size_t end = i;
        i += i < length && bytes[i] == '\r';
        i += i < length && bytes[i] == '\n' && (i == end || bytes[i - 1] == '\r');
        line++;
        if (!first && end > start) {
            buf_char(&row, '\n');
            buf_text(out, buf_as_text(&row));
        }
        buf_free(&row);
    }
}

static const char nasty[] =
    "id,name,note\r\n"
    "1,plain,x\n"
    "2,\"quoted, with comma\",y\r\n"
    "3,\"say \"\"hello\"\"\",\"\"\r\n"
    "\r\n"
    "4,\"two\nlines\",\"three\r\nmore\rlines\"\n"
    "5,,\n"
    "\n\n\r"
    "6,\"\"\"\",\"\"\"\n\"\"\"\r"
    "7,a,b\r"
    "8,\"\n\",\"\r\n\"\r\n"
    "9,\"trailing\",\"quote at end\"\"\"\r\n"
    "10,\",\",\"\n,\n\"\n"
    "11,h\xC3\xA9,\xF0\x9F\x98\x80\n"
    "12,0123456789012345678901234567890123456789012345678901234567890123456789,"
    "\"01234567890123456789"
    "0123456789012345678901234567890123456789012345678901234567890123456789\"\n"
    "13,last,\"no end\"";

static void
chunks_reference(void **state)
{
    (void)state;
    struct buf expected = {0};
    reference(nasty, sizeof nasty - 1, ',', &expected);
    for (unsigned k = 0; scan_kernel_at(k); k++)
        for (uint32_t chunk = 1; chunk <= sizeof nasty; chunk++) {
            struct gather gather = {
                .chunk = chunk, .kernel = scan_kernel_at(k), .jobs = 1 + chunk % 3};
            gather.extract.delimiter = ',';
            gather_bytes(&gather, nasty, sizeof nasty - 1);
            assert_true(gather.good);
            assert_string_equal(gather_string(&gather.rows), expected.bytes);
            assert_string_equal(gather_string(&gather.rejects), "");
            assert_int_equal(gather.report.read, 13);
            assert_int_equal(gather.report.blank_lines, 4);
            assert_int_equal(gather.file.bytes, sizeof nasty - 1);
            gather_free(&gather);
        }
    buf_free(&expected);
}

/* Faults of every kind, one behind the other. */
static const char faulty[] = "id,name,note\n"
                             "1,a,b\n"
                             "2,a\n"
                             "3,a,b,c\n"
                             "4,a,b,,\n"
                             "5,\"stray,b\n"
                             "6,\"fine\",b\n"
                             "7,\"x\" y,b\n"
                             "8,in\"side,b\n"
                             "9,\"two\nlines\" and more,b\n"
                             "10,a,b\n"
                             "11,a,\"open\n"
                             "12,\"a\",\"b\"\n"
                             "13, \"blank\" ,b\n"
                             "14,\"multi\nline\",b,too,many\n"
                             "15,a,b\n"
                             "id,name,note\n"
                             ",,\n"
                             "16,a,\"b\n"
                             "17,\",\",b\n"
                             "18,a,b\n"
                             "19,\"esc\\\"aped\",b\n"
                             "20,a,\"\"b\"\n"
                             "21,a,b\n"
                             "22,\"never closed,b\n"
                             "23,a,b\n";

static void
chunks_faults(void **state)
{
    (void)state;
    struct gather whole = {.jobs = 1};
    whole.extract.delimiter = ',';
    gather_bytes(&whole, faulty, sizeof faulty - 1);
    assert_true(whole.good);
    for (unsigned k = 0; scan_kernel_at(k); k++)
        for (uint32_t chunk = 1; chunk <= sizeof faulty; chunk++) {
            struct gather gather = {
                .chunk = chunk, .kernel = scan_kernel_at(k), .jobs = 1 + chunk % 3};
            gather.extract.delimiter = ',';
            gather_bytes(&gather, faulty, sizeof faulty - 1);
            assert_string_equal(gather_string(&gather.rows), gather_string(&whole.rows));
            assert_string_equal(gather_string(&gather.rejects), gather_string(&whole.rejects));
            assert_memory_equal(&gather.report, &whole.report, sizeof whole.report);
            assert_string_equal(gather.file.sha256, whole.file.sha256);
            gather_free(&gather);
        }
    assert_string_equal(gather_string(&whole.rejects),
                        "3!too few cells\n"
                        "4!too many cells\n"
                        "6!quote not closed\n"
                        "8!text after closing quote\n"
                        "9!stray quote\n"       /* none is taken literally behind a bad row */
                        "10!quote not closed\n" /* text behind the quote of a broken cell */
                        "11!too few cells\n"
                        "13!quote not closed\n"
                        "16!too many cells\n"
                        "21!quote not closed\n"
                        "24!text after closing quote\n"
                        "25!text after closing quote\n"
                        "27!quote not closed\n");
    assert_string_equal(gather_string(&whole.rows), "2|1|a|b\n"
                                                    "5|4|a|b\n"
                                                    "7|6|fine|b\n"
                                                    "12|10|a|b\n"
                                                    "14|12|a|b\n"
                                                    "15|13|blank|b\n"
                                                    "18|15|a|b\n"
                                                    "22|17|,|b\n"
                                                    "23|18|a|b\n"
                                                    "26|21|a|b\n"
                                                    "28|23|a|b\n");
    assert_int_equal(whole.report.read, 25);
    assert_int_equal(whole.report.rejected, 13);
    assert_int_equal(whole.report.ignored_repeated_header, 1);
    assert_int_equal(whole.report.blank_lines, 1);
    gather_free(&whole);
}

static void
check_rows(const char *text, size_t length, const char *rows, const char *rejects)
{
    for (uint32_t chunk = 0; chunk <= length; chunk++) {
        struct gather gather = {.chunk = chunk, .jobs = 2};
        gather.extract.delimiter = ',';
        gather_bytes(&gather, text, length);
        assert_string_equal(gather_string(&gather.rows), rows);
        assert_string_equal(gather_string(&gather.rejects), rejects);
        gather_free(&gather);
    }
}

#define CHECK_ROWS(text, rows, rejects) check_rows(text, sizeof(text) - 1, rows, rejects)

/* Damage behind which a row looks whole. */
static void
treacherous(void **state)
{
    (void)state;
    /* a quote too many ends the last cell of a row at a line's end */
    CHECK_ROWS("id,a,note\n1,x,ok\n2,x,\"one\"\ntwo\n\nthree\"\n3,x,ok\n", "2|1|x|ok\n7|3|x|ok\n",
               "3!stray quote\n4!too few cells\n6!too few cells\n");
    /* a cell that is not closed is closed by the next row's opening quote */
    CHECK_ROWS("id,a,note\n11,x,\"open\n12,x,\"\nwell\"\n13,x,ok\n", "3|12|x|\nwell\n5|13|x|ok\n",
               "2!stray quote\n");
    /* ... while a text with commas in it is no row */
    CHECK_ROWS("id,a,note\n11,x,\"a list:\none, two, three\"\n13,x,ok\n",
               "2|11|x|a list:\none, two, three\n4|13|x|ok\n", "");
    /* the NUL of a UTF-16 line feed is not the next row's */
    CHECK_ROWS("id,a,note\n1,x\0,\0o\0\n\0002,x,ok\n3,x,\0\n\0\"4\",x,ok\n", "3|2|x|ok\n5|4|x|ok\n",
               "2!nul byte\n4!nul byte\n");
}

/* Random mixtures of the bytes that matter: every chunking agrees with reading at one go. */
static void
chunks_random(void **state)
{
    (void)state;
    static const char letters[] = {'a',  'b',  ',',  ',', ',', '"', '"',
                                   '\n', '\n', '\r', ' ', 'x', 0};
    uint64_t seed = 1;
    for (int round = 0; round < 3000; round++) {
        char text[400] = "a,b,c\n";
        size_t length = 6, most = 20 + (size_t)(round % 360);
        while (length < most) {
            seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            text[length++] = letters[(seed >> 33) % sizeof letters];
        }
        struct gather whole = {.jobs = 1, .kernel = &scan_portable};
        whole.extract.delimiter = ',';
        gather_bytes(&whole, text, length);
        for (int part = 0; part < 6; part++) {
            seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            struct gather gather = {.chunk = 1 + (uint32_t)((seed >> 33) % length),
                                    .jobs = 1 + (unsigned)part % 2};
            gather.extract.delimiter = ',';
            gather_bytes(&gather, text, length);
            assert_int_equal(gather.good, whole.good);
            assert_string_equal(gather_string(&gather.rows), gather_string(&whole.rows));
            assert_string_equal(gather_string(&gather.rejects), gather_string(&whole.rejects));
            gather_free(&gather);
        }
        gather_free(&whole);
    }
}

/* Rows that tell the delimiter only behind the first part of the file, and a first character of
 * several bytes there. */
static void
what_stands_far_behind(void **state)
{
    struct buf text = {0}, long_cell = {0};
    (void)state;
    for (int i = 0; i < 4000; i++)
        buf_char(&long_cell, 'x');
    buf_string(&text, "left;right,other\n");
    for (int i = 0; i < 60; i++)
        buf_printf(&text, "%s;b,%d\n", long_cell.bytes, i);
    for (int i = 0; i < 60; i++)
        buf_printf(&text, "a,%d\n", i);
    buf_string(&text, "\xc3\xa4,60\n");
    for (unsigned jobs = 1; jobs < 4; jobs++) {
        struct gather gather = {.jobs = jobs};
        gather_bytes(&gather, text.bytes, text.length);
        assert_true(gather.good);
        assert_int_equal(gather.delimiter, ',');
        assert_int_equal(gather.report.read, 121);
        assert_string_equal(gather.file.encoding, "utf-8");
        gather_free(&gather);
    }
    buf_free(&text);
    buf_free(&long_cell);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chunks_reference),
        cmocka_unit_test(chunks_faults),
        cmocka_unit_test(treacherous),
        cmocka_unit_test(chunks_random),
        cmocka_unit_test(what_stands_far_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

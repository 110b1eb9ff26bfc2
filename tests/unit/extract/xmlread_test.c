/* A file in pieces gives what it gives at one go, wherever the pieces end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "piecewise.h"

#include <fcntl.h>
#include <unistd.h>

static const char *const columns[] = {"id", "name", "Owner/Name", "note"};
enum { COLUMNS = sizeof columns / sizeof *columns };

struct whole {
    struct buf rows, unmapped;
    uint64_t count;
};

static bool
take_row(void *context, const struct text *cells, uint32_t line)
{
    struct whole *whole = context;
    buf_int(&whole->rows, line);
    for (uint32_t c = 0; c < COLUMNS; c++) {
        buf_char(&whole->rows, '|');
        buf_text(&whole->rows, cells[c]);
    }
    buf_char(&whole->rows, '\n');
    whole->count++;
    return true;
}

static void
take_unmapped(void *context, const char *name)
{
    struct whole *whole = context;
    buf_printf(&whole->unmapped, "%s ", name);
}

static bool
same_bytes(const struct buf *a, const struct buf *b)
{
    return a->length == b->length && (a->length == 0 || memcmp(a->bytes, b->bytes, a->length) == 0);
}

static bool
begins_with(const struct buf *whole, const struct buf *part)
{
    return part->length <= whole->length &&
           (part->length == 0 || memcmp(whole->bytes, part->bytes, part->length) == 0);
}

/* In pieces of `chunk` bytes: whole and the same, or its beginning. Whether it was whole. */
static bool
agree(const char *path, const struct xml_shape *shape, const struct whole *whole, bool good,
      const char *sha256, uint32_t chunk)
{
    struct piecewise pieces = piecewise_read(path, shape, COLUMNS, columns, chunk, 1 + chunk % 3);
    bool all = pieces.whole;
    assert_true(begins_with(&whole->rows, &pieces.rows));
    if (all) {
        assert_true(good);
        assert_true(same_bytes(&whole->rows, &pieces.rows));
        assert_true(same_bytes(&whole->unmapped, &pieces.unmapped));
        assert_int_equal(pieces.count, whole->count);
        assert_string_equal(pieces.sha256, sha256);
    }
    piecewise_free(&pieces);
    return all;
}

/* All chunks from one byte to more than the text: how many of them gave the whole. */
static uint32_t
compare_bytes(const char *xml, uint32_t length, const struct xml_shape *shape)
{
    char path[] = "/tmp/sefpack-pieces-XXXXXX", sha256[65];
    uint32_t wholes = 0;
    struct whole whole = {0};
    struct diag *diag = diag_new(NULL, false, false);
    const struct xml_sink sink = {&whole, take_row, take_unmapped, NULL};
    int fd = mkstemp(path);
    assert_int_equal(write(fd, xml, length), length);
    close(fd);
    sha256_hex(xml, length, sha256);
    bool good = xml_read(path, shape, COLUMNS, columns, sink, diag);
    for (uint32_t chunk = 1; chunk <= length + 1; chunk++)
        wholes += agree(path, shape, &whole, good, sha256, chunk);
    unlink(path);
    diag_free(diag);
    buf_free(&whole.rows);
    buf_free(&whole.unmapped);
    return wholes;
}

static uint32_t
compare(const char *xml, const struct xml_shape *shape)
{
    return compare_bytes(xml, (uint32_t)strlen(xml), shape);
}

static const struct xml_shape rows_of_table = {.record = "/t/r"};

static void
plain_records(void **state)
{
    (void)state;
    const char *xml = "<?xml version='1.0' encoding='UTF-8'?>\n<t a='1'>\n"
                      "<r id='1'><name>A &amp; B</name><Owner><Name>N\xc3\xbc</Name></Owner></r>\n"
                      "<r id='2'><more>x</more>\r\n<note>two\nlines</note></r><r/><r\n\tid='3' />"
                      "<r><id>4</id><other>y</other><more/></r>\n<rr><id>no</id></rr>\n"
                      "<r><name>last</name></r>\n</t>\n<!-- behind -->\n";
    assert_int_equal(compare(xml, &rows_of_table), strlen(xml) + 1);
}

/* What stands in front of the records may open and close as it likes. */
static void
a_head(void **state)
{
    (void)state;
    const char *xml = "<t>\n<head><made><by>x</by></made>\n<r2/></head><page/>\n"
                      "<r id='1'><name>A</name></r>\n<r id='2'/><r id='3'/></t>";
    assert_int_equal(compare(xml, &rows_of_table), strlen(xml) + 1);
}

/* What is converted before it is parsed is not cut by its bytes, declared or by its mark alone. */
static void
other_encodings(void **state)
{
    static const char *const heads[] = {"", "<?xml version='1.0' encoding='UTF-16'?>"};
    (void)state;
    assert_int_equal(compare("<?xml version='1.0' encoding='ISO-8859-1'?>"
                             "<t a='\xe9\xe9\xe9\xe9'><r id='\xe9'/><r id='2'/></t>",
                             &rows_of_table),
                     0);
    for (int h = 0; h < 2; h++) {
        struct buf plain = {0}, wide = {0};
        buf_printf(&plain, "%s<t><r id='1'/><r id='2'/></t>", heads[h]);
        buf_add(&wide, "\xFF\xFE", 2);
        for (size_t i = 0; i < plain.length; i++)
            buf_add(&wide, (char[]){plain.bytes[i], '\0'}, 2);
        assert_int_equal(compare_bytes(wide.bytes, (uint32_t)wide.length, &rows_of_table), 0);
        buf_free(&plain);
        buf_free(&wide);
    }
    const char *marked = "\xEF\xBB\xBF<t>\n<r id='1'/><r id='2'/></t>";
    assert_int_equal(compare(marked, &rows_of_table), strlen(marked) + 1);
}

/* What only looks like the beginning of a record: no piece may rely on it. */
static void
no_records(void **state)
{
    (void)state;
    const char *const texts[] = {
        "<t><r id='1'/><!-- <r id='2'/> --><r id='3'/><!-- <r id='4'> --></t>",
        "<t><r id='1'/><r><name><![CDATA[<r id='2'/>]]></name></r><r id='3'/></t>",
        "<t><r id='1'/><?p <r id='2'/> ?><r id='3'/></t>",
        "<t><r id='1'><note><r id='2'>inner</r></note></r><r id='3'/></t>",
        "<t><r id='1'/></t><r id='2'/>",
        "<t><r id='1'/>&am<r id='2'/></t>",
        "<t><r id='1'/>]]><r id='2'/></t>",
        "<t><r id='1'/></t><t><r id='2'/></t>",
        "<t><r id='1'/><r id='2'></t>",
        "<t><r id='1'/></r><r id='2'/></t>",
        "<t><r id='1'/><r id='&bad;'/></t>",
        "<t><r id='1'/><m:r id='2'/></t>",
        "<!DOCTYPE t><t><r id='1'/><r id='2'/></t>",
        "<t/>",
        "",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        compare(texts[i], &rows_of_table);
}

/* Records under several elements, and namespaces that only the outer ones declare. */
static void
groups(void **state)
{
    (void)state;
    const struct xml_shape anywhere = {.record = "//r"};
    const struct xml_shape named = {.record = "//r", .key = "k", .where = "type", .equals = "deal"};
    compare("<t><g><r id='1'/><r id='2'/></g>\n<g><r id='3'/>\n<r id='4'/></g><r id='5'/></t>",
            &anywhere);
    compare("<m:t xmlns:m='urn:m' xmlns:n='urn:n'>\n<m:g>\n<m:r n:id='1'/><m:r n:id='2'/>\n"
            "<n:r n:id='3'/><m:r n:id='4'/></m:g></m:t>",
            &anywhere);
    compare("<t><g type='deal'><r><f k='id'>1</f></r><r><f k='id'>2</f><f k='x'>3</f></r></g>"
            "<g type='no'><r><f k='id'>4</f></r></g></t>",
            &named);
}

/* A record that no headroom holds is none for pieces. */
static void
a_record_too_long(void **state)
{
    (void)state;
    char path[] = "/tmp/sefpack-pieces-XXXXXX";
    struct buf xml = {0};
    buf_string(&xml, "<t>");
    for (int i = 0; i < 20000; i++)
        buf_string(&xml, "<r id='1'/>");
    buf_string(&xml, "<r id='2'><note>");
    for (int i = 0; i < 70000; i++)
        buf_string(&xml, "0123");
    buf_string(&xml, "</note></r><r id='3'/></t>");
    int fd = mkstemp(path);
    assert_int_equal(write(fd, xml.bytes, xml.length), xml.length);
    close(fd);
    struct piecewise pieces =
        piecewise_read(path, &rows_of_table, COLUMNS, columns, XMLREAD_CHUNK, 2);
    assert_false(pieces.whole);
    assert_in_range(pieces.count, 1, 20000);
    piecewise_free(&pieces);
    unlink(path);
    buf_free(&xml);
}

/* Random mixtures of what matters. */
static void
random_mixtures(void **state)
{
    static const char *const parts[] = {
        "<r id='1'/>", "<r>",  "</r>", "<r id='2'>", "<name>n</name>", "<name>", "</name>", "\n",
        "<!--",        "-->",  "<g>",  "</g>",       "<![CDATA[",      "]]>",    "x",       "&amp;",
        "<r id='3'>",  "</r>", "\r\n", "<r/>",       "</t>",           "<?p ",   "?>",      "<r\n>",
    };
    uint64_t seed = 7;
    (void)state;
    for (int round = 0; round < 100; round++) {
        struct buf xml = {0};
        buf_string(&xml, "<t>\n<r id='0'/>");
        for (int i = 0; i < 3 + round % 12; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            buf_string(&xml, parts[(seed >> 33) % (sizeof parts / sizeof *parts)]);
        }
        buf_string(&xml, "</t>");
        compare(xml.bytes, &rows_of_table);
        buf_free(&xml);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_records),   cmocka_unit_test(no_records),
        cmocka_unit_test(a_head),          cmocka_unit_test(other_encodings),
        cmocka_unit_test(groups),          cmocka_unit_test(a_record_too_long),
        cmocka_unit_test(random_mixtures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

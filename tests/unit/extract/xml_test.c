#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "attempt.h"

static const char *const id_name[] = {"id", "name"};

static void
children_and_attributes_both_feed(void **state)
{
    struct xml_shape shape = {.record = "/rows/row"};
    (void)state;
    struct attempt attempt =
        attempt_text("\r\n<rows><row id='1'><name>A &amp; B</name><x>9</x></row>\n"
                     "<row><id>2</id><name><![CDATA[<C>]]></name></row><row/></rows>",
                     &shape, 2, id_name);
    assert_true(attempt.read);
    assert_string_equal(attempt.seen.rows.bytes, "1|A & B\n2|<C>\n|\n");
    assert_string_equal(attempt.seen.unmapped.bytes, "x ");
    assert_int_equal(attempt.seen.last_line, 3);
    attempt_forget(&attempt);
}

/* References in attributes, those to the character of all references too. */
static void
references_in_attributes(void **state)
{
    struct xml_shape shape = {.record = "/r/i"};
    (void)state;
    struct attempt attempt =
        attempt_text("<r><i id='&amp;&lt;A&amp;B&#38;&amp;' name='&quot;&amp;#38;&#x26;'/></r>",
                     &shape, 2, id_name);
    assert_true(attempt.read);
    assert_string_equal(attempt.seen.rows.bytes, "&<A&B&&|\"&#38;&\n");
    attempt_forget(&attempt);
}

static void
key_value_children_feed_by_their_key(void **state)
{
    struct xml_shape fields = {.record = "//record",
                               .key = "name",
                               .value = "value",
                               .where = "name",
                               .equals = "opportunity"};
    struct xml_shape zoho = {.record = "/response/result/Leads/row", .key = "val"};
    (void)state;
    struct attempt attempt = attempt_text(
        "<entities><entity name='account'><records><record id='g0'><field name='name' "
        "value='no'/></record>"
        "</records></entity><entity name='opportunity'><records><record id='g1'><field name='name' "
        "value='yes' lookupentity='x'/></record></records></entity></entities>",
        &fields, 2, id_name);
    assert_true(attempt.read);
    assert_string_equal(attempt.seen.rows.bytes, "g1|yes\n");
    attempt_forget(&attempt);
    static const char *const company[] = {"LEADID", "Company"};
    attempt =
        attempt_text("<response><result><Leads><row no='1'><FL val='LEADID'>7</FL><FL "
                     "val='Company'><![CDATA[acme]]></FL>"
                     "<FL val='Products'><product no='1'><FL "
                     "val='Company'>inner</FL></product></FL></row></Leads></result></response>",
                     &zoho, 2, company);
    assert_true(attempt.read);
    assert_string_equal(attempt.seen.rows.bytes, "7|acme\n");
    attempt_forget(&attempt);
}

static void
nested_and_repeated_names_are_told_apart(void **state)
{
    static const char *const columns[] = {"Name", "Owner/Name", "Id"};
    struct xml_shape shape = {.record = "/queryResult/records"};
    (void)state;
    struct attempt attempt =
        attempt_text("<q:queryResult xmlns:q='urn:a' xmlns:x='urn:b'><q:records "
                     "x:type='sObject'><q:Id>1</q:Id><q:Id>1</q:Id>"
                     "<q:Owner><q:Name>Ana</q:Name></q:Owner><q:Name>Deal</"
                     "q:Name><q:Lines><q:records><q:Name>no</q:Name>"
                     "</q:records></q:Lines></q:records></q:queryResult>",
                     &shape, 3, columns);
    assert_true(attempt.read);
    assert_string_equal(attempt.seen.rows.bytes, "Deal|Ana|1\n");
    attempt_forget(&attempt);
}

static void
a_spreadsheet_may_skip_cells(void **state)
{
    static const char *const columns[] = {"Deal Id", "Stage", "Amount"};
    struct xml_shape shape = {.spreadsheet = true};
    (void)state;
    struct attempt attempt = attempt_text(
        "<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook xmlns='urn:s' "
        "xmlns:ss='urn:s'>"
        "<Worksheet ss:Name='a'><Table><Row><Cell><Data ss:Type='String'> deal "
        "id</Data></Cell><Cell><Data>Other</Data></Cell>"
        "<Cell><Data>Stage</Data></Cell><Cell><Data>Amount</Data></Cell></Row>"
        "<Row><Cell><Data>1</Data></Cell><Cell ss:Index='4'><Data "
        "ss:Type='Number'>7.5</Data></Cell></Row><Row/>"
        "<Row><Cell "
        "ss:MergeAcross='1'><Data>2</Data></Cell><Cell><Data>Won</Data></Cell></Row></Table></"
        "Worksheet>"
        "<Worksheet "
        "ss:Name='b'><Table><Row><Cell><Data>3</Data></Cell></Row></Table></Worksheet></Workbook>",
        &shape, 3, columns);
    assert_true(attempt.read);
    assert_string_equal(attempt.seen.rows.bytes, "1||7.5\n2|Won|\n");
    assert_string_equal(attempt.seen.unmapped.bytes, "Other ");
    attempt_forget(&attempt);
}

static void
other_encodings_are_read(void **state)
{
    struct xml_shape shape = {.record = "/r/i"};
    static const char *const name[] = {"n"};
    (void)state;
    struct attempt attempt = attempt_text(
        "<?xml version='1.0' encoding='windows-1252'?><r><i n='\x80 \xfc'/></r>", &shape, 1, name);
    assert_true(attempt.read);
    assert_string_equal(attempt.seen.rows.bytes, "\xE2\x82\xAC \xC3\xBC\n");
    attempt_forget(&attempt);
    const char *ascii = "<r><i n='x'/></r>";
    char wide[64] = {(char)0xFF, (char)0xFE};
    for (size_t i = 0; i < strlen(ascii); i++)
        wide[2 + 2 * i] = ascii[i];
    attempt = attempt_bytes(wide, 2 + 2 * strlen(ascii), &shape, 1, name);
    assert_true(attempt.read);
    assert_string_equal(attempt.seen.rows.bytes, "x\n");
    attempt_forget(&attempt);
}

static void
refuses(const char *xml, const char *expected)
{
    struct xml_shape shape = {.record = "/r/i"};
    struct attempt attempt = attempt_text(xml, &shape, 2, id_name);
    assert_false(attempt.read);
    if (!strstr(attempt.message, expected))
        fail_msg("'%s' does not say '%s'", attempt.message, expected);
    attempt_forget(&attempt);
}

static void
what_is_refused_is_located(void **state)
{
    (void)state;
    refuses("<!DOCTYPE r [<!ENTITY a 'b'>]><r><i>&a;</i></r>",
            ":1: error: a DOCTYPE is not accepted");
    refuses("<!DOCTYPE r SYSTEM 'file:///etc/passwd'><r/>", "DOCTYPE");
    refuses("<r>\n<i></r>", ":2: error: no well-formed XML");
    refuses("<r><i>", "no well-formed XML");
    refuses("", "no well-formed XML");
    refuses("<?xml version='1.0' encoding='UTF-7'?><r/>", "error");
    refuses("<r>\n<i>\x01</i></r>", ":2: error: no well-formed XML");
}

static void
repeat(struct buf *out, const char *piece, int times)
{
    for (int i = 0; i < times; i++)
        buf_string(out, piece);
}

static void
caps_hold(void **state)
{
    struct buf xml = {0};
    (void)state;
    repeat(&xml, "<a>", 65);
    refuses(xml.bytes, "nested deeper than 64");
    buf_clear(&xml);
    buf_string(&xml, "<r><i><name>");
    repeat(&xml, "0123456789abcdef", 1 << 17);
    refuses(xml.bytes, "longer than 1 MiB");
    buf_clear(&xml);
    buf_string(&xml, "<r><i ");
    for (int i = 0; i < 60000; i++)
        buf_printf(&xml, "a%d='x' ", i);
    refuses(xml.bytes, "error");
    buf_clear(&xml);
    buf_string(&xml, "<r>");
    for (int i = 0; i < 5000; i++)
        buf_printf(&xml, "<e%d/>", i);
    refuses(xml.bytes, "too many distinct names");
    buf_free(&xml);
}

static void
the_dynamics_file_gives_its_deals(void **state)
{
    static const char *const columns[] = {"id", "name", "estimatedclosedate"};
    struct xml_shape shape = {.record = "/entities/entity/records/record",
                              .key = "name",
                              .value = "value",
                              .where = "name",
                              .equals = "opportunity"};
    (void)state;
    const char *path = SHARED_DIR "/data/dynamics_xml/data.xml";
    if (access(path, R_OK) != 0) {
        printf("skipped: %s is absent\n", path);
        skip();
    }
    struct attempt attempt = attempt_file(path, &shape, 3, columns);
    assert_true(attempt.read);
    assert_int_equal(attempt.seen.count, 23);
    attempt_forget(&attempt);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(children_and_attributes_both_feed),
        cmocka_unit_test(references_in_attributes),
        cmocka_unit_test(key_value_children_feed_by_their_key),
        cmocka_unit_test(nested_and_repeated_names_are_told_apart),
        cmocka_unit_test(a_spreadsheet_may_skip_cells),
        cmocka_unit_test(other_encodings_are_read),
        cmocka_unit_test(what_is_refused_is_located),
        cmocka_unit_test(caps_hold),
        cmocka_unit_test(the_dynamics_file_gives_its_deals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

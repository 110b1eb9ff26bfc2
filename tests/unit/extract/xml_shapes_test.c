/* The shapes in which CRMs write XML, each told by configuration alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "attempt.h"

#define COLUMNS(...)                                                                               \
    (uint32_t)(sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *)), (const char *const[])      \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }

static void
check(const char *xml, const struct xml_shape *shape, const char *rows, uint32_t count,
      const char *const *columns)
{
    struct attempt attempt = attempt_text(xml, shape, count, columns);
    if (!attempt.read)
        fail_msg("%s", attempt.message);
    assert_string_equal(attempt.seen.rows.bytes, rows);
    attempt_forget(&attempt);
}

/* Dynamics, Configuration Migration: no declaration, a blank line in front, entities of all kinds
 * in one file, values in attributes, lookups with attributes of their own, nulls left out. */
static void
dynamics_configuration_migration(void **state)
{
    (void)state;
    const struct xml_shape shape = {.record = "/entities/entity/records/record",
                                    .key = "name",
                                    .value = "value",
                                    .where = "name",
                                    .equals = "opportunity"};
    check("\r\n<entities timestamp='6/15/2019 4:32:59 PM'><entity name='account'><records>"
          "<record id='a'><field name='name' value='No deal'/></record></records></entity>"
          "<entity name='opportunity'><records><record id='g1'>"
          "<field name='name' value='One'/><field name='customerid' value='c1' "
          "lookupentity='account' lookupentityname='Acme'/><field name='statecode' value='0'/>"
          "<field name='estimatedvalue' value='15000.0000'/></record>"
          "<record id='g2'><field name='name' value='Two'/></record></records></entity></entities>",
          &shape, "g1|One|c1|0|15000.0000\ng2|Two|||\n",
          COLUMNS("id", "name", "customerid", "statecode", "estimatedvalue"));
}

/* Salesforce, an outbound message: SOAP, namespaces with prefixes. */
static void
salesforce_outbound_message(void **state)
{
    (void)state;
    const struct xml_shape shape = {.record = "//sObject"};
    check("<soapenv:Envelope xmlns:soapenv='urn:e' xmlns:xsi='urn:i'><soapenv:Body>"
          "<notifications xmlns='urn:n'><OrganizationId>00D</OrganizationId>"
          "<Notification><Id>04l1</Id><sObject xsi:type='sf:Opportunity' xmlns:sf='urn:s'>"
          "<sf:Id>0061</sf:Id><sf:Amount>45000.0</sf:Amount>"
          "<sf:CreatedDate>2026-01-05T08:00:00.000Z</sf:CreatedDate></sObject></Notification>"
          "<Notification><Id>04l2</Id><sObject xsi:type='sf:Opportunity' xmlns:sf='urn:s'>"
          "<sf:Id>0062</sf:Id></sObject></Notification></notifications></soapenv:Body>"
          "</soapenv:Envelope>",
          &shape, "0061|45000.0|2026-01-05T08:00:00.000Z\n0062||\n",
          COLUMNS("Id", "Amount", "CreatedDate"));
}

/* Salesforce, a result of the Bulk API: the id stands there twice, nulls are nil. */
static void
salesforce_bulk_result(void **state)
{
    (void)state;
    const struct xml_shape shape = {.record = "//records"};
    check("<?xml version='1.0' encoding='UTF-8'?><queryResult xmlns='urn:d' xmlns:xsi='urn:i'>"
          "<records xsi:type='sObject'><type>Opportunity</type><Id>0061</Id><Id>0061</Id>"
          "<Name>One</Name><Amount xsi:nil='true'/></records>"
          "<records xsi:type='sObject'><type>Opportunity</type><Id>0062</Id><Id>0062</Id>"
          "<Name>Two</Name><Amount>5.0</Amount></records></queryResult>",
          &shape, "0061|One|\n0062|Two|5.0\n", COLUMNS("Id", "Name", "Amount"));
}

/* Salesforce, a result of the REST API: records in records, a name of the deal and one of its
 * account. */
static void
salesforce_rest_result(void **state)
{
    (void)state;
    const struct xml_shape shape = {.record = "/QueryResult/records"};
    check("<QueryResult><done>true</done><records type='Opportunity' url='/u/0061'>"
          "<Account type='Account' url='/u/1'><Name>Acme</Name><Owner><Name>Ana</Name></Owner>"
          "</Account><Id>0061</Id><Name>One</Name><OpportunityLineItems><records "
          "type='OpportunityLineItem'><Id>00k1</Id><Name>Part</Name></records>"
          "</OpportunityLineItems></records></QueryResult>",
          &shape, "0061|One|Acme|Ana\n",
          COLUMNS("Id", "Name", "Account/Name", "Account/Owner/Name"));
}

/* Zoho, the first API: labels as keys, CDATA, rows of products inside with labels of the same name.
 */
static void
zoho_first_api(void **state)
{
    (void)state;
    const struct xml_shape shape = {.record = "//Potentials/row", .key = "val"};
    check("<response uri='/crm'><result><Potentials><row no='1'>"
          "<FL val='POTENTIALID'>488000001</FL><FL val='Stage'><![CDATA[Closed Won]]></FL>"
          "<FL val='Amount'><![CDATA[ 7.0 ]]></FL><FL val='Product Details'><product no='1'>"
          "<FL val='Amount'>1.0</FL></product></FL></row>"
          "<row no='2'><FL val='POTENTIALID'>488000002</FL><FL val='Stage'>null</FL></row>"
          "</Potentials></result></response>",
          &shape, "488000001|Closed Won| 7.0 \n488000002|null|\n",
          COLUMNS("POTENTIALID", "Stage", "Amount"));
}

/* Zoho, records by field names, an owner as an object of fields. */
static void
zoho_second_api(void **state)
{
    (void)state;
    const struct xml_shape shape = {.record = "//Record", .key = "Name"};
    check("<Records Module='Deals'><Record><Field Name='id'>1</Field>"
          "<Field Name='Deal_Name'>One</Field><Object Name='Owner'><Field Name='id'>77</Field>"
          "<Field Name='name'>Ana</Field></Object></Record>"
          "<Record><Field Name='id'>2</Field></Record></Records>",
          &shape, "1|One|77|Ana\n2|||\n", COLUMNS("id", "Deal_Name", "Owner/id", "Owner/name"));
}

/* SugarCRM: attributes alone, amounts with commas. */
static void
sugar_attributes(void **state)
{
    (void)state;
    const struct xml_shape shape = {.record = "//Opportunity"};
    check("<Opportunities><Opportunity id='1' name='One' amount='25,000.00'><Accounts>"
          "<Account id='a1' name='Acme'/></Accounts></Opportunity>"
          "<Opportunity id='2' name='Two &amp; more' amount=''/></Opportunities>",
          &shape, "1|One|25,000.00|a1\n2|Two & more||\n",
          COLUMNS("id", "name", "amount", "Accounts/Account/id"));
}

/* OData in Atom: properties below the content of an entry, stamps of seven digits, nulls marked. */
static void
odata_atom(void **state)
{
    (void)state;
    const struct xml_shape shape = {.record = "/feed/entry/content/properties"};
    check("<feed xmlns='urn:a' xmlns:d='urn:d' xmlns:m='urn:m'><title>Set</title><entry><id>u</id>"
          "<content type='application/xml'><m:properties><d:Id m:type='Edm.Guid'>g1</d:Id>"
          "<d:Name>Done</d:Name><d:CreatedOn m:type='Edm.DateTime'>2026-01-05T08:00:00.2847626Z"
          "</d:CreatedOn><d:CreatedById m:type='Edm.Guid' m:null='true'/></m:properties></content>"
          "</entry></feed>",
          &shape, "g1|Done|2026-01-05T08:00:00.2847626Z|\n",
          COLUMNS("Id", "Name", "CreatedOn", "CreatedById"));
}

/* Excel's XML of 2003: the first row names the columns; ss:Index skips cells and rows. */
static void
excel_spreadsheet_2003(void **state)
{
    (void)state;
    const struct xml_shape shape = {.spreadsheet = true};
    check("<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?>"
          "<Workbook xmlns='urn:w' xmlns:ss='urn:ss'><Worksheet ss:Name='Deals'><Table>"
          "<Row><Cell><Data ss:Type='String'>id</Data></Cell><Cell><Data ss:Type='String'>Stage"
          "</Data></Cell><Cell><Data ss:Type='String'>Amount</Data></Cell><Cell><Data "
          "ss:Type='String'>Close</Data></Cell></Row>"
          "<Row><Cell><Data ss:Type='Number'>1</Data></Cell><Cell ss:Index='4'><Data "
          "ss:Type='DateTime'>2026-12-19T00:00:00.000</Data></Cell></Row>"
          "<Row ss:Index='5'><Cell><Data ss:Type='Number'>2</Data></Cell><Cell><Data "
          "ss:Type='String'>Won</Data></Cell><Cell><Data ss:Type='Number'>5.5</Data></Cell>"
          "<Cell><Data ss:Type='Error'>#N/A</Data></Cell></Row></Table></Worksheet></Workbook>",
          &shape, "1|||2026-12-19T00:00:00.000\n2|Won|5.5|#N/A\n",
          COLUMNS("id", "Stage", "Amount", "Close"));
}

/* Odoo's data files: the model is an attribute, references too, empty fields, code that is none. */
static void
odoo_data_file(void **state)
{
    (void)state;
    const struct xml_shape shape = {.record = "//record",
                                    .key = "name",
                                    .value = "ref",
                                    .where = "model",
                                    .equals = "crm.lead"};
    check("<odoo><data noupdate='1'><record id='p1' model='res.partner'><field name='name'>Acme"
          "</field></record><record id='l1' model='crm.lead'><field name='name'>One</field>"
          "<field name='expected_revenue'>40000</field><field name='stage_id' ref='stage_lead1'/>"
          "<field name='date_deadline' eval='DateTime.now()'/><field name='description'>"
          "<![CDATA[<p>Hi</p>]]></field></record>"
          "<record id='l2' model='crm.lead'><field name='name'/></record></data></odoo>",
          &shape, "l1|One|40000|stage_lead1|\nl2||||\n",
          COLUMNS("id", "name", "expected_revenue", "stage_id", "date_deadline"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dynamics_configuration_migration),
        cmocka_unit_test(salesforce_outbound_message),
        cmocka_unit_test(salesforce_bulk_result),
        cmocka_unit_test(salesforce_rest_result),
        cmocka_unit_test(zoho_first_api),
        cmocka_unit_test(zoho_second_api),
        cmocka_unit_test(sugar_attributes),
        cmocka_unit_test(odata_atom),
        cmocka_unit_test(excel_spreadsheet_2003),
        cmocka_unit_test(odoo_data_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

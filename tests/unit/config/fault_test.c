/* Every fault of a config, with its exact text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "loading.h"

struct fault {
    const char *yaml, *said;
};

static void
check_faults(const struct fault *fault, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct loaded loaded = load_text(fault[i].yaml);
        assert_string_equal(loaded.said, fault[i].said);
        assert_null(loaded.config);
        assert_int_equal(loaded.code, EXIT_CONFIG);
        unload(&loaded);
    }
}

#define CHECK(faults) check_faults(faults, sizeof(faults) / sizeof *(faults))

static void
what_is_no_yaml_of_ours(void **state)
{
    (void)state;
    static const struct fault faults[] = {
        {"", "c.yaml: error: nothing in it [config.empty]\n"},
        {"# a comment\n", "c.yaml: error: nothing in it [config.empty]\n"},
        {"just words\n", "c.yaml:1:1: error: the file: expected a mapping, found 'just words' "
                         "[config.wrong_kind]\n"},
        {"[1]\n", "c.yaml:1:1: error: the file: expected a mapping, found a list "
                  "[config.wrong_kind]\n"},
        {"a: [1\n", "c.yaml:2:1: error: not readable as YAML: while parsing a flow sequence, did "
                    "not find expected ',' or ']' [config.syntax]\n"},
        {"a: \xff\n", "c.yaml: error: not UTF-8 at byte 4 [config.encoding]\n"
                      "  hint: save the file as UTF-8\n"},
        {"a: \x01\n", "c.yaml: error: control characters are not allowed at byte 4 "
                      "[config.encoding]\n"},
        {"? [a]\n: 1\n", "c.yaml:1:3: error: a key must be a word, not a list or a mapping "
                         "[config.key]\n"},
        {"? *x\n: 1\n", "c.yaml:1:3: error: aliases (*name) are not accepted [config.alias]\n"},
        {"company: a\n---\ncompany: b\n",
         "c.yaml:2:1: error: a second document (---) [config.second_document]\n"},
    };
    CHECK(faults);
}

static void
what_yaml_offers_and_we_refuse(void **state)
{
    (void)state;
    static const struct fault faults[] = {
        {LEAST "locale: *a\n",
         "c.yaml:6:9: error: aliases (*name) are not accepted [config.alias]\n"},
        {LEAST "locale: &a en\n",
         "c.yaml:6:9: error: anchors (&name) are not accepted [config.anchor]\n"},
        {LEAST "locale: !!str en\n",
         "c.yaml:6:9: error: tags (!name) are not accepted [config.tag]\n"},
        {LEAST "theme: !x {accent: blue}\n",
         "c.yaml:6:8: error: tags (!name) are not accepted [config.tag]\n"
         "c.yaml:6:20: error: theme.accent: expected a colour as \"#RRGGBB\", found 'blue' "
         "[config.wrong_kind]\n"},
        {LEAST "<<: {locale: en}\n",
         "c.yaml:6:1: error: merge keys (<<) are not accepted [config.merge_key]\n"},
        {LEAST "company: b\n",
         "c.yaml:6:1: error: key 'company' stands twice, first in line 1 [config.duplicate_key]\n"},
        {LEAST "rules: {aged: off, aged: flag}\n",
         "c.yaml:6:20: error: key 'aged' stands twice, first in line 6 [config.duplicate_key]\n"},
        {LEAST "locale: \"e\\0n\"\n",
         "c.yaml:6:9: error: a NUL character in a value [config.nul]\n"},
    };
    CHECK(faults);
}

static void
keys_that_are_not_known_or_missing(void **state)
{
    (void)state;
    static const struct fault faults[] = {
        {LEAST "perid: quarter\n", "c.yaml:6:1: error: unknown key 'perid' [config.unknown_key]\n"
                                   "  hint: did you mean 'period'?\n"},
        {LEAST "rules: {silent: {day: 3}}\n",
         "c.yaml:6:18: error: unknown key 'day' in rules.silent [config.unknown_key]\n"
         "  hint: did you mean 'days'?\n"},
        {LEAST "coverage: {xyzzy: 3}\n",
         "c.yaml:6:12: error: unknown key 'xyzzy' in coverage [config.unknown_key]\n"
         "  hint: known keys: flat_multiple\n"},
        {LEAST "packs: [{each: team, fromats: [pdf]}]\n",
         "c.yaml:6:22: error: unknown key 'fromats' in packs.0 [config.unknown_key]\n"
         "  hint: did you mean 'formats'?\n"},
        {"company: a\n",
         "c.yaml:1:1: error: missing key 'as_of' [config.missing_key]\n"
         "  hint: The day the extracts speak of\n"
         "c.yaml:1:1: error: missing key 'currency' [config.missing_key]\n"
         "  hint: The reporting currency and the run's locked rates\n"
         "c.yaml:1:1: error: missing key 'stages' [config.missing_key]\n"
         "  hint: The stages of a deal, in order; without them those of the preset of the deals\n"
         "c.yaml:1:1: error: missing key 'extracts' [config.missing_key]\n"
         "  hint: The ten tables and where each is read\n"},
        {LEAST "previous: {day: 2026-01-01}\n",
         "c.yaml:6:11: error: missing key 'deals' in previous [config.missing_key]\n"
         "  hint: The deals of that day: a file, read like extracts.deals, or an extract of its "
         "own\n"},
        {LEAST "previous: {day: , deals: x.csv}\n",
         "c.yaml:6:17: error: missing key 'day' in previous [config.missing_key]\n"
         "  hint: The day that state speaks of\n"},
    };
    CHECK(faults);
}

static void
values_of_the_wrong_kind(void **state)
{
    (void)state;
    static const struct fault faults[] = {
        {LEAST "period: [month]\n", "c.yaml:6:9: error: period: expected month, quarter, half or "
                                    "year, found a list [config.wrong_kind]\n"},
        {LEAST "rules: off\n",
         "c.yaml:6:8: error: rules: expected a mapping, found 'off' [config.wrong_kind]\n"},
        {LEAST "ramp: {a: 1}\n",
         "c.yaml:6:7: error: ramp: expected a list, found a mapping [config.wrong_kind]\n"},
        {LEAST "segments: [a]\n",
         "c.yaml:6:11: error: segments: expected a mapping, found a list [config.wrong_kind]\n"},
        {LEAST "ramp: [0.5, half]\n", "c.yaml:6:13: error: ramp.1: expected a number of at most 9 "
                                      "places, found 'half' [config.wrong_kind]\n"},
        {LEAST "findings: {most: 1.5}\n", "c.yaml:6:18: error: findings.most: expected a whole "
                                          "number, found '1.5' [config.wrong_kind]\n"},
        {LEAST "findings: {most: 0x10}\n", "c.yaml:6:18: error: findings.most: expected a whole "
                                           "number, found '0x10' [config.wrong_kind]\n"},
        {LEAST "previous: {day: 31.10.2025, deals: x}\n",
         "c.yaml:6:17: error: previous.day: expected a day as YYYY-MM-DD, found '31.10.2025' "
         "[config.wrong_kind]\n"},
        {LEAST "mail: {attach_html: maybe}\n", "c.yaml:6:21: error: mail.attach_html: expected yes "
                                               "or no, found 'maybe' [config.wrong_kind]\n"},
        {LEAST "mail: {attachment_limit: 15 MB}\n",
         "c.yaml:6:26: error: mail.attachment_limit: expected a size such as 15 MiB, found '15 MB' "
         "[config.wrong_kind]\n"},
        {LEAST "theme: {accent: red}\n", "c.yaml:6:17: error: theme.accent: expected a colour as "
                                         "\"#RRGGBB\", found 'red' [config.wrong_kind]\n"},
        {LEAST "mail: {from: a@b c}\n", "c.yaml:6:14: error: mail.from: expected a mail address, "
                                        "found 'a@b c' [config.wrong_kind]\n"},
        {LEAST "mail: {from: \"a@b.c\\r\\nBcc: x@y.z\"}\n",
         "c.yaml:6:14: error: mail.from: expected a mail address, found 'a@b.c\\x0d\\x0aBcc: "
         "x@y.z' "
         "[config.wrong_kind]\n"},
        {LEAST "mail: {allow: [\"@x.org\"]}\n",
         "c.yaml:6:16: error: mail.allow.0: expected a domain such as example.com, found '@x.org' "
         "[config.wrong_kind]\n"},
        {LEAST "locale: english\n", "c.yaml:6:9: error: locale: expected a language and region "
                                    "such as en-GB, found 'english' [config.wrong_kind]\n"},
        {LEAST "theme: {watermark: \"a\\nb\"}\n",
         "c.yaml:6:20: error: theme.watermark: expected a text of one line, found 'a\\x0ab' "
         "[config.wrong_kind]\n"},
    };
    CHECK(faults);
}

static void
words_and_numbers_outside_their_limits(void **state)
{
    (void)state;
    static const struct fault faults[] = {
        {LEAST "period: quater\n", "c.yaml:6:9: error: period: unknown word 'quater', expected "
                                   "month, quarter, half or year [config.unknown_word]\n"
                                   "  hint: did you mean 'quarter'?\n"},
        {LEAST "rules: {aged: yes}\n", "c.yaml:6:15: error: rules.aged: unknown word 'yes', "
                                       "expected off, flag or fatal [config.unknown_word]\n"},
        {LEAST "segments: {Add-on: upsell}\n",
         "c.yaml:6:20: error: segments.Add-on: unknown word 'upsell', expected new, expansion or "
         "renewal [config.unknown_word]\n"},
        {LEAST "packs: [{each: team, formats: [html, docx]}]\n",
         "c.yaml:6:38: error: packs.0.formats: unknown word 'docx', expected html, pdf, eml or "
         "dump "
         "[config.unknown_word]\n"},
        {LEAST "forecast: {correlation: 0.7}\n",
         "c.yaml:6:25: error: forecast.correlation: 0.7 is outside 0..0.6 [config.out_of_range]\n"},
        {LEAST "fiscal_year_starts: 13\n",
         "c.yaml:6:21: error: fiscal_year_starts: 13 is outside 1..12 [config.out_of_range]\n"},
        {LEAST "version: 2\n",
         "c.yaml:6:10: error: version: 2 is outside 1..1 [config.out_of_range]\n"},
        {LEAST "mail: {attachment_limit: 5000 MiB}\n",
         "c.yaml:6:26: error: mail.attachment_limit: 5000 MiB is outside 0..1000000000 "
         "[config.out_of_range]\n"},
        {LEAST "period: 4-4-5\n",
         "c.yaml:6:9: error: period: four-four-five calendars of weeks are not supported, only "
         "fiscal periods of whole months [config.not_supported]\n"},
        {LEAST "period: thirteen-period\n",
         "c.yaml:6:9: error: period: thirteen-period calendars of weeks are not supported, only "
         "fiscal periods of whole months [config.not_supported]\n"},
    };
    CHECK(faults);
}

#define MONEY(currency)                                                                            \
    "company: N\nas_of: 2026-10-31\n"                                                              \
    "stages: [{name: Open, outcome: open}, {name: Won, outcome: won}]\n"                           \
    "extracts: {deals: d.csv, sellers: s.csv}\ncurrency: " currency "\n"

static void
money(void **state)
{
    (void)state;
    static const struct fault faults[] = {
        {MONEY("EURO"), "c.yaml:5:11: error: currency: 'EURO' is no currency of ISO 4217 "
                        "[config.currency]\n"},
        {MONEY("QQQ"), "c.yaml:5:11: error: currency: 'QQQ' is no currency of ISO 4217 "
                       "[config.currency]\n"},
        {MONEY("{report: EUR, rates: {usd: 0.9}}"),
         "c.yaml:5:33: error: currency.rates.usd: 'usd' is no currency of ISO 4217 "
         "[config.currency]\n"},
        {MONEY("{report: EUR, rates: {USD: 0}}"),
         "c.yaml:5:38: error: currency.rates.USD: expected a number above 0 of at most 9 places, "
         "found '0' [config.wrong_kind]\n"},
        {MONEY("{report: EUR, rates: {USD: 0.1234567891}}"),
         "c.yaml:5:38: error: currency.rates.USD: expected a number above 0 of at most 9 places, "
         "found '0.1234567891' [config.wrong_kind]\n"},
        {MONEY("{report: EUR, rates: {USD: 1e3}}"),
         "c.yaml:5:38: error: currency.rates.USD: expected a number above 0 of at most 9 places, "
         "found '1e3' [config.wrong_kind]\n"},
        {MONEY("{report: EUR, rates: {EUR: 1}}"),
         "c.yaml:5:25: error: currency.rates.EUR: the reporting currency has no rate "
         "[config.own_rate]\n"},
    };
    CHECK(faults);
}

#define DEALS(extract)                                                                             \
    "company: N\nas_of: 2026-10-31\ncurrency: EUR\n"                                               \
    "stages: [{name: Open, outcome: open}, {name: Won, outcome: won}]\n"                           \
    "extracts: {sellers: s.csv, deals: " extract "}\n"
#define HISTORY(extract) DEALS("d.csv, history: " extract)

static void
extracts(void **state)
{
    (void)state;
    static const struct fault faults[] = {
        {DEALS("{encoding: utf-8}"), "c.yaml:5:28: error: extracts.deals: neither 'file' nor "
                                     "'postgres' [config.no_source]\n"},
        {DEALS("{file: a, postgres: service=x, query: select}"),
         "c.yaml:5:28: error: extracts.deals: give 'file' or 'postgres', not both "
         "[config.both_keys]\n"},
        {DEALS("{postgres: service=x}"),
         "c.yaml:5:28: error: missing key 'query' in extracts.deals [config.missing_key]\n"},
        {DEALS("{query: select}"),
         "c.yaml:5:28: error: missing key 'postgres' in extracts.deals [config.missing_key]\n"},
        {DEALS("{postgres: service=x, query: a, query_file: b}"),
         "c.yaml:5:28: error: extracts.deals: give 'query' or 'query_file', not both "
         "[config.both_keys]\n"},
        {DEALS("{postgres: service=x, query_file: none.sql}"),
         "c.yaml:5:28: error: extracts.deals.query_file: none.sql cannot be read: No such file or "
         "directory [config.query_file]\n"},
        {DEALS("{postgres: service=x, query_file: c.yaml, encoding: \"\xc3\xa4\", timeout: 0}"),
         "c.yaml:5:101: error: extracts.deals.timeout: 0 is outside 1..86400 "
         "[config.out_of_range]\n"},
        {DEALS("{postgres: \"host=h password=p\", query: q}"),
         "c.yaml:5:28: error: extracts.deals.postgres: a password in the config "
         "[config.password]\n"
         "  hint: put it into the service file, PGPASSWORD or .pgpass\n"},
        {DEALS("{postgres: \"postgresql://u:p@h/d\", query: q}"),
         "c.yaml:5:28: error: extracts.deals.postgres: a password in the config "
         "[config.password]\n"
         "  hint: put it into the service file, PGPASSWORD or .pgpass\n"},
        {DEALS("{file: a, map: {amout: A}}"),
         "c.yaml:5:51: error: unknown key 'amout' in extracts.deals.map [config.unknown_key]\n"
         "  hint: did you mean 'amount'?\n"},
        {DEALS("{file: a, map: {id: {column: A, columns: [B]}}}"),
         "c.yaml:5:55: error: extracts.deals.map.id: give 'column' or 'columns', not both "
         "[config.both_keys]\n"},
        {DEALS("{file: a, map: {id: {lookup: {file: x, key: k}}}}"),
         "c.yaml:5:64: error: missing key 'take' in extracts.deals.map.id.lookup "
         "[config.missing_key]\n"
         "  hint: Its column that stands in for it\n"},
        {DEALS("{file: a, map: {id: {otherwise: {otherwise: x}}}}"),
         "c.yaml:5:68: error: unknown key 'otherwise' in extracts.deals.map.id.otherwise "
         "[config.unknown_key]\n"
         "  hint: known keys: column, columns, first_filled, join, until, suffix, replace, lookup, "
         "constant\n"},
        {DEALS("{file: a, delimiter: x}"),
         "c.yaml:5:56: error: extracts.deals.delimiter: unknown word 'x', expected comma, "
         "semicolon, tab, pipe or colon [config.unknown_word]\n"},
        {DEALS("{file: a, date_format: DD/MM}"),
         "c.yaml:5:58: error: extracts.deals.date_format: expected an order of YYYY, MM and DD "
         "such "
         "as DD/MM/YYYY, found 'DD/MM' [config.wrong_kind]\n"},
        {DEALS("{file: a, xml: {record: /a, spreadsheet: yes}}"),
         "c.yaml:5:28: error: extracts.deals.xml: give 'record' or 'spreadsheet', not both "
         "[config.both_keys]\n"},
        {DEALS("{file: a, xml: {record: /a, where: name}}"),
         "c.yaml:5:28: error: missing key 'equals' in extracts.deals.xml [config.missing_key]\n"},
        {DEALS("a.csv, foo: b.csv"),
         "c.yaml:5:42: error: unknown key 'foo' in extracts [config.unknown_key]\n"
         "  hint: known keys: sellers, teams, accounts, contacts, deals, history, activities, "
         "leads, quotas, calls\n"},
        {HISTORY("{file: h, form: columns}"),
         "c.yaml:5:42: error: extracts.history: the form 'columns' needs a 'stage_column' with "
         "{stage} in it [config.stage_column]\n"},
        {HISTORY("{file: h, form: fields, field_names: {Stage: phase}}"),
         "c.yaml:5:42: error: extracts.history.field_names.Stage: unknown word 'phase', expected "
         "stage, amount, close, owner or category [config.unknown_word]\n"},
    };
    CHECK(faults);
}

static void
presets(void **state)
{
    (void)state;
    static const struct fault faults[] = {
        {DEALS("{file: a, preset: salesfroce}"),
         "c.yaml:5:53: error: unknown preset 'salesfroce' [config.unknown_preset]\n"
         "  hint: did you mean 'salesforce'?\n"},
        {DEALS("{file: a, preset: oracle}"),
         "c.yaml:5:53: error: unknown preset 'oracle' [config.unknown_preset]\n"
         "  hint: known presets: dynamics, hubspot, odoo, pipedrive, salesforce, zoho\n"},
        {DEALS("{file: a, preset: dynamics, variant: exel}"),
         "c.yaml:5:72: error: the preset 'dynamics' has no variant 'exel' "
         "[config.unknown_variant]\n"
         "  hint: known variants: view, spreadsheet, migration\n"},
        {HISTORY("d.csv, calls: {file: c, preset: zoho}"),
         "c.yaml:5:83: error: the preset 'zoho' has no calls [config.preset_table]\n"
         "  hint: leave 'preset' out and give a 'map'\n"},
    };
    CHECK(faults);
}

#define STAGES(stages)                                                                             \
    "company: N\nas_of: 2026-10-31\ncurrency: EUR\n"                                               \
    "extracts: {deals: d.csv, sellers: s.csv}\nstages: " stages "\n"

static void
what_must_go_together(void **state)
{
    (void)state;
    static const struct fault faults[] = {
        {STAGES("[{name: A, outcome: open}, {name: B, outcome: won, aliases: A}]"),
         "c.yaml:5:10: error: stages: 'A' stands twice among names and aliases "
         "[config.stage_twice]\n"
         "c.yaml:5:36: error: stages: 'A' stands twice among names and aliases "
         "[config.stage_twice]\n"},
        {STAGES("[{name: A, outcome: open}]"),
         "c.yaml:5:1: error: stages: at least one must be open and one won "
         "[config.stage_outcomes]\n"},
        {STAGES("[A, {name: B}]"),
         "c.yaml:5:10: error: stages.0: expected a mapping, found 'A' [config.wrong_kind]\n"
         "c.yaml:5:13: error: missing key 'outcome' in stages.1 [config.missing_key]\n"
         "  hint: What a deal in this stage is\n"
         "c.yaml:5:1: error: stages: at least one must be open and one won "
         "[config.stage_outcomes]\n"},
        {LEAST "packs: [{each: team, scope: company}]\n",
         "c.yaml:6:9: error: packs.0: give 'each' or 'scope', not both [config.both_keys]\n"},
        {LEAST "packs: [{formats: pdf}]\n",
         "c.yaml:6:9: error: missing key 'each' or 'scope' in packs.0 [config.missing_key]\n"},
        {LEAST "packs: [{each: team, formats: eml}]\n",
         "c.yaml:1:1: error: missing key 'from' in mail [config.missing_key]\n"
         "  hint: a pack has the format eml\n"
         "c.yaml:1:1: error: missing key 'allow' in mail [config.missing_key]\n"
         "  hint: the domains that mail may go to\n"},
        {LEAST "mail: {user: u, user_env: U}\n",
         "c.yaml:6:17: error: mail: give 'user' or 'user_env', not both [config.both_keys]\n"},
        {LEAST "mail: {to: file}\n",
         "c.yaml:6:8: error: missing key 'recipients' in mail [config.missing_key]\n"},
        {LEAST "mail: {user: u, password_env: P, password_file: p}\n",
         "c.yaml:6:34: error: mail: give 'password_env' or 'password_file', not both "
         "[config.both_keys]\n"},
        {LEAST "mail: {password_env: P}\n",
         "c.yaml:6:1: error: missing key 'user' in mail [config.missing_key]\n"},
        {LEAST "mail: {smtp: mail.example:25}\n",
         "c.yaml:6:8: error: mail.smtp: expected smtp://host:port or smtps://host:port "
         "[config.smtp]\n"
         "  hint: the user is `user` or `user_env`, the password `password_env` or "
         "`password_file`\n"},
        {LEAST "previous: {day: 2026-10-31, deals: x.csv}\n",
         "c.yaml:6:17: error: previous.day: not before as_of [config.previous_day]\n"},
    };
    CHECK(faults);
}

static void
check_set(const char *set, const char *said)
{
    struct loaded loaded = load_bytes(LEAST, strlen(LEAST), 1, &set);
    assert_string_equal(loaded.said, said);
    assert_null(loaded.config);
    unload(&loaded);
}

static void
servers_of_mail(void **state)
{
    static const char *const good[] = {"smtp://h", "smtps://h.example:465", "smtp://127.0.0.1:2525",
                                       "smtp://[::1]:25", "smtp://[::1]"};
    static const char *const bad[] = {
        "http://h",     "smtp:/h",    "smtp://",         "smtp://h:",     "smtp://h:123456",
        "smtp://h:25/", "smtp://u@h", "smtp://u:p@h:25", "smtp://h:25?x", "smtp://[::1",
        "smtp://[]:25", "smtp://h h", "smtp://h#x",      "SMTP://h",      "smtp://h:2a"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good + sizeof bad / sizeof *bad; i++) {
        bool is_good = i < sizeof good / sizeof *good;
        char yaml[512];
        snprintf(yaml, sizeof yaml, "%smail: {smtp: '%s'}\n", LEAST,
                 is_good ? good[i] : bad[i - sizeof good / sizeof *good]);
        struct loaded loaded = load_text(yaml);
        assert_true(is_good == (strstr(loaded.said, "[config.smtp]") == NULL));
        unload(&loaded);
    }
}

static void
overrides(void **state)
{
    (void)state;
    check_set("locale", "--set locale: error: expected KEY=VALUE [config.set]\n");
    check_set("=x", "--set =x: error: expected KEY=VALUE [config.set]\n");
    check_set("stages.7.name=x",
              "--set stages.7.name=x: error: no item 'name' in that list [config.set]\n");
    check_set("rules.aged=on", "--set rules.aged=on: error: rules.aged: unknown word 'on', "
                               "expected off, flag or fatal [config.unknown_word]\n");
    check_set("ramp=[1", "--set ramp=[1: error: not readable as YAML: while parsing a flow "
                         "sequence, did not find expected ',' or ']' [config.syntax]\n");
    check_set("locale=\xff", "--set locale=\\xff: error: not UTF-8 [config.encoding]\n");
}

static void
a_file_that_is_not_there(void **state)
{
    (void)state;
    struct loaded loaded = load_file("/nowhere/c.yaml", "/nowhere", 0, NULL);
    assert_string_equal(loaded.said, "/nowhere/c.yaml: error: cannot be read: No such file or "
                                     "directory [config.unreadable]\n");
    assert_int_equal(loaded.code, EXIT_CONFIG);
    unload(&loaded);
}

static void
all_faults_at_once_in_the_order_of_the_file(void **state)
{
    (void)state;
    struct loaded loaded = load_text("company: [a]\n"
                                     "as_of: today\n"
                                     "currency: {report: EUR, rate: {}}\n"
                                     "stages: *s\n"
                                     "extracts: {deals: {file: d, timeout: 0}}\n"
                                     "rules: {past_close: of}\n");
    assert_string_equal(
        loaded.said,
        "c.yaml:4:9: error: aliases (*name) are not accepted [config.alias]\n"
        "c.yaml:1:10: error: company: expected a text of one line, found a list "
        "[config.wrong_kind]\n"
        "c.yaml:2:8: error: as_of: expected a day as YYYY-MM-DD, found 'today' "
        "[config.wrong_kind]\n"
        "c.yaml:3:25: error: unknown key 'rate' in currency [config.unknown_key]\n"
        "  hint: did you mean 'rates'?\n"
        "c.yaml:5:38: error: extracts.deals.timeout: 0 is outside 1..86400 [config.out_of_range]\n"
        "c.yaml:5:11: error: missing key 'sellers' in extracts [config.missing_key]\n"
        "  hint: The file of sellers, or how they are read\n"
        "c.yaml:6:21: error: rules.past_close: unknown word 'of', expected off, flag or fatal "
        "[config.unknown_word]\n"
        "  hint: did you mean 'off'?\n");
    unload(&loaded);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_yaml_of_ours),
        cmocka_unit_test(what_yaml_offers_and_we_refuse),
        cmocka_unit_test(keys_that_are_not_known_or_missing),
        cmocka_unit_test(values_of_the_wrong_kind),
        cmocka_unit_test(words_and_numbers_outside_their_limits),
        cmocka_unit_test(money),
        cmocka_unit_test(extracts),
        cmocka_unit_test(presets),
        cmocka_unit_test(what_must_go_together),
        cmocka_unit_test(servers_of_mail),
        cmocka_unit_test(overrides),
        cmocka_unit_test(a_file_that_is_not_there),
        cmocka_unit_test(all_faults_at_once_in_the_order_of_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

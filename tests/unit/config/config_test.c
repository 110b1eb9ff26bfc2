/* What a config becomes: every key, mappings, presets, overrides. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "judging.h"
#include "product_example.h"

static void
the_example_of_the_product(void **state)
{
    (void)state;
    struct loaded loaded = load_text(product_example);
    const struct config *config = good(&loaded);
    assert_int_equal(config->fiscal_year_starts, 2);
    assert_string_equal(config->timezone, "Europe/Berlin");
    assert_int_equal(config->rate_count, 2);
    assert_string_equal(config->rate[1].currency, "GBP");
    assert_int_equal(config->rate[1].rate.coefficient, 117);
    assert_int_equal(config->rate[1].rate.scale, 2);
    assert_int_equal(config->stage_count, 4);
    assert_false(config->stage[0].qualified);
    assert_true(config->stage[1].qualified);
    assert_true(config->stage[1].has_probability);
    assert_true(config->stage[1].probability == 0.2);
    assert_int_equal(config->stage[1].category, CATEGORY_PIPELINE);
    assert_int_equal(config->stage[2].category, CATEGORY_BEST);
    assert_false(config->stage[2].has_probability);
    assert_int_equal(config->stage[3].outcome, OUTCOME_WON);
    const struct config_extract *extract = config->extract;
    assert_string_equal(extract[TABLE_DEALS].file, "extracts/opportunities_*.csv");
    assert_string_equal(extract[TABLE_DEALS].preset, "salesforce");
    assert_string_equal(extract[TABLE_ACCOUNTS].xml.key, "name");
    assert_string_equal(extract[TABLE_LEADS].xml.record, "/rows/row");
    assert_string_equal(extract[TABLE_ACTIVITIES].postgres, "service=crm");
    assert_string_equal(extract[TABLE_ACTIVITIES].query, "select ...");
    assert_int_equal(extract[TABLE_SELLERS].field_count, 3);
    assert_string_equal(extract[TABLE_SELLERS].field[2].name, "team");
    assert_string_equal(extract[TABLE_SELLERS].field[2].columns.string[0], "Division");
    assert_string_equal(extract[TABLE_QUOTAS].encoding, "windows-1252");
    assert_int_equal(extract[TABLE_QUOTAS].delimiter, ';');
    assert_int_equal(extract[TABLE_QUOTAS].decimal, ',');
    assert_true(config->previous.present);
    check_day(config->previous.day, "2026-07-31");
    assert_string_equal(config->previous.deals.file, "extracts/2026-07-31/opportunities.csv");
    assert_int_equal(config->previous.deals.field_count, extract[TABLE_DEALS].field_count);
    assert_int_equal(config->rule[FLAG_NO_CLOSE].word, RULE_OFF);
    assert_int_equal(config->rule[FLAG_AGED].word, RULE_FLAG);
    assert_int_equal(config->pack[0].formats, FORMAT_HTML | FORMAT_PDF | FORMAT_EML);
    assert_string_equal(config->mail.from, "Sales Operations <ops@example.com>");
    check_strings(config->mail.allow, 1, (const char *const[]){"example.com"});
    assert_string_equal(config->theme.logo, "logo.png");
    unload(&loaded);
}

static void
keys_of_the_head(void **state)
{
    (void)state;
    struct loaded loaded = load_text("version: 1\n"
                                     "company: 42\n"
                                     "as_of: 2024-02-29\n"
                                     "period: MONTH\n"
                                     "fiscal_year_starts: 12\n"
                                     "currency: {report: JPY, rates: {USD: 155.123456789}}\n"
                                     "locale: de\n"
                                     "timezone: Asia/Tokyo\n"
                                     "stages:\n"
                                     "  - {name: A, aliases: [a, 1.10], outcome: open}\n"
                                     "  - {name: W, outcome: won}\n"
                                     "  - {name: L, outcome: lost}\n"
                                     "  - {name: N, outcome: no_decision}\n"
                                     "  - {name: D, outcome: disqualified, category: omitted}\n"
                                     "segments: {Existing Business: expansion, \"0\": renewal}\n"
                                     "levels: {executive: [chief, vp], director: head, "
                                     "manager: [manager], staff: [staff]}\n"
                                     "qualification: [metrics, buyer]\n"
                                     "extracts:\n"
                                     "  sellers: s.csv\n"
                                     "  deals: {file: d.csv, map: {metrics: M, buyer: B}}\n");
    const struct config *config = good(&loaded);
    assert_string_equal(config->company, "42");
    assert_int_equal(config->period, PERIOD_MONTH);
    assert_int_equal(config->currency_digits, 0);
    assert_true(config->rate[0].rate.coefficient == 155123456789);
    assert_int_equal(config->rate[0].rate.scale, 9);
    check_strings((struct config_strings){config->stage[0].alias_count, config->stage[0].aliases},
                  2, (const char *const[]){"a", "1.10"});
    assert_int_equal(config->stage[3].outcome, OUTCOME_NO_DECISION);
    assert_int_equal(config->stage[4].outcome, OUTCOME_DISQUALIFIED);
    assert_int_equal(config->stage[4].category, CATEGORY_OMITTED);
    assert_int_equal(config_find_stage(config, TEXT("1.10")), 0);
    assert_int_equal(config_find_stage(config, TEXT("L")), 2);
    assert_int_equal(config_find_stage(config, TEXT("l")), -1);
    assert_string_equal(config->segments.pair[0].from, "Existing Business");
    assert_string_equal(config->segments.pair[0].to, "expansion");
    assert_string_equal(config->segments.pair[1].from, "0");
    check_strings(config->levels.executive, 2, (const char *const[]){"chief", "vp"});
    check_strings(config->levels.director, 1, (const char *const[]){"head"});
    check_strings(config->qualification, 2, (const char *const[]){"metrics", "buyer"});
    unload(&loaded);
}

static void
keys_of_rules(void **state)
{
    (void)state;
    struct loaded loaded = load_text(
        LEAST "rules: {past_close: off, no_amount: flag, zombie: {days: 5}, no_close: off,\n"
              "  owner_left: flag, silent: {days: 45, fatal: no}, no_next_step: fatal,\n"
              "  aged: {fatal: yes}, pushed: {times: 4, days: 100, fatal: true},\n"
              "  too_soon: off, single_threaded: {days: 90}, duplicate: fatal,\n"
              "  weak_qualification: {fatal: false}}\n");
    const struct config *config = good(&loaded);
    static const struct config_rule expected[FLAG_COUNT] = {
        [FLAG_PAST_CLOSE] = {RULE_OFF, 0, 0},
        [FLAG_NO_AMOUNT] = {RULE_FLAG, 0, 0},
        [FLAG_ZOMBIE] = {RULE_FATAL, 5, 0},
        [FLAG_NO_CLOSE] = {RULE_OFF, 0, 0},
        [FLAG_OWNER_LEFT] = {RULE_FLAG, 0, 0},
        [FLAG_SILENT] = {RULE_FLAG, 45, 0},
        [FLAG_NO_NEXT_STEP] = {RULE_FATAL, 0, 0},
        [FLAG_AGED] = {RULE_FATAL, 0, 0},
        [FLAG_PUSHED] = {RULE_FATAL, 100, 4},
        [FLAG_TOO_SOON] = {RULE_OFF, 0, 0},
        [FLAG_SINGLE_THREADED] = {RULE_FLAG, 90, 0},
        [FLAG_DUPLICATE] = {RULE_FATAL, 0, 0},
        [FLAG_WEAK_QUALIFICATION] = {RULE_FLAG, 0, 0},
    };
    for (int flag = 0; flag < FLAG_COUNT; flag++) {
        assert_int_equal(config->rule[flag].word, expected[flag].word);
        assert_int_equal(config->rule[flag].days, expected[flag].days);
        assert_int_equal(config->rule[flag].times, expected[flag].times);
    }
    unload(&loaded);
}

static void
keys_of_brackets(void **state)
{
    (void)state;
    struct loaded loaded = load_text(
        LEAST "estimates: {prior_strength: 21, prior_win_rate: 0.26, shrink_deals: 11, curve_days: "
              "1000,\n"
              "  curve_minimum: 22, prior_cycle_days: 91, zombie_minimum: 12}\n"
              "engagement: {two_way_outcomes: [ok], two_way_types: visit, advance_days: 15,\n"
              "  repeat_meetings: 6, capture_minimum: 0.7}\n"
              "territory: {worked_days: 80, list: 20}\n"
              "strategic: {times_average: 4}\n"
              "coverage: {flat_multiple: 3.5}\n"
              "capacity: {concurrent_deals: 25, creation_times: 2.5, too_late_below: 0.04}\n"
              "forecast: {correlation: 0.6}\n"
              "what_if: [{win_rate: 0.4}, 0.5]\n"
              "ramp: [0.25, 0.5, 0.75]\n"
              "findings: {most: 6, minimum_n: 11}\n"
              "luck: {seed: 9000000000, draws: 100}\n"
              "limits: {rejected_share: 0.02, rejected_rows: 500}\n");
    const struct config *config = good(&loaded);
    assert_true(config->estimates.prior_strength == 21);
    assert_true(config->estimates.prior_win_rate == 0.26);
    assert_true(config->estimates.shrink_deals == 11);
    assert_int_equal(config->estimates.curve_days, 1000);
    assert_int_equal(config->estimates.curve_minimum, 22);
    assert_int_equal(config->estimates.prior_cycle_days, 91);
    assert_int_equal(config->estimates.zombie_minimum, 12);
    check_strings(config->engagement.two_way_outcomes, 1, (const char *const[]){"ok"});
    check_strings(config->engagement.two_way_types, 1, (const char *const[]){"visit"});
    assert_int_equal(config->engagement.advance_days, 15);
    assert_int_equal(config->engagement.repeat_meetings, 6);
    assert_true(config->engagement.capture_minimum == 0.7);
    assert_int_equal(config->territory.worked_days, 80);
    assert_int_equal(config->territory.list, 20);
    assert_true(config->strategic_times_average == 4);
    assert_true(config->flat_multiple == 3.5);
    assert_int_equal(config->capacity.concurrent_deals, 25);
    assert_true(config->capacity.creation_times == 2.5);
    assert_true(config->capacity.too_late_below == 0.04);
    assert_true(config->correlation == 0.6);
    assert_int_equal(config->what_if_count, 2);
    assert_true(config->what_if_win_rate[0] == 0.4 && config->what_if_win_rate[1] == 0.5);
    assert_int_equal(config->ramp_count, 3);
    assert_true(config->ramp[2] == 0.75);
    assert_int_equal(config->findings.most, 6);
    assert_int_equal(config->findings.minimum_n, 11);
    assert_true(config->luck.seed == 9000000000);
    assert_int_equal(config->luck.draws, 100);
    assert_true(config->limits.rejected_share == 0.02);
    assert_true(config->limits.rejected_rows == 500);
    unload(&loaded);
}

static void
keys_of_output(void **state)
{
    (void)state;
    struct loaded loaded = load_text(
        LEAST "packs:\n"
              "  - {each: team, template: short, formats: pdf, locale: fr-FR}\n"
              "  - {each: seller, formats: [dump], left: yes}\n"
              "  - {scope: T3, formats: [html, eml]}\n"
              "mail: {from: ops@example.com, reply_to: a@b.example, to: file, recipients: r.csv,\n"
              "  allow: example.com, attachment_limit: 512 KiB, attach_html: yes,\n"
              "  smtp: \"smtps://mail.example:465\", user_env: U, password_file: secret,\n"
              "  tls: required, ca_file: ca.pem, retries: 0, retry_seconds: 7,\n"
              "  per_minute: 30, stop_on_failure: yes}\n"
              "theme: {accent: \"#00ff00\", logo: l.png, templates: t, classification: Internal,\n"
              "  watermark: Draft, paper: letter}\n"
              "out: {dir: packs, history: off, keep: 24}\n");
    const struct config *config = good(&loaded);
    assert_string_equal(config->pack[0].template, "short");
    assert_int_equal(config->pack[0].formats, FORMAT_PDF);
    assert_string_equal(config->pack[0].locale, "fr-FR");
    assert_true(config->pack[1].left);
    assert_int_equal(config->pack[1].formats, FORMAT_DUMP);
    assert_int_equal(config->pack[2].each, PACK_SCOPE);
    assert_string_equal(config->pack[2].scope, "T3");
    assert_string_equal(config->pack[2].template, "team");
    assert_string_equal(config->mail.reply_to, "a@b.example");
    assert_string_equal(config->mail.to, "file");
    assert_string_equal(config->mail.recipients, "r.csv");
    assert_true(config->mail.attachment_limit == 512 << 10);
    assert_true(config->mail.attach_html && config->mail.stop_on_failure);
    assert_string_equal(config->mail.smtp, "smtps://mail.example:465");
    assert_string_equal(config->mail.user_env, "U");
    assert_string_equal(config->mail.password_file, "secret");
    assert_string_equal(config->mail.tls, "required");
    assert_string_equal(config->mail.ca_file, "ca.pem");
    assert_int_equal(config->mail.retries, 0);
    assert_int_equal(config->mail.retry_seconds, 7);
    assert_int_equal(config->mail.per_minute, 30);
    assert_string_equal(config->theme.accent, "#00ff00");
    assert_string_equal(config->theme.templates, "t");
    assert_string_equal(config->theme.classification, "Internal");
    assert_string_equal(config->theme.watermark, "Draft");
    assert_string_equal(config->theme.paper, "Letter");
    assert_string_equal(config->out.dir, "packs");
    assert_null(config->out.history);
    assert_int_equal(config->out.keep, 24);
    unload(&loaded);
}

static const struct config_field *
field_of(const struct config_extract *extract, const char *name)
{
    for (uint32_t i = 0; i < extract->field_count; i++)
        if (strcmp(extract->field[i].name, name) == 0)
            return &extract->field[i];
    fail_msg("no field %s", name);
    return NULL;
}

static void
the_forms_of_a_mapping(void **state)
{
    (void)state;
    struct loaded loaded =
        load_text("company: N\nas_of: 2026-10-31\ncurrency: EUR\n"
                  "stages: [{name: Open, outcome: open}, {name: Won, outcome: won}]\n"
                  "extracts:\n"
                  "  sellers: s.csv\n"
                  "  deals:\n"
                  "    file: d.csv\n"
                  "    map:\n"
                  "      id: Opportunity ID\n"
                  "      owner: [Owner, Agent]\n"
                  "      stage: {column: [S, T], first_filled: yes, replace: {a: b, c: , 0: no}}\n"
                  "      created: {constant: 2017-12-31}\n"
                  "      name: {columns: [A, B], join: \" \"}\n"
                  "      close:\n"
                  "      amount:\n"
                  "        column: v\n"
                  "        otherwise: {column: p, lookup: {file: p.csv, key: k, take: t}}\n");
    const struct config_extract *deals = &good(&loaded)->extract[TABLE_DEALS];
    assert_int_equal(deals->field_count, 7);
    check_strings(field_of(deals, "id")->columns, 1, (const char *const[]){"Opportunity ID"});
    assert_int_equal(field_of(deals, "id")->place.line, 10);
    check_strings(field_of(deals, "owner")->columns, 2, (const char *const[]){"Owner", "Agent"});
    const struct config_field *stage = field_of(deals, "stage");
    check_strings(stage->columns, 2, (const char *const[]){"S", "T"});
    assert_true(stage->first_filled);
    assert_int_equal(stage->replace.count, 3);
    assert_string_equal(stage->replace.pair[1].from, "c");
    assert_string_equal(stage->replace.pair[1].to, "");
    assert_string_equal(stage->replace.pair[2].to, "no");
    assert_int_equal(field_of(deals, "created")->columns.count, 0);
    assert_string_equal(field_of(deals, "created")->constant, "2017-12-31");
    assert_string_equal(field_of(deals, "name")->join, " ");
    assert_int_equal(field_of(deals, "close")->columns.count, 0);
    const struct config_field *other = field_of(deals, "amount")->otherwise;
    check_strings(other->columns, 1, (const char *const[]){"p"});
    assert_string_equal(other->lookup.file, "p.csv");
    assert_string_equal(other->lookup.key, "k");
    assert_string_equal(other->lookup.take, "t");
    assert_null(other->otherwise);
    unload(&loaded);
}

static void
the_shape_of_an_extract(void **state)
{
    (void)state;
    struct loaded loaded = load_text(
        "company: N\nas_of: 2026-10-31\ncurrency: EUR\n"
        "stages: [{name: Open, outcome: open}, {name: Won, outcome: won}]\n"
        "extracts:\n"
        "  sellers: {file: s.csv, delimiter: tab, group: indian, drop: [{column: x, value: yes}]}\n"
        "  deals: {file: /abs/d.xml, xml: {record: //r, key: name, value: v, where: e, equals: "
        "o},\n"
        "    group: apostrophe, date_format: DD.MM.YYYY, excel_serials: yes, encoding: latin1}\n"
        "  accounts: {file: a.xml, xml: {spreadsheet: yes}, group: \" \", decimal: point}\n"
        "  history: {file: h.csv, form: fields, field_names: {StageName: stage, Amount: amount}}\n"
        "  teams: {postgres: \"postgresql://u@h/d\", query: select 1, timeout: 5}\n"
        "previous: {day: 2026-01-01, deals: {file: p.csv, map: {id: I}}}\n");
    const struct config *config = good(&loaded);
    const struct config_extract *extract = config->extract;
    assert_int_equal(extract[TABLE_SELLERS].delimiter, '\t');
    assert_int_equal(extract[TABLE_SELLERS].group, ',');
    assert_true(extract[TABLE_SELLERS].indian_groups);
    assert_int_equal(extract[TABLE_SELLERS].drop_count, 1);
    assert_string_equal(extract[TABLE_SELLERS].drop[0].value, "yes");
    assert_string_equal(extract[TABLE_DEALS].file, "/abs/d.xml");
    assert_string_equal(extract[TABLE_DEALS].xml.record, "//r");
    assert_string_equal(extract[TABLE_DEALS].xml.equals, "o");
    assert_int_equal(extract[TABLE_DEALS].group, '\'');
    assert_string_equal(extract[TABLE_DEALS].date_format, "DD.MM.YYYY");
    assert_true(extract[TABLE_DEALS].excel_serials);
    assert_true(extract[TABLE_ACCOUNTS].xml.spreadsheet);
    assert_int_equal(extract[TABLE_ACCOUNTS].group, ' ');
    assert_int_equal(extract[TABLE_ACCOUNTS].decimal, '.');
    assert_int_equal(extract[TABLE_HISTORY].history_form, HISTORY_FIELDS);
    assert_int_equal(extract[TABLE_HISTORY].field_names.count, 2);
    assert_int_equal(extract[TABLE_TEAMS].timeout, 5);
    assert_int_equal(config->previous.deals.field_count, 1);
    assert_null(config->previous.deals.xml.record);
    unload(&loaded);
}

static void
values_set_on_the_command_line(void **state)
{
    (void)state;
    static const char *const sets[] = {
        "as_of=2026-09-30",
        "rules.silent=off",
        "rules.pushed.days=7",
        "packs=[{each: team}]",
        "packs.0.formats=[html, eml]",
        "mail.from=a@b.example",
        "mail.allow=b.example",
        "company=Foo: Bar",
        "currency={report: USD}",
        "out.dir=elsewhere",
        "stages.0.name=Beginning",
        "extracts.teams=teams.csv",
    };
    struct loaded loaded = load_bytes(LEAST, strlen(LEAST), sizeof sets / sizeof *sets, sets);
    const struct config *config = good(&loaded);
    check_day(config->as_of, "2026-09-30");
    assert_int_equal(config->rule[FLAG_SILENT].word, RULE_OFF);
    assert_int_equal(config->rule[FLAG_PUSHED].days, 7);
    assert_int_equal(config->rule[FLAG_PUSHED].times, 3);
    assert_int_equal(config->pack_count, 1);
    assert_int_equal(config->pack[0].formats, FORMAT_HTML | FORMAT_EML);
    assert_string_equal(config->company, "Foo: Bar");
    assert_string_equal(config->currency, "USD");
    assert_string_equal(config->out.history, "elsewhere/history.sqlite");
    assert_string_equal(config->stage[0].name, "Beginning");
    assert_true(config->extract[TABLE_TEAMS].present);
    unload(&loaded);
}

static void
paths_are_relative_to_the_file(void **state)
{
    (void)state;
    char folder[32], path[48];
    enter_folder(folder);
    snprintf(path, sizeof path, "%s/c.yaml", folder);
    FILE *file = fopen(path, "w");
    fputs(LEAST, file);
    fclose(file);
    static const char *const set = "out.dir=here";
    struct loaded loaded = load_file(path, "/nowhere", 1, &set);
    const struct config *config = good(&loaded);
    char expected[64];
    snprintf(expected, sizeof expected, "%s/deals.csv", folder);
    assert_string_equal(config->extract[TABLE_DEALS].file, expected);
    assert_string_equal(config->folder, folder);
    assert_string_equal(config->path, path);
    assert_string_equal(config->out.dir, "here");
    unload(&loaded);
    unlink(path);
    leave_folder(folder);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_product),
        cmocka_unit_test(keys_of_the_head),
        cmocka_unit_test(keys_of_rules),
        cmocka_unit_test(keys_of_brackets),
        cmocka_unit_test(keys_of_output),
        cmocka_unit_test(the_forms_of_a_mapping),
        cmocka_unit_test(the_shape_of_an_extract),
        cmocka_unit_test(values_set_on_the_command_line),
        cmocka_unit_test(paths_are_relative_to_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What a config is when it says nothing: every default. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "judging.h"

static void
defaults_of_the_head(void **state)
{
    (void)state;
    struct loaded loaded = load_text(LEAST);
    const struct config *config = good(&loaded);
    assert_int_equal(config->version, 1);
    assert_string_equal(config->company, "Northwind");
    check_day(config->as_of, "2026-10-31");
    assert_int_equal(config->period, PERIOD_QUARTER);
    assert_int_equal(config->fiscal_year_starts, 1);
    assert_string_equal(config->currency, "EUR");
    assert_int_equal(config->currency_digits, 2);
    assert_int_equal(config->rate_count, 0);
    assert_string_equal(config->locale, "en-GB");
    assert_string_equal(config->timezone, "UTC");
    assert_int_equal(config->segments.count, 0);
    assert_int_equal(config->levels.executive.count, 0);
    assert_int_equal(config->qualification.count, 0);
    assert_false(config->previous.present);
    assert_int_equal(strlen(config->hash), 64);
    unload(&loaded);
}

static void
defaults_of_rules(void **state)
{
    (void)state;
    struct loaded loaded = load_text(LEAST);
    const struct config *config = good(&loaded);
    for (int flag = 0; flag < FLAG_COUNT; flag++) {
        bool fatal = flag <= FLAG_SILENT;
        assert_int_equal(config->rule[flag].word, fatal ? RULE_FATAL : RULE_FLAG);
        assert_non_null(config_flag_names[flag]);
    }
    assert_int_equal(config->rule[FLAG_ZOMBIE].days, 30);
    assert_int_equal(config->rule[FLAG_SILENT].days, 30);
    assert_int_equal(config->rule[FLAG_PUSHED].days, 90);
    assert_int_equal(config->rule[FLAG_PUSHED].times, 3);
    assert_int_equal(config->rule[FLAG_SINGLE_THREADED].days, 60);
    unload(&loaded);
}

static void
defaults_of_brackets(void **state)
{
    (void)state;
    struct loaded loaded = load_text(LEAST);
    const struct config *config = good(&loaded);
    assert_true(config->estimates.prior_strength == 20);
    assert_true(config->estimates.prior_win_rate == 0.25);
    assert_true(config->estimates.shrink_deals == 10);
    assert_int_equal(config->estimates.curve_days, 1095);
    assert_int_equal(config->estimates.curve_minimum, 20);
    assert_int_equal(config->estimates.prior_cycle_days, 90);
    assert_int_equal(config->estimates.zombie_minimum, 10);
    check_strings(config->engagement.two_way_outcomes, 3,
                  (const char *const[]){"held", "connected", "replied"});
    check_strings(config->engagement.two_way_types, 2, (const char *const[]){"meeting", "demo"});
    assert_int_equal(config->engagement.advance_days, 14);
    assert_int_equal(config->engagement.repeat_meetings, 5);
    assert_true(config->engagement.capture_minimum == 0.6);
    assert_int_equal(config->territory.worked_days, 90);
    assert_int_equal(config->territory.list, 10);
    assert_true(config->strategic_times_average == 3);
    assert_true(config->flat_multiple == 3);
    assert_int_equal(config->capacity.concurrent_deals, 20);
    assert_true(config->capacity.creation_times == 2);
    assert_true(config->capacity.too_late_below == 0.05);
    assert_true(config->correlation == 0);
    assert_int_equal(config->what_if_count, 1);
    assert_true(config->what_if_win_rate[0] == 0.5);
    assert_int_equal(config->ramp_count, 0);
    assert_int_equal(config->findings.most, 5);
    assert_int_equal(config->findings.minimum_n, 10);
    assert_true(config->luck.seed == 1);
    assert_int_equal(config->luck.draws, 2000);
    assert_true(config->limits.rejected_share == 0.01);
    assert_true(config->limits.rejected_rows == -1);
    unload(&loaded);
}

static void
defaults_of_output(void **state)
{
    (void)state;
    struct loaded loaded = load_text(LEAST);
    const struct config *config = good(&loaded);
    static const enum pack_each each[] = {PACK_EACH_TEAM, PACK_EACH_SELLER, PACK_SCOPE};
    static const char *const template[] = {"team", "seller", "board"};
    assert_int_equal(config->pack_count, 3);
    for (uint32_t i = 0; i < 3; i++) {
        assert_int_equal(config->pack[i].each, each[i]);
        assert_string_equal(config->pack[i].template, template[i]);
        assert_int_equal(config->pack[i].formats, FORMAT_HTML | FORMAT_PDF);
        assert_false(config->pack[i].left);
        assert_null(config->pack[i].locale);
    }
    assert_string_equal(config->pack[2].scope, "company");
    assert_string_equal(config->mail.to, "manager");
    assert_null(config->mail.from);
    assert_true(config->mail.attachment_limit == 15 << 20);
    assert_int_equal(config->mail.per_minute, 60);
    assert_false(config->mail.attach_html);
    assert_false(config->mail.stop_on_failure);
    assert_string_equal(config->mail.tls, "auto");
    assert_int_equal(config->mail.retries, 3);
    assert_string_equal(config->theme.accent, "#12436D");
    assert_string_equal(config->theme.paper, "A4");
    assert_null(config->theme.logo);
    assert_string_equal(config->out.dir, "out");
    assert_string_equal(config->out.history, "out/history.sqlite");
    assert_int_equal(config->out.keep, 0);
    unload(&loaded);
}

static void
defaults_of_an_extract(void **state)
{
    (void)state;
    struct loaded loaded = load_text(LEAST);
    const struct config *config = good(&loaded);
    const struct config_extract *deals = &config->extract[TABLE_DEALS];
    assert_true(deals->present);
    assert_string_equal(deals->file, "deals.csv");
    assert_int_equal(deals->timeout, 60);
    assert_null(deals->encoding);
    assert_int_equal(deals->delimiter, 0);
    assert_int_equal(deals->decimal, 0);
    assert_int_equal(deals->group, 0);
    assert_false(deals->indian_groups || deals->excel_serials || deals->xml.spreadsheet);
    assert_int_equal(deals->history_form, HISTORY_STATES);
    assert_int_equal(deals->place.line, 5);
    assert_int_equal(deals->place.column, 12);
    for (int table = 0; table < TABLE_COUNT; table++)
        assert_int_equal(config->extract[table].present,
                         table == TABLE_DEALS || table == TABLE_SELLERS);
    unload(&loaded);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_of_the_head),   cmocka_unit_test(defaults_of_rules),
        cmocka_unit_test(defaults_of_brackets),   cmocka_unit_test(defaults_of_output),
        cmocka_unit_test(defaults_of_an_extract),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

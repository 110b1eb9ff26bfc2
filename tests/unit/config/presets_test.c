/* The preset files that are shipped, and how one lies under an extract. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "loading.h"
#include "tree.h"

static const char *const names[] = {"dynamics",  "hubspot",    "odoo",
                                    "pipedrive", "salesforce", "zoho"};
enum { NAMES = sizeof names / sizeof *names };

#define HEAD "company: N\nas_of: 2026-10-31\ncurrency: EUR\n"

static struct loaded
load_good(const char *text)
{
    struct loaded loaded = load_text(text);
    assert_string_equal(loaded.said, "");
    assert_non_null(loaded.config);
    return loaded;
}

static const struct config_field *
field_of(const struct config_extract *extract, const char *name)
{
    for (uint32_t i = 0; i < extract->field_count; i++)
        if (strcmp(extract->field[i].name, name) == 0)
            return &extract->field[i];
    return NULL;
}

/* A mapping that a preset gives fills every required field; which are needed for history depends on
 * its form. */
static void
check_required(enum table table, const struct config_extract *extract)
{
    for (const struct config_canonical *field = config_canonical_fields[table]; field->name;
         field++) {
        bool needed = field->required;
        if (table == TABLE_HISTORY && strcmp(field->name, "day") == 0)
            needed = extract->history_form != HISTORY_COLUMNS;
        if (needed && !field_of(extract, field->name))
            fail_msg("%s %s: nothing for %s", extract->preset, table_names[table], field->name);
    }
}

static void
load_variant(const char *preset, enum table table, const char *variant)
{
    char text[1024];
    const char *other = table == TABLE_DEALS ? "" : "  deals: d.csv\n";
    const char *seller = table == TABLE_SELLERS ? "" : "  sellers: s.csv\n";
    snprintf(text, sizeof text,
             HEAD "stages: [{name: O, outcome: open}, {name: W, outcome: won}]\n"
                  "extracts:\n%s%s  %s: {file: f, preset: %s, variant: %s}\n",
             other, seller, table_names[table], preset, variant);
    struct loaded loaded = load_good(text);
    check_required(table, &loaded.config->extract[table]);
    unload(&loaded);
}

static void
every_variant_of_every_preset(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct diag *diag = diag_new(stderr, false, false);
    uint32_t tried = 0;
    for (size_t i = 0; i < NAMES; i++) {
        const char *path = arena_printf(arena, "%s/config/presets/%s.yaml", SOURCE_DIR, names[i]);
        const struct tree *root = tree_read(arena, path, NULL, diag);
        assert_non_null(root);
        assert_string_equal(tree_find(root, "preset")->text, names[i]);
        for (enum table table = 0; table < TABLE_COUNT; table++) {
            const struct tree *variants = tree_find(root, table_names[table]);
            const struct tree *variant = variants ? variants->first : NULL;
            for (; variant; variant = variant->next, tried++)
                load_variant(names[i], table, tree_find(variant, "variant")->text);
        }
    }
    assert_true(tried > 80);
    assert_int_equal(diag_count(diag, SEVERITY_ERROR), 0);
    diag_free(diag);
    arena_free(arena);
}

/* Which tables each covers, as far as that CRM exports them. */
static void
what_the_presets_cover(void **state)
{
    (void)state;
    static const enum table always[] = {TABLE_SELLERS, TABLE_ACCOUNTS, TABLE_CONTACTS,
                                        TABLE_DEALS,   TABLE_HISTORY,  TABLE_ACTIVITIES,
                                        TABLE_LEADS};
    struct arena *arena = arena_new();
    struct diag *diag = diag_new(NULL, false, false);
    for (size_t i = 0; i < NAMES; i++) {
        const char *path = arena_printf(arena, "%s/config/presets/%s.yaml", SOURCE_DIR, names[i]);
        const struct tree *root = tree_read(arena, path, NULL, diag);
        for (size_t j = 0; j < sizeof always / sizeof *always; j++)
            assert_non_null(tree_find(root, table_names[always[j]]));
        bool has_quotas = strcmp(names[i], "odoo") != 0;
        assert_true((tree_find(root, "quotas") != NULL) == has_quotas);
    }
    diag_free(diag);
    arena_free(arena);
}

static void
stages_of_the_preset_stand_in(void **state)
{
    (void)state;
    for (size_t i = 0; i < NAMES; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 HEAD "extracts: {sellers: s.csv, deals: {file: d.csv, preset: %s}}\n", names[i]);
        struct loaded loaded = load_good(text);
        assert_true(loaded.config->stage_count >= 4);
        unload(&loaded);
    }
}

static void
stock_spellings_become_aliases(void **state)
{
    (void)state;
    struct loaded loaded =
        load_good(HEAD "stages:\n"
                       "  - {name: Qualified To Buy, outcome: open, qualified: yes}\n"
                       "  - {name: contractsent, outcome: open}\n"
                       "  - {name: Ours, outcome: open, aliases: Contract sent}\n"
                       "  - {name: Closed Won, outcome: won}\n"
                       "extracts: {sellers: s.csv, deals: {file: d.csv, preset: hubspot}}\n");
    const struct config *config = loaded.config;
    assert_int_equal(config_find_stage(config, TEXT("qualifiedtobuy")), 0);
    assert_int_equal(config_find_stage(config, TEXT("Qualified to buy")), 0);
    assert_int_equal(config_find_stage(config, TEXT("closedwon")), 3);
    assert_int_equal(config_find_stage(config, TEXT("Contract Sent")), 1);
    assert_int_equal(config_find_stage(config, TEXT("Contract sent")), 2);
    assert_int_equal(config_find_stage(config, TEXT("closedlost")), -1);
    unload(&loaded);
}

static void
single_fields_override(void **state)
{
    (void)state;
    struct loaded loaded = load_good(
        HEAD "extracts:\n"
             "  sellers: s.csv\n"
             "  deals: {file: d.csv, preset: salesforce, map: {amount: Betrag, currency: },\n"
             "          drop: [{column: Test, value: yes}]}\n");
    const struct config_extract *deals = &loaded.config->extract[TABLE_DEALS];
    assert_string_equal(field_of(deals, "amount")->columns.string[0], "Betrag");
    assert_int_equal(field_of(deals, "amount")->columns.count, 1);
    assert_int_equal(field_of(deals, "currency")->columns.count, 0);
    assert_string_equal(field_of(deals, "stage")->columns.string[0], "StageName");
    assert_int_equal(deals->drop_count, 1);
    unload(&loaded);
}

struct choice {
    const char *extract, *key, *column;
    enum table table;
    enum history_form form;
};

static void
the_name_of_a_file_chooses(void **state)
{
    (void)state;
    static const struct choice choices[] = {
        {"deals: {file: x/Opportunities.csv, preset: dynamics}", NULL,
         "(Do Not Modify) Opportunity", TABLE_DEALS, 0},
        {"deals: {file: data.xml, preset: dynamics}", "name", "(Do Not Modify) Opportunity",
         TABLE_DEALS, 0},
        {"deals: {file: x.XML, preset: odoo}", "name", "External ID", TABLE_DEALS, 0},
        {"history: {file: OpportunityHistory.csv, preset: salesforce}, deals: d", NULL,
         "OpportunityId", TABLE_HISTORY, HISTORY_STATES},
        {"history: {file: OpportunityFieldHistory_*.csv, preset: salesforce}, deals: d", NULL,
         "OpportunityId", TABLE_HISTORY, HISTORY_FIELDS},
        {"history: {file: deals.csv, preset: hubspot}, deals: d", NULL, "Record ID", TABLE_HISTORY,
         HISTORY_COLUMNS},
        {"history: {file: flow.csv, preset: pipedrive}, deals: d", NULL, "deal_id", TABLE_HISTORY,
         HISTORY_FIELDS},
        {"accounts: {postgres: service=x, query: q, preset: dynamics, variant: view}, deals: d",
         NULL, "(Do Not Modify) Account", TABLE_ACCOUNTS, 0},
    };
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
        char text[1024];
        snprintf(text, sizeof text,
                 HEAD "stages: [{name: O, outcome: open}, {name: W, outcome: won}]\n"
                      "extracts: {sellers: s.csv, %s}\n",
                 choices[i].extract);
        struct loaded loaded = load_good(text);
        const struct config_extract *extract = &loaded.config->extract[choices[i].table];
        const char *id = choices[i].table == TABLE_HISTORY ? "deal" : "id";
        assert_string_equal(field_of(extract, id)->columns.string[0], choices[i].column);
        assert_int_equal(extract->history_form, choices[i].form);
        if (choices[i].key)
            assert_string_equal(extract->xml.key, choices[i].key);
        else
            assert_null(extract->xml.key);
        unload(&loaded);
    }
}

static void
a_preset_of_ones_own(void **state)
{
    (void)state;
    char folder[32];
    enter_folder(folder);
    FILE *file = fopen("ours.yaml", "w");
    fputs("preset: ours\n"
          "deals:\n"
          "  - {variant: a, map: {id: Nr, amount: Summe}}\n"
          "  - {variant: b, like: a, files: '*.xml', xml: {record: //d}, map: {amount: S}}\n",
          file);
    fclose(file);
    file = fopen("c.yaml", "w");
    fputs(HEAD "stages: [{name: O, outcome: open}, {name: W, outcome: won}]\n"
               "extracts: {sellers: s.csv, deals: {file: d.xml, preset: ./ours.yaml}}\n",
          file);
    fclose(file);
    struct loaded loaded = load_file("./c.yaml", "/nowhere", 0, NULL);
    assert_string_equal(loaded.said, "");
    const struct config_extract *deals = &loaded.config->extract[TABLE_DEALS];
    assert_string_equal(deals->xml.record, "//d");
    assert_string_equal(field_of(deals, "id")->columns.string[0], "Nr");
    assert_string_equal(field_of(deals, "amount")->columns.string[0], "S");
    unload(&loaded);
    unlink("ours.yaml");
    unlink("c.yaml");
    leave_folder(folder);
}

static void
faults_of_a_preset_stand_at_its_places(void **state)
{
    (void)state;
    char folder[32];
    enter_folder(folder);
    FILE *file = fopen("ours.yaml", "w");
    fputs("deels: []\ndeals:\n  - {variant: a, map: {idd: Nr}}\n", file);
    fclose(file);
    file = fopen("c.yaml", "w");
    fputs(HEAD "stages: [{name: O, outcome: open}, {name: W, outcome: won}]\n"
               "extracts: {sellers: s.csv, deals: {file: d.csv, preset: ./ours.yaml}}\n",
          file);
    fclose(file);
    struct loaded loaded = load_file("c.yaml", "/nowhere", 0, NULL);
    assert_string_equal(loaded.said,
                        "./ours.yaml:1:1: error: unknown key 'deels' [config.unknown_key]\n"
                        "  hint: did you mean 'deals'?\n"
                        "./ours.yaml:3:24: error: unknown key 'idd' in extracts.deals.map "
                        "[config.unknown_key]\n"
                        "  hint: did you mean 'id'?\n");
    assert_null(loaded.config);
    unload(&loaded);
    unlink("ours.yaml");
    unlink("c.yaml");
    leave_folder(folder);
}

/* The last `as name` of each line is a column: it must be a canonical field. */
static void
check_query(enum table table, const char *query)
{
    uint32_t found = 0;
    for (const char *as = strstr(query, " as "); as; as = strstr(as + 1, " as ")) {
        char name[32] = "";
        const char *start = as + 4;
        while (*start == '"')
            start++;
        size_t length = strcspn(start, "\",\n ");
        bool ends_line = start[length + strspn(start + length, "\",")] == '\n';
        if (!ends_line || *start == '(' || length >= sizeof name)
            continue;
        memcpy(name, start, length);
        const struct config_canonical *field = config_canonical_fields[table];
        while (field->name && strcmp(field->name, name) != 0)
            field++;
        if (!field->name)
            fail_msg("%s.sql: no field %s", table_names[table], name);
        found += field->required;
    }
    uint32_t required = 0;
    for (const struct config_canonical *f = config_canonical_fields[table]; f->name; f++)
        required += f->required;
    assert_true(found >= required);
}

static void
the_ready_queries(void **state)
{
    (void)state;
    for (enum table table = 0; table < TABLE_COUNT; table++) {
        char text[1024];
        snprintf(
            text, sizeof text,
            HEAD
            "stages: [{name: O, outcome: open}, {name: W, outcome: won}]\n"
            "extracts:\n%s%s  %s: {postgres: service=w, query_file: %s/config/warehouse/%s.sql}\n",
            table == TABLE_DEALS ? "" : "  deals: d.csv\n",
            table == TABLE_SELLERS ? "" : "  sellers: s.csv\n", table_names[table], SOURCE_DIR,
            table_names[table]);
        struct loaded loaded = load_good(text);
        const char *query = loaded.config->extract[table].query;
        assert_non_null(strstr(query, "select "));
        assert_int_not_equal(query[strlen(query) - 1], ';');
        check_query(table, query);
        unload(&loaded);
    }
}

static void
a_query_loses_its_semicolon(void **state)
{
    (void)state;
    struct loaded loaded = load_good(
        HEAD
        "stages: [{name: O, outcome: open}, {name: W, outcome: won}]\n"
        "extracts: {sellers: s.csv, deals: {postgres: service=w, query: \"select 1 ;\\n\"}}\n");
    assert_string_equal(loaded.config->extract[TABLE_DEALS].query, "select 1");
    unload(&loaded);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_variant_of_every_preset),
        cmocka_unit_test(what_the_presets_cover),
        cmocka_unit_test(stages_of_the_preset_stand_in),
        cmocka_unit_test(stock_spellings_become_aliases),
        cmocka_unit_test(single_fields_override),
        cmocka_unit_test(the_name_of_a_file_chooses),
        cmocka_unit_test(a_preset_of_ones_own),
        cmocka_unit_test(faults_of_a_preset_stand_at_its_places),
        cmocka_unit_test(the_ready_queries),
        cmocka_unit_test(a_query_loses_its_semicolon),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "prose.h"

#include <stddef.h>

static const struct prose start[] = {
    {PROSE_PARAGRAPH,
     "One YAML file says what a run reads and writes. `sefpack check CONFIG` reads it, tells every "
     "fault with its line and column in one go, and writes nothing; `sefpack schema` prints its "
     "JSON Schema for editors; `--set key=value` overrides a key for one run (`--set "
     "rules.silent.days=45`, `--set packs.0.formats=[pdf]`)."},
    {PROSE_PARAGRAPH,
     "The file is UTF-8, at most 256 KiB, one document of mappings, lists and scalars nested at "
     "most 32 deep: a subset of YAML 1.1 without anchors, aliases, tags and merge keys. A value is "
     "read as its key wants it: `no` is a word, 0777 is not octal, 1.10 stays as written. A key "
     "without a value counts as absent. Paths are relative to the folder of the file; those of "
     "`--set` to the working directory."},
    {PROSE_EXAMPLE,
     "# yaml-language-server: $schema=sefpack.schema.json\n"
     "version: 1\n"
     "company: Northwind\n"
     "as_of: 2026-10-31\n"
     "period: quarter\n"
     "fiscal_year_starts: 2\n"
     "currency: {report: EUR, rates: {USD: 0.92, GBP: 1.17}}\n"
     "stages:                             # in order\n"
     "  - {name: Discovery,  outcome: open}\n"
     "  - {name: Qualified,  outcome: open, qualified: yes, category: pipeline}\n"
     "  - {name: Closed Won, outcome: won}\n"
     "  - {name: Closed Lost, outcome: lost}\n"
     "extracts:\n"
     "  deals:    {file: extracts/opportunities_*.csv, preset: salesforce}\n"
     "  sellers:  {file: extracts/users.csv, map: {id: User ID, name: Full Name, team: Division}}\n"
     "  quotas:   {file: extracts/quota.csv, delimiter: \";\", decimal: \",\"}\n"
     "  leads:    {file: extracts/leads.xml, xml: {record: /rows/row}}\n"
     "  activities: {postgres: \"service=crm\", query: \"select ...\"}\n"
     "rules: {past_close: fatal, silent: {days: 30, fatal: yes}, no_close: off}\n"},
    {0},
};

static const struct prose tables[] = {
    {PROSE_HEADING, "Mapping columns"},
    {PROSE_PARAGRAPH,
     "Under `map` each canonical field names the column that fills it, or how else it is filled. A "
     "field that is not mapped is filled by the column of its own name, so that a file whose "
     "headers are the canonical names needs no mapping. Headers are compared as written, then "
     "without case and outer blanks. `close:` with nothing behind it unmaps what a preset mapped."},
    {PROSE_EXAMPLE, "map:\n"
                    "  id: Opportunity ID                          # a column\n"
                    "  close: [CloseDate, Close Date]              # the first that the file has\n"
                    "  stage: {column: Status, replace: {Open: \"\"}, otherwise: {column: Stage}}\n"
                    "  name: {columns: [First Name, Last Name], join: \" \"}\n"
                    "  type: {column: Kind, replace: {NB: new, EB: expansion}}\n"
                    "  source: {constant: Partner}                 # every row\n"
                    "  created: {column: engage_date, constant: 2017-12-31}   # empty cells\n"
                    "  amount:\n"
                    "    column: close_value\n"
                    "    otherwise:                                # where that is empty\n"
                    "      column: product\n"
                    "      replace: {GTXPro: GTX Pro}\n"
                    "      lookup: {file: products.csv, key: product, take: sales_price}\n"},
    {PROSE_PARAGRAPH,
     "The steps are taken in this order: the cell of the column (of the first filled one, or all "
     "joined), without its `suffix` and what follows `until`, `replace` (whole values), `lookup`, "
     "`otherwise`, `constant`. "
     "In XML a column is the "
     "path of a "
     "child or an attribute below the record (`Owner/Name`), and the first with a value counts."},
    {PROSE_HEADING, "History"},
    {PROSE_PARAGRAPH,
     "`form: states` (the default): a row holds `deal`, `day` and what the deal was after the "
     "change; an empty cell is unchanged. `form: fields`: a row holds `deal`, `day`, `field`, "
     "`old` and `new`, and `field_names` says which of the CRM's fields are the stage, amount, "
     "close, owner or category. `form: columns`: a row is a deal, and `stage_column` names its "
     "columns, one day a stage."},
    {PROSE_EXAMPLE,
     "history: {file: OpportunityFieldHistory.csv, form: fields,\n"
     "          map: {deal: OpportunityId, day: CreatedDate, field: Field, old: OldValue,\n"
     "                new: NewValue},\n"
     "          field_names: {StageName: stage, Amount: amount, CloseDate: close}}\n"
     "history: {file: deals.csv, form: columns, map: {deal: Record ID},\n"
     "          stage_column: 'Date entered \"{stage}\"'}\n"},
    {PROSE_HEADING, "Canonical fields"},
    {PROSE_PARAGRAPH,
     "What a mapping fills. Deals also have the fields named in `qualification`, each 0..3. A row "
     "without a required field is rejected and counted; a file without the column is an error."},
    {0},
};

static const struct prose end[] = {
    {PROSE_HEADING, "Presets"},
    {PROSE_PARAGRAPH,
     "`preset: salesforce` fills an extract from `presets/salesforce.yaml`: columns in the order "
     "in which they are tried, rows to drop, the shape of XML, the form of history. Whatever the "
     "extract itself says holds: `map` overrides single fields, `xml` single keys, every other key "
     "as a whole. Where `stages` is left out, the preset's own stages stand in; where it is given, "
     "a stage of a stock name also answers to the preset's other spellings of it (the ids of an "
     "API). Presets: `dynamics`, `hubspot`, `odoo`, `pipedrive`, `salesforce`, `zoho`; `preset: "
     "./ours.yaml` (with a slash) is one of your own."},
    {PROSE_PARAGRAPH,
     "A preset file has `preset`, `about`, `stages` and a key for each table: a list of variants. "
     "A variant has `variant` (its name), `about`, `files` (patterns of file names), `like` "
     "(another "
     "variant of the table, whose keys stand under its own) and any key of an extract. The variant "
     "named by the extract's `variant` is taken; else the first with a "
     "pattern that fits the extract's file; else the first without patterns."},
    {PROSE_EXAMPLE,
     "preset: ours\n"
     "deals:\n"
     "  - variant: view\n"
     "    map: {id: [opportunityid, Opportunity], amount: [estimatedvalue, Est. revenue]}\n"
     "    drop: [{column: IsDeleted, value: yes}]\n"
     "  - variant: xml\n"
     "    like: view\n"
     "    files: \"*.xml\"\n"
     "    xml: {record: //record, key: name, value: value, where: name, equals: opportunity}\n"},
    {PROSE_HEADING, "Not supported"},
    {PROSE_PARAGRAPH,
     "Four-four-five and thirteen-period calendars: fiscal periods are whole months. A "
     "`correlation` above 0.6."},
    {0},
};

const struct prose *const prose_parts[PROSE_PARTS] = {
    [PROSE_START] = start, [PROSE_TABLES] = tables, [PROSE_END] = end};

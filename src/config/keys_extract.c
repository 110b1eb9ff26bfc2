/* The keys of extracts: a source, its shape, and the mapping of its columns. */
#include "keys.h"

#include "check.h"
#include "config.h"

static const struct key one_text = {.kind = KIND_TEXT};

static const struct key pair_keys[] = {
    {.name = "from", .kind = KIND_TEXT, .offset = offsetof(struct config_pair, from)},
    {.name = "to", .kind = KIND_TEXT, .offset = offsetof(struct config_pair, to)},
    {0},
};
static const struct key one_pair = {.kind = KIND_MAP, .keys = pair_keys, .brief = &pair_keys[1]};

static const struct key lookup_keys[] = {
    {.name = "file",
     .kind = KIND_PATH,
     .offset = offsetof(struct config_field, lookup.file),
     .required = true,
     .what = "A CSV file"},
    {.name = "key",
     .kind = KIND_TEXT,
     .offset = offsetof(struct config_field, lookup.key),
     .required = true,
     .what = "Its column that holds the value"},
    {.name = "take",
     .kind = KIND_TEXT,
     .offset = offsetof(struct config_field, lookup.take),
     .required = true,
     .what = "Its column that stands in for it"},
    {0},
};

/* NOLINTBEGIN(bugprone-macro-parentheses): names of members and initializers */
#define FIELD(member) .offset = offsetof(struct config_field, member)
#define FIELD_COLUMNS                                                                              \
    .kind = KIND_LIST, FIELD(columns.string),                                                      \
    .count = offsetof(struct config_field, columns.count), .size = sizeof(char *),                 \
    .item = &one_text

#define FIELD_KEYS                                                                                 \
    {.name = "column", FIELD_COLUMNS, .what = "A column, or several to try in order"},             \
        {.name = "columns",                                                                        \
         FIELD_COLUMNS,                                                                            \
         .what = "The same: the first that the file has feeds the field; in XML, the first path "  \
                 "with a value"},                                                                  \
        {.name = "first_filled",                                                                   \
         .kind = KIND_YES,                                                                         \
         FIELD(first_filled),                                                                      \
         .fallback = "no",                                                                         \
         .what = "In each row the first of the columns with something in its cell feeds the "      \
                 "`replace`, feeds the field"},                                                    \
        {.name = "join",                                                                           \
         .kind = KIND_TEXT,                                                                        \
         FIELD(join),                                                                              \
         .what = "All the columns that exist, with this text between them"},                       \
        {.name = "until",                                                                          \
         .kind = KIND_LIST,                                                                        \
         FIELD(until.string),                                                                      \
         .count = offsetof(struct config_field, until.count),                                      \
         .size = sizeof(char *),                                                                   \
         .item = &one_text,                                                                        \
         .what = "The value ends before the first of these texts: of 12;17 the 12 counts"},        \
        {.name = "suffix",                                                                         \
         .kind = KIND_LIST,                                                                        \
         FIELD(suffix.string),                                                                     \
         .count = offsetof(struct config_field, suffix.count),                                     \
         .size = sizeof(char *),                                                                   \
         .item = &one_text,                                                                        \
         .what = "A column whose text, where it stands in parentheses behind the value, is no "    \
                 "part of it: Won (Sales Pipeline)"},                                              \
        {.name = "replace",                                                                        \
         .kind = KIND_ENTRIES,                                                                     \
         FIELD(replace.pair),                                                                      \
         .count = offsetof(struct config_field, replace.count),                                    \
         .size = sizeof(struct config_pair),                                                       \
         .item = &one_pair,                                                                        \
         .what = "Whole values as written -> what they stand for"},                                \
        {.name = "lookup",                                                                         \
         .kind = KIND_MAP,                                                                         \
         .keys = lookup_keys,                                                                      \
         .what = "The value is looked up in another file"},                                        \
    {                                                                                              \
        .name = "constant", .kind = KIND_TEXT, FIELD(constant),                                    \
        .what = "For cells that are still empty, or for all where no column exists"                \
    }

static const struct key otherwise_keys[] = {FIELD_KEYS, {0}};

static const struct key field_keys[] = {
    {.name = "field", .kind = KIND_TEXT, FIELD(name), .hidden = true},
    FIELD_KEYS,
    {.name = "otherwise",
     .kind = KIND_MAP,
     FIELD(otherwise),
     .keys = otherwise_keys,
     .brief = &otherwise_keys[1],
     .pointer = true,
     .bytes = sizeof(struct config_field),
     .place = offsetof(struct config_field, place),
     .check = check_field,
     .what = "Another mapping for cells that are still empty before `constant`"},
    {0},
};
const struct key keys_field = {
    .kind = KIND_MAP,
    .keys = field_keys,
    .brief = &field_keys[2],
    .place = offsetof(struct config_field, place),
    .check = check_field,
};

static const struct key drop_keys[] = {
    {.name = "column",
     .kind = KIND_TEXT,
     .offset = offsetof(struct config_drop, column),
     .required = true,
     .what = "A column; without it nothing is dropped"},
    {.name = "value",
     .kind = KIND_TEXT,
     .offset = offsetof(struct config_drop, value),
     .required = true,
     .what = "Rows with this value in it are no records, without case"},
    {0},
};
static const struct key one_drop = {.kind = KIND_MAP, .keys = drop_keys};

#define XML(member) .offset = offsetof(struct config_extract, xml.member)
static const struct key xml_keys[] = {
    {.name = "record",
     .kind = KIND_TEXT,
     XML(record),
     .what = "The path of a record: /rows/row, or //row at any depth; without namespaces"},
    {.name = "key",
     .kind = KIND_TEXT,
     XML(key),
     .what = "Fields are children that are named by this attribute"},
    {.name = "value",
     .kind = KIND_TEXT,
     XML(value),
     .what = "The attribute that holds such a field's value; its text where it lacks that"},
    {.name = "spreadsheet",
     .kind = KIND_YES,
     XML(spreadsheet),
     .fallback = "no",
     .what = "An Excel XML Spreadsheet 2003: the first row holds the names"},
    {.name = "where",
     .kind = KIND_TEXT,
     XML(where),
     .what = "Only records at or below an element with this attribute"},
    {.name = "equals", .kind = KIND_TEXT, XML(equals), .what = "and this value of it"},
    {0},
};

static const struct word delimiters[] = {
    {"comma", ',', NULL}, {"semicolon", ';', NULL}, {"tab", '\t', NULL}, {"pipe", '|', NULL},
    {"colon", ':', NULL}, {",", ',', NULL},         {";", ';', NULL},    {"\t", '\t', NULL},
    {"\\t", '\t', NULL},  {"|", '|', NULL},         {":", ':', NULL},    {0},
};

static const struct word decimals[] = {
    {".", '.', NULL}, {",", ',', NULL}, {"point", '.', NULL}, {"comma", ',', NULL}, {0}};

static const struct word groups[] = {
    {"comma", ',', NULL},  {"point", '.', NULL},
    {"space", ' ', NULL},  {"apostrophe", '\'', NULL},
    {"indian", 'i', NULL}, {",", ',', NULL},
    {".", '.', NULL},      {" ", ' ', NULL},
    {"'", '\'', NULL},     {0},
};

static const struct word forms[] = {
    {"states", HISTORY_STATES, NULL},
    {"fields", HISTORY_FIELDS, NULL},
    {"columns", HISTORY_COLUMNS, NULL},
    {0},
};

#define EXTRACT(member) .offset = offsetof(struct config_extract, member)
const struct key keys_extract[] = {
    {.name = "file",
     .kind = KIND_PATH,
     EXTRACT(file),
     .what =
         "A file, or a pattern for several: `*` any characters, `?` one; read in order of name"},
    {.name = "postgres",
     .kind = KIND_LINE,
     EXTRACT(postgres),
     .what =
         "Instead of a file a connection string or URI, without a password: that comes from the "
         "service file, PGPASSWORD or .pgpass"},
    {.name = "query",
     .kind = KIND_TEXT,
     EXTRACT(query),
     .what = "The query whose rows are read, with the canonical names or those of `map`"},
    {.name = "query_file",
     .kind = KIND_PATH,
     EXTRACT(query_file),
     .what = "The same from a file; ready ones stand in warehouse/"},
    {.name = "timeout",
     .kind = KIND_WHOLE,
     EXTRACT(timeout),
     .low = 1,
     .high = 86400,
     .fallback = "60",
     .what = "Seconds to wait for the server"},
    {.name = "preset",
     .kind = KIND_TEXT,
     EXTRACT(preset),
     .what =
         "The CRM it comes from: mapping and shape of a file of presets/, or the path of one of "
         "your own (with a `/`)"},
    {.name = "variant",
     .kind = KIND_TEXT,
     EXTRACT(variant),
     .what = "Which form of that CRM's exports; without it found by the name of the file"},
    {.name = "map",
     .kind = KIND_ENTRIES,
     EXTRACT(field),
     .count = offsetof(struct config_extract, field_count),
     .size = sizeof(struct config_field),
     .item = &keys_field,
     .what = "Canonical field -> column, or how else it is filled; a field that is not mapped is "
             "the column of its own name"},
    {.name = "drop",
     .kind = KIND_LIST,
     EXTRACT(drop),
     .count = offsetof(struct config_extract, drop_count),
     .size = sizeof(struct config_drop),
     .item = &one_drop,
     .what = "Rows that are not records: attendee copies, deleted rows"},
    {.name = "empty",
     .kind = KIND_LIST,
     EXTRACT(empty.string),
     .count = offsetof(struct config_extract, empty.count),
     .size = sizeof(char *),
     .item = &one_text,
     .what = "Cells with one of these texts, and nothing else, hold nothing: `null`, `#N/A`"},
    {.name = "encoding",
     .kind = KIND_LINE,
     EXTRACT(encoding),
     .what = "utf-8, utf-16le, windows-1252, ...; found from the file"},
    {.name = "delimiter",
     .kind = KIND_CHAR,
     EXTRACT(delimiter),
     .words = delimiters,
     .what = "Between cells; found from the file"},
    {.name = "decimal",
     .kind = KIND_CHAR,
     EXTRACT(decimal),
     .words = decimals,
     .what = "The decimal mark; found from the file"},
    {.name = "group",
     .kind = KIND_CHAR,
     EXTRACT(group),
     .words = groups,
     .what =
         "Between groups of digits; `indian`: commas after lakh and crore; found from the file"},
    {.name = "date_format",
     .kind = KIND_DATES,
     EXTRACT(date_format),
     .what = "The order of day, month and year: DD/MM/YYYY; found from the file, needed where two "
             "readings fit"},
    {.name = "excel_serials",
     .kind = KIND_YES,
     EXTRACT(excel_serials),
     .fallback = "no",
     .what = "Bare numbers in day columns are Excel's day numbers (1900)"},
    {.name = "xml", .kind = KIND_MAP, .keys = xml_keys, .what = "The shape of an XML file"},
    {.name = "form",
     .kind = KIND_WORD,
     EXTRACT(history_form),
     .words = forms,
     .fallback = "states",
     .what = "Of history. states: a row holds the deal after a change. fields: a row holds field, "
             "old, new. columns: a row is a deal, with a day column a stage"},
    {.name = "stage_column",
     .kind = KIND_LIST,
     EXTRACT(history_columns.string),
     .count = offsetof(struct config_extract, history_columns.count),
     .size = sizeof(char *),
     .item = &one_text,
     .what = "Of history in columns: the name of the columns with {stage} in it, Date entered "
             "\"{stage}\", or several; `*` stands for any text"},
    {.name = "field_names",
     .kind = KIND_ENTRIES,
     EXTRACT(field_names.pair),
     .count = offsetof(struct config_extract, field_names.count),
     .size = sizeof(struct config_pair),
     .item = &one_pair,
     .what = "Of history in fields: the CRM's field -> stage, amount, close, owner or category"},
    {0},
};

#define TABLE(id, says, must)                                                                      \
    {                                                                                              \
        .name = says, .kind = KIND_MAP, .offset = offsetof(struct config, extract[id]),            \
        .keys = keys_extract, .brief = &keys_extract[0], .required = must,                         \
        .given = offsetof(struct config, extract[id].present),                                     \
        .place = offsetof(struct config_extract, place), .check = check_extract,                   \
        .what = "The file of " says ", or how they are read"                                       \
    }
const struct key keys_extracts[] = {
    TABLE(TABLE_SELLERS, "sellers", true),
    TABLE(TABLE_TEAMS, "teams", false),
    TABLE(TABLE_ACCOUNTS, "accounts", false),
    TABLE(TABLE_CONTACTS, "contacts", false),
    TABLE(TABLE_DEALS, "deals", true),
    TABLE(TABLE_HISTORY, "history", false),
    TABLE(TABLE_ACTIVITIES, "activities", false),
    TABLE(TABLE_LEADS, "leads", false),
    TABLE(TABLE_QUOTAS, "quotas", false),
    TABLE(TABLE_CALLS, "calls", false),
    {0},
};
/* NOLINTEND(bugprone-macro-parentheses) */

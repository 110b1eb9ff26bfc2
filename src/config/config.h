/* config: one YAML file as one plain struct, read by every later stage.
 *
 * All strings are UTF-8, NUL-terminated and live in the config's arena. Paths are relative to the
 * folder of the config file and stand here already joined to it. Absent things are NULL, 0 or the
 * stated default; the table of keys (keys.c) is the one place that knows names, kinds, defaults,
 * limits and descriptions, and gives loading, checking, JSON Schema, config/README.md, the man
 * page and the did-you-mean hints. */
#ifndef SEFPACK_CONFIG_CONFIG_H
#define SEFPACK_CONFIG_CONFIG_H

#include "arena.h"
#include "buf.h"
#include "day.h"
#include "diag.h"
#include "number.h"
#include "table.h"

#include <stdbool.h>
#include <stdint.h>

enum outcome { OUTCOME_OPEN, OUTCOME_WON, OUTCOME_LOST, OUTCOME_NO_DECISION, OUTCOME_DISQUALIFIED };

enum category {
    CATEGORY_NONE,
    CATEGORY_OMITTED,
    CATEGORY_PIPELINE,
    CATEGORY_BEST,
    CATEGORY_COMMIT
};

struct config_stage {
    const char *name;
    const char *const *aliases; /* other spellings in the extracts; stage_aliases of them */
    uint32_t alias_count;
    enum outcome outcome;
    bool qualified; /* meaningful on open stages only */
    enum category category;
    bool has_probability;
    double probability; /* 0..1 */
};

struct config_pair {
    const char *from, *to;
};

struct config_pairs {
    uint32_t count;
    const struct config_pair *pair;
};

struct config_strings {
    uint32_t count;
    const char *const *string;
};

/* How one canonical field is filled. Columns are tried in order; the first that the file HAS feeds
 * the field; where `first_filled`, the first column with a non-empty cell in the row does. The
 * constant fills empty cells, or all where there is no column. */
struct config_field {
    const char *name; /* canonical */
    struct config_strings columns;
    struct config_strings suffix; /* columns: their text in parentheses is left away at the end */
    struct config_strings until;  /* texts before the first of which the value ends */
    bool first_filled;
    const char *constant;        /* or NULL */
    struct config_pairs replace; /* whole values, as written */
    struct {                     /* or file NULL: value := take of the row whose key equals value */
        const char *file, *key, *take;
    } lookup;
    const struct config_field *otherwise; /* or NULL: another mapping for cells still empty */
    const char
        *join; /* or NULL: all columns that exist joined by this ("First Name" + "Last Name") */
    struct place place;
};

/* A stage-history column of a deals-like file: `Date entered "{stage}"`. */
enum history_form {
    HISTORY_STATES,  /* a row holds the state after the change */
    HISTORY_FIELDS,  /* a row holds field, old, new */
    HISTORY_COLUMNS, /* one row a deal, one day column a stage */
};

struct config_drop { /* rows that are not records: attendee copies, deleted rows */
    const char *column, *value;
};

struct config_extract {
    bool present;
    const char *file;             /* path or glob, or NULL */
    const char *postgres, *query; /* connection string and query, or NULL */
    const char *query_file;       /* where the query was read from, or NULL */
    unsigned timeout;             /* seconds for postgres [60] */
    const char *preset;           /* name, already merged into the fields below; for messages */
    const char *variant;          /* of the preset, as configured, or NULL */
    const char *encoding;         /* NULL: found from the file */
    char delimiter;               /* 0: found */
    char decimal;                 /* 0: found */
    char group;                   /* 0: found */
    bool indian_groups;
    const char *date_format; /* NULL: found; e.g. DD/MM/YYYY; see config/README.md */
    bool excel_serials;      /* bare numbers in day columns are Excel serials (1900) */
    struct {
        const char *record;      /* path, e.g. /rows/row; NULL: CSV by name, XML by .xml */
        const char *key, *value; /* key/value children: attribute names (`name`, `value`) or NULL */
        bool spreadsheet;        /* Excel XML Spreadsheet 2003 */
        const char *where,
            *equals; /* only below an ancestor whose attribute `where` has that value */
    } xml;
    uint32_t field_count;
    const struct config_field *field;
    uint32_t drop_count;
    const struct config_drop *drop;
    struct config_strings empty;           /* texts of cells that hold nothing */
    enum history_form history_form;        /* of the history extract */
    struct config_strings history_columns; /* HISTORY_COLUMNS: patterns with {stage}, and `*` */
    struct config_pairs
        field_names; /* HISTORY_FIELDS: CRM field -> stage, amount, close, owner, category */
    struct place place;
};

enum rule_word { RULE_OFF, RULE_FLAG, RULE_FATAL };

/* The integrity flags, in the order in which a deal's primary flag is found. */
enum flag {
    FLAG_PAST_CLOSE,
    FLAG_NO_AMOUNT,
    FLAG_ZOMBIE,
    FLAG_NO_CLOSE,
    FLAG_OWNER_LEFT,
    FLAG_SILENT,
    FLAG_NO_NEXT_STEP,
    FLAG_AGED,
    FLAG_PUSHED,
    FLAG_TOO_SOON,
    FLAG_SINGLE_THREADED,
    FLAG_DUPLICATE,
    FLAG_WEAK_QUALIFICATION,
    FLAG_COUNT
};

extern const char *const config_flag_names[FLAG_COUNT];

struct config_rule {
    enum rule_word word;
    int days, times; /* where the flag has them */
};

enum pack_each { PACK_SCOPE, PACK_EACH_TEAM, PACK_EACH_SELLER };
enum { FORMAT_HTML = 1, FORMAT_PDF = 2, FORMAT_EML = 4, FORMAT_DUMP = 8 };

struct config_pack {
    enum pack_each each;
    const char *scope;    /* PACK_SCOPE: "company" or a team's or seller's id */
    const char *template; /* templates/packs/<template>.yaml */
    unsigned formats;
    bool left;          /* also for sellers who left [no] */
    const char *locale; /* or NULL: the run's */
};

struct config_rate {
    char currency[4];
    struct decimal rate; /* reporting units for one foreign unit */
};

struct config_preset {
    const char *name; /* as the config names it */
    char hash[65];    /* SHA-256 of its file */
};

struct config {
    struct arena *arena;
    const char *path, *folder;
    char hash[65]; /* SHA-256 of the file's bytes */
    int version;   /* 1 */
    uint32_t preset_count;
    const struct config_preset *preset; /* those that are laid under extracts */

    const char *company;
    day as_of;
    enum period_kind period;
    int fiscal_year_starts; /* 1..12 */
    char currency[4];
    int currency_digits;
    uint32_t rate_count;
    const struct config_rate *rate;
    const char *locale;   /* BCP 47 [en-GB] */
    const char *timezone; /* IANA [UTC] */

    uint32_t stage_count;
    const struct config_stage *stage;
    struct config_pairs segments; /* CRM type -> new | expansion | renewal, the type as written */
    struct {                      /* whole words of a title, without case */
        struct config_strings executive, director, manager, staff;
    } levels;
    struct config_strings qualification; /* letters' field names, in order */
    struct config_extract extract[TABLE_COUNT];
    struct { /* an earlier state of the deals */
        bool present;
        day day;
        struct config_extract deals;
    } previous;

    struct config_rule rule[FLAG_COUNT];

    struct {
        double prior_strength, prior_win_rate; /* 20, 0.25 */
        double shrink_deals;                   /* 10 */
        int curve_days, curve_minimum;         /* 1095, 20 */
        int prior_cycle_days, zombie_minimum;  /* 90, 10 */
    } estimates;
    struct {
        struct config_strings two_way_outcomes; /* held, connected, replied */
        struct config_strings two_way_types;    /* meeting, demo */
        int advance_days, repeat_meetings;      /* 14, 5 */
        double capture_minimum;                 /* 0.6 */
    } engagement;
    struct {
        int worked_days, list; /* 90, 10 */
    } territory;
    double strategic_times_average; /* 3 */
    double flat_multiple;           /* 3 */
    struct {
        int concurrent_deals;  /* 20 */
        double creation_times; /* 2 */
        double too_late_below; /* 0.05 */
    } capacity;
    double correlation; /* 0..0.6 [0] */
    uint32_t what_if_count;
    const double *what_if_win_rate; /* default one: 0.5 */
    uint32_t ramp_count;
    const double *ramp; /* shares of quota by quarter of tenure */
    struct {
        int most, minimum_n; /* 5, 10 */
    } findings;
    struct {
        uint64_t seed;
        int draws;
    } luck; /* 1, 2000 */
    struct {
        double rejected_share; /* 0.01; --strict: 0 */
        int64_t rejected_rows; /* -1: none */
    } limits;

    uint32_t pack_count;
    const struct config_pack *pack;
    struct {
        const char *from, *reply_to, *to; /* to: manager | seller | file */
        const char *recipients;           /* CSV (scope, address, formats, language) or NULL */
        struct config_strings allow;      /* domains */
        int64_t attachment_limit;         /* bytes [15 MiB] */
        bool attach_html;
        const char *smtp;    /* smtp://host:port, smtps://... or NULL */
        const char *tls;     /* auto | required */
        const char *ca_file; /* certificates to trust in place of the system's, or NULL */
        const char *user, *user_env, *password_env, *password_file;
        int per_minute;             /* 60 */
        int retries, retry_seconds; /* 3, 30 */
        bool stop_on_failure;
    } mail;
    struct {
        const char *accent, *logo;
        const char *templates;                  /* a folder of the user's own templates, or NULL */
        const char *classification, *watermark; /* or NULL */
        const char *paper;                      /* A4 | Letter */
    } theme;
    struct {
        const char *dir;     /* out */
        const char *history; /* <dir>/history.sqlite; NULL when memory is off */
        int keep;            /* runs kept in memory, 0 = all */
    } out;
};

/* Reads, checks and completes a config. All faults of the file are reported (exit code 4). NULL
 * when there was any. `sets` are key=value from --set; `presets` is the folder of preset files.
 * The caller frees with config_free. */
struct config *
config_load(const char *path, const char *presets, uint32_t set_count, const char *const *sets,
            struct diag *diag);

void
config_free(struct config *config);

/* The index of a stage by name or alias as written; -1 when not configured. */
int
config_find_stage(const struct config *config, struct text name);

/* The JSON Schema of the config, and config/README.md: both from the table of keys. */
void
config_write_schema(struct buf *out);

void
config_write_reference(struct buf *out);

/* The man page sefpack-config.5, from the same table. */
void
config_write_manual(struct buf *out);

/* The canonical fields of a table, '*' removed; config_fields_required says which are required. */
struct config_canonical {
    const char *name;
    bool required;
    const char *what; /* one line for documentation */
};

extern const struct config_canonical
    *const config_canonical_fields[TABLE_COUNT]; /* name NULL ends */

#endif

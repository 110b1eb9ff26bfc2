#include "keys.h"

#include "check.h"
#include "config.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* NOLINTBEGIN(bugprone-macro-parentheses): names of members and initializers */
#define AT(member) .offset = offsetof(struct config, member)

/* Strings of one kind into a struct config_strings. */
#define STRINGS(type, member, of)                                                                  \
    .kind = KIND_LIST, .offset = offsetof(type, member.string),                                    \
    .count = offsetof(type, member.count), .size = sizeof(char *), .item = &(of)

static const struct key one_text = {.kind = KIND_TEXT};
static const struct key one_share = {.kind = KIND_REAL, .low = 0, .high = 1};

#define CALENDAR "calendars of weeks are not supported, only fiscal periods of whole months"

static const struct word periods[] = {
    {"month", PERIOD_MONTH, NULL},
    {"quarter", PERIOD_QUARTER, NULL},
    {"half", PERIOD_HALF, NULL},
    {"year", PERIOD_YEAR, NULL},
    {"4-4-5", 0, "four-four-five " CALENDAR},
    {"445", 0, "four-four-five " CALENDAR},
    {"four-four-five", 0, "four-four-five " CALENDAR},
    {"4-5-4", 0, "four-five-four " CALENDAR},
    {"5-4-4", 0, "five-four-four " CALENDAR},
    {"13", 0, "thirteen-period " CALENDAR},
    {"thirteen", 0, "thirteen-period " CALENDAR},
    {"thirteen-period", 0, "thirteen-period " CALENDAR},
    {0},
};

static const struct word outcomes[] = {
    {"open", OUTCOME_OPEN, NULL},
    {"won", OUTCOME_WON, NULL},
    {"lost", OUTCOME_LOST, NULL},
    {"no_decision", OUTCOME_NO_DECISION, NULL},
    {"disqualified", OUTCOME_DISQUALIFIED, NULL},
    {0},
};

static const struct word categories[] = {
    {"omitted", CATEGORY_OMITTED, NULL},
    {"pipeline", CATEGORY_PIPELINE, NULL},
    {"best", CATEGORY_BEST, NULL},
    {"commit", CATEGORY_COMMIT, NULL},
    {0},
};

#define STAGE(member) .offset = offsetof(struct config_stage, member)
static const struct key stage_keys[] = {
    {.name = "name",
     .kind = KIND_TEXT,
     STAGE(name),
     .required = true,
     .what = "The stage as the deals write it"},
    {.name = "aliases",
     .kind = KIND_LIST,
     STAGE(aliases),
     .count = offsetof(struct config_stage, alias_count),
     .size = sizeof(char *),
     .item = &one_text,
     .what = "Other spellings of it in the extracts"},
    {.name = "outcome",
     .kind = KIND_WORD,
     STAGE(outcome),
     .words = outcomes,
     .required = true,
     .what = "What a deal in this stage is"},
    {.name = "qualified",
     .kind = KIND_YES,
     STAGE(qualified),
     .fallback = "no",
     .what = "Open deals here are pipeline; before it they are prospecting"},
    {.name = "category",
     .kind = KIND_WORD,
     STAGE(category),
     .words = categories,
     .what = "The forecast category of open deals that have none of their own"},
    {.name = "probability",
     .kind = KIND_REAL,
     STAGE(probability),
     .given = offsetof(struct config_stage, has_probability),
     .low = 0,
     .high = 1,
     .what = "The CRM's chance of winning, for contrast only"},
    {0},
};
static const struct key one_stage = {.kind = KIND_MAP, .keys = stage_keys};

static const struct key rate_keys[] = {
    {.name = "currency",
     .kind = KIND_CURRENCY,
     .offset = offsetof(struct config_rate, currency),
     .what = "A code of ISO 4217"},
    {.name = "rate",
     .kind = KIND_RATE,
     .offset = offsetof(struct config_rate, rate),
     .required = true,
     .what = "Reporting units for one unit of it"},
    {0},
};
static const struct key one_rate = {.kind = KIND_MAP, .keys = rate_keys, .brief = &rate_keys[1]};

static const struct key currency_keys[] = {
    {.name = "report",
     .kind = KIND_CURRENCY,
     AT(currency),
     .required = true,
     .what = "The currency of every figure, a code of ISO 4217"},
    {.name = "rates",
     .kind = KIND_ENTRIES,
     AT(rate),
     .count = offsetof(struct config, rate_count),
     .size = sizeof(struct config_rate),
     .item = &one_rate,
     .what = "Reporting units for one foreign unit, exact decimals of at most 9 places; a deal in "
             "a currency without a rate is rejected"},
    {0},
};

static const struct word segments[] = {
    {"new", 0, NULL},
    {"expansion", 1, NULL},
    {"renewal", 2, NULL},
    {0},
};

static const struct key segment_keys[] = {
    {.name = "type",
     .kind = KIND_TEXT,
     .offset = offsetof(struct config_pair, from),
     .what = "A deal's type as written in the CRM"},
    {.name = "segment",
     .kind = KIND_TEXT,
     .offset = offsetof(struct config_pair, to),
     .words = segments,
     .required = true,
     .what = "What it counts as"},
    {0},
};
static const struct key one_segment = {
    .kind = KIND_MAP, .keys = segment_keys, .brief = &segment_keys[1]};

#define LEVEL(level, says)                                                                         \
    {                                                                                              \
        .name = #level, STRINGS(struct config, levels.level, one_text), .what = says               \
    }
static const struct key level_keys[] = {
    LEVEL(executive, "Words of an executive's title"),
    LEVEL(director, "Words of a director's title"),
    LEVEL(manager, "Words of a manager's title"),
    LEVEL(staff, "Words of other titles"),
    {0},
};

static const struct key previous_keys[] = {
    {.name = "day",
     .kind = KIND_DAY,
     AT(previous.day),
     .required = true,
     .what = "The day that state speaks of"},
    {.name = "deals",
     .kind = KIND_MAP,
     AT(previous.deals),
     .keys = keys_extract,
     .brief = &keys_extract[0],
     .required = true,
     .place = offsetof(struct config_extract, place),
     .check = check_extract,
     .what = "The deals of that day: a file, read like extracts.deals, or an extract of its own"},
    {0},
};

const struct key keys_config[] = {
    {.name = "version",
     .kind = KIND_WHOLE,
     AT(version),
     .low = 1,
     .high = 1,
     .fallback = "1",
     .what = "The version of this format"},
    {.name = "company",
     .kind = KIND_LINE,
     AT(company),
     .required = true,
     .what = "The name on the covers"},
    {.name = "as_of",
     .kind = KIND_DAY,
     AT(as_of),
     .required = true,
     .what = "The day the extracts speak of"},
    {.name = "period",
     .kind = KIND_WORD,
     AT(period),
     .words = periods,
     .fallback = "quarter",
     .what = "The fiscal period that quotas and forecasts are about"},
    {.name = "fiscal_year_starts",
     .kind = KIND_WHOLE,
     AT(fiscal_year_starts),
     .low = 1,
     .high = 12,
     .fallback = "1",
     .what = "The first month of the fiscal year"},
    {.name = "currency",
     .kind = KIND_MAP,
     .keys = currency_keys,
     .brief = &currency_keys[0],
     .required = true,
     .what = "The reporting currency and the run's locked rates"},
    {.name = "locale",
     .kind = KIND_LOCALE,
     AT(locale),
     .fallback = "en-GB",
     .what = "Language and region: numbers, dates, sorting"},
    {.name = "timezone",
     .kind = KIND_LINE,
     AT(timezone),
     .fallback = "UTC",
     .what = "The IANA zone in which a time stamp is cut to its day"},
    {.name = "stages",
     .kind = KIND_LIST,
     AT(stage),
     .count = offsetof(struct config, stage_count),
     .size = sizeof(struct config_stage),
     .item = &one_stage,
     .required = true,
     .what = "The stages of a deal, in order; without them those of the preset of the deals"},
    {.name = "segments",
     .kind = KIND_ENTRIES,
     AT(segments.pair),
     .count = offsetof(struct config, segments.count),
     .size = sizeof(struct config_pair),
     .item = &one_segment,
     .what = "A deal's type as written -> new, expansion or renewal; other types are new"},
    {.name = "levels",
     .kind = KIND_MAP,
     .keys = level_keys,
     .what = "Whole words of a contact's title, without case, where the level is not known"},
    {.name = "qualification",
     STRINGS(struct config, qualification, one_text),
     .what = "Further fields of deals, each 0..3: the letters of the qualification method"},
    {.name = "extracts",
     .kind = KIND_MAP,
     .keys = keys_extracts,
     .required = true,
     .what = "The ten tables and where each is read"},
    {.name = "previous",
     .kind = KIND_MAP,
     .keys = previous_keys,
     .given = offsetof(struct config, previous.present),
     .what = "An earlier state of the deals, for the movement of the pipeline"},
    {.name = "rules",
     .kind = KIND_MAP,
     .keys = keys_rules,
     .what = "The integrity flags of open deals: `off`, `flag` or `fatal` (a fatal flag takes the "
             "deal out of the clean pipeline), or thresholds with `fatal: yes` or `no`"},
    {.name = "estimates",
     .kind = KIND_MAP,
     .keys = keys_estimates,
     .what = "How rates and times are estimated"},
    {.name = "engagement",
     .kind = KIND_MAP,
     .keys = keys_engagement,
     .what = "What counts as a two-way conversation"},
    {.name = "territory", .kind = KIND_MAP, .keys = keys_territory, .what = "Work on accounts"},
    {.name = "strategic",
     .kind = KIND_MAP,
     .keys = keys_strategic,
     .what = "Which deals are told with their story"},
    {.name = "coverage",
     .kind = KIND_MAP,
     .keys = keys_coverage,
     .what = "The flat multiple that the own need is held against"},
    {.name = "capacity",
     .kind = KIND_MAP,
     .keys = keys_capacity,
     .what = "What a seller can do within a period"},
    {.name = "forecast",
     .kind = KIND_MAP,
     .keys = keys_forecast,
     .what = "The distribution of the forecast"},
    {.name = "what_if",
     .kind = KIND_LIST,
     AT(what_if_win_rate),
     .count = offsetof(struct config, what_if_count),
     .size = sizeof(double),
     .item = &keys_scenario,
     .fallback = "[{win_rate: 0.5}]",
     .what = "Scenarios: what if the win rate were"},
    {.name = "ramp",
     .kind = KIND_LIST,
     AT(ramp),
     .count = offsetof(struct config, ramp_count),
     .size = sizeof(double),
     .item = &one_share,
     .what = "Shares of the quota by quarter of a seller's tenure; full quota after the last"},
    {.name = "findings",
     .kind = KIND_MAP,
     .keys = keys_findings,
     .what = "Which findings a pack tells"},
    {.name = "luck",
     .kind = KIND_MAP,
     .keys = keys_luck,
     .what = "The comparison of results with mere luck"},
    {.name = "limits",
     .kind = KIND_MAP,
     .keys = keys_limits,
     .what = "How many rejected rows a run may have; beyond: exit 5, nothing published"},
    {.name = "packs",
     .kind = KIND_LIST,
     AT(pack),
     .count = offsetof(struct config, pack_count),
     .size = sizeof(struct config_pack),
     .item = &keys_pack,
     .fallback = "[{each: team}, {each: seller}, {scope: company}]",
     .what = "The packs to write"},
    {.name = "mail",
     .kind = KIND_MAP,
     .keys = keys_mail,
     .what = "The mail that carries the packs; nothing is sent but by `sefpack send`"},
    {.name = "theme", .kind = KIND_MAP, .keys = keys_theme, .what = "How the packs look"},
    {.name = "out", .kind = KIND_MAP, .keys = keys_out, .what = "Where the packs are written"},
    {0},
};

const struct key *
keys_find(const struct key *keys, const char *name)
{
    for (; keys->name; keys++)
        if (!keys->hidden && strcmp(keys->name, name) == 0)
            return keys;
    return NULL;
}

const struct word *
keys_next_told(const struct word *word)
{
    static const struct word end;
    while (word->name && !word->refused && !isalpha((unsigned char)word->name[0]))
        word++;
    return word->refused ? &end : word;
}

void
keys_list_words(const struct word *words, char *out, size_t room)
{
    size_t length = 0;
    bool is_first = true;
    out[0] = 0;
    while ((words = keys_next_told(words))->name) {
        const struct word *word = words++;
        const char *joint = is_first ? "" : keys_next_told(words)->name ? ", " : " or ";
        int more = snprintf(out + length, room - length, "%s%s", joint, word->name);
        if (more < 0 || (size_t)more >= room - length)
            return;
        length += (size_t)more;
        is_first = false;
    }
}
/* NOLINTEND(bugprone-macro-parentheses) */

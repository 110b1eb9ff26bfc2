/* The keys of the smaller sections: thresholds, packs, mail, theme, output. */
#include "keys.h"

#include "check.h"
#include "config.h"

/* NOLINTBEGIN(bugprone-macro-parentheses): names of members and initializers */
#define AT(member) .offset = offsetof(struct config, member)
#define STRINGS(member, of)                                                                        \
    .kind = KIND_LIST, .offset = offsetof(struct config, member.string),                           \
    .count = offsetof(struct config, member.count), .size = sizeof(char *), .item = &(of)

static const struct key one_text = {.kind = KIND_TEXT};
static const struct key one_domain = {.kind = KIND_DOMAIN};

static const struct word unlimited[] = {{"none", -1, NULL}, {0}};
static const struct word none[] = {{"off", 0, NULL}, {0}};
static const struct word addressees[] = {
    {"manager", 0, NULL}, {"seller", 0, NULL}, {"file", 0, NULL}, {0}};
static const struct word tls_words[] = {{"auto", 0, NULL}, {"required", 0, NULL}, {0}};
static const struct word papers[] = {{"A4", 0, NULL}, {"Letter", 0, NULL}, {0}};

static const struct word rule_words[] = {
    {"off", RULE_OFF, NULL}, {"flag", RULE_FLAG, NULL}, {"fatal", RULE_FATAL, NULL}, {0}};
static const struct word fatal_words[] = {{"yes", RULE_FATAL, NULL},
                                          {"no", RULE_FLAG, NULL},
                                          {"true", RULE_FATAL, NULL},
                                          {"false", RULE_FLAG, NULL},
                                          {0}};

/* The word of a rule is hidden: it is written in place of the mapping. Its default is the flag's.
 */
#define RULE_KEYS(default_word)                                                                    \
    {.name = "word",                                                                               \
     .kind = KIND_WORD,                                                                            \
     .offset = offsetof(struct config_rule, word),                                                 \
     .words = rule_words,                                                                          \
     .fallback = default_word,                                                                     \
     .hidden = true},                                                                              \
    {                                                                                              \
        .name = "fatal", .kind = KIND_WORD, .offset = offsetof(struct config_rule, word),          \
        .words = fatal_words, .what = "The flag takes the deal out of the clean pipeline"          \
    }
#define RULE_DAYS(days_default)                                                                    \
    {                                                                                              \
        .name = "days", .kind = KIND_WHOLE, .offset = offsetof(struct config_rule, days),          \
        .low = 0, .high = 36500, .fallback = days_default, .what = "Its threshold in days"         \
    }
#define RULE_TIMES(times_default)                                                                  \
    {                                                                                              \
        .name = "times", .kind = KIND_WHOLE, .offset = offsetof(struct config_rule, times),        \
        .low = 1, .high = 1000, .fallback = times_default, .what = "Its threshold in times"        \
    }

static const struct key rule_fatal[] = {RULE_KEYS("fatal"), {0}};
static const struct key rule_flag[] = {RULE_KEYS("flag"), {0}};
static const struct key rule_fatal_days[] = {RULE_KEYS("fatal"), RULE_DAYS("30"), {0}};
static const struct key rule_flag_days[] = {RULE_KEYS("flag"), RULE_DAYS("60"), {0}};
static const struct key rule_pushed[] = {RULE_KEYS("flag"), RULE_DAYS("90"), RULE_TIMES("3"), {0}};

#define RULE(id, says, of, about)                                                                  \
    {                                                                                              \
        .name = says, .kind = KIND_MAP, .offset = offsetof(struct config, rule[id]), .keys = of,   \
        .brief = &(of)[0], .what = about                                                           \
    }
const struct key keys_rules[] = {
    RULE(FLAG_PAST_CLOSE, "past_close", rule_fatal, "The expected close is over"),
    RULE(FLAG_NO_AMOUNT, "no_amount", rule_fatal, "No amount, or none above 0"),
    RULE(FLAG_ZOMBIE, "zombie", rule_fatal_days,
         "Older than 95 of 100 wins were, or more than [days] past the expected close"),
    RULE(FLAG_NO_CLOSE, "no_close", rule_fatal, "No expected close"),
    RULE(FLAG_OWNER_LEFT, "owner_left", rule_fatal, "The owner has left"),
    RULE(FLAG_SILENT, "silent", rule_fatal_days, "No two-way activity in [days]"),
    RULE(FLAG_NO_NEXT_STEP, "no_next_step", rule_flag, "No next step, or one that is over"),
    RULE(FLAG_AGED, "aged", rule_flag, "Longer in its stage than 90 of 100 won deals were"),
    RULE(FLAG_PUSHED, "pushed", rule_pushed,
         "The close moved later [times] or more, or by more than [days] in all"),
    RULE(FLAG_TOO_SOON, "too_soon", rule_flag, "A close sooner than 9 of 10 wins took"),
    RULE(FLAG_SINGLE_THREADED, "single_threaded", rule_flag_days,
         "Fewer than two contacts reached in [days], late in the stages"),
    RULE(FLAG_DUPLICATE, "duplicate", rule_flag, "One account and amount with another open deal"),
    RULE(FLAG_WEAK_QUALIFICATION, "weak_qualification", rule_flag,
         "A letter at 0, late in the stages"),
    {0},
};

const struct key keys_estimates[] = {
    {.name = "prior_strength",
     .kind = KIND_REAL,
     AT(estimates.prior_strength),
     .low = 0.001,
     .high = 1000000,
     .fallback = "20",
     .what = "Strength of the prior of win rates, in deals, where the sellers are too few to tell"},
    {.name = "prior_win_rate",
     .kind = KIND_REAL,
     AT(estimates.prior_win_rate),
     .low = 0.001,
     .high = 0.999,
     .fallback = "0.25",
     .what = "The win rate of a company without a decided deal"},
    {.name = "shrink_deals",
     .kind = KIND_REAL,
     AT(estimates.shrink_deals),
     .low = 0,
     .high = 1000000,
     .fallback = "10",
     .what = "Company deals that are added to a seller's own mean size and cycle"},
    {.name = "curve_days",
     .kind = KIND_WHOLE,
     AT(estimates.curve_days),
     .low = 30,
     .high = 36500,
     .fallback = "1095",
     .what = "Deals qualified within so many days before as_of make the curves"},
    {.name = "curve_minimum",
     .kind = KIND_WHOLE,
     AT(estimates.curve_minimum),
     .low = 1,
     .high = 1000000,
     .fallback = "20",
     .what = "Fewer decided deals than this: the exponential curve"},
    {.name = "prior_cycle_days",
     .kind = KIND_WHOLE,
     AT(estimates.prior_cycle_days),
     .low = 1,
     .high = 36500,
     .fallback = "90",
     .what = "Mean days of that exponential curve"},
    {.name = "zombie_minimum",
     .kind = KIND_WHOLE,
     AT(estimates.zombie_minimum),
     .low = 1,
     .high = 1000000,
     .fallback = "10",
     .what = "Fewer wins than this: no zombie by age"},
    {0},
};

const struct key keys_engagement[] = {
    {.name = "two_way_outcomes",
     STRINGS(engagement.two_way_outcomes, one_text),
     .fallback = "[held, connected, replied]",
     .what = "Outcomes that make an activity two-way, without case"},
    {.name = "two_way_types",
     STRINGS(engagement.two_way_types, one_text),
     .fallback = "[meeting, demo]",
     .what = "Types that are two-way when the outcome is empty or held"},
    {.name = "advance_days",
     .kind = KIND_WHOLE,
     AT(engagement.advance_days),
     .low = 1,
     .high = 3650,
     .fallback = "14",
     .what = "A meeting advanced its deal when a later stage follows within so many days"},
    {.name = "repeat_meetings",
     .kind = KIND_WHOLE,
     AT(engagement.repeat_meetings),
     .low = 1,
     .high = 1000000,
     .fallback = "5",
     .what = "Met so many times already: a repeat"},
    {.name = "capture_minimum",
     .kind = KIND_REAL,
     AT(engagement.capture_minimum),
     .low = 0,
     .high = 1,
     .fallback = "0.6",
     .what = "Below this share of won deals with a logged activity the log counts as partial"},
    {0},
};

const struct key keys_territory[] = {
    {.name = "worked_days",
     .kind = KIND_WHOLE,
     AT(territory.worked_days),
     .low = 1,
     .high = 3650,
     .fallback = "90",
     .what = "An account with a two-way activity in so many days is worked"},
    {.name = "list",
     .kind = KIND_WHOLE,
     AT(territory.list),
     .low = 0,
     .high = 1000,
     .fallback = "10",
     .what = "Accounts in the list of white space"},
    {0},
};

const struct key keys_strategic[] = {
    {.name = "times_average",
     .kind = KIND_REAL,
     AT(strategic_times_average),
     .low = 0,
     .high = 1000000,
     .fallback = "3",
     .what = "A deal of so many times the average won size is strategic"},
    {0},
};

const struct key keys_coverage[] = {
    {.name = "flat_multiple",
     .kind = KIND_REAL,
     AT(flat_multiple),
     .low = 0,
     .high = 1000000,
     .fallback = "3",
     .what = "The multiple"},
    {0},
};

const struct key keys_capacity[] = {
    {.name = "concurrent_deals",
     .kind = KIND_WHOLE,
     AT(capacity.concurrent_deals),
     .low = 1,
     .high = 1000000,
     .fallback = "20",
     .what = "Open deals a seller can work at once"},
    {.name = "creation_times",
     .kind = KIND_REAL,
     AT(capacity.creation_times),
     .low = 0,
     .high = 1000000,
     .fallback = "2",
     .what = "Times the recent quarter's creation that a seller can reach"},
    {.name = "too_late_below",
     .kind = KIND_REAL,
     AT(capacity.too_late_below),
     .low = 0,
     .high = 1,
     .fallback = "0.05",
     .what = "Below this chance of winning in time a new deal is too late"},
    {0},
};

const struct key keys_forecast[] = {
    {.name = "correlation",
     .kind = KIND_REAL,
     AT(correlation),
     .low = 0,
     .high = 0.6,
     .fallback = "0",
     .what = "Of deals with each other, by one common factor"},
    {0},
};

const struct key keys_findings[] = {
    {.name = "most",
     .kind = KIND_WHOLE,
     AT(findings.most),
     .low = 0,
     .high = 100,
     .fallback = "5",
     .what = "Findings on a summary"},
    {.name = "minimum_n",
     .kind = KIND_WHOLE,
     AT(findings.minimum_n),
     .low = 1,
     .high = 1000000,
     .fallback = "10",
     .what = "Evidence that a finding needs"},
    {0},
};

const struct key keys_luck[] = {
    {.name = "seed",
     .kind = KIND_LONG,
     AT(luck.seed),
     .low = 0,
     .high = 9000000000000000000,
     .fallback = "1",
     .what = "Seed of the draws"},
    {.name = "draws",
     .kind = KIND_WHOLE,
     AT(luck.draws),
     .low = 1,
     .high = 1000000,
     .fallback = "2000",
     .what = "Draws"},
    {0},
};

const struct key keys_limits[] = {
    {.name = "rejected_share",
     .kind = KIND_REAL,
     AT(limits.rejected_share),
     .low = 0,
     .high = 1,
     .fallback = "0.01",
     .what = "Share of the rows read"},
    {.name = "rejected_rows",
     .kind = KIND_LONG,
     AT(limits.rejected_rows),
     .low = 0,
     .high = 9000000000000000000,
     .words = unlimited,
     .fallback = "none",
     .what = "Rows; none: no limit"},
    {0},
};

static const struct key scenario_keys[] = {
    {.name = "win_rate",
     .kind = KIND_REAL,
     .low = 0.001,
     .high = 1,
     .required = true,
     .what = "The win rate of the scenario"},
    {0},
};
const struct key keys_scenario = {
    .kind = KIND_MAP, .keys = scenario_keys, .brief = &scenario_keys[0]};

static const struct word eaches[] = {
    {"team", PACK_EACH_TEAM, NULL}, {"seller", PACK_EACH_SELLER, NULL}, {0}};
static const struct word formats[] = {{"html", FORMAT_HTML, NULL},
                                      {"pdf", FORMAT_PDF, NULL},
                                      {"eml", FORMAT_EML, NULL},
                                      {"dump", FORMAT_DUMP, NULL},
                                      {0}};

#define PACK(member) .offset = offsetof(struct config_pack, member)
static const struct key pack_keys[] = {
    {.name = "each",
     .kind = KIND_WORD,
     PACK(each),
     .words = eaches,
     .what = "One pack for every team or every seller, or"},
    {.name = "scope",
     .kind = KIND_LINE,
     PACK(scope),
     .what = "one for this scope: `company`, or the id of a team or a seller"},
    {.name = "template",
     .kind = KIND_LINE,
     PACK(template),
     .what = "What is in it: templates/packs/<template>.yaml; without it team, seller or board"},
    {.name = "formats",
     .kind = KIND_WORDS,
     PACK(formats),
     .words = formats,
     .fallback = "[html, pdf]",
     .what = "What is written of it"},
    {.name = "left",
     .kind = KIND_YES,
     PACK(left),
     .fallback = "no",
     .what = "Also for sellers who left"},
    {.name = "locale",
     .kind = KIND_LOCALE,
     PACK(locale),
     .what = "Its language and region, where not those of the run"},
    {0},
};
const struct key keys_pack = {.kind = KIND_MAP, .keys = pack_keys, .check = check_pack};

const struct key keys_mail[] = {
    {.name = "from", .kind = KIND_ADDRESS, AT(mail.from), .what = "The sender"},
    {.name = "reply_to", .kind = KIND_ADDRESS, AT(mail.reply_to), .what = "Where answers go"},
    {.name = "to",
     .kind = KIND_LINE,
     AT(mail.to),
     .words = addressees,
     .fallback = "manager",
     .what =
         "Who gets a pack where `recipients` does not say: the manager; or a seller's own sheet "
         "the seller, all else the manager; or nobody"},
    {.name = "recipients",
     .kind = KIND_PATH,
     AT(mail.recipients),
     .what =
         "A CSV of scope, address, formats, language; what it says of a scope goes before `to`"},
    {.name = "allow",
     STRINGS(mail.allow, one_domain),
     .what = "Domains that mail may go to; without any, to none"},
    {.name = "attachment_limit",
     .kind = KIND_BYTES,
     AT(mail.attachment_limit),
     .low = 0,
     .high = 1000000000,
     .fallback = "15 MiB",
     .what = "The most bytes that a mail carries"},
    {.name = "attach_html",
     .kind = KIND_YES,
     AT(mail.attach_html),
     .fallback = "no",
     .what = "The HTML goes along with the PDF"},
    {.name = "smtp",
     .kind = KIND_LINE,
     AT(mail.smtp),
     .what = "smtp://host:port (STARTTLS) or smtps://host:port (TLS from the first byte)"},
    {.name = "tls",
     .kind = KIND_LINE,
     AT(mail.tls),
     .words = tls_words,
     .fallback = "auto",
     .what =
         "Whether smtp:// must be encrypted: everywhere but on this very machine, or there too"},
    {.name = "ca_file",
     .kind = KIND_PATH,
     AT(mail.ca_file),
     .what = "A PEM file of certificates to trust in place of the system's"},
    {.name = "user",
     .kind = KIND_LINE,
     AT(mail.user),
     .what = "The user; without one there is no log-in"},
    {.name = "user_env",
     .kind = KIND_LINE,
     AT(mail.user_env),
     .what = "The environment variable that holds the user"},
    {.name = "password_env",
     .kind = KIND_LINE,
     AT(mail.password_env),
     .what = "The environment variable that holds the password"},
    {.name = "password_file",
     .kind = KIND_PATH,
     AT(mail.password_file),
     .what = "The file that holds the password, readable by its owner alone"},
    {.name = "per_minute",
     .kind = KIND_WHOLE,
     AT(mail.per_minute),
     .low = 1,
     .high = 6000,
     .fallback = "60",
     .what = "The most mails a minute"},
    {.name = "retries",
     .kind = KIND_WHOLE,
     AT(mail.retries),
     .low = 0,
     .high = 20,
     .fallback = "3",
     .what = "How often mails that a server put off are tried again"},
    {.name = "retry_seconds",
     .kind = KIND_WHOLE,
     AT(mail.retry_seconds),
     .low = 0,
     .high = 3600,
     .fallback = "30",
     .what =
         "The wait before the first of these; each further one is twice as long, at most an hour"},
    {.name = "stop_on_failure",
     .kind = KIND_YES,
     AT(mail.stop_on_failure),
     .fallback = "no",
     .what = "The first failed delivery ends the sending"},
    {0},
};

const struct key keys_theme[] = {
    {.name = "accent",
     .kind = KIND_COLOR,
     AT(theme.accent),
     .fallback = "'#12436D'",
     .what = "The one colour"},
    {.name = "logo", .kind = KIND_PATH, AT(theme.logo), .what = "A PNG for the cover"},
    {.name = "templates",
     .kind = KIND_PATH,
     AT(theme.templates),
     .what = "A folder of templates of your own, looked into first"},
    {.name = "classification",
     .kind = KIND_LINE,
     AT(theme.classification),
     .what = "A line on every page: Confidential"},
    {.name = "watermark",
     .kind = KIND_LINE,
     AT(theme.watermark),
     .what = "A word across every page: Draft"},
    {.name = "paper",
     .kind = KIND_LINE,
     AT(theme.paper),
     .words = papers,
     .fallback = "A4",
     .what = "The paper of the PDF"},
    {0},
};

const struct key keys_out[] = {
    {.name = "dir",
     .kind = KIND_PATH,
     AT(out.dir),
     .fallback = "out",
     .what = "The folder of the runs"},
    {.name = "history",
     .kind = KIND_PATH,
     AT(out.history),
     .words = none,
     .what = "The index over the runs' memory: <dir>/history.sqlite, or off for none"},
    {.name = "keep",
     .kind = KIND_WHOLE,
     AT(out.keep),
     .low = 0,
     .high = 1000000,
     .fallback = "0",
     .what = "Runs kept, those of the latest days, with their packs and their memory; 0: all"},
    {0},
};
/* NOLINTEND(bugprone-macro-parentheses) */

#include "options.h"

#include "number.h"
#include "text.h"

#include <stddef.h>
#include <unistd.h>

struct verb_row {
    const char *name, *arguments, *what;
    uint32_t least, most; /* words behind the verb */
};

static const struct verb_row verbs[VERB_COUNT] = {
    [VERB_RUN] = {"run", "CONFIG", "read, compute, write all packs, publish atomically", 1, 1},
    [VERB_CHECK] = {"check", "CONFIG", "validate config and extracts, print the data report", 1, 1},
    [VERB_EXPLAIN] = {"explain", "CONFIG MEASURE", "formula, inputs, value and the rows behind it",
                      2, 2},
    [VERB_SEND] = {"send", "DIR", "deliver the mails of a published run", 1, 1},
    [VERB_HISTORY] = {"history", "CONFIG list|show|export|forget", "the memory of past runs", 2, 3},
    [VERB_INIT] = {"init", "DIR",
                   "a commented config, CRM mappings and sample extracts that run at once", 1, 1},
    [VERB_SCHEMA] = {"schema", "", "the JSON Schema of the config, for editors", 0, 0},
    [VERB_REFERENCE] = {"reference", "config|manual|measures", "the generated documentation", 1, 1},
};

enum kind { KIND_FLAG, KIND_TEXT, KIND_CHOICE, KIND_COUNT, KIND_SET, KIND_SET_KEY };

struct option_row {
    const char *name, *letter, *argument, *what;
    enum kind kind;
    size_t place;
    const char *key; /* KIND_SET_KEY: the config key that it sets; KIND_CHOICE: what may stand */
};

#define AT(member) offsetof(struct options, member)
#define WHEN "auto always never"

static const struct option_row rows[] = {
    {"--as-of", NULL, "DAY", "the day the extracts speak of", KIND_SET_KEY, 0, "as_of"},
    {"--out", NULL, "DIR", "where the packs go", KIND_SET_KEY, 0, "out.dir"},
    {"--only", NULL, "GLOB", "only scopes whose id or name matches", KIND_TEXT, AT(only), NULL},
    {"--format", NULL, "LIST", "only these formats: html,pdf,eml,dump", KIND_TEXT, AT(format),
     NULL},
    {"--scope", NULL, "ID", "explain, history: company, a team's or a seller's id", KIND_TEXT,
     AT(scope), NULL},
    {"--jobs", "-j", "N", "threads and workers [the processors]", KIND_COUNT, AT(jobs), NULL},
    {"--set", NULL, "KEY=VALUE", "a config key for this run", KIND_SET, 0, NULL},
    {"--strict", NULL, NULL, "no rejected row is accepted", KIND_FLAG, AT(strict), NULL},
    {"--dry-run", NULL, NULL, "compute and list, write nothing", KIND_FLAG, AT(dry_run), NULL},
    {"--keep-going", NULL, NULL, "publish the other packs when one fails", KIND_FLAG,
     AT(keep_going), NULL},
    {"--to", NULL, "ADDRESS", "send: all mails to a tester instead", KIND_TEXT, AT(to), NULL},
    {"--samples", NULL, "N", "send --to: only N of them", KIND_COUNT, AT(samples), NULL},
    {"--resend", NULL, NULL, "send: also what may have arrived before", KIND_FLAG, AT(resend),
     NULL},
    {"--config", NULL, "CONFIG", "send: settings of this config, not of the run", KIND_TEXT,
     AT(config), NULL},
    {"--json", NULL, NULL, "explain, history: as JSON", KIND_FLAG, AT(json), NULL},
    {"--progress", NULL, "WHEN", "auto, always or never", KIND_CHOICE, AT(progress), WHEN},
    {"--color", NULL, "WHEN", "auto, always or never", KIND_CHOICE, AT(color), WHEN},
    {"--log-format", NULL, "FORM", "text or json", KIND_CHOICE, AT(log_format), "text json"},
    {"--quiet", "-q", NULL, "errors only", KIND_FLAG, AT(quiet), NULL},
    {"--verbose", "-v", NULL, "check: which column fed which field", KIND_FLAG, AT(verbose), NULL},
    {"--help", "-h", NULL, "this text", KIND_FLAG, AT(help), NULL},
    {"--version", NULL, NULL, "the version", KIND_FLAG, AT(version), NULL},
};

enum { ROW_COUNT = sizeof rows / sizeof *rows };

static const struct place nowhere = {NULL, 0, 0};

static bool
refuse(struct diag *diag, const char *id, const char *what, const char *word)
{
    diag_report(diag, SEVERITY_ERROR, EXIT_USAGE, id, nowhere, "%s '%s'", what, word);
    diag_hint(diag, "sefpack --help lists what there is");
    return false;
}

static const struct option_row *
find_option(struct text name)
{
    for (size_t i = 0; i < ROW_COUNT; i++)
        if (text_equal(name, text_of(rows[i].name)) ||
            (rows[i].letter && text_equal(name, text_of(rows[i].letter))))
            return &rows[i];
    return NULL;
}

static bool
unknown_option(struct diag *diag, const char *word, struct text name)
{
    diag_report(diag, SEVERITY_ERROR, EXIT_USAGE, "usage.option", nowhere, "unknown option '%s'",
                word);
    for (size_t i = 0; i < ROW_COUNT; i++)
        if (text_distance(name, text_of(rows[i].name), 2) <= 2) {
            diag_hint(diag, "did you mean %s?", rows[i].name);
            break;
        }
    return false;
}

static bool
wrong_choice(struct diag *diag, const struct option_row *row, const char *value)
{
    diag_report(diag, SEVERITY_ERROR, EXIT_USAGE, "usage.choice", nowhere,
                "%s: %s was expected, not '%s'", row->name, row->what, value);
    return false;
}

/* Whether `value` is one of the words of `choices`. */
static bool
is_one_of(const char *value, const char *choices)
{
    size_t length = strlen(value);
    for (const char *at = choices; at; at = strchr(at, ' ')) {
        at += *at == ' ';
        if (length && strncmp(at, value, length) == 0 && (!at[length] || at[length] == ' '))
            return true;
    }
    return false;
}

static bool
add_set(struct options *options, const char *set, struct diag *diag)
{
    if (options->set_count == OPTIONS_MOST_SETS)
        return refuse(diag, "usage.sets", "too many --set, at", set);
    options->set[options->set_count++] = set;
    return true;
}

static bool
store(struct options *options, const struct option_row *row, const char *value, struct diag *diag)
{
    char *place = (char *)options + row->place;
    struct decimal number;
    switch (row->kind) {
    case KIND_FLAG:
        *(bool *)place = true;
        return true;
    case KIND_TEXT:
        *(const char **)place = value;
        return true;
    case KIND_CHOICE:
        *(const char **)place = value;
        return is_one_of(value, row->key) || wrong_choice(diag, row, value);
    case KIND_COUNT:
        if (!number_parse_plain(text_of(value), &number) || number.scale ||
            number.coefficient < 1 || number.coefficient > 4096)
            return refuse(diag, "usage.number", "a number from 1 to 4096 was expected, not", value);
        *(uint32_t *)place = (uint32_t)number.coefficient;
        return true;
    case KIND_SET:
        return strchr(value, '=') ? add_set(options, value, diag)
                                  : refuse(diag, "usage.set", "KEY=VALUE was expected, not", value);
    case KIND_SET_KEY:
        break;
    }
    char *set = options->joined[row->key[0] == 'o'];
    if (snprintf(set, sizeof *options->joined, "%s=%s", row->key, value) >=
        (int)sizeof *options->joined)
        return refuse(diag, "usage.long", "too long:", row->name);
    return add_set(options, set, diag);
}

/* One option at words[*at], and its value there or in the next word. */
static bool
read_option(struct options *options, int count, char **words, int *at, struct diag *diag)
{
    const char *word = words[*at], *equals = strncmp(word, "--", 2) == 0 ? strchr(word, '=') : NULL;
    struct text name = {word, (uint32_t)(equals ? (size_t)(equals - word) : strlen(word))};
    const struct option_row *row = find_option(name);
    if (!row)
        return unknown_option(diag, word, name);
    if (row->kind == KIND_FLAG && equals)
        return refuse(diag, "usage.value", "no value is expected in", word);
    if (row->kind == KIND_FLAG)
        return store(options, row, NULL, diag);
    if (equals)
        return store(options, row, equals + 1, diag);
    if (*at + 1 == count)
        return refuse(diag, "usage.value", "a value is missing behind", word);
    return store(options, row, words[++*at], diag);
}

static bool
find_verb(struct options *options, const char *word)
{
    for (enum verb v = 0; v < VERB_COUNT; v++)
        if (strcmp(verbs[v].name, word) == 0)
            return options->verb = v, true;
    return false;
}

/* Taken for a config, but no file and like a verb. */
static bool
check_verb(const struct options *options, bool verb_seen, struct diag *diag)
{
    const char *word = options->word[0];
    if (verb_seen || options->word_count == 0 || access(word, F_OK) == 0)
        return true;
    for (enum verb v = 0; v < VERB_COUNT; v++)
        if (text_distance(text_of(word), text_of(verbs[v].name), 2) <= 2) {
            diag_report(diag, SEVERITY_ERROR, EXIT_USAGE, "usage.verb", nowhere,
                        "unknown verb '%s'", word);
            diag_hint(diag, "did you mean %s?", verbs[v].name);
            return false;
        }
    return true;
}

bool
options_read(struct options *options, int count, char **words, struct diag *diag)
{
    bool verb_seen = false;
    *options = (struct options){.verb = VERB_RUN};
    for (int i = 0; i < count; i++) {
        if (words[i][0] == '-' && words[i][1] != '\0') {
            if (!read_option(options, count, words, &i, diag))
                return false;
        } else if (!verb_seen && options->word_count == 0 && find_verb(options, words[i])) {
            verb_seen = true;
        } else if (options->word_count == OPTIONS_MOST_WORDS) {
            return refuse(diag, "usage.words", "too many words, at", words[i]);
        } else {
            options->word[options->word_count++] = words[i];
        }
    }
    const struct verb_row *verb = &verbs[options->verb];
    if (options->help || options->version)
        return true;
    if (!check_verb(options, verb_seen, diag))
        return false;
    if (options->word_count < verb->least) {
        diag_report(diag, SEVERITY_ERROR, EXIT_USAGE, "usage.missing", nowhere,
                    "something is missing: sefpack %s %s", verb->name, verb->arguments);
        diag_hint(diag, "sefpack --help lists what there is");
        return false;
    }
    if (options->word_count > verb->most)
        return refuse(diag, "usage.words", "not expected:", options->word[verb->most]);
    return true;
}

void
options_write_help(struct buf *out)
{
    buf_string(out, "sefpack turns CRM extracts into printed judgement.\n\n");
    for (enum verb v = 0; v < VERB_COUNT; v++)
        buf_printf(out, "  sefpack %-9s %-32s %s\n", verbs[v].name, verbs[v].arguments,
                   verbs[v].what);
    buf_string(out, "\n`run` is the default. Options:\n");
    for (size_t i = 0; i < ROW_COUNT; i++)
        buf_printf(out, "  %2s%s %-13s %-10s %s\n", rows[i].letter ? rows[i].letter : "",
                   rows[i].letter ? "," : " ", rows[i].name,
                   rows[i].argument ? rows[i].argument : "", rows[i].what);
    buf_string(
        out,
        "\nExit: 0 all well, 1 failed, 2 usage, 3 an identity failed, 4 config, 5 input data,\n"
        "6 a pack failed, 7 delivery, 130 or 143 a signal.\n");
}

/* voice: one pack speaking of one scope: words, numbers in the reader's locale, and the doc that
 * is being built. Everything returned lives in the doc's arena. */
#ifndef SEFPACK_PACK_VOICE_H
#define SEFPACK_PACK_VOICE_H

#include "build.h"
#include "collate.h"
#include "config.h"
#include "dataset.h"
#include "extract.h"
#include "locale.h"
#include "measures.h"
#include "message.h"
#include "words.h"

struct history;

struct voice {
    struct doc *doc;
    const struct words *words;
    const struct locale *locale;
    const struct config *config;
    const struct dataset *dataset;
    const struct measures *measures;
    const struct history *history;
    const struct extract_log *log;
    const struct metrics *metrics;
    const struct collator *collator;
    uint32_t scope;
    double width;             /* points an exhibit may take */
    bool half;                /* that is half of the page */
    bool low;                 /* the paper is lower than A4 */
    bool seller_sheet;        /* speaks to the seller himself: nothing of named peers */
    bool *consulted;          /* by measure id: what the part now being built has looked at */
    bool *in_section, *shown; /* what its section shows, and the whole pack so far */
};

/* An argument beside the measures of the scope. */
struct given {
    const char *name;
    bool has_number;
    double number;
    const char *text;
};

#define NUMBER(name, value) ((struct given){(name), true, (value), NULL})
#define WORDS(name, value) ((struct given){(name), false, 0, (value)})

/* The pattern `key` filled in. Names are looked for among `count` given ones, then "scope",
 * "company", "period", "next_period", "as_of", "days_left", "chance", then the scope's measures
 * ("forecast.gap", "forecast.gap.low"). A missing key gives the key itself in brackets. */
const char *
voice_say(const struct voice *voice, const char *key, uint32_t count, const struct given *given);

#define SAY(voice, key, ...)                                                                       \
    voice_say((voice), (key),                                                                      \
              (uint32_t)(sizeof((struct given[]){__VA_ARGS__}) / sizeof(struct given)),            \
              (struct given[]){__VA_ARGS__})

/* Without arguments of its own. */
const char *
voice_tell(const struct voice *voice, const char *key);

/* Whether there is such a pattern. */
bool
voice_knows(const struct voice *voice, const char *key);

/* Numbers as text. */
const char *
voice_money(const struct voice *voice, double minor); /* EUR 4.23m */

const char *
voice_count(const struct voice *voice, double value); /* whole, or one decimal */

const char *
voice_decimal(const struct voice *voice, double value, int decimals); /* of one column */

const char *
voice_share(const struct voice *voice, double share);

const char *
voice_short_money(const struct voice *voice, double minor); /* 4.23m: where a subtitle says EUR */

/* A chance in words' precision: never finer than a percent, "less than 1%" near the ends; the brief
 * form is for tables: "<1%". */
const char *
voice_chance(const struct voice *voice, double chance);

const char *
voice_chance_brief(const struct voice *voice, double chance);

const char *
voice_ratio(const struct voice *voice, double value);

const char *
voice_day(const struct voice *voice, day d);

/* Text with blanks at which no line ends. */
const char *
voice_unbroken(const struct voice *voice, const char *bytes, size_t length);

/* The head of a column of amounts by that power of ten (0, 3, 6): "EUR k". */
const char *
voice_money_head(const struct voice *voice, int power);

/* A measure of this pack's scope, and its number (0 when null). */
const struct measure *
voice_measure(const struct voice *voice, enum measure_id id);

bool
voice_has(const struct voice *voice, enum measure_id id, double *value);

/* A field of a measure of any scope; false when the measure or the field is null. */
bool
voice_field(const struct voice *voice, uint32_t scope, enum measure_id id, enum field field,
            double *value);

/* A row's field; false when it is null or not there. `row` may be NULL. */
bool
voice_cell(const struct cells *row, enum field field, double *value);

/* A text field of a row, "" without. */
const char *
voice_cell_text(const struct cells *row, enum field field);

/* The word of a key of a closed list ("factors.win"); the key itself where it has none. */
const char *
voice_term(const struct voice *voice, const char *list, const char *key);

/* The scopes right below this one, by name, without sellers who left; the scope itself where there
 * are none below. */
struct voice_scopes {
    uint32_t count;
    uint32_t *scope;
};

struct voice_scopes
voice_below(const struct voice *voice);

/* Whether a scope is the voice's own or below it: what a pack may name, and give numbers of. */
bool
voice_holds(const struct voice *voice, uint32_t scope);

/* Whether the voice's scope is a seller whose results are not yet expected. */
bool
voice_starting(const struct voice *voice);

/* Why a measure is null, in words; "" when it is not. */
const char *
voice_why(const struct voice *voice, enum why why);

/* The same of a measure of the voice's scope: an extract that is not there is named. */
const char *
voice_lacks(const struct voice *voice, enum measure_id id, enum why why);

/* For cells of tables: a dash where there is nothing to count, words where the reason is news. */
const char *
voice_why_brief(const struct voice *voice, enum why why);

/* "27–54%", from a measure's low and high as shares; "" without. */
const char *
voice_interval(const struct voice *voice, const struct cells *cells);

/* The name of any scope, as its extract has it. */
const char *
voice_scope_name(const struct voice *voice, uint32_t index);

const char *
voice_word(const struct voice *voice, uint32_t word); /* a word of the dataset, as a string */

const char *
voice_text(const struct voice *voice, struct text text);

#endif

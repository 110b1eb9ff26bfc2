#include "loader.h"

#include "change.h"
#include "intake.h"
#include "memory.h"
#include "tables.h"

#include <stdlib.h>

static const struct lexeme answers[] = {
    {"yes", ANSWER_YES}, {"true", ANSWER_YES}, {"1", ANSWER_YES},     {"y", ANSWER_YES},
    {"x", ANSWER_YES},   {"t", ANSWER_YES},    {"on", ANSWER_YES},    {"wahr", ANSWER_YES},
    {"ja", ANSWER_YES},  {"vrai", ANSWER_YES}, {"oui", ANSWER_YES},   {"verdadero", ANSWER_YES},
    {"no", ANSWER_NO},   {"false", ANSWER_NO}, {"0", ANSWER_NO},      {"n", ANSWER_NO},
    {"f", ANSWER_NO},    {"off", ANSWER_NO},   {"falsch", ANSWER_NO}, {"nein", ANSWER_NO},
    {"faux", ANSWER_NO}, {"non", ANSWER_NO},   {"falso", ANSWER_NO},  {NULL, 0},
};

static const struct lexeme tiers[] = {
    {"a", ANSWER_YES}, {"b", ANSWER_YES}, {"c", ANSWER_NO}, {"d", ANSWER_NO}, {NULL, 0},
};

static const struct lexeme levels[] = {
    {"staff", LEVEL_STAFF},
    {"manager", LEVEL_MANAGER},
    {"director", LEVEL_DIRECTOR},
    {"executive", LEVEL_EXECUTIVE},
    {NULL, 0},
};

/* The canonical words first, then those of the CRMs. */
static const struct lexeme categories[] = {
    {"omitted", CATEGORY_OMITTED}, {"pipeline", CATEGORY_PIPELINE}, {"best", CATEGORY_BEST},
    {"commit", CATEGORY_COMMIT},   {"omit", CATEGORY_OMITTED},      {"best case", CATEGORY_BEST},
    {"bestcase", CATEGORY_BEST},   {"best_case", CATEGORY_BEST},    {"most likely", CATEGORY_BEST},
    {"mostlikely", CATEGORY_BEST}, {"forecast", CATEGORY_COMMIT},   {"committed", CATEGORY_COMMIT},
    {"closed", CATEGORY_NONE},     {"won", CATEGORY_NONE},          {"lost", CATEGORY_NONE},
    {"closed won", CATEGORY_NONE}, {"closed lost", CATEGORY_NONE},  {NULL, 0},
};

static const struct lexeme segments[] = {
    {"new", SEGMENT_NEW},
    {"expansion", SEGMENT_EXPANSION},
    {"renewal", SEGMENT_RENEWAL},
    {NULL, 0},
};

static const struct lexeme changes[] = {
    {"stage", CHANGE_STAGE}, {"amount", CHANGE_AMOUNT},     {"close", CHANGE_CLOSE},
    {"owner", CHANGE_OWNER}, {"category", CHANGE_CATEGORY}, {NULL, 0},
};

static const struct lexeme directions[] = {
    {"in", MANNER_IN},
    {"inbound", MANNER_IN},
    {"incoming", MANNER_IN},
    {NULL, 0},
};

static int
value_of(const struct lexeme *lexemes, const char *word)
{
    for (; lexemes->word; lexemes++)
        if (strcmp(lexemes->word, word) == 0)
            return lexemes->value;
    return -1;
}

/* Names of all stages before any alias: a name is never taken by another stage's alias. */
static struct lexicon *
stages_of(const struct config *config)
{
    struct lexicon *stages = lexicon_new(false);
    for (uint32_t s = 0; s < config->stage_count; s++)
        lexicon_add(stages, text_trim(text_of(config->stage[s].name)), (int)s);
    for (uint32_t s = 0; s < config->stage_count; s++)
        for (uint32_t a = 0; a < config->stage[s].alias_count; a++)
            lexicon_add(stages, text_trim(text_of(config->stage[s].aliases[a])), (int)s);
    return stages;
}

/* Types of the CRM as written; without any in the config, the segments' own names. */
static struct lexicon *
segments_of(const struct config *config)
{
    struct lexicon *out = lexicon_new(false);
    for (uint32_t i = 0; i < config->segments.count; i++) {
        const struct config_pair *pair = &config->segments.pair[i];
        int segment = value_of(segments, pair->to);
        if (segment >= 0)
            lexicon_add(out, text_trim(text_of(pair->from)), segment);
    }
    for (const struct lexeme *segment = segments; segment->word; segment++)
        lexicon_add(out, text_of(segment->word), segment->value);
    return out;
}

/* Of several bits for one word, the union: `held` both reaches and is held. */
static struct lexicon *
outcomes_of(const struct config *config)
{
    const struct config_strings *reached = &config->engagement.two_way_outcomes;
    struct lexicon *outcomes = lexicon_new(true);
    for (uint32_t i = 0; i < reached->count; i++) {
        struct text word = text_of(reached->string[i]);
        bool held = text_equal_nocase(word, TEXT("held"));
        lexicon_add(outcomes, word, MANNER_REACHED | (held ? MANNER_HELD : 0));
    }
    lexicon_add(outcomes, TEXT("held"), MANNER_HELD);
    lexicon_add(outcomes, TEXT(""), MANNER_HELD);
    return outcomes;
}

static struct lexicon *
types_of(const struct config *config)
{
    struct lexicon *types = lexicon_new(true);
    for (uint32_t i = 0; i < config->engagement.two_way_types.count; i++)
        lexicon_add(types, text_of(config->engagement.two_way_types.string[i]), MANNER_MEETING);
    return types;
}

static void
open_rates(struct loader *loader)
{
    const struct config *config = loader->config;
    loader->rate = memory_new((size_t)config->rate_count + 1, sizeof *loader->rate);
    loader->rate[0] = (struct decimal){1, 0};
    loader->currencies = lexicon_new(true);
    lexicon_add(loader->currencies, text_of(config->currency), 0);
    for (uint32_t i = 0; i < config->rate_count; i++) {
        loader->rate[i + 1] = config->rate[i].rate;
        lexicon_add(loader->currencies, text_of(config->rate[i].currency), (int)i + 1);
    }
}

void
loader_open(struct loader *loader)
{
    const struct config *config = loader->config;
    loader->words = symbols_new(1024);
    loader->later = symbols_new(64);
    symbols_intern(loader->words, TEXT(""));
    symbols_intern(loader->later, TEXT(""));
    loader->stages = stages_of(config);
    loader->segments = segments_of(config);
    loader->categories = lexicon_of(categories, true);
    loader->answers = lexicon_of(answers, true);
    loader->tiers = lexicon_of(answers, true);
    for (const struct lexeme *tier = tiers; tier->word; tier++)
        lexicon_add(loader->tiers, text_of(tier->word), tier->value);
    loader->levels = lexicon_of(levels, true);
    loader->directions = lexicon_of(directions, true);
    loader->changes = lexicon_new(false);
    loader->outcomes = outcomes_of(config);
    loader->types = types_of(config);
    open_rates(loader);
}

void
loader_name_changes(struct loader *loader, const struct config_pairs *names)
{
    for (uint32_t i = 0; i < names->count; i++) {
        int change = value_of(changes, names->pair[i].to);
        if (change >= 0)
            lexicon_add(loader->changes, text_trim(text_of(names->pair[i].from)), change);
    }
    for (const struct lexeme *change = changes; change->word; change++)
        lexicon_add(loader->changes, text_of(change->word), change->value);
}

void
loader_close(struct loader *loader)
{
    enum { LEXICONS = 11 };
    struct lexicon *lexicons[LEXICONS] = {
        loader->stages,     loader->segments, loader->categories, loader->answers,
        loader->tiers,      loader->levels,   loader->directions, loader->changes,
        loader->currencies, loader->outcomes, loader->types,
    };
    for (size_t i = 0; i < LEXICONS; i++)
        lexicon_free(lexicons[i]);
    for (int table = 0; table < TABLE_COUNT; table++)
        index_close(&loader->index[table]);
    index_close(&loader->unborn);
    contacts_forget(loader);
    symbols_free(loader->words);
    symbols_free(loader->later);
    free(loader->rate);
}

int
loader_rate(const struct loader *loader, struct text currency)
{
    return lexicon_find(loader->currencies, currency);
}

void *
loader_keep(struct loader *loader, void *block)
{
    struct holdings *holdings = loader->dataset->holdings;
    memory_grow(&holdings->block, &holdings->block_capacity, holdings->block_count + 1,
                sizeof *holdings->block);
    return holdings->block[holdings->block_count++] = block;
}

void
loader_widen(struct loader *loader, struct column *column, size_t count, uint32_t width)
{
    struct holdings *holdings = loader->dataset->holdings;
    for (size_t i = 0; i < holdings->block_count; i++)
        if (column->cells && holdings->block[i] == column->cells) {
            column_widen(column, count, width);
            holdings->block[i] = column->cells;
            return;
        }
}

struct texts
loader_keep_texts(struct loader *loader, struct texts texts)
{
    loader_keep(loader, texts.bytes);
    loader_keep(loader, texts.start);
    loader_keep(loader, texts.base);
    return texts;
}

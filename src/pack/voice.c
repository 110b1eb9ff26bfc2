#include "voice.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct asking {
    const struct voice *voice;
    uint32_t count;
    const struct given *given;
};

static const char *
keep(const struct voice *voice, struct buf *buf)
{
    const char *text = arena_copy(voice->doc->arena, buf->bytes ? buf->bytes : "", buf->length);
    buf_free(buf);
    return text;
}

const char *
voice_word(const struct voice *voice, uint32_t word)
{
    return voice_text(voice, dataset_word(voice->dataset, word));
}

const char *
voice_text(const struct voice *voice, struct text text)
{
    return arena_copy(voice->doc->arena, text.bytes, text.length);
}

const char *
voice_scope_name(const struct voice *voice, uint32_t index)
{
    const struct scope *scope = &voice->dataset->scope[index];
    if (scope->kind == SCOPE_COMPANY)
        return voice->config->company;
    return voice_word(voice, scope->kind == SCOPE_TEAM
                                 ? voice->dataset->teams.name[scope->index]
                                 : voice->dataset->sellers.name[scope->index]);
}

const char *
voice_why(const struct voice *voice, enum why why)
{
    if (why == WHY_NONE)
        return "";
    char key[64];
    snprintf(key, sizeof key, "why.%s", measure_why_names[why]);
    return voice_tell(voice, key);
}

/* The first of a measure's inputs, and of theirs, that cannot be for want of an extract. */
static enum measure_id
root_of(const struct voice *voice, enum measure_id id)
{
    const char *inputs = measure_table[id].inputs;
    for (enum measure_id input; (input = measure_input(&inputs)) != MEASURE_COUNT;)
        if (measures_get(voice->measures, voice->scope, input)->why == WHY_NOT_CONFIGURED)
            return root_of(voice, input);
    return id;
}

const char *
voice_lacks(const struct voice *voice, enum measure_id id, enum why why)
{
    static const struct {
        enum measure_id root;
        const char *key;
    } extracts[] = {
        {M_FORECAST_QUOTA, "absent.quotas"},
        {M_FORECAST_CALLS, "absent.calls"},
        {M_PROSPECTING_LEADS, "absent.leads"},
        {M_TERRITORY_ACCOUNTS, "absent.accounts"},
        {M_CALLS_CAPTURE, "absent.activities"},
        {M_PROSPECTING_ACCOUNTS_PER_DEAL, "absent.activities"},
        {M_PIPELINE_MOVEMENT, "absent.history"},
        {M_PIPELINE_STAGE_CONVERSION, "absent.history"},
        {M_CALLS_ADVANCE_RATE, "absent.history"},
        {M_DEALS_QUALIFICATION, "absent.letters"},
    };
    enum measure_id root = why == WHY_NOT_CONFIGURED ? root_of(voice, id) : MEASURE_COUNT;
    for (size_t i = 0; i < sizeof extracts / sizeof *extracts; i++)
        if (extracts[i].root == root)
            return voice_tell(voice, extracts[i].key);
    return voice_why(voice, why);
}

const char *
voice_why_brief(const struct voice *voice, enum why why)
{
    bool said = why == WHY_NOT_CONFIGURED || why == WHY_NO_DATA || why == WHY_ZERO_DENOMINATOR;
    return said ? "\xE2\x80\x93" : voice_why(voice, why);
}

bool
voice_holds(const struct voice *voice, uint32_t scope)
{
    return scope >= voice->scope && scope < voice->dataset->scope[voice->scope].next;
}

bool
voice_starting(const struct voice *voice)
{
    return voice->dataset->scope[voice->scope].kind == SCOPE_SELLER &&
           voice->measures->scope[voice->scope].ramping;
}

const struct measure *
voice_measure(const struct voice *voice, enum measure_id id)
{
    if (voice->consulted)
        voice->consulted[id] = true;
    return measures_get(voice->measures, voice->scope, id);
}

bool
voice_has(const struct voice *voice, enum measure_id id, double *value)
{
    const struct measure *measure = voice_measure(voice, id);
    const struct cell *cell =
        measure->why == WHY_NONE ? measure_field(&measure->fields, F_VALUE) : NULL;
    *value = cell && cell->kind != CELL_TEXT && cell->kind != CELL_NULL
                 ? measure_number(&measure->fields, F_VALUE, 0)
                 : 0;
    return cell && cell->kind != CELL_NULL && cell->kind != CELL_TEXT;
}

bool
voice_cell(const struct cells *row, enum field field, double *value)
{
    const struct cell *cell = row ? measure_field(row, field) : NULL;
    bool known = cell && cell->kind != CELL_NULL && cell->kind != CELL_TEXT;
    *value = known ? cell->kind == CELL_REAL ? cell->real : (double)cell->whole : 0;
    return known;
}

const char *
voice_cell_text(const struct cells *row, enum field field)
{
    const struct cell *cell = row ? measure_field(row, field) : NULL;
    return cell && cell->kind == CELL_TEXT && cell->text ? cell->text : "";
}

bool
voice_field(const struct voice *voice, uint32_t scope, enum measure_id id, enum field field,
            double *value)
{
    const struct measure *measure = measures_get(voice->measures, scope, id);
    if (voice->consulted)
        voice->consulted[id] = true;
    bool known = voice_cell(&measure->fields, field, value);
    return known && (measure->why == WHY_NONE || field != F_VALUE);
}

const char *
voice_term(const struct voice *voice, const char *list, const char *key)
{
    const char *full = arena_printf(voice->doc->arena, "%s.%s", list, key[0] ? key : "unknown");
    return voice_knows(voice, full) ? voice_tell(voice, full) : key;
}

static int
by_name(const void *a, const void *b, void *context)
{
    const struct voice *voice = context;
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
    int order = collate_compare(voice->collator, text_of(voice_scope_name(voice, one)),
                                text_of(voice_scope_name(voice, other)));
    return order ? order : (one > other) - (one < other);
}

struct voice_scopes
voice_below(const struct voice *voice)
{
    const struct dataset *dataset = voice->dataset;
    uint32_t end = dataset->scope[voice->scope].next;
    struct voice_scopes below = {
        0, arena_array(voice->doc->arena, end - voice->scope, sizeof(uint32_t))};
    for (uint32_t s = voice->scope + 1; s < end; s++) {
        const struct scope *scope = &dataset->scope[s];
        bool left = scope->kind == SCOPE_SELLER && dataset->sellers.left[scope->index];
        if (scope->parent == voice->scope && !left)
            below.scope[below.count++] = s;
    }
    if (below.count == 0)
        below.scope[below.count++] = voice->scope;
    qsort_r(below.scope, below.count, sizeof *below.scope, by_name, (void *)voice);
    return below;
}

static void
cell_argument(const struct cell *cell, struct argument *out)
{
    if (cell->kind == CELL_TEXT)
        *out = (struct argument){ARGUMENT_TEXT, 0, cell->text};
    else if (cell->kind == CELL_REAL)
        *out = (struct argument){ARGUMENT_NUMBER, cell->real, NULL};
    else if (cell->kind != CELL_NULL)
        *out = (struct argument){ARGUMENT_NUMBER, (double)cell->whole, NULL};
}

/* A measure's value, or a field of it: "forecast.gap", "pipeline.open.number". */
static bool
find_measure(const struct voice *voice, const char *name, struct argument *out)
{
    enum field field = F_VALUE;
    enum measure_id id = measure_find(text_of(name));
    const char *dot = strrchr(name, '.');
    if (id == MEASURE_COUNT && dot) {
        id = measure_find((struct text){name, (uint32_t)(dot - name)});
        for (field = 0; field < FIELD_COUNT && strcmp(measure_field_names[field], dot + 1) != 0;
             field++)
            continue;
    }
    if (id == MEASURE_COUNT || field == FIELD_COUNT)
        return false;
    const struct measure *measure = voice_measure(voice, id);
    const struct cell *cell = measure_field(&measure->fields, field);
    *out = (struct argument){ARGUMENT_NONE, 0, voice_lacks(voice, id, measure->why)};
    if (cell && (measure->why == WHY_NONE || field != F_VALUE))
        cell_argument(cell, out);
    return true;
}

static bool
find_general(const struct voice *voice, const char *name, struct argument *out)
{
    static const char *const kinds[] = {"month", "quarter", "half", "year"};
    const struct dataset *dataset = voice->dataset;
    const struct {
        const char *name, *text;
    } texts[] = {{"scope", voice_scope_name(voice, voice->scope)},
                 {"company", voice->config->company},
                 {"period", dataset->period.name},
                 {"next_period", dataset->next_period.name},
                 {"period_kind", kinds[voice->config->period]},
                 {"currency", voice->config->currency}};
    const struct {
        const char *name;
        double number;
    } numbers[] = {{"as_of", dataset->as_of},
                   {"period_end", dataset->period.end},
                   {"next_period_end", dataset->next_period.end},
                   {"ask_day", dataset->as_of + 14},
                   {"days_left", dataset->period.end - dataset->as_of}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(texts[i].name, name) == 0)
            return *out = (struct argument){ARGUMENT_TEXT, 0, texts[i].text}, true;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (strcmp(numbers[i].name, name) == 0)
            return *out = (struct argument){ARGUMENT_NUMBER, numbers[i].number, NULL}, true;
    double hit;
    if (strcmp(name, "chance") != 0)
        return false;
    *out = voice_has(voice, M_FORECAST_P_HIT, &hit)
               ? (struct argument){ARGUMENT_TEXT, 0, voice_chance(voice, hit)}
               : (struct argument){ARGUMENT_NONE, 0,
                                   voice_lacks(voice, M_FORECAST_P_HIT,
                                               voice_measure(voice, M_FORECAST_P_HIT)->why)};
    return true;
}

static bool
find(void *context, const char *name, struct argument *out)
{
    const struct asking *asking = context;
    for (uint32_t i = 0; i < asking->count; i++) {
        const struct given *given = &asking->given[i];
        if (strcmp(given->name, name) != 0)
            continue;
        *out = given->has_number
                   ? (struct argument){ARGUMENT_NUMBER, given->number, NULL}
                   : (struct argument){ARGUMENT_TEXT, 0, given->text ? given->text : ""};
        return true;
    }
    return find_general(asking->voice, name, out) || find_measure(asking->voice, name, out);
}

const char *
voice_say(const struct voice *voice, const char *key, uint32_t count, const struct given *given)
{
    struct buf out = {0};
    struct asking asking = {voice, count, given};
    const struct message *message = words_find(voice->words, key);
    if (message)
        message_write(
            message, voice->locale,
            (struct message_money){voice->config->currency, voice->config->currency_digits},
            (struct arguments){&asking, find}, &out);
    else
        buf_printf(&out, "[%s]", key);
    return keep(voice, &out);
}

const char *
voice_tell(const struct voice *voice, const char *key)
{
    return voice_say(voice, key, 0, NULL);
}

bool
voice_knows(const struct voice *voice, const char *key)
{
    return words_find(voice->words, key) != NULL;
}

const char *
voice_money(const struct voice *voice, double minor)
{
    struct buf out = {0};
    locale_money(voice->locale, &out, minor, voice->config->currency,
                 voice->config->currency_digits, SIGN_MINUS);
    return keep(voice, &out);
}

const char *
voice_short_money(const struct voice *voice, double minor)
{
    struct buf out = {0};
    locale_money(voice->locale, &out, minor, NULL, voice->config->currency_digits, SIGN_MINUS);
    return keep(voice, &out);
}

const char *
voice_count(const struct voice *voice, double value)
{
    struct buf out = {0};
    bool whole = fabs(value - round(value)) < 1e-9 || fabs(value) >= 100;
    locale_number(voice->locale, &out, value, whole ? 0 : 1, SIGN_MINUS);
    return keep(voice, &out);
}

const char *
voice_decimal(const struct voice *voice, double value, int decimals)
{
    struct buf out = {0};
    locale_number(voice->locale, &out, value, decimals, SIGN_MINUS);
    return keep(voice, &out);
}

const char *
voice_share(const struct voice *voice, double share)
{
    struct buf out = {0};
    locale_percent(voice->locale, &out, share);
    return keep(voice, &out);
}

static const char *
chance_text(const struct voice *voice, double chance, const char *under, const char *over)
{
    struct buf out = {0};
    if (chance > 0 && chance < 0.01)
        return voice_tell(voice, under);
    if (chance < 1 && chance > 0.99)
        return voice_tell(voice, over);
    locale_percent_fixed(voice->locale, &out, chance, 0, false);
    return keep(voice, &out);
}

const char *
voice_chance(const struct voice *voice, double chance)
{
    return chance_text(voice, chance, "chance.under", "chance.over");
}

const char *
voice_chance_brief(const struct voice *voice, double chance)
{
    return chance_text(voice, chance, "chance.under_brief", "chance.over_brief");
}

const char *
voice_ratio(const struct voice *voice, double value)
{
    struct buf out = {0};
    locale_ratio(voice->locale, &out, value, 1);
    return keep(voice, &out);
}

const char *
voice_unbroken(const struct voice *voice, const char *bytes, size_t length)
{
    struct buf out = {0};
    for (size_t i = 0; i < length; i++)
        if (bytes[i] == ' ')
            buf_string(&out, "\xC2\xA0");
        else
            buf_char(&out, bytes[i]);
    return keep(voice, &out);
}

const char *
voice_day(const struct voice *voice, day d)
{
    struct buf out = {0};
    if (d != DAY_NONE && day_valid(day_to_civil(d)))
        locale_day(voice->locale, &out, d, DATE_SHORT);
    else
        buf_string(&out, "\xE2\x80\x93");
    const char *text = voice_unbroken(voice, out.bytes, out.length);
    buf_free(&out);
    return text;
}

const char *
voice_money_head(const struct voice *voice, int power)
{
    const char *word = locale_power_word(voice->locale, power);
    return SAY(voice, "common.money_head", WORDS("power", word[0] ? word : "none"));
}

const char *
voice_interval(const struct voice *voice, const struct cells *cells)
{
    const struct cell *low = measure_field(cells, F_LOW), *high = measure_field(cells, F_HIGH);
    if (!low || !high || low->kind == CELL_NULL || high->kind == CELL_NULL)
        return "";
    return SAY(voice, "common.interval", NUMBER("low", measure_number(cells, F_LOW, 0)),
               NUMBER("high", measure_number(cells, F_HIGH, 0)));
}

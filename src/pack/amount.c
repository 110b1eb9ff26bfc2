#include "amount.h"

#include <math.h>

struct amount_unit
amount_unit(const struct voice *voice, double largest)
{
    double major = fabs(largest) / pow(10, voice->config->currency_digits);
    struct amount_unit unit = {0, 0};
    while (unit.power < 12 && major >= (unit.power ? 9999.5 : 999.5)) {
        major /= 1000;
        unit.power += 3;
    }
    if (unit.power > 0)
        unit.decimals = major >= 99.95 ? 0 : major >= 9.995 ? 1 : 2;
    return unit;
}

double
amount_largest(const struct measure *measure, enum field field)
{
    double largest = 0, value;
    for (uint32_t r = 0; measure->why == WHY_NONE && r < measure->row_count; r++)
        if (voice_cell(&measure->row[r], field, &value))
            largest = fmax(largest, fabs(value));
    return largest;
}

struct amount_unit
amount_unit_of(const struct voice *voice, enum measure_id id)
{
    return amount_unit(voice, amount_largest(voice_measure(voice, id), F_VALUE));
}

struct amount_unit
amount_unit_over(const struct voice *voice, const struct voice_scopes *scopes,
                 const enum measure_id *ids, uint32_t count)
{
    double largest = 0, value;
    for (uint32_t i = 0; i < count; i++) {
        if (!scopes && voice_has(voice, ids[i], &value))
            largest = fmax(largest, fabs(value));
        for (uint32_t s = 0; scopes && s < scopes->count; s++)
            if (voice_field(voice, scopes->scope[s], ids[i], F_VALUE, &value))
                largest = fmax(largest, fabs(value));
    }
    return amount_unit(voice, largest);
}

static const char *
written(const struct voice *voice, struct amount_unit unit, double minor, bool word,
        enum locale_sign sign)
{
    struct buf out = {0};
    int digits = voice->config->currency_digits;
    if (word)
        locale_money_unit(voice->locale, &out, minor, digits, unit.power, unit.decimals, sign);
    else
        locale_money_table(voice->locale, &out, minor, digits, unit.power, unit.decimals, sign);
    const char *text = arena_copy(voice->doc->arena, out.bytes ? out.bytes : "", out.length);
    buf_free(&out);
    return text;
}

const char *
amount_text(const struct voice *voice, struct amount_unit unit, double minor)
{
    return written(voice, unit, minor, true, SIGN_MINUS);
}

const char *
amount_change(const struct voice *voice, struct amount_unit unit, double minor)
{
    return written(voice, unit, minor, true, SIGN_ALWAYS);
}

const char *
amount_cell(const struct voice *voice, struct amount_unit unit, double minor)
{
    return written(voice, unit, minor, false, SIGN_MINUS);
}

const char *
amount_head(const struct voice *voice, struct amount_unit unit)
{
    return voice_money_head(voice, unit.power);
}

const char *
amount_titled(const struct voice *voice, struct amount_unit unit, const char *words)
{
    return arena_printf(voice->doc->arena, "%s, %s", words, amount_head(voice, unit));
}

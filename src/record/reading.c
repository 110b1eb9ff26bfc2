#include "reading.h"

#include "figure.h"
#include "loader.h"

static void
see(struct spot spot, enum evidence_kind kind, const bool fits[2], struct text cell)
{
    struct evidence *evidence = &spot.chunk->evidence[spot.field][kind];
    struct sighting *sighting =
        fits[0] && fits[1] ? &evidence->both : &evidence->only[fits[0] ? 0 : 1];
    evidence_see(sighting, spot.rows->file, spot.rows->line[spot.row], cell);
}

day
reading_day(struct spot spot, struct text cell, bool *bad)
{
    const struct intake *intake = spot.intake;
    struct moment moment;
    day d = cell.length == 10 ? day_from_iso(cell.bytes, cell.length) : DAY_NONE;
    if (d > loader_first_day)
        return d;
    enum moment_fault fault = moment_read(cell, intake->order, intake->extract->excel_serials,
                                          intake->loader->zone, &moment);
    *bad = fault == MOMENT_UNREADABLE;
    if (fault != MOMENT_OK)
        return DAY_NONE;
    if (moment.day[0] != moment.day[1]) {
        bool fits[2] = {moment.day[0] != DAY_NONE, moment.day[1] != DAY_NONE};
        see(spot, EVIDENCE_DAY, fits, cell);
    }
    d = moment.day[intake->reading[spot.field][EVIDENCE_DAY]];
    *bad = d == DAY_NONE;
    return d;
}

/* A plain number needs a second look where its point may stand between groups of digits: 1.234. */
static bool
may_be_grouped(struct text cell, const char *point)
{
    ptrdiff_t before = point - cell.bytes, behind = cell.bytes + cell.length - point - 1;
    const char *first = cell.bytes;
    if (before > 0 && (*first == '-' || *first == '+')) {
        first++;
        before--;
    }
    return behind == 3 && before >= 1 && before <= 3 && *first != '0';
}

bool
reading_number(struct spot spot, struct text cell, struct decimal *out, bool *bad)
{
    const struct intake *intake = spot.intake;
    struct figure figure;
    if (cell.length == 0)
        return false;
    if (number_parse_plain(cell, out)) {
        if (out->scale == 0 || intake->declared_decimal == 0)
            return true;
        const char *point = cell.bytes + cell.length - out->scale - 1;
        if (intake->declared_decimal < 0 && !may_be_grouped(cell, point)) {
            see(spot, EVIDENCE_NUMBER, (const bool[2]){true, false}, cell);
            if (intake->reading[spot.field][EVIDENCE_NUMBER] == 0)
                return true;
        }
    }
    figure_read(cell, intake->extract->group, intake->extract->indian_groups, &figure);
    int reading = intake->declared_decimal >= 0 ? intake->declared_decimal
                                                : intake->reading[spot.field][EVIDENCE_NUMBER];
    if (intake->declared_decimal < 0 && !figure_agrees(&figure))
        see(spot, EVIDENCE_NUMBER, figure.readable, cell);
    *out = figure.value[reading];
    *bad = !figure.readable[reading];
    return !*bad;
}

static bool
is_code(struct text code)
{
    for (uint32_t i = 0; i < code.length; i++)
        if (code.bytes[i] < 'A' || code.bytes[i] > 'Z')
            return false;
    return true;
}

/* An amount may name its currency itself: `USD 5,000.00`. False where that has no rate. */
static bool
find_own_rate(const struct loader *loader, struct text cell, uint32_t *rate)
{
    unsigned char ends = (unsigned char)(cell.bytes[0] | cell.bytes[cell.length - 1]);
    if (ends < 'A' || cell.length < 4)
        return true;
    struct text front = {cell.bytes, 3}, back = {cell.bytes + cell.length - 3, 3};
    if (!is_code(front) && !is_code(back))
        return true;
    int own = loader_rate(loader, is_code(front) ? front : back);
    *rate = own > 0 ? (uint32_t)own : 0;
    return own >= 0;
}

/* The rate of a row: its own currency, else the deal's, else one written in the cell. */
static bool
find_rate(struct spot spot, struct text cell, uint32_t *rate)
{
    const struct intake *intake = spot.intake;
    *rate = 0;
    if (intake->currency != NONE && intake->mapped[intake->currency]) {
        *rate = ((const uint16_t *)spot.chunk->column[intake->currency])[spot.row];
    } else if (intake->deal != NONE) {
        uint32_t deal = ((const uint32_t *)spot.chunk->column[intake->deal])[spot.row];
        *rate = deal < ROW_UNKNOWN ? intake->deal_currency[deal] : 0;
    }
    return *rate != 0 || find_own_rate(intake->loader, cell, rate);
}

int64_t
reading_money(struct spot spot, struct text cell, bool *bad)
{
    const struct loader *loader = spot.intake->loader;
    struct decimal value;
    int64_t minor;
    uint32_t rate;
    if (!reading_number(spot, cell, &value, bad))
        return MONEY_NONE;
    if (!find_rate(spot, cell, &rate)) {
        chunk_refuse(spot.chunk, spot.rows, spot.row, spot.intake->field[spot.field].name,
                     "currency without a rate");
        return MONEY_NONE;
    }
    int digits = loader->config->currency_digits;
    if (number_to_minor(value, loader->rate[rate], digits, &minor) && minor != MONEY_NONE)
        return minor;
    *bad = true;
    return MONEY_NONE;
}

/* A mail address among numbers, a day in a column of numbers, an amount in a column of days: the
 * cells of the row have slipped. */
static bool
is_foreign(struct spot spot, struct text cell)
{
    enum kind kind = spot.intake->field[spot.field].kind;
    const char *at = memchr(cell.bytes, '@', cell.length);
    struct moment moment;
    struct decimal value;
    if (at && at > cell.bytes && memchr(at, '.', (size_t)(cell.bytes + cell.length - at)))
        return true;
    if (kind == KIND_DAY)
        return number_parse_plain(cell, &value) && memchr(cell.bytes, '.', cell.length);
    if (kind == KIND_MONEY || kind == KIND_TALLY)
        return moment_read(cell, ORDER_FIND, false, spot.intake->loader->zone, &moment) ==
                   MOMENT_OK &&
               !number_parse_plain(cell, &value);
    return false;
}

void
reading_missed(struct spot spot, struct text cell, bool bad)
{
    const struct field *field = &spot.intake->field[spot.field];
    if (field->need == NEED_CELL)
        chunk_refuse(spot.chunk, spot.rows, spot.row, field->name,
                     bad ? "required cell is unreadable" : "required cell is empty");
    else if (bad && is_foreign(spot, cell))
        chunk_refuse(spot.chunk, spot.rows, spot.row, field->name, "cells have slipped");
    else if (bad && spot.chunk->verdict[spot.row] == VERDICT_KEEP)
        chunk_unreadable(spot.chunk, spot.rows, spot.row, spot.field);
}

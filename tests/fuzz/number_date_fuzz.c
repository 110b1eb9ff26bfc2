/* Cells as numbers, money, days and periods; doubles as text. */
#include "buf.h"
#include "day.h"
#include "fuzz.h"
#include "number.h"

#include <math.h>
#include <stdlib.h>

static const struct number_format formats[] = {
    {'.', 0, false},   {'.', ',', false}, {',', '.', false}, {'.', '\'', false},
    {',', ' ', false}, {'.', ',', true},  {',', 0, false},   {'.', ' ', true},
};

/* What was read is read again from what we would write of it. */
static void
number_is_read_back(struct decimal number, struct number_format format)
{
    struct buf out = {NULL, 0, 0};
    char digits[32];
    struct decimal again;
    CHECK(number.scale <= 9 && number.coefficient != INT64_MIN);
    buf_int(&out, llabs(number.coefficient));
    size_t count = out.length, zeros = count > number.scale ? 0 : number.scale + 1u - count;
    memset(digits, '0', zeros);
    memcpy(digits + zeros, out.bytes, count);
    count += zeros;
    buf_clear(&out);
    if (number.coefficient < 0)
        buf_char(&out, '-');
    buf_add(&out, digits, count - number.scale);
    if (number.scale)
        buf_char(&out, format.decimal);
    buf_add(&out, digits + count - number.scale, number.scale);
    CHECK(number_parse(buf_as_text(&out), format, &again) == NUMBER_OK);
    for (; again.scale < number.scale; again.scale++)
        again.coefficient *= 10;
    CHECK(again.coefficient == number.coefficient && again.scale == number.scale);
    buf_free(&out);
}

static void
money_stays_near(struct decimal value, struct decimal rate, int digits)
{
    int64_t minor;
    double exact = number_to_real(value) * number_to_real(rate) * pow(10, digits);
    if (number_to_minor(value, rate, digits, &minor))
        CHECK(minor != MONEY_NONE && fabs((double)minor - exact) <= 0.5001 + fabs(exact) * 1e-12);
    else
        CHECK(fabs(exact) > 9.2e18);
}

static void
try_number(struct text cell, struct number_format format, uint8_t choice)
{
    struct decimal number = {1, 0}, plain = {1, 0};
    enum number_fault fault = number_parse(cell, format, &number);
    if (fault == NUMBER_OK) {
        number_is_read_back(number, format);
        money_stays_near(number, (struct decimal){1 + choice * 7919, choice % 10}, choice % 5);
    }
    if (number_parse_plain(cell, &plain)) {
        CHECK(number_parse(cell, formats[0], &number) == NUMBER_OK);
        for (; number.scale < plain.scale; number.scale++)
            number.coefficient *= 10;
        CHECK(number.coefficient == plain.coefficient);
    }
}

static void
try_day(struct text cell, uint8_t choice)
{
    int fiscal_start = 1 + choice % 12;
    enum period_kind kind = (enum period_kind)(choice / 12 % 4);
    struct period period, again;
    day d = day_from_iso(cell.bytes, cell.length);
    if (d != DAY_NONE) {
        char iso[11];
        CHECK(day_valid(day_to_civil(d)) && day_from_civil(day_to_civil(d)) == d);
        day_to_iso(d, iso);
        CHECK(text_equal(cell, text_of(iso)));
    }
    if (!period_parse(kind, fiscal_start, cell, &period))
        return;
    CHECK(period.start <= period.end && period_length(period) <= 366);
    CHECK(d == DAY_NONE || (period.start <= d && d <= period.end));
    again = period_of(kind, fiscal_start, period.end);
    CHECK(memcmp(&again, &period, sizeof again) == 0);
    again = period_next(kind, fiscal_start, period_previous(kind, fiscal_start, period));
    CHECK(memcmp(&again, &period, sizeof again) == 0);
}

static void
try_real(const uint8_t *bytes, uint8_t choice)
{
    struct buf out = {NULL, 0, 0};
    double value;
    memcpy(&value, bytes, sizeof value);
    if (!isfinite(value))
        return;
    buf_real(&out, value);
    CHECK(out.length <= 26 && strtod(out.bytes, NULL) == value);
    buf_clear(&out);
    int digits = choice % 16;
    buf_fixed(&out, value, digits);
    CHECK(strspn(out.bytes, "-0123456789.") == out.length);
    if (fabs(value) < 1e15)
        CHECK(fabs(strtod(out.bytes, NULL) - value) <=
              0.5 * pow(10, -digits) * 1.000001 + fabs(value) * 1e-15);
    buf_free(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size == 0)
        return 0;
    uint8_t choice = bytes[0];
    struct text cell = fuzz_text(bytes + 1, size - 1);
    try_number(cell, formats[choice % 8], choice);
    try_day(cell, choice);
    if (size > sizeof(double))
        try_real(bytes + 1, choice);
    return 0;
}

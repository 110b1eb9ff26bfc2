#include "real.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* An unsigned number of up to 1,216 bits, the lowest word first, no zero word on top. */
enum { WORDS = 38 };

struct big {
    uint32_t length;
    uint32_t word[WORDS];
};

static void
big_set(struct big *big, uint64_t value)
{
    big->word[0] = (uint32_t)value;
    big->word[1] = (uint32_t)(value >> 32);
    big->length = value == 0 ? 0 : value >> 32 ? 2 : 1;
}

static void
big_times(struct big *big, uint32_t factor)
{
    uint64_t carry = 0;
    for (uint32_t i = 0; i < big->length; i++) {
        carry += (uint64_t)big->word[i] * factor;
        big->word[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry)
        big->word[big->length++] = (uint32_t)carry;
}

static void
big_times_ten_power(struct big *big, int power)
{
    for (; power >= 9; power -= 9)
        big_times(big, 1000000000);
    for (; power > 0; power--)
        big_times(big, 10);
}

static void
big_shift(struct big *big, int bits)
{
    uint32_t words = (uint32_t)bits / 32;
    if (big->length && words) {
        memmove(big->word + words, big->word, big->length * sizeof *big->word);
        memset(big->word, 0, words * sizeof *big->word);
        big->length += words;
    }
    if (bits % 32)
        big_times(big, UINT32_C(1) << bits % 32);
}

static int
big_compare(const struct big *a, const struct big *b)
{
    if (a->length != b->length)
        return a->length < b->length ? -1 : 1;
    for (uint32_t i = a->length; i-- > 0;)
        if (a->word[i] != b->word[i])
            return a->word[i] < b->word[i] ? -1 : 1;
    return 0;
}

static uint32_t
word_at(const struct big *big, uint32_t i)
{
    return i < big->length ? big->word[i] : 0;
}

/* Compares a + b with c. */
static int
big_compare_sum(const struct big *a, const struct big *b, const struct big *c)
{
    struct big sum = {.length = a->length > b->length ? a->length : b->length};
    uint64_t carry = 0;
    for (uint32_t i = 0; i < sum.length; i++) {
        carry += (uint64_t)word_at(a, i) + word_at(b, i);
        sum.word[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry)
        sum.word[sum.length++] = (uint32_t)carry;
    return big_compare(&sum, c);
}

/* a -= b x factor; the result must not be negative. */
static void
big_less(struct big *a, const struct big *b, uint32_t factor)
{
    uint64_t borrow = 0;
    for (uint32_t i = 0; i < a->length; i++) {
        uint64_t take = (uint64_t)word_at(b, i) * factor + borrow;
        borrow = (take >> 32) + ((uint32_t)take > a->word[i]);
        a->word[i] -= (uint32_t)take;
    }
    while (a->length && a->word[a->length - 1] == 0)
        a->length--;
}

/* a mod b in a; returns a / b, which is below 10. The top word of b is at least 8 and below 2^28,
 * so that the estimate by top words is at most one too small. */
static uint32_t
big_divide(struct big *a, const struct big *b)
{
    if (a->length < b->length)
        return 0;
    uint32_t quotient = a->word[b->length - 1] / (b->word[b->length - 1] + 1);
    if (quotient)
        big_less(a, b, quotient);
    if (big_compare(a, b) >= 0) {
        big_less(a, b, 1);
        quotient++;
    }
    return quotient;
}

/* value = r / s; below and above it, half the gap to the next double is low / s and high / s. */
struct fraction {
    struct big r, s, low, high;
    bool even; /* the ends of the gap read back as value too */
};

static void
set_fraction(struct fraction *f, uint64_t mantissa, int exponent, bool uneven)
{
    int up = exponent > 0 ? exponent : 0, down = exponent < 0 ? -exponent : 0;
    f->even = mantissa % 2 == 0;
    big_set(&f->r, mantissa);
    big_shift(&f->r, up + 1 + uneven);
    big_set(&f->s, 1);
    big_shift(&f->s, down + 1 + uneven);
    big_set(&f->low, 1);
    big_shift(&f->low, up);
    f->high = f->low;
    if (uneven)
        big_shift(&f->high, 1);
}

static void
times_ten(struct fraction *f)
{
    big_times(&f->r, 10);
    big_times(&f->low, 10);
    big_times(&f->high, 10);
}

/* Scales so that r / s is in [0.1, 1) x 10^point, and s for big_divide. Returns point. */
static int
scale(struct fraction *f, int point)
{
    if (point >= 0) {
        big_times_ten_power(&f->s, point);
    } else {
        big_times_ten_power(&f->r, -point);
        big_times_ten_power(&f->low, -point);
        big_times_ten_power(&f->high, -point);
    }
    int order = big_compare_sum(&f->r, &f->high, &f->s);
    if (order > 0 || (order == 0 && f->even))
        point++;
    else
        times_ten(f);
    int top = 32 - __builtin_clz(f->s.word[f->s.length - 1]), bits = (28 - top + 32) % 32;
    big_shift(&f->r, bits);
    big_shift(&f->s, bits);
    big_shift(&f->low, bits);
    big_shift(&f->high, bits);
    return point;
}

/* The last digit is rounded up when that is nearer, a tie to even. A carry cannot come out of it.
 */
static void
generate(struct fraction *f, struct real *real)
{
    for (;;) {
        uint32_t digit = big_divide(&f->r, &f->s);
        int low = big_compare(&f->r, &f->low), high = big_compare_sum(&f->r, &f->high, &f->s);
        bool stop_low = low < 0 || (low == 0 && f->even);
        bool stop_high = high > 0 || (high == 0 && f->even);
        if (stop_low && stop_high) {
            int half = big_compare_sum(&f->r, &f->r, &f->s);
            stop_high = half > 0 || (half == 0 && digit % 2 == 1);
        }
        real->digit[real->count++] = (char)('0' + digit + (stop_high ? 1 : 0));
        if (stop_low || stop_high)
            return;
        times_ten(f);
    }
}

static const double exact_tens[] = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
};

/* Sets digits that stand before (`whole` of them) and behind the decimal sign, without the zeros at
 * either end. At most 17 remain. */
static void
set_digits(struct real *real, const char *digits, int count, int whole)
{
    int zeros = 0;
    while (zeros < count && digits[zeros] == '0')
        zeros++;
    while (count > zeros && digits[count - 1] == '0')
        count--;
    real->point = whole - zeros;
    real->count = count - zeros;
    memcpy(real->digit, digits + zeros, (size_t)real->count);
}

static int
write_whole(char *digits, uint64_t whole)
{
    int count = 0;
    for (uint64_t rest = whole; rest; rest /= 10)
        count++;
    for (int i = count; i-- > 0; whole /= 10)
        digits[i] = (char)('0' + whole % 10);
    return count;
}

/* Fifteen digits or fewer, as most numbers of people have: the nearest whole number of that
 * decimal place, divided by an exact power of ten, is correctly rounded; where that is the value,
 * no other decimal of so few digits is (DBL_DIG). */
static bool
find_short(double value, int exponent, struct real *real)
{
    int places = 15 - (int)ceil(exponent * 0.30102999566398120);
    if (places < 0 || places > 22)
        return false;
    double whole = rint(value * exact_tens[places]);
    if (whole < 1 || whole >= 1e15 || whole / exact_tens[places] != value)
        return false;
    char digits[16] = {0};
    int count = write_whole(digits, (uint64_t)whole);
    set_digits(real, digits, count, count - places);
    return true;
}

/* The same digits as generate() in plain integers, for mantissa / 2^-exponent where that has a
 * fraction and fits: what the fraction is measured by is then a power of two, and no digit needs a
 * division. A round-up of the whole part carries by itself; in the fraction none can carry. */
static bool
find_fraction(uint64_t mantissa, int exponent, bool uneven, struct real *real)
{
    /* Down to 2^-31: ten times the fraction stays below 2^88, and 9 zeros may precede 17 digits. */
    enum { MOST_SHIFT = 84, MOST_DIGITS = 20 + 9 + 17 };
    int shift = 1 + uneven - exponent;
    if (exponent >= 0 || shift > MOST_SHIFT)
        return false;
    unsigned __int128 one = (unsigned __int128)1 << shift, low = 1, high = 1 + uneven;
    unsigned __int128 rest = (unsigned __int128)mantissa << (1 + uneven);
    bool even = mantissa % 2 == 0;
    uint64_t whole = (uint64_t)(rest >> shift), digit = whole;
    int places = 0;
    char fraction[MOST_DIGITS], digits[MOST_DIGITS] = {0};
    for (rest &= one - 1;; rest &= one - 1) {
        bool stop_low = even ? rest <= low : rest < low;
        bool stop_high = even ? rest + high >= one : rest + high > one;
        if (stop_low && stop_high)
            stop_high = 2 * rest > one || (2 * rest == one && digit % 2 == 1);
        if (places == 0)
            whole += stop_high;
        else
            fraction[places - 1] = (char)('0' + digit + stop_high);
        if (stop_low || stop_high)
            break;
        rest *= 10;
        low *= 10;
        high *= 10;
        digit = (uint64_t)(rest >> shift);
        places++;
    }
    int count = write_whole(digits, whole);
    memcpy(digits + count, fraction, (size_t)places);
    set_digits(real, digits, count + places, count);
    return true;
}

struct real
real_digits(double value)
{
    struct real real = {.count = 0};
    struct fraction fraction;
    int exponent;
    value = fabs(value);
    double half = frexp(value, &exponent); /* [0.5, 1) */
    if (find_short(value, exponent, &real))
        return real;
    int lost = exponent < -1021 ? -1021 - exponent : 0; /* bits a subnormal lacks */
    uint64_t mantissa = (uint64_t)ldexp(half, 53 - lost);
    bool uneven = half == 0.5 && exponent > -1021;
    if (find_fraction(mantissa, exponent - 53 + lost, uneven, &real))
        return real;
    set_fraction(&fraction, mantissa, exponent - 53 + lost, uneven);
    real.point = scale(&fraction, (int)ceil((exponent - 1) * 0.30102999566398120 - 1e-10));
    generate(&fraction, &real);
    return real;
}

struct real
real_rounded(double value, int power, int decimals)
{
    struct real real = {.count = 0};
    if (value == 0)
        return real;
    real = real_digits(value);
    real.point += power;
    int keep = real.point + decimals;
    if (keep >= real.count)
        return real;
    if (keep < 0) {
        real.count = 0;
        return real;
    }
    bool up = real.digit[keep] >= '5';
    real.count = keep;
    if (up) {
        while (real.count && real.digit[real.count - 1] == '9')
            real.count--;
        if (real.count) {
            real.digit[real.count - 1]++;
        } else {
            real.digit[real.count++] = '1';
            real.point++;
        }
    }
    while (real.count && real.digit[real.count - 1] == '0')
        real.count--;
    return real;
}

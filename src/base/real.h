/* real: the decimal digits of doubles, exact and without the C library, so that no locale and no
 * platform can change them. */
#ifndef SEFPACK_BASE_REAL_H
#define SEFPACK_BASE_REAL_H

/* |value| = 0.d1 d2 ... x 10^point. The first and the last digit are not '0'. */
struct real {
    char digit[24];
    int count, point;
};

/* The fewest digits (1..17) that read back as the same double, the nearest to it among those:
 * Steele and White 1990 (free format). `value` is finite and not 0; its sign is ignored. */
struct real
real_digits(double value);

/* The digits of real_digits x 10^power, rounded to `decimals` places, half away from zero: 1.005 to
 * 2 places is 1.01, as a reader of the printed number expects. `count` 0: it is 0 at that place. */
struct real
real_rounded(double value, int power, int decimals);

#endif

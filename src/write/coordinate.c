#include "coordinate.h"

#include <math.h>
#include <stdint.h>

void
coordinate_write(struct buf *out, double value)
{
    if (!(value > -30000))
        value = isnan(value) ? 0 : -30000;
    if (value > 30000)
        value = 30000;
    char text[12];
    int64_t hundredths = (int64_t)(value * 100 + (value < 0 ? -0.5 : 0.5));
    uint32_t rest = (uint32_t)(hundredths < 0 ? -hundredths : hundredths);
    char *at = text + sizeof text;
    if (rest % 100) {
        if (rest % 10)
            *--at = (char)('0' + rest % 10);
        *--at = (char)('0' + rest / 10 % 10);
        *--at = '.';
    }
    rest /= 100;
    do
        *--at = (char)('0' + rest % 10);
    while (rest /= 10);
    if (hundredths < 0)
        *--at = '-';
    buf_add(out, at, (size_t)(text + sizeof text - at));
}

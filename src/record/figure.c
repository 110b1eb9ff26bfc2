#include "figure.h"

static char
group_of(struct text cell, char mark, char group)
{
    char other = mark == '.' ? ',' : '.';
    if (group)
        return group == mark ? other : group;
    if (cell.length && memchr(cell.bytes, other, cell.length))
        return other;
    for (uint32_t i = 0; i < cell.length; i++)
        if (cell.bytes[i] == '\'' || cell.bytes[i] == '\xE2') /* U+2019 begins with E2 */
            return cell.bytes[i] == '\'' || (i + 2 < cell.length && cell.bytes[i + 1] == '\x80' &&
                                             cell.bytes[i + 2] == '\x99')
                       ? '\''
                       : ' ';
    return ' ';
}

void
figure_read(struct text cell, char group, bool indian, struct figure *out)
{
    static const char marks[2] = {'.', ','};
    for (int i = 0; i < 2; i++) {
        struct number_format format = {marks[i], group_of(cell, marks[i], group), indian};
        out->readable[i] = number_parse(cell, format, &out->value[i]) == NUMBER_OK;
    }
}

/* a x 10^-s as the shortest pair, so that equal values compare equal. */
static struct decimal
reduced(struct decimal value)
{
    while (value.scale > 0 && value.coefficient % 10 == 0) {
        value.coefficient /= 10;
        value.scale--;
    }
    return value;
}

bool
figure_agrees(const struct figure *figure)
{
    if (figure->readable[0] != figure->readable[1])
        return false;
    if (!figure->readable[0])
        return true;
    struct decimal a = reduced(figure->value[0]), b = reduced(figure->value[1]);
    return a.coefficient == b.coefficient && a.scale == b.scale;
}

#include "ink.h"

#include <math.h>
#include <string.h>

struct ink_row {
    const char *name;
    struct colour light, dark;
};

#define RGB(hex)                                                                                   \
    {                                                                                              \
        (uint8_t)((hex) >> 16), (uint8_t)((hex) >> 8 & 0xFF), (uint8_t)((hex)&0xFF)                \
    }

static const struct ink_row inks[INK_COUNT] = {
    [INK_NONE] = {"none", RGB(0xFFFFFF), RGB(0x12161C)},
    [INK_TEXT] = {"text", RGB(0x1A1A1A), RGB(0xE6E8EB)},
    [INK_SECONDARY] = {"secondary", RGB(0x4A4A4A), RGB(0xBCC3CC)},
    [INK_MUTED] = {"muted", RGB(0x6B6B6B), RGB(0xA9B1BC)},
    [INK_AXIS] = {"axis", RGB(0x8C8C8C), RGB(0x7A8492)},
    [INK_RULE] = {"rule", RGB(0xBFBFBF), RGB(0x56606D)},
    [INK_GRID] = {"grid", RGB(0xEBEBEB), RGB(0x28303A)},
    [INK_PAPER] = {"paper", RGB(0xFFFFFF), RGB(0x12161C)},
    [INK_ACCENT] = {"accent", RGB(0x12436D), RGB(0x6BACE6)},
    [INK_ACCENT_MID] = {"accent-mid", RGB(0x6B93B8), RGB(0x44719B)},
    [INK_ACCENT_LOW] = {"accent-low", RGB(0xC9D7E5), RGB(0x24384B)},
    [INK_SERIES_2] = {"series-2", RGB(0x28A197), RGB(0x5AC8BD)},
    [INK_SERIES_3] = {"series-3", RGB(0x801650), RGB(0xD58AB0)},
    [INK_SERIES_4] = {"series-4", RGB(0xF46A25), RGB(0xF58A55)},
    [INK_BINDING] = {"binding", RGB(0xD55E00), RGB(0xF2914D)},
    [INK_GOOD] = {"good", RGB(0x0072B2), RGB(0x6CB8EC)},
    [INK_BAD] = {"bad", RGB(0xD55E00), RGB(0xF2914D)},
};

static bool
read_colour(const char *text, struct colour *out)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    uint32_t value = 0;
    if (!text || text[0] != '#' || strlen(text) != 7)
        return false;
    for (int i = 1; i < 7; i++) {
        const char *digit = strchr(digits, text[i]);
        if (!digit)
            return false;
        value = value << 4 | (uint32_t)((digit - digits) % 16);
    }
    *out = (struct colour)RGB(value);
    return true;
}

static struct colour
mix(struct colour a, struct colour b, double share)
{
    return (struct colour){(uint8_t)lround(a.red + (b.red - a.red) * share),
                           (uint8_t)lround(a.green + (b.green - a.green) * share),
                           (uint8_t)lround(a.blue + (b.blue - a.blue) * share)};
}

/* The accent's three tones: the default ones as designed, others mixed like them. */
static void
set_accent(const char *text, bool dark, struct colour palette[INK_COUNT])
{
    struct colour accent, light = inks[INK_ACCENT].light;
    if (!read_colour(text, &accent) || memcmp(&accent, &light, sizeof accent) == 0)
        return;
    struct colour paper = palette[INK_PAPER];
    if (dark)
        accent = mix(accent, (struct colour){255, 255, 255}, 0.55);
    palette[INK_ACCENT] = accent;
    palette[INK_ACCENT_MID] = mix(accent, paper, 0.44);
    palette[INK_ACCENT_LOW] = mix(accent, paper, 0.78);
}

void
ink_palette(const char *accent, struct colour palette[INK_COUNT])
{
    for (int i = 0; i < INK_COUNT; i++)
        palette[i] = inks[i].light;
    set_accent(accent, false, palette);
}

const char *
ink_name(enum ink ink)
{
    return inks[ink].name;
}

static void
variables(struct buf *out, const struct colour palette[INK_COUNT])
{
    buf_string(out, ":root{");
    for (int i = INK_TEXT; i < INK_COUNT; i++)
        buf_printf(out, "--%s:#%02X%02X%02X;", inks[i].name, palette[i].red, palette[i].green,
                   palette[i].blue);
    buf_string(out, "}");
}

void
ink_style(struct buf *out, const char *accent)
{
    struct colour palette[INK_COUNT];
    ink_palette(accent, palette);
    variables(out, palette);
    for (int i = 0; i < INK_COUNT; i++)
        palette[i] = inks[i].dark;
    set_accent(accent, true, palette);
    buf_string(out, "\n@media screen and (prefers-color-scheme:dark){");
    variables(out, palette);
    buf_string(out, "}\n");
    for (int i = INK_TEXT; i < INK_COUNT; i++)
        buf_printf(out, ".f-%s{fill:var(--%s)}.s-%s{stroke:var(--%s)}", inks[i].name, inks[i].name,
                   inks[i].name, inks[i].name);
    buf_string(out, "\n");
}

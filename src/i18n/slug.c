#include "slug.h"

#include "trouble.h"
#include "units.h"

#include <stdbool.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

/* More of a name than this cannot reach the slug but by very many signs that vanish. */
enum { NAME_UNITS = 256, LATIN_UNITS = 4096 };

struct slug {
    char *out;
    int length;
    bool gap; /* something that is no letter or digit stands before the next one */
};

static void
add(struct slug *slug, uint32_t c)
{
    if (c >= 'A' && c <= 'Z')
        c += 'a' - 'A';
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) {
        slug->gap = slug->length > 0;
        return;
    }
    int room = SLUG_SIZE - 1 - slug->length - (slug->gap ? 1 : 0);
    if (room <= 0)
        return;
    if (slug->gap)
        slug->out[slug->length++] = '-';
    slug->gap = false;
    slug->out[slug->length++] = (char)c;
}

/* In the middle of a word these are neither letters nor gaps: O'Neill is oneill. */
static bool
is_silent(uint32_t c)
{
    return c == '\'' || c == 0x2019 || (c >= 0x2B0 && c <= 0x36F);
}

static bool
is_ascii(const UChar *units, int32_t length)
{
    for (int32_t i = 0; i < length; i++)
        if (units[i] >= 0x80)
            return false;
    return true;
}

static bool
is_latin(const UChar *units, int32_t length)
{
    for (int32_t i = 0; i < length;) {
        UErrorCode status = U_ZERO_ERROR;
        uint32_t c = units_next(units, length, &i);
        UScriptCode script = uscript_getScript((UChar32)c, &status);
        if (script != USCRIPT_LATIN && script != USCRIPT_COMMON && script != USCRIPT_INHERITED)
            return false;
    }
    return true;
}

/* Latin letters by the cheapest rules that do it: those of all scripts are costly to open. */
static int32_t
to_latin(UChar units[LATIN_UNITS], int32_t length)
{
    static const UChar latin[] = u"Latin-ASCII; Lower", any[] = u"Any-Latin; Latin-ASCII; Lower";
    UErrorCode status = U_ZERO_ERROR;
    int32_t limit = length;
    if (is_ascii(units, length))
        return length;
    UTransliterator *rules = utrans_openU(is_latin(units, length) ? latin : any, -1, UTRANS_FORWARD,
                                          NULL, 0, NULL, &status);
    if (trouble(status)) /* of rules that every ICU has */
        memory_exhausted(0);
    utrans_transUChars(rules, units, &length, LATIN_UNITS, 0, &limit, &status);
    utrans_close(rules);
    return length < LATIN_UNITS ? length : LATIN_UNITS;
}

void
slug_make(struct text name, char out[SLUG_SIZE])
{
    static const char unnamed[] = "unnamed";
    UErrorCode status = U_ZERO_ERROR;
    UChar units[LATIN_UNITS];
    int32_t length = 0, bytes = name.length < NAME_UNITS ? (int32_t)name.length : NAME_UNITS;
    u_strFromUTF8WithSub(units, LATIN_UNITS, &length, name.length ? name.bytes : "", bytes, 0xFFFD,
                         NULL, &status);
    struct slug slug = {.out = out};
    if (trouble(status))
        length = 0;
    length = to_latin(units, length);
    for (int32_t i = 0; i < length;) {
        uint32_t c = units_next(units, length, &i);
        if (!is_silent(c))
            add(&slug, c);
    }
    out[slug.length] = '\0';
    if (slug.length == 0)
        memcpy(out, unnamed, sizeof unnamed);
}

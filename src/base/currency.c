#include "currency.h"

#include "number.h"

/* Codes in use, by their number of minor digits. */
static const char no_digits[] = "BIFCLPDJFGNFISKJPYKMFKRWPYGRWFUGXUYIVNDVUVXAFXOFXPF";
static const char three_digits[] = "BHDIQDJODKWDLYDOMRTND";
static const char four_digits[] = "CLFUYW";
static const char two_digits[] =
    "AEDAFNALLAMDANGAOAARSAUDAWGAZNBAMBBDBDTBGNBMDBNDBOBBOVBRLBSDBTNBWPBYNBZDCADCDFCHECHFCHWCNYCOP"
    "COUCRCCUCCUPCVECZKDKKDOPDZDEGPERNETBEURFJDFKPGBPGELGHSGIPGMDGTQGYDHKDHNLHRKHTGHUFIDRILSINRIRR"
    "JMDKESKGSKHRKPWKYDKZTLAKLBPLKRLRDLSLMADMDLMGAMKDMMKMNTMOPMRUMURMVRMWKMXNMXVMYRMZNNADNGNNIONOK"
    "NPRNZDPABPENPGKPHPPKRPLNQARRONRSDRUBSARSBDSCRSDGSEKSGDSHPSLESLLSOSSRDSSPSTNSVCSYPSZLTHBTJSTMT"
    "TOPTRYTTDTWDTZSUAHUSDUSNUYUUZSVEDVESWSTXCDYERZARZMWZWL";

static const struct text signs[] = {
    TEXT("US$"),          TEXT("CA$"),
    TEXT("AU$"),          TEXT("NZ$"),
    TEXT("HK$"),          TEXT("R$"),
    TEXT("C$"),           TEXT("A$"),
    TEXT("S$"),           TEXT("$"),
    TEXT("Fr."),          TEXT("kr."),
    TEXT("kr"),           TEXT("z\xC5\x82"),
    TEXT("Rs."),          TEXT("Rs"),
    TEXT("\xC2\xA3"),     TEXT("\xC2\xA5"),
    TEXT("\xE2\x82\xA9"), TEXT("\xE2\x82\xAA"),
    TEXT("\xE2\x82\xAB"), TEXT("\xE2\x82\xAC"),
    TEXT("\xE2\x82\xA6"), TEXT("\xE2\x82\xB4"),
    TEXT("\xE2\x82\xB9"), TEXT("\xE2\x82\xBA"),
    TEXT("\xE2\x82\xBD"), TEXT("\xE0\xB8\xBF"),
};

static bool
is_listed(const char *list, const char *code)
{
    for (; *list; list += 3)
        if (memcmp(list, code, 3) == 0)
            return true;
    return false;
}

static bool
is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool
is_code(struct text text)
{
    for (uint32_t i = 0; i < 3; i++)
        if (i >= text.length || text.bytes[i] < 'A' || text.bytes[i] > 'Z')
            return false;
    return true;
}

static bool
ends_word(struct text text, uint32_t length)
{
    return text.length == length || !is_letter(text.bytes[length - 1]) ||
           !is_letter(text.bytes[length]);
}

uint32_t
currency_length(struct text text)
{
    if (is_code(text) && ends_word(text, 3) &&
        (is_listed(two_digits, text.bytes) || is_listed(no_digits, text.bytes) ||
         is_listed(three_digits, text.bytes) || is_listed(four_digits, text.bytes)))
        return 3;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (text.length >= signs[i].length &&
            memcmp(text.bytes, signs[i].bytes, signs[i].length) == 0 &&
            ends_word(text, signs[i].length))
            return signs[i].length;
    return 0;
}

int
currency_digits(struct text code)
{
    if (code.length != 3 || !is_code(code))
        return -1;
    return is_listed(no_digits, code.bytes)      ? 0
           : is_listed(three_digits, code.bytes) ? 3
           : is_listed(four_digits, code.bytes)  ? 4
                                                 : 2;
}

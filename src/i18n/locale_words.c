#include "locale_words.h"

#include <string.h>

/* Languages without a row get the last one. Billion is 10^9 throughout. */
static const struct locale_words rows[] = {
    {"en", {"", "k", "m", "bn", "tn"}, "pp", true},
    {"de", {"", "Tsd.", "Mio.", "Mrd.", "Bio."}, "PP", false},
    {"fr", {"", "k", "M", "Md", "Bn"}, "pt", false},
    {"es", {"", "mil", "M", "mil\u00A0M", "B"}, "p.\u00A0p.", false},
    {"it", {"", "mila", "mln", "mrd", "bln"}, "p.p.", false},
    {"nl", {"", "dzd.", "mln.", "mld.", "bln."}, "pp", false},
    {"pt", {"", "mil", "mi", "mil\u00A0mi", "bi"}, "p.p.", false},
    {"pl", {"", "tys.", "mln", "mld", "bln"}, "p.p.", false},
    {"cs", {"", "tis.", "mil.", "mld.", "bil."}, "p.\u00A0b.", false},
    {"sv", {"", "tn", "mn", "md", "bn"}, "pe", false},
    {"da", {"", "t", "mio.", "mia.", "bio."}, "pp", false},
    {"nb", {"", "k", "mill.", "mrd.", "bill."}, "pp", false},
    {"no", {"", "k", "mill.", "mrd.", "bill."}, "pp", false},
    {"fi", {"", "t.", "milj.", "mrd.", "bilj."}, "%-yks.", false},
    {"", {"", "k", "m", "bn", "tn"}, "pp", true},
};

const struct locale_words *
locale_words_of(const char *language)
{
    const struct locale_words *row = rows;
    while (row->language[0] && strcmp(row->language, language) != 0)
        row++;
    return row;
}

#include "address.h"

enum { LONGEST_DOMAIN = 253, LONGEST_LABEL = 63, LONGEST_LOCAL = 64 };

static bool
is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool
address_is_domain(struct text text)
{
    uint32_t label = 0;
    if (text.length == 0 || text.length > LONGEST_DOMAIN)
        return false;
    for (uint32_t i = 0; i < text.length; i++) {
        char c = text.bytes[i];
        bool last = i + 1 == text.length || text.bytes[i + 1] == '.';
        if (c == '.' && label > 0 && i + 1 < text.length) {
            label = 0;
            continue;
        }
        if (!is_letter_or_digit(c) && !(c == '-' && label > 0 && !last))
            return false;
        if (++label > LONGEST_LABEL)
            return false;
    }
    return true;
}

bool
address_is_mailbox(struct text text)
{
    const char *at = text.length ? memchr(text.bytes, '@', text.length) : NULL;
    if (!at || at == text.bytes || at - text.bytes > LONGEST_LOCAL)
        return false;
    for (const char *c = text.bytes; c < at; c++) {
        bool dot = *c == '.' && c > text.bytes && c + 1 < at && c[1] != '.';
        if (!is_letter_or_digit(*c) && !dot && (*c == '\0' || !strchr("!#$%&'*+-/=?^_`{|}~", *c)))
            return false;
    }
    return address_is_domain(address_domain(text));
}

struct text
address_domain(struct text mailbox)
{
    const char *at = mailbox.length ? memchr(mailbox.bytes, '@', mailbox.length) : NULL;
    if (!at)
        return TEXT("");
    return (struct text){at + 1, (uint32_t)(mailbox.bytes + mailbox.length - at - 1)};
}

bool
address_split(const char *text, struct text *name, struct text *mailbox)
{
    struct text whole = text_of(text);
    const char *open = text ? strrchr(text, '<') : NULL;
    *name = TEXT("");
    *mailbox = whole;
    if (open) {
        uint32_t before = (uint32_t)(open - text);
        if (whole.bytes[whole.length - 1] != '>')
            return false;
        *name = text_trim((struct text){text, before});
        *mailbox = (struct text){open + 1, whole.length - before - 2};
    }
    return address_is_mailbox(*mailbox);
}

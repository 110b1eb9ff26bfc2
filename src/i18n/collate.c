#include "collate.h"

#include "memory.h"
#include "tag.h"
#include "trouble.h"

#include <stdlib.h>
#include <unicode/ucol.h>
#include <unicode/ustring.h>

struct collator {
    UCollator *rules;
};

struct collator *
collate_open(const char *tag)
{
    UErrorCode status = U_ZERO_ERROR;
    char id[TAG_SIZE];
    if (!tag_to_id(tag, id))
        return NULL;
    UCollator *rules = ucol_open(id, &status);
    if (trouble(status))
        return NULL;
    ucol_setAttribute(rules, UCOL_NUMERIC_COLLATION, UCOL_ON, &status);
    struct collator *collator = memory_new(1, sizeof *collator);
    collator->rules = rules;
    return collator;
}

void
collate_close(struct collator *collator)
{
    if (!collator)
        return;
    ucol_close(collator->rules);
    free(collator);
}

static int32_t
icu_length(struct text text)
{
    if (text.length > INT32_MAX / 4)
        memory_exhausted(text.length);
    return (int32_t)text.length;
}

int
collate_compare(const struct collator *collator, struct text a, struct text b)
{
    UErrorCode status = U_ZERO_ERROR;
    UCollationResult order =
        ucol_strcollUTF8(collator->rules, a.length ? a.bytes : "", icu_length(a),
                         b.length ? b.bytes : "", icu_length(b), &status);
    if (!trouble(status) && order != UCOL_EQUAL)
        return order == UCOL_LESS ? -1 : 1;
    return text_compare(a, b);
}

void
collate_key(const struct collator *collator, struct text name, struct buf *key)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t length = 0, bytes = icu_length(name);
    UChar *units = memory_new((size_t)bytes + 1, sizeof *units);
    u_strFromUTF8WithSub(units, bytes + 1, &length, bytes ? name.bytes : "", bytes, 0xFFFD, NULL,
                         &status);
    int32_t room = ucol_getSortKey(collator->rules, units, length, NULL, 0);
    uint8_t *sort_key = memory_new((size_t)room, 1);
    ucol_getSortKey(collator->rules, units, length, sort_key, room);
    buf_add(key, sort_key, (size_t)room); /* ends in a zero, the only one in it */
    buf_text(key, name);
    free(sort_key);
    free(units);
}

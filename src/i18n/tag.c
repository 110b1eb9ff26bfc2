#include "tag.h"

#include "trouble.h"

#include <string.h>
#include <unicode/uloc.h>

bool
tag_to_id(const char *tag, char id[TAG_SIZE])
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t parsed = 0;
    size_t length = strlen(tag);
    if (length == 0 || length >= TAG_SIZE)
        return false;
    uloc_forLanguageTag(tag, id, TAG_SIZE, &parsed, &status);
    return status == U_ZERO_ERROR && (size_t)parsed == length && id[0] != '\0' && id[0] != '_' &&
           id[0] != '@';
}

bool
tag_is_known(const char *id)
{
    UErrorCode status = U_ZERO_ERROR;
    char language[ULOC_LANG_CAPACITY];
    int32_t length = uloc_getLanguage(id, language, sizeof language, &status);
    if (trouble(status) || length == 0)
        return false;
    for (int32_t i = 0; i < uloc_countAvailable(); i++) {
        const char *known = uloc_getAvailable(i);
        if (strncmp(known, language, (size_t)length) == 0 &&
            (known[length] == '\0' || known[length] == '_'))
            return true;
    }
    return false;
}

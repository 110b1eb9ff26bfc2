#include "linebreak.h"

#include "memory.h"
#include "tag.h"
#include "trouble.h"

#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

struct linebreaker {
    UBreakIterator *rules;
    UText *text;
    struct line_end *ends;
    size_t capacity;
};

struct linebreaker *
linebreak_open(const char *tag)
{
    UErrorCode status = U_ZERO_ERROR;
    char id[TAG_SIZE];
    if (!tag_to_id(tag, id))
        return NULL;
    UBreakIterator *rules = ubrk_open(UBRK_LINE, id, NULL, 0, &status);
    if (trouble(status))
        return NULL;
    struct linebreaker *breaker = memory_new(1, sizeof *breaker);
    breaker->rules = rules;
    return breaker;
}

void
linebreak_close(struct linebreaker *breaker)
{
    if (!breaker)
        return;
    ubrk_close(breaker->rules);
    if (breaker->text)
        utext_close(breaker->text);
    free(breaker->ends);
    free(breaker);
}

static void
add_end(struct linebreaker *breaker, uint32_t *count, uint32_t at, bool mandatory)
{
    memory_grow(&breaker->ends, &breaker->capacity, (size_t)*count + 1, sizeof *breaker->ends);
    breaker->ends[(*count)++] = (struct line_end){at, mandatory};
}

uint32_t
linebreak_find(struct linebreaker *breaker, struct text text, const struct line_end **ends)
{
    UErrorCode status = U_ZERO_ERROR;
    uint32_t count = 0;
    *ends = NULL;
    if (text.length == 0)
        return 0;
    breaker->text = utext_openUTF8(breaker->text, text.bytes, text.length, &status);
    ubrk_setUText(breaker->rules, breaker->text, &status);
    if (!trouble(status))
        for (int32_t at; (at = ubrk_next(breaker->rules)) != UBRK_DONE;)
            add_end(breaker, &count, (uint32_t)at,
                    ubrk_getRuleStatus(breaker->rules) >= UBRK_LINE_HARD);
    if (count == 0 || breaker->ends[count - 1].at != text.length)
        add_end(breaker, &count, text.length, true);
    breaker->ends[count - 1].mandatory = true;
    *ends = breaker->ends;
    return count;
}

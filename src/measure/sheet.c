#include "work.h"

const char *
sheet_text(const struct sheet *sheet, struct text text)
{
    return arena_copy(sheet->arena, text.bytes, text.length);
}

const char *
sheet_word(const struct sheet *sheet, uint32_t word)
{
    return word == WORD_EMPTY ? "" : dataset_word(sheet->work->dataset, word).bytes;
}

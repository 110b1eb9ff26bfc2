/* encoding: UTF-8 or a single-byte encoding, told by the lines of the whole file. */
#ifndef SEFPACK_EXTRACT_ENCODING_H
#define SEFPACK_EXTRACT_ENCODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct input;

/* Lines that hold bytes above 127; those with a NUL (damaged) tell nothing. */
struct encoding_survey {
    uint64_t utf8, other, damaged;
};

/* Of the beginning of what can be read only once; `last`: it is all. */
void
encoding_survey_bytes(const char *bytes, size_t length, bool last, struct encoding_survey *survey);

/* Of a regular file from an offset on, which is a line's start or lies in plain ASCII. False when
 * it cannot be read (errno). */
bool
encoding_survey_file(const struct input *input, uint64_t from, unsigned jobs,
                     struct encoding_survey *survey);

/* A file with lines that are not UTF-8 is one of a single-byte encoding, unless at least as many
 * others are UTF-8: then those lines are damaged. */
bool
encoding_is_utf8(const struct encoding_survey *survey);

#endif

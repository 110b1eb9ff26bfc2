#include "encoding.h"

#include "input.h"
#include "memory.h"
#include "scan.h"
#include "text.h"
#include "threads.h"

#include <stdlib.h>
#include <string.h>

enum { RANGE = 4 << 20, LINE_MOST = 64 * 1024 };

static bool
ends_line(char c)
{
    return c == '\n' || c == '\r';
}

static bool
continues(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

static void
survey_line(const char *line, size_t length, bool cut_front, bool cut_back,
            struct encoding_survey *survey)
{
    for (int i = 0; cut_front && i < 3 && length && continues(*line); i++) {
        line++;
        length--;
    }
    size_t valid = text_valid_utf8(line, length);
    bool good = valid == length || (cut_back && length - valid < 4);
    if (memchr(line, '\0', length)) {
        survey->damaged++;
    } else {
        survey->utf8 += good;
        survey->other += !good;
    }
}

/* Lines that begin in [from, to); bytes[0 .. end) are there to see them whole; `last`: the file
 * ends there. */
static void
survey_range(const char *bytes, size_t from, size_t to, size_t end, bool last,
             struct encoding_survey *survey)
{
    const struct scan_kernel *kernel = scan_kernel();
    for (size_t at = from; (at += kernel->ascii(bytes + at, end - at)) < end;) {
        size_t start = at, stop = at;
        while (start > from && !ends_line(bytes[start - 1]) && at - start < LINE_MOST)
            start--;
        if (start >= to)
            return;
        while (stop < end && !ends_line(bytes[stop]) && stop - at < LINE_MOST)
            stop++;
        survey_line(bytes + start, stop - start, start > from && !ends_line(bytes[start - 1]),
                    stop == end ? !last : !ends_line(bytes[stop]), survey);
        at = stop;
    }
}

void
encoding_survey_bytes(const char *bytes, size_t length, bool last, struct encoding_survey *survey)
{
    survey_range(bytes, 0, length, length, last, survey);
}

struct surveying {
    const struct input *input;
    uint64_t from;
    struct encoding_survey *of_range;
    bool *failed;
};

/* A range with the byte before it, to see whether a line begins with it, and what completes its
 * last line. */
static void
survey_one(void *context, uint32_t item, unsigned worker)
{
    struct surveying *surveying = context;
    (void)worker;
    uint64_t offset = surveying->from + (uint64_t)item * RANGE;
    size_t before = item ? 1 : 0, from = 0;
    uint64_t left = surveying->input->size - offset;
    size_t room = before + (size_t)RANGE + LINE_MOST;
    if (room > left + before + 1) /* one more than there is: fewer come at the file's end */
        room = (size_t)left + before + 1;
    char *bytes = memory_new(room, 1);
    ssize_t got = input_at(surveying->input, offset - before, bytes, room);
    surveying->failed[item] = got < 0;
    size_t end = got < 0 ? 0 : (size_t)got;
    if (before) {
        while (from < end && !ends_line(bytes[from]))
            from++;
        from++;
    }
    size_t to = before + RANGE < end ? before + RANGE : end;
    if (from < to)
        survey_range(bytes, from, to, end, got < (ssize_t)room, &surveying->of_range[item]);
    free(bytes);
}

bool
encoding_survey_file(const struct input *input, uint64_t from, unsigned jobs,
                     struct encoding_survey *survey)
{
    uint64_t left = input->size > from ? input->size - from : 0;
    uint32_t count = (uint32_t)(left / RANGE + (left % RANGE != 0));
    struct surveying surveying = {input, from, NULL, NULL};
    surveying.of_range = memory_new(count, sizeof *surveying.of_range);
    surveying.failed = memory_new(count, sizeof *surveying.failed);
    threads_each(jobs, count, survey_one, &surveying);
    bool good = true;
    for (uint32_t i = 0; i < count; i++) {
        survey->utf8 += surveying.of_range[i].utf8;
        survey->other += surveying.of_range[i].other;
        survey->damaged += surveying.of_range[i].damaged;
        good &= !surveying.failed[i];
    }
    free(surveying.of_range);
    free(surveying.failed);
    return good;
}

bool
encoding_is_utf8(const struct encoding_survey *survey)
{
    return survey->other == 0 || (survey->utf8 && survey->utf8 >= survey->other);
}

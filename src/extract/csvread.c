#include "arena.h"
#include "batch.h"
#include "charset.h"
#include "csvfile.h"
#include "delivery.h"
#include "dictionary.h"
#include "memory.h"
#include "scan.h"
#include "scout.h"
#include "sha256.h"
#include "split.h"
#include "threads.h"
#include "turn.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { HEADROOM = 64 * 1024 };

/* What one thread works with. The chunk is read to room + HEADROOM, so that what the chunk before
 * left over can be put in front of it. */
struct desk {
    char *room;
    ssize_t got; /* bytes of the chunk; -1 with `error` */
    int error;
    bool high;         /* there are bytes above 127 among them */
    struct buf joined; /* the text, where it is not in `room` */
    char *text;
    uint32_t length;
    struct scout cut; /* spans of this text; its state is of no meaning */
    struct splitter splitter;
    struct sheet sheet;
    struct batch batch;
};

struct csvread {
    struct csvfile *csv;
    struct delivery *delivery;
    struct desk *desk;
    struct turn cutting, hashing;
    /* below: touched by the thread whose turn it is */
    struct scout scout;
    struct charset *charset; /* NULL: the bytes are UTF-8 */
    struct buf rest;         /* text left over by the chunk before */
    uint32_t bom, skip;      /* bytes, and bytes of text, still to be left away at the start */
    bool ended, failed;
    int error;          /* why: of a read that failed */
    struct sha256 *sha; /* NULL: not wanted */
    uint64_t bytes;
    _Atomic bool ascii; /* may be looked at by all: the encoding is not settled */
};

/* Reads chunk `item`: a place in a regular file; what comes next of all else. */
static void
fetch(struct csvread *read, struct desk *desk, uint32_t item)
{
    struct csvfile *csv = read->csv;
    char *room = desk->room + HEADROOM;
    if (csv->input.regular) {
        desk->got = input_at(&csv->input, (uint64_t)item * csv->chunk, room, csv->chunk);
    } else if (csv->head_length) {
        uint32_t length = csv->head_length < csv->chunk ? csv->head_length : csv->chunk;
        memcpy(room, csv->head, length);
        csv->head_length -= length;
        memmove(csv->head, csv->head + length, csv->head_length);
        desk->got = length;
    } else {
        desk->got = input_next(&csv->input, room, csv->chunk);
    }
    desk->error = errno;
    desk->high = desk->got > 0 && atomic_load_explicit(&read->ascii, memory_order_relaxed) &&
                 csv->kernel->ascii(room, (size_t)desk->got) < (size_t)desk->got;
}

static uint32_t
leave_away(uint32_t *count, uint32_t length)
{
    uint32_t now = *count < length ? *count : length;
    *count -= now;
    return now;
}

/* The text to be cut: what was left over, then the chunk, as UTF-8 and with room behind it. */
static void
compose(struct csvread *read, struct desk *desk, bool last)
{
    char *raw = desk->room + HEADROOM;
    uint32_t length = (uint32_t)desk->got, bom = leave_away(&read->bom, length);
    raw += bom;
    length -= bom;
    if (!read->charset) {
        uint32_t skip = leave_away(&read->skip, length);
        raw += skip;
        length -= skip;
    }
    if (!read->charset && read->rest.length <= HEADROOM) {
        desk->text = raw - read->rest.length;
        if (read->rest.length)
            memcpy(desk->text, read->rest.bytes, read->rest.length);
        desk->length = length + (uint32_t)read->rest.length;
        return;
    }
    static const char slack[SCAN_SLACK];
    buf_clear(&desk->joined);
    buf_add(&desk->joined, read->rest.bytes, read->rest.length);
    if (read->charset)
        charset_convert(read->charset, raw, length, last, &desk->joined);
    else
        buf_add(&desk->joined, raw, length);
    uint32_t skip = leave_away(&read->skip, (uint32_t)desk->joined.length);
    desk->length = (uint32_t)desk->joined.length - skip;
    buf_add(&desk->joined, slack, sizeof slack);
    desk->text = desk->joined.bytes + skip;
}

/* The first bytes above 127: says what they mean, for all that follows. */
static bool
settle_encoding(struct csvread *read)
{
    struct csvfile *csv = read->csv;
    atomic_store_explicit(&read->ascii, false, memory_order_relaxed);
    if (!csvfile_survey(csv)) {
        read->error = errno;
        return false;
    }
    if (strcmp(csv->encoding, "utf-8") != 0)
        read->charset = charset_open(csv->encoding);
    return true;
}

static bool
fail(struct csvread *read)
{
    read->failed = read->ended = true;
    return false;
}

/* In order: false when there are no more rows. */
static bool
cut_chunk(struct csvread *read, struct desk *desk, uint32_t item)
{
    struct csvfile *csv = read->csv;
    if (read->ended)
        return false;
    if (!csv->input.regular)
        fetch(read, desk, item);
    if (desk->got < 0) {
        read->error = desk->error;
        return fail(read);
    }
    bool last = csv->input.regular
                    ? (uint64_t)item * csv->chunk + (uint64_t)desk->got >= csv->input.size
                    : desk->got == 0;
    if (desk->got == 0 && !last) { /* it became shorter: said at the end */
        read->ended = true;
        return false;
    }
    if (desk->high && atomic_load_explicit(&read->ascii, memory_order_relaxed) &&
        !settle_encoding(read))
        return fail(read);
    compose(read, desk, last);
    uint32_t used = scout_cut(&read->scout, desk->text, desk->length, last);
    buf_clear(&read->rest);
    buf_add(&read->rest, desk->text + used, desk->length - used);
    scout_swap(&read->scout, &desk->cut);
    desk->sheet.not_characters =
        csv->doubtful && !atomic_load_explicit(&read->ascii, memory_order_relaxed)
            ? csv->not_characters
            : NULL;
    desk->sheet.replaced = read->charset != NULL;
    read->ended = last;
    return true;
}

static void *
make(void *context, uint32_t item, unsigned worker)
{
    struct csvread *read = context;
    struct desk *desk = &read->desk[worker];
    desk->got = 0;
    if (read->csv->input.regular)
        fetch(read, desk, item);
    turn_enter(&read->cutting, item);
    bool more = cut_chunk(read, desk, item);
    turn_leave(&read->cutting);
    turn_enter(&read->hashing, item);
    if (more) {
        if (read->sha)
            sha256_add(read->sha, desk->room + HEADROOM, (size_t)desk->got);
        read->bytes += (uint64_t)desk->got;
    }
    turn_leave(&read->hashing);
    if (!more)
        return NULL;
    batch_begin(&desk->batch, read->csv->binding, read->delivery->file);
    if (read->csv->input.regular) {
        uint64_t behind = (uint64_t)item * read->csv->chunk + (uint64_t)desk->got;
        desk->batch.bytes = (uint64_t)desk->got;
        desk->batch.ahead = read->csv->input.size > behind ? read->csv->input.size - behind : 0;
    }
    split_spans(&desk->splitter, &desk->sheet, desk->text, desk->cut.span, desk->cut.span_count,
                &desk->batch);
    return delivery_parse(read->delivery, &desk->batch);
}

static void
take(void *context, uint32_t item, void *made)
{
    struct csvread *read = context;
    (void)item;
    delivery_take(read->delivery, made);
}

static void
set_up(struct csvread *read, unsigned jobs)
{
    struct csvfile *csv = read->csv;
    const struct dialect *dialect = &csv->dialect;
    read->desk = memory_new(jobs, sizeof *read->desk);
    for (unsigned i = 0; i < jobs; i++) {
        read->desk[i].room = memory_new((size_t)HEADROOM + csv->chunk + SCAN_SLACK, 1);
        read->desk[i].sheet = (struct sheet){
            csv->kernel, dialect->delimiter, dialect->columns, dialect->header_row, NULL, false};
    }
    turn_begin(&read->cutting);
    turn_begin(&read->hashing);
    read->scout = (struct scout){.kernel = csv->kernel,
                                 .delimiter = dialect->delimiter,
                                 .columns = dialect->columns,
                                 .line = dialect->line,
                                 .previous_good = true};
    if (strcmp(csv->encoding, "utf-8") != 0)
        read->charset = charset_open(csv->encoding);
    read->bom = csv->bom;
    read->skip = dialect->skip;
    if (read->delivery->log->hashed)
        read->sha = sha256_new();
    atomic_init(&read->ascii, csv->ascii);
}

static void
clean_up(struct csvread *read, unsigned jobs)
{
    for (unsigned i = 0; i < jobs; i++) {
        free(read->desk[i].room);
        buf_free(&read->desk[i].joined);
        scout_free(&read->desk[i].cut);
        splitter_free(&read->desk[i].splitter);
        batch_free(&read->desk[i].batch);
    }
    free(read->desk);
    turn_end(&read->cutting);
    turn_end(&read->hashing);
    scout_free(&read->scout);
    charset_close(read->charset);
    buf_free(&read->rest);
}

/* Opens again what csvfile_open has closed, and sees that it is the same. */
static bool
open_again(struct csvfile *csv, struct diag *diag)
{
    if (!csv->input.regular)
        return true;
    struct input again;
    if (!input_open(&again, csv->input.path, diag))
        return false;
    again.before = csv->input.before;
    again.size = csv->input.size;
    csv->input = again;
    return input_unchanged(&csv->input, diag);
}

bool
csvfile_read(struct csvfile *csv, struct delivery *delivery, struct extract_file *file,
             struct diag *diag)
{
    if (!open_again(csv, diag))
        return false;
    struct csvread read = {.csv = csv, .delivery = delivery};
    unsigned jobs = csv->input.regular && csv->jobs ? csv->jobs : 1;
    delivery_begin(delivery, csv->input.path);
    delivery->report->blank_lines += csv->dialect.blanks;
    delivery->report->read += csv->dialect.titles;
    delivery->report->ignored += csv->dialect.titles;
    delivery->report->ignored_footer += csv->dialect.titles;
    set_up(&read, jobs);
    threads_pipeline(jobs, make, take, &read);
    if (read.sha)
        sha256_finish(read.sha, file->sha256);
    file->encoding = arena_string(delivery->log->arena, csv->encoding);
    file->delimiter = csv->dialect.delimiter;
    file->bytes = read.bytes;
    delivery_end(delivery);
    clean_up(&read, jobs);
    errno = read.error;
    if (read.failed)
        input_failed(&csv->input, diag);
    bool good = !read.failed && input_unchanged(&csv->input, diag);
    input_close(&csv->input);
    return good;
}

#include "xmlread.h"

#include "batch.h"
#include "input.h"
#include "memory.h"
#include "names.h"
#include "sha256.h"
#include "threads.h"
#include "tray.h"
#include "turn.h"

#include <fcntl.h>
#include <stdlib.h>

enum { HEADROOM = 64 * 1024, HEAD = 16 * 1024, TAILROOM = 4 * 1024 };

/* What one thread works with. The chunk is read to room + HEADROOM; what the chunk before left over
 * and what stands in front of all records come before it, end tags behind it. */
struct desk {
    char *room;
    ssize_t got;     /* bytes of the chunk */
    char *text;      /* the piece */
    uint32_t length; /* of the piece */
    uint32_t before; /* lines before the piece */
    uint64_t ahead;  /* bytes behind it */
    bool first, last;
    struct xml_reader *reader;
    struct tray *tray;
    struct batch batch;
};

struct pieces {
    struct xmlread *read;
    struct input input;
    struct xml_frame frame;
    uint32_t frame_lines;
    struct desk *desk;
    struct turn cutting, proving, hashing;
    /* below: touched by the thread whose turn it is */
    struct buf rest; /* left over by the chunk before */
    uint32_t lines;  /* before that */
    bool begun;      /* there was a piece that is not empty */
    bool ended;      /* no more pieces: the last one was cut, or none could be */
    bool broken;     /* a piece was not what it seemed to be */
};

static bool
take_row(void *context, const struct text *cells, uint32_t line)
{
    struct desk *desk = context;
    tray_row(desk->tray, &desk->batch, cells, line);
    return true;
}

static uint32_t
count_lines(const char *text, uint32_t length)
{
    uint32_t lines = 0;
    for (uint32_t i = 0; i < length; i++)
        lines += text[i] == '\n';
    return lines;
}

/* Whether a start tag of the records' name stands here. */
static bool
begins_record(const struct pieces *pieces, struct text text)
{
    static const char ends[] = {' ', '\t', '\r', '\n', '/', '>'};
    struct text tag = pieces->frame.record;
    return text.length > tag.length && memcmp(text.bytes, tag.bytes, tag.length) == 0 &&
           memchr(ends, text.bytes[tag.length], sizeof ends) != NULL;
}

/* Where the last record of a text begins; 0 where none does but at its front. */
static uint32_t
last_record(const struct pieces *pieces, const char *text, uint32_t length)
{
    uint32_t end = length;
    for (const char *at; (at = memrchr(text, '<', end)); end = (uint32_t)(at - text))
        if (begins_record(pieces, (struct text){at, length - (uint32_t)(at - text)}))
            return (uint32_t)(at - text);
    return 0;
}

enum cut { CUT_PIECE, CUT_NOTHING, CUT_FAILED };

/* Cuts the piece off the text and leaves the rest over. */
static bool
cut_text(struct pieces *pieces, struct desk *desk, uint32_t length)
{
    desk->length = desk->last ? length : last_record(pieces, desk->text, length);
    desk->before = desk->first ? 0 : pieces->lines - pieces->frame_lines;
    uint32_t left = length - desk->length;
    if (left > HEADROOM - pieces->frame.before.length)
        return false;
    pieces->begun |= desk->length > 0;
    pieces->lines += count_lines(desk->text, desk->length);
    buf_clear(&pieces->rest);
    buf_add(&pieces->rest, desk->text + desk->length, left);
    return true;
}

/* In order: the piece of this chunk; nothing behind the last one. */
static enum cut
cut_piece(struct pieces *pieces, struct desk *desk, uint32_t item)
{
    uint64_t from = (uint64_t)item * pieces->read->chunk;
    if (pieces->ended)
        return CUT_NOTHING;
    uint64_t due = pieces->input.size - from;
    desk->first = !pieces->begun;
    desk->last = due <= pieces->read->chunk;
    desk->ahead = desk->last ? 0 : due - pieces->read->chunk;
    desk->text = desk->room + HEADROOM - pieces->rest.length;
    if (pieces->rest.length)
        memcpy(desk->text, pieces->rest.bytes, pieces->rest.length);
    bool cut = (uint64_t)desk->got == due - desk->ahead &&
               cut_text(pieces, desk, (uint32_t)pieces->rest.length + (uint32_t)desk->got);
    pieces->ended = !cut || desk->last;
    return cut ? CUT_PIECE : CUT_FAILED;
}

/* Reads the piece, if there is anything in it, between what stands in front of all records and the
 * end tags. */
static bool
read_piece(const struct pieces *pieces, struct desk *desk)
{
    const struct xml_frame *frame = &pieces->frame;
    struct text document = {desk->text, desk->length};
    if (desk->length == 0)
        return true;
    if (!desk->first) {
        document.bytes -= frame->before.length;
        document.length += frame->before.length;
        memcpy(desk->text - frame->before.length, frame->before.bytes, frame->before.length);
    }
    if (!desk->last) {
        memcpy(desk->text + desk->length, frame->behind.bytes, frame->behind.length);
        document.length += (uint32_t)frame->behind.length;
    }
    return xml_read_piece(desk->reader, frame, document, desk->last, desk->before);
}

/* In order: whether the piece is what it seemed to be, and all before it were. */
static bool
prove(struct pieces *pieces, struct desk *desk, bool good)
{
    struct xmlread *read = pieces->read;
    if (pieces->broken || !good || !xml_join_names(desk->reader, read->names)) {
        pieces->broken = true;
        return false;
    }
    tray_join(read->tray, desk->tray);
    if (!read->tray->settled && desk->batch.count > 0)
        tray_settle(read->tray, read->request->mapped, read->delivery->report);
    read->rows += desk->batch.count + desk->batch.dropped;
    return true;
}

static void *
make(void *context, uint32_t item, unsigned worker)
{
    struct pieces *pieces = context;
    struct xmlread *read = pieces->read;
    struct desk *desk = &pieces->desk[worker];
    desk->got =
        input_at(&pieces->input, (uint64_t)item * read->chunk, desk->room + HEADROOM, read->chunk);
    turn_enter(&pieces->cutting, item);
    enum cut cut = cut_piece(pieces, desk, item);
    turn_leave(&pieces->cutting);
    if (cut == CUT_NOTHING)
        return NULL;
    batch_begin(&desk->batch, read->tray->binding, read->delivery->file);
    desk->batch.bytes = desk->length;
    desk->batch.ahead = desk->ahead;
    bool good = cut == CUT_PIECE && read_piece(pieces, desk);
    turn_enter(&pieces->proving, item);
    good = prove(pieces, desk, good);
    turn_leave(&pieces->proving);
    turn_enter(&pieces->hashing, item);
    if (good && read->sha)
        sha256_add(read->sha, desk->text, desk->length);
    turn_leave(&pieces->hashing);
    return good ? delivery_parse(read->delivery, &desk->batch) : NULL;
}

static void
take(void *context, uint32_t item, void *made)
{
    const struct pieces *pieces = context;
    (void)item;
    delivery_take(pieces->read->delivery, made);
}

/* Whether the file can be read at any place; says nothing. */
static bool
open_input(struct input *input, const char *path)
{
    if (input_look(input, path))
        input->fd = open(path, O_RDONLY | O_CLOEXEC);
    return input->fd >= 0;
}

static void
set_up(struct pieces *pieces, unsigned jobs)
{
    struct xmlread *read = pieces->read;
    pieces->desk = memory_new(jobs, sizeof *pieces->desk);
    for (unsigned i = 0; i < jobs; i++) {
        struct desk *desk = &pieces->desk[i];
        const struct xml_sink sink = {desk, take_row, NULL, NULL};
        desk->room = memory_new((size_t)HEADROOM + read->chunk + TAILROOM, 1);
        desk->reader = xml_reader_new(read->shape, read->column_count, read->columns, sink);
        desk->tray = tray_beside(read->tray, read->delivery->log->arena);
    }
    turn_begin(&pieces->cutting);
    turn_begin(&pieces->proving);
    turn_begin(&pieces->hashing);
    pieces->frame_lines = count_lines(pieces->frame.before.bytes, pieces->frame.before.length);
}

static void
clean_up(struct pieces *pieces, unsigned jobs)
{
    for (unsigned i = 0; i < jobs; i++) {
        free(pieces->desk[i].room);
        xml_reader_free(pieces->desk[i].reader);
        batch_free(&pieces->desk[i].batch);
    }
    free(pieces->desk);
    turn_end(&pieces->cutting);
    turn_end(&pieces->proving);
    turn_end(&pieces->hashing);
    buf_free(&pieces->rest);
}

static void
read_all(struct pieces *pieces)
{
    uint64_t chunks = pieces->input.size / pieces->read->chunk + 1;
    unsigned jobs = pieces->read->request->jobs ? pieces->read->request->jobs : 1;
    jobs = jobs < chunks ? jobs : (unsigned)chunks;
    set_up(pieces, jobs);
    threads_pipeline(jobs, make, take, pieces);
    clean_up(pieces, jobs);
}

bool
xmlread_pieces(struct xmlread *read)
{
    struct pieces pieces = {.read = read, .broken = true};
    static const struct xml_sink nothing = {NULL, NULL, NULL, NULL};
    if (!open_input(&pieces.input, read->request->path))
        return false;
    char *head = memory_new(HEAD, 1);
    ssize_t got = input_at(&pieces.input, 0, head, HEAD);
    struct text beginning = {head, got > 0 ? (uint32_t)got : 0};
    struct xml_reader *reader =
        xml_reader_new(read->shape, read->column_count, read->columns, nothing);
    if (xml_find_frame(reader, beginning, &pieces.frame) &&
        pieces.frame.behind.length <= TAILROOM) {
        pieces.broken = false;
        read_all(&pieces);
    }
    xml_reader_free(reader);
    buf_free(&pieces.frame.behind);
    free(head);
    read->bytes = pieces.input.size;
    input_close(&pieces.input);
    return !pieces.broken;
}

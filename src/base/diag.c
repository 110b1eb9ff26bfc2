#include "diag.h"

#include "arena.h"
#include "json.h"
#include "memory.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN_OF_A_KIND = 5 };

/* Messages of one id in one file. */
struct group {
    const char *id, *file;
    enum severity severity;
    uint32_t count, told; /* told: those that were printed or counted in a printed line */
};

struct message {
    enum severity severity;
    const char *id;
    struct place place;
    const char *what, *hint;
};

struct diag {
    FILE *stream;
    bool color, json, quiet;
    struct arena *arena;
    struct group *groups;
    size_t group_count, group_capacity;
    struct message *messages;
    size_t message_count, message_capacity, printed;
    uint32_t counts[SEVERITY_ERROR + 1];
    bool last_kept; /* the message just reported can have a hint */
    bool seen[EXIT_DELIVERY + 1];
};

static const struct {
    const char *word, *color;
} severities[] = {
    [SEVERITY_NOTE] = {"note", "\033[1;36m"},
    [SEVERITY_WARNING] = {"warning", "\033[1;35m"},
    [SEVERITY_ERROR] = {"error", "\033[1;31m"},
};

struct diag *
diag_new(FILE *stream, bool color, bool json)
{
    struct diag *diag = memory_new(1, sizeof *diag);
    diag->stream = stream;
    diag->color = color;
    diag->json = json;
    diag->arena = arena_new();
    return diag;
}

void
diag_free(struct diag *diag)
{
    if (!diag)
        return;
    arena_free(diag->arena);
    free(diag->groups);
    free(diag->messages);
    free(diag);
}

void
diag_quiet(struct diag *diag, bool quiet)
{
    diag->quiet = quiet;
}

static bool
same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static struct group *
find_group(struct diag *diag, const char *id, const char *file, enum severity severity)
{
    for (size_t i = diag->group_count; i-- > 0;)
        if (same(diag->groups[i].id, id) && same(diag->groups[i].file, file) &&
            diag->groups[i].severity == severity)
            return &diag->groups[i];
    memory_grow(&diag->groups, &diag->group_capacity, diag->group_count + 1, sizeof *diag->groups);
    struct group *group = &diag->groups[diag->group_count++];
    *group = (struct group){.id = arena_string(diag->arena, id), .severity = severity};
    if (file)
        group->file = arena_string(diag->arena, file);
    return group;
}

static const char *
format_text(struct diag *diag, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        memory_exhausted(SIZE_MAX);
    char *text = arena_bytes(diag->arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    return text;
}

void
diag_report(struct diag *diag, enum severity severity, enum exit_code code, const char *id,
            struct place place, const char *format, ...)
{
    struct group *group = find_group(diag, id, place.file, severity);
    diag->counts[severity]++;
    if (severity == SEVERITY_ERROR)
        diag->seen[code] = true;
    diag->last_kept = group->count++ < SHOWN_OF_A_KIND;
    if (!diag->last_kept)
        return;
    va_list arguments;
    va_start(arguments, format);
    place.file = group->file;
    struct message message = {severity, group->id, place, format_text(diag, format, arguments),
                              NULL};
    va_end(arguments);
    memory_grow(&diag->messages, &diag->message_capacity, diag->message_count + 1,
                sizeof *diag->messages);
    diag->messages[diag->message_count++] = message;
}

void
diag_hint(struct diag *diag, const char *format, ...)
{
    if (!diag->last_kept)
        return;
    va_list arguments;
    va_start(arguments, format);
    diag->messages[diag->message_count - 1].hint = format_text(diag, format, arguments);
    va_end(arguments);
}

/* Messages quote what stood in files: nothing of it may act on a terminal or forge a line. */
static void
add_visible(struct buf *out, const char *string)
{
    size_t length = strlen(string);
    while (length) {
        size_t plain = text_valid_utf8(string, length), at = 0;
        for (; at < plain; at++) {
            const unsigned char *c = (const unsigned char *)string + at;
            bool control = *c < 0x20 || *c == 0x7F || (*c == 0xC2 && c[1] < 0xA0);
            bool bidi = (c[0] == 0xE2 && c[1] == 0x80 && c[2] >= 0xA8 && c[2] <= 0xAE) ||
                        (c[0] == 0xE2 && c[1] == 0x81 && c[2] >= 0xA6 && c[2] <= 0xA9);
            if (control || bidi)
                break;
        }
        buf_add(out, string, at);
        if (at < length)
            buf_printf(out, "\\x%02x", (unsigned char)string[at++]);
        string += at;
        length -= at;
    }
}

static void
add_place(struct buf *out, struct place place)
{
    add_visible(out, place.file ? place.file : "sefpack");
    buf_char(out, ':');
    if (place.file && place.line) {
        buf_int(out, place.line);
        buf_char(out, ':');
        if (place.column) {
            buf_int(out, place.column);
            buf_char(out, ':');
        }
    }
    buf_char(out, ' ');
}

static void
add_text(struct buf *out, const struct message *message, bool color)
{
    add_place(out, message->place);
    if (color)
        buf_string(out, severities[message->severity].color);
    buf_string(out, severities[message->severity].word);
    buf_string(out, color ? "\033[0m: " : ": ");
    add_visible(out, message->what);
    buf_printf(out, " [%s]\n", message->id);
    if (message->hint) {
        buf_string(out, "  hint: ");
        add_visible(out, message->hint);
        buf_char(out, '\n');
    }
}

static void
add_json(struct buf *out, const struct message *message)
{
    struct json json = {.out = out};
    json_open(&json, '{');
    json_key(&json, "severity");
    json_string(&json, severities[message->severity].word);
    json_key(&json, "id");
    json_string(&json, message->id);
    json_key(&json, "file");
    json_string(&json, message->place.file);
    json_key(&json, "line");
    json_int(&json, message->place.line);
    json_key(&json, "column");
    json_int(&json, message->place.column);
    json_key(&json, "message");
    json_string(&json, message->what);
    json_key(&json, "hint");
    json_string(&json, message->hint);
    json_close(&json, '}');
    buf_char(out, '\n');
}

static void
add_message(struct buf *out, const struct diag *diag, const struct message *message)
{
    if (diag->quiet && message->severity < SEVERITY_ERROR)
        return;
    if (diag->json)
        add_json(out, message);
    else
        add_text(out, message, diag->color);
}

/* One line for those of a group that are not printed one by one. */
static void
add_rest(struct buf *out, const struct diag *diag, struct group *group)
{
    uint32_t shown = group->told < SHOWN_OF_A_KIND ? SHOWN_OF_A_KIND : group->told;
    if (group->count > shown) {
        char what[40];
        snprintf(what, sizeof what, "%u more of these", group->count - shown);
        struct message message = {group->severity, group->id, {group->file, 0, 0}, what, NULL};
        add_message(out, diag, &message);
    }
    group->told = group->count;
}

void
diag_flush(struct diag *diag)
{
    struct buf out = {NULL, 0, 0};
    for (; diag->printed < diag->message_count; diag->printed++)
        add_message(&out, diag, &diag->messages[diag->printed]);
    for (size_t i = 0; i < diag->group_count; i++)
        add_rest(&out, diag, &diag->groups[i]);
    diag->last_kept = false;
    if (diag->stream && out.length) {
        fwrite(out.bytes, 1, out.length, diag->stream);
        fflush(diag->stream);
    }
    buf_free(&out);
}

uint32_t
diag_count(const struct diag *diag, enum severity severity)
{
    return diag->counts[severity];
}

enum exit_code
diag_exit(const struct diag *diag)
{
    static const enum exit_code order[] = {
        EXIT_USAGE, EXIT_CONFIG, EXIT_INPUT, EXIT_PACK, EXIT_IDENTITY, EXIT_DELIVERY, EXIT_FAILED,
    };
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (diag->seen[order[i]])
            return order[i];
    return EXIT_OK;
}

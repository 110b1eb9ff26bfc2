#include "ledger.h"

#include "memory.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { PLACES_MOST = 3, NAMES_MOST = 12, REASONS_MOST = 12 };

static void
tell(const struct ledger *ledger, const char *topic, const char *text)
{
    const struct voice *voice = ledger->voice;
    const char *key = arena_printf(voice->doc->arena, "data.topics.%s", topic);
    ledger->line(ledger->context, voice_tell(voice, key), text);
}

static const char *
path_of(const struct ledger *ledger, const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash && !ledger->alone ? slash + 1 : path;
}

static void
tell_files(const struct ledger *ledger, const struct extract_report *report)
{
    static const struct {
        char delimiter;
        const char *name;
    } names[] = {{',', "comma"}, {';', "semicolon"}, {'\t', "tab"}, {'|', "bar"}, {':', "colon"}};
    for (uint32_t f = 0; f < report->file_count; f++) {
        const struct extract_file *file = &report->file[f];
        const char *delimiter = file->delimiter ? "other" : "none";
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            delimiter = names[i].delimiter == file->delimiter ? names[i].name : delimiter;
        tell(ledger, "files",
             SAY(ledger->voice, "data.file", WORDS("path", path_of(ledger, file->path)),
                 WORDS("encoding", file->encoding ? file->encoding : "utf-8"),
                 WORDS("delimiter", delimiter), NUMBER("rows", (double)file->rows)));
    }
}

/* Rejected rows of one extract for one reason. */
struct cause {
    const struct rejected *first;
    uint64_t count;
    const struct rejected *place[PLACES_MOST];
};

static bool
is_of(const struct extract_report *report, const struct rejected *rejected)
{
    if (rejected->table != report->table)
        return false;
    for (uint32_t f = 0; f < report->file_count; f++)
        if (strcmp(report->file[f].path, rejected->file) == 0)
            return true;
    return false;
}

static bool
same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool
same_cause(const struct rejected *a, const struct rejected *b)
{
    return same(a->reason, b->reason) && same(a->column, b->column) && same(a->value, b->value);
}

static int
compare_causes(const void *left, const void *right)
{
    const struct cause *a = left, *b = right;
    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    return (a->first > b->first) - (a->first < b->first);
}

/* The causes of the extract, the most frequent first. */
static size_t
find_causes(const struct extract_log *log, const struct extract_report *report,
            struct cause **causes)
{
    size_t count = 0, capacity = 0;
    *causes = NULL;
    for (size_t i = 0; i < log->rejected_count; i++) {
        const struct rejected *rejected = &log->rejected[i];
        size_t c = 0;
        if (!is_of(report, rejected))
            continue;
        while (c < count && !same_cause((*causes)[c].first, rejected))
            c++;
        if (c == count) {
            memory_grow(causes, &capacity, count + 1, sizeof **causes);
            (*causes)[count++] = (struct cause){.first = rejected};
        }
        struct cause *cause = &(*causes)[c];
        if (cause->count < PLACES_MOST)
            cause->place[cause->count] = rejected;
        cause->count++;
    }
    if (count)
        qsort(*causes, count, sizeof **causes, compare_causes);
    return count;
}

static const char *
place_of(const struct ledger *ledger, const struct extract_report *report, const char *file,
         uint32_t line)
{
    struct arena *arena = ledger->voice->doc->arena;
    return report->file_count > 1 ? arena_printf(arena, "%s:%" PRIu32, path_of(ledger, file), line)
                                  : arena_printf(arena, "%" PRIu32, line);
}

static const char *
places_of(const struct ledger *ledger, const struct extract_report *report,
          const struct cause *cause)
{
    struct arena *arena = ledger->voice->doc->arena;
    const char *places = "";
    for (uint64_t i = 0; i < cause->count && i < PLACES_MOST; i++)
        places =
            arena_printf(arena, "%s%s%s", places, i ? ", " : "",
                         place_of(ledger, report, cause->place[i]->file, cause->place[i]->line));
    return cause->count > PLACES_MOST ? arena_printf(arena, "%s \xE2\x80\xA6", places) : places;
}

/* The configured stage that a name is nearest to; NULL when none is near. */
static const char *
near_stage(const struct config *config, const char *name)
{
    enum { FAR = 3 };
    const char *near = NULL;
    int best = FAR;
    struct text said = text_of(name);
    for (uint32_t s = 0; s < config->stage_count; s++) {
        struct text stage = text_of(config->stage[s].name);
        bool begins = said.length > stage.length && stage.length > 2 &&
                      text_equal_nocase((struct text){said.bytes, stage.length}, stage);
        int distance = begins ? 1 : text_distance(said, stage, FAR - 1);
        if (distance < best) {
            best = distance;
            near = config->stage[s].name;
        }
    }
    return near;
}

static void
tell_cause(const struct ledger *ledger, const struct extract_report *report,
           const struct cause *cause)
{
    const struct voice *voice = ledger->voice;
    const struct rejected *first = cause->first;
    bool stage = first->value && same(first->column, "stage");
    const char *near = stage ? near_stage(voice->config, first->value) : NULL;
    tell(ledger, "rejected",
         SAY(voice, "data.cause", NUMBER("n", (double)cause->count),
             WORDS("reason", voice_term(voice, "data.reasons", first->reason)),
             WORDS("column", first->column ? first->column : ""),
             WORDS("has_column", first->column ? "yes" : "no"),
             WORDS("value", first->value ? first->value : ""),
             WORDS("has_value", first->value ? "yes" : "no"), WORDS("near", near ? near : ""),
             WORDS("has_near", near ? "yes" : "no"),
             WORDS("places", places_of(ledger, report, cause))));
}

static void
tell_rejected(const struct ledger *ledger, const struct extract_report *report)
{
    struct cause *causes;
    size_t count = find_causes(ledger->voice->log, report, &causes);
    size_t shown = ledger->verbose || count < REASONS_MOST ? count : REASONS_MOST;
    for (size_t c = 0; c < shown; c++)
        tell_cause(ledger, report, &causes[c]);
    if (shown < count)
        tell(ledger, "rejected",
             SAY(ledger->voice, "data.more_causes", NUMBER("n", (double)(count - shown))));
    free(causes);
}

static void
tell_ignored(const struct ledger *ledger, const struct extract_report *report)
{
    const struct {
        const char *key;
        uint64_t count;
    } kinds[] = {{"data.ignored.footer", report->ignored_footer},
                 {"data.ignored.header", report->ignored_repeated_header},
                 {"data.ignored.dropped", report->ignored_dropped},
                 {"data.ignored.duplicate", report->ignored_duplicate},
                 {"data.ignored.blank", report->blank_lines}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].count)
            tell(ledger, "ignored",
                 SAY(ledger->voice, kinds[i].key, NUMBER("n", (double)kinds[i].count)));
    if (report->future)
        tell(ledger, "future",
             SAY(ledger->voice, "data.future", NUMBER("n", (double)report->future),
                 WORDS("as_of", voice_day(ledger->voice, ledger->voice->config->as_of))));
}

/* Another column of the file that may be meant for a field. */
static const char *
other_column(const struct extract_report *report, const char *field)
{
    for (uint32_t c = 0; c < report->column_count; c++)
        if (strcmp(report->column[c].field, field) == 0)
            return report->column[c].other;
    return NULL;
}

static void
tell_noted(const struct ledger *ledger, const struct extract_report *report, const char *topic,
           const char *key, const struct extract_noted *noted, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        bool all = report->used && noted[i].count >= report->used;
        const char *other = all ? other_column(report, noted[i].field) : NULL;
        tell(ledger, topic,
             SAY(ledger->voice, key, NUMBER("n", (double)noted[i].count),
                 WORDS("field", noted[i].field), WORDS("has_other", other ? "yes" : "no"),
                 WORDS("other", other ? other : ""),
                 WORDS("place", place_of(ledger, report, noted[i].file, noted[i].line))));
    }
}

static void
tell_readings(const struct ledger *ledger, const struct extract_report *report)
{
    const struct voice *voice = ledger->voice;
    if (report->date_found)
        tell(ledger, "read_as", SAY(voice, "data.days", WORDS("format", report->date_found)));
    if (report->decimal_found)
        tell(ledger, "read_as", SAY(voice, "data.decimal", WORDS("mark", report->decimal_found)));
    if (report->by_name)
        tell(ledger, "by_name", SAY(voice, "data.by_name", NUMBER("n", (double)report->by_name)));
}

static void
tell_unused(const struct ledger *ledger, const struct extract_report *report)
{
    struct arena *arena = ledger->voice->doc->arena;
    uint32_t shown = ledger->verbose || report->unmapped_count <= NAMES_MOST
                         ? report->unmapped_count
                         : NAMES_MOST;
    const char *names = "";
    for (uint32_t u = 0; u < shown; u++)
        names = arena_printf(arena, "%s%s%s", names, u ? ", " : "", report->unmapped[u]);
    if (shown)
        tell(ledger, "unused",
             SAY(ledger->voice, "data.unused", NUMBER("n", report->unmapped_count),
                 WORDS("names", names), NUMBER("more", report->unmapped_count - shown)));
}

/* Fields without data, as far as that costs something. */
static void
tell_missing(const struct ledger *ledger, const struct extract_report *report)
{
    const struct voice *voice = ledger->voice;
    const char *table = table_names[report->table];
    if (report->read && !report->used) {
        tell(ledger, "missing", voice_tell(voice, "data.idle"));
        return;
    }
    for (uint32_t c = 0; c < report->column_count; c++) {
        const struct extract_column *column = &report->column[c];
        const char *key = arena_printf(voice->doc->arena, "data.costs.%s.%s", table, column->field);
        if (column->filled || !voice_knows(voice, key))
            continue;
        tell(ledger, "missing",
             SAY(voice, "data.missing", WORDS("field", column->field),
                 WORDS("column", column->column ? column->column : ""),
                 WORDS("fed", column->column ? "yes" : "no"),
                 WORDS("near", column->near ? column->near : ""),
                 WORDS("has_near", column->near ? "yes" : "no"),
                 WORDS("wanted", column->wanted ? column->wanted : ""),
                 WORDS("has_wanted", column->wanted ? "yes" : "no"),
                 WORDS("cost", voice_tell(voice, key))));
    }
}

static void
tell_columns(const struct ledger *ledger, const struct extract_report *report)
{
    const struct voice *voice = ledger->voice;
    for (uint32_t c = 0; c < report->column_count; c++) {
        const struct extract_column *column = &report->column[c];
        if (column->column || column->near || column->filled)
            tell(ledger, "columns",
                 SAY(voice, "data.column", WORDS("field", column->field),
                     WORDS("column", column->column ? column->column : ""),
                     WORDS("fed", column->column   ? "column"
                                  : column->filled ? "constant"
                                                   : "no"),
                     WORDS("near", column->near ? column->near : ""),
                     WORDS("has_near", column->near ? "yes" : "no")));
    }
}

static void
tell_counts(const struct ledger *ledger, const struct extract_report *report)
{
    tell(ledger, "rows",
         SAY(ledger->voice, "data.rows", NUMBER("read", (double)report->read),
             NUMBER("used", (double)report->used), NUMBER("rejected", (double)report->rejected),
             NUMBER("ignored", (double)report->ignored), NUMBER("future", (double)report->future)));
}

void
ledger_tell(const struct ledger *ledger, const struct extract_report *report)
{
    const struct voice *voice = ledger->voice;
    tell_files(ledger, report);
    if (ledger->alone)
        tell_counts(ledger, report);
    tell_rejected(ledger, report);
    tell_ignored(ledger, report);
    tell_noted(ledger, report, "unknown", "data.unknown", report->orphaned, report->orphaned_count);
    if (report->table == TABLE_ACTIVITIES && report->orphans)
        tell(ledger, "unknown", SAY(voice, "data.nowhere", NUMBER("n", (double)report->orphans)));
    tell_noted(ledger, report, "unreadable", "data.unreadable", report->unreadable,
               report->unreadable_count);
    tell_readings(ledger, report);
    if (ledger->verbose)
        tell_columns(ledger, report);
    tell_unused(ledger, report);
    tell_missing(ledger, report);
}

static const char *
without(const struct voice *voice, enum table table)
{
    const char *key = arena_printf(voice->doc->arena, "data.without.%s", table_names[table]);
    bool given = voice->config->extract[table].present;
    return !given && voice_knows(voice, key) ? voice_tell(voice, key) : NULL;
}

bool
ledger_is_whole(const struct voice *voice)
{
    for (enum table t = 0; t < TABLE_COUNT; t++)
        if (without(voice, t))
            return false;
    return true;
}

void
ledger_absent(const struct ledger *ledger)
{
    for (enum table t = 0; t < TABLE_COUNT; t++) {
        const char *text = without(ledger->voice, t);
        if (text)
            tell(ledger, "missing", text);
    }
}

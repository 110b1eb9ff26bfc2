#include "dialect.h"

#include "arena.h"
#include "mapping.h"
#include "memory.h"
#include "row.h"

#include <stdlib.h>

enum { SAMPLE_ROWS = 200, TITLES_MOST = 20 };

/* The text read with one delimiter. */
struct sample {
    char delimiter;
    uint32_t bound;         /* fields that find a header */
    uint32_t columns;       /* of the header */
    uint32_t fitting, rows; /* behind it */
    uint32_t header;        /* offset of the header row */
    bool found;
};

struct sampling {
    const char *path;
    struct text text;
    bool whole;
    uint32_t from; /* behind a sep= line */
    const struct mapping *mapping;
    bool cut; /* a sample ended where the text does, though there is more */
};

/* A row's cells as header names. */
static const struct text *
names_of(const struct row *row, const char *bytes, struct arena *arena)
{
    struct text *name = arena_array(arena, row->count, sizeof *name);
    for (uint32_t i = 0; i < row->count; i++) {
        struct text cell =
            row_cell_text(&row->cell[i], bytes, arena_alloc(arena, row->cell[i].length));
        cell = text_trim(cell);
        name[i] = (struct text){arena_copy(arena, cell.bytes ? cell.bytes : "", cell.length),
                                cell.length};
    }
    return name;
}

static uint32_t
bound_by(const struct sampling *sampling, const struct row *row)
{
    struct arena *arena = arena_new();
    const struct binding *binding =
        mapping_bind(sampling->mapping, arena, row->count,
                     names_of(row, sampling->text.bytes, arena), false, (struct place){0}, NULL);
    uint32_t bound = binding ? binding->bound : 1; /* a header with two of a name is one, too */
    arena_free(arena);
    return bound;
}

/* Whether the row is a better header than the best so far: the first row, unless it means nothing
 * to the mapping and a later one means something. */
static bool
is_header(const struct sampling *sampling, const struct sample *sample, const struct row *row,
          uint32_t seen, uint32_t *bound)
{
    if (seen > TITLES_MOST || (sample->found && sample->bound))
        return false;
    *bound = row->count <= ROW_COLUMNS_MOST ? bound_by(sampling, row) : 0;
    return !sample->found || *bound >= 2;
}

static struct sample
sample_with(struct sampling *sampling, char delimiter)
{
    struct sample sample = {.delimiter = delimiter};
    struct row row = {0};
    uint32_t at = sampling->from, seen = 0, bound = 0;
    while (at < sampling->text.length && seen < SAMPLE_ROWS) {
        row_read(&row, sampling->text.bytes, at, sampling->text.length, sampling->whole, delimiter,
                 0);
        if (row.verdict == ROW_MORE)
            break;
        at = row.end;
        if (row.length == 0)
            continue;
        if (row.verdict != ROW_BAD && is_header(sampling, &sample, &row, seen, &bound)) {
            sample.found = true;
            sample.bound = bound;
            sample.columns = row.count;
            sample.header = row.start;
            sample.fitting = sample.rows = 0;
        } else {
            sample.rows++;
            sample.fitting += row.verdict == ROW_GOOD && row.count == sample.columns;
        }
        seen++;
    }
    row_free(&row);
    sampling->cut |= seen < SAMPLE_ROWS && !sampling->whole;
    return sample;
}

/* > 0: a is the better reading. */
static int
compare(const struct sample *a, const struct sample *b)
{
    if (a->bound != b->bound)
        return a->bound > b->bound ? 1 : -1;
    if ((a->columns > 1) != (b->columns > 1))
        return a->columns > 1 ? 1 : -1;
    uint64_t of_a = (uint64_t)a->fitting * (b->rows ? b->rows : 1);
    uint64_t of_b = (uint64_t)b->fitting * (a->rows ? a->rows : 1);
    return of_a > of_b ? 1 : of_a < of_b ? -1 : 0;
}

static const char *
name_of(char delimiter)
{
    return delimiter == ','    ? "comma"
           : delimiter == ';'  ? "semicolon"
           : delimiter == '\t' ? "tab"
                               : "bar";
}

/* The same for one that may be nowhere in the text: all of those give one sample, `alone`. */
static struct sample
sample_with_any(struct sampling *sampling, char delimiter, struct sample *alone)
{
    if (memchr(sampling->text.bytes, delimiter, sampling->text.length))
        return sample_with(sampling, delimiter);
    if (!alone->delimiter)
        *alone = sample_with(sampling, delimiter);
    struct sample sample = *alone;
    sample.delimiter = delimiter;
    return sample;
}

/* The best of the usual delimiters; false when two are equally good. */
static bool
choose(struct sampling *sampling, struct sample *best, struct diag *diag)
{
    static const char candidates[] = {',', ';', '\t', '|'};
    char rival = 0;
    struct sample alone = {0};
    *best = sample_with(sampling, candidates[0]);
    for (unsigned i = 1; i < sizeof candidates; i++) {
        struct sample sample = sample_with_any(sampling, candidates[i], &alone);
        int order = compare(&sample, best);
        if (order > 0) {
            *best = sample;
            rival = 0;
        } else if (order == 0 && sample.columns > 1) {
            rival = candidates[i];
        }
    }
    if (!rival || best->columns < 2)
        return true;
    if (!diag)
        return false;
    diag_report(diag, SEVERITY_ERROR, EXIT_INPUT, "extract.delimiter",
                (struct place){sampling->path, 1, 0}, "the delimiter may be %s or %s",
                name_of(best->delimiter), name_of(rival));
    diag_hint(diag, "set `delimiter` of the extract");
    return false;
}

/* `sep=;` in the first line, as Excel writes it: 0 without. */
static char
sep_line(struct text text, uint32_t *behind)
{
    uint32_t at = text.length && text.bytes[0] == '"';
    if (text.length < at + 5 || !text_equal_nocase((struct text){text.bytes + at, 4}, TEXT("sep=")))
        return 0;
    char delimiter = text.bytes[at + 4];
    uint32_t end = at + 5;
    end += at && end < text.length && text.bytes[end] == '"';
    if (delimiter == '\r' || delimiter == '\n' || delimiter == '"')
        return 0;
    if (end < text.length && text.bytes[end] != '\r' && text.bytes[end] != '\n')
        return 0;
    end += end < text.length && text.bytes[end] == '\r';
    end += end < text.length && text.bytes[end] == '\n';
    *behind = end;
    return delimiter;
}

/* Reads up to and with the header row, counting. */
static void
settle(const struct sampling *sampling, const struct sample *sample, struct arena *arena,
       struct dialect *dialect)
{
    struct row row = {0};
    uint32_t at = sampling->from;
    *dialect = (struct dialect){.delimiter = sample->delimiter, .line = 1 + (at > 0)};
    do {
        row_read(&row, sampling->text.bytes, at, sampling->text.length, sampling->whole,
                 sample->delimiter, 0);
        dialect->header_line = dialect->line;
        dialect->line += row.lines;
        at = row.end;
        dialect->blanks += row.length == 0;
        dialect->titles += row.length != 0 && row.start != sample->header;
    } while (row.start != sample->header);
    dialect->columns = row.count;
    dialect->header = names_of(&row, sampling->text.bytes, arena);
    dialect->header_row =
        (struct text){arena_copy(arena, sampling->text.bytes + row.start, row.length), row.length};
    dialect->skip = at;
    row_free(&row);
}

bool
dialect_find(const char *path, struct text text, bool whole, char configured,
             const struct mapping *mapping, struct arena *arena, struct dialect *dialect,
             struct diag *diag)
{
    struct sampling sampling = {path, text, whole, 0, mapping, false};
    char said = sep_line(text, &sampling.from);
    struct sample sample;
    if (configured)
        sample = sample_with(&sampling, configured);
    else if (said)
        sample = sample_with(&sampling, said);
    else if (!choose(&sampling, &sample, diag))
        return false;
    if (!diag && sampling.cut)
        return false;
    if (sample.found && sample.columns <= ROW_COLUMNS_MOST) {
        settle(&sampling, &sample, arena, dialect);
        return true;
    }
    if (!diag)
        return false;
    diag_report(diag, SEVERITY_ERROR, EXIT_INPUT, "extract.header", (struct place){path, 1, 0},
                sample.found ? "the header has more than 4096 columns"
                             : "no header row can be read");
    return false;
}

/* mapping: which column of a file feeds which canonical field.
 *
 * A mapping is what the config asks for one extract; a binding is the mapping held against the
 * headers of one file. A header is found by its very bytes; else without case, outer blanks and
 * the kind of quotation marks. A field that the config does not name is fed by a header of its own
 * name. */
#ifndef SEFPACK_EXTRACT_MAPPING_H
#define SEFPACK_EXTRACT_MAPPING_H

#include "diag.h"
#include "table.h"
#include "text.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct config;
struct config_extract;
struct config_field;
struct dictionary;
struct extract_report;

/* How one field is asked for, with what it needs at hand. */
struct rule {
    const char *name;
    const struct config_field *config; /* or NULL: the header of that name */
    uint32_t candidate_count;
    const char *const *candidate;        /* headers to try, in order */
    bool patterns;                       /* they may hold `*`, and all that fit feed the field */
    struct dictionary *replace, *lookup; /* or NULL */
    char lookup_hash[65];                /* of the file that `lookup` was */
    struct rule *otherwise;              /* or NULL */
};

struct mapping {
    struct arena *arena;
    const struct config_extract *extract;
    enum table table;
    uint32_t field_count;
    struct rule *rule;
};

/* Reads look-up files. NULL after an error in diag. Free with mapping_free. */
struct mapping *
mapping_new(const struct config *config, const struct config_extract *extract, enum table table,
            const char *const *fields, uint32_t field_count, struct diag *diag);

void
mapping_free(struct mapping *mapping);

/* Adds the files that the mapping looks into to the report. */
void
mapping_name_lookups(const struct mapping *mapping, struct arena *arena,
                     struct extract_report *report);

/* All headers that the mapping would look at, each once: the columns for a source that has no
 * header of its own. They live as long as the mapping. */
uint32_t
mapping_names(const struct mapping *mapping, const char *const **names);

/* Columns a rule reads in one file, by their places among the extra cells of a row. */
struct bound_rule {
    const struct rule *rule;
    uint32_t field;
    uint32_t slot_count;
    const uint32_t *slot;
    uint32_t suffix; /* slot of the column that is left away in parentheses, or UINT32_MAX */
    const struct bound_rule *otherwise;
};

struct bound_drop {
    uint32_t slot;
    struct text value;
};

/* A row's cells are its `field_count` fields and, aside, the extra cells from which some of them
 * are made. */
struct binding {
    struct arena *arena;
    const struct mapping *mapping;
    uint32_t columns, field_count;
    const struct text *header;
    uint32_t plain_count, extra_count, made_count, drop_count, empty_count;
    struct wanted {
        uint32_t column, field;
    } * plain;               /* cells taken as they are */
    uint32_t *extra;         /* slot -> column */
    struct bound_rule *made; /* fields to be put together, see batch.c */
    struct bound_drop *drop;
    bool *fed;       /* by field */
    const char **by; /* by field: the names of its columns, or NULL */
    bool *used;      /* by column */
    uint32_t bound;  /* fields fed by a column */
};

/* Holds the mapping against headers; `place` is that of the header row. `loose`: the columns are
 * those of mapping_names, each field is fed by the first of its candidates with a cell in the row.
 * NULL after an error in diag (a mapped header that is there twice); a NULL diag asks for no
 * messages. All lives in `arena`. */
struct binding *
mapping_bind(const struct mapping *mapping, struct arena *arena, uint32_t columns,
             const struct text *header, bool loose, struct place place, struct diag *diag);

/* Adds to the report what fed what, what feeds nothing, and what looks alike. */
void
mapping_report(const struct binding *binding, struct arena *arena, struct extract_report *report);

#endif

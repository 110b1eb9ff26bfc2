/* csvfile: one CSV file, or a stream of CSV, from its first byte to the sink.
 *
 * Workers take chunks of bytes by number. In order, one at a time, each puts what its forerunner
 * left over in front of its text and lets the scout cut it into rows; hashing is in order, too; all
 * else (reading, splitting, parsing) runs beside. */
#ifndef SEFPACK_EXTRACT_CSVFILE_H
#define SEFPACK_EXTRACT_CSVFILE_H

#include "dialect.h"
#include "input.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct binding;
struct config_extract;
struct delivery;
struct extract_file;
struct mapping;
struct scan_kernel;

struct csvfile {
    struct arena *arena;
    struct input input;
    struct dialect dialect;
    const struct binding *binding;
    const char *encoding; /* canonical name */
    uint32_t bom;
    bool ascii;                 /* nothing else met so far: the encoding may yet turn out another */
    bool doubtful;              /* rows must be looked through for bytes that are no characters */
    const char *not_characters; /* reason of such rows */
    char *head;                 /* the first bytes, of what can be read only once */
    uint32_t head_length;
    unsigned jobs;
    uint32_t chunk; /* bytes of one */
    const struct scan_kernel *kernel;
};

/* Opens, finds encoding, delimiter and header and binds the mapping. NULL after an error in diag.
 * A regular file is closed again until it is read. `path` must outlive it. */
struct csvfile *
csvfile_open(const char *path, const struct config_extract *extract, const struct mapping *mapping,
             unsigned jobs, struct diag *diag);

/* The same for a stream of UTF-8 with commas, read on one thread: a COPY ... (FORMAT csv, HEADER).
 */
struct csvfile *
csvfile_open_stream(const char *name, struct input_stream stream, const struct mapping *mapping,
                    struct diag *diag);

/* Reads all rows into the delivery and completes `file`. False after an error in diag. */
bool
csvfile_read(struct csvfile *csv, struct delivery *delivery, struct extract_file *file,
             struct diag *diag);

void
csvfile_close(struct csvfile *csv);

/* Decides between UTF-8 and windows-1252, where neither a mark nor the config does: by all lines of
 * the file that tell. False when it cannot be read (errno). */
bool
csvfile_survey(struct csvfile *csv);

#endif

/* diag: what the program says to a person: `file:line:column: error: what` with a `hint:`.
 *
 * Every message has an id (config.unknown_key), which the man page lists and a test provokes.
 * Messages are collected; a repeat of the same id and file beyond the first five is counted and
 * told in one line. Control characters of foreign text are shown as \xNN. The exit code of a run is
 * the worst that was reported. Not thread-safe: threads hand their findings to the one that joins
 * them. */
#ifndef SEFPACK_BASE_DIAG_H
#define SEFPACK_BASE_DIAG_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum exit_code {
    EXIT_OK = 0,
    EXIT_FAILED = 1,
    EXIT_USAGE = 2,
    EXIT_IDENTITY = 3,
    EXIT_CONFIG = 4,
    EXIT_INPUT = 5,
    EXIT_PACK = 6,
    EXIT_DELIVERY = 7,
};

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

struct place {
    const char *file; /* NULL: no place */
    uint32_t line;    /* 1-based; 0: the file as a whole */
    uint32_t column;  /* 1-based, in characters; 0: the line as a whole */
};

struct diag;

/* Messages are kept and, when `stream` is not NULL, printed to it by diag_flush. `json` prints one
 * object a line instead. `color` only changes the severity word. */
struct diag *
diag_new(FILE *stream, bool color, bool json);

void
diag_free(struct diag *diag);

/* Whether errors alone are printed; notes and warnings are counted all the same. */
void
diag_quiet(struct diag *diag, bool quiet);

/* Errors carry the exit code they lead to; notes and warnings pass EXIT_OK. */
void
diag_report(struct diag *diag, enum severity severity, enum exit_code code, const char *id,
            struct place place, const char *format, ...) __attribute__((format(printf, 6, 7)));

/* A hint for the message just reported. */
void
diag_hint(struct diag *diag, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Prints what was not printed yet. */
void
diag_flush(struct diag *diag);

uint32_t
diag_count(const struct diag *diag, enum severity severity);

/* The first-reported error's code; EXIT_OK without errors. Where codes differ: CONFIG before
 * INPUT before PACK before IDENTITY before DELIVERY before FAILED. */
enum exit_code
diag_exit(const struct diag *diag);

#endif
